# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One letter for many consumers, led to the end of each (file 8)."""

from odoo.exceptions import AccessError

from ..common import PAPER
from ..proceeding.test_files_to_the_end import ResolvedCase

TEXT = "The lift has stood still for five weeks."


class TestFilesOfMany(ResolvedCase):
    """File 8: one complaint of each, a minor, somebody who dies, an issue of all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["res.partner"].create(
            [
                {"name": name, "email": f"{name.lower()}@example.com"}
                for name in ("Minou", "Bastiaan", "Cornelis")
            ]
        )

    def _split(self):
        """Make one complaint, and one dispute, of each for whom the letter speaks."""
        letter = self.dispute.ticket_id.with_user(self.handler)
        letter.action_split(self.people.ids, TEXT)
        return letter._find_split().dispute_ids.with_user(self.handler)

    def _act_for_a_minor(self, dispute):
        mother = self.env["res.partner"].create(
            {"name": "The mother", "email": "mother@example.com"}
        )
        party = self._note_party(
            dispute, mother, "guardian", for_id=dispute.party_ids.filtered("leads").id
        )
        party.action_show_mandate(PAPER, "birth.pdf")
        self.assertTrue(party.reads)

    def _enter(self, issue, **values):
        action = issue.action_enter_for_all()
        dialogs = issue.env[action["res_model"]].with_context(**action["context"])
        return dialogs.create(values).action_confirm()

    def test_8_each_is_led_to_its_end_and_one_waits_for_an_heir(self):
        disputes = self._split()
        self.assertEqual(disputes.partner_id, self.people)
        minor, dying, third = (
            disputes.filtered(lambda one, person=person: one.partner_id == person)
            for person in self.people
        )
        self._act_for_a_minor(minor)
        issues = self.env["iso10003.issue"].with_user(self.manager)
        issue = issues.create({"name": "The lift stands still"})
        issue.action_take_files(disputes.ids)
        issue = issue.with_user(self.handler)
        for one in disputes:
            self._give(one, self._wanted("referral"))
            self._claim("The rent", 300, dispute=one)
        self._enter(
            issue,
            what="notice",
            provider_id=self.board.id,
            reference="L-1",
            pending_elsewhere="no",
        )
        self.assertEqual(len(disputes.notice_ids), 3)
        for one in disputes:
            self._go_to_evaluation(one)
            self._evaluate(one, exposure_likely=100, exposure_most=300)
            self._state_position(dispute=one)
        # one of them dies: that matter stops, the others go on
        leads = dying._find_claiming().filtered("leads")
        leads.with_user(self.manager).action_end("death", "The family wrote.")
        self.assertFalse(dying._gate_complainant_known())
        self._enter(
            issue,
            what="result",
            outcome="settled_facilitated",
            gives="amount",
            amount=200,
            reason="One paper for all of them.",
        )
        going_on = minor | third
        self.assertEqual(set(going_on.mapped("outcome")), {"settled_facilitated"})
        for one in going_on:
            self._end(one)
        self.assertNotEqual(dying.state, "closed")
        heir = self.env["res.partner"].create(
            {"name": "The daughter", "email": "daughter@example.com"}
        )
        self._note_party(dying, heir, "heir", for_id=leads.id).action_show_mandate(
            PAPER, "inheritance.pdf", kind="inheritance"
        )
        self.assertEqual(dying.partner_id, heir)
        self.assertTrue(dying._gate_complainant_known())
        self._end(dying)
        self._check_each_reads_the_own_one(disputes, third)

    def _end(self, dispute):
        """Pay what one file gives, and close it."""
        self.dispute = dispute
        self._pay(dispute.result_ids)
        self._close()

    def _check_each_reads_the_own_one(self, disputes, own):
        user = self._new_user(
            "one_of_many", "base.group_portal", partner_id=own.partner_id.id
        )
        found = (
            self.env["iso10003.dispute"]
            .with_user(user)
            .search([("id", "in", disputes.ids)])
        )
        self.assertEqual(found.ids, own.ids)
        with self.assertRaises(AccessError):
            (disputes - own)[:1].with_user(user).read(["name"])
        for one in disputes:
            told = " ".join(one.sudo().letter_ids.mapped("body"))
            for other in (disputes - one).partner_id:
                self.assertNotIn(other.name, told)
