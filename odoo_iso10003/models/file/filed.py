# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Command

# of which a form knows the id, and its client the rest
NAMED_APART = ("res.currency", "res.company")
# what the name of a contact is made of, besides what Odoo says that it depends on
NAMED_BY = ("name", "company_name", "is_company", "parent_id", "type")


class Filed(models.AbstractModel):
    """A kind of case: each of its records has a file, to which others point.

    To be inherited after ``iso10003.guarded``, whose private writes pass here too.
    A new kind says what its file carries copies of, and whether it is privileged;
    limits, letters and all else that works on files then works on it.
    """

    _name = "iso10003.filed"
    _inherit = ["iso10003.worded", "iso10003.storied"]
    _description = "Kind of file"

    # whether only counsel, managers and auditors read it
    _privileged = False

    # there is one
    file_ids = fields.One2many("iso10003.file", "res_id", readonly=True)

    @api.model
    def _get_file_copies(self):
        """Return ``{field of the file: field of this kind}`` that it is copied from."""
        return {
            name: name
            for name in ("name", "subject", "company_id", "policy_id", "user_id")
        }

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases._make_files()
        return cases

    def write(self, vals):
        result = super().write(vals)
        copied = [
            name
            for name, source in self._get_file_copies().items()
            if source.split(".")[0] in vals
        ]
        if copied:
            for case in self.sudo():  # files are written by their cases alone
                case.file_ids.write(case._prepare_file_vals(copied))
                case._hand_down_copies(copied)
        return result

    def _hand_down_copies(self, names):
        """Let what is part of this case follow, where files carry these from here.

        :param names: fields of the file that have changed
        """

    def _make_files(self):
        """Give cases their files."""
        self.env["iso10003.file"].sudo().create(  # by their cases alone
            [
                {
                    "model": case._name,
                    "res_id": case.id,
                    "privileged": case._privileged,
                    **case._prepare_file_vals(case._get_file_copies()),
                }
                for case in self.sudo()  # what its file says, the case knows
            ]
        )

    # ------------------------------------------------------------
    # Shown
    # ------------------------------------------------------------

    @classmethod
    @api.private
    def mro(cls):
        """Return the classes that a kind is made of, as Python has them in order.

        Odoo asks with each call from the browser, and Python would put them in order
        anew each time: for a kind of some hundred parts that takes longer than most
        of the call.
        """
        return list(cls.__mro__)

    @api.readonly
    def read(self, fields=None, load="_classic_read"):
        values = super().read(fields, load)
        if load is None:  # the client asks for the names next
            self._read_names(fields, values)
        return values

    def _read_names(self, shown, values):
        """Read at once whom and what these cases name, and no more of it.

        A form shows an owner, an evaluator, who decided and who approved; of all of
        them, and of the complaint, the category and so on, it shows the names. Odoo
        would read the whole row of each, field by field.

        :param values: what was read of these cases, with ids in place of names
        """
        named = defaultdict(set)
        for name in shown or ():
            field = self._fields[name]
            if field.type == "many2one" and field.store:
                named[field.comodel_name].update(case[name] for case in values)
        for comodel in NAMED_APART:
            named.pop(comodel, None)
        users = self._list_named("res.users", named.pop("res.users", ()))
        users.fetch(["partner_id"])
        partners = self._list_named("res.partner", named.pop("res.partner", ()))
        (partners | users.partner_id).fetch(["display_name", *NAMED_BY])
        for comodel, ids in named.items():
            records = self._list_named(comodel, ids)
            if hasattr(records, "_show_kept_names"):
                records._show_kept_names()
            else:
                records.fetch(["display_name"])

    @api.model
    def _list_named(self, comodel, ids):
        # of what a case names, its reader is shown the name
        return self.env[comodel].sudo().browse(filter(None, ids))

    def _prepare_file_vals(self, names):
        """Return what the file carries of its case, for these fields of the file."""
        copies, files = self._get_file_copies(), self.env["iso10003.file"]
        vals = {}
        for name in names:
            value = self
            for step in copies[name].split("."):
                value = value[step]
            if files._fields[name].type == "many2many":
                value = [Command.set(value.ids)]
            elif files._fields[name].type == "many2one":
                value = value.id
            vals[name] = value
        return vals
