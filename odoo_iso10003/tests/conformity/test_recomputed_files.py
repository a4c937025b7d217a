# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers about files recomputed by plain functions, over generated files with edges.

As in ``test_conformity_recomputed.py``, of questions 21, 63, 64 and 68.
"""

import random
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import Command

from .conformity_common import TODAY, CheckCase

# what is there in the tests is of today, so these days are of some weeks to come
MONDAY = datetime.combine(TODAY + timedelta(days=49 - TODAY.weekday()), time())
NOW = MONDAY + timedelta(days=9, hours=12)
ZONE = "Asia/Tehran"
HOLIDAY = MONDAY.date() + timedelta(days=1)
THURSDAY = MONDAY.date() + timedelta(days=3)
YEAR_AGO = datetime.combine(NOW.date() - relativedelta(months=12), time())
EARLY = ("withdrawn", "merged")
STATES = (
    "referral",
    "notice",
    "evaluation",
    "position",
    "resolution",
    "implementation",
)


class TestRecomputedFiles(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop.resource_calendar_id.tz = ZONE
        cls.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": cls.shop.resource_calendar_id.id,
                # all of Tuesday in Tehran
                "date_from": MONDAY + timedelta(hours=20, minutes=30),
                "date_to": MONDAY + timedelta(days=1, hours=20, minutes=29),
            }
        )
        cls.other = cls.env["res.company"].create({"name": "Other shop"})
        cls.people = [cls.handler, cls.evaluator, cls.agent]

    def setUp(self):
        super().setUp()
        # what the class sets up is of today
        freezer = freeze_time(NOW)
        freezer.start()
        self.addCleanup(freezer.stop)

    # ------------------------------------------------------------
    # Files at random
    # ------------------------------------------------------------

    def _generate(self, dice):
        for _number in range(dice.randrange(2, 7)):
            notice = NOW.date() - timedelta(days=dice.randrange(0, 40))
            moment = dice.choice([0, 9, 19, 20, 21, 23])
            opened = datetime.combine(notice, time()) + timedelta(
                days=dice.randrange(0, 5), hours=moment, minutes=29
            )
            file = self._new_file(
                user_id=dice.choice(self.people).id,
                evaluator_id=dice.choice(self.people).id,
                complaint_handler_id=dice.choice(self.people).id,
                independence_override=dice.random() < 0.2,
                direct_notice=dice.random() < 0.6,
                notice_date=notice,
                opened_date=min(opened, NOW),
                acknowledged_date=dice.choice(
                    [None, notice, notice + timedelta(days=3), notice - timedelta(1)]
                ),
                response_date=dice.choice([None, THURSDAY]),
                # in Tehran the first is on Wednesday still, the second on Thursday
                resolution_date=dice.choice(
                    [
                        None,
                        MONDAY + timedelta(days=2, hours=20),
                        MONDAY + timedelta(days=2, hours=20, minutes=31),
                    ]
                ),
                bare_events=dice.choice([None, None, "acknowledged"]),
                **self._generate_state(dice),
            )
            if dice.random() < 0.2:
                self._set_columns(file, company_id=self.other.id)
            if dice.random() < 0.2:
                file.ticket_id.sudo()._guarded_write(
                    {"former_handler_ids": [Command.link(file.evaluator_id.id)]}
                )
            self._generate_limits(dice, file)

    def _generate_state(self, dice):
        state = dice.choice(STATES)
        if dice.random() < 0.5:
            return {
                "state": state,
                "closed_date": None,
                "closed_from": None,
                "outcome": None,
                "outcome_date": None,
            }
        ended = dice.choice([YEAR_AGO - timedelta(seconds=1), YEAR_AGO, NOW])
        return {
            "state": "closed",
            "closed_from": state,
            "closed_date": ended,
            "outcome": "settled_facilitated"
            if state == "implementation"
            else dice.choice(EARLY),
        }

    def _generate_limits(self, dice, file):
        for event in ("acknowledged", "position_sent"):
            if dice.random() < 0.3:
                self._insert(
                    "iso10003_deadline",
                    rule_id=self.rules[event].id,
                    file_id=file.file_ids.id,
                    company_id=file.company_id.id,
                    actor="organization",
                    state=dice.choice(["met", "met_late", "lapsed", "running"]),
                    due=NOW + dice.choice([-1, 0, 1]) * timedelta(seconds=1),
                )

    # ------------------------------------------------------------
    # As an auditor would with a pencil
    # ------------------------------------------------------------

    def _rows(self, query):
        self.env.flush_all()
        self.env.cr.execute(query)
        return self.env.cr.dictfetchall()

    def _read_files(self):
        """Return the files of the year, and the limits missed on each."""
        files = [
            row
            for row in self._rows("SELECT * FROM iso10003_dispute")
            if row["company_id"] == self.shop.id
            and (not row["closed_date"] or row["closed_date"] >= YEAR_AGO)
        ]
        of_file = {
            row["id"]: row["res_id"]
            for row in self._rows(
                "SELECT id, res_id FROM iso10003_file WHERE model = 'iso10003.dispute'"
            )
        }
        ends = {rule.id: event for event, rule in self.rules.items()}
        missed = {
            (of_file[row["file_id"]], ends.get(row["rule_id"]))
            for row in self._rows("SELECT * FROM iso10003_deadline")
            if row["state"] in ("met_late", "lapsed")
            or (row["state"] == "running" and row["due"] <= NOW)
        }
        return files, missed

    def _is_beyond(self, row, state):
        place = STATES.index(state)
        if row["closed_date"]:
            return STATES.index(row["closed_from"]) > place
        return STATES.index(row["state"]) > place

    def _local_day(self, instant):
        instant = instant.replace(tzinfo=ZoneInfo("UTC"))
        return instant.astimezone(ZoneInfo(ZONE)).date()

    def _next_working_day(self, day):
        day += timedelta(days=1)
        while day.weekday() > 4 or day == HOLIDAY:
            day += timedelta(days=1)
        return day

    def _recompute_21(self, files, _missed):
        former = {
            (row["ticket_id"], row["user_id"])
            for row in self._rows("SELECT * FROM iso10003_ticket_handler_rel")
        }
        bad = [
            row["id"]
            for row in files
            if not row["independence_override"]
            and (
                row["evaluator_id"] == row["complaint_handler_id"]
                or (row["ticket_id"], row["evaluator_id"]) in former
            )
        ]
        return len(files), bad

    def _recompute_63(self, files, _missed):
        asked = [row for row in files if row["direct_notice"]]
        bad = [
            row["id"]
            for row in asked
            if self._local_day(row["opened_date"])
            > self._next_working_day(row["notice_date"])
        ]
        return len(asked), bad

    def _recompute_64(self, files, missed):
        asked, bad = [], []
        for row in files:
            late = (row["id"], "acknowledged") in missed
            until = (row["closed_date"] or NOW).date()
            still = (
                not row["acknowledged_date"]
                and row["notice_date"] < NOW.date() - timedelta(days=14)
                and until > row["notice_date"] + timedelta(days=14)
            )
            if not (self._is_beyond(row, "notice") or late or still):
                continue
            asked.append(row["id"])
            told = row["acknowledged_date"] and "acknowledged" not in (
                row["bare_events"] or ""
            )
            early = told and row["acknowledged_date"] < row["notice_date"]
            if not told or early or late:
                bad.append(row["id"])
        return len(asked), bad

    def _recompute_68(self, files, missed):
        asked = [row for row in files if self._is_beyond(row, "position")]
        bad = [
            row["id"]
            for row in asked
            if not row["response_date"]
            or (row["id"], "position_sent") in missed
            or (
                row["resolution_date"]
                and row["response_date"] > self._local_day(row["resolution_date"])
            )
        ]
        return len(asked), bad

    # ------------------------------------------------------------
    # Both agree
    # ------------------------------------------------------------

    def _make_rules(self):
        draft = self.env["iso10003.policy"].create(
            {"name": "Limits", "company_id": self.shop.id}
        )
        self.rules = {
            event: self.env["iso10003.deadline.rule"].create(
                {
                    "name": event,
                    "code": event,
                    "policy_id": draft.id,
                    "start_event": "notice_received",
                    "end_event": event,
                }
            )
            for event in ("acknowledged", "position_sent")
        }

    def test_21_63_64_and_68(self):
        self._make_rules()
        for number in (21, 63, 64, 68):
            self._assert_unchecked(self._result(number))
        for seed in range(16):
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                self._generate(random.Random(seed))
                read = self._read_files()
                for number in (21, 63, 64, 68):
                    recompute = getattr(self, f"_recompute_{number}")
                    population, failing = recompute(*read)
                    result = self._result(number)
                    told = (number, result)
                    self.assertEqual(result.population, population, told)
                    self.assertEqual(set(result.failing_ids), set(failing), told)
                savepoint.rollback()
                self.env.invalidate_all()
