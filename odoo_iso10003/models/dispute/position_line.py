# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import clean_context

from .positioned import STANCES, seal_inside


class PositionLine(models.Model):
    """What a position answers to one claim, with reasons (7.4.2).

    It begins with what is said of all claims at once, and is frozen with its position.
    """

    _name = "iso10003.position.line"
    _description = "Stance on a claim"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "position_id, id"
    _rec_name = "claim_id"
    _part_event = "position"
    _part_path = "position_id"

    position_id = fields.Many2one(
        "iso10003.position", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="position_id.company_id", store=True)
    claim_id = fields.Many2one(
        "iso10003.claim",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    claimed = fields.Monetary("Claimed", related="claim_id.amount")
    currency_id = fields.Many2one(related="claim_id.currency_id")
    stance = fields.Selection(
        STANCES,
        compute="_compute_stance",
        store=True,
        readonly=False,
        precompute=True,
        sealed="digest",
    )
    amount = fields.Monetary(
        "Conceded",
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        sealed="digest",
        help="What we concede of it, where that is a part.",
    )
    reasons = fields.Text(
        "Reasons of its own",
        sealed="digest",
        help="Where they differ from those for all claims.",
    )

    _claim_once = models.UniqueIndex(
        "(position_id, claim_id)", "A position answers a claim once."
    )
    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "What we concede cannot be negative."
    )

    @api.model
    def default_get(self, fields):
        # what the dialog of the position begins with is no default of its lines; what a
        # line itself leads to is kept, and refused to whoever may not read it
        links = {
            key: self.env.context[key]
            for key in ("default_position_id", "default_claim_id")
            if key in self.env.context
        }
        begun = {**clean_context(self.env.context), **links}
        # nothing else of the dialog is left, so all of it is set anew
        lines = self.with_context(begun)  # pylint: disable=context-overridden
        return super(PositionLine, lines).default_get(fields)

    @api.depends("position_id.stance")
    def _compute_stance(self):
        for line in self:
            line.stance = line.position_id.stance or line.stance

    @api.depends("position_id.amount", "stance", "claim_id.amount")
    def _compute_amount(self):
        """Concede the whole, the part that was said of the one claim, or nothing."""
        for line in self:
            if line._is_frozen():
                line.amount = line.amount
            elif line.stance == "concede":
                line.amount = line.claim_id.amount
            elif line.stance == "in_part" and len(line.position_id.line_ids) <= 1:
                line.amount = line.position_id.amount or line.amount
            else:
                line.amount = line.amount if line.stance == "in_part" else 0

    @api.constrains("stance", "amount")
    def _check_part(self):
        for line in self:
            claimed = line.claim_id.amount
            if line.stance == "in_part" and claimed and line.amount > claimed:
                raise line._refusal(
                    self.env._(
                        "a part of %(claimed)s cannot be %(amount)s.",
                        claimed=line._tell(claimed),
                        amount=line._tell(line.amount),
                    ),
                    ValidationError,
                )

    # ------------------------------------------------------------
    # Writing it, while its position is written
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.position_id._check_draft()
        lines.position_id._check_may_write()
        lines.position_id._note_writer()
        return lines

    def write(self, vals):
        self.position_id._check_draft()
        self.position_id._check_may_write()
        self.position_id._note_writer()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_of_drafts_only(self):
        self.position_id._check_draft()
        self.position_id._check_may_write()
        self.position_id._note_writer()

    def _prepare_next(self):
        """Return what the line of a new version begins with."""
        names = ("stance", "amount", "reasons")
        return {name: self[name] for name in names if self and self[name]}

    def _is_frozen(self):
        return self.position_id.state != "draft"

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _get_registered_file(self):
        return self.position_id.dispute_id

    def _seal_field(self, name):
        """Of drafts, the register has digests."""
        return seal_inside(self, name) or super()._seal_field(name)

    def _prepare_part_data(self):
        return {"version": self.position_id.version, "claim": self.claim_id.id}

    def _tell(self, amount):
        return self.position_id.dispute_id._tell_amount(amount, self.currency_id)

    def _tell_stance(self):
        """Return what we answer to the claim, as a letter has it."""
        claim = self.claim_id
        words = {
            "concede": self.env._("we concede"),
            "in_part": self.env._(
                "we concede a part: %(amount)s", amount=self._tell(self.amount)
            ),
            "contest": self.env._("we contest"),
        }
        # what is conceded is what was approved, whatever is claimed by now
        amount = self.amount if self.stance == "concede" else claim.amount
        worth = f" ({self._tell(amount)})" if amount else ""
        said = f"{claim.name}{worth}: {words.get(self.stance, '')}"
        return f"{said}. {self.reasons}" if self.reasons else said

    def _get_refused_name(self):
        return self.env._(
            "%(position)s, claim “%(claim)s”",
            position=self.position_id._get_refused_name(),
            claim=self.claim_id.sudo().name,  # of a file that they answer in
        )
