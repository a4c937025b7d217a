# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rooms know each other in one direction: by imports, inheritance and links."""

import ast
import re
from pathlib import Path

from odoo.tests.common import BaseCase

ADDON = Path(__file__).parents[1]
KINDS = ("models", "wizard", "report")
LINKS = {"Many2one", "One2many", "Many2many"}

# Each room knows those before it, and none after it. This is the picture in
# docs/architecture.md.
ROOMS = (
    "wall",
    "mixin",
    "print",
    "register",
    "file",
    "correspondence",
    "party",
    "policy",
    "deadline",
    "provider",
    "dispute",
    "participation",
    "proceeding",
    "improvement",
    "conformity",
    "legal",
    "competence",
)
# what knows a later room all the same, and why
BACKWARDS = {
    ("file", "iso10003.policy"): "a case has the version that it was opened under",
    ("policy", "iso10003.dispute.category"): "rules are for some categories",
    ("provider", "iso10003.dispute.category"): "providers take some categories",
    (
        "register",
        "iso10003.dispute",
    ): "a column to find rows by",
}


def read_sources():
    """Return ``[(room, source)]`` of all models, dialogs and reports."""
    return [
        (path.relative_to(ADDON).parts[1], path.read_text("utf-8"), path)
        for kind in KINDS
        for path in sorted((ADDON / kind).glob("*/*.py"))
        if path.name != "__init__.py"
    ]


def find_owners(sources):
    """Return ``{name of a model of ours: the room that brings it}``."""
    # a later room that gives a model a mixin names it once more
    return {
        name: room
        for room, text, _path in sorted(
            sources, key=lambda source: source[0] in ROOMS and -ROOMS.index(source[0])
        )
        for name in re.findall(r'^    _name = "(iso10003\.[\w.]+)"', text, re.M)
    }


def walk_known(source, path):
    """Yield ``(how, what)`` for each room or model that a file leads to."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level:
            folder = list(path.relative_to(ADDON).parts[:-1])
            way = folder[: len(folder) - node.level + 1]
            way += (node.module or "").split(".")
            if len(way) > 1 and way[0] in KINDS:
                yield "room", way[1]
        elif isinstance(node, ast.Assign) and _is_inherit(node):
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant):
                    yield "model", part.value
        elif isinstance(node, ast.Call) and _is_link(node):
            for part in [*node.args[:1], *(word.value for word in node.keywords)]:
                if isinstance(part, ast.Constant):
                    yield "model", part.value


def _is_inherit(node):
    return getattr(node.targets[0], "id", "") in ("_inherit", "_inherits")


def _is_link(node):
    return isinstance(node.func, ast.Attribute) and node.func.attr in LINKS


def find_backwards(sources, rooms, allowed):
    """Yield what knows a room that comes after its own."""
    owners = find_owners(sources)
    used = set()
    for room, source, path in sources:
        if room not in rooms:
            yield f"{path.name}: is in no known room, {room}"
            continue
        for how, what in walk_known(source, path):
            known = what if how == "room" else owners.get(what, room)
            if rooms.index(known) <= rooms.index(room):
                continue
            if (room, what) in allowed:
                used.add((room, what))
            else:
                yield f"{room}/{path.name} knows {what}, of {known}"
    yield from (
        f"{room} no longer knows {what}" for room, what in allowed.keys() - used
    )


class TestRooms(BaseCase):
    def test_rooms_know_only_those_before_them(self):
        self.assertFalse(list(find_backwards(read_sources(), ROOMS, BACKWARDS)))

    def test_an_offender_is_found(self):
        path = ADDON / "models" / "mixin" / "made_up.py"
        for source in (
            "from ..legal import referral",
            'class A:\n    _inherit = ["mail.thread", "iso10003.dispute"]',
            'fields.Many2one("iso10003.dispute")',
            'fields.Many2many(string="Files", comodel_name="iso10003.dispute")',
        ):
            sources = [*read_sources(), ("mixin", source, path)]
            found = list(find_backwards(sources, ROOMS, BACKWARDS))
            self.assertEqual(len(found), 1, source)
            self.assertIn("made_up.py", found[0])

    def test_the_same_rooms_everywhere(self):
        for kind in ("models", "wizard", "report", "views", "data", "demo", "tests"):
            folders = {
                path.relative_to(ADDON / kind).parts[0]
                for path in (ADDON / kind).glob("*/*.*")
            }
            known = {*ROOMS, "core"} if kind == "tests" else set(ROOMS)
            self.assertFalse(folders - known - {"__pycache__"}, kind)

    def test_the_picture_is_this_table(self):
        page = ADDON.parent / "docs" / "architecture.md"
        if not page.exists():  # the addon alone, without its project
            return
        drawn = re.findall(r"^    (\w+)\[.*\] --> (\w+)", page.read_text("utf-8"), re.M)
        below = zip(ROOMS[:0:-1], ROOMS[-2::-1], strict=True)
        self.assertEqual(drawn, list(below))
