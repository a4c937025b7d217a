# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mixin.cached import kept

# in the order of the menus; later rooms ask for them by these codes
ROLES = [
    ("handler", "Dispute handler"),
    ("evaluator", "Evaluator"),
    ("approver", "Approver"),
    ("representative", "Representative in proceedings"),
    ("counsel", "Legal counsel"),
    ("owner", "Implementation owner"),
    ("manager", "Dispute manager"),
    ("sponsor", "Top-management sponsor"),
    ("auditor", "Internal auditor"),
]

# what comes with the product for each role; switched on by an administrator
PROPOSED = {
    "handler": ("skill_handling", "skill_level_1"),
    "evaluator": ("skill_evaluating", "skill_level_2"),
    "approver": ("skill_authority", "skill_level_2"),
    "representative": ("skill_proceedings", "skill_level_2"),
    "counsel": ("skill_law", "skill_level_2"),
    "owner": ("skill_improving", "skill_level_1"),
    "manager": ("skill_managing", "skill_level_2"),
    "sponsor": ("skill_managing", "skill_level_1"),
    "auditor": ("skill_auditing", "skill_level_2"),
}


class Role(models.Model):
    """A role in dispute resolution in one company, and what it takes to fill it.

    ISO 10003:2018, 4.10, 5.4 and annex G; ISO 9001:2015, 7.2. A new company
    requires nothing: an administrator lists the certifications of a role and then
    switches them on.
    """

    _name = "iso10003.role"
    _description = "Role in dispute resolution"
    _inherit = [
        "iso10003.guarded",
        "iso10003.cached",
        "iso10003.registered",
        "iso10003.told",
        "mail.thread",
    ]
    _order = "company_id, sequence, id"

    code = fields.Selection(ROLES, "Role", required=True, fixed=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="restrict", fixed=True
    )
    description = fields.Text(
        "Task",
        translate=True,
        help="What who fills this role does, and answers for (5.4).",
    )
    requirement_ids = fields.One2many(
        "iso10003.role.requirement", "role_id", "Certifications needed"
    )
    holder_ids = fields.One2many("iso10003.role.holder", "role_id", "Who fills it")
    enforced = fields.Boolean(
        "Required",
        readonly=True,
        tracking=True,
        help="Nobody is given this role in a file without the certifications listed "
        "here. Off: the list says who still needs training, and stops nobody.",
        guarded=True,
    )
    enforced_date = fields.Date(
        "Required since", readonly=True, tracking=True, guarded=True
    )

    _code_unique = models.UniqueIndex(
        "(company_id, code)", "A company has each role once."
    )

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["code"]._description_selection(self.env))
        for role in self:
            role.display_name = labels.get(role.code, role.code or "")

    def _prepare_opened_data(self):
        return {"role": self.code}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for role in self:
            raise UserError(
                self.env._(
                    "The role “%(role)s” stays: take its certifications and holders "
                    "out instead.",
                    role=role.display_name,
                )
            )

    # ------------------------------------------------------------
    # The switch
    # ------------------------------------------------------------

    def action_require(self):
        """Refuse assignments without the listed certifications, from now on."""
        for role in self.filtered(lambda role: not role.enforced):
            if not role.requirement_ids:
                raise UserError(
                    self.env._(
                        "List the certifications that the role “%(role)s” needs "
                        "first; then switch them on.",
                        role=role.display_name,
                    )
                )
            role._guarded_write(
                {"enforced": True, "enforced_date": fields.Date.context_today(role)}
            )
            role._register_event("required", role._prepare_requirement_data())

    def action_stop_requiring(self):
        """Assign people without looking at their certifications again."""
        for role in self.filtered("enforced"):
            role._guarded_write({"enforced": False, "enforced_date": False})
            role._register_event("not_required", {"role": role.code})

    def _prepare_requirement_data(self):
        return {
            "role": self.code,
            "needs": [
                {"skill": line.skill_id.id, "level": line.level_id.id}
                for line in self.requirement_ids
            ],
        }

    # ------------------------------------------------------------
    # Which roles require anything: asked at each assignment, so kept at hand
    # ------------------------------------------------------------

    @api.model
    @kept("company_id")
    def _get_enforced_codes(self, company_id):
        roles = self.search([("company_id", "=", company_id), ("enforced", "=", True)])
        return frozenset(roles.filtered("requirement_ids").mapped("code"))

    # ------------------------------------------------------------
    # Each company has each role
    # ------------------------------------------------------------

    @api.model
    def _prepare_companies(self):
        """Give each company the roles it does not have yet."""
        self.env["res.company"].search([])._ensure_roles()  # pylint: disable=no-search-all

    def _propose_requirements(self):
        """List the certifications that come with the product, switched off."""
        vals_list = []
        for role in self:
            names = [f"odoo_iso10003.{name}" for name in PROPOSED.get(role.code, ())]
            found = [self.env.ref(name, raise_if_not_found=False) for name in names]
            if found and all(found):
                skill, level = found
                vals_list.append(
                    {"role_id": role.id, "skill_id": skill.id, "level_id": level.id}
                )
        self.env["iso10003.role.requirement"].create(vals_list)

    def action_view_people(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.competence_action"
        )
        return {
            **action,
            "domain": [("role_id", "=", self.id)],
            "context": {"search_default_group_person": 0},
        }
