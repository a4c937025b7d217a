# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Disputes and their people, searched in Persian.

For that the database needs a function, and web_solar_hijri its twin, so this runs by
``script/test --solar`` and not with the other tests, hence the name.
"""

from odoo.tests import tagged
from odoo.tools import SQL

from ..common import DisputeCase

SUBJECTS = {
    "یخچال نمی‌کند": ("يخچال", "نمی کند", "نمیکند", "نمي‌كند"),
    "سرویس رؤیا": ("رویا", "سرويس رؤیا"),
}


@tagged("post_install", "-at_install")
class TestPersianSearch(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute().with_user(cls.handler)

    def assertFinds(self, typed, record, *fields):
        for field in fields:
            domain = [(field, "ilike", typed)]
            self.assertIn(record, record.search(domain))
            self.assertEqual(record.filtered_domain(domain), record)

    def test_disputes_are_found_however_their_subject_is_written(self):
        for subject, found_by in SUBJECTS.items():
            self.dispute.subject = subject
            for typed in found_by:
                with self.subTest(subject=subject, typed=typed):
                    self.assertFinds(typed, self.dispute, "subject", "display_name")

    def test_disputes_are_found_by_their_number_in_any_digits(self):
        number = self.dispute.name.rpartition("/")[2]
        for zero in "۰", "٠":
            typed = "".join(chr(ord(zero) + int(digit)) for digit in number)
            self.assertFinds(typed, self.dispute, "name")

    def test_disputes_are_found_by_who_complains(self):
        self.customer.name = "زهرا كاظمي"
        for typed in ("کاظمی", "كاظمي", "زهراکاظمی"):
            self.assertFinds(typed, self.dispute, "partner_id")

    def test_an_index_finds_them(self):
        # of so few, the planner would rather read all
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for field in ("name", "subject"):
            query = self.env["iso10003.dispute"]._search([(field, "ilike", "یخچال")])
            plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
            self.assertIn(f"iso10003_dispute__{field}_index", str(plan))
