# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tools.json import json_default

from ..common import DisputeCase
from ..query_counter import count_queries

# each section is searched, counted where there is more, and what it names is read
MOST_QUERIES = 100


class TodayCase(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()
        cls.today = cls.dispute._get_company_day()

    def _look(self, user=None, *owner):
        today = self.env["iso10003.today"].with_user(user or self.handler)
        self.env.flush_all()
        told = today.get_today(*owner)
        # as it goes to the browser
        return json.loads(json.dumps(told, default=json_default))

    def _rows(self, code, user=None, *owner):
        """Return what a section tells of the file of the test."""
        sections = {one["code"]: one for one in self._look(user, *owner)["sections"]}
        return sections[code]["rows"]

    def _find(self, code, record, user=None, *owner):
        section = next(
            one for one in self._look(user, *owner)["sections"] if one["code"] == code
        )
        records = self.env[section["model"]].with_user(user or self.handler)
        found = records.search(section["domain"])
        self.assertEqual(section["count"], len(found))
        return record.with_env(found.env) in found


class TestToday(TodayCase):
    """What waits today for a handler, and for each of a manager's people."""

    def test_a_limit_of_ours_is_told_a_week_ahead_and_late(self):
        limits = self.env["iso10003.deadline"].with_user(self.handler)
        near, far = (
            limits._start_without_rule(
                self.dispute, "other", self.today + timedelta(days=days), name=name
            )
            for days, name in ((3, "Answer the body"), (30, "Answer the court"))
        )
        self.assertTrue(self._find("limits", near))
        self.assertFalse(self._find("limits", far))
        (row,) = (row for row in self._rows("limits") if row["id"] == near.id)
        self.assertEqual(row["what"], "Answer the body")
        self.assertIn(self.dispute.name, row["file"])
        self.assertFalse(row["late"])

    def test_what_we_owe_is_told_and_what_others_owe_is_not(self):
        obligations = self.dispute.env["iso10003.obligation"]
        ours, theirs = (
            obligations.create(
                {
                    "file_id": self.dispute.sudo().file_ids.id,
                    "name": "Pay",
                    "amount": 10,
                    "day": self.today - timedelta(days=2),
                    "owed_by": side,
                }
            )
            for side in ("organization", "other_side")
        )
        self.assertTrue(self._find("owed", ours))
        self.assertFalse(self._find("owed", theirs))
        (row,) = (row for row in self._rows("owed") if row["id"] == ours.id)
        self.assertTrue(row["late"])

    def test_a_hearing_soon_and_a_letter_not_sent_are_told(self):
        one = self._propose(self.dispute)
        hearing = self.env["iso10003.hearing"].with_user(self.handler)
        hearing = hearing.create(
            {
                "proceeding_id": one.id,
                "start": fields.Datetime.now() + timedelta(days=2),
            }
        )
        letter = self.env["iso10003.letter"].with_user(self.handler)
        letter = letter.create({"file_id": self.dispute.file_ids.id, "subject": "Hi"})
        self.assertTrue(self._find("hearings", hearing))
        self.assertTrue(self._find("letters", letter))
        hearing.action_cancel()
        self.assertFalse(self._find("hearings", hearing))

    def test_a_message_of_the_complainant_is_told_until_it_was_answered(self):
        self.assertFalse(self._find("messages", self.dispute))
        self.dispute.with_user(self.portal).sudo().message_post(
            body="Where is my money?",
            author_id=self.customer.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertTrue(self._find("messages", self.dispute))
        self.assertTrue(self.dispute.with_user(self.handler).message_came)
        self.dispute.sudo().activity_feedback(["odoo_iso10003.activity_message_came"])
        self.assertFalse(self._find("messages", self.dispute))

    def test_our_turn_is_told_and_a_file_on_hold_is_not(self):
        self.dispute.waiting_on = "organization"
        self.assertTrue(self._find("turn", self.dispute))
        self.dispute.action_hold("The goods are looked for.")
        self.assertFalse(self._find("turn", self.dispute))

    def test_a_file_of_which_nothing_reminds_anybody_is_told(self):
        dispute = self.dispute.with_user(self.handler)
        dispute.waiting_on = "complainant"
        self.dispute.sudo().activity_ids.unlink()
        self.dispute.sudo().deadline_ids._guarded_write({"state": "cancelled"})
        self.assertTrue(dispute.lacks_next_step)
        self.assertTrue(self._find("stranded", self.dispute))
        self.env["iso10003.deadline"].with_user(self.handler)._start_without_rule(
            self.dispute, "other", self.today + timedelta(days=40), name="Answer"
        )
        dispute.invalidate_recordset()
        self.assertFalse(dispute.lacks_next_step)
        self.assertFalse(self._find("stranded", self.dispute))

    def test_a_task_leads_to_what_it_is_about(self):
        self.dispute.sudo().activity_schedule(
            "mail.mail_activity_data_todo",
            self.today,
            summary="Call the shop",
            user_id=self.handler.id,
        )
        (row,) = (row for row in self._rows("tasks") if row["what"] == "Call the shop")
        self.assertEqual(
            (row["model"], row["id"]), ("iso10003.dispute", self.dispute.id)
        )

    def test_each_sees_the_own_and_managers_everybodys(self):
        self.dispute.waiting_on = "organization"
        for user in (self.evaluator, self.manager):
            self.assertFalse(self._find("turn", self.dispute, user), user.login)
        self.assertTrue(self._find("turn", self.dispute, self.manager, False))
        self.assertTrue(self._find("turn", self.dispute, self.manager, self.handler.id))
        owners = self._look(self.manager)["owners"]
        self.assertIn(self.handler.id, [one["id"] for one in owners])
        self.assertFalse(self._look(self.handler)["owners"])

    def test_nobody_is_told_of_files_that_they_may_not_read(self):
        self.dispute.waiting_on = "organization"
        told = str(self._look(self.stranger, False))
        self.assertNotIn(self.dispute.name, told)
        with self.assertRaises(AccessError):
            self._look(self.employee)

    def test_it_takes_no_more_queries_with_many_files(self):
        def count():
            today = self.env["iso10003.today"].with_user(self.handler)
            return count_queries(self.env, today.get_today)

        for number in range(9):
            self._open_dispute(self._new_ticket(name=f"Oven {number}"))
        count()
        few = count()
        for number in range(9, 30):
            self._open_dispute(self._new_ticket(name=f"Oven {number}"))
        self.assertLessEqual(count(), few)
        self.assertLessEqual(few, MOST_QUERIES)
