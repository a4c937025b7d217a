# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Text of people is printed as text of people, on every page, mail and portal view."""

import ast
import io
from unittest.mock import patch

import lxml.html
from lxml import etree
from markupsafe import Markup
from PIL import Image

from odoo.fields import Html
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from ...report.print.people_text import OF_PEOPLE
from ..common import ADDON, DisputeCase, DisputePeople

# what one mail needs to cover the register with a page of its own
POISON = (
    '<div class="footer article iso10003_poison" id="pages-of-exhibit-1" '
    'style="position:fixed;margin-top:-900px" data-append="/web/content/1" '
    'data-oe-model="res.users"><h2>The register of this file is whole.</h2>'
    '<a rel="attachment" href="/web/content/1">x</a>told words</div>'
)
# printed of records that no demo data has; their templates are read all the same
WITHOUT_DEMO = {f"{ADDON}.training_certificate", f"{ADDON}.training_register"}
SIGNS = (
    "iso10003_poison",
    "pages-of-exhibit-1",
    "position:fixed",
    "/web/content/1",
    'rel="attachment"',
    "data-append=",
)


def picture():
    content = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(content, "PNG")
    return content.getvalue()


# what ships as it is, and no role may change
SHIPPED_TEXTS = {"odoo_iso10003.starter_page": ["body"]}


def find_unclean(arch, html_fields):
    """Return the expressions with which a template prints text of people raw.

    :param arch: a QWeb template
    :param html_fields: names of the fields that hold HTML of people
    """
    found = []
    for node in etree.fromstring(f"<t>{arch}</t>").iter(etree.Element):
        found += [node.get("t-raw")] if node.get("t-raw") else []
        if "people_text" in node.get("t-options", "") + node.get(
            "t-options-widget", ""
        ):
            continue
        for attribute in ("t-out", "t-esc", "t-value"):
            expression = node.get(attribute, "")
            if html_fields & set(_name_values(expression)):
                found.append(expression)
    return found


def _name_values(expression):
    """Yield the names of what an expression may return."""
    try:
        waiting = [ast.parse(expression.strip(), mode="eval").body]
    except SyntaxError:
        return
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Attribute():
                yield node.attr
            case ast.Name():
                yield node.id
            case ast.Subscript():
                yield getattr(node.slice, "value", None)
            case ast.BoolOp():
                waiting += node.values
            case ast.IfExp():
                waiting += [node.body, node.orelse]
            case ast.BinOp():
                waiting += [node.left, node.right]
            case ast.Call(func=ast.Attribute()):
                waiting.append(node.func.value)


class TestEveryTemplate(DisputeCase):
    """No template prints HTML of people by another way than the one function."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.html_fields = {
            (model, name)
            for model in cls.env.registry
            if OF_PEOPLE.match(model) and not cls.env[model]._abstract
            for name, field in cls.env[model]._fields.items()
            if field.type == "html"
        }

    def _find_own(self, model):
        ids = self.env["ir.model.data"].search(
            [("module", "=", ADDON), ("model", "=", model)]
        )
        return self.env[model].browse(ids.mapped("res_id"))

    def test_templates_of_pages_and_mails(self):
        names = {name for _model, name in self.html_fields}
        self.assertLessEqual({"description", "recourse", "decision"}, names)
        templates = self._find_own("ir.ui.view").filtered(lambda v: v.type == "qweb")
        self.assertGreater(len(templates), 15)
        for view in templates:
            with self.subTest(view.key):
                self.assertEqual(
                    find_unclean(view.arch, names), SHIPPED_TEXTS.get(view.key, [])
                )
        for mail in self._find_own("mail.template"):
            with self.subTest(mail.name):
                body = etree.tostring(lxml.html.fromstring(str(mail.body_html)))
                self.assertEqual(find_unclean(body.decode(), names), [])

    def test_the_walk_finds_an_offender(self):
        for arch in (
            '<p t-out="o.description"/>',
            '<p t-raw="anything"/>',
            '<p t-esc="o.findings"/>',
            "<p t-out=\"facts['description']\"/>",
            '<p t-out="description"/>',
            '<p t-out="o.reason or o.description"/>',
            '<p t-out="o.description.strip()"/>',
            '<t t-set="told" t-value="o.description"/>',
        ):
            with self.subTest(arch):
                self.assertEqual(
                    len(find_unclean(arch, {"description", "findings"})), 1
                )
        for arch in (
            '<p t-field="o.description"/>',
            '<p t-out="o.name"/>',
            '<p t-out="digits(len(o.description))"/>',
            """<p t-out="o.description" t-options="{'widget': 'people_text'}"/>""",
        ):
            with self.subTest(arch):
                self.assertEqual(find_unclean(arch, {"description"}), [])

    def test_t_field_is_the_function_for_every_html_field(self):
        told = patch.object(Html, "__get__", lambda *_args: Markup(POISON))
        for model, name in sorted(self.html_fields):
            with self.subTest(field=f"{model}.{name}"), told:
                made = self.env["ir.qweb.field.html"].record_to_html(
                    self.env[model], name, {}
                )
                for sign in SIGNS:
                    self.assertNotIn(sign, made)
                self.assertIn("told words", made)

    def test_every_report_of_ours(self):
        """With poison in each field of people in the database."""
        self.env.flush_all()
        for model, name in self.html_fields:
            field = self.env[model]._fields[name]
            if not field.store or not field.column_type:
                continue
            value = SQL("%s", POISON)
            if field.translate:
                value = SQL("jsonb_build_object('en_US', %s::text)", POISON)
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s",
                    SQL.identifier(self.env[model]._table),
                    SQL.identifier(name),
                    value,
                )
            )
        self.env.invalidate_all()
        told = 0
        for report in self._find_own("ir.actions.report"):
            if report.report_name in WITHOUT_DEMO:
                continue
            records = self.env[report.model].search([], limit=3)
            with self.subTest(report.report_name):
                self.assertTrue(records, "this walk wants a record of demo data")
                html, _kind = self.env["ir.actions.report"]._render_qweb_html(
                    report.report_name, records.ids, data={"report_type": "html"}
                )
                html = html.decode()
                self.assertNotIn("iso10003_poison", html)
                self.assertNotIn("position:fixed", html)
                self.assertNotIn('rel="attachment"', html)
                told += html.count("told words")
        self.assertGreater(told, 0)


class TestPictures(DisputeCase):
    """A text shows the pictures of its own record, to who may read them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()
        cls.referral = cls.env["iso10003.referral"]

    def _attach(self, record, content=None, name="x.png"):
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": content or picture(),
                "res_model": record._name,
                "res_id": record.id,
            }
        )

    def _shown(self, attachment, user=None, query=""):
        self.dispute.description = Markup(
            f'<p>See <img src="/web/image/{attachment.id}-abc/x.png{query}"></p>'
        )
        record = self.dispute.with_user(user or self.handler)
        made = self.env["ir.qweb.field.people_text"].with_user(record.env.user)
        html = made.record_to_html(record, "description", {})
        return f'src="/web/image/{attachment.id}"' in html

    def test_its_own_and_those_of_its_complaint(self):
        self.assertTrue(self._shown(self._attach(self.dispute)))
        self.assertTrue(self._shown(self._attach(self.ticket)))

    def test_no_others(self):
        other = self._open_dispute(self._new_ticket(name="Another"))
        self.assertFalse(self._shown(self._attach(other)))
        self.assertFalse(self._shown(self._attach(self.customer)))
        for content, name in ((b"words", "x.txt"), (b"<svg/>", "x.svg")):
            self.assertFalse(self._shown(self._attach(self.dispute, content, name)))

    def test_with_the_rights_of_who_reads_and_not_by_a_token(self):
        attachment = self._attach(self.dispute)
        [token] = attachment.generate_access_token()
        self.assertFalse(
            self._shown(attachment, self.stranger, f"?access_token={token}")
        )


@tagged("-at_install", "post_install")
class TestPortalText(DisputePeople, HttpCase):
    def test_the_portal_shows_words_and_no_page_of_their_own(self):
        self._set_up_people()
        dispute = self._open_dispute()
        dispute.description = Markup(POISON)
        self.ticket.description = Markup(POISON)
        self.authenticate(self.portal.login, self.portal.login)
        for address in (dispute.access_url, f"/my/ticket/{self.ticket.id}"):
            with self.subTest(address):
                page = self.url_open(address)
                self.assertEqual(page.status_code, 200)
                html = lxml.html.document_fromstring(page.text)
                box = html.find_class("iso10003_people")[0]
                html = lxml.html.tostring(box, encoding="unicode")
                self.assertIn("told words", html)
                for sign in SIGNS:
                    self.assertNotIn(sign, html)
