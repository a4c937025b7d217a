# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form

from ...core import chain
from ..query_counter import count_queries
from .letter_common import LetterCase

PERSIAN = "fa_IR"


class TestLetter(LetterCase):
    def test_it_is_written_where_the_step_is(self):
        action = self.dispute.action_write_letter("acknowledgement")
        form = Form(self.env[action["res_model"]].with_user(self.handler)
                    .with_context(**action["context"]))  # fmt: skip
        letter = form.save()
        self.assertEqual(letter.file_id, self.dispute.file_ids)
        self.assertEqual(letter.partner_ids, self.customer)
        self.assertIn(self.dispute.name, letter.subject)
        self.assertIn("Roya Example", letter.body)
        self.assertEqual(letter.state, "draft")

    def test_it_is_written_in_the_language_of_who_gets_it(self):
        self.env["res.lang"]._activate_lang(PERSIAN)
        self.customer.lang = PERSIAN
        letter = self._write()
        self.assertEqual((letter.language, letter.direction), (PERSIAN, "rtl"))
        self.assertIn("گرامی", letter.body)
        self.assertIn("اعلام وصول", letter.subject)

    def test_its_representative_is_addressed_too(self):
        lawyer = self.env["res.partner"].create({"name": "Lawyer", "email": "l@x.org"})
        self.env["iso10003.party"].with_user(self.handler).create(
            {
                "file_id": self.dispute.sudo().file_ids.id,
                "partner_id": lawyer.id,
                "capacity": "representative",
                "mandate_kind": "power",
                "mandate": base64.b64encode(b"Power of attorney"),
                "mandate_name": "power.txt",
            }
        )
        self.assertEqual(self._write().partner_ids, self.customer | lawyer)

    def test_sent_it_writes_the_date_of_its_event(self):
        for kind, names in {
            "acknowledgement": ["acknowledged_date"],
            "final_answer": ["final_answer_date", "recourse_date"],
            "position": ["response_date"],
            "closing": ["informed_date"],
        }.items():
            # a position that nobody approved goes by no mail of ours
            channel = "post" if kind == "position" else "mail"
            said = {"subject": "About it", "body": "<p>We answer.</p>"}
            letter = self._write(kind, channel=channel, **said)
            if kind == "final_answer":
                letter.body += self.dispute.policy_id.recourse
            letter.action_send()
            day = self.dispute._get_company_day()
            self.assertEqual(letter.sent_date, day)
            for name in names:
                self.assertEqual(self.dispute[name], day, kind)

    def test_recourse_is_told_where_it_stands_in_the_final_answer(self):
        letter = self._write("final_answer")
        self.assertIn(str(self.dispute.policy_id.recourse)[:40], letter.body)
        letter.body = letter.body.replace("⟦our answer⟧", "No.")
        letter.body = letter.body.replace("⟦our reasons⟧", "The terms.")
        letter.action_send()
        self.assertTrue(self.dispute.recourse_date)
        self.assertNotIn("other recourse", letter.remarks)

    def test_recourse_that_was_deleted_is_not_told(self):
        letter = self._write("final_answer", body="<p>No. The terms say so.</p>")
        letter.action_send()
        self.assertTrue(self.dispute.final_answer_date)
        self.assertFalse(self.dispute.recourse_date)
        self.assertIn("does not tell of other recourse", letter.remarks)
        self._write("other_recourse").action_send()
        self.assertTrue(self.dispute.recourse_date)

    def test_a_second_letter_does_not_move_the_date(self):
        earlier = fields.Date.subtract(fields.Date.today(), days=3)
        self.ticket.sudo().complaint_date = earlier
        self._record(self.dispute, notice_date=earlier)
        self._record(self.dispute, acknowledged_date=earlier)
        self._write().action_send()
        self.assertEqual(self.dispute.acknowledged_date, earlier)

    def test_a_letter_of_no_event_writes_no_date(self):
        before = self.dispute.read()
        self._write("progress").action_send()
        after = self.dispute.read()
        dates = [name for name in before[0] if name.endswith("_date")]
        self.assertEqual([before[0][n] for n in dates], [after[0][n] for n in dates])

    def test_what_was_sent_is_frozen(self):
        letter = self._write()
        letter.action_send()
        self.assertEqual(
            letter.digest, chain.sha256(f"{letter.subject}\n{letter.body}")
        )
        self.assertEqual(letter.sent_to[0]["address"], "roya@example.com")
        for values in (
            {"body": "<p>Other words</p>"},
            {"subject": "Other"},
            {"partner_ids": [Command.clear()]},
            {"state": "draft"},
            {"digest": "0"},
        ):
            with self.assertRaises(UserError):
                letter.write(values)
        with self.assertRaises(UserError):
            letter.unlink()
        # what the contact is called later is another matter
        self.customer.email = "new@example.com"
        self.assertEqual(letter.sent_to[0]["address"], "roya@example.com")

    def test_a_draft_goes_and_leaves_a_row(self):
        # without a notice, which holds the records of its file
        dispute = self._open_dispute(self._new_ticket())
        letter = self._write(file=dispute)
        letter.unlink()
        rows = self._read_rows(dispute, "letter")
        changes = [row.data["change"] for row in rows]
        self.assertEqual(changes, ["drafted", "deleted"])

    def test_the_register_says_when_how_and_which_text(self):
        letter = self._write()
        letter.action_send()
        row = self._read_rows(self.dispute, "letter")[-1]
        self.assertEqual(row.data["change"], "sent")
        self.assertEqual(row.data["values"]["digest"], letter.digest)
        self.assertEqual(row.data["values"]["partners"], self.customer.ids)
        self.assertNotIn("Roya", str(row.data))
        self.assertIn("Acknowledgement", row.summary)
        self.assertFalse(
            self.env["iso10003.register"].verify_chain([self.dispute._register_file()])
        )

    # ------------------------------------------------------------
    # Refused
    # ------------------------------------------------------------

    def _assert_not_sent(self, letter, word):
        with self.assertRaisesRegex(UserError, word):
            letter.action_send()
        self.assertEqual(letter.state, "draft")
        self.assertFalse(self.dispute.acknowledged_date)

    def test_what_is_still_to_be_written_is_named(self):
        self._assert_not_sent(self._write("position"), "our reasons")

    def test_without_a_text_or_an_addressee_nothing_is_sent(self):
        self._assert_not_sent(self._write(body="<p><br></p>"), "no text")
        self._assert_not_sent(self._write(partner_ids=[Command.clear()]), "whom")

    def test_who_has_no_address_is_named(self):
        self.customer.email = False
        self._assert_not_sent(self._write(), "Roya Example has no e-mail address")

    def test_a_stranger_gets_no_letter(self):
        other = self.env["res.partner"].create({"name": "Other", "email": "o@x.org"})
        self._assert_not_sent(self._write(partner_ids=other.ids), "Other has no part")

    def test_a_colleague_who_may_not_read_it_gets_none(self):
        stranger = self.stranger.partner_id
        self._assert_not_sent(self._write(partner_ids=stranger.ids), "no part")

    def test_what_is_for_people_who_work_here_goes_to_no_party(self):
        letter = self._write(audience="internal", partner_ids=self.customer.ids)
        self._assert_not_sent(letter, "no part")
        own = self._write(
            "other",
            audience="internal",
            subject="Note",
            body="<p>Note</p>",
            partner_ids=self.manager.partner_id.ids,
        )
        own.action_send()
        self.assertEqual(own.state, "sent")

    def test_who_does_not_lead_the_file_writes_none(self):
        for user in (self.stranger, self.auditor, self.sponsor, self.employee):
            with self.assertRaises(AccessError):
                self._write(user=user)
        letter = self._write()
        for user in (self.stranger, self.auditor):
            with self.assertRaises(AccessError):
                letter.with_user(user).action_send()

    def test_a_handler_reads_no_privileged_letter(self):
        letter = self._write(user=self.manager, audience="privileged")
        with self.assertRaises(AccessError):
            letter.with_user(self.handler).read(["subject"])

    # ------------------------------------------------------------
    # Texts
    # ------------------------------------------------------------

    def test_each_kind_has_a_text_in_english_and_persian(self):
        templates = self.env["iso10003.letter.template"].sudo()
        kinds = dict(templates._fields["kind"].selection)
        for code in ("en", "fa"):
            found = templates.search(
                [("language_id.iso_code", "=", code), ("company_id", "=", False)]
            )
            found = found.with_context(active_test=False)
            self.assertEqual(set(found.mapped("kind")), set(kinds) - {"other"})

    def test_a_company_has_its_own_text(self):
        shipped = self.env.ref("odoo_iso10003.letter_acknowledgement_en")
        action = shipped.with_user(self.manager).action_adapt()
        own = shipped.with_user(self.manager).browse(action["res_id"])
        own.body = "<p>Ours, {addressee}</p>"
        self.assertIn("Ours, Roya", self._write().body)

    def test_a_place_that_nothing_fills_is_refused(self):
        templates = self.env["iso10003.letter.template"].with_user(self.manager)
        with self.assertRaisesRegex(ValidationError, "secret_note"):
            templates.create(
                {
                    "kind": "other",
                    "language_id": self.env.ref("base.lang_en").id,
                    "subject": "x",
                    "body": "<p>{secret_note}</p>",
                }
            )

    def test_without_a_text_in_the_language_it_is_written_by_hand(self):
        french = self.env.ref("base.lang_fr")
        letter = self._write(language_id=french.id)
        self.assertFalse(letter.template_id)
        letter = self._write(
            language_id=french.id, subject="Votre dossier", body="<p>Bonjour</p>"
        )
        letter.action_send()
        self.assertEqual(letter.sent_to[0]["language"], "en_US")
        self.assertEqual(letter.language, "fr_FR")

    # ------------------------------------------------------------
    # What it costs
    # ------------------------------------------------------------

    def test_a_letter_costs_few_queries(self):
        self._write().action_send()  # what is kept at hand is read once
        count = count_queries(self.env, self._write().action_send)
        self.assertLessEqual(count, 40)

    def _write_many(self, number):
        """Return letters of so many disputes, one each."""
        return self.env["iso10003.letter"].union(
            *(
                self._write("progress", file=self._open_dispute(self._new_ticket()))
                for _number in range(number)
            )
        )

    def test_many_letters_cost_as_much_more_as_they_are_more(self):
        few, many = self._write_many(3), self._write_many(13)
        self._write("progress").action_send()  # what is kept at hand is read once
        costs = [count_queries(self.env, some.action_send) for some in (few, many)]
        self.assertEqual(set((few | many).mapped("state")), {"sent"})
        each = (costs[1] - costs[0]) / (len(many) - len(few))
        self.assertLessEqual(each, 20, costs)
