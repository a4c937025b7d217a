# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What answers to taking part say to audit questions."""

from ..conformity.conformity_common import CheckCase


class TestInvitationChecks(CheckCase):
    def test_who_declined_was_told_of_other_ways(self):
        """62, also where the file ended otherwise than by the refusal."""
        self._assert_unchecked(self._result(62))
        self._new_file(outcome="withdrawn")
        self._assert_unchecked(self._result(62))
        self._new_file(outcome="withdrawn", declined_by="organization")
        self._assert_holds(self._result(62), 1)
        bad = self._new_file(
            outcome="withdrawn", declined_by="complainant", recourse_date=None
        )
        self._assert_fails(self._result(62), bad, 2)
