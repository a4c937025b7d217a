# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain

from ..mixin.checks import Answer
from ..mixin.configuration import OWN, REPLACES

# so many kinds of remedy are wanted, so that not all is money
WANTED = 5
# files closed longer ago are history, and not looked at any more
ASSESSED_MONTHS = 12


class Remedy(models.Model):
    """What can make good what went wrong (4.8, annex E)."""

    _name = "iso10003.remedy"
    _description = "Remedy"
    _inherit = ["iso10003.configuration"]
    _order = "sequence, id"

    replaces_id = fields.Many2one("iso10003.remedy", **REPLACES)
    own_ids = fields.One2many("iso10003.remedy", "replaces_id", **OWN)
    name = fields.Char(required=True, translate=True)
    description = fields.Char(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, decides=True)

    _name_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), name)", "There is a remedy of this name."
    )

    def copy_data(self, default=None):
        """Give a copy a name of its own, but one that stands in for what ships."""
        vals_list = super().copy_data(default)
        if {"name", "replaces_id"} & (default or {}).keys():
            return vals_list
        for remedy, vals in zip(self, vals_list, strict=True):
            vals["name"] = remedy._find_free_name()
        return vals_list

    def _find_free_name(self):
        name = self.name
        while self.with_context(active_test=False).search_count(
            [("name", "=", name)], limit=1
        ):
            name = self.env._("%(name)s (copy)", name=name)
        return name

    def _audit_catalogue_wide(self, company):
        """17: is the catalogue, from which the files name remedies, wider than money?

        What ships says nothing while no file names any of it and nobody added to it.
        """
        kinds = self._get_effective(company)
        since = fields.Datetime.now() - relativedelta(months=ASSESSED_MONTHS)
        named = self.env["iso10003.dispute"].search_count(
            Domain("company_id", "=", company.id)
            & Domain("remedy_ids", "!=", False)
            & (Domain("closed_date", "=", False) | Domain("closed_date", ">=", since)),
            limit=1,
        )
        if not named and not kinds.filtered("company_id"):
            return Answer(0, missing="shipped")
        return Answer(len(kinds), value=float(len(kinds)), threshold=float(WANTED))
