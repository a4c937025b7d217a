# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# each step's part of the time, from its beginning to its end, in percent
PLAN = {
    "s1": (0, 15),
    "s2": (10, 40),
    "s3": (30, 55),
    "s4": (40, 70),
    "s5": (45, 85),
    "s6": (60, 90),
    "s7": (75, 95),
    "s8": (85, 100),
}


class Roadmap(models.Model):
    """One of the eight steps to readiness, over two to four months.

    Its progress comes from records, see ``roadmap_progress.py``.
    """

    _name = "iso10003.roadmap"
    _description = "Step to readiness"
    _inherit = [
        "iso10003.guarded",
        "iso10003.told",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "company_id, step"
    _rec_name = "step"
    _check_company_auto = True

    step = fields.Selection(
        [
            ("s1", "S1 Analyse the present state and the needs"),
            ("s2", "S2 Design how disputes are managed"),
            ("s3", "S3 Train the staff in resolving disputes"),
            ("s4", "S4 Document complaints and disputes"),
            ("s5", "S5 Handle complaints and disputes as defined"),
            ("s6", "S6 Follow up corrective actions, prevent recurrence"),
            ("s7", "S7 Monitor and audit the processes"),
            ("s8", "S8 Improve the processes continually"),
        ],
        required=True,
        readonly=True,
        index=True,
        fixed=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
        fixed=True,
    )
    user_id = fields.Many2one(
        "res.users", "Responsible", domain=[("share", "=", False)], tracking=True
    )
    date_from = fields.Date("Begins on", required=True, tracking=True)
    date_to = fields.Date("Ends on", required=True, tracking=True)
    dated_by_hand = fields.Boolean(
        readonly=True,
        copy=False,
        guarded=True,
        help="Somebody set its dates: planning all steps again leaves them.",
    )
    note = fields.Html("Notes")
    progress = fields.Float("Progress (%)", compute="_compute_progress")
    proof = fields.Char("Progress comes from", compute="_compute_progress")
    standing = fields.Selection(
        [
            ("ahead", "Ahead"),
            ("running", "Running"),
            ("late", "Late"),
            ("done", "Done"),
        ],
        compute="_compute_standing",
    )
    timeline = fields.Html(compute="_compute_timeline", sanitize=False)
    color = fields.Integer(compute="_compute_standing")

    _step_unique = models.UniqueIndex(
        "(company_id, step)", "A company takes each step once."
    )
    _in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "A step cannot end before it begins."
    )

    @api.depends("step")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["step"]._description_selection(self.env))
        for step in self:
            step.display_name = labels.get(step.step, "")

    @api.depends("progress", "date_from", "date_to")
    def _compute_standing(self):
        today = fields.Date.context_today(self)
        colors = {"ahead": 0, "running": 4, "late": 1, "done": 10}
        for step in self:
            if step.progress >= 100:
                step.standing = "done"
            elif step.date_to and step.date_to < today:
                step.standing = "late"
            else:
                begun = step.date_from and step.date_from <= today
                step.standing = "running" if begun or step.progress else "ahead"
            step.color = colors[step.standing]

    @api.depends("date_from", "date_to", "progress")
    def _compute_timeline(self):
        """Draw the step as a bar between the first and the last day of all steps."""
        spans = {
            company: (first, last)
            for company, first, last in self._read_group(
                [("company_id", "in", self.company_id.ids)],
                ["company_id"],
                ["date_from:min", "date_to:max"],
            )
        }
        for step in self:
            first, last = spans.get(step.company_id, (False, False))
            if not (first and last and step.date_from and step.date_to):
                step.timeline = False
                continue
            whole = (last - first).days + 1
            start = 100 * (step.date_from - first).days / whole
            width = 100 * ((step.date_to - step.date_from).days + 1) / whole
            # only numbers of our own get into the markup
            step.timeline = Markup(
                '<div class="o_iso10003_timeline"><div class="o_iso10003_bar" '
                'style="margin-inline-start: %.2f%%; width: %.2f%%">'
                '<div style="width: %.0f%%"></div></div></div>'
            ) % (start, width, min(100, step.progress))

    @api.constrains("date_from", "date_to")
    def _check_length(self):
        for company, first, last in self._read_group(
            [("company_id", "in", self.company_id.ids)],
            ["company_id"],
            ["date_from:min", "date_to:max"],
        ):
            if last > first + relativedelta(months=12):
                raise ValidationError(
                    self.env._(
                        "The steps of %(company)s take more than a year. Readiness "
                        "takes two to four months; plan the rest as actions.",
                        company=company.name,
                    )
                )

    @api.model
    def action_plan(self, date_from=None, months=3):
        """Plan the eight steps of the company over two to four months."""
        self.check_access("create")
        if not 2 <= months <= 4:
            raise UserError(self.env._("Plan two to four months, not %s.", months))
        present = self.search([("company_id", "=", self.env.company.id)])
        start = fields.Date.to_date(date_from) or fields.Date.context_today(self)
        days = (start + relativedelta(months=months) - start).days
        for code, (begin, end) in PLAN.items():
            vals = {
                "date_from": start + relativedelta(days=days * begin // 100),
                "date_to": start + relativedelta(days=days * end // 100 - 1),
            }
            if step := present.filtered(lambda step, code=code: step.step == code):
                if not step.dated_by_hand:
                    step._plan(vals)
            else:
                self.create({**vals, "step": code, "user_id": self.env.uid})
        return self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.roadmap_action"
        )

    def write(self, vals):
        """Note whose dates they are: those that somebody set stay."""
        result = super().write(vals)
        if {"date_from", "date_to"} & vals.keys():
            self._guarded_write({"dated_by_hand": True})
        return result

    def _plan(self, vals):
        """Give the step the dates of a plan, which the next plan may change."""
        self.write(vals)
        self._guarded_write({"dated_by_hand": False})

    def action_view_proof(self):
        """Show the records that the progress comes from."""
        self.ensure_one()
        return self.env["ir.actions.act_window"]._for_xml_id(
            f"odoo_iso10003.{self._get_proof_action()}"
        )

    def _get_proof_action(self):
        return {
            "s1": "assessment_action",
            "s2": "starter_document_action",
            "s3": "attendance_action",
            "s4": "dispute_action",
            "s5": "dispute_action",
            "s6": "finding_action",
            "s7": "audit_action",
            "s8": "assessment_action",
        }[self.step]
