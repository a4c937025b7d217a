# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ...core.ladder import Ladder
from ..mixin.people_date import format_people_date

# when people are told of the end of a certification; the last one: it has ended
END = Ladder((60, 30, 7, -1))
# on this day somebody fills a role, or a certification begins: another end may count
BEGIN = Ladder((0,))


class CertificationReminder(models.Model):
    """That the holder of a role was told of the end of a certification."""

    _name = "iso10003.certification.reminder"
    _description = "Reminder of the end of a certification"
    _order = "id desc"

    holder_id = fields.Many2one(
        "iso10003.role.holder", required=True, index=True, ondelete="cascade"
    )
    skill_id = fields.Many2one(
        "hr.skill", "Certification", required=True, index=True, ondelete="cascade"
    )
    expires_on = fields.Date("Ends on", required=True)
    partner_id = fields.Many2one(
        "res.partner", "Whom to write to", compute="_compute_partner"
    )
    days = fields.Integer(
        "Days before",
        required=True,
        aggregator=None,
        help="Negative when it had ended.",
        least=-3650,
        most=3650,
    )

    _once = models.UniqueIndex(
        "(holder_id, skill_id, expires_on, days)",
        "Each step is told once.",
    )

    @api.depends("holder_id")
    def _compute_partner(self):
        for reminder in self:
            holder = reminder.holder_id
            reminder.partner_id = (
                holder.partner_id or holder.employee_id.work_contact_id
            )

    def _write_letter(self):
        """Write to somebody without a user, from outside or not."""
        template = self.env.ref(
            "odoo_iso10003.mail_certification_ends", raise_if_not_found=False
        )
        if template and self.partner_id.email:
            template.send_mail(self.id)


class HolderReminders(models.Model):
    """Holders of roles and their managers are told what ends, and what has ended.

    A holder has a day for each certification that the role needs and that ends: the
    one that the table of competence tells (``competence.py``).
    """

    _name = "iso10003.role.holder"
    _inherit = ["iso10003.role.holder", "iso10003.reminded"]

    @api.model
    def _get_ladders(self):
        return {"begin": BEGIN, "end": END}

    def _get_reminder_days(self):
        return self._find_reminder_days()[self]

    def _find_reminder_days(self):
        days = {holder: {} for holder in self}
        if self.ids:
            for holder_id, skill_id, day in self._read_ends():
                days[self.browse(holder_id)][f"end:{skill_id}"] = day
            for holder_id, day in self._read_begins():
                days[self.browse(holder_id)][f"begin:{day}"] = day
        return days

    def _read_ends(self):
        """Return ``(holder, skill, last day)`` of what ends."""
        return self.env.execute_query(
            SQL(
                """SELECT holder_id, skill_id, expires_on FROM (%s) competence
                    WHERE holder_id = ANY(%s) AND expires_on IS NOT NULL""",
                self._get_competence_sql(),
                self.ids,
            )
        )

    def _get_competence_sql(self):
        competence = self.env["iso10003.competence"]
        # raw SQL sees what is written
        for model, names in competence._depends.items():
            self.env[model].flush_model(names)
        return competence._get_sql()

    def _read_begins(self):
        """Return ``(holder, day)`` of the days on which something begins."""
        return self.env.execute_query(
            SQL(
                """SELECT DISTINCT h.id, begins.day
                     FROM iso10003_role_holder h
                     LEFT JOIN hr_employee e ON e.id = h.employee_id
                     LEFT JOIN res_users u ON u.id = e.user_id
                    CROSS JOIN LATERAL (
                          SELECT h.date_from
                          UNION ALL
                          SELECT s.valid_from FROM hr_employee_skill s
                           WHERE s.employee_id = h.employee_id
                          UNION ALL
                          SELECT c.valid_from FROM iso10003_contact_certification c
                           WHERE c.partner_id = COALESCE(
                                 h.partner_id, u.partner_id, e.work_contact_id)
                          ) begins(day)
                    WHERE h.id = ANY(%s) AND begins.day >= %s""",
                self.ids,
                fields.Date.today(),
            )
        )

    def _find_reminded(self, ladder):
        if self._only_begins(ladder):
            # nobody needs to know, but what ends is planned anew
            return dict.fromkeys(self, self.env["res.users"])
        # who they are, and how they read, at once; whom to tell is the system's matter
        self.sudo().employee_id.user_id.mapped("lang")
        return {holder: holder._responsible_users() for holder in self}

    @api.model
    def _get_reminder_activity(self, ladder):
        return "odoo_iso10003.activity_certification_ends"

    def _take_back(self, activity):
        """What was asked of another certification stays to be done."""

    def _describe_reminder(self, reminder, day):
        words = {
            "skill": self._get_reminded_skill(reminder).name,
            "holder": self.display_name,
            "date": format_people_date(self.env, day),
        }
        if day < self._get_today():
            return self.env._("%(skill)s of %(holder)s has ended on %(date)s", **words)
        return self.env._("%(skill)s of %(holder)s ends on %(date)s", **words)

    def _get_reminded_skill(self, reminder):
        return self.env["hr.skill"].browse(int(reminder.partition(":")[2]))

    def _only_begins(self, reminder):
        return reminder.startswith("begin")

    def _note_reminded(self, due, people):
        notes = self.env["iso10003.certification.reminder"].create(
            [
                {
                    "holder_id": holder.id,
                    "skill_id": holder._get_reminded_skill(reminder).id,
                    "expires_on": day,
                    "days": (day - holder._get_today()).days,
                }
                for (holder, reminder), day in due.items()
                if not self._only_begins(reminder)
            ]
        )
        for note in notes:
            if not note.holder_id._get_own_users():
                note._write_letter()
