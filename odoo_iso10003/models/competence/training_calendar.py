# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class TrainingCalendar(models.Model):
    """The session in the calendars of those who teach and attend it."""

    _inherit = "iso10003.training"

    event_id = fields.Many2one(
        "calendar.event",
        "In the calendar",
        readonly=True,
        copy=False,
        ondelete="set null",
        guarded=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        trainings = super().create(vals_list)
        for training, event in zip(trainings, trainings._create_events(), strict=True):
            training._guarded_write({"event_id": event.id})
        return trainings

    def write(self, vals):
        self._check_days_kept(vals)
        result = super().write(vals)
        if vals.keys() & {"date_start", "date_end", "location", "link", "trainer_id"}:
            for training in self.filtered("event_id"):
                # the calendar follows the session, whoever entered it there
                training.event_id.sudo().write(training._prepare_event_vals())
        return result

    def _create_events(self):
        # those who plan sessions may enter them, whatever they may in the calendar;
        # nobody is written to before they are invited
        events = self.env["calendar.event"].sudo()
        return events.with_context(
            no_mail_to_attendees=True, mail_create_nosubscribe=True
        ).create(
            [
                {
                    **training._prepare_event_vals(),
                    "user_id": training.user_id.id,
                    "partner_ids": [(6, 0, training.trainer_id.ids)],
                }
                for training in self
            ]
        )

    def _prepare_event_vals(self):
        self.ensure_one()
        return {
            "name": self.course_id.name,
            "start": self.date_start,
            "stop": self.date_end,
            "location": self.location,
            "videocall_location": self.link,
            # nothing of who attends or how they do
            "description": False,
        }

    def action_invite(self):
        """Ask those who were not asked yet; Odoo's calendar writes to them."""
        for training in self:
            training._check_state("planned")
            new = training.attendance_ids.filtered(lambda row: row.state == "listed")
            new.write({"state": "invited"})
            # who may plan the session invites to it, whoever entered it
            training.event_id.sudo().write(
                {"partner_ids": [(4, partner.id) for partner in new._get_partners()]}
            )

    def action_cancel(self):
        result = super().action_cancel()
        # the appointment goes with the session; who was invited is told in the message
        self.event_id.sudo().with_context(no_mail_to_attendees=True).unlink()
        return result

    def action_view_event(self):
        self.ensure_one()
        return self.event_id.get_formview_action()

    def _get_invited_partners(self):
        return self.attendance_ids.filtered(
            lambda row: row.state != "listed"
        )._get_partners()

    def _get_parties(self):
        # who takes part is told of the session, whoever writes; nobody is shown it
        rows = self.sudo().attendance_ids
        people = rows.employee_id.user_id.partner_id | rows.employee_id.work_contact_id
        return super()._get_parties() | rows.partner_id | people
