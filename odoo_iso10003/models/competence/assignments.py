# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..mixin.checks import Rule


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

    def _audit_given_to_competent(self, company):
        """24: was everybody with a role in an open file competent for it?

        Where the role required it when it was given, the file knows who was; where it
        did not, what counts is what the person holds today. Whom a manager let act
        with a reason is no failure.
        """
        roles = self.env["iso10003.role"].search(
            [("company_id", "=", company.id), ("requirement_ids", "!=", False)]
        )
        by_code = roles.grouped("code")
        given = wrong = Domain.FALSE
        for name, code in self._get_assigned_roles().items():
            role = by_code.get(code)
            if role and self._fields[name].comodel_name == "res.users":
                given |= Domain(name, "!=", False)
                wrong |= self._given_wrongly(name, role)
        return Rule(Domain("closed_date", "=", False) & given, wrong)

    @api.model
    def _given_wrongly(self, name, role):
        """Return the files in which ``name`` is somebody who lacks what ``role`` needs.

        Neither held when it was given, nor now, nor let have it by a manager.
        """
        users = self.env["res.users"].with_context(active_test=False)
        people = users.search([("share", "=", False)])
        competent = people - people.browse(user.id for user in role._find_gaps(people))
        return (
            Domain(name, "!=", False)
            & Domain(name, "not in", competent.ids)
            & self._names_another("competence_overrides", name)
            & self._names_another("competence_seen", name)
        )

    @api.model
    def _names_another(self, kept, name):
        """Return the files whose ``kept`` is not about the person in ``name``."""

        def to_sql(_model, alias, _query):
            return SQL(
                "((%s ->> %s)::int IS DISTINCT FROM %s)",
                SQL.identifier(alias, kept),
                name,
                SQL.identifier(alias, name),
            )

        return Domain.custom(to_sql=to_sql)


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


class ReferralAssignments(models.Model):
    """Who leads a legal referral, inside or outside, and who reviews it (4.10)."""

    _name = "iso10003.referral"
    _inherit = ["iso10003.assigned", "iso10003.referral"]

    @api.model
    def _get_assigned_roles(self):
        return {
            **super()._get_assigned_roles(),
            "counsel_id": "counsel",
            "external_counsel_id": "counsel",
            "reviewer_id": "counsel",
        }

    def _prepare_for_override(self, reason):
        self._lock()
        self._track_set_log_message(reason)
