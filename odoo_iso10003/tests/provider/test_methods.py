# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError

from .provider_common import ProviderCase


class TestMethods(ProviderCase):
    def test_what_ships_has_each_kind_and_says_whom_it_binds(self):
        methods = self.env["iso10003.method"].search([("company_id", "=", False)])
        self.assertEqual(
            set(methods.mapped("kind")), {"facilitative", "advisory", "determinative"}
        )
        self.assertTrue(all(methods.mapped("binding")))
        answer = methods._audit_methods_defined(self.company)
        self.assertEqual((answer.value, answer.threshold), (3.0, 3.0))

    def test_a_catalogue_of_one_kind_is_none(self):
        methods = self.env["iso10003.method"].search([])
        methods.filtered(lambda one: one.kind != "facilitative").active = False
        self.assertEqual(methods._audit_methods_defined(self.company).value, 1.0)

    def test_a_company_adapts_what_ships(self):
        with self.assertRaises(AccessError):
            self.mediation.with_user(self.manager).days = 10
        action = self.mediation.with_user(self.manager).action_adapt()
        own = self.mediation.browse(action["res_id"])
        own.with_user(self.manager).days = 10
        self.assertEqual(own.replaces_id, self.mediation)
        self.assertNotIn(self.mediation, self.mediation._get_effective(self.company))
        row = self.env["iso10003.register"].search(
            [("file", "=", self.company._register_file()), ("event", "=", "configured")]
        )[-1]
        self.assertEqual(row.data["changes"]["days"], {"from": 45, "to": 10})

    def test_a_dispute_knows_the_kinds_of_the_catalogue(self):
        method = self.env["iso10003.dispute"]._fields["method"]
        self.assertEqual(
            [code for code, _label in method.selection],
            [code for code, _label in self.mediation._fields["kind"].selection],
        )
