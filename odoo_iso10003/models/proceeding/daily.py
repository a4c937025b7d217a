# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ...core import flow
from .concluded import MESSAGE


class Daily(models.AbstractModel):
    """A dispute that somebody has to look at today, and why (7.1, 4.11).

    Somebody wrote from outside and was not answered; or nothing would ever bring the
    file before anybody again: it waits for others, without a limit, a task, a hearing
    or anything that is due.
    """

    _name = "iso10003.daily"
    _description = "File looked at today"

    message_came = fields.Boolean(
        "New message from outside",
        compute="_compute_message_came",
        search="_search_message_came",
    )
    lacks_next_step = fields.Boolean(
        "Without a next step",
        compute="_compute_lacks_next_step",
        search="_search_lacks_next_step",
        help="It waits for others, and nothing reminds anybody of it.",
    )

    @api.depends("activity_ids.activity_type_id")
    def _compute_message_came(self):
        came = self.filtered_domain(self._get_message_domain())
        for file in self:
            file.message_came = file in came

    @api.depends("state", "on_hold", "waiting_on", "next_due_date", "activity_ids")
    def _compute_lacks_next_step(self):
        lacking = self.search(
            self._get_stranded_domain() & Domain("id", "in", self.ids)
        )
        for file in self:
            file.lacks_next_step = file._origin in lacking

    def _search_message_came(self, operator, value):
        if operator != "in":
            return NotImplemented
        came = self._get_message_domain()
        return came if True in value else ~came

    def _search_lacks_next_step(self, operator, value):
        if operator != "in":
            return NotImplemented
        stranded = self._get_stranded_domain()
        return stranded if True in value else ~stranded

    @api.model
    def _get_message_domain(self):
        """Return the files in which the task to answer a message is open."""
        kind = self.env["ir.model.data"]._xmlid_to_res_id(MESSAGE)
        return Domain("activity_ids.activity_type_id", "=", kind)

    @api.model
    def _get_stranded_domain(self):
        """Return the open files of which nothing reminds anybody.

        Where it is our turn, the card of the file names what is to be done.
        """
        planned = Domain("hearing_ids", "any", [("state", "=", "planned")])
        due = Domain("obligation_ids", "any", [("state", "=", "due")])
        return (
            Domain("state", "!=", flow.CLOSED)
            & Domain("on_hold", "=", False)
            & Domain("waiting_on", "!=", "organization")
            & Domain("next_due_date", "=", False)
            & Domain("activity_ids", "=", False)
            & Domain("proceeding_ids", "not any", planned)
            & Domain("file_ids", "not any", due)
        )
