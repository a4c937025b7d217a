# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.story import Fact
from .party import CHANNELS


class Attempt(models.Model):
    """One attempt to reach somebody: by which way, on which day, and what came of it.

    It is noted in every state of the file, the end included, and stays as it was noted
    (ISO 10003:2018, 4.4, 4.12).
    """

    _name = "iso10003.attempt"
    _description = "Attempt to reach a party"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "date desc, id desc"
    _rec_names_search = ["party_id.partner_id.name", "file_id.name"]
    _part_event = "attempt"
    _part_path = "file_id"

    file_id = fields.Many2one(
        related="party_id.file_id", store=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="file_id.company_id", store=True)
    party_id = fields.Many2one(
        "iso10003.party",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    date = fields.Date(
        required=True,
        default=lambda self: self._get_company_day(),
        fixed=True,
        sealed=True,
        deed=True,
    )
    channel = fields.Selection(CHANNELS, "Way", required=True, fixed=True, sealed=True)
    result = fields.Selection(
        [
            ("reached", "Reached"),
            ("no_answer", "No answer"),
            ("returned", "Came back"),
            ("wrong", "Wrong number or address"),
            ("refused", "Refused to talk or to take it"),
            ("word_left", "Word was left for them"),
        ],
        required=True,
        fixed=True,
        sealed=True,
    )
    note = fields.Char(fixed=True, sealed="digest")

    @api.depends("party_id", "date")
    def _compute_display_name(self):
        for attempt in self:
            attempt.display_name = attempt.party_id.display_name

    @api.model_create_multi
    def create(self, vals_list):
        attempts = super().create(vals_list)
        attempts._check_may_note()
        return attempts

    def _list_facts(self):
        """Return what an attempt tells in the story of its file."""
        told = (self._selection_label("channel"), self._selection_label("result"))
        return [Fact(self.date, self.display_name, " · ".join(told))]

    def _check_may_note(self):
        """Who leads the case notes whom they tried to reach, after its end too."""
        for file in self.file_id.sudo():  # the case is asked, not its file
            file._get_case().with_env(self.env).check_access("write")

    def _get_registered_file(self):
        return self.file_id.sudo()._get_case().with_env(self.env)  # as above

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for attempt in self:
            raise UserError(
                self.env._(
                    "%(file)s: the attempt to reach “%(party)s” stays on record. If it "
                    "was noted wrongly, note another one that says so.",
                    file=attempt.file_id.sudo().name,  # who noted it knows the file
                    party=attempt.party_id.display_name,
                )
            )
