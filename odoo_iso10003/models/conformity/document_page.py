# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

TASK = "odoo_iso10003.activity_approve_document"
APPROVERS = "document_page_approval.group_document_approver_user"
SEERS = ("odoo_iso10003.group_manager", "odoo_iso10003.group_auditor")
SEEN_BY = ",".join(SEERS)


class DocumentPage(models.Model):
    """A page that began as a starter document."""

    _name = "document.page"
    _inherit = ["iso10003.guarded", "document.page"]

    starter_id = fields.Many2one(
        "iso10003.starter.document",
        "Began as",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        readonly=True,
        groups=SEEN_BY,
        guarded=True,
    )
    starter_lang = fields.Char(
        "Language of the starter text",
        copy=False,
        readonly=True,
        groups=SEEN_BY,
        guarded=True,
    )
    waiting_content = fields.Html(
        "Text that waits for approval",
        compute="_compute_waiting_content",
        sanitize=False,
        groups="base.group_user",  # every reader's form asks for it
    )

    @api.depends_context("uid")
    def _compute_waiting_content(self):
        """Show the text of a page that nobody has approved, to who works on it."""
        groups = ("document_page.group_document_editor", *SEERS)
        shown = any(map(self.env.user.has_group, groups))
        for page in self:
            # asked of whoever may read the page
            began = shown and page.sudo().starter_id
            page.waiting_content = (
                began and not page.approved_date and page._find_last_change().content
            )

    def _find_last_change(self):
        """Return the last text that waits here or was approved, newest first."""
        self.ensure_one()
        # who may see the page may see what is to become of it
        changes = self.env["document.page.history"].sudo()
        return changes.search(
            [("page_id", "=", self.id), ("state", "in", ["to approve", "approved"])],
            order="id desc",
            limit=1,
        )

    def _count_approved(self):
        """Return how many texts of the page were in force, the present one included."""
        self.ensure_one()
        changes = self.env["document.page.history"].sudo()  # as above
        return changes.search_count(
            [("page_id", "=", self.id), ("state", "=", "approved")]
        )

    def _find_untouched(self):
        """Return the text that waits as it came, where nobody wrote another one."""
        self.ensure_one()
        changes = self.env["document.page.history"].sudo()  # as above
        written = changes.search([("page_id", "=", self.id)])
        if len(written) == 1 and written.state == "to approve":
            return written
        return changes

    # ------------------------------------------------------------
    # Who approves is told
    # ------------------------------------------------------------

    def _ask_approvers(self):
        """Give whoever may approve these pages a task, once, in their language."""
        for page in self:
            asked = page._find_tasks().user_id
            for user in page._find_approvers() - asked:
                page.activity_schedule(
                    TASK,
                    user_id=user.id,
                    summary=page.with_context(lang=user.lang).env._(
                        "Read the text, and approve it or ask for a change"
                    ),
                )

    def _find_approvers(self):
        """Return who may approve this page, and may enter its company."""
        self.ensure_one()
        approvers = self.env.ref(APPROVERS).all_user_ids
        return approvers.filtered(
            lambda user: (
                user.active
                and (not self.company_id or self.company_id in user.company_ids)
                and self.can_user_approve_this_page(user)
            )
        )

    def _find_tasks(self):
        return self.activity_ids.filtered(
            lambda task: task.activity_type_id == self.env.ref(TASK)
        )
