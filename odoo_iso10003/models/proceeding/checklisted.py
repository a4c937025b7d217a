# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain


class Checklisted(models.AbstractModel):
    """A dispute wants papers on file, by what it is about, and finds some of them.

    What its kind wants, ``iso10003.document.kind`` says; what came with the complaint
    and by mail is taken over. Once the dispute is closed, what is on file stays.
    """

    _name = "iso10003.checklisted"
    _inherit = ["iso10003.documented"]
    _description = "File that wants papers"

    wanted_papers = fields.Html("Papers wanted", compute="_compute_wanted_papers")

    @api.depends("category_id")
    @api.depends_context("lang", "uid")
    def _compute_wanted_papers(self):
        for dispute in self:
            there = set(dispute.document_ids.kind_id.mapped(dispute._get_kind_key))
            dispute.wanted_papers = Markup().join(
                Markup("<div><i class='fa %s me-2' title='%s'></i>%s</div>")
                % (*dispute._show_presence(kind, there), kind.name)
                for kind in dispute._find_wanted_kinds()
            )

    def _show_presence(self, kind, there):
        """Return the sign of whether a paper of this kind is on file, and its title."""
        if self._get_kind_key(kind) in there:
            return "fa-check text-success", self.env._("On file")
        return "fa-times text-danger", self.env._("Missing")

    @api.model
    def _get_kind_key(self, kind):
        """Return what a company's own kind has in common with the one it replaces."""
        return kind.replaces_id or kind

    def _find_wanted_kinds(self):
        """Return the kinds of paper that the checklist of this dispute names."""
        self.ensure_one()
        company = self.company_id
        offered = Domain("company_id", "in", [company.id, False]) & Domain(
            "own_ids", "not any", [("company_id", "=", company.id)]
        )
        # what is wanted on file is no secret to who reads it
        kinds = self.env["iso10003.document.kind"].sudo().search(offered)
        return kinds._filter_wanted_for(self.category_id)

    def _get_paper_sources(self):
        # what came with the complaint, who leads its dispute may read
        return [*super()._get_paper_sources(), self.ticket_id]

    def _prepare_bundle_defaults(self):
        return {"default_partner_id": self.provider_id.id}

    def _refuse_paper_change(self):
        for dispute in self.filtered(lambda one: one.state == "closed"):
            raise dispute._refusal(
                self.env._(
                    "it is closed, and the documents on file stay as they are. Put "
                    "another one on file."
                )
            )
