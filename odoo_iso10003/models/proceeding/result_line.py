# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import clean_context, float_repr

from .result import VERDICTS

# what is given beside what was claimed
BESIDE = ("costs", "fine")
GIVING = ("granted", "part")


class ResultLine(models.Model):
    """What a result says of one claim, or gives beside the claims, under one head.

    Made with its result, and never changed. A claim may have several: its principal,
    interest on it, its costs.
    """

    _name = "iso10003.result.line"
    _description = "Line of a result"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "result_id, id"
    _rec_name = "claim_id"
    _part_event = "result"
    _part_path = "dispute_id"

    result_id = fields.Many2one(
        "iso10003.result",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    dispute_id = fields.Many2one(
        related="result_id.dispute_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="result_id.company_id", store=True)
    claim_id = fields.Many2one(
        "iso10003.claim",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    claimed = fields.Monetary(
        "Claimed", related="claim_id.amount", currency_field="claimed_currency_id"
    )
    claimed_currency_id = fields.Many2one(
        related="claim_id.currency_id", string="Currency of the claim"
    )
    head = fields.Selection(
        [
            ("principal", "Principal"),
            ("interest", "Interest"),
            ("costs", "Costs"),
            ("fine", "Fine to the State"),
        ],
        required=True,
        default="principal",
        fixed=True,
        sealed=True,
    )
    verdict = fields.Selection(
        VERDICTS, required=True, default="granted", fixed=True, sealed=True
    )
    amount = fields.Monetary("Given", fixed=True, sealed=True)
    currency_id = fields.Many2one(related="result_id.currency_id")

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "What a line gives cannot be negative."
    )
    _once = models.UniqueIndex(
        "(result_id, COALESCE(claim_id, 0), head)",
        "A result says one thing of a claim under one head.",
    )
    _of_a_claim = models.Constraint(
        "CHECK (claim_id IS NOT NULL OR head IN ('costs', 'fine'))",
        "Choose the claim. Only costs and a fine are given beside the claims.",
    )
    _refused_gives_nothing = models.Constraint(
        "CHECK (COALESCE(amount, 0) = 0 OR verdict IN ('granted', 'part'))",
        "What is refused, or not decided, gives nothing.",
    )

    @api.model
    def default_get(self, fields):
        # what the dialog of the result begins with is no default of its lines; what a
        # line itself leads to is kept, and refused to whoever may not read it
        links = {
            key: self.env.context[key]
            for key in ("default_result_id", "default_claim_id")
            if key in self.env.context
        }
        begun = {**clean_context(self.env.context), **links}
        # nothing else of the dialog is left, so all of it is set anew
        lines = self.with_context(begun)  # pylint: disable=context-overridden
        return super(ResultLine, lines).default_get(fields)

    @api.constrains("claim_id", "result_id", "verdict")
    def _check_claim(self):
        for line in self.filtered("claim_id"):
            claim = line.claim_id
            if claim.state == "withdrawn" and line.verdict in GIVING:
                raise line._refusal(
                    self.env._(
                        "this claim was withdrawn, and nobody can grant it. Leave it "
                        "out, or say that it was not decided."
                    ),
                    ValidationError,
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for line in lines:
            if line.result_id.digest:
                raise line._refusal(
                    self.env._("its result is on record, and stays as it is.")
                )
        return lines

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for line in self:
            raise line._refusal(
                self.env._("its result is on record, and stays as it is.")
            )

    def _list_texts(self):
        """Return each line as the digest of its result has it."""
        return [
            f"{line.claim_id.id}|{line.head}|{line.verdict}|"
            f"{float_repr(line.amount, line.currency_id.decimal_places)}"
            for line in self.sorted("id")
        ]

    def _get_refused_name(self):
        return self.env._(
            "%(result)s, “%(claim)s”",
            result=self.result_id.display_name,
            claim=self.claim_id.name or self._selection_label("head"),
        )
