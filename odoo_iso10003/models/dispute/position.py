# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ...core.story import Fact
from ..mixin.people_date import format_people_number
from .positioned import POSITIONED_IN, STANCES, seal_inside

# who leads or decides may know how far we would go
RANGE_READERS = (
    "odoo_iso10003.group_handler,odoo_iso10003.group_counsel,"
    "odoo_iso10003.group_sponsor"
)
# what a new version begins with
TAKEN_OVER = ("stance", "amount", "reasons", "settle_limit", "range_low", "range_high")


class Position(models.Model):
    """What we answer, claim by claim, with reasons: one version of it (7.4.2).

    It is written, approved by somebody else within the tiers of authority
    (``position_approval.py``), and sent by a letter. From its approval on it does not
    change; a new version replaces it, also while the dispute is being resolved. How
    far we would go is for who leads or decides, and in no letter.
    """

    _name = "iso10003.position"
    _description = "Position"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "dispute_id, version desc"
    _part_event = "position"
    _part_path = "dispute_id"
    _part_begins = "drafted"

    dispute_id = fields.Many2one(
        "iso10003.dispute", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="dispute_id.company_id", store=True)
    version = fields.Integer(readonly=True, copy=False, guarded=True, least=1)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("approved", "Approved"),
            ("sent", "Sent"),
            ("replaced", "Replaced"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        guarded=True,
    )
    author_id = fields.Many2one(
        "res.users",
        "Written by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    writer_ids = fields.Many2many(
        "res.users",
        "iso10003_position_writer_rel",
        "position_id",
        "user_id",
        "Changed by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    # what we answer
    stance = fields.Selection(
        STANCES, "To all claims", sealed="digest", help="Each claim may say otherwise."
    )
    amount = fields.Monetary("Conceded", sealed="digest")
    reasons = fields.Text(
        sealed="digest", help="As the complainant and the provider read them."
    )
    line_ids = fields.One2many("iso10003.position.line", "position_id", "Claims")
    currency_id = fields.Many2one(
        "res.currency",
        readonly=True,
        required=True,
        default=lambda self: self._default_currency(),
        ondelete="restrict",
        guarded=True,
    )
    # how far we would go
    range_low = fields.Monetary(
        "We would settle from",
        groups=RANGE_READERS,
        sealed="digest",
        help="Confidential: in no letter and no printed file.",
    )
    range_high = fields.Monetary("up to", groups=RANGE_READERS, sealed="digest")
    # who speaks for us
    representative_id = fields.Many2one(
        "res.users",
        "Who speaks for us",
        compute="_compute_representative_id",
        store=True,
        readonly=False,
        precompute=True,
        domain=[("share", "=", False)],
        ondelete="restrict",
        sealed=True,
    )
    contact_id = fields.Many2one(
        "res.partner",
        "From outside",
        ondelete="restrict",
        sealed=True,
        help="Who speaks for us where that is nobody of ours, such as a lawyer.",
    )
    settle_limit = fields.Monetary(
        "May settle up to",
        sealed="digest",
        help="By the mandate; within the own tier nobody needs one.",
    )
    mandate = fields.Binary(attachment=True, copy=False)
    mandate_name = fields.Char("Name of the file", sealed="digest")
    mandate_sha256 = fields.Char(
        "SHA-256 of the mandate", readonly=True, copy=False, guarded=True
    )
    reach_id = fields.Many2one(
        "res.users",
        "Reaches, to settle",
        domain=[("share", "=", False)],
        ondelete="restrict",
        sealed=True,
        help="Who decides during talks about what is beyond that.",
    )

    _version_once = models.UniqueIndex(
        "(dispute_id, version)", "A position of this number is there already."
    )
    _one_draft = models.UniqueIndex(
        "(dispute_id) WHERE state = 'draft'",
        "A position is being written already. Reload the page.",
    )
    _one_approved = models.UniqueIndex(
        "(dispute_id) WHERE state = 'approved'",
        "Another position was approved just now. Reload the page.",
    )
    _one_sent = models.UniqueIndex(
        "(dispute_id) WHERE state = 'sent'",
        "Another position was sent just now. Reload the page.",
    )
    _range_rises = models.Constraint(
        "CHECK (COALESCE(range_low, 0) >= 0 "
        "AND COALESCE(range_high, 0) >= COALESCE(range_low, 0))",
        "The lowest amount that we would settle for is no more than the highest.",
    )
    _amounts_not_negative = models.Constraint(
        "CHECK (amount >= 0 AND settle_limit >= 0)", "An amount cannot be negative."
    )

    # ------------------------------------------------------------
    # What it begins with
    # ------------------------------------------------------------

    def _default_currency(self):
        disputes = self.env["iso10003.dispute"]
        dispute = disputes.browse(self.env.context.get("default_dispute_id") or ())
        # which money a file is in, is no secret to who answers in it
        return dispute.sudo().currency_id or self.env.company.currency_id

    @api.depends("version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for position in self:
            position.display_name = self.env._(
                "Position %(version)s",
                version=format_people_number(self.env, position.version or ""),
            )

    def _list_facts(self):
        """Return what a position that was sent tells in the story of its file."""
        return [
            Fact(self.sent_date, self.display_name, self._selection_label("stance"))
        ]

    @api.depends("dispute_id")
    def _compute_representative_id(self):
        for position in self:
            position.representative_id = (
                position.representative_id or position.dispute_id.user_id
            )

    @api.model
    def default_get(self, fields):
        """Begin with each claim that is open, as it was answered before."""
        values = super().default_get(fields)
        if "line_ids" in fields and values.get("dispute_id"):
            dispute = self.env["iso10003.dispute"].browse(values["dispute_id"])
            answered = dispute._find_position("approved", "sent").line_ids
            values["line_ids"] = [
                Command.create(
                    {
                        "claim_id": claim.id,
                        **answered.filtered(
                            lambda line, claim=claim: line.claim_id == claim
                        )._prepare_next(),
                    }
                )
                for claim in dispute._find_open_claims()
            ]
        return values

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        disputes = self.env["iso10003.dispute"].browse(
            vals.get("dispute_id") for vals in vals_list
        )
        return [
            {
                "version": dispute._count_versions(self._name) + 1,
                "author_id": self.env.uid,
                # which money a file is in, is no secret to who answers in it
                "currency_id": dispute.sudo().currency_id.id,
            }
            for dispute in disputes
        ]

    # ------------------------------------------------------------
    # Writing it
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        positions = super().create(vals_list)
        positions._check_may_write()
        for position in positions:
            position._add_missing_claims()
            position.dispute_id._ask_for_approval(position)
        return positions

    def write(self, vals):
        self._check_draft()
        self._check_may_write()
        self._note_writer()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        self._check_draft()
        self._check_may_write()
        for dispute in self.dispute_id:
            dispute._end_position_task()

    def unlink(self):
        self._check_draft()
        self.line_ids.unlink()  # each with its row
        return super().unlink()

    def _check_draft(self):
        for position in self:
            if position.state != "draft":
                raise position._refusal(
                    self.env._(
                        "it is approved, and does not change any more. Write a new "
                        "version; this one stays on record."
                    )
                )

    def _check_may_write(self):
        """Leave positions to who leads the file, while there is something to answer."""
        for position in self:
            position.dispute_id.check_access("write")
        self._check_formed_now()

    def _check_formed_now(self):
        for position in self:
            dispute = position.dispute_id
            if dispute.state not in POSITIONED_IN:
                raise position._refusal(
                    self.env._(
                        "no position is formed in the state “%(state)s”.",
                        state=dispute._selection_label("state", dispute.state),
                    )
                )

    def _note_writer(self):
        """Keep who had a hand in it: they do not approve it."""
        for position in self:
            if self.env.user not in position.writer_ids:
                position._guarded_write({"writer_ids": [Command.link(self.env.uid)]})

    def _get_authors(self):
        return self.author_id | self.writer_ids

    def _add_missing_claims(self):
        """Have a line for each open claim, whoever left one out."""
        claims = self.dispute_id._find_open_claims() - self.line_ids.claim_id
        self.env["iso10003.position.line"].create(
            [{"position_id": self.id, "claim_id": claim.id} for claim in claims]
        )

    # ------------------------------------------------------------
    # A new version
    # ------------------------------------------------------------

    def action_new_version(self):
        """Open a new version that begins with what this one says."""
        self.ensure_one()
        return self.dispute_id.action_take_position()

    def _prepare_next(self):
        """Return the defaults of the version after this one."""
        return {name: self[name] for name in TAKEN_OVER if self[name]}

    # ------------------------------------------------------------
    # Rules, small words
    # ------------------------------------------------------------

    @api.constrains("amount", "stance")
    def _check_amount_of_part(self):
        for position in self:
            if position.amount and position.stance != "in_part":
                raise position._refusal(
                    self.env._(
                        "an amount to concede belongs to “in part”. What is conceded "
                        "whole is what is claimed."
                    ),
                    ValidationError,
                )

    def _seal_field(self, name):
        """Of drafts, and of how far we would go, the register has digests."""
        return seal_inside(self, name) or super()._seal_field(name)

    def _prepare_part_data(self):
        return {"version": self.version}

    def _get_refused_name(self):
        return self.env._(
            "%(dispute)s, position %(version)s",
            dispute=self.dispute_id.sudo().name,  # who answers, knows the file
            version=format_people_number(self.env, self.version),
        )
