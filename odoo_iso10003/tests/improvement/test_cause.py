# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .improvement_common import ImprovementCase


class TestCause(ImprovementCase):
    def test_who_leads_a_file_makes_a_cause_and_names_it(self):
        file, cause = self._new_file(), self._new_cause(kind="batch", batch="L-4711")
        file.cause_id = cause
        self.assertEqual(file.cause_kind, "product")
        self.assertEqual(cause.display_name, "Drum cracks · W-17 · L-4711")
        row = file.sudo().register_ids.filtered(lambda row: "cause_id" in str(row.data))
        self.assertTrue(row)

    def test_why_it_happened_follows_the_cause(self):
        file = self._new_file(cause_kind="handling")
        file.write(
            {"cause_id": self._new_cause(kind="promise").id, "cause_kind": "none"}
        )
        self.assertEqual(file.cause_kind, "promise")
        with self.assertRaisesRegex(ValidationError, "Drum cracks"):
            file.cause_kind = "service"
        file.cause_id = False
        file.cause_kind = "service"

    def test_a_batch_has_a_number(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._new_cause(kind="batch")

    def test_what_it_is_stays_and_handlers_change_none(self):
        cause = self._new_cause()
        with self.assertRaises(AccessError):
            cause.name = "Pump leaks"
        own = cause.with_user(self.manager)
        own.name = "Drum breaks"
        with self.assertRaises(UserError):
            own.kind = "service"

    def test_files_are_counted_for_who_may_read_them(self):
        cause = self._new_cause()
        self._new_file(cause_id=cause.id)
        self._new_file(cause_id=cause.id, user=self.stranger)
        for user, count in ((self.handler, 1), (self.stranger, 1), (self.manager, 2)):
            own = cause.with_user(user)
            own.invalidate_recordset()
            self.assertEqual(own.file_count, count, user.login)
