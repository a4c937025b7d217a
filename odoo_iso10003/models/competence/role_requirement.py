# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class RoleRequirement(models.Model):
    """A certification that a role needs, at least at one level."""

    _name = "iso10003.role.requirement"
    _description = "Certification that a role needs"
    _inherit = [
        "iso10003.withheld",
        "iso10003.cached",
        "iso10003.certifying",
        "iso10003.listed",
    ]
    _order = "role_id, id"
    _rec_name = "skill_id"

    role_id = fields.Many2one(
        "iso10003.role", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="role_id.company_id", store=True, index=True)
    skill_id = fields.Many2one(
        "hr.skill",
        "Certification",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("skill_type_id.is_certification", "=", True)],
    )
    skill_type_id = fields.Many2one(related="skill_id.skill_type_id")
    level_id = fields.Many2one(
        "hr.skill.level",
        "At least",
        required=True,
        ondelete="restrict",
        compute="_compute_level",
        store=True,
        readonly=False,
        domain="[('skill_type_id', '=', skill_type_id)]",
        help="The lowest level that is enough.",
    )

    _skill_once = models.UniqueIndex(
        "(role_id, skill_id)", "A role asks for each certification once."
    )

    @api.depends("skill_id")
    def _compute_level(self):
        for line in self:
            levels = line.skill_id.skill_type_id.skill_level_ids
            if line.level_id not in levels:
                line.level_id = levels.filtered("default_level")[:1] or levels[:1]

    @api.constrains("skill_id", "level_id")
    def _check_certification(self):
        for line in self:
            kind = line.skill_id.skill_type_id
            if not kind.is_certification:
                raise ValidationError(
                    self.env._(
                        "“%(skill)s” is a skill without validity. A role needs "
                        "certifications: choose one, or make its type a certification.",
                        skill=line.skill_id.name,
                    )
                )
            if line.level_id.skill_type_id != kind:
                raise ValidationError(
                    self.env._(
                        "The level “%(level)s” does not belong to “%(skill)s”. "
                        "Choose one of: %(levels)s.",
                        level=line.level_id.name,
                        skill=line.skill_id.name,
                        levels=", ".join(kind.skill_level_ids.mapped("name")),
                    )
                )

    def _get_holders_domain(self):
        return [("role_id", "in", self.role_id.ids)]

    # ------------------------------------------------------------
    # A change of the rules leaves a trace
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._note_change("added")
        return lines

    def write(self, vals):
        result = super().write(vals)
        self._note_change("changed")
        return result

    def unlink(self):
        self._note_change("removed")
        return super().unlink()

    def _note_change(self, change):
        self.env["iso10003.register"]._append(
            [
                (
                    line.role_id,
                    "requirement",
                    {
                        "change": change,
                        "skill": line.skill_id.id,
                        "level": line.level_id.id,
                    },
                    None,
                )
                for line in self
            ]
        )
