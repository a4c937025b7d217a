# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core import authority
from ..register.register import keep_rows


class PolicyAuthority(models.Model):
    """Who may give in up to which amount under a version (5.3.1, 5.4)."""

    _inherit = "iso10003.policy"

    tier_ids = fields.One2many(
        "iso10003.policy.tier",
        "policy_id",
        "Tiers of authority",
        copy=True,
        help="Who decides up to which amount that we pay, concede or give up.",
    )

    authority_gap = fields.Text(
        "What its authority lacks", compute="_compute_authority_gap"
    )

    @api.depends("state", "tier_ids.level", "tier_ids.unlimited", "tier_ids.amount")
    @api.depends_context("lang")
    def _compute_authority_gap(self):
        for policy in self:
            policy.authority_gap = policy._describe_authority_gap()

    def _describe_authority_gap(self):
        """Say what the tiers lack and what to do, or nothing."""
        # a draft has its tiers once it is saved
        if not self.tier_ids or self._has_whole_authority():
            return False
        lacks = self._tell_authority_gap()
        if self.state == "draft":
            return lacks
        return self.env._(
            "%(lacks)s This version does not change any more: make a new version.",
            lacks=lacks,
        )

    @api.model
    def _tell_authority_gap(self):
        return self.env._(
            "The tiers of authority do not say up to which amount handlers settle "
            "(5.4). Give handlers a limit, and leave one tier above without a limit."
        )

    def _fill_tiers(self):
        """Give drafts the tiers that they do not have, without limits."""
        self.env["iso10003.policy.tier"].create(
            [
                {"policy_id": policy.id, "level": level}
                for policy in self
                for level in authority.LEVELS
                if level not in policy.tier_ids.mapped("level")
            ]
        )

    def _get_limits(self):
        """Return ``{level: limit}`` in the currency of the policy."""
        self.ensure_one()
        return {tier.level: tier._get_limit() for tier in self.tier_ids}

    def _has_whole_authority(self):
        """Whether tiers cover every amount, and handlers have a limit."""
        limits = self._get_limits()
        return authority.is_whole(limits) and limits.get(authority.HANDLER) is not None

    def action_approve(self):
        for policy in self:
            policy._check_tiers()
        return super().action_approve()

    def _check_tiers(self):
        """Refuse a version under which nobody could decide, or the lower more."""
        limits = self._get_limits()
        if not authority.is_whole(limits):
            raise UserError(
                self.env._(
                    "“%(policy)s”: nobody may decide about the highest amounts. Let "
                    "one of the tiers of authority, such as the top management's, be "
                    "without a limit.",
                    policy=self.display_name,
                )
            )
        if level := authority.find_falling(limits):
            labels = dict(
                self.tier_ids._fields["level"]._description_selection(self.env)
            )
            raise UserError(
                self.env._(
                    "“%(policy)s”: the tier “%(level)s” ends below the one before it. "
                    "Raise its limit, or lower the other one.",
                    policy=self.display_name,
                    level=labels[level],
                )
            )

    def _prepare_approved_data(self):
        data = super()._prepare_approved_data()
        return {**data, "tiers": self.tier_ids._prepare_sealed()}


class AuthorityRegister(models.Model):
    """What the register keeps of tiers that versions of before were given."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=[("tiers", "Tiers of authority")],
        ondelete={"tiers": keep_rows},
    )

    def _describe_tiers(self, data):
        level = "iso10003.policy.tier"
        return ", ".join(
            f"{self._label(level, 'level', code)}: "
            + (self.env._("no limit") if limit is None else limit)
            for code, limit in (data.get("tiers") or {}).items()
        )
