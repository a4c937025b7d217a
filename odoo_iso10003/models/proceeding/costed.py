# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...core import flow
from ..mixin.checks import Rule
from ..mixin.people_amount import format_people_amount


class Costed(models.AbstractModel):
    """A dispute of which is known what it costs us, beside what we pay by it (7.7).

    Its own costs alone: what a referral costs is privileged with that.
    """

    _name = "iso10003.costed"
    _inherit = ["iso10003.concluded"]
    _description = "File that costs something"

    cost_amount = fields.Monetary(
        "What it cost us",
        compute="_compute_cost_amount",
        help="Time of our people, fees and all else that is noted as its costs, in "
        "the currency of the file.",
    )
    balance = fields.Char("Claimed against paid and costs", compute="_compute_balance")

    @api.depends("currency_id")
    def _compute_cost_amount(self):
        costs = self.env["iso10003.cost"].sudo()  # who reads the file may know it
        found = costs.search(
            [("file_id.model", "=", self._name), ("file_id.res_id", "in", self.ids)]
        ).grouped(lambda one: one.file_id.res_id)
        for file in self:
            own = found.get(file._origin.id, ())
            file.cost_amount = sum(one._get_amount_in(file.currency_id) for one in own)

    @api.depends("cost_amount", "paid_amount", "amount_claimed")
    @api.depends_context("lang")
    def _compute_balance(self):
        for file in self:
            amounts = {
                "claimed": file.amount_claimed,
                "paid": file.paid_amount,
                "costs": file.cost_amount,
            }
            file.balance = file.env._(
                "Claimed %(claimed)s · performed by us %(paid)s · costs %(costs)s",
                **{
                    name: format_people_amount(file.env, amount, file.currency_id)
                    for name, amount in amounts.items()
                },
            )

    def action_add_cost(self):
        """Ask what something cost."""
        self.ensure_one()
        self._check_may_note_cost()
        return self._open_dialog(
            "iso10003.cost",
            self.env._("Cost"),
            default_file_id=self.sudo().file_ids.id,  # its own
            default_user_id=self.env.uid,
        )

    def action_view_costs(self):
        """Show what this file costs."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.cost_action_of_files"
        )
        file = self.sudo().file_ids  # its own
        return {
            **action,
            "domain": [("file_id", "=", file.id)],
            "context": {"default_file_id": file.id},
        }

    # ------------------------------------------------------------
    # What assessments ask
    # ------------------------------------------------------------

    def _audit_cost_known(self, company):
        """87: is it noted of each closed file what it cost, our own time at least?

        Of files under versions from before costs, and of those that came to nothing,
        nobody asks.
        """
        ended = self._closed() & Domain("outcome", "not in", flow.EARLY_ENDS)
        asked = self._asked("retention_set")
        return Rule(
            ended & asked, ~Domain.custom(to_sql=_has_cost), left_out=ended & ~asked
        )


def _has_cost(model, alias, _query):
    """Return whether a cost is noted of the file itself."""
    return SQL(
        """%s IN (SELECT file.res_id FROM iso10003_cost cost
                    JOIN iso10003_file file ON file.id = cost.file_id
                   WHERE file.model = %s)""",
        SQL.identifier(alias, "id"),
        model._name,
    )
