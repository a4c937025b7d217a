# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class BundleLine(models.Model):
    """One document of a bundle: its number there, and where its pages are."""

    _name = "iso10003.bundle.line"
    _description = "Document of a bundle"
    _inherit = ["iso10003.guarded", "iso10003.worded", "iso10003.registered.part"]
    _order = "bundle_id, sequence, id"
    _rec_name = "document_id"
    _part_event = "bundle"

    bundle_id = fields.Many2one(
        "iso10003.bundle",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    company_id = fields.Many2one(related="bundle_id.company_id", store=True)
    sequence = fields.Integer(default=10, sealed=True)
    document_id = fields.Many2one(
        "iso10003.document",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    audience = fields.Selection(related="document_id.audience")
    reason = fields.Char(
        "Why it is not shown",
        sealed="digest",
        help="Of an internal document: it is named in the index, with this reason.",
    )
    number = fields.Integer(
        "No.", readonly=True, copy=False, aggregator=None, guarded=True
    )
    sha256 = fields.Char("SHA-256", readonly=True, copy=False, guarded=True)
    pages = fields.Integer(readonly=True, copy=False, aggregator=None, guarded=True)
    refusal = fields.Char(
        readonly=True,
        copy=False,
        guarded=True,
        help="Code of why its pages are not in the bundle.",
    )

    _once = models.UniqueIndex(
        "(bundle_id, document_id)", "A document is in a bundle once."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.bundle_id._check_draft()
        lines.bundle_id._check_may_write()
        return lines

    def write(self, vals):
        self.bundle_id._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_of_drafts_only(self):
        self.bundle_id._check_draft()

    @api.model
    def _get_links_within(self):
        # a bundle for the court has papers of the dispute, too
        return ("bundle_id",)

    @api.constrains("bundle_id", "document_id")
    def _check_same_matter(self):
        for line in self:
            # of which matter they are, who put them together knows
            bundle, document = line.bundle_id.sudo(), line.document_id.sudo()
            if self._get_top(bundle.file_id) != self._get_top(document.file_id):
                raise line._refusal(self.env._("it belongs to another matter."))

    @api.model
    def _get_top(self, file):
        """Return the file of which all others of the matter are a part."""
        return self._get_top(file.parent_id) if file.parent_id else file

    def _find_newest(self):
        """Return the newest version of its document."""
        document = self.document_id
        while newer := document.replaced_by_ids:
            document = newer[:1]
        return document

    def _get_registered_file(self):
        return self.bundle_id.file_id._get_case()

    def _get_refused_name(self):
        return self.env._(
            "Bundle “%(bundle)s”, document “%(document)s”",
            bundle=self.bundle_id.name,
            document=self.document_id.name,
        )
