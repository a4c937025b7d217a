# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# transactions that meet each other have to be real ones
# pylint: disable=invalid-commit
import time
from contextlib import contextmanager
from threading import Barrier, Thread
from unittest.mock import patch

from psycopg2.errors import LockNotAvailable

from odoo.api import SUPERUSER_ID, Environment
from odoo.exceptions import UserError, ValidationError
from odoo.modules.registry import Registry
from odoo.service import model as service
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from ..common import DisputePeople

# long enough for a busy machine; nothing waits that long unless the test fails
PATIENCE = 30


class Click(Thread):
    """A button that somebody presses, in a request of its own."""

    def __init__(self, env, press, barrier=None):
        super().__init__(daemon=True)
        self.env, self.press, self.barrier = env, press, barrier
        self.answer = self.error = None

    def run(self):
        try:
            if self.barrier:
                self.barrier.wait(PATIENCE)
            self.answer = service.retrying(self.press, self.env)
        except Exception as error:
            self.error = error

    def wait(self):
        self.join(PATIENCE)
        if self.is_alive():
            raise AssertionError("a request hangs")
        return self


@tagged("-at_install", "post_install")
class TestConcurrency(DisputePeople, BaseCase):
    """Transactions that really are at work at the same time.

    They see only what was committed. So what these tests make is committed, and
    taken away at the end; the register lets rows go only when the owner of its
    table switches its lock off.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.cr = cls.registry.cursor()
        cls.addClassCleanup(cls.cr.close)
        cls.env = Environment(cls.cr, SUPERUSER_ID, {})
        cls._set_up_people()
        cls.cr.commit()
        cls.addClassCleanup(cls._take_away)

    @classmethod
    def _take_away(cls):
        cls.cr.rollback()
        cls.env.invalidate_all()
        disputes = cls.env["iso10003.dispute"].search([("team_id", "=", cls.team.id)])
        of_disputes = [("res_id", "in", disputes.ids)]
        for model, name in (
            ("mail.message", "model"),
            ("mail.followers", "res_model"),
            ("mail.activity", "res_model"),
        ):
            cls.env[model].search([(name, "=", disputes._name), *of_disputes]).unlink()
        trigger = "TRIGGER iso10003_register_append_only"
        kept = "TRIGGER iso10003_register_note_kept"
        for statement in (
            f"ALTER TABLE iso10003_register DISABLE {trigger}",
            f"ALTER TABLE iso10003_register_note DISABLE {kept}",
            "DELETE FROM iso10003_register_note WHERE register_id IN "
            "(SELECT id FROM iso10003_register WHERE dispute_id = ANY(%(ids)s))",
            "DELETE FROM iso10003_register WHERE dispute_id = ANY(%(ids)s)",
            "DELETE FROM iso10003_register_head WHERE file = ANY(%(files)s)",
            "DELETE FROM iso10003_alarm WHERE deadline_id IN "
            "(SELECT deadline.id FROM iso10003_deadline AS deadline "
            "JOIN iso10003_file AS file ON file.id = file_id "
            "WHERE model = 'iso10003.dispute' AND res_id = ANY(%(ids)s))",
            "DELETE FROM iso10003_deadline USING iso10003_file AS file "
            "WHERE file.id = file_id AND model = 'iso10003.dispute' "
            "AND res_id = ANY(%(ids)s)",
            "DELETE FROM iso10003_dispute WHERE id = ANY(%(ids)s)",
            "DELETE FROM iso10003_file "
            "WHERE model = 'iso10003.dispute' AND res_id = ANY(%(ids)s)",
            f"ALTER TABLE iso10003_register ENABLE ALWAYS {trigger}",
            f"ALTER TABLE iso10003_register_note ENABLE ALWAYS {kept}",
        ):
            cls.cr.execute(
                statement,
                {
                    "ids": disputes.ids,
                    "files": [dispute._register_file() for dispute in disputes],
                },
            )
        cls.env.invalidate_all()
        cls.env["helpdesk.ticket"].search([("team_id", "=", cls.team.id)]).unlink()
        users = cls.env["res.users"].search([("login", "=like", "iso\\_%")])
        partners = users.partner_id | cls.customer
        (cls.open_stage | cls.closed_stage).unlink()
        cls.team.unlink()
        users.unlink()
        partners.unlink()
        cls.cr.commit()

    def setUp(self):
        super().setUp()
        self.addCleanup(self.cr.rollback)
        # who loses a race tries again at once, and not within a random second
        self.startPatcher(patch.object(service.random, "uniform", return_value=0.01))

    # ------------------------------------------------------------
    # People at work
    # ------------------------------------------------------------

    @contextmanager
    def _at_work(self, user, lock_timeout=None):
        """Give an environment of ``user`` on a transaction of its own."""
        cursor = self.registry.cursor()
        try:
            if lock_timeout:
                cursor.execute("SET LOCAL lock_timeout = %s", [lock_timeout])
            yield Environment(cursor, user.id, {"lang": "en_US"})
        finally:
            cursor.rollback()
            cursor.close()

    def _committed_dispute(self, ready=False):
        dispute = self._open_dispute(self._new_ticket())
        if ready:
            dispute.write(self._wanted("referral"))
        self.cr.commit()
        return dispute

    def _committed_ticket(self):
        ticket = self._new_ticket()
        self.cr.commit()
        return ticket

    def _fresh(self, record):
        """The record as it was committed."""
        self.cr.rollback()
        self.env.invalidate_all()
        return record

    def _events(self, dispute):
        return self._fresh(dispute).register_ids.mapped("event")

    def _check_whole(self, *disputes):
        files = [dispute._register_file() for dispute in disputes]
        register = self.env["iso10003.register"].with_user(self.auditor)
        self.assertEqual(register.verify_chain(files), [])

    def _wait_until_blocked(self, env):
        """Return when the transaction of ``env`` waits for another one."""
        pid = env.cr._cnx.get_backend_pid()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.cr.execute("SELECT cardinality(pg_blocking_pids(%s))", [pid])
            if self.cr.fetchone()[0]:
                return
            time.sleep(0.01)
        raise AssertionError("it waits for nobody")

    # ------------------------------------------------------------
    # One file
    # ------------------------------------------------------------

    def test_who_comes_second_is_told_so_at_once(self):
        dispute = self._committed_dispute(ready=True)
        with (
            self._at_work(self.handler) as first,
            self._at_work(self.manager, "5s") as second,
        ):
            dispute.with_env(first).action_advance()
            first.flush_all()
            with self.assertRaisesRegex(UserError, "somebody else is changing it"):
                dispute.with_env(second).action_advance()
            first.cr.commit()
        self.assertEqual(self._fresh(dispute).state, "notice")
        self.assertEqual(self._events(dispute).count("transition"), 1)
        self._check_whole(dispute)

    @mute_logger("odoo.sql_db")
    def test_who_saw_the_file_before_it_moved_does_not_move_it_on(self):
        dispute = self._committed_dispute(ready=True)
        dispute.write(self._wanted("notice"))  # nothing else would stop the second
        self.cr.commit()
        with (
            self._at_work(self.handler) as first,
            self._at_work(self.manager) as second,
        ):
            theirs = dispute.with_env(second).with_context(shown_state="referral")
            self.assertEqual(theirs.state, "referral")
            dispute.with_env(first).action_advance()
            first.cr.commit()
            with self.assertRaisesRegex(UserError, "it has moved to “7.3 Notice”"):
                service.retrying(theirs.action_advance, theirs.env)
        self.assertEqual(self._fresh(dispute).state, "notice")
        self.assertEqual(self._events(dispute).count("transition"), 1)

    @mute_logger("odoo.sql_db")
    def test_of_two_clicks_at_once_one_moves_the_file(self):
        dispute = self._committed_dispute(ready=True)
        dispute.write(self._wanted("notice"))
        self.cr.commit()
        barrier = Barrier(2)
        with self._at_work(self.handler) as one, self._at_work(self.manager) as other:
            clicks = []
            for env in (one, other):
                theirs = dispute.with_env(env).with_context(shown_state="referral")
                clicks.append(Click(theirs.env, theirs.action_advance, barrier))
                clicks[-1].start()
            for click in clicks:
                click.wait()
        errors = [click.error for click in clicks if click.error]
        self.assertEqual(len(errors), 1, errors)
        self.assertIsInstance(errors[0], UserError)
        self.assertEqual(self._fresh(dispute).state, "notice")
        self.assertEqual(self._events(dispute).count("transition"), 1)
        self._check_whole(dispute)

    @mute_logger("odoo.sql_db")
    def test_events_of_one_file_at_once_are_all_registered_in_one_line(self):
        dispute = self._committed_dispute()
        barrier = Barrier(2)

        def click(env, name):
            def append():
                dispute.with_env(env)._register_event("correction", {"by": name})

            return Click(env, append, barrier)

        with self._at_work(self.handler) as one, self._at_work(self.manager) as other:
            for _round in range(3):
                clicks = [click(one, "one"), click(other, "other")]
                for each in clicks:
                    each.start()
                self.assertEqual([each.wait().error for each in clicks], [None, None])
        self.assertEqual(self._events(dispute), ["opened"] + ["correction"] * 6)
        self._check_whole(dispute)

    # ------------------------------------------------------------
    # One complaint
    # ------------------------------------------------------------

    @mute_logger("odoo.sql_db")
    def test_two_people_open_one_dispute_from_one_complaint(self):
        ticket = self._committed_ticket()
        with (
            self._at_work(self.handler) as first,
            self._at_work(self.manager) as second,
        ):
            ticket.with_env(first).action_open_dispute()
            first.flush_all()
            theirs = ticket.with_env(second)
            click = Click(second, theirs.action_open_dispute)
            click.start()
            self._wait_until_blocked(second)
            first.cr.commit()
            self.assertIsInstance(click.wait().error, ValidationError)
            self.assertIn("already has an open dispute", str(click.error))
            # pressed again, the button shows the one that is there
            second.cr.rollback()
            second.invalidate_all()
            action = theirs.action_open_dispute()
        dispute = self._fresh(ticket).dispute_ids
        self.assertEqual(len(dispute), 1)
        self.assertEqual(dispute.user_id, self.handler)
        self.assertEqual(action["res_id"], dispute.id)
        self.assertEqual(self._events(dispute), ["opened"])
        self._check_whole(dispute)

    # ------------------------------------------------------------
    # Different files
    # ------------------------------------------------------------

    def test_writers_of_different_files_never_wait_for_each_other(self):
        one, other = self._committed_dispute(True), self._committed_dispute(True)
        with (
            self._at_work(self.handler) as first,
            self._at_work(self.manager, "1s") as second,
        ):
            for env, dispute in ((first, one), (second, other)):
                dispute = dispute.with_env(env)
                dispute.action_advance("All is there.")
                dispute.waiting_on = "provider"
                dispute.action_hold("The provider is closed.")
                env.flush_all()
            second.cr.commit()
            first.cr.commit()
        for dispute in (one, other):
            self.assertEqual(
                self._events(dispute)[-3:], ["transition", "waiting", "hold"]
            )
        self._check_whole(one, other)

    def test_nor_do_those_who_open_them(self):
        one, other = self._committed_ticket(), self._committed_ticket()
        with (
            self._at_work(self.handler) as first,
            self._at_work(self.manager, "1s") as second,
        ):
            for env, ticket in ((first, one), (second, other)):
                ticket.with_env(env).action_open_dispute()
                env.flush_all()
            second.cr.commit()
            first.cr.commit()
        disputes = self._fresh(one).dispute_ids | other.dispute_ids
        self.assertEqual(len(set(disputes.mapped("name"))), 2)
        self._check_whole(*disputes)

    @mute_logger("odoo.sql_db")
    def test_writers_of_one_file_do_wait(self):
        """Otherwise the tests above would prove nothing."""
        dispute = self._committed_dispute()
        with (
            self._at_work(self.handler) as first,
            self._at_work(self.manager, "100ms") as second,
        ):
            dispute.with_env(first)._register_event("correction")
            with self.assertRaises(LockNotAvailable):
                dispute.with_env(second)._register_event("correction")
