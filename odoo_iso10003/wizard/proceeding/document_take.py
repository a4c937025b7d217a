# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...models.proceeding.document import AUDIENCES


class DocumentTake(models.TransientModel):
    """The dialog that puts what came by ticket and mail on file, all at once."""

    _name = "iso10003.document.take"
    _description = "Papers of ticket and mail"
    _inherit = ["iso10003.withheld"]

    file_id = fields.Many2one("iso10003.file", required=True, ondelete="cascade")
    audience = fields.Selection(
        AUDIENCES,
        "Audience of what others sent",
        required=True,
        default="parties",
        help="What nobody sent us is internal at first.",
    )
    candidate_ids = fields.Many2many(
        "ir.attachment", string="Found", compute="_compute_candidate_ids"
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "iso10003_document_take_rel",
        "take_id",
        "attachment_id",
        "Papers",
    )

    @api.depends("file_id")
    def _compute_candidate_ids(self):
        for dialog in self:
            case = dialog.file_id._get_case() if dialog.file_id else None
            dialog.candidate_ids = case._find_papers_to_take() if case else False

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        file = self.env["iso10003.file"].browse(values.get("file_id") or ())
        if file and "attachment_ids" in fields:
            found = file._get_case()._find_papers_to_take()
            values["attachment_ids"] = [Command.set(found.ids)]
        return values

    @api.constrains("file_id")
    def _check_may_write(self):
        """The dialog shows what came in a file: not to who may not write it."""
        for dialog in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            dialog.file_id._get_case().check_access("write")

    def action_confirm(self):
        """Put them on file; what cannot be is named, and the others are there."""
        self.ensure_one()
        case = self.file_id._get_case()
        case.check_access("write")
        chosen = self.attachment_ids & case._find_papers_to_take()
        if not chosen:
            raise UserError(self.env._("Choose at least one paper."))
        documents, refused = case._take_over(chosen, self.audience)
        if not documents:
            raise UserError("\n".join(refused))
        close = {"type": "ir.actions.act_window_close"}
        if not refused:
            return close
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Not put on file"),
                "message": "\n".join(refused),
                "next": close,
            },
        }
