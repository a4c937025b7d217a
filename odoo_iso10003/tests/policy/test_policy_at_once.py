# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# transactions that meet each other have to be real ones
# pylint: disable=invalid-commit
from threading import Barrier, Thread

from psycopg2.errors import ExclusionViolation

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..concurrency_common import Click, ConcurrencyCase


@tagged("-at_install", "post_install")
class TestTwoPoliciesAtOnce(ConcurrencyCase):
    """Two managers put two versions into force at the same time."""

    def setUp(self):
        super().setUp()
        policies = self.env["iso10003.policy"]
        self.present = policies._in_force(self.company, fields.Date.today())
        self.managers = self.manager | self.chief
        # each is approved, and waits for its day
        self.drafts = policies.create(
            [{"name": "Of one", "company_id": self.company.id}] * 2
        )
        for draft, manager in zip(self.drafts, self.managers, strict=True):
            draft.with_user(manager).action_approve()
        self.cr.commit()

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_one_of_two_managers_wins(self):
        barrier = Barrier(2)
        first, second = self.managers
        with self._at_work(first) as one, self._at_work(second) as other:
            clicks = []
            for env, draft in zip((one, other), self.drafts, strict=True):
                policy = draft.with_env(env)
                self.assertEqual(policy.state, "approved")  # both have looked at it
                clicks.append(Click(env, policy.action_put_in_force, barrier))
            for click in clicks:
                click.start()
            errors = [click.wait().error for click in clicks]
        errors = list(filter(None, errors))
        for error in errors:
            self.assertIsInstance(error, UserError)
        self._fresh(self.drafts)
        states = sorted(self.drafts.mapped("state"))
        # the second waits, looks again, and either follows the first or is refused
        self.assertEqual(
            states, sorted(["in_force", "approved" if errors else "superseded"])
        )
        self.assertEqual(self.present.state, "superseded")
        in_force = self.env["iso10003.policy"].search(
            [
                ("company_id", "=", self.present.company_id.id),
                ("state", "=", "in_force"),
            ]
        )
        self.assertEqual(len(in_force), 1)
        files = [policy._register_file() for policy in self.drafts | self.present]
        self.assertEqual(self.env["iso10003.register"].verify_chain(files), [])

    @mute_logger("odoo.sql_db")
    def test_the_database_lets_only_one_in(self):
        """Even past all locks and checks of the program."""
        statement = (
            "UPDATE iso10003_policy SET state = 'in_force', valid_from = '2001-01-01', "
            "valid_to = '2001-02-01' WHERE id = %s"
        )
        first, second = self.drafts.ids
        refused = []

        def slip_in(cursor):
            try:
                cursor.execute(statement, [second])
            except ExclusionViolation as error:
                refused.append(error)

        with self.registry.cursor() as one, self.registry.cursor() as other:
            one.execute(statement, [first])
            click = Thread(target=slip_in, args=[other], daemon=True)
            click.start()
            click.join(0.3)
            self.assertTrue(click.is_alive())  # it waits for what the first one does
            one.commit()
            click.join(60)
            self.assertTrue(refused)
            other.rollback()
            # one is in force where the next test looks
            one.execute(
                "UPDATE iso10003_policy SET state = 'superseded' WHERE id = %s", [first]
            )
            one.commit()
