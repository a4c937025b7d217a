# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from ..common import ADDON, DisputeCase


class ProviderCase(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.body = cls.env["res.partner"].create(
            {"name": "The Board", "is_company": True}
        )
        cls.mediation = cls.env.ref(f"{ADDON}.method_mediation")
        cls.arbitration = cls.env.ref(f"{ADDON}.method_arbitration")

    @classmethod
    def _ago(cls, days):
        return cls.today - timedelta(days=days)

    @classmethod
    def _make_provider(cls, **values):
        """Return a provider that a manager entered, and that nothing stands against."""
        return (
            cls.env["iso10003.provider"]
            .with_user(cls.manager)
            .create(
                {
                    "partner_id": cls.body.id,
                    "independence": "independent",
                    "independence_date": cls._ago(30),
                    "service_ids": [Command.create({"method_id": cls.mediation.id})],
                    "credential_ids": [
                        Command.create({"name": "No. 7", "valid_from": cls._ago(400)})
                    ],
                    "evaluation_ids": [
                        Command.create(
                            {
                                "date": cls._ago(30),
                                "decision": "suitable",
                                "reasons": "Fast and fair.",
                                "compared": "Two others.",
                            }
                        )
                    ],
                    **values,
                }
            )
        )
