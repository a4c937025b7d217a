# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models
from odoo.tools import SQL

from ..mixin.people_date import format_people_date

_logger = logging.getLogger(__name__)

# days before the end of a certification on which people are told; zero: it has ended
STEPS = (60, 30, 7, 0)


class CertificationReminder(models.Model):
    """That somebody was told of the end of a certification, once for each step.

    What is due is found by what has not been told yet, not by today's date: a day
    on which nothing ran loses nothing, and after several only the latest step is
    told.
    """

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
        "Days before", required=True, aggregator=None, least=0, most=3650
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

    @api.model
    def _cron_remind(self, batch=100):
        """Tell holders of roles and their managers what ends, and what has ended."""
        due = self._find_due()
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(due))
        for number, (holder_id, skill_id, expires_on, days) in enumerate(due, 1):
            holder = self.env["iso10003.role.holder"].browse(holder_id)
            if not holder.try_lock_for_update(allow_referencing=True):
                continue  # somebody is at it, or it is gone: the next run sees it
            try:
                with self.env.cr.savepoint():
                    self._remind(holder, skill_id, expires_on, days)
            except Exception:
                # one person's record must not silence all others
                _logger.exception("reminder for role holder %s failed", holder_id)
            if number % batch == 0 and not cron._commit_progress(batch):
                return
        cron._commit_progress(len(due) % batch)

    @api.model
    def _find_due(self):
        """Return ``(holder, skill, last day, step)`` of what is to be told now."""
        return self.env.execute_query(
            SQL(
                """
                SELECT c.holder_id, c.skill_id, c.expires_on, step.days
                  FROM (%(competence)s) AS c
                 CROSS JOIN LATERAL (
                       SELECT MIN(days) AS days
                         FROM unnest(%(steps)s) AS steps(days)
                        WHERE c.days_left <= days - (days = 0)::int
                       ) step
                 WHERE c.expires_on IS NOT NULL AND step.days IS NOT NULL
                   AND NOT EXISTS (
                       SELECT FROM iso10003_certification_reminder told
                        WHERE told.holder_id = c.holder_id
                          AND told.skill_id = c.skill_id
                          AND told.expires_on = c.expires_on
                          AND told.days <= step.days)
                 ORDER BY c.holder_id, c.skill_id
                """,
                competence=self._get_competence_sql(),
                steps=list(STEPS),
            )
        )

    @api.model
    def _get_competence_sql(self):
        competence = self.env["iso10003.competence"]
        # raw SQL sees what is written
        for model, names in competence._depends.items():
            self.env[model].flush_model(names)
        self.flush_model()
        return competence._get_sql()

    def _remind(self, holder, skill_id, expires_on, days):
        reminder = self.create(
            {
                "holder_id": holder.id,
                "skill_id": skill_id,
                "expires_on": expires_on,
                "days": days,
            }
        )
        for user in holder._responsible_users():
            reminder._remind_user(user)
        if not holder._get_own_users():
            reminder._remind_by_mail()

    def _remind_user(self, user):
        today = fields.Date.context_today(self)
        self.holder_id.activity_schedule(
            "odoo_iso10003.activity_certification_ends",
            date_deadline=max(self.expires_on, today),
            summary=self.with_context(lang=user.lang)._describe(today),
            user_id=user.id,
        )

    def _remind_by_mail(self):
        """Write to somebody without a user, from outside or not."""
        template = self.env.ref(
            "odoo_iso10003.mail_certification_ends", raise_if_not_found=False
        )
        if template and self.partner_id.email:
            template.send_mail(self.id)

    def _describe(self, today):
        words = {
            "skill": self.skill_id.name,
            "holder": self.holder_id.display_name,
            "date": format_people_date(self.env, self.expires_on),
        }
        if self.expires_on < today:
            return self.env._("%(skill)s of %(holder)s has ended on %(date)s", **words)
        return self.env._("%(skill)s of %(holder)s ends on %(date)s", **words)
