# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import is_html_empty

from ...core import segregation


class DisputeEvaluation(models.Model):
    """7.4: who judges the merits, what was found, and our initial position."""

    _inherit = "iso10003.dispute"

    complaint_handler_id = fields.Many2one(
        "res.users",
        "Complaint handled by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Who handled the complaint when the dispute was opened.",
        guarded=True,
    )
    evaluator_id = fields.Many2one(
        "res.users",
        tracking=True,
        domain=[("share", "=", False)],
        help="Judges the merits, and did not handle the complaint (7.4.1).",
        sealed=True,
        ondelete="restrict",
    )
    independence_override = fields.Boolean(
        "Independence overridden",
        readonly=True,
        copy=False,
        help="A manager let this evaluator act although independence is in doubt.",
        guarded=True,
    )
    severity = fields.Selection(
        [("0", "Low"), ("1", "Medium"), ("2", "High"), ("3", "Critical")],
        tracking=True,
        help="How serious it is for the complainant and for others (7.4.1).",
        sealed=True,
    )
    findings = fields.Html(
        prefetch=False,
        help="Facts, earlier handling, merits and likely exposure (7.4.1).",
        sealed="digest",
    )
    response_date = fields.Date(
        "Position sent on",
        tracking=True,
        help="When the organization's initial position went out (7.4.2).",
        sealed=True,
        deed=True,
    )

    def write(self, vals):
        # an override holds for the evaluator it was given for
        overridden = self.filtered("independence_override")
        replaced = overridden._changing("evaluator_id", vals)
        result = super().write(vals)
        replaced._guarded_write({"independence_override": False})
        return result

    def action_override_independence(self, evaluator_id, reason):
        """Let somebody evaluate who is not independent, as a manager.

        :param evaluator_id: id of the user who shall evaluate
        """
        self.ensure_one()
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            raise AccessError(
                self.env._(
                    "Dispute %(number)s: only a dispute manager overrides the "
                    "independence of the evaluator.",
                    number=self.name,
                )
            )
        self._check_not_closed({"evaluator_id": evaluator_id})
        self._refuse_own("override_self", self.env["res.users"].browse(evaluator_id))
        self._need_reason(reason)
        self._lock()
        self._say_reason(reason)
        self._guarded_write(
            {"evaluator_id": evaluator_id, "independence_override": True}
        )
        self._register_event(
            "override", {"rule": "evaluator_independent", "user": evaluator_id}, reason
        )
        return True

    def _gate_evaluator_independent(self):
        """Whether the evaluator took no part in what is evaluated (7.4.1).

        What may be told asks for a reason of its own, see ``dispute_segregation.py``.
        """
        conflicts = self._find_untold(("evaluator",))
        return self.evaluator_id and not any(
            conflict.strength == segregation.STRICT for conflict in conflicts
        )

    def _gate_severity_assessed(self):
        return self.severity

    def _gate_findings_recorded(self):
        return not is_html_empty(self.findings)

    def _gate_response_sent(self):
        return self.response_date
