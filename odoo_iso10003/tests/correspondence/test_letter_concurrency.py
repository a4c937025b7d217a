# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# transactions that meet each other have to be real ones
# pylint: disable=invalid-commit
from threading import Barrier

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..concurrency_common import Click, ConcurrencyCase


@tagged("-at_install", "post_install")
class TestLetterConcurrency(ConcurrencyCase):
    """Two people who send one letter at once: it goes once."""

    def _committed_letter(self):
        dispute = self._committed_dispute()
        letters = dispute.env["iso10003.letter"]
        letter = letters.create(
            {
                "file_id": dispute.file_ids.id,
                "kind": "other",
                "subject": "Where we are",
                "body": "<p>We are still at it.</p>",
            }
        ).with_env(self.env)
        self.cr.commit()
        return letter

    def _count_mails(self, letter):
        mails = self.env["mail.mail"].search([("message_id", "=", letter.message_id)])
        return len(mails)

    def test_who_comes_second_is_told_so(self):
        letter = self._committed_letter()
        with (
            self._at_work(self.handler) as first,
            self._at_work(self.manager, "5s") as second,
        ):
            letter.with_env(first).action_send()
            first.flush_all()
            with self.assertRaisesRegex(UserError, "somebody else is sending it"):
                letter.with_env(second).action_send()
            first.cr.commit()
        letter = self._fresh(letter)
        self.assertEqual((letter.state, letter.sent_by_id), ("sent", self.handler))
        self.assertEqual(self._count_mails(letter), 1)

    @mute_logger("odoo.sql_db")
    def test_pressed_at_once_it_goes_once(self):
        letter = self._committed_letter()
        barrier = Barrier(2)
        with (
            self._at_work(self.handler) as first,
            self._at_work(self.manager) as second,
        ):
            clicks = [
                Click(env, letter.with_env(env).action_send, barrier)
                for env in (first, second)
            ]
            for click in clicks:
                click.start()
            for click in clicks:
                click.wait()
        errors = [click.error for click in clicks if click.error]
        self.assertLessEqual(len(errors), 1, errors)
        for error in errors:
            self.assertIsInstance(error, UserError)
        letter = self._fresh(letter)
        self.assertEqual(letter.state, "sent")
        self.assertEqual(self._count_mails(letter), 1)
        rows = letter.file_id._get_case().register_ids
        sent = rows.filtered(
            lambda row: row.event == "letter" and row.data["change"] == "sent"
        )
        self.assertEqual(len(sent), 1)
