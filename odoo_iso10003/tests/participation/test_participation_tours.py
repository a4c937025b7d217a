# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .tours_common import ToursCase


@tagged("-at_install", "post_install")
class TestParticipationTours(ToursCase):
    """What people do up to our position, in a browser, whichever language they read."""

    def test_two_people_lead_a_ticket_to_a_sent_position(self):
        """Sixteen presses and twelve typed fields at most, and no gate is off."""
        two = self.handler | self.evaluator
        self.team.user_ids = two
        self._new_body("Example Board")
        ticket = self._new_ticket(user_id=self.handler.id)
        self._tour("two_people_lead", self.handler, ticket)
        dispute = ticket.dispute_ids
        self.assertEqual(dispute.track, "small")
        self._tour("two_people_evaluate", self.evaluator, dispute)
        self._tour("two_people_answer", self.handler, dispute)
        self.assertEqual(dispute.state, "resolution")
        self.assertEqual(dispute.position_ids.state, "sent")
        self.assertEqual(dispute.position_ids.author_id, self.evaluator)
        self.assertEqual(dispute.position_ids.approved_by_id, self.handler)
        self.assertEqual(dispute.acknowledged_date, dispute.part_answered_date)
        self._check_nothing_left_out(dispute)

    # ------------------------------------------------------------
    # Both languages: selectors are names, so the same tours are played twice
    # ------------------------------------------------------------

    def test_the_way_to_a_sent_position_in_english(self):
        self._play_the_way("en_US")

    def test_the_way_to_a_sent_position_in_persian(self):
        self._play_the_way("fa_IR")

    def _play_the_way(self, lang):
        """Deadlocked, invited, agreed, notified, evaluated, approved and sent."""
        self._speak(lang)
        board = self._new_body("Example Board")
        self.team.user_ids += self.evaluator  # who takes the evaluation of its files
        ticket = self._new_ticket()
        self._tour("invited", self.handler, ticket)
        dispute = ticket.dispute_ids
        self.assertEqual(dispute.provider_id, board.partner_id)
        self.assertEqual(dispute.part_line_id.method_id, board.service_ids.method_id)
        consent = dispute.consent_ids.filtered("sheet_id")
        self.assertEqual(consent.sheet_id.language_id.code, lang)
        self.assertEqual(dispute.state, "evaluation")
        self._tour("evaluated", self.evaluator, dispute)
        self._tour("answered", self.handler, dispute)
        self.assertEqual(dispute.state, "resolution")
        self.assertEqual(dispute.position_ids.state, "sent")
        self._check_on_record(dispute)

    def test_what_else_comes_up_in_english(self):
        self._play_what_comes_up("en_US")

    def test_what_else_comes_up_in_persian(self):
        self._play_what_comes_up("fa_IR")

    def _play_what_comes_up(self, lang):
        self._speak(lang)
        self._new_body("Example Board")
        files = {
            "We apply": self._file("We apply", "referral"),
            "They decline": self._invited_file("They decline"),
            "They withdraw": self._file("They withdraw", "notice"),
            "The board is former": self._file_of_former_board("The board is former"),
        }
        self._fill_in(files["They withdraw"])
        self.start_tour(
            "/odoo/disputes",
            "odoo_iso10003_ways_tour",
            login=self.handler.login,
            timeout=180,
        )
        self.env.invalidate_all()
        self.assertEqual(files["We apply"].begun_by, "organization")
        self.assertFalse(files["We apply"].consent_ids)
        declined = files["They decline"]
        self.assertEqual(
            (declined.declined_by, declined.state), ("complainant", "referral")
        )
        self.assertIn("other_recourse", declined.file_ids.letter_ids.mapped("kind"))
        withdrawn = files["They withdraw"].consent_ids
        self.assertEqual(set(withdrawn.mapped("state")), {"withdrawn"})
        self.assertFalse(files["The board is former"].invited_date)
        for dispute in files.values():
            self._check_on_record(dispute)

    def test_a_conflict_is_found_and_waived(self):
        for lang in ("en_US", "fa_IR"):
            with self.subTest(lang=lang):
                self._speak(lang)
                self.customer.user_id = self.evaluator  # who sold to her
                dispute = self._open_dispute(self._new_ticket())
                self._lead_to(dispute, "evaluation")
                self._give(
                    dispute, {"evaluator_id": self.evaluator.id, "severity": "1"}
                )
                self._submit_sheet(dispute)
                dispute.with_user(self.evaluator).action_confirm_impartial()
                found = dispute.confirmation_ids.filtered(
                    lambda one: one.state == "found"
                )
                self.assertEqual(found.user_id, self.evaluator)
                self._tour("waived", self.manager, dispute)
                self.assertEqual(found.state, "waived")
                self.assertEqual(found.waived_by_id, self.manager)
                self._check_on_record(dispute)

    def _invite(self, dispute):
        invitation = dispute.env["iso10003.invitation"].create(
            {"dispute_id": dispute.id}
        )
        action = invitation.action_write_letter()
        letters = dispute.env["iso10003.letter"].with_context(**action["context"])
        letters.create({}).action_send()

    def _invited_file(self, subject):
        dispute = self._file(subject, "referral")
        self._invite(dispute)
        return dispute

    def _file_of_former_board(self, subject):
        """Its invitation was drafted while the board might be used still."""
        board = self._new_body("Former Board")
        dispute = self._file(subject, "referral")
        dispute.env["iso10003.invitation"].create(
            {
                "dispute_id": dispute.id,
                "line_ids": [
                    Command.create(
                        {
                            "method_id": board.service_ids.method_id.id,
                            "provider_id": board.id,
                        }
                    )
                ],
            }
        )
        board.credential_ids.valid_to = fields.Date.add(self.today, days=-1)
        return dispute
