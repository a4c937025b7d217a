# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

# kinds that tell what was decided in a dispute: no other file keeps that
OF_DISPUTES = (
    "invitation",
    "participation_answer",
    "result_answer",
    "offer",
    "offer_confirmation",
)


class LetterOfParticipation(models.Model):
    """Letters on taking part say what was decided, and nothing else."""

    _inherit = "iso10003.letter"

    def _get_words(self, case):
        words = super()._get_words(case)
        if self.file_id.model == "iso10003.dispute":
            words |= case._get_part_words(self.kind)
        return words

    def _check_sendable(self):  # pylint: disable=missing-return
        super()._check_sendable()
        if self.file_id.model == "iso10003.dispute":
            self.file_id._get_case()._check_told_by(self)
        elif self.kind in OF_DISPUTES:
            raise self._refusal(
                self.env._(
                    "“%(kind)s” tells of what was decided in the dispute. Write it on "
                    "the file of the dispute, which keeps that.",
                    kind=self._selection_label("kind"),
                )
            )
