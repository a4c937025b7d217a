# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who sits in a proceeding: appointed, declared, challenged, replaced (4.9)."""

from odoo.exceptions import AccessError, UserError, ValidationError

from ..common import PAPER
from .test_proceeding import ProceedingCase


class TestSeat(ProceedingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.proceeding = cls._propose(
            cls.dispute, "arbitration", proposed_date="2026-03-01"
        )
        people = cls.env["res.partner"]
        cls.judge, cls.other = people.create([{"name": "Judge"}, {"name": "Other"}])
        cls.seat = cls._sit(cls.judge)

    @classmethod
    def _sit(cls, person, proceeding=None, **values):
        proceeding = proceeding or cls.proceeding
        action = proceeding.action_add_seat()
        seats = proceeding.env[action["res_model"]]
        return seats.with_context(**action["context"]).create(
            {"partner_id": person.id, "appointed_date": "2026-03-02", **values}
        )

    def _rows(self):
        rows = self.proceeding.sudo().register_ids
        return rows.filtered(lambda row: row.event == "seat")

    def test_it_is_noted_once_and_sealed(self):
        self.assertEqual(len(self._rows()), 1)
        self.assertIn("Judge", self._rows().summary)
        with self.assertRaises(UserError):
            self.seat.partner_id = self.other
        with self.assertRaises(UserError):
            self.seat.sudo().unlink()

    def test_a_side_does_not_sit(self):
        for person in (self.customer, self.company.partner_id):
            with self.subTest(person=person.name), self.assertRaises(ValidationError):
                self._sit(person)

    def test_challenged_and_upheld_somebody_else_sits(self):
        with self.assertRaises(UserError):
            self.seat.action_challenge(" ")
        with self.assertRaises(UserError):
            self.seat.action_decide_challenge("upheld")
        self.seat.action_challenge(
            "He was their adviser.", "organization", "2026-03-05"
        )
        with self.assertRaises(UserError):
            self.seat.action_challenge("Once more.")
        self.seat.action_decide_challenge("upheld", "2026-03-09")
        self.assertEqual((self.seat.state, self.seat.decision), ("left", "upheld"))
        action = self.seat.action_replace(self.other.id, "both", "2026-03-12")
        following = self.seat.browse(action["res_id"])
        self.assertEqual(following.replaces_id, self.seat)
        self.assertEqual(following.appointed_by, "both")
        with self.assertRaises(UserError):
            self.seat.action_challenge("Too late.")

    def test_rejected_they_sit_on(self):
        self.seat.action_challenge("He was their adviser.", date="2026-03-05")
        self.seat.action_decide_challenge("rejected", "2026-03-09")
        self.assertEqual((self.seat.state, self.seat.decision), ("sits", "rejected"))

    def test_what_cannot_be_is_refused(self):
        with self.assertRaises(UserError):
            self.seat.action_leave("2026-02-01")
        with self.assertRaises(UserError):
            self.seat.action_replace(self.other.id)
        with self.assertRaises(UserError):
            self.seat.action_challenge("Why", "nobody")

    def test_the_gate_asks_who_sits(self):
        body = self._body()
        self.proceeding.action_end("withdrawn", "Another body.")
        following = self._propose(self.dispute, "arbitration", body_id=body.id)
        day = following.proposed_date
        seat = self._sit(self.judge, following, appointed_date=day)
        self.assertFalse(self.dispute._gate_resolver_declared())
        action = seat.action_note_declaration()
        self.assertEqual(action["context"]["default_person_id"], self.judge.id)
        self.dispute.action_note_resolver("none", PAPER, person_id=self.judge.id)
        seat.invalidate_recordset(["declared"])
        self.assertTrue(seat.declared)
        self.assertTrue(self.dispute._gate_resolver_declared())

    def test_who_may_not_lead_the_file_notes_nothing(self):
        for user in (self.stranger, self.counsel, self.auditor, self.sponsor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.seat.with_user(user).action_leave()
