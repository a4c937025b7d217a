# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Transactions that really are at work at the same time, in a database of their own."""

# pylint: disable=invalid-commit
import time
from contextlib import closing, contextmanager
from threading import Thread
from unittest.mock import patch

from odoo import sql_db
from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import DummyRLock, Registry
from odoo.service import model as service
from odoo.tests import BaseCase
from odoo.tests.common import get_db_name
from odoo.tools import SQL, config

from .common import DisputePeople

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
            self.env.cr.rollback()  # as a request that was refused ends
            self.error = error

    def wait(self):
        self.join(PATIENCE)
        if self.is_alive():
            raise AssertionError("a request hangs")
        return self


class ConcurrencyCase(DisputePeople, BaseCase):
    """People who meet each other; they see only what was committed.

    So what these tests make is committed: to a copy of the database, which each class
    throws away.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.database = f"{get_db_name()}-{cls.__name__.lower()}"
        cls._copy_database()
        cls.addClassCleanup(cls._drop_database)
        # with this option on, Odoo would run its own tests when it loads them
        with patch.dict(config.options.maps[0], test_enable=False):
            cls.registry = Registry(cls.database)
        # Odoo's own runner has it while tests run, and nobody else would go on
        cls.startClassPatcher(patch.object(Registry, "_lock", DummyRLock()))
        cls.cr = cls.registry.cursor()
        cls.addClassCleanup(cls.cr.close)
        cls.env = Environment(cls.cr, SUPERUSER_ID, {})
        # files are shared with nobody
        cls.env["ir.config_parameter"].set_param("ir_attachment.location", "db")
        cls._set_up_people()
        cls.cr.commit()

    @classmethod
    def _copy_database(cls):
        cls._drop_database()
        sql_db.close_db(get_db_name())  # PostgreSQL copies what nobody is connected to
        cls._administer(
            "CREATE DATABASE %s TEMPLATE %s",
            SQL.identifier(cls.database),
            SQL.identifier(get_db_name()),
        )

    @classmethod
    def _drop_database(cls):
        Registry.delete(cls.database)
        sql_db.close_db(cls.database)
        cls._administer(
            "DROP DATABASE IF EXISTS %s WITH (FORCE)", SQL.identifier(cls.database)
        )

    @classmethod
    def _administer(cls, *statement):
        with closing(sql_db.db_connect("postgres").cursor()) as cr:
            cr._cnx.autocommit = True  # these two want no transaction
            cr.execute(SQL(*statement))

    def setUp(self):
        super().setUp()
        self.addCleanup(self.cr.rollback)
        # who loses a race tries again at once, and not within a random second
        self.startPatcher(patch.object(service.random, "uniform", return_value=0.01))

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
            self._give(dispute, self._wanted("referral"))
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
