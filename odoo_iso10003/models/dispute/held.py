# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import AccessError


class Held(models.AbstractModel):
    """A file whose records are held from its notice on, until a manager lets them go.

    What belongs to it is neither deleted, archived nor emptied meanwhile
    (``models/mixin/preserved.py``), whoever tries; a file that is closed holds them
    all the same. Not to be taken for a file that is put on hold.
    """

    _name = "iso10003.held"
    _description = "File whose records are held"

    preserved = fields.Boolean(
        "Hold on records",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        help="Nothing that belongs to the file is deleted, archived or emptied, from "
        "the notice on, until a dispute manager lifts the hold with a reason.",
    )

    def _hold_records(self):
        for file in self:
            if not file.preserved:
                file._guarded_write({"preserved": True})
                file._register_event("records_held", {})

    def action_hold_records(self, reason=None):
        """Hold the records of this file, where no notice did, or anew.

        :param reason: why; kept in the register
        """
        self.ensure_one()
        self.check_access("write")
        if self.preserved:
            raise self._refusal(self.env._("its records are held already."))
        self._need_reason(reason)
        self._lock()
        self._guarded_write({"preserved": True})
        self._register_event("records_held", {}, reason)
        return True

    def action_lift_hold(self, reason=None):
        """Let go of the records of this file, as a dispute manager.

        :param reason: why they need not be held any more; kept in the register
        """
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            raise AccessError(
                self.env._(
                    "Dispute %(number)s: only a dispute manager lifts the hold on its "
                    "records.",
                    number=self.name,
                )
            )
        if not self.preserved:
            raise self._refusal(self.env._("its records are not held."))
        self._need_reason(reason)
        self._lock()
        self._guarded_write({"preserved": False})
        self._register_event("hold_lifted", {}, reason)
        return True

    def _find_preserving(self):
        held = self.sudo().filtered("preserved")  # it holds for whoever asks
        return {file: file for file in held}
