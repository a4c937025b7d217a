# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Command
from odoo.tests import Form

from ..provider.provider_common import ProviderCase


class InvitationCase(ProviderCase):
    """A dispute that our own handling did not settle, and a board that may be used."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body.email = "board@example.com"
        # those of demo data are not asked
        cls.env["iso10003.provider"].search([]).active = False
        cls.board = cls._make_provider(
            service_ids=[
                Command.create({"method_id": cls.mediation.id}),
                Command.create(
                    {"method_id": cls.arbitration.id, "complainant_fee": 40}
                ),
            ]
        )
        cls.dispute = cls._open_dispute()
        cls._give(cls.dispute, cls._wanted("referral"))

    def _open(self, action, user=None, **context):
        """Return the form that a button opened."""
        records = self.env[action["res_model"]].with_user(user or self.handler)
        records = records.with_context(**action.get("context", {}), **context)
        if res_id := action.get("res_id"):
            return Form(records.browse(res_id))
        return Form(records)

    def _invite(self, dispute=None, **values):
        """Invite as a handler does, and return the invitation that was sent."""
        dispute = dispute or self.dispute
        action = dispute.action_invite()
        invitation = dispute.env[action["res_model"]].browse(action["res_id"])
        if values:
            invitation.write(values)
        self._open(invitation.action_write_letter()).save().action_send()
        return invitation

    def _answer(self, answer="yes", dispute=None, user=None, **values):
        """Note what the complainant answered, as its dialog does."""
        dispute = dispute or self.dispute
        action = dispute.with_user(user or self.handler).action_note_answer()
        answers = self.env[action["res_model"]].with_user(user or self.handler)
        given = {"answer": answer, **values}
        if answer in ("yes", "some") and "line_id" not in values:
            invitation = answers.env["iso10003.invitation"].browse(
                action["context"]["default_invitation_id"] or ()
            )
            given["line_id"] = invitation.line_ids[:1].id
        return answers.with_context(**action["context"]).create(given)

    def _decide(self, answer="yes", dispute=None, user=None, **values):
        """Decide our answer, as the dialog does."""
        action = (dispute or self.dispute).with_user(user or self.handler)
        action = action.action_answer_part()
        answers = self.env[action["res_model"]].with_user(user or self.handler)
        answers = answers.with_context(**action["context"])
        return answers.create({"answer": answer, **values})

    def _give_answer(self, answer="yes", **values):
        """Decide our answer, and send its letter."""
        given = self._decide(answer, **values)
        self._open(given.action_write_letter()).save().action_send()
        return given

    def _rows(self, event, dispute=None):
        rows = (dispute or self.dispute).sudo().register_ids
        return rows.filtered(lambda row: row.event == event)

    def _ahead(self, days):
        return self.today + timedelta(days=days)
