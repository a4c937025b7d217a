# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import proportion


class PolicyTrack(models.Model):
    """How much a policy version asks of the files on one track (4.8, 4.15).

    How strict the gates are on each track, each gate of the version says itself. The
    lowest track holds every file; who is on a higher one, its criteria say. All of it
    is frozen with the version.
    """

    _name = "iso10003.policy.track"
    _description = "Track of a policy version"
    _inherit = ["iso10003.guarded", "iso10003.policy.part", "iso10003.cached"]
    _order = "policy_id, sequence, id"
    _rec_name = "level"

    policy_id = fields.Many2one(
        "iso10003.policy",
        "Policy version",
        required=True,
        index=True,
        ondelete="cascade",
        fixed=True,
    )
    company_id = fields.Many2one(related="policy_id.company_id")
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    level = fields.Selection(
        [("small", "Small"), ("standard", "Standard"), ("serious", "Serious")],
        "Track",
        required=True,
        fixed=True,
    )
    people = fields.Integer(
        "People wanted",
        default=2,
        least=1,
        most=20,
        help="So many different people of ours look at a file before we take a "
        "position: who handled the complaint, owns the file, evaluates it or approves "
        "what we give.",
    )
    merges = fields.Boolean(
        "Evaluation and position in one",
        help="Once both are done, the file goes through 7.4.1 and 7.4.2 in one step. "
        "All that is asked in them is asked.",
    )
    criterion_ids = fields.One2many(
        "iso10003.policy.track.criterion",
        "track_id",
        "For files with",
        copy=True,
        help="A file is on this track at least when all that one line says holds.",
    )
    summary = fields.Char("Which files", compute="_compute_summary")

    _level_once = models.UniqueIndex(
        "(policy_id, level)", "A policy version has each track once."
    )
    _people_some = models.Constraint(
        "CHECK (people BETWEEN 1 AND 20)", "Give how many people are wanted: 1 to 20."
    )

    @api.depends("level")
    def _compute_sequence(self):
        for track in self:
            track.sequence = proportion.LEVELS.index(track.level) if track.level else 0

    @api.depends("criterion_ids.display_name", "policy_id.track_ids.sequence")
    @api.depends_context("lang")
    def _compute_summary(self):
        for track in self:
            beside = track.policy_id.track_ids.mapped("sequence")
            if track.sequence == min(beside, default=track.sequence):
                track.summary = self.env._("All files that are on no other track")
            else:
                track.summary = "; ".join(track.criterion_ids.mapped("display_name"))

    def _pack(self):
        """Return what decides, as ``core/proportion.py`` has it."""
        self.ensure_one()
        return proportion.Track(
            self.level,
            self.people,
            self.merges,
            tuple(criterion._pack() for criterion in self.criterion_ids),
        )

    def _prepare_sealed(self):
        """Return what decides of each track, in an order that is always the same."""
        return [
            {
                "level": track.level,
                "people": track.people,
                "merges": track.merges,
                "criteria": [
                    criterion._prepare_sealed() for criterion in track.criterion_ids
                ],
            }
            for track in self.sorted("sequence")
        ]
