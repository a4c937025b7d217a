# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..common import PAPER
from .obligation_common import ObligationCase


class TestEnds(ObligationCase):
    """What an end before the way is done rests on (7.7)."""

    def _close(self, outcome, user=None, **values):
        """End the file by its dialog, as a handler does."""
        dispute = self.dispute.with_user(user or self.handler)
        action = dispute.action_ask("close")
        steps = dispute.env[action["res_model"]].with_context(**action["context"])
        steps.create(
            {
                "early_end": outcome,
                "reason": "They wrote so.",
                "informed_date": self.today,
                **values,
            }
        ).action_confirm()

    def test_a_withdrawal_is_a_document(self):
        """S2-14: of nobody's word alone."""
        with self.assertRaisesRegex(UserError, "rests on"), self.cr.savepoint():
            self._close("withdrawn")
        self._close("withdrawn", withdrawal=PAPER, withdrawal_name="letter.pdf")
        self.assertEqual(
            (self.dispute.state, self.dispute.outcome), ("closed", "withdrawn")
        )
        self.assertEqual(
            self._rows("withdrawal").data["sha256"], self.dispute.withdrawal_sha256
        )
        with self.assertRaises(UserError):
            self.dispute.sudo().withdrawal = False

    def test_a_withdrawal_is_within_the_tiers(self):
        """S2-14: 900 000 are not given up by the handler alone."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE iso10003_policy_tier SET amount = 500, unlimited = FALSE "
            "WHERE policy_id = %s AND level = 'handler'",
            [self.dispute.policy_id.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.dispute.amount_claimed = 900_000
        with self.assertRaisesRegex(UserError, "beyond"), self.cr.savepoint():
            self._close("withdrawn", withdrawal=PAPER)
        self.assertNotEqual(self.dispute.state, "closed")

    def test_merged_names_the_file_that_goes_on(self):
        other = self._open_dispute(self._new_ticket())
        with self.assertRaisesRegex(UserError, "rests on"), self.cr.savepoint():
            self._close("merged")
        self._close("merged", joined_id=other.id)
        self.assertEqual(self.dispute.joined_number, other.name)
        mine = self.dispute.with_user(self.portal)
        self.assertEqual(mine.read(["joined_number"])[0]["joined_number"], other.name)

    def test_no_circle_of_merged_files(self):
        second = self._open_dispute(self._new_ticket())
        third = self._open_dispute(self._new_ticket())
        self.dispute.action_join(second.id)
        second.action_join(third.id)
        for target in (self.dispute, second, third):
            with self.subTest(target.name), self.assertRaisesRegex(UserError, "circle"):
                third.action_join(target.id)
        with self.assertRaisesRegex(UserError, "same company"):
            third.action_join(False)

    def test_only_what_one_reads_is_named(self):
        other = self._open_dispute(self._new_ticket(), self.manager)
        with self.assertRaises(AccessError):
            self.dispute.with_user(self.stranger).action_join(other.id)

    def test_not_reached_wants_attempts_and_a_last_letter(self):
        """File 18."""
        attempts = self.dispute.env["iso10003.attempt"]
        party = self.dispute.sudo().party_ids[:1]
        for number in range(3):
            with (
                self.subTest(number),
                self.assertRaisesRegex(UserError, "rests on"),
                self.cr.savepoint(),
            ):
                self._close("not_reached")
            attempts.create(
                {"party_id": party.id, "channel": "phone", "result": "no_answer"}
            )
        self._close("not_reached")
        self.assertEqual(self.dispute.outcome, "not_reached")

    def test_old_versions_ask_for_none_of_it(self):
        draft = self._ask_in_new_version("gate_referral_ending_shown", "off")
        dispute = self._open_dispute(self._new_ticket())
        self.assertEqual(dispute.policy_id, draft)
        self._record(dispute, informed_date=self.today)
        dispute.action_close("withdrawn", "They wrote so.")
        self.assertEqual(dispute.state, "closed")


class TestClosing(ObligationCase):
    """What the end of a file wants besides (7.7, 8.2, 8.5)."""

    def _lead_there(self):
        self._lead_to(self.dispute, "implementation")

    def test_each_gate_blocks_and_opens(self):
        self._lead_there()
        for code, values in (
            ("cause_named", {"cause_kind": "product"}),
            ("corrective_decided", {"no_corrective_reason": "It was put right."}),
            ("retention_set", {"retention_date": self._day(900)}),
        ):
            with self.subTest(code):
                self.assertIn(code, self._find_unmet())
                self.dispute.write(values)
                self.assertNotIn(code, self._find_unmet())

    def test_one_click_opens_the_corrective_action(self):
        """S2-9: linked both ways, and seen in Findings."""
        self._lead_there()
        self.dispute.action_open_corrective()
        self.dispute.action_open_corrective()
        found = self._find_findings()
        self.assertEqual(len(found), 1)
        self.assertEqual(self.dispute.sudo().corrective_id, found)
        self.assertNotIn("corrective_decided", self._find_unmet())
        shown = found.with_user(self.manager).search([("of_disputes", "=", True)])
        self.assertIn(found, shown.sudo())
        action = found.with_user(self.manager).action_view_origin()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            (self.dispute._name, self.dispute.id),
        )
        self.assertEqual(self.dispute.with_user(self.manager).nonconformity_count, 1)

    def test_it_stays_with_whom_may_lead(self):
        for user in (self.stranger, self.auditor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.dispute.with_user(user).action_open_corrective()

    def test_in_whose_favour_and_what_was_paid(self):
        self._lead_to(self.dispute, "resolution")
        self.dispute.action_note_result("decision_partly", "So they held.", amount=300)
        self.assertEqual(self.dispute.in_favour, "both")
        self._perform(self.dispute.obligation_ids, gross=120)
        self.dispute.invalidate_recordset(["paid_amount"])
        self.assertEqual(self.dispute.paid_amount, 120)

    def test_a_closed_file_is_read_only_by_every_path(self):
        self._lead_to(self.dispute, "closed")
        dispute = self.dispute
        for attempt in (
            lambda: dispute.write({"cause_kind": "service"}),
            lambda: dispute.write({"retention_date": self._day(1)}),
            lambda: dispute.write({"no_corrective_reason": "None."}),
            lambda: dispute.action_record_withdrawal(PAPER),
            lambda: dispute.action_join(dispute.id),
            lambda: dispute.action_record_event("carried_out", self.today, "Why."),
            dispute.action_open_corrective,
            dispute.action_add_obligation,
        ):
            with self.assertRaisesRegex(UserError, "closed"), self.cr.savepoint():
                attempt()


class TestProviderTold(ObligationCase):
    """A body that had the file is told that it is closed (7.7)."""

    TASK = "Tell Fair Body that the file is closed"

    def _close_before_a_body(self, **letter):
        partner = self.env["res.partner"].create(
            {"name": "Fair Body", "email": "body@example.com"}
        )
        body = self.env["iso10003.provider"].create(
            {"partner_id": partner.id, "company_id": self.company.id}
        )
        self._lead_to(self.dispute, "resolution")
        self._propose(self.dispute, body_id=body.id)
        self.dispute.action_note_resolver("none", PAPER)
        self._lead_to(self.dispute, "implementation")
        if letter:
            self._write_to(partner, **letter)
        self._lead_to(self.dispute, "closed")
        return partner

    def _write_to(self, partner, kind="other", **values):
        action = self.dispute.action_write_letter(kind)
        letters = self.dispute.env["iso10003.letter"].with_context(**action["context"])
        people = [Command.set(partner.ids)]
        letter = letters.create(
            {"partner_ids": people, "body": "<p>It is closed.</p>", **values}
        )
        letter.action_send()

    def test_it_is_a_task_until_somebody_wrote(self):
        partner = self._close_before_a_body()
        [task] = self.dispute.sudo().activity_ids.filtered(
            lambda task: task.summary == self.TASK
        )
        self.assertEqual(task.user_id, self.handler)
        self._write_to(partner, subject="It is closed")
        self.assertNotIn(self.TASK, self._tasks())

    def test_told_with_the_others_there_is_none(self):
        self._close_before_a_body(kind="closing")
        self.assertNotIn(self.TASK, self._tasks())

    def test_reopened_there_is_nothing_to_tell(self):
        self._close_before_a_body()
        self.dispute.with_user(self.manager).action_reopen("They came back.")
        self.assertNotIn(self.TASK, self._tasks())

    def test_where_no_body_had_it_nobody_is_told(self):
        self._lead_to(self.dispute, "closed")
        self.assertFalse([one for one in self._tasks() if "Tell" in one])


class TestMessages(ObligationCase):
    """What the complainant writes is a task, and our turn (S2-15)."""

    def _write(self, user=None):
        dispute = self.dispute.with_user(user or self.portal)
        author = (user or self.portal).partner_id
        dispute.sudo().message_post(
            body="I object.",
            author_id=author.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def test_an_objection_sets_who_must_act(self):
        self.dispute.waiting_on = "provider"
        self._write()
        self.assertEqual(self.dispute.waiting_on, "organization")
        [task] = self.dispute.sudo().activity_ids.filtered(
            lambda task: task.summary == "The complainant wrote: answer"
        )
        self.assertEqual(task.user_id, self.handler)
        self.assertEqual(
            self._rows("waiting")[-1].data, {"from": "provider", "to": "organization"}
        )
        self._write()
        self.assertEqual(self._tasks().count("The complainant wrote: answer"), 1)

    def test_after_closing_too(self):
        self._lead_to(self.dispute, "closed")
        self._write()
        self.assertIn("The complainant wrote: answer", self._tasks())
        self.assertEqual(self.dispute.waiting_on, "organization")
        self.assertEqual(self.dispute.state, "closed")

    def test_what_colleagues_write_is_none(self):
        self.dispute.waiting_on = "provider"
        self._write(self.handler)
        self.assertEqual(self.dispute.waiting_on, "provider")
        self.assertNotIn("The complainant wrote: answer", self._tasks())
