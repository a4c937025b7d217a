# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from ...core import flow
from ..common import PAPER, DisputeCase
from ..migration_common import empty_table, run_migration


class TestClaim(DisputeCase):
    """What is claimed, by whom and what it is worth; the amount is the sum (7.3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()
        cls.party = cls.dispute.party_ids

    def _claim(self, amount, user=None, **values):
        claims = self.dispute.with_user(user or self.handler).env["iso10003.claim"]
        return claims.create(
            {
                "dispute_id": self.dispute.id,
                "name": "The price",
                "amount": amount,
                **values,
            }
        )

    def _withdraw(self, claim, **values):
        given = {"reason": "She wrote.", "document": PAPER, **values}
        return claim.action_withdraw(**given)

    def test_an_amount_that_a_file_is_opened_with_is_a_claim(self):
        refund = self.env.ref("odoo_iso10003.remedy_refund")
        dispute = self.dispute.create(
            {
                "ticket_id": self._new_ticket().id,
                "subject": "It broke",
                "partner_id": self.customer.id,
                "amount_claimed": 300,
                "remedy_ids": refund.ids,
                "remedy_sought": "My money  back",
            }
        )
        claim = dispute.claim_ids
        self.assertEqual((claim.name, claim.amount), ("My money back", 300))
        self.assertEqual(claim.party_id, dispute.party_ids)
        self.assertEqual((claim.remedy_id, claim.state), (refund, "open"))
        self.assertEqual(dispute.amount_claimed, 300)

    def test_one_claim_is_typed_on_the_file_as_ever(self):
        self.dispute.amount_claimed = 100
        self.assertEqual(self.dispute.claim_ids.amount, 100)
        self.dispute.amount_claimed = 80
        self.assertEqual(self.dispute.claim_ids.amount, 80)
        self.assertEqual(self.dispute.claim_ids.name, self.dispute.subject)

    def test_the_amount_is_the_sum_of_claims(self):
        price = self._claim(100)
        self.assertEqual(price.party_id, self.party)
        self._claim(50, name="The plumber")
        self.assertEqual(self.dispute.amount_claimed, 150)
        price.amount = 70
        self.assertEqual(self.dispute.amount_claimed, 120)
        with self.assertRaisesRegex(UserError, "sum of its claims"):
            self.dispute.amount_claimed = 10

    def test_a_claim_is_added_from_the_file(self):
        action = self.dispute.action_add_claim()
        claims = self.dispute.env[action["res_model"]]
        form = Form(claims.with_context(**action["context"]))
        self.assertEqual(form.party_id, self.party)
        form.name = "An apology"
        claim = form.save()
        self.assertEqual(claim.dispute_id, self.dispute)
        self.assertFalse(self.dispute.amount_claimed)

    def test_another_currency_counts_at_the_rate_of_its_day(self):
        francs = self.env.ref("base.CHF")
        francs.active = True
        francs.rate_ids.unlink()
        with self.assertRaisesRegex(UserError, "CHF"), self.env.cr.savepoint():
            self._claim(10, currency_id=francs.id)
        self.env["res.currency.rate"].create(
            {
                "currency_id": francs.id,
                "name": "2020-01-01",
                "rate": 2,
                "company_id": self.company.id,
            }
        )
        self._claim(10, currency_id=francs.id)
        self.assertEqual(self.dispute.amount_claimed, 5)
        self._claim(10)
        self.assertEqual(self.dispute.amount_claimed, 15)

    def test_one_of_three_is_withdrawn_by_a_document(self):
        """File 10: what is left counts; what was withdrawn stays on record."""
        claims = [self._claim(amount) for amount in (100, 50, 25)]
        action = claims[1].action_ask_withdrawal()
        dialogs = self.dispute.env[action["res_model"]]
        form = Form(dialogs.with_context(**action["context"]))
        form.document = PAPER
        form.reason = "She wrote that the plumber was paid."
        form.save().action_confirm()
        self.assertEqual(claims[1].state, "withdrawn")
        self.assertEqual(self.dispute.amount_claimed, 125)
        row = self.dispute.register_ids.filtered(
            lambda row: row.event == "claim_withdrawn"
        )
        self.assertEqual(row.data["sha256"], claims[1].withdrawal_sha256)
        self.assertIn("50", row.summary)
        self.assertEqual(row.note, "She wrote that the plumber was paid.")
        for change in (
            lambda: claims[1].write({"amount": 60}),
            lambda: self._withdraw(claims[1]),
        ):
            with self.assertRaisesRegex(UserError, "not open any more"):
                change()
        with self.assertRaises(UserError):
            claims[1].withdrawal = PAPER[:8]
        self._lead_to(self.dispute, "closed")
        states = [claim.state for claim in claims]
        self.assertEqual(states, ["settled", "withdrawn", "settled"])

    def test_it_is_withdrawn_with_reason_and_document_or_not(self):
        claim = self._claim(100)
        with self.assertRaisesRegex(UserError, "reason is needed"):
            self._withdraw(claim, reason=" ")
        with self.assertRaisesRegex(UserError, "attach the document"):
            self._withdraw(claim, document=False)
        with self.assertRaises(UserError):
            claim.state = "withdrawn"
        for user in (self.stranger, self.auditor, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._withdraw(claim.with_user(user))
        self.assertEqual(claim.state, "open")

    def test_three_figures(self):
        claim = self._claim(100)
        self._lead_to(self.dispute, "evaluation")
        self.assertEqual(self.dispute.amount_at_notice, 100)
        self._claim(40, name="Interest")
        self.assertEqual(self.dispute.amount_claimed, 140)
        self._withdraw(claim)
        self._lead_to(self.dispute, "closed")
        self.assertEqual(self.dispute.amount_at_notice, 100)
        self.assertEqual(self.dispute.amount_final, 40)
        with self.assertRaisesRegex(UserError, "is closed"), self.env.cr.savepoint():
            self._claim(5)
        self.dispute.with_user(self.manager).action_reopen("She wrote again.")
        # the result that settled it holds
        states = self.dispute.claim_ids.mapped("state")
        self.assertEqual(states, ["withdrawn", "settled"])

    def test_reopened_after_an_end_without_result_claims_are_open_again(self):
        self._claim(100)
        self._lead_to(self.dispute, "position")
        end = "discontinued"
        self._record(self.dispute, informed_date=fields.Date.today())
        self.dispute.action_close(end, "She was paid.")
        self.assertEqual(self.dispute.claim_ids.state, flow.CLAIM_ENDS[end])
        self.dispute.with_user(self.manager).action_reopen("She wrote again.")
        self.assertEqual(self.dispute.claim_ids.state, "open")

    def test_each_end_of_a_file_says_what_becomes_of_its_claims(self):
        states = dict(self.env["iso10003.claim"]._fields["state"].selection)
        self.assertEqual(set(flow.CLAIM_ENDS), set(flow.OUTCOMES))
        self.assertLessEqual(set(flow.CLAIM_ENDS.values()), states.keys())

    def test_claims_stay_theirs_unless_they_never_were(self):
        claim = self._claim(100)
        heir = self.env["res.partner"].create({"name": "Heir"})
        party = self.party.with_user(self.manager)
        party.action_end("death", "So it was.", successor={"partner_id": heir.id})
        self.assertEqual(claim.party_id, self.party)
        follower = self.dispute.party_ids - self.party
        later = self._claim(10)
        self.assertEqual(later.party_id, follower)
        right = self.env["res.partner"].create({"name": "Right"})
        managed = self.dispute.with_user(self.manager)
        managed.action_change_complainant(right.id, "Not she.")
        self.assertEqual(later.party_id.partner_id, right)

    def test_a_claim_waits_for_whose_it_is(self):
        dispute = self._open_dispute(self._new_ticket(partner_id=False))
        dispute.amount_claimed = 10
        self.assertFalse(dispute.claim_ids.party_id)
        self.assertFalse(dispute._gate_claims_owned())
        dispute.partner_id = self.customer
        self.assertEqual(dispute.claim_ids.party_id, dispute.party_ids)
        self.assertTrue(dispute._gate_claims_owned())

    @mute_logger("odoo.sql_db")
    def test_what_cannot_be(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._claim(-1)
        for value in (float("nan"), float("inf"), "much"):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._claim(value)
        witness = self._note_party(
            self.dispute, self.env["res.partner"].create({"name": "W"}), "witness"
        )
        other = self._open_dispute(self._new_ticket())
        for party, why in (
            (witness, "claims nothing"),
            (other.party_ids, "belongs to another file"),
        ):
            with self.assertRaisesRegex(ValidationError, why):
                with self.env.cr.savepoint():
                    self._claim(1, party_id=party.id)
        with self.assertRaisesRegex(ValidationError, "whose it is"):
            with self.env.cr.savepoint():
                self._claim(1, party_id=False)
        with self.assertRaises(UserError):
            self._claim(1).sudo().unlink()
        for user in (self.stranger, self.auditor, self.sponsor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._claim(1, user)

    def test_on_the_portal_each_reads_the_own_claims(self):
        own = self._claim(100)
        sister = self.env["res.partner"].create({"name": "Sister"})
        party = self._note_party(self.dispute, sister, "complainant")
        theirs = self._claim(5, party_id=party.id)
        file = self.dispute.sudo()
        self.assertEqual(file._tell_claims(self.customer).ids, own.ids)
        self.assertEqual(file._tell_claims(sister).ids, theirs.ids)
        self.assertFalse(file._tell_claims(self.agent.partner_id))
        with self.assertRaises(AccessError):
            own.with_user(self.portal).read(["name"])

    def test_old_files_have_one_claim_as_written(self):
        self.dispute.amount_claimed = 100
        closed = self._open_dispute(self._new_ticket())
        closed.amount_claimed = 30
        self._lead_to(closed, "closed")
        self.env.flush_all()
        empty_table(self.env.cr, "iso10003_claim")
        self.env.cr.execute("UPDATE iso10003_dispute SET amount_at_notice = NULL")
        for _time in range(2):
            run_migration(self.env, "19.0.1.6.0/post-parties_claims", "19.0.1.5.0")
        self.assertEqual(self.dispute.claim_ids.mapped("amount"), [100])
        self.assertEqual(closed.claim_ids.state, "settled")
        self.assertEqual(closed.amount_claimed, 30)
        self.assertFalse(self.dispute.amount_at_notice)
