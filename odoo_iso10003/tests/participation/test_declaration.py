# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Once a year everybody with a part declares interests, for oneself alone."""

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError

from ..common import DisputeCase


class TestDeclaration(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declarations = cls.env["iso10003.declaration"]
        cls.own = cls._sign(cls.stranger)

    @classmethod
    def _sign(cls, user, **values):
        return cls.declarations.with_user(user).create(
            {"company_id": cls.company.id, **values}
        )

    def test_it_holds_for_a_year_from_its_day(self):
        today = fields.Date.today()
        self.assertEqual(self.own.date, today)
        last = self.own.valid_until
        self.assertEqual(last, today + relativedelta(months=12, days=-1))
        holding = self.declarations._find_holding
        self.assertEqual(holding(self.stranger, self.company, last), self.own)
        after = last + relativedelta(days=1)
        self.assertFalse(holding(self.stranger, self.company, after))

    def test_a_later_one_takes_its_place(self):
        later = self._sign(self.stranger, interests="some", details="My aunt.")
        self.assertTrue(self.own.superseded)
        today = fields.Date.today()
        found = self.declarations._find_holding(self.stranger, self.company, today)
        self.assertEqual(found, later)

    def test_interests_are_said_in_words_or_there_are_none(self):
        for values in (
            {"interests": "some"},
            {"interests": "some", "details": "  "},
            {"interests": "none", "details": "My aunt."},
        ):
            with self.assertRaisesRegex(ValidationError, "say in words"):
                self._sign(self.stranger, **values)

    def test_nobody_signs_for_another(self):
        for user in (self.manager, self.handler):
            with self.assertRaises(UserError):
                self._sign(user, user_id=self.stranger.id)
            declarations = self.declarations.with_user(user)
            made = declarations.with_context(default_user_id=self.stranger.id).create(
                {"company_id": self.company.id}
            )
            self.assertEqual(made.user_id, user)
            with self.assertRaises(UserError):
                self._sign(user, date="2020-01-01")

    def test_what_is_signed_stays(self):
        for user in (self.stranger, self.manager):
            own = self.own.with_user(user)
            for values in (
                {"interests": "some"},
                {"details": "My aunt."},
                {"user_id": user.id},
                {"valid_until": "2099-01-01"},
                {"superseded": True},
                {"date": "2020-01-01"},
            ):
                with self.assertRaises(UserError):
                    own.write(values)
            with self.assertRaises(UserError):
                own.unlink()
        with self.assertRaisesRegex(UserError, "cannot be written"):
            self.own.sudo().write({"interests": "some"})
        with self.assertRaisesRegex(UserError, "stays on record"):
            self.own.sudo().unlink()
        with self.assertRaisesRegex(UserError, "not duplicated"):
            self.own.with_user(self.stranger).copy()

    def test_who_reads_it(self):
        for user in (self.stranger, self.manager, self.auditor):
            self.assertTrue(self.own.with_user(user).has_access("read"))
        for user in (self.handler, self.counsel, self.sponsor, self.portal):
            with self.assertRaises(AccessError):
                self.own.with_user(user).read(["details"])

    def test_it_is_not_signed_in_a_company_of_others(self):
        other = self.env["res.company"].create({"name": "Other Trade"})
        with self.assertRaises(AccessError):
            self._sign(self.stranger, company_id=other.id)

    def test_the_register_has_a_digest_and_no_words(self):
        signed = self._sign(self.stranger, interests="some", details="My aunt.")
        row = self.env["iso10003.register"].search(
            [("file", "=", signed._register_file())]
        )
        self.assertEqual((row.event, len(row)), ("opened", 1))
        self.assertNotIn("aunt", str(row.data))
        self.assertIn("sha256", row.data["values"]["details"])

    def test_who_has_no_role_is_not_reminded(self):
        ladder = self.own._get_ladders()["renewal"]
        self.assertFalse(self.own._find_reminded(ladder)[self.own])
        self._open_dispute(user=self.handler).user_id = self.stranger
        self.assertEqual(self.own._find_reminded(ladder)[self.own], self.stranger)

    def test_who_works_here_no_more_is_not_reminded(self):
        self.assertTrue(self.own._get_reminder_days()["renewal"])
        self.stranger.active = False
        self.assertFalse(self.own._get_reminder_days()["renewal"])

    def test_next_year_it_is_signed_anew(self):
        with freeze_time(fields.Date.today() + relativedelta(months=13)):
            dispute = self._open_dispute(self._new_ticket())
            self.assertFalse(dispute._get_holding_declaration())
            dispute._confirm_own()
            self.assertFalse(dispute.sudo().confirmation_ids)
