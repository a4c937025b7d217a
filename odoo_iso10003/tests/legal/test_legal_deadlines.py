# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from ..migration_common import run_migration
from .legal_common import SERVED, LegalRules


@tagged("-at_install", "post_install")
class TestLegalDeadlines(LegalRules, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(f"{SERVED} 08:00:00"))
        cls._set_up_legal()

    # ------------------------------------------------------------
    # The limit to appeal
    # ------------------------------------------------------------

    def test_an_authority_acts_in_its_own_zone_and_on_its_own_working_days(self):
        # Saturday 4 April is a working day in Tehran, and none in New York
        weekdays = self.env["resource.calendar"].create(
            {
                "name": "Monday to Friday",
                "tz": "America/New_York",
                "attendance_ids": [
                    Command.create(
                        {
                            "name": day,
                            "dayofweek": day,
                            "hour_from": 9,
                            "hour_to": 17,
                            "day_period": "full_day",
                        }
                    )
                    for day in "01234"
                ],
            }
        )
        self.court.write({"tz": "America/New_York", "calendar_id": weekdays.id})
        self._policy(
            self._rule(
                "take_up",
                actor="authority",
                start_event="referral_filed",
                end_event="referral_decided",
                unit="working_day",
                quantity=1,
            ),
            self._rule(
                "ours",
                start_event="referral_filed",
                end_event="referral_decided",
                unit="working_day",
                quantity=1,
            ),
        )
        with freeze_time("2026-04-03 08:00:00"):  # a Friday
            referral = self._lead_referral(
                self._draft_referral(dispute_id=self.dispute.id), "filed"
            )
        theirs, ours = self._limit(referral, "take_up"), self._limit(referral, "ours")
        self.assertEqual(theirs.zone, "America/New_York")
        self.assertEqual(theirs.due_date, date(2026, 4, 6))
        self.assertEqual(theirs.due, datetime(2026, 4, 7, 4))
        self.assertEqual(ours.zone, "Asia/Tehran")
        self.assertEqual(ours.due_date, date(2026, 4, 4))

    def test_the_rule_of_the_policy_counts_the_last_day_to_appeal(self):
        self._policy(self._appeal_rule())
        referral = self._decided()
        # both end days not counted, in a month of 31 days: 5 Ordibehesht
        self.assertEqual(referral.appeal_until, date(2026, 4, 25))
        self.assertIn("Decide whether to appeal", referral.appeal_rule)
        self.assertEqual(self._limit(referral).due_date, referral.appeal_until)
        self.assertEqual(referral.next_date, referral.appeal_until)
        self.assertTrue(self._limit(referral).explanation)

    def test_who_lives_abroad_has_two_months(self):
        self._policy(self._appeal_rule())
        referral = self._decided(residence="abroad")
        self.assertEqual(referral.appeal_until, date(2026, 6, 6))
        # 60 days, both end days excluded, are 4 June, a Thursday: the next working day

    def test_a_residence_that_was_noted_wrongly_is_corrected(self):
        self._policy(self._appeal_rule())
        referral = self._decided()
        referral.residence = "abroad"
        self.assertEqual(referral.appeal_until, date(2026, 6, 6))
        self.assertIn("correction", self._logged(referral))
        referral.residence = "domestic"
        self.assertEqual(referral.appeal_until, date(2026, 4, 25))

    def test_a_corrected_day_of_service_moves_the_limit(self):
        self._policy(self._appeal_rule())
        referral = self._decided()
        with freeze_time("2026-04-08 08:00:00"):
            referral.decision_served_date = date(2026, 4, 6)
        self.assertEqual(referral.appeal_until, date(2026, 4, 27))

    def test_deciding_about_the_right_meets_the_limit(self):
        self._policy(self._appeal_rule())
        referral = self._decided()
        self._step(
            referral, "appeal", appeal_decision="not_use", reason="It costs too much."
        )
        self.assertEqual(self._limit(referral).state, "met")

    def test_a_final_decision_starts_no_limit(self):
        self._policy(self._appeal_rule())
        referral = self._lead_referral(
            self._draft_referral(dispute_id=self.dispute.id), "pending"
        )
        self._decide(referral, appealable="no", appeal_until=False)
        self.assertFalse(referral.deadline_ids)
        referral.write({"appealable": "yes"})
        self.assertEqual(self._limit(referral).state, "running")
        self.assertTrue(referral.appeal_until)

    def test_without_a_rule_the_last_day_is_given_by_hand(self):
        with self.assertRaisesRegex(ValidationError, "Give the last day to appeal"):
            self._decided()

    def test_limits_of_a_replaced_duty_end_with_it(self):
        """And run again when the decision of the appeal does not hold."""
        carry_out = self._rule(
            "carry_out",
            start_event="referral_decided",
            end_event="duty_done",
            quantity=60,
        )
        self._policy(carry_out, self._appeal_rule())
        first = self._decided()
        limit = self._limit(first, "carry_out")
        self.assertEqual(limit.state, "running")
        due = limit.due
        self._step(first, "appeal", appeal_decision="use", reason="The court erred.")
        appeal = self._lead_referral(first.child_ids, "pending")
        self._decide(
            appeal,
            result="partly",
            duty_summary="Pay half",
            appealable="no",
            appeal_until=False,
        )
        self.assertEqual(
            (limit.state, limit.cancel_reason), ("cancelled", "matter_ended")
        )
        self.assertFalse(limit.alarm_ids.filtered(lambda one: one.state == "pending"))
        self.assertEqual(self._limit(appeal, "carry_out").state, "running")
        # what is corrected afterwards starts none
        first.action_correct_result({"awarded": 2999}, "A slip of the pen.")
        first.residence = "abroad"
        self.assertEqual(self._limit(first, "carry_out"), limit)
        # those that ran on before end with an update
        limit.sudo()._guarded_write({"state": "running", "cancel_reason": False})
        run_migration(self.env, "19.0.1.5.0/post-duties", "19.0.1.4.0")
        self.assertEqual(limit.state, "cancelled")
        self.assertEqual(self._limit(appeal, "carry_out").state, "running")
        self._step(
            appeal,
            "correct",
            result="discontinued",
            duty_party="nobody",
            duty_summary=False,
            duty_date=False,
            reason="The appeal was not admitted.",
        )
        self.assertEqual((limit.state, limit.due), ("running", due))
        self.assertFalse(limit.cancel_reason)

    def test_the_end_of_a_referral_ends_its_limits(self):
        self._policy(
            self._rule(
                "enforce",
                start_event="referral_decided",
                end_event="decision_enforced",
                quantity=90,
            )
        )
        referral = self._decided_by_hand()
        self.assertEqual(self._limit(referral, "enforce").state, "running")
        self._step(
            referral,
            "settle",
            settled_date=SERVED,
            duty_party="nobody",
            reason="Both sides save the costs.",
        )
        self.assertEqual(self._limit(referral, "enforce").state, "cancelled")

    def _decided_by_hand(self):
        referral = self._lead_referral(
            self._draft_referral(dispute_id=self.dispute.id), "pending"
        )
        self._decide(referral, decision_date=SERVED, decision_served_date=SERVED)
        return referral

    def test_a_rule_for_some_authorities_is_for_them_alone(self):
        self._policy(
            self._rule(
                "answer",
                start_event="claim_served",
                end_event="referral_decided",
                authority_ids=[Command.set(self.appeal_court.ids)],
            )
        )
        here, there = (
            self._lead_referral(
                self._draft_referral(dispute_id=self.dispute.id, authority_id=court.id),
                "filed",
            )
            for court in (self.court, self.appeal_court)
        )
        (here | there).write({"served_date": SERVED})
        self.assertFalse(here.deadline_ids)
        self.assertEqual(there.deadline_ids.due_date, date(2026, 4, 7))

    def test_rules_of_disputes_do_not_run_on_referrals(self):
        self._policy(self._rule())
        self.assertFalse(self._decided_by_hand().deadline_ids)

    def test_counsel_leads_the_deadlines_of_a_referral(self):
        self._policy(
            self._rule(
                "write", start_event="referral_decided", end_event=False, quantity=9
            )
        )
        limit = self._limit(self._decided_by_hand(), "write")
        action = limit.action_ask("meet")
        dialogs = limit.env[action["res_model"]].with_context(**action["context"])
        dialogs.create({"day": SERVED}).action_confirm()
        self.assertEqual(limit.state, "met")
        # and not those of disputes, which they read
        with self.assertRaises(AccessError):
            self._noticed_limit().with_user(self.counsel).action_ask("meet")

    def _noticed_limit(self):
        self._policy(self._rule())
        self._record(self.dispute, notice_date=SERVED)
        return self._deadline(self.dispute)

    # ------------------------------------------------------------
    # The wall around deadlines
    # ------------------------------------------------------------

    def test_handlers_do_not_see_deadlines_of_referrals(self):
        self._policy(self._appeal_rule())
        referral = self._decided()
        limit = self._limit(referral).with_env(self.env)
        self.env.flush_all()
        for user in (self.handler, self.stranger):
            self.env.invalidate_all()
            own = limit.with_user(user)
            self.assertFalse(own.search([("id", "=", limit.id)]))
            with self.assertRaises(AccessError):
                own.read(["rule_id"])
            with self.assertRaises(AccessError):
                own.file_id.read(["name"])
            kind = [("file_id.model", "=", referral._name)]
            self.assertFalse(own.search(kind))
            files = self.env["iso10003.file"].with_user(user)
            self.assertFalse(files.search([("model", "=", referral._name)]))
            alarms = self.env["iso10003.alarm"].with_user(user)
            self.assertFalse(alarms.search([("deadline_id", "=", limit.id)]))
        for user in (self.counsel, self.manager, self.auditor):
            self.env.invalidate_all()
            self.assertTrue(limit.with_user(user).read(["rule_id", "file_id"]))

    def test_escalations_give_privileged_tasks_to_who_may_read_them(self):
        self._policy(
            self._appeal_rule(
                escalation_ids=[
                    Command.create(
                        {"offset": -5, "role": "user", "user_id": self.handler.id}
                    ),
                    Command.create({"offset": -2, "role": "counsel"}),
                    Command.create({"offset": -1, "role": "team_leader"}),
                ]
            )
        )
        referral = self._decided()
        with freeze_time("2026-04-24 20:30:00"):
            self._sweep()
        todo = self.env.ref("mail.mail_activity_data_todo")
        tasks = referral.activity_ids.filtered(
            lambda activity: activity.activity_type_id == todo
        )
        self.assertEqual(len(tasks), 3)
        self.assertEqual(tasks.user_id, self.counsel | self.manager)

    # ------------------------------------------------------------
    # Escalations that lead to a referral
    # ------------------------------------------------------------

    def _noticed(self, kind, **values):
        self._policy(
            self._rule(
                escalation_ids=[
                    Command.create(
                        {"offset": 0, "kind": kind, "role": "manager"} | values
                    )
                ]
            )
        )
        self._record(self.dispute, notice_date=SERVED)
        return self.dispute

    def _pass_limit(self):
        with freeze_time("2026-04-09 08:00:00"):
            self._sweep()

    def test_an_escalation_proposes_a_referral_once(self):
        dispute = self._noticed("propose_referral")
        self._pass_limit()
        self._pass_limit()
        task = dispute.activity_ids
        self.assertEqual(task.user_id, self.manager)
        self.assertIn("Refer it to an authority?", task.summary)
        self.assertFalse(dispute.sudo().referral_ids)

    def test_an_escalation_opens_a_draft_for_counsel(self):
        dispute = self._noticed("referral", role="user", user_id=self.counsel.id)
        self._pass_limit()
        self._pass_limit()
        referral = dispute.sudo().referral_ids
        self.assertEqual(len(referral), 1)
        self.assertEqual(referral.state, "draft")
        self.assertEqual(referral.counsel_id, self.counsel)
        self.assertIn("Rule acknowledge", referral.reason)
        self.assertEqual(referral.activity_ids.user_id, self.counsel)
        # nobody but the system drafted it, and it wants a basis before it goes on
        with self.assertRaisesRegex(UserError, "The basis"):
            referral.with_user(self.manager).action_approve()

    def test_a_dispute_before_an_authority_is_not_referred_again(self):
        dispute = self._noticed("referral")
        self._draft_referral(dispute_id=dispute.id)
        self._pass_limit()
        self.assertEqual(dispute.referral_count, 1)

    # ------------------------------------------------------------
    # Clocks of the dispute
    # ------------------------------------------------------------

    def _stopping(self):
        self._policy(
            self._rule(quantity=30), self._rule("firm", quantity=30, may_suspend=False)
        )
        self._record(self.dispute, notice_date=SERVED)
        return self._lead_referral(
            self._draft_referral(
                dispute_id=self.dispute.id,
                stops_clocks=True,
                clocks_until=date(2026, 12, 1),
            ),
            "approved",
        )

    def test_clocks_stand_still_while_an_authority_has_it(self):
        referral = self._stopping()
        clock, firm = (
            self._deadline(self.dispute, code) for code in ("acknowledge", "firm")
        )
        due = clock.due
        self._lead_referral(referral, "filed")
        self.assertEqual((clock.state, firm.state), ("suspended", "running"))
        stop = clock.sudo().suspension_ids
        self.assertEqual(stop.reason, "authority")
        self.assertEqual(stop.message_id.res_id, self.dispute.id)
        self.assertNotIn("reason", stop.message_id.body)
        with freeze_time("2026-04-14 08:00:00"):
            self._step(referral, "withdraw", reason="They paid.")
            self.assertEqual(clock.state, "running")
        self.assertEqual((clock.due - due).days, 10)
        self.assertIn("deadline_resumed", self._logged(self.dispute))

    def test_the_last_day_ends_where_the_dispute_is_led(self):
        for zone, end in (
            ("Asia/Tehran", datetime(2026, 12, 1, 20, 29, 59)),
            ("UTC", datetime(2026, 12, 1, 23, 59, 59)),
            ("America/New_York", datetime(2026, 12, 2, 4, 59, 59)),
        ):
            with self.subTest(zone):
                self.company.resource_calendar_id.tz = zone
                referral = self._lead_referral(self._stopping(), "filed")
                dispute = referral.dispute_id.sudo()
                stop = self._deadline(dispute).suspension_ids
                self.assertEqual(stop.date_to, end)

    def test_another_referral_keeps_them_still(self):
        first, second = self._stopping(), None
        second = self._lead_referral(
            self._draft_referral(
                dispute_id=self.dispute.id,
                stops_clocks=True,
                clocks_until=date(2026, 12, 1),
            ),
            "filed",
        )
        self._lead_referral(first, "filed")
        clock = self._deadline(self.dispute)
        self._step(first, "withdraw", reason="They paid.")
        self.assertEqual(clock.state, "suspended")
        self._step(second, "withdraw", reason="They paid.")
        self.assertEqual(clock.state, "running")

    def test_clocks_stop_until_a_day_to_come(self):
        referral = self._stopping()
        referral.clocks_until = SERVED
        with self.assertRaisesRegex(UserError, "a day to come"):
            self._lead_referral(referral, "filed")

    # ------------------------------------------------------------
    # The shipped example
    # ------------------------------------------------------------

    def test_the_shipped_example_counts_as_the_law_says(self):
        pack = self.env.ref("odoo_iso10003.rule_pack_ir_referral")
        rule = pack.with_context(active_test=False).rule_ids
        self.assertTrue(rule.is_example and rule.checked_date and rule.legal_basis)
        self.assertFalse(rule.active)
        (values,) = rule.copy_data()
        values.update(pack_id=False, active=True, checked_date=date(2026, 3, 1))
        self._policy(values)
        self.assertEqual(self._decided().appeal_until, date(2026, 4, 25))

    def test_shipped_authorities_are_archived_and_dated(self):
        data = self.env["ir.model.data"].search(
            [
                ("module", "=", "odoo_iso10003"),
                ("model", "=", "iso10003.authority"),
            ]
        )
        authorities = self.env["iso10003.authority"].browse(data.mapped("res_id"))
        self.assertGreater(len(authorities), 15)
        for authority in authorities:
            self.assertTrue(authority.source_url and authority.checked_date)
        in_demo = authorities.filtered("active")
        self.assertLessEqual(len(in_demo), 3)
