# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .withheld import ADDON, NEIGHBOURS

# in the context of what is kept, not of what anybody is asked: the teams of the user
TEAMS = "iso10003_teams"


class IrRule(models.Model):
    """Rules may look at ``team_ids``, the teams of the user.

    Odoo keeps the domains that rules come to, for each user. What is kept must not name
    what changes, so that who leaves a team reads no more of it from that moment on. For
    models of the product the teams are read anew in each transaction, and are a key of
    what is kept.
    """

    _inherit = "ir.rule"

    def _compute_domain(self, model_name, mode="read"):
        rules = self
        if self.env[model_name]._original_module == ADDON:
            rules = self.with_context(**{TEAMS: self._get_team_ids()})
        return super(IrRule, rules)._compute_domain(model_name, mode)

    def _compute_domain_keys(self):
        return [*super()._compute_domain_keys(), TEAMS]

    def _eval_context(self):
        # not from the context, which is whatever the caller says
        return {**super()._eval_context(), "team_ids": self._get_team_ids()}

    def _get_team_ids(self):
        """Return the ids of the user's teams, archived ones too, as it is now."""
        # whoever is in a team may know it
        user = self.env.user.sudo().with_context(active_test=False)
        return user.helpdesk_team_ids.ids

    def _make_access_error(self, operation, records):
        """A refusal names no record: in debug mode, Odoo's names those it refuses.

        Everybody can switch debug mode on, in the address of a page.
        """
        error = super()._make_access_error(operation, records)
        if records._original_module != ADDON and records._name not in NEIGHBOURS:
            return error
        text = error.args[0]
        # only to find the names and take them out
        for record in records.sudo():
            told = f"({record._name}: {record.id}"
            text = text.replace(f", {record.display_name} {told}", f" {told}")
        records.invalidate_recordset()
        error.args = (text, *error.args[1:])
        return error
