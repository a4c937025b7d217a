# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Audit report, readiness statement and certificate register, in two languages."""

import base64
import io

from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError, UserError

from ..common import ADDON
from .conformity_common import ConformityCase, days


class TestConformityReports(ConformityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "fa_IR" not in dict(cls.env["res.lang"].get_installed()):
            cls.env["res.lang"]._activate_lang("fa_IR")
            cls.env.ref(f"base.module_{ADDON}")._update_translations(["fa_IR"])

    def _print(self, report, records, lang="en_US", user=None):
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(user or self.inspector)
            .with_company(self.shop)
            .with_context(lang=lang, force_report_rendering=True, tz="Asia/Tehran")
            ._render_qweb_pdf(f"{ADDON}.{report}", records.ids)
        )
        reader = PdfReader(io.BytesIO(content))
        # each print can be kept for years, and says so
        said = reader.trailer["/Root"]["/Metadata"].get_object().get_data()
        self.assertIn(b'pdfaid:part="3"', said)
        text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
        return text.replace("\u202f", " ")

    def _html(self, report, records, lang="en_US", user=None):
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(user or self.inspector)
            .with_company(self.shop)
            .with_context(lang=lang)
            ._render_qweb_html(f"{ADDON}.{report}", records.ids)
        )
        return html.decode()

    def _finished_audit(self):
        self._new_file(implemented_date=None)
        audit = self._new_audit("7.6")
        audit.sample_seed = "seed-of-the-report"
        audit.action_draw_sample()
        audit.sample_ids.write({"result": "finding", "note": "No receipt"})
        audit.action_prepare_checklist()
        audit.line_ids.write({"grade": "conform", "reason": "Seen in five files"})
        audit.line_ids[0].write({"grade": "not", "evidence": "Cash book of May"})
        audit.line_ids[0].action_raise_nonconformity()
        audit.button_close()
        return audit

    def test_the_audit_report_tells_it_all(self):
        audit = self._finished_audit()
        text = self._print("audit_report", audit)
        found = audit.line_ids[0].nonconformity_id
        for part in (
            audit.name,
            "7.6",
            self.inspector.name,
            "seed-of-the-report",
            audit.sample_ids.dispute_id.name,
            "No receipt",
            "1 of 1 records fail",
            "Does not conform",
            "Cash book of May",
            found.ref,
            found.stage_id.name,
            "Signatures",
            f"Audit client {self.director.name}",
            "Extent of conformity",
        ):
            self.assertIn(part, text)
        asked = audit.line_ids.filtered("grade")
        conform = asked.filtered(lambda line: line.grade == "conform")
        self.assertIn(f"conform: {len(conform)} of {len(asked)} that were", text)
        self.assertNotIn("not covered by this audit", text)

    def test_the_audit_report_names_what_it_did_not_cover(self):
        """ISO 19011, 6.5.1: areas within the scope that were not covered."""
        text = self._print("audit_report", self._new_audit("7.7"))
        uncovered = text.partition("not covered by this audit:")[2]
        self.assertIn("7.7", uncovered[:60])

    def test_the_audit_report_in_persian(self):
        html = self._html("audit_report", self._finished_audit(), "fa_IR")
        for part in ("گزارش ممیزی", "عدد قرعه‌کشی", "یافته", "امضا", "۷.۶"):
            self.assertIn(part, html)
        self.assertTrue(self._print("audit_report", self._new_audit("7.7"), "fa_IR"))

    def test_the_readiness_statement(self):
        self._new_file(lessons=None)
        gap = self._new_assessment()
        gap.action_check()
        gap.conclusion = "Lessons first."
        text = self._print("readiness_statement", gap)
        for part in (
            gap.name,
            "Readiness for dispute resolution",
            "Lessons first.",
            "Closing the file",
            "1 of 1 records fail",
            f"{gap.score:.0f} %",
        ):
            self.assertIn(part, text)
        self.assertNotIn("certified", text.lower())
        html = self._html("readiness_statement", gap, "fa_IR")
        self.assertIn("بستن پرونده", html)

    def test_the_certificate_register(self):
        Certificate = self.env["iso10003.certificate"].with_user(self.inspector)
        Certificate = Certificate.with_company(self.shop)
        with self.assertRaisesRegex(UserError, "no register"):
            Certificate.action_print_register()
        held = self.env["iso10003.certificate"].create(
            {
                "name": "Q-4711",
                "body_id": self.customer.id,
                "scope": "Sale of kettles",
                "valid_from": days(-10),
                "valid_to": days(500),
                "company_id": self.shop.id,
            }
        )
        action = Certificate.action_print_register()
        self.assertEqual(action["report_name"], f"{ADDON}.certificate_register")
        text = self._print("certificate_register", held)
        today = fields.Date.today()
        for part in ("Q-4711", "ISO 9001", "Sale of kettles", "Valid", "Missing"):
            self.assertIn(part, text)
        self.assertRegex(text, f"DR-REG-02-{today:%Y}")
        held.write(
            {
                "edition": "2015",
                "accreditation": "NACI 17-21",
                "sites": "Tehran and Tabriz",
                "surveillance_date": days(200),
                "user_id": self.lead.id,
                "file": base64.b64encode(b"scan"),
            }
        )
        text = self._print("certificate_register", held)
        for part in ("2015", "NACI 17-21", "Tehran and Tabriz", self.lead.name):
            self.assertIn(part, text)
        self.assertIn("On file", text)

    def test_the_programme(self):
        programme = self._new_programme()
        programme.with_user(self.inspector).write(
            {
                "objectives": "To show that it works.",
                "risks": "One auditor only.",
                "resources": "Four days.",
            }
        )
        text = self._print("printed_programme", programme)
        for part in (
            f"DR-PRG-{programme.id:04d}",
            programme.name,
            "Draft: top management has not approved it.",
            "To show that it works.",
            "One auditor only.",
            "Four days.",
            "Priorities Not written down",
            "No audit is planned yet.",
            "None is written yet.",
        ):
            self.assertIn(part, text)
        self.assertNotIn("Signatures", text)
        programme.with_user(self.inspector).action_fill_clauses()
        programme.with_user(self.director).action_approve()
        programme.with_user(self.inspector).action_start()
        self.env["iso10003.audit.programme.review"].with_user(self.director).create(
            {
                "programme_id": programme.id,
                "kind": "auditor",
                "auditor_id": self.inspector.id,
                "found": "Knows remote means well.",
            }
        )
        self.env.invalidate_all()
        text = self._print("printed_programme", programme)
        self.assertNotIn("Draft", text)
        for part in (
            self.director.name,
            programme.audit_ids[0].reference,
            "7.4.1",
            "Knows remote means well.",
            "Signatures",
        ):
            self.assertIn(part, text)
        html = self._html("printed_programme", programme, "fa_IR", self.director)
        for part in ("برنامهٔ ممیزی", "۷.۴.۱", "اهداف"):
            self.assertIn(part, html)
        with self.assertRaises(AccessError):
            self._html("printed_programme", programme, user=self.handler)

    def test_who_may_not_read_prints_nothing(self):
        gap = self._new_assessment()
        with self.assertRaises(AccessError):
            self._html("readiness_statement", gap, user=self.handler)
