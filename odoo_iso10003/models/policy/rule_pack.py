# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..mixin.configuration import OWN, REPLACES


class RulePack(models.Model):
    """Example rules of one legal order, to start from.

    They are examples with their source and the day on which it was read, and no
    legal advice: installed into a draft, they are switched off until somebody who
    knows the law switches them on.
    """

    _name = "iso10003.rule.pack"
    _description = "Pack of example rules"
    _inherit = ["iso10003.configuration"]
    _order = "sequence, id"

    replaces_id = fields.Many2one("iso10003.rule.pack", **REPLACES)
    own_ids = fields.One2many("iso10003.rule.pack", "replaces_id", **OWN)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    country_id = fields.Many2one("res.country", ondelete="restrict")
    description = fields.Text(
        translate=True, help="What it covers, and what it leaves out."
    )
    rule_ids = fields.One2many(
        "iso10003.deadline.rule",
        "pack_id",
        "Rules",
        domain=[("parent_id", "=", False)],
        context={"active_test": False},
    )
    rule_count = fields.Integer(compute="_compute_rule_count")

    def _compute_rule_count(self):
        for pack in self:
            pack.rule_count = len(pack.rule_ids)

    def copy(self, default=None):
        copies = super().copy(default)
        for pack, copied in zip(self, copies, strict=True):
            pack.rule_ids._copy_to(copied.rule_ids, {"pack_id": copied.id})
        return copies

    def action_install(self):
        """Install the chosen packs into the draft that they were opened from."""
        policy = self.env["iso10003.policy"].browse(
            self.env.context.get("install_into")
        )
        policy.check_access("write")
        self._install_into(policy)
        return policy.get_formview_action()

    def _install_into(self, policy):
        """Copy the rules into a draft, switched off and marked as examples.

        :raises UserError: when all of them are there already, or the version is
            approved
        """
        policy._lock_draft()
        present = set(policy.with_context(active_test=False).rule_ids.mapped("code"))
        missing = self.with_context(active_test=False).rule_ids.filtered(
            lambda rule: rule.code not in present
        )
        if not missing:
            raise UserError(
                self.env._(
                    "“%(policy)s” has the rules of “%(pack)s” already.",
                    policy=policy.display_name,
                    pack=", ".join(self.mapped("name")),
                )
            )
        return missing._copy_to(
            policy.with_context(active_test=False).rule_ids,
            {"pack_id": False, "policy_id": policy.id, "active": False},
        )
