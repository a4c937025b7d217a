# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import contextlib
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import ADDON, DisputeCase, DisputePeople
from .deadline_common import DeadlineRules

ESCALATE = f"{ADDON}.cron_escalate"


class HealthCase(DisputeCase):
    def setUp(self):
        super().setUp()
        self.health = self.env["iso10003.health"].with_user(self.manager)
        self.cron = self.env.ref(ESCALATE)
        self.cron.nextcall = fields.Datetime.now()

    def _row(self, code, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        health = self.health.with_user(user or self.manager)
        return health.search([("code", "=", code)])

    def _neutralize(self):
        """As Odoo's own script does."""
        self.env["ir.cron"].search([]).active = False
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("database.is_neutralized", True)


class TestHealth(HealthCase):
    def test_what_is_off_comes_first_and_says_what_to_do(self):
        self.cron.active = False
        rows = self.health.search([])
        self.assertEqual(rows[0].code, "cron_escalate")
        self.assertEqual(rows[0].verdict, "off")
        self.assertIn("Scheduled Actions", rows[0].told)
        # as the menu opens it
        action = self.env.ref(f"{ADDON}.health_action")
        self.assertNotIn("active", action.domain or "")
        self.assertGreater(len(rows), 5)

    def test_all_actions_are_there_when_all_are_off(self):
        before = self.health.search([("scheduled", "=", True)])
        self.env["ir.cron"].search([]).active = False
        self.env.flush_all()
        off = self.health.search([("scheduled", "=", True)])
        self.assertEqual(off, before)
        self.assertEqual(set(off.mapped("verdict")), {"off"})

    def test_a_neutralized_copy_says_that_it_is_one(self):
        self.assertFalse(self._row("copy"))
        self._neutralize()
        self.assertEqual(self.health.search([])[0].code, "copy")
        self.assertIn("neutralized copy", self._row("cron_escalate").told)
        self.assertEqual(len(self.health.get_warnings()), 1, "all else is as meant")

    def test_run_now_runs_or_refuses(self):
        triggers = self.env["ir.cron.trigger"]
        before = triggers.search([("cron_id", "=", self.cron.id)])
        self._row("cron_escalate").action_run_now()
        new = triggers.search([("cron_id", "=", self.cron.id)]) - before
        self.assertEqual(len(new), 1)
        self.cron.active = False
        with self.assertRaisesRegex(UserError, "cannot run.*Scheduled Actions"):
            self._row("cron_escalate").action_run_now()
        with self.assertRaisesRegex(UserError, "cannot run"):
            self.env["iso10003.alarm"].with_user(self.manager).action_sweep_now()
        with self.assertRaisesRegex(AccessError, "Only a dispute manager"):
            self._row("cron_work", self.auditor).action_run_now()
        self._neutralize()
        with self.assertRaisesRegex(UserError, "neutralized copy"):
            self._row("cron_escalate").action_run_now()

    def test_mail_that_failed_or_came_back_is_told_with_what_it_was(self):
        self.assertEqual(self._row("mail").verdict, "well")
        dispute = self._open_dispute()
        mail = self.env["mail.mail"].create(
            {
                "subject": "Deadlines: 3 need you",
                "recipient_ids": self.handler.partner_id.ids,
                "told_of": {dispute._name: dispute.ids},
                "body_html": "<p>They do.</p>",
            }
        )
        mail.write({"state": "exception", "failure_type": "mail_smtp"})
        message = dispute.message_post(body="A word", subject="A word to you")
        self.env["mail.notification"].create(
            {
                "mail_message_id": message.id,
                "res_partner_id": self.customer.id,
                "notification_type": "email",
                "notification_status": "bounce",
                "failure_type": "mail_bounce",
            }
        )
        row = self._row("mail")
        self.assertEqual((row.verdict, row.failed_count), ("failing", 2))
        unsent = self.env["iso10003.unsent"].with_user(self.manager)
        bounced, failed = unsent.search([], order="kind")
        self.assertEqual(failed.subject, "Deadlines: 3 need you")
        self.assertIn("Connection failed", failed.reason)
        self.assertEqual(failed.recipients, self.handler.name)
        self.assertEqual(bounced.record_label, dispute.display_name)
        self.assertEqual(bounced.recipients, self.customer.name)
        self.assertEqual(bounced.action_open()["res_id"], dispute.id)

    def test_of_a_file_that_is_not_read_there_is_a_number_alone(self):
        dispute = self._open_dispute()
        message = dispute.message_post(body="A word", subject="A secret")
        self.env["mail.notification"].create(
            {
                "mail_message_id": message.id,
                "res_partner_id": self.customer.id,
                "notification_type": "email",
                "notification_status": "exception",
            }
        )
        abroad = self.env["res.company"].create({"name": "Elsewhere"})
        other = self._new_user(
            "abroad",
            f"{ADDON}.group_manager",
            company_id=abroad.id,
            company_ids=abroad.ids,
        )
        [row] = self.env["iso10003.unsent"].with_user(other).search([])
        self.assertEqual(row.record_label, f"#{dispute.id}")
        self.assertFalse(row.subject or row.recipients)

    def test_the_guard_of_the_register_is_looked_at(self):
        self.assertEqual(self._row("guard").verdict, "well")
        self.env.cr.execute(
            "ALTER TABLE iso10003_register ENABLE TRIGGER iso10003_register_append_only"
        )
        row = self._row("guard")
        self.assertEqual(row.verdict, "failing")
        self.assertIn("not enabled as always", row.told)
        row.action_view()
        self.assertEqual(self._row("guard").verdict, "well")

    def test_the_last_verification_is_told(self):
        self.assertEqual(self._row("verified").verdict, "late")
        jobs = self.env["iso10003.job"].sudo()
        vals = {
            "kind": "verify",
            "state": "done",
            "user_id": self.manager.id,
            "company_id": self.company.id,
            "asked_date": self.env.cr.now(),
            "ended_date": self.env.cr.now(),
        }
        whole = {"files": 1, "count": 0, "breaks": [], "guards": [], "lost": None}
        jobs.create({**vals, "result": whole})
        self.assertEqual(self._row("verified").verdict, "well")
        broken = {**whole, "count": 1, "breaks": [["iso10003.dispute,7", 2, "link"]]}
        jobs.create({**vals, "result": broken})
        row = self._row("verified")
        self.assertEqual(row.verdict, "failing")
        self.assertIn("iso10003.dispute,7: row 2", row.told)
        self.assertEqual(row.action_view()["res_model"], "iso10003.job")


class TestFirstDay(DeadlineRules, HealthCase):
    def test_a_policy_without_limits_says_so_until_one_has_some(self):
        self._enforce()
        row = self._row("limits")
        self.assertEqual(row.verdict, "missing")
        self.assertIn("nothing is ever late", row.told)
        self.assertIn(f"{row.name}: Not settled", self.health.get_warnings())
        self.assertEqual(row.action_view()["res_model"], "iso10003.policy")
        self._enforce(self._rule())
        self.assertEqual(self._row("limits").verdict, "well")

    def test_the_policy_is_that_of_the_day_where_the_company_works(self):
        """Also where it is tomorrow already, and not yet for who looks."""
        self.manager.tz = "UTC"
        with self._at(2026, 3, 2, 22):
            self._enforce()
            self.assertEqual(self._row("limits").verdict, "missing")

    def test_vacant_duties_and_empty_roles_are_named(self):
        self.company.write({"dispute_manager_id": False, "dispute_sponsor_id": False})
        self.env.ref(f"{ADDON}.group_auditor").user_ids = [Command.clear()]
        told = self._row("duties").told
        for duty in ("Dispute manager", "Top management", "Auditor"):
            self.assertIn(duty, told)
        self.assertNotIn("Handler", told)
        self.company.write(
            {
                "dispute_manager_id": self.manager.id,
                "dispute_sponsor_id": self.sponsor.id,
            }
        )
        self.env.ref(f"{ADDON}.group_auditor").user_ids = self.auditor
        self.assertEqual(self._row("duties").verdict, "well")


class TestRuns(HealthCase):
    def _run(self, code):
        """Run the action as the scheduler does, in the test's own transaction."""
        action = self.cron.ir_actions_server_id
        action.code = code
        self.env.flush_all()
        # of what the scheduler commits and rolls back, the test has one transaction
        with patch.object(self.env.cr, "commit"), patch.object(self.env.cr, "rollback"):
            self.cron._callback(self.cron.cron_name, action.id)

    def test_a_failure_is_told_with_its_reason_and_a_success_with_its_time(self):
        self.assertFalse(self._row("cron_escalate").success_date)
        # assertRaises would roll back what stays of a failure
        with (
            contextlib.suppress(ValueError),
            mute_logger("odoo.addons.base.models.ir_actions"),
        ):
            self._run("raise ValueError('The disk is full')")
        self.cron.failure_count = 1
        row = self._row("cron_escalate")
        self.assertEqual(row.verdict, "failing")
        self.assertIn("The disk is full", row.told)
        self.assertTrue(row.failure_date)
        self._run("x = 1")
        self.cron.failure_count = 0
        row = self._row("cron_escalate")
        self.assertTrue(row.success_date)
        # what waits for it is told, and nothing of the failure
        self.assertNotEqual(row.verdict, "failing")
        self.assertNotIn("The disk is full", row.told or "")

    def test_why_is_no_business_of_another_company(self):
        self.env["iso10003.cron.run"].create(
            {"cron_id": self.cron.id, "reason": "ValueError: Zarathustra"}
        )
        self.cron.failure_count = 1
        self.assertIn("Zarathustra", self._row("cron_escalate").told)
        self.env["res.company"].create({"name": "Elsewhere"})
        self.assertIn("server's log", self._row("cron_escalate").told)


class TestTold(HealthCase):
    def test_managers_are_warned_and_nobody_else(self):
        self.cron.active = False
        warnings = self.health.get_warnings()
        self.assertIn(f"{self.cron.name}: Switched off", warnings)
        for user in (self.handler, self.auditor, self.counsel, self.employee):
            self.assertFalse(self.health.with_user(user).get_warnings())

    def test_a_manager_gets_one_task_at_login(self):
        tasks = self.env["mail.activity"]
        domain = [("user_id", "=", self.manager.id)]
        before = tasks.search(domain)
        self.cron.active = False
        for _login in range(2):
            self.manager.with_user(self.manager)._on_webclient_bootstrap()
        task = tasks.search(domain) - before
        self.assertEqual(len(task), 1)
        self.assertIn("health", task.summary)
        self.assertIn("Switched off", task.note)
        self.handler.with_user(self.handler)._on_webclient_bootstrap()
        self.assertFalse(
            tasks.search(
                [("user_id", "=", self.handler.id), ("summary", "=", task.summary)]
            )
        )

    def test_who_comes_in_comes_in_whatever_is_ill(self):
        with (
            patch.object(
                self.env.registry["iso10003.health"],
                "_look_at_mail",
                side_effect=KeyError("mail"),
            ),
            mute_logger("odoo.addons.odoo_iso10003.models.deadline.health_told"),
        ):
            self.manager.with_user(self.manager)._on_webclient_bootstrap()


@tagged("-at_install", "post_install")
class TestBanner(DisputePeople, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()

    def test_the_banner_stands_above_the_files(self):
        self._open_dispute()
        self.env.ref(ESCALATE).active = False
        self.browser_js(
            "/odoo/disputes",
            """
            const shown = setInterval(() => {
                const banner = document.querySelector(".o_iso10003_health_banner");
                if (banner && banner.textContent.includes("Switched off")) {
                    clearInterval(shown);
                    console.log("test successful");
                }
            }, 100);
            """,
            login=self.manager.login,
        )
