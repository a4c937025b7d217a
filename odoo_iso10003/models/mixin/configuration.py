# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...core import chain

# how a model says in whose place a company's row stands, beside ``own_ids``, the
# way back; the two name their model and so cannot stand in the mixin
REPLACES = {
    "string": "In place of",
    "readonly": True,
    "copy": False,
    "index": "btree_not_null",
    "ondelete": "set null",
    "help": "What ships for all companies, in whose place this one stands.",
}


OWN = {"string": "Companies' own", "context": {"active_test": False}}

# what a record with a company is offered: not what its company has its own of
OFFERED = "[('own_ids', 'not any', [('company_id', '=', company_id)])]"


class Configuration(models.AbstractModel):
    """A row of configuration, of one company or of nobody.

    What belongs to nobody ships with the product, holds for all companies, and is
    changed by administrators only (Odoo's Settings). A company's own row may stand
    in place of a shipped one, which that company then no longer sees in use.

    Mark a field with ``decides=True``: each change of it is sealed in the register
    of each company that the row holds for, with the former and the new value.
    """

    _name = "iso10003.configuration"
    _inherit = ["iso10003.withheld"]
    _description = "Configuration of a company or of nobody"

    # by which fields a company's row is known to stand in place of a shipped one
    _own_key = ()

    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        default=lambda self: self._default_configuration_company(),
        help="Empty: it ships for all companies, and only an administrator changes "
        "it. Adapt it to have one of your company in its place.",
    )

    def _valid_field_parameter(self, field, name):
        return name == "decides" or super()._valid_field_parameter(field, name)

    @api.model
    def _default_configuration_company(self):
        # what data files bring, which the superuser loads, belongs to nobody
        return self.env["res.company"] if self.env.su else self.env.company

    _replaced_once = models.UniqueIndex(
        "(company_id, replaces_id) WHERE replaces_id IS NOT NULL",
        "Your company has its own row in place of this one already.",
    )

    # ------------------------------------------------------------
    # Who may change it
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if "company_id" in vals and not vals["company_id"]:
                self.new(vals)._check_may_configure()
        rows = super().create(vals_list)
        rows._check_may_configure()  # a default may leave the company out, too
        rows._link_replaced()
        if not self.env.su:  # what data files bring was decided by nobody here
            nothing = dict.fromkeys(rows._get_deciding_fields())
            rows._seal_decisions([nothing for _row in rows])
        return rows

    def write(self, vals):
        self._check_may_configure()
        names = self._get_deciding_fields() & vals.keys()
        before = [row._read_decisions(names) for row in self] if names else []
        result = super().write(vals)
        self._check_may_configure()  # nor give it to everybody
        if {*self._own_key, "company_id", "replaces_id"} & vals.keys():
            self._link_replaced()
        if names:
            self._seal_decisions(before)
        return result

    def unlink(self):
        self._check_may_configure()
        self._seal_decisions([row._read_decisions() for row in self], gone=True)
        return super().unlink()

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        # the translation dialog writes by SQL, past write()
        self._check_may_configure()
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    def _check_may_configure(self):
        """Leave to administrators what belongs to nobody."""
        if self.env.su or self.env.user.has_group("base.group_system"):
            return
        for row in self:
            if not row.company_id:
                raise AccessError(
                    self.env._(
                        "“%(name)s” ships for all companies, and only an "
                        "administrator changes it. Choose “Adapt for our company” "
                        "to have your own.",
                        name=row.display_name,
                    )
                )

    # ------------------------------------------------------------
    # A company's own in place of what ships
    # ------------------------------------------------------------

    @api.constrains("company_id", "replaces_id")
    def _check_replaced(self):
        for row in self:
            # whether it ships is no secret
            replaced = row.replaces_id.sudo()
            if replaced and (replaced.company_id or not row.company_id):
                raise ValidationError(
                    self.env._(
                        "“%(name)s” can stand in place of what ships for all "
                        "companies only, and only in a company.",
                        name=row.display_name,
                    )
                )

    def _link_replaced(self):
        """Know a company's row by its key: it stands in place of the shipped one."""
        for row in self if self._own_key else self.browse():
            shipped = row.browse()
            if row.company_id:
                shipped = row.with_context(active_test=False).search(
                    [("company_id", "=", False), *row._get_key_domain()], limit=1
                )
            if row.replaces_id != shipped:
                row._set_replaced(shipped)

    def _set_replaced(self, shipped):
        return super().write(  # pylint: disable=super-method-mismatch
            {"replaces_id": shipped.id}
        )

    def _get_key_domain(self):
        return [
            (name, "=", self._fields[name].convert_to_write(self[name], self))
            for name in self._own_key
        ]

    @api.model
    def _get_effective_domain(self, company):
        """Return which rows hold in a company: its own, and what ships besides."""
        return Domain("company_id", "in", [False, company.id]) & Domain(
            "own_ids", "not any", [("company_id", "=", company.id)]
        )

    @api.model
    def _get_effective(self, company, domain=None):
        """Return the rows that hold in a company, in their order."""
        return self.search(
            self._get_effective_domain(company) & Domain(domain or Domain.TRUE)
        )

    def action_adapt(self):
        """Open the company's own row in place of this shipped one."""
        self.ensure_one()
        if self.company_id:
            raise UserError(
                self.env._(
                    "“%(name)s” is your company's own already: change it directly.",
                    name=self.display_name,
                )
            )
        own = self.with_context(active_test=False).own_ids.filtered(
            lambda row: row.company_id == self.env.company
        )
        own = own[:1] or self.copy(
            {"company_id": self.env.company.id, "replaces_id": self.id}
        )
        return own.get_formview_action()

    # ------------------------------------------------------------
    # What decides is sealed
    # ------------------------------------------------------------

    @api.model
    def _get_deciding_fields(self):
        return {
            name
            for name, field in self._fields.items()
            if getattr(field, "decides", False)
        }

    def _read_decisions(self, names=None):
        """Return what decides in this row, as it is sealed."""
        self.ensure_one()
        return {
            name: self._get_decision(self._fields[name])
            for name in (self._get_deciding_fields() if names is None else names)
        }

    def _get_decision(self, field):
        value = self[field.name]
        if isinstance(value, models.BaseModel):
            return sorted(value.ids)
        if field.type in ("html", "text") or field.translate:
            return chain.sha256(value or "")
        written = field.type in ("float", "monetary") or (
            value and field.type == "date"
        )
        return str(value) if written else value

    def _seal_decisions(self, before, gone=False):
        """Add a row to the register of each company where a decision changed.

        :param before: what decided in each record, see :meth:`_read_decisions`
        """
        # what is decided for all is told to all, also to companies that one may
        # not enter
        companies = self.env["res.company"].sudo()
        everybody = companies.search([])  # pylint: disable=no-search-all
        events = []
        for row, former in zip(self, before, strict=True):
            present = {} if gone else row._read_decisions(former.keys())
            changes = {
                name: {"from": former.get(name), "to": present.get(name)}
                for name in sorted(former.keys() | present.keys())
                if former.get(name) != present.get(name)
            }
            data = {"model": self._name, "row": row.id, "changes": changes}
            # the row's own company, as the others above
            holds_for = row.company_id.sudo() or everybody
            events += [
                (company, "configured", data, None) for company in holds_for if changes
            ]
        self.env["iso10003.register"]._append(events)
