# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import clock
from ..mixin.cached import kept

# about how many days a unit has, to see what cannot be meant
DAYS = {"hour": 1 / 24, "working_day": 7 / 5, "week": 7, "month": 30.5, "month30": 30}
LONGEST = 100 * 366


class DeadlineRuleCount(models.Model):
    """From a rule to a date: what the form previews and what deadlines are given."""

    _inherit = "iso10003.deadline.rule"

    preview_start = fields.Date(
        "If it counted from",
        default=fields.Date.context_today,
        store=False,
        help="Try a date to see the rule at work. Nothing is kept of it.",
    )
    preview_abroad = fields.Boolean("From abroad", store=False)
    preview_due = fields.Date("The last day is", compute="_compute_preview")
    preview_why = fields.Text("because", compute="_compute_preview")

    @api.model
    def _get_preview_fields(self):
        return (
            "preview_start",
            "preview_abroad",
            "combine",
            "part_ids.quantity",
            "part_ids.unit",
            "quantity",
            "unit",
            "exclude_start",
            "exclude_action",
            "roll",
            "abroad_quantity",
            "abroad_unit",
            "calendar_id",
            "cap_quantity",
            "cap_unit",
        )

    @api.depends(lambda self: self._get_preview_fields())
    @api.depends_context("lang", "tz")
    def _compute_preview(self):
        clocks = self.env["iso10003.clock"]
        for rule in self:
            rule.preview_due = rule.preview_why = False
            if not rule.preview_start:
                continue
            field = self._fields["preview_start"]
            if why := rule._find_implausible(field, rule.preview_start):
                rule.preview_why = why
                continue
            try:
                due = rule._try_on(rule.preview_start, rule.preview_abroad)
            except clock.ClockError as error:
                rule.preview_why = clocks._describe_error(error)
            else:
                rule.preview_due = due.day
                rule.preview_why = "\n".join(
                    clocks._explain(clocks._pack_steps(due.steps))
                )

    # ------------------------------------------------------------
    # In the words of the clock
    # ------------------------------------------------------------

    def _try_on(self, day, abroad=False):
        """Return the core's answer for one start, on a file of nobody in particular.

        :raises clock.ClockError: when the rule cannot be counted
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        zone = self._get_company_zone(company)
        limits = self.part_ids if self.combine else self
        wanted = {(limit._get_calendar(company), zone) for limit in limits}
        return self._count_one(
            {
                "rule": self,
                "company": company,
                "starts": dict.fromkeys(limits._ids, day),
                "abroad": abroad,
                "zone": zone,
            },
            {limit._ids[0]: limit for limit in limits},
            {limit._ids[0]: limit._prepare_limit() for limit in limits},
            self.env["iso10003.clock"]._read_calendars(wanted),
        )

    @api.model
    def _get_company_zone(self, company):
        """Return the time zone in which a company works."""
        # a zone is no secret
        return self._get_zone(company.id) or company.sudo().partner_id.tz or "UTC"

    @api.model
    @kept("company_id")
    def _get_zone(self, company_id):
        """Return the zone of the company's calendar, kept until either changes."""
        company = self.env["res.company"].browse(company_id)
        return company.resource_calendar_id.tz

    def _get_calendar(self, company, actors=None):
        """Return whose working days count: the rule's, else the actor's, the company's.

        :param actors: the calendar of who must act, where it is known
        """
        company = company.sudo()  # when it works is no secret
        return self.calendar_id or actors or company.resource_calendar_id

    def _prepare_limit(self):
        """Return this rule as the core knows it."""
        return clock.Limit(
            clock.Span(self.quantity, self.unit),
            exclude_start=self.exclude_start,
            exclude_action=self.exclude_action,
            roll=self.roll,
            abroad=self._prepare_span("abroad"),
            cap=self._prepare_span("cap"),
        )

    def _prepare_span(self, kind):
        quantity = self[f"{kind}_quantity"]
        return clock.Span(quantity, self[f"{kind}_unit"]) if quantity else None

    # ------------------------------------------------------------
    # Many at once
    # ------------------------------------------------------------

    @api.model
    def _count(self, requests):
        """Return due date and explanation of many limits, calendars read once.

        :param requests: dictionaries with ``rule``, ``company``, ``starts`` (instant
            by id of the rule or part that starts then), ``zone``, and optionally
            ``calendar`` of who must act, ``abroad``, ``balance``, ``extensions``,
            ``suspensions``
        :return: a list of the values ``due``, ``due_date``, ``why``, ``problem``; a
            limit that cannot be counted has a problem instead of a date
        """
        limits = {
            limit_id: request["rule"].browse(limit_id)
            for request in requests
            for limit_id in request["starts"]
        }
        calendars = self.env["iso10003.clock"]._read_calendars(
            {
                self._choose_calendar(request, limits[limit_id])
                for request in requests
                for limit_id in request["starts"]
            }
        )
        core_limits = {
            limit_id: limit._prepare_limit() for limit_id, limit in limits.items()
        }
        return [
            self._count_safely(request, limits, core_limits, calendars)
            for request in requests
        ]

    @api.model
    def _choose_calendar(self, request, limit):
        """Return the calendar and the zone in which a limit of a request is counted."""
        calendar = limit._get_calendar(request["company"], request.get("calendar"))
        return calendar, request["zone"]

    @api.model
    def _count_safely(self, request, limits, core_limits, calendars):
        clocks = self.env["iso10003.clock"]
        try:
            due = self._count_one(request, limits, core_limits, calendars)
        except clock.ClockError as error:
            return {
                "due": False,
                "due_date": False,
                "why": False,
                "problem": clocks._pack_error(error),
            }
        return {
            "due": due.instant or False,
            "due_date": due.day or False,
            "why": clocks._pack_steps(due.steps),
            "problem": False,
        }

    @api.model
    def _count_one(self, request, limits, core_limits, calendars):
        dues = [
            clock.compute(
                core_limits[limit_id],
                start,
                calendars[self._choose_calendar(request, limits[limit_id])],
                abroad=request.get("abroad", False),
                extensions=request.get("extensions", ()),
                suspensions=request.get("suspensions", ()),
                balance=request.get("balance"),
            )
            for limit_id, start in request["starts"].items()
        ]
        which = request["rule"].combine
        return clock.combine(which, dues) if which else dues[0]

    # ------------------------------------------------------------
    # What cannot be counted is told at once
    # ------------------------------------------------------------

    @api.constrains(
        "active",
        "quantity",
        "unit",
        "abroad_quantity",
        "abroad_unit",
        "cap_quantity",
        "cap_unit",
        "extension_quantity",
        "extension_unit",
        "roll",
        "calendar_id",
        "policy_id",
    )
    def _check_countable(self):
        """Try the rule on the spot: what cannot be counted is told at once."""
        today = fields.Date.context_today(self)
        for rule in self.filtered(lambda rule: rule.active and not rule.combine):
            try:
                rule._try_on(today)
            except clock.ClockError as error:
                raise rule._refusal(
                    self.env["iso10003.clock"]._describe_error(error)
                ) from error

    @api.constrains(
        "quantity",
        "unit",
        "abroad_quantity",
        "abroad_unit",
        "cap_quantity",
        "cap_unit",
        "extension_quantity",
        "extension_unit",
    )
    def _check_length(self):
        """No limit is longer than a hundred years, in whatever unit it is given."""
        for rule in self:
            for kind in ("", "abroad_", "cap_", "extension_"):
                days = DAYS.get(rule[f"{kind}unit"], 1)
                if rule[f"{kind}quantity"] * days > LONGEST:
                    raise rule._refusal(
                        self.env._(
                            "“%(field)s” is longer than a hundred years.",
                            field=self.env["ir.model.fields"]
                            ._get(self._name, f"{kind}quantity")
                            .field_description,
                        )
                    )
