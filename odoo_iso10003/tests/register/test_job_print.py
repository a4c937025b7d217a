# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import zipfile
from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.register import job_print
from .test_job import JobCase

REPORT = "odoo_iso10003.dispute_file"


@tagged("-at_install", "post_install")
class TestPrintJob(JobCase):
    def setUp(self):
        super().setUp()
        # else tests get HTML
        self.env = self.env(
            context={**self.env.context, "force_report_rendering": True}
        )
        self.jobs = self.env["iso10003.job"].sudo()
        self.files = self.dispute
        for _number in range(2):
            self.files += self._open_dispute(self._new_ticket())
        self.startPatcher(patch.object(job_print, "AT_ONCE", 2))

    def _ask(self, files=None, user=None, report=REPORT):
        reports = self.env["ir.actions.report"].with_user(user or self.handler)
        action = reports.ask_iso10003_print(report, (files or self.files).ids)
        return action and self.jobs.browse(action["res_id"])

    def _list_printed(self, job):
        """Return ``{name: content}`` of all that was printed."""
        found = {}
        for attachment in job.with_user(job.user_id).attachment_ids:
            with zipfile.ZipFile(io.BytesIO(attachment.raw)) as archive:
                found.update({name: archive.read(name) for name in archive.namelist()})
        return found

    def test_many_are_printed_in_the_background(self):
        job = self._ask()
        self.assertEqual((job.state, job.total), ("waiting", 3))
        self._work()
        self.assertEqual((job.state, job.error, job.progress), ("done", False, 100))
        printed = self._list_printed(job)
        self.assertEqual(len(printed), 3)
        for file, (name, content) in zip(self.files, sorted(printed.items()), strict=1):
            self.assertIn(file.name.replace("/", "-"), name)
            self.assertTrue(content.startswith(b"%PDF"), name)
        self.assertIn("3 documents", job.with_user(self.handler).message)

    def test_few_are_printed_at_once(self):
        self.assertFalse(self._ask(self.files[:2]))

    def test_what_is_one_document_of_all_records_stays_one(self):
        certificates = self.env["iso10003.certificate"].search([], limit=3)
        register = f"{__package__.split('.')[2]}.certificate_register"
        reports = self.env["ir.actions.report"].with_user(self.manager)
        ids = certificates.ids or [1, 2, 3]
        self.assertFalse(reports.ask_iso10003_print(register, ids))

    def test_it_goes_on_where_it_was_killed(self):
        job = self._ask()
        with patch.object(job_print, "STEP_SECONDS", 0):
            self._work(steps=2)
            self.assertEqual((job.state, job.done), ("running", 2))
            self._work()
        self.assertEqual(job.state, "done", job.error)
        self.assertEqual(len(job.attachment_ids), 3, "one part a file, nothing twice")
        self.assertEqual(len(self._list_printed(job)), 3)

    def test_nobody_else_reads_what_was_printed(self):
        job = self._ask()
        self._work()
        for user in (self.manager, self.auditor, self.evaluator, self.sponsor):
            with self.subTest(user.login):
                own = job.with_user(user)
                self.assertFalse(own.search([("id", "=", job.id)]))
                with self.assertRaises(AccessError):
                    own.read(["message"])
                with self.assertRaises(AccessError):
                    job.attachment_ids.with_user(user).read(["raw"])

    def test_who_lost_a_file_does_not_get_it(self):
        job = self._ask()
        lost = self.files[1].sudo()
        lost._guarded_write({"user_id": self.manager.id})
        lost.team_id = False
        self.assertFalse(lost.with_user(self.handler).has_access("read"))
        self._work()
        self.assertEqual(job.state, "done", job.error)
        names = " ".join(self._list_printed(job))
        self.assertNotIn(lost.name.replace("/", "-"), names)
        self.assertEqual(len(self._list_printed(job)), 2)
        message = job.with_user(self.handler).message
        self.assertIn("2 documents", message)
        self.assertNotIn(lost.subject, message)

    def test_nobody_asks_for_files_that_they_may_not_read(self):
        with self.assertRaises(AccessError):
            self._ask(user=self.stranger)

    def test_a_request_prints_no_more_than_it_can(self):
        report = self.env["ir.actions.report"].with_user(self.handler)
        with (
            patch.object(job_print, "request", object()),
            self.assertRaisesRegex(UserError, "3 documents take longer"),
        ):
            report._render_qweb_pdf(REPORT, self.files.ids)

    def test_what_was_printed_is_removed_after_a_week(self):
        job = self._ask()
        self._work()
        self.jobs._gc_prints()
        self.assertTrue(job.attachment_ids)
        with freeze_time(datetime.now() + job_print.KEPT + timedelta(hours=1)):
            self.jobs._gc_prints()
        self.assertFalse(job.attachment_ids)
        self.assertEqual(job.state, "done")
