# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What begins when a file is closed, such as asking once more, runs on it then."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from .deadline_common import TODAY, DeadlineRules

REASON = "She withdrew it."


@tagged("-at_install", "post_install")
class TestAfterClosing(DeadlineRules, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(cls._at(2026, 3, 2, 8))
        cls._set_up_people()
        task = Command.create({"offset": 0, "kind": "activity", "role": "owner"})
        cls._enforce(
            cls._rule(end_event=False, quantity=200),
            cls._after(quantity=10, escalation_ids=[task]),
        )
        cls.dispute = cls._file_with_notice()

    @classmethod
    def _after(cls, **values):
        return cls._rule(
            "ask_again", **{"start_event": "closed", "end_event": False, **values}
        )

    def _close(self):
        self._record(self.dispute, informed_date=TODAY)
        self.dispute.action_close("discontinued", REASON)

    def _states(self):
        return {
            deadline.rule_id.code: deadline.state
            for deadline in self.dispute.sudo().deadline_ids.sorted("id")
        }

    def test_it_begins_when_the_file_is_closed_and_runs_on(self):
        self.assertEqual(self._states(), {"acknowledge": "running"})
        self._close()
        self.assertEqual(
            self._states(), {"acknowledge": "cancelled", "ask_again": "running"}
        )
        self.assertEqual(
            self._deadline(self.dispute, "ask_again").due_date, date(2026, 3, 12)
        )
        self.assertEqual(self.dispute.next_due_date, date(2026, 3, 12))

    def test_who_leads_the_file_is_reminded_and_says_that_it_was_done(self):
        self._close()
        limit = self._deadline(self.dispute, "ask_again")
        with self._at(2026, 3, 14, 8):
            self._sweep()
            self.assertEqual(limit.state, "lapsed")
            self.assertEqual(self.dispute.activity_ids.user_id, self.handler)
        for user in (self.stranger, self.auditor):
            with self.assertRaises(AccessError):
                limit.with_user(user).action_meet()

    def test_it_is_met_by_hand_on_the_closed_file(self):
        self._close()
        limit = self._deadline(self.dispute, "ask_again")
        with self._at(2026, 3, 5, 8):
            limit.with_user(self.handler).action_meet()
        self.assertEqual(limit.state, "met")
        self.assertEqual(self.dispute.state, "closed")
        self.assertFalse(self.dispute.next_due_date)

    def test_the_others_stay_as_they_are(self):
        self._close()
        with self.assertRaisesRegex(UserError, "is closed"):
            self._deadline(self.dispute).with_user(self.handler).action_meet()

    def test_reopened_it_ends_and_closed_again_it_begins_anew(self):
        self._close()
        self.dispute.with_user(self.manager).action_reopen("She did not.")
        self.assertEqual(
            self._states(), {"acknowledge": "running", "ask_again": "cancelled"}
        )
        with self._at(2026, 3, 4, 8):
            self._close()
        again = self._deadline(self.dispute, "ask_again").sorted("id")
        self.assertEqual(again.mapped("state"), ["cancelled", "running"])
        self.assertEqual(again[-1].due_date, date(2026, 3, 14))

    def test_what_could_not_be_met_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "nothing is filled in"):
            self._draft(self._after(end_event="informed"))

    def test_it_is_combined_with_nothing(self):
        parts = [
            Command.create(self._rule("one")),
            Command.create(self._after()),
        ]
        with self.assertRaisesRegex(ValidationError, "combined"):
            self._draft(
                self._rule(
                    "both",
                    combine="latest",
                    start_event=False,
                    end_event=False,
                    part_ids=parts,
                )
            )
