# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class Privileged(models.AbstractModel):
    """A record whose discussion is for those who may read the record, and no else.

    A message can be read by who is addressed in it, whatever their rights on the
    record. So colleagues who may not read the record are neither addressed nor
    made followers. People without an internal account, such as a law firm, are
    addressed on purpose and stay allowed.
    """

    _name = "iso10003.privileged"
    _description = "Record with a privileged discussion"

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        outsiders = self._find_outsiders(partner_ids or [])
        return super()._message_subscribe(
            [pid for pid in partner_ids or [] if pid not in outsiders.ids],
            subtype_ids=subtype_ids,
            customer_ids=customer_ids,
        )

    def message_post(self, *, partner_ids=None, **kwargs):
        outsiders = self._find_outsiders(partner_ids or [])
        if outsiders:
            raise UserError(
                self.env._(
                    "%(people)s may not read “%(record)s”, which is privileged, and "
                    "cannot be addressed in its discussion.",
                    people=", ".join(outsiders.mapped("name")),
                    record=self.display_name,
                )
            )
        return super().message_post(partner_ids=partner_ids, **kwargs)

    def _find_outsiders(self, partner_ids):
        """Return those of the partners whose accounts may not read this record."""
        # whether somebody has an account and which rights is looked up for all
        users = self.env["res.users"].sudo()
        users = users.search(
            [("partner_id", "in", list(partner_ids)), ("share", "=", False)]
        )
        return users.filtered(lambda user: not self._may_read(user)).partner_id

    def _may_read(self, user):
        as_user = self.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids
        )
        return as_user.has_access("read")
