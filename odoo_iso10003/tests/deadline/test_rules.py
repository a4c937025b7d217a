# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..common import ADDON
from .rules_common import RulesCase


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
            lambda: dispute.action_close("discontinued", "They gave up."),
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
