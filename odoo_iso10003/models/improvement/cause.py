# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

# how the kinds of a cause are called in the file (``cause_kind``)
KINDS = [
    ("product", "A product"),
    ("batch", "A batch"),
    ("service", "A service"),
    ("promise", "What was promised or told"),
]
IN_FILE = {"batch": "product"}


class Cause(models.Model):
    """What made several people complain: a product, a batch, a service, a promise.

    Who leads a file names its cause, and makes one where there is none yet. What it
    is stays; managers may put its words right, and archive what is there twice.
    ISO 10003:2018, 8.2.
    """

    _name = "iso10003.cause"
    _description = "Cause of disputes"
    _inherit = ["iso10003.guarded", "iso10003.worded"]
    _order = "name, id"
    _rec_names_search = ["name", "product", "batch"]
    _check_company_auto = True

    name = fields.Char(
        "Cause", required=True, help="What went wrong, in a few words: drum cracks."
    )
    kind = fields.Selection(KINDS, required=True, default="product", fixed=True)
    product = fields.Char(
        "Product or service", help="Which one it is, as people call it."
    )
    batch = fields.Char(help="The number of the batch, lot or series.")
    partner_id = fields.Many2one(
        "res.partner",
        "Supplier or partner",
        index="btree_not_null",
        ondelete="restrict",
        help="From whom it came, or who promised it, where that is somebody else.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        fixed=True,
    )
    active = fields.Boolean(default=True)
    file_count = fields.Integer("Files", compute="_compute_file_count")

    _batch_said = models.Constraint(
        "CHECK (kind <> 'batch' OR COALESCE(batch, '') <> '')",
        "Which batch? Give its number, or choose another kind of cause.",
    )

    @api.depends("name", "product", "batch")
    def _compute_display_name(self):
        for cause in self:
            parts = (cause.name, cause.product, cause.batch)
            cause.display_name = " · ".join(part for part in parts if part)

    @api.depends_context("uid")
    def _compute_file_count(self):
        """Count the files that the reader may read, and no others."""
        counts = dict(
            self.env["iso10003.dispute"]._read_group(
                [("cause_id", "in", self.ids)], ["cause_id"], ["__count"]
            )
        )
        for cause in self:
            cause.file_count = counts.get(cause, 0)

    def action_view_files(self):
        """Open its files, as many as the reader may read."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.dispute_action"
        )
        return {
            **action,
            "name": self.display_name,
            "domain": [("cause_id", "=", self.id)],
            "context": {},
        }

    def _get_refused_name(self):
        return self.env._("Cause “%(name)s”", name=self.display_name)

    def _get_kind_in_file(self):
        """Return what a file with this cause says why it happened."""
        return IN_FILE.get(self.kind, self.kind)
