# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import Form

from ..common import DisputeCase


class TestNewDispute(DisputeCase):
    """“New” in the list of disputes, as a handler."""

    def _new(self):
        return Form(self.env["iso10003.dispute"].with_user(self.handler))

    def test_new_for_a_complaint_that_is_there(self):
        form = self._new()
        self.assertEqual(form.state, "referral")
        form.ticket_id = self.ticket
        self.assertEqual(form.subject, self.ticket.name)
        self.assertEqual(form.partner_id, self.customer)
        self.assertEqual(form.team_id, self.team)
        dispute = form.save()
        self.assertEqual(dispute.state, "referral")
        self.assertEqual(dispute.waiting_on, "organization")
        self.assertEqual(dispute.ticket_id, self.ticket)
        self.assertEqual(dispute.complaint_handler_id, self.agent)
        self.assertEqual(dispute.user_id, self.handler)

    def test_what_was_typed_before_the_complaint_stays(self):
        form = self._new()
        form.subject = "A drum"
        form.ticket_id = self.ticket
        self.assertEqual(form.subject, "A drum")

    def test_new_for_a_direct_notice(self):
        self.company.helpdesk_mgmt_ticket_auto_assign = True
        self.team.user_ids |= self.handler
        form = self._new()
        form.subject = "The ombudsman wrote to us"
        form.direct_notice = True
        self.assertEqual(form.state, "notice")
        form.partner_id = self.customer
        form.team_id = self.team
        dispute = form.save()
        self.assertEqual(dispute.state, "notice")
        self.assertEqual(dispute.ticket_id.name, "The ombudsman wrote to us")
        self.assertFalse(dispute.complaint_handler_id)
        self.assertFalse(dispute.ticket_id.user_id)

    def test_a_direct_notice_is_asked_for_its_scope(self):
        form = self._new()
        form.subject = "The ombudsman wrote to us"
        form.direct_notice = True
        form.partner_id = self.customer
        dispute = form.save()
        wanted = self._wanted("notice")
        # the notice that was recorded with the file says when
        self.assertEqual(dispute.notice_date, wanted.pop("notice_date"))
        self._give(dispute, wanted)
        with self.assertRaisesRegex(UserError, "scope of ISO 10003"):
            dispute.action_advance()
        dispute.scope_decision = "in_scope"
        dispute.scope_reason = "A consumer's complaint"
        # nobody said whether another body has it, which only warns
        dispute.action_advance("Asked them by phone.")
        self.assertEqual(dispute.state, "evaluation")

    def test_who_types_a_complaint_in_for_its_dispute_did_not_handle_it(self):
        self.company.helpdesk_mgmt_ticket_auto_assign = True
        tickets = self.env["helpdesk.ticket"].with_user(self.handler)
        form = Form(tickets.with_context(taken_to_dispute=True))
        form.name = "It broke"
        form.description = "<p>On the fifth day.</p>"
        ticket = form.save()
        self.assertFalse(ticket.user_id)
        form = self._new()
        form.ticket_id = ticket
        self.assertFalse(form.save().complaint_handler_id)

    def test_the_money_is_that_of_the_company_of_the_file(self):
        other = self.env["res.company"].create(
            {"name": "Abroad", "currency_id": self.env.ref("base.CHF").id}
        )
        self.env.ref("base.CHF").active = True
        self.handler.company_ids |= other
        ticket = self._new_ticket(
            company_id=other.id, team_id=False, stage_id=False, user_id=False
        )
        dispute = ticket.with_user(self.handler)._open_disputes()
        self.assertEqual(dispute.company_id, other)
        self.assertEqual(dispute.currency_id, other.currency_id)
        form = Form(
            self.env["iso10003.dispute"].with_user(self.handler).with_company(other)
        )
        self.assertEqual(form.currency_id, other.currency_id)
