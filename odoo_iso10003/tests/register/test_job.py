# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import gzip
import json
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from ... import _keep_last_numbers, _start_behind
from ...models.register import job_export, job_verify, register_proof
from ..core.verify_script import VerifyScript
from .register_common import RegisterCase

GUARD = "iso10003_register_append_only"


class JobCase(RegisterCase):
    def setUp(self):
        super().setUp()
        self.jobs = self.env["iso10003.job"].sudo()
        self.registers = self.env["iso10003.register"].with_user(self.auditor)

    def _work(self, steps=None):
        """Do what the scheduled action does, in the test's own transaction.

        :param steps: after how many it is killed
        """
        self.env.flush_all()
        left = iter(range(steps - 1, -1, -1) if steps else [])
        crons = self.env.registry["ir.cron"]

        def commit(_self, processed=0, **_kwargs):
            return next(left, 1) if processed and steps else 1

        with patch.object(crons, "_commit_progress", commit):
            self.jobs._cron_work()

    def _verify_whole(self):
        job = self.jobs.search([("id", "in", self._ask_whole().ids)])
        self._work()
        return job

    def _ask_whole(self):
        action = self.registers.action_verify_whole()
        return self.jobs.browse(action["res_id"])

    @contextmanager
    def _open_register(self):
        """Somebody who owns the database takes the guards away."""
        self.env.flush_all()
        savepoint = self.env.cr.savepoint()
        try:
            for table in ("register", "register_note"):
                self.env.cr.execute(
                    f"ALTER TABLE iso10003_{table} DISABLE TRIGGER USER"
                )
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _close_register(self):
        self.env["iso10003.register.guard"]._mend()

    def _execute(self, statement):
        self.env.cr.execute(statement, {"file": self.file})
        self.assertGreater(self.env.cr.rowcount, 0, statement)
        self.env.invalidate_all()


class TestVerifyJob(JobCase):
    def test_the_whole_register_is_verified_in_the_background(self):
        job = self._ask_whole()
        self.assertEqual((job.state, job.user_id), ("waiting", self.auditor))
        self._work()
        self.assertEqual(job.state, "done", job.error)
        self.assertIn("is whole", job.with_user(self.auditor).message)
        self.assertEqual(job.progress, 100)

    def test_who_asks_twice_waits_for_one(self):
        self.assertEqual(self._ask_whole(), self._ask_whole())

    def test_it_goes_on_where_it_was_killed(self):
        for _number in range(5):
            self._open_dispute(self._new_ticket())
        looked = []
        find = self.env.registry["iso10003.register"]._find_breaks

        def note(registers, files):
            looked.extend(files)
            return find(registers, files)

        job = self._ask_whole()
        with (
            patch.object(job_verify, "VERIFY_BATCH", 2),
            patch.object(self.env.registry["iso10003.register"], "_find_breaks", note),
        ):
            self._work(steps=2)
            self.assertEqual((job.state, job.done), ("running", 4))
            self._work()
        self.assertEqual(job.state, "done", job.error)
        self.assertEqual(len(looked), len(set(looked)), "nothing twice")
        self.assertIn(self.file, looked)
        self.assertEqual(job.done, job.total)

    def test_a_changed_row_is_found(self):
        with self._open_register():
            self._execute(
                "UPDATE iso10003_register SET actor = 1 "
                "WHERE file = %(file)s AND sequence = 1"
            )
            self._close_register()
            job = self._verify_whole()
            self.assertIn(f"{self.file}: row 1", job.message)

    def test_a_file_without_rows_or_end_is_found(self):
        for tables in (["register_head"], ["register"], ["register", "register_head"]):
            with self.subTest(tables), self._open_register():
                for table in tables:
                    self._execute(f"DELETE FROM iso10003_{table} WHERE file = %(file)s")
                self._close_register()
                self.assertIn(self.file, self._verify_whole().message)

    def test_a_file_that_is_gone_or_written_anew_is_found(self):
        """Rows, end and record: no file of its own tells any more."""
        with freeze_time(datetime.now()) as clock:
            self._open_dispute(self._new_ticket())
            clock.tick(7 * 3600)
            self.assertEqual(self._verify_whole().state, "done")
            file = self.company._register_file()
            noted = self.env["iso10003.register"].search([("file", "=", file)])[-1]
            self.assertEqual(noted.event, "heads_noted")
            self.assertIn("files, until", noted.with_user(self.auditor).summary)
            self.assertEqual(self._breaks([file]), [])
            with self._open_register():
                self._execute("DELETE FROM iso10003_register WHERE file = %(file)s")
                self._execute(
                    "DELETE FROM iso10003_register_head WHERE file = %(file)s"
                )
                self.env.cr.execute("SET LOCAL session_replication_role = replica")
                self.env.cr.execute(
                    "DELETE FROM iso10003_dispute WHERE id = %s", [self.dispute.id]
                )
                self.env.cr.execute("SET LOCAL session_replication_role = origin")
                self._close_register()
                self.assertIn("gone or were written anew", self._verify_whole().message)

    def test_what_is_new_is_verified_at_once(self):
        with freeze_time(datetime(2030, 2, 1, 8)):
            self.assertEqual(self._verify_whole().state, "done")
        with freeze_time(datetime(2030, 3, 1, 8)):
            self.dispute.waiting_on = "provider"
            # this file, and that of the company with the ends that were noted
            action = self.registers.action_verify_all()
            self.assertEqual(action["params"]["type"], "success")
            self.assertIn("2 files", action["params"]["message"])
            self.assertIn("each night", action["params"]["message"])
            last = self.jobs.search([], limit=1)
            self.assertEqual((last.kind, last.done), ("verify_new", 2))
            with self._open_register():
                self._execute(
                    "UPDATE iso10003_register SET actor = 1 "
                    "WHERE file = %(file)s AND sequence = 1"
                )
                action = self.registers.action_verify_all()
                self.assertIn(f"{self.file}: row 1", action["params"]["message"])

    def test_what_is_too_much_at_once_goes_to_the_background(self):
        with patch.object(register_proof, "AT_ONCE", 0):
            action = self.registers.action_verify_all()
        self.assertEqual(action["res_model"], "iso10003.job")

    def test_work_that_fails_says_why_and_keeps_nobody_waiting(self):
        broken, next_one = self._ask_whole(), self._ask_export()
        step = self.env.registry["iso10003.job"]
        with (
            patch.object(step, "_step_verify", side_effect=UserError("No luck")),
            mute_logger("odoo.addons.odoo_iso10003.models.register.job"),
        ):
            self._work()
        self.assertEqual((broken.state, broken.error), ("failed", "No luck"))
        self.assertEqual(next_one.state, "done", next_one.error)

    def test_work_ends_with_the_right_to_it(self):
        job = self._ask_whole()
        self.auditor.group_ids -= self.env.ref("odoo_iso10003.group_auditor")
        with mute_logger("odoo.addons.odoo_iso10003.models.register.job"):
            self._work()
        self.assertEqual(job.state, "failed")
        self.assertIn("auditors and managers", job.error)

    def test_it_is_cancelled_by_who_asked_or_a_manager(self):
        job = self._ask_whole()
        other = self._new_user("auditor2", "odoo_iso10003.group_auditor")
        with self.assertRaisesRegex(AccessError, "who asked for it"):
            job.with_user(other).action_cancel()
        job.with_user(self.manager).action_cancel()
        self._work()
        self.assertEqual((job.state, job.done), ("cancelled", 0))

    def test_who_may_not_verify_asks_for_nothing(self):
        for user in (self.handler, self.counsel, self.sponsor, self.employee):
            registers = self.env["iso10003.register"].with_user(user)
            for method in (registers.action_verify_whole, registers.action_export):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    method()

    def test_work_is_seen_in_its_company(self):
        job = self._ask_whole()
        abroad = self.env["res.company"].create({"name": "Elsewhere"})
        other = self._new_user(
            "abroad",
            "odoo_iso10003.group_manager",
            company_id=abroad.id,
            company_ids=abroad.ids,
        )
        self.assertNotIn(job, self.jobs.with_user(other).sudo(False).search([]))
        with self.assertRaises(AccessError):
            job.with_user(other).action_cancel()

    def _ask_export(self):
        return self.jobs.browse(self.registers.action_export()["res_id"])


class TestGuard(JobCase):
    def test_a_guard_that_does_not_guard_is_found_and_mended_with_a_row(self):
        guard = self.env["iso10003.register.guard"]
        self.assertEqual(guard._find_open(), [])
        table = "iso10003_register"
        for statement, problem in (
            (f"ALTER TABLE {table} ENABLE TRIGGER {GUARD}", "plain"),
            (f"ALTER TABLE {table} ENABLE REPLICA TRIGGER {GUARD}", "plain"),
            (f"ALTER TABLE {table} DISABLE TRIGGER {GUARD}", "off"),
            (f"DROP TRIGGER {GUARD} ON {table}", "missing"),
            (
                "CREATE OR REPLACE FUNCTION iso10003_register_refuse() "
                "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                "other",
            ),
        ):
            with self.subTest(statement):
                self.env.cr.execute(statement)
                self.assertEqual(guard._find_open(), [(table, GUARD, problem)])
                message = self.registers.action_verify_all()["params"]["message"]
                self.assertIn(GUARD, message)
                guard.with_user(self.manager).action_mend()
                self.assertEqual(guard._find_open(), [])
                file = self.company._register_file()
                row = self.env["iso10003.register"].search([("file", "=", file)])[-1]
                self.assertEqual(row.event, "guard_mended")
                self.assertEqual(row.data, {"guards": [[GUARD, problem]]})
                self.assertEqual(row.actor, self.manager.id)
                self.assertIn(GUARD, row.with_user(self.auditor).summary)

    def test_nothing_is_noted_where_nothing_is_mended(self):
        file = self.company._register_file()
        before = self.registers.search_count([("file", "=", file)])
        self.env["iso10003.register.guard"].with_user(self.manager).action_mend()
        self.assertEqual(self.registers.search_count([("file", "=", file)]), before)

    def test_who_leads_nothing_mends_nothing(self):
        with self.assertRaisesRegex(AccessError, "mend the guards"):
            self.env["iso10003.register.guard"].with_user(self.handler).action_mend()

    def test_each_night_guards_are_mended_and_all_is_verified(self):
        self.env.cr.execute(f"ALTER TABLE iso10003_register ENABLE TRIGGER {GUARD}")
        self.jobs._cron_verify()
        self.assertEqual(self.env["iso10003.register.guard"]._find_open(), [])
        asked = self.jobs.search([("kind", "=", "verify")])
        self.assertEqual(asked.company_id, self.env["res.company"].search([]))


class TestExport(VerifyScript, JobCase):
    def _export(self):
        job = self.jobs.browse(self.registers.action_export()["res_id"])
        with patch.object(job_export, "EXPORT_BATCH", 3):
            self._work()
        return job

    def _remove(self):
        module = self.env["ir.module.module"]._get("odoo_iso10003")
        module.button_uninstall()
        self.assertEqual(module.state, "to remove")

    def test_the_export_has_all_rows_and_verifies_itself(self):
        self.dispute.action_hold("Mrs Example is in hospital.")
        job = self._export()
        self.assertEqual(job.state, "done", job.error)
        parts = job.attachment_ids.filtered(lambda part: part.name.endswith(".gz"))
        self.assertGreater(len(parts), 1)
        lines = [
            line
            for part in parts
            for line in gzip.decompress(part.raw).decode().splitlines()
        ]
        files = {json.loads(line)["file"] for line in lines}
        self.assertEqual(
            len(files),
            self.env["iso10003.register.head"].search_count(
                [("company_id", "=", self.company.id)]
            ),
        )
        self.assertIn("in hospital", "".join(lines))
        self.assertEqual(self._run_script(lines).returncode, 0)
        names = job.attachment_ids.mapped("name")
        self.assertLessEqual({"chain.py", "verify.py"}, set(names))

    def test_the_product_is_removed_once_its_register_is_elsewhere(self):
        with self.assertRaisesRegex(UserError, "would be destroyed"):
            self._remove()
        job = self._export()
        with self.assertRaisesRegex(UserError, "would be destroyed"):
            self._remove()  # nobody confirmed that it is stored
        with self.assertRaisesRegex(AccessError, "dispute manager"):
            job.with_user(self.auditor).sudo(False).action_confirm_kept()
        job.with_user(self.manager).sudo(False).action_confirm_kept()
        self.assertEqual(job.confirmed_user_id, self.manager)
        self._confirm_the_others()
        with self.env.cr.savepoint() as savepoint:
            self._remove()
            savepoint.rollback()
        self.env.invalidate_all()
        self.dispute.waiting_on = "provider"  # a row that no export has
        with self.assertRaisesRegex(UserError, "would be destroyed"):
            self._remove()

    def _confirm_the_others(self):
        """The databases of tests may have other companies."""
        others = self.env["iso10003.job"]._find_unexported()
        if others:
            jobs = self.jobs._ask("export", others)
            self._work()
            for job in jobs:
                job.action_confirm_kept()

    def test_what_it_stands_on_takes_it_along_and_is_refused_too(self):
        for name in ("helpdesk_mgmt", "mgmtsystem", "mail"):
            module = self.env["ir.module.module"]._get(name)
            with (
                self.subTest(name),
                self.assertRaisesRegex(UserError, "would be destroyed"),
            ):
                module.button_uninstall()
            with self.assertRaisesRegex(UserError, "would be destroyed"):
                self.env["ir.module.module"]._get("odoo_iso10003").module_uninstall()

    def test_a_work_that_is_no_export_confirms_nothing(self):
        job = self._verify_whole()
        with self.assertRaisesRegex(UserError, "no export"):
            job.with_user(self.manager).action_confirm_kept()


class TestNumbers(RegisterCase):
    def test_a_series_that_was_deleted_goes_on_behind_what_was_given(self):
        given = self.dispute.name
        self.company._get_dispute_sequence().unlink()
        after = self._open_dispute(self._new_ticket())
        self.assertGreater(after.name[-5:], given[-5:])

    def test_after_a_removal_numbers_go_on(self):
        number = int(self.dispute.name[-5:])
        _keep_last_numbers(self.env)
        code = "iso10003.dispute"
        kept = self.env["ir.config_parameter"].get_param("odoo_iso10003.last_numbers")
        self.assertEqual(json.loads(kept)[f"{self.company.id},{code}"], number)
        sequence = self.company._get_dispute_sequence()
        sequence.number_next_actual = 1
        _start_behind(self.env)
        self.assertEqual(sequence.number_next_actual, number + 1)
        self.env.cr.execute("UPDATE iso10003_dispute SET name = id || 'X'")
        self.assertEqual(self.company._find_free_number(code), number + 1)
