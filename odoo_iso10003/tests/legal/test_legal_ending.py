# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.exceptions import UserError

from .legal_common import LegalCase


class TestLegalEnding(LegalCase):
    """A dispute does not end while an authority still has it (7.7)."""

    def test_a_file_does_not_close_while_a_legal_matter_is_open(self):
        self._lead_to(self.dispute, "implementation")
        referral = self._draft_referral()
        self._fill_in(self.dispute)
        for close in (
            lambda: self.dispute.action_advance(),
            lambda: self.dispute.action_close(),
        ):
            with self.assertRaisesRegex(UserError, "7.7: No legal matter") as refusal:
                close()
            said = str(refusal.exception)
            for secret in (referral.name, self.court.name, referral.reason):
                self.assertNotIn(secret, said)
        open_gates = [gate["code"] for gate in self._list_unmet()]
        self.assertEqual(open_gates, ["legal_ended"])
        self.assertFalse(referral.with_user(self.handler).has_access("read"))

    def test_nor_does_it_end_early(self):
        referral = self._draft_referral()
        self._record(self.dispute, informed_date=fields.Date.today())
        with self.assertRaisesRegex(UserError, "7.7: No legal matter"):
            self.dispute.action_close("discontinued", "They wrote so.")
        # how it ends is another matter, see test_legal_flow.py
        referral.sudo()._guarded_write({"state": "withdrawn"})
        self.dispute.action_close("discontinued", "They wrote so.")
        self.assertEqual(self.dispute.state, "closed")

    def test_a_policy_may_ask_for_a_reason_only(self):
        self._ask_in_new_version("gate_referral_legal_ended", "warn")
        dispute = self._open_dispute(self._new_ticket())
        self._draft_referral(dispute_id=dispute.id)
        self._record(dispute, informed_date=fields.Date.today())
        dispute.action_close("discontinued", "Counsel ends the case today.")
        row = dispute.register_ids[-1]
        self.assertEqual(row.data["passed_over"], ["legal_ended"])

    def _list_unmet(self):
        self.dispute.invalidate_recordset(["gate_checklist"])
        return [
            gate
            for gate in self.dispute.gate_checklist
            if not gate["met"] and gate["severity"] == "block"
        ]


class TestLegalMoney(LegalCase):
    """Amounts of a legal matter are in the money of its company."""

    def test_each_record_takes_the_money_of_its_file(self):
        francs = self.env.ref("base.CHF")
        francs.active = True
        abroad = self.env["res.company"].create(
            {"name": "Abroad", "currency_id": francs.id}
        )
        people = self.counsel | self.chief
        people.company_ids |= abroad
        referrals = self.env["iso10003.referral"].with_user(self.counsel)
        referral = referrals.create(
            self._prepare_referral(
                dispute_id=False,
                company_id=abroad.id,
                subject="A claim of the branch",
                scope_reason="No customer has a part in it",
                authority_id=False,
            )
        )
        self.assertEqual(referral.currency_id, francs)
        cost = referral.env["iso10003.cost"].create(
            {"referral_id": referral.id, "name": "Fee", "amount": 5}
        )
        self.assertEqual(cost.currency_id, francs)
        provision = referral.env["iso10003.referral.provision"].create(
            {"referral_id": referral.id, "best": 1, "likely": 2, "worst": 3}
        )
        self.assertEqual(provision.currency_id, francs)
        authority = self.env["iso10003.authority"].create(
            {"name": "Court abroad", "tz": "UTC", "company_id": abroad.id}
        )
        self.assertEqual(authority.currency_id, francs)


class TestEndedReferral(LegalCase):
    """What a referral ended with stays, in its parts too, until it is reopened."""

    def setUp(self):
        super().setUp()
        self.referral = self._lead_referral(self._draft_referral(), "filed")
        self.party = self._note_party(self.referral, self.customer, "defendant")
        self.paper = self._put_on_file("Contract")
        self.referral.action_withdraw("They paid.")

    def _put_on_file(self, name):
        return self.referral.env["iso10003.document"].create(
            {
                "file_id": self.referral.file_ids.id,
                "name": name,
                "content": "SGVsbG8=",
            }
        )

    def _refused(self, change, *arguments):
        with self.assertRaisesRegex(UserError, "it has ended") as refusal:
            change(*arguments)
        self.assertIn(self.referral.name, str(refusal.exception))

    def test_what_it_was_about_does_not_change(self):
        self._refused(self.referral.write, {"subject": "Another title"})

    def test_nobody_joins_leaves_or_becomes_another(self):
        self._refused(self.party.write, {"capacity": "witness"})
        self._refused(self.party.unlink)
        self._refused(
            self._note_party, self.referral, self.manager.partner_id, "witness"
        )

    def test_papers_keep_title_and_audience(self):
        self._refused(self.paper.write, {"name": "Other contract"})
        self._refused(self.paper.write, {"audience": "parties"})

    def test_a_paper_that_comes_later_is_put_on_file(self):
        late = self._put_on_file("Stamp")
        self.assertEqual(late.exhibit_number, self.paper.exhibit_number + 1)

    def test_no_sheet_is_made_of_it(self):
        self._refused(
            self.referral.env["iso10003.referral.estimate"].create,
            {"referral_id": self.referral.id, "chance_low": 1, "chance_high": 2},
        )

    def test_reopening_frees_them(self):
        self.referral.with_user(self.manager).action_reopen("They did not pay.")
        self.party.capacity = "witness"
        self.paper.name = "Other contract"
        self.assertEqual(self.party.capacity, "witness")
        self.assertEqual(self.paper.name, "Other contract")
