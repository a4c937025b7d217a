# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

REASONS = [
    ("documents", "Documents or answers are awaited from the complainant"),
    ("expert", "An expert's opinion is awaited"),
    ("mediation", "A facilitative proceeding is under way"),
    ("authority", "An authority or court has the matter"),
    ("agreed", "The parties agreed to wait"),
    ("vacancy", "A complainant died or left, and nobody follows yet"),
    ("force_majeure", "Force majeure"),
]


class DeadlineSuspension(models.Model):
    """One stop of a clock: from when until when, why, and what proves it.

    It ends by itself on the day named from the beginning, or earlier by a person.
    """

    _name = "iso10003.deadline.suspension"
    _description = "Stop of a deadline's clock"
    _order = "date_from, id"

    deadline_id = fields.Many2one(
        "iso10003.deadline",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(related="deadline_id.company_id")
    reason = fields.Selection(REASONS, required=True, readonly=True)
    date_from = fields.Datetime("From", required=True, readonly=True)
    date_to = fields.Datetime(
        "Until at most",
        required=True,
        readonly=True,
        help="Then the clock goes on by itself.",
    )
    ended_date = fields.Datetime("Ended earlier", readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", "Letter", readonly=True, ondelete="restrict"
    )
    message_id = fields.Many2one("mail.message", readonly=True, ondelete="restrict")

    _deadline_idx = models.Index("(deadline_id)")
    _in_order = models.Constraint(
        """CHECK (date_to > date_from
            AND (ended_date IS NULL OR ended_date >= date_from))""",
        "A stop of the clock ends after it begins.",
    )
    _proved = models.Constraint(
        "CHECK (attachment_id IS NOT NULL OR message_id IS NOT NULL)",
        "A clock is stopped on proof only: attach the letter, or choose the message.",
    )

    def _get_end(self):
        self.ensure_one()
        return min(self.ended_date or self.date_to, self.date_to)
