# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields

from ..common import PAPER, DisputeCase


class ObligationCase(DisputeCase):
    """A dispute that was settled: we pay 300 back within twenty days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()
        cls.today = cls.dispute._get_company_day()
        cls.alarms = cls.env["iso10003.alarm"]
        # what others have to come is not looked at here
        cls.alarms.search([("state", "=", "pending")]).state = "dropped"

    @classmethod
    def _day(cls, days):
        return cls.today + timedelta(days=days)

    @classmethod
    def _oblige(cls, dispute=None, **values):
        """Note what is owed, as the user of the dispute."""
        dispute = dispute or cls.dispute
        return dispute.env["iso10003.obligation"].create(
            {
                "file_id": dispute.sudo().file_ids.id,
                "name": "Pay the price back",
                "amount": 300,
                "day": cls._day(20),
                **values,
            }
        )

    @classmethod
    def _perform(cls, obligation, **values):
        """Record what was done of it, with its proof if nothing else is said."""
        return obligation.env["iso10003.performance"].create(
            {
                "obligation_id": obligation.id,
                "date": cls.today,
                "gross": obligation.amount,
                "proof": PAPER,
                "proof_name": "receipt.pdf",
                **values,
            }
        )

    def _sweep_on(self, day):
        """Let the scheduled action run on a morning."""
        crons = self.env.registry["ir.cron"]
        with (
            freeze_time(f"{day} 06:00:00"),
            patch.object(crons, "_commit_progress", lambda *_args, **_kw: 1),
        ):
            self.env["iso10003.alarm"]._sweep()
            self.env.flush_all()
        self.env.invalidate_all()

    def _rows(self, event, dispute=None):
        rows = (dispute or self.dispute).register_ids
        return rows.filtered(lambda row: row.event == event)

    def _tasks(self, dispute=None):
        return (dispute or self.dispute).sudo().activity_ids.mapped("summary")

    def _find_unmet(self, dispute=None):
        dispute = dispute or self.dispute
        dispute.invalidate_recordset(["gate_checklist"])
        return [gate["code"] for gate in dispute.gate_checklist if not gate["met"]]

    def _find_findings(self):
        found = self.env["mgmtsystem.nonconformity"].sudo()
        return found.search(
            [("res_model", "=", self.dispute._name), ("res_id", "=", self.dispute.id)]
        )

    def _complaint_before(self, days):
        self.dispute.sudo().ticket_id.complaint_date = fields.Date.today() - timedelta(
            days=days
        )
