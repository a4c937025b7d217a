# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class DisputeAssignments(models.Model):
    """Who owns and who evaluates a dispute is competent for it (4.10)."""

    _name = "iso10003.dispute"
    # before what it is added to: who opens a file is asked after the file is there
    _inherit = ["iso10003.assigned", "iso10003.dispute"]

    @api.model
    def _get_assigned_roles(self):
        return {
            **super()._get_assigned_roles(),
            "user_id": "handler",
            "evaluator_id": "evaluator",
        }

    def _prepare_for_override(self, reason):
        self._check_not_closed({"competence_overrides": {}})
        self._lock()
        self._track_set_log_message(reason)

    def _gate_people_competent(self):
        return self._people_are_competent()


class PolicyAssignments(models.Model):
    """Who approves a policy is competent for it (4.10)."""

    _name = "iso10003.policy"
    _inherit = ["iso10003.assigned", "iso10003.policy"]

    @api.model
    def _get_assigned_roles(self):
        return {**super()._get_assigned_roles(), "approver_id": "approver"}

    def _prepare_for_override(self, reason):
        self._check_state("draft")
        self._track_set_log_message(reason)

    def _prepare_override_vals(self, name, person):
        return {}  # who is let approve still approves by the own button
