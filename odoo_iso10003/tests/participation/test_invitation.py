# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from ..common import ADDON
from .invitation_common import InvitationCase


class TestInvitation(InvitationCase):
    """What is offered to the complainant, by a letter that freezes it (7.2)."""

    def test_it_offers_what_suits_of_what_may_be_used(self):
        idle = self.env["res.partner"].create({"name": "Idle", "is_company": True})
        self._make_provider(partner_id=idle.id, credential_ids=False)
        action = self.dispute.action_invite()
        invitation = self.dispute.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(invitation.line_ids.provider_id, self.board)
        self.assertEqual(
            invitation.line_ids.method_id, self.mediation | self.arbitration
        )
        mediation = invitation.line_ids.filtered(
            lambda line: line.method_id == self.mediation
        )
        self.assertIn("free of charge", mediation.cost)
        self.assertIn("45", mediation.duration)
        self.assertEqual(mediation.binding, "Both sides, by what they agree")
        arbitration = invitation.line_ids - mediation
        self.assertIn("40", arbitration.cost)
        self.assertEqual(invitation.until, self._ahead(14))
        # pressed again it is the same draft
        self.assertEqual(self.dispute.action_invite()["res_id"], invitation.id)

    def test_its_letter_sends_and_freezes_it(self):
        invitation = self._invite()
        self.assertEqual(invitation.state, "sent")
        self.assertEqual(invitation.letter_id.kind, "invitation")
        self.assertEqual(self.dispute.invited_date, self.today)
        self.assertFalse(self.dispute._is_bare("invited"))
        body = invitation.letter_id.body
        for words in (
            "Mediation · The Board",
            "free of charge",
            "Binds:",
            "we take it",
        ):
            self.assertIn(words, body)
        self.assertNotIn("⟦", body)
        [row] = [
            one for one in self._rows("invitation") if one.data["change"] == "sent"
        ]
        self.assertEqual(row.data["values"]["digest"], invitation.digest)
        self.assertNotIn("free of charge", str(row.data))
        self.assertIn("sent, answer until", row.summary)
        for change in (
            lambda: invitation.write({"until": self._ahead(90)}),
            lambda: invitation.line_ids[:1].write({"cost": "Nothing"}),
            lambda: invitation.line_ids[:1].unlink(),
            lambda: invitation.unlink(),
            lambda: invitation.line_ids.create(
                {"invitation_id": invitation.id, "method_id": self.mediation.id}
            ),
            lambda: invitation.with_user(self.manager).write({"silence": "nothing"}),
        ):
            with self.assertRaisesRegex(UserError, "sent"), self.env.cr.savepoint():
                change()
        with self.assertRaises(UserError):
            invitation.digest = "0"

    def test_its_sheet_is_in_the_letter(self):
        sheets = self.env["iso10003.information.sheet"]
        english = self.env.ref("base.lang_en")
        sheet = sheets._find(self.company, self.mediation, english)
        self.assertTrue(sheet)
        invitation = self._invite()
        line = invitation.line_ids.filtered(
            lambda line: line.method_id == self.mediation
        )
        self.assertEqual(line.sheet_id, sheet)
        self.assertIn(sheet.process[:40], invitation.letter_id.body)

    def test_a_letter_without_an_invitation_is_not_sent(self):
        letter = self._open(self.dispute.action_write_letter("invitation"))
        letter.subject, letter.body = "Come", "<p>Come.</p>"
        letter = letter.save()
        with self.assertRaisesRegex(UserError, "press “Invite the complainant” first"):
            letter.action_send()
        self.assertFalse(self.dispute.invited_date)

    def test_what_offers_nothing_is_not_sent(self):
        action = self.dispute.action_invite()
        invitation = self.dispute.env[action["res_model"]].browse(action["res_id"])
        for values, words in (
            (
                {"line_ids": [Command.delete(line.id) for line in invitation.line_ids]},
                "it offers nothing",
            ),
            (
                {"line_ids": [Command.create({"method_id": self.mediation.id})]},
                "say who leads it",
            ),
        ):
            invitation.write(values)
            with self.assertRaisesRegex(UserError, words):
                invitation.action_write_letter()

    def test_nobody_is_offered_who_may_not_be_used_by_then(self):
        action = self.dispute.action_invite()
        invitation = self.dispute.env[action["res_model"]].browse(action["res_id"])
        letter = self._open(invitation.action_write_letter()).save()
        self.board.credential_ids.valid_to = self._ago(1)
        self.assertIn("No accreditation", invitation.line_ids[:1].lacks)
        with self.assertRaisesRegex(UserError, "No accreditation"):
            letter.action_send()
        self.assertEqual(invitation.state, "draft")
        self.assertFalse(self.dispute.invited_date)

    def test_a_letter_written_before_something_else_was_offered_is_not_sent(self):
        action = self.dispute.action_invite()
        invitation = self.dispute.env[action["res_model"]].browse(action["res_id"])
        invitation.line_ids.filtered(
            lambda line: line.method_id == self.arbitration
        ).unlink()
        letter = self._open(invitation.action_write_letter()).save()
        invitation.line_ids.method_id = self.arbitration
        with self.assertRaisesRegex(UserError, "does not name.*Arbitration"):
            letter.action_send()

    def test_the_last_day_lies_ahead(self):
        action = self.dispute.action_invite()
        invitation = self.dispute.env[action["res_model"]].browse(action["res_id"])
        invitation.until = self._ago(1)
        with self.assertRaisesRegex(UserError, "the last day to answer"):
            invitation.action_write_letter()

    def test_two_at_once_are_one_draft(self):
        self.dispute.action_invite()
        invitations = self.dispute.env["iso10003.invitation"]
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            invitations.create({"dispute_id": self.dispute.id})

    def test_a_later_one_replaces_it(self):
        first = self._invite()
        second = self._invite()
        self.assertEqual((first.state, second.state), ("replaced", "sent"))
        self.assertEqual(self.dispute.invited_date, self.today)

    def test_who_does_not_lead_the_file_does_not_invite(self):
        invitation = self._invite()
        for user in (
            self.stranger,
            self.auditor,
            self.sponsor,
            self.portal,
            self.agent,
        ):
            dispute = self.dispute.with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                dispute.action_invite()
            with self.assertRaises(AccessError):
                invitation.with_user(user).create({"dispute_id": self.dispute.id})
        abroad = self.env["res.company"].create({"name": "Other Trade"})
        other = self._new_user(
            "other",
            f"{ADDON}.group_manager",
            company_id=abroad.id,
            company_ids=[Command.set(abroad.ids)],
        )
        with self.assertRaises(AccessError):
            invitation.with_user(other).line_ids.read(["cost"])

    def test_a_way_of_another_company_is_not_offered(self):
        abroad = self.env["res.company"].create({"name": "Other Trade"})
        foreign = self.board.sudo().copy({"company_id": abroad.id})
        action = self.dispute.action_invite()
        invitation = self.dispute.env[action["res_model"]].browse(action["res_id"])
        with self.assertRaises(AccessError):
            invitation.line_ids[:1].provider_id = foreign

    # ------------------------------------------------------------
    # It is proposed
    # ------------------------------------------------------------

    def _sweep(self, day):
        self.env.flush_all()
        crons = self.env.registry["ir.cron"]
        with (
            freeze_time(f"{day} 06:00:00"),
            patch.object(crons, "_commit_progress", lambda *_args, **_kw: 1),
        ):
            self.env["iso10003.alarm"]._sweep()
        self.env.invalidate_all()

    def _find_tasks(self, record):
        activity = self.env.ref(f"{ADDON}.activity_invite")
        return record.sudo().activity_ids.filtered(
            lambda one: one.activity_type_id == activity
        )

    def test_a_deadlock_asks_for_it_once(self):
        self._sweep(self.today)
        [task] = self._find_tasks(self.dispute)
        self.assertEqual(task.user_id, self.handler)
        self.assertIn("invite the complainant", task.summary)
        self._sweep(self._ahead(200))
        self.assertEqual(self._find_tasks(self.dispute), task)
        self._invite()
        self.assertFalse(self._find_tasks(self.dispute).filtered("active"))

    def test_a_complaint_that_runs_out_of_time_asks_who_handles_it(self):
        days = self.dispute.policy_id.answer_days
        ticket = self._new_ticket()
        self._sweep(self._ahead(days - 1))
        self.assertFalse(self._find_tasks(ticket))
        self._sweep(self._ahead(days))
        [task] = self._find_tasks(ticket)
        self.assertEqual(task.user_id, self.agent)
        self.assertIn(ticket.number, task.summary)

    def test_a_complaint_that_is_settled_asks_nobody(self):
        ticket = self._new_ticket()
        ticket.stage_id = self.closed_stage
        self._sweep(self._ahead(self.dispute.policy_id.answer_days + 9))
        self.assertFalse(self._find_tasks(ticket))

    def test_once_invited_nobody_is_asked(self):
        self._invite()
        self._sweep(self._ahead(200))
        self.assertFalse(
            self._find_tasks(self.dispute).filtered(
                lambda task: "invite the complainant" in task.summary
            )
        )

    def test_once_a_body_began_it_nobody_is_asked(self):
        """An alarm that waits still finds nothing to propose any more."""
        self._record(self.dispute, notice_date=self.today)
        self.assertEqual(self.dispute.state, "referral")
        self._sweep(self._ahead(200))
        self.assertFalse(self._find_tasks(self.dispute))

    # ------------------------------------------------------------
    # What ended our own handling
    # ------------------------------------------------------------

    def test_the_file_shows_the_final_answer_in_its_own_text(self):
        dispute = self._open_dispute(self._new_ticket())
        self.assertFalse(dispute.final_answer_told)
        letter = self._open(dispute.action_write_letter("final_answer"))
        letter.subject, letter.body = "No", "<p>The drum is not covered.</p>"
        letter = letter.save()
        letter.action_send()
        dispute.invalidate_recordset()
        self.assertIn("The drum is not covered.", dispute.final_answer_told)
        self.assertIn(letter.digest, dispute.final_answer_told)
        # one that happened elsewhere has no text here
        self.assertFalse(self.dispute.final_answer_told)

    def test_who_answers_the_complaint_sees_recourse_and_dispute(self):
        """S2-20: of the dispute itself, they still read nothing."""
        ticket = self.ticket.with_user(self.agent)
        view = ticket.get_view(view_type="form")["arch"]
        for name in ("recourse", "in_dispute"):
            self.assertIn(f'name="{name}"', view)
        self.assertNotIn("open_dispute_id", view)
        self.assertTrue(ticket.in_dispute)
        self.assertIn("supervisory authority", ticket.recourse)
        with self.assertRaises(AccessError):
            self.dispute.with_user(self.agent).read(["subject"])
