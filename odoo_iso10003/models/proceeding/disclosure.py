# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools.i18n import format_list


class Disclosure(models.Model):
    """A document that came to us, or went to somebody: to whom, when, by which way.

    It is noted as it happened and stays so. What was wrong with it, such as a marked
    paper that went to who decides, is kept beside it (4.12, 7.5.2).
    """

    _name = "iso10003.disclosure"
    _description = "Document sent or received"
    _inherit = ["iso10003.guarded", "iso10003.worded", "iso10003.registered.part"]
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _part_event = "disclosure"

    document_id = fields.Many2one(
        "iso10003.document",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    file_id = fields.Many2one(
        related="document_id.file_id", store=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="file_id.company_id", store=True)
    direction = fields.Selection(
        [
            ("received", "Received from"),
            ("sent", "Sent to"),
            ("disclosed", "Shown to"),
        ],
        "What happened",
        required=True,
        default="sent",
        fixed=True,
        sealed=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Person or body",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    date = fields.Date(
        "On",
        required=True,
        default=lambda self: self._get_company_day(),
        fixed=True,
        sealed=True,
        deed=True,
    )
    channel = fields.Selection(
        [
            ("mail", "By e-mail"),
            ("post", "By post"),
            ("portal", "On a portal"),
            ("hand", "By hand"),
            ("hearing", "In a hearing"),
        ],
        "Way",
        required=True,
        default="mail",
        fixed=True,
        sealed=True,
    )
    bundle_id = fields.Many2one(
        "iso10003.bundle",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
        help="In which it went.",
    )
    flaws = fields.Char(
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        help="Codes of what stood against it.",
    )
    remarks = fields.Char("What stood against it", compute="_compute_remarks")

    @api.depends("flaws")
    @api.depends_context("lang")
    def _compute_remarks(self):
        words = self.env["iso10003.document"]._get_hindrance_words()
        for row in self:
            codes = (row.flaws or "").split()
            row.remarks = format_list(self.env, [words[code] for code in codes]) or ""

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.document_id._check_may_write()
        return rows

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        return [{"flaws": self._find_flaws(vals)} for vals in vals_list]

    @api.model
    def _find_flaws(self, vals):
        """Return what stood against it on that way, as codes."""
        own = {**self.default_get(["document_id", "direction", "partner_id"]), **vals}
        document = self.env["iso10003.document"].browse(own.get("document_id") or ())
        partner = self.env["res.partner"].browse(own.get("partner_id") or ())
        if not document or own.get("direction") == "received":
            return False
        case = document.file_id._get_case()
        # who takes part decides, and nothing of them is told
        reader = "complainant" if partner in case.sudo()._get_parties() else "other"
        inside = partner.sudo().user_ids.filtered(lambda one: not one.share)
        if inside:  # who works here reads what the wall lets them read
            return False
        found = document._find_hindrances(reader, partner)[document]
        return " ".join(found) or False

    @api.model
    def _get_links_within(self):
        # a bundle for the court has papers of the dispute, too
        return ("document_id",)

    @api.constrains("bundle_id", "document_id")
    def _check_bundle(self):
        for row in self.filtered("bundle_id"):
            if row.document_id not in row.bundle_id.line_ids.document_id:
                raise row._refusal(self.env._("that bundle does not hold it."))

    def _get_registered_file(self):
        return self.document_id._get_registered_file()

    def _prepare_part_data(self):
        return {"document": self.document_id.id}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for row in self:
            raise row._refusal(
                self.env._(
                    "it stays on record. If it was noted wrongly, note another one."
                )
            )

    def _get_refused_name(self):
        return self.env._(
            "Document “%(title)s”, %(who)s",
            title=self.document_id.name,
            who=self.partner_id.sudo().name,  # who noted it knows whom
        )
