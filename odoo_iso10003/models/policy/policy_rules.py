# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ...core import chain


class PolicyRules(models.Model):
    """What a version asks: time limits, of its own or of a pack, and gates."""

    _inherit = "iso10003.policy"

    rule_ids = fields.One2many(
        "iso10003.deadline.rule",
        "policy_id",
        "Deadline rules",
        domain=[("parent_id", "=", False)],
        context={"active_test": False},
        copy=True,
    )
    gate_ids = fields.One2many(
        "iso10003.policy.gate",
        "policy_id",
        "Gates",
        copy=False,
        help="What is wanted before a file under this version leaves a state.",
    )
    deadline_count = fields.Integer(compute="_compute_deadline_count")

    def _compute_deadline_count(self):
        counts = dict(
            self.env["iso10003.deadline"]._read_group(
                [("rule_id.policy_id", "in", self.ids)],
                ["rule_id"],
                ["__count"],
            )
        )
        for policy in self:
            policy.deadline_count = sum(
                count for rule, count in counts.items() if rule.policy_id == policy
            )

    # ------------------------------------------------------------
    # Limits
    # ------------------------------------------------------------

    def _copy_balances(self, copied):
        """Let rules of the copy refer to each other, not to those of the original."""
        rules = {rule.code: rule for rule in copied.rule_ids}
        for rule in self.rule_ids.filtered("balance_rule_id"):
            rules[rule.code].balance_rule_id = rules.get(rule.balance_rule_id.code)

    def _digest_rules(self):
        """Return a digest of all rules and their escalations, as approved."""
        rules = self.with_context(active_test=False).rule_ids
        sealed = [
            [rule._prepare_sealed() for rule in rule | rule.part_ids]
            for rule in rules.sorted("code")
        ]
        return chain.sha256(chain.canonical(sealed))

    # ------------------------------------------------------------
    # Gates
    # ------------------------------------------------------------

    def _take_gates(self):
        """Give drafts the gates of their company that they do not ask yet."""
        vals_list = []
        for policy in self:
            asked = {(gate.state, gate.code) for gate in policy.gate_ids}
            for gate in self.env["iso10003.gate"]._get_effective(policy.company_id):
                if (gate.state, gate.code) not in asked:
                    vals_list.append({"policy_id": policy.id, "gate_id": gate.id})
        self.env["iso10003.policy.gate"].create(vals_list)

    def _keep_strictness(self, former):
        """Let gates that the former version asks too stay as strict as there."""
        strictness = {gate.gate_id: gate.severity for gate in former.gate_ids}
        for gate in self.gate_ids:
            wanted = strictness.get(gate.gate_id, gate.severity)
            if gate.severity != wanted:
                gate.severity = wanted

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_choose_packs(self):
        """Show the packs of examples, to be installed into this draft."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_frozen()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.rule_pack_action_install"
        )
        return {**action, "context": {"install_into": self.id}}

    def action_forecast(self):
        """Show what this version would change, before it enters into force."""
        self.ensure_one()
        forecasts = self.env["iso10003.policy.forecast"]
        return forecasts.create({"policy_id": self.id}).action_count()

    def action_view_deadlines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.deadline_action"
        )
        return {
            **action,
            "domain": [("rule_id.policy_id", "=", self.id)],
            "context": {},
        }
