# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields

from ..common import ADDON, DisputeCase
from ..migration_common import run_migration

SCRIPT, VERSION = "19.0.1.7.0/post-notice", "19.0.1.6.0"


class TestNoticeMigration(DisputeCase):
    """Files of before keep the day of their notice, and nothing is made up."""

    def setUp(self):
        super().setUp()
        self.question = self.env.ref(f"{ADDON}.requirement_067")

    def _forget(self, **columns):
        self.question.flush_recordset()
        self.env.cr.execute(
            """UPDATE iso10003_requirement SET "check" = NULL, check_model = NULL,
                      awaited = %s, way = 'manual' WHERE id = %s""",
            [columns.get("awaited", True), self.question.id],
        )
        self.env.invalidate_all()

    def test_days_of_before_stay_as_they_were_given(self):
        dispute = self._open_dispute()
        today = fields.Date.today()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE iso10003_dispute SET notice_date = %s WHERE id = %s",
            [today, dispute.id],
        )
        self.env.invalidate_all()
        rows = len(dispute.register_ids)
        run_migration(self.env, SCRIPT, VERSION)
        self.assertEqual(dispute.notice_date, today)
        self.assertFalse(dispute._is_bare("notice_received"))
        self.assertFalse(dispute.notice_ids)
        self.assertFalse(dispute.begun_by or dispute.notified_date or dispute.preserved)
        self.assertEqual(len(dispute.register_ids), rows)
        self.assertTrue(dispute._gate_notice_received())
        self.assertTrue(dispute._gate_pending_elsewhere())

    def test_a_question_that_nobody_changed_is_answered_from_records(self):
        self._forget()
        for _time in range(2):
            run_migration(self.env, SCRIPT, VERSION)
            self.assertEqual(self.question.check, "records_held")
            self.assertFalse(self.question.awaited)

    def test_one_that_was_changed_stays(self):
        self._forget(awaited=False)
        run_migration(self.env, SCRIPT, VERSION)
        self.assertFalse(self.question.check)
