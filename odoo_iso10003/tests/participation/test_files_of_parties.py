# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files 8 and 18: many who complain, and one who is not reached, up to our position."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from ..common import ADDON, PAPER
from .test_files import FileCase


class TestManyWhoComplain(FileCase):
    """File 8, each a complaint of its own: a minor, heirs, an assignee, and another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            name: cls._new_user(
                f"many_{name}",
                "base.group_portal",
                name=f"{name.title()} Example",
                email=f"{name}@example.com",
            )
            for name in ("minor", "parent", "dead", "heir", "seller", "buyer", "plain")
        }
        tickets = cls.env["helpdesk.ticket"].union(
            *(
                cls._new_ticket(name=f"Of {name}", partner_id=cls._contact(name).id)
                for name in ("minor", "dead", "seller", "plain")
            )
        )
        tickets.with_user(cls.handler).action_open_dispute()
        cls.minor, cls.dead, cls.sold, cls.plain = tickets.with_user(
            cls.handler
        ).dispute_ids.sorted("id")
        cls.all = cls.minor | cls.dead | cls.sold | cls.plain
        for dispute in cls.all:
            cls._give(dispute, cls._wanted("referral"))

    @classmethod
    def _contact(cls, name):
        return cls.people[name].partner_id

    def _reading(self, name):
        """Return the files that somebody reads on their portal."""
        self.env.invalidate_all()
        found = self.env["iso10003.dispute"].with_user(self.people[name]).search([])
        return found.with_env(self.all.env)

    def _end(self, dispute, kind, successor=None, **values):
        """Note who left a file, as the manager does, and who follows on which paper."""
        party = dispute.party_ids.filtered("leads").with_user(self.manager)
        followed = successor and {
            "partner_id": self._contact(successor).id,
            "mandate": PAPER,
            "mandate_name": "paper.pdf",
            "mandate_kind": "inheritance" if kind == "death" else "assignment",
            **values,
        }
        party.action_end(kind, "The family wrote.", successor=followed)

    def test_8_each_is_led_by_whose_it_is(self):
        # a minor: the parent reads and agrees, on a document
        minor = self.minor.party_ids
        parent = self._note_party(
            self.minor, self._contact("parent"), "guardian", for_id=minor.id
        )
        self.assertFalse(self._reading("parent"))
        parent.action_show_mandate(PAPER, kind="law")
        self.assertEqual(self._reading("parent"), self.minor)
        # one dies: that file waits, and the others go on
        self._end(self.dead, "death")
        self.assertFalse(self.dead._get_addressees("parties"))
        for dispute in self.all - self.dead:
            self._notify(dispute, reference=f"AB-{dispute.id}")
        told = self.all.action_advance()
        self.assertIn("3 of 4", told["params"]["message"])
        self.assertIn(self.dead.name, told["params"]["message"])
        self.assertEqual(self.dead.state, "referral")
        self.assertEqual(set((self.all - self.dead).mapped("state")), {"notice"})
        # one sold the claim: who bought it has it, the former reads nothing more
        self._end(self.sold, "assignment", "buyer")
        self.assertEqual(self._reading("buyer"), self.sold)
        self.assertFalse(self._reading("seller"))
        # consent is asked anew of who follows
        self.assertTrue(self.sold._find_not_consenting())
        # an heir is named: the file goes on
        heir = self._note_party(
            self.dead, self._contact("heir"), "heir", for_id=self.dead.party_ids[:1].id
        )
        heir.action_show_mandate(PAPER, kind="inheritance")
        self.assertEqual(self._reading("heir"), self.dead)
        self._notify(self.dead, reference="AB-late")
        self._lead_on_to_the_position(self.all)
        # each reads only their own, and letters went to whose file it is
        for name, own in (
            ("parent", self.minor),
            ("minor", self.minor),
            ("heir", self.dead),
            ("buyer", self.sold),
            ("plain", self.plain),
        ):
            with self.subTest(name):
                self.assertEqual(self._reading(name), own)
                self._check_letter(own, name)
        for name in ("dead", "seller"):
            self.assertFalse(self._reading(name), name)

    def _lead_on_to_the_position(self, disputes):
        for dispute in disputes:
            for party in dispute._find_not_consenting():
                self._agree(dispute, party)
            self._go_to_evaluation(dispute)
            self._evaluate(dispute)
            self._state_position(dispute=dispute)

    def _check_letter(self, dispute, name):
        position = dispute.sudo().position_ids.letter_id
        self.assertEqual(position.state, "sent")
        self.assertIn(self._contact(name), position.partner_ids)
        own = position.with_user(self.people[name])
        others = (self.all - dispute).sudo().position_ids.letter_id
        for letter in others:
            with self.assertRaises(AccessError):
                letter.with_user(own.env.user).read(["subject"])

    def test_8_who_has_no_document_yet_neither_reads_nor_agrees(self):
        heir = self._note_party(
            self.plain,
            self._contact("heir"),
            "guardian",
            for_id=self.plain.party_ids[:1].id,
        )
        self.assertFalse(self._reading("heir"))
        self._notify(self.plain)
        self.plain.action_advance()
        consent = self._agree(self.plain, heir)
        self.assertFalse(consent.counts)
        heir.action_show_mandate(PAPER, kind="power")
        self.assertTrue(consent.counts)


class TestNotReached(FileCase):
    """File 18: who complained is not reached, and the file goes on to our position."""

    def _attempt(self, channel, result):
        attempts = self.dispute.env["iso10003.attempt"]
        party = self.dispute.sudo().party_ids.filtered("leads")
        return attempts.create(
            {
                "party_id": party.id,
                "channel": channel,
                "result": result,
                "note": f"In {self.dispute.state}.",
            }
        )

    def _bounce(self, letter):
        self.env["iso10003.letter"]._find_by_mail([letter.message_id])._come_back(
            self.customer.email, "No such user"
        )

    def _by_post(self, action, **values):
        """Send a letter by post, with what shows that it went."""
        letter = self._open(action).save()
        letter.write(
            {"channel": "post", "scan": PAPER, "scan_name": "receipt.pdf", **values}
        )
        letter.action_send()
        return letter

    def test_18_attempts_in_every_state_and_a_last_letter_with_a_way_back(self):
        self.customer.write({"street": "Street 1", "city": "Town"})
        # 7.2: the invitation comes back, which is a task; other ways are tried
        invitation = self._invite()
        self._bounce(invitation.letter_id)
        self.assertIn("No such user", invitation.letter_id.undelivered)
        tasks = self.dispute.sudo().activity_ids.mapped("summary")
        self.assertTrue(any("did not reach" in (one or "") for one in tasks), tasks)
        self._attempt("phone", "no_answer")
        self._attempt("post", "returned")
        # silence ends nothing by itself
        self.env.flush_all()
        with freeze_time(f"{invitation.until + timedelta(days=1)} 06:00:00"):
            self.env.invalidate_all()
            self._answer("none")
            self.assertEqual(
                (self.dispute.declined_by, self.dispute.state),
                ("complainant", "referral"),
            )
            # a last letter says how to come back
            letter = self._by_post(self.dispute.action_write_letter("other_recourse"))
            self.assertIn("Street 1", letter.sent_to[0]["address"])
            self.assertNotIn("No scan", letter.remarks)
            # … and they do, late: it counts with a reason
            self._answer(reasons="She was abroad, and wrote as soon as she knew.")
            self.assertFalse(self.dispute.declined_by)
            # 7.3 to 7.4: somebody else brings it there, and nobody reaches her again
            self._notify()
            self._agree(self.dispute)
            self.dispute.action_advance()
            self._attempt("phone", "word_left")
            self._go_on()
            self._evaluate()
            self._attempt("person", "wrong")
            position = self._draft_position()
            own = position.with_user(self.manager)
            own.dispute_id._confirm_own(["authorizer"])
            own.action_approve()
            self._by_post(self.dispute.action_write_letter("position"))
            self.assertEqual(position.state, "sent")
            if self.dispute.state == "position":
                self.dispute.action_advance()
            self._attempt("phone", "no_answer")
        self.assertEqual(self.dispute.state, "resolution")
        found = self._rows("attempt")
        self.assertEqual(len(found), 5)
        attempts = self.dispute.env["iso10003.attempt"].search(
            [("file_id", "=", self.dispute.file_ids.id)]
        )
        self.assertEqual(
            {one.note for one in attempts},
            {
                f"In {state}."
                for state in ("referral", "notice", "position", "resolution")
            },
        )
        chain = self.env["iso10003.register"].sudo()  # as an auditor asks it
        self.assertFalse(chain.verify_chain([f"iso10003.dispute,{self.dispute.id}"]))

    def _go_on(self):
        self.dispute.write(
            {
                "remedy_sought": "The price",
                "category_id": self.env.ref(f"{ADDON}.category_warranty").id,
            }
        )
        self._decide().action_answer_and_send()
        if not self.dispute.acknowledged_date:
            self._send(self.dispute.action_write_letter("acknowledgement"))
        if self.dispute.state == "notice":
            self.dispute.action_advance()
        self.assertEqual(self.dispute.state, "evaluation")

    def test_18_a_letter_without_an_address_is_not_sent(self):
        self.customer.email = False
        letter = self._open(self.dispute.action_write_letter("progress")).save()
        letter.body = "<p>We are still at it.</p>"
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            letter.action_send()
        self.assertEqual(letter.state, "draft")
