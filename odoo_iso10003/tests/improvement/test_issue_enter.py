# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tools.mail import html2plaintext

from .improvement_common import ImprovementCase

LETTER = {
    "what": "letter",
    "kind": "other",
    "subject": "On {number}",
    "body": "<p>Dear {addressee}, the drums of W-17 are replaced.</p>",
}


class TestEnterForAll(ImprovementCase):
    """One thing is entered on each file of an issue, which reads only its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["res.partner"].create(
            [
                {"name": name, "email": f"{name.lower()}@example.com"}
                for name in ("Anneke", "Bastiaan", "Cornelis")
            ]
        )
        cls.files = cls.env["iso10003.dispute"].union(
            *(cls._new_file(partner=one) for one in cls.people)
        )
        cls.files = cls.files.with_user(cls.handler)
        cls.issue = cls._new_issue(cls.files).with_user(cls.handler)

    def _ask(self, issue=None, **values):
        """Open the dialog by its button, and fill it in."""
        issue = issue or self.issue
        action = issue.action_enter_for_all()
        dialogs = issue.env[action["res_model"]].with_context(**action["context"])
        return dialogs.create(values)

    def _told(self, done):
        return done["params"]["message"]

    def _rows(self, file, event):
        rows = self.env["iso10003.register"].search(
            [("file", "=", f"{file._name},{file.id}")]
        )
        self.assertEqual(rows.with_user(self.auditor).verify_chain(), [])
        return rows.filtered(lambda row: row.event == event)

    # ------------------------------------------------------------
    # A letter
    # ------------------------------------------------------------

    def test_each_gets_a_letter_with_its_own_words_and_one_refuses(self):
        self._ask(what="notice").action_confirm()
        self.people[1].email = False
        done = self._ask(what="letter", kind="acknowledgement").action_confirm()
        refused = self.files[1]
        told = self._told(done)
        self.assertIn("2 of 3", told)
        self.assertIn(refused.name, told)
        self.assertIn("no e-mail address", told)
        self.assertFalse(refused.letter_ids)
        self.assertFalse(self._rows(refused, "letter"))
        for file, person in zip(self.files, self.people, strict=True):
            if file == refused:
                continue
            letter = file.letter_ids
            self.assertEqual(letter.state, "sent")
            self.assertEqual(letter.partner_ids, person)
            text = f"{letter.subject} {html2plaintext(letter.body)}"
            self.assertIn(person.name, text)
            self.assertIn(file.name, text)
            for other in self.people - person:
                self.assertNotIn(other.name, text)
            for other in self.files - file:
                self.assertNotIn(other.name, text)
            steps = [row.data["change"] for row in self._rows(file, "letter")]
            self.assertEqual(sorted(steps), ["drafted", "sent"])

    def test_a_text_for_all_is_filled_with_the_words_of_each(self):
        self._ask(**LETTER).action_confirm()
        for file, person in zip(self.files, self.people, strict=True):
            letter = file.letter_ids
            self.assertEqual(letter.subject, f"On {file.name}")
            self.assertIn(f"Dear {person.name}, the drums", letter.body)
            self.assertFalse(letter.unapproved, "it began with no text of ours")

    def test_what_a_text_leaves_open_is_refused_by_each(self):
        dialog = self._ask(what="letter", kind="final_answer")
        with self.assertRaisesRegex(UserError, "still to be written"):
            dialog.action_confirm()
        self.assertFalse(self.files.letter_ids)

    # ------------------------------------------------------------
    # A notice
    # ------------------------------------------------------------

    def test_each_records_the_notice_with_its_own_claims(self):
        self.files[0].amount_claimed = 40
        self.files[1].amount_claimed = 50
        values = {"what": "notice", "reference": "B-17", "reply_date": self._day(20)}
        self._ask(**values).action_confirm()
        for file, person in zip(self.files, self.people, strict=True):
            notice = file.notice_ids
            self.assertEqual(notice.reference, "B-17")
            self.assertEqual(notice.reply_date, self._day(20))
            self.assertEqual(notice.party_id.partner_id, person)
            self.assertEqual(notice.claim_ids, file.claim_ids)
            self.assertTrue(file.notice_date)
            self.assertTrue(self._rows(file, "noticed"))
        # each says that it has this notice already
        with self.assertRaises(UserError) as refused:
            self._ask(**values).action_confirm()
        for file in self.files:
            self.assertIn(file.name, str(refused.exception))
            self.assertEqual(len(file.notice_ids), 1)

    # ------------------------------------------------------------
    # A hearing
    # ------------------------------------------------------------

    def test_each_is_heard_in_the_proceeding_in_force(self):
        led = self.files[:2]
        proceedings = self._propose_each(led)
        start = fields.Datetime.now() + timedelta(days=20)
        values = {"what": "hearing", "start": start, "location": "Room 4"}
        told = self._told(self._ask(**values).action_confirm())
        self.assertIn("2 of 3", told)
        self.assertIn(self.files[2].name, told)
        self.assertIn("no proceeding", told)
        for proceeding in proceedings:
            self.assertEqual(proceeding.hearing_ids.start, start)
            self.assertEqual(proceeding.hearing_ids.kind, "mediation")
            rows = proceeding.sudo().register_ids
            self.assertEqual(len(rows.filtered(lambda row: row.event == "hearing")), 1)

    def _propose_each(self, files):
        return files.env["iso10003.proceeding"].union(
            *(self._propose(file) for file in files)
        )

    # ------------------------------------------------------------
    # A result
    # ------------------------------------------------------------

    def test_a_result_is_noted_where_the_state_allows_it(self):
        ready = self._lead_to(self.files[0], "resolution")
        values = {
            "what": "result",
            "outcome": "settled_facilitated",
            "reason": "A new drum for each.",
        }
        with self.assertRaisesRegex(UserError, "Give the amount"):
            self._ask(**values, gives="amount").action_confirm()
        told = self._told(self._ask(**values, gives="nothing").action_confirm())
        self.assertIn("1 of 3", told)
        self.assertIn("cannot be noted in the state", told)
        self.assertEqual(ready.outcome, "settled_facilitated")
        self.assertEqual(ready.result_ids.text, "A new drum for each.")
        self.assertTrue(self._rows(ready, "outcome"))
        self.assertEqual(self.files[1:].mapped("outcome"), [False, False])

    # ------------------------------------------------------------
    # Who
    # ------------------------------------------------------------

    def test_a_file_that_one_may_not_read_is_neither_touched_nor_told_of(self):
        secret = self._new_file(user=self.stranger)
        self.issue.with_user(self.manager).action_take_files(secret.ids)
        before = self._rows(secret.sudo(), "letter")
        dialog = self._ask(**LETTER)
        self.assertEqual(dialog.dispute_ids, self.files)
        told = self._told(dialog.action_confirm())
        self.assertIn("3 of 3", told)
        self.assertNotIn(secret.sudo().name, told)
        self.assertEqual(self._rows(secret.sudo(), "letter"), before)
        self.assertFalse(secret.sudo().letter_ids)
        with self.assertRaises(AccessError):
            self._ask(**LETTER, dispute_ids=secret.ids)
        # who leads it enters it there alone
        own = self._ask(self.issue.with_user(self.stranger), **LETTER)
        self.assertEqual(own.dispute_ids, secret)

    def test_a_file_that_went_to_somebody_else_meanwhile_is_left_alone(self):
        dialog = self._ask(**LETTER)
        gone = self.files[2]
        gone.sudo().write({"user_id": self.stranger.id, "team_id": False})
        self.env.invalidate_all()
        told = self._told(dialog.action_confirm())
        self.assertNotIn(gone.sudo().name, told)
        self.assertFalse(gone.sudo().letter_ids)
        self.assertTrue(self.files[0].letter_ids)

    def test_a_manager_enters_it_on_all(self):
        secret = self._new_file(user=self.stranger, partner=self.people[0])
        managed = self.issue.with_user(self.manager)
        managed.action_take_files(secret.ids)
        dialog = self._ask(managed, **LETTER)
        self.assertIn("4 of 4", self._told(dialog.action_confirm()))
        self.assertTrue(secret.sudo().letter_ids)

    def test_who_leads_none_of_its_files_is_refused(self):
        for user in (self.auditor, self.counsel, self.sponsor):
            with self.assertRaisesRegex(UserError, "no open file"):
                self.issue.with_user(user).action_enter_for_all()
        nobody = self._new_user("other", "odoo_iso10003.group_handler")
        with self.assertRaises(AccessError):
            self.issue.with_user(nobody).action_enter_for_all()
        dialogs = self.env["iso10003.issue.enter"]
        with self.assertRaises(AccessError):
            dialogs.with_user(nobody).create({"issue_id": self.issue.id})
        with self.assertRaises(AccessError):
            dialogs.with_user(self.auditor).create({"issue_id": self.issue.id})

    def test_files_of_no_issue_and_closed_ones_refuse(self):
        other = self._new_file()
        closed = self.files[0]
        closed.action_record_event("informed", self._day(0), "By phone.")
        closed.action_close("discontinued", "No answer.")
        dialog = self._ask(**LETTER)
        self.assertNotIn(closed, dialog.dispute_ids)
        dialog.dispute_ids = self.files | other
        told = self._told(dialog.action_confirm())
        self.assertIn("2 of 4", told)
        self.assertIn("does not belong to this issue", told)
        self.assertIn("it is closed", told)
        self.assertFalse((other | closed).letter_ids)
        dialog.dispute_ids = False
        with self.assertRaisesRegex(UserError, "choose the files"):
            dialog.action_confirm()
