# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What auditors may: read everything, and change their audits."""

from odoo.exceptions import AccessError, UserError

from ..common import ADDON
from .conformity_common import ConformityCase

# what an auditor may change beside reading, each with the reason
MAY_CHANGE = {
    # the sample of an own audit: drawn, and noted what was seen
    "iso10003.audit.sample": "w",
    # auditors plan, and review how it goes
    "iso10003.audit.programme": "wcd",
    "iso10003.audit.programme.line": "wcd",
    "iso10003.audit.programme.review": "c",
    # the parts of an own audit
    "iso10003.audit.activity": "wcd",
    # their own interests, as everybody in the process declares them
    "iso10003.declaration": "c",
}
# of no file and no company: how the machine runs, which its administrators read
OF_THE_SYSTEM = {"iso10003.cron.run", "iso10003.word"}
# models of the management system that an auditor works in, narrowed down by rules
THEIRS = {
    "mgmtsystem.audit": "rwc",
    "mgmtsystem.verification.line": "rwcd",
    "mgmtsystem.nonconformity": "rwc",
    "mgmtsystem.action": "r",
    "mgmtsystem.review": "r",
    "mgmtsystem.review.line": "r",
    "mgmtsystem.nonconformity.cause": "r",
    "mgmtsystem.nonconformity.origin": "r",
    "mgmtsystem.nonconformity.severity": "r",
    "mgmtsystem.nonconformity.stage": "r",
    "mgmtsystem.action.stage": "r",
    "document.page": "r",
}
LETTERS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}


class TestAuditor(ConformityCase):
    def _our_models(self):
        return sorted(
            name
            for name, model in self.env.registry.items()
            if name.startswith("iso10003.") and not model._abstract
        )

    def _may(self, model):
        model = self.env[model].with_user(self.inspector)
        return "".join(
            letter for letter, name in LETTERS.items() if model.has_access(name)
        )

    def test_reads_every_model_and_changes_none(self):
        for name in self._our_models():
            with self.subTest(model=name):
                if self.env[name]._transient:
                    # a dialog to print from is the auditor's own
                    self.assertIn(self._may(name), ("", "rwcd"))
                    continue
                if name in OF_THE_SYSTEM:
                    self.assertEqual(self._may(name), "")
                    continue
                may = "r" + MAY_CHANGE.get(name, "")
                self.assertEqual(self._may(name), may)

    def test_reads_every_record_of_the_company(self):
        self._new_file()
        gap = self._new_assessment()
        gap.action_check()
        audit = self._new_audit("7.6")
        audit.action_draw_sample()
        audit.action_prepare_checklist()
        for name in self._our_models():
            model = self.env[name]
            if model._transient or model._table_query:
                continue
            records = model.sudo().with_context(active_test=False).search([])
            if "company_id" in model._fields:
                records = records.filtered(
                    lambda record: record.company_id == self.shop
                )
            with self.subTest(model=name, count=len(records)):
                seen = records.with_user(self.inspector)
                self.env.invalidate_all()
                names = [
                    field.name
                    for field in model._fields.values()
                    if field.store and seen._has_field_access(field, "read")
                ]
                self.assertEqual(len(seen.read(names)), len(records))

    def test_changes_no_record_by_any_field(self):
        self._new_file()
        gap = self._new_assessment()
        gap.action_check()
        self._new_audit_of_somebody_else()
        records = [
            self.env["iso10003.dispute"].search([("company_id", "=", self.shop.id)]),
            gap,
            gap.line_ids[0],
            gap.clause_result_ids[0],
            self.policy,
            self.env["iso10003.gate"].search([], limit=1),
            self._question(1),
        ]
        for record in records:
            record = record[0].with_user(self.inspector)
            for name, field in record._fields.items():
                if not field.store or name in (
                    "id",
                    "create_uid",
                    "create_date",
                    "write_uid",
                    "write_date",
                ):
                    continue
                with self.subTest(model=record._name, field=name):
                    # refusals of access and of rules are both user errors
                    with self.assertRaises(UserError):
                        with self.env.cr.savepoint():
                            record.write({name: False})

    def _new_audit_of_somebody_else(self):
        return self.env["mgmtsystem.audit"].create(
            {"name": "Stock", "company_id": self.shop.id}
        )

    def test_in_the_management_system_reads_and_works_in_own_audits(self):
        for name, rights in THEIRS.items():
            with self.subTest(model=name):
                self.assertEqual(self._may(name), rights)
        foreign = self._new_audit_of_somebody_else().with_user(self.inspector)
        self.assertEqual(foreign.name, "Stock")
        with self.assertRaises(AccessError):
            foreign.write({"name": "Mine"})
        with self.assertRaises(AccessError):
            foreign.line_ids.create({"name": "Mine", "audit_id": foreign.id})

    def test_who_works_in_the_management_system_keeps_the_rights_there(self):
        both = self._new_user(
            "both",
            f"mgmtsystem.group_mgmtsystem_manager,{ADDON}.group_auditor",
        )
        audit = self.env["mgmtsystem.audit"].create({"name": "Stock"}).with_user(both)
        audit.write({"name": "Stores"})
        audit.line_ids.create({"name": "Tidy?", "audit_id": audit.id}).unlink()
        plain = self._new_user("plain", "mgmtsystem.group_mgmtsystem_manager")
        audit.with_user(plain).write({"name": "Stock again"})

    def test_the_menus_of_the_auditor(self):
        menus = self.env["ir.ui.menu"].with_user(self.inspector)
        visible = menus.browse(menus._visible_menu_ids())
        reports = self.env.ref(f"{ADDON}.menu_auditor_reports")
        self.assertIn(reports, visible)
        self.assertLessEqual(reports.child_id, visible)
        self.assertIn(self.env.ref(f"{ADDON}.menu_conformity"), visible)
        handler = menus.with_user(self.handler)
        self.assertNotIn(reports.id, handler._visible_menu_ids())
        # each of them opens
        for menu in visible.filtered(lambda menu: menu in reports.child_id):
            action = menu.action.sudo()
            if action._name == "ir.actions.act_window":
                views = self.env[action.res_model].with_user(self.inspector)
                self.assertTrue(views.get_views([(False, "list"), (False, "form")]))

    def test_every_report_of_the_product_is_the_auditors(self):
        reports = self.env["ir.actions.report"].search(
            [("report_name", "like", f"{ADDON}.%")]
        )
        self.assertGreaterEqual(len(reports), 4)
        groups = self.env.ref(f"{ADDON}.group_auditor").all_implied_ids
        for report in reports:
            with self.subTest(report=report.name):
                self.assertTrue(groups & report.group_ids)
