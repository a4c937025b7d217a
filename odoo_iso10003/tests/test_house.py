# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where a newcomer finds what happens: few files a model, one write, one order."""

import ast
from collections import Counter

from odoo.tests import TransactionCase, tagged
from odoo.tests.common import BaseCase

from .test_rooms import ADDON, read_sources

# So many classes may make up a model, those of other rooms included.
MOST_CLASSES = 4
# Models of more, and of how many: a number here only goes down.
LARGE = {
    "iso10003.alarm": 6,
    "iso10003.deadline": 7,
    "iso10003.deadline.rule": 5,
    "iso10003.dispute": 8,
    "iso10003.file": 5,  # … and lists them
    "iso10003.filed": 5,  # each room says what its records of a file are
    "iso10003.job": 6,  # each room brings the work that it has
    "iso10003.obligation": 5,
    "iso10003.policy": 9,  # the engine of limits reminds of its review
    "iso10003.referral": 10,
    "iso10003.register": 19,  # each room brings the events that it writes
    "iso10003.result": 5,  # its effect, its review, what is owed by it, its checks
}
# What of this a model itself defines, it defines once.
EFFECTS = ("create", "write", "_guarded_write", "unlink")

# The order in which mixins are asked, wherever two of them meet: what refuses comes
# before what follows, and what is told last tells what has happened.
MIXINS = (
    "iso10003.assigned",  # who is named is competent: asked after the file is there
    "iso10003.segregated",  # and judges nothing of their own
    "iso10003.file.currency",
    "iso10003.referral.authored",  # what methods write makes nobody an author
    "iso10003.guarded",  # private writes pass all that follows
    "iso10003.proportioned",
    "iso10003.configuration",
    "iso10003.one.door",
    "iso10003.policy.part",
    "iso10003.timed",  # limits follow what the file and the register have
    "iso10003.cached",
    "iso10003.between.parties",  # who is told follows from who takes part
    "iso10003.filed",
    "iso10003.registered",
    "iso10003.registered.part",
    "iso10003.swept",
    "iso10003.told",
    "iso10003.searched",
    "iso10003.reminded",  # it plans what all others have settled
)
# where a kind of file stands itself: its own effects come before and after theirs
BEFORE_ITSELF = ("iso10003.assigned", "iso10003.segregated")


def read_classes(sources):
    """Yield ``(model, the class that adds to it)`` of all sources."""
    for _room, text, _path in sources:
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and (model := find_model(node)):
                yield model, node


def find_model(node):
    """Return the model that a class brings or adds to, or nothing."""
    said = {
        part.targets[0].id: part.value
        for part in node.body
        if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name)
    }
    name = said.get("_name") or said.get("_inherit")
    if isinstance(name, ast.List):
        name = name.elts[0]
    return name.value if isinstance(name, ast.Constant) else None


def find_large(classes, most, large):
    """Yield the models of too many classes, and what the table has too much.

    A class that only joins the mixins of its room is none to look through.
    """
    counted = Counter(model for model, node in classes if not only_joins(node))
    yield from compare_with_table(counted, most, large)


def only_joins(node):
    return all(isinstance(part, ast.Assign | ast.Expr) for part in node.body) and {
        part.targets[0].id for part in node.body if isinstance(part, ast.Assign)
    } == {"_name", "_inherit"}


def find_scattered(classes):
    """Yield the models with two places in which a write is followed."""
    counted = Counter(
        (model, part.name)
        for model, node in classes
        for part in node.body
        if isinstance(part, ast.FunctionDef) and part.name in EFFECTS
    )
    yield from compare_with_table(counted, 1, {})


def compare_with_table(counted, most, table):
    for key, number in counted.items():
        allowed = table.get(key, most)
        if number > allowed:
            yield f"{key}: {number}, and {allowed} is the most"
    for key, allowed in table.items():
        if counted[key] < allowed:
            yield f"{key}: {counted[key]} by now, lower the table's {allowed}"
        if allowed <= most:
            yield f"{key}: {allowed} needs no line in the table"


def find_disorder(names, order):
    """Return the first two of these names that stand the other way in ``order``."""
    known = [name for name in dict.fromkeys(names) if name in order]
    for former, after in zip(known, known[1:], strict=False):
        if order.index(former) > order.index(after):
            return former, after
    return None


class TestHouse(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sources = read_sources()

    def _made_up(self, text):
        return [*self.sources, ("mixin", text, ADDON / "made_up.py")]

    def test_a_model_is_in_few_classes(self):
        classes = list(read_classes(self.sources))
        self.assertFalse(list(find_large(classes, MOST_CLASSES, LARGE)))

    def test_what_follows_a_write_stands_in_one_place(self):
        classes = list(read_classes(self.sources))
        self.assertFalse(list(find_scattered(classes)))

    def test_an_offender_is_found(self):
        crowd = 'class A:\n    _inherit = "iso10003.gate"\n' * MOST_CLASSES
        classes = list(read_classes(self._made_up(crowd)))
        found = list(find_large(classes, MOST_CLASSES, LARGE))
        self.assertEqual(len(found), 1)
        self.assertIn("iso10003.gate", found[0])
        joins = 'class A:\n    """B."""\n    _name = "made.up"\n    _inherit = ["b"]\n'
        joins = list(read_classes(self._made_up(joins * (MOST_CLASSES + 1))))
        self.assertEqual(list(find_large(joins, MOST_CLASSES, LARGE)), [])
        for inherit in (
            '_inherit = "made.up"',
            '_inherit = ["made.up", "mail.thread"]',
        ):
            twice = f"class A:\n    {inherit}\n    def write(self, vals): ...\n" * 2
            classes = list(read_classes(self._made_up(twice)))
            (found,) = find_scattered(classes)
            self.assertIn("('made.up', 'write'): 2", found)

    def test_a_table_that_allows_too_much_is_found(self):
        for counted in (2, 0):
            (found,) = compare_with_table(Counter(one=counted), 1, {"one": 3})
            self.assertIn("lower the table's 3", found)
        (found,) = compare_with_table(Counter(one=1), 1, {"one": 1})
        self.assertIn("needs no line", found)


@tagged("-at_install", "post_install")
class TestOrderOfMixins(TransactionCase):
    def _names(self, model):
        """Return the models whose classes are asked in turn, our own ones."""
        return [
            part._name
            for part in self.registry[model].mro()
            if part.__module__.startswith("odoo.addons.odoo_iso10003.")
        ]

    def test_mixins_are_asked_in_one_order(self):
        for model in self.registry:
            if model not in MIXINS:
                self.assertIsNone(find_disorder(self._names(model), MIXINS), model)

    def test_a_kind_of_file_stands_between_who_is_named_and_what_is_guarded(self):
        filed = self.registry["iso10003.filed"]
        kinds = [
            name
            for name, model in self.registry.items()
            if issubclass(model, filed) and not model._abstract
        ]
        self.assertIn("iso10003.dispute", kinds)
        for kind in kinds:
            names = self._names(kind)
            itself = len(names) - 1 - names[::-1].index(kind)  # where it is brought
            for name in MIXINS:
                if name in names:
                    before = names.index(name) < itself
                    self.assertEqual(before, name in BEFORE_ITSELF, (kind, name))

    def test_an_offender_is_found(self):
        names = ["made.up", "iso10003.timed", "iso10003.guarded", "iso10003.told"]
        self.assertEqual(
            find_disorder(names, MIXINS), ("iso10003.timed", "iso10003.guarded")
        )
        self.assertIsNone(find_disorder(names[2:], MIXINS))
