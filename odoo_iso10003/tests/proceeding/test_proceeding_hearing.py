# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sessions and hearings of proceedings: who leads the file plans and reads them."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..migration_common import run_migration
from .test_proceeding import ProceedingCase


class TestHearingsOfProceedings(ProceedingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.proceeding = cls._propose(cls.dispute)
        cls.hearing = cls._plan(cls.proceeding)

    @classmethod
    def _plan(cls, proceeding, **values):
        """Plan a session with the dialog, as who leads the file."""
        action = proceeding.action_plan_hearing()
        hearings = proceeding.env[action["res_model"]].with_context(**action["context"])
        return hearings.create(
            {"start": fields.Datetime.now() + timedelta(days=20), **values}
        )

    def test_a_handler_plans_a_session(self):
        self.assertEqual(self.hearing.kind, "mediation")
        self.assertIn(self.proceeding.name, self.hearing.name)
        self.assertEqual(self.hearing.event_id.sudo().user_id, self.handler)
        self.assertEqual(self.hearing.event_id.sudo().privacy, "private")
        rows = self.proceeding.sudo().register_ids
        self.assertEqual(len(rows.filtered(lambda row: row.event == "hearing")), 1)

    def test_it_takes_place_with_its_outcome(self):
        with self.assertRaises(UserError):
            self.hearing.action_held()
        self.hearing.outcome = "settled"
        self.hearing.action_held()
        self.assertEqual(self.hearing.state, "held")

    def test_who_reads_the_file_reads_it_and_nobody_else(self):
        participants = self.env["iso10003.hearing.participant"]
        called = participants.with_user(self.handler).create(
            {"hearing_id": self.hearing.id, "partner_id": self.customer.id}
        )
        for user in (self.handler, self.manager, self.counsel, self.sponsor):
            with self.subTest(user=user.login):
                self.assertTrue(self.hearing.with_user(user).kind)
                self.assertTrue(called.with_user(user).role)
        for record in (self.hearing, called):
            with self.assertRaises(AccessError):
                record.with_user(self.stranger).check_access("read")
            self.assertFalse(record.with_user(self.stranger).search([]))

    def test_a_stranger_plans_none(self):
        vals = {
            "proceeding_id": self.proceeding.id,
            "start": fields.Datetime.now() + timedelta(days=20),
        }
        with self.assertRaises(AccessError):
            self.env["iso10003.hearing"].with_user(self.stranger).create(vals)
        with self.assertRaises(UserError):  # it belongs to one matter
            self.env["iso10003.hearing"].with_user(self.handler).create(
                {"start": vals["start"]}
            )

    def test_the_appointment_goes_with_who_leads(self):
        self.team.user_ids = [Command.link(self.stranger.id)]
        self.dispute.user_id = self.stranger
        self.assertEqual(self.hearing.sudo().event_id.user_id, self.stranger)

    def test_an_ended_proceeding_is_heard_no_more(self):
        self._end(self.proceeding, "no_agreement")
        with self.assertRaises(UserError):
            self._plan(self.proceeding)

    def test_after_the_update_handlers_read_those_of_their_files_alone(self):
        rule = self.env.ref("odoo_iso10003.rule_hearing_reader")
        rule.domain_force = "[('referral_id', '=', False)]"
        run_migration(self.env, "19.0.1.8.0/post-hearings", "19.0.1.7.0")
        self.assertFalse(self.hearing.with_user(self.stranger).search([]))
        self.assertTrue(self.hearing.with_user(self.handler).search([]))
