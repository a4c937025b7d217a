# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..register.register import keep_rows

PARTNER = "res.partner"
EVENTS = [
    ("required", "Certifications required"),
    ("not_required", "Certifications no longer required"),
    ("requirement", "Requirement changed"),
    ("competent", "Competence checked"),
    ("results", "Results of training"),
    ("effectiveness", "Effectiveness of training"),
    ("attendance", "Attendance"),
    ("holder", "Holder of a role"),
]


class CompetenceRegister(models.Model):
    """What the register says of roles, assignments and training (4.10, 6.4)."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )

    # assessments ask who moved a file within the year
    _moved_by = models.Index(
        "(actor, company_id, at) WHERE event = 'transition' AND dispute_id IS NOT NULL"
    )

    def _describe_competent(self, data):
        return self._label("iso10003.role", "code", data.get("role"))

    def _describe_required(self, data):
        return self._label("iso10003.role", "code", data.get("role"))

    def _describe_not_required(self, data):
        return self._label("iso10003.role", "code", data.get("role"))

    def _describe_override(self, data):
        if data.get("rule") != "competent":
            return ""
        return self.env._(
            "Competence: %(role)s",
            role=self._label("iso10003.role", "code", data.get("role")),
        )

    def _describe_results(self, data):
        return self.env._(
            "%(passed)s passed, %(failed)s failed",
            passed=self._tell_number(data.get("passed")),
            failed=self._tell_number(data.get("failed")),
        )

    def _describe_attendance(self, data):
        return self._tell_part(data, self._tell_trained(data))

    def _describe_holder(self, data):
        return self._tell_part(data, self._tell_trained(data))

    def _tell_trained(self, data):
        """Name the employee or contact of a row."""
        values = data.get("values") or {}
        for name, model in (("employee_id", "hr.employee"), ("partner_id", PARTNER)):
            if values.get(name):
                return self._tell_record(model, values[name])
        return ""

    def _describe_effectiveness(self, data):
        return self._label(
            "iso10003.training.attendance", "effectiveness", data.get("effectiveness")
        )
