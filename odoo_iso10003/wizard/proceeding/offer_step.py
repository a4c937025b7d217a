# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...models.party.party import CHANNELS


class OfferStep(models.TransientModel):
    """The one dialog for what becomes of an offer."""

    _name = "iso10003.offer.step"
    _description = "Step of an offer"
    _inherit = ["iso10003.withheld"]

    offer_id = fields.Many2one("iso10003.offer", required=True, ondelete="cascade")
    side = fields.Selection(related="offer_id.side")
    dispute_id = fields.Many2one(related="offer_id.dispute_id")
    question = fields.Selection(
        [
            ("made", "It was made already"),
            ("accept", "Accepted"),
            ("confirm", "Confirmed"),
            ("contest", "They deny it"),
            ("decide", "Decide whether it holds"),
            ("reject", "Rejected"),
            ("withdraw", "Withdraw the offer"),
            ("ratify", "Ratify"),
        ],
        required=True,
    )
    date = fields.Date(
        "On",
        default=lambda self: self.env.company._get_company_day(),
        deed=True,
    )
    channel = fields.Selection(CHANNELS, "How it was said")
    party_id = fields.Many2one(
        "iso10003.party",
        "Said by",
        domain="[('id', 'in', claiming_ids)]",
        ondelete="cascade",
    )
    claiming_ids = fields.Many2many(
        "iso10003.party", compute="_compute_claiming_ids", string="Parties"
    )
    proof = fields.Binary(
        attachment=False, help="What shows it: the mail, or the signed paper."
    )
    proof_name = fields.Char("Name of the proof")
    ruling = fields.Selection(
        [("holds", "The acceptance holds"), ("fails", "It does not hold")],
        "How it is decided",
    )
    reason = fields.Text(help="Kept on record; it can be erased if it names people.")

    @api.constrains("offer_id")
    def _check_may_read(self):
        """The dialog shows its offer: not to who may not read it."""
        for step in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            step.offer_id.check_access("read")

    @api.depends("offer_id")
    def _compute_claiming_ids(self):
        for step in self:
            step.claiming_ids = step.offer_id.dispute_id.party_ids

    def action_confirm(self):
        """Take the step; the offer itself checks whether that may be."""
        self.ensure_one()
        done = getattr(self, f"_take_{self.question}")(self.offer_id)
        if isinstance(done, dict):
            return done
        return {"type": "ir.actions.act_window_close"}

    def _take_made(self, offer):
        return offer.action_note_made(self.date, self.channel, self.reason)

    def _take_accept(self, offer):
        return offer.action_accept(
            self.date,
            self.channel,
            self.party_id.id,
            self.proof,
            self.proof_name,
            self.reason,
        )

    def _take_confirm(self, offer):
        return offer.action_confirm_acceptance(
            self.date, self.channel, self.proof, self.proof_name, self.party_id.id
        )

    def _take_contest(self, offer):
        return offer.action_contest(self.reason, self.date)

    def _take_decide(self, offer):
        return offer.action_decide(self.ruling == "holds", self.reason)

    def _take_reject(self, offer):
        return offer.action_reject(self.date, self.channel, self.reason)

    def _take_withdraw(self, offer):
        return offer.action_withdraw(self.reason, self.date)

    def _take_ratify(self, offer):
        return offer.action_ratify(self.reason)
