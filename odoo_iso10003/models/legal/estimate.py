# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class ReferralEstimate(models.Model):
    """The settle-or-litigate sheet: what each way costs, takes and promises.

    All is a range. The sheet is frozen when a decision is taken on it, so that one
    can see later what was known then; the next decision takes a new sheet.
    """

    _name = "iso10003.referral.estimate"
    _description = "Settle-or-litigate sheet"
    _inherit = [
        "iso10003.referral.authored",
        "iso10003.guarded",
        "iso10003.registered.part",
    ]
    _part_event = "sheet"
    _order = "referral_id, id desc"

    referral_id = fields.Many2one(
        "iso10003.referral", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(
        related="referral_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="referral_id.currency_id")
    date = fields.Date(
        "As of",
        required=True,
        default=fields.Date.context_today,
        deed=True,
        sealed=True,
    )
    # to litigate
    chance_low = fields.Float("Chance to win, at least (%)", required=True, sealed=True)
    chance_high = fields.Float("Chance to win, at most (%)", required=True, sealed=True)
    stake_low = fields.Monetary(
        "At stake, at least", help="What we pay if we lose, or do not get.", sealed=True
    )
    stake_high = fields.Monetary("At stake, at most", sealed=True)
    cost_low = fields.Monetary("Own costs, at least", sealed=True)
    cost_high = fields.Monetary("Own costs, at most", sealed=True)
    months_low = fields.Float(
        "Duration in months, at least", digits=(6, 1), least=0, most=600, sealed=True
    )
    months_high = fields.Float(
        "Duration in months, at most", digits=(6, 1), least=0, most=600, sealed=True
    )
    # to settle
    settle_low = fields.Monetary("Settlement costs us, at least", sealed=True)
    settle_high = fields.Monetary("Settlement costs us, at most", sealed=True)
    # what follows
    litigate_best = fields.Monetary(
        "Litigating, at best", compute="_compute_litigate", store=True
    )
    litigate_worst = fields.Monetary(
        "Litigating, at worst", compute="_compute_litigate", store=True
    )
    verdict = fields.Selection(
        [
            ("settle", "Settling is cheaper"),
            ("litigate", "Litigating is cheaper"),
            ("open", "The ranges overlap: a judgement"),
        ],
        "The figures say",
        compute="_compute_litigate",
        store=True,
    )
    note = fields.Text("What the figures do not say", sealed="digest")
    # frozen
    decision = fields.Selection(
        [
            ("approve", "Approval"),
            ("review", "Review"),
            ("appeal", "Right of appeal"),
            ("settle", "Settlement"),
            ("withdraw", "Withdrawal"),
        ],
        "Frozen for",
        readonly=True,
        copy=False,
        guarded=True,
    )
    frozen_date = fields.Datetime("Frozen on", readonly=True, copy=False, guarded=True)
    frozen_by_id = fields.Many2one(
        "res.users",
        "Decided by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )

    _chances = models.Constraint(
        "CHECK (0 <= chance_low AND chance_low <= chance_high AND chance_high <= 100)",
        "The chance to win is a range between 0 and 100 %.",
    )
    _ranges = models.Constraint(
        "CHECK (0 <= stake_low AND stake_low <= stake_high "
        "AND 0 <= cost_low AND cost_low <= cost_high "
        "AND 0 <= months_low AND months_low <= months_high "
        "AND 0 <= settle_low AND settle_low <= settle_high)",
        "Each range of the sheet goes from a lower to a higher value, none below zero.",
    )
    _one_open = models.UniqueIndex(
        "(referral_id) WHERE frozen_date IS NULL",
        "This referral has an open settle-or-litigate sheet: change that one.",
    )

    @api.depends(
        "chance_low",
        "chance_high",
        "stake_low",
        "stake_high",
        "cost_low",
        "cost_high",
        "settle_low",
        "settle_high",
    )
    def _compute_litigate(self):
        for sheet in self:
            sheet.litigate_best = (
                sheet.cost_low + sheet.stake_low * (100 - sheet.chance_high) / 100
            )
            sheet.litigate_worst = (
                sheet.cost_high + sheet.stake_high * (100 - sheet.chance_low) / 100
            )
            if sheet.settle_high < sheet.litigate_best:
                sheet.verdict = "settle"
            elif sheet.litigate_worst < sheet.settle_low:
                sheet.verdict = "litigate"
            else:
                sheet.verdict = "open"

    @api.depends("referral_id", "date", "decision")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = " · ".join(
                part for part in (sheet.referral_id.name, str(sheet.date or "")) if part
            )

    def write(self, vals):
        self._check_not_frozen()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        self._check_not_frozen()

    def _check_not_frozen(self):
        for sheet in self:
            if sheet.frozen_date:
                raise UserError(
                    self.env._(
                        "The settle-or-litigate sheet of %(number)s was decided on "
                        "and does not change any more. Make a new one.",
                        number=sheet.referral_id.name,
                    )
                )

    def _freeze(self, decision):
        self._guarded_write(
            {
                "decision": decision,
                "frozen_date": fields.Datetime.now(),
                "frozen_by_id": self.env.uid,
            }
        )
        for sheet in self:
            sheet.referral_id._register_event("estimate", sheet._prepare_sealed())

    def _prepare_part_data(self):
        return {"sheet": self.id, "verdict": self.verdict}

    def _prepare_sealed(self):
        """Return all figures of the sheet as decimal strings."""
        names = [
            name
            for name, field in self._fields.items()
            if field.type in ("float", "monetary")
        ]
        return {
            "decision": self.decision,
            "verdict": self.verdict,
            "currency": self.currency_id.name,
            **{name: f"{self[name]:.2f}" for name in names},
        }
