# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager


class PortalDispute(CustomerPortal):
    """A complainant's own files. Which they are is the record rules' business."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        disputes = request.env["iso10003.dispute"]
        if "dispute_count" in counters and disputes.has_access("read"):
            values["dispute_count"] = disputes.search_count([])
        return values

    @route(
        ["/my/disputes", "/my/disputes/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_disputes(self, page=1, **kw):
        disputes = request.env["iso10003.dispute"]
        if not disputes.has_access("read"):
            return request.redirect("/my")
        pages = pager(
            url="/my/disputes",
            total=disputes.search_count([]),
            page=page,
            step=self._items_per_page,
        )
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "dispute",
            "default_url": "/my/disputes",
            "pager": pages,
            # where it stands, and by when we answer, is no secret to complainants
            "tell": lambda dispute: dispute.sudo()._tell_complainant(),
            "disputes": disputes.search(
                [], limit=self._items_per_page, offset=pages["offset"]
            ),
        }
        return request.render("odoo_iso10003.portal_my_disputes", values)

    @route("/my/disputes/<int:dispute_id>", type="http", auth="user", website=True)
    def portal_my_dispute(self, dispute_id, **kw):
        try:
            dispute = self._document_check_access("iso10003.dispute", dispute_id)
        except (AccessError, MissingError):
            return request.redirect("/my")
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "dispute",
            # the page reads as the user, so that only what is allowed gets into it
            "dispute": dispute.with_user(request.env.user).sudo(False),
            # what every complainant is told is no secret of the policy
            "recourse": dispute.policy_id.recourse,
            # nor is who resolves the dispute, and where to reach them
            "provider": dispute.provider_id.sudo(),
            # nor where it stands, and by when we answer
            "tell": lambda dispute: dispute.sudo()._tell_complainant(),
            # nor what they claim themselves, or for whom they act
            "claims": dispute.sudo()._tell_claims(request.env.user.partner_id),
        }
        return request.render("odoo_iso10003.portal_my_dispute", values)
