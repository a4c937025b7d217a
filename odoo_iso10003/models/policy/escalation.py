# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..mixin.people_date import format_people_duration


class Escalation(models.Model):
    """What happens before, at and after a limit, and to whom (5.4).

    Each level happens once for each deadline of its rule; see ``alarm_levels.py``
    for what the kinds do.
    """

    _name = "iso10003.escalation"
    _description = "Escalation"
    _inherit = ["iso10003.policy.part"]
    _order = "offset_hours, id"
    _policy_path = "rule_id.policy_id"

    rule_id = fields.Many2one(
        "iso10003.deadline.rule", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="rule_id.company_id")
    offset = fields.Integer(
        "When",
        help="Before the limit with a minus, at the limit with zero, after it with a "
        "plus.",
        least=-3650,
        most=3650,
    )
    offset_unit = fields.Selection(
        [("hour", "Hours"), ("day", "Days")], required=True, default="day"
    )
    offset_hours = fields.Integer(compute="_compute_offset_hours", store=True)
    kind = fields.Selection(
        [
            ("activity", "Give a task"),
            ("notify", "Tell"),
            ("mail", "Send a letter"),
            ("reassign", "Hand the file over"),
            ("nonconformity", "Open a nonconformity"),
        ],
        "What happens",
        required=True,
        default="activity",
    )
    role = fields.Selection(
        [
            ("owner", "Owner of the file"),
            ("evaluator", "Evaluator"),
            ("team_leader", "Leader of the team"),
            ("manager", "Dispute manager of the company"),
            ("sponsor", "Top management"),
            ("user", "A person by name"),
        ],
        "Who",
        default="owner",
    )
    user_id = fields.Many2one(
        "res.users", "Person", domain=[("share", "=", False)], ondelete="restrict"
    )
    activity_type_id = fields.Many2one("mail.activity.type", ondelete="restrict")
    template_id = fields.Many2one("mail.template", "Letter", ondelete="restrict")

    _whom = models.Constraint(
        "CHECK (kind = 'mail' OR role IS NOT NULL)",
        "Say who is told, gets the task or takes over.",
    )
    _person_named = models.Constraint(
        "CHECK (role IS DISTINCT FROM 'user' OR user_id IS NOT NULL)",
        "Name the person.",
    )
    _letter_named = models.Constraint(
        "CHECK (kind <> 'mail' OR template_id IS NOT NULL)", "Choose the letter."
    )

    @api.depends("offset", "offset_unit")
    def _compute_offset_hours(self):
        for level in self:
            level.offset_hours = level.offset * (
                24 if level.offset_unit == "day" else 1
            )

    @api.depends("offset", "offset_unit", "kind", "role", "user_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for level in self:
            level.display_name = self.env._(
                "%(when)s: %(what)s", when=level._tell_when(), what=level._tell_what()
            )

    def _tell_when(self):
        count = abs(self.offset)
        if not count:
            return self.env._("At the limit")
        seconds = count * (3600 if self.offset_unit == "hour" else 24 * 3600)
        span = format_people_duration(self.env, seconds)
        if self.offset < 0:
            return self.env._("%(span)s before", span=span)
        return self.env._("%(span)s after", span=span)

    def _tell_what(self):
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        if self.kind == "mail" or not self.role:
            return kind
        whom = (
            self.user_id.name
            if self.role == "user"
            else dict(self._fields["role"]._description_selection(self.env))[self.role]
        )
        return self.env._("%(what)s (%(whom)s)", what=kind, whom=whom)

    def _get_offset(self):
        return timedelta(hours=self.offset_hours)

    @api.constrains("template_id", "rule_id")
    def _check_template(self):
        """A letter is made for the kind of file on which the rule counts."""
        for level in self:
            # which model a letter is for is no secret
            letter = level.template_id.sudo()
            kinds = level.rule_id._get_file_kinds()
            if letter and letter.model not in kinds:
                raise ValidationError(
                    self.env._(
                        "Escalation of “%(rule)s”: the letter “%(letter)s” is not "
                        "made for the kind of file on which the rule counts "
                        "(%(kinds)s).",
                        rule=level.rule_id.name,
                        letter=letter.name,
                        kinds=level.rule_id._tell_kinds(kinds),
                    )
                )

    def _touch_policies(self):
        """What happens around an example's limit is changed by who may change that."""
        self.rule_id.pack_id._check_may_configure()
        return super()._touch_policies()
