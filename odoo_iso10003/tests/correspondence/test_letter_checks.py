# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What letters say to audit question 6."""

from ..conformity.conformity_common import CheckCase, days

QUESTIONS = {6}


class TestLetterChecks(CheckCase):
    def _sent(self, dispute, unapproved=False, **columns):
        letter = self.env["iso10003.letter"].create(
            {"file_id": dispute.file_ids.id, "kind": "acknowledgement"}
        )
        sent = {"state": "sent", "sent_date": days(-3), "digest": "0" * 64}
        self._set_columns(letter, unapproved=unapproved, **{**sent, **columns})
        return letter

    def test_what_complainants_got_to_read_was_approved(self):
        dispute = self._new_file()
        self._assert_unchecked(self._result(6))
        self._sent(dispute, unapproved=True, sent_date=days(-500))
        self._sent(dispute, template_id=None)  # written by hand
        self._sent(dispute, unapproved=True, audience="internal")
        self._assert_unchecked(self._result(6))
        self._sent(dispute)
        self._assert_holds(self._result(6), 1)
        bad = self._sent(dispute, unapproved=True)
        self._assert_fails(self._result(6), bad, 2)
