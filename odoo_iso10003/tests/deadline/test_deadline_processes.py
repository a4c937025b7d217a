# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# processes and transactions that meet each other have to be real ones
# pylint: disable=invalid-commit
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from threading import Barrier
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import config, mute_logger

from ..concurrency_common import PATIENCE, Click, ConcurrencyCase
from .deadline_common import DeadlineRules

SWEEP = "odoo.addons.odoo_iso10003.models.deadline.alarm_sweep"

FILES = 60
# a busy machine starts a server in its own time
LONG = 4 * PATIENCE
# A server with workers, as Odoo's own: each worker says that it is there, waits for the
# word, and runs the scheduled action. Its exit code is 0 when all of theirs are.
SERVER = """
import os
import sys

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.tools import config, mute_logger

conf, database, workers, batch = sys.argv[1:]
config.parse_config(["-c", conf, "-d", database], setup_logging=True)
registry = Registry(database)
sql_db.close_all()
for _worker in range(int(workers)):
    if not os.fork():
        break
else:
    sys.exit(any(os.wait()[1] for _worker in range(int(workers))))
from odoo.addons.odoo_iso10003.models.deadline import alarm_sweep

alarm_sweep.BATCH = int(batch)
# who comes second is told so by PostgreSQL
with registry.cursor() as cr, mute_logger("odoo.sql_db"):
    print(os.getpid(), cr._cnx.get_backend_pid(), flush=True)
    os.read(sys.stdin.fileno(), 1)
    api.Environment(cr, SUPERUSER_ID, {})["iso10003.deadline"]._cron_escalate()
"""


class Server:
    """Server processes that sweep when they are told to."""

    def __init__(self, database, workers=1, batch=500):
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-c", SERVER, config["config"], database),
                *(str(workers), str(batch)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        # by which numbers the system and PostgreSQL know each worker
        self.workers = [
            tuple(int(number) for number in self.process.stdout.readline().split())
            for _worker in range(workers)
        ]

    def sweep(self):
        self.process.stdin.write("\n" * len(self.workers))
        self.process.stdin.flush()

    def wait(self):
        """Return the exit code, once it has one."""
        return self.process.wait(LONG)

    def kill(self):
        """Let the workers have no time to say goodbye."""
        for pid, _backend in self.workers:
            os.kill(pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def close(self):
        if self.process.poll() is None:
            self.kill()
        self.process.stdin.close()
        self.process.stdout.close()


@tagged("-at_install", "post_install")
class TestDeadlineProcesses(DeadlineRules, ConcurrencyCase):
    """The sweep in processes of its own, and policies that several people hold."""

    @classmethod
    def _set_up_people(cls):  # pylint: disable=missing-return
        # what others have to come, has come
        cls.env["iso10003.deadline"]._cron_escalate()
        super()._set_up_people()
        cls.deputy = cls._new_user("deputy", "odoo_iso10003.group_manager")

    @classmethod
    def _mails(cls, login="iso\\_%"):
        """Return the messages that sweeps queued for who has such a login."""
        people = cls.env["res.users"].search([("login", "=like", login)])
        return cls.env["mail.mail"].search(
            [("recipient_ids", "in", people.partner_id.ids)]
        )

    # ------------------------------------------------------------
    # Sweeps
    # ------------------------------------------------------------

    def _due_files(self):
        """Commit files whose limit was over long ago, with all levels still due."""
        self._mails().unlink()
        # what is due of others at this hour would be told with it
        self.env["iso10003.alarm"].search([("state", "=", "pending")]).state = "dropped"
        levels = [(-5, "activity", "owner"), (0, "activity", "manager")]
        levels.append((3, "notify", "sponsor"))
        self._enforce(
            self._rule(
                quantity=20,
                escalation_ids=[
                    Command.create({"offset": offset, "kind": kind, "role": role})
                    for offset, kind, role in levels
                ],
            )
        )
        noticed = fields.Date.today() - timedelta(days=90)
        tickets = self.env["helpdesk.ticket"].union(
            *(
                self._new_ticket(complaint_date=noticed - timedelta(days=30))
                for _number in range(FILES)
            )
        )
        disputes = tickets.with_user(self.handler)._open_disputes()
        self._record(disputes, notice_date=noticed)
        self.cr.commit()
        return disputes.with_env(self.env)

    def _server(self, *workers_and_batch):
        server = Server(self.database, *workers_and_batch)
        self.addCleanup(server.close)
        return server

    def _wait_until(self, query, *parameters):
        """Return when the first row of ``query`` says that it is so."""
        end = time.monotonic() + LONG
        with self.registry.cursor() as cr:
            while time.monotonic() < end:
                cr.execute(query, parameters)
                if cr.fetchone()[0]:
                    return
                cr.rollback()
                time.sleep(0.01)
        raise AssertionError(f"in vain: {query}")

    def _alarms(self, disputes):
        return self._fresh(disputes).deadline_ids.alarm_ids

    def _check_once(self, disputes):
        """Each limit and each level happened, and none of them twice."""
        self.assertEqual(len(self._alarms(disputes)), 4 * FILES)
        self.assertEqual(
            set(disputes.deadline_ids.alarm_ids.mapped("state")), {"fired"}
        )
        for dispute in disputes:
            self.assertEqual(dispute.deadline_ids.state, "lapsed")
            events = Counter(dispute.register_ids.mapped("event"))
            self.assertEqual((events["deadline_lapsed"], events["escalated"]), (1, 3))
            self.assertEqual(
                sorted(dispute.activity_ids.mapped("user_id.login")),
                ["iso_handler", "iso_manager"],
            )
        self._check_whole(*disputes)

    def _digests(self, user):
        """Return of how many limits each message to ``user`` tells."""
        return [
            mail.body_html.count("<tr>")
            for mail in self._mails(user.login)
            if mail.subject.startswith("Deadlines:")
        ]

    def test_a_sweep_that_is_killed_loses_nothing_and_repeats_nothing(self):
        disputes = self._due_files()
        server = self._server(1, 10)
        [(_pid, backend)] = server.workers
        with self.registry.cursor() as somebody:
            # no task can be given to whom somebody else is changing; so the sweep waits
            # when it comes to the second level, with a batch half done
            somebody.execute(
                "SELECT FROM res_users WHERE id = %s FOR UPDATE", [self.manager.id]
            )
            server.sweep()
            self._wait_until("SELECT cardinality(pg_blocking_pids(%s)) > 0", backend)
            server.kill()
            somebody.rollback()
        self._wait_until(
            "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = %s)", backend
        )
        states = Counter(self._alarms(disputes).mapped("state"))
        self.assertTrue(states["fired"] and states["pending"], states)
        # what was done and that it was done were committed together
        activities = self._alarms(disputes).filtered(
            lambda alarm: (
                alarm.state == "fired" and alarm.escalation_id.kind == "activity"
            )
        )
        self.assertEqual(len(disputes.activity_ids), len(activities))
        self._check_whole(*disputes)

        server = self._server()
        server.sweep()
        self.assertEqual(server.wait(), 0)
        self._check_once(disputes)
        for person in (self.handler, self.manager, self.chief):
            self.assertEqual(self._digests(person), [FILES], person.login)

    def test_four_sweeps_at_once_do_everything_once(self):
        disputes = self._due_files()
        server = self._server(4, 20)
        server.sweep()
        self.assertEqual(server.wait(), 0)
        self._check_once(disputes)
        for person in (self.handler, self.manager, self.chief):
            self.assertEqual(sum(self._digests(person)), FILES, person.login)

    @mute_logger("odoo.sql_db")
    def test_a_sweep_that_is_faster_in_telling_stops_no_other(self):
        disputes = self._due_files()
        alarms = self.env.registry["iso10003.alarm"]
        tell_some = alarms._tell_some
        tries = []

        def tell_second(records):
            tries.append(records)
            if len(tries) == 1:
                records.search_count([])  # what it sees is from before
                # another sweep tells the first of these people
                with self._at_work(self.env.user) as other, patch(f"{SWEEP}.PEOPLE", 1):
                    tell_some(records.with_env(other))
                    other.cr.commit()
            return tell_some(records)

        with self._at_work(self.env.user) as env:
            with patch.object(alarms, "_tell_some", tell_second):
                env["iso10003.alarm"]._sweep()
        # one that was lost, one for the others, and one that finds nobody
        self.assertEqual(len(tries), 3)
        self._check_once(disputes)
        for person in (self.handler, self.manager, self.chief):
            self.assertEqual(self._digests(person), [FILES], person.login)

    # ------------------------------------------------------------
    # One policy, several people
    # ------------------------------------------------------------

    def _committed_draft(self):
        draft = self._draft(self._rule())
        self.cr.commit()
        return draft

    def _click(self, env, press):
        click = Click(env, press)
        click.start()
        return click.wait()

    def _approvals(self, policy):
        """Return what the register sealed of the approvals of a policy."""
        rows = self.env["iso10003.register"].search(
            [
                ("file", "=", self._fresh(policy)._register_file()),
                ("event", "=", "approved"),
            ]
        )
        return rows.mapped("data")

    def _check_sealed(self, policy):
        """What was approved is what is there."""
        [approval] = self._approvals(policy)
        self.assertEqual(policy.state, "approved")
        rules = policy.with_env(self.env)
        self.assertEqual(approval["rules_sha256"], rules._digest_rules())

    @mute_logger("odoo.sql_db")
    def test_of_two_who_approve_at_once_one_does(self):
        policy = self._committed_draft()
        barrier = Barrier(2)
        with self._at_work(self.chief) as one, self._at_work(self.deputy) as other:
            clicks = [
                Click(env, policy.with_env(env).action_approve, barrier)
                for env in (one, other)
            ]
            for click in clicks:
                click.start()
            errors = [click.wait().error for click in clicks]
        [refusal] = filter(None, errors)
        self.assertIsInstance(refusal, UserError)
        self.assertIn("open it again to see what can be done now", str(refusal))
        self._check_sealed(policy)

    @mute_logger("odoo.sql_db")
    def test_who_approves_and_who_edits_at_once(self):
        for _round in range(4):
            policy = self._committed_draft()
            barrier = Barrier(2)
            with self._at_work(self.chief) as one, self._at_work(self.manager) as other:
                rule = policy.with_env(other).rule_ids
                clicks = [
                    Click(one, policy.with_env(one).action_approve, barrier),
                    Click(
                        other, lambda rule=rule: rule.write({"quantity": 9}), barrier
                    ),
                ]
                for click in clicks:
                    click.start()
                approval, edit = (click.wait() for click in clicks)
            for click in (approval, edit):
                self.assertIsInstance(click.error or UserError(""), UserError)
            self.assertFalse(approval.error and edit.error, "nobody got anywhere")
            if not approval.error:
                self._check_sealed(policy)

    @mute_logger("odoo.sql_db")
    def test_who_saw_the_rules_before_they_changed_does_not_approve_them(self):
        policy = self._committed_draft()
        with self._at_work(self.chief) as one, self._at_work(self.manager) as other:
            theirs = policy.with_env(one)
            self.assertEqual(theirs.rule_ids.quantity, 3)
            policy.with_env(other).rule_ids.quantity = 9
            other.flush_all()
            other.cr.commit()
            # tried again by itself, it approves what is there by now
            self.assertIsNone(self._click(one, theirs.action_approve).error)
        self.assertEqual(self._fresh(policy).rule_ids.quantity, 9)
        self._check_sealed(policy)

    @mute_logger("odoo.sql_db")
    def test_who_saw_the_draft_before_it_was_approved_does_not_edit_it(self):
        policy = self._committed_draft()
        with self._at_work(self.chief) as one, self._at_work(self.manager) as other:
            rule = policy.with_env(other).rule_ids
            self.assertEqual(rule.policy_id.state, "draft")
            policy.with_env(one).action_approve()
            one.flush_all()
            with self.assertRaisesRegex(UserError, "is changing or approving"):
                rule.quantity = 9
            other.cr.rollback()
            other.invalidate_all()
            self.assertEqual(rule.policy_id.state, "draft")
            one.cr.commit()
            refused = self._click(other, lambda: rule.write({"quantity": 9}))
            self.assertIsInstance(refused.error, UserError)
            self.assertIn("is approved and does not change", str(refused.error))
        self._check_sealed(policy)
