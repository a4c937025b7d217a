# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import inspect

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.models import MAGIC_COLUMNS

from ..core import flow
from .common import ADDON, DisputeCase

HELPDESK_GROUPS = (
    None,
    "helpdesk_mgmt.group_helpdesk_user_own",
    "helpdesk_mgmt.group_helpdesk_user_team",
    "helpdesk_mgmt.group_helpdesk_user",
    "helpdesk_mgmt.group_helpdesk_manager",
)


class RulesCase(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # so that nothing but the rules refuses an export
        export = cls.env.ref("base.group_allow_export")
        cls.env.ref("base.group_user").implied_ids += export

    def _seen(self, user, records, **context):
        """Return the records that ``user`` sees, the same by every way to read."""
        self.env.flush_all()
        self.env.invalidate_all()
        model = records.with_user(user).with_context(**context).browse()
        domain = [("id", "in", records.ids)]
        try:
            found = model.search(domain)
        except AccessError:
            found = model
        by_count = by_group = by_web = by_name = ()
        if model.has_access("read"):
            by_count = model.search_count(domain)
            by_group = [group[0].id for group in model._read_group(domain, ["id"])]
            by_web = [
                row["id"]
                for row in model.web_search_read(domain, {"display_name": {}})[
                    "records"
                ]
            ]
            by_name = [row[0] for row in model.name_search("", domain, limit=None)]
            self.assertEqual(by_count, len(found))
        self.assertEqual(set(by_group), set(found.ids))
        self.assertEqual(set(by_web), set(found.ids))
        self.assertEqual(set(by_name), set(found.ids))
        for record in records.with_user(user).with_context(**context):
            with self.subTest(record=record, user=user.login):
                if record in found:
                    self.assertTrue(record.read(["display_name"]))
                    self.assertTrue(record.web_read({"display_name": {}}))
                    if user._is_internal():
                        self.assertTrue(record.export_data(["display_name"])["datas"])
                else:
                    self.env.invalidate_all()
                    if user._is_internal():
                        with self.assertRaises(AccessError):
                            record.export_data(["display_name"])
                    for way in (
                        lambda: record.read(["display_name"]),
                        lambda: record.web_read({"display_name": {}}),
                        lambda: record.check_access("read"),
                    ):
                        with self.assertRaises(AccessError):
                            way()
        return found.with_env(records.env)

    def _register(self, disputes):
        return self.env["iso10003.register"].search(
            [("dispute_id", "in", disputes.ids)], order="id"
        )

    def _notes(self, disputes):
        return self.env["iso10003.register.note"].search(
            [("register_id.dispute_id", "in", disputes.ids)], order="id"
        )


class TestWhoSeesWhichFile(RulesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team_mate = cls._new_user("team_mate", f"{ADDON}.group_handler")
        cls.team.user_ids += cls.team_mate
        cls.dispute = cls._open_dispute().with_env(cls.env)
        cls.dispute.with_user(cls.handler).evaluator_id = cls.evaluator
        cls.dispute.with_user(cls.handler).action_hold("The expert is on holiday.")

    def test_handlers_see_own_evaluated_and_team_files_only(self):
        for user in (self.handler, self.evaluator, self.team_mate):
            self.assertEqual(self._seen(user, self.dispute), self.dispute)
        self.assertFalse(self._seen(self.stranger, self.dispute))
        self.assertFalse(self._seen(self.employee, self.dispute))
        self.assertFalse(self._seen(self.agent, self.dispute))

    def test_complainants_see_their_own_file_only(self):
        neighbour = self._new_user("neighbour", "base.group_portal")
        self.assertEqual(self._seen(self.portal, self.dispute), self.dispute)
        self.assertFalse(self._seen(neighbour, self.dispute))

    def test_a_file_without_a_team_is_its_owners(self):
        self.dispute.with_user(self.manager).team_id = False
        self.assertTrue(self._seen(self.handler, self.dispute))
        self.assertTrue(self._seen(self.evaluator, self.dispute))
        self.assertFalse(self._seen(self.team_mate, self.dispute))

    def test_who_leaves_a_team_leaves_its_files(self):
        """At once, and not when the server starts anew."""
        rows, notes = self._register(self.dispute), self._notes(self.dispute)
        for records in (self.dispute, rows, notes):
            self.assertTrue(self._seen(self.team_mate, records))
            self.assertFalse(self._seen(self.stranger, records))
        self.team.user_ids = self.agent | self.handler | self.stranger
        for records in (self.dispute, rows, notes):
            self.assertFalse(self._seen(self.team_mate, records))
            self.assertTrue(self._seen(self.stranger, records))

    def test_a_ticket_names_no_dispute_that_one_may_not_see(self):
        ticket = self._new_ticket(team_id=False, user_id=False)
        dispute = self._open_dispute(ticket)
        for user, seen in (
            (self.handler, dispute),
            (self.stranger, dispute.browse()),
            (self.auditor, dispute),
            (self.stranger, dispute.browse()),
        ):
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                shown = ticket.with_user(user)
                self.assertEqual(
                    shown.read(["dispute_ids"])[0]["dispute_ids"], seen.ids
                )
                self.env.invalidate_all()
                self.assertEqual(shown.dispute_count, len(seen))
                self.assertEqual(shown.open_dispute_id, seen)
                self.assertEqual(
                    shown.search([("dispute_ids", "in", seen.ids)]).dispute_ids, seen
                )

    def test_managers_counsel_and_auditors_see_all_files_of_the_company(self):
        for user in (self.manager, self.counsel, self.auditor):
            self.assertEqual(self._seen(user, self.dispute), self.dispute)

    def test_who_is_counsel_and_handler_reads_all_and_leads_own(self):
        both = self._new_user("both", f"{ADDON}.group_handler,{ADDON}.group_counsel")
        self.assertTrue(self._seen(both, self.dispute))
        with self.assertRaises(AccessError):
            self.dispute.with_user(both).subject = "Mine now"
        with self.assertRaises(AccessError):
            self.dispute.with_user(both).action_resume()
        own = self._open_dispute(self._new_ticket(team_id=False), both)
        own.subject = "Mine from the start"

    def test_a_stranger_leads_no_step_of_a_file(self):
        dispute = self.dispute.with_user(self.stranger)
        for step in (
            dispute.action_advance,
            dispute.action_resume,
            lambda: dispute.action_close("withdrawn", "They gave up."),
            lambda: dispute.write({"subject": "Something else"}),
            lambda: dispute._get_records_action(),
        ):
            with self.assertRaises(AccessError):
                step()
                dispute.read(["state"])

    def test_the_step_dialog_opens_no_file_that_the_user_may_not_lead(self):
        for user in (self.stranger, self.counsel, self.auditor):
            steps = self.env["iso10003.dispute.step"].with_user(user)
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                steps.create(
                    {"dispute_id": self.dispute.id, "question": "advance"}
                ).web_read({"dispute_id": {"fields": {"display_name": {}}}})

    def test_a_step_dialog_is_its_users_own(self):
        step = (
            self.env["iso10003.dispute.step"]
            .with_user(self.handler)
            .create({"dispute_id": self.dispute.id, "question": "hold"})
        )
        self.assertFalse(self._seen(self.manager, step))
        self.assertTrue(self._seen(self.handler, step))

    def test_a_handler_opens_no_file_for_others(self):
        ticket = self._new_ticket()
        with self.assertRaises(AccessError):
            self.env["iso10003.dispute"].with_user(self.stranger).create(
                {
                    "ticket_id": ticket.id,
                    "subject": "Somebody else's",
                    "user_id": self.handler.id,
                    "team_id": self.team.id,
                }
            )

    def test_the_register_follows_its_files(self):
        rows, notes = self._register(self.dispute), self._notes(self.dispute)
        self.assertTrue(rows and notes)
        for records in (rows, notes):
            for user in (
                self.handler,
                self.evaluator,
                self.team_mate,
                self.manager,
                self.counsel,
                self.auditor,
            ):
                self.assertEqual(self._seen(user, records), records)
            for user in (self.stranger, self.employee, self.agent, self.portal):
                self.assertFalse(self._seen(user, records))

    def test_the_register_of_policies_is_for_managers_counsel_and_auditors(self):
        rows = self.env["iso10003.register"].search([("dispute_id", "=", False)])
        self.assertTrue(rows)
        for user in (self.manager, self.counsel, self.auditor):
            self.assertTrue(self._seen(user, rows[:1]))
        self.assertFalse(self._seen(self.handler, rows))

    def test_ends_of_files_are_for_who_verifies(self):
        head = self.env["iso10003.register.head"].search(
            [("file", "=", f"iso10003.dispute,{self.dispute.id}")]
        )
        for user in (self.manager, self.auditor):
            self.assertEqual(self._seen(user, head), head)
        for user in (self.handler, self.counsel, self.employee):
            self.assertFalse(self._seen(user, head))

    # ------------------------------------------------------------
    # The complaint behind the file
    # ------------------------------------------------------------

    def test_who_reads_a_file_reads_its_complaint(self):
        other = self._new_ticket(team_id=False, user_id=False)
        other.team_id = self.env["helpdesk.ticket.team"].create({"name": "Others"})
        for user in (self.handler, self.evaluator, self.counsel, self.auditor):
            self.assertEqual(self._seen(user, self.ticket), self.ticket)
            self.assertFalse(self._seen(user, other))
        self.assertFalse(self._seen(self.stranger, self.ticket))

    def test_reading_a_complaint_gives_no_right_to_change_it(self):
        for user in (self.evaluator, self.counsel, self.auditor):
            ticket = self.ticket.with_user(user)
            self.assertTrue(ticket.has_access("read"))
            for attempt in (
                lambda: ticket.write({"name": "Something else"}),
                lambda: ticket.write({"stage_id": self.closed_stage.id}),
                lambda: ticket.write({"active": False}),
                lambda: ticket.write({"complaint_date": "2020-01-01"}),
                lambda: ticket.unlink(),
                lambda: ticket.assign_to_me(),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    attempt()

    def test_counsel_and_auditors_open_no_dispute(self):
        ticket = self._new_ticket()
        for user in (self.counsel, self.auditor, self.employee, self.agent):
            with self.assertRaises(AccessError):
                ticket.with_user(user).action_open_dispute()
        self.assertFalse(ticket.dispute_ids)


class TestReadersChangeNothing(RulesCase):
    """Counsel and auditors read all and change nothing."""

    # public methods that only show something
    SHOWING = {
        "iso10003.dispute": {
            "action_view_complaint",
            "action_view_register",
            "action_view_deadlines",
            "action_export_register",
            "action_verify_register",
            "action_view_non_conformities",
        },
        "iso10003.policy": {
            "action_view_disputes",
            "action_view_deadlines",
            "action_view_non_conformities",
        },
    }
    # of BaseModel, which do nothing without a field “active”; of the chatter, which
    # move nothing but the user's own activities; of the portal, which opens a dialog
    UNUSED = {
        "action_share",
        "action_archive",
        "action_unarchive",
        "action_reschedule_my_next_today",
        "action_reschedule_my_next_tomorrow",
        "action_reschedule_my_next_nextweek",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # one file in each state
        cls.disputes = cls.env["iso10003.dispute"]
        for state in flow.STATES:
            dispute = cls._lead_to(cls._open_dispute(cls._new_ticket()), state)
            cls.disputes |= dispute.with_env(cls.env)
        # one that is on hold
        held = cls._open_dispute(cls._new_ticket())
        held.action_hold("The expert is on holiday.")
        # one where only a warning is in the way
        warned = cls._lead_to(cls._open_dispute(cls._new_ticket()), "notice")
        warned.write({**cls._wanted("notice"), "category_id": False})
        warned.informed_date = fields.Date.today()  # it may end early as well
        # one where nothing is in the way
        ready = cls._lead_to(cls._open_dispute(cls._new_ticket()), "position")
        ready.write(cls._wanted("position"))
        cls.disputes |= (held | warned | ready).with_env(cls.env)
        policy = cls.env["iso10003.policy"]
        draft = policy.with_user(cls.chief).create({"name": "Draft"})
        approved = policy.with_user(cls.chief).create({"name": "Approved"})
        approved.with_user(cls.manager).action_approve()
        cls.policies = policy.search([("company_id", "=", cls.company.id)])
        assert draft in cls.policies and set(cls.policies.mapped("state")) >= {
            "draft",
            "approved",
            "in_force",
        }

    def _picture(self):
        """Everything that is stored of the files, the policies and the register."""
        self.env.flush_all()
        return [
            self._rows_of(table)
            for table in (
                "iso10003_dispute",
                "iso10003_policy",
                "iso10003_gate",
                "iso10003_dispute_remedy_rel",
                "iso10003_register",
                "iso10003_register_note",
                "iso10003_register_head",
                "helpdesk_ticket",
            )
        ]

    def _rows_of(self, table):
        self.env.cr.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
        return self.env.cr.fetchall()

    def _attempts(self, record):
        """Yield each public ``action_*`` method with arguments that could work."""
        given = {
            "reason": "Because we may.",
            "outcome": "withdrawn",
            "evaluator_id": self.evaluator.id,
            "question": "hold",
            "name": "evaluator_id",
            "person_id": self.chief.id,
        }
        shown = self.SHOWING[record._name] | self.UNUSED
        for name, method in inspect.getmembers(type(record), callable):
            if name.startswith("action_") and name not in shown:
                arguments = inspect.signature(method).parameters.keys() & given.keys()
                yield name, {key: given[key] for key in arguments}
                if name == "action_advance":
                    yield name, {}  # asks for the reason where gates warn
                if name == "action_note_result":
                    yield (
                        name,
                        {"reason": given["reason"], "outcome": "settled_early"},
                    )

    def test_no_public_action_works_for_readers(self):
        before = self._picture()
        tried = set()
        for user in (self.counsel, self.auditor):
            for record in [*self.disputes, *self.policies]:
                record = record.with_user(user)
                for name, arguments in self._attempts(record):
                    tried.add(name)
                    with (
                        self.subTest(user=user.login, record=record, action=name),
                        self.assertRaises(UserError),
                        self.env.cr.savepoint(),
                    ):
                        getattr(record, name)(**arguments)
        self.assertEqual(self._picture(), before)
        self.assertGreaterEqual(
            tried,
            {
                "action_advance",
                "action_close",
                "action_hold",
                "action_note_result",
                "action_override_independence",
                "action_reopen",
                "action_resume",
                "action_step_back",
                "action_approve",
                "action_put_in_force",
                "action_new_version",
            },
        )

    def test_the_same_actions_work_for_a_manager_somewhere(self):
        """Else the test above would prove nothing."""
        worked = set()
        for record in [*self.disputes, *self.policies]:
            record = record.with_user(self.manager)
            for name, arguments in self._attempts(record):
                try:
                    with self.env.cr.savepoint():
                        getattr(record, name)(**arguments)
                        worked.add(name)
                        # pylint: disable=translation-required
                        raise UserError("back to where it was")
                except UserError:
                    self.env.invalidate_all()
        possible = {
            name
            for record in (self.disputes[:1], self.policies[:1])
            for name, _arguments in self._attempts(record)
        }
        self.assertEqual(possible - worked, set())

    def test_no_field_can_be_written_by_readers(self):
        before = self._picture()
        for record in (self.disputes[0], self.policies[0]):
            for name, field in record._fields.items():
                if name in MAGIC_COLUMNS:
                    continue
                value = field.convert_to_write(record[name], record)
                for user in (self.counsel, self.auditor):
                    with (
                        self.subTest(field=name, user=user.login),
                        self.assertRaises(UserError),
                        self.env.cr.savepoint(),
                    ):
                        record.with_user(user).write({name: value})
        self.assertEqual(self._picture(), before)

    def test_readers_create_and_delete_nothing(self):
        before = self._picture()
        for user in (self.counsel, self.auditor):
            for record, values in (
                (
                    self.disputes[0],
                    {"ticket_id": self.ticket.id, "subject": "New"},
                ),
                (self.policies[-1], {"name": "New"}),
                (
                    self.env["iso10003.gate"].search([], limit=1),
                    {
                        "name": "New",
                        "code": "category_set",
                        "state": "position",
                        "clause": "8.2",
                    },
                ),
                (self.env.ref(f"{ADDON}.remedy_refund"), {"name": "New"}),
                (self.env.ref(f"{ADDON}.category_warranty"), {"name": "New"}),
            ):
                model = record.with_user(user)
                for attempt in (
                    lambda model=model, values=values: model.create(values),
                    model.unlink,
                    model.copy,
                    lambda model=model: model.load(["name"], [["New"]]),
                ):
                    with self.subTest(user=user.login, model=record._name):
                        try:
                            with self.env.cr.savepoint():
                                result = attempt()
                        except UserError:
                            continue
                        self.assertFalse(result["ids"])
        self.assertEqual(self._picture(), before)


class TestCompanies(RulesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute().with_env(cls.env)
        cls.dispute.with_user(cls.handler).action_hold("The expert is on holiday.")
        cls.other = cls.env["res.company"].create({"name": "Other Trade"})
        cls.other_manager = cls._new_user(
            "other_manager",
            f"{ADDON}.group_manager,{ADDON}.group_auditor,{ADDON}.group_counsel",
            company_id=cls.other.id,
            company_ids=[(6, 0, cls.other.ids)],
        )

    def _open_other_dispute(self):
        ticket = self._new_ticket(
            company_id=self.other.id, team_id=False, user_id=False, stage_id=False
        )
        return self._open_dispute(ticket, self.other_manager).with_env(self.env)

    def test_another_company_sees_nothing_of_ours(self):
        policies = self.env["iso10003.policy"].search(
            [("company_id", "=", self.company.id)]
        )
        heads = self.env["iso10003.register.head"].search(
            [("company_id", "=", self.company.id)]
        )
        for records in (
            self.dispute,
            policies,
            self._register(self.dispute),
            self.env["iso10003.register"].search(
                [("company_id", "=", self.company.id), ("dispute_id", "=", False)]
            ),
            heads,
            self._notes(self.dispute),
            self.ticket,
        ):
            self.assertTrue(records)
            self.assertFalse(self._seen(self.other_manager, records))
            self.assertEqual(self._seen(self.manager, records), records)

    def test_only_the_companies_at_work_are_seen(self):
        """Who may enter two companies sees the one chosen in the menu."""
        theirs = self._open_other_dispute()
        group = self._new_user(
            "group_manager",
            f"{ADDON}.group_manager",
            company_ids=[(6, 0, (self.company | self.other).ids)],
        )
        for chosen, seen in (
            (self.company, self.dispute),
            (self.other, theirs),
            (self.company | self.other, self.dispute | theirs),
        ):
            self.assertEqual(
                self._seen(
                    group, self.dispute | theirs, allowed_company_ids=chosen.ids
                ),
                seen,
            )

    def test_verifying_stays_within_the_companies_of_the_user(self):
        file = f"iso10003.dispute,{self.dispute.id}"
        register = self.env["iso10003.register"].with_user(self.other_manager)
        self.assertNotIn(file, register._known_files())
        with self.assertRaises(AccessError):
            register.verify_chain([file])

    def test_a_new_company_has_a_policy_in_force_of_its_own(self):
        policy = self.env["iso10003.policy"].search(
            [("company_id", "=", self.other.id)]
        )
        self.assertEqual(policy.state, "in_force")
        self.assertEqual(policy.version, 1)
        self.assertFalse(policy.author_id)
        self.assertTrue(policy.recourse)
        self.assertEqual(policy.currency_id, self.other.currency_id)
        self.assertEqual(self._open_other_dispute().policy_id, policy)

    def test_each_company_counts_its_own_disputes_from_one(self):
        self.other = self.env["res.company"].create({"name": "New Trade"})
        self.other_manager.write(
            {
                "company_ids": [Command.link(self.other.id)],
                "company_id": self.other.id,
            }
        )
        year = fields.Date.today().year
        self.assertEqual(self._open_other_dispute().name, f"DSP/{year}/00001")
        self.assertEqual(self._open_other_dispute().name, f"DSP/{year}/00002")

    def test_a_dispute_and_its_complaint_are_of_one_company(self):
        ticket = self._new_ticket(
            company_id=self.other.id, team_id=False, user_id=False, stage_id=False
        )
        with self.assertRaises(UserError):
            self.env["iso10003.dispute"].create(
                {
                    "ticket_id": ticket.id,
                    "subject": "Across",
                    "company_id": self.company.id,
                }
            )
        with self.assertRaises(UserError):
            self.ticket.write({"company_id": self.other.id, "team_id": False})


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
        for role in ("handler", "manager", "counsel", "auditor"):
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

    def test_counsel_and_auditors_see_their_section_of_helpdesk_alone(self):
        for user in (self.counsel, self.auditor):
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
