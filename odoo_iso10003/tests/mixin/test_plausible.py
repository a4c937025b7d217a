# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from types import SimpleNamespace

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError

from ...models.mixin.plausible import ADDON as PRODUCT
from ...models.mixin.plausible import is_typed
from ..policy.policy_common import PolicyCase

# Numbers that may be anything: no date, loop or share comes of them.
FREE_NUMBERS = {
    ("*", "sequence"): "an order",
    ("iso10003.course", "exam_number"): "the number of an exam of another app",
    ("iso10003.referral.estimate", "chance_low"): "a constraint of the table keeps it",
    ("iso10003.referral.estimate", "chance_high"): "a constraint of the table keeps it",
    ("iso10003.register", "version"): "of the format, and no user writes it",
    ("iso10003.register", "actor"): "a number of a user, and no user writes it",
    ("iso10003.register.head", "sequence"): "counted, and no user writes it",
    ("iso10003.word", "files"): "counted, and no user writes it",
    ("iso10003.job", "done"): "counted, and no user writes it",
    ("iso10003.job", "total"): "counted, and no user writes it",
    ("iso10003.policy.forecast.line", "*"): "counted for the dialog",
    ("iso10003.policy.forecast", "*"): "counted for the dialog",
}

# Dates that may lie ahead: plans, ends, limits. All others are deeds.
AHEAD = {
    "iso10003.alarm": {"at", "day", "fired_date"},
    "iso10003.audit.activity": {"at"},
    "iso10003.audit.programme": {"date_from"},
    "iso10003.certificate": {"surveillance_date", "valid_from", "valid_to"},
    "iso10003.requirement.set": {"applies_from", "applies_to"},
    "iso10003.certification.reminder": {"expires_on"},
    "iso10003.contact.certification": {"valid_from", "valid_to"},
    "iso10003.deadline.suspension": {"date_from", "date_to", "ended_date"},
    "iso10003.deadline.step": {"stop_until", "start_date", "last_day"},
    "iso10003.deadline.rule": {"law_from", "law_to"},
    "iso10003.dispute": {"retention_date"},
    "iso10003.disposal.step": {"until"},
    "iso10003.dispute.step": {"until", "retention_date"},
    "iso10003.issue": {"effect_date"},
    "iso10003.issue.enter": {"reply_date", "start"},
    "iso10003.obligation": {"day"},
    "iso10003.obligation.step": {"first_date"},
    "iso10003.invitation": {"until"},
    "iso10003.notice": {"reply_date"},
    "iso10003.dispute.refer": {"limitation_date", "clocks_until"},
    "iso10003.referral.amendment": {"limitation_date"},
    "iso10003.hearing": {"start", "orders_date"},
    "iso10003.hearing.adjournment": {"former_start", "new_start"},
    "iso10003.party": {"date_from", "date_until"},
    "iso10003.policy": {"review_date"},
    "iso10003.provider.credential": {"valid_from", "valid_to"},
    "iso10003.provider.service": {"valid_from", "valid_to"},
    "iso10003.policy.forecast": {"since"},
    "iso10003.referral": {
        "appeal_until",
        "clocks_until",
        "duty_date",
        "limitation_date",
    },
    "iso10003.offer": {"expires"},
    "iso10003.result": {"answer_until", "due_date", "review_until"},
    "iso10003.settlement": {"due_date"},
    "iso10003.referral.review": {"next_date"},
    "iso10003.restriction": {"date_from", "date_until"},
    "iso10003.referral.step": {"appeal_until", "clocks_until", "duty_date"},
    "iso10003.register": {"at"},
    "iso10003.roadmap": {"date_from", "date_to"},
    "iso10003.roadmap.plan": {"date_from"},
    "iso10003.role.holder": {"date_from", "date_to"},
    "iso10003.training": {"date_start", "date_end"},
    "iso10003.training.register": {"date_from", "date_to"},
    "mgmtsystem.nonconformity": {"effect_due"},
    "mgmtsystem.audit": {"sample_from", "sample_to", "sample_date"},
}


def find_unbounded(fields_by_model):
    """Return the typed numbers that neither say what they can be nor are free.

    :param fields_by_model: ``(model, field)`` for each field to look at
    """
    return {
        (model, field.name)
        for model, field in fields_by_model
        if field.type in ("integer", "float")
        and is_typed(field)
        and not getattr(field, "guarded", False)
        and not (hasattr(field, "least") and hasattr(field, "most"))
        and not {(model, field.name), ("*", field.name), (model, "*")}
        & set(FREE_NUMBERS)
    }


def find_undecided(fields_by_model):
    """Return the typed dates that are neither deeds nor known to lie ahead."""
    return {
        (model, field.name)
        for model, field in fields_by_model
        if field.type in ("date", "datetime")
        and is_typed(field)
        and not getattr(field, "guarded", False)
        and not getattr(field, "deed", False)
        and field.name not in AHEAD.get(model, ())
    }


class TestPlausible(PolicyCase):
    """Dates and numbers that can be true, asked whenever they are given."""

    def _our_fields(self):
        return [
            (name, field)
            for name in self.env
            if self.env[name]._auto and not self.env[name]._abstract
            for field in self.env[name]._fields.values()
            if PRODUCT in field._modules
        ]

    def _rule(self):
        draft = self._new_draft()
        return (
            self.env["iso10003.deadline.rule"]
            .with_user(self.chief)
            .create(
                {
                    "policy_id": draft.id,
                    "name": "Answer",
                    "code": "answer",
                    "start_event": "notice_received",
                    "quantity": 10,
                }
            )
        )

    # ------------------------------------------------------------
    # By kind
    # ------------------------------------------------------------

    def test_each_number_says_what_it_can_be_or_is_free(self):
        self.assertFalse(find_unbounded(self._our_fields()))

    def test_each_date_is_a_deed_or_known_to_lie_ahead(self):
        self.assertFalse(find_undecided(self._our_fields()))

    def test_what_is_outside_is_found(self):
        ours = {"_modules": (PRODUCT,), "store": True, "related": None, "compute": None}
        number = SimpleNamespace(**ours, name="days", type="integer", readonly=False)
        date = SimpleNamespace(**ours, name="told_date", type="date", readonly=False)
        seen = [("iso10003.new", number), ("iso10003.new", date)]
        self.assertEqual(find_unbounded(seen), {("iso10003.new", "days")})
        self.assertEqual(find_undecided(seen), {("iso10003.new", "told_date")})
        number.least = number.most = 1
        date.deed = True
        self.assertFalse(find_unbounded(seen) | find_undecided(seen))

    def test_no_typed_date_takes_a_day_that_cannot_be(self):
        """Nowhere a server error: each is refused with its field named."""
        tried = 0
        for model, field in self._our_fields():
            records = self.env[model].sudo().with_context(active_test=False)
            if (
                field.type not in ("date", "datetime")
                or field.name not in records._get_plausible_fields()
                or getattr(field, "guarded", False)
                or getattr(field, "fixed", False)
                or records._transient
            ):
                continue
            record = records.search([], limit=1)
            for day in ("0001-01-01", "9999-12-31", "1405-06-23") if record else ():
                value = day if field.type == "date" else f"{day} 00:00:00"
                tried += 1
                with (
                    self.subTest(model=model, field=field.name, day=day),
                    self.assertRaises(UserError),
                    self.env.cr.savepoint(),
                ):
                    record.write({field.name: value})
                self.env.invalidate_all()
        self.assertGreater(tried, 60)

    def test_dates_out_of_the_world_in_a_forms_preview_are_told(self):
        rule = self._rule()
        for day in ("0001-01-01", "9999-12-31"):
            shown = rule.new({"preview_start": day}, origin=rule)
            self.assertIn("cannot be true", shown.preview_why)

    # ------------------------------------------------------------
    # Numbers
    # ------------------------------------------------------------

    def test_quantities_out_of_all_measure_are_refused(self):
        rule = self._rule()
        level = self.env["iso10003.escalation"].with_user(self.chief)
        level = level.create({"rule_id": rule.id, "offset": 3})
        draft = rule.policy_id
        for record, name, value in (
            (level, "offset", 80_000_000),
            (level, "offset", -80_000_000),
            (draft, "legal_review_days", 999_999_999),
            (draft, "answer_days", 100_000),
            (rule, "quantity", 999_999_999),
            (rule, "warn_days", 999_999_999),
            (rule, "extension_max", 999_999_999),
        ):
            with (
                self.subTest(name=name, value=value),
                self.assertRaisesRegex(ValidationError, "is not between"),
                self.env.cr.savepoint(),
            ):
                record.write({name: value})
        with (
            self.assertRaisesRegex(ValidationError, "longer than a hundred years"),
            self.env.cr.savepoint(),
        ):
            rule.write({"quantity": 2000, "unit": "month"})
        rule.write({"quantity": 20, "unit": "month"})
        with (
            self.assertRaisesRegex(ValidationError, "longer than a hundred years"),
            self.env.cr.savepoint(),
        ):
            rule.write({"extension_quantity": 9999, "extension_unit": "week"})

    def test_an_import_names_what_cannot_be(self):
        rule = self._rule()
        result = rule.load([".id", "quantity"], [[str(rule.id), "99999999"]])
        self.assertIn("is not between", result["messages"][0]["message"])

    # ------------------------------------------------------------
    # Dates
    # ------------------------------------------------------------

    def test_a_deed_is_not_ahead_but_for_a_day_of_grace(self):
        dispute = self._open_dispute()
        today = fields.Date.today()
        self._record(dispute, notice_date=today + timedelta(days=1))
        for days in (3, 300):
            with (
                self.assertRaisesRegex(ValidationError, "is in the future"),
                self.env.cr.savepoint(),
            ):
                self._record(dispute, notice_date=today + timedelta(days=days))

    def test_the_companys_day_counts(self):
        self.company.resource_calendar_id.tz = "Pacific/Kiritimati"  # UTC+14
        today = fields.Date.today()
        with freeze_time(f"{today} 12:00:00"):
            dispute = self._open_dispute()
            self.assertEqual(dispute._get_company_day(), today + timedelta(days=1))
            self._record(dispute, notice_date=today + timedelta(days=2))
            with (
                self.assertRaisesRegex(ValidationError, "is in the future"),
                self.env.cr.savepoint(),
            ):
                self._record(dispute, notice_date=today + timedelta(days=3))

    def test_a_solar_year_is_told_with_what_is_meant(self):
        dispute = self._open_dispute()
        with (
            self.assertRaisesRegex(ValidationError, "solar Hijri .* 2026-09-14"),
            self.env.cr.savepoint(),
        ):
            self._record(dispute, notice_date="1405-06-23")

    def test_no_method_takes_an_impossible_date_either(self):
        for deadlines in (
            self.env["iso10003.deadline"].search([("state", "=", "running")], limit=1),
        ):
            for day in ("0001-01-01", "9999-12-31"):
                with self.assertRaises(UserError):
                    deadlines.action_meet(day)
                with self.assertRaises(UserError):
                    deadlines.action_suspend("complainant", f"{day} 00:00:00")

    def test_dates_are_in_the_order_of_the_clause(self):
        self.ticket.complaint_date = fields.Date.today() - timedelta(days=30)
        dispute = self._open_dispute()
        today = fields.Date.today()
        self._record(dispute, notice_date=today - timedelta(days=10))
        for name in ("acknowledged_date", "response_date", "served_date"):
            with (
                self.subTest(name=name),
                self.assertRaisesRegex(ValidationError, "cannot be before “Notice"),
                self.env.cr.savepoint(),
            ):
                self._give(dispute, {name: today - timedelta(days=11)})
        for name in ("final_answer_date", "recourse_date", "implemented_date"):
            with (
                self.subTest(name=name),
                self.assertRaisesRegex(ValidationError, "cannot be before “Received"),
                self.env.cr.savepoint(),
            ):
                self._give(dispute, {name: today - timedelta(days=31)})
        self._record(dispute, acknowledged_date=today - timedelta(days=9))
        with (
            self.assertRaisesRegex(ValidationError, "cannot be before “Notice"),
            self.env.cr.savepoint(),
        ):
            self._record(dispute, notice_date=today - timedelta(days=8))
        with (
            self.assertRaisesRegex(ValidationError, "cannot be before “Received"),
            self.env.cr.savepoint(),
        ):
            self.ticket.complaint_date = today

    def test_a_direct_notice_came_before_its_complaint_was_recorded(self):
        dispute = (
            self.env["iso10003.dispute"]
            .with_user(self.handler)
            .create(
                {
                    "subject": "A letter of the ombudsman",
                    "direct_notice": True,
                    "partner_id": self.customer.id,
                    "team_id": self.team.id,
                    "new_notice_date": fields.Date.today() - timedelta(days=5),
                }
            )
        )
        self.assertLess(dispute.notice_date, dispute.ticket_id.complaint_date)

    def test_who_ends_early_may_inform_before_any_notice(self):
        dispute = self._open_dispute()
        self._record(dispute, informed_date=fields.Date.today())
        self.assertFalse(dispute.notice_date)

    # ------------------------------------------------------------
    # What was there before
    # ------------------------------------------------------------

    def test_what_was_there_before_is_listed_and_not_rewritten(self):
        dispute = self._open_dispute()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE iso10003_dispute SET notice_date = '2035-01-01', "
            "response_date = '0001-01-01' WHERE id = %s",
            [dispute.id],
        )
        self.env.invalidate_all()
        listed = self.env["iso10003.implausible"].with_user(self.manager)
        rows = listed.search(
            [("model", "=", "iso10003.dispute"), ("res_id", "=", dispute.id)]
        )
        self.assertEqual(
            {row.name: row.value for row in rows},
            {"notice_date": "2035-01-01", "response_date": "0001-01-01"},
        )
        self.env.cr.execute(
            "UPDATE iso10003_dispute SET acknowledged_date = '2034-01-01' "
            "WHERE id = %s",
            [dispute.id],
        )
        self.assertIn(
            "acknowledged_date",
            listed.search([("res_id", "=", dispute.id)]).mapped("name"),
        )
        self.assertEqual(rows[0].action_open()["res_id"], dispute.id)
        self.assertIn(dispute.name, rows[0].record_label)
        # something else may still be written
        dispute.subject = "Another subject"
        self.assertEqual(str(dispute.notice_date), "2035-01-01")

    # ------------------------------------------------------------
    # By mail
    # ------------------------------------------------------------

    def _complaint_by_mail(self, sent):
        return self.env["helpdesk.ticket"].message_new(
            {
                "subject": "It broke",
                "body": "<p>It broke.</p>",
                "from": "roya@example.com",
                "to": "complaints@example.com",
                "author_id": self.customer.id,
                "date": sent,
            },
            {"company_id": self.company.id},
        )

    def test_a_complaint_by_mail_came_when_it_was_sent(self):
        self.company.resource_calendar_id.tz = "Asia/Tehran"
        with freeze_time("2026-03-10 09:00:00"):
            for sent, day in (
                ("2026-03-06 08:00:00", "2026-03-06"),
                ("2026-03-06 21:00:00", "2026-03-07"),  # past midnight in Tehran
                ("2026-03-20 08:00:00", "2026-03-10"),  # a clock that is fast
                ("0001-01-01 00:00:00", "2026-03-10"),
                (False, "2026-03-10"),
            ):
                with self.subTest(sent=sent):
                    ticket = self._complaint_by_mail(sent)
                    self.assertEqual(str(ticket.complaint_date), day)
