# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

# which page of the file an auditor looks at first, by the state it stands in
VIEW_OF_STATE = {
    "referral": "dispute_view_form_at_referral",
    "notice": "dispute_view_form_at_notice",
    "evaluation": "dispute_view_form_at_evaluation",
    "position": "dispute_view_form_at_evaluation",
}


class AuditSample(models.Model):
    """A file that the lot drew for an audit."""

    _name = "iso10003.audit.sample"
    _description = "File in the sample of an audit"
    _inherit = ["iso10003.guarded"]
    _order = "audit_id, sequence, id"
    _rec_name = "dispute_id"

    audit_id = fields.Many2one(
        "mgmtsystem.audit", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="audit_id.company_id", store=True)
    dispute_id = fields.Many2one(
        "iso10003.dispute", required=True, index=True, ondelete="restrict", fixed=True
    )
    sequence = fields.Integer("Lot", readonly=True, guarded=True, aggregator=None)
    stratum = fields.Char(
        readonly=True, guarded=True, help="The group of files it was drawn in."
    )
    stratum_label = fields.Char("Group", compute="_compute_stratum_label")
    major = fields.Boolean(
        readonly=True,
        guarded=True,
        help="High or critical: looked at in any case.",
    )
    result = fields.Selection(
        [("conform", "Conforms"), ("finding", "Finding"), ("unseen", "Not looked at")],
        required=True,
        default="unseen",
    )
    note = fields.Text("What was seen")

    _dispute_unique = models.UniqueIndex(
        "(audit_id, dispute_id)", "A file is in a sample once."
    )

    @api.depends("stratum")
    @api.depends_context("lang")
    def _compute_stratum_label(self):
        register = self.env["iso10003.register"]
        for sampled in self:
            state, _comma, outcome = (sampled.stratum or "").partition(",")
            label = register._label("iso10003.dispute", "state", state)
            if outcome:
                word = register._label("iso10003.dispute", "outcome", outcome)
                label = f"{label}: {word}"
            sampled.stratum_label = label

    @api.model
    def _draw(self, audit, drawn):
        """Note what the lot drew: ``(dispute, core.sampling.File)`` in their order."""
        # nobody may put a file into a sample but the lot, which the auditor draws
        samples = self.sudo().create(
            [{"audit_id": audit.id, "dispute_id": dispute.id} for dispute, _ in drawn]
        )
        for place, (sampled, (_dispute, file)) in enumerate(
            zip(samples, drawn, strict=True), 1
        ):
            sampled._guarded_write(
                {"sequence": place, "stratum": file.stratum, "major": file.major}
            )
        return samples.sudo(False)

    @api.constrains("result", "note")
    def _check_note(self):
        for sampled in self:
            if sampled.result == "finding" and not (sampled.note or "").strip():
                raise UserError(
                    self.env._(
                        "File %(file)s: say what was found.",
                        file=sampled.dispute_id.name,
                    )
                )

    def write(self, vals):
        self.audit_id._check_in_work()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for sampled in self:
            raise UserError(
                self.env._(
                    "File %(file)s was drawn by lot and stays in the sample.",
                    file=sampled.dispute_id.name,
                )
            )

    def action_open_file(self):
        """Open the file at the page of the clause it stands in."""
        self.ensure_one()
        page = VIEW_OF_STATE.get(self.dispute_id.state, "dispute_view_form_at_result")
        view = self.env.ref(f"odoo_iso10003.{page}")
        return {
            "type": "ir.actions.act_window",
            "res_model": "iso10003.dispute",
            "res_id": self.dispute_id.id,
            "views": [(view.id, "form")],
        }
