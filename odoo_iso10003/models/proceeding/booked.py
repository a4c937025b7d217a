# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError

PAYMENT, CREDIT_NOTE = "payment", "credit_note"
# which model of the app books what, and in which states it is booked for good
MODELS = {PAYMENT: "account.payment", CREDIT_NOTE: "account.move"}
BOOKED = {PAYMENT: ("in_process", "paid"), CREDIT_NOTE: ("posted",)}
GONE = {PAYMENT: ("canceled", "rejected"), CREDIT_NOTE: ("cancel",)}


class Booked(models.AbstractModel):
    """What we owe, paid or credited in the accounts, where the Invoicing app is there.

    The app is no dependency. What is owed keeps the number of the payment or credit
    note only, and all that reads it looks first whether the app is there. Who may book
    prepares a draft; once it is booked, it is a performance with its proof (7.6).
    """

    _name = "iso10003.booked"
    _description = "What is paid in the accounts"

    booked_as = fields.Selection(
        [(PAYMENT, "Payment"), (CREDIT_NOTE, "Credit note")],
        "Prepared in the accounts",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )
    booked_number = fields.Integer(
        "Number in the accounts",
        readonly=True,
        copy=False,
        aggregator=None,
        guarded=True,
        sealed=True,
    )
    may_book = fields.Boolean(compute="_compute_may_book")
    booking = fields.Selection(
        [("draft", "Draft"), ("booked", "Booked")],
        "How it stands in the accounts",
        compute="_compute_booking",
    )

    @api.depends_context("uid")
    def _compute_may_book(self):
        """Whether the app is there, and who looks at it may use it."""
        self.may_book = "account.move" in self.env and self.env[
            "account.move"
        ].has_access("create")

    @api.depends("booked_as", "booked_number")
    def _compute_booking(self):
        for owed in self:
            found = owed._find_booking()
            booked = found and found.state in BOOKED[owed.booked_as]
            owed.booking = found and ("booked" if booked else "draft")

    def _find_booking(self):
        """Return what is in the accounts of it, or nothing without it or the app."""
        name = MODELS.get(self.booked_as)
        if not name or name not in self.env:
            return False
        # how the own payment stands, who carries it out may know
        found = self.env[name].sudo().browse(self.booked_number).exists()
        return found if found and found.state not in GONE[self.booked_as] else False

    # ------------------------------------------------------------
    # Preparing it
    # ------------------------------------------------------------

    def action_prepare_payment(self):
        """Make the draft of a payment of what is left to pay, and open it."""
        self._check_may_book()
        return self._book(
            PAYMENT,
            {
                "payment_type": "outbound",
                "partner_type": "customer",
                "partner_id": self._find_creditor().id,
                "amount": self._get_left(),
                "currency_id": self.currency_id.id,
                "memo": self._tell_booking(),
                "company_id": self.company_id.id,
            },
        )

    def action_prepare_credit_note(self):
        """Make the draft of a credit note of what is left to pay, and open it."""
        self._check_may_book()
        line = {"name": self._tell_booking(), "price_unit": self._get_left()}
        return self._book(
            CREDIT_NOTE,
            {
                "move_type": "out_refund",
                "partner_id": self._find_creditor().id,
                "currency_id": self.currency_id.id,
                "ref": self._tell_booking(),
                "company_id": self.company_id.id,
                # what is owed is owed as it is: whether tax is in it, who books says
                "invoice_line_ids": [(0, 0, {**line, "tax_ids": False})],
            },
        )

    def _check_may_book(self):
        self.ensure_one()
        self._get_case()._check_may_oblige(self)
        if not self.may_book:
            raise AccessError(
                self.env._("Who may book it in the accounts prepares it there.")
            )
        if not self._is_ours() or self.part_ids or self._get_left() <= 0:
            raise self._refusal(
                self.env._("there is no sum of ours that is left to be paid.")
            )
        if self.booking:
            raise self._refusal(
                self.env._("it is in the accounts already. Show that, or cancel it.")
            )

    def _get_left(self):
        return 0 if self.done_date else max(self.amount - self.performed, 0)

    def _find_creditor(self):
        """Return to whom it is owed."""
        case = self._get_case().sudo()  # whom we owe it, who carries it out knows
        return self.owed_to_id or case.partner_id

    def _tell_booking(self):
        # a number and what it is for; nothing of the matter
        return f"{self.file_id.sudo().name}: {self.name}"

    def _book(self, kind, vals):
        """Make it with the rights of who books, and open it."""
        made = self.env[MODELS[kind]].create(vals)
        record = self.sudo()  # by its deeds alone
        before = record._read_sealed(["booked_as", "booked_number"])
        record._guarded_write({"booked_as": kind, "booked_number": made.id})
        record._register_changes(record._find_sealed_changes(before))
        return self.action_view_booking()

    def action_view_booking(self):
        """Show what is in the accounts, to who may read it there."""
        self.ensure_one()
        found = self._find_booking()
        if not found:
            raise self._refusal(self.env._("nothing of it is in the accounts."))
        return found.with_env(self.env).get_formview_action()

    # ------------------------------------------------------------
    # Booked, it was done
    # ------------------------------------------------------------

    def action_take_booking(self):
        """Record what was booked as done, with what the accounts say as its proof."""
        self.ensure_one()
        self._get_case()._check_may_oblige(self)
        found = self._find_booking()
        if self.booking != "booked":
            raise self._refusal(
                self.env._("it is a draft still: post it in the accounts first.")
            )
        if self.done_date or found.name in self._list_taken():
            raise self._refusal(self.env._("it is recorded already."))
        credit = self.booked_as == CREDIT_NOTE
        day = found.invoice_date or found.date if credit else found.date
        self.env["iso10003.performance"].create(
            {
                "obligation_id": self.id,
                "date": day,
                "means": self.booked_as,
                "gross": found.amount_total if credit else found.amount,
                "currency_id": found.currency_id.id,
                "reference": found.name,
                "proof": base64.b64encode(self._write_proof(found, day).encode()),
                "proof_name": f"{found.name.replace('/', '-')}.txt",
            }
        )
        return True

    def _list_taken(self):
        counting = self.performance_ids.filtered(lambda done: not done.reversed_date)
        return counting.mapped("reference")

    def _write_proof(self, found, day):
        """Return what the accounts say of it, line by line."""
        facts = [
            (self.env._("In the accounts"), f"{found._name},{found.id}"),
            (self.env._("Number"), found.name),
            (self.env._("Day"), day.isoformat()),
            (self.env._("To"), found.partner_id.display_name),
            (
                self.env._("Amount"),
                f"{getattr(found, 'amount_total', 0) or found.amount} "
                f"{found.currency_id.name}",
            ),
            (self.env._("State"), found.state),
        ]
        return "\n".join(f"{label}: {value}" for label, value in facts)
