# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from lxml import etree

from odoo.tests.common import TransactionCase, tagged

from .common import ADDON, DisputeCase

HELPDESK_GROUPS = (
    None,
    "helpdesk_mgmt.group_helpdesk_user_own",
    "helpdesk_mgmt.group_helpdesk_user_team",
    "helpdesk_mgmt.group_helpdesk_user",
    "helpdesk_mgmt.group_helpdesk_manager",
)


class TestMenus(DisputeCase):
    def _menus(self, user):
        self.env.registry.clear_all_caches()
        menus = self.env["ir.ui.menu"].with_user(user)
        loaded = {menu for menu in menus.load_menus(False) if menu != "root"}
        visible = set(menus._visible_menu_ids(False))
        return {
            name
            for name in (
                "helpdesk_mgmt.helpdesk_ticket_main_menu",
                "helpdesk_mgmt.helpdesk_ticket_dashboard_menu",
                "helpdesk_mgmt.helpdesk_ticket_menu",
                "helpdesk_mgmt.helpdesk_ticket_reporting_menu",
                "helpdesk_mgmt.helpdesk_ticket_config_main_menu",
                f"{ADDON}.menu_dispute",
                f"{ADDON}.menu_dispute_all",
                f"{ADDON}.menu_dispute_mine",
                f"{ADDON}.menu_register",
                f"{ADDON}.menu_policy",
                f"{ADDON}.menu_gate",
                f"{ADDON}.menu_category",
            )
            if self.env.ref(name).id in visible & loaded
        }

    def test_each_role_finds_its_disputes_in_helpdesk(self):
        wanted = {
            "helpdesk_mgmt.helpdesk_ticket_main_menu",
            f"{ADDON}.menu_dispute",
            f"{ADDON}.menu_dispute_all",
            f"{ADDON}.menu_policy",
        }
        for role in ("handler", "manager", "sponsor", "counsel", "auditor"):
            for helpdesk in HELPDESK_GROUPS:
                groups = [f"{ADDON}.group_{role}", *filter(None, [helpdesk])]
                user = self._new_user(f"{role}_{helpdesk}", ",".join(groups))
                with self.subTest(role=role, helpdesk=helpdesk):
                    self.assertLessEqual(wanted, self._menus(user))

    def test_each_role_finds_what_is_its_own(self):
        own = {
            self.handler: {"menu_dispute_mine"},
            self.manager: {
                "menu_dispute_mine",
                "menu_register",
                "menu_gate",
                "menu_category",
            },
            self.sponsor: {"menu_register"},
            self.counsel: {"menu_register"},
            self.auditor: {"menu_register", "menu_gate"},
        }
        common = {"menu_dispute", "menu_dispute_all", "menu_policy"}
        for user, names in own.items():
            with self.subTest(user=user.login):
                self.assertEqual(
                    {name for name in self._menus(user) if name.startswith(ADDON)},
                    {f"{ADDON}.{name}" for name in names | common},
                )

    def test_others_see_their_section_of_helpdesk_alone(self):
        for user in (self.sponsor, self.counsel, self.auditor):
            neighbours = {
                name for name in self._menus(user) if not name.startswith(ADDON)
            }
            self.assertEqual(neighbours, {"helpdesk_mgmt.helpdesk_ticket_main_menu"})

    def test_helpdesk_users_keep_their_menus(self):
        for helpdesk in HELPDESK_GROUPS[1:]:
            user = self._new_user(f"only_{helpdesk}", helpdesk)
            with self.subTest(helpdesk=helpdesk):
                menus = self._menus(user)
                self.assertFalse({name for name in menus if name.startswith(ADDON)})
                self.assertLessEqual(
                    {
                        "helpdesk_mgmt.helpdesk_ticket_main_menu",
                        "helpdesk_mgmt.helpdesk_ticket_dashboard_menu",
                        "helpdesk_mgmt.helpdesk_ticket_menu",
                    },
                    menus,
                )

    def test_an_employee_sees_no_disputes(self):
        self.assertFalse(self._menus(self.employee))


@tagged("-at_install", "post_install")
class TestKanbanTemplates(TransactionCase):
    def test_each_field_that_a_card_asks_is_read(self):
        """A card that asks another field breaks in the browser, and nowhere else."""
        views = self.env["ir.ui.view"].search(
            [("type", "=", "kanban"), ("model", "like", "iso10003.")]
        )
        self.assertTrue(views)
        lost = set()
        for view in views:
            arch = etree.fromstring(view.get_combined_arch())
            read = set(arch.xpath("//field/@name"))
            asked = re.findall(r"\brecord\.(\w+)\.", etree.tostring(arch).decode())
            lost |= {(view.name, name) for name in asked if name not in read}
        self.assertFalse(lost)


def find_rows_without_list(env, arch):
    """Yield the titles of rows in a form that name no list of their model."""
    for widget in arch.iter("widget"):
        if widget.get("name") != "iso10003_rows":
            continue
        view = env.ref(widget.get("view") or "none.none", raise_if_not_found=False)
        kind = widget.get("type") or "list"
        if not view or (view.model, view.type) != (widget.get("model"), kind):
            yield widget.get("string")


class TestRowsOfForms(TransactionCase):
    """The browser refuses rows without a list of their own only when they are shown."""

    def test_rows_name_a_list_of_their_model(self):
        views = self.env["ir.ui.view"].search([("arch_db", "like", "iso10003_rows")])
        self.assertGreater(len(views), 10)
        for view in views:
            found = list(find_rows_without_list(self.env, etree.fromstring(view.arch)))
            self.assertFalse(found, view.xml_id)

    def test_a_made_up_one_is_found(self):
        for more in ("", 'view="odoo_iso10003.dispute_view_form"'):
            arch = f"""<form><widget name="iso10003_rows" string="Made up" {more}
                         model="iso10003.dispute" domain="[]" /></form>"""
            found = list(find_rows_without_list(self.env, etree.fromstring(arch)))
            self.assertEqual(found, ["Made up"])
