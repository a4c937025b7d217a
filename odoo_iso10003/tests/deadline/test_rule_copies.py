# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules and their escalations are copied, as a manager does by RPC."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .test_deadline_course import DeadlineCase


@tagged("-at_install", "post_install")
class TestRuleCopies(DeadlineCase):
    def test_a_rule_is_copied_beside_itself(self):
        policy = self._draft(
            self._rule(escalation_ids=[Command.create({"offset": -1})]),
        )
        rule = policy.rule_ids
        copies = rule.copy() | rule.copy()
        self.assertEqual(copies.mapped("code"), ["acknowledge_2", "acknowledge_3"])
        self.assertEqual(copies.policy_id, policy)
        self.assertEqual(len(copies.escalation_ids), 2)

    def test_a_combined_rule_is_copied_with_its_parts(self):
        part = {
            "name": "Part",
            "code": "part",
            "start_event": "notice_received",
            "quantity": 3,
        }
        policy = self._draft(
            self._rule(
                "both",
                start_event=False,
                combine="latest",
                part_ids=[Command.create(part)],
            )
        )
        rule = policy.rule_ids
        rule.part_ids.with_context(lang="fa_IR").name = "بخش"
        copied = rule.copy()
        self.assertEqual(copied.part_ids.code, "part_2")
        self.assertEqual(copied.part_ids.with_context(lang="fa_IR").name, "بخش")

    def test_what_is_left_of_another_stays(self):
        policy = self._draft(self._rule(), self._rule("rest"))
        first, rest = policy.rule_ids.sorted("id")
        rest.balance_rule_id = first
        self.assertEqual(rest.copy().balance_rule_id, first)

    def test_a_new_version_keeps_the_codes(self):
        policy = self._draft(self._rule(), self._rule("rest"))
        self.assertEqual(
            policy.copy().rule_ids.mapped("code"), policy.rule_ids.mapped("code")
        )

    def test_an_escalation_is_copied(self):
        policy = self._draft(
            self._rule(escalation_ids=[Command.create({"offset": -1})])
        )
        level = policy.rule_ids.escalation_ids
        self.assertEqual(level.copy({"offset": 2}).rule_id, policy.rule_ids)

    def test_of_an_approved_version_nothing_is_copied_into_itself(self):
        policy = self._enforce(
            self._rule(escalation_ids=[Command.create({"offset": -1})])
        ).with_user(self.manager)
        for record in (policy.rule_ids, policy.rule_ids.escalation_ids):
            with self.assertRaises(UserError):
                record.copy()
