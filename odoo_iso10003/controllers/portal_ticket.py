# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController
from odoo.addons.helpdesk_mgmt.controllers.myaccount import CustomerPortalHelpdesk

LAST_ID = 2**31 - 1


class PortalTicketPage(CustomerPortalHelpdesk):
    def _ticket_get_page_view_values(self, ticket, access_token, **kwargs):
        """A complaint in dispute stays open, so nothing is offered to close it."""
        values = super()._ticket_get_page_view_values(ticket, access_token, **kwargs)
        # the complainant is told that there is a dispute, and not which
        values["in_dispute"] = ticket.sudo().in_dispute
        if values["in_dispute"]:
            values["closed_stages"] = values["closed_stages"].browse()
        return values


# Not of CustomerPortal as well: a class of both would answer the portal's own routes
# without what other controllers add to them.
class PortalTicket(HelpdeskTicketController):
    @route(methods=["POST"])
    def support_ticket_close(self, ticket_id=None, stage_id=None, **kw):
        """Close a ticket from the portal, but only one's own.

        The parent closes any ticket for anybody who is logged in: it fetches the
        ticket with all rights and looks at the stage alone.
        """
        ticket_id, stage_id = self._read_ids(ticket_id, stage_id)
        page = PortalTicketPage()
        try:
            ticket = page._document_check_access("helpdesk.ticket", ticket_id)
        except (AccessError, MissingError):
            return request.redirect("/my")
        if not self._may_close(ticket):
            return request.redirect("/my")
        shown = page._ticket_get_page_view_values(ticket, None)
        if stage_id not in shown["closed_stages"].ids:
            return request.redirect(f"/my/ticket/{ticket_id}", code=302)
        return super().support_ticket_close(ticket_id=ticket_id, stage_id=stage_id)

    def _may_close(self, ticket):
        """Whether the user, who may read the ticket, may close it as well.

        Colleagues read some tickets that are none of theirs; outside the
        organization, who reads a ticket is its complainant.
        """
        user = request.env.user
        return (
            not user._is_internal()
            or ticket.partner_id == user.partner_id
            or ticket.with_user(user).has_access("write")
        )

    def _read_ids(self, *texts):
        """Return ids of records; zero, which no record has, for what is no id."""
        numbers = [int(text) if str(text or "").isdecimal() else 0 for text in texts]
        return [number if number <= LAST_ID else 0 for number in numbers]
