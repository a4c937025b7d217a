# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ...core.people_text import to_html


class HelpdeskTicket(models.Model):
    """A letter that speaks for many becomes a complaint of each of them.

    Each complaint, and its dispute where the first is in dispute, has its own
    complainant, who reads it and none of the others. What the letter says of one of
    them alone stays in the first.
    """

    _inherit = "helpdesk.ticket"

    split_from_id = fields.Many2one(
        "helpdesk.ticket",
        "Split from",
        readonly=True,
        copy=False,
        guarded=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="odoo_iso10003.group_reader",
        help="The complaint with the letter that speaks for several people.",
    )

    def action_ask_split(self):
        """Open the dialog that asks for whom the letter speaks."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("One complaint each"),
            "res_model": "iso10003.ticket.split",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }

    def action_split(self, partner_ids, text):
        """Make a complaint of each of these people, and its dispute as the first has.

        :param partner_ids: contacts for whom the letter speaks too
        :param text: what each of them complains of, in plain words
        """
        self.ensure_one()
        self.check_access("write")
        people = self.env["res.partner"].browse(partner_ids).exists()
        people.check_access("read")
        self._check_split(people, text)
        made = self.create([self._prepare_split(one, text) for one in people])
        made._guarded_write({"split_from_id": self.id})
        if self.in_dispute:
            disputes = made._open_disputes()
            if cause := self.open_dispute_id.cause_id:
                disputes.cause_id = cause
        return made._get_records_action()

    def _check_split(self, people, text):
        if not people or not self._is_said(text):
            raise UserError(
                self.env._(
                    "Complaint %(number)s: say for whom its letter speaks, and what "
                    "each of them complains of.",
                    number=self.number,
                )
            )
        complaining = self.partner_id | self._find_split().partner_id
        if twice := people & complaining:
            raise UserError(
                self.env._(
                    "Complaint %(number)s: %(people)s already has a complaint of this "
                    "letter.",
                    number=self.number,
                    people=", ".join(twice.mapped("name")),
                )
            )

    def _find_split(self):
        """Return the complaints that were made of this one's letter."""
        # that somebody has one already is told to whoever splits the letter
        complaints = self.sudo().with_context(active_test=False)
        return complaints.search([("split_from_id", "=", self.id)]).sudo(False)

    def _prepare_split(self, partner, text):
        return {
            "name": self.name,
            "description": to_html(text),
            "partner_id": partner.id,
            "team_id": self.team_id.id,
            "user_id": self.user_id.id,
            "category_id": self.category_id.id,
            "company_id": self.company_id.id,
            "complaint_date": self.complaint_date,
        }
