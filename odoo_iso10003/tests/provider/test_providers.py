# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from ..common import ADDON
from .provider_common import ProviderCase


class TestProviders(ProviderCase):
    """A provider is usable on a day, for a dispute or at all, or it is said why not."""

    def _obstacles(self, provider, dispute=None, day=None):
        return provider._find_obstacles(day or self.today, dispute)

    # ------------------------------------------------------------
    # In general
    # ------------------------------------------------------------

    def test_nothing_stands_against_a_good_one(self):
        provider = self._make_provider()
        dispute = self._open_dispute()
        self.assertEqual(self._obstacles(provider, dispute), [])
        self.assertFalse(provider.standing)

    def test_each_thing_that_stands_against_it_is_found(self):
        for values, code in (
            ({"credential_ids": False}, "unaccredited"),
            (
                {
                    "credential_ids": [
                        Command.create(
                            {
                                "name": "Old",
                                "valid_from": self._ago(400),
                                "valid_to": self._ago(1),
                            }
                        )
                    ]
                },
                "unaccredited",
            ),
            ({"evaluation_ids": False}, "not_evaluated"),
            (
                {
                    "evaluation_ids": [
                        Command.create(
                            {
                                "date": self._ago(400),
                                "decision": "suitable",
                                "reasons": "Long ago",
                            }
                        )
                    ]
                },
                "not_evaluated",
            ),
            (
                {
                    "evaluation_ids": [
                        Command.create(
                            {
                                "date": self._ago(2),
                                "decision": "unsuitable",
                                "reasons": "It takes years.",
                            }
                        )
                    ]
                },
                "unsuitable",
            ),
            ({"service_ids": False}, "no_method"),
            ({"independence": "dependent"}, "dependent"),
            ({"active": False}, "archived"),
        ):
            with self.subTest(code=code):
                self.body = self.env["res.partner"].create({"name": f"Body {code}"})
                provider = self._make_provider(
                    partner_id=self.body.id,
                    **values,
                )
                self.assertEqual(self._obstacles(provider), [code])
                self.assertEqual(provider.standing, provider._tell_obstacles([code])[0])

    def test_it_counts_on_its_day(self):
        provider = self._make_provider()
        last = self.today + timedelta(days=10)
        provider.credential_ids.valid_to = last
        self.assertEqual(self._obstacles(provider, day=last), [])
        self.assertEqual(
            self._obstacles(provider, day=last + timedelta(days=1)), ["unaccredited"]
        )

    def test_one_from_before_is_usable_and_said_not_to_be_evaluated(self):
        provider = self.env["iso10003.provider"].create({"partner_id": self.body.id})
        self.assertTrue(self._obstacles(provider))
        provider._guarded_write({"from_before": True})
        self.assertEqual(self._obstacles(provider), [])
        dispute = self._open_dispute()
        dispute.provider_id = self.body
        self.assertEqual(dispute._find_provider_lacks(), ["from_before"])
        # what is known of it counts as of any other
        provider.credential_ids = [
            Command.create(
                {"name": "A", "valid_from": self._ago(9), "valid_to": self._ago(2)}
            )
        ]
        self.assertEqual(self._obstacles(provider), ["unaccredited"])

    def test_we_and_our_group_are_no_provider(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        clerk = self.env["res.partner"].create(
            {"name": "Clerk", "parent_id": branch.partner_id.id}
        )
        for partner in (self.company.partner_id, branch.partner_id, clerk):
            with self.assertRaisesRegex(ValidationError, "or its group"):
                self._make_provider(partner_id=partner.id)

    # ------------------------------------------------------------
    # For a dispute
    # ------------------------------------------------------------

    def test_what_it_does_not_take_is_said(self):
        dispute = self._open_dispute()
        abroad = self.env.ref("base.de")
        dispute.partner_id.sudo().write(
            {"country_id": self.env.ref("base.fr").id, "lang": "en_US"}
        )
        dispute.write(
            {
                "method": "determinative",
                "amount_claimed": 5000,
                "category_id": self.env.ref(f"{ADDON}.category_warranty").id,
            }
        )
        provider = self._make_provider()
        self.assertEqual(self._obstacles(provider, dispute), ["method"])
        provider.service_ids = [Command.create({"method_id": self.arbitration.id})]
        self.assertEqual(self._obstacles(provider, dispute), [])
        for values, code in (
            ({"amount_max": 4999}, "amount"),
            ({"amount_min": 5001}, "amount"),
            ({"country_ids": abroad.ids}, "country"),
            (
                {"category_ids": self.env.ref(f"{ADDON}.category_billing").ids},
                "category",
            ),
        ):
            with self.subTest(values=values):
                provider.write(values)
                self.assertEqual(self._obstacles(provider, dispute), [code])
                provider.write(
                    {
                        "amount_max": 0,
                        "amount_min": 0,
                        "country_ids": False,
                        "category_ids": False,
                    }
                )
        farsi = self.env["res.lang"]._activate_lang("fa_IR")
        provider.lang_ids = farsi
        self.assertEqual(self._obstacles(provider, dispute), ["language"])

    def test_naming_one_that_is_not_usable_is_on_record(self):
        dispute = self._open_dispute()
        dispute.provider_id = self.body
        rows = dispute.register_ids.filtered(lambda row: row.event == "provider_named")
        self.assertEqual(rows.data, {"lacks": ["unknown"]})
        self.assertIn("not kept as a provider", rows.summary)
        self.assertIn("not kept as a provider", dispute.provider_lacks)
        self._make_provider()
        dispute.invalidate_recordset(["provider_lacks"])
        self.assertFalse(dispute.provider_lacks)

    def test_naming_a_usable_one_leaves_no_doubt(self):
        self._make_provider()
        dispute = self._open_dispute()
        dispute.provider_id = self.body
        self.assertNotIn("provider_named", dispute.register_ids.mapped("event"))

    def test_who_resolves_it_does_not_come_to_a_side_later(self):
        self._make_provider()
        dispute = self._open_dispute()
        dispute.provider_id = self.body
        member = self.env["res.partner"].create(
            {"name": "Sam Member", "parent_id": self.body.id}
        )
        for partner in (self.body, member):
            for capacity in ("representative", "assignee"):
                with (
                    self.assertRaisesRegex(ValidationError, "complainant's side"),
                    self.env.cr.savepoint(),
                ):
                    self._note_party(dispute, partner, capacity)
        self.env.invalidate_all()
        lawyer = self.env["res.partner"].create({"name": "Lawyer"})
        self.assertTrue(self._note_party(dispute, lawyer))

    def test_neither_side_resolves_the_dispute(self):
        dispute = self._open_dispute()
        lawyer = self.env["res.partner"].create({"name": "Lawyer"})
        self._note_party(dispute, lawyer)
        for partner, words in (
            (self.customer, "complainant's side"),
            (lawyer, "complainant's side"),
            (self.company.partner_id, "belongs to us"),
        ):
            with (
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                dispute.provider_id = partner
        self.assertFalse(dispute.provider_id)

    # ------------------------------------------------------------
    # Who may, and what stays
    # ------------------------------------------------------------

    def test_managers_keep_providers_and_others_read_them(self):
        provider = self._make_provider()
        for user in (self.handler, self.counsel, self.auditor, self.sponsor):
            self.assertEqual(provider.with_user(user).display_name, "The Board")
            with self.assertRaises(AccessError):
                provider.with_user(user).sequence = 3
        with self.assertRaises(AccessError):
            provider.with_user(self.employee).read(["sequence"])

    def test_each_change_is_a_row(self):
        provider = self._make_provider()
        provider.amount_max = 700
        provider.credential_ids.valid_to = self.today
        rows = self.env["iso10003.register"].search(
            [("file", "=", provider._register_file())]
        )
        self.assertEqual(
            sorted(rows[:4].mapped("event")),
            ["opened", "provider", "provider", "provider"],
        )
        self.assertEqual(rows[4:].mapped("event"), ["changed", "provider"])
        told = rows.filtered(lambda row: row.event == "provider")
        self.assertTrue(all(told.mapped("summary")))

    def test_an_evaluation_stays_as_it_was_written(self):
        provider = self._make_provider()
        evaluation = provider.evaluation_ids
        self.assertEqual(evaluation.user_id, self.manager)
        for name, value in (
            ("decision", "unsuitable"),
            ("reasons", "Other"),
            ("date", self._ago(1)),
        ):
            with self.assertRaisesRegex(UserError, "cannot be written directly"):
                evaluation.with_user(self.manager)[name] = value

    def test_another_company_does_not_see_them(self):
        provider = self._make_provider()
        other = self.env["res.company"].create({"name": "Other Trade"})
        user = self._new_user(
            "abroad",
            f"{ADDON}.group_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        for record in (
            provider,
            provider.service_ids,
            provider.credential_ids,
            provider.evaluation_ids,
        ):
            with self.assertRaises(AccessError):
                record.with_user(user).read(["display_name"])
