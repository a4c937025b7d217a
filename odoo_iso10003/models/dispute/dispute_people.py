# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ...core import flow


class DisputePeople(models.Model):
    """The complaint behind a dispute tells the people of the dispute, and no former."""

    _inherit = "iso10003.dispute"

    def write(self, vals):
        former = {dispute: dispute.user_id for dispute in self if "user_id" in vals}
        result = super().write(vals)
        for dispute, user in former.items():
            if dispute.user_id != user:
                dispute._leave_complaint(user)
        return result

    @api.constrains("user_id")
    def _check_owner_may_lead(self):
        """Nobody is made owner of a file that they may not lead.

        Whom the rules just let make or change a file of their own, may.
        """
        own = self.filtered(
            lambda dispute: dispute.user_id == self.env.user and not self.env.su
        )
        (self - own)._check_lead()

    def _leave_complaint(self, user):
        """Let a former owner hear no more of a complaint that they may not read."""
        if self.ticket_id and not self.ticket_id.with_user(user).has_access("read"):
            self._end_discussion("helpdesk.ticket", self.ticket_id.ids, user.partner_id)

    def _stop_telling(self, partners):  # pylint: disable=missing-return
        """A former party hears no more of the complaint either, nor opens its page.

        The complaint follows where it names the former complainant.
        """
        super()._stop_telling(partners)
        for dispute in self.sudo():  # whoever corrects who the parties are
            ticket = dispute.ticket_id
            self._end_discussion(ticket._name, ticket.ids, partners)
            if ticket.partner_id in partners and dispute.partner_id not in partners:
                ticket.write(dispute._prepare_complainant_vals())
            # links that were sent to them open nothing any more
            dispute._guarded_write({"access_token": False})
            ticket.write({"access_token": False})

    def _prepare_complainant_vals(self):
        complainant = self.partner_id
        return {
            "partner_id": complainant.id,
            "partner_name": complainant.name,
            "partner_email": complainant.email,
        }


class ComplaintPeople(models.Model):
    """Who leads the dispute hears what is said on its complaint meanwhile."""

    _inherit = "helpdesk.ticket"

    def _message_post_after_hook(self, message, msg_values):
        # asked for whoever writes: the complainant, by mail, reads no dispute
        disputes = self.sudo().all_dispute_ids
        open_ones = disputes.filtered(lambda dispute: dispute.state != flow.CLOSED)
        if owners := open_ones.user_id.partner_id - self.sudo().message_partner_ids:
            # as above
            self.sudo()._message_subscribe(owners.ids)
        return super()._message_post_after_hook(message, msg_values)
