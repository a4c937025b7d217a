# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError

from ..common import ADDON, DisputeCase


class TicketCase(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # leads the helpdesk, and knows nothing of disputes
        cls.leader = cls._new_user("leader", "helpdesk_mgmt.group_helpdesk_manager")
        cls.closing_team = cls.env["helpdesk.ticket.team"].create(
            {"name": "Where all is done", "company_id": cls.company.id}
        )
        cls.env["helpdesk.ticket.stage"].create(
            {
                "name": "Done at once",
                "sequence": -1,
                "closed": True,
                "company_id": cls.company.id,
                "team_ids": [(6, 0, cls.closing_team.ids)],
            }
        )
        cls.open_stage.team_ids = cls.team

    def _close_dispute(self, ticket):
        dispute = ticket.with_user(self.manager).open_dispute_id
        self._record(dispute, informed_date=fields.Date.today())
        dispute.action_close("discontinued", "They gave up.")
        return dispute


class TestOpening(TicketCase):
    def test_a_dispute_takes_over_what_the_ticket_knows(self):
        dispute = self._open_dispute()
        ticket = self.ticket
        self.assertEqual(dispute.ticket_id, ticket)
        self.assertEqual(dispute.subject, ticket.name)
        self.assertEqual(dispute.description, ticket.description)
        self.assertEqual(dispute.partner_id, ticket.partner_id)
        self.assertEqual(dispute.team_id, ticket.team_id)
        self.assertEqual(dispute.company_id, ticket.company_id)
        self.assertEqual(dispute.complaint_handler_id, ticket.user_id)
        self.assertEqual(dispute.user_id, self.handler)

    def test_a_bare_ticket_can_become_a_dispute(self):
        ticket = self._new_ticket(partner_id=False, team_id=False, user_id=False)
        dispute = self._open_dispute(ticket)
        self.assertFalse(dispute.partner_id or dispute.team_id)
        self.assertFalse(dispute.complaint_handler_id)

    def test_several_tickets_become_disputes_at_once(self):
        """With the action of the list, some having a dispute already."""
        present = self._open_dispute()
        tickets = self.ticket | self._new_ticket() | self._new_ticket()
        action = self.env.ref(f"{ADDON}.action_open_disputes")
        shown = (
            action.with_user(self.handler)
            .with_context(
                active_model="helpdesk.ticket",
                active_ids=tickets.ids,
                active_id=tickets[0].id,
            )
            .run()
        )
        disputes = tickets.dispute_ids
        self.assertEqual(len(disputes), 3)
        self.assertIn(present, disputes)
        self.assertEqual(shown["res_model"], "iso10003.dispute")
        self.assertEqual(len(set(disputes.mapped("name"))), 3)

    def test_a_closed_ticket_gets_no_dispute(self):
        self.ticket.stage_id = self.closed_stage
        with (
            self.assertRaisesRegex(ValidationError, "is closed.*reopen the ticket"),
            self.env.cr.savepoint(),
        ):
            self._open_dispute()
        self.env.invalidate_all()
        self.assertFalse(self.ticket.dispute_ids)
        self.ticket.stage_id = self.open_stage
        self.assertTrue(self._open_dispute())

    def test_nor_does_an_archived_one(self):
        self.ticket.active = False
        with self.assertRaisesRegex(ValidationError, "is closed"):
            self._open_dispute()

    def test_a_dispute_is_not_reopened_over_an_archived_ticket(self):
        self._open_dispute()
        dispute = self._close_dispute(self.ticket)
        self.ticket.active = False
        with (
            self.assertRaisesRegex(ValidationError, "reopen the ticket first"),
            self.env.cr.savepoint(),
        ):
            dispute.action_reopen("It broke again.")
        self.env.invalidate_all()
        self.assertEqual(dispute.state, "closed")
        self.ticket.active = True
        dispute.action_reopen("It broke again.")
        self.assertNotEqual(dispute.state, "closed")

    def test_a_second_dispute_may_follow_a_closed_one(self):
        first = self._open_dispute()
        self._close_dispute(self.ticket)
        self.assertTrue(self.ticket.closed)  # it went with its dispute
        self.ticket.with_user(self.agent).stage_id = self.open_stage
        second = self._open_dispute()
        self.assertNotEqual(first, second)
        self.assertEqual(self.ticket.with_user(self.handler).dispute_count, 2)
        self.assertEqual(self.ticket.with_user(self.handler).open_dispute_id, second)


class TestInDispute(TicketCase):
    """A ticket with an open dispute stays open, whoever tries what."""

    def _ways_to_close(self, ticket):
        """Yield name, user and attempt; each works on a ticket without dispute."""
        by_agent = ticket.with_user(self.agent)
        by_manager = ticket.with_user(self.manager)
        by_leader = ticket.with_user(self.leader)
        yield "stage", lambda: by_agent.write({"stage_id": self.closed_stage.id})
        yield (
            "stage by a manager",
            lambda: by_manager.write({"stage_id": self.closed_stage.id}),
        )
        yield (
            "stage by a form",
            lambda: by_agent.web_save({"stage_id": self.closed_stage.id}, {}),
        )
        yield (
            "stage by superuser",
            lambda: ticket.write({"stage_id": self.closed_stage.id}),
        )
        yield "import", lambda: self._import(by_agent)
        yield "duplicate", lambda: self._mark_duplicate(by_agent)
        yield "archiving", lambda: by_agent.action_archive()
        yield "not active", lambda: by_agent.write({"active": False})
        yield "not active by superuser", lambda: ticket.write({"active": False})
        yield (
            "moving the team",
            lambda: by_agent.write({"team_id": self.closing_team.id}),
        )
        yield (
            "closing its stage",
            lambda: self.open_stage.with_user(self.leader).write({"closed": True}),
        )
        yield (
            "closing its stage from outside",
            lambda: self.open_stage.with_user(self.env.ref("base.public_user")).write(
                {"closed": True}
            ),
        )
        yield "deleting", lambda: by_leader.unlink()
        yield "deleting by superuser", lambda: ticket.unlink()

    def _import(self, ticket):
        result = ticket.browse().load(
            [".id", "stage_id/.id"], [[str(ticket.id), str(self.closed_stage.id)]]
        )
        if not result["ids"]:
            raise UserError(result["messages"][0]["message"])

    def _mark_duplicate(self, ticket):
        self.env["helpdesk.ticket.duplicate.wizard"].with_user(self.agent).create(
            {
                "ticket_id": ticket.id,
                "duplicate_of_id": self.free.id,
                "target_stage_id": self.closed_stage.id,
            }
        ).action_confirm()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.free = cls._new_ticket(name="Without a dispute")

    def _picture(self, tickets):
        self.env.flush_all()
        self.env.invalidate_all()
        return tickets.exists().read(["stage_id", "active", "team_id", "closed"])

    def test_it_is_not_closed_in_any_way(self):
        dispute = self._open_dispute()
        before = self._picture(self.ticket | self.free)
        for name, attempt in self._ways_to_close(self.ticket):
            with (
                self.subTest(way=name),
                self.assertRaisesRegex(UserError, dispute.name),
                self.env.cr.savepoint(),
            ):
                attempt()
                self.env.flush_all()
            self.assertEqual(self._picture(self.ticket | self.free), before)
        self.assertFalse(self.open_stage.closed)

    def test_a_ticket_without_a_dispute_is_closed_in_all_these_ways(self):
        """Else the test above would prove nothing."""
        for name, _attempt in self._ways_to_close(self.ticket):
            ticket = self._new_ticket()
            attempt = dict(self._ways_to_close(ticket))[name]
            with self.subTest(way=name):
                attempt()
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertTrue(
                    not ticket.exists() or ticket.closed or not ticket.active
                )
            self.open_stage.closed = False

    def test_a_refusal_names_the_ticket_and_what_to_do(self):
        dispute = self._open_dispute()
        with self.assertRaisesRegex(
            ValidationError,
            f"{self.ticket.number} cannot be closed: dispute {dispute.name}.*"
            "Lead the dispute to its end",
        ):
            self.ticket.with_user(self.agent).stage_id = self.closed_stage

    def test_of_several_tickets_none_is_half_written(self):
        self._open_dispute()
        tickets = self.free | self.ticket
        before = self._picture(tickets)
        for vals in (
            {"stage_id": self.closed_stage.id},
            {"active": False},
            {"team_id": self.closing_team.id},
        ):
            for order in (tickets, tickets[::-1]):
                with (
                    self.subTest(vals=vals),
                    self.assertRaises(ValidationError),
                    self.env.cr.savepoint(),
                ):
                    order.with_user(self.agent).write(vals)
                self.assertEqual(self._picture(tickets), before)

    def test_a_dispute_that_one_may_not_see_counts(self):
        dispute = self._open_dispute()
        with self.assertRaises(AccessError):
            dispute.with_user(self.leader).check_access("read")
        with self.assertRaises(ValidationError):
            self.ticket.with_user(self.leader).stage_id = self.closed_stage

    def test_an_archived_ticket_in_dispute_does_not_slip_through(self):
        """Its stage may be closed while nobody looks at it."""
        self._open_dispute()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET active = false WHERE id = %s", [self.ticket.id]
        )
        self.env.invalidate_all()
        with self.assertRaises(ValidationError):
            self.open_stage.with_user(self.leader).closed = True

    def test_its_other_fields_may_change(self):
        self._open_dispute()
        other_team = self.env["helpdesk.ticket.team"].create({"name": "Others"})
        other_stage = self.env["helpdesk.ticket.stage"].create({"name": "Waiting"})
        ticket = self.ticket.with_user(self.agent)
        ticket.write({"priority": "3", "stage_id": other_stage.id})
        ticket.write({"active": True})
        self.ticket.write({"team_id": other_team.id, "user_id": False})
        self.assertFalse(self.ticket.closed)

    def test_after_its_dispute_the_ticket_closes(self):
        self._open_dispute()
        self._close_dispute(self.ticket)
        self.ticket.with_user(self.agent).stage_id = self.closed_stage
        self.assertTrue(self.ticket.closed)

    def test_after_its_dispute_it_stays_on_record(self):
        dispute = self._open_dispute()
        self._close_dispute(self.ticket)
        for user in (self.leader, self.env.user):
            with self.assertRaisesRegex(UserError, f"stays on record.*{dispute.name}"):
                self.ticket.with_user(user).unlink()

    def test_a_complaint_stays_in_the_company_of_its_disputes(self):
        self._open_dispute()
        other = self.env["res.company"].create({"name": "Other Trade"})
        with self.assertRaisesRegex(ValidationError, f"stays with {self.company.name}"):
            self.ticket.write({"company_id": other.id, "team_id": False})
        self.free.write({"company_id": other.id, "team_id": False})


class TestWhatTheTicketShows(TicketCase):
    def test_disputes_are_counted_for_who_sees_them(self):
        ticket = self._new_ticket(team_id=False, user_id=False)
        self.assertEqual(ticket.with_user(self.stranger).dispute_count, 0)
        dispute = self._open_dispute(ticket)
        for user, count in (
            (self.handler, 1),
            (self.manager, 1),
            (self.auditor, 1),
            (self.stranger, 0),  # who sees the ticket, and not the dispute
        ):
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                seen = ticket.with_user(user)
                self.assertEqual(seen.dispute_count, count)
                self.assertEqual(seen.open_dispute_id, dispute[:count])
        with self.assertRaises(AccessError):
            ticket.with_user(self.agent).read(["dispute_count"])

    def test_tickets_in_dispute_are_found(self):
        self._open_dispute()
        view = self.env["helpdesk.ticket"].with_user(self.handler)
        arch = view.get_view(
            self.env.ref("helpdesk_mgmt.helpdesk_ticket_view_search").id
        )
        self.assertIn("in_dispute", arch["arch"])
        found = view.search([("dispute_ids", "any", [("state", "!=", "closed")])])
        self.assertIn(self.ticket, found)

    def test_forms_of_others_name_no_dispute(self):
        form = self.env.ref("helpdesk_mgmt.ticket_view_form").id
        tickets = self.env["helpdesk.ticket"]
        shown = tickets.with_user(self.handler).get_view(form)["arch"]
        hidden = tickets.with_user(self.agent).get_view(form)["arch"]
        for name in ("action_open_dispute", "open_dispute_id"):
            self.assertIn(name, shown)
            self.assertNotIn(name, hidden)
        self.assertIn("complaint_date", hidden)

    def test_disputes_of_a_contact_count_those_of_its_people(self):
        firm = self.env["res.partner"].create({"name": "Example Trade"})
        branch = self.env["res.partner"].create(
            {"name": "Branch", "parent_id": firm.id}
        )
        clerk = self.env["res.partner"].create(
            {"name": "Clerk", "parent_id": branch.id}
        )
        gone = self.env["res.partner"].create(
            {"name": "Gone", "parent_id": firm.id, "active": False}
        )
        for partner in (firm, clerk, clerk, gone):
            self._open_dispute(self._new_ticket(partner_id=partner.id))
        partners = firm | branch | clerk | gone | self.customer
        for user in (self.manager, self.handler, self.auditor):
            self.env.invalidate_all()
            self.assertEqual(
                partners.with_user(user).mapped("dispute_count"), [4, 2, 2, 1, 0]
            )
        self.env.invalidate_all()
        self.assertEqual(firm.with_user(self.stranger).dispute_count, 0)
        with self.assertRaises(AccessError):
            firm.with_user(self.employee).read(["dispute_count"])
        action = firm.with_user(self.manager).action_view_disputes()
        found = self.env["iso10003.dispute"].with_context(active_test=False)
        self.assertEqual(len(found.search(action["domain"])), 4)

    def test_a_contact_of_a_firm_that_one_may_not_see_is_counted(self):
        other = self.env["res.company"].create({"name": "Other Trade"})
        firm = self.env["res.partner"].create(
            {"name": "Firm of the others", "company_id": other.id}
        )
        clerk = self.env["res.partner"].create({"name": "Clerk"})
        self._open_dispute(self._new_ticket(partner_id=clerk.id))
        # as an import or an older version left it
        self.env.cr.execute(
            "UPDATE res_partner SET parent_id = %s WHERE id = %s", [firm.id, clerk.id]
        )
        self.env.invalidate_all()
        self.assertFalse(firm.with_user(self.manager).has_access("read"))
        self.assertEqual(clerk.with_user(self.manager).dispute_count, 1)

    def test_a_new_contact_has_no_disputes(self):
        new = self.env["res.partner"].with_user(self.manager).new({"name": "New"})
        self.assertEqual(new.dispute_count, 0)

    # ------------------------------------------------------------
    # Other recourse
    # ------------------------------------------------------------

    def _put_in_force(self, recourse, persian=None):
        policy = self.env["iso10003.policy"].with_user(self.chief)
        policy = policy.create({"name": "Of the chief", "recourse": recourse})
        if persian:
            policy.update_field_translations("recourse", {"fa_IR": persian})
        policy.with_user(self.manager).action_approve()
        policy.with_user(self.manager).action_put_in_force()
        self.env.invalidate_all()

    def test_other_recourse_is_that_of_the_policy_in_force(self):
        ticket = self.ticket.with_user(self.handler)
        self.assertIn("supervisory authority", ticket.recourse)
        self._put_in_force("<p>Ask the guild of laundries.</p>")
        self.assertEqual(ticket.recourse, "<p>Ask the guild of laundries.</p>")

    def test_other_recourse_is_told_in_the_users_language(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self._put_in_force(
            "<p>Ask the guild.</p>", {"Ask the guild.": "از اتحادیه بپرسید."}
        )
        ticket = self.ticket.with_user(self.handler)
        self.assertEqual(ticket.recourse, "<p>Ask the guild.</p>")
        persian = ticket.with_context(lang="fa_IR")
        self.assertEqual(persian.recourse, "<p>از اتحادیه بپرسید.</p>")

    def test_each_company_tells_its_own_recourse(self):
        other = self.env["res.company"].create({"name": "Other Trade"})
        theirs = self._new_ticket(
            company_id=other.id, team_id=False, user_id=False, stage_id=False
        )
        self._put_in_force("<p>Ask the guild.</p>")
        both = self._new_user(
            "both",
            f"{ADDON}.group_manager",
            company_ids=[(6, 0, (self.company | other).ids)],
        )
        tickets = (self.ticket | theirs).with_user(both)
        tickets = tickets.with_context(allowed_company_ids=both.company_ids.ids)
        self.assertEqual(tickets[0].recourse, "<p>Ask the guild.</p>")
        self.assertIn("supervisory authority", tickets[1].recourse)

    def test_without_a_policy_a_ticket_opens_all_the_same(self):
        self.env.cr.execute(
            "UPDATE iso10003_policy SET state = 'superseded', valid_to = valid_from "
            "WHERE company_id = %s AND state = 'in_force'",
            [self.company.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self.ticket.with_user(self.handler).recourse)

    # ------------------------------------------------------------
    # When the complaint came in
    # ------------------------------------------------------------

    def test_a_complaint_is_received_today_unless_said_otherwise(self):
        self.assertEqual(self.ticket.complaint_date, fields.Date.today())
        earlier = self._new_ticket(complaint_date="2020-02-03")
        self.assertEqual(earlier.complaint_date, fields.Date.to_date("2020-02-03"))

    def test_tickets_from_before_were_received_when_they_were_entered(self):
        old, new = self._new_ticket(), self._new_ticket(complaint_date="2021-02-03")
        self.env.flush_all()
        self.env.cr.execute(
            """
            ALTER TABLE helpdesk_ticket ALTER complaint_date DROP NOT NULL;
            UPDATE helpdesk_ticket
               SET complaint_date = NULL, create_date = '2020-02-03 04:05:06'
             WHERE id = %s
            """,
            [old.id],
        )
        self.env["helpdesk.ticket"]._init_column("complaint_date")
        self.env.invalidate_all()
        self.assertEqual(old.complaint_date, fields.Date.to_date("2020-02-03"))
        self.assertEqual(new.complaint_date, fields.Date.to_date("2021-02-03"))
