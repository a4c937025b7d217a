# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import ValidationError


class Led(models.AbstractModel):
    """Who leads a case, and how it is handed over: each kind has a field for it."""

    _inherit = "iso10003.filed"

    # the field that names who leads it, and what escalations call that role
    _lead_field = "user_id"
    _lead_role = "owner"

    def _hand_over(self, user):
        """Give these cases to ``user``, who must be able to read and lead them.

        :raises ValidationError: when they may not lead one of them
        """
        self.write({self._lead_field: user.id})
        self._check_lead()

    def _get_leader(self):
        """Return who leads this case, or who stands in for somebody who is gone."""
        self.ensure_one()
        leader = self[self._lead_field].filtered(self._may_read)
        return leader or self._get_stand_in() or self.company_id._get_any_manager()

    def _may_be_given_to(self, user):
        """Return whether ``user`` may lead cases of this kind, where they work."""
        return bool(
            user.active
            and not user.share
            and self.company_id <= user.company_ids
            and self.browse().with_user(user).has_access("write")
        )

    def _check_lead(self):
        """Who leads a case reads it, and may do what it wants.

        :raises ValidationError: names the case and who may not
        """
        # who leads a case is looked at, whoever names them
        for user, cases in self.sudo().grouped(self._lead_field).items():
            if not user or user._is_superuser():
                continue
            led = cases.browse()
            if user.active and not user.share:
                led = cases._filter_open_to(user, "write")
            if refused := (cases - led)[:1]:
                raise ValidationError(
                    self.env._(
                        "%(file)s: %(person)s may not lead it. Choose somebody who "
                        "may read and change it.",
                        file=refused.display_name,
                        person=user.name,
                    )
                )
