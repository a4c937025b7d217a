# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError

from .told import TOLD


class CalendarEvent(models.Model):
    """The appointment of a hearing is told to who reads it or is called to it."""

    _name = "calendar.event"
    _inherit = ["calendar.event", "iso10003.told"]

    def _filter_told(self):
        return self._get_hearings().event_id

    def _get_hearings(self):
        # that an appointment is a hearing is asked in order to withhold it
        hearings = self.env["iso10003.hearing"].sudo()
        return hearings.search([("event_id", "in", self.ids)])

    def _filter_readable_by(self, user):
        # which appointments are left, in order to withhold the others
        return self._get_hearings()._filter_readable_by(user).sudo().event_id

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # Odoo reads in them who attends, which a hearing tells to who may read it
        readable = self._filtered_access("read")
        result = super(
            CalendarEvent, readable
        )._mail_get_operation_for_mail_message_operation(message_operation)
        return {**result, **dict.fromkeys(self - readable, "write")}

    def _get_parties(self):
        hearings = self._get_hearings()
        return hearings.participant_ids.partner_id | hearings._get_own_people()

    def _get_never_told(self):
        return self._get_hearings()._get_never_told()


class CalendarAttendee(models.Model):
    """Who is called to a hearing is entered there, not in somebody's calendar."""

    _inherit = "calendar.attendee"

    @api.model_create_multi
    def create(self, vals_list):
        attendees = super().create(vals_list)
        attendees._check_called()
        return attendees

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"partner_id", "event_id"}:
            self._check_called()
        return result

    def _check_called(self):
        # who is called, whoever enters it
        attendees = self.sudo()
        events = attendees.event_id._filter_told()
        if not events:
            return
        standing = events._get_standing(attendees.partner_id)
        for attendee in attendees.filtered(lambda one: one.event_id in events):
            event, partner = attendee.event_id, attendee.partner_id
            called = partner in event._get_parties()
            if not called and standing[event.id, partner.id] != TOLD:
                raise UserError(
                    self.env._(
                        "%(person)s is not called to “%(hearing)s”: who leads the "
                        "matter enters there who takes part.",
                        person=partner.name,
                        hearing=event.name,
                    )
                )
