# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..proceeding.obligation import OURS, THEIRS, VOID

# states in which a referral has a result
WITH_RESULT = ("decided", "enforced", "closed", "settled")
# whom a decision obliges, and who owes by that
OWING = {
    "organization": (OURS,),
    "complainant": (THEIRS,),
    "both": (OURS, THEIRS),
}


class ReferralDuties(models.AbstractModel):
    """What a decision or settlement obliges whom to, as obligations."""

    _name = "iso10003.referral.duties"
    _description = "Referral that obliges"

    def _note_duties(self):
        """Let what is owed be what the result says by now, and return it.

        Counsel notes it in the dispute, where they may not write.
        """
        self.ensure_one()
        holds = self.state in WITH_RESULT and not self.duty_replaced_by_id
        owing = OWING.get(self.duty_party, ()) if holds else ()
        owed = self.sudo().duty_ids  # what is owed by it, whoever notes the result
        owed.filtered(
            lambda one: one.owed_by not in owing and one.ruling not in VOID
        )._replace()
        for side in owing:
            one = owed.filtered(lambda one, side=side: one.owed_by == side)[:1]
            if one:
                one._hold_again()
                self._correct_duty(one)
            else:
                owed |= self._oblige(side)
        return owed

    def _oblige(self, side):
        """Note that one side owes what the result says, and return it."""
        # where it is owed, counsel need not be able to write
        file = self.dispute_id.sudo().file_ids or self.sudo().file_ids
        obligations = self.env["iso10003.obligation"].sudo()  # see _note_duties
        return obligations._note_of_referral(
            self,
            {
                "file_id": file.id,
                "owed_by": side,
                "name": self.duty_summary,
                "day": self.duty_date,
            },
        )

    def _correct_duty(self, one):
        """Let an obligation follow a corrected result, while nothing of it was done."""
        wanted = {"name": self.duty_summary, "day": self.duty_date}
        if not one.performance_ids and any(
            one._would_change(name, value) for name, value in wanted.items()
        ):
            one.write(wanted)

    def _follow_duties(self):
        """It is done once the last of what it obliges to is."""
        for referral in self:
            owed = referral.duty_ids.filtered(lambda one: one.ruling not in VOID)
            done = owed and all(one.done_date for one in owed)
            day = max(owed.mapped("done_date")) if done else False
            if owed and day != referral.duty_done_date:
                referral._guarded_write({"duty_done_date": day})
