# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from .document_page import SEEN_BY, TASK


class DocumentPageHistory(models.Model):
    """A text that was approved needs nobody to approve it any more.

    One that an update offered stands beside the text in force, which nobody has begun
    to change.
    """

    _name = "document.page.history"
    _inherit = ["iso10003.guarded", "document.page.history"]

    offered = fields.Boolean(
        "Offered by an update",
        readonly=True,
        copy=False,
        guarded=True,
        groups=SEEN_BY,
        help="A newer text of the product, to be compared with what is in force.",
    )

    def write(self, vals):
        """Whoever writes on an offered text makes a change of their own of it."""
        if vals.get("content"):
            # whoever writes on it need not know where it came from
            taken_up = self.sudo().filtered(
                lambda change: change.offered and change.content != vals["content"]
            )
            taken_up._guarded_write({"offered": False})
        return super().write(vals)

    def action_approve(self):
        done = super().action_approve()
        self._end_tasks()
        return done

    def action_cancel(self):
        done = super().action_cancel()
        self._end_tasks()
        return done

    def _end_tasks(self):
        # tasks of all approvers end with the deed of one of them
        pages = self.page_id.sudo()
        waiting = self.sudo().search(
            [("page_id", "in", pages.ids), ("state", "=", "to approve")]
        )
        (pages - waiting.page_id).activity_unlink([TASK])
