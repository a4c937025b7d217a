# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields

from ..common import DisputeCase


class NoticeCase(DisputeCase):
    """A dispute that waits for its notice, and two bodies that might have it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board, cls.court = cls._new_body("Board"), cls._new_body("Arbitration")
        cls.dispute = cls._open_dispute(cls._new_ticket(complaint_date=cls._day(-60)))

    @classmethod
    def _new_body(cls, name, company=None):
        partner = cls.env["res.partner"].create({"name": f"Example {name}"})
        providers = cls.env["iso10003.provider"].with_user(cls.manager)
        return providers.create(
            {
                "partner_id": partner.id,
                "company_id": (company or cls.company).id,
                "independence": "independent",
            }
        )

    @classmethod
    def _day(cls, days):
        return fields.Date.today() + timedelta(days=days)

    @classmethod
    def _notice(cls, dispute=None, user=None, **values):
        """Record a notice with the dialog, as a handler does."""
        dispute = (dispute or cls.dispute).with_user(user or cls.handler)
        action = dispute.action_record_notice()
        notices = dispute.env["iso10003.notice"].with_context(**action["context"])
        return notices.create(
            {
                **cls._begin(notices),
                "provider_id": cls.board.id,
                "reference": "AB-12/2026",
                "pending_elsewhere": "no",
                **values,
            }
        )

    @classmethod
    def _begin(cls, notices):
        """Return what the dialog begins with, as its form sends it."""
        typed = [name for name, one in notices._fields.items() if not one.readonly]
        return notices.default_get([*typed, "replaces_id"])
