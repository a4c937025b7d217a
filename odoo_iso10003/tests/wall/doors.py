# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where in source text people come to hear of records."""

import ast
import re

# how messages, mails, notifications, activities and invitations are born
BORN = {
    "mail.message": r"mail\.message['\"]\]",
    "mail.mail": r"mail\.mail['\"]\]",
    "mail.notification": r"mail\.notification['\"]\]",
    "mail.push": r"mail\.push['\"]\]",
    "mail.activity": r"mail\.activity['\"]\]",
    "mail.scheduled.message": r"mail\.scheduled\.message['\"]\]",
    "mail.message.schedule": r"mail\.message\.schedule['\"]\]",
    "calendar.attendee": r"calendar\.attendee['\"]\]",
}
MAKERS = {"create": None, "_message_create": "mail.message"}
INSERT = re.compile(
    r"INSERT\s+INTO\s+\"?(mail_(?:message|mail|notification|activity)|calendar_attendee)\b",
    re.IGNORECASE,
)

_HINT = re.compile("|".join([*BORN.values(), "_message_create", INSERT.pattern]), re.I)


def find_births(source):
    """Return ``(function, model)`` for each place in ``source`` where one is born."""
    births = set()
    if not _HINT.search(source):  # most files; reading them would take long
        return births
    for name, function in _functions(ast.parse(source)):
        known = _names_of_models(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                births.update((name, model) for model in _born(node, known))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                births.update(
                    (name, table.replace("_", "."))
                    for table in INSERT.findall(node.value)
                )
    return births


def _functions(tree):
    for outer in tree.body:
        if isinstance(outer, ast.ClassDef):
            for inner in outer.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{outer.name}.{inner.name}", inner
        elif isinstance(outer, ast.FunctionDef):
            yield outer.name, outer


def _names_of_models(function):
    """Return which variables of ``function`` stand for which model."""
    known = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            text = ast.unparse(node.value)
            for model, pattern in BORN.items():
                if re.search(pattern, text):
                    known.update(
                        (target.id, model)
                        for target in node.targets
                        if isinstance(target, ast.Name)
                    )
    return known


def _born(call, known):
    maker = call.func.attr
    if maker not in MAKERS:
        return
    if MAKERS[maker]:
        yield MAKERS[maker]
        return
    text = ast.unparse(call.func.value)
    for model, pattern in BORN.items():
        if re.search(pattern, text):
            yield model
    if (first := re.match(r"\w+", text)) and first.group() in known:
        yield known[first.group()]
