# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ...core import proceeding as course


class Proceeded(models.AbstractModel):
    """A dispute that goes through proceedings before bodies outside (7.5)."""

    _name = "iso10003.proceeded"
    _description = "File with proceedings"

    proceeding_ids = fields.One2many("iso10003.proceeding", "dispute_id")

    def _find_proceeding_in_force(self):
        """Return the proceeding whose method, body and dates the dispute shows.

        It is the last that has not ended; else the last of all.
        """
        proceedings = self.proceeding_ids.sorted("number")
        open_ones = proceedings.filtered(lambda one: one.state != course.ENDED)
        return (open_ones or proceedings)[-1:]

    def _find_open_claims(self):
        # what is claimed, whoever proposes to deal with it
        return self.sudo().claim_ids.filtered(lambda claim: claim.state == "open")

    def _check_may_propose(self):
        """Who leads the file notes its proceedings, while it is open."""
        self.check_access("write")
        self._check_not_closed({"subject": self.subject})
        self._lock()

    def action_add_proceeding(self):
        """Ask before which body, and by which method, it goes."""
        self.ensure_one()
        self._check_may_propose()
        return self._open_dialog(
            "iso10003.proceeding",
            self.env._("Proceeding"),
            default_dispute_id=self.id,
            **{f"default_{k}": v for k, v in self._prepare_proceeding_vals().items()},
        )

    def _prepare_proceeding_vals(self):
        """Return what the file knows already of a proceeding to come."""
        providers = self.env["iso10003.provider"].sudo()  # which one it is, it says
        body = providers._find_of(self.provider_id, self.company_id)
        if self.proceeding_ids or not self.provider_id:
            return {}
        return {
            "method_id": self.method_id.id,
            "body_id": body.filtered("active").id,
        }

    # ------------------------------------------------------------
    # What follows on its proceedings
    # ------------------------------------------------------------

    def _hand_down_copies(self, names):  # pylint: disable=missing-return
        """Who leads and reads the dispute leads and reads its proceedings."""
        super()._hand_down_copies(names)
        for one in self.sudo().proceeding_ids:  # files are written by their cases
            copied = [
                name
                for name in names
                if one._get_file_copies()[name].startswith("dispute_id.")
            ]
            one.file_ids.write(one._prepare_file_vals(copied))

    def _stop_telling(self, partners):  # pylint: disable=missing-return
        """Who takes part no more hears of its proceedings no more."""
        super()._stop_telling(partners)
        self.sudo().proceeding_ids._stop_telling(partners)  # as above

    def _reconsider_deadlines(self):  # pylint: disable=missing-return
        """What rules ask of the dispute, they ask for its proceedings too."""
        super()._reconsider_deadlines()
        self.sudo().proceeding_ids._reconsider_deadlines()  # as above
