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
            ("shown", "Show that they made it"),
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
    mail_id = fields.Many2one(
        "mail.message",
        "The mail",
        ondelete="cascade",
        help="A mail of theirs on this file, in the place of a paper.",
    )
    mail_ids = fields.Many2many(
        "mail.message", compute="_compute_mail_ids", string="Mails of theirs"
    )
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

    @api.depends("offer_id")
    def _compute_mail_ids(self):
        for step in self:
            step.mail_ids = step.offer_id.dispute_id._find_their_mails()

    @api.onchange("mail_id")
    def _onchange_mail_id(self):
        """What a mail says was said on its day, by its way, by who wrote it."""
        if mail := self.mail_id:
            self.update(self.dispute_id._prepare_said_by(mail))
            self.party_id = self.dispute_id._find_party_of(mail) or self.party_id

    def _read_proof(self):
        """Return what shows it, and its name: the paper, else the mail."""
        if self.mail_id and not self.proof:
            return self.dispute_id._make_proof_of(self.mail_id)
        return self.proof, self.proof_name

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
            *self._read_proof(),
            self.reason,
        )

    def _take_confirm(self, offer):
        return offer.action_confirm_acceptance(
            self.date, self.channel, *self._read_proof(), self.party_id.id
        )

    def _take_shown(self, offer):
        return offer.action_show_made(self.proof, self.proof_name, self.mail_id.id)

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
