# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools.i18n import format_list

from ...core import exhibit, press

# what stands against a document in a bundle: all but that it is internal, which is
# told by its name and a reason
SHOWN = ("public", "parties")


class Bundle(models.Model):
    """A frozen selection of documents for one reader: a body, a court, a complainant.

    Issued, it is one PDF with an index, its pages numbered through, each document
    with its SHA-256, and it never changes: what comes later goes into a newer version.
    Nothing privileged and nothing without prejudice is in it; what is internal is
    named, with the reason why it is not shown (7.5.2, 4.12).
    """

    _name = "iso10003.bundle"
    _description = "Bundle of documents"
    _inherit = ["iso10003.guarded", "iso10003.worded", "iso10003.registered.part"]
    _order = "id desc"
    _part_event = "bundle"
    _part_path = "file_id"

    file_id = fields.Many2one(
        "iso10003.file", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="file_id.company_id", store=True)
    name = fields.Char("Title", required=True, sealed="digest")
    reader = fields.Selection(
        [
            ("body", "The body that resolves it"),
            ("court", "A court or an authority"),
            ("complainant", "The complainant"),
        ],
        "For",
        required=True,
        default="body",
        fixed=True,
        sealed=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Who gets it",
        required=True,
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Issued"), ("replaced", "Replaced")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        guarded=True,
        sealed=True,
    )
    replaces_id = fields.Many2one(
        "iso10003.bundle",
        "Newer version of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        guarded=True,
        sealed=True,
    )
    version = fields.Integer(
        readonly=True, copy=False, default=1, aggregator=None, guarded=True
    )
    line_ids = fields.One2many(
        "iso10003.bundle.line", "bundle_id", "Documents", copy=False
    )
    issued_date = fields.Date(
        "Issued on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    issued_by_id = fields.Many2one(
        "res.users",
        "Issued by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
        sealed=True,
    )
    content = fields.Binary(
        "PDF", readonly=True, copy=False, attachment=True, fixed=True, guarded=True
    )
    file_name = fields.Char(compute="_compute_file_name")
    sha256 = fields.Char(
        "SHA-256", readonly=True, copy=False, guarded=True, help="Of the PDF."
    )
    page_count = fields.Integer(
        "Pages", readonly=True, copy=False, aggregator=None, guarded=True
    )
    handed_date = fields.Date(
        "Handed over on",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        deed=True,
    )

    _frozen_when_issued = models.Constraint(
        "CHECK (state = 'draft' OR (issued_date IS NOT NULL AND sha256 IS NOT NULL))",
        "What was issued has its day, and the SHA-256 of its PDF.",
    )
    _replaced_once = models.UniqueIndex(
        "(replaces_id) WHERE replaces_id IS NOT NULL",
        "There is a newer version of this bundle already.",
    )

    @api.depends("file_id", "version")
    def _compute_file_name(self):
        for bundle in self:
            number = (bundle.file_id.name or "").replace("/", "-")
            bundle.file_name = f"{number}-v{bundle.version}.pdf"

    # ------------------------------------------------------------
    # Putting together
    # ------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        file = self.env["iso10003.file"].browse(values.get("file_id") or ())
        if file and "line_ids" in fields and not values.get("line_ids"):
            values["line_ids"] = [
                Command.create({"document_id": document.id})
                for document in self._find_showable(file)
            ]
        if file and "name" in fields and not values.get("name"):
            values["name"] = file.sudo().subject  # of a file that may be read
        return values

    @api.model
    def _find_showable(self, file):
        """Return the documents of a file that nothing stands against."""
        documents = self.env["iso10003.document"].search(
            Domain("file_id", "=", file.id), order="exhibit_number, id"
        )
        hindrances = documents._find_hindrances("body")
        return documents.filtered(lambda document: not hindrances[document])

    @api.model_create_multi
    def create(self, vals_list):
        bundles = super().create(vals_list)
        bundles._check_may_write()
        return bundles

    def write(self, vals):
        self._check_draft()
        return super().write(vals)

    def _check_may_write(self):
        for file in self.file_id:
            file._get_case().check_access("write")

    def _check_draft(self):
        for bundle in self:
            if bundle.state != "draft":
                raise bundle._refusal(
                    self.env._("it is issued, and frozen. Make a newer version of it.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        for bundle in self:
            if bundle.state != "draft":
                raise bundle._refusal(self.env._("it is issued, and stays on record."))
        self.line_ids.unlink()

    # ------------------------------------------------------------
    # Issuing
    # ------------------------------------------------------------

    def action_issue(self):
        """Freeze it: look at each document, number them, and print it once."""
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        case = self.file_id._get_case()
        case._lock()
        self._check_documents()
        with press.job(self.env["ir.actions.report"]._iso10003_limits()):
            self._number_lines()
            self._freeze(self._print())
        case._register_event(
            "bundle_issued",
            {
                "bundle": self.id,
                "reader": self.reader,
                "partner": self.partner_id.id,
                "version": self.version,
                "pages": self.page_count,
                "sha256": self.sha256,
                "documents": [
                    {"document": line.document_id.id, "sha256": line.sha256}
                    for line in self.line_ids
                ],
            },
        )
        return True

    def _check_documents(self):
        """Refuse a bundle with a document that its reader may not have, by name."""
        if not self.line_ids:
            raise self._refusal(self.env._("put at least one document into it."))
        documents, words = self.line_ids.document_id, []
        hindrances = documents._find_hindrances("body", self.partner_id)
        told = documents._get_hindrance_words()
        files = documents._get_stored_files()
        for line in self.line_ids:
            document = line.document_id
            codes = [code for code in hindrances[document] if code != "internal"]
            if self._is_changed(document, files.get(document)):
                codes.append("changed")
            if codes:
                why = format_list(self.env, [told[code] for code in codes])
                words.append(f"“{document.name}” ({why})")
            elif document.audience == "internal" and not (line.reason or "").strip():
                words.append(
                    self.env._(
                        "“%(title)s” (it is internal: say why it is not shown)",
                        title=document.name,
                    )
                )
        if words:
            raise self._refusal(
                self.env._(
                    "these cannot be in it: %(documents)s.",
                    documents=format_list(self.env, words),
                )
            )

    @api.model
    def _is_changed(self, document, stored):
        content = stored.raw if stored else b""
        return hashlib.sha256(content or b"").hexdigest() != document.sha256

    def _number_lines(self):
        """Give each document its number, its digest and its pages in this bundle."""
        report = self.env["report.odoo_iso10003.bundle"]
        shown = self._get_shown()
        facts = {
            fact["document"]: fact
            for fact in report._list_exhibits(shown, True, self.partner_id)
        }
        for number, line in enumerate(self.line_ids, 1):
            fact = facts.get(line.document_id, {})
            line._guarded_write(
                {
                    "number": number,
                    "sha256": line.document_id.sha256,
                    "pages": fact.get("pages", 0),
                    "refusal": fact.get("code", ""),
                }
            )

    def _print(self):
        report = self.env.ref("odoo_iso10003.bundle_report")
        if not report._uses_iso10003_engine():
            raise self._refusal(
                self.env._(
                    "bundles are printed by WeasyPrint, which this server lacks. Ask "
                    "your administrator to install it."
                )
            )
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        return reports._render_qweb_pdf(report.report_name, self.ids)[0]

    def _freeze(self, content):
        self._guarded_write(
            {
                "state": "issued",
                "issued_date": self._get_company_day(),
                "issued_by_id": self.env.uid,
                "content": base64.b64encode(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "page_count": exhibit.count(content),
            }
        )
        if self.replaces_id:
            self.replaces_id._guarded_write({"state": "replaced"})

    def action_reissue(self):
        """Make a newer version, which begins with the same documents."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "issued":
            raise self._refusal(
                self.env._("only the version that is issued is made anew.")
            )
        newer = self.create(
            {
                "file_id": self.file_id.id,
                "name": self.name,
                "reader": self.reader,
                "partner_id": self.partner_id.id,
                "line_ids": [
                    Command.create(
                        {"document_id": line._find_newest().id, "reason": line.reason}
                    )
                    for line in self.line_ids
                ],
            }
        )
        newer._guarded_write({"replaces_id": self.id, "version": self.version + 1})
        return newer.get_formview_action()

    def action_hand_over(self):
        """Note that it went to its reader today, and with it each document shown."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "issued":
            raise self._refusal(self.env._("issue it first: only that is handed over."))
        if self.handed_date:
            raise self._refusal(self.env._("it was handed over already."))
        self._check_still_free()
        day = self._get_company_day()
        self._guarded_write({"handed_date": day})
        # of the papers of its dispute, too, who hands over the bundle of a matter
        self.env["iso10003.disclosure"].sudo().create(
            [
                {
                    "document_id": line.document_id.id,
                    "direction": "sent",
                    "partner_id": self.partner_id.id,
                    "date": day,
                    "bundle_id": self.id,
                }
                for line in self.line_ids
                if line.document_id.audience in SHOWN
            ]
        )
        return True

    def _find_told_dispute(self):
        """Return the dispute whose story it tells, if its issuer may read it."""
        dispute = self.file_id._get_case()._get_told_dispute()
        return dispute.with_env(self.env)._filtered_access("read")

    def _get_shown(self):
        """Return the documents whose pages are in it."""
        return self.line_ids.document_id.filtered(lambda one: one.audience in SHOWN)

    def _check_still_free(self):
        """Refuse to hand over what was forbidden after it was issued."""
        restrictions = self.env["iso10003.restriction"]
        if held := restrictions._filter_restricted(self._get_shown(), self.partner_id):
            raise self._refusal(
                self.env._(
                    "since it was issued, an order or a term forbids %(documents)s. "
                    "Make a newer version without.",
                    documents=format_list(self.env, [f"“{one.name}”" for one in held]),
                )
            )

    # ------------------------------------------------------------
    # Its file
    # ------------------------------------------------------------

    def _get_registered_file(self):
        return self.file_id._get_case()

    def _get_refused_name(self):
        return self.env._("Bundle “%(title)s”", title=self.name)
