# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from datetime import timedelta
from hashlib import sha256

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..common import DisputeCase

TOLD = {
    "final_answer": "final_answer_date",
    "recourse_told": "recourse_date",
    "acknowledged": "acknowledged_date",
    "position_sent": "response_date",
    "informed": "informed_date",
}


class TestDeeds(DisputeCase):
    """Deeds write the dates of what was told; a bare date takes a reason."""

    def setUp(self):
        super().setUp()
        self.today = self.company._get_company_day()
        self.ticket.complaint_date = self.today - timedelta(days=30)
        self.dispute = self._open_dispute()

    def _rows(self):
        rows = self.dispute.sudo().register_ids
        return rows.filtered(lambda row: row.event == "happened")

    def test_nobody_types_them(self):
        for name in TOLD.values():
            for dispute in (self.dispute, self.dispute.sudo()):
                with self.assertRaisesRegex(UserError, "cannot be written directly"):
                    dispute.write({name: self.today})
            with self.assertRaisesRegex(UserError, "cannot be written directly"):
                self.env["iso10003.dispute"].create(
                    {"ticket_id": self._new_ticket().id, name: self.today}
                )

    def test_a_bare_date_takes_a_reason_and_says_so(self):
        """S2-16: no date of what was told is green with an empty conversation."""
        for event, name in TOLD.items():
            with self.assertRaisesRegex(UserError, "reason is needed"):
                self.dispute.action_record_event(event, self.today, " ")
            self.dispute.action_record_event(event, self.today, "By phone.")
            self.assertEqual(self.dispute[name], self.today)
        row = self._rows()[-1]
        self.assertEqual(row.note, "By phone.")
        self.assertEqual(row.data["to"], self.today.isoformat())
        self.assertIn("without a letter of this file", row.summary)

    def test_correcting_one_leaves_both_days(self):
        before = self.today - timedelta(days=2)
        self.dispute.action_record_event("informed", self.today, "By phone.")
        self.dispute.action_record_event("informed", before, "It was on Monday.")
        row = self._rows()[-1]
        self.assertEqual(
            (row.data["from"], row.data["to"], row.note),
            (self.today.isoformat(), before.isoformat(), "It was on Monday."),
        )
        self.dispute.action_record_event("informed", False, "It was another file.")
        self.assertFalse(self.dispute.informed_date)
        self.assertFalse(self.dispute.bare_events)

    def test_the_scan_that_shows_it_stays_on_the_file(self):
        content = b"a receipt"
        self.dispute.action_record_event(
            "informed",
            self.today,
            "By post.",
            base64.b64encode(content).decode(),
            "receipt.txt",
        )
        self.assertEqual(self._rows()[-1].data["scan"], sha256(content).hexdigest())
        attached = self.env["ir.attachment"].search(
            [("res_model", "=", self.dispute._name), ("res_id", "=", self.dispute.id)]
        )
        self.assertIn("receipt.txt", attached.mapped("name"))

    def test_what_cannot_be_is_refused(self):
        record = self.dispute.action_record_event
        for event in ("outcome", "closed", "nonsense"):
            with self.assertRaisesRegex(UserError, "not recorded like this"):
                record(event, self.today, "By phone.")
        with self.assertRaises(ValidationError):
            record("informed", self.today + timedelta(days=9), "By phone.")
        with self.assertRaisesRegex(ValidationError, "cannot be before"):
            record("informed", self.today - timedelta(days=31), "By phone.")
        with self.assertRaisesRegex(UserError, "no file"):
            record("informed", self.today, "By phone.", "&&&")
        with self.assertRaises(AccessError):
            self.dispute.with_user(self.stranger).action_record_event(
                "informed", self.today, "By phone."
            )
        record("informed", self.today, "By phone.")
        self.dispute.action_close("discontinued", "She was paid.")
        with self.assertRaisesRegex(UserError, "closed"):
            record("informed", self.today - timedelta(days=1), "By phone.")

    def test_the_dialog_records_it(self):
        action = self.dispute.action_ask_event("recourse_told")
        steps = self.env[action["res_model"]].with_user(self.handler)
        step = steps.with_context(**action["context"]).create({"reason": "By phone."})
        step.action_confirm()
        self.assertEqual(self.dispute.recourse_date, self.today)

    def test_an_import_gives_them_beside_a_reason(self):
        dates = ["implemented_date", "informed_date"]
        names = ["name", "subject", "ticket_id/.id", *dates, "dates_reason"]
        disputes = self.env["iso10003.dispute"].with_user(self.handler)
        ticket = self._new_ticket(team_id=self.team.id)
        rows = [
            ["The old one", str(ticket.id), *[self.today.isoformat()] * 2, "Elsewhere"]
        ]
        result = disputes.load(names[1:], rows)
        self.assertFalse(result["messages"])
        made = disputes.browse(result["ids"])
        self.assertEqual([made[name] for name in dates], [self.today] * 2)
        self.assertTrue(all(map(made._is_bare, ("carried_out", "informed"))))
        rows[0][1] = str(self._new_ticket(team_id=self.team.id).id)
        rows[0][-1] = ""
        result = disputes.load(names[1:], rows)
        self.assertFalse(result["ids"])
        self.assertIn("reason is needed", result["messages"][0]["message"])

    # ------------------------------------------------------------
    # What counts
    # ------------------------------------------------------------

    def _counts(self, check):
        rule = getattr(self.dispute.sudo(), check)(self.company)
        asked = self.dispute.filtered_domain(rule.population)
        return asked and not self.dispute.filtered_domain(
            Domain(rule.population) & Domain(rule.broken)
        )

    def test_readiness_counts_a_bare_date_as_such(self):
        self._record(
            self.dispute, final_answer_date=self.today, recourse_date=self.today
        )
        self.assertFalse(self._counts("_audit_recourse_prompt"))

    def test_a_letter_counts_and_cures(self):
        self._record(self.dispute, recourse_date=self.today)
        letter = self.env["iso10003.letter"].with_user(self.handler)
        letter = letter.create(
            {
                "file_id": self.dispute.file_ids.id,
                "kind": "final_answer",
                "subject": "Our answer",
                "body": f"<p>No.</p>{self.dispute.policy_id.recourse}",
            }
        )
        letter.action_send()
        self.assertFalse(self.dispute.bare_events)
        self.assertTrue(self._counts("_audit_recourse_prompt"))
        self.assertIn("by letter", self._rows()[-1].summary)

    def test_the_checklist_says_that_no_letter_shows_it(self):
        self._record(self.dispute, recourse_date=self.today)
        [gate] = [
            gate
            for gate in self.dispute.gate_checklist
            if gate["code"] == "recourse_told"
        ]
        self.assertTrue(gate["met"])
        self.assertIn("without a letter", gate["remark"])
