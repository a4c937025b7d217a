# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class ReferralProvision(models.Model):
    """What the organization expected to owe at a date: best, likely and worst.

    A snapshot: it never changes, so that it can be compared with what came out.
    """

    _name = "iso10003.referral.provision"
    _description = "Provision for a referral"
    _inherit = ["iso10003.file.currency", "iso10003.guarded"]
    _money_of = "referral_id"
    _order = "referral_id, date desc, id desc"

    referral_id = fields.Many2one(
        "iso10003.referral", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(
        related="referral_id.company_id", store=True, index=True
    )
    date = fields.Date(
        "As of",
        required=True,
        default=fields.Date.context_today,
        fixed=True,
        deed=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Estimated by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        fixed=True,
        default=lambda self: self._default_currency(),
    )
    best = fields.Monetary(required=True, fixed=True)
    likely = fields.Monetary(required=True, fixed=True)
    worst = fields.Monetary(required=True, fixed=True)
    note = fields.Char(fixed=True)
    outcome = fields.Monetary(
        "Came out",
        compute="_compute_outcome",
        help="What we owe by the decision or settlement, in this currency, at the rate "
        "of the day of this snapshot.",
    )
    deviation = fields.Monetary(
        "Off by",
        compute="_compute_outcome",
        help="What came out less what was likely.",
    )

    _in_order = models.Constraint(
        "CHECK (0 <= best AND best <= likely AND likely <= worst)",
        "A provision goes from the best over the likely to the worst, none below zero.",
    )

    @api.depends(
        "referral_id.awarded",
        "referral_id.result",
        "referral_id.settled_date",
        "likely",
        "date",
    )
    def _compute_outcome(self):
        for provision in self:
            referral = provision.referral_id
            known = bool(referral.result or referral.settled_date)
            provision.outcome = (
                referral.currency_id._convert(
                    referral.awarded,
                    provision.currency_id,
                    provision.company_id,
                    provision.date,
                )
                if known and provision.currency_id and provision.date
                else False
            )
            provision.deviation = provision.outcome - provision.likely if known else 0

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        return [{"user_id": self.env.uid} for _vals in vals_list]

    @api.model_create_multi
    def create(self, vals_list):
        provisions = super().create(vals_list)
        for provision in provisions:
            provision.referral_id._register_event(
                "provision",
                {
                    "as_of": provision.date.isoformat(),
                    **{
                        name: provision._seal_amount(provision[name])
                        for name in ("best", "likely", "worst")
                    },
                },
                provision.note,
            )
        return provisions

    def _seal_amount(self, amount):
        return f"{amount:.{self.currency_id.decimal_places}f} {self.currency_id.name}"

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for provision in self:
            raise UserError(
                self.env._(
                    "The provision for %(number)s stays on record: note a new one.",
                    number=provision.referral_id.name,
                )
            )
