# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def action_notify(self):
        """Write the deadline in the calendar of who is to do it."""
        for activity in self[:-1]:
            activity.action_notify()
        last = self[-1:]
        told = last.with_context(
            calendar_reader=last.user_id.id, calendar_deadline=last.date_deadline
        )
        return super(MailActivity, told).action_notify()
