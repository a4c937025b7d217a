# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class CompetenceOverride(models.TransientModel):
    """The dialog in which a manager gives a role without the certifications for it.

    It serves all records that give roles; each of them checks by itself.
    """

    _name = "iso10003.competence.override"
    _description = "Override of competence"
    _inherit = ["iso10003.withheld"]

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    assignment = fields.Selection(
        lambda self: self._get_assignments(), "As", required=True
    )
    user_id = fields.Many2one("res.users", "Person", domain=[("share", "=", False)])
    partner_id = fields.Many2one("res.partner", "Contact")
    of_contact = fields.Boolean(compute="_compute_of_contact")
    reason = fields.Text(
        required=True, help="Kept on record; it can be erased if it names people."
    )

    @api.model
    def _get_assignments(self):
        """Return the fields of the record that give roles, named as the roles are."""
        model = self._get_assigned_model(self.env.context.get("default_res_model"))
        labels = dict(
            self.env["iso10003.role"]._fields["code"]._description_selection(self.env)
        )
        return [
            (name, labels[code]) for name, code in model._get_assigned_roles().items()
        ]

    @api.model
    def _get_assigned_model(self, name):
        """Return the model if its records give roles, else the one without any."""
        gives_roles = name in self.env and hasattr(
            self.env[name], "_get_assigned_roles"
        )
        return self.env[name if gives_roles else "iso10003.assigned"]

    @api.depends("assignment", "res_model")
    def _compute_of_contact(self):
        for dialog in self:
            model = self._get_assigned_model(dialog.res_model)
            field = model._fields.get(dialog.assignment)
            dialog.of_contact = bool(field) and field.comodel_name == "res.partner"

    def action_confirm(self):
        """Override; the record itself checks whether this user may."""
        self.ensure_one()
        model = self._get_assigned_model(self.res_model)
        if model._abstract:
            raise UserError(self.env._("Open the dialog from the record it is about."))
        person = self.partner_id if self.of_contact else self.user_id
        model.browse(self.res_id).action_override_competence(
            self.assignment, person.id, self.reason
        )
        return {"type": "ir.actions.act_window_close"}
