# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController
from odoo.addons.portal.controllers.portal import CustomerPortal


class PortalTicket(HelpdeskTicketController, CustomerPortal):
    @route()
    def support_ticket_close(self, ticket_id=None, stage_id=None, **kw):
        """Close a ticket from the portal, but only one's own.

        The parent closes any ticket for anybody who is logged in: it fetches the
        ticket with all rights and looks at the stage alone.
        """
        ticket_id, stage_id = self._read_ids(ticket_id, stage_id)
        try:
            self._document_check_access("helpdesk.ticket", ticket_id)
            if request.env.user._is_internal():
                request.env["helpdesk.ticket"].browse(ticket_id).check_access("write")
        except (AccessError, MissingError):
            return request.redirect("/my")
        return super().support_ticket_close(ticket_id=ticket_id, stage_id=stage_id)

    def _read_ids(self, *texts):
        """Return ids of records; zero, which no record has, for what is no id."""
        return [int(text) if str(text or "").isdecimal() else 0 for text in texts]
