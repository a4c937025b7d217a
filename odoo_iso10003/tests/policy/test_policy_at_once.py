# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from threading import Thread

from psycopg2.errors import ExclusionViolation

from odoo import fields
from odoo.api import SUPERUSER_ID, Environment
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service import model as service
from odoo.tests import BaseCase, new_test_user, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from ..common import ADDON


@tagged("-at_install", "post_install")
class TestTwoPoliciesAtOnce(BaseCase):
    """Two managers put two versions into force at the same time.

    They see only what was committed; what is committed here is taken away again.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.cr = cls.registry.cursor()
        cls.addClassCleanup(cls.cr.close)
        cls.env = Environment(cls.cr, SUPERUSER_ID, {"no_reset_password": True})
        company = cls.env.ref("base.main_company")
        cls.present = cls.env["iso10003.policy"]._in_force(company, fields.Date.today())
        cls.heads = cls._rows("iso10003_register_head", "id")
        cls.last_row = cls._rows("iso10003_register", "id")[-1][0]
        cls.managers = cls.env["res.users"].concat(
            *(
                new_test_user(
                    cls.env,
                    login=f"iso_{login}",
                    groups=f"{ADDON}.group_manager",
                    company_id=company.id,
                )
                for login in ("one", "other")
            )
        )
        # the demo organization asks who approves for certifications
        cls.roles = cls.env["iso10003.role"].search([("enforced", "=", True)])
        cls.roles = cls.roles.with_context(tracking_disable=True)
        cls.roles._guarded_write({"enforced": False})
        # each is approved, and waits for its day
        cls.drafts = cls.env["iso10003.policy"].create(
            [{"name": "Of one", "company_id": company.id}] * 2
        )
        for draft, manager in zip(cls.drafts, cls.managers, strict=True):
            draft.with_user(manager).action_approve()
        cls.addClassCleanup(cls._take_away)
        cls.cr.commit()

    @classmethod
    def _rows(cls, table, order):
        cls.cr.execute(f"SELECT * FROM {table} ORDER BY {order}")
        return cls.cr.fetchall()

    @classmethod
    def _take_away(cls):
        cls.cr.rollback()
        cls.env.invalidate_all()
        cls.env["mail.message"].search(
            [("model", "=", "iso10003.policy"), ("res_id", "in", cls.drafts.ids)]
        ).unlink()
        cls._restore_present()
        cls.roles._guarded_write({"enforced": True})
        trigger = "TRIGGER iso10003_register_append_only"
        cls.cr.execute(f"ALTER TABLE iso10003_register DISABLE {trigger}")
        cls.cr.execute("DELETE FROM iso10003_register WHERE id > %s", [cls.last_row])
        cls.cr.execute(f"ALTER TABLE iso10003_register ENABLE ALWAYS {trigger}")
        cls.cr.execute("DELETE FROM iso10003_register_head")
        for row in cls.heads:
            cls.cr.execute(
                "INSERT INTO iso10003_register_head SELECT "
                "(%s::iso10003_register_head).*",
                [row],
            )
        cls.cr.execute(
            "DELETE FROM iso10003_policy WHERE id = ANY(%s)", [cls.drafts.ids]
        )
        cls.env.invalidate_all()
        partners = cls.managers.partner_id
        cls.managers.unlink()
        partners.unlink()
        cls.cr.commit()

    @classmethod
    def _restore_present(cls):
        cls.cr.execute(
            "UPDATE iso10003_policy SET state = 'approved', valid_from = NULL, "
            "valid_to = NULL WHERE id = ANY(%s)",
            [cls.drafts.ids],
        )
        cls.cr.execute(
            "UPDATE iso10003_policy SET state = 'in_force', valid_to = NULL "
            "WHERE id = %s",
            [cls.present.id],
        )
        cls.cr.commit()
        cls.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.addCleanup(self._restore_present)
        self.addCleanup(self.cr.rollback)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_one_of_two_managers_wins(self):
        errors = []

        def press(policy):
            try:
                service.retrying(policy.action_put_in_force, policy.env)
            except UserError as error:
                errors.append(error)

        cursors = [self.registry.cursor() for _manager in self.managers]
        for cursor in cursors:
            self.addCleanup(cursor.close)
        clicks = []
        for cursor, draft, manager in zip(
            cursors, self.drafts, self.managers, strict=True
        ):
            env = Environment(cursor, manager.id, {})
            policy = draft.with_env(env)
            self.assertEqual(policy.state, "approved")  # both have looked at it
            clicks.append(Thread(target=press, args=[policy], daemon=True))
        for click in clicks:
            click.start()
        for click in clicks:
            click.join(60)
            self.assertFalse(click.is_alive())
        self.cr.rollback()
        self.env.invalidate_all()
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
