# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where the addon goes through a private door of Odoo or of a neighbour.

A private door is a name with an underscore that others brought and we override, call
or read, or something imported from where no addon is meant to look.
"""

import ast
import functools
import inspect
import re
from pathlib import Path

ADDON = Path(__file__).parents[1]
PACKAGE = "odoo_iso10003"
# what Odoo offers to addons
PUBLIC = {
    "odoo",
    "odoo.api",
    "odoo.exceptions",
    "odoo.fields",
    "odoo.http",
    "odoo.models",
    "odoo.tools",
}
BY_NAME = {"getattr", "setattr", "hasattr"}
IMPORT = re.compile(r'^import\s+\{([^}]+)\}\s+from\s+"(@[^"]+)"', re.M)
EXTENDS = re.compile(r"class \w+ extends (\w+) \{(.*?)^\}", re.M | re.S)
PATCHES = re.compile(r"^patch\((\w+)(?:\.prototype)?, \{(.*?)^\}\)", re.M | re.S)
METHOD = re.compile(r"^ {4}(?:async )?(?:get |set )?(\w+)\(.*\) \{$", re.M)


def read_sources():
    """Return ``{path: source}`` of what runs: no tests, no updates."""
    return {
        path.relative_to(ADDON).as_posix(): path.read_text("utf-8")
        for path in sorted(ADDON.rglob("*.py"))
        if path.relative_to(ADDON).parts[0] not in ("tests", "migrations")
    }


@functools.cache  # each is looked at for several things, and again with offenders
def walk_source(source):
    """Return all nodes of a source."""
    return list(ast.walk(ast.parse(source)))


def is_private(name):
    return name.startswith("_") and not name.endswith("__") and name != "_"


def is_ours(owner):
    return owner.__module__.startswith(f"odoo.addons.{PACKAGE}.")


def find_own(sources):
    """Return the private names that are given somewhere in our sources."""
    own = set()
    for source in sources.values():
        for node in walk_source(source):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                own.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                own.add(node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                own.add(node.attr)
    return own


def find_origin(registry, model, name):
    """Return the class of others that first brought ``name`` to a model, or None."""
    found = None
    for owner in registry[model].mro()[1:]:
        if name in vars(owner) and not is_ours(owner):
            found = owner
    return found


def name_owner(owner):
    """Return the model of a class of others; all that models are is ``base``."""
    return "base" if owner.__module__.startswith("odoo.orm") else owner._name


def find_overridden(registry):
    """Return ``{(model that brings it, name)}`` of what we override of others."""
    found = set()
    for model, cls in registry.items():
        names = {
            name
            for owner in cls.mro()[1:]
            if is_ours(owner)
            for name, value in vars(owner).items()
            if is_private(name) and inspect.isfunction(value)
        }
        for name in names:
            if origin := find_origin(registry, model, name):
                found.add((name_owner(origin), name))
    return found


def walk_used(sources):
    """Yield ``(name, where)`` of what is called or read, and that we do not give.

    What has a name that is ours too is taken for ours; where that overrides
    something, :func:`find_overridden` finds it.
    """
    own = find_own(sources) - find_of_controllers(sources)
    for path, source in sources.items():
        for node in walk_source(source):
            name = name_used(node)
            if is_private(name) and name not in own:
                yield name, f"{path}:{node.lineno}"


def find_of_controllers(sources):
    """Return what our controllers ask of ``super()``: these are no models."""
    return {
        node.attr
        for path, source in sources.items()
        if path.startswith("controllers/")
        for node in walk_source(source)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Call)
        and getattr(node.value.func, "id", "") == "super"
    }


def name_used(node):
    """Return the attribute that a node asks for, also by name, or nothing."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in BY_NAME:
        name = node.args[1]
        return name.value if isinstance(name, ast.Constant) else ""
    return ""


def walk_imported(sources):
    """Yield ``(what, where)`` of imports from where no addon is meant to look."""
    for path, source in sources.items():
        for node in walk_source(source):
            if isinstance(node, ast.ImportFrom) and not node.level:
                for alias in node.names:
                    inside = node.module.partition(f".{PACKAGE}")[1]
                    public = node.module in PUBLIC and not is_private(alias.name)
                    if node.module.split(".")[0] == "odoo" and not (public or inside):
                        yield f"{node.module}.{alias.name}", f"{path}:{node.lineno}"


def sign(door):
    """Return how something is called, without annotations; nothing if it is not."""
    if not inspect.isroutine(door):
        return ""
    signature = inspect.signature(door)
    bare = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in signature.parameters.values()
    ]
    return re.sub(r"<function .+? at \w+>", "<function>", str(inspect.Signature(bare)))


def walk_scripts(sources):
    """Yield ``(module, class, method)`` of what scripts override of the web client.

    :param sources: the texts of our scripts
    """
    for source in sources:
        modules = {
            name.strip(): module
            for names, module in IMPORT.findall(source)
            for name in names.split(",")
        }
        for base, body in EXTENDS.findall(source) + PATCHES.findall(source):
            if base in modules and base != "Component":
                for method in METHOD.findall(body):
                    yield modules[base], base, method
