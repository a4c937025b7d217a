# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core.chain import SealedText
from ..mixin.people_date import format_people_date


class AuditProgrammeReview(models.Model):
    """How a programme goes, and how its auditors do (ISO 19011, 5.6, 5.7 and 7.5).

    It is written once, by somebody other than the auditor who is evaluated.
    """

    _name = "iso10003.audit.programme.review"
    _description = "Review of an audit programme or evaluation of an auditor"
    _inherit = ["iso10003.guarded", "iso10003.withheld"]
    _order = "programme_id, date desc, id desc"
    _rec_name = "programme_id"

    programme_id = fields.Many2one(
        "iso10003.audit.programme",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    company_id = fields.Many2one(related="programme_id.company_id", store=True)
    kind = fields.Selection(
        [("programme", "Review of the programme"), ("auditor", "Evaluation")],
        "What",
        required=True,
        default="programme",
        fixed=True,
    )
    auditor_id = fields.Many2one("res.users", ondelete="restrict", fixed=True)
    date = fields.Date(
        "Day",
        required=True,
        default=fields.Date.context_today,
        deed=True,
        fixed=True,
    )
    found = fields.Text("What was found", required=True, fixed=True)
    changes = fields.Text("What follows", fixed=True)
    user_id = fields.Many2one(
        "res.users", "By", readonly=True, ondelete="restrict", guarded=True
    )

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        return [{"user_id": self.env.uid} for _vals in vals_list]

    @api.model_create_multi
    def create(self, vals_list):
        reviews = super().create(vals_list)
        for review in reviews:
            # whoever may review it leaves a row in its register
            review.programme_id.sudo()._register_event(
                "programme_reviewed",
                {
                    "kind": review.kind,
                    "auditor": review.auditor_id.id or None,
                    "day": review.date.isoformat(),
                    "changes": SealedText(review.changes or ""),
                },
                review.found,
            )
        return reviews

    @api.constrains("kind", "auditor_id", "user_id")
    def _check_auditor(self):
        for review in self:
            if (review.kind == "auditor") != bool(review.auditor_id):
                raise ValidationError(
                    self.env._(
                        "“%(programme)s”, %(day)s: an evaluation names one auditor, "
                        "and a review of the programme none.",
                        programme=review.programme_id.name,
                        day=format_people_date(self.env, review.date),
                    )
                )
            self.env["iso10003.segregated"]._refuse_own(
                "certifier_self", review.auditor_id, review.user_id
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for review in self:
            raise UserError(
                self.env._(
                    "“%(programme)s”: the review of %(day)s stays on record.",
                    programme=review.programme_id.name,
                    day=format_people_date(self.env, review.date),
                )
            )
