# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core import authority, segregation
from ..mixin.cached import kept

OWN = "own"


class PolicyAuthority(models.Model):
    """Who decides under a version, and who not: separate duties, tiers of authority.

    Of one file nobody judges what they had a hand in: a profile, and rules that can
    be tuned (4.9). Who may give in is told by tiers, up to which amount (5.3.1, 5.4).
    """

    _name = "iso10003.policy"
    # before the model itself, as what it adds to has to be there
    _inherit = ["iso10003.segregated", "iso10003.policy"]

    _part_groups = {"approver": "odoo_iso10003.group_manager"}

    tier_ids = fields.One2many(
        "iso10003.policy.tier",
        "policy_id",
        "Tiers of authority",
        copy=True,
        help="Who decides up to which amount that we pay, concede or give up.",
    )
    segregation_ids = fields.One2many(
        "iso10003.segregation", "policy_id", "Separate duties"
    )
    segregation_profile = fields.Selection(
        [
            (segregation.SMALL, "Small organization: two people lead any file"),
            (segregation.SEPARATE, "Separate duties: each part another person"),
            (OWN, "Own rules"),
        ],
        "Who does what",
        compute="_compute_segregation_profile",
        inverse="_inverse_segregation_profile",
        help="Sets the rules of separate duties. A rule can be tuned while the version "
        "is a draft. Nobody approves, certifies or audits their own work in any of "
        "them.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Begin versions, each with its parts.

        After the fields, in this order: rules of separate duties, gates, tiers, tracks.
        """
        policies = super().create(vals_list)
        policies.filtered(lambda policy: not policy.segregation_ids)._set_segregation(
            segregation.strengths(segregation.SMALL)
        )
        policies._take_gates()
        policies._fill_tiers()
        policies._fill_tracks()
        return policies

    # ------------------------------------------------------------
    # Separate duties
    # ------------------------------------------------------------

    @api.depends("segregation_ids.strength")
    def _compute_segregation_profile(self):
        profiles = (segregation.SMALL, segregation.SEPARATE)
        for policy in self:
            chosen = {row.code: row.strength for row in policy.segregation_ids}
            policy.segregation_profile = next(
                (
                    profile
                    for profile in profiles
                    if not chosen or chosen == segregation.strengths(profile)
                ),
                OWN,
            )

    def _inverse_segregation_profile(self):
        for profile, policies in self.grouped("segregation_profile").items():
            if profile in (segregation.SMALL, segregation.SEPARATE):
                policies._set_segregation(segregation.strengths(profile))

    @api.onchange("segregation_profile")
    def _onchange_segregation_profile(self):
        """Show at once what a profile sets."""
        if self.segregation_profile in (segregation.SMALL, segregation.SEPARATE):
            strengths = segregation.strengths(self.segregation_profile)
            for row in self.segregation_ids:
                row.strength = strengths[row.code]

    def _set_segregation(self, strengths):
        """Let drafts mean each rule as strictly as told."""
        rows = self.env["iso10003.segregation"].sudo()  # made here, tuned by managers
        rows.create(
            [
                {
                    "policy_id": policy.id,
                    "sequence": sequence,
                    "code": code,
                    "strength": strengths[code],
                }
                for policy in self
                for sequence, code in enumerate(segregation.RULES, 1)
                if code not in policy.segregation_ids.mapped("code")
            ]
        )
        for strength, tuned in self.segregation_ids.grouped(
            lambda row: strengths[row.code]
        ).items():
            changed = tuned.filtered(lambda row, new=strength: row.strength != new)
            if changed:
                changed.strength = strength

    @api.model
    @kept("policy_id")
    def _get_segregation(self, policy_id):
        """Return ``{code: strength}`` of a version.

        A rule that was not there yet when the version was made is meant as it was
        before there were any.
        """
        rows = self.env["iso10003.segregation"]
        chosen = rows.search_fetch(
            [("policy_id", "=", policy_id)], ["code", "strength"]
        )
        return {
            **segregation.strengths("before"),
            **{row.code: row.strength for row in chosen},
        }

    def _get_strengths(self):
        return self._get_segregation(self.id)

    def _get_strengths_to_come(self):
        """Return the strengths that a version made of this one begins with.

        Of rules that came up after it, those of a small organization.
        """
        chosen = {row.code: row.strength for row in self.segregation_ids}
        return segregation.strengths(segregation.SMALL) | chosen

    def _find_author(self, _rows):
        """Return who wrote the draft; only methods note them."""
        return dict.fromkeys((self.author_id | self.writer_ids).ids)

    # ------------------------------------------------------------
    # Tiers of authority
    # ------------------------------------------------------------

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
