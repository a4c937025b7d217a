# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..register.register import keep_rows

EVENTS = [
    ("assessed", "Assessment frozen"),
    ("raised", "Answer better than the records, or question left out"),
    ("confirmed", "Answer confirmed by a second person"),
    ("programme_approved", "Audit programme approved"),
    ("programme_reviewed", "Audit programme reviewed, or auditor evaluated"),
    ("programme_started", "Audit programme started"),
    ("programme_ended", "Audit programme ended"),
    ("seed_committed", "Seed of a sample fixed"),
    ("sampled", "Sample drawn"),
    ("audit_closed", "Audit closed"),
    ("backup_tried", "Backup restored on trial"),
    ("end_kept", "End of the register noted outside"),
]


class ConformityRegister(models.Model):
    """What assessments and audits leave in the register."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )

    def _describe_assessed(self, data):
        return self.env._(
            "%(number)s: score %(score)s %%, answered %(coverage)s %%",
            number=data.get("number", ""),
            score=self._tell_number(data.get("score", "")),
            coverage=self._tell_number(data.get("coverage", "")),
        )

    def _describe_raised(self, data):
        line = "iso10003.assessment.line"
        return self.env._(
            "Question %(question)s: %(found)s → %(verdict)s",
            question=self._tell_number(data.get("question", "")),
            found=self._label(line, "auto_verdict", data.get("from")),
            verdict=self._label(line, "verdict", data.get("to")),
        )

    def _describe_confirmed(self, data):
        return self.env._(
            "Question %(question)s: %(verdict)s",
            question=self._tell_number(data.get("question", "")),
            verdict=self._label("iso10003.assessment.line", "verdict", data.get("to")),
        )

    def _describe_sampled(self, data):
        return self.env._(
            "%(audit)s: %(drawn)s of %(population)s files, seed %(seed)s",
            audit=data.get("audit", ""),
            drawn=self._tell_number(data.get("drawn", "")),
            population=self._tell_number(data.get("population", "")),
            seed=self._tell_number(data.get("seed", "")),
        )

    def _describe_programme_reviewed(self, data):
        review = "iso10003.audit.programme.review"
        return self._label(review, "kind", data.get("kind"))

    def _describe_seed_committed(self, data):
        return self.env._(
            "%(audit)s: SHA-256 %(digest)s",
            audit=data.get("audit", ""),
            digest=data.get("sha256", ""),
        )

    def _describe_audit_closed(self, data):
        return self.env._(
            "%(audit)s: %(findings)s findings",
            audit=data.get("audit", ""),
            findings=self._tell_number(data.get("findings", "")),
        )
