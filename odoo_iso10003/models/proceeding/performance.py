# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...core.story import Fact
from ..mixin.people_amount import format_people_amount

# what is no payment of what is owed wants that somebody agreed, or ruled so
AGREED = ("set_off",)


class Performance(models.Model):
    """What was done of an obligation, on which day, by which means, with proof (7.6).

    It is recorded as it happened, and stays: what is odd about it is kept beside it.
    Money that moves provisionally counts once that is final; what came back is
    reversed, by a deed with a reason.
    """

    _name = "iso10003.performance"
    _description = "Performance"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "date, id"
    _rec_names_search = ["obligation_id.name", "reference"]
    _part_event = "performance"
    _part_path = "file_id"

    obligation_id = fields.Many2one(
        "iso10003.obligation",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    file_id = fields.Many2one(
        related="obligation_id.file_id",
        store=True,
        index=True,
        ondelete="restrict",
        precompute=True,
    )
    company_id = fields.Many2one(related="file_id.company_id", store=True)
    date = fields.Date(
        "Done on",
        required=True,
        default=lambda self: self._get_company_day(),
        deed=True,
        fixed=True,
        sealed=True,
    )
    means = fields.Selection(
        [
            ("payment", "Payment"),
            ("set_off", "Set-off"),
            ("credit_note", "Credit note"),
            ("goods", "Goods"),
            ("act", "Act"),
            ("deposit", "Deposit with the court"),
        ],
        "By which means",
        required=True,
        default="payment",
        fixed=True,
        sealed=True,
    )
    gross = fields.Monetary(
        "Amount", fixed=True, sealed=True, help="Before tax is withheld."
    )
    tax = fields.Monetary("Tax withheld", fixed=True, sealed=True)
    net = fields.Monetary(compute="_compute_net", store=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self._default_currency(),
        fixed=True,
        sealed=True,
    )
    # another currency than what is owed
    rate = fields.Float(
        digits=(16, 6),
        aggregator=None,
        least=0,
        most=1e9,
        fixed=True,
        sealed=True,
        help="How much of the currency of what is owed one of this currency is. Our "
        "own rate of the day, where none is given.",
    )
    rate_date = fields.Date("Rate of", fixed=True, sealed=True, deed=True)
    rate_source = fields.Char("Source of the rate", fixed=True, sealed="digest")
    owed_currency_id = fields.Many2one(
        related="obligation_id.currency_id", string="Currency of what is owed"
    )
    counted = fields.Monetary(
        "In the currency of what is owed",
        compute="_compute_counted",
        store=True,
        currency_field="owed_currency_id",
    )
    in_full = fields.Boolean(
        "Taken as all of it",
        fixed=True,
        sealed=True,
        help="It was agreed that nothing more is owed, whatever it is worth.",
    )
    paid_to_id = fields.Many2one(
        "res.partner",
        "Done to somebody else",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    agreement = fields.Char(
        "Agreed or ruled where",
        fixed=True,
        sealed="digest",
        help="Wanted for a set-off, for what goes to somebody else, and for what is "
        "taken as all of it.",
    )
    reference = fields.Char(fixed=True, sealed="digest")
    proof = fields.Binary(attachment=True, copy=False, fixed=True)
    proof_name = fields.Char("Name of the file", fixed=True, sealed="digest")
    proof_sha256 = fields.Char(
        "SHA-256 of the proof", readonly=True, copy=False, guarded=True, sealed=True
    )
    proven = fields.Boolean(compute="_compute_proven", store=True)
    # whether it holds
    provisional = fields.Boolean(
        sealed=True,
        fixed=True,
        help="It may be taken back still, and counts once it is final.",
    )
    final_date = fields.Date(
        "Final on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    reversed_date = fields.Date(
        "Reversed on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    counts = fields.Boolean(compute="_compute_counts", store=True)
    remarks = fields.Text("What is odd about it", compute="_compute_remarks")

    _not_negative = models.Constraint(
        "CHECK (gross >= 0 AND tax >= 0 AND tax <= gross)",
        "Amounts are not negative, and no more tax is withheld than there is.",
    )

    # ------------------------------------------------------------
    # What follows from it
    # ------------------------------------------------------------

    @api.depends("obligation_id", "date")
    def _compute_display_name(self):
        for done in self:
            done.display_name = done.obligation_id.display_name

    def _list_facts(self):
        """Return what was done, and that it counts no more where it was reversed."""
        told = self._selection_label("means")
        if self.gross:
            amount = format_people_amount(self.env, self.gross, self.currency_id)
            told = f"{told}: {amount}"
        facts = [Fact(self.date, self.display_name, told)]
        if self.reversed_date:
            back = self.fields_get(["reversed_date"])["reversed_date"]["string"]
            facts.append(Fact(self.reversed_date, self.display_name, back))
        return facts

    @api.depends("gross", "tax")
    def _compute_net(self):
        for done in self:
            done.net = done.gross - done.tax

    @api.depends("gross", "rate", "currency_id", "obligation_id.currency_id")
    def _compute_counted(self):
        for done in self:
            owed = done.obligation_id.currency_id
            same = owed == done.currency_id
            counted = done.gross if same else done.gross * done.rate
            done.counted = owed.round(counted) if owed else counted

    @api.depends("proof_sha256")
    def _compute_proven(self):
        for done in self:
            done.proven = bool(done.proof_sha256)

    @api.depends("provisional", "final_date", "reversed_date")
    def _compute_counts(self):
        for done in self:
            pending = done.provisional and not done.final_date
            done.counts = not pending and not done.reversed_date

    @api.depends("counts", "proven", "rate", "currency_id")
    @api.depends_context("lang")
    def _compute_remarks(self):
        for done in self:
            done.remarks = "\n".join(done._list_remarks())

    def _list_remarks(self):
        """Return what is odd about it, in the reader's words."""
        told = []
        if self.reversed_date:
            told.append(self.env._("It was reversed, and does not count."))
        elif not self.counts:
            told.append(self.env._("It is provisional, and does not count yet."))
        if self.currency_id != self.owed_currency_id:
            told.append(
                self.env._("It was done in another currency than what is owed.")
                if self.rate
                else self.env._(
                    "It was done in another currency, of which no rate is known: "
                    "reverse it, and note it again with a rate."
                )
            )
        if not self.proven:
            told.append(self.env._("Nothing proves it yet: attach what does."))
        return told

    # ------------------------------------------------------------
    # What cannot be true
    # ------------------------------------------------------------

    @api.constrains("means", "in_full", "paid_to_id", "agreement")
    def _check_agreed(self):
        for done in self:
            wants = done.means in AGREED or done.in_full or done.paid_to_id
            if wants and not (done.agreement or "").strip():
                raise done._refusal(
                    self.env._(
                        "say where that was agreed or ruled: a set-off, what goes to "
                        "somebody else, and what is taken as all of it rest on that."
                    ),
                    ValidationError,
                )

    @api.constrains("obligation_id", "gross", "in_full")
    def _check_does_something(self):
        for done in self:
            owed = done.obligation_id
            if owed.amount and not done.gross and not done.in_full:
                raise done._refusal(
                    self.env._("a sum is owed: say how much of it this is."),
                    ValidationError,
                )
            if owed.part_ids:
                raise done._refusal(
                    self.env._("it is paid in instalments: note it at one of these."),
                    ValidationError,
                )
            if owed.ruling in ("waived", "replaced"):
                raise done._refusal(
                    self.env._("nobody owes this any more."), ValidationError
                )

    # ------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------

    def _default_currency(self):
        owed = self.env["iso10003.obligation"].browse(
            self.env.context.get("default_obligation_id") or ()
        )
        # which money is owed in, is no secret to who notes what was paid
        return owed.sudo().currency_id or self.env.company.currency_id

    @api.model_create_multi
    def create(self, vals_list):
        performances = super().create(
            [self._with_rate(self._with_currency(vals)) for vals in vals_list]
        )
        for done in performances:
            done._check_may_record()
        performances.obligation_id._follow_performed()
        return performances

    @api.model
    def _note(self, vals_list):
        """Note what was done with what ended its file, whoever ended that."""
        return super().create(vals_list)  # pylint: disable=super-method-mismatch

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

    @api.model
    def _with_currency(self, vals):
        if vals.get("currency_id"):
            return vals
        owed = self.env["iso10003.obligation"].browse(vals.get("obligation_id") or ())
        # as in _default_currency
        currency = owed.sudo().currency_id or self._default_currency()
        return {**vals, "currency_id": currency.id}

    @api.model
    def _with_rate(self, vals):
        """Take our own rate of the day, where another currency comes without one."""
        # as in _default_currency
        owed = self.env["iso10003.obligation"].browse(vals.get("obligation_id") or ())
        owed = owed.sudo()
        paid = self.env["res.currency"].browse(vals["currency_id"])
        if not owed or paid == owed.currency_id or vals.get("rate"):
            return vals
        day = fields.Date.to_date(vals.get("date")) or self._get_company_day()
        rates = self.env["res.currency.rate"].sudo()  # a rate is no secret
        company = owed.company_id
        for currency in (paid | owed.currency_id) - company.currency_id:
            if not rates.search_count(
                [
                    ("currency_id", "=", currency.id),
                    ("name", "<=", day),
                    ("company_id", "in", [False, company.root_id.id]),
                ],
                limit=1,
            ):
                return vals
        rate = paid._get_conversion_rate(paid, owed.currency_id, company, day)
        return {
            **vals,
            "rate": rate,
            "rate_date": day,
            "rate_source": self.env._("Our own rates"),
        }

    def _check_may_record(self):
        """Who leads the case records what was done, of what is watched after it too."""
        self._get_registered_file()._check_may_oblige(self.obligation_id)

    def action_add_proof(self, document, name=None):
        """Attach what proves it, once.

        :param document: its content, in base64
        """
        self.ensure_one()
        self._check_may_record()
        if self.proof_sha256:
            raise self._refusal(self.env._("its proof is on file, and stays."))
        if not document:
            raise self._refusal(self.env._("attach what proves it."))
        self._guarded_write(
            {
                "proof": document,
                "proof_name": name,
                "proof_sha256": self._digest_document(document, name),
            }
        )
        self.obligation_id._follow_performed()
        return True

    def action_make_final(self, date=None):
        """Say that what was provisional stands."""
        self.ensure_one()
        self._check_may_record()
        if self.counts or self.reversed_date:
            raise self._refusal(self.env._("it is not provisional."))
        self._check_given("final_date", date)
        day = fields.Date.to_date(date) or self._get_company_day()
        self._guarded_write({"final_date": day})
        self.obligation_id._follow_performed()
        return True

    def action_reverse(self, reason, date=None):
        """Say that it came back, or was noted by mistake.

        :param reason: why; kept in the register
        """
        self.ensure_one()
        self._check_may_record()
        if self.reversed_date:
            raise self._refusal(self.env._("it was reversed already."))
        if not self._is_said(reason):
            raise self._refusal(self.env._("a reason is needed; it is kept on record."))
        self._check_given("reversed_date", date)
        day = fields.Date.to_date(date) or self._get_company_day()
        self._guarded_write({"reversed_date": day})
        self._get_registered_file()._register_event(
            "performance_reversed",
            {"performance": self.id, "date": day.isoformat()},
            reason,
        )
        self.obligation_id._follow_performed()
        return True

    def action_ask(self, question=None):
        """Open the dialog of a deed."""
        self.ensure_one()
        self._check_may_record()
        return self._open_dialog(
            "iso10003.obligation.step",
            self.env._("Performance"),
            default_question=question,
            default_obligation_id=self.obligation_id.id,
            default_performance_id=self.id,
        )

    def action_confirm(self):
        """Close the dialog; the performance was recorded when it was saved."""
        self.ensure_one()
        case = self._get_registered_file()
        if self.env.context.get("leads_on"):
            case._lead_on()
        return {"type": "ir.actions.act_window_close"}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for done in self:
            raise done._refusal(
                self.env._("it stays on record. Reverse it, with a reason.")
            )

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _get_registered_file(self):
        return self.obligation_id._get_case().with_env(self.env)

    def _get_refused_name(self):
        return self.obligation_id._get_refused_name()
