# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What methods and providers say to audit questions."""

from odoo.fields import Command

from ..conformity.conformity_common import OPEN, CheckCase, days

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
        # nobody leaves the questions by the archive while a case is there
        case = self._bring_before(old)
        for number in numbers:
            self._assert_fails(self._result(number), old, 2)
        self._set_columns(case, state="ended", ended_by="withdrawn")
        for number in numbers:
            self._assert_holds(self._result(number), 1)

    def _bring_before(self, provider):
        """Return a proceeding before a provider, noted past all rules."""
        self._insert(
            "iso10003_proceeding",
            dispute_id=self._new_file(**OPEN).id,
            company_id=self.shop.id,
            number=1,
            name="D/1",
            state="running",
            begun_by="complainant",
            method_id=self.env.ref("odoo_iso10003.method_mediation").id,
            body_id=provider.id,
        )
        return self.env["iso10003.proceeding"].search([], order="id desc", limit=1)

    def test_a_catalogue_has_each_kind_of_method(self):
        self.assertEqual(self._result(51).verdict, "yes")
        methods = self.env["iso10003.method"].search([])
        methods.filtered(lambda one: one.kind == "advisory").active = False
        self.assertNotEqual(self._result(51).verdict, "yes")
        methods.active = False
        self._assert_unchecked(self._result(51))
