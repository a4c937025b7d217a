# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...core import flow, impartiality, segregation
from .declaration import INTERESTS

TASK = "odoo_iso10003.activity_waive_declaration"


class DeclarationConfirmation(models.Model):
    """What one person declares in one file, with what was found by itself (4.9).

    Colleagues confirm the declaration of the year by the button that takes the role;
    of who resolves the dispute outside, it is what they declared, on a document. It
    stays as it was made: what was found then is sealed by kinds and numbers. Whether
    something that stands against it is waived, somebody else decides.
    """

    _name = "iso10003.declaration.confirmation"
    _description = "Declaration in a file"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "dispute_id, id desc"
    _part_event = "declared"
    _part_path = "dispute_id"

    dispute_id = fields.Many2one(
        "iso10003.dispute", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="dispute_id.company_id", store=True)
    role = fields.Selection(
        [
            (impartiality.OWNER, "Owner"),
            (impartiality.EVALUATOR, "Evaluator"),
            (impartiality.AUTHORIZER, "Approves what we give"),
            (impartiality.RESOLVER, "Resolves the dispute"),
        ],
        required=True,
        fixed=True,
        sealed=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Colleague",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    declaration_id = fields.Many2one(
        "iso10003.declaration",
        "Declaration of the year",
        ondelete="restrict",
        fixed=True,
        sealed=True,
        groups="odoo_iso10003.group_manager,odoo_iso10003.group_auditor",
    )
    interests = fields.Selection(INTERESTS, required=True, fixed=True, sealed=True)
    details = fields.Text("Which interests", fixed=True, sealed="digest")
    facts = fields.Json("What was found", fixed=True)
    findings = fields.Text(
        "Found by itself",
        compute="_compute_findings",
        help="By kinds and numbers, without names.",
    )
    about = fields.Json("Whom it is about", fixed=True)
    date = fields.Date("Declared on", required=True, fixed=True, sealed=True, deed=True)
    # of somebody outside
    document = fields.Binary(attachment=True, copy=False, fixed=True)
    document_name = fields.Char("Name of the file", fixed=True, sealed="digest")
    document_sha256 = fields.Char("SHA-256 of the document", fixed=True, sealed=True)
    # how it stands
    state = fields.Selection(
        [
            (impartiality.CLEAR, "Nothing against it"),
            (impartiality.FOUND, "Something against it"),
            (impartiality.WAIVED, "Waived"),
        ],
        required=True,
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )
    waived_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
        sealed=True,
    )
    waived_date = fields.Date(
        "Waived on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    waived_reason = fields.Text(
        "Why it was waived",
        readonly=True,
        copy=False,
        guarded=True,
        sealed="digest",
    )

    @api.depends("facts")
    @api.depends_context("lang")
    def _compute_findings(self):
        for row in self:
            row.findings = "\n".join(self.env["iso10003.facts"]._tell(row.facts))

    @api.depends("partner_id", "role")
    def _compute_display_name(self):
        for row in self:
            # who reads the file, reads who has a role in it
            name = row.partner_id.sudo().name
            role = row._selection_label("role")
            row.display_name = f"{name} ({role})" if name else role

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        return [
            {
                "state": impartiality.judge(
                    vals.get("facts") or {}, vals["role"], vals["interests"]
                )
            }
            for vals in vals_list
        ]

    def _prepare_part_data(self):
        return {
            "role": self.role,
            "facts": self.facts or {},
            "about": self.about or [],
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for row in self:
            raise row._refusal(self.env._("it stays on record."))

    def _get_refused_name(self):
        return self.env._(
            "%(dispute)s, declaration “%(name)s”",
            dispute=self.dispute_id.sudo().name,  # who reads it, knows the file
            name=self.display_name,
        )

    # ------------------------------------------------------------
    # Waiving
    # ------------------------------------------------------------

    def _get_strength(self):
        return self.dispute_id._get_strengths()[impartiality.RULE_OF[self.role]]

    def _holds_good(self):
        """Whether there is a declaration, and it is enough."""
        return bool(self) and self._is_enough()

    def _is_enough(self):
        """Whether somebody may have the role, by the policy version of the file."""
        if self.state == impartiality.FOUND:
            return self._get_strength() == segregation.OFF
        return True

    def action_ask_waiver(self):
        """Ask why this does not keep them from the role."""
        self.ensure_one()
        self._check_may_waive()
        return self._open_dialog(
            "iso10003.declaration.step",
            self.env._("Waive what stands against it"),
            default_question="waive",
            default_dispute_id=self.dispute_id.id,
            default_confirmation_id=self.id,
        )

    def action_waive(self, reason):
        """Let somebody have the role all the same, for a reason that is kept.

        :raises AccessError: for who is neither manager nor top management
        :raises ValidationError: for oneself
        """
        self.ensure_one()
        self._check_may_waive()
        if not self._is_said(reason):
            raise self._refusal(self.env._("a reason is needed; it is kept on record."))
        dispute = self.dispute_id
        # who decides need not lead the file, and waits in line with those who do
        dispute.sudo()._lock()
        self.sudo()._guarded_write(
            {
                "state": impartiality.WAIVED,
                "waived_by_id": self.env.uid,
                "waived_date": self._get_company_day(),
                "waived_reason": reason,
            }
        )
        dispute._register_event(
            "declaration_waived",
            {
                "record": self.id,
                "role": self.role,
                "partner": self.partner_id.id,
                "facts": self.facts or {},
            },
            reason,
        )
        # the task may be that of another one who may decide
        dispute.sudo().activity_feedback([TASK])
        return dispute._lead_on_if_theirs()

    def _check_may_waive(self):
        self.check_access("read")
        if self.env.user.share or self.dispute_id._get_level() == "handler":
            raise AccessError(
                self.env._(
                    "A dispute manager or the top management waives what stands "
                    "against a declaration."
                )
            )
        people = self.partner_id.sudo()  # whose it is counts, whoever reads them
        self.env["iso10003.segregated"]._refuse_own("override_self", people)
        self.env["iso10003.segregated"]._refuse_own("override_self", self.user_id)
        if self.dispute_id.state == flow.CLOSED:
            raise self._refusal(self.env._("the file is closed."))
        if self.state != impartiality.FOUND:
            raise self._refusal(
                self.env._(
                    "nothing is to be waived (%(state)s).",
                    state=self._selection_label("state"),
                )
            )
        if self._get_strength() == segregation.STRICT:
            raise self._refusal(
                self.env._(
                    "the policy of the file does not let this be waived. Let somebody "
                    "else take the role."
                )
            )

    def _give_waiver_task(self):
        """Ask somebody else who may decide, where it can be waived."""
        for row in self:
            if row._get_strength() != segregation.TOLD:
                continue
            dispute = row.dispute_id
            company = dispute.company_id
            managers = company._get_members("odoo_iso10003.group_manager") - row.user_id
            named = company.sudo().dispute_manager_id  # it says so openly
            for manager in ((managers & named) or managers)[:1]:
                dispute._give_task(
                    TASK,
                    manager,
                    lambda file: file.env._(
                        "Waive what stands against a declaration, or let somebody "
                        "else take the role"
                    ),
                )
