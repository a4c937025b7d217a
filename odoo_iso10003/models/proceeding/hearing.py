# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...core import docket
from ...core.story import Fact

# what asks for the orders to be met; done, they were
ORDERS = "odoo_iso10003.activity_hearing_orders"


class Hearing(models.Model):
    """A session or hearing before an authority or a provider.

    It stands in the calendars of our own people as a private appointment that tells
    them when and where, and nothing of the matter. It is moved by an adjournment,
    which says who asked for it and why.

    A room above that has hearings adds a many2one here and names it in
    :meth:`_get_subject_fields`; what a hearing must know of its subject, it asks that:
    :meth:`_get_hearing_zone`, :meth:`_get_hearing_lead`.
    """

    _name = "iso10003.hearing"
    _description = "Hearing"
    _inherit = [
        "iso10003.guarded",
        "iso10003.registered.part",
        "iso10003.told",
        "iso10003.reminded",
        "mail.activity.mixin",
        "mail.thread",
    ]
    _privileged = True
    _order = "start desc, id desc"
    _check_company_auto = True
    _part_event = "hearing"
    _part_begins = "planned"

    proceeding_id = fields.Many2one(
        "iso10003.proceeding",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, index=True
    )
    name = fields.Char(compute="_compute_name", search="_search_name")
    kind = fields.Selection(
        [
            ("conference", "Conference"),
            ("mediation", "Mediation session"),
            ("oral", "Oral hearing"),
            ("documents", "On documents only"),
            ("expert", "Hearing of an expert"),
            ("inspection", "Inspection"),
        ],
        required=True,
        default="oral",
        tracking=True,
        sealed=True,
    )
    mode = fields.Selection(
        [("person", "In person"), ("phone", "By phone"), ("video", "By video")],
        required=True,
        default="person",
        tracking=True,
        sealed=True,
    )
    start = fields.Datetime(
        "Begins at",
        required=True,
        index=True,
        tracking=True,
        fixed=True,
        help="Once planned, it is moved by an adjournment.",
    )
    duration = fields.Float(
        "Duration (hours)",
        required=True,
        default=1,
        least=0,
        most=1000,
        sealed=True,
    )
    stop = fields.Datetime("Ends at", compute="_compute_stop", store=True)
    location = fields.Char("Place or link", sealed="digest")
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language of the hearing",
        sealed=True,
    )
    interpreter_id = fields.Many2one("res.partner", ondelete="restrict", sealed=True)
    notice_date = fields.Date(
        "Hearing notified on", tracking=True, deed=True, sealed=True
    )
    notice_days = fields.Integer(
        "Least notice in days",
        default=5,
        help="So many days must lie between the notice and the hearing.",
        least=0,
        most=3650,
        sealed=True,
    )
    notice_too_short = fields.Boolean(compute="_compute_notice_too_short")
    participant_ids = fields.One2many("iso10003.hearing.participant", "hearing_id")
    adjournment_ids = fields.One2many("iso10003.hearing.adjournment", "hearing_id")
    adjournment_count = fields.Integer(
        "Times adjourned", compute="_compute_adjournment_count"
    )
    alarm_ids = fields.Many2many(
        "calendar.alarm",
        "iso10003_hearing_alarm_rel",
        "hearing_id",
        "alarm_id",
        "Reminders",
    )
    event_id = fields.Many2one(
        "calendar.event",
        "Appointment",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        guarded=True,
    )
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
        required=True,
        default="planned",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        guarded=True,
    )
    outcome = fields.Selection(
        [
            ("heard", "Heard, decision later"),
            ("continued", "To be continued"),
            ("decided", "Decided"),
            ("settled", "Settled"),
            ("absent_us", "We did not appear"),
            ("absent_other", "The other party did not appear"),
        ],
        tracking=True,
        sealed=True,
    )
    summary = fields.Html("What was said", prefetch=False, sealed="digest")
    orders = fields.Text(help="What was ordered, and until when.", sealed="digest")
    orders_date = fields.Date("Orders to be met by", tracking=True, sealed=True)

    _duration_positive = models.Constraint(
        "CHECK (duration > 0 AND notice_days >= 0)",
        "A hearing lasts some time, and its least notice is not negative.",
    )
    _held_with_outcome = models.Constraint(
        "CHECK (state <> 'held' OR outcome IS NOT NULL)",
        "A hearing that was held has an outcome.",
    )

    # ------------------------------------------------------------
    # Computed
    # ------------------------------------------------------------

    @api.model
    def _get_subject_fields(self):
        """Return the names of the many2ones to what a hearing can belong to."""
        return ["proceeding_id"]

    def _get_subject(self):
        """Return the record that this hearing belongs to."""
        self.ensure_one()
        return next(
            (self[name] for name in self._get_subject_fields() if self[name]),
            self.browse(),
        )

    def _get_registered_file(self):
        return self._get_subject()

    @api.depends(
        lambda self: [f"{name}.company_id" for name in self._get_subject_fields()]
    )
    def _compute_company_id(self):
        for hearing in self:
            hearing.company_id = hearing._get_subject().company_id

    @api.depends(lambda self: [f"{name}.name" for name in self._get_subject_fields()])
    @api.depends_context("lang")
    def _compute_name(self):
        """Name the matter by its number alone: the name is read in calendars."""
        for hearing in self:
            hearing.name = self.env._(
                "Hearing %(number)s", number=hearing._get_subject().name or ""
            )

    def _search_name(self, operator, value):
        """Find hearings by the number of their matter: the rest is words."""
        names = self._get_subject_fields()
        if operator in fields.Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return fields.Domain.OR(
            fields.Domain(f"{name}.name", operator, value) for name in names
        )

    @api.depends("start", "duration")
    def _compute_stop(self):
        for hearing in self:
            hearing.stop = hearing.start and hearing.start + timedelta(
                hours=hearing.duration
            )

    @api.depends("notice_date", "notice_days", "start")
    def _compute_notice_too_short(self):
        for hearing in self:
            notified = hearing.notice_date
            hearing.notice_too_short = bool(notified and hearing.start) and (
                (hearing._get_day() - notified).days < hearing.notice_days
            )

    def _get_day(self):
        """Return the day of the hearing where it is held: elsewhere it is another."""
        held = self.with_context(tz=self._get_zone())
        return fields.Datetime.context_timestamp(held, self.start).date()

    def _get_zone(self):
        subject = self._get_subject()
        zone = subject and subject._get_hearing_zone()
        rules = self.env["iso10003.deadline.rule"]
        return zone or rules._get_company_zone(self.company_id)

    def _compute_adjournment_count(self):
        counts = dict(
            self.env["iso10003.hearing.adjournment"]._read_group(
                [("hearing_id", "in", self.ids)], ["hearing_id"], ["__count"]
            )
        )
        for hearing in self:
            hearing.adjournment_count = counts.get(hearing._origin, 0)

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    def _check_one_subject(self, vals_list):
        """Refuse a hearing of nothing: once made, its subject is fixed."""
        names = self._get_subject_fields()
        for vals in vals_list:
            subjects = [
                name for name in names if {**self.default_get(names), **vals}.get(name)
            ]
            if len(subjects) != 1:
                raise UserError(
                    self.env._("A hearing belongs to one matter: choose it.")
                )

    def _check_subject(self):
        """Who leads a matter plans its hearings, while it is open."""
        for hearing in self:
            hearing._get_subject()._check_may_be_heard()

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        return [{"state": "planned"} for _vals in vals_list]

    @api.model_create_multi
    def create(self, vals_list):
        self._check_one_subject(vals_list)
        hearings = super().create(vals_list)
        hearings._check_subject()
        for hearing in hearings:
            hearing._guarded_write({"event_id": hearing._create_event().id})
        return hearings

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {
            "duration",
            "location",
            "alarm_ids",
            "participant_ids",
        }:
            self._sync_event()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for hearing in self:
            raise UserError(
                self.env._(
                    "%(hearing)s stays on record: cancel it instead.",
                    hearing=hearing.name,
                )
            )

    def _move(self, start):
        """Move a planned hearing, as an adjournment does."""
        self._guarded_write({"start": start})
        self._sync_event()

    def _note_change(self, change, data=None, note=None):
        """Leave a row in the register of the matter."""
        self.ensure_one()
        self._get_subject()._register_event(
            "hearing",
            {"change": change, **self._prepare_part_data(), **(data or {})},
            note,
        )

    def _prepare_part_data(self):
        return {
            "hearing": self.id,
            "kind": self.kind,
            "start": self.env["iso10003.register"]._sealed_instant(self.start),
            "outcome": self.outcome or None,
        }

    # ------------------------------------------------------------
    # The appointment in calendars
    # ------------------------------------------------------------

    def _create_event(self):
        # the appointment says nothing of the matter; it is in the calendars of
        # people who may not read the hearing
        events = self.env["calendar.event"].sudo()
        return events.with_context(
            skip_contact_description=True, mail_create_nosubscribe=True
        ).create(self._prepare_event_vals())

    def _sync_event(self):
        for hearing in self:
            # the appointment is ours, in whosever calendar it stands
            event = hearing.event_id.sudo()
            if hearing.state != "planned":  # nobody is invited to what is over
                event = event.with_context(dont_notify=True)
            event.write(hearing._prepare_event_vals())

    def _prepare_event_vals(self):
        self.ensure_one()
        # one name for all who have it in their calendars
        named = self.with_context(lang=self._get_organizer().lang)
        return {
            "name": named.name,
            "start": self.start,
            "stop": self.stop,
            "location": self.location,
            "description": False,
            "privacy": "private",
            "user_id": self._get_organizer().id,
            "partner_ids": [Command.set(self._get_own_people().ids)],
            "alarm_ids": [Command.set(self.alarm_ids.ids)],
        }

    def _get_organizer(self):
        """Return in whose name it stands: who leads the matter, while they may."""
        subject = self._get_subject()
        leads = subject and subject._get_hearing_lead()
        if not leads:
            return self.env.user
        return leads if self._may_read(leads) else self._get_stand_in()

    @api.model
    def _get_led_domain(self, users):
        """Return which hearings these people lead, with their matters."""
        return fields.Domain("proceeding_id.user_id", "in", users.ids)

    def _get_own_people(self):
        """Return who of us has it in the calendar; the others get letters."""
        own = self.participant_ids.partner_id.filtered(
            # who is one of us is looked up for whoever plans it
            lambda partner: partner.sudo().user_ids.filtered(
                lambda user: not user.share
            )
        )
        return own | self._get_organizer().partner_id

    # ------------------------------------------------------------
    # What a user can do
    # ------------------------------------------------------------

    def action_adjourn(self):
        """Return the sheet that moves the hearing."""
        self.ensure_one()
        self._check_planned()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Adjourn"),
            "res_model": "iso10003.hearing.adjournment",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_hearing_id": self.id},
        }

    def action_held(self):
        """Note that the hearing took place, with its outcome."""
        self.ensure_one()
        self._check_planned()
        if not self.outcome:
            raise UserError(
                self.env._("%(hearing)s: choose the outcome first.", hearing=self.name)
            )
        self._guarded_write({"state": "held"})
        self._note_change("held")
        self._remind_of_orders()
        return True

    def action_cancel(self):
        """Note that the hearing does not take place."""
        self.ensure_one()
        self._check_planned()
        self._guarded_write({"state": "cancelled"})
        # the appointment is ours, in whosever calendar it stands
        self.event_id.sudo().active = False
        self._note_change("cancelled")
        return True

    def _check_planned(self):
        self.check_access("write")
        if self.state != "planned":
            raise UserError(
                self.env._("%(hearing)s is not planned any more.", hearing=self.name)
            )

    # ------------------------------------------------------------
    # What was ordered
    # ------------------------------------------------------------

    def _remind_of_orders(self):
        """Let who is in charge meet what was ordered, and be reminded until then."""
        if self.orders and self.orders_date:
            self._ask(
                ORDERS,
                self._find_reminded("orders"),
                {self: self.orders_date},
                lambda hearing: hearing._describe_reminder("orders", self.orders_date),
            )
            self._plan_reminders()

    @api.model
    def _get_ladders(self):
        return {"orders": docket.LIMIT}

    def _get_reminder_days(self):
        return {"orders": self._has_open_orders() and self.orders_date}

    def _has_open_orders(self):
        """Return whether the task is open: who did it, met the orders."""
        kind = self.env["ir.model.data"]._xmlid_to_res_id(ORDERS)
        return self.state == "held" and kind in self.activity_ids.activity_type_id.ids

    @api.model
    def _get_reminder_activity(self, ladder):
        return ORDERS

    def _get_leader(self):
        return self._get_subject()._get_leader()

    def _describe_reminder(self, reminder, day):
        return self.env._("Meet the orders of the hearing")

    def _get_parties(self):
        own = self.participant_ids.filtered(
            lambda one: one.role in ("counsel", "representative")
        )
        return super()._get_parties() | own.partner_id

    def _get_never_told(self):
        others = self.participant_ids.filtered(
            lambda one: one.role in ("other_party", "other_counsel")
        )
        never = super()._get_never_told() | others.partner_id
        for hearing in self:
            if subject := hearing._get_subject():
                never |= subject._get_never_told()
        return never

    def _list_facts(self):
        """Return what a hearing tells in the story of its file."""
        _day, what, detail = self._describe_fact()
        return [Fact(self.start, what, detail, ahead=self.state == "planned")]

    def _describe_fact(self):
        """Return ``(date, what, detail)`` for the timeline."""
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("kind", "state", "outcome")
        }
        detail = labels["outcome"].get(self.outcome) or labels["state"][self.state]
        return self._get_day(), labels["kind"][self.kind], detail


class ResUsers(models.Model):
    """Whose rights end has no appointments of hearings left."""

    _inherit = "res.users"

    def _stop_following_unreadable(self):  # pylint: disable=missing-return
        super()._stop_following_unreadable()
        hearings = self.env["iso10003.hearing"].with_context(active_test=False)
        hearings.search(hearings._get_led_domain(self))._sync_event()
