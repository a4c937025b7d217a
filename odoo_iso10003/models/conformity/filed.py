# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Domain

from .mgmtsystem_audit import SEEN_BY


class FiledFindings(models.AbstractModel):
    """A case leads to the nonconformities that its missed limits became."""

    _inherit = "iso10003.filed"

    nonconformity_count = fields.Integer(
        "Nonconformities", compute="_compute_nonconformity_count", groups=SEEN_BY
    )

    def _compute_nonconformity_count(self):
        """Count those that the reader may read."""
        counted = self.env["mgmtsystem.nonconformity"]._read_group(
            self._get_nonconformities_domain(), ["res_id"], ["__count"]
        )
        counts = dict(counted)
        for case in self:
            case.nonconformity_count = counts.get(case.id, 0)

    def _get_nonconformities_domain(self):
        return Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)

    def action_view_findings(self):
        """Show what missed limits of the case became."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.finding_action"
        )
        return {**action, "domain": list(self._get_nonconformities_domain())}
