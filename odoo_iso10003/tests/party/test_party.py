# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from ...models.wall.told import TOLD, WHEN_ADDRESSED
from ..common import PAPER
from .party_common import PartyCase


class TestParty(PartyCase):
    """Who takes part in a dispute, for whom and on which document."""

    def test_the_complainant_is_the_party_who_leads(self):
        party = self.complainant
        self.assertEqual(party.partner_id, self.customer)
        self.assertEqual((party.capacity, party.leads), ("complainant", True))
        self.assertEqual(party.standing, "in_force")
        # the row of the opening says who that is
        self.assertFalse(self._rows("party"))

    def test_who_is_named_later_leads_from_then_on(self):
        dispute = self._open_dispute(self._new_ticket(partner_id=False))
        self.assertFalse(dispute.party_ids)
        dispute.partner_id = self.customer
        self.assertEqual(dispute.party_ids.partner_id, self.customer)
        self.assertTrue(dispute.party_ids.leads)

    def test_a_representative_reads_once_the_document_is_there(self):
        party = self._represent()
        self.assertEqual(party.standing, "unshown")
        self.assertFalse(self._may_read(self.lawyer))
        self.assertEqual(self._standing(self.lawyer.partner_id), WHEN_ADDRESSED)
        self.assertFalse(self.dispute.representative_id)
        party.action_show_mandate(PAPER, "power.pdf", "power", self.day)
        self.assertEqual(party.standing, "in_force")
        self.assertTrue(self._may_read(self.lawyer))
        self.assertEqual(self._standing(self.lawyer.partner_id), TOLD)
        self.assertEqual(self.dispute.representative_id, self.lawyer.partner_id)

    def test_the_document_may_come_with_the_party_and_stays(self):
        party = self._represent(**self.MANDATE)
        self.assertEqual(len(party.mandate_sha256), 64)
        self.assertTrue(self._may_read(self.lawyer))
        with self.assertRaisesRegex(UserError, "stays there"):
            party.action_show_mandate(PAPER)
        for name, value in (
            ("mandate", PAPER[:8]),
            ("mandate_sha256", "0" * 64),
            ("from_before", True),
            ("end_kind", "error"),
            ("reads", True),
        ):
            with self.subTest(name), self.assertRaises(UserError):
                party.write({name: value})
        row = self._rows("party")[-1]
        self.assertEqual(row.data["values"]["mandate_sha256"], party.mandate_sha256)
        self.assertNotIn("power.pdf", str(row.data))
        self.assertIn("Representative", row.summary)

    def test_a_mandate_counts_from_its_first_day_to_its_last(self):
        party = self._represent(**self.MANDATE)
        for first, last, reads in (
            (-5, 5, True),
            (2, 5, False),
            (-5, -2, False),
            (None, 5, True),
            (-5, None, True),
        ):
            with self.subTest(first=first, last=last):
                party.write(
                    {
                        "date_from": first and self._day(first),
                        "date_until": last and self._day(last),
                    }
                )
                self.assertEqual(self._may_read(self.lawyer), reads)
                wanted = TOLD if reads else WHEN_ADDRESSED
                self.assertEqual(self._standing(self.lawyer.partner_id), wanted)
                self.assertEqual(bool(self.dispute.representative_id), reads)

    def test_who_leaves_follows_no_more(self):
        party = self._represent(**self.MANDATE)
        self.dispute.message_subscribe(self.lawyer.partner_id.ids)
        party.date_until = self._day(-2)
        self.assertNotIn(self.lawyer.partner_id, self.dispute.message_partner_ids)

    def test_an_expert_takes_part_and_reads_nothing(self):
        self._note_party(self.dispute, self.lawyer.partner_id, "expert")
        self.assertFalse(self._may_read(self.lawyer))
        self.assertEqual(self._standing(self.lawyer.partner_id), WHEN_ADDRESSED)

    # ------------------------------------------------------------
    # The form
    # ------------------------------------------------------------

    def test_a_party_is_added_from_the_file(self):
        action = self.dispute.action_add_party()
        parties = self.dispute.env["iso10003.party"].with_context(**action["context"])
        form = Form(parties)
        self.assertNotIn("own_lawyer", form.capacities)
        form.partner_id = self.lawyer.partner_id
        form.capacity = "representative"
        form.for_id = self.complainant
        form.mandate = PAPER
        party = form.save()
        self.assertEqual(party.file_id, self.dispute.sudo().file_ids)
        self.assertIn("Representative", party.display_name)

    def test_a_document_is_shown_with_the_dialog(self):
        party = self._represent()
        action = party.action_ask_change()
        dialogs = self.dispute.env[action["res_model"]]
        form = Form(dialogs.with_context(**action["context"]))
        form.kind = "shown"
        self.assertTrue(form.wants_document)
        form.document = PAPER
        form.mandate_kind = "court"
        form.save().action_confirm()
        self.assertTrue(party.mandate_sha256)
        self.assertEqual(party.mandate_kind, "court")

    # ------------------------------------------------------------
    # What cannot be
    # ------------------------------------------------------------

    @contextmanager
    def _refused(self, words):
        with self.assertRaisesRegex(ValidationError, words):
            with self.env.cr.savepoint():
                yield

    @mute_logger("odoo.sql_db")
    def test_two_lead_at_once(self):
        sister = self._new_contact("Sister")
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._note_party(self.dispute, sister, "complainant", leads=True)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._note_party(self.dispute, sister, leads=True)
        self._note_party(self.dispute, sister, "complainant")  # she may claim as well
        self.assertEqual(self.dispute.partner_id, self.customer)

    @mute_logger("odoo.sql_db")
    def test_a_mandate_that_ends_before_it_begins(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._represent(date_from=self._day(2), date_until=self._day(1))

    def test_nobody_represents_themselves(self):
        for capacity in ("representative", "guardian"):
            with self._refused("act for themselves"):
                self._note_party(self.dispute, self.customer, capacity)

    def test_nobody_inherits_from_the_living(self):
        son = self._new_contact("Son")
        for claimed in (self.env["iso10003.party"], self.complainant):
            with self._refused("somebody who died"):
                self._note_party(self.dispute, son, "heir", for_id=claimed.id)

    def test_a_capacity_of_another_kind_of_file(self):
        with self._refused("Our lawyer"):
            self._note_party(self.dispute, self.lawyer.partner_id, "own_lawyer")

    def test_for_a_party_of_another_file(self):
        other = self._open_dispute(self._new_ticket())
        with self._refused("belongs to another file"):
            self._represent(for_id=other.party_ids.id)
        witness = self._note_party(self.dispute, self._new_contact("W"), "witness")
        with self._refused("took over their claim"):
            self._represent(for_id=witness.id)

    def test_a_person_of_another_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        theirs = self._new_contact("Theirs", company_id=company.id)
        with self._refused("another company"):
            self._note_party(self.dispute, theirs, "witness")

    def test_only_who_leads_the_file_notes_its_parties(self):
        for user in (self.stranger, self.auditor, self.sponsor, self.counsel):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._note_party(
                    self.dispute.with_user(user), self.lawyer.partner_id, "witness"
                )

    def test_parties_of_a_closed_file_stay(self):
        party = self._represent(**self.MANDATE)
        self._lead_to(self.dispute, "closed")
        for change in (
            lambda: party.write({"note": "x"}),
            lambda: party.action_end("mandate_ended", "Over."),
            lambda: self._note_party(self.dispute, self._new_contact("W"), "witness"),
        ):
            with self.assertRaisesRegex(UserError, "is closed"):
                change()
        self.assertTrue(self._may_read(self.lawyer))

    def test_who_took_part_is_not_deleted(self):
        party = self._represent()
        with self.assertRaises(AccessError):
            party.unlink()
        with self.assertRaisesRegex(UserError, "stays on record"):
            party.with_user(self.manager).unlink()

    # ------------------------------------------------------------
    # The gate, and readiness
    # ------------------------------------------------------------

    def test_the_gate_asks_for_missing_documents(self):
        self._lead_to(self.dispute, "notice")
        gate = self.dispute._gate_mandate_shown
        self.assertTrue(gate())
        party = self._represent()
        self.assertFalse(gate())
        checklist = {line["code"]: line for line in self.dispute.gate_checklist}
        self.assertFalse(checklist["mandate_shown"]["met"])
        party.action_show_mandate(PAPER)
        self.assertTrue(gate())

    def test_readiness_counts_missing_documents(self):
        disputes = self.env["iso10003.dispute"]
        rule = disputes._audit_file_complete(self.company)
        self._lead_to(self.dispute, "notice")
        self._fill_in(self.dispute)
        self.env.flush_all()
        self.assertNotIn(self.dispute, disputes.search(rule.population & rule.broken))
        self._represent()
        self.env.flush_all()
        self.assertIn(self.dispute, disputes.search(rule.population & rule.broken))
