# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .document_page import TASK


class DocumentPageHistory(models.Model):
    """A text that was approved needs nobody to approve it any more."""

    _inherit = "document.page.history"

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
