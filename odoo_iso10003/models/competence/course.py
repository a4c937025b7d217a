# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Course(models.Model):
    """What is taught, to whom it grants which certification, and for how long.

    ISO 10003:2018, 6.4 and annex G; ISO 9001:2015, 7.2.
    """

    _name = "iso10003.course"
    _description = "Course"
    _inherit = [
        "iso10003.guarded",
        "iso10003.withheld",
        "iso10003.cached",
        "iso10003.told",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "name, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    aims = fields.Text(
        translate=True, help="What who passed it can do that they could not before."
    )
    content = fields.Html(translate=True, prefetch=False)
    duration = fields.Float(
        "Duration (hours)", default=4, tracking=True, least=0, most=1000
    )
    trainer_requirements = fields.Text(
        "Who may teach it",
        translate=True,
        help="Knowledge and experience that a trainer needs (annex G).",
    )
    material_ids = fields.Many2many(
        "ir.attachment",
        "iso10003_course_material_rel",
        "course_id",
        "attachment_id",
        "Materials",
    )
    pass_mark = fields.Float(
        "Pass mark (%)",
        tracking=True,
        help="From this score on the course is passed. Zero: who attended has passed.",
        least=0,
        most=100,
    )
    skill_id = fields.Many2one(
        "hr.skill",
        "Certification granted",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("skill_type_id.is_certification", "=", True)],
        tracking=True,
    )
    skill_type_id = fields.Many2one(related="skill_id.skill_type_id")
    level_id = fields.Many2one(
        "hr.skill.level",
        "At level",
        ondelete="restrict",
        compute="_compute_level",
        store=True,
        readonly=False,
        domain="[('skill_type_id', '=', skill_type_id)]",
        tracking=True,
    )
    validity_months = fields.Integer(
        "Valid for (months)",
        default=24,
        tracking=True,
        help="How long the certification is valid, from the day of the session on, or "
        "from that of an exam on line after it. Zero: for ever.",
        least=0,
        most=600,
    )
    evaluation_days = fields.Integer(
        "Effectiveness after (days)",
        default=90,
        tracking=True,
        help="So many days after the session somebody looks whether it helped "
        "(ISO 9001, 7.2 c). Zero: nobody does.",
        least=0,
        most=3650,
    )
    evaluation_method = fields.Selection(
        lambda self: self._get_evaluation_methods(),
        "Evaluated by",
        default="results",
        required=True,
    )
    starter_id = fields.Many2one(
        "iso10003.starter.course",
        "Began as",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        readonly=True,
        guarded=True,
    )
    training_ids = fields.One2many("iso10003.training", "course_id", "Sessions")
    training_count = fields.Integer("Number of sessions", compute="_compute_counts")

    _pass_mark_percent = models.Constraint(
        "CHECK (pass_mark BETWEEN 0 AND 100)",
        "The pass mark is a percentage: 0 to 100.",
    )
    _hours_positive = models.Constraint(
        "CHECK (duration > 0)", "Give the hours that the course takes."
    )
    _months_not_negative = models.Constraint(
        "CHECK (validity_months >= 0)", "The months of validity cannot be negative."
    )
    _days_not_negative = models.Constraint(
        "CHECK (evaluation_days >= 0)",
        "The days until the evaluation cannot be negative.",
    )

    @api.model
    def _get_evaluation_methods(self):
        return [
            ("test", self.env._("Test")),
            ("observation", self.env._("Observation at work")),
            ("results", self.env._("Results at work")),
        ]

    @api.depends("skill_id")
    def _compute_level(self):
        for course in self:
            levels = course.skill_id.skill_type_id.skill_level_ids
            if course.level_id not in levels:
                course.level_id = levels.filtered("default_level")[:1] or levels[:1]

    def _compute_counts(self):
        counts = dict(
            self.env["iso10003.training"]._read_group(
                [("course_id", "in", self.ids)], ["course_id"], ["__count"]
            )
        )
        for course in self:
            course.training_count = counts.get(course._origin, 0)

    @api.constrains("skill_id", "level_id")
    def _check_certification(self):
        for course in self:
            kind = course.skill_id.skill_type_id
            if course.skill_id and not kind.is_certification:
                raise ValidationError(
                    self.env._(
                        "Course “%(course)s”: “%(skill)s” is a skill without "
                        "validity, not a certification.",
                        course=course.name,
                        skill=course.skill_id.name,
                    )
                )
            if course.level_id.skill_type_id != kind:
                raise ValidationError(
                    self.env._(
                        "Course “%(course)s”: choose a level of “%(skill)s”.",
                        course=course.name,
                        skill=course.skill_id.name or "–",
                    )
                )

    def _get_last_valid_day(self, day):
        """Return the last day of a certification that begins on ``day``, or False."""
        self.ensure_one()
        if not self.validity_months:
            return False
        return day + relativedelta(months=self.validity_months, days=-1)

    def _is_passed(self, score):
        """Whether a score in percent passes the course."""
        self.ensure_one()
        return score >= self.pass_mark

    def action_view_sessions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.training_action"
        )
        return {
            **action,
            "domain": [("course_id", "=", self.id)],
            "context": {"default_course_id": self.id},
        }
