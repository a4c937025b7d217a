# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase

from ...core import flow
from ..common import ADDON, DisputePeople


class ToursCase(DisputePeople, HttpCase):
    """What tours are played with, in whichever language their people read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls.today = fields.Date.today()
        # those of demo data are not asked
        cls.env["iso10003.provider"].search([]).active = False
        cls.env["iso10003.dispute.category"].create({"name": "W-17"})

    def _tour(self, name, user, record, **values):
        """Play a tour as somebody, from the form of a ticket or dispute."""
        place = {"helpdesk.ticket": "helpdesk-tickets"}.get(record._name, "disputes")
        self.start_tour(
            f"/odoo/{place}/{record.id}",
            f"odoo_iso10003_{name}_tour",
            login=user.login,
            timeout=120,
            **values,
        )
        self.env.invalidate_all()

    def _new_body(self, name):
        """Return a provider of mediation against which nothing stands."""
        partner = self.env["res.partner"].create(
            {"name": name, "is_company": True, "email": "board@example.com"}
        )
        return self.env["iso10003.provider"].create(
            {
                "partner_id": partner.id,
                "company_id": self.company.id,
                "independence": "independent",
                "independence_date": self.today,
                "service_ids": [
                    Command.create(
                        {"method_id": self.env.ref(f"{ADDON}.method_mediation").id}
                    )
                ],
                "credential_ids": [
                    Command.create(
                        {
                            "name": "No. 7",
                            "valid_from": fields.Date.add(self.today, days=-99),
                        }
                    )
                ],
                "evaluation_ids": [
                    Command.create(
                        {
                            "date": self.today,
                            "decision": "suitable",
                            "reasons": "Fast and fair.",
                            "compared": "Two others.",
                        }
                    )
                ],
            }
        )

    def _check_on_record(self, dispute):
        chain = self.env["iso10003.register"].sudo()  # as an auditor asks it
        self.assertFalse(chain.verify_chain([f"{dispute._name},{dispute.id}"]))

    def _check_nothing_left_out(self, dispute, states=flow.STATES[:4]):
        """Each gate on the way was asked as strictly as of a standard file, and met."""
        policy = dispute.policy_id
        for gate in policy.gate_ids:
            self.assertFalse(gate.severity != "off" and gate.small_severity == "off")
        moves = dispute.register_ids.filtered(lambda row: row.event == "transition")
        self.assertEqual([row.data["from"] for row in moves.sorted("id")], list(states))
        for row in moves:
            asked = self.env["iso10003.policy.gate"]._asked_in(
                policy, "standard", row.data["from"], "forward"
            )
            self.assertEqual(set(row.data["gates"]), set(asked.mapped("code")))
            self.assertNotIn("passed_over", row.data)

    def _speak(self, lang):
        self.env["res.lang"]._activate_lang(lang)
        people = self.handler | self.evaluator | self.manager
        (people.partner_id | self.customer).lang = lang

    def _file(self, subject, state):
        dispute = self._open_dispute(self._new_ticket(name=subject))
        self._lead_to(dispute, state)
        if state == "referral":
            self._fill_in(dispute)
        return dispute
