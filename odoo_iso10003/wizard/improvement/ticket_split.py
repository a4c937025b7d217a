# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class TicketSplit(models.TransientModel):
    """The dialog that asks for whom a letter speaks."""

    _name = "iso10003.ticket.split"
    _description = "One complaint each"
    _inherit = ["iso10003.withheld"]

    ticket_id = fields.Many2one(
        "helpdesk.ticket", "Complaint", required=True, ondelete="cascade"
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "iso10003_ticket_split_partner_rel",
        string="For whom else it speaks",
    )
    text = fields.Text(
        "What each of them complains of",
        required=True,
        help="Each of them reads it: leave out what is about one of them alone.",
    )

    @api.constrains("ticket_id")
    def _check_may_write(self):
        """The dialog shows its complaint: not to who may not change it."""
        for split in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            split.ticket_id.check_access("write")

    def action_confirm(self):
        """Make the complaints; the first one checks whether that may be."""
        self.ensure_one()
        return self.ticket_id.action_split(self.partner_ids.ids, self.text)
