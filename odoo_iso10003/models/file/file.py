# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools.misc import Reversible


class File(models.Model):
    """A case that has people, limits, a register and a wall, whatever its kind.

    What belongs to a case points here, and asks the case itself (:meth:`_get_case`,
    a record with ``iso10003.filed``) for what it must know. What people list, search
    and sort by stands in the table of each kind; here are copies of what the record
    rules of limits, letters and the like look at, written by the case alone.
    """

    _name = "iso10003.file"
    _description = "File"
    _inherit = ["iso10003.guarded"]
    _order = "id desc"
    _rec_names_search = ["name", "subject"]
    _log_access = False

    model = fields.Char("Kind", required=True, readonly=True, fixed=True)
    res_id = fields.Many2oneReference(
        "Case", model_field="model", required=True, readonly=True, fixed=True
    )
    name = fields.Char("Number", readonly=True)
    subject = fields.Char(readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    policy_id = fields.Many2one(
        "iso10003.policy",
        "Policy version",
        readonly=True,
        ondelete="restrict",
    )
    parent_id = fields.Many2one(
        "iso10003.file",
        "Part of",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    # who reads it
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    team_id = fields.Many2one(
        "helpdesk.ticket.team",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    reader_ids = fields.Many2many(
        "res.users",
        "iso10003_file_reader_rel",
        "file_id",
        "user_id",
        "Who reads it too",
        readonly=True,
        ondelete="restrict",
    )
    privileged = fields.Boolean(
        readonly=True,
        help="Only counsel, managers and auditors read it.",
    )

    _one_per_case = models.UniqueIndex("(model, res_id)", "A case has one file.")

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for file in self:
            file.display_name = " · ".join(filter(None, [file.name, file.subject]))

    # ------------------------------------------------------------
    # The case
    # ------------------------------------------------------------

    def _get_case(self):
        """Return the dispute, referral or other record that this is the file of.

        Which one it is, everybody may ask; what they may do there, it decides itself.
        """
        self.ensure_one()
        file = self.sudo()  # see above
        case = self.env[file.model].browse(file.res_id)
        # which file it has is known: nobody needs to look for it
        case._fields["file_ids"]._insert_cache(case, [file._ids])
        return case.with_prefetch(CasesBeside(file))

    @api.model
    def _get_kinds(self):
        """Return the names of the models whose records are cases."""
        filed = self.env.registry["iso10003.filed"]
        return sorted(
            name
            for name, kind in self.env.registry.items()
            if issubclass(kind, filed) and not kind._abstract
        )

    def get_formview_action(self, access_uid=None):
        """Open the case: it is what people mean by the file."""
        return self._get_case().get_formview_action(access_uid=access_uid)


class CasesBeside(Reversible):
    """The cases that are read with the one of a file: all of its kind."""

    __slots__ = ("file",)

    def __init__(self, file):
        self.file = file

    def __iter__(self):
        beside = self.file.browse(self.file._prefetch_ids)
        beside.fetch(["model", "res_id"])
        return (file.res_id for file in beside if file.model == self.file.model)

    def __reversed__(self):
        return reversed(list(self))
