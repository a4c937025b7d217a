# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import SQL

from ...core import chain


class PolicyRules(models.Model):
    """The time limits of a version: copied to the next one, sealed at approval."""

    _inherit = "iso10003.policy"

    rule_ids = fields.One2many(
        "iso10003.deadline.rule",
        "policy_id",
        "Deadline rules",
        domain=[("parent_id", "=", False)],
        context={"active_test": False},
        copy=True,
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

    def copy(self, default=None):
        copies = super().copy(default)
        for policy, copied in zip(self, copies, strict=True):
            policy._copy_balances(copied)
        return copies

    def _copy_balances(self, copied):
        """Let rules of the copy refer to each other, not to those of the original."""
        rules = {rule.code: rule for rule in copied.rule_ids}
        for rule in self.rule_ids.filtered("balance_rule_id"):
            rules[rule.code].balance_rule_id = rules.get(rule.balance_rule_id.code)

    def _lock_draft(self):
        """Refuse changes of approved versions, also of those approved just now.

        The lock makes who changes a part and who approves the whole wait in line.
        """
        try:
            self.sudo().lock_for_update(allow_referencing=True)  # only a lock
        except LockError:
            raise UserError(
                self.env._(
                    "Somebody else is changing or approving “%(policy)s” right now. "
                    "Try again.",
                    policy=", ".join(self.mapped("display_name")),
                )
            ) from None
        self.invalidate_recordset(["state"])
        self._check_not_frozen()
        self._mark_changed()

    def _mark_changed(self):
        """Let nobody approve what they read before this change.

        A lock is forgotten at commit. Only a changed row makes PostgreSQL refuse the
        approval of who still sees the former parts, and lets it be tried again.
        """
        if self:
            self.env.cr.execute(
                SQL(
                    "UPDATE iso10003_policy SET state = state WHERE id IN %s", self._ids
                )
            )

    def _prepare_approved_data(self):
        data = super()._prepare_approved_data()
        return {**data, "rules_sha256": self._digest_rules()}

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

    def _digest_rules(self):
        """Return a digest of all rules and their escalations, as approved."""
        rules = self.with_context(active_test=False).rule_ids
        sealed = [
            [rule._prepare_sealed() for rule in rule | rule.part_ids]
            for rule in rules.sorted("code")
        ]
        return chain.sha256(chain.canonical(sealed))
