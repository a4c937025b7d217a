# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Private doors of others: all in one list, and each is where it was."""

import importlib
import re

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path

from . import private_doors_walk as walk
from .private_doors import DOORS, SCRIPTS


@tagged("-at_install", "post_install")
class TestPrivateDoors(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sources = walk.read_sources()
        cls.listed = {(owner, name) for owner, name, _signature, _why in DOORS}

    def _find(self, owner, name):
        """Return a door where the list says that it is.

        :raise AttributeError, ImportError: it is there no more
        """
        if owner in self.registry:
            origin = walk.find_origin(self.registry, owner, name)
            # some is told of a model when all of it is put together
            return getattr(origin or self.registry[owner], name)
        module, _colon, cls = owner.partition(":")
        found = importlib.import_module(module)
        return getattr(getattr(found, cls) if cls else found, name)

    def _find_unlisted(self, sources):
        """Return what we go through and is not in the list, with where."""
        names = {name for _owner, name in self.listed}
        paths = {f"{owner}.{name}" for owner, name in self.listed}
        return [
            *(walk.find_overridden(self.registry) - self.listed),
            *(one for one in walk.walk_used(sources) if one[0] not in names),
            *(one for one in walk.walk_imported(sources) if one[0] not in paths),
        ]

    def test_each_is_where_it_was(self):
        for owner, name, signature, why in DOORS:
            with self.subTest(owner=owner, name=name, why=why):
                self.assertEqual(walk.sign(self._find(owner, name)), signature)

    def test_all_are_in_the_list(self):
        self.assertFalse(self._find_unlisted(self.sources))

    def test_none_is_listed_that_is_not_used(self):
        used = walk.find_overridden(self.registry)
        names = {name for name, _where in walk.walk_used(self.sources)}
        paths = {what for what, _where in walk.walk_imported(self.sources)}
        self.assertFalse(
            [
                (owner, name)
                for owner, name in self.listed - used
                if name not in names and f"{owner}.{name}" not in paths
            ]
        )

    def test_a_door_outside_is_found(self):
        for source in (
            "self.env['mail.mail']._made_up_elsewhere()",
            "getattr(record, '_made_up_elsewhere')",
            "from odoo.orm.models import INSERT_BATCH_SIZE",
            "from odoo.tools import _made_up_elsewhere",
        ):
            found = self._find_unlisted({**self.sources, "models/made_up.py": source})
            self.assertEqual([where for _what, where in found], ["models/made_up.py:1"])
        self.listed = self.listed - {("mail.thread", "_message_subscribe")}
        self.assertIn(
            ("mail.thread", "_message_subscribe"), self._find_unlisted(self.sources)
        )

    def test_a_door_that_moved_is_found(self):
        with self.assertRaises(AttributeError):
            self._find("mail.thread", "_made_up_elsewhere")
        self.assertNotEqual(
            walk.sign(self._find("ir.rule", "_compute_domain")), "(self)"
        )

    # ------------------------------------------------------------
    # The web client
    # ------------------------------------------------------------

    def _has_method(self, module, cls, method):
        """Return whether a class of the web client has a method."""
        addon, _slash, path = module.lstrip("@").partition("/")
        with open(file_path(f"{addon}/static/src/{path}.js")) as script:
            text = script.read()
        self.assertIn(f"export class {cls} ", text)
        return bool(re.search(rf"^    (get |async )?{method}\(", text, re.M))

    def test_what_scripts_override_is_listed_and_where_it_was(self):
        folder = walk.ADDON / "static" / "src"
        texts = [path.read_text("utf-8") for path in folder.rglob("*.js")]
        listed = {(module, cls, method) for module, cls, method, _why in SCRIPTS}
        for one in listed:
            self.assertTrue(self._has_method(*one), one)
        overridden = {one for one in walk.walk_scripts(texts) if self._has_method(*one)}
        self.assertEqual(overridden, listed)
