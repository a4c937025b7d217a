# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..mixin.checks import Rule


class AssignmentChecks(models.Model):
    """What assessments ask of who was given a role in a dispute (4.10)."""

    _inherit = "iso10003.dispute"

    def _check_given_to_competent(self, company):
        """24: was everybody with a role in an open file competent for it?

        The register says who was on the day it was given, where the role required
        it then; where it did not, what the person holds today. Whom a manager let
        act with a reason is no failure.
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

        Whoever lacks nothing is sorted out first, before the register is looked at.
        """
        users = self.env["res.users"].with_context(active_test=False)
        people = users.search([("share", "=", False)])
        competent = people - people.browse(user.id for user in role._find_gaps(people))
        return (
            Domain(name, "!=", False)
            & Domain(name, "not in", competent.ids)
            & self._without_proof(name, role)
        )

    @api.model
    def _without_proof(self, name, role):
        """Return the files without a row for it in the register, and no override."""

        def to_sql(_model, alias, _query):
            # one look at the register for all files, and only if one is asked for
            return SQL(
                """((%(overrides)s ->> %(name)s)::int IS DISTINCT FROM %(person)s
                    AND (%(dispute)s, %(person)s) NOT IN (
                        SELECT proof.dispute_id, (proof.data ->> 'user')::int
                          FROM iso10003_register AS proof
                         WHERE proof.event = 'competent'
                           AND proof.dispute_id IS NOT NULL
                           AND proof.data ->> 'role' = %(role)s
                           AND proof.data ->> 'user' IS NOT NULL))""",
                overrides=SQL.identifier(alias, "competence_overrides"),
                name=name,
                person=SQL.identifier(alias, name),
                dispute=SQL.identifier(alias, "id"),
                role=role.code,
            )

        return Domain.custom(to_sql=to_sql)
