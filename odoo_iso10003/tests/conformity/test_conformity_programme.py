# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The audit programme: which clause is audited when, and what came of it."""

from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError

from .conformity_common import TODAY, AuditCase, days


class TestProgramme(AuditCase):
    def test_without_clauses_it_does_not_start(self):
        programme = self._new_programme()
        with self.assertRaisesRegex(UserError, "has no clauses"):
            programme.action_start()
        self.assertEqual(programme.state, "draft")
        self.assertFalse(programme.audit_ids)

    def test_each_clause_is_audited_in_its_interval(self):
        programme = self._new_programme(audits_per_year=2)
        programme.action_fill_clauses()
        programme.with_user(self.director).action_approve()
        programme.action_start()
        audits = programme.audit_ids.sorted("date")
        self.assertEqual(len(audits), 6)
        self.assertEqual(audits.user_id, self.inspector)
        for line in programme.line_ids:
            mine = audits.filtered(
                lambda audit, c=line.clause_id: c in audit.clause_ids
            )
            years = {
                (audit.date.date() - programme.date_from).days // 365 for audit in mine
            }
            self.assertEqual(len(years), {"12": 3, "36": 1}[line.interval])
            self.assertEqual(len(mine), len(years))
        yearly = programme.line_ids.filtered(lambda line: line.interval == "12")
        self.assertIn("7.6", yearly.clause_id.mapped("number"))
        for audit in audits:
            self.assertTrue(
                programme.date_from <= audit.date.date() <= programme.date_to
            )
        self.assertEqual(programme.coverage, 100)

    def test_the_coverage_matrix_says_when_and_what_was_found(self):
        audit = self._new_audit("7.6")
        line = audit.programme_id.line_ids
        self.assertEqual(line.standing, "planned")
        self.assertEqual(line.next_audit_id, audit)
        audit.action_prepare_checklist()
        audit.line_ids.write(
            {
                "grade": "not",
                "finding_class": "minor",
                "evidence": "Three receipts are missing",
                "reason": "Put right while we were there",
            }
        )
        audit.line_ids.action_waive_nonconformity()
        audit.button_close()
        line.invalidate_recordset()
        self.assertEqual((line.standing, line.last_audit_id), ("done", audit))
        self.assertEqual(line.finding_count, 3)
        self.env["mgmtsystem.audit"].browse(audit.id).sudo()
        self._set_columns(audit, ended_on=days(-500))
        self.assertEqual(line.standing, "late")

    def test_the_matrix_shows_in_which_month_each_clause_is_audited(self):
        programme = self._start_programme("7.2", "7.6", audits_per_year=1)
        action = programme.with_user(self.inspector).action_view_coverage()
        Audit = self.env["mgmtsystem.audit"].with_user(self.inspector)
        cells = Audit._read_group(
            action["domain"], ["clause_ids", "date:month"], ["__count"]
        )
        months = {audit.date.date().replace(day=1) for audit in programme.audit_ids}
        self.assertEqual(
            {(clause.number, month.date(), count) for clause, month, count in cells},
            {(number, month, 1) for number in ("7.2", "7.6") for month in months},
        )
        view = self.env.ref("odoo_iso10003.audit_view_pivot")
        self.assertIn("clause_ids", Audit.get_view(view.id, "pivot")["arch"])

    def test_the_day_of_an_audit_is_that_of_the_place(self):
        programme = self._start_programme("7.6", date_from=TODAY)
        audit = programme.audit_ids[0].with_context(tz="Asia/Tehran")
        # one o'clock in the morning of its first day, there
        first = datetime.combine(TODAY, time()) - timedelta(hours=2, minutes=30)
        audit.date = first
        self.assertEqual(audit._get_day(), TODAY)
        with self.assertRaisesRegex(ValidationError, "outside its programme"):
            audit.date = first - timedelta(hours=2)

    def test_an_audit_is_not_before_its_programme(self):
        programme = self._start_programme("7.6", date_from=TODAY)
        with self.assertRaisesRegex(ValidationError, "outside its programme"):
            programme.audit_ids[0].date = fields.Datetime.now() - timedelta(days=20)
        with self.assertRaisesRegex(ValidationError, "outside its programme"):
            programme.audit_ids[0].date = fields.Datetime.now() + timedelta(days=1500)

    def test_a_started_programme_stays_on_record(self):
        programme = self._start_programme("7.6")
        with self.assertRaises(UserError):
            programme.unlink()
        with self.assertRaises(UserError):
            programme.write({"state": "draft"})
        with self.assertRaises(UserError):
            programme.action_start()

    def test_any_number_of_audits_a_year_reaches_each_clause_in_time(self):
        for begin in ("2027-02-01", "2027-11-30"):
            programme = self._new_programme(date_from=begin)
            programme.action_fill_clauses()
            for per_year in range(1, 13):
                programme.audits_per_year = per_year
                plan = programme._deal_out()
                with self.subTest(begin=begin, per_year=per_year):
                    for line in programme.line_ids:
                        held = [
                            day for day, clauses in plan if line.clause_id in clauses
                        ]
                        months = relativedelta(months=int(line.interval))
                        reached = programme.date_from
                        for day in held:
                            self.assertLessEqual(day, reached + months)
                            reached = day
                        self.assertLessEqual(programme.date_to, reached + months)
                        self.assertLessEqual(reached, programme.date_to)

    def test_a_started_programme_keeps_its_dates_and_clauses(self):
        programme = self._start_programme("7.6")
        line = programme.line_ids
        other = self.env["iso10003.clause"].search([("number", "=", "7.2")], limit=1)
        for attempt in (
            lambda: self._call(
                self.inspector, programme, "write", {"date_from": days(-9)}
            ),
            lambda: self._call(
                self.inspector, programme, "write", {"audits_per_year": 1}
            ),
            lambda: self._call(self.inspector, line, "write", {"interval": "36"}),
            lambda: self._call(self.inspector, line, "unlink"),
            lambda: programme.write(
                {"line_ids": [Command.create({"clause_id": other.id})]}
            ),
        ):
            with self.assertRaisesRegex(UserError, "is running, not draft"):
                attempt()
        programme.name = "Audits of the shop"
        # the next cycle begins anew
        following = programme.copy()
        self.assertEqual((following.state, following.date_from), ("draft", TODAY))
        self.assertEqual(following.line_ids.clause_id, line.clause_id)

    def test_what_an_ended_programme_planned_counts_no_more(self):
        programme = self._start_programme("7.6")
        self.assertEqual(programme.line_ids.standing, "planned")
        programme.action_end()
        programme.invalidate_recordset()
        programme.line_ids.invalidate_recordset()
        self.assertEqual(programme.line_ids.standing, "open")
        self.assertFalse(programme.line_ids.next_date)

    def test_audits_begin_at_nine_where_they_are_planned(self):
        self.inspector.tz = "Asia/Tehran"
        audit = self._new_audit("7.6")
        self.assertEqual(audit.date.strftime("%H:%M"), "05:30")
