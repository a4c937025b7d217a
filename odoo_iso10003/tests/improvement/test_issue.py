# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError

from .improvement_common import ImprovementCase


class TestIssue(ImprovementCase):
    def test_many_files_have_one_nonconformity(self):
        files = self._new_file() | self._new_file()
        issue = self._new_issue(files)
        issue.action_open_nonconformity()
        raised = issue.nonconformity_id
        self.assertEqual(files.sudo().corrective_id, raised)
        self.assertEqual(files.mapped("is_corrected"), [True, True])
        later = self._new_file()
        issue.action_take_files(later.ids)
        self.assertEqual(later.sudo().corrective_id, raised)
        # seen in Findings, and it leads back
        self.assertTrue(raised.of_disputes)
        self.assertEqual(raised.action_view_origin()["res_id"], issue.id)
        # a second one is not made
        issue.action_open_nonconformity()
        self.assertEqual(issue.nonconformity_id, raised)

    def test_the_corrective_action_of_a_file_is_that_of_its_issue(self):
        file, other = self._new_file(), self._new_file()
        issue = self._new_issue(file | other)
        file.action_open_corrective()
        self.assertTrue(issue.nonconformity_id)
        self.assertEqual(other.sudo().corrective_id, issue.nonconformity_id)

    def test_a_handler_reads_an_issue_by_own_files_and_counts_only_those(self):
        file, secret = self._new_file(), self._new_file(user=self.stranger)
        issue = self._new_issue(file | secret)
        own = issue.with_user(self.handler)
        own.invalidate_recordset()
        self.assertEqual(own.file_count, 1)
        self.assertEqual(own.dispute_ids, file)
        self.assertEqual(
            own.action_view_files()["domain"], [("issue_id", "=", issue.id)]
        )
        with self.assertRaises(AccessError):
            own.candidate_ids.ids  # noqa: B018
        for method, arguments in (
            ("action_take_files", [file.ids]),
            ("action_let_go", [file.ids, "Why?"]),
            ("action_dismiss", ["Why?"]),
            ("action_open_nonconformity", []),
            ("action_note_action", ["Done"]),
        ):
            with self.assertRaises(AccessError, msg=method):
                getattr(own, method)(*arguments)
        nobodys = self._new_user("other", "odoo_iso10003.group_handler")
        self.assertFalse(issue.with_user(nobodys).search([("id", "=", issue.id)]))
        with self.assertRaises(AccessError):
            issue.with_user(nobodys).read(["name"])

    def test_the_figure_of_a_handler_counts_no_file_of_others(self):
        file, secret = self._new_file(), self._new_file(user=self.stranger)
        issue = self._new_issue(file | secret)
        issue.action_note_action("Another drum.", self._day(0))
        self.assertEqual(issue.rate_after, 2)
        own = issue.with_user(self.handler)
        own.invalidate_recordset()
        self.assertEqual(own.rate_after, 1)

    def test_a_file_is_of_one_issue(self):
        file = self._new_file()
        self._new_issue(file)
        with self.assertRaisesRegex(UserError, "belongs to the issue"):
            self._new_issue(file, name="Another")

    def test_files_are_let_go_with_a_reason(self):
        file = self._new_file()
        issue = self._new_issue(file)
        with self.assertRaisesRegex(UserError, "reason"):
            issue.action_let_go(file.ids, " ")
        with self.assertRaisesRegex(UserError, "belong to it"):
            issue.action_let_go(self._new_file().ids, "Another drum")
        with self.assertRaisesRegex(UserError, "Let them go"):
            issue.action_dismiss("Nothing in common")
        issue.action_let_go(file.ids, "Another drum")
        self.assertFalse(file.issue_id)
        issue.action_dismiss("Nothing in common")
        with self.assertRaisesRegex(UserError, "does not change"):
            issue.action_take_files(file.ids)

    def test_it_stays_on_record(self):
        issue = self._new_issue(self._new_file())
        with self.assertRaises(UserError):
            issue.sudo().unlink()
        with self.assertRaises(UserError):
            issue.copy()
        with self.assertRaises(UserError):
            issue.state = "ended"

    # ------------------------------------------------------------
    # Effect
    # ------------------------------------------------------------

    def test_whether_it_recurs_is_a_figure_before_and_after(self):
        cause = self._new_cause()
        files = self.env["iso10003.dispute"]
        for days in (-80, -50, -20):
            file = self._new_file(cause_id=cause.id)
            file.sudo()._guarded_write(
                {"opened_date": fields.Datetime.add(fields.Datetime.now(), days=days)}
            )
            files |= file
        issue = self._new_issue(files[:2], cause_id=cause.id)
        issue.action_note_action("The supplier has changed the drum.", self._day(-10))
        self.assertAlmostEqual(issue.rate_before, 3 / (70 / 30.4375), 2)
        self.assertEqual(issue.rate_after, 0)
        # a new one of its cause counts, whether it was taken into it or not
        self._new_file(cause_id=cause.id)
        issue.invalidate_recordset()
        self.assertEqual(issue.rate_after, 1)
        self.assertIn("files a month", issue.rates)
        views = issue.action_view_recurrence()["views"]
        self.assertEqual(views[0][1], "graph")

    def test_the_effect_is_asked_and_said_with_a_reason(self):
        issue = self._new_issue(self._new_file())
        issue.action_open_nonconformity()
        with self.assertRaisesRegex(UserError, "note first"):
            issue.action_say_effect("effective", "It did.")
        issue.action_note_action("Another drum.")
        self.assertEqual(issue.effect_date, self._day(90))
        with self.assertRaisesRegex(UserError, "reason"):
            issue.action_say_effect("effective", "")
        with self.assertRaisesRegex(UserError, "whether it worked"):
            issue.action_say_effect("perhaps", "Who knows?")
        issue.action_say_effect("not_effective", "Two more came.")
        self.assertEqual(issue.state, "open")
        issue.action_note_action("A third drum.")
        self.assertFalse(issue.effect)
        issue.action_say_effect("effective", "None since.")
        self.assertEqual(issue.state, "ended")
        self.assertEqual(issue.effect_user_id, self.manager)
        raised = issue.sudo().nonconformity_id
        self.assertEqual(raised.effect_date, self._day(0))
        self.assertTrue(raised.effect_figure)
        rows = self.env["iso10003.register"].sudo()
        rows = rows.search([("file", "=", f"iso10003.issue,{issue.id}")])
        self.assertEqual(rows.mapped("event").count("issue_effect"), 2)
        self.assertEqual(rows.with_user(self.auditor).verify_chain(), [])

    def test_an_action_is_not_done_tomorrow(self):
        issue = self._new_issue(self._new_file())
        for day in (self._day(2), "1026-01-01"):
            with self.assertRaises(ValidationError):
                issue.action_note_action("Another drum.", day)
        with self.assertRaisesRegex(UserError, "say what was done"):
            issue.action_note_action(" ")

    def test_it_is_asked_again_until_somebody_says_it(self):
        issue = self._new_issue(self._new_file())
        issue.action_note_action("Another drum.")
        crons = self.env.registry["ir.cron"]
        with (
            freeze_time(f"{self._day(91)} 08:00:00"),
            patch.object(crons, "_commit_progress", lambda *_args, **_kw: 1),
        ):
            self.env["iso10003.alarm"]._sweep()
        tasks = issue.activity_ids
        self.assertEqual(tasks.user_id, self.manager)
        self.assertIn("Did it help?", tasks.summary)
        issue.action_say_effect("effective", "None since.")
        self.assertFalse(issue.activity_ids)

    def test_the_dialog_does_what_it_asks(self):
        issue, file = self._new_issue(self._new_file()), self._new_file()
        steps = self.env["iso10003.issue.step"].with_user(self.manager)

        def answer(question, **values):
            steps.create(
                {"issue_id": issue.id, "question": question, **values}
            ).action_confirm()

        answer("take", dispute_ids=file.ids)
        self.assertEqual(file.issue_id, issue)
        answer("let_go", dispute_ids=file.ids, reason="Another drum")
        self.assertFalse(file.issue_id)
        answer("act", date=self._day(0), reason="Another supplier")
        answer("effect", effect="effective", reason="None since")
        self.assertEqual(issue.state, "ended")
        with self.assertRaises(UserError):
            answer("dismiss", reason="Too late")
