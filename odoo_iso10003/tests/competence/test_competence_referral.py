# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError

from ..legal.legal_common import LegalCase
from .competence_common import CompetencePeople


class TestCompetenceReferral(CompetencePeople, LegalCase):
    """Who leads a legal referral, and who reviews it, is competent for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_competence()

    def test_counsel_and_reviewer_are_refused_and_then_allowed(self):
        self._require("counsel")
        self.employees[self.counsel] = self._new_employee(self.counsel)
        for user in (self.counsel, self.chief):
            with (
                self.assertRaisesRegex(UserError, "Fair resolution"),
                self.env.cr.savepoint(),
            ):
                self._draft_referral()
            self._certify(self.employees[user])
        referral = self._draft_referral()
        self.assertEqual(referral.counsel_id, self.counsel)

    def test_a_lawyer_from_outside_is_asked_too(self):
        referral = self._draft_referral()
        self._require("counsel")
        lawyer = self.env["res.partner"].create({"name": "Lawyer Outside"})
        with self.assertRaisesRegex(UserError, "Fair resolution"):
            referral.external_counsel_id = lawyer

    def test_a_manager_overrides_with_a_reason(self):
        referral = self._draft_referral()
        self._require("counsel")
        lawyer = self.env["res.partner"].create({"name": "Lawyer Outside"})
        referral.with_user(self.manager).action_override_competence(
            "external_counsel_id", lawyer.id, "The only one who takes the case."
        )
        self.assertEqual(referral.external_counsel_id, lawyer)
