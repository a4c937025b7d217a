# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Limits, and what comes of them, keep who reads their file, and rules look there."""

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..migration_common import run_migration
from .test_deadline_course import DeadlineCase

KEPT = {
    "iso10003.deadline": ("user_id", "team_id", "reader_id", "shared"),
    "iso10003.alarm": ("owner_id", "team_id", "reader_id", "shared"),
}
TABLES = {"iso10003_deadline", "iso10003_alarm"}
READ_BY_OWNER = "[('user_id', '=', user.id)]"


@tagged("-at_install", "post_install")
class TestDeadlineReaders(DeadlineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        level = Command.create({"offset": -1, "kind": "activity", "role": "owner"})
        cls._enforce(cls._rule(escalation_ids=[level]))
        cls.file = cls._file_with_notice()
        cls.deadline = cls._deadline(cls.file).sudo()
        cls.alarms = cls.deadline.alarm_ids

    def _kept(self, records):
        return {
            tuple(record[name] for name in KEPT[records._name]) for record in records
        }

    def test_they_follow_the_file(self):
        self.assertTrue(self.alarms)
        team = self.team.copy({"user_ids": [Command.set(self.stranger.ids)]})
        self.file.sudo().write(
            {
                "user_id": self.manager.id,
                "evaluator_id": self.evaluator.id,
                "team_id": team.id,
            }
        )
        wanted = {(self.manager, team, self.evaluator, True)}
        self.assertEqual(self._kept(self.deadline), wanted)
        self.assertEqual(self._kept(self.alarms), wanted)
        self.env.flush_all()
        for reader, reads in (
            (self.evaluator, True),
            (self.stranger, True),  # of the team
            (self.handler, False),  # who led it before
        ):
            for records in (self.deadline, self.alarms):
                own = records.with_user(reader)
                with self.subTest(reader=reader.login, model=records._name):
                    found = own.search([("id", "in", records.ids)])
                    self.assertEqual(found, own if reads else own.browse())

    def test_rules_join_no_table_that_grows(self):
        for model in KEPT:
            for reader in (self.handler, self.counsel, self.manager, self.sponsor):
                query = self.env[model].with_user(reader)._search([], order="id")
                asked = query.select().code
                for other in {"iso10003_file", "iso10003_dispute", *TABLES} - {
                    self.env[model]._table
                }:
                    self.assertNotIn(f'"{other}" AS', asked, (model, reader.login))

    def test_an_update_fills_what_is_kept(self):
        self.file.sudo().evaluator_id = self.evaluator
        before = self._kept(self.deadline), self._kept(self.alarms)
        self.env.flush_all()
        for model, names in KEPT.items():
            names = [name for name in names if name != "user_id"]
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s",
                    SQL.identifier(self.env[model]._table),
                    SQL(", ").join(
                        SQL("%s = NULL", SQL.identifier(name)) for name in names
                    ),
                )
            )
        self.env.invalidate_all()
        run_migration(self.env, "19.0.1.9.0/pre-reading", "19.0.1.8.0")
        run_migration(self.env, "19.0.1.9.0/post-reading", "19.0.1.8.0")
        self.assertEqual((self._kept(self.deadline), self._kept(self.alarms)), before)

    def test_an_update_turns_the_rules_that_nobody_made_stricter(self):
        former = "[('file_id.privileged', '=', False)]"
        shipped, stricter = (
            self.env.ref(f"odoo_iso10003.{name}")
            for name in ("rule_deadline_sponsor", "rule_deadline_handler")
        )
        wanted = shipped.domain_force
        shipped.domain_force, stricter.domain_force = former, READ_BY_OWNER
        run_migration(self.env, "19.0.1.9.0/post-reading", "19.0.1.8.0")
        self.assertEqual(shipped.domain_force, wanted)
        self.assertEqual(stricter.domain_force, READ_BY_OWNER)
