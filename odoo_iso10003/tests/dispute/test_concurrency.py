# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# transactions that meet each other have to be real ones
# pylint: disable=invalid-commit
from threading import Barrier

from psycopg2.errors import LockNotAvailable

from odoo.exceptions import UserError, ValidationError
from odoo.service import model as service
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..concurrency_common import Click, ConcurrencyCase


@tagged("-at_install", "post_install")
class TestConcurrency(ConcurrencyCase):
    """Several people on one file, one complaint, and on different ones."""

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
        self._give(
            dispute, self._wanted("notice")
        )  # nothing else would stop the second
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
        self._give(dispute, self._wanted("notice"))
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
