# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules look at the teams of who asks, as they are at that moment."""

from odoo.exceptions import AccessError
from odoo.fields import Command

from ...models.file.ir_rule import TEAMS
from ..common import ADDON, DisputeCase
from ..migration_common import run_migration
from . import walls


class TestTeams(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._new_user("colleague", f"{ADDON}.group_handler")
        cls.team = cls.env["helpdesk.ticket.team"].create(
            {"name": "Returns", "user_ids": [Command.set(cls.colleague.ids)]}
        )
        cls.file = cls._open_dispute().with_env(cls.env)
        cls.file.team_id = cls.team

    def _is_read(self, user=None, **context):
        own = self.file.with_user(user or self.colleague).with_context(**context)
        found = bool(own.search([("id", "=", own.id)]))
        self.assertEqual(found, own.has_access("read"))
        return found

    def test_who_leaves_a_team_reads_no_more_of_it(self):
        self.assertTrue(self._is_read())
        for leave, join in (
            (
                lambda: self.team.write({"user_ids": [Command.clear()]}),
                lambda: self.team.write(
                    {"user_ids": [Command.set(self.colleague.ids)]}
                ),
            ),
            (
                lambda: self.colleague.write({"helpdesk_team_ids": [Command.clear()]}),
                lambda: self.colleague.write(
                    {"helpdesk_team_ids": [Command.set(self.team.ids)]}
                ),
            ),
        ):
            leave()
            self.assertFalse(self._is_read())
            join()
            self.assertTrue(self._is_read())

    def test_what_another_process_changed_holds_in_the_next_transaction(self):
        self.assertTrue(self._is_read())
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM helpdesk_ticket_team_res_users_rel")
        self.env.invalidate_all()
        self.assertFalse(self._is_read())

    def test_a_team_that_was_archived_reads_its_files(self):
        self.team.active = False
        self.assertTrue(self._is_read())

    def test_nobody_names_their_teams_themselves(self):
        stranger = self._new_user("stranger2", f"{ADDON}.group_handler")
        for teams in (tuple(self.team.ids), self.team.ids):
            self.assertFalse(self._is_read(stranger, **{TEAMS: teams}))
            self.assertFalse(self._is_read(stranger, team_ids=teams))
        for said in (False, None, 0, "x"):
            self.assertFalse(self._is_read(stranger, **{TEAMS: said}))
            # in debug mode, a refusal asks which rules refuse
            with walls.debug_mode(self.env), self.assertRaises(AccessError):
                self.file.with_user(stranger).with_context(**{TEAMS: said}).read(
                    ["name"]
                )

    def test_an_organization_may_ask_for_teams_in_rules_of_its_own(self):
        category = self.env["helpdesk.ticket.category"].create({"name": "Goods"})
        own = category.with_user(self.colleague)
        self.assertTrue(own.has_access("read"))
        rule = self.env["ir.rule"].create(
            {
                "name": "Who is in no team reads none",
                "model_id": self.env["ir.model"]._get_id(category._name),
                "domain_force": "[('id', '!=', False)] if team_ids else [(0, '=', 1)]",
            }
        )
        self.assertTrue(own.has_access("read"))
        self.team.user_ids = [Command.clear()]
        self.assertFalse(own.has_access("read"))
        rule.unlink()
        self.assertTrue(own.has_access("read"))

    def test_of_other_models_nobody_is_asked_for_teams(self):
        asked = {
            name
            for name in self.env.registry
            if self.env["ir.rule"]._is_about_teams(name)
        }
        self.assertGreater(len(asked), 20)
        self.assertIn("iso10003.dispute", asked)
        self.assertFalse(asked & {"res.partner", "res.users", "iso10003.role.holder"})

    def test_rules_that_nobody_changed_follow_the_update(self):
        rule = self.env.ref(f"{ADDON}.rule_claim_handler")
        stricter = self.env.ref(f"{ADDON}.rule_dispute_handler")
        shipped = rule.domain_force
        former = shipped.replace(
            "('dispute_id.team_id', 'in', team_ids)",
            "('dispute_id.team_id.user_ids', '=', user.id)",
        )
        self.assertNotEqual(former, shipped)
        rule.domain_force = former
        stricter.domain_force = own = "[('team_id.user_ids', '=', user.id)]"
        self.env.flush_all()
        run_migration(self.env, "19.0.1.9.0/post-teams", "19.0.1.8.0")
        self.env.invalidate_all()
        self.assertEqual(rule.domain_force, shipped)
        self.assertEqual(stricter.domain_force, own)
        self.env.registry.clear_cache()
        self.assertTrue(self._is_read())
