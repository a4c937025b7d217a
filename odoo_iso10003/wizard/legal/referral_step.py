# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...models.legal.referral_decision import RESULT

# what each question asks for, besides a reason: fields of the referral
FACTS = {
    "file": ("filed_date", "filing_number", "stops_clocks", "clocks_until"),
    "take_up": ("docket_number", "served_date"),
    "decide": (
        "docket_number",
        "decision_date",
        "result",
        "awarded",
        "decision",
        "duty_party",
        "duty_summary",
        "duty_date",
        "appealable",
        "decision_served_date",
        "appeal_until",
        "appeal_rule",
    ),
    "correct": RESULT,
    "enforce": ("enforced_date",),
    "settle": ("settled_date", "awarded", "duty_party", "duty_summary", "duty_date"),
}
ASKED = sorted({name for names in FACTS.values() for name in names})


class ReferralStep(models.TransientModel):
    """The one dialog that asks for the facts and the reason of a step."""

    _name = "iso10003.referral.step"
    _description = "Step of a referral"
    _inherit = ["iso10003.withheld"]

    referral_id = fields.Many2one(
        "iso10003.referral", required=True, ondelete="cascade"
    )
    question = fields.Selection(
        [
            ("file", "Note the filing"),
            ("approve", "Approve what one also reviews"),
            ("take_up", "Note that it was taken up"),
            ("decide", "Note the decision"),
            ("correct", "Correct the result"),
            ("appeal", "Decide on the right of appeal"),
            ("enforce", "Note the enforcement"),
            ("settle", "Settle"),
            ("withdraw", "Withdraw"),
            ("send_back", "Send back to draft"),
            ("reopen", "Reopen"),
            ("instance", "Open another instance"),
        ],
        required=True,
    )
    reason = fields.Text(help="Kept on record; it can be erased if it names people.")
    untold = fields.Text("Say why", compute="_compute_untold")
    company_id = fields.Many2one(related="referral_id.company_id")
    currency_id = fields.Many2one(related="referral_id.currency_id")
    # facts, under the names they have on the referral
    authority_id = fields.Many2one(related="referral_id.authority_id")
    has_dispute = fields.Boolean(compute="_compute_has_dispute")
    stops_clocks = fields.Boolean("Clocks of the dispute stand still")
    clocks_until = fields.Date("At most until")
    filed_date = fields.Date("Filed on", deed=True)
    filing_number = fields.Char()
    docket_number = fields.Char()
    served_date = fields.Date("Claim served on", deed=True)
    decision_date = fields.Date("Decided on", deed=True)
    result = fields.Selection(lambda self: self._choices("result"))
    awarded = fields.Monetary("We owe by it")
    decision = fields.Html("Decision and reasons")
    duty_party = fields.Selection(lambda self: self._choices("duty_party"), "Obliges")
    duty_summary = fields.Char(
        "To do what", help="Without anything privileged: handlers read it."
    )
    duty_date = fields.Date("To be done by")
    appealable = fields.Selection(
        lambda self: self._choices("appealable"), "May be appealed"
    )
    decision_served_date = fields.Date("Decision served on", deed=True)
    appeal_until = fields.Date("Last day to appeal")
    appeal_rule = fields.Char("Rule of the appeal limit")
    enforced_date = fields.Date("Enforced on", deed=True)
    settled_date = fields.Date("Settled on", deed=True)
    # the right of appeal, and what follows
    appeal_decision = fields.Selection(
        lambda self: self._choices("appeal_decision"), "Right of appeal"
    )
    next_kind = fields.Selection(
        lambda self: [
            choice for choice in self._choices("kind") if choice[0] != "first"
        ],
        "Next instance",
        default="appeal",
    )

    @api.depends("referral_id")
    def _compute_has_dispute(self):
        for step in self:
            step.has_dispute = bool(step.referral_id.dispute_id)

    @api.depends("referral_id", "question")
    @api.depends_context("uid", "lang")
    def _compute_untold(self):
        for step in self:
            asked = step.question == "approve" and step.referral_id
            conflicts = asked and asked._find_untold(("approver",)) or []
            step.untold = "\n".join(
                step.referral_id._describe_conflict(conflict) for conflict in conflicts
            )

    @api.model
    def _choices(self, name):
        field = self.env["iso10003.referral"]._fields[name]
        return field._description_selection(self.env)

    @api.model
    def default_get(self, fields):
        """Show what the referral knows already."""
        values = super().default_get(fields)
        referral = self.env["iso10003.referral"].browse(values.get("referral_id", ()))
        referral.check_access("write")
        known = FACTS.get(values.get("question"), ())
        for name in set(known) & set(fields):
            if value := referral[name]:
                values[name] = referral._fields[name].convert_to_write(value, referral)
        return values

    @api.constrains("referral_id")
    def _check_may_lead(self):
        """The dialog shows what the referral says: not to who may not lead it."""
        # constraints run with all rights; this one is about those of the user
        self.sudo(False).referral_id.check_access("write")

    def action_confirm(self):
        """Note the facts and take the step; the referral checks whether it may."""
        self.ensure_one()
        referral = self.referral_id
        facts = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in FACTS.get(self.question, ())
        }
        changed = {
            name: value
            for name, value in facts.items()
            # what a decision says goes with the step: it may be one on record
            if referral._would_change(name, value) and not self._goes_along(name)
        }
        if changed:
            referral.write(changed)
        result = getattr(self, f"_take_{self.question}")(referral)
        if isinstance(result, dict):
            return result
        return {"type": "ir.actions.act_window_close"}

    def _goes_along(self, name):
        """Return whether the step itself writes a fact."""
        return self.question in ("correct", "settle") and name in RESULT

    def _get_result(self):
        return {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in FACTS[self.question]
            if name in RESULT
        }

    def _take_approve(self, referral):
        return referral.action_approve(self.reason or " ")

    def _take_file(self, referral):
        return referral.action_file()

    def _take_take_up(self, referral):
        return referral.action_take_up()

    def _take_decide(self, referral):
        return referral.action_decide()

    def _take_correct(self, referral):
        return referral.action_correct_result(self._get_result(), self.reason)

    def _take_appeal(self, referral):
        return referral.action_decide_appeal(
            self.appeal_decision, self.reason, self.next_kind
        )

    def _take_enforce(self, referral):
        return referral.action_enforce()

    def _take_settle(self, referral):
        return referral.action_settle(self.reason, self._get_result())

    def _take_withdraw(self, referral):
        return referral.action_withdraw(self.reason)

    def _take_send_back(self, referral):
        return referral.action_send_back(self.reason)

    def _take_reopen(self, referral):
        return referral.action_reopen(self.reason)

    def _take_instance(self, referral):
        return referral.action_open_instance(self.next_kind)
