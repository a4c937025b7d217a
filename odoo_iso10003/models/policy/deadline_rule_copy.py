# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.fields import Command


class DeadlineRuleCopy(models.Model):
    """A copy of a rule beside it has a code of its own, and so have its parts."""

    _inherit = "iso10003.deadline.rule"

    def copy(self, default=None):
        """Copy rules, into the same version or where ``default`` says."""
        default, copies = default or {}, self.browse()
        if "code" in default:
            return super().copy(default)
        for rule in self:
            taken = rule._get_taken_codes(default)
            copied = super(DeadlineRuleCopy, rule).copy(
                {
                    **default,
                    "code": _find_free(rule.code, taken),
                    "part_ids": [
                        Command.create(
                            {**vals, "code": _find_free(vals["code"], taken)}
                        )
                        for vals in rule.part_ids.copy_data()
                    ],
                }
            )
            for part, copied_part in zip(rule.part_ids, copied.part_ids, strict=True):
                part.copy_translations(copied_part)
            if (copied.policy_id, copied.pack_id) == (rule.policy_id, rule.pack_id):
                copied.balance_rule_id = rule.balance_rule_id
            copies += copied
        return copies

    def _get_taken_codes(self, default):
        """Return the codes of the rules beside which a copy comes to stand."""
        policy_id = default.get("policy_id", self.policy_id.id)
        beside = self.with_context(active_test=False).search(
            [("policy_id", "=", policy_id), ("policy_id", "!=", False)]
        )
        return set(beside.mapped("code"))


def _find_free(code, taken):
    """Return the code, with the first number that makes it another; and take it."""
    free = next(
        name
        for name in (code, *(f"{code}_{number}" for number in range(2, 1000)))
        if name not in taken
    )
    taken.add(free)
    return free
