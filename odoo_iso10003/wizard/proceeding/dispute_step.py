# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import clean_context

from ...models.party.party import CHANNELS
from ...models.proceeding.concluded import JOINING

# of the dispute, and offered where it is closed at the end of its way
CLOSING_FIELDS = ("cause_kind", "no_corrective_reason", "retention_date")


class DisputeStep(models.TransientModel):
    """What an end rests on: early, or at the end of the way (7.6, 7.7).

    Closing asks at once for what was done of the one thing that we owe, and for what
    is learned of it. What is left empty stays wanted.
    """

    _inherit = "iso10003.dispute.step"

    withdrawal = fields.Binary("Document of the withdrawal", attachment=False)
    withdrawal_name = fields.Char("Name of the file")
    joined_id = fields.Many2one("iso10003.dispute", "File that goes on")
    # what was done (7.6)
    obligation_id = fields.Many2one(
        "iso10003.obligation", "What we owe", compute="_compute_obligation_id"
    )
    to_be_confirmed = fields.Boolean(
        "To be confirmed", compute="_compute_obligation_id"
    )
    proof = fields.Binary(
        "Proof of performance",
        attachment=False,
        help="What shows that it was done, such as the receipt. Without it, it stays "
        "owed.",
    )
    proof_name = fields.Char("Name of the proof")
    channel = fields.Selection(
        CHANNELS,
        "They confirmed it",
        help="How whom we owed it to said that it was done.",
    )
    # what is learned of it (7.7)
    cause_kind = fields.Selection(
        lambda self: self._list_causes(),
        "Why it happened",
        compute="_compute_closing",
        store=True,
        readonly=False,
    )
    no_corrective_reason = fields.Text(
        "Why no corrective action",
        compute="_compute_closing",
        store=True,
        readonly=False,
    )
    retention_date = fields.Date(
        "Kept until", compute="_compute_closing", store=True, readonly=False
    )
    is_corrected = fields.Boolean(related="dispute_id.is_corrected")
    balance = fields.Char(related="dispute_id.balance")
    informed_so_far = fields.Date(
        related="dispute_id.informed_date", string="Complainant informed so far"
    )

    @api.model
    def _list_causes(self):
        causes = self.env["iso10003.dispute"]._fields["cause_kind"]
        return causes._description_selection(self.env)

    @api.depends("dispute_id", "question")
    def _compute_obligation_id(self):
        for step in self:
            asked = step.question == "conclude" and step.dispute_id
            undone = asked and asked._find_undone()
            alone = undone and len(undone) == 1
            step.obligation_id = undone.id if alone else False
            step.to_be_confirmed = asked and bool(undone or asked._find_unconfirmed())

    @api.depends("dispute_id")
    def _compute_closing(self):
        for step in self:
            for name in CLOSING_FIELDS:
                step[name] = step.dispute_id[name]

    def _take_close(self, dispute):
        if self.early_end == "withdrawn" and self.withdrawal:
            dispute.action_record_withdrawal(self.withdrawal, self.withdrawal_name)
        if self.early_end in JOINING and self.joined_id:
            dispute.action_join(self.joined_id.id)
        return super()._take_close(dispute)

    # ------------------------------------------------------------
    # At the end of the way
    # ------------------------------------------------------------

    def _take_conclude(self, dispute):
        if self.proof and self.obligation_id:
            dispute._perform(self.obligation_id, self.date, self.proof, self.proof_name)
        if self.channel:
            for done in dispute._find_unconfirmed():
                done.action_confirm_done(self.date, self.channel)
        names = (*CLOSING_FIELDS, "lessons")
        learned = {name: self[name] for name in names if self[name] != dispute[name]}
        if learned:
            dispute.write(learned)
        return True

    def action_confirm(self):
        """Once all the rest is there, the letter is written that tells of the end."""
        done = super().action_confirm()
        if self.question == "conclude" and self._wants_letter_alone():
            action = self.dispute_id.action_write_letter("closing")
            return {**action, "context": {**action["context"], "leads_on": True}}
        return done

    def _wants_letter_alone(self):
        unmet = self.dispute_id._ask_the_way().unmet
        return unmet.mapped("code") == ["complainant_informed"]

    def action_send_and_close(self):
        """Note it, and tell the complainant by the letter as its text is.

        The file is closed by that, unless something is wanted still.
        """
        self.ensure_one()
        # what the dialog was opened with is no default of a letter
        dispute = self.dispute_id.with_env(
            self.env(context=clean_context(self.env.context))
        )
        self._take_conclude(dispute)
        if not dispute.informed_date:
            dispute._tell_end()
        dispute.with_context(shown_state=False)._lead_on()
        return {"type": "ir.actions.act_window_close"}
