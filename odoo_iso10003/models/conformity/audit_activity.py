# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .audit_programme import METHODS


class AuditActivity(models.Model):
    """A part of an audit, with its own method: a talk, a visit, a look at files.

    ISO 19011 wants the method for each activity, since one may be held on site and
    the next from afar.
    """

    _name = "iso10003.audit.activity"
    _description = "Part of an audit"
    _inherit = ["iso10003.guarded", "iso10003.withheld"]
    _order = "audit_id, at, id"

    audit_id = fields.Many2one(
        "mgmtsystem.audit", required=True, index=True, ondelete="cascade", fixed=True
    )
    company_id = fields.Many2one(related="audit_id.company_id", store=True)
    name = fields.Char("What is looked at", required=True)
    method = fields.Selection(METHODS, "How", required=True, default="site")
    at = fields.Datetime("When")
    place = fields.Char("Place, or platform")
    people = fields.Char("With whom")
    note = fields.Char("How evidence from afar was made sure")

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities.audit_id._check_in_work()
        return activities

    def write(self, vals):
        self.audit_id._check_in_work()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self.audit_id._check_in_work()
