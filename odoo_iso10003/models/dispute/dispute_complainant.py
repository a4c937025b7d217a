# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...core import flow


class DisputeComplainant(models.Model):
    """Whose file it is: once somebody is named, only a manager corrects it.

    Who is the complainant reads the file on the portal, so a correction takes a
    reason, leaves a row in the register, and ends what the former one could see.
    """

    _inherit = "iso10003.dispute"

    named_complainant = fields.Boolean(
        "Complainant named",
        compute="_compute_named_complainant",
        help="Once saved, only a dispute manager corrects the complainant.",
    )

    @api.depends("partner_id")
    def _compute_named_complainant(self):
        for dispute in self:
            dispute.named_complainant = bool(dispute._origin.partner_id)

    def write(self, vals):
        for dispute in self._changing("partner_id", vals):
            if dispute.partner_id:
                raise dispute._refusal(
                    self.env._(
                        "its complainant is “%(name)s”. If that is wrong, a dispute "
                        "manager corrects it with “Correct the complainant”, which "
                        "asks for the reason.",
                        name=dispute.partner_id.sudo().name,  # the file shows it
                    )
                )
        return super().write(vals)

    def action_change_complainant(self, person_id, reason):
        """Correct who the complainant is, as a dispute manager.

        The former one is told no more, and the complaint follows where it names them:
        see ``dispute_people.py``.

        :param person_id: the contact who is the complainant
        """
        self.ensure_one()
        self._check_expected_state()
        self._check_may_correct()
        self._need_reason(reason)
        self._lock()
        former = self.partner_id
        partner = self.env["res.partner"].browse(person_id).exists()
        self._check_complainant(partner)
        self._say_reason(reason)
        self._guarded_write({"partner_id": partner.id})
        self._register_event(
            "complainant", {"from": former.id or None, "to": partner.id}, reason
        )
        return True

    def _check_may_correct(self):
        self.check_access("write")
        if not self._user_is_manager():
            raise AccessError(
                self.env._(
                    "Dispute %(number)s: only a dispute manager corrects the "
                    "complainant.",
                    number=self.name,
                )
            )
        if self.state == flow.CLOSED:
            raise self._refusal(self.env._("it is closed. Reopen it first."))

    def _check_complainant(self, partner):
        if not partner:
            raise self._refusal(self.env._("choose who the complainant is."))
        partner.check_access("read")
        if partner == self.partner_id:
            raise self._refusal(
                self.env._("“%(name)s” is its complainant already.", name=partner.name)
            )
