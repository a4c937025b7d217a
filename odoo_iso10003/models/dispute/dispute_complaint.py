# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ...core import flow


class DisputeComplaint(models.Model):
    """The complaint follows its dispute: closed with it, and opened again with it."""

    _inherit = "iso10003.dispute"

    complaint_stage_id = fields.Many2one(
        "helpdesk.ticket.stage",
        "Stage of the complaint before",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Where the complaint stood when the dispute closed it; there it goes "
        "back when the dispute is reopened.",
        guarded=True,
    )

    def action_view_complaint(self):
        self.ensure_one()
        return self.ticket_id.get_formview_action()

    def _take_up(self, step):
        if step == "reopen":
            self._open_complaint()
        return super()._take_up(step)

    def _bring_about(self, step):
        if self.state == flow.CLOSED:
            self._close_complaint()
        return super()._bring_about(step)

    def _close_complaint(self):
        """Close the complaint, in the first stage of its team that closes.

        Where the team has none, or the helpdesk refuses it, the complaint stays as it
        is, and the discussion of the file says so.
        """
        ticket = self.ticket_id.sudo()  # it follows, whoever may write the complaint
        if ticket.closed or not ticket.active or ticket._find_open_disputes():
            return
        former = ticket.stage_id
        stage = ticket.team_id._get_applicable_stages().filtered("closed")[:1]
        if not stage:
            self._tell_complaint_open(self.env._("its team has no stage that closes"))
            return
        try:
            with self.env.cr.savepoint():
                ticket.stage_id = stage
        except UserError as error:
            self._tell_complaint_open(str(error))
        else:
            self._guarded_write({"complaint_stage_id": former.id})

    def _tell_complaint_open(self, why):
        self._message_log(
            body=self.env._(
                "Ticket %(ticket)s stays open: %(why)s.",
                ticket=self.ticket_id.sudo().number,  # as above
                why=why.rstrip("."),
            )
        )

    def _open_complaint(self):
        """Open the complaint again, where it stood before."""
        ticket = self.ticket_id.sudo()  # as above
        if not ticket.closed or not ticket.active:
            return
        stages = ticket.team_id._get_applicable_stages()
        stages = stages.filtered(lambda stage: not stage.closed)
        if stage := (self.complaint_stage_id & stages) or stages[:1]:
            # the helpdesk keeps the day on which it was closed, and offers no more
            ticket.write({"stage_id": stage.id, "closed_date": False})
