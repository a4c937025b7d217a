# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ProviderEvaluation(models.Model):
    """How we looked at a provider, before it was used or again (annex J).

    It stays as it was written: who thinks otherwise later evaluates anew.
    """

    _name = "iso10003.provider.evaluation"
    _description = "Evaluation of a provider"
    _inherit = [
        "iso10003.guarded",
        "iso10003.cached",
        "iso10003.registered.part",
    ]
    _order = "date desc, id desc"
    _part_event = "provider"
    _part_path = "provider_id"
    _rec_name = "date"

    provider_id = fields.Many2one(
        "iso10003.provider", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="provider_id.company_id")
    date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        fixed=True,
        sealed=True,
        deed=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Evaluated by",
        readonly=True,
        ondelete="restrict",
        guarded=True,
    )
    decision = fields.Selection(
        [
            ("suitable", "Suitable"),
            ("conditions", "Suitable, with conditions"),
            ("unsuitable", "Not suitable"),
        ],
        required=True,
        fixed=True,
        sealed=True,
    )
    reasons = fields.Text(
        required=True,
        fixed=True,
        sealed="digest",
        help="By which criteria: competence, impartiality, time, cost, access, "
        "experience with it.",
    )
    compared = fields.Text(
        "Compared with",
        fixed=True,
        sealed="digest",
        help="Which others were considered, and why this one.",
    )

    def _prepare_guarded_vals(self, vals_list):
        return [{"user_id": self.env.uid} for _vals in vals_list]

    def _prepare_part_data(self):
        return {"decision": self.decision}
