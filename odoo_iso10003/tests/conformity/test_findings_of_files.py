# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an escalation opens on a file is found under findings, and from the file."""

from ast import literal_eval

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ADDON
from ..deadline.test_alarm_effects import DISPUTE, REFERRAL, AlarmEffects


@tagged("-at_install", "post_install")
class TestFindingsOfFiles(AlarmEffects):
    def _missed(self, kind):
        """Return a file whose missed limit became a nonconformity, and that."""
        case = self._case(kind, self._level("nonconformity"))
        self._let_it_lapse()
        found = self.env["mgmtsystem.nonconformity"].search(
            [("res_model", "=", kind), ("res_id", "=", case.id)]
        )
        found.action_ids = [
            Command.create({"name": "Tell them", "type_action": "correction"})
        ]
        return case, found

    def _listed(self, xmlid, user):
        """Return what the menu shows to somebody."""
        action = self.env["ir.actions.act_window"]._for_xml_id(f"{ADDON}.{xmlid}")
        model = self.env[action["res_model"]].with_user(user)
        return model.search(literal_eval(action["domain"]))

    def test_the_menus_list_it(self):
        for kind in (DISPUTE, REFERRAL):
            _case, found = self._missed(kind)
            for user in (self.manager, self.auditor):
                with self.subTest(kind=kind, user=user.login):
                    self.assertIn(found, self._listed("finding_action", user))
                    actions = self._listed("corrective_action_action", user)
                    self.assertIn(found.action_ids, actions)

    def test_the_report_counts_it(self):
        _case, found = self._missed(DISPUTE)
        report = self.env["iso10003.finding.report"].with_user(self.auditor)
        row = report.search([("nonconformity_id", "=", found.id)])
        self.assertEqual((row.source, row.action_count), ("limit", 1))

    def test_the_filter_of_the_management_system_finds_it(self):
        _case, found = self._missed(DISPUTE)
        findings = self.env["mgmtsystem.nonconformity"].with_user(self.manager)
        other = findings.create(
            {
                "name": "Paint",
                "partner_id": self.customer.id,
                "description": "Peels off",
                "responsible_user_id": self.manager.id,
                "manager_user_id": self.manager.id,
            }
        )
        both = found | other
        ours = findings.search([("id", "in", both.ids), ("of_disputes", "=", True)])
        self.assertEqual(ours, found)
        rest = findings.search([("id", "in", both.ids), ("of_disputes", "=", False)])
        self.assertEqual(rest, other)

    def test_the_file_leads_to_it_and_back(self):
        for kind in (DISPUTE, REFERRAL):
            case, found = self._missed(kind)
            for user in (self.manager, self.auditor):
                own = case.with_user(user)
                with self.subTest(kind=kind, user=user.login):
                    self.assertEqual(own.nonconformity_count, 1)
                    action = own.action_view_findings()
                    findings = self.env[action["res_model"]].with_user(user)
                    self.assertEqual(findings.search(action["domain"]), found)
                    back = found.with_user(user).action_view_origin()
                    self.assertEqual(
                        (back["res_model"], back["res_id"]), (kind, case.id)
                    )

    def test_who_is_neither_learns_nothing_of_it(self):
        """Not a handler of another file, and of a referral not its handler either."""
        case, found = self._missed(REFERRAL)
        dispute, plain = self._missed(DISPUTE)
        both = found | plain
        for user in (self.stranger, self.handler, self.sponsor):
            with self.subTest(user=user.login):
                findings = self.env["mgmtsystem.nonconformity"].with_user(user)
                with self.assertRaises(AccessError):
                    findings.search([("id", "in", both.ids)])
                for one in both.with_user(user):
                    with self.assertRaises(AccessError):
                        one.action_view_origin()
                for record in (case, dispute):
                    own = record.with_user(user)
                    with self.assertRaises(AccessError):
                        own.read(["nonconformity_count"])
        quality = self._new_user("quality", "mgmtsystem.group_mgmtsystem_manager")
        findings = self.env["mgmtsystem.nonconformity"].with_user(quality)
        self.assertEqual(findings.search([("id", "in", both.ids)]), plain)

    def test_the_buttons_are_on_the_forms(self):
        for kind in (DISPUTE, REFERRAL):
            for user, shown in ((self.auditor, True), (self.counsel, False)):
                arch = self.env[kind].with_user(user).get_view(view_type="form")["arch"]
                with self.subTest(kind=kind, user=user.login):
                    self.assertEqual("action_view_findings" in arch, shown)
