# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from datetime import timedelta
from hashlib import sha256

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .letter_common import LetterCase


class TestLetterWays(LetterCase):
    """By post, elsewhere, or a mail that was the letter; and what comes back."""

    def setUp(self):
        super().setUp()
        self.today = self.company._get_company_day()

    # ------------------------------------------------------------
    # By post
    # ------------------------------------------------------------

    def test_by_post_it_went_when_it_went_with_its_scan(self):
        before = self.today - timedelta(days=2)
        self.ticket.sudo().complaint_date = before
        self._record(self.dispute, notice_date=before)
        letter = self._write(
            channel="post",
            went_date=before,
            scan=base64.b64encode(b"the letter"),
            scan_name="letter.pdf",
        )
        letter.action_send()
        self.assertEqual(self.dispute.acknowledged_date, before)
        # the letter is proof of what it told; the notice was told by phone
        self.assertEqual(self.dispute.bare_events, "notice_received")
        self.assertFalse(self._find_mails(letter))
        row = self._read_rows(self.dispute, "letter")[-1]
        self.assertEqual(row.data["values"]["scan"], sha256(b"the letter").hexdigest())

    def test_without_a_scan_it_says_so(self):
        letter = self._write(channel="post")
        letter.action_send()
        self.assertIn("No scan", letter.remarks)

    def test_it_is_printed_in_its_own_language(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.customer.lang = "fa_IR"
        letter = self._write()
        html = (
            self.env["ir.actions.report"]
            .with_user(self.handler)
            ._render_qweb_html("odoo_iso10003.letter_paper", letter.ids)[0]
            .decode()
        )
        self.assertIn('dir="rtl"', html)
        self.assertIn("گرامی", html)
        self.assertNotIn("Internal", html)

    # ------------------------------------------------------------
    # Elsewhere
    # ------------------------------------------------------------

    def test_elsewhere_takes_a_reason_and_counts_as_bare(self):
        letter = self._write(channel="elsewhere")
        with self.assertRaisesRegex(UserError, "say why"):
            letter.action_send()
        letter.reason = "By their counsel's portal."
        letter.action_send()
        self.assertEqual(self.dispute.acknowledged_date, self.today)
        self.assertEqual(self.dispute.bare_events, "acknowledged notice_received")
        self.assertIn("elsewhere", letter.remarks)

    # ------------------------------------------------------------
    # A mail that was the letter
    # ------------------------------------------------------------

    def _mail(self, record, user=None, **values):
        return record.with_user(user or self.handler).message_post(
            body="We have your notice.",
            subject="Your notice",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.customer.ids,
            **values,
        )

    def test_a_mail_on_file_or_complaint_was_the_letter(self):
        for record in (self.dispute, self.ticket):
            mail = self._mail(record, user=self.handler)
            letter = self._write(channel="message", picked_id=mail.id)
            letter.action_send()
            self.assertEqual(letter.subject, "Your notice")
            self.assertIn("We have your notice", letter.body)
            self.assertEqual(letter.partner_ids, self.customer)
            self.assertEqual(letter.message_id, mail.sudo().message_id)
            self.assertEqual(self.dispute.acknowledged_date, self.today)
            again = self._write(channel="message", picked_id=mail.id)
            with self.assertRaisesRegex(UserError, "letter already"):
                again.action_send()

    def test_what_was_said_among_us_or_by_them_is_no_letter(self):
        note = self.dispute.message_post(body="She called.")
        theirs = self.dispute.sudo().message_post(
            body="Where are you?",
            author_id=self.customer.id,
            partner_ids=self.customer.ids,
            subtype_xmlid="mail.mt_comment",
        )
        other = self._mail(self._open_dispute(self._new_ticket()))
        for mail in (note, theirs, other):
            letter = self._write(channel="message", picked_id=mail.id)
            with self.assertRaisesRegex(UserError, "not one that we sent"):
                letter.action_send()
            self.assertNotIn(mail, letter.candidate_ids)

    # ------------------------------------------------------------
    # What comes back
    # ------------------------------------------------------------

    def _bounce(self, letter, address="roya@example.com"):
        self.env["mail.thread"].sudo()._routing_handle_bounce(
            None,
            {
                "email_from": "mailer-daemon@example.com",
                "to": "bounce@example.com",
                "message_id": "<bounced@example.com>",
                "bounced_email": address,
                "bounced_partner": self.customer,
                "bounced_msg_ids": [letter.message_id],
                "bounced_message": self.env["mail.message"]
                .sudo()
                .search([("message_id", "=", letter.message_id)]),
            },
        )

    def test_a_bounce_is_a_task_of_the_owner_once(self):
        letter = self._write()
        letter.action_send()
        self._bounce(letter)
        self._bounce(letter)
        tasks = self.dispute.activity_ids.filtered(
            lambda task: "did not reach roya@example.com" in (task.summary or "")
        )
        self.assertEqual(tasks.user_id, self.handler)
        self.assertEqual(len(tasks), 1)
        self.assertIn("roya@example.com", letter.undelivered)
        self.assertIn("did not reach", letter.remarks)

    def test_a_mail_server_that_refuses_is_a_task_too(self):
        letter = self._write()
        letter.action_send()
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            self._find_mails(letter)._postprocess_sent_message(
                success_pids=[],
                success_emails=[],
                failure_reason="No such user",
                failure_type="mail_smtp",
            )
        self.assertIn("No such user", letter.undelivered)

    # ------------------------------------------------------------
    # Texts approved by somebody else
    # ------------------------------------------------------------

    def _shipped(self):
        return self.env.ref("odoo_iso10003.letter_acknowledgement_en")

    def test_a_text_that_nobody_approved_is_sent_and_says_so(self):
        letter = self._write()
        letter.action_send()
        self.assertIn("not approved", letter.remarks)
        [gate] = [
            gate
            for gate in self._lead_to(self.dispute, "notice").gate_checklist
            if gate["code"] == "acknowledged"
        ]
        self.assertIn("not approved", gate["remark"])

    def test_what_ships_is_approved_by_one_manager(self):
        self._shipped().with_user(self.manager).action_approve()
        letter = self._write()
        self.assertTrue(letter.template_id.approved)
        self.assertEqual(letter.template_id.company_id, self.company)
        letter.action_send()
        self.assertFalse(letter.remarks)

    def test_nobody_approves_their_own_words(self):
        action = self._shipped().with_user(self.manager).action_adapt()
        own = self._shipped().with_user(self.manager).browse(action["res_id"])
        own.body = "<p>Ours</p>"
        with self.assertRaisesRegex(UserError, "you wrote this text"):
            own.action_approve()
        own.with_user(self.chief).action_approve()
        self.assertEqual(own.approver_id, self.chief)
        own.body = "<p>Ours again</p>"
        self.assertFalse(own.approved)
        for name in ("approved", "writer_id", "approver_id"):
            with self.assertRaises(UserError):
                own.write({name: False})
