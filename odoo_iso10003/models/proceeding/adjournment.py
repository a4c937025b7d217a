# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class HearingAdjournment(models.Model):
    """That a hearing was moved: from when to when, who asked for it, and why."""

    _name = "iso10003.hearing.adjournment"
    _description = "Adjournment of a hearing"
    _inherit = ["iso10003.guarded"]
    _order = "hearing_id, id"

    hearing_id = fields.Many2one(
        "iso10003.hearing", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="hearing_id.company_id", store=True)
    old_start = fields.Datetime("Was at", readonly=True, copy=False, guarded=True)
    new_start = fields.Datetime("Is now at", required=True, fixed=True)
    asked_by = fields.Selection(
        [
            ("organization", "Us"),
            ("other", "The other party"),
            ("authority", "Who hears it"),
        ],
        "Asked for by",
        required=True,
        fixed=True,
    )
    reason = fields.Text(required=True, fixed=True)

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        hearings = self.env["iso10003.hearing"].browse(
            vals.get("hearing_id") for vals in vals_list
        )
        return [{"old_start": hearing.start} for hearing in hearings]

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [{**self.default_get(["hearing_id"]), **vals} for vals in vals_list]
        adjournments = super().create(vals_list)
        for adjournment in adjournments:
            hearing = adjournment.hearing_id
            hearing._check_planned()
            hearing._move(adjournment.new_start)
            hearing._note_change(
                "adjourned",
                {"asked_by": adjournment.asked_by},
                adjournment.reason,
            )
        return adjournments

    @api.constrains("new_start", "old_start", "reason")
    def _check_moved(self):
        for adjournment in self:
            if adjournment.new_start == adjournment.old_start:
                raise ValidationError(
                    self.env._(
                        "%(hearing)s is at that time already: choose another one.",
                        hearing=adjournment.hearing_id.name,
                    )
                )
            if not (adjournment.reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "%(hearing)s: say why it is adjourned.",
                        hearing=adjournment.hearing_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for adjournment in self:
            raise UserError(
                self.env._(
                    "%(hearing)s was adjourned; that stays on record.",
                    hearing=adjournment.hearing_id.name,
                )
            )
