# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ReferralOpening(models.Model):
    """How a referral is opened: number, policy version, first row of its register."""

    _inherit = "iso10003.referral"

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [{**self._prepare_from_dispute(vals), **vals} for vals in vals_list]
        referrals = super().create(vals_list)
        self.env["iso10003.register"]._append(
            [
                (
                    referral.dispute_id,
                    "legal_opened",
                    {"referral": referral.name, "side": referral.side},
                    None,
                )
                for referral in referrals
                if referral.dispute_id
            ]
        )
        return referrals

    @api.model
    def _prepare_from_dispute(self, vals):
        """Return what a referral takes over from its dispute."""
        disputes = self.env["iso10003.dispute"].browse(vals.get("dispute_id") or ())
        # what is handed to counsel, whoever of the file's people hands it over
        dispute = disputes.sudo()
        if not dispute:
            return {}
        return {
            "company_id": dispute.company_id.id,
            "subject": dispute.subject,
            "opponent_id": dispute.partner_id.id,
            "amount": dispute.amount_claimed,
            "currency_id": dispute.currency_id.id,
        }

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        now = fields.Datetime.now()
        return [
            {
                "name": company._next_referral_number(),
                "policy_id": self._find_policy(vals, company).id,
                "state": "draft",
                "state_date": now,
                "opened_date": now,
                "drafter_id": self.env.uid,
                "review_due_date": False,
            }
            for vals in vals_list
            for company in [
                self.env["res.company"].browse(
                    vals.get("company_id") or self.env.company.id
                )
            ]
        ]

    @api.model
    def _find_policy(self, vals, company):
        if dispute_id := vals.get("dispute_id"):
            # which version applies to the dispute is no secret
            return self.env["iso10003.dispute"].browse(dispute_id).sudo().policy_id
        # which version is in force is no secret, and opening a referral needs it
        policies = self.env["iso10003.policy"].sudo()
        return policies._in_force(company, fields.Date.context_today(self))

    def _prepare_opened_data(self):
        return {
            "number": self.name,
            "to": self.state,
            "dispute": self.dispute_id.id or None,
            "parent": self.parent_id.name or None,
            "kind": self.kind,
            "side": self.side,
            "policy_version": self.policy_id.id,
        }

    def _ask_counsel(self):
        """Let the counsel in charge, or a manager, take up a draft."""
        self._remind(
            "odoo_iso10003.activity_legal_draft",
            {self: self.counsel_id or self._get_responsible_managers()},
            {self: fields.Date.context_today(self)},
            lambda referral: referral.env._("Complete the draft of the referral"),
        )
