# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class DisputeReferral(models.Model):
    """7.2 and 7.3: why the complaint goes outside, and the notice that comes in."""

    _inherit = "iso10003.dispute"

    scope_decision = fields.Selection(
        [
            ("undecided", "Not decided"),
            ("in_scope", "In scope"),
            ("out_of_scope", "Out of scope"),
        ],
        "Scope of ISO 10003",
        default="undecided",
        required=True,
        tracking=True,
        help="Out of scope: disputes on employment, for one, or complaints that were "
        "never offered to the organization (clause 1). They are recorded all the "
        "same, and kept out of the indicators.",
    )
    scope_reason = fields.Char("Reason for the scope", tracking=True)
    scope_user_id = fields.Many2one(
        "res.users",
        "Scope decided by",
        readonly=True,
        ondelete="restrict",
        guarded=True,
    )
    scope_date = fields.Datetime("Scope decided on", readonly=True, guarded=True)
    final_answer_date = fields.Date(
        "Final answer on",
        tracking=True,
        help="When the organization gave its final answer to the complaint.",
        sealed=True,
        deed=True,
    )
    deadlock = fields.Selection(
        [
            ("rejected", "Complainant rejected the answer"),
            ("partly_met", "Met in part"),
            ("time_out", "No answer in time"),
            ("no_agreement", "No agreement"),
        ],
        "Why unresolved",
        tracking=True,
        sealed=True,
    )
    recourse_date = fields.Date(
        "Recourse told on",
        tracking=True,
        help="When the complainant was told of dispute resolution outside and of "
        "other ways (7.2; ISO 10002, 7.9).",
        sealed=True,
        deed=True,
    )
    notice_date = fields.Date(
        "Notice received on",
        tracking=True,
        help="When the notice of dispute was served on the organization (7.3).",
        sealed=True,
        deed=True,
    )
    acknowledged_date = fields.Date(
        "Acknowledged on", tracking=True, sealed=True, deed=True
    )

    def write(self, vals):
        rescoped = self._changing("scope_decision", vals)
        rescoped |= self._changing("scope_reason", vals)
        result = super().write(vals)
        rescoped._note_scope()
        return result

    def _note_scope(self):
        if not self:
            return
        self._guarded_write(
            {"scope_user_id": self.env.uid, "scope_date": fields.Datetime.now()}
        )
        self.env["iso10003.register"]._append(
            [
                (
                    dispute,
                    "scope",
                    {"decision": dispute.scope_decision},
                    dispute.scope_reason,
                )
                for dispute in self
            ]
        )

    # ------------------------------------------------------------
    # 7.2 referral
    # ------------------------------------------------------------

    def _gate_complainant_known(self):
        partner = self.partner_id.sudo()  # the contact decides, whoever may read it
        partner.fetch(("email", "phone", "street"))  # and not all that is known of it
        return partner and (partner.email or partner.phone or partner.street)

    def _gate_scope_decided(self):
        return self.scope_decision != "undecided" and self.scope_reason

    def _gate_complaint_exhausted(self):
        """The organization answered for good, or let its time run out."""
        if self.direct_notice:
            return True
        if self.deadlock == "time_out":
            return self._answer_is_overdue()
        return self.deadlock and self.final_answer_date

    def _answer_is_overdue(self):
        # the complaint counts, whoever may read it
        received = self.ticket_id.sudo().complaint_date
        waited = self._get_company_day() - received
        return waited.days >= self.policy_id.answer_days

    def _gate_recourse_told(self):
        return self.recourse_date

    # ------------------------------------------------------------
    # 7.3 notice
    # ------------------------------------------------------------

    def _gate_notice_received(self):
        return self.notice_date

    def _gate_remedy_sought(self):
        return self.remedy_ids or self.remedy_sought

    def _gate_acknowledged(self):
        return self.acknowledged_date

    def _gate_category_set(self):
        return self.category_id
