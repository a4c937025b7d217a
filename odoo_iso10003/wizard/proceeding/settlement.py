# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class Settlement(models.TransientModel):
    """The one dialog by which a dispute is settled between us, in any state (7.5.3)."""

    _name = "iso10003.settlement"
    _description = "Settle now"
    _inherit = ["iso10003.file.currency", "iso10003.withheld"]
    _money_of = "dispute_id"

    dispute_id = fields.Many2one("iso10003.dispute", required=True, ondelete="cascade")
    offer_id = fields.Many2one(
        "iso10003.offer",
        ondelete="cascade",
        help="The offer that was accepted, where it is settled by one.",
    )
    claim_ids = fields.Many2many(
        "iso10003.claim",
        string="Settles these claims",
        compute="_compute_claim_ids",
        store=True,
        readonly=False,
        help="Take one out that is not settled; the file then goes on with it.",
    )
    text = fields.Text("What was agreed", help="The letter tells it.")
    date = fields.Date(
        "Agreed on",
        required=True,
        default=lambda self: self._get_company_day(),
        deed=True,
    )
    amount = fields.Monetary(
        "What we give",
        compute="_compute_amount",
        store=True,
        readonly=False,
        help="What we pay, concede or give up. It has to be within your authority.",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self._default_currency()
    )
    performance = fields.Selection(
        [
            ("done", "It was given already"),
            ("due", "It is due"),
            ("nothing", "Nothing is left to do"),
        ],
        "How it is carried out",
        required=True,
        default="done",
    )
    performed_date = fields.Date(
        "Done on", default=lambda self: self._get_company_day(), deed=True
    )
    proof = fields.Binary(
        "Proof of performance",
        attachment=False,
        help="What shows that it was given, such as the receipt.",
    )
    proof_name = fields.Char("Name of the proof")
    due_date = fields.Date("Due on")

    @api.constrains("dispute_id")
    def _check_may_lead(self):
        """The dialog shows its file: not to who may not lead it."""
        for settlement in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            settlement.dispute_id.check_access("write")

    @api.depends("dispute_id")
    def _compute_claim_ids(self):
        for settlement in self:
            settlement.claim_ids = settlement.dispute_id._find_open_claims()

    @api.depends("claim_ids")
    def _compute_amount(self):
        """Give what is claimed, until somebody agreed on less."""
        for settlement in self:
            claims = settlement.claim_ids
            money = settlement.currency_id
            same = claims.filtered(lambda one, money=money: one.currency_id == money)
            settlement.amount = sum(same.mapped("amount"))

    def action_confirm(self):
        """Settle it; then the letter that tells it is written."""
        self.ensure_one()
        return self.dispute_id._settle_now(self)
