# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...core.story import Source


class Documented(models.AbstractModel):
    """A kind of file with documents (4.12, 7.5.2).

    They are numbered together over the whole matter. A kind that is a part of another
    says which in :meth:`_get_matter`.
    """

    _name = "iso10003.documented"
    _description = "File with documents"

    document_ids = fields.Many2many(
        "iso10003.document", string="Documents", compute="_compute_document_ids"
    )
    last_exhibit = fields.Integer(
        "Last exhibit number", readonly=True, copy=False, guarded=True, aggregator=None
    )

    @api.depends_context("uid")
    def _compute_document_ids(self):
        """Find those that the reader may read."""
        documents = self.env["iso10003.document"].search(
            Domain("file_id.model", "=", self._name)
            & Domain("file_id.res_id", "in", self.ids)
        )
        by_file = documents.grouped("file_id")
        for case in self:
            file = case.sudo().file_ids  # its own
            case.document_ids = by_file.get(file.with_env(self.env))

    def _get_story_sources(self):
        return super()._get_story_sources() | {
            "iso10003.document": Source(
                self.env._("Document"),
                Domain("file_id", "in", self._get_story_files().ids),
                lambda documents: documents._filter_for_parties(),
            )
        }

    def _check_letter_rests(self, letter):  # pylint: disable=missing-return
        """A letter whose text shows a paper hands it on, and so asks as an annex does.

        What went already is noted as it went.
        """
        super()._check_letter_rests(letter)
        if letter.channel in ("mail", "post"):
            shown = letter.env["ir.attachment"]._find_shown(letter.body)
            letter.env["iso10003.restriction"]._check_free(
                shown, letter.partner_ids, letter._get_refused_name()
            )

    # ------------------------------------------------------------
    # What a kind of file answers
    # ------------------------------------------------------------

    def _get_matter(self):
        """Return the case over which its documents are numbered: most often itself."""
        return self

    def _get_told_dispute(self):
        """Return the dispute of which its bundles tell the story, or none."""
        return self._get_matter()

    def _refuse_paper_change(self):
        """Refuse to change a document once its case has ended."""

    def _prepare_bundle_defaults(self):
        """Return whom its bundles are for, as ``default_…`` of a new one."""
        return {}

    def _get_paper_sources(self):
        """Return records on which papers came that may be taken over."""
        return [self]

    # ------------------------------------------------------------
    # Putting on file
    # ------------------------------------------------------------

    def action_add_document(self):
        """Ask for a paper to put on file."""
        self.ensure_one()
        self.check_access("write")
        return self._open_dialog(
            "iso10003.document",
            self.env._("Document"),
            default_file_id=self.sudo().file_ids.id,  # its own
        )

    def action_add_restriction(self):
        """Ask what may not be shown, and by what order or term."""
        self.ensure_one()
        self.check_access("write")
        return self._open_dialog(
            "iso10003.restriction",
            self.env._("Restriction on disclosure"),
            default_file_id=self.sudo().file_ids.id,  # its own
        )

    def action_make_bundle(self):
        """Ask for whom a bundle is, and what goes into it."""
        self.ensure_one()
        self.check_access("write")
        return self._open_dialog(
            "iso10003.bundle",
            self.env._("Bundle"),
            default_file_id=self.sudo().file_ids.id,  # its own
            **self._prepare_bundle_defaults(),
        )

    def action_take_over_papers(self):
        """Show what came by ticket and mail, to be put on file together."""
        self.ensure_one()
        self.check_access("write")
        return self._open_dialog(
            "iso10003.document.take",
            self.env._("Take over from ticket and mail"),
            default_file_id=self.sudo().file_ids.id,  # its own
        )

    def _find_papers_to_take(self):
        """Return the attachments of its sources that are not on file yet."""
        self.ensure_one()
        places = Domain.OR(
            Domain("res_model", "=", source._name)
            & Domain("res_id", "in", source.ids)
            & Domain("res_field", "=", False)
            for source in self._get_paper_sources()
        )
        places &= Domain("type", "=", "binary")
        found = self.env["ir.attachment"].search(places, order="id")
        # by what Odoo keeps of each content: none is read for it
        on_file = self.document_ids._get_stored_files().values()
        seen = {stored.checksum for stored in on_file}
        for attachment in found:
            if attachment.checksum in seen:
                found -= attachment
            seen.add(attachment.checksum)
        return found

    def _take_over(self, attachments, audience):
        """Put attachments on file as documents, each with what its mail says of it.

        :param audience: of what others sent
        :return: the documents, and in words what could not be taken over
        """
        documents, refused = self.env["iso10003.document"], []
        for attachment in attachments:
            try:
                with self.env.cr.savepoint():
                    documents += documents.create(
                        self._prepare_taken(attachment, audience)
                    )
            except UserError as refusal:
                refused.append(str(refusal))
        return documents, refused

    def _prepare_message_facts(self, attachment):
        """Return when a paper came, and whose it is, as its message says.

        With a marked letter, or in answer to one, it bears the mark, too.
        """
        # with which a paper came that may be read already
        messages = self.env["mail.message"].sudo()
        message = messages.search(
            [("attachment_ids", "in", attachment.ids)], order="id", limit=1
        )
        ours = message.author_id.user_ids.filtered(lambda one: not one.share)
        came = message.date or attachment.create_date
        return {
            "date": fields.Date.to_date(came),
            "source": "other" if message and not ours else "organization",
            "without_prejudice": self._is_marked_talk(message),
        }

    def _is_marked_talk(self, message):
        """Return whether a message is a marked letter, or answers one.

        Answers keep the subject, whichever program they are written with.
        """
        said = (message.subject or "").casefold()
        if not said:
            return False
        # which letters bear the mark, whoever takes papers over
        letters = self.env["iso10003.letter"].sudo()
        marked = letters.search_fetch(
            [
                ("file_id", "in", self.sudo().file_ids.ids),
                ("without_prejudice", "=", True),
                ("subject", "!=", False),
            ],
            ["subject"],
        )
        return any(one.subject.casefold() in said for one in marked)

    def _prepare_taken(self, attachment, audience):
        """Return what a paper becomes: what nobody sent us stays inside at first."""
        facts = self._prepare_message_facts(attachment)
        return {
            **facts,
            "file_id": self.sudo().file_ids.id,  # its own
            "name": attachment.name,
            "file_name": attachment.name,
            "content": base64.b64encode(attachment.raw or b""),
            "audience": audience if facts["source"] == "other" else "internal",
        }

    def _take_exhibit_number(self):
        """Return the next number of this matter: one for whoever comes first.

        The count is kept on the matter, so that of two who file at the same time one
        is tried again.
        """
        self.ensure_one()
        matter = self.sudo()  # who puts a paper on file need not change the case
        matter._guarded_write({"last_exhibit": matter.last_exhibit + 1})
        return matter.last_exhibit
