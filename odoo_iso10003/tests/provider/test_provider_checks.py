# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What methods and providers say to audit questions."""

from odoo.fields import Command

from ..conformity.conformity_common import CheckCase, days

QUESTIONS = {19, 51, 52, 53, 54, 102}


class TestProviderChecks(CheckCase):
    def _make_provider(self, name, **values):
        partner = self.env["res.partner"].create({"name": name})
        return (
            self.env["iso10003.provider"]
            .with_user(self.lead)
            .create({"partner_id": partner.id, "company_id": self.shop.id, **values})
        )

    def test_provider_checks(self):
        numbers = sorted(QUESTIONS - {51})
        for number in numbers:
            self._assert_unchecked(self._result(number))
        good = {
            "independence": "independent",
            "independence_date": days(-30),
            "credential_ids": [
                Command.create({"name": "No. 7", "valid_from": days(-400)})
            ],
            "evaluation_ids": [
                Command.create(
                    {
                        "date": days(-30),
                        "decision": "suitable",
                        "reasons": "Fast and fair.",
                        "compared": "Two others.",
                    }
                )
            ],
        }
        self._make_provider("Good", **good)
        for number in numbers:
            with self.subTest(question=number):
                self._assert_holds(self._result(number), 1)
        old = self._make_provider(
            "Of long ago",
            independence="independent",
            independence_date=days(-500),
            credential_ids=[
                Command.create(
                    {"name": "A", "valid_from": days(-500), "valid_to": days(-1)}
                )
            ],
            evaluation_ids=[
                Command.create(
                    {"date": days(-500), "decision": "suitable", "reasons": "Fast"}
                )
            ],
        )
        for number in numbers:
            with self.subTest(question=number):
                self._assert_fails(self._result(number), old, 2)
        old.active = False  # it is used no more
        for number in numbers:
            self._assert_holds(self._result(number), 1)

    def test_a_catalogue_has_each_kind_of_method(self):
        self.assertEqual(self._result(51).verdict, "yes")
        methods = self.env["iso10003.method"].search([])
        methods.filtered(lambda one: one.kind == "advisory").active = False
        self.assertNotEqual(self._result(51).verdict, "yes")
        methods.active = False
        self._assert_unchecked(self._result(51))
