# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
from datetime import date, datetime
from unittest.mock import patch

from PIL import Image
from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import TransactionCase

from odoo.addons.base.models import ir_actions_report as odoo_engine

from ...core import pdf, press
from ...models.mixin.people_date import format_people_date

NO_WKHTMLTOPDF = odoo_engine.WkhtmlInfo("install", False, "", "", False, "", None)
A_WKHTMLTOPDF = NO_WKHTMLTOPDF._replace(state="ok")

REPORT = """
<t t-name="{name}">
    <t t-call="web.html_container">
        <t t-foreach="docs" t-as="o">
            <t t-call="{name}_document" t-lang="env.lang"/>
        </t>
    </t>
</t>
"""
DOCUMENT = """
<t t-name="{name}_document">
    <t t-call="web.external_layout">
        <div class="page">
            <h2 t-field="o.name"/>
            <p>پیش‌نویس پرونده</p>
            <p><t t-out="moment" t-options="{{'widget': 'people_date'}}"/></p>
            <p style="break-before: page">second sheet</p>
        </div>
    </t>
</t>
"""


class TestReportEngine(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US", "tz": "UTC"})
        for lang in ("en_US", "fa_IR"):
            cls.env["res.lang"]._activate_lang(lang)
        logo = io.BytesIO()
        Image.new("RGB", (300, 150), "teal").save(logo, "PNG")
        cls.env.company.write(
            {
                "logo": base64.b64encode(logo.getvalue()),
                "company_details": "<p>Keizersgracht</p>",
                "report_footer": "<p>Chamber of Commerce</p>",
                "external_report_layout_id": False,
                "paperformat_id": cls.env.ref("base.paperformat_euro").id,
            }
        )
        cls.report = cls._new_report("odoo_iso10003.test_report")
        cls.foreign_report = cls._new_report("another_module.test_report")
        cls.partners = cls.env["res.partner"].create(
            [{"name": "Ada Lovelace"}, {"name": "Grace Hopper"}]
        )

    @classmethod
    def _new_report(cls, name):
        for key, arch in ((name, REPORT), (f"{name}_document", DOCUMENT)):
            cls.env["ir.ui.view"].create(
                {
                    "name": key,
                    "key": key,
                    "type": "qweb",
                    "arch": arch.format(name=name),
                }
            )
        return cls.env["ir.actions.report"].create(
            {
                "name": f"Test of {name}",
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": name,
            }
        )

    def setUp(self):
        super().setUp()
        self.wkhtmltopdf = self.startPatcher(
            patch.object(odoo_engine, "_wkhtml", return_value=NO_WKHTMLTOPDF)
        )

    def _print(self, records, lang="en_US", report=None):
        """Print as a user would; return the reader of the PDF."""
        content, kind = (
            self.env["ir.actions.report"]
            .with_context(lang=lang, force_report_rendering=True)
            ._render_qweb_pdf(
                report or self.report,
                records.ids,
                data={"moment": datetime(2026, 11, 23, 8, 5)},
            )
        )
        self.assertEqual(kind, "pdf")
        return PdfReader(io.BytesIO(content))

    def _left_edges_of_images(self, page):
        edges = []

        def note(operator, args, matrix, text_matrix):
            if operator == b"Do":
                edges.append(matrix[4])

        page.extract_text(visitor_operand_before=note)
        return edges

    def test_prints_where_no_wkhtmltopdf_is(self):
        sheets = [page.extract_text() for page in self._print(self.partners[0]).pages]
        self.assertEqual(len(sheets), 2)
        self.assertIn("Ada Lovelace", sheets[0])
        self.assertIn("November 23, 2026 8:05", sheets[0])
        self.assertIn("second sheet", sheets[1])
        for number, sheet in enumerate(sheets, 1):
            self.assertIn("Keizersgracht", sheet)
            self.assertIn("Chamber of Commerce", sheet)
            self.assertIn(f"Page {number} / 2", " ".join(sheet.split()))

    def test_every_document_of_a_print_counts_its_own_sheets(self):
        sheets = [page.extract_text() for page in self._print(self.partners).pages]
        self.assertEqual(
            [sheet.partition("Page ")[2].split("\n")[0] for sheet in sheets],
            ["1 / 2", "2 / 2", "1 / 2", "2 / 2"],
        )
        self.assertIn("Ada Lovelace", sheets[0])
        self.assertIn("Grace Hopper", sheets[2])

    def test_persian(self):
        reader = self._print(self.partners[0], lang="fa_IR")
        self.assertEqual(reader.trailer["/Root"]["/Lang"], "fa-IR")
        fonts = [
            font.get_object()
            for page in reader.pages
            for font in page["/Resources"]["/Font"].values()
        ]
        self.assertTrue(fonts)
        for font in fonts:
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            self.assertTrue({"/FontFile2", "/FontFile3"} & set(descriptor), font)
        text = reader.pages[0].extract_text()
        # The joiner only shapes the letters beside it, a PDF does not hold it; and
        # the reader turns Persian numbers around.
        for word in ("پیشنویس", "پرونده", "آذر", "۱۴۰۵"[::-1], "۰۸"[::-1], "۰۵"[::-1]):
            self.assertIn(word, text)

    def test_letters_of_both_scripts_are_themselves(self):
        """Two font files taken for one would show letters by glyphs of others."""
        words = "SPHINX OF BLACK QUARTZ JUDGE MY VOW فروش مسئول حطی سعفص قرشت"
        self.partners[0].name = words
        text = self._print(self.partners[0], "fa_IR").pages[0].extract_text()
        for word in words.split():
            with self.subTest(word):
                self.assertIn(word, text)

    def test_the_logo_is_on_the_sheet_in_both_directions(self):
        for lang in ("en_US", "fa_IR"):
            with self.subTest(lang):
                page = self._print(self.partners[0], lang).pages[0]
                (left,) = self._left_edges_of_images(page)
                self.assertTrue(0 < left < float(page.mediabox.width), left)

    def test_kept_documents_are_printed_again_as_they_were(self):
        self.report.write(
            {"attachment": "'letter %s.pdf' % object.id", "attachment_use": True}
        )
        first = self._print(self.partners)
        self.assertEqual(len(first.pages), 4)
        for partner in self.partners:
            attachment = self.env["ir.attachment"].search(
                [("res_model", "=", "res.partner"), ("res_id", "=", partner.id)]
            )
            self.assertEqual(attachment.name, f"letter {partner.id}.pdf")
            kept = PdfReader(io.BytesIO(attachment.raw))
            self.assertEqual(len(kept.pages), 2)
            self.assertIn(partner.name, kept.pages[0].extract_text())
        self.partners[1].name = "Somebody Else"
        again = self._print(self.partners)
        self.assertIn("Grace Hopper", again.pages[2].extract_text())

    def test_other_modules_keep_their_engine(self):
        reports = self.env["ir.actions.report"]
        self.assertEqual(reports.get_wkhtmltopdf_state(), "install")
        self.assertFalse(reports.uses_iso10003_engine("another_module.test_report"))
        self.assertFalse(reports.uses_iso10003_engine("web.no_such_report"))
        with self.assertRaisesRegex(UserError, "Wkhtmltopdf"):
            self._print(self.partners[0], report=self.foreign_report)

    def test_wkhtmltopdf_is_asked_by_other_modules_only(self):
        self.wkhtmltopdf.return_value = A_WKHTMLTOPDF
        with patch.object(
            odoo_engine, "_run_wkhtmltopdf", side_effect=LookupError
        ) as run:
            self._print(self.partners[0])
            run.assert_not_called()
            with self.assertRaises(LookupError):
                self._print(self.partners[0], report=self.foreign_report)
            run.assert_called_once()

    def test_without_weasyprint_the_usual_engine_prints(self):
        reports = self.env["ir.actions.report"]
        self.assertTrue(reports.uses_iso10003_engine("odoo_iso10003.test_report"))
        with patch.object(pdf, "_weasyprint", return_value=None):
            self.assertFalse(reports.uses_iso10003_engine("odoo_iso10003.test_report"))
            with self.assertRaisesRegex(UserError, "Wkhtmltopdf"):
                self._print(self.partners[0])

    def test_what_a_document_may_show(self):
        reports = self.env["ir.actions.report"]
        content = io.BytesIO()
        Image.new("RGB", (3, 3), "teal").save(content, "PNG")
        image, paper = self.env["ir.attachment"].create(
            [
                {"name": "x.png", "raw": content.getvalue()},
                {"name": "x.txt", "raw": b"secret"},
            ]
        )
        shown = (content.getvalue(), "image/png")
        address = f"http://localhost/web/image/{image.id}-abc/x.png"
        self.assertEqual(reports._iso10003_resource(address), shown)
        # a file is no picture, and is appended only where the report says so
        appended = f"/web/content/{paper.id}"
        for other in (f"/web/image/{paper.id}", appended):
            self.assertIsNone(reports._iso10003_resource(f"http://localhost{other}"))
        self.assertEqual(
            reports._iso10003_resource(f"http://localhost{appended}", {appended})[0],
            b"secret",
        )
        reader = self.env["res.users"].create(
            {"name": "Reader", "login": "reader", "group_ids": False}
        )
        reports = reports.with_user(reader)
        self.assertIsNone(reports._iso10003_resource(address))
        # the rights are those of who reads, also where a text brings a token
        token = image.generate_access_token()[0]
        self.assertIsNone(reports._iso10003_resource(f"{address}?access_token={token}"))
        for elsewhere in (
            "https://example.com/web/static/img/logo.png",
            "file:///etc/hostname",
            "http://localhost/etc/hostname",
            "http://localhost/web/static/../__manifest__.py",
            "http://localhost/web/static/no/such/file.png",
        ):
            with self.subTest(elsewhere):
                self.assertIsNone(reports._iso10003_resource(elsewhere))
        content, mimetype = reports._iso10003_resource(
            "http://localhost/web/static/img/logo.png"
        )
        self.assertEqual(mimetype, "image/png")
        self.assertTrue(content)

    def test_a_failure_is_told_to_the_user(self):
        with (
            patch.object(press.Press, "render", side_effect=pdf.PdfError("no ink")),
            self.assertRaisesRegex(UserError, "no ink"),
        ):
            self._print(self.partners[0])


class TestPeopleDate(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "fa_IR"):
            cls.env["res.lang"]._activate_lang(lang)
        # Still the 22nd in London, already the 23rd in Tehran
        cls.moment = datetime(2026, 11, 22, 21, 30)

    def _qweb(self, value, lang, tz, **options):
        options["widget"] = "people_date"
        arch = f'<t t-name="x"><t t-out="value" t-options="{options}"/></t>'
        view = self.env["ir.ui.view"].create({"type": "qweb", "arch": arch})
        env = self.env(context={"lang": lang, "tz": tz})
        return str(env["ir.qweb"]._render(view.id, {"value": value})).strip()

    def test_a_moment_is_told_at_the_readers_place(self):
        self.assertEqual(
            self._qweb(self.moment, "fa_IR", "Asia/Tehran"), "۲ آذر ۱۴۰۵، ۰۱:۰۰"
        )
        self.assertEqual(
            self._qweb(self.moment, "fa_IR", "Europe/London"), "۱ آذر ۱۴۰۵، ۲۱:۳۰"
        )
        self.assertEqual(
            self._qweb(self.moment, "en_US", "Asia/Tehran").replace("\u202f", " "),
            "November 23, 2026 1:00 AM",
        )

    def test_options(self):
        self.assertEqual(
            self._qweb(self.moment, "fa_IR", "Asia/Tehran", style="short"),
            "۱۴۰۵/۰۹/۰۲ ۰۱:۰۰",
        )
        self.assertEqual(
            self._qweb(self.moment, "fa_IR", "Asia/Tehran", date_only=True),
            "۲ آذر ۱۴۰۵",
        )
        self.assertEqual(
            self._qweb(
                self.moment, "fa_IR", "Asia/Tehran", tz_name="UTC", date_only=True
            ),
            "۱ آذر ۱۴۰۵",
        )
        self.assertEqual(
            self._qweb(date(2026, 11, 23), "en_US", "UTC", style="short"),
            "11/23/2026",
        )

    def test_nothing_is_nothing(self):
        self.assertEqual(format_people_date(self.env, False), "")
        self.assertEqual(self._qweb(False, "fa_IR", "UTC"), "")

    def test_a_field(self):
        partner = self.env["res.partner"].create({"name": "Ada"})
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s",
            (self.moment, partner.id),
        )
        partner.invalidate_recordset()
        env = self.env(context={"lang": "fa_IR", "tz": "Asia/Tehran"})
        html = env["ir.qweb.field.people_date"].record_to_html(
            partner.with_env(env), "create_date", {}
        )
        self.assertEqual(html, "۲ آذر ۱۴۰۵، ۰۱:۰۰")
