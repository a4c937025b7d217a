# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..mixin.configuration import OWN, REPLACES
from ..mixin.people_date import format_people_number


class Clause(models.Model):
    """A clause of a standard, in one edition: data, so that an edition is no code."""

    _name = "iso10003.clause"
    _description = "Clause of a standard"
    _inherit = ["iso10003.configuration"]
    _order = "sequence, id"
    _own_key = ("standard", "edition", "number")
    _rec_names_search = ["number", "name"]

    replaces_id = fields.Many2one("iso10003.clause", **REPLACES)
    own_ids = fields.One2many("iso10003.clause", "replaces_id", **OWN)
    standard = fields.Char(required=True, help="Such as ISO 10003.")
    edition = fields.Char(required=True, help="The year, such as 2018.")
    number = fields.Char(required=True, help="Such as 7.4.1, or a letter: an annex.")
    name = fields.Char("Title", required=True, translate=True)
    sequence = fields.Integer(default=10)
    former_id = fields.Many2one(
        "iso10003.clause",
        "In the edition before",
        index="btree_not_null",
        ondelete="set null",
        domain="[('standard', '=', standard), ('edition', '!=', edition)]",
    )
    change = fields.Char(
        "What changes",
        translate=True,
        help="Against the edition before, in your own words.",
    )
    part = fields.Char(
        compute="_compute_part",
        store=True,
        help="The main clause it belongs to, with its standard.",
    )

    _number_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), standard, edition, number)",
        "An edition has each clause once.",
    )

    @api.constrains("former_id", "standard", "edition")
    def _check_former(self):
        for clause in self.filtered("former_id"):
            former = clause.former_id
            if former.standard != clause.standard or former.edition == clause.edition:
                raise ValidationError(
                    self.env._(
                        "“%(clause)s” follows a clause of the same standard in another "
                        "edition, not “%(former)s”.",
                        clause=clause.display_name,
                        former=former.display_name,
                    )
                )

    @api.depends("standard", "number")
    def _compute_part(self):
        for clause in self:
            main = (clause.number or "").partition(".")[0]
            clause.part = f"{clause.standard} · {main}"

    @api.depends("standard", "number", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for clause in self:
            clause.display_name = f"{clause._written_number()} {clause.name or ''}"

    @api.model
    def _get_parts(self):
        """Return the main clauses that one may read, each with its name for them."""
        if not self.has_access("read"):
            return []
        parts = self.search_fetch([("part", "!=", False)], ["standard", "part"])
        return [
            (part, clauses[0]._write_clause(part.rpartition(" ")[2]))
            for part, clauses in parts.grouped("part").items()
        ]

    def _written_number(self):
        """Return standard and number in the reader's digits."""
        self.ensure_one()
        return self._write_clause(self.number or "")

    def _write_clause(self, number):
        return self.env._(
            "%(standard)s · %(clause)s",
            standard=self.standard or "",
            clause=format_people_number(self.env, number),
        )
