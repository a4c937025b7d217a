# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .dispute_referrals import PRIVY


class Duty(models.Model):
    """What a referral obliges to is owed in the dispute behind it, if there is one.

    Who leads the dispute carries it out and reads it there; of which referral it came,
    only who reads privileged files is told.
    """

    _inherit = "iso10003.obligation"

    referral_id = fields.Many2one(
        "iso10003.referral",
        readonly=True,
        copy=False,
        guarded=True,
        groups=PRIVY,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model
    def _note_of_referral(self, referral, vals):
        """Note what a referral obliges to, whoever leads the file that it goes to."""
        owed = self._note([vals])
        owed._guarded_write({"referral_id": referral.id})
        owed._follow_course()
        return owed

    def _outlives_file(self):
        """A judgment obliges, whatever became of the dispute."""
        # that it came of a referral is no more than that it is to be done
        return bool(self.sudo().referral_id) or super()._outlives_file()

    def _follow_course(self):  # pylint: disable=missing-return
        super()._follow_course()
        self.sudo().referral_id._follow_duties()  # the day of what it obliges to
