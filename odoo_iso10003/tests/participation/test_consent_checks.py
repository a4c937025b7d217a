# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the records of consent say to audit questions 9 to 12."""

from datetime import timedelta

from odoo import fields

from ..common import ADDON
from .test_consent import ConsentCase

QUESTIONS = {9, 10, 11, 12}
# a file that no question is about
OLD = fields.Datetime.now() - timedelta(days=900)


class TestConsentChecks(ConsentCase):
    def _ask(self, number):
        """Return ``(how many it is about, how many fail)``."""
        requirement = self.env.ref(f"{ADDON}.requirement_{number:03}")
        self.env.flush_all()
        result = requirement._run_checks(self.company)[requirement]
        return result.population, result.failing_count

    def setUp(self):
        super().setUp()
        # of this company and of nothing else
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM iso10003_consent")
        self.env.cr.execute(
            "UPDATE iso10003_dispute SET closed_date = %s, state = 'closed', "
            "outcome = 'withdrawn' WHERE id <> %s",
            [OLD, self.dispute.id],
        )
        self.env.invalidate_all()

    def test_9_all_agreed_and_knew_on_what(self):
        self.assertEqual(self._ask(9), (0, 0), "it has not come so far")
        self._lead_to(self.dispute, "evaluation")
        self.assertEqual(self._ask(9), (1, 0))

        consent = self.dispute.consent_ids
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE iso10003_consent SET flaws = 'no_sheet' WHERE id = %s", [consent.id]
        )
        self.assertEqual(self._ask(9), (1, 1), "told by nothing")
        self.env.cr.execute("DELETE FROM iso10003_consent")
        self.assertEqual(self._ask(9), (1, 1), "there is none")

    def test_10_each_was_told_by_an_approved_sheet(self):
        self.assertEqual(self._ask(10), (0, 0))
        self._notice()
        self.assertEqual(self._ask(10), (0, 0), "the body told them")
        self._agree(self.dispute)
        self.assertEqual(self._ask(10), (1, 0))
        self._agree(self.dispute, sheet_id=self.env.ref(f"{ADDON}.sheet_board_en").id)
        self._agree(self.dispute, sheet_id=False)
        self.assertEqual(self._ask(10), (3, 2))

    def test_11_no_consumer_agreed_beforehand(self):
        self.assertEqual(self._ask(11), (0, 0))
        self._agree(self.dispute)
        self.assertEqual(self._ask(11), (1, 0))
        before = fields.Datetime.now() - timedelta(days=200)
        self._agree(self.dispute, date=before)
        self.assertEqual(self._ask(11), (2, 1))
        self.dispute.complainant_type = "small_business"
        self.assertEqual(self._ask(11), (0, 0))

    def test_12_what_was_withdrawn_is_respected_soon(self):
        consent = self._agree(self.dispute, date=fields.Datetime.now() - timedelta(1))
        self.assertEqual(self._ask(12), (0, 0))
        consent.action_withdraw("They do not want to.", "All stops.")
        self.assertEqual(self._ask(12), (1, 0), "today")

        def was_withdrawn(days_ago):
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE iso10003_dispute SET consent_withdrawn_date = %s WHERE id = %s",
                [fields.Date.today() - timedelta(days=days_ago), self.dispute.id],
            )
            self.env.invalidate_all()

        was_withdrawn(30)
        self.assertEqual(self._ask(12), (1, 1), "and it goes on")
        self.env.cr.execute(
            "UPDATE iso10003_dispute SET closed_date = %s, closed_from = 'notice', "
            "outcome = 'withdrawn', state = 'closed' WHERE id = %s",
            [fields.Datetime.now() - timedelta(days=28), self.dispute.id],
        )
        self.assertEqual(self._ask(12), (1, 0), "it ended within days")
