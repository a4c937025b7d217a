# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from statistics import median

from ..dispute.complaints_file import read_complaints
from ..query_counter import count_queries
from .invitation_common import InvitationCase

FILES = 6
# a letter, with all that it does on its file
LETTER = 40
# … and the step that the file takes by itself after it
LETTER_AND_STEP = 62


class TestLetterCosts(InvitationCase):
    """What letters on taking part cost, on disputes of a complaints export."""

    def test_letters_on_taking_part_cost_as_much_as_any(self):
        rows = [row for row in read_complaints() if row["consumer_disputed?"] == "Yes"]
        costs = {"invitation": [], "alone": [], "stepping": []}
        for number, row in enumerate(rows[:FILES]):
            dispute = self._open_dispute(self._new_ticket(name=row["issue"]))
            self._give(dispute, self._wanted("referral"))
            steps = number % 2
            action = dispute.action_invite()
            invitation = dispute.env[action["res_model"]].browse(action["res_id"])
            costs["invitation"].append(self._cost_of(invitation))
            self._answer(dispute=dispute)
            ours = self._decide(dispute=dispute).with_context(leads_on=bool(steps))
            costs["stepping" if steps else "alone"].append(self._cost_of(ours))
            self.assertEqual(dispute.state, "notice" if steps else "referral")
            self.assertTrue(dispute.part_answered_date)
        found = {name: median(counted) for name, counted in costs.items()}
        self.assertLessEqual(found["invitation"], LETTER, costs)
        self.assertLessEqual(found["alone"], LETTER, costs)
        self.assertLessEqual(found["stepping"], LETTER_AND_STEP, costs)

    def _cost_of(self, told):
        """Return how many queries it takes to send the letter of something."""
        letter = self._open(told.action_write_letter()).save()
        return count_queries(self.env, letter.action_send)
