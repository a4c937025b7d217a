# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.deadline.deadline_suspension import REASONS


class DeadlineStep(models.TransientModel):
    """The one dialog that asks for what a step of a deadline needs."""

    _name = "iso10003.deadline.step"
    _description = "Step of a deadline"
    _inherit = ["iso10003.withheld"]

    question = fields.Selection(
        [
            ("extend", "Extend the deadline"),
            ("suspend", "Stop the clock"),
            ("cancel", "Cancel the deadline"),
            ("meet", "It was done"),
            ("given", "Add a limit set by somebody outside"),
            ("set_day", "Another day was set"),
        ],
        required=True,
    )
    deadline_id = fields.Many2one("iso10003.deadline", ondelete="cascade")
    file_id = fields.Many2one("iso10003.file", ondelete="cascade")
    policy_id = fields.Many2one(related="file_id.policy_id")
    file_model = fields.Char(related="file_id.model")
    file_res_id = fields.Many2oneReference(
        related="file_id.res_id", model_field="file_model"
    )
    due_date = fields.Date(related="deadline_id.due_date", string="Last day now")
    reason = fields.Text(help="Kept on record; it can be erased if it names people.")
    notice_date = fields.Date("Complainant told on", deed=True)
    stop_reason = fields.Selection(REASONS, "Why it stands still")
    stop_until = fields.Datetime(
        "Until at most", help="Then the clock goes on by itself."
    )
    proof = fields.Binary("Letter", attachment=False)
    proof_name = fields.Char()
    message_id = fields.Many2one(
        "mail.message",
        "or message",
        help="A message of the file that proves the reason.",
    )
    day = fields.Date("Done on", default=fields.Date.context_today, deed=True)
    rule_id = fields.Many2one(
        "iso10003.deadline.rule",
        help="Where the policy has a rule for it; else leave it empty.",
    )
    given_kind = fields.Selection(
        lambda self: self._list_given(), "What is waited for", default="other"
    )
    given_name = fields.Char("What must be done by then")
    given_actor = fields.Selection(
        lambda self: self.env["iso10003.deadline"]._get_actors(),
        "Who must act",
        default="organization",
    )
    set_by_id = fields.Many2one("res.partner", "Set by")
    last_day = fields.Date("Last day", help="The day that was set.")
    start_date = fields.Date(
        "Counts from", help="The date that was set, or from which it is counted."
    )

    @api.model
    def _list_given(self):
        kinds = self.env["iso10003.deadline"]._fields["given_kind"]
        return kinds._description_selection(self.env)

    @api.model
    def _ask(self, question, deadline=None, file=None, **more):
        """Return the dialog with this question.

        :param more: what it begins with, besides
        """
        file = file or deadline.file_id
        questions = self._fields["question"]._description_selection(self.env)
        return {
            "type": "ir.actions.act_window",
            "name": dict(questions)[question],
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_question": question,
                "default_deadline_id": deadline and deadline.id,
                "default_file_id": file.id,
                **{f"default_{name}": value for name, value in more.items()},
            },
        }

    @api.constrains("deadline_id", "file_id")
    def _check_may_lead(self):
        """The dialog shows its file's limits: not to who may not lead it."""
        # constraints run with all rights; this one is about those of the user
        for step in self.sudo(False):
            if step.file_id:
                step.file_id._get_case().check_access("write")
            step.deadline_id._check_may_lead()

    def action_confirm(self):
        """Take the step; the deadline itself checks whether it may."""
        self.ensure_one()
        getattr(self, f"_take_{self.question}")(self.deadline_id)
        return {"type": "ir.actions.act_window_close"}

    def _take_extend(self, deadline):
        return deadline.action_extend(self.reason, self.notice_date)

    def _take_suspend(self, deadline):
        if not self.stop_reason:
            raise UserError(self.env._("Say why the clock stands still."))
        return deadline.action_suspend(
            self.stop_reason,
            self.stop_until,
            attachment_id=self._keep_proof(deadline).id,
            message_id=self.message_id.id,
        )

    def _keep_proof(self, deadline):
        """Attach the uploaded letter to the file."""
        attachments = self.env["ir.attachment"]
        if not self.proof:
            return attachments
        file = deadline._get_file()
        return attachments.create(
            {
                "name": self.proof_name or self.env._("Letter"),
                "datas": self.proof,
                "res_model": file._name,
                "res_id": file.id,
            }
        )

    def _take_cancel(self, deadline):
        return deadline.action_cancel(self.reason)

    def _take_meet(self, deadline):
        return deadline.action_meet(self.day)

    def _take_given(self, _deadline):
        if not self.rule_id:
            return self._take_given_without_rule()
        if not self.start_date:
            raise UserError(self.env._("Give the date from which the rule counts."))
        return self.env["iso10003.deadline"]._start_given(
            self.file_id._get_case(), self.rule_id, self.start_date
        )

    def _take_given_without_rule(self):
        kind = self.given_kind or "other"
        named = kind != "other" or self._is_said(self.given_name)
        if not self.last_day or not named:
            raise UserError(
                self.env._(
                    "Say what must be done and give the last day that was set, or "
                    "choose a rule of the policy."
                )
            )
        self.set_by_id.check_access("read")
        return self.env["iso10003.deadline"]._start_without_rule(
            self.file_id._get_case(),
            kind,
            self.last_day,
            name=self.given_name,
            given_actor=self.given_actor,
            set_by_id=self.set_by_id.id,
        )

    def _take_set_day(self, deadline):
        return deadline.action_set_day(self.last_day, self.reason)
