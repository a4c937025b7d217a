# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The way of a manager and of an auditor through the screens, in two languages."""

from odoo.tests import HttpCase, tagged

from ..common import ADDON
from .conformity_common import ConformityPeople


class ConformityTours:
    lang = "en_US"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls._set_up_conformity()
        if cls.lang not in dict(cls.env["res.lang"].get_installed()):
            cls.env["res.lang"]._activate_lang(cls.lang)
            cls.env.ref(f"base.module_{ADDON}")._update_translations([cls.lang])
        (cls.lead | cls.inspector).lang = cls.lang

    def test_from_the_gap_to_the_better_assessment(self):
        file = self._new_file(implemented_date=None)
        gap = self._new_assessment()
        gap.action_check()
        self.start_tour(
            "/odoo/dispute-readiness-board",
            "odoo_iso10003_readiness_tour",
            login=self.lead.login,
            timeout=120,
        )
        self.env.invalidate_all()
        self.assertEqual(gap.state, "done")
        found = gap.line_ids.nonconformity_id
        self.assertEqual(len(found), 1)
        self.assertEqual(found.action_ids.type_action, "correction")
        # what was found is put right
        file._guarded_write({})
        self._set_columns(file, implemented_date=file.informed_date)
        self.start_tour(
            "/odoo/dispute-readiness-board",
            "odoo_iso10003_readiness_again_tour",
            login=self.lead.login,
            timeout=120,
        )
        self.env.invalidate_all()
        last = self.env["iso10003.assessment"]._find_last(self.shop)
        self.assertEqual(last.previous_id, gap)
        self.assertGreater(last.score, gap.score)
        self.assertEqual(self._answer(last, 79).verdict, "yes")

    def test_a_programme_is_started(self):
        programme = self._new_programme()
        self.start_tour(
            "/odoo/dispute-audit-programmes",
            "odoo_iso10003_programme_tour",
            login=self.inspector.login,
            timeout=120,
        )
        self.env.invalidate_all()
        self.assertTrue(programme.line_ids)
        programme.with_user(self.director).action_approve()
        self.start_tour(
            "/odoo/dispute-audit-programmes",
            "odoo_iso10003_programme_start_tour",
            login=self.inspector.login,
            timeout=120,
        )
        self.env.invalidate_all()
        self.assertEqual(programme.state, "running")
        self.assertEqual(programme.coverage, 100)
        self.assertEqual(len(programme.audit_ids), 6)

    def test_from_the_planned_audit_to_the_closed_one(self):
        self._new_file()
        audit = self._new_audit("7.6")
        # the others stay out of the list
        audit.programme_id.sudo().audit_ids.filtered(
            lambda other: other != audit.sudo()
        ).unlink()
        self.start_tour(
            "/odoo/dispute-audits",
            "odoo_iso10003_audit_tour",
            login=self.inspector.login,
            timeout=180,
        )
        self.env.invalidate_all()
        audit.line_ids.write({"evidence": "Five closed files of May"})
        self.start_tour(
            "/odoo/dispute-audits",
            "odoo_iso10003_audit_close_tour",
            login=self.inspector.login,
            timeout=120,
        )
        self.env.invalidate_all()
        self.assertTrue(audit.sample_date)
        self.assertEqual(audit.sample_ids.result, "conform")
        self.assertEqual(audit.line_ids.mapped("grade"), ["conform", "not", "conform"])
        self.assertEqual(len(audit.nonconformity_ids), 1)
        self.assertEqual(audit.state, "done")
        self.authenticate(self.inspector.login, self.inspector.login)
        printed = self.url_open(f"/report/pdf/{ADDON}.audit_report/{audit.id}")
        # in tests Odoo sends the pages before they are a PDF
        self.assertEqual(printed.status_code, 200)
        self.assertIn(audit.reference, printed.text)


@tagged("-at_install", "post_install")
class TestConformityTours(ConformityTours, ConformityPeople, HttpCase):
    allow_inherited_tests_method = True


@tagged("-at_install", "post_install")
class TestConformityToursPersian(ConformityTours, ConformityPeople, HttpCase):
    allow_inherited_tests_method = True
    lang = "fa_IR"
