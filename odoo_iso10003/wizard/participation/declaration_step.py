# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import impartiality
from ...models.participation.declaration import INTERESTS


class DeclarationStep(models.TransientModel):
    """The one dialog for declarations in a file: the own, the provider's, a waiver."""

    _name = "iso10003.declaration.step"
    _description = "Declaration of interests in a file"
    _inherit = ["iso10003.withheld"]

    question = fields.Selection(
        [
            ("declare", "Declare for oneself"),
            ("resolver", "What the provider declared"),
            ("waive", "Waive"),
        ],
        required=True,
        default="declare",
    )
    dispute_id = fields.Many2one("iso10003.dispute", required=True, ondelete="cascade")
    confirmation_id = fields.Many2one(
        "iso10003.declaration.confirmation", ondelete="cascade"
    )
    # the declaration of the year, where it is signed with this one
    signs_year = fields.Boolean(compute="_compute_found")
    year_interests = fields.Selection(INTERESTS, "In general", default="none")
    year_details = fields.Text("Which interests in general")
    # in this file
    findings = fields.Text("Found by itself", compute="_compute_found")
    interests = fields.Selection(INTERESTS, "In this file", default="none")
    details = fields.Text("Which interests")
    # of somebody outside
    provider_id = fields.Many2one(related="dispute_id.provider_id")
    person_id = fields.Many2one("res.partner", "Who declared")
    date = fields.Date(
        "Declared on", default=lambda self: self._get_company_day(), deed=True
    )
    document = fields.Binary()
    document_name = fields.Char("Name of the file")
    reason = fields.Text(help="Kept on record; it can be erased if it names people.")

    @api.constrains("dispute_id", "confirmation_id")
    def _check_may(self):
        """The dialog shows its file and declaration: not to who may not do it."""
        for step in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            if step.question == "waive":
                step.confirmation_id._check_may_waive()
            elif step.question == "resolver":
                step.dispute_id._check_may_note_resolver()
            else:
                step.dispute_id._check_may_declare()

    @api.depends("question", "dispute_id", "confirmation_id")
    def _compute_found(self):
        facts = self.env["iso10003.facts"]
        for step in self:
            dispute, found = step.dispute_id, {}
            step.signs_year = False
            if step.question == "waive":
                found = step.confirmation_id.facts
            elif step.question == "declare" and dispute:
                step.signs_year = not dispute._get_holding_declaration()
                roles = dispute._get_declarable_roles()
                for role in dispute._find_undeclared(roles):
                    found |= dispute._find_facts(role)
            step.findings = "\n".join(facts._tell(found))

    def action_confirm(self):
        """Do the deed; file and declaration check themselves whether it may be."""
        self.ensure_one()
        if self.question == "waive":
            self.confirmation_id.action_waive(self.reason)
        elif self.question == "resolver":
            self.dispute_id.action_note_resolver(
                self.interests,
                self.document,
                self.details,
                self.date,
                self.document_name,
                self.person_id.id,
            )
        else:
            self._declare()
        return {"type": "ir.actions.act_window_close"}

    def _declare(self):
        dispute = self.dispute_id
        if not dispute._get_holding_declaration():
            self.env["iso10003.declaration"].create(
                {
                    "company_id": dispute.company_id.id,
                    "interests": self.year_interests or impartiality.NONE,
                    "details": self.year_details,
                }
            )
        dispute.action_confirm_impartial(self.interests, self.details)
