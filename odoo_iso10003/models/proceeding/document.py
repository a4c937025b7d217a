# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import binascii
import hashlib

from odoo import api, fields, models
from odoo.fields import Domain

from ...core import paper
from ..mixin.configuration import OFFERED
from ..mixin.people_date import format_people_number

AUDIENCES = [
    ("public", "Public"),
    ("parties", "Parties"),
    ("internal", "Internal"),
    ("privileged", "Privileged"),
]
# what a dialog may give by its context, and a new document's number follows from
OWN_DEFAULTS = ["file_id", "without_prejudice", "replaces_id", "name"]


class Document(models.Model):
    """A paper of a file, put on record once (4.12, 7.5.2).

    Its audience says who may ever read it. The mark *without prejudice* is another
    thing: offers, admissions and notes of mediation may be read by their audience, and
    never reach who decides, not even by their title. The file itself never changes; a
    newer version and a redacted copy are documents of their own that name the former.
    A paper may come after the end of its case; those on file stay as they are.
    """

    _name = "iso10003.document"
    _description = "Document"
    _inherit = [
        "iso10003.rehashed",
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.registered.part",
    ]
    _order = "file_id, date, id"
    _part_event = "document"

    file_id = fields.Many2one(
        "iso10003.file", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(
        related="file_id.company_id", store=True, index=True, precompute=True
    )
    matter_id = fields.Many2one(
        "iso10003.file",
        readonly=True,
        copy=False,
        index=True,
        ondelete="restrict",
        guarded=True,
        help="The file whose documents are numbered together.",
    )
    exhibit_number = fields.Integer(
        "Exhibit",
        readonly=True,
        copy=False,
        aggregator=None,
        guarded=True,
        help="Its number in the whole matter. Once given it stays; what is without "
        "prejudice has none.",
    )
    name = fields.Char("Title", required=True, sealed="digest")
    kind_id = fields.Many2one(
        "iso10003.document.kind",
        index="btree_not_null",
        ondelete="restrict",
        domain=OFFERED,
        sealed=True,
        help="What it is on the list of papers that such a file wants.",
    )
    date = fields.Date(
        "Of", required=True, default=fields.Date.context_today, sealed=True, deed=True
    )
    source = fields.Selection(
        [
            ("organization", "Ours"),
            ("other", "Of the other party"),
            ("authority", "Of the authority"),
            ("third", "Of others"),
        ],
        "Whose",
        required=True,
        default="organization",
        sealed=True,
    )
    audience = fields.Selection(
        AUDIENCES,
        required=True,
        compute="_compute_audience",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        sealed=True,
        help="Who may ever read it.",
    )
    without_prejudice = fields.Boolean(
        "Without prejudice",
        sealed=True,
        help="Said to settle the matter: it never reaches who decides, and is in no "
        "bundle and no dossier.",
    )
    mark_lifted_by_id = fields.Many2one(
        "res.users",
        "Mark lifted by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
        sealed=True,
    )
    # the file
    content = fields.Binary("File itself", required=True, attachment=True, fixed=True)
    file_name = fields.Char(fixed=True, sealed="digest")
    sha256 = fields.Char("SHA-256", readonly=True, copy=False, guarded=True, index=True)
    # versions and copies
    replaces_id = fields.Many2one(
        "iso10003.document",
        "Newer version of",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    replaced_by_ids = fields.One2many(
        "iso10003.document", "replaces_id", "Newer versions"
    )
    version = fields.Integer(
        readonly=True, copy=False, default=1, aggregator=None, guarded=True
    )
    redacts_id = fields.Many2one(
        "iso10003.document",
        "Redacted copy of",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
        help="What others may not read was taken out. Somebody else checks it before "
        "it goes out.",
    )
    checked_by_id = fields.Many2one(
        "res.users",
        "Checked by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
        sealed=True,
    )
    disclosure_ids = fields.One2many("iso10003.disclosure", "document_id")

    _exhibit_once = models.UniqueIndex(
        "(matter_id, exhibit_number) WHERE exhibit_number > 0",
        "An exhibit number is given once in a matter.",
    )
    _replaced_once = models.UniqueIndex(
        "(replaces_id) WHERE replaces_id IS NOT NULL",
        "There is a newer version of this document already; replace that one.",
    )
    _checked_by_another = models.Constraint(
        "CHECK (checked_by_id IS NULL OR checked_by_id IS DISTINCT FROM create_uid)",
        "A redacted copy is checked by somebody other than who made it.",
    )

    @api.depends("file_id")
    def _compute_audience(self):
        for document in self:
            # what kind of file it is, who puts a paper on it knows
            privileged = document.file_id.sudo().privileged
            document.audience = document.audience or (
                "privileged" if privileged else "internal"
            )

    @api.depends("exhibit_number", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for document in self:
            number = document.exhibit_number
            told = format_people_number(self.env, number) if number else ""
            document.display_name = " · ".join(filter(None, [told, document.name]))

    # ------------------------------------------------------------
    # Putting on file
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._check_may_write()
        for case in documents._get_cases():
            case.invalidate_recordset(["document_ids"], flush=False)
        return documents

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        return [self._prepare_record(vals) for vals in vals_list]

    @api.model
    def _prepare_record(self, vals):
        """Return what is written of a new document by itself, or refuse its file."""
        own = {**self.default_get(OWN_DEFAULTS), **vals}
        content = self._read_content(own)
        former = self.browse(own.get("replaces_id") or ())
        case = self.env["iso10003.file"].browse(own.get("file_id") or ())
        matter = case._get_case()._get_matter() if case else None
        numbered = matter is not None and not own.get("without_prejudice")
        return {
            "matter_id": matter.sudo().file_ids.id if case else False,  # its own
            # a gap would tell that there is something without prejudice: that gets a
            # number once it may be told of
            "exhibit_number": matter._take_exhibit_number() if numbered else 0,
            "sha256": hashlib.sha256(content).hexdigest(),
            "version": former.version + 1 if former else 1,
        }

    @api.model
    def _read_content(self, vals):
        """Return the file of a new document, which must be one that can be kept."""
        given, title = vals.get("content") or b"", vals.get("name") or ""
        if len(given) * 3 // 4 > paper.MAX_BYTES + paper.MEBIBYTE:
            raise self._refuse_paper("large", title)
        try:
            content = base64.b64decode(given)
        except (ValueError, binascii.Error):
            raise self._refuse_paper("broken", title) from None
        if fault := paper.find_fault(content, vals.get("file_name")):
            raise self._refuse_paper(fault, title)
        return content

    @api.constrains("replaces_id", "redacts_id", "without_prejudice")
    def _check_marked_alike(self):
        for document in self:
            former = document.replaces_id | document.redacts_id
            if former.filtered("without_prejudice") and not document.without_prejudice:
                raise document._refusal(
                    self.env._(
                        "what it is made of is without prejudice, and so is this. "
                        "Mark it, or have the mark lifted first."
                    )
                )

    # ------------------------------------------------------------
    # Changing, which is little
    # ------------------------------------------------------------

    def write(self, vals):
        for case in self._get_cases():
            case._refuse_paper_change()
        if "without_prejudice" in vals and not vals["without_prejudice"]:
            self._refuse_unmarking()
        result = super().write(vals)
        if vals.get("without_prejudice") and (made := self._find_made_of()):
            made.write({"without_prejudice": True})
        return result

    def _find_made_of(self):
        """Return the newer versions and redacted copies that bear no mark yet."""
        made = Domain("replaces_id", "in", self.ids) | Domain(
            "redacts_id", "in", self.ids
        )
        # what they say is said by them too, whoever reads which of them
        return self.sudo().search(made & Domain("without_prejudice", "=", False))

    def _refuse_unmarking(self):
        for document in self.filtered("without_prejudice"):
            raise document._refusal(
                self.env._(
                    "a dispute manager lifts the mark, with both sides' document or "
                    "the law that says so."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for document in self:
            raise document._refusal(
                self.env._("it was put on file and stays there."),
            )

    # ------------------------------------------------------------
    # Its file
    # ------------------------------------------------------------

    def _get_stored_files(self):
        """Return ``{document: attachment}`` with the files that the reader may have."""
        attachments = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "content"),
                ("res_id", "in", self.ids),
            ]
        )
        return {self.browse(file.res_id): file for file in attachments}

    def _get_cases(self):
        return [file._get_case() for file in self.file_id]

    def _check_may_write(self):
        """Leave documents to who may change the case."""
        for case in self._get_cases():
            case.check_access("write")

    def _get_registered_file(self):
        return self.file_id._get_case()

    def _prepare_part_data(self):
        return {
            "document": self.id,
            "exhibit": self.exhibit_number or None,
            "class": self.audience,
            "marked": self.without_prejudice,
            "sha256": self.sha256,
        }

    def _get_refused_name(self):
        return self.env._("Document “%(title)s”", title=self.name)
