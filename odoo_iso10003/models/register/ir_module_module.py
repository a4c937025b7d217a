# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError

ADDON = "odoo_iso10003"


class IrModuleModule(models.Model):
    """Removing the product takes the register along: not before it is exported.

    Apps, the command line and the removal of what the product stands on all mark the
    modules to be removed in one way.
    """

    _inherit = "ir.module.module"

    def write(self, vals):
        if vals.get("state") == "to remove":
            self._refuse_to_lose_register()
        return super().write(vals)

    def module_uninstall(self):
        # what was marked was asked for
        self.filtered(
            lambda module: module.state != "to remove"
        )._refuse_to_lose_register()
        return super().module_uninstall()

    def _refuse_to_lose_register(self):
        """Refuse to remove the product while its register is nowhere else.

        :raises UserError: naming the companies whose register was not exported
        """
        if ADDON not in self.mapped("name"):
            return
        # names of companies, for the administrator of all of them
        companies = self.env["iso10003.job"]._find_unexported().sudo()
        if companies:
            raise UserError(
                self.env._(
                    "The register of %(companies)s would be destroyed. In Register, "
                    "press “Export all of it”, store the files outside of this "
                    "database, and let a dispute manager confirm that; nothing may "
                    "happen on a file afterwards. Then remove the product.",
                    companies=", ".join(companies.mapped("name")),
                )
            )
