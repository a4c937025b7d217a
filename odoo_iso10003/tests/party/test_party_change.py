# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from ...models.wall.told import NEVER, TOLD, WHEN_ADDRESSED
from ..common import PAPER
from .party_common import PartyCase


class TestPartyChange(PartyCase):
    """Who leaves the file, why, and who follows: each a deed."""

    def _end(self, party, kind, user=None, successor=None, **values):
        return party.with_user(user or self.manager).action_end(
            kind, "So it was.", successor=successor, **values
        )

    def test_a_mandate_ends(self):
        party = self._represent(**self.MANDATE)
        self.dispute.message_subscribe(self.lawyer.partner_id.ids)
        self._end(party, "mandate_ended", self.handler, date=self._day(-1))
        self.assertEqual((party.standing, party.reads), ("over", False))
        self.assertFalse(self._may_read(self.lawyer))
        self.assertEqual(self._standing(self.lawyer.partner_id), WHEN_ADDRESSED)
        self.assertNotIn(self.lawyer.partner_id, self.dispute.message_partner_ids)
        self.assertTrue(self._may_read(self.portal))
        row = self._rows("party_changed")
        self.assertEqual(row.data["kind"], "mandate_ended")
        self.assertEqual(row.note, "So it was.")
        self.assertIn("Mandate ended", row.summary)
        # and may be given anew
        again = self._represent(**self.MANDATE)
        self.assertNotEqual(again, party)
        self.assertTrue(self._may_read(self.lawyer))

    def test_heirs_take_over(self):
        """File 8: the matter waits for who follows; the heirs read on their paper."""
        lawyer = self._represent(**self.MANDATE)
        daughter = self._new_user("daughter", "base.group_portal")
        son = self._new_user("son", "base.group_portal")
        action = self.complainant.with_user(self.manager).action_ask_change()
        dialogs = self.env[action["res_model"]].with_user(self.manager)
        form = Form(dialogs.with_context(**action["context"]))
        form.kind = "death"
        form.date = self._day(-3)
        form.successor_id = daughter.partner_id
        self.assertTrue(form.wants_document)
        form.mandate_kind = "inheritance"
        form.document = PAPER
        form.reason = "The family sent the certificate of death."
        form.save().action_confirm()
        self.assertEqual(self.customer.sudo().deceased_date, self._day(-3))
        self.assertEqual(self._standing(self.customer), NEVER)
        for gone in (self.portal, self.lawyer):
            self.assertFalse(self._may_read(gone))
        self.assertEqual(lawyer.end_kind, "mandate_ended")
        heir = self.dispute.party_ids.filtered(lambda one: one.capacity == "heir")
        self.assertEqual((heir.leads, heir.for_id), (True, self.complainant))
        self.assertEqual(self.dispute.partner_id, daughter.partner_id)
        self.assertEqual(self.ticket.partner_id, daughter.partner_id)
        self.assertTrue(self._may_read(daughter))
        # a second heir is noted beside her, and reads once the paper is there
        second = self._note_party(
            self.dispute, son.partner_id, "heir", for_id=self.complainant.id
        )
        self.assertFalse(self._may_read(son))
        with self.assertRaisesRegex(UserError, "is no kind of document. Choose one"):
            second.action_show_mandate(PAPER, kind="made_up")
        second.action_show_mandate(PAPER, kind="inheritance")
        self.assertTrue(self._may_read(son))
        self.assertEqual(self.dispute.partner_id, daughter.partner_id)
        self.assertIn(self.customer.name, self._rows("party_changed").summary)

    def test_until_an_heir_is_known_nobody_is_written_to(self):
        self._end(self.complainant, "death")
        self.assertEqual(self.dispute.partner_id, self.customer)
        self.assertFalse(self.dispute._gate_complainant_known())
        self.assertFalse(self.dispute._get_parties())
        daughter = self._new_contact("Daughter", email="d@example.com")
        self._note_party(self.dispute, daughter, "heir", for_id=self.complainant.id)
        self.assertEqual(self.dispute.partner_id, daughter)
        self.assertTrue(self.dispute._gate_complainant_known())

    def test_of_two_who_complain_the_other_leads_on(self):
        sister = self._new_contact("Sister", email="s@example.com")
        other = self._note_party(self.dispute, sister, "complainant")
        agent = self._note_party(
            self.dispute, self.lawyer.partner_id, for_id=other.id, **self.MANDATE
        )
        self.dispute.message_subscribe((self.customer | sister).ids)
        self._end(self.complainant, "death")
        self.assertNotIn(self.customer, self.dispute.message_partner_ids)
        self.assertIn(sister, self.dispute.message_partner_ids)
        self.assertEqual(self.dispute.partner_id, sister)
        self.assertTrue(other.leads)
        self.assertFalse(agent.end_kind)

    def test_of_two_who_complain_who_follows_the_one_who_led_leads(self):
        """The other one takes nobody's place, and never led in between."""
        sister = self._new_contact("Sister", email="s@example.com")
        other = self._note_party(self.dispute, sister, "complainant")
        lawyer = self._represent(for_id=self.complainant.id, **self.MANDATE)
        for kind, capacity in (("death", "heir"), ("assignment", "assignee")):
            with self.subTest(kind=kind), self.env.cr.savepoint() as savepoint:
                follower = self._new_contact("Who Follows", email="f@example.com")
                successor = {"partner_id": follower.id, **self.MANDATE}
                self._end(self.complainant, kind, successor=successor)
                leading = self.dispute.party_ids.filtered("leads")
                self.assertEqual(
                    (leading.partner_id, leading.capacity), (follower, capacity)
                )
                self.assertEqual(self.dispute.partner_id, follower)
                self.assertEqual(self.ticket.partner_id, follower)
                self.assertFalse(other.leads or other.end_kind)
                self.assertEqual(bool(lawyer.end_kind), kind == "death")
                self.assertFalse(self._may_read(self.portal))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_claim_is_assigned(self):
        buyer = self._new_user("buyer", "base.group_portal")
        self._end(
            self.complainant,
            "assignment",
            successor={"partner_id": buyer.partner_id.id, **self.MANDATE},
        )
        self.assertEqual(self.dispute.partner_id, buyer.partner_id)
        self.assertTrue(self._may_read(buyer))
        self.assertFalse(self._may_read(self.portal))
        self.assertEqual(self._standing(self.customer), WHEN_ADDRESSED)

    def test_a_minor_comes_of_age(self):
        guardian = self._note_party(
            self.dispute,
            self.lawyer.partner_id,
            "guardian",
            for_id=self.complainant.id,
            **self.MANDATE,
        )
        self.assertTrue(self._may_read(self.lawyer))
        self._end(guardian, "majority", self.handler)
        self.assertFalse(self._may_read(self.lawyer))
        self.assertTrue(self._may_read(self.portal))
        self.assertEqual(self._standing(self.customer), TOLD)

    def test_a_new_representative_in_the_place_of_the_former(self):
        party = self._represent(**self.MANDATE)
        other = self._new_user("other_lawyer", "base.group_portal")
        self._end(
            party,
            "mandate_ended",
            self.handler,
            successor={"partner_id": other.partner_id.id, **self.MANDATE},
        )
        self.assertFalse(self._may_read(self.lawyer))
        self.assertTrue(self._may_read(other))
        self.assertEqual(self.dispute.representative_id, other.partner_id)

    def test_refused_politely(self):
        party = self._represent(**self.MANDATE)
        ends = {
            "does not end": lambda: self._end(party, "majority"),
            "say why": lambda: self._end(party, "boredom"),
            "reason is needed": lambda: party.action_end("mandate_ended", " "),
            "follow themselves": lambda: self._end(
                self.complainant,
                "error",
                successor={"partner_id": self.customer.id},
            ),
        }
        for words, end in ends.items():
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                with self.env.cr.savepoint():
                    end()
        with self.assertRaises(UserError):
            self._end(party, "mandate_ended", date=self._day(5))
        with self.assertRaisesRegex(AccessError, "only a dispute manager"):
            self._end(self.complainant, "death", self.handler)
        for user in (self.stranger, self.auditor, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._end(party, "mandate_ended", user)
        self._end(party, "mandate_ended")
        with self.assertRaisesRegex(UserError, "left the file already"):
            self._end(party, "error")

    def test_a_successor_whom_one_may_not_read_changes_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        theirs = self._new_contact("Theirs", company_id=company.id)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._end(
                self.complainant, "assignment", successor={"partner_id": theirs.id}
            )
        self.env.invalidate_all()
        self.assertFalse(self.complainant.end_kind)
        self.assertEqual(self.dispute.partner_id, self.customer)

    def test_nobody_who_died_is_written_to_in_any_file(self):
        referral = self.env["iso10003.referral"]
        self.lawyer.partner_id.deceased_date = self.day
        ticket = self._new_ticket(partner_id=self.lawyer.partner_id.id)
        other = self._open_dispute(ticket)
        partner = self.lawyer.partner_id
        self.assertEqual(other._get_standing(partner)[other.id, partner.id], NEVER)
        with self.assertRaises(UserError):
            other.message_post(body="Dear", partner_ids=partner.ids)
        self.assertFalse(referral.browse()._get_standing(partner))

    def test_letters_are_addressed_to_who_takes_part_today(self):
        self._represent(**self.MANDATE, lang="en_US")
        lawyer = self.lawyer.partner_id
        self.assertEqual(
            self.dispute._get_addressees("parties"), self.customer | lawyer
        )
        lawyer.lang = False
        self.assertEqual(self.dispute._get_language_of(lawyer), "en_US")
        self.customer.sudo().deceased_date = self.day
        self.assertEqual(self.dispute._get_addressees("parties"), lawyer)
        self._end(self.complainant, "death")
        self.assertFalse(self.dispute._get_addressees("parties"))
