# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields

from ..common import ADDON, DisputeCase
from ..migration_common import run_migration

SCRIPT = "19.0.1.7.0/post-invitations"


class TestInvitationMigration(DisputeCase):
    """What was there before invitations keeps its meaning."""

    def _migrate(self):
        self.env.flush_all()
        run_migration(self.env, SCRIPT, "19.0.1.6.0")

    def _take_reply_rule(self, **values):
        """Put the rule of the EU pack into the version in force, as it was before."""
        pack = self.env.ref(f"{ADDON}.rule_eu_adr_reply")
        policy = self.env["iso10003.policy"]._in_force(
            self.company, fields.Date.today()
        )
        rule = pack.copy({"code": "eu_adr_reply_before"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE iso10003_deadline_rule SET policy_id = %s, pack_id = NULL, "
            "active = TRUE, code = 'eu_adr_reply', end_event = 'position_sent' "
            "WHERE id = %s",
            [policy.id, rule.id],
        )
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        return rule

    def _find_tasks(self, policy):
        return policy.sudo().activity_ids.filtered(
            lambda task: (
                "whether we take part" in (task.summary or "")
                or "taking part" in (task.summary or "")
            )
        )

    def test_a_manager_is_asked_once_for_a_new_version(self):
        rule = self._take_reply_rule()
        self._migrate()
        [task] = self._find_tasks(rule.policy_id)
        self.assertTrue(task.user_id.has_group(f"{ADDON}.group_manager"))
        self.assertEqual(rule.end_event, "position_sent")

    def test_nobody_is_asked_where_no_rule_waits_for_the_position(self):
        policy = self.env["iso10003.policy"]._in_force(
            self.company, fields.Date.today()
        )
        self._migrate()
        self.assertFalse(self._find_tasks(policy))

    def test_a_rule_of_an_approved_version_is_met_by_the_answer_too(self):
        self._take_reply_rule()
        dispute = self._open_dispute()
        self._record(dispute, notice_date=fields.Date.today())
        [limit] = dispute.deadline_ids.filtered(
            lambda one: one.rule_id.code == "eu_adr_reply"
        )
        self.assertEqual(limit.state, "running")
        self._record(dispute, part_answered_date=fields.Date.today())
        self.assertEqual(limit.state, "met")
        met = limit.met_date
        self._record(dispute, response_date=fields.Date.today())
        self.assertEqual(limit.met_date, met)
        self._record(dispute, part_answered_date=False)
        self.assertEqual(limit.state, "met", "the position meets it as ever")
        self._record(dispute, response_date=False)
        self.assertEqual(limit.state, "running")

    def test_the_rule_of_the_pack_ends_at_the_answer(self):
        rule = self.env.ref(f"{ADDON}.rule_eu_adr_reply")
        self.assertEqual(rule.end_event, "answered_part")
        self.assertIn("2025/2647", rule.legal_url)
        self.env.cr.execute(
            "UPDATE iso10003_deadline_rule SET end_event = 'position_sent', "
            "legal_url = 'x', write_date = create_date WHERE id = %s",
            [rule.id],
        )
        self.env.invalidate_all()
        self._migrate()
        self.assertEqual(rule.end_event, "answered_part")
        self.assertIn("2025/2647", rule.legal_url)

    def test_what_somebody_changed_stays(self):
        rule = self.env.ref(f"{ADDON}.rule_eu_adr_reply")
        self.env.cr.execute(
            "UPDATE iso10003_deadline_rule SET end_event = 'position_sent', "
            "write_date = create_date + interval '1 day' WHERE id = %s",
            [rule.id],
        )
        self.env.invalidate_all()
        self._migrate()
        self.assertEqual(rule.end_event, "position_sent")

    def test_letters_of_before_are_the_deeds_that_they_are(self):
        dispute, silent = self._open_dispute(), self._open_dispute(self._new_ticket())
        letter = (
            self.env["iso10003.letter"]
            .with_user(self.handler)
            .create(
                {
                    "file_id": dispute.file_ids.id,
                    "kind": "other",
                    "subject": "Come",
                    "body": "<p>Come to the board.</p>",
                }
            )
        )
        letter.action_send()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE iso10003_letter SET kind = 'invitation' WHERE id = %s", [letter.id]
        )
        self.env.invalidate_all()
        self._migrate()
        self.assertEqual(dispute.invited_date, letter.sent_date)
        self.assertFalse(silent.invited_date)
        self.assertFalse(dispute.env["iso10003.invitation"].search([]))
