# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...models.proceeding.seat import APPOINTED_BY, SIDES


class SeatStep(models.TransientModel):
    """The dialog that asks what became of somebody who sits, and on which day."""

    _name = "iso10003.seat.step"
    _description = "Step of a seat"
    _inherit = ["iso10003.withheld"]

    seat_id = fields.Many2one("iso10003.seat", required=True, ondelete="cascade")
    question = fields.Selection(
        [
            ("challenge", "Challenge"),
            ("decide", "Note the decision about it"),
            ("leave", "They left"),
            ("replace", "Replace"),
        ],
        required=True,
    )
    date = fields.Date(
        "Day",
        default=lambda self: self.env.company._get_company_day(),
        deed=True,
        help="On which day it happened.",
    )
    by = fields.Selection(SIDES, "Challenged by", default="organization")
    ground = fields.Text(
        "On what ground", help="Kept on record; it can be erased if it names people."
    )
    decision = fields.Selection(
        [("upheld", "Upheld"), ("rejected", "Rejected")], "Decision about it"
    )
    partner_id = fields.Many2one("res.partner", "Who sits")
    appointed_by = fields.Selection(APPOINTED_BY, "Appointed by", default="body")

    @api.constrains("seat_id")
    def _check_may_lead(self):
        """The dialog shows its file: not to who may not lead it."""
        for step in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            step.seat_id.check_access("write")

    def action_confirm(self):
        """Do it; the seat itself checks whether that may be."""
        self.ensure_one()
        done = getattr(self, f"_take_{self.question}")(self.seat_id)
        if isinstance(done, dict):
            return done
        return {"type": "ir.actions.act_window_close"}

    def _take_challenge(self, seat):
        return seat.action_challenge(self.ground, self.by, self.date)

    def _take_decide(self, seat):
        return seat.action_decide_challenge(self.decision, self.date)

    def _take_leave(self, seat):
        return seat.action_leave(self.date)

    def _take_replace(self, seat):
        return seat.action_replace(self.partner_id.id, self.appointed_by, self.date)
