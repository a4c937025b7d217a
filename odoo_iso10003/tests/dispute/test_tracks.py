# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from ..policy.policy_common import PolicyCase


class TestTracks(PolicyCase):
    """As much is asked of a file as is at stake in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._put_in_force()  # with the tracks that ship

    @classmethod
    def _put_in_force(cls, **by_level):
        """Put a version into force with these values, by track."""
        policies = cls.env["iso10003.policy"].with_user(cls.chief)
        draft = policies.create({"name": "Policy with tracks"})
        for track in draft.track_ids:
            if vals := by_level.get(track.level):
                track.write(vals)
        draft.with_user(cls.manager).action_approve()
        draft.with_user(cls.manager).action_put_in_force()
        return draft

    def _rows(self, dispute):
        rows = dispute.register_ids.filtered(lambda row: row.event == "track")
        return [(row.data["from"], row.data["to"], row.data["by"]) for row in rows]

    def _claimed_from(self, amount):
        return {"criterion_ids": [Command.clear(), Command.create({"amount": amount})]}

    # ------------------------------------------------------------
    # Where a file begins, and how it moves up
    # ------------------------------------------------------------

    def test_a_file_begins_on_the_track_that_fits(self):
        self.assertEqual(self._open_dispute().track, "small")
        for vals, track in (
            ({"severity": "0"}, "small"),
            ({"method": "determinative"}, "standard"),
            ({"complainant_type": "other"}, "standard"),
            ({"severity": "3"}, "serious"),
        ):
            dispute = (
                self.env["iso10003.dispute"]
                .with_user(self.handler)
                .create({"subject": "Notice", "direct_notice": True, **vals})
            )
            self.assertEqual(dispute.track, track, vals)

    def test_a_file_that_outgrows_its_track_moves_up_by_itself(self):
        dispute = self._open_dispute()
        dispute.with_user(self.manager).severity = "2"
        self.assertEqual(dispute.track, "serious")
        self.assertEqual(self._rows(dispute), [("small", "serious", "outgrown")])
        message = dispute.message_ids.filtered(
            lambda one: "more is at stake" in one.body
        )
        self.assertEqual(message.notified_partner_ids, self.handler.partner_id)
        self.assertIn("Serious", message.body)

    def test_the_owner_hears_of_it_in_their_language(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.handler.lang = "fa_IR"
        dispute = self._open_dispute()
        dispute.with_user(self.manager).severity = "2"
        self.assertTrue(
            dispute.message_ids.filtered(lambda one: "مسیر «مهم»" in (one.body or ""))
        )

    def test_a_file_never_moves_down_by_itself(self):
        dispute = self._open_dispute()
        dispute.severity = "3"
        for severity in ("0", "1", False):
            dispute.severity = severity
            self.assertEqual(dispute.track, "serious")
        self.assertEqual(len(self._rows(dispute)), 1)

    def test_an_amount_counts_in_the_money_of_the_policy(self):
        self._put_in_force(serious=self._claimed_from(1000))
        other = self.env["res.currency"].create(
            {"name": "QQQ", "symbol": "Q", "active": True}
        )
        self.env["res.currency.rate"].create(
            {
                "currency_id": other.id,
                "company_id": self.company.id,
                "name": "2000-01-01",
                "rate": 100,
            }
        )
        dispute = self._open_dispute()
        dispute.write({"currency_id": other.id, "amount_claimed": 99999})
        self.assertEqual(dispute.track, "small")
        dispute.amount_claimed = 100000
        self.assertEqual(dispute.track, "serious")

    def test_an_amount_that_nobody_can_count_is_as_much_as_can_be(self):
        self._put_in_force(serious=self._claimed_from(1000))
        other = self.env["res.currency"].create(
            {"name": "QQQ", "symbol": "Q", "active": True}
        )
        dispute = self._open_dispute()
        dispute.write({"currency_id": other.id, "amount_claimed": 1})
        self.assertEqual(dispute.track, "serious")

    def test_files_keep_the_tracks_of_their_version(self):
        dispute = self._open_dispute()
        self._put_in_force(serious=self._claimed_from(10))
        dispute.amount_claimed = 1000
        self.assertEqual(dispute.track, "small")

    def test_many_files_move_at_once(self):
        disputes = self.env["iso10003.dispute"]
        for number in range(3):
            disputes |= self._open_dispute(self._new_ticket(name=f"Case {number}"))
        disputes.write({"severity": "2"})
        self.assertEqual(set(disputes.mapped("track")), {"serious"})

    def test_nobody_writes_the_track(self):
        dispute = self._open_dispute()
        for user in (self.handler, self.manager, self.env.ref("base.user_admin")):
            with self.assertRaisesRegex(UserError, "cannot be written directly"):
                dispute.with_user(user).track = "serious"
        with self.assertRaisesRegex(UserError, "cannot be written directly"):
            self.env["iso10003.dispute"].with_user(self.handler).create(
                {"subject": "A", "direct_notice": True, "track": "small"}
            )

    # ------------------------------------------------------------
    # By a deed
    # ------------------------------------------------------------

    def _serious(self):
        dispute = self._open_dispute()
        dispute.severity = "2"
        return dispute

    def test_less_is_asked_only_if_somebody_above_handlers_says_so(self):
        dispute = self._serious()
        with self.assertRaisesRegex(AccessError, "lets less be asked"):
            dispute.action_change_track("small", "It is simple.")
        with self.assertRaises(AccessError):
            dispute.with_user(self.stranger).action_change_track("small", "Simple.")
        for user, track in ((self.manager, "standard"), (self.sponsor, "small")):
            dispute.with_user(user).action_change_track(track, "It is simple.")
            self.assertEqual(dispute.track, track)
        self.assertEqual(
            self._rows(dispute)[1:],
            [("serious", "standard", "deed"), ("standard", "small", "deed")],
        )
        row = dispute.register_ids.filtered(lambda one: one.event == "track")[-1]
        self.assertEqual(row.summary, "Standard → Small")

    def test_who_owned_the_file_does_not_let_less_be_asked_of_it(self):
        dispute = self._open_dispute(user=self.manager)
        dispute.severity = "2"
        with self.assertRaisesRegex(ValidationError, "never owned it"):
            dispute.with_user(self.manager).action_change_track("small", "Simple.")
        dispute.with_user(self.manager).user_id = self.handler
        with self.assertRaisesRegex(ValidationError, "never owned it"):
            dispute.with_user(self.manager).action_change_track("small", "Simple.")
        dispute.with_user(self.chief).action_change_track("small", "Simple.")
        self.assertEqual(dispute.track, "small")

    def test_what_was_let_holds_until_more_is_at_stake(self):
        dispute = self._serious()
        dispute.with_user(self.manager).action_change_track("small", "It is simple.")
        dispute.complainant_type = "small_business"
        self.assertEqual(dispute.track, "small")
        dispute.severity = "1"
        self.assertEqual(dispute.track, "small")
        dispute.severity = "2"
        self.assertEqual(dispute.track, "serious")

    def test_who_leads_the_file_asks_more_of_it(self):
        dispute = self._open_dispute()
        dispute.action_change_track("serious", "The press writes about it.")
        self.assertEqual(dispute.track, "serious")

    def test_a_track_takes_a_reason_and_has_to_be_another_one_of_the_version(self):
        dispute = self._open_dispute()
        for track, reason, words in (
            ("serious", "", "a reason is needed"),
            ("small", "Because.", "already"),
            ("huge", "Because.", "has no track “huge”"),
            (None, "Because.", "has no track"),
        ):
            with self.assertRaisesRegex(UserError, words):
                dispute.action_change_track(track, reason)
        self.assertEqual(dispute.track, "small")

    def test_the_dialog_asks_who_may_answer(self):
        dispute = self._serious()
        for user in (self.handler, self.manager, self.sponsor):
            asked = dispute.with_user(user).action_ask("track")
            steps = self.env[asked["res_model"]].with_user(user)
            step = steps.with_context(**asked["context"]).create(
                {"track": "small", "reason": "It is simple."}
            )
            if user == self.handler:
                with self.assertRaises(AccessError):
                    step.action_confirm()
        step.action_confirm()
        self.assertEqual(dispute.track, "small")

    def test_a_closed_file_stays_on_its_track(self):
        dispute = self._open_dispute()
        self._record(dispute, informed_date=fields.Date.today())
        dispute.write({"scope_decision": "in_scope", "scope_reason": "One of ours"})
        dispute.action_close("discontinued", "They let it go.")
        with self.assertRaisesRegex(UserError, "it is closed"):
            dispute.with_user(self.manager).action_change_track("serious", "Press")

    # ------------------------------------------------------------
    # What is asked
    # ------------------------------------------------------------

    def test_gates_are_as_strict_as_on_the_track(self):
        draft = self._new_draft()
        gate = draft.gate_ids.filtered(lambda one: one.code == "recourse_told")
        gate.write({"small_severity": "off", "serious_severity": "block"})
        draft.with_user(self.manager).action_approve()
        draft.with_user(self.manager).action_put_in_force()
        small = self._open_dispute()
        serious = self._open_dispute(self._new_ticket())
        serious.severity = "2"
        wanted = {**self._wanted("referral"), "recourse_date": False}
        self._give(small | serious, wanted)
        small.action_advance()
        self.assertEqual(small.state, "notice")
        with self.assertRaisesRegex(UserError, "7.2: The complainant told"):
            serious.action_advance()
        codes = [gate["code"] for gate in serious.gate_checklist]
        self.assertIn("recourse_told", codes)
        # another file of the same version shows its own
        other = self._open_dispute(self._new_ticket())
        self.assertNotIn("recourse_told", [one["code"] for one in other.gate_checklist])

    def test_what_warns_else_stops_a_serious_file(self):
        dispute = self._open_dispute()
        self._lead_to(dispute, "notice")
        self._give(dispute, {**self._wanted("notice"), "category_id": False})
        dispute.severity = "2"
        with self.assertRaisesRegex(UserError, "this is still wanted:\n.*A category"):
            dispute.action_advance("Because we may.")
        dispute.with_user(self.manager).action_change_track("standard", "Simple.")
        dispute.action_advance("Because we may.")
        self.assertEqual(dispute.state, "evaluation")
        row = dispute.register_ids.filtered(lambda one: one.event == "transition")[-1]
        self.assertEqual(row.data["gates"]["category_set"], "warn")

    def test_a_serious_file_wants_more_people(self):
        alone = self.env["iso10003.dispute"].with_user(self.handler)
        dispute = alone.create(
            {
                "subject": "Notice",
                "direct_notice": True,
                "partner_id": self.customer.id,
                "scope_decision": "in_scope",
                "scope_reason": "One of ours",
            }
        )
        self._lead_to(dispute, "position")
        self._approve_position(dispute)
        self._record(dispute, response_date=fields.Date.today())
        met = {gate["code"]: gate["met"] for gate in dispute.gate_checklist}
        self.assertTrue(met["people_enough"], "owner and evaluator")
        dispute.severity = "2"
        with self.assertRaisesRegex(UserError, "As many people of ours"):
            dispute.action_advance()
        dispute.sudo().ticket_id.user_id = self.agent
        dispute.action_advance()
        self.assertEqual(dispute.state, "resolution")

    def test_on_the_small_track_evaluation_and_position_are_one_step(self):
        small = self._open_dispute()
        self._lead_to(small, "evaluation")
        self._fill_in(small)
        small.with_user(self.evaluator).severity = "0"
        # a file that was let down again is as small as any
        small.with_user(self.manager).action_change_track("small", "It is simple.")
        self._approve_position(small)
        self._record(small, response_date=fields.Date.today())
        small.action_advance()
        self.assertEqual(small.state, "resolution")
        moves = small.register_ids.filtered(lambda row: row.event == "transition")
        self.assertEqual(
            [(row.data["from"], row.data["to"]) for row in moves[-2:]],
            [("evaluation", "position"), ("position", "resolution")],
        )
        self.assertIn("response_sent", moves[-1].data["gates"])

    def test_what_the_position_wants_is_not_passed_over(self):
        small = self._open_dispute()
        self._lead_to(small, "evaluation")
        small.write({"severity": "0", "evaluator_id": self.evaluator.id})
        self._submit_sheet(small)
        small.action_advance()
        self.assertEqual(small.state, "position")

    def test_on_other_tracks_they_are_two(self):
        dispute = self._open_dispute()
        self._lead_to(dispute, "evaluation")
        self._fill_in(dispute)
        self._record(dispute, response_date=fields.Date.today())
        self.assertEqual(dispute.track, "standard")
        dispute.action_advance()
        self.assertEqual(dispute.state, "position")
