# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class CostOfReferral(models.Model):
    """What a referral costs: privileged with it, and seen with its whole matter."""

    _inherit = "iso10003.cost"

    referral_id = fields.Many2one(
        "iso10003.referral", index="btree_not_null", ondelete="restrict"
    )
    root_id = fields.Many2one(related="referral_id.root_id", store=True, index=True)
    authority_id = fields.Many2one(related="referral_id.authority_id", store=True)

    @api.model
    def _default_kind(self):
        of_referral = self.env.context.get("default_referral_id")
        return "court" if of_referral else super()._default_kind()

    def _with_place(self, vals):
        """Let referral and file be those of one another, whichever is given."""
        if self and not {"referral_id", "file_id"} & vals.keys():
            return vals  # it stays where it is
        context = {} if self else self.env.context
        place = {
            name: vals.get(name) or context.get(f"default_{name}")
            for name in ("referral_id", "file_id")
        }
        place |= {name: vals[name] for name in place.keys() & vals.keys()}
        # which file a referral has, is no secret to who names it
        referral = self.env["iso10003.referral"].sudo().browse(place["referral_id"])
        if place["referral_id"]:
            return {**vals, "file_id": referral.file_ids.id}
        # nor of which kind a file is
        file = self.env["iso10003.file"].sudo().browse(place["file_id"] or ())
        if file.model == referral._name:
            return {**vals, "referral_id": file.res_id}
        # nobody is asked for rights on referrals for what is none of theirs
        return {**vals, "referral_id": False} if self.sudo().referral_id else vals
