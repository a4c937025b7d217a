# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people are reminded of, whatever it is of: by one engine, each once."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import TransactionCase, tagged

from ..core.working_time import day_of
from .common import ADDON
from .competence.competence_common import CompetencePeople
from .legal.legal_common import LegalPeople
from .query_counter import count_queries

# so far ahead are the days of which people are reminded here
AHEAD = 200
FEW, MANY = 4, 14
# queries that one more due record may cost
EACH = 12
# on these days what is planned is looked at anew, and nobody is told
SILENT = {("iso10003.role.holder", "begin")}


@tagged("-at_install", "post_install")
class TestReminders(CompetencePeople, LegalPeople, TransactionCase):
    """A walk over all models that remind, and all that they remind of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_legal()
        cls._set_up_competence()
        cls._need("handler")
        cls.alarms = cls.env["iso10003.alarm"]
        cls.start = fields.Date.today()
        cls.day = cls.start + timedelta(days=AHEAD)
        # what others have to come is not looked at here
        cls.alarms.search([("state", "=", "pending")]).state = "dropped"

    # ------------------------------------------------------------
    # One of each: made, moved and ended as people do
    # ------------------------------------------------------------

    def _make_referral_limit(self, day):
        return self._draft_referral(limitation_date=day)

    def _move_referral_limit(self, referral, day):
        referral.limitation_date = day

    def _end_referral_limit(self, referral):
        self._lead_referral(referral, "filed")
        referral.invalidate_recordset()

    def _make_referral_review(self, day):
        referral = self._lead_referral(self._draft_referral(), "pending")
        referral._guarded_write({"review_due_date": day})
        return referral

    def _move_referral_review(self, referral, day):
        referral._guarded_write({"review_due_date": day})

    def _end_referral_review(self, referral):
        self._step(referral, "withdraw", reason="They paid.")

    def _make_declaration_renewal(self, day):
        count = self.env["res.users"].search_count([])
        user = self._new_user(f"declares_{count}", f"{ADDON}.group_handler")
        self._open_dispute(self._new_ticket()).user_id = user
        signed = self.env["iso10003.declaration"].with_user(user)
        signed = signed.create({"company_id": self.company.id}).with_env(self.env)
        signed._guarded_write({"valid_until": day})
        return signed

    def _move_declaration_renewal(self, declaration, day):
        declaration._guarded_write({"valid_until": day})

    def _end_declaration_renewal(self, declaration):
        declaration.with_user(declaration.user_id).create(
            {"company_id": self.company.id}
        )

    def _make_certificate_end(self, day):
        count = self.env["iso10003.certificate"].search_count([])
        return self.env["iso10003.certificate"].create(
            {
                "name": f"Q-{count}",
                "standard": "other",
                "body_id": self.customer.id,
                "scope": "Sale of kettles",
                "valid_from": self.start,
                "valid_to": day,
                "user_id": self.manager.id,
                "company_id": self.company.id,
            }
        )

    def _move_certificate_end(self, certificate, day):
        certificate.valid_to = day

    def _end_certificate_end(self, certificate):
        certificate.active = False

    def _make_audit_audit(self, day):
        return self.env["mgmtsystem.audit"].create(
            {
                "name": "Audit to come",
                "dispute_audit": True,
                "date": datetime.combine(day, datetime.min.time()),
                "user_id": self.auditor.id,
                "company_id": self.company.id,
            }
        )

    def _move_audit_audit(self, audit, day):
        audit.date = datetime.combine(day, datetime.min.time())

    def _end_audit_audit(self, audit):
        audit.date = False

    def _make_policy_review(self, day):
        policy = self.dispute.policy_id.with_user(self.manager)
        policy.review_date = day
        return policy

    def _move_policy_review(self, policy, day):
        policy.review_date = day

    def _end_policy_review(self, policy):
        policy.sudo()._guarded_write({"state": "superseded"})

    def _make_holder_end(self, day):
        count = self.env["hr.employee"].search_count([])
        user = self._new_user(f"holder_{count}", f"{ADDON}.group_reader")
        employee = self._new_employee(user)
        holder = self.env["iso10003.role.holder"].create(
            {"role_id": self.roles["handler"].id, "employee_id": employee.id}
        )
        self._certify(employee, start=self.start, end=day)
        return holder

    def _move_holder_end(self, holder, day):
        holder.employee_id.employee_skill_ids.valid_to = day

    def _end_holder_end(self, holder):
        holder.date_to = self.start

    def _make_hearing_orders(self, day):
        referral = self._lead_referral(self._draft_referral(), "pending")
        hearing = self._plan_hearing(referral)
        hearing.write(
            {"outcome": "heard", "orders": "File the invoice", "orders_date": day}
        )
        hearing.action_held()
        return hearing

    def _move_hearing_orders(self, hearing, day):
        hearing.orders_date = day

    def _end_hearing_orders(self, hearing):
        hearing.activity_ids.action_done()

    def _make_ticket_invite(self, day):
        ticket = self._new_ticket()
        self._move_ticket_invite(ticket, day)
        return ticket

    def _move_ticket_invite(self, ticket, day):
        policy = self.dispute.policy_id.sudo()
        policy._guarded_write({"answer_days": (day - ticket.complaint_date).days})
        ticket._plan_reminders()

    def _end_ticket_invite(self, ticket):
        ticket.stage_id = self.closed_stage

    def _make_invitation_answer(self, day):
        dispute = self._open_dispute(self._new_ticket())
        invitation = self.env["iso10003.invitation"].create(
            {"dispute_id": dispute.id, "until": day}
        )
        invitation._guarded_write(
            {"state": "sent", "sent_date": self.start, "digest": "0"}
        )
        return invitation

    def _move_invitation_answer(self, invitation, day):
        invitation._guarded_write({"until": day})

    def _end_invitation_answer(self, invitation):
        invitation.env["iso10003.participation"].create(
            {
                "dispute_id": invitation.dispute_id.id,
                "invitation_id": invitation.id,
                "answer": "no",
            }
        )

    def _make_obligation_due(self, day):
        return self.env["iso10003.obligation"].create(
            {
                "file_id": self.dispute.sudo().file_ids.id,
                "name": "Pay the price back",
                "amount": 300,
                "day": day,
            }
        )

    def _make_result_answer(self, day):
        dispute = self._open_dispute(self._new_ticket())
        return self.env["iso10003.result"].create(
            {
                "dispute_id": dispute.id,
                "kind": "recommendation",
                "answer_until": day,
            }
        )

    def _move_result_answer(self, result, day):
        result._guarded_write({"answer_until": day})

    def _end_result_answer(self, result):
        result.action_set_aside(False, "It was withdrawn.")

    def _make_result_review(self, day):
        dispute = self._open_dispute(self._new_ticket())
        return self.env["iso10003.result"].create(
            {
                "dispute_id": dispute.id,
                "kind": "decision",
                "verdict": "refused",
                "review_route": "review",
                "review_until": day,
            }
        )

    def _move_result_review(self, result, day):
        result._guarded_write({"review_until": day})

    def _end_result_review(self, result):
        result.action_decide_review("leave", "It is right.")

    def _make_issue_effect(self, day):
        issues = self.env["iso10003.issue"].with_user(self.manager)
        issue = issues.create({"name": "The drum cracks"})
        issue.action_note_action("The supplier has changed the drum.")
        issue._guarded_write({"effect_date": day})
        return issue

    def _move_issue_effect(self, issue, day):
        issue._guarded_write({"effect_date": day})

    def _end_issue_effect(self, issue):
        issue.action_say_effect("effective", "Nobody has complained since.")

    def _move_obligation_due(self, obligation, day):
        obligation.day = day

    def _end_obligation_due(self, obligation):
        obligation.env["iso10003.performance"].create(
            {"obligation_id": obligation.id, "gross": 300}
        )

    _make_obligation_late = _make_obligation_due
    _move_obligation_late = _move_obligation_due
    _end_obligation_late = _end_obligation_due

    def _make_offer_expiry(self, day):
        dispute = self._open_dispute(self._new_ticket())
        return self.env["iso10003.offer"].create(
            {
                "dispute_id": dispute.id,
                "side": "complainant",
                "terms": "They take half of it.",
                "channel": "email",
                "date": self.start,
                "expires": day,
            }
        )

    def _move_offer_expiry(self, offer, day):
        offer._guarded_write({"expires": day})

    def _end_offer_expiry(self, offer):
        offer.action_withdraw("They took it back.")

    _make_offer_lapse = _make_offer_expiry

    def _move_offer_lapse(self, offer, day):
        offer._guarded_write({"expires": day, "state": "made"})

    _end_offer_lapse = _end_offer_expiry

    def _make_offer_confirm(self, day):
        offer = self._make_offer_expiry(False)
        offer._guarded_write({"state": "by_word", "confirm_until": day})
        return offer

    def _move_offer_confirm(self, offer, day):
        offer._guarded_write({"confirm_until": day})

    def _end_offer_confirm(self, offer):
        offer.action_contest("They deny it.")

    # ------------------------------------------------------------
    # The walk
    # ------------------------------------------------------------

    def _find_all(self):
        """Return ``[(model, reminder, ladder)]`` of all that people are reminded of."""
        reminded = self.env.registry["iso10003.reminded"]
        return [
            (name, reminder, ladder)
            for name, model in sorted(self.env.registry.items())
            if issubclass(model, reminded) and not model._abstract
            for reminder, ladder in sorted(self.env[name]._get_ladders().items())
            if (name, reminder) not in SILENT
        ]

    @contextmanager
    def _apart(self, name, reminder):
        """Look at one of them in a world of its own."""
        with self.subTest(f"{name}: {reminder}"):
            savepoint = self.env.cr.savepoint()
            try:
                yield
            finally:
                self.env.invalidate_all(flush=False)
                savepoint.close(rollback=True)

    def _do(self, what, name, reminder, *args):
        return getattr(self, f"_{what}_{name.split('.')[-1]}_{reminder}")(*args)

    def _sweep_on(self, day, hour=6):
        """Let the scheduled action run on a morning."""
        crons = self.env.registry["ir.cron"]
        with (
            freeze_time(f"{day} {hour:02}:00:00"),
            patch.object(crons, "_commit_progress", lambda *_args, **_kw: 1),
        ):
            self.alarms._sweep()
            self.env.flush_all()
        self.env.invalidate_all()

    def _find(self, record, reminder, state):
        return record._find_reminders().filtered(
            lambda alarm: (
                alarm.ladder.partition(":")[0] == reminder and alarm.state == state
            )
        )

    def _count_fired(self, record, reminder):
        """Return how many instants there were of which somebody was told."""
        return len(set(self._find(record, reminder, "fired").mapped("at")))

    def _find_digests(self, people):
        mails = self.env["mail.mail"].search(
            [
                ("recipient_ids", "in", people.partner_id.ids),
                ("subject", "like", "need you"),
            ]
        )
        return mails.mapped("recipient_ids")

    def _last_day(self, ladder):
        return self.day - timedelta(days=min(ladder.rungs))

    def test_each_comes_once_on_its_day_and_not_before(self):
        for name, reminder, ladder in self._find_all():
            with self._apart(name, reminder):
                record, told = self._do("make", name, reminder, self.day), 0
                for rung in sorted(ladder.rungs, reverse=True):
                    day = self.day - timedelta(days=rung)
                    for on, more in ((-1, 0), (0, 1), (0, 0)):
                        self._sweep_on(day + timedelta(days=on))
                        told += more
                        self.assertEqual(
                            self._count_fired(record, reminder), told, rung
                        )
                self.assertTrue(self._find(record, reminder, "fired").user_id)
                following = self._find(record, reminder, "pending")
                self.assertEqual(bool(following), bool(ladder.repeat))
                if ladder.repeat:
                    self._sweep_on(self.day + timedelta(days=ladder.repeat))
                    self.assertEqual(self._count_fired(record, reminder), told + 1)

    def test_it_comes_within_the_minute_where_the_day_begins(self):
        for name, reminder, ladder in self._find_all():
            with self._apart(name, reminder):
                record = self._do("make", name, reminder, self.day)
                [planned] = self._find(record, reminder, "pending")
                zone = record._get_reminder_zone()
                first = self.day - timedelta(days=max(ladder.rungs))
                self.assertEqual(day_of(planned.at, zone), first)
                before = planned.at - timedelta(minutes=1)
                self.assertLess(day_of(before, zone), first)

    def test_after_an_outage_what_was_missed_comes_once(self):
        for name, reminder, ladder in self._find_all():
            with self._apart(name, reminder):
                record = self._do("make", name, reminder, self.day)
                late = self._last_day(ladder) + timedelta(days=3)
                self._sweep_on(late)
                self._sweep_on(late)
                self.assertEqual(self._count_fired(record, reminder), 1)
                people = self._find(record, reminder, "fired").user_id
                told = self._find_digests(people)
                self.assertEqual(len(told), len(set(told)), "one message a person")
                self.assertLessEqual(people.partner_id, told)

    def test_what_ended_is_silent(self):
        for name, reminder, ladder in self._find_all():
            with self._apart(name, reminder):
                record = self._do("make", name, reminder, self.day)
                self._do("end", name, reminder, record)
                self._sweep_on(self._last_day(ladder) + timedelta(days=3))
                self.assertFalse(self._find(record, reminder, "fired"))
                self.assertFalse(self._find(record, reminder, "pending"))

    def test_a_day_that_moved_is_planned_anew(self):
        for name, reminder, ladder in self._find_all():
            with self._apart(name, reminder):
                record = self._do("make", name, reminder, self.day)
                self._sweep_on(self._last_day(ladder))
                self.assertEqual(self._count_fired(record, reminder), 1)
                later = self.day + timedelta(days=500)
                self._do("move", name, reminder, record, later)
                [planned] = self._find(record, reminder, "pending")
                self.assertEqual(planned.day, later)
                self._sweep_on(later - timedelta(days=max(ladder.rungs) + 1))
                self.assertEqual(self._count_fired(record, reminder), 1)
                self._sweep_on(later - timedelta(days=max(ladder.rungs)))
                self.assertEqual(self._count_fired(record, reminder), 2)

    def test_one_trigger_wakes_the_sweep_for_the_next(self):
        cron = self.env.ref(f"{ADDON}.cron_escalate")
        triggers = self.env["ir.cron.trigger"]
        for name, reminder, _ladder in self._find_all():
            with self._apart(name, reminder):
                triggers.search([("cron_id", "=", cron.id)]).unlink()
                record = self._do("make", name, reminder, self.day)
                planned = self._find(record, reminder, "pending")
                triggers.search([("cron_id", "=", cron.id)]).unlink()
                self._sweep_on(self.start)
                first = min(
                    self.alarms.search([("state", "=", "pending")]).mapped("at")
                )
                woken = triggers.search([("cron_id", "=", cron.id)])
                self.assertEqual(woken.mapped("call_at"), [first])
                self.assertGreaterEqual(planned.at, first)

    def test_what_is_due_costs_little_each(self):
        for name, reminder, ladder in self._find_all():
            if name == "iso10003.policy":
                continue  # one is in force
            with self._apart(name, reminder):
                due = self._last_day(ladder)
                for _number in range(FEW):
                    self._do("make", name, reminder, self.day)
                few = count_queries(self.env, lambda due=due: self._sweep_on(due))
                later = self.day + timedelta(days=500)
                for _number in range(MANY):
                    self._do("make", name, reminder, later)
                due += timedelta(days=500)
                self.alarms.search([("at", "<", due), ("day", "!=", later)]).filtered(
                    lambda alarm: alarm.state == "pending"
                ).state = "dropped"
                many = count_queries(self.env, lambda due=due: self._sweep_on(due))
                each = (many - few) / (MANY - FEW)
                self.assertLessEqual(each, EACH, (few, many))

    def test_one_message_a_person_for_all_of_them(self):
        certificates = [self._make_certificate_end(self.day) for _one in range(3)]
        self._sweep_on(self.day)
        told = self._find_digests(self.manager)
        self.assertEqual(list(told).count(self.manager.partner_id), 1)
        [digest] = self.env["mail.mail"].search(
            [
                ("recipient_ids", "in", self.manager.partner_id.ids),
                ("subject", "like", "need you"),
            ]
        )
        for record in certificates:
            self.assertIn(record.display_name, digest.body_html)
        # each has its task all the same
        for record in certificates:
            self.assertIn(self.manager, record.activity_ids.user_id)

    def test_who_may_not_read_is_not_told(self):
        certificate = self._make_certificate_end(self.day)
        certificate.user_id = self.portal
        self._sweep_on(self.day)
        self.assertFalse(self._find_digests(self.portal))

    def test_what_is_deleted_has_no_reminders(self):
        audit = self._make_audit_audit(self.day)
        planned = audit._find_reminders()
        self.assertTrue(planned)
        audit.unlink()
        self.assertFalse(planned.exists())

    def test_top_management_sees_no_reminders_of_privileged_matters(self):
        referral = self._make_referral_limit(self.day)
        planned = referral._find_reminders()
        found = self.alarms.with_user(self.sponsor).search([("id", "in", planned.ids)])
        self.assertFalse(found)
        found = self.alarms.with_user(self.manager).search([("id", "in", planned.ids)])
        self.assertEqual(found.ids, planned.ids)
