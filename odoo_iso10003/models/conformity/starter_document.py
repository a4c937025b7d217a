# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import file_open
from odoo.tools.convert import xml_import

from ..mixin.checks import Answer
from ..mixin.people_date import format_people_number

# an approved document is looked at again after so many months
REVIEW_MONTHS = 24
# what an update offers is compared with the text in force within so many months
COMPARED_MONTHS = 3
ADDON = "odoo_iso10003"
SHIPPED = "data/conformity/starter_documents.xml"
TREES = {
    "manual": "document_page_quality_manual.document_page_quality_manual",
    "procedure": "document_page_procedure.document_page_group_procedure",
}


class StarterDocument(models.Model):
    """A text to begin with: policy or procedure of dispute resolution.

    On request it becomes a page of the organization's own documents, to be edited and
    approved there. What readiness looks at is that page.
    """

    _name = "iso10003.starter.document"
    _description = "Starter document"
    _order = "sequence, id"

    name = fields.Char("Title", required=True, translate=True)
    sequence = fields.Integer(default=10)
    tree = fields.Selection(
        [("manual", "Quality manual"), ("procedure", "Procedures")],
        "Belongs to",
        required=True,
    )
    clause_ids = fields.Many2many(
        "iso10003.clause",
        "iso10003_starter_document_clause_rel",
        "document_id",
        "clause_id",
        "Clauses",
        ondelete="restrict",
    )
    body = fields.Html("Text", translate=True, sanitize_attributes=False)
    page_ids = fields.One2many("document.page", "starter_id", "Pages")
    standing = fields.Selection(
        [
            ("absent", "Not installed"),
            ("waiting", "Waits for approval"),
            ("current", "Approved and current"),
            ("old", "Approved long ago"),
        ],
        compute="_compute_standing",
    )
    approved_date = fields.Datetime("Approved on", compute="_compute_standing")

    @api.depends("page_ids.approved_date")
    @api.depends_context("company")
    def _compute_standing(self):
        for document in self:
            # whether a document is approved is no secret to who manages readiness
            pages = document.sudo()._get_pages(self.env.company)
            approved = [date for date in pages.mapped("approved_date") if date]
            document.approved_date = max(approved) if approved else False
            if not pages:
                document.standing = "absent"
            elif not approved:
                document.standing = "waiting"
            else:
                current = document.approved_date >= self._oldest_current()
                document.standing = "current" if current else "old"

    def _get_pages(self, company):
        return self.page_ids.filtered(lambda page: page.company_id == company)

    @api.model
    def _oldest_current(self):
        return fields.Datetime.now() - relativedelta(months=REVIEW_MONTHS)

    # ------------------------------------------------------------
    # Installing
    # ------------------------------------------------------------

    def _install(self, lang):
        """Make a page of each document in one language, where there is none."""
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            raise AccessError(
                self.env._("Only a dispute manager installs starter documents.")
            )
        company = self.env.company
        # pages are made for managers who do not edit documents themselves; they come
        # into force only when an approver of documents approves them
        pages = self.env["document.page"].sudo()
        for document in self.with_context(lang=lang):
            # whether the page is there counts, whoever may read it
            present = document.sudo()._get_pages(company)
            if present.filtered(lambda page: page.starter_lang == lang):
                continue
            page = pages.create(document._prepare_page_vals(lang, company))
            page._guarded_write({"starter_id": document.id, "starter_lang": lang})
            pages |= page
        pages._ask_approvers()
        return pages.sudo(False)

    def _prepare_page_vals(self, lang, company):
        return {
            "name": self.name,
            "type": "content",
            "parent_id": self.env.ref(TREES[self.tree]).id,
            "company_id": company.id,
            "approval_required": True,
            "draft_name": "1.0",
            "draft_summary": self.env._("Starter text, to be adapted"),
            "content": self._write_page(company),
        }

    def _offer(self):
        """Offer the present text to the pages that began with a former one.

        A change request beside what stands there: nothing is overwritten, and an
        approver decides. Where the present text stands or waits, nothing is asked.
        """
        # whoever may read the pages; approving them takes an approver
        for page in self.sudo().page_ids:
            document = page.starter_id.with_context(lang=page.starter_lang)
            revision = page._count_approved() + 1
            text = document._write_page(page.company_id, revision)
            if page._find_last_change().content == text:
                continue
            page._find_untouched().action_cancel()
            change = page.history_ids.create(
                {
                    "page_id": page.id,
                    "name": f"{revision}.0",
                    "summary": document.env._("New text of the starter document"),
                    "content": text,
                }
            )
            change._guarded_write({"offered": True})
            change.action_to_approve()
            page._ask_approvers()

    @api.model
    def _bring_up_to_date(self):
        """Give the texts as they ship now where nobody changed them, and offer them.

        A text that an administrator changed stays as it is, and nothing is offered of
        it. A page gets a change request beside what stands there.
        """
        with file_open(f"{ADDON}/{SHIPPED}", mode="rb") as file:
            rows = etree.parse(file).getroot()
        renewed = self.union(*filter(None, map(self._renew, rows.iter("record"))))
        if not renewed:
            return
        # in the languages of the pages, before the update comes to translations itself
        self.env.ref(f"base.module_{ADDON}")._update_translations()
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()
        renewed._offer()
        self.env.flush_all()

    @api.model
    def _know_offers(self):
        """Note of what waits whether it is the text that an update offered."""
        documents = self.search([])  # pylint: disable=no-search-all
        for page in documents.page_ids.filtered("approved_date"):
            document = page.starter_id.with_context(lang=page.starter_lang)
            text = document._write_page(page.company_id, page._count_approved() + 1)
            waiting = self._find_changes(page)
            waiting.filtered(lambda change, text=text: change.content == text)[
                :1
            ]._guarded_write({"offered": True})

    def _renew(self, row):
        """Let a shipped row be as in the file, if nobody changed it; return it."""
        document = self.env.ref(f"{ADDON}.{row.get('id')}", raise_if_not_found=False)
        # a record that was changed after it came has another time of writing
        if not document or document.write_date != document.create_date:
            return None
        # translations of the former text would stand beside the new one
        self.env.cr.execute(
            "UPDATE iso10003_starter_document SET body = NULL WHERE id = %s",
            [document.id],
        )
        document.invalidate_recordset()
        xml_import(self.env, ADDON, {}, "init", noupdate=True)._tag_record(row)
        self.env.flush_all()
        # it is as it came again, for a version to come
        self.env.cr.execute(
            "UPDATE iso10003_starter_document SET write_date = create_date "
            "WHERE id = %s",
            [document.id],
        )
        document.invalidate_recordset()
        return document

    def action_view_pages(self):
        """Show the pages; what is not approved yet, with the text that waits."""
        self.ensure_one()
        pages = self._get_pages(self.env.company)
        if changes := self._find_changes(pages):
            return changes._get_records_action(name=self.name)
        return pages._get_records_action(name=self.name)

    @api.model
    def _find_changes(self, pages):
        """Return the changes of these pages that wait for approval."""
        return self.env["document.page.history"].search(
            [("page_id", "in", pages.ids), ("state", "=", "to approve")]
        )

    @api.model
    def action_approve_all(self):
        """Approve, as an approver of documents, all first texts that wait here.

        What would change a text in force, or stands beside another one, is compared
        and decided one by one.

        :raises UserError: for who may approve none of them
        """
        # which pages began here is asked; each is approved with the user's own rights
        documents = self.sudo().search([])  # pylint: disable=no-search-all
        changes = self._find_changes(documents._get_pages(self.env.company))
        first = changes.browse(
            one.id
            for one in changes.grouped("page_id").values()
            if len(one) == 1 and not one.page_id.approved_date
        )
        mine = first.filtered("am_i_approver")
        if not mine:
            raise UserError(self._tell_why_none(changes, first))
        mine.action_approve()
        return True

    def _tell_why_none(self, changes, first):
        if not changes:
            return self.env._("No text waits for your approval.")
        count = format_people_number(self.env, len(changes))
        if not first:
            return self.env._(
                "%(count)s texts wait that would change another one: open each, "
                "compare it, and approve or cancel it there.",
                count=count,
            )
        return self.env._(
            "%(count)s texts wait, and you do not approve documents: ask somebody who "
            "does, or an administrator for that right.",
            count=count,
        )

    # ------------------------------------------------------------
    # What an assessment asks
    # ------------------------------------------------------------

    def _audit_documents_current(self, company):
        """50: are the procedures approved, and not too long ago?"""
        # a handful, shipped with the product
        documents = self.with_company(company).search([])  # pylint: disable=no-search-all
        if all(document.standing == "absent" for document in documents):
            return Answer(0, missing="starter_documents")
        current = documents.filtered(lambda document: document.standing == "current")
        return Answer(len(documents), documents - current)

    def _audit_documents_approved(self, company):
        """101: is every installed page approved, with nothing half-edited?"""
        pages = self.env["document.page"].search(
            [("starter_id", "!=", False), ("company_id", "=", company.id)],
            order="id",
        )
        pending = self.env["document.page.history"].search(
            [("page_id", "in", pages.ids), ("state", "=", "to approve")]
        )
        # what an update offers is compared within a while; until then the text in force
        # is as approved as it was
        since = fields.Datetime.now() - relativedelta(months=COMPARED_MONTHS)
        half = pending.filtered(
            lambda change: not change.offered or change.create_date < since
        )
        waiting = pages.filtered(
            lambda page: not page.approved_date or page in half.page_id
        )
        return Answer(len(pages), waiting)
