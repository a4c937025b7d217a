# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...core import offer as rules
from ...core.result import OURS, THEIRS
from ..dispute.positioned import seal_inside
from ..mixin.people_date import format_people_date, format_people_number
from ..party.party import CHANNELS

# so many days an offer of ours is open, and what it gives is due after it is accepted
OPEN_DAYS, DUE_DAYS = 14, 14


class Offer(models.Model):
    """What one side offers the other to settle the dispute (7.5.1).

    It is without prejudice: both sides read it, and nobody who decides does. Ours is
    written, authorized within the tiers (``offer_approval.py``) and made by its letter;
    theirs is noted as it came, with what shows it. One of each side is live; what
    becomes of it is told by deeds (``offer_course.py``). Accepted so that it binds, it
    makes the result, and what that obliges to.
    """

    _name = "iso10003.offer"
    _description = "Offer"
    _inherit = [
        "iso10003.file.currency",
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
        "iso10003.reminded",
    ]
    _order = "dispute_id, version desc, id desc"
    _money_of = "dispute_id"
    _part_event = "offer"
    _part_path = "dispute_id"

    dispute_id = fields.Many2one(
        "iso10003.dispute", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="dispute_id.company_id", store=True)
    version = fields.Integer("Number", readonly=True, copy=False, guarded=True, least=1)
    side = fields.Selection(
        [(OURS, "Organization"), (THEIRS, "Complainant")],
        "Offer of",
        required=True,
        default=OURS,
        fixed=True,
        sealed=True,
    )
    state = fields.Selection(
        [
            (rules.DRAFT, "Draft"),
            (rules.APPROVED, "Approved"),
            (rules.MADE, "Made"),
            (rules.COUNTERED, "Countered"),
            (rules.BY_WORD, "Accepted by word, confirmation due"),
            (rules.CONTESTED, "Acceptance contested"),
            (rules.ACCEPTED, "Accepted"),
            (rules.REJECTED, "Rejected"),
            (rules.LAPSED, "Lapsed"),
            (rules.WITHDRAWN, "Withdrawn"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=rules.DRAFT,
        index=True,
        guarded=True,
        sealed=True,
    )
    proceeding_id = fields.Many2one(
        "iso10003.proceeding",
        "In the proceeding",
        index="btree_not_null",
        ondelete="restrict",
        sealed=True,
        help="In which it is made; none where both sides talk by themselves.",
    )
    former_id = fields.Many2one(
        "iso10003.offer",
        "Answers the offer",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        sealed=True,
        help="The offer of the other side that it answers, which is countered by it.",
    )
    # what is offered
    terms = fields.Text(
        sealed="digest", help="What each side does; the letter says it word by word."
    )
    claim_ids = fields.Many2many(
        "iso10003.claim",
        "iso10003_offer_claim_rel",
        "offer_id",
        "claim_id",
        "Settles these claims",
        compute="_compute_claim_ids",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        sealed=True,
    )
    amount = fields.Monetary(
        "What we would give",
        sealed="digest",
        help="What we would pay, concede or give up; zero where nothing of that.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self._default_currency(),
        ondelete="restrict",
        sealed=True,
    )
    due_days = fields.Integer(
        "To be given within days",
        default=DUE_DAYS,
        sealed=True,
        least=0,
        most=3650,
        aggregator=None,
        help="So many days after it was accepted, so that it binds.",
    )
    expires = fields.Date(
        "Open until",
        default=lambda self: self._get_company_day() + relativedelta(days=OPEN_DAYS),
        sealed=True,
        help="The last day on which it can be accepted in time; after it, it lapses.",
    )
    # how it was made
    date = fields.Date("Made on", deed=True, sealed=True, copy=False)
    channel = fields.Selection(CHANNELS, "How it was made", sealed=True, copy=False)
    party_id = fields.Many2one(
        "iso10003.party",
        "Said by",
        index="btree_not_null",
        ondelete="restrict",
        sealed=True,
        copy=False,
        help="Who made it for the complainant.",
    )
    proof = fields.Binary(
        "What shows it", attachment=True, copy=False, help="The mail, or the paper."
    )
    proof_name = fields.Char("Name of the file", sealed="digest", copy=False)
    mail_id = fields.Many2one(
        "mail.message",
        "The mail",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
        copy=False,
        help="A mail of theirs on this file that shows it; it is kept as a file.",
    )
    mail_ids = fields.Many2many(
        "mail.message", string="Mails of theirs", compute="_compute_mail_ids"
    )
    proof_sha256 = fields.Char(
        "SHA-256 of what shows it",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )
    letter_id = fields.Many2one(
        "iso10003.letter",
        "Made by",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    author_id = fields.Many2one(
        "res.users",
        "Noted by",
        readonly=True,
        copy=False,
        guarded=True,
        ondelete="restrict",
    )
    result_id = fields.Many2one(
        "iso10003.result",
        "Made this result",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    _one_live = models.UniqueIndex(
        "(dispute_id, side) WHERE state = 'made'",
        "There is a live offer of this side already. Reload the page.",
    )
    _one_to_make = models.UniqueIndex(
        "(dispute_id) WHERE state = 'approved'",
        "An offer of ours is approved and to be sent already. Reload the page.",
    )
    _one_pending = models.UniqueIndex(
        "(dispute_id) WHERE state IN ('by_word', 'contested')",
        "Another offer was accepted by word just now. Reload the page.",
    )
    _version_once = models.UniqueIndex(
        "(dispute_id, version)", "An offer of this number is there already."
    )
    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "What we would give cannot be negative."
    )
    _made_on_a_day = models.Constraint(
        "CHECK (date IS NOT NULL OR state IN ('draft', 'approved', 'withdrawn'))",
        "An offer that was made has its day.",
    )

    # ------------------------------------------------------------
    # What it begins with
    # ------------------------------------------------------------

    @api.depends("side", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for offer in self:
            offer.display_name = self.env._(
                "Offer %(number)s, %(side)s",
                number=format_people_number(self.env, offer.version or ""),
                side=offer._selection_label("side"),
            )

    @api.depends("dispute_id", "side")
    def _compute_mail_ids(self):
        for offer in self:
            noted = offer.side == THEIRS and not offer._origin and offer.dispute_id
            offer.mail_ids = noted._find_their_mails() if noted else False

    @api.onchange("mail_id")
    def _onchange_mail_id(self):
        """What a mail offers came on its day, by its way, from who wrote it."""
        if mail := self.mail_id:
            self.update(self.dispute_id._prepare_said_by(mail))
            self.party_id = self.dispute_id._find_party_of(mail) or self.party_id

    @api.depends("dispute_id")
    def _compute_claim_ids(self):
        for offer in self:
            offer.claim_ids = offer.dispute_id._find_open_claims()

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        prepared, given = [], {}
        for vals in vals_list:
            # whose it is decides, also where a default says it
            vals = {**self.default_get(["dispute_id"]), **vals}
            dispute = self.dispute_id.browse(vals.get("dispute_id") or ())
            last = given.get(dispute) or dispute._count_versions(self._name)
            given[dispute] = last + 1
            prepared.append(
                {
                    "version": last + 1,
                    "author_id": self.env.uid,
                    "proof_sha256": self._digest_document(
                        vals.get("proof"), vals.get("proof_name")
                    ),
                }
            )
        return prepared

    # ------------------------------------------------------------
    # What cannot be true
    # ------------------------------------------------------------

    @api.constrains("expires", "date", "side", "state")
    def _check_days(self):
        for offer in self.filtered(lambda one: one.side == OURS and one.date):
            if offer.state in (rules.DRAFT, rules.APPROVED):
                raise offer._refusal(
                    self.env._("ours has its day once its letter went."),
                    ValidationError,
                )
        for offer in self.filtered("date"):
            if offer.side == OURS and offer.expires and offer.expires < offer.date:
                raise offer._refusal(
                    self.env._(
                        "it cannot be open until %(day)s, before it was made.",
                        day=format_people_date(self.env, offer.expires, "short"),
                    ),
                    ValidationError,
                )

    @api.constrains("former_id", "side")
    def _check_answers_other_side(self):
        for offer in self.filtered("former_id"):
            if offer.former_id.side == offer.side or offer._has_cycle("former_id"):
                raise offer._refusal(
                    self.env._("an offer answers one of the other side."),
                    ValidationError,
                )

    # ------------------------------------------------------------
    # Writing it
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        offers = super().create([self._prepare_shown(vals) for vals in vals_list])
        offers._check_may_note()
        for offer in offers.filtered(lambda one: one.side == THEIRS):
            offer._check_noted()
            offer._be_made(offer.date)  # by being said
        return offers

    @api.model
    def _prepare_shown(self, vals):
        """Let the mail that shows an offer be its proof, where nothing else is."""
        vals = {**self.default_get(["dispute_id"]), **vals}
        if not vals.get("mail_id"):
            return vals
        dispute = self.dispute_id.browse(vals.get("dispute_id") or ())
        mail = self.env["mail.message"].browse(vals["mail_id"])
        dispute._check_their_mail(mail)
        if vals.get("proof"):
            return vals
        proof, name = dispute._make_proof_of(mail)
        return {**vals, "proof": proof, "proof_name": name}

    def action_show_made(self, proof=None, proof_name=None, mail_id=None):
        """Put on file what shows that they made it, where nothing did until then.

        :param mail_id: a mail of theirs on the file, in the place of a paper
        """
        self.ensure_one()
        self._check_may_note()  # and waits in line
        self.invalidate_recordset()
        if self.side != THEIRS or self.proof_sha256:
            raise self._refusal(self.env._("what shows it is on file already."))
        if mail_id:
            mail = self.env["mail.message"].browse(mail_id)
            proof, proof_name = self.dispute_id._make_proof_of(mail)
        digest = self._digest_document(proof, proof_name)
        if not digest:
            raise self._refusal(self.env._("attach what shows it, or choose the mail."))
        self._guarded_write(
            {
                "proof": proof,
                "proof_name": proof_name,
                "proof_sha256": digest,
                "mail_id": mail_id,
            }
        )
        self._register_deed("shown", sha256=digest)
        return True

    def write(self, vals):
        self._check_draft()
        self._check_may_note()
        digest = {"proof_sha256": self._digest_document(vals.get("proof"))}
        result = super().write(vals)
        if "proof" in vals:
            self._guarded_write(digest)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for offer in self:
            raise offer._refusal(self.env._("it stays on record. Withdraw it."))

    def copy_data(self, default=None):
        for offer in self:
            raise offer._refusal(
                self.env._("an offer is made once. Make a new one in its place.")
            )
        return []

    def _check_draft(self):
        for offer in self:
            if offer.state != rules.DRAFT:
                raise offer._refusal(
                    self.env._(
                        "it is “%(state)s”, and what it says does not change any "
                        "more. Withdraw it, or make a new one.",
                        state=offer._selection_label("state"),
                    )
                )

    def _check_may_note(self):
        """Who leads the file makes and notes offers, while it is open."""
        for dispute in self.dispute_id:
            dispute._check_may_record_result()

    def _check_noted(self):
        """Refuse an offer of theirs that does not say what, when and how."""
        if not self._is_said(self.terms):
            raise self._refusal(self.env._("say what is offered."))
        if not (self.channel and self.date):
            raise self._refusal(self.env._("say on which day and how it was made."))

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _seal_field(self, name):
        """What is offered stays inside: the register has digests."""
        return seal_inside(self, name) or super()._seal_field(name)

    def _prepare_part_data(self):
        return {"number": self.version, "side": self.side}

    def _register_deed(self, deed, reason=None, **data):
        self._is_said(reason)  # or it cannot be kept
        self.dispute_id._register_event(
            "offer_deed",
            {"offer": self.id, "number": self.version, "deed": deed, **data},
            reason,
        )

    def _get_refused_name(self):
        return self.env._(
            "%(dispute)s, %(offer)s",
            dispute=self.dispute_id.sudo().name,  # who notes it knows the file
            offer=self.display_name,
        )
