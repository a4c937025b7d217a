# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from ..deadline.test_deadline_course import DeadlineCase


class TestVacancy(DeadlineCase):
    """A complainant died, and nobody follows yet: their limits wait, ours do not."""

    def _open(self, days):
        draft = self._draft(
            self._rule(
                "theirs", actor="complainant", end_event="result_noted", quantity=10
            ),
            self._rule("ours", quantity=10),
        )
        draft.vacancy_days = days
        draft.with_user(self.chief).action_approve()
        draft.with_user(self.chief).action_put_in_force()
        dispute = self._file_with_notice()
        party = dispute.party_ids.with_user(self.manager)
        party.action_end("death", "Her brother wrote.")
        return dispute

    def test_their_limits_stand_still_until_somebody_follows(self):
        dispute = self._open(60)
        theirs, ours = (self._deadline(dispute, code) for code in ("theirs", "ours"))
        self.assertEqual((theirs.state, ours.state), ("suspended", "running"))
        stop = theirs.suspension_ids
        self.assertEqual(
            (stop.reason, stop.date_to.date()), ("vacancy", date(2026, 5, 1))
        )
        self.assertIn("nobody follows", stop.sudo().message_id.body)
        (row,) = self._events(dispute, "deadline_suspended")
        self.assertEqual(row["reason"], "vacancy")
        with self._at(2026, 3, 12, 8):
            heir = self.env["res.partner"].create({"name": "Heir"})
            self._note_party(dispute, heir, "heir", for_id=dispute.party_ids.id)
            self.assertEqual(theirs.state, "running")
            self.assertEqual(theirs.due_date, date(2026, 3, 22))
            self.assertEqual(ours.due_date, date(2026, 3, 12))
        self.assertTrue(self._events(dispute, "deadline_resumed"))

    def test_they_run_on_where_the_policy_says_nothing(self):
        dispute = self._open(0)
        self.assertEqual(self._deadline(dispute, "theirs").state, "running")
        self.assertFalse(self._events(dispute, "deadline_suspended"))
