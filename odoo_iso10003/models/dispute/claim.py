# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...core import flow
from ..mixin.configuration import OFFERED
from ..party.party import CLAIMING


class Claim(models.Model):
    """One thing that is claimed: by whom, in which words, and what it is worth (7.3).

    The amount claimed of a dispute is the sum of its claims, those that were withdrawn
    left out (``Dispute._follow_claims``). A claim is withdrawn by a document of whose
    it is; what else becomes of it follows from how the file ends.
    """

    _name = "iso10003.claim"
    _description = "Claim"
    _inherit = [
        "iso10003.file.currency",
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "dispute_id, sequence, id"
    _money_of = "dispute_id"
    _part_event = "claimed"
    _part_path = "dispute_id"

    dispute_id = fields.Many2one(
        "iso10003.dispute", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="dispute_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("What is claimed", required=True, sealed="digest")
    notice_id = fields.Many2one(
        "iso10003.notice",
        "Noted from",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        guarded=True,
        sealed=True,
    )
    party_id = fields.Many2one(
        "iso10003.party",
        "Whose",
        index="btree_not_null",
        ondelete="restrict",
        sealed=True,
        help="Who claims it; the complainant who leads, where nobody is named.",
    )
    remedy_id = fields.Many2one(
        "iso10003.remedy",
        ondelete="restrict",
        domain=OFFERED,
        sealed=True,
    )
    amount = fields.Monetary(
        "Value", sealed=True, help="What it is worth; zero where it has no price."
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self._default_currency(),
        sealed=True,
    )
    date = fields.Date(
        "Claimed on",
        required=True,
        default=lambda self: self._get_company_day(),
        sealed=True,
        deed=True,
        help="At whose rate it is counted in the currency of the file.",
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("conceded", "Conceded"),
            ("withdrawn", "Claim withdrawn"),
            ("settled", "Settled"),
            ("granted", "Granted"),
            ("in_part", "Granted in part"),
            ("refused", "Refused"),
            ("not_decided", "Not decided"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="open",
        guarded=True,
        sealed=True,
    )
    withdrawn_date = fields.Date(
        "Withdrawn on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    withdrawal = fields.Binary(attachment=True, copy=False, fixed=True)
    withdrawal_name = fields.Char("Name of the file", fixed=True, sealed="digest")
    withdrawal_sha256 = fields.Char(
        "SHA-256 of the withdrawal",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "The value of a claim cannot be negative."
    )

    @api.constrains("dispute_id", "party_id")
    def _check_whose(self):
        for claim in self:
            # who takes part, whoever notes the claim
            party, dispute = claim.party_id.sudo(), claim.dispute_id.sudo()
            claiming = dispute._find_claiming()
            if not party and claiming:
                raise claim._refusal(self.env._("say whose it is."), ValidationError)
            if not party:  # whose it is, is not known yet
                continue
            if party.capacity not in CLAIMING:
                raise claim._refusal(
                    self.env._(
                        "“%(party)s” claims nothing in this file. Choose a "
                        "complainant, an heir or an assignee of it.",
                        party=party.display_name,
                    ),
                    ValidationError,
                )

    @api.constrains("remedy_id", "dispute_id")
    def _check_remedy_of_company(self):
        for claim in self:
            company = claim.remedy_id.company_id
            if company and company != claim.company_id:
                raise claim._refusal(
                    self.env._("its remedy is one of another company."),
                    ValidationError,
                )

    # ------------------------------------------------------------
    # Noting, changing
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        claims = super().create(self._with_parties(vals_list))
        claims._check_may_change()
        claims.dispute_id._follow_claims()
        return claims

    @api.model
    def _note(self, vals_list):
        """Note claims whose sum their disputes say already."""
        return super().create(vals_list)  # pylint: disable=super-method-mismatch

    @api.model
    def _with_parties(self, vals_list):
        """Let a claim be of who leads, where nobody is named."""
        disputes = self.env["iso10003.dispute"]
        return [
            {
                "party_id": disputes.browse(vals.get("dispute_id") or ())
                ._find_claiming()
                .filtered("leads")
                .id,
                **vals,
            }
            for vals in vals_list
        ]

    def write(self, vals):
        self._check_may_change()
        self._check_open()
        result = super().write(vals)
        self.dispute_id._follow_claims()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for claim in self:
            raise claim._refusal(
                self.env._(
                    "it stays on record. Press “Withdraw this claim” once there is a "
                    "document that says so."
                )
            )

    def _check_may_change(self):
        """Who leads the dispute notes its claims, while it is open."""
        for dispute in self.dispute_id:
            dispute.check_access("write")
            dispute._check_not_closed({"amount_claimed": dispute.amount_claimed})

    def _check_open(self):
        for claim in self:
            if claim.state != "open":
                raise claim._refusal(
                    self.env._(
                        "it is not open any more (%(state)s) and stays as it is.",
                        state=claim._selection_label("state"),
                    )
                )

    def action_ask_withdrawal(self):
        """Ask for the document by which this claim is withdrawn."""
        self.ensure_one()
        self._check_may_change()
        return self._open_dialog(
            "iso10003.claim.withdraw",
            self.env._("Withdraw this claim"),
            default_claim_id=self.id,
        )

    def action_withdraw(self, reason, document, name=None, date=None):
        """Note that whose claim it is has withdrawn it, by a document.

        :param document: its content, in base64
        :param date: on which it was withdrawn; today when not given
        """
        self.ensure_one()
        self._check_may_change()
        self._check_open()
        if not self._is_said(reason):
            raise self._refusal(self.env._("a reason is needed; it is kept on record."))
        if not document:
            raise self._refusal(
                self.env._("attach the document by which it is withdrawn.")
            )
        self._check_given("withdrawn_date", date)
        day = fields.Date.to_date(date) or self._get_company_day()
        digest = self._digest_document(document)
        self._guarded_write(
            {
                "state": "withdrawn",
                "withdrawn_date": day,
                "withdrawal": document,
                "withdrawal_name": name,
                "withdrawal_sha256": digest,
            }
        )
        self.dispute_id._register_event(
            "claim_withdrawn",
            {
                "claim": self.id,
                "amount": self.dispute_id._write_amount(self.amount, self.currency_id),
                "sha256": digest,
                "date": day.isoformat(),
            },
            reason,
        )
        self.dispute_id._follow_claims()
        return True

    # ------------------------------------------------------------
    # What becomes of it
    # ------------------------------------------------------------

    def _end_with(self, outcome):
        """Let what is still open end as its file does."""
        ended = self.filtered(lambda claim: claim.state == "open")
        ended._guarded_write({"state": flow.CLAIM_ENDS[outcome]})

    def _open_again(self):
        """Let what ended with its file be open again; a document stays."""
        ended = self.filtered(lambda claim: not claim.withdrawal_sha256)
        ended._guarded_write({"state": "open"})

    def _count_in(self, currency):
        """Return the sum of these claims in a currency, each at the rate of its day.

        :raises UserError: when a currency has no rate on that day
        """
        return currency.round(sum(claim._convert_to(currency) for claim in self))

    def _convert_to(self, currency):
        if self.currency_id == currency or not self.amount:
            return self.amount
        dispute = self.dispute_id
        return (
            self.amount
            * dispute._get_rate(self.currency_id, self.date)
            / dispute._get_rate(currency, self.date)
        )

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _get_refused_name(self):
        return self.env._(
            "%(dispute)s, claim “%(claim)s”",
            dispute=self.dispute_id.sudo().name,  # who claims, knows the file
            claim=self.name,
        )
