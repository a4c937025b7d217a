# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What we give is measured when it binds, and needs the tier that covers it."""

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError

from ...core import authority, flow
from ..common import ADDON, DisputeCase

REASON = "The drum was faulty."


class AuthorityCase(DisputeCase):
    """Handlers give up to 1 000, managers up to 5 000, top management anything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.company.currency_id
        cls.foreign = cls.env.ref(
            "base.EUR" if cls.own != cls.env.ref("base.EUR") else "base.USD"
        )
        cls.foreign.active = True
        cls.foreign.rate_ids.unlink()
        cls.policy = cls._put_tiers_in_force(handler=1000, manager=5000)
        cls.dispute = cls._lead_to(cls._open_dispute(), "resolution")

    @classmethod
    def _put_tiers_in_force(cls, **limits):
        drafts = cls.env["iso10003.policy"].with_user(cls.chief)
        draft = drafts.create({"name": "Tiers"})
        for tier in draft.tier_ids:
            if tier.level in limits:
                tier.write({"unlimited": False, "amount": limits[tier.level]})
        draft.with_user(cls.manager).action_approve()
        draft.with_user(cls.manager).action_put_in_force()
        return draft

    def _settle(self, amount, user=None, **options):
        return self.dispute.with_user(user or self.handler).action_note_result(
            "settled_facilitated", REASON, amount=amount, **options
        )

    def _ask(self, amount, user=None, **options):
        return self.dispute.with_user(user or self.handler).action_request_approval(
            amount, reason=REASON, **options
        )

    def _approve(self, user):
        return self.dispute.with_user(user).action_approve_concession(REASON)

    def _last_row(self, event):
        rows = self.dispute.register_ids.filtered(lambda row: row.event == event)
        return rows.sorted("sequence")[-1:]

    def _rate(self, rate, day=None):
        """Let so much of the foreign currency be worth one of our own."""
        self.env["res.currency.rate"].create(
            {
                "currency_id": self.foreign.id,
                "name": day or "2020-01-01",
                "rate": rate,
                "company_id": self.company.id,
            }
        )


class TestAuthority(AuthorityCase):
    def test_within_the_tier_a_handler_gives(self):
        self._settle(1000)
        self.assertEqual(self.dispute.conceded_amount, 1000)
        self.assertEqual(self.dispute.conceded_company_amount, 1000)
        self.assertEqual(self.dispute.conceded_by_id, self.handler)
        self.assertEqual(
            self._last_row("conceded").data,
            {
                "amount": f"1000.00 {self.own.name}",
                "rate": "1.0",
                "company_amount": f"1000.00 {self.own.name}",
                "date": fields.Date.today().isoformat(),
                "level": "handler",
                "approved_by": None,
            },
        )
        self.dispute.action_advance()
        self.assertEqual(self.dispute.state, "implementation")

    def test_beyond_the_tier_a_handler_gives_nothing(self):
        with self.assertRaisesRegex(UserError, "beyond what you may decide") as caught:
            self._settle(1000.01)
        message = str(caught.exception)
        for said in ("1,000.01", "1,000.00", "Tiers", "Dispute manager", "Ask for"):
            self.assertIn(said, message)
        self.assertFalse(self.dispute.outcome)
        with self.assertRaisesRegex(UserError, "Top management"):
            self._settle(5001)

    def test_each_result_that_binds_asks_what_it_gives(self):
        for outcome in sorted(flow.RESULTS_THAT_BIND):
            with self.subTest(outcome=outcome):
                with self.assertRaisesRegex(UserError, "zero is an answer"):
                    self.dispute.action_note_result(outcome, REASON)
                with self.assertRaisesRegex(UserError, "beyond"):
                    self.dispute.action_note_result(outcome, REASON, amount=40000)
                self.dispute.action_note_result(outcome, REASON, amount=0)
                self.assertTrue(self.dispute.conceded_date)
        self.dispute.action_note_result("decision_for_organization", REASON)
        self.assertFalse(self.dispute.conceded_date)

    def test_the_claim_plays_no_part(self):
        """Lower it, go on, raise it again: what is given stays too much."""
        self.dispute.amount_claimed = 0
        with self.assertRaisesRegex(UserError, "beyond"):
            self._settle(40000)
        self.dispute.amount_claimed = 40000
        self._settle(10)
        self.assertEqual(self.dispute.conceded_amount, 10)

    def test_an_early_end_gives_nothing_on_the_sly(self):
        self._record(self.dispute, informed_date=fields.Date.today())
        for outcome in ("not_pursued", "withdrawn", "conceded"):
            with self.subTest(outcome=outcome):
                with self.assertRaisesRegex(UserError, "beyond"):
                    self.dispute.action_close(outcome, REASON, amount=40000)
                self.assertEqual(self.dispute.state, "resolution")
        with self.assertRaisesRegex(UserError, "zero is an answer"):
            self.dispute.action_close("conceded", REASON)
        self.dispute.action_close("discontinued", REASON)
        self.assertEqual(self.dispute.state, "closed")
        self.assertFalse(self.dispute.conceded_date)

    def test_a_conceded_file_ends_within_the_tier(self):
        self._record(self.dispute, informed_date=fields.Date.today())
        self.dispute.action_close("conceded", REASON, amount=900)
        self.assertEqual(self.dispute.conceded_amount, 900)
        self.assertEqual(self.dispute.outcome, "conceded")
        self.dispute.with_user(self.manager).action_reopen(REASON)
        self.assertFalse(self.dispute.conceded_date)

    def test_a_manager_gives_up_to_the_own_tier(self):
        self._settle(5000, self.manager)
        with self.assertRaisesRegex(UserError, "Top management"):
            self._settle(5001, self.manager)

    def test_a_negative_amount_is_none(self):
        with self.assertRaisesRegex(UserError, "zero or more"):
            self._settle(-1)

    def test_it_is_counted_at_the_rate_of_the_day(self):
        with self.assertRaisesRegex(UserError, "has no rate"):
            self._settle(10, currency_id=self.foreign.id)
        self._rate(0.5)
        self._settle(500, currency_id=self.foreign.id)
        self.assertEqual(self.dispute.conceded_company_amount, 1000)
        self.assertEqual(self.dispute.conceded_rate, 2)
        data = self._last_row("conceded").data
        self.assertEqual(data["amount"], f"500.00 {self.foreign.name}")
        self.assertEqual(data["company_amount"], f"1000.00 {self.own.name}")
        self.assertEqual(data["rate"], "2.0")
        self._rate(0.4, fields.Date.today())
        with self.assertRaisesRegex(UserError, "1,250"):
            self._settle(500, currency_id=self.foreign.id)

    def test_nobody_writes_what_was_given(self):
        for name in ("conceded_amount", "approval_user_id", "approval_amount"):
            with self.subTest(field=name), self.assertRaises(UserError):
                self.dispute.with_user(self.manager).write({name: 1})

    def test_a_result_of_before_is_noted_again(self):
        """It binds, and nobody said what it gives."""
        self.dispute._guarded_write({"outcome": "settled_facilitated"})
        with self.assertRaisesRegex(UserError, "What we give"):
            self.dispute.action_advance()
        self._settle(10)
        self.dispute.action_advance()


class TestApproval(AuthorityCase):
    def test_a_manager_approves_what_a_handler_asks_for(self):
        self._ask(3000)
        task = self.dispute.activity_ids
        self.assertEqual(
            task.activity_type_id.get_external_id()[task.activity_type_id.id],
            f"{ADDON}.activity_approve_concession",
        )
        self.assertTrue(task.user_id.has_group(f"{ADDON}.group_manager"))
        with self.assertRaisesRegex(UserError, "beyond"):
            self._settle(3000)
        with self.assertRaises(AccessError):
            self._approve(self.handler)
        with self.assertRaisesRegex(UserError, "reason"):
            self.dispute.with_user(self.manager).action_approve_concession(" ")
        self._approve(self.manager)
        self.assertFalse(self.dispute.activity_ids)
        self.assertEqual(self.dispute.approval_user_id, self.manager)
        self.assertEqual(self._last_row("concession_approved").actor, self.manager.id)
        with self.assertRaisesRegex(UserError, "beyond"):
            self._settle(3001)
        self._settle(3000)
        data = self._last_row("conceded").data
        self.assertEqual(data["approved_by"], self.manager.id)

    def test_top_management_approves_what_is_beyond_a_manager(self):
        self._ask(40000)
        self.assertTrue(
            self.dispute.activity_ids.user_id.has_group(f"{ADDON}.group_sponsor")
        )
        with self.assertRaisesRegex(UserError, "beyond your tier"):
            self._approve(self.manager)
        action = self.dispute.with_user(self.sponsor).action_ask("approve")
        dialog = self.env[action["res_model"]].with_user(self.sponsor)
        dialog.with_context(**action["context"]).create(
            {"reason": REASON}
        ).action_confirm()
        self.assertEqual(self.dispute.approval_user_id, self.sponsor)
        self.assertEqual(self.dispute.approval_level, "sponsor")
        self._settle(40000)

    def test_who_asks_does_not_approve(self):
        self._ask(40000, self.manager)
        self.manager.group_ids += self.env.ref(f"{ADDON}.group_sponsor")
        with self.assertRaisesRegex(ValidationError, "asked for the approval"):
            self._approve(self.manager)
        self._approve(self.sponsor)

    def test_top_management_leads_no_file(self):
        dispute = self.dispute.with_user(self.sponsor)
        with self.assertRaises(AccessError):
            self._settle(1, self.sponsor)
        with self.assertRaises(AccessError):
            dispute.action_ask("hold")
        with self.assertRaises(AccessError):
            self._ask(40000, self.sponsor)
        steps = self.env["iso10003.dispute.step"].with_user(self.sponsor)
        for question in ("result", "hold", "close"):
            with self.subTest(question=question), self.assertRaises(AccessError):
                steps.create({"dispute_id": dispute.id, "question": question})

    def test_readers_neither_ask_nor_approve(self):
        for user in (self.counsel, self.auditor, self.portal, self.employee):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._ask(3000, user)
                with self.assertRaises(AccessError):
                    self._approve(user)
                with self.assertRaises(AccessError):
                    self.dispute.with_user(user).action_refuse_concession(REASON)

    def test_what_is_not_approved_is_not_given(self):
        self._ask(3000)
        self.dispute.with_user(self.manager).action_refuse_concession("Too much.")
        self.assertFalse(self.dispute.approval_asked_by_id)
        self.assertFalse(self.dispute.activity_ids)
        with self.assertRaisesRegex(UserError, "beyond"):
            self._settle(3000)
        with self.assertRaisesRegex(UserError, "nobody waits"):
            self._approve(self.manager)

    def test_an_approval_is_for_one_time(self):
        self._ask(3000)
        self._approve(self.manager)
        self._record(self.dispute, informed_date=fields.Date.today())
        self.dispute.action_close("conceded", REASON, amount=3000)
        self.dispute.with_user(self.manager).action_reopen(REASON)
        with self.assertRaisesRegex(UserError, "beyond"):
            self._settle(3000)

    def test_an_approval_holds_no_more_where_the_rate_leaves_its_tier(self):
        self._rate(0.5)
        self._ask(2500, currency_id=self.foreign.id)
        self._approve(self.manager)
        self._rate(0.4, fields.Date.today())
        with self.assertRaisesRegex(UserError, "beyond"):
            self._settle(2500, currency_id=self.foreign.id)
        self._settle(2000, currency_id=self.foreign.id)

    def test_nobody_asks_for_what_is_allowed(self):
        for amount in (0, 1000):
            with self.assertRaisesRegex(UserError, "nobody's approval"):
                self._ask(amount)

    def test_where_nobody_may_approve_it_is_said(self):
        group = self.env.ref(f"{ADDON}.group_sponsor")
        group.all_user_ids.write({"active": False})
        with self.assertRaisesRegex(UserError, "Give somebody the role"):
            self._ask(40000)


class TestAuthorityDialog(AuthorityCase):
    def _dialog(self, question, **values):
        return (
            self.env["iso10003.dispute.step"]
            .with_user(self.handler)
            .create(
                {
                    "dispute_id": self.dispute.id,
                    "question": question,
                    "reason": REASON,
                    **values,
                }
            )
        )

    def test_zero_is_an_answer_and_empty_is_none(self):
        result = {"result": "settled_facilitated"}
        dialog = self._dialog("result", **result)
        self.assertTrue(dialog.binds)
        self.assertEqual(dialog.currency_id, self.dispute.currency_id)
        with self.assertRaisesRegex(UserError, "zero is an answer"):
            dialog.action_confirm()
        with self.assertRaisesRegex(UserError, "Give the amount"):
            self._dialog("result", gives="amount", **result).action_confirm()
        self._dialog("result", gives="nothing", **result).action_confirm()
        self.assertEqual(self.dispute.conceded_amount, 0)
        self.assertTrue(self.dispute.conceded_date)

    def test_it_asks_for_approval(self):
        self._dialog("ask_approval", amount=3000).action_confirm()
        self.assertEqual(self.dispute.approval_amount, 3000)
        self.assertEqual(self.dispute.approval_asked_by_id, self.handler)

    def test_an_early_end_that_gives(self):
        self._record(self.dispute, informed_date=fields.Date.today())
        dialog = self._dialog("close", early_end="not_pursued", gives="amount")
        self.assertFalse(dialog.binds)
        dialog.amount = 40000
        with self.assertRaisesRegex(UserError, "beyond"):
            dialog.action_confirm()


class TestTiers(DisputeCase):
    def test_they_cover_every_amount_and_rise(self):
        draft = self.env["iso10003.policy"].with_user(self.chief).create({"name": "T"})
        tiers = {tier.level: tier for tier in draft.tier_ids}
        self.assertEqual(tuple(tiers), authority.LEVELS)
        for tier in tiers.values():
            tier.write({"unlimited": False, "amount": 100})
        approve = draft.with_user(self.manager).action_approve
        with self.assertRaisesRegex(UserError, "without a limit"):
            approve()
        tiers["sponsor"].unlimited = True
        tiers["manager"].amount = 99
        with self.assertRaisesRegex(UserError, "Dispute manager.*below"):
            approve()
        tiers["manager"].amount = 100
        approve()
        row = self.env["iso10003.register"].search(
            [("file", "=", draft._register_file()), ("event", "=", "approved")]
        )
        self.assertEqual(
            row.data["tiers"],
            {"handler": "100.00", "manager": "100.00", "sponsor": None},
        )
        with self.assertRaisesRegex(UserError, "does not change any more"):
            tiers["handler"].with_user(self.chief).amount = 1000000

    def test_a_new_version_starts_from_them(self):
        policies = self.env["iso10003.policy"].with_user(self.chief)
        old = policies.create({"name": "T"})
        old.tier_ids[0].write({"unlimited": False, "amount": 7})
        new = policies.browse(old.action_new_version()["res_id"])
        self.assertEqual(
            new.tier_ids._prepare_sealed(),
            {"handler": "7.00", "manager": None, "sponsor": None},
        )
