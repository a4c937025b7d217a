# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import segregation
from ..mixin.cached import kept
from ..register.register import keep_rows

OWN = "own"


class PolicySegregation(models.Model):
    """Who may not do what of one file: a profile, and rules that can be tuned (4.9)."""

    _name = "iso10003.policy"
    # before the model itself, as what it adds to has to be there
    _inherit = ["iso10003.segregated", "iso10003.policy"]

    _part_groups = {"approver": "odoo_iso10003.group_manager"}

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

    @api.model_create_multi
    def create(self, vals_list):
        """Begin versions, each with its parts.

        After the fields, in this order: rules of separate duties, gates, tiers.
        """
        policies = super().create(vals_list)
        policies.filtered(lambda policy: not policy.segregation_ids)._set_segregation(
            segregation.strengths(segregation.SMALL)
        )
        policies._take_gates()
        policies._fill_tiers()
        return policies

    def copy(self, default=None):
        copies = super().copy(default)
        if "segregation_profile" not in (default or {}):
            for policy, copied in zip(self, copies, strict=True):
                copied._set_segregation(policy._get_strengths())
        return copies

    # ------------------------------------------------------------
    # What files ask
    # ------------------------------------------------------------

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

    def _find_author(self, _rows):
        """Return who wrote the draft; only methods note them."""
        return dict.fromkeys((self.author_id | self.writer_ids).ids)

    def _prepare_approved_data(self):
        return {
            **super()._prepare_approved_data(),
            "segregation": self._get_strengths(),
        }


class SegregationRegister(models.Model):
    """What the register keeps of separate duties."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=[
            ("told", "Two parts in one hand, with a reason"),
            ("segregation", "Rules of separate duties"),
        ],
        ondelete=dict.fromkeys(("told", "segregation"), keep_rows),
    )

    # assessments ask for the files in which somebody had two parts
    _told = models.Index("(file) WHERE event = 'told'")

    def _describe_told(self, data):
        return self._label("iso10003.segregation", "code", data.get("rule"))
