# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...models.party.party import CHANNELS


class ObligationStep(models.TransientModel):
    """The one dialog for what is said of an obligation, or of a performance."""

    _name = "iso10003.obligation.step"
    _description = "Step of an obligation"
    _inherit = ["iso10003.withheld"]

    question = fields.Selection(
        [
            ("confirm", "Confirmed by whom it is owed to"),
            ("contest", "Contest"),
            ("suspend", "Suspend"),
            ("go_on", "It goes on"),
            ("waive", "Waive"),
            ("watch", "Watch it after closing"),
            ("split", "Pay it in instalments"),
            ("proof", "Attach the proof"),
            ("final", "It is final"),
            ("reverse", "Reverse"),
        ],
        required=True,
        default="confirm",
    )
    obligation_id = fields.Many2one(
        "iso10003.obligation", required=True, ondelete="cascade"
    )
    performance_id = fields.Many2one("iso10003.performance", ondelete="cascade")
    date = fields.Date(
        "Day", default=lambda self: self._get_company_day(), required=True, deed=True
    )
    channel = fields.Selection(CHANNELS, "How it was said")
    reason = fields.Text(help="Kept on record; it can be erased if it names people.")
    document = fields.Binary("Document or scan")
    document_name = fields.Char("Name of the file")
    number = fields.Integer("Instalments", default=3, least=1, most=120)
    first_date = fields.Date("First one due on")
    months = fields.Integer("Months between two", default=1, least=1, most=60)
    whole_due = fields.Boolean("Whole becomes due", default=True)

    @api.constrains("obligation_id", "performance_id")
    def _check_may(self):
        """The dialog shows what is owed and done: not to who may not read it."""
        for step in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            step.obligation_id.check_access("read")
            step.performance_id.check_access("read")

    def action_confirm(self):
        """Do the deed; obligation and performance check whether it may be."""
        self.ensure_one()
        getattr(self, f"_take_{self.question}")()
        if self.env.context.get("leads_on"):
            # the card of the dispute named this as the one thing that is wanted
            self.obligation_id._get_case()._lead_on()
        return {"type": "ir.actions.act_window_close"}

    def _take_confirm(self):
        self.obligation_id.action_confirm_done(self.date, self.channel, self.reason)

    def _take_contest(self):
        self.obligation_id.action_contest(self.reason, self.date)

    def _take_suspend(self):
        self.obligation_id.action_suspend(self.reason, self.date)

    def _take_go_on(self):
        self.obligation_id.action_go_on(self.reason, self.date)

    def _take_waive(self):
        self.obligation_id.action_waive(self.reason, self.date)

    def _take_watch(self):
        self.obligation_id.action_watch(self.reason)

    def _take_split(self):
        self.obligation_id.action_split(
            self.number, self.first_date, self.months, self.whole_due
        )

    def _take_proof(self):
        self.performance_id.action_add_proof(self.document, self.document_name)

    def _take_final(self):
        self.performance_id.action_make_final(self.date)

    def _take_reverse(self):
        self.performance_id.action_reverse(self.reason, self.date)
