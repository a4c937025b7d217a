# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, time, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command

from ..common import DisputePeople

# a Monday
TODAY = date(2026, 3, 2)


class DeadlineRules(DisputePeople):
    """The organization of ``common.py`` with a policy of rules, on a Monday in Tehran.

    What the rules of a test are, the test says: see :meth:`_enforce`.
    """

    @classmethod
    def _set_up_people(cls):  # pylint: disable=missing-return
        super()._set_up_people()
        cls.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {
                "name": "Saturday to Wednesday",
                "tz": "Asia/Tehran",
                "company_id": cls.company.id,
                "attendance_ids": [
                    Command.create(
                        {
                            "name": day,
                            "dayofweek": day,
                            "hour_from": 8,
                            "hour_to": 16,
                            "day_period": "full_day",
                        }
                    )
                    for day in "56012"
                ],
            }
        )
        # these tests play in a past in which the database was not there yet
        policies = cls.env["iso10003.policy"]
        for state, year in (("superseded", 2019), ("in_force", 2020)):
            versions = policies.search([("state", "=", state)])
            versions._guarded_write({"valid_from": date(year, 1, 1)})
            ended = versions.filtered("valid_to")
            ended._guarded_write({"valid_to": date(year, 1, 1)})
            versions.flush_recordset()
        approved = cls.env["iso10003.information.sheet"].search(
            [("state", "!=", "draft")]
        )
        approved._guarded_write({"approved_date": datetime(2020, 1, 1)})
        cls.company.country_id = cls.env.ref("base.ir")
        cls.company.dispute_manager_id = cls.manager
        cls.company.dispute_sponsor_id = cls.chief
        cls.customer.tz = "Asia/Tehran"

    @classmethod
    def _rule(cls, code="acknowledge", **values):
        """Return the values of a rule: acknowledge a notice in 3 calendar days."""
        return {
            "name": f"Rule {code}",
            "code": code,
            "start_event": "notice_received",
            "end_event": "acknowledged",
            "quantity": 3,
            "unit": "day",
            **values,
        }

    @classmethod
    def _draft(cls, *rules):
        """Return a new version with these rules, written by the manager."""
        policies = cls.env["iso10003.policy"].with_user(cls.manager)
        return policies.create(
            {
                "name": "Policy with limits",
                # so that none of the complaints, which are not settled in time either,
                # asks to be invited outside: these tests are about limits
                "answer_days": 3650,
                "rule_ids": [Command.create(rule) for rule in rules],
            }
        )

    @classmethod
    def _enforce(cls, *rules):
        """Put a version with these rules into force, approved by the chief."""
        policy = cls._draft(*rules)
        policy.with_user(cls.chief).action_approve()
        policy.with_user(cls.chief).action_put_in_force()
        return policy

    @classmethod
    def _file_with_notice(cls, notice=TODAY, **values):
        """Return a dispute of the handler that was noticed on a day.

        What lies ahead of the test's own day is entered on the day it happened.
        """
        today = fields.Date.today()
        complained = min(notice, today) - timedelta(days=30)
        ticket = cls._new_ticket(complaint_date=complained)
        dispute = cls._open_dispute(ticket)
        days = [day for day in (notice, *values.values()) if isinstance(day, date)]
        if max(days) > today:
            with freeze_time(datetime.combine(max(days), time(8))):
                cls._give(dispute, {"notice_date": notice, **values})
        else:
            cls._give(dispute, {"notice_date": notice, **values})
        return dispute

    @classmethod
    def _deadline(cls, dispute, code="acknowledge"):
        """Return the deadline of a rule on a file, as its handler sees it."""
        return dispute.deadline_ids.filtered(
            lambda deadline: deadline.rule_id.code == code
        )

    @classmethod
    def _sweep(cls):
        """Do what the scheduled action does, in the test's own transaction."""
        cls.env.flush_all()
        crons = cls.env.registry["ir.cron"]
        with patch.object(crons, "_commit_progress", lambda *args, **kwargs: 1):
            cls.env["iso10003.deadline"]._cron_escalate()

    @staticmethod
    def _at(*moment):
        """Let it be this moment, in UTC."""
        return freeze_time(datetime(*moment))

    @classmethod
    def _events(cls, dispute, event):
        """Return what the register has of a kind of event of a file."""
        rows = dispute.sudo().register_ids.filtered(lambda row: row.event == event)
        return rows.mapped("data")
