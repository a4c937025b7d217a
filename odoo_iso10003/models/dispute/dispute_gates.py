# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass

from odoo import api, fields, models

from ...core import flow, segregation


@dataclass(frozen=True)
class Way:
    """What stands between a file and a step, as it was asked, once."""

    asked: models.Model  # the gates
    unmet: models.Model  # those of them that are not met
    conflicts: list  # who had a part that excludes the one taken now

    @property
    def blocking(self):
        """The gates that stop the file."""
        return self.unmet.filtered(lambda gate: gate.severity == "block")

    @property
    def wants_only_a_reason(self):
        """Whether something stands in the way, but nothing that stops the file."""
        stops = self.blocking or any(
            one.strength == segregation.STRICT for one in self.conflicts
        )
        return bool(self.unmet or self.conflicts) and not stops


# where a gate is met by filling in a field
WANTED_FIELDS = {
    "complainant_known": "partner_id",
    "scope_decided": "scope_decision",
    "complaint_exhausted": "final_answer_date",
    "recourse_told": "recourse_date",
    "notice_received": "notice_date",
    "acknowledged": "acknowledged_date",
    "remedy_sought": "remedy_ids",
    "category_set": "category_id",
    "evaluator_independent": "evaluator_id",
    "severity_assessed": "severity",
    "findings_recorded": "findings",
    "response_sent": "response_date",
    "carried_out": "implemented_date",
    "complainant_informed": "informed_date",
    "lessons_drawn": "lessons",
}


# what gates look at besides
ASKED_FIELDS = {
    *WANTED_FIELDS.values(),
    "complaint_handler_id",
    "conceded_date",
    "deadlock",
    "direct_notice",
    "independence_override",
    "outcome",
    "remedy_sought",
    "scope_reason",
    "ticket_id",
}


class DisputeGates(models.Model):
    """What each state wants before it is left: the gates of the file's version.

    To add a gate: a row of ``iso10003.gate`` and a method ``_gate_<code>`` here,
    or in the room whose records it reads. The method says whether one file meets
    it.
    """

    _inherit = "iso10003.dispute"

    gate_checklist = fields.Json(
        "What the standard still wants", compute="_compute_gate_checklist"
    )

    # read together with them, and not with the whole row one by one
    @api.depends("state", "policy_id", "company_id", "user_id", *ASKED_FIELDS)
    @api.depends_context("uid", "lang")
    def _compute_gate_checklist(self):
        for dispute in self:
            dispute.gate_checklist = (
                dispute._prepare_gate_checklist() if dispute.state else []
            )

    def _prepare_gate_checklist(self, step="forward"):
        gates = self.env["iso10003.policy.gate"]._describe_asked_in(
            self.policy_id.id, self.state, self._step_ahead(step)
        )
        return [
            {
                **gate,
                "met": self._meets(gate["code"]),
                "field": WANTED_FIELDS.get(gate["code"]),
            }
            for gate in gates
        ]

    def _get_asked_gates(self, step="forward"):
        """Return the gates of the file's version that this step asks, met or not."""
        self.ensure_one()
        return self.env["iso10003.policy.gate"]._asked_in(
            self.policy_id, self.state, self._step_ahead(step)
        )

    def _step_ahead(self, step):
        reopens = step != "early_end" and self.state == flow.CLOSED
        return "reopen" if reopens else step

    def _ask_the_way(self, step="forward", outcome=None):
        """Ask each gate of a step, once, and who may not take it.

        :param outcome: how the file ends, where it ends
        :return: a :class:`Way`
        """
        gates = self.env["iso10003.policy.gate"]
        asked = gates if step == "back" else self._get_asked_gates(step)
        return Way(
            asked,
            asked.filtered(lambda gate: not self._meets(gate.code)),
            self._find_untold(self._get_parts_taken(step, outcome)),
        )

    def _meets(self, code):
        return bool(getattr(self, f"_gate_{code}")())

    # ------------------------------------------------------------
    # 7.5 to 7.7 resolution, implementation, closing
    # ------------------------------------------------------------

    def _gate_result_noted(self):
        return self.outcome in flow.RESULTS

    def _gate_decided_within_authority(self):
        """Where we are bound, what we give was noted, by somebody who may."""
        return self.outcome not in flow.BINDING or self.conceded_date

    def _gate_carried_out(self):
        return self.implemented_date or self.outcome in flow.RESULTS_WITHOUT_DUTY

    def _gate_complainant_informed(self):
        return self.informed_date

    def _gate_lessons_drawn(self):
        return (self.lessons or "").strip()

    def _gate_reopen_right(self):
        return self._user_is_manager()

    def _user_is_manager(self):
        return self.env.user.has_group("odoo_iso10003.group_manager")
