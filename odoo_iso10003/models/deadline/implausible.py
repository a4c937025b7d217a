# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL

from ..mixin.people_date import format_people_date
from ..mixin.plausible import FIRST_YEAR, LAST_YEAR


class Implausible(models.Model):
    """Values that are there and cannot be true, for managers to look at.

    They were given before they were asked, and are never rewritten: whose value it
    is opens the record and corrects it.
    """

    _name = "iso10003.implausible"
    _description = "Value that cannot be true"
    _auto = False
    _order = "model, res_id, name"
    _rec_name = "name"

    model = fields.Char("Model of the record", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="model", readonly=True)
    name = fields.Char("Name of the field", readonly=True)
    value = fields.Char("As it is stored", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    model_label = fields.Char("Kind", compute="_compute_labels")
    field_label = fields.Char("Field", compute="_compute_labels")
    record_label = fields.Char("Which", compute="_compute_labels")
    value_label = fields.Char("Value", compute="_compute_labels")

    @property
    def _table_query(self):
        selects = [
            self._select_offenders(model, field)
            for model in self.env.registry.models.values()
            if model._auto and not model._abstract and not model._transient
            for field in model._fields.values()
            if field.name in self.env[model._name]._get_plausible_fields()
            and field.column_type
        ]
        selects += self.env["iso10003.dispute"]._select_disorder()
        # an id that stays with its row, and that a browser can count to
        return SQL(
            """SELECT hashtextextended(concat_ws(',', model, res_id, name), 0)
                      & 9007199254740991 AS id, offender.*
                 FROM (%s) AS offender""",
            SQL(" UNION ").join(selects),
        )

    def _select_offenders(self, model, field):
        column = SQL.identifier(field.name)
        return SQL(
            """SELECT %s AS model, id AS res_id, %s AS name, %s::text AS value,
                      %s AS company_id
                 FROM %s WHERE %s""",
            model._name,
            field.name,
            column,
            self._select_company(model),
            SQL.identifier(model._table),
            self._prepare_offence(field, column),
        )

    @api.model
    def _select_company(self, model):
        """Return whose a value is: the company of the record or of what it is in."""
        owner = model._fields.get("company_id")
        if owner is not None and owner.store:
            return SQL.identifier("company_id")
        way = (owner.related or "").split(".") if owner is not None else ()
        if len(way) == 2:
            whole = self.env[model._fields[way[0]].comodel_name]
            if whole._fields[way[1]].store:
                return SQL(
                    "(SELECT whole.%s FROM %s AS whole WHERE whole.id = %s)",
                    SQL.identifier(way[1]),
                    SQL.identifier(whole._table),
                    SQL.identifier(model._table, way[0]),
                )
        return SQL("NULL::int")

    @api.model
    def _prepare_offence(self, field, column):
        """Return the condition by which a stored value cannot be true."""
        if field.type not in ("date", "datetime"):
            return SQL("%s NOT BETWEEN %s AND %s", column, field.least, field.most)
        latest = SQL("%s", date(LAST_YEAR, 12, 31))
        if getattr(field, "deed", False):
            latest = SQL("(now() AT TIME ZONE 'UTC')::date + 2")
        return SQL(
            "%s::date NOT BETWEEN %s AND %s", column, date(FIRST_YEAR, 1, 1), latest
        )

    @api.depends_context("lang")
    def _compute_labels(self):
        for row in self:
            record = self.env[row.model].browse(row.res_id)
            row.value_label = row._write_value(record._fields[row.name])
            field = self.env["ir.model.fields"]._get(row.model, row.name)
            row.model_label = self.env["ir.model"]._get(row.model).name
            row.field_label = field.field_description
            readable = record.has_access("read")
            row.record_label = record.display_name if readable else f"#{row.res_id}"

    def _write_value(self, field):
        """Return the value as the form shows it, in the reader's calendar."""
        self.ensure_one()
        if field.type in ("date", "datetime"):
            day = fields.Date.to_date(self.value[:10])
            return format_people_date(self.env, day, "short")
        return self.value

    def action_open(self):
        """Open the record whose value cannot be true."""
        self.ensure_one()
        return self.env[self.model].browse(self.res_id).get_formview_action()
