# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The calls that the web client makes to show a view.

What is asked for is derived from the views as the client does it:
``getFieldsSpec`` and ``extractFieldsFromArchInfo`` of
``web/static/src/model/relational_model/utils.js``.
"""

import ast

from lxml import etree

from odoo.service.model import call_kw
from odoo.tools.json import json_default
from odoo.tools.json import scriptsafe as json
from odoo.tools.safe_eval import safe_eval

LIST_LIMIT = 80
KANBAN_LIMIT = 40
SUBVIEW_LIMIT = 40
COUNT_LIMIT = 10_001

# fields that a widget needs besides its own
ACTIVITY = (
    "activity_exception_decoration",
    "activity_exception_icon",
    "activity_state",
    "activity_summary",
    "activity_type_icon",
    "activity_type_id",
)
DEPENDENCIES = {
    "list_activity": ACTIVITY,
    "kanban_activity": ACTIVITY,
    "statusbar_duration": ("duration_tracking",),
}
X2MANY = ("one2many", "many2many")


class View:
    """One view of a model, as its arch came over the wire."""

    def __init__(self, env, model, kind, without=None):
        """Fetch the view.

        :param without: leave out the fields that this addon brought to the model
        """
        self.env = env
        self.without = without
        self.model = model
        self.kind = kind
        answer = env[model].get_views([(False, kind)])
        self.arch = etree.fromstring(answer["views"][kind]["arch"])
        self.fields = {
            name: description["fields"]
            for name, description in answer["models"].items()
        }

    @property
    def order(self):
        return self.arch.get("default_order", "")

    def specification(self):
        """Return what the client wants to read of each record."""
        return self._specify(self.arch, self.model)

    def _specify(self, root, model):
        specification = {}
        for node in _fields_of(root):
            name = node.get("name")
            field = self._describe(model, name)
            if not field or self._is_left_out(model, name):
                continue
            specification[name] = self._specify_field(node, field)
            for needed in DEPENDENCIES.get(node.get("widget"), ()):
                is_reference = self._describe(model, needed)["type"] == "many2one"
                plain = {"fields": {"display_name": {}}, "context": {}}
                specification.setdefault(needed, plain if is_reference else {})
        return specification

    def _is_left_out(self, model, name):
        return self.without and self.env[model]._fields[name]._module == self.without

    def _describe(self, model, name):
        if name not in self.fields.setdefault(model, {}):
            self.fields[model] |= self.env[model].fields_get([name])
        return self.fields[model].get(name)

    def _specify_field(self, node, field):
        hidden = any(
            node.get(attribute) in ("1", "True")
            for attribute in ("invisible", "column_invisible")
        )
        if field["type"] in ("many2one", "reference"):
            if hidden:
                return {"fields": {}}
            return {"fields": {"display_name": {}}, "context": _context(node)}
        if field["type"] in X2MANY and not hidden:
            return self._specify_many(node, field)
        return {}

    def _specify_many(self, node, field):
        specification = {"fields": {}, "context": _context(node)}
        widget = node.get("widget")
        if widget == "many2many_tags":
            specification["fields"]["display_name"] = {}
            if color := _options(node).get("color_field"):
                specification["fields"][color] = {}
            return specification
        inline = [child for child in node if child.tag in ("list", "kanban")]
        if not inline and (self.kind != "form" or widget):
            return specification
        if inline:
            subview = inline[0]
        else:  # the form fetches the list of what it shows
            subview = View(self.env, field["relation"], "list").arch
        specification["fields"] = self._specify(subview, field["relation"])
        specification["limit"] = int(subview.get("limit") or SUBVIEW_LIMIT)
        if order := subview.get("default_order"):
            specification["order"] = order
        return specification


def _fields_of(root):
    """Yield the field nodes of a view, without those of views inside it."""
    for node in root:
        if node.tag == "field":
            yield node
        elif node.tag != "groupby":
            yield from _fields_of(node)


def _is_visible(node, record):
    """Say whether a form shows a node of its own, outside the pages of its notebook."""
    around = [node, *node.iterancestors()]
    if any(each.tag == "page" for each in around):
        return False
    conditions = [each.get("invisible") for each in around if each.get("invisible")]
    return not any(safe_eval(condition, dict(record)) for condition in conditions)


def _context(node):
    try:
        return ast.literal_eval(node.get("context", "{}"))
    except ValueError:  # it depends on the record
        return {}


def _options(node):
    return ast.literal_eval(node.get("options", "{}"))


class Client:
    """Shows views of one model, with calls that are all text in the end."""

    def __init__(self, env, model, without=None, kinds=("list", "kanban", "form")):
        self.model = model
        self.views = {kind: View(env, model, kind, without) for kind in kinds}
        self.specifications = {
            kind: view.specification() for kind, view in self.views.items()
        }
        self.visible = {}  # fields of widgets, by record

    def list(self, env, domain, offset=0):
        return self._call(
            env,
            "web_search_read",
            [],
            domain=domain,
            specification=self.specifications["list"],
            offset=offset,
            order=self.views["list"].order,
            limit=LIST_LIMIT,
            count_limit=COUNT_LIMIT,
            context={"bin_size": True},
        )

    def groups(self, env, domain, groupby):
        """Show the list in groups, all of them folded."""
        summed = [
            f"{node.get('name')}:sum"
            for node in _fields_of(self.views["list"].arch)
            if node.get("sum")
        ]
        return self._call(
            env,
            "web_read_group",
            [],
            domain=domain,
            groupby=[groupby],
            aggregates=summed,
            limit=LIST_LIMIT,
            offset=0,
            opening_info=[],
            groupby_read_specification={},
        )

    def kanban(self, env, domain):
        """Load the columns and their progress bars, as the client does together."""
        arch = self.views["kanban"].arch
        groupby = arch.get("default_group_by")
        groups = self._call(
            env,
            "web_read_group",
            [],
            domain=domain,
            groupby=[groupby],
            aggregates=[],
            offset=0,
            order=self.views["kanban"].order,
            auto_unfold=True,
            opening_info=[],
            unfold_read_specification=self.specifications["kanban"],
            unfold_read_default_limit=KANBAN_LIMIT,
            groupby_read_specification={},
            context={"read_group_expand": True},
        )
        bar = arch.find("progressbar")
        self._call(
            env,
            "read_progress_bar",
            [],
            domain=domain,
            group_by=groupby,
            progress_bar={
                "field": bar.get("field"),
                "colors": json.loads(bar.get("colors")),
            },
        )
        return sum(len(group.get("__records", ())) for group in groups["groups"])

    def form(self, env, record_id):
        return self._call(
            env,
            "web_read",
            [[record_id]],
            specification=self.specifications["form"],
            context={"bin_size": True},
        )

    def form_with_widgets(self, env, record_id):
        """Show the form, and make the call of the widgets that are visible at once.

        They read what the form does not, all of them in one call.
        """
        [record] = self.form(env, record_id)
        if record_id not in self.visible:
            self.visible[record_id] = self._find_visible(record)
        if fields := self.visible[record_id]:
            env.invalidate_all()  # a request of its own
            env.transaction.clear()
            self._call(env, "read", [[record_id], fields])

    def _find_visible(self, record):
        """Return the fields of the visible widgets: the browser's work, done once."""
        return [
            widget.get("field")
            for widget in self.views["form"].arch.iterfind(".//widget[@field]")
            if _is_visible(widget, record)
        ]

    def _call(self, env, method, args, context=None, **kwargs):
        context = {**env.context, **(context or {})}
        answer = call_kw(env[self.model], method, args, {**kwargs, "context": context})
        json.dumps(answer, default=json_default)  # as it goes over the wire
        return answer
