# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core import flow

# of the dispute, and offered where it ends early
ENDING_FIELDS = ("informed_date", "lessons")


class DisputeStep(models.TransientModel):
    """The one dialog that asks for the reason of a step, and what else it needs."""

    _name = "iso10003.dispute.step"
    _description = "Step of a dispute"
    _inherit = ["iso10003.withheld"]

    dispute_id = fields.Many2one("iso10003.dispute", required=True, ondelete="cascade")
    question = fields.Selection(
        [
            ("advance", "Go on although something is wanted"),
            ("step_back", "Send back"),
            ("result", "Note the result"),
            ("result_date", "Correct the date of the result"),
            ("event", "It happened elsewhere"),
            ("close", "End the file early"),
            ("conclude", "Close the file"),
            ("reopen", "Reopen"),
            ("hold", "Put on hold"),
            ("override", "Override independence"),
            ("complainant", "Correct the complainant"),
            ("ask_approval", "Ask for approval"),
            ("approve", "Approve what we give"),
            ("refuse", "Do not approve"),
            ("track", "Change the track"),
            ("refer_back", "Referred back to us"),
            ("settle_here", "Settled here"),
            ("hold_records", "Hold the records"),
            ("lift_hold", "Lift the hold on records"),
        ],
        required=True,
    )
    result = fields.Selection(lambda self: self._outcomes(flow.RESULTS))
    date = fields.Date(
        "Result of",
        default=lambda self: self._default_date(),
        help="The day on which it was agreed, recommended or decided, or on which the "
        "file ended.",
        deed=True,
    )
    # what is recorded that no letter of the file shows
    event = fields.Selection(lambda self: self._list_recordable(), "What happened")
    until = fields.Date(
        "Handle it here until", help="The last day that the body has set."
    )
    scan = fields.Binary(attachment=False, help="What shows it, such as a receipt.")
    scan_name = fields.Char("Name of the scan")
    noted_result = fields.Selection(related="dispute_id.outcome", string="Noted result")
    # what the gates of an early end want, filled in with it
    informed_date = fields.Date(
        "Complainant informed on",
        compute="_compute_ending",
        store=True,
        readonly=False,
        deed=True,
    )
    lessons = fields.Text(compute="_compute_ending", store=True, readonly=False)
    wants_lessons = fields.Boolean(compute="_compute_gate_checklist")
    early_end = fields.Selection(
        lambda self: self._outcomes(flow.EARLY_ENDS), "How it ends"
    )
    evaluator_id = fields.Many2one("res.users", domain=[("share", "=", False)])
    partner_id = fields.Many2one("res.partner", "Complainant")
    track = fields.Selection(lambda self: self._get_tracks(), "New track")
    # an amount of zero is no answer on its own: nobody sees whether it was typed
    gives = fields.Selection(
        [("amount", "We pay, concede or give up"), ("nothing", "Nothing")],
        "What we give",
    )
    amount = fields.Monetary(
        help="What the result costs us, whatever was claimed. It is counted in the "
        "company's currency at the rate of its day, and has to be within your "
        "authority.",
    )
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency", store=True, readonly=False
    )
    binds = fields.Boolean(compute="_compute_binds")
    reason = fields.Text(help="Kept on record; it can be erased if it names people.")
    gate_checklist = fields.Json(
        "What is still wanted", compute="_compute_gate_checklist"
    )

    @api.model
    def _outcomes(self, codes):
        outcome = self.env["iso10003.dispute"]._fields["outcome"]
        labels = dict(outcome._description_selection(self.env))
        return [(code, labels[code]) for code in codes]

    @api.model
    def _list_recordable(self):
        disputes = self.env["iso10003.dispute"]
        dates = disputes._get_deed_dates()
        labels = disputes.fields_get(list(dates.values()), ["string"])
        return [(event, labels[name]["string"]) for event, name in dates.items()]

    @api.model
    def _get_tracks(self):
        return self.env["iso10003.dispute"]._get_track_choices()

    def _default_date(self):
        disputes = self.env["iso10003.dispute"]
        dispute = disputes.browse(self.env.context.get("default_dispute_id") or ())
        if event := self.env.context.get("default_event"):
            recorded = dispute[disputes._get_deed_dates()[event]]
            return recorded or dispute._get_company_day()
        result = self.env.context.get("default_question") in ("result", "result_date")
        return (result and dispute.outcome_date) or dispute._get_company_day()

    @api.constrains("dispute_id", "question")
    def _check_may_lead(self):
        """The dialog shows its file's name and gates: not to who may not lead it."""
        for step in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            step.dispute_id._check_may_ask(step.question)

    @api.depends("dispute_id")
    def _compute_currency(self):
        for step in self:
            step.currency_id = step.dispute_id.currency_id

    @api.depends("question", "result", "early_end")
    def _compute_binds(self):
        """Say whether what we give has to be said."""
        for step in self:
            ends = {
                "result": step.result,
                "close": step.early_end,
                "settle_here": flow.SETTLED_HERE,
            }
            step.binds = ends.get(step.question) in flow.BINDING

    @api.depends("dispute_id")
    def _compute_ending(self):
        for step in self:
            for name in ENDING_FIELDS:
                step[name] = step.dispute_id[name]

    @api.depends("dispute_id", "question", *ENDING_FIELDS)
    def _compute_gate_checklist(self):
        for step in self:
            way = "early_end" if step.question == "close" else "forward"
            asked = step.question in ("advance", "close", "reopen")
            gates = step.dispute_id._prepare_gate_checklist(way) if asked else []
            step.wants_lessons = any(
                gate["code"] == "lessons_drawn" for gate in gates if way == "early_end"
            )
            # what is filled in here is met by it
            step.gate_checklist = [
                {**gate, "met": bool(step[gate["field"]])}
                if way == "early_end" and gate.get("field") in ENDING_FIELDS
                else gate
                for gate in gates
            ]

    def action_confirm(self):
        """Take the step; the dispute itself checks whether it may."""
        self.ensure_one()
        getattr(self, f"_take_{self.question}")(self.dispute_id)
        if self.env.context.get("leads_on"):
            # the card named this as the one thing that is wanted
            self.dispute_id.with_context(shown_state=False)._lead_on()
        return {"type": "ir.actions.act_window_close"}

    def _take_advance(self, dispute):
        return dispute.action_advance(self.reason or "")

    def _take_step_back(self, dispute):
        return dispute.action_step_back(self.reason)

    def _take_result(self, dispute):
        return dispute.action_note_result(
            self.result, self.reason, self.date, **self._get_given()
        )

    def _take_result_date(self, dispute):
        return dispute.action_correct_result_date(self.date, self.reason)

    def _take_event(self, dispute):
        return dispute.action_record_event(
            self.event, self.date, self.reason, self.scan or None, self.scan_name
        )

    def _take_close(self, dispute):
        self._fill_in(dispute)
        return dispute.action_close(
            self.early_end, self.reason, date=self.date, **self._get_given()
        )

    def _fill_in(self, dispute):
        """Fill in on the file what the gates of an early end want."""
        if self.informed_date != dispute.informed_date:
            dispute.action_record_event("informed", self.informed_date, self.reason)
        if (self.lessons or False) != (dispute.lessons or False):
            dispute.lessons = self.lessons

    def _take_reopen(self, dispute):
        return dispute.action_reopen(self.reason)

    def _take_hold(self, dispute):
        return dispute.action_hold(self.reason)

    def _take_complainant(self, dispute):
        return dispute.action_change_complainant(self.partner_id.id, self.reason)

    def _take_override(self, dispute):
        return dispute.action_override_independence(self.evaluator_id.id, self.reason)

    def _get_given(self):
        """Return what we give as the steps take it; nothing where it was not said."""
        if self.gives == "amount" and not self.amount:
            raise UserError(
                self.env._("Give the amount, or choose “Nothing” where we give none.")
            )
        amount = {"amount": self.amount, "nothing": 0}.get(self.gives)
        return {"amount": amount, "currency_id": self.currency_id.id}

    def _take_ask_approval(self, dispute):
        return dispute.action_request_approval(
            self.amount, self.currency_id.id, self.reason
        )

    def _take_approve(self, dispute):
        return dispute.action_approve_concession(self.reason)

    def _take_refuse(self, dispute):
        return dispute.action_refuse_concession(self.reason)

    def _take_track(self, dispute):
        return dispute.action_change_track(self.track, self.reason)

    def _take_refer_back(self, dispute):
        return dispute.action_refer_back(self.until, self.reason, self.date)

    def _take_settle_here(self, dispute):
        if self.informed_date != dispute.informed_date:
            dispute.action_record_event("informed", self.informed_date, self.reason)
        return dispute.action_settle_here(self.reason, self.date, **self._get_given())

    def _take_hold_records(self, dispute):
        return dispute.action_hold_records(self.reason)

    def _take_lift_hold(self, dispute):
        return dispute.action_lift_hold(self.reason)
