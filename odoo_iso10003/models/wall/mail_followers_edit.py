# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError

from odoo.addons.mail.tools.parser import parse_res_ids

from .told import TOLD


class MailFollowersEdit(models.TransientModel):
    """The dialog “Add followers”, which writes to them as well."""

    _inherit = "mail.followers.edit"

    def edit_followers(self):
        for dialog in self.filtered(lambda one: one.operation == "add"):
            dialog._check_told()
        return super().edit_followers()

    def _check_told(self):
        """Refuse people who would hear nothing, by name."""
        ids = parse_res_ids(self.res_ids, self.env) or []
        records = self.env["iso10003.told"]._get_told_records(self.res_model, ids)
        # their names go into the refusal
        records.with_env(self.env).check_access("read")
        records = records._filter_told()
        standing = records._get_standing(self.partner_ids)
        for record in records:
            outside = self.partner_ids.filtered(
                lambda one, record=record: standing[record.id, one.id] != TOLD
            )
            if outside:
                raise UserError(
                    self.env._(
                        "%(people)s may not read “%(record)s”, nor are they parties of "
                        "it: they cannot follow it. Address people from outside in a "
                        "message.",
                        people=", ".join(outside.mapped("name")),
                        record=record.display_name,
                    )
                )
