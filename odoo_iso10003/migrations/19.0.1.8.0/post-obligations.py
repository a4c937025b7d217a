# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What referrals oblige to becomes obligations, with tasks and alarms as they were."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL
from odoo.tools.sql import column_exists

from odoo.addons.odoo_iso10003.models.legal.duties import OWING, WITH_RESULT


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    referrals = env["iso10003.referral"].search(
        [
            ("state", "in", WITH_RESULT),
            ("duty_party", "not in", [False, "nobody"]),
            ("duty_ids", "=", False),
        ]
    )
    take_tasks_back(env)
    for referral in referrals.sorted("id"):
        done = referral.duty_done_date
        owed = env["iso10003.obligation"].union(
            *map(referral._oblige, OWING[referral.duty_party])
        )
        owed._guarded_write({"from_before": True})
        ours = owed.filtered(lambda one: one._is_ours())[:1]
        move_alarms(env, referral, ours)
        if done:
            perform(env, owed, done)
        if referral.duty_replaced_by_id:
            owed._replace()
        owed._follow_course()


def take_tasks_back(env):
    """Take back the tasks of before: each obligation gives its own."""
    if not column_exists(env.cr, "iso10003_referral", "duty_task"):
        return
    rows = env.execute_query(
        SQL("SELECT duty_task FROM iso10003_referral WHERE duty_task > 0")
    )
    tasks = env["mail.activity"].browse(number for (number,) in rows)
    tasks.exists().unlink()
    env.cr.execute("ALTER TABLE iso10003_referral DROP COLUMN duty_task")


def move_alarms(env, referral, ours):
    """Let what was told of a day not be told again, and drop what was to come."""
    alarms = env["iso10003.alarm"].search(
        [
            ("kind", "=", "reminder"),
            ("model", "=", "iso10003.dispute"),
            ("ladder", "=", f"duty:{referral.id}"),
        ]
    )
    pending = alarms.filtered(lambda alarm: alarm.state == "pending")
    pending.state = "dropped"
    if ours:
        told = alarms - pending
        told.write({"model": ours._name, "res_id": ours.id, "ladder": "due"})


def perform(env, owed, day):
    """Note that it was done, on that day, by somebody's word alone."""
    env["iso10003.performance"].create(
        [
            {
                "obligation_id": one.id,
                "date": day,
                "means": "act",
                "reference": "–",
            }
            for one in owed
        ]
    )
