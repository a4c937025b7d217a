# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class Cost(models.Model):
    """What a file costs, line by line, in whatever currency: time, fees, legal (7.7).

    That of a dispute is noted by who leads it, that of a referral by counsel, with
    whom it is privileged. What is wrong is put right or taken away; the register
    keeps what it was.
    """

    _name = "iso10003.cost"
    _description = "Cost"
    _inherit = [
        "iso10003.file.currency",
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "date desc, id desc"
    _part_event = "cost"
    _part_path = "file_id"
    _money_of = "file_id"

    file_id = fields.Many2one(
        "iso10003.file", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="file_id.company_id", store=True, index=True)
    date = fields.Date(
        required=True,
        default=lambda self: self._get_company_day(),
        sealed=True,
        deed=True,
    )
    kind = fields.Selection(
        [
            ("time", "Time of our people"),
            ("body", "Fee of the provider"),
            ("court", "Court or filing fee"),
            ("lawyer", "Lawyer"),
            ("expert", "Expert"),
            ("translation", "Translation"),
            ("travel", "Travel"),
            ("enforcement", "Enforcement"),
            ("other_side", "Costs of the other side"),
            ("refund", "Refunded to us"),
            ("other", "Other"),
        ],
        required=True,
        default=lambda self: self._default_kind(),
        sealed=True,
    )
    name = fields.Char("What for", required=True, sealed="digest")
    user_id = fields.Many2one(
        "res.users",
        "Who worked",
        domain=[("share", "=", False)],
        ondelete="restrict",
        sealed=True,
        help="Whose time it is.",
    )
    partner_id = fields.Many2one(
        "res.partner", "Paid to", ondelete="restrict", sealed=True
    )
    reference = fields.Char("Number of the invoice", sealed="digest")
    amount = fields.Monetary(
        required=True, help="What was refunded is negative.", sealed=True
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self._default_currency(),
        sealed=True,
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the company"
    )
    company_amount = fields.Monetary(
        "In the company's currency",
        compute="_compute_company_amount",
        store=True,
        currency_field="company_currency_id",
        help="At the rate of the day of the cost.",
    )
    proof = fields.Binary("Receipt or invoice", attachment=True, copy=False, fixed=True)
    proof_name = fields.Char("Name of the file", fixed=True, sealed="digest")
    proof_sha256 = fields.Char(
        "SHA-256 of the proof", readonly=True, copy=False, guarded=True, sealed=True
    )

    _refunds_are_negative = models.Constraint(
        "CHECK ((kind = 'refund' AND amount < 0) OR (kind <> 'refund' AND amount > 0))",
        "A cost is above zero; what was refunded to us is below zero.",
    )

    @api.model
    def _default_kind(self):
        return "time"

    @api.model
    def _get_money(self, holder_id):
        # which money a file is in, is no secret to who adds an amount to it
        file = self.env["iso10003.file"].browse(holder_id or ()).sudo()
        own = not file.privileged and file._get_case() if file else None
        return own.currency_id if own else file.company_id.currency_id

    @api.depends("amount", "currency_id", "date", "company_id.currency_id")
    def _compute_company_amount(self):
        for cost in self:
            company = cost.company_id or self.env.company
            cost.company_amount = cost._get_amount_in(company.currency_id)

    def _get_amount_in(self, currency):
        """Return how much it is in a currency, at the rate of its day."""
        if not self.currency_id:
            return 0
        return self.currency_id._convert(
            self.amount,
            currency,
            self.company_id or self.env.company,
            self.date or fields.Date.context_today(self),
        )

    # ------------------------------------------------------------
    # Noting, changing, taking away
    # ------------------------------------------------------------

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        return [
            {
                "proof_sha256": self._digest_document(
                    vals.get("proof"), vals.get("proof_name")
                )
            }
            for vals in vals_list
        ]

    @api.model_create_multi
    def create(self, vals_list):
        costs = super().create([self._with_place(vals) for vals in vals_list])
        costs._check_may_note()
        return costs

    def write(self, vals):
        self._check_may_note()
        former = self.file_id
        result = super().write(self._with_place(vals))
        if self.file_id - former:
            self._check_may_note()  # where it is now, too
        return result

    def _with_place(self, vals):
        """Return values with all that says of which file they are, in rooms above."""
        return vals

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self._check_may_note()

    def _check_may_note(self):
        """Who leads its case notes what it costs, as long as that case lets them."""
        for cost in self:
            cost._get_registered_file()._check_may_note_cost()

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _get_registered_file(self):
        # the case, with the rights of who asks
        return self.file_id.sudo()._get_case().with_env(self.env)

    def _prepare_part_data(self):
        return {"cost": self.id, "kind": self.kind, "amount": self._seal_amount()}

    def _seal_amount(self):
        return (
            f"{self.amount:.{self.currency_id.decimal_places}f} {self.currency_id.name}"
        )

    def _get_refused_name(self):
        return self.env._(
            "%(file)s, cost “%(what)s”",
            file=self.file_id.sudo().name,  # who notes it knows the file
            what=self.name,
        )
