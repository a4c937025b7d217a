# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import flow


class DisputeOpening(models.Model):
    """How a file is opened: number, policy version, complaint, first register row."""

    _inherit = "iso10003.dispute"

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = self._with_complaints(
            # a form sends what nobody has filled in as well
            [
                vals
                if vals.get("waiting_on")
                else {**vals, **self._prepare_first_turn(vals)}
                for vals in vals_list
            ]
        )
        disputes = super().create(vals_list)
        disputes.filtered(
            lambda dispute: dispute.scope_decision != "undecided"
        )._note_scope()
        return disputes

    @api.model
    def _prepare_first_turn(self, vals):
        return {"waiting_on": flow.WAITING_ON[self._first_state(vals)]}

    @api.model
    def _first_state(self, vals):
        """A notice that came from outside skips the referral."""
        return "notice" if vals.get("direct_notice") else "referral"

    @api.onchange("company_id")
    def _onchange_company_id(self):
        self.currency_id = self.company_id.currency_id

    @api.onchange("direct_notice")
    def _onchange_direct_notice(self):
        """Show in a new form where the file will begin."""
        if not self._origin:
            self.state = self._first_state({"direct_notice": self.direct_notice})

    @api.onchange("ticket_id")
    def _onchange_ticket_id(self):
        """Take over from the complaint what is not filled in yet."""
        if self._origin or not self.ticket_id:
            return
        for name, value in self.ticket_id._origin._prepare_dispute_vals().items():
            if name == "company_id" or not self[name]:
                self[name] = value

    @api.model
    def _with_complaints(self, vals_list):
        """Record a complaint for each notice that came without one."""
        alone = [
            vals
            for vals in vals_list
            if vals.get("direct_notice") and not vals.get("ticket_id")
        ]
        tickets = self.env["helpdesk.ticket"].create(
            [self._prepare_ticket_vals(vals) for vals in alone]
        )
        for vals, ticket in zip(alone, tickets, strict=True):
            vals["ticket_id"] = ticket.id
        return vals_list

    def _prepare_ticket_vals(self, vals):
        return {
            "name": vals.get("subject"),
            "description": vals.get("description") or vals.get("subject"),
            "partner_id": vals.get("partner_id"),
            "company_id": vals.get("company_id") or self.env.company.id,
            "team_id": vals.get("team_id"),
            # who types in what came from outside has not handled it
            "user_id": False,
        }

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        now = fields.Datetime.now()
        company_ids = [
            vals.get("company_id") or self.env.company.id for vals in vals_list
        ]
        tickets = self.env["helpdesk.ticket"].browse(
            vals.get("ticket_id") for vals in vals_list
        )
        numbers, policies = {}, {}
        for company in self.env["res.company"].browse(set(company_ids)):
            count = company_ids.count(company.id)
            numbers[company.id] = iter(company._next_dispute_numbers(count))
            # which version applies is no secret, and opening a file needs it
            versions = self.env["iso10003.policy"].sudo()
            today = company._get_company_day()
            policies[company.id] = versions._in_force(company, today).id
        return [
            {
                "name": next(numbers[company_id]),
                "policy_id": policies[company_id],
                "state": self._first_state(vals),
                "state_date": now,
                "opened_date": now,
                "reopen_count": 0,
                # who handled the complaint is noted whoever may read the ticket
                "complaint_handler_id": ticket.sudo().user_id.id,
            }
            for vals, company_id, ticket in zip(
                vals_list, company_ids, tickets, strict=True
            )
        ]

    def _prepare_opened_data(self):
        return {
            "number": self.name,
            "to": self.state,
            "waiting_on": self.waiting_on or None,
            "ticket": self.ticket_id.id,
            "policy_version": self.policy_id.id,
            "owner": self.user_id.id,
            "direct_notice": self.direct_notice,
        }
