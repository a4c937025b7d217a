# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import is_html_empty

from ..mixin.checks import Answer


class PolicyChecks(models.Model):
    """What assessments ask of the dispute policy (5.3)."""

    _inherit = "iso10003.policy"

    def _ask_in_force(self, company, holds, lacking=None, own=False):
        """Return the answer for the version in force today.

        :param holds: whether the version holds, a function of it
        :param lacking: the code of what it lacks where it does not hold, a function
            of it
        :param own: whether what ships, which nobody here approved, answers nothing
        """
        today = company._get_company_day()
        policy = self.search(self._get_in_force_domain(company, today), limit=1)
        if not policy:
            return Answer(0, missing="policy")
        if own and not policy.approver_id:
            return Answer(0, missing="shipped")
        if holds(policy):
            return Answer(1, self, holding=policy)
        return Answer(1, policy, missing=lacking(policy) if lacking else "")

    @api.model
    def _find_asking(self, company, gate):
        """Return the versions that know a gate, however strictly they ask it.

        They were approved after the update that brought it: files under older ones
        are not asked for what came with it.
        """
        # which rules there are decides, whoever looks at the files
        return self.sudo().search(
            [("company_id", "=", company.id), ("gate_ids.code", "=", gate)]
        )

    def _find_lacking_authority(self):
        return "" if self._has_whole_authority() else "authority"

    def _audit_scope_written(self, company):
        """1: is the scope written, and approved by somebody on a day?"""
        return self._ask_in_force(
            company,
            lambda policy: (
                not is_html_empty(policy.scope)
                and policy.approver_id
                and policy.approved_date
            ),
        )

    def _audit_policy_approved(self, company):
        """4: did somebody of the organization put their name to it?"""
        return self._ask_in_force(company, lambda policy: policy.approver_id)

    def _audit_cost_told(self, company):
        """15: does it say what the complainant pays?"""
        return self._ask_in_force(
            company,
            lambda policy: (policy.cost_to_complainant or "").strip(),
            own=True,
        )

    def _ask_terms(self, company):
        """Return whether methods, cost and other recourse are there to be told."""
        return self._ask_in_force(
            company,
            lambda policy: (
                not is_html_empty(policy.methods)
                and not is_html_empty(policy.recourse)
                and (policy.cost_to_complainant or "").strip()
            ),
            own=True,
        )

    def _audit_policy_complete(self, company):
        """39: does it say when, how, at what cost, and who decides?"""
        return self._ask_in_force(
            company,
            lambda policy: (
                not is_html_empty(policy.scope)
                and not is_html_empty(policy.methods)
                and not is_html_empty(policy.recourse)
                and (policy.cost_to_complainant or "").strip()
                and policy._has_whole_authority()
                and policy._has_whole_tracks()
            ),
            lambda policy: policy._find_lacking_authority(),
        )

    def _audit_review_planned(self, company):
        """41: is its next review still ahead?"""
        today = fields.Date.context_today(self)
        return self._ask_in_force(
            company,
            lambda policy: policy.review_date and policy.review_date >= today,
            own=True,
        )

    def _audit_authority_limited(self, company):
        """43: do tiers cover every amount, with a limit for handlers?"""
        return self._ask_in_force(
            company,
            lambda policy: policy._has_whole_authority(),
            lambda policy: policy._find_lacking_authority(),
        )

    def _audit_text_controlled(self, company):
        """42: is its full text a controlled document, approved there?"""
        return self._ask_in_force(
            company, lambda policy: policy.page_id and policy.page_id.approved_date
        )
