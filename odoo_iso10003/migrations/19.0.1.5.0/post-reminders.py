# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import SUPERUSER_ID, api
from odoo.tools import split_every
from odoo.tools.sql import column_exists

BATCH = 1000
# each had a scheduled action of its own before
CRONS = (
    "cron_legal_limits",
    "cron_legal_reviews",
    "cron_certification_reminder",
    "cron_certificate",
    "cron_audit",
)
COMPANY = "[('company_id', 'in', company_ids)]"
# model, reminder: the day it was of, and on which day the last reminder came
TOLD = {
    ("iso10003.referral", "limit", "reminded_date"): "limit_date, reminded_date",
    (
        "iso10003.referral",
        "review",
        "review_alarm_date",
    ): """CASE WHEN review_alarm_date > review_due_date THEN review_due_date END,
          review_alarm_date - 7""",
    (
        "iso10003.certificate",
        "end",
        "reminded_days",
    ): "CASE WHEN reminded_days > 0 THEN valid_to END, valid_to - reminded_days",
    (
        "mgmtsystem.audit",
        "audit",
        "reminded_days",
    ): "CASE WHEN reminded_days <> 0 THEN date::date END, date::date - reminded_days",
}


def migrate(cr, version):
    """Let one engine remind of all days, and of none of what was told before."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    _fill_companies(cr)
    for (model, reminder, column), columns in TOLD.items():
        if column_exists(cr, env[model]._table, column):
            cr.execute(f"SELECT id, {columns} FROM {env[model]._table}")
            told = [row for row in cr.fetchall() if row[1] and row[2]]
            _note_told(env[model], reminder, told)
    _note_certifications(env)
    _mark_orders(env)
    _open_alarms(env)
    for name in sorted(env.registry):
        if _is_reminded(env, name):
            for ids in split_every(BATCH, env[name].search([]).ids):
                env[name].browse(ids)._plan_reminders()
                env.flush_all()
                env.invalidate_all()
    for name in CRONS:
        if cron := env.ref(f"odoo_iso10003.{name}", False):
            action = cron.ir_actions_server_id
            cron.unlink()
            action.exists().unlink()


def _is_reminded(env, name):
    reminded = env.registry["iso10003.reminded"]
    return issubclass(env.registry[name], reminded) and not env[name]._abstract


def _fill_companies(cr):
    cr.execute(
        """UPDATE iso10003_alarm SET company_id = deadline.company_id
             FROM iso10003_deadline AS deadline
            WHERE deadline.id = deadline_id
              AND iso10003_alarm.company_id IS DISTINCT FROM deadline.company_id"""
    )


def _note_certifications(env):
    """What was told of a certification was one row for each step."""
    if not env.ref("odoo_iso10003.cron_certification_reminder", False):
        return  # noted already
    env.cr.execute(
        """SELECT holder_id, skill_id, expires_on, MIN(days)
             FROM iso10003_certification_reminder GROUP BY 1, 2, 3"""
    )
    for holder_id, skill_id, day, days in env.cr.fetchall():
        # that it had ended was noted as zero days before
        told = day - timedelta(days=days or -1)
        _note_told(
            env["iso10003.role.holder"], f"end:{skill_id}", [(holder_id, day, told)]
        )


def _mark_orders(env):
    """The task to meet the orders of a hearing is one of its own kind now."""
    env.cr.execute(
        """UPDATE mail_activity SET activity_type_id = %s
             FROM iso10003_hearing AS hearing
            WHERE res_model = 'iso10003.hearing' AND res_id = hearing.id
              AND automated AND activity_type_id = %s AND hearing.state = 'held'
              AND date_deadline = hearing.orders_date""",
        [
            env.ref("odoo_iso10003.activity_hearing_orders").id,
            env.ref("mail.mail_activity_data_todo").id,
        ],
    )


def _note_told(model, reminder, told):
    """Note reminders that came before.

    :param told: ``(id, of which day, on which day)``
    """
    records = model.browse(res_id for res_id, *_days in told).exists()
    here = {record.id: record for record in records}
    model.env["iso10003.alarm"].create(
        [
            {
                **here[res_id]._prepare_reminder(reminder, day, at),
                "state": "fired",
                "fired_date": at,
                "told": True,
            }
            for res_id, day, last in told
            if res_id in here and (at := f"{last} 12:00:00")
        ]
    )


def _open_alarms(env):
    """Alarms are seen in their company, whatever they are of."""
    if rule := env.ref("odoo_iso10003.rule_alarm_company", False):
        rule.domain_force = COMPANY
