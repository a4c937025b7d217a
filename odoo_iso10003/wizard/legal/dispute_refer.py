# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api, fields, models


class DisputeRefer(models.TransientModel):
    """Refer to an authority: who leads a dispute hands it to counsel.

    The draft that comes out is privileged from then on: who handed it over sees on
    the dispute that it exists and how it stands.
    """

    _name = "iso10003.dispute.refer"
    _description = "Refer a dispute to an authority"
    _inherit = ["iso10003.file.currency", "iso10003.withheld"]
    _money_of = "dispute_id"

    dispute_id = fields.Many2one("iso10003.dispute", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="dispute_id.company_id")
    side = fields.Selection(
        lambda self: self._choices("side"),
        "Who goes",
        required=True,
        default="organization",
    )
    authority_id = fields.Many2one("iso10003.authority", check_company=True)
    basis = fields.Selection(lambda self: self._choices("basis"), required=True)
    legal_basis = fields.Char("Law or clause")
    reason = fields.Text(
        required=True, help="Why an authority is needed, and no other way is left."
    )
    amount = fields.Monetary("Amount in dispute")
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self._default_currency()
    )
    claim_date = fields.Date(
        "Claim arose on",
        help="From this day on the limitation counts, such as delivery or the day on "
        "which a payment was due. If the policy has a rule that counts from it, the "
        "last day to file is counted by that rule.",
        deed=True,
    )
    limitation_date = fields.Date(
        "Last day to file", help="The last day on which the claim may be filed."
    )
    limitation_rule = fields.Char("Rule of the limitation")
    stops_clocks = fields.Boolean(
        "Clocks of the dispute stand still",
        help="From the filing until the end of the referral, as far as their rules "
        "let clocks be stopped.",
    )
    clocks_until = fields.Date("At most until", help="Then they go on by themselves.")
    counsel_id = fields.Many2one(
        "res.users",
        "Counsel in charge",
        domain=lambda self: self.env["iso10003.referral"]._get_privy_domain(),
    )

    @api.model
    def _choices(self, name):
        field = self.env["iso10003.referral"]._fields[name]
        return field._description_selection(self.env)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        dispute = self.env["iso10003.dispute"].browse(values.get("dispute_id", ()))
        if dispute:
            values.update(
                amount=dispute.amount_claimed, currency_id=dispute.currency_id.id
            )
        return values

    def action_confirm(self):
        """Open the draft; the dispute's people may, and counsel and managers."""
        self.ensure_one()
        self.dispute_id._check_may_refer()
        # A handler hands over what nobody but counsel reads from then on: only this
        # draft is made with all rights, of a dispute that the user leads, and nobody
        # follows its discussion by having made it.
        referrals = self.env["iso10003.referral"].sudo()
        referral = referrals.with_context(
            mail_create_nosubscribe=True, mail_create_nolog=True
        ).create(self._prepare_referral_vals())
        # asked by the system: who writes a message can read it for ever
        referral.with_user(SUPERUSER_ID)._ask_counsel()
        if self.env["iso10003.referral"].has_access("read"):
            return referral.sudo(False).get_formview_action()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Counsel has it now as %(number)s. This file shows how it stands.",
                    number=referral.name,
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _prepare_referral_vals(self):
        return {
            "dispute_id": self.dispute_id.id,
            "company_id": self.company_id.id,
            "side": self.side,
            "authority_id": self.authority_id.id,
            "basis": self.basis,
            "legal_basis": self.legal_basis,
            "reason": self.reason,
            "amount": self.amount,
            "currency_id": self.currency_id.id,
            "claim_date": self.claim_date,
            "limitation_date": self.limitation_date,
            "limitation_rule": self.limitation_rule,
            "counsel_id": self.counsel_id.id,
            "stops_clocks": self.stops_clocks,
            "clocks_until": self.clocks_until,
        }
