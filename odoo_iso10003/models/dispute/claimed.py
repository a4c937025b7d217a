# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from textwrap import shorten

from odoo import fields, models

from ..party.party import ACTING


class Claimed(models.AbstractModel):
    """A file in which something is claimed: its amount is the sum of its claims (7.3).

    An amount that is typed on the file is its one claim; with several, the claims are
    changed. The file has parties, one of whom leads.
    """

    _name = "iso10003.claimed"
    _description = "File with claims"

    amount_claimed = fields.Monetary(
        "Amount claimed",
        tracking=True,
        sealed=True,
        help="The sum of the claims, those that were withdrawn left out. The amount "
        "that a file is opened with is its first claim.",
    )
    amount_at_notice = fields.Monetary(
        "Claimed at notice",
        readonly=True,
        copy=False,
        guarded=True,
        help="When the file left 7.3.",
    )
    amount_final = fields.Monetary(
        "Claimed finally",
        readonly=True,
        copy=False,
        guarded=True,
        help="When the file was closed.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self._default_currency(),
        sealed=True,
    )
    claim_ids = fields.One2many("iso10003.claim", "dispute_id", readonly=True)

    _amount_not_negative = models.Constraint(
        "CHECK (amount_claimed >= 0)", "The amount claimed cannot be negative."
    )

    def _follow_claims(self):
        """Keep the amount claimed the sum of the claims that were not withdrawn."""
        for dispute in self.sudo():  # the claims were changed by who may
            claims = dispute.claim_ids.filtered(lambda one: one.state != "withdrawn")
            total = claims._count_in(dispute.currency_id)
            if dispute.currency_id.compare_amounts(total, dispute.amount_claimed):
                dispute._guarded_write({"amount_claimed": total})

    def _check_claims_typable(self):
        """An amount is typed where it is one claim, or none; else claims have it."""
        for dispute in self.sudo():  # what is claimed, whoever writes
            claims = dispute.claim_ids
            if claims and (len(claims) > 1 or claims.state != "open"):
                raise dispute._refusal(
                    self.env._(
                        "what is claimed is the sum of its claims. Change these in the "
                        "tab “Parties and claims”."
                    )
                )

    def _note_claims_as_written(self):
        """Let the amount that was typed be the one claim of each file."""
        rows = []
        for dispute in self.sudo():  # whoever opens or writes the file
            amount, money = dispute.amount_claimed, dispute.currency_id
            if claim := dispute.claim_ids:
                claim._guarded_write({"amount": amount, "currency_id": money.id})
            elif amount:
                rows.append(dispute._prepare_claim_as_written())
        self.env["iso10003.claim"].sudo()._note(rows)  # as above

    def _prepare_claim_as_written(self):
        remedy = self.remedy_ids if len(self.remedy_ids) == 1 else self.remedy_ids[:0]
        words = " ".join((self.remedy_sought or "").split())
        return {
            "dispute_id": self.id,
            "name": shorten(words, 120) or self.subject,
            "party_id": self._find_claiming().filtered("leads").id,
            "remedy_id": remedy.id,
            "amount": self.amount_claimed,
            "currency_id": self.currency_id.id,
        }

    def _turn_claims(self, former):
        """Count in another currency; the one claim of a file goes with it.

        :param former: the currency that the file was in
        """
        claims = self.sudo().claim_ids  # what is claimed, whoever writes
        if len(claims) == 1 and claims.currency_id == former and claims.state == "open":
            claims._guarded_write({"currency_id": self.currency_id.id})
        self._follow_claims()

    def _gate_claims_owned(self):
        """Of each claim it is known whose it is."""
        claims = self.sudo().claim_ids  # as for all gates
        return not claims.filtered(lambda one: not one.party_id)

    def action_add_claim(self):
        """Ask what is claimed, by whom, and what it is worth."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_closed({"amount_claimed": self.amount_claimed})
        return self._open_dialog(
            "iso10003.claim",
            self.env._("Claim"),
            default_dispute_id=self.id,
            default_party_id=self._find_claiming().filtered("leads").id,
        )

    def _tell_claims(self, partner):
        """Return the claims that somebody made, or for whom they act."""
        own = self.party_ids._filter_reading().filtered(
            lambda party: party.partner_id == partner
        )
        acting = own.filtered(lambda party: party.capacity in ACTING)
        for_all = acting.filtered(lambda party: not party.for_id)
        owners = own | acting.for_id
        return self.claim_ids.filtered(lambda one: for_all or one.party_id in owners)
