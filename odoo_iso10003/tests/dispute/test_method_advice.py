# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError

from ..common import ADDON, DisputeCase

LONG_RELATION = {"relationship": 2, "urgency": 2}
BIG_CLAIM = {"amount": 2, "evidence": 2, "finding": 2, "enforcing": 2}


class TestMethodAdvice(DisputeCase):
    """The advisor ranks the methods, with reasons; choosing otherwise needs one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()
        cls.negotiation = cls.env.ref(f"{ADDON}.method_negotiation")
        cls.mediation = cls.env.ref(f"{ADDON}.method_mediation")
        cls.arbitration = cls.env.ref(f"{ADDON}.method_arbitration")

    def _open(self, **answers):
        action = self.dispute.action_advise_method()
        return (
            self.env[action["res_model"]]
            .with_user(self.handler)
            .with_context(**action["context"])
            .create({"method_id": self.mediation.id, **answers})
        )

    def test_what_weighs_decides_which_come_first(self):
        for weights, first in (
            (LONG_RELATION, self.negotiation),
            (BIG_CLAIM, self.arbitration),
        ):
            ranked = self.dispute._advise_methods(weights)
            self.assertEqual(ranked[0].method, first.id)
        advice = self._open(relationship="2", urgency="2", evidence="0", finding="0")
        self.assertEqual(advice.best_ids, self.negotiation)
        self.assertFalse(advice.is_best)
        self.assertIn("for it: Relationship, Urgency", advice.ranking)

    def test_it_says_who_may_begin_a_method_and_what_comes_before(self):
        advice = self._open()
        self.assertIn("Only the complainant may begin it.", advice.ranking)
        self.assertIn("Both sides begin it together.", advice.ranking)
        own = self.arbitration.browse(
            self.arbitration.with_user(self.manager).action_adapt()["res_id"]
        )
        own.before_ids = self.mediation
        advice.invalidate_recordset(["ranking"])
        self.assertIn("It follows after: Mediation.", advice.ranking)
        self.assertFalse(own._may_follow(self.negotiation))
        self.assertFalse(own._may_follow(own.browse()))
        self.assertTrue(own._may_follow(self.mediation))

    def test_one_that_suits_best_is_chosen_without_a_reason(self):
        self.dispute.action_choose_method(self.arbitration.id, BIG_CLAIM)
        self.assertEqual(self.dispute.method, "determinative")
        self.assertEqual(self.dispute.method_id, self.arbitration)
        row = self.dispute.register_ids.filtered(lambda one: one.event == "method")
        self.assertEqual(row.data["best"], self.arbitration.ids)
        self.assertEqual(row.data["weights"], BIG_CLAIM)
        self.assertEqual(row.summary, "Arbitration")

    def test_choosing_otherwise_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "a reason is needed"):
            self.dispute.action_choose_method(self.mediation.id, BIG_CLAIM)
        self.assertFalse(self.dispute.method)
        advice = self._open(
            amount="2", evidence="2", enforcing="2", reason="Both want to go on."
        )
        advice.action_confirm()
        self.assertEqual(self.dispute.method, "facilitative")
        self.assertEqual(self.dispute.method_reason, "Both want to go on.")
        row = self.dispute.register_ids.filtered(lambda one: one.event == "method")
        self.assertIn("though the table had first: Arbitration", row.summary)

    def test_a_table_that_ranks_nothing_leaves_it_to_a_reason(self):
        ranked = self.dispute._advise_methods({})
        self.assertEqual({one.points for one in ranked}, {0})
        for weights in ({}, None, {"made_up": 2, "amount": 7}):
            with self.assertRaisesRegex(UserError, "a reason is needed"):
                self.dispute.action_choose_method(self.mediation.id, weights)
        self.dispute.action_choose_method(self.mediation.id, {}, "It is usual here.")
        self.assertEqual(self.dispute.method_id, self.mediation)

    def test_where_one_method_is_usual_nobody_is_asked(self):
        others = self.env["iso10003.method"].search([]) - self.mediation
        others.active = False
        self.assertIs(self.dispute.action_advise_method(), True)
        self.assertEqual(self.dispute.method_id, self.mediation)
        self.dispute.write({"method": False})
        self.mediation.active = False
        with self.assertRaisesRegex(UserError, "the catalogue has no method"):
            self.dispute.action_advise_method()

    def test_what_is_no_method_of_the_catalogue_is_refused(self):
        self.mediation.active = False
        for method_id in (self.mediation.id, 0, None, 10**8):
            with self.assertRaisesRegex(UserError, "not one of the catalogue"):
                self.dispute.action_choose_method(method_id, {}, "Because.")

    def test_an_administrator_changes_the_table(self):
        with self.assertRaises(AccessError):
            self.mediation.with_user(self.manager).points_amount = 5
        admin = self.env.ref("base.user_admin")
        for criterion in ("amount", "evidence", "finding", "enforcing"):
            self.mediation.with_user(admin)[f"points_{criterion}"] = 5
        self.assertEqual(
            self.dispute._advise_methods(BIG_CLAIM)[0].method, self.mediation.id
        )

    def test_who_types_another_kind_chose_none_of_the_catalogue(self):
        self.dispute.action_choose_method(self.arbitration.id, BIG_CLAIM)
        self.dispute.method = "determinative"
        self.assertEqual(self.dispute.method_id, self.arbitration)
        self.dispute.method = "advisory"
        self.assertFalse(self.dispute.method_id)

    def test_the_dialog_begins_with_what_the_file_says(self):
        advice = self._open()
        self.assertEqual((advice.amount, advice.border), ("0", "0"))
        self.dispute.with_user(self.manager).severity = "3"
        self.customer.country_id = self.env.ref("base.fr")
        self.company.country_id = self.env.ref("base.de")
        advice = self._open()
        self.assertEqual((advice.amount, advice.border), ("2", "2"))

    def test_only_who_leads_the_file_chooses(self):
        for user in (self.stranger, self.auditor, self.sponsor):
            file = self.dispute.with_user(user)
            with self.assertRaises(AccessError):
                file.action_advise_method()
            with self.assertRaises(AccessError):
                file.action_choose_method(self.mediation.id, {}, "Because.")

    def test_the_question_on_methods(self):
        rule = self.env["iso10003.dispute"]._audit_method_by_criteria(self.company)
        self._lead_to(self.dispute, "position")
        self.dispute.method = "advisory"
        self._lead_to(self.dispute, "resolution")
        files = self.env["iso10003.dispute"]
        self.assertIn(self.dispute, files.search(rule.population & rule.broken))
        self.dispute.action_choose_method(self.mediation.id, {}, "It is usual here.")
        self.assertIn(self.dispute, files.search(rule.population))
        self.assertNotIn(self.dispute, files.search(rule.population & rule.broken))
