# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

# what an attendee may change of the own appointment, such as answer it
FREE = ("attendee_ids", "activity_", "message_", "alarm_ids", "videocall_")


class CalendarEvent(models.Model):
    """The appointment of a hearing: for who attends it, and who reads the hearing.

    Odoo hides what a private appointment says, but lets everybody search and sort by
    it. So the record rules let nobody else find it at all.
    """

    _inherit = "calendar.event"

    # what the record rules look at
    hearing_ids = fields.One2many(
        "iso10003.hearing", "event_id", groups=fields.NO_ACCESS
    )

    def write(self, vals):
        if any(not name.startswith(FREE) for name in vals):
            self._check_no_hearing()
        return super().write(vals)

    def unlink(self):
        self._check_no_hearing()
        return super().unlink()

    def copy_data(self, default=None):
        # a copy belongs to no matter, and everybody would read it
        self._check_no_hearing()
        return super().copy_data(default)

    def _check_no_hearing(self):
        """A hearing is moved where it is led, not in somebody's calendar."""
        if self.env.su:  # hearings write their appointments so
            return
        # that an appointment is a hearing is what its own name says
        if event := self.sudo().filtered("hearing_ids")[:1].sudo(False):
            event.check_access("read")
            raise UserError(
                self.env._(
                    "“%(event)s” is a hearing. Who leads the matter adjourns or "
                    "cancels it there; the appointment follows.",
                    event=event.display_name,
                )
            )
