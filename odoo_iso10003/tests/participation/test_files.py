# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files as people who do this work know them, led to the position that is sent.

Each as those do it whose it is: who handles, who evaluates, who approves.
"""

from odoo.exceptions import UserError

from ..common import ADDON, PAPER
from .invitation_common import InvitationCase


class FileCase(InvitationCase):
    def _send(self, action):
        """Send the letter that a button opened."""
        self._open(action).save().action_send()

    def _notify(self, dispute=None, **values):
        """Record a notice with its dialog."""
        dispute = dispute or self.dispute
        context = dispute.action_record_notice()["context"]
        notices = dispute.env["iso10003.notice"].with_context(**context)
        typed = [name for name, one in notices._fields.items() if not one.readonly]
        return notices.create(
            {
                **notices.default_get([*typed, "replaces_id"]),
                "provider_id": self.board.id,
                "reference": "AB-12/2026",
                "pending_elsewhere": "no",
                "document": PAPER,
                **values,
            }
        )

    def _claim(self, name, amount=0, dispute=None, **values):
        dispute = dispute or self.dispute
        return dispute.env["iso10003.claim"].create(
            {"dispute_id": dispute.id, "name": name, "amount": amount, **values}
        )

    def _go_to_evaluation(self, dispute=None):
        """Take the file from a notice on to its evaluation."""
        dispute = dispute or self.dispute
        if dispute.state == "referral":
            dispute.action_advance()
        dispute.write(
            {
                "remedy_sought": "The price",
                "category_id": self.env.ref(f"{ADDON}.category_warranty").id,
            }
        )
        if not dispute.part_answered_date:
            answer = self._decide(dispute=dispute)
            if answer.state == "asked":  # more is at stake than who leads may decide
                answer.with_user(self.sponsor).action_approve()
            answer.action_answer_and_send()
        if not dispute.acknowledged_date:
            self._send(dispute.action_write_letter("acknowledgement"))
        if dispute.state == "notice":
            dispute.action_advance()
        self.assertEqual(dispute.state, "evaluation")

    def _evaluate(self, dispute=None, **values):
        """Let the evaluator write and submit the sheet; the file goes on by it."""
        dispute = dispute or self.dispute
        dispute.evaluator_id = self.evaluator
        context = dispute.with_user(self.evaluator).action_write_evaluation()["context"]
        sheets = self.env["iso10003.evaluation"].with_user(self.evaluator)
        sheet = sheets.with_context(**context).create(
            {
                "facts": "<p>The drum was faulty.</p>",
                "severity": "0",
                "stance": "contest",
                "reasons": "The terms say so.",
                **values,
            }
        )
        sheet.action_submit()
        self.assertEqual(dispute.state, "position")
        return sheet

    def _draft_position(self, dispute=None, **values):
        """Write our position, where the sheet of a small file did not propose it."""
        dispute = dispute or self.dispute
        position = dispute._find_position("draft")
        if position:
            position.write(values)
            return position
        context = dispute.action_take_position()["context"]
        positions = dispute.env["iso10003.position"].with_context(**context)
        lines = positions.default_get(["line_ids", "dispute_id"])
        return positions.create({**lines, **values})

    def _state_position(self, approver=None, dispute=None, **values):
        """Have our position approved by somebody else, and sent by its letter."""
        dispute = dispute or self.dispute
        position = self._draft_position(dispute, **values)
        own = position.with_user(approver or self.manager)
        own.dispute_id._confirm_own(["authorizer"])
        own.action_approve_and_send()
        self.assertEqual((position.state, dispute.state), ("sent", "resolution"))
        self.assertFalse(
            self.env["iso10003.register"]
            .sudo()
            .verify_chain([f"{dispute._name},{dispute.id}"])
        )
        return position


class TestFiles(FileCase):
    def test_1_a_body_asks_whether_we_take_part(self):
        """File 1: our duty is to answer; silence of the other side ends nothing."""
        policies = self.env["iso10003.policy"].with_user(self.chief)
        present = policies._in_force(self.company, self.today)
        draft = policies.browse(present.action_new_version()["res_id"])
        pack = self.env.ref(f"{ADDON}.rule_pack_eu_adr").with_user(self.chief)
        pack.with_context(**draft.action_choose_packs()["context"]).action_install()
        rules = draft.with_context(active_test=False).rule_ids
        reply = rules.filtered(lambda rule: rule.code == "eu_adr_reply")
        reply.active = True
        draft.with_user(self.manager).action_approve()
        draft.with_user(self.manager).action_put_in_force()
        dispute = self._open_dispute(self._new_ticket())
        dispute.complainant_type = "consumer"
        self._give(dispute, self._wanted("referral"))
        self._notify(dispute)
        limit = dispute.deadline_ids.filtered(lambda one: one.rule_id == reply)
        self.assertEqual(
            (limit.rule_id.code, limit.actor), ("eu_adr_reply", "organization")
        )
        self.assertIn(limit.state, limit.RUNNING)
        # bound by a membership, it is answered and not weighed
        answer = self._decide(
            dispute=dispute, basis="membership", reference="Scheme rules, no. 4"
        )
        answer.action_answer_and_send()
        self.assertEqual((answer.state, limit.state), ("given", "met"))
        self.assertIn("Scheme rules, no. 4", answer.letter_id.body)
        self._go_to_evaluation(dispute)
        self._evaluate(dispute)
        self._state_position(dispute=dispute)

    def test_3_it_comes_back_to_us_and_goes_on(self):
        """File 3: referred back after our own handling was done; one click goes on."""
        self._notify()
        self._go_to_evaluation()
        until = self._ahead(21)
        self.dispute.action_refer_back(until, "Try to settle it first.")
        self.assertEqual(self.dispute.ticket_id.referred_back_until, until)
        self.dispute.evaluator_id = self.evaluator
        with self.assertRaisesRegex(UserError, "Not referred back"):
            self.dispute.action_advance()
        self.dispute.invalidate_recordset()
        self.assertEqual(self.dispute.next_step["code"], "not_referred_back")
        self.dispute.action_next_step()
        self.assertEqual(self.dispute.referred_back_limit_id.state, "met")
        self._evaluate()
        self._state_position()

    def test_10_one_of_three_claims_is_withdrawn(self):
        """File 10: by document; authority measures what is left."""
        for name, amount in (("The price", 800), ("The plumber", 600)):
            self._claim(name, amount)
        fare = self._claim("The fare", 90_000)
        self._notify()
        self._go_to_evaluation()
        self.assertEqual(self.dispute.amount_at_notice, 91_400)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            fare.action_withdraw("She wrote.", False)
        fare.action_withdraw("She wrote.", PAPER)
        self.assertEqual(self.dispute.amount_claimed, 1400)
        self._evaluate(exposure_likely=100, exposure_most=1400)
        position = self._state_position(stance="concede", reasons="It was faulty.")
        self.assertEqual(position.measured_amount, 1400)
        self.assertNotIn("The fare", position.letter_id.body)

    def test_11_we_apply_to_the_provider(self):
        """File 11: the registration stands for the notice, consent is always asked."""
        advice = self.dispute.action_advise_method()
        dialogs = self.dispute.env[advice["res_model"]]
        dialog = dialogs.with_context(**advice["context"]).create(
            {"method_id": self.mediation.id}
        )
        self.assertIn("Both sides begin it together.", dialog.ranking)
        notice = self._notify(begun_by="organization", reference="WE-1")
        self.assertEqual(self.dispute.begun_by, "organization")
        self.assertEqual(self.dispute.notice_date, notice.served_date)
        self.assertFalse(self.dispute.consent_ids)
        self.dispute.action_advance()
        self._decide().action_answer_and_send()
        self.dispute.write(
            {
                "remedy_sought": "The price",
                "category_id": self.env.ref(f"{ADDON}.category_warranty").id,
            }
        )
        with self.assertRaisesRegex(UserError, "consent of whoever claims"):
            self.dispute.action_advance()
        self._agree(self.dispute)
        # what they claim against what we claim
        self._claim("A set-off of their own", 50)
        self._go_to_evaluation()
        self._evaluate()
        self._state_position()

    def test_13_two_bodies_at_once(self):
        """File 13: the same matter in two places warns until somebody says why."""
        other = self._make_provider(
            partner_id=self.env["res.partner"].create({"name": "Second Board"}).id
        )
        self._notify()
        self.dispute.action_advance()
        self._notify(
            provider_id=other.id,
            reference="ZZ-1",
            pending_elsewhere="yes",
            pending_where="The first board",
        )
        self.assertEqual(len(self.dispute.notice_ids), 2)
        self.assertEqual(self.dispute.provider_id, self.body, "the first one leads")
        self.dispute.write(
            {
                "remedy_sought": "The price",
                "category_id": self.env.ref(f"{ADDON}.category_warranty").id,
            }
        )
        self._decide().action_answer_and_send()
        self.assertEqual(
            self.dispute._ask_the_way().unmet.mapped("code"), ["pending_elsewhere"]
        )
        action = self.dispute.action_advance()
        self.assertEqual(
            (self.dispute.state, action["res_model"]),
            ("notice", "iso10003.dispute.step"),
        )
        self.dispute.action_advance("The second board waits for the first one.")
        row = self._rows("transition").sorted("id")[-1]
        self.assertEqual(row.data["passed_over"], ["pending_elsewhere"])
        self.assertIn("waits for the first", row.note)
        self._evaluate()
        self._state_position()
