# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools.i18n import format_list

from ...core import flow
from ...models.mixin.people_amount import format_people_amount
from ...models.mixin.people_date import format_people_duration

REFERRAL_DATES = [
    "final_answer_date",
    "recourse_date",
    "notice_date",
    "notified_date",
    "referred_back_date",
    "acknowledged_date",
]
RESULT_DATES = ["response_date", "outcome_date", "implemented_date", "informed_date"]


class DisputeFileReport(models.AbstractModel):
    """What the printed dispute file says beyond the fields of the dispute."""

    _name = "report.odoo_iso10003.dispute_file"
    _description = "Dispute file, printed"
    _inherit = ["iso10003.printed"]

    @api.model
    def _get_report_values(self, docids, data=None):
        # Who may not read the register gets no copy of it, whatever else they read.
        self.env["iso10003.register"].check_access("read")
        values = self._document_values()
        disputes = self.env["iso10003.dispute"].browse(docids)
        disputes = disputes.with_context(lang=values["lang"])
        facts = {dispute.id: self._facts(dispute) for dispute in disputes}
        return {**values, "docs": disputes, "facts": facts}

    def _facts(self, dispute):
        file = dispute._register_file()
        # number and date of the complaint belong to the file, whoever may read it
        ticket = dispute.sudo().ticket_id
        # the proof belongs to the file, whoever may verify the whole register
        register = dispute.env["iso10003.register"].sudo()
        # and its head is a part of the proof
        heads = dispute.env["iso10003.register.head"].sudo()
        return {
            "ticket_number": ticket.number,
            "complaint_date": ticket.complaint_date,
            "remedies": format_list(dispute.env, dispute.remedy_ids.mapped("name")),
            "amount": format_people_amount(
                dispute.env, dispute.amount_claimed, dispute.currency_id
            ),
            "referral_dates": self._dates(dispute, REFERRAL_DATES),
            "result_dates": self._dates(dispute, RESULT_DATES),
            "evaluation": dispute._find_evaluation(),
            # what went out; a draft, and how far we would go, stay inside
            "positions": dispute.position_ids.filtered("sent_date"),
            "states": self._course(dispute),
            "gates": dispute.state != flow.CLOSED and dispute.gate_checklist,
            "costs": dispute.file_ids.cost_ids,
            "file": file,
            "head": heads.search([("file", "=", file)]),
            "breaks": register.verify_chain([file]),
        }

    def _dates(self, dispute, names):
        """Return label and value of those of the fields that are filled in."""
        labels = dispute.fields_get(names, ["string"])
        return [
            {"label": labels[name]["string"], "value": dispute[name]}
            for name in names
            if dispute[name]
        ]

    def _course(self, dispute):
        """Return the states in their order: when entered, how long, how often."""
        moves = dispute._read_moves().get(dispute.id, [])
        labels = dict(dispute._fields["state"]._description_selection(dispute.env))
        course = []
        for state in flow.STATES:
            entered = [at for at, entered_state in moves if entered_state == state]
            seconds = dispute.duration_tracking.get(state)
            course.append(
                {
                    "label": labels[state],
                    "first": entered[0] if entered else None,
                    "times": len(entered),
                    "spent": seconds is not None
                    and state != flow.CLOSED
                    and format_people_duration(dispute.env, seconds),
                    "now": state == dispute.state,
                }
            )
        return course
