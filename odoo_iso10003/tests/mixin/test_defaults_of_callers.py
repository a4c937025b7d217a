# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the system makes by itself takes nothing of who happened to call."""

import json

from odoo.tests import TransactionCase, tagged

from ..legal.legal_common import LegalRules


@tagged("-at_install", "post_install")
class TestDefaultsOfCallers(LegalRules, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_legal()

    def _store_default(self, user, model, name, value):
        """Store a default of one's own, as each user may."""
        defaults = self.env["ir.default"].with_user(user)
        defaults.create(
            {
                "field_id": self.env["ir.model.fields"]._get(model, name).id,
                "user_id": user.id,
                "json_value": json.dumps(value),
            }
        )

    def _plan_limit(self, **context):
        """Note what starts a limit; return what is planned of it."""
        self._enforce(self._rule(quantity=300))
        dispute = self._open_dispute(self._new_ticket())
        self._record(dispute.with_context(**context), notice_date=self._day(0))
        limit = self._deadline(dispute).sudo()
        return self.env["iso10003.alarm"].search([("deadline_id", "=", limit.id)])

    def _plan_reminder(self, **context):
        """Note a day of which counsel is reminded; return what is planned of it."""
        referral = self._draft_referral(limitation_date=False)
        referral.with_context(**context).write({"limitation_date": self._day(100)})
        return referral._find_reminders()

    def test_a_default_of_ones_own_silences_nothing(self):
        self._store_default(self.handler, "iso10003.alarm", "state", "fired")
        self._store_default(self.counsel, "iso10003.alarm", "state", "dropped")
        for planned in (self._plan_limit(), self._plan_reminder()):
            self.assertEqual(planned.mapped("state"), ["pending"])

    def test_nor_does_a_context(self):
        given = {"default_state": "fired", "default_told": True}
        for planned in (self._plan_limit(**given), self._plan_reminder(**given)):
            self.assertEqual(planned.mapped("state"), ["pending"])
            self.assertFalse(planned.told)

    def test_no_model_takes_any(self):
        """Whatever is made with all rights, such as a file, a limit, or a gate."""
        models = [
            name
            for name, model in self.env.registry.items()
            if name.startswith("iso10003.") and not model._abstract
        ]
        self.assertGreater(len(models), 50)
        for name in models:
            self._store_default(self.handler, name, "id", 7)
            made = self.env[name].with_user(self.handler)
            with self.subTest(name):
                # it is there for forms, which its owner sees
                self.assertTrue(made.env["ir.default"]._get_model_defaults(name))
                self.assertFalse(made.sudo().default_get(["id"]))
