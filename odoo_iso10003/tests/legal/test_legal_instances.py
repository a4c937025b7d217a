# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.exceptions import UserError

from .legal_common import LegalCase


class TestInstances(LegalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._draft_referral()
        cls.lawyer = cls.env["res.partner"].create({"name": "Law firm"})
        cls._note_party(cls.first, cls.customer, "defendant")
        cls._note_party(cls.first, cls.lawyer, "own_lawyer")
        cls._lead_referral(cls.first, "decided")
        cls._step(cls.first, "appeal", appeal_decision="use", reason="The court erred.")
        cls.appeal = cls.first.child_ids

    def _cost(self, referral, amount, currency=None, **values):
        return referral.env["iso10003.cost"].create(
            {
                "referral_id": referral.id,
                "name": "Fee",
                "amount": amount,
                "currency_id": (currency or self.company.currency_id).id,
                **values,
            }
        )

    def test_an_appeal_takes_over_parties_authority_and_limit(self):
        appeal = self.appeal
        self.assertEqual((appeal.kind, appeal.state), ("appeal", "draft"))
        self.assertEqual(appeal.parent_id, self.first)
        self.assertEqual(appeal.dispute_id, self.dispute)
        self.assertEqual(appeal.authority_id, self.appeal_court)
        self.assertEqual(appeal.limitation_date, self.first.appeal_until)
        self.assertEqual(
            [(party.partner_id, party.capacity) for party in appeal.party_ids],
            [(self.customer, "defendant"), (self.lawyer, "own_lawyer")],
        )
        # of its own from then on
        appeal.party_ids[0].capacity = "claimant"
        self.assertEqual(self.first.party_ids[0].capacity, "defendant")
        self.assertFalse(appeal.decision_date or appeal.filed_date)

    def test_an_appeal_is_approved_like_every_matter(self):
        self.assertEqual(self.appeal.drafter_id, self.counsel)
        with self.assertRaisesRegex(UserError, "wrote what is to be approved"):
            self.appeal.action_approve()
        self._lead_referral(self.appeal, "approved")

    def test_the_matter_goes_by_its_first_instance(self):
        self._lead_referral(self.appeal, "decided")
        self._step(
            self.appeal,
            "appeal",
            appeal_decision="use",
            reason="The law was misread.",
            next_kind="cassation",
        )
        cassation = self.appeal.child_ids
        self.assertEqual(cassation.kind, "cassation")
        self.assertEqual(cassation.root_id, self.first)
        self.assertEqual(self.first._get_tree(), self.first | self.appeal | cassation)
        self.assertEqual(cassation.instance_count, 3)

    def test_a_first_instance_ends_after_what_follows_from_it(self):
        with self.assertRaisesRegex(UserError, "instances that follow"):
            self.first.action_close()
        self._step(self.appeal, "withdraw", reason="We settled for less.")
        self.first.action_close()
        self.assertEqual(self.first.state, "closed")

    def test_enforcement_follows_a_closed_matter(self):
        self._step(self.appeal, "withdraw", reason="We leave it at that.")
        self.first.action_close()
        self._step(self.first, "instance", next_kind="enforcement")
        enforcement = self.first.child_ids - self.appeal
        self.assertEqual(enforcement.kind, "enforcement")
        self.assertEqual(enforcement.side, "enforcement")
        self.assertEqual(enforcement.authority_id, self.court)

    def test_nothing_follows_a_matter_that_is_not_decided(self):
        for kind, why in (("appeal", "follows a decision"), ("first", "say which")):
            with self.assertRaisesRegex(UserError, why):
                self.appeal.action_open_instance(kind)

    def test_an_instance_stays_where_it_was_opened(self):
        for values in ({"parent_id": False}, {"kind": "first"}):
            with self.assertRaisesRegex(UserError, "cannot be written directly"):
                self.appeal.write(values)

    # ------------------------------------------------------------
    # Totals
    # ------------------------------------------------------------

    def test_totals_are_the_sum_of_the_instances_in_several_currencies(self):
        day = fields.Date.today()
        currencies = self.env["res.currency"].create(
            [
                {
                    "name": name,
                    "symbol": name,
                    "rate_ids": [(0, 0, {"name": self._day(-400), "rate": rate})],
                }
                for name, rate in (("LGA", 4), ("LGB", 0.5))
            ]
        )
        self._cost(self.first, 100)
        self._cost(self.first, 400, currencies[0])  # 100
        self._cost(self.appeal, 30, currencies[1])  # 60
        self._cost(self.appeal, -10, kind="refund")
        self.assertEqual(self.first.cost_total, 200)
        self.assertEqual(self.appeal.cost_total, 50)
        for instance in self.first | self.appeal:
            self.assertEqual(instance.tree_cost_total, 250)
        by_hand = sum(
            cost.currency_id._convert(
                cost.amount, self.company.currency_id, self.company, day
            )
            for cost in (self.first | self.appeal).cost_ids
        )
        self.assertEqual(self.first.tree_cost_total, by_hand)
        # 250 of 4000
        self.assertEqual(self.first.cost_share, 6.25)
        self.first._guarded_write({"budget": 400})  # as an amendment does
        self.assertEqual(self.first.budget_used, 50)

    def test_a_cost_keeps_the_rate_of_its_day(self):
        currency = self.env["res.currency"].create(
            {
                "name": "LGC",
                "symbol": "c",
                "rate_ids": [
                    (0, 0, {"name": self._day(-400), "rate": 2}),
                    (0, 0, {"name": self._day(-10), "rate": 4}),
                ],
            }
        )
        old = self._cost(self.first, 100, currency, date=self._day(-20))
        new = self._cost(self.first, 100, currency)
        self.assertEqual((old.company_amount, new.company_amount), (50, 25))

    def test_each_change_of_a_cost_leaves_a_row(self):
        cost = self._cost(self.first, 100)
        cost.amount = 120
        cost.unlink()
        rows = self.first.register_ids.filtered(lambda row: row.event == "cost")
        self.assertEqual(
            [(row.data["change"], row.data["amount"]) for row in rows.sorted("id")],
            [
                (change, f"{amount}.00 {self.company.currency_id.name}")
                for change, amount in (
                    ("noted", 100),
                    ("changed", 120),
                    ("deleted", 120),
                )
            ],
        )

    def test_totals_of_a_list_take_few_queries(self):
        matters = self.first | self.appeal
        for _number in range(4):
            matters |= self._draft_referral()
        for matter in matters:
            self._cost(matter, 10)
        self.env.flush_all()
        self.env.invalidate_all()
        matters = self.env["iso10003.referral"].browse(matters.ids)
        matters.fetch(["root_id", "amount", "budget", "company_id", "currency_id"])
        with self.assertQueryCount(8):
            self.assertEqual(len(matters.mapped("tree_cost_total")), 6)

    # ------------------------------------------------------------
    # The timeline
    # ------------------------------------------------------------

    def test_one_timeline_over_all_instances(self):
        self._plan_hearing(self.appeal, kind="expert")
        timeline = self.first._list_timeline()
        self.assertEqual(timeline, self.appeal._list_timeline())
        self.assertEqual(
            [fact["date"] for fact in timeline],
            sorted(fact["date"] for fact in timeline),
        )
        whats = [(fact["instance"].split(" · ")[0], fact["what"]) for fact in timeline]
        for fact in (
            (self.first.name, "Filed on"),
            (self.first.name, "Appeal decided on"),
            (self.appeal.name, "Opened"),
            (self.appeal.name, "Hearing of an expert"),
        ):
            self.assertIn(fact, whats)

    def test_the_timeline_is_text_and_not_code(self):
        self.appeal.filing_number = "<script>alert(1)</script>"
        self.appeal.filed_date = fields.Date.today()
        self.assertIn("&lt;script&gt;", self.first.timeline)
        self.assertNotIn("<script>", self.first.timeline)
