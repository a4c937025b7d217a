# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The way of a manager and of an auditor through the screens, in two languages."""

from odoo import Command, fields
from odoo.tests import HttpCase, tagged

from ..common import ADDON
from .conformity_common import ConformityPeople


class ConformityTours:
    lang = "en_US"
    browser_size = "1366x768"

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

    def test_menu_and_titles_on_a_small_screen(self):
        """At 768 pixels the menu ended below the fold, and the title was cut."""
        gap = self._new_assessment()
        gap.action_check()
        self.start_tour(
            "/odoo/dispute-readiness-board",
            "odoo_iso10003_small_screen_tour",
            login=self.lead.login,
            timeout=120,
        )

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
        self.assertEqual(audit.method, "remote")
        self._put_right(audit.nonconformity_ids)
        self.start_tour(
            f"/odoo/mgmtsystem.nonconformity/{audit.nonconformity_ids.id}",
            "odoo_iso10003_verify_tour",
            login=self.inspector.login,
            timeout=120,
        )
        self.env.invalidate_all()
        self.assertEqual(audit.nonconformity_ids.verified_by_id, self.inspector)
        self.authenticate(self.inspector.login, self.inspector.login)
        printed = self.url_open(f"/report/pdf/{ADDON}.audit_report/{audit.id}")
        # in tests Odoo sends the pages before they are a PDF
        self.assertEqual(printed.status_code, 200)
        for told in (audit.reference, "meet.example", "but for proof of payment"):
            self.assertIn(told, printed.text)

    def _put_right(self, found):
        """What the owner of a finding does until somebody looks at the effect."""
        found.sudo().write(
            {
                "responsible_user_id": self.lead.id,
                "correction": "Paid the kettle on the same day",
                "why_1": "The list was old",
                "why_2": "Nobody renews it",
                "action_ids": [
                    Command.create(
                        {
                            "name": "Renew the list each month",
                            "type_action": "correction",
                            "user_id": self.lead.id,
                            "company_id": self.shop.id,
                        }
                    )
                ],
                "effect_figure": "Late payments a quarter",
                "effect_target": 0,
                "effect_value": 0,
                "effect_date": fields.Date.today(),
                "evaluation_comments": "None was late",
                "action_comments": "Renew the list each month",
            }
        )
        ending = self.env["mgmtsystem.action.stage"].search(
            [("is_ending", "=", True)], limit=1
        )
        steps = found.sudo().action_ids | found.sudo().immediate_action_id
        steps.write({"stage_id": ending.id, "user_id": self.lead.id})

    def test_the_statement_is_printed_with_what_was_left_out(self):
        gap = self._new_assessment()
        gap.action_check()
        self.start_tour(
            "/odoo/dispute-readiness",
            "odoo_iso10003_statement_tour",
            login=self.lead.login,
            timeout=120,
        )
        self.env.invalidate_all()
        self.assertEqual(gap.state, "done")
        left_out = gap.line_ids.filtered(lambda line: line.verdict == "na")
        self.assertEqual(len(left_out), 1)
        self.assertEqual(left_out.departure, "excluded")
        self.authenticate(self.lead.login, self.lead.login)
        printed = self.url_open(f"/report/pdf/{ADDON}.readiness_statement/{gap.id}")
        self.assertEqual(printed.status_code, 200)
        self.assertIn("We sell in one country alone", printed.text)
        self.assertIn(self.lead.name, printed.text)


@tagged("-at_install", "post_install")
class TestConformityTours(ConformityTours, ConformityPeople, HttpCase):
    allow_inherited_tests_method = True


@tagged("-at_install", "post_install")
class TestConformityToursPersian(ConformityTours, ConformityPeople, HttpCase):
    allow_inherited_tests_method = True
    lang = "fa_IR"
