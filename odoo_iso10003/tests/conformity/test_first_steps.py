# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is to settle before the first dispute, ticked from the records."""

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user

from ..common import ADDON
from .conformity_common import ConformityCase


class TestFirstSteps(ConformityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "New shop"})
        cls.boss = cls._hire("boss", f"{ADDON}.group_manager")

    @classmethod
    def _hire(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            f"base.group_user,{groups}",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def _step(self, code, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        steps = self.env["iso10003.first.step"].with_user(user or self.boss)
        return steps.with_company(self.company).search([("code", "=", code)])

    def test_nothing_is_ticked_by_itself(self):
        steps = self.env["iso10003.first.step"].with_user(self.boss).search([])
        self.assertEqual(len(steps), 10)
        for step in steps:
            with self.subTest(step=step.code):
                if step.code != "mail":  # as the server is set up
                    self.assertFalse(step.done)
                self.assertTrue(step.done or step.told)

    def test_each_leads_to_its_place(self):
        admin = self._hire("installer", "base.group_system")
        for step in self.env["iso10003.first.step"].with_user(admin).search([]):
            with self.subTest(step=step.code):
                action = step.action_go()
                self.assertIn(action["res_model"], self.env)

    def test_roles_and_duties(self):
        self.assertIn("Top management", self._step("roles").told)
        people = {
            role: self._hire(role, f"{ADDON}.group_{role}")
            for role in ("handler", "sponsor", "auditor")
        }
        self.assertTrue(self._step("roles").done)
        self.assertFalse(self._step("duties").done)
        self.company.dispute_manager_id = self.boss
        self.assertNotIn("Dispute manager", self._step("duties").told)
        self.company.dispute_sponsor_id = people["sponsor"]
        self.assertTrue(self._step("duties").done)

    def test_a_holiday_within_a_year(self):
        now = fields.Datetime.now()
        leaves = self.env["resource.calendar.leaves"]
        leave = leaves.create(
            {
                "name": "Long ago",
                "company_id": self.company.id,
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": now - relativedelta(days=9),
                "date_to": now - relativedelta(days=8),
            }
        )
        self.assertFalse(self._step("calendar").done)
        leave.write(
            {
                "date_to": now + relativedelta(days=31),
                "date_from": now + relativedelta(days=30),
            }
        )
        self.assertTrue(self._step("calendar").done)

    def test_the_policy_that_ships_is_not_ones_own(self):
        self.assertIn("ships", self._step("policy").told)
        policies = self.env["iso10003.policy"].with_user(self.boss)
        version = policies.create({"name": "Ours", "company_id": self.company.id})
        self.env["iso10003.deadline.rule"].with_user(self.boss).create(
            {
                "policy_id": version.id,
                "name": "Acknowledge",
                "code": "ack",
                "start_event": "notice",
                "end_event": "acknowledged",
                "quantity": 5,
            }
        )
        self.assertFalse(self._step("policy").done)
        second = self._hire("second", f"{ADDON}.group_manager")
        version.with_user(second).action_approve()
        self.assertFalse(self._step("policy").done)
        version.action_put_in_force()
        self.assertTrue(self._step("policy").done)
        self.assertTrue(self._step("limits").done)

    def test_documents_count_once_approved(self):
        documents = self.env["iso10003.starter.document"].with_user(self.boss)
        documents = documents.with_company(self.company).search([])
        self.assertIn(documents[0].name, self._step("documents").told)
        pages = documents._install("en_US")
        self.assertFalse(self._step("documents").done)
        changes = self.env["document.page.history"].search(
            [("page_id", "in", pages.ids)]
        )
        changes.action_approve()
        self.assertTrue(self._step("documents").done)

    def test_a_draft_is_no_gap_analysis(self):
        assessments = self.env["iso10003.assessment"].with_user(self.boss)
        found = assessments.with_company(self.company).create({})
        self.assertFalse(self._step("assessment").done)
        found._guarded_write({"state": "done"})
        self.assertTrue(self._step("assessment").done)

    def test_what_no_record_shows_is_said_and_kept(self):
        dialogs = self.env["iso10003.first.step.said"]
        for code, event in (("backup", "backup_tried"), ("head", "end_kept")):
            step = self._step(code)
            said = (
                dialogs.with_user(self.boss)
                .with_company(self.company)
                .with_context(**step.action_go()["context"])
                .create({"note": "Restored on the second server"})
            )
            said.action_say()
            self.assertTrue(self._step(code).done)
            row = self.env["iso10003.register"].search(
                [("event", "=", event), ("company_id", "=", self.company.id)]
            )
            self.assertEqual(row.actor, self.boss.id)
            # a year later it is to be tried again
            with freeze_time(fields.Datetime.now() + relativedelta(years=1)):
                self.assertFalse(self._step(code).done)

    def test_who_is_no_manager_says_nothing(self):
        handler = self._hire("helper", f"{ADDON}.group_handler")
        steps = self.env["iso10003.first.step"].with_user(handler)
        with self.assertRaises(AccessError):
            steps.search([])
        with self.assertRaises(AccessError):
            steps._note_said("backup", "It was me")

    def test_auditors_read_what_is_settled_and_settle_nothing(self):
        auditor = self._hire("looker", f"{ADDON}.group_auditor")
        steps = self.env["iso10003.first.step"].with_company(self.company)
        told = [
            steps.with_user(user).search([]).mapped(lambda one: (one.done, one.told))
            for user in (self.boss, auditor)
        ]
        self.assertEqual(len(told[0]), 10)
        self.assertEqual(*told)
        own = steps.with_user(auditor)
        said = {"code": "backup", "note": "It was me"}
        with self.assertRaises(AccessError):
            own._note_said("backup", "It was me")
        with self.assertRaises(AccessError):
            own.env["iso10003.first.step.said"].create(said)
        arch = own.get_view(view_type="list")["arch"]
        self.assertIn("told", arch)
        self.assertNotIn("action_go", arch)
