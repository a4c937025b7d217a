# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from smtplib import SMTPServerDisconnected
from unittest.mock import patch

from odoo.tools import mute_logger

from .letter_common import LetterCase
from .smtp_sink import Sink

PERSIAN = "fa_IR"


class TestLetterMail(LetterCase):
    """What leaves, read where it arrives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sink = Sink()
        cls.addClassCleanup(cls.sink.stop)
        servers = cls.env["ir.mail_server"]
        servers.search([]).active = False
        cls.server = servers.create(
            {
                "name": "Sink",
                "smtp_host": "127.0.0.1",
                "smtp_port": cls.sink.port,
                "smtp_encryption": "none",
            }
        )
        cls.env["res.lang"]._activate_lang(PERSIAN)
        # in tests, Odoo sends nothing otherwise
        cls.startClassPatcher(
            patch.object(type(servers), "_disable_send", lambda self: False)
        )

    def setUp(self):
        super().setUp()
        self.sink.taken.clear()
        self.sink.hangs_up = None

    def _send_queue(self, letter):
        """Send what is queued of a letter, as the scheduled action does."""
        self._find_mails(letter).send()

    def _read(self):
        [(address, message)] = self.sink.taken
        return address, message, message.get_body(("html",)).get_content()

    def test_it_reaches_its_reader_in_their_language_and_direction(self):
        self.customer.lang = PERSIAN
        letter = self._write()
        letter.action_send()
        self._send_queue(letter)
        address, message, body = self._read()
        self.assertEqual(address, "roya@example.com")
        self.assertIn("اعلام وصول", message["subject"])
        self.assertEqual(message["message-id"], letter.message_id)
        self.assertIn('dir="rtl"', body)
        self.assertIn('lang="fa"', body)
        self.assertIn("گرامی", body)
        self.assertIn("شمارهٔ ما", body)
        self.assertNotRegex(body, "Our number|Acknowledged|Referral")

    def test_it_has_no_internal_word(self):
        self.dispute.with_user(self.handler).message_post(body="She is difficult.")
        letter = self._write()
        letter.action_send()
        self._send_queue(letter)
        _address, message, body = self._read()
        self.assertIn('dir="ltr"', body)
        for word in ("difficult", "7.3", "ISO", "/odoo/", "Odoo", "gate", "{", "⟦"):
            self.assertNotIn(word, body)
            self.assertNotIn(word, message["subject"])

    def test_pressed_twice_it_is_sent_once(self):
        letter = self._write()
        letter.action_send()
        letter.action_send()
        self.dispute.invalidate_recordset()
        letter.modified(["file_id"])  # a recompute sends nothing either
        self.env.flush_all()
        self.assertEqual(len(self._find_mails(letter)), 1)
        self._send_queue(letter)
        self._send_queue(letter)
        self.assertEqual(len(self.sink.taken), 1)

    def test_killed_before_the_mail_server_took_it_it_is_sent_once(self):
        letter = self._write()
        letter.action_send()
        self.env.flush_all()
        self.sink.hangs_up = "before"
        self._die_while_sending(letter)
        self.assertFalse(self.sink.taken)
        self.sink.hangs_up = None
        self._send_queue(letter)
        self.assertEqual(self._read()[1]["message-id"], letter.message_id)

    def test_killed_after_that_a_second_copy_has_the_same_number(self):
        letter = self._write()
        letter.action_send()
        self.env.flush_all()
        self.sink.hangs_up = "after"
        self._die_while_sending(letter)
        self.sink.hangs_up = None
        self._send_queue(letter)
        numbers = {message["message-id"] for _to, message in self.sink.taken}
        self.assertEqual(numbers, {letter.message_id})
        self.assertEqual(len(self.dispute.letter_ids), 1)

    def _die_while_sending(self, letter):
        """Lose all that the worker wrote since it began to send."""
        with (
            mute_logger("odoo.addons.mail.models.mail_mail"),
            self.assertRaises(SMTPServerDisconnected),
            self.env.cr.savepoint(),
        ):
            self._send_queue(letter)
        self.env.invalidate_all()
        self.assertEqual(self._find_mails(letter).state, "outgoing")

    def test_the_complainant_reads_it_on_the_portal(self):
        letter = self._write()
        letter.action_send()
        messages = self.env["mail.message"].with_user(self.portal)
        read = messages.search([("message_id", "=", letter.message_id)])
        self.assertIn("Thank you", read.body)
