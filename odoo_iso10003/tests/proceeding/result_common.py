# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form

from ..dispute.test_authority import AuthorityCase


class ResultCase(AuthorityCase):
    """A file in 7.5 with one claim of 500, and results as people record them.

    Handlers give up to 1 000, managers up to 5 000, top management anything.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.dispute.amount_claimed = 500
        cls.dispute.ticket_id.sudo().complaint_date = cls._days(-40)
        cls._record(cls.dispute, notice_date=cls._days(-30))
        cls.claim = cls.dispute.claim_ids
        cls.results = cls.env["iso10003.result"].with_user(cls.handler)
        cls.leads = cls.dispute._find_claiming().filtered("leads")

    @contextmanager
    def _refused(self, why=""):
        """Expect a refusal that says so, after which nothing has happened."""
        with self.assertRaisesRegex(UserError, why), self.env.cr.savepoint():
            yield

    @classmethod
    def _days(cls, number):
        return cls.today + timedelta(days=number)

    @classmethod
    def _make(cls, user=None, lines=None, **values):
        """Record a result of the file, as the dialog does."""
        if lines is not None:
            values["line_ids"] = [Command.create(line) for line in lines]
        return cls.results.with_user(user or cls.handler).create(
            {"dispute_id": cls.dispute.id, "text": "As was said.", **values}
        )

    @classmethod
    def _say(cls, verdict="granted", amount=500, **values):
        """Return a line of a result on the one claim."""
        return {"claim_id": cls.claim.id, "verdict": verdict, "amount": amount} | values

    @classmethod
    def _recommend(cls, amount=500, verdict="granted", **values):
        cls.dispute.method = "advisory"
        lines = [cls._say(verdict, amount)]
        return cls._make(kind="recommendation", lines=lines, **values)

    @classmethod
    def _answer(cls, result, answer="accepted", side="complainant", **values):
        if side == "complainant" and answer != "none":
            values.setdefault("party_id", cls.leads.id)
        return result.env["iso10003.result.answer"].create(
            {"result_id": result.id, "side": side, "answer": answer, **values}
        )

    @classmethod
    def _give(cls, *args, **values):
        """Decide our answer to a result, and send its letter; or fill in a file."""
        if args[0]._name != "iso10003.result":
            return super()._give(*args, **values)
        given = cls._answer(*args, side="organization", **values)
        cls._send(given)
        return given

    @classmethod
    def _send(cls, answer):
        action = answer.action_write_letter()
        letters = answer.env[action["res_model"]].with_context(**action["context"])
        Form(letters).save().action_send()

    def _rows(self, event):
        rows = self.dispute.sudo().register_ids
        return rows.filtered(lambda row: row.event == event)
