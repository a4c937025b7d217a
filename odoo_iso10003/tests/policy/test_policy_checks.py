# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What policies and their catalogues say to audit questions."""

from psycopg2.extras import Json

from ..conformity.conformity_common import TODAY, CheckCase, days

QUESTIONS = {1, 4, 15, 17, 30, 39, 41, 42, 43}


class TestPolicyChecks(CheckCase):
    def test_policy_checks(self):
        whole = {
            "scope": "<p>All products</p>",
            "methods": "<p>Mediation</p>",
            "recourse": "<p>Courts</p>",
            "cost_to_complainant": "Nothing",
            "approver_id": self.lead.id,
            "review_date": days(10),
        }
        page = self.env["document.page"].create(
            {"name": "Policy", "content": "<p>Text</p>", "company_id": self.shop.id}
        )
        broken = {
            1: {"scope": None},
            4: {"approver_id": None},
            15: {"cost_to_complainant": None},
            30: {"methods": None},
            39: {"methods": None},
            41: {"review_date": days(-1)},
            42: {"page_id": None},
        }
        translated = ("scope", "methods", "recourse", "cost_to_complainant")
        self._set_tiers(handler=100)
        for number, columns in broken.items():
            with self.subTest(question=number):
                good = {**whole, "page_id": page.id}
                self._write_policy({**good}, translated)
                self._assert_holds(self._result(number), 1)
                self._write_policy({**good, **columns}, translated)
                self._assert_fails(self._result(number), self.policy, 1)
                if number in (15, 30, 41):
                    # nobody here has approved what ships
                    self._write_policy({**good, "approver_id": None}, translated)
                    self._assert_unchecked(self._result(number))
        self._set_columns(self.policy, state="superseded", valid_to=TODAY)
        for number in broken:
            with self.subTest(question=number):
                result = self._result(number)
                self._assert_unchecked(result)
                self.assertEqual(result.note, "policy")

    def test_tiers_cover_every_amount(self):
        """39 and 43: who decides up to which amount, with a limit for handlers."""
        whole = {
            "scope": "<p>All products</p>",
            "methods": "<p>Mediation</p>",
            "recourse": "<p>Courts</p>",
            "cost_to_complainant": "Nothing",
        }
        self._write_policy(whole, tuple(whole))
        for tiers, holds in (
            ({"handler": 100, "manager": 1000}, True),
            ({"handler": 0}, True),
            ({"handler": None}, False),
            ({"handler": 100, "manager": 1000, "sponsor": 5000}, False),
        ):
            self._set_tiers(**tiers)
            for number in (39, 43):
                with self.subTest(question=number, tiers=tiers):
                    if holds:
                        self._assert_holds(self._result(number), 1)
                    else:
                        self._assert_fails(self._result(number), self.policy, 1)

    def test_a_new_policy_says_what_its_tiers_lack_and_what_to_do(self):
        """No amount is made up for an organization: the manager is led to it."""
        draft = self.env["iso10003.policy"].with_user(self.lead).create({"name": "A"})
        self.assertFalse(draft._has_whole_authority())
        self.assertIn("up to which amount handlers settle", draft.authority_gap)
        self.assertIn("Give handlers a limit", draft.authority_gap)
        handler = draft.tier_ids.filtered(lambda tier: tier.level == "handler")
        handler.write({"unlimited": False, "amount": 500})
        self.assertFalse(draft.authority_gap)

    def test_a_version_in_force_is_told_to_have_a_new_one(self):
        self._set_tiers(handler=None)
        self.assertIn("new version", self.policy.authority_gap)
        self._set_tiers(handler=100)
        self.assertFalse(self.policy.authority_gap)

    def test_the_questions_say_what_the_tiers_lack(self):
        self._set_tiers(handler=None)
        line = self.env["iso10003.assessment.line"]
        for number in (39, 43):
            with self.subTest(question=number):
                result = self._result(number)
                self.assertEqual(result.failing_ids, tuple(self.policy.ids))
                told = line.new({"check_note": result.note})._tell_note()
                self.assertIn("up to which amount handlers settle", told)

    def _set_tiers(self, **limits):
        """Write past the lock of the version; unnamed levels have no limit."""
        for tier in self.policy.tier_ids:
            limit = limits.get(tier.level)
            self._set_columns(tier, unlimited=limit is None, amount=limit or 0)

    def _write_policy(self, columns, translated):
        self._set_columns(
            self.policy,
            **{
                name: Json({"en_US": value}) if name in translated and value else value
                for name, value in columns.items()
            },
        )

    def test_a_controlled_text_is_an_approved_one(self):
        page = self.env["document.page"].create(
            {
                "name": "Policy",
                "content": "<p>Text</p>",
                "approval_required": True,
                "company_id": self.shop.id,
            }
        )
        self._set_columns(self.policy, page_id=page.id)
        self._assert_fails(self._result(42), self.policy, 1)

    def test_catalogue_of_remedies(self):
        # what ships says nothing while no file names any of it
        self.assertEqual(self._result(17).note, "shipped")
        remedies = self.env["iso10003.remedy"].search([])
        file = self._new_file(
            state="evaluation",
            closed_date=None,
            closed_from=None,
            outcome=None,
            outcome_date=None,
        )
        file.sudo().remedy_ids = remedies[0]
        self.assertEqual(self._result(17).verdict, "yes")
        # what another company added is none of ours
        other = self.env["res.company"].create({"name": "Other"})
        self.env["iso10003.remedy"].create({"name": "Theirs", "company_id": other.id})
        self.assertEqual(self._result(17).value, len(remedies))
        remedies[4:].active = False
        result = self._result(17)
        self.assertEqual((result.verdict, result.value), ("no", 4.0))
        self.assertEqual(result.threshold, 5.0)
        remedies.active = False
        self.assertEqual(self._result(17).verdict, "unchecked")
