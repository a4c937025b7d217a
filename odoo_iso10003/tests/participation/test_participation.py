# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from ..common import ADDON
from .invitation_common import InvitationCase


class TestTheirAnswer(InvitationCase):
    """What the complainant answers chooses a way, and settles method and provider."""

    def test_yes_settles_method_and_provider(self):
        invitation = self._invite()
        line = invitation.line_ids.filtered(
            lambda line: line.method_id == self.arbitration
        )
        answer = self._answer(line_id=line.id)
        self.assertEqual(answer.state, "given")
        self.assertFalse(answer.remarks)
        self.assertEqual(self.dispute.method, "determinative")
        self.assertEqual(self.dispute.method_id, self.arbitration)
        self.assertEqual(self.dispute.provider_id, self.body)
        self.assertEqual(self.dispute.part_line_id, line)
        [row] = self._rows("way_settled")
        self.assertEqual(row.summary, "Arbitration · The Board")
        [row] = self._rows("part_answer")
        self.assertIn("Takes part", row.summary)

    def test_settled_it_is_changed_by_a_deed_with_a_reason(self):
        self._invite()
        self._answer()
        for vals in ({"method": "advisory"}, {"provider_id": False}):
            with self.assertRaisesRegex(UserError, "Change the way"):
                self.dispute.write(vals)
        with self.assertRaisesRegex(UserError, "Change the way"):
            self.dispute.with_user(self.manager).action_choose_method(
                self.arbitration.id, {}, "Better"
            )
        dialog = self._open(self.dispute.action_ask_way())
        dialog.method_id, dialog.provider_id = self.arbitration, self.board
        dialog.reason = "Both sides want a decision."
        dialog.save().action_confirm()
        self.assertEqual(self.dispute.method_id, self.arbitration)
        self.assertEqual(self.dispute.method_reason, "Both sides want a decision.")
        self.assertEqual(self._rows("way_settled")[-1].note, dialog.reason)
        with self.assertRaisesRegex(UserError, "a reason is needed"):
            self.dispute.action_change_way(self.mediation.id, self.board.id, " ")
        for user in (self.counsel, self.auditor):
            with self.assertRaises(AccessError):
                self.dispute.with_user(user).action_change_way(
                    self.mediation.id, self.board.id, "Because we may."
                )

    def test_what_was_not_agreed_is_filled_in_as_ever(self):
        self.dispute.write({"method": "advisory", "provider_id": self.body.id})
        with self.assertRaisesRegex(UserError, "no way was agreed on"):
            self.dispute.action_change_way(self.mediation.id, self.board.id, "Why")

    def test_for_some_claims_only(self):
        claims = self.dispute.env["iso10003.claim"].create(
            [
                {"dispute_id": self.dispute.id, "name": name, "amount": 10}
                for name in ("Price", "Plumber")
            ]
        )
        self._invite()
        for answer, chosen in (("some", []), ("yes", claims.ids)):
            with (
                self.assertRaisesRegex(ValidationError, "choose claims"),
                self.env.cr.savepoint(),
            ):
                self._answer(answer, claim_ids=chosen)
        answer = self._answer("some", claim_ids=claims[0].ids)
        self.assertEqual(answer.claim_ids, claims[0])

    def test_after_the_time_it_counts_for_a_reason(self):
        self._invite()
        with freeze_time(self._ahead(20)):
            with (
                self.assertRaisesRegex(ValidationError, "why it still"),
                self.env.cr.savepoint(),
            ):
                self._answer()
            answer = self._answer(reasons="She was in hospital.")
        self.assertTrue(answer.late)
        self.assertIn("after the last day", answer.remarks)
        self.assertEqual(self.dispute.provider_id, self.body)

    def test_a_provider_that_expired_meanwhile_settles_nothing(self):
        self._invite()
        self.board.credential_ids.valid_to = self._ago(1)
        answer = self._answer()
        self.assertIn("No accreditation", answer.remarks)
        self.assertIn("Invite anew", answer.remarks)
        self.assertFalse(self.dispute.provider_id)
        self.assertFalse(self.dispute.part_line_id)

    def test_a_way_of_an_invitation_that_was_replaced_settles_nothing(self):
        first = self._invite()
        self._invite()
        self._answer(invitation_id=first.id, line_id=first.line_ids[:1].id)
        self.assertFalse(self.dispute.provider_id)

    def test_who_has_no_part_does_not_settle(self):
        lawyer = self.env["res.partner"].create({"name": "Lawyer"})
        party = self._note_party(self.dispute, lawyer)
        self._invite()
        answer = self._answer(party_id=party.id)
        self.assertIn("no document", answer.remarks)
        self.assertFalse(self.dispute.provider_id)
        other = self._open_dispute(self._new_ticket())
        with self.assertRaisesRegex(ValidationError, "belongs to another file"):
            self._answer(party_id=other.party_ids.id)

    def test_nobody_answers_before_it_was_sent(self):
        self._invite()
        with self.assertRaisesRegex(ValidationError, "before it was sent"):
            self._answer(date=self._ago(3))

    def test_it_stays_as_it_is(self):
        self._invite()
        answer = self._answer()
        for vals in ({"answer": "no"}, {"date": self._ago(1)}, {"state": "draft"}):
            with self.assertRaises(UserError):
                answer.with_user(self.manager).write(vals)
        for user in (self.handler, self.manager):
            with self.assertRaises(UserError):
                answer.with_user(user).unlink()
        for user in (self.stranger, self.auditor, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._answer(user=user)

    # ------------------------------------------------------------
    # No answer
    # ------------------------------------------------------------

    def _find_tasks(self):
        activity = self.env.ref(f"{ADDON}.activity_invite")
        return self.dispute.sudo().activity_ids.filtered(
            lambda one: one.activity_type_id == activity
        )

    def test_silence_is_a_task_and_ends_nothing(self):
        invitation = self._invite()
        with (
            self.assertRaisesRegex(ValidationError, "not over"),
            self.env.cr.savepoint(),
        ):
            self._answer("none")
        after = invitation.until + timedelta(days=1)
        self.env.flush_all()
        crons = self.env.registry["ir.cron"]
        with (
            freeze_time(f"{after} 06:00:00"),
            patch.object(crons, "_commit_progress", lambda *_args, **_kw: 1),
        ):
            self.env["iso10003.alarm"]._sweep()
            self.env.invalidate_all()
            self.assertIn("note the silence", self._find_tasks().summary)
            self.assertEqual(self.dispute.state, "referral")
            self.assertFalse(self.dispute.declined_by)
            self._answer("none")
        self.assertEqual(self.dispute.declined_by, "complainant")
        self.assertEqual(self.dispute.state, "referral")
        self.assertFalse(self._find_tasks().filtered("active"))

    def test_who_takes_part_after_all_takes_it_back(self):
        self._invite()
        self._answer("no")
        self.assertEqual(self.dispute.declined_by, "complainant")
        self._give_answer("no", reasons="Not with this board.")
        self.assertEqual(self.dispute.declined_by, "organization")
        self._give_answer("yes")
        self.assertEqual(self.dispute.declined_by, "complainant")
        self._answer("yes")
        self.assertFalse(self.dispute.declined_by)

    def test_other_recourse_comes_after_a_refusal(self):
        self._invite()
        self._answer("no", reasons="I go to court.")
        self.dispute.invalidate_recordset()
        step = self.dispute.next_step
        self.assertEqual(
            (step["code"], step["label"]), ("declined", "Tell of other recourse")
        )
        action = self.dispute.action_next_step()
        self.assertEqual(action["context"]["default_kind"], "other_recourse")
        self._open(action).save().action_send()
        self.dispute.invalidate_recordset()
        self.assertEqual(self.dispute.next_step["label"], "End the file")
        action = self.dispute.action_next_step()
        self.assertEqual(action["context"]["default_early_end"], "not_pursued")


class TestOurAnswer(InvitationCase):
    """Whether we take part is a deed of its own, given by a letter (7.3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._lead_to(cls.dispute, "notice")
        cls._give(cls.dispute, {**cls._wanted("notice"), "part_answered_date": False})

    def test_the_gate_blocks_until_it_is_given(self):
        with self.assertRaisesRegex(UserError, "whether we take part"):
            self.dispute.action_advance()
        self.dispute.invalidate_recordset()
        step = self.dispute.next_step
        self.assertEqual(
            (step["code"], step["label"]),
            ("part_answered", "Answer whether we take part"),
        )
        form = self._open(self.dispute.action_next_step())
        self.assertEqual((form.answer, form.basis), ("yes", "free"))
        answer = form.save()
        self.assertEqual(answer.state, "draft")
        action = answer.with_context(leads_on=True).action_write_letter()
        letter = self._open(action)
        self.assertIn("We take part.", letter.body)
        letter.save().action_send()
        self.assertEqual(answer.state, "given")
        self.assertEqual(self.dispute.part_answered_date, self.today)
        self.assertEqual(self.dispute.state, "evaluation")

    def test_it_is_given_and_acknowledges_the_notice_with_one_press(self):
        self._record(self.dispute, acknowledged_date=False)
        form = self._open(self.dispute.action_answer_part())
        answer = form.save()
        answer.action_answer_and_send()
        answer.action_answer_and_send()  # pressed twice
        self.assertEqual(answer.state, "given")
        letters = self.dispute.file_ids.letter_ids
        self.assertEqual(letters.mapped("kind"), ["participation_answer"])
        self.assertEqual(self.dispute.acknowledged_date, self.today)
        self.assertFalse(self.dispute._is_bare("acknowledged"))
        self.assertEqual(self.dispute.state, "evaluation")

    def test_before_a_notice_there_is_nothing_to_acknowledge(self):
        dispute = self._open_dispute(self._new_ticket())
        answer = self._decide(dispute=dispute)
        answer.action_answer_and_send()
        self.assertEqual(answer.state, "given")
        self.assertFalse(dispute.acknowledged_date)

    def test_what_somebody_has_to_approve_is_not_sent_by_it(self):
        answer = self._decide()
        answer._guarded_write({"state": "asked"})
        answer.action_answer_and_send()
        self.assertFalse(self.dispute.part_answered_date)

    def test_bound_beforehand_it_names_what_binds(self):
        with (
            self.assertRaisesRegex(ValidationError, "name the article"),
            self.env.cr.savepoint(),
        ):
            self._decide(basis="law")
        answer = self._give_answer(basis="law", reference="Article 5 of the ADR act")
        self.assertIn("Article 5 of the ADR act", answer.letter_id.body)
        self.assertIn("Bound by law", answer.letter_id.body)

    def test_declining_says_why_and_blocks_the_way(self):
        with (
            self.assertRaisesRegex(ValidationError, "say why we decline"),
            self.env.cr.savepoint(),
        ):
            self._decide("no")
        answer = self._give_answer("no", reasons="The board does not know the trade.")
        self.assertIn("We do not take part.", answer.letter_id.body)
        self.assertIn("does not know the trade", answer.letter_id.body)
        self.assertEqual(self.dispute.declined_by, "organization")
        with self.assertRaisesRegex(UserError, "whether we take part"):
            self.dispute.action_advance()
        self.dispute.invalidate_recordset()
        self.assertEqual(self.dispute.next_step["code"], "declined")
        [row] = [
            one for one in self._rows("part_answer") if one.data["change"] == "noted"
        ]
        self.assertNotIn("does not know the trade", str(row.data))
        self._give_answer(basis="membership", reference="Rule 3 of the guild")
        self.assertFalse(self.dispute.declined_by)
        # nothing else was wanted, so the letter led the file on
        self.assertEqual(self.dispute.state, "evaluation")

    def test_who_is_bound_does_not_decline(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self._decide("no", reasons="No", basis="law", reference="Article 5")

    def test_a_letter_without_an_answer_is_not_sent(self):
        letter = self._open(self.dispute.action_write_letter("participation_answer"))
        letter.subject, letter.body = "Yes", "<p>Yes.</p>"
        letter = letter.save()
        with self.assertRaisesRegex(UserError, "Answer whether we take part"):
            letter.action_send()

    def test_one_that_was_not_sent_is_replaced(self):
        first = self._decide()
        self.assertIn("default_file_id", self.dispute.action_answer_part()["context"])
        second = (
            self.env["iso10003.participation"]
            .with_user(self.handler)
            .create(
                {
                    "dispute_id": self.dispute.id,
                    "side": "organization",
                    "answer": "no",
                    "basis": "free",
                    "reasons": "Too late.",
                }
            )
        )
        self.assertEqual((first.state, second.state), ("dropped", "draft"))

    def test_the_one_who_handled_the_complaint_does_not_decline_alone(self):
        self._set_strict("rejection_complaint")
        self.ticket.user_id = self.handler
        with self.assertRaisesRegex(ValidationError, "somebody else|complaint"):
            self._decide("no", reasons="Too late.")

    def _set_strict(self, code):
        self.env.cr.execute(
            "UPDATE iso10003_segregation SET strength = 'strict' "
            "WHERE policy_id = %s AND code = %s",
            [self.dispute.policy_id.id, code],
        )
        self.env.registry.clear_cache()
        self.env.invalidate_all()

    # ------------------------------------------------------------
    # Tiers
    # ------------------------------------------------------------

    def _limit_handlers(self, amount):
        policy = self.dispute.policy_id
        tier = policy.sudo().tier_ids.filtered(lambda one: one.level == "handler")
        self.env.cr.execute(
            "UPDATE iso10003_policy_tier SET unlimited = FALSE, amount = %s "
            "WHERE id = %s",
            [amount, tier.id],
        )
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        self.dispute.amount_claimed = amount + 1
        self.dispute.with_user(self.handler).action_choose_method(
            self.arbitration.id, {}, "It binds."
        )

    def test_beyond_the_tier_somebody_else_approves_it_first(self):
        self._limit_handlers(100)
        answer = self._decide()
        self.assertEqual(answer.state, "asked")
        activity = self.env.ref(f"{ADDON}.activity_part_answer")
        task = self.dispute.sudo().activity_ids.filtered(
            lambda one: one.activity_type_id == activity
        )
        self.assertTrue(task.user_id.has_group(f"{ADDON}.group_manager"))
        letter = self._open(self.dispute.action_write_letter("participation_answer"))
        letter.subject, letter.body = "Yes", "<p>Yes.</p>"
        letter = letter.save()
        with self.assertRaisesRegex(UserError, "waits for the approval"):
            letter.action_send()
        with self.assertRaises(UserError):
            answer.with_user(self.handler).action_approve()
        with self.assertRaises(UserError):
            answer.write({"state": "draft"})
        answer.with_user(self.manager).action_approve()
        self.assertEqual((answer.state, answer.approved_by_id), ("draft", self.manager))
        letter.action_send()
        self.assertEqual(answer.state, "given")

    def test_nobody_approves_the_own_answer(self):
        self._limit_handlers(100)
        self.dispute.policy_id.sudo().tier_ids.filtered(
            lambda one: one.level == "manager"
        )
        self.env.cr.execute(
            "UPDATE iso10003_policy_tier SET unlimited = FALSE, amount = 100 "
            "WHERE policy_id = %s AND level = 'manager'",
            [self.dispute.policy_id.id],
        )
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        answer = self._decide(user=self.manager)
        self.assertEqual(answer.state, "asked")
        with self.assertRaises(UserError):
            answer.with_user(self.manager).action_approve()
        with self.assertRaisesRegex(UserError, "beyond your tier"):
            answer.with_user(self.chief).action_approve()
        answer.with_user(self.sponsor).action_approve()
        self.assertEqual(answer.state, "draft")

    def test_bound_or_without_binding_result_no_tier_is_asked(self):
        self._limit_handlers(100)
        bound = self._decide(basis="law", reference="Article 5")
        self.assertEqual(bound.state, "draft")
        self._open(bound.action_write_letter()).save().action_send()
        self.dispute.action_choose_method(self.mediation.id, {}, "They talk.")
        self.assertEqual(self._decide().state, "draft")
