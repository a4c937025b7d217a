# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class HelpdeskTicketStage(models.Model):
    _inherit = "helpdesk.ticket.stage"

    @api.constrains("closed")
    def _check_closes_no_dispute(self):
        """Turning a stage into a closing one closes the tickets in it."""
        # tickets that the user may not see would be closed as well
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        closing = self.filtered("closed")
        tickets.search([("stage_id", "in", closing.ids)])._check_not_in_dispute()
