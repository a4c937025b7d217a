# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..mixin.cached import kept

# how rules call the teams of the user
ASKED = "team_ids"
# in the context of what is kept, not of what anybody is asked: the teams of the user
TEAMS = "iso10003_teams"
# … where no rule asks for them; nobody outside can say it
UNASKED = object()


class IrRule(models.Model):
    """Rules may look at ``team_ids``, the teams of the user.

    Odoo keeps the domains that rules come to, for each user. What is kept must not name
    what changes, so that who leaves a team reads no more of it from that moment on. For
    models whose rules ask for teams, these are read anew in each transaction, and are a
    key of what is kept.
    """

    _inherit = "ir.rule"

    def _compute_domain(self, model_name, mode="read"):
        asks = self._is_about_teams(model_name)
        teams = self._get_team_ids() if asks else UNASKED
        rules = self.with_context(**{TEAMS: teams})
        return super(IrRule, rules)._compute_domain(model_name, mode)

    @api.model
    @kept("model_name")
    def _is_about_teams(self, model_name):
        """Return whether a rule of a model asks for teams; any change of rules asks."""
        asking = [("model_id.model", "=", model_name), ("domain_force", "like", ASKED)]
        return bool(self.search_count(asking, limit=1))

    def _compute_domain_keys(self):
        return [*super()._compute_domain_keys(), TEAMS]

    def _eval_context(self):
        values = super()._eval_context()
        if self.env.context.get(TEAMS) is not UNASKED:
            # not from the context, which is whatever the caller says
            values[ASKED] = self._get_team_ids()
        return values

    def _get_team_ids(self):
        """Return the ids of the user's teams, archived ones too, as it is now."""
        # whoever is in a team may know it
        user = self.env.user.sudo().with_context(active_test=False)
        return user.helpdesk_team_ids.ids
