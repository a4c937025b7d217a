# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.fields import Command


class HearingAppointment(models.Model):
    """The private appointment of a hearing in the calendars of our own people."""

    _inherit = "iso10003.hearing"

    def _create_event(self):
        # the appointment says nothing of the matter; it is in the calendars of
        # people who may not read the hearing
        events = self.env["calendar.event"].sudo()
        return events.with_context(
            skip_contact_description=True, mail_create_nosubscribe=True
        ).create(self._prepare_event_vals())

    def _sync_event(self):
        for hearing in self:
            # the appointment is ours, in whosever calendar it stands
            event = hearing.event_id.sudo()
            if hearing.state != "planned":  # nobody is invited to what is over
                event = event.with_context(dont_notify=True)
            event.write(hearing._prepare_event_vals())

    def _prepare_event_vals(self):
        self.ensure_one()
        # one name for all who have it in their calendars
        named = self.with_context(lang=self._get_organizer().lang)
        return {
            "name": named.name,
            "start": self.start,
            "stop": self.stop,
            "location": self.location,
            "description": False,
            "privacy": "private",
            "user_id": self._get_organizer().id,
            "partner_ids": [Command.set(self._get_own_people().ids)],
            "alarm_ids": [Command.set(self.alarm_ids.ids)],
        }

    def _get_organizer(self):
        """Return in whose name it stands: who leads the matter, while they may."""
        leads = self.referral_id.counsel_id
        if not leads:
            return self.env.user
        return leads if self._may_read(leads) else self._get_stand_in()

    def _get_own_people(self):
        """Return who of us has it in the calendar; the others get letters."""
        own = self.participant_ids.partner_id.filtered(
            # who is one of us is looked up for whoever plans it
            lambda partner: partner.sudo().user_ids.filtered(
                lambda user: not user.share
            )
        )
        return own | self._get_organizer().partner_id
