# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# a worker that is killed has transactions of its own
# pylint: disable=invalid-commit
import os
import signal
import subprocess
import sys

from odoo.tests import tagged
from odoo.tools import config

from ..concurrency_common import PATIENCE, ConcurrencyCase
from .smtp_sink import Sink

# a busy machine starts a worker in its own time
LONG = 4 * PATIENCE
# a worker that sends what is queued of one letter, as the scheduled action does
WORKER = """
import sys

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

conf, database, mail = sys.argv[1:]
config.parse_config(["-c", conf, "-d", database], setup_logging=True)
with Registry(database).cursor() as cr:
    mails = api.Environment(cr, SUPERUSER_ID, {})["mail.mail"]
    mails.browse(int(mail)).send(auto_commit=True)
"""


@tagged("-at_install", "post_install")
class TestLetterKilled(ConcurrencyCase):
    """A worker has no time to say goodbye while it sends a letter."""

    def setUp(self):
        super().setUp()
        self.sink = Sink()
        self.addCleanup(self.sink.stop)
        servers = self.env["ir.mail_server"]
        servers.search([]).active = False
        servers.create(
            {
                "name": "Sink",
                "smtp_host": "127.0.0.1",
                "smtp_port": self.sink.port,
                "smtp_encryption": "none",
            }
        )
        dispute = self._committed_dispute()
        letter = dispute.env["iso10003.letter"].create(
            {
                "file_id": dispute.file_ids.id,
                "kind": "other",
                "subject": "Where we are",
                "body": "<p>We are still at it.</p>",
            }
        )
        letter.action_send()
        self.letter, self.dispute = letter.with_env(self.env), dispute
        mails = self.env["mail.mail"]
        self.mail = mails.search([("message_id", "=", letter.message_id)])
        self.cr.commit()

    def _work(self):
        """Let a worker send what is queued; it may be killed meanwhile.

        :return: the exit code
        """
        worker = subprocess.Popen(
            [
                *(sys.executable, "-c", WORKER, config["config"], self.database),
                str(self.mail.id),
            ]
        )
        self.sink.strike = lambda: os.kill(worker.pid, signal.SIGKILL)
        return worker.wait(LONG)

    def _die(self, when):
        self.sink.hangs_up = when
        self.assertEqual(self._work(), -signal.SIGKILL)
        self.sink.hangs_up = None
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual(self.mail.state, "outgoing")

    def _check_sent(self, copies):
        self.assertEqual(self._work(), 0)
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual(self.mail.state, "sent")
        numbers = [message["message-id"] for _to, message in self.sink.taken]
        self.assertEqual(numbers, [self.letter.message_id] * copies)
        # nothing is left to be sent once more
        self.assertEqual(self._work(), 0)
        self.assertEqual(len(self.sink.taken), copies)
        self.assertEqual(self._fresh(self.dispute).letter_ids, self.letter)
        self.assertEqual(self._fresh(self.letter).state, "sent")

    def test_before_the_mail_server_took_it_it_is_sent_once(self):
        self._die("before")
        self.assertFalse(self.sink.taken)
        self._check_sent(1)

    def test_after_that_a_second_copy_has_the_same_number(self):
        self._die("after")
        self.assertEqual(len(self.sink.taken), 1)
        self._check_sent(2)
