# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import datetime
from dataclasses import dataclass

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty, plaintext2html

from ...core import flow, segregation
from .evaluated import EVALUATE

REOPENED = "odoo_iso10003.activity_reopened"
# where a gate is met by filling in a field
WANTED_FIELDS = {
    "complainant_known": "partner_id",
    "scope_decided": "scope_decision",
    "complaint_exhausted": "final_answer_date",
    "recourse_told": "recourse_date",
    "notice_received": "notice_date",
    "acknowledged": "acknowledged_date",
    "part_answered": "part_answered_date",
    "remedy_sought": "remedy_ids",
    "category_set": "category_id",
    "evaluator_independent": "evaluator_id",
    "severity_assessed": "severity",
    "findings_recorded": "findings",
    "response_sent": "response_date",
    "carried_out": "implemented_date",
    "complainant_informed": "informed_date",
    "lessons_drawn": "lessons",
}
# what gates look at besides
ASKED_FIELDS = {
    *WANTED_FIELDS.values(),
    "approval_user_id",
    "bare_events",
    "cause_kind",
    "competence_overrides",
    "complaint_handler_id",
    "conceded_amount",
    "conceded_date",
    "consent_withdrawn_date",
    "deadlock",
    "declined_by",
    "direct_notice",
    "independence_override",
    "is_corrected",
    "is_referred_back",
    "next_due_date",
    "no_corrective_reason",
    "outcome",
    "provider_id",
    "remedy_sought",
    "retention_date",
    "scope_reason",
    "ticket_id",
    "track",
}


@dataclass(frozen=True)
class Way:
    """What stands between a file and a step, as it was asked, once."""

    asked: models.Model  # the gates
    unmet: models.Model  # those of them that are not met
    conflicts: list  # who had a part that excludes the one taken now
    track: str  # on which the file is

    @property
    def blocking(self):
        """The gates that stop the file."""
        return self.unmet.filtered(
            lambda gate: gate._get_severity(self.track) == "block"
        )

    @property
    def is_clear(self):
        """Whether nothing at all stands in the way."""
        return not self.unmet and not self.conflicts

    @property
    def wants_only_a_reason(self):
        """Whether something stands in the way, but nothing that stops the file."""
        stops = self.blocking or any(
            one.strength == segregation.STRICT for one in self.conflicts
        )
        return bool(self.unmet or self.conflicts) and not stops


class DisputeFlow(models.Model):
    """The one door of a dispute: every change of state goes through here.

    The buttons call the public methods, which may be called by RPC as well: each
    checks by itself what it needs. What a state wants before it is left are the gates
    of the file's version.

    To add a gate: a row of ``iso10003.gate`` and a method ``_gate_<code>`` here,
    or in the room whose records it reads. The method says whether one file meets
    it.
    """

    _inherit = "iso10003.dispute"

    _step_dialog = "iso10003.dispute.step"
    _step_link = "dispute_id"

    gate_checklist = fields.Json(
        "What the standard still wants", compute="_compute_at_a_glance"
    )
    next_step = fields.Json("Next step", compute="_compute_at_a_glance")
    # 7.2: whether it is one of ISO 10003, and why it goes outside
    scope_decision = fields.Selection(
        [
            ("undecided", "Not decided"),
            ("in_scope", "In scope"),
            ("out_of_scope", "Out of scope"),
        ],
        "Scope of ISO 10003",
        default="undecided",
        required=True,
        tracking=True,
        help="Out of scope: disputes on employment, for one, or complaints that were "
        "never offered to the organization (clause 1). They are recorded all the "
        "same, and kept out of the indicators.",
    )
    scope_reason = fields.Char("Reason for the scope", tracking=True)
    scope_user_id = fields.Many2one(
        "res.users",
        "Scope decided by",
        readonly=True,
        ondelete="restrict",
        guarded=True,
    )
    scope_date = fields.Datetime("Scope decided on", readonly=True, guarded=True)
    deadlock = fields.Selection(
        [
            ("rejected", "Complainant rejected the answer"),
            ("partly_met", "Met in part"),
            ("time_out", "No answer in time"),
            ("no_agreement", "No agreement"),
        ],
        "Why unresolved",
        tracking=True,
        sealed=True,
    )
    # 7.4: who judges the merits, and what was found
    complaint_handler_id = fields.Many2one(
        "res.users",
        "Complaint handled by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Who handled the complaint when the dispute was opened.",
        guarded=True,
    )
    evaluator_id = fields.Many2one(
        "res.users",
        tracking=True,
        domain=[("share", "=", False)],
        help="Judges the merits, and did not handle the complaint (7.4.1).",
        sealed=True,
        ondelete="restrict",
    )
    independence_override = fields.Boolean(
        "Independence overridden",
        readonly=True,
        copy=False,
        help="A manager let this evaluator act although independence is in doubt.",
        guarded=True,
    )
    severity = fields.Selection(
        [("0", "Low"), ("1", "Medium"), ("2", "High"), ("3", "Critical")],
        tracking=True,
        help="How serious it is for the complainant and for others (7.4.1).",
        sealed=True,
    )
    findings = fields.Html(
        prefetch=False,
        help="Facts, earlier handling, merits and likely exposure (7.4.1).",
        sealed="digest",
    )
    # 7.5 to 7.7: how it ended, and what is learned of it
    outcome = fields.Selection(
        [
            ("settled_early", "Settled before a proceeding"),
            ("settled_facilitated", "Settled with a facilitator"),
            ("recommendation_accepted", "Recommendation accepted"),
            ("recommendation_rejected_by_us", "Recommendation rejected by us"),
            (
                "recommendation_rejected_by_complainant",
                "Recommendation rejected by the complainant",
            ),
            ("decision_for_complainant", "Decided for the complainant"),
            ("decision_partly", "Decided in part for each"),
            ("decision_for_organization", "Decided for the organization"),
            ("settled_referred_back", "Settled here, after it was referred back"),
            ("recommendation_in_part", "Recommendation accepted in part"),
            ("decision_not_accepted", "Decision not accepted by the complainant"),
            ("no_agreement", "No agreement"),
            ("conceded", "Conceded: we gave what was asked"),
            ("withdrawn", "Withdrawn by the complainant"),
            ("discontinued", "Discontinued"),
            ("out_of_jurisdiction", "Outside the provider's jurisdiction"),
            ("time_barred", "Brought too late"),
            ("not_pursued", "Not pursued"),
            ("merged", "Merged with another file"),
            ("duplicate", "Duplicate"),
            ("declined_by_us", "Declined by us"),
            ("declined_by_provider", "Declined by the provider"),
            ("not_reached", "Complainant not reached"),
            ("no_successor", "Ended without a successor of the complainant"),
        ],
        readonly=True,
        copy=False,
        tracking=True,
        index="btree_not_null",
        guarded=True,
    )
    noted_before = fields.Json(
        "Noted before the early end",
        readonly=True,
        copy=False,
        guarded=True,
        help="The result that was noted, and what we give by it. It stays on record, "
        "and holds again when the file is reopened.",
    )
    lessons = fields.Text(
        help="What the organization learns, or why there is nothing to learn (8.2).",
        sealed="digest",
    )
    complaint_stage_id = fields.Many2one(
        "helpdesk.ticket.stage",
        "Stage of the complaint before",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Where the complaint stood when the dispute closed it; there it goes "
        "back when the dispute is reopened.",
        guarded=True,
    )

    # ------------------------------------------------------------
    # What a user can do
    # ------------------------------------------------------------

    def action_advance(self, reason=None):
        """Lead the file to the next clause.

        :param reason: why it goes on although gates warn; without it a file with
            warnings asks for one
        :return: the question for a reason, if one is needed
        """
        alone = len(self) == 1  # of several, no dialog could ask for each
        return self._take_each(lambda dispute: dispute._advance(reason, alone))

    def _advance(self, reason, asks, way=None):
        evaluated = self.state == "evaluation"
        result = self._move(flow.next_state(self.state), reason, asks=asks, way=way)
        if evaluated and self.state == "position" and self._get_track().merges:
            # evaluation and position are one step, where all of it is there
            way = self._ask_the_way()
            if way.is_clear:
                self._transition(flow.next_state(self.state), way=way)
        return result

    def action_step_back(self, reason):
        """Send the file back to the clause before, for a reason."""
        return self._take_each(
            lambda dispute: dispute._move(flow.previous_state(dispute.state), reason)
        )

    def action_close(
        self, outcome=None, reason=None, amount=None, currency_id=None, date=None
    ):
        """Close the file: at the end of the way, or early for one of EARLY_ENDS.

        :param outcome: how it ends; the noted result when not given
        :param amount: what we give by an early end, see :meth:`_weigh_given`
        :param currency_id: of the amount; the currency of the file when not given
        :param date: the day of an early end; today when not given
        """
        given = (amount, currency_id)
        return self._take_each(
            lambda dispute: dispute._close(outcome, reason, date, given)
        )

    def _close(self, outcome, reason, date=None, given=(None, None)):
        if outcome in flow.EARLY_ENDS:
            return self._end_early(outcome, reason, date, given)
        outcome = outcome or self.outcome
        if not outcome:
            raise self._refusal(self.env._("say how it ended."))
        if outcome != self.outcome:
            raise self._refusal(
                self.env._(
                    "note the result “%(outcome)s” first; it then has to be "
                    "carried out (7.5, 7.6).",
                    outcome=self._selection_label("outcome", outcome),
                )
            )
        return self._move(flow.CLOSED, reason, outcome)

    def _end_early(self, outcome, reason, date, given):
        """Close the file before its way is done, with what we give by that."""
        self.check_access("write")
        day = self._check_result_day(date) if date else self._get_company_day()
        noted = self._weigh_given(outcome, *given, day)
        self._check_expected_state()
        result = self._transition(flow.CLOSED, reason, outcome, day=day)
        self._concede(noted)
        return result

    def action_reopen(self, reason):
        """Reopen a closed file in the state it was closed in.

        A result that was noted before an early end holds again.
        """
        return self._take_each(lambda dispute: dispute._reopen(reason))

    def _reopen(self, reason):
        if self.state != flow.CLOSED:
            raise self._refusal(self.env._("it is open already."))
        return self._move(self._get_reopened_state(), reason)

    def _get_reopened_state(self):
        """Return where it was closed; without a result there is none to carry out."""
        lost = self.outcome in flow.EARLY_ENDS and not self.noted_before
        if lost and self.closed_from == flow.IMPLEMENTATION:
            return flow.previous_state(flow.IMPLEMENTATION)
        return self.closed_from

    def action_note_result(
        self, outcome, reason, date=None, amount=None, currency_id=None
    ):
        """Note how the dispute was resolved (7.5.3 to 7.5.5).

        :param date: the day of the result; today when not given
        :param amount: what we give by it, see :meth:`_weigh_given`
        :param currency_id: of the amount; the currency of the file when not given
        """
        given = (amount, currency_id)
        return self._take_each(
            lambda dispute: dispute._note_result(outcome, reason, date, given)
        )

    def _note_result(self, outcome, reason, date, given=(None, None)):
        """Note how it was resolved, and what we give by that.

        :param given: what we pay, concede or give up, zero is an answer; and its
            currency, that of the file when there is none
        """
        self.check_access("write")
        self._check_expected_state()
        if outcome not in flow.RESULTS or self.state not in flow.RESULT_STATES:
            raise self._refusal(
                self.env._(
                    "“%(outcome)s” cannot be noted in the state “%(state)s”.",
                    outcome=self._selection_label("outcome", outcome),
                    state=self._selection_label("state", self.state),
                )
            )
        self._need_reason(reason)
        day = self._check_result_day(date or self._get_company_day())
        noted = self._weigh_given(outcome, *given, day)
        self._lock()
        if outcome in segregation.REJECTIONS:
            self._pass_door("_note_result", reason)
        self._say_reason(reason)
        self._guarded_write({"outcome": outcome, "outcome_date": day})
        self._register_event(
            "outcome", {"outcome": outcome, "date": day.isoformat()}, reason
        )
        self._concede(noted)
        return True

    def action_hold(self, reason):
        """Put the file on hold: it cannot move until it is taken off."""
        return self._take_each(lambda dispute: dispute._hold(reason))

    def _hold(self, reason):
        if self.state == flow.CLOSED or self.on_hold:
            raise self._refusal(self.env._("it is closed or on hold already."))
        self._need_reason(reason)
        self._lock()
        self._say_reason(reason)
        self._guarded_write({"on_hold": True, "hold_reason": reason})
        self._register_event("hold", {}, reason)
        return True

    def action_resume(self):
        """Take the file off hold."""
        return self._take_each(lambda dispute: dispute._resume())

    def _resume(self):
        if not self.on_hold:
            raise self._refusal(self.env._("it is not on hold."))
        self._lock()
        self._guarded_write({"on_hold": False, "hold_reason": False})
        self._register_event("resume", {})
        return True

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _move(self, to_state, reason=None, outcome=None, asks=False, way=None):
        """Move the file that the user sees, as :meth:`_transition` does."""
        self._check_expected_state()
        return self._transition(to_state, reason, outcome, asks, way=way)

    def _transition(
        self, to_state, reason=None, outcome=None, asks=False, day=None, way=None
    ):
        """Move one file to ``to_state``, if its gates let it out.

        :param reason: free text; needed on every way but the plain way forward
        :param outcome: how the file ends, where it ends
        :param asks: return the question for a reason, where none is given and
            nothing else is wanted
        :param day: of an early end
        :param way: what stands in its way, where it was asked just now
        :raises UserError: says which clause wants what
        """
        self.ensure_one()
        self._lock()
        from_state = self.state
        step = flow.step(from_state, to_state, outcome, self._get_ending_agreements())
        self._check_step(step, to_state)
        way = way or self._ask_the_way(step, outcome)
        if asks and reason is None and way.wants_only_a_reason:
            return self.action_ask("advance")
        self._pass_gates(way, reason)
        self._pass_door("_transition", reason, found=way.conflicts)
        if step != "forward":
            self._need_reason(reason)
        self._say_reason(reason)
        self._take_up(step)
        vals = self._prepare_transition_vals(step, to_state)
        if step == "early_end":
            vals.update(self._prepare_early_end_vals(outcome, day))
        self._guarded_write(vals)
        self._register_event(
            "transition", self._prepare_transition_data(step, from_state, way), reason
        )
        self._bring_about(step)
        return True

    def _get_ending_agreements(self):
        """Return the outcomes that end the file from the state where it stands."""
        return {flow.SETTLED_HERE} if self.is_referred_back else set()

    def _take_up(self, step):
        """Do what a step needs before the file is there."""
        if step == "reopen":
            if not self.user_id.active:
                self._hand_on()
            self._open_complaint()

    def _bring_about(self, step):
        """Do what follows from a step, once the file is there."""
        if step == "forward" and flow.previous_state(self.state) == "evaluation":
            self.activity_feedback([EVALUATE])
        if step == "early_end":
            self.activity_unlink([EVALUATE])
        if self.state == flow.CLOSED:
            self._close_complaint()
            self.sudo().claim_ids._end_with(self.outcome)  # as the file does
        if step == "reopen":
            self.sudo().claim_ids._open_again()  # as the file is
            self._follow_claims()
            self._tell_reopened()

    def _check_step(self, step, to_state):
        if not step:
            raise self._refusal(
                self.env._(
                    "there is no way from “%(old)s” to “%(new)s”.",
                    old=self._selection_label("state", self.state),
                    new=self._selection_label("state", to_state),
                )
            )
        if self.on_hold and step != "early_end":
            raise self._refusal(
                self.env._(
                    "it is on hold (%(reason)s). Take it off hold first.",
                    reason=self.hold_reason,
                )
            )

    def _pass_gates(self, way, reason):
        """Refuse a way with a gate that blocks, or that warns and no reason is given.

        :param way: what :meth:`_ask_the_way` returned
        """
        if way.blocking:
            raise self._refusal(
                self.env._("this is still wanted:") + self._list_gates(way.blocking)
            )
        if way.unmet and not self._is_said(reason):
            raise self._refusal(
                self.env._("give a reason for going on without:")
                + self._list_gates(way.unmet)
            )

    def _list_gates(self, gates):
        return "".join(f"\n• {gate._written_clause()}: {gate.name}" for gate in gates)

    def _prepare_transition_vals(self, step, to_state):
        now = fields.Datetime.now()
        vals = {
            "state": to_state,
            "state_date": now,
            "waiting_on": flow.WAITING_ON[to_state],
        }
        if to_state == flow.CLOSED:
            vals.update(closed_date=now, closed_from=self.state, on_hold=False)
            vals["amount_final"] = self.amount_claimed
        if step == "forward" and self.state == "notice":
            vals["amount_at_notice"] = self.amount_claimed
        if to_state == "resolution" and not self.resolution_date:
            vals["resolution_date"] = now
        if step == "reopen":
            vals.update(self._prepare_reopened_vals())
        return vals

    def _prepare_early_end_vals(self, outcome, day):
        """Return how it ends; a result that was noted is kept beside it."""
        return {
            "outcome": outcome,
            "outcome_date": day,
            "noted_before": self._pack_result() if self.outcome else False,
        }

    def _prepare_reopened_vals(self):
        vals = {
            "closed_date": False,
            "closed_from": False,
            "informed_date": False,
            "reopen_count": self.reopen_count + 1,
            **self._prepare_no_approval(),  # it was for that time
        }
        if self.outcome in flow.EARLY_ENDS:
            vals.update(
                self.noted_before or dict.fromkeys(self._get_result_fields(), False),
                noted_before=False,
            )
        return vals

    @api.model
    def _get_result_fields(self):
        """Return the fields that say which result was noted, and what it gives."""
        return ["outcome", "outcome_date", *self._prepare_nothing_given()]

    def _pack_result(self):
        """Return the noted result as it can be kept, and written again."""
        [values] = self.read(self._get_result_fields(), load=None)
        values.pop("id")
        return {
            name: value.isoformat() if isinstance(value, datetime.date) else value
            for name, value in values.items()
        }

    def _tell_reopened(self):
        """Say in the discussion what holds still, and what is open again."""
        told = [
            self.env._(
                "It is open again in “%(state)s”.",
                state=self._selection_label("state", self.state),
            ),
            self.env._(
                "Still noted: “%(outcome)s”, %(day)s.",
                outcome=self._selection_label("outcome", self.outcome),
                day=self._written_day("outcome_date"),
            )
            if self.outcome
            else self.env._("No result is noted; the register says how it had ended."),
        ]
        if wanted := self._ask_the_way().unmet:
            told.append(self.env._("Wanted again:") + self._list_gates(wanted))
        self._message_log(body=plaintext2html("\n".join(told)))

    def _prepare_transition_data(self, step, from_state, way):
        data = {
            "step": step,
            "from": from_state,
            "to": self.state,
            "waiting_on": self.waiting_on or None,
        }
        if self.state == flow.CLOSED:
            data["outcome"] = self.outcome
        if step == "early_end":
            data["date"] = self.outcome_date.isoformat()
            if noted := self.noted_before:
                data["noted_before"] = {
                    "outcome": noted["outcome"],
                    "date": noted["outcome_date"] or None,
                }
        if way.asked:
            # gates can be made stricter or switched off: the row says what was asked
            data["gates"] = {
                gate.code: gate._get_severity(way.track) for gate in way.asked
            }
        if way.unmet:
            data["passed_over"] = way.unmet.mapped("code")
        if step == "forward" and from_state == "evaluation":
            data["evaluator"] = self.evaluator_id.id
        return data

    def _get_refused_name(self):
        return self.env._("Dispute %(number)s", number=self.name)

    # ------------------------------------------------------------
    # What each state wants before it is left
    # ------------------------------------------------------------

    # read together with them, and not with the whole row one by one
    @api.depends(
        "state",
        "policy_id",
        "company_id",
        "user_id",
        "on_hold",
        "hold_reason",
        "waiting_on",
        *ASKED_FIELDS,
    )
    @api.depends_context("uid", "lang")
    def _compute_at_a_glance(self):
        """What the form shows of a file as it stands: it reads the register once."""
        hands, now = self._read_hands(), fields.Datetime.now()
        for dispute in self:
            rows = hands[dispute]
            # a new file has no track before it is saved
            asked = bool(dispute.track)
            checklist = dispute._prepare_gate_checklist(rows=rows) if asked else []
            dispute.gate_checklist = checklist
            dispute.next_step = asked and dispute._find_next_step(checklist)
            dispute.holder_bar = dispute._prepare_holder_bar(
                flow.seconds_per_state(dispute._list_turns(rows), now)
            )

    def _prepare_gate_checklist(self, step="forward", rows=None):
        """Return the gates of a step as they stand, and what is to answer for.

        :param rows: of the register, where they were read already
        """
        gates = self.env["iso10003.policy.gate"]._describe_asked_in(
            self.policy_id.id, self.track, self.state, self._step_ahead(step)
        )
        return [
            {
                **gate,
                "met": self._meets(gate["code"]),
                "field": WANTED_FIELDS.get(gate["code"]),
                "remark": self._tell_what_is_wrong(WANTED_FIELDS.get(gate["code"])),
            }
            for gate in gates
        ] + self._prepare_conflict_checklist(step, rows)

    def _get_asked_gates(self, step="forward"):
        """Return the gates of the file's version that this step asks, met or not."""
        self.ensure_one()
        return self.env["iso10003.policy.gate"]._asked_in(
            self.policy_id, self.track, self.state, self._step_ahead(step)
        )

    def _step_ahead(self, step):
        reopens = step != "early_end" and self.state == flow.CLOSED
        return "reopen" if reopens else step

    def _ask_the_way(self, step="forward", outcome=None):
        """Ask each gate of a step, once, and who may not take it.

        :param outcome: how the file ends, where it ends
        :return: a :class:`Way`
        """
        gates = self.env["iso10003.policy.gate"]
        asked = gates if step == "back" else self._get_asked_gates(step)
        return Way(
            asked,
            asked.filtered(lambda gate: not self._meets(gate.code)),
            self._find_untold(self._get_parts_taken(step, outcome)),
            self.track,
        )

    def _meets(self, code):
        return bool(getattr(self, f"_gate_{code}")())

    def _gate_complainant_known(self):
        """Somebody complains whom one can reach, and who is alive."""
        partner = self.partner_id.sudo()  # the contact decides, whoever may read it
        # and not all that is known of it
        partner.fetch(("email", "phone", "street", "deceased_date"))
        reached = partner.email or partner.phone or partner.street
        return partner and reached and not partner.deceased_date

    def _gate_scope_decided(self):
        return self.scope_decision != "undecided" and self.scope_reason

    def _gate_complaint_exhausted(self):
        """The organization answered for good, or let its time run out."""
        if self.direct_notice:
            return True
        if self.deadlock == "time_out":
            return self._answer_is_overdue()
        return self.deadlock and self.final_answer_date

    def _answer_is_overdue(self):
        # the complaint counts, whoever may read it
        received = self.ticket_id.sudo().complaint_date
        waited = self._get_company_day() - received
        return waited.days >= self.policy_id.answer_days

    def _gate_recourse_told(self):
        return self.recourse_date

    def _gate_notice_received(self):
        return self.notice_date

    def _gate_remedy_sought(self):
        # which, is in the file that is asked
        return self.remedy_sought or self.sudo().remedy_ids

    def _gate_acknowledged(self):
        return self.acknowledged_date

    def _gate_category_set(self):
        return self.category_id

    def _gate_evaluator_independent(self):
        """Whether the evaluator took no part in what is evaluated (7.4.1).

        What may be told asks for a reason of its own, see ``dispute_authority.py``.
        """
        if self._is_evaluated_outside():
            return True
        conflicts = self._find_untold(("evaluator",))
        return self.evaluator_id and not any(
            conflict.strength == segregation.STRICT for conflict in conflicts
        )

    def _gate_severity_assessed(self):
        return self.severity

    def _gate_findings_recorded(self):
        return not is_html_empty(self.findings)

    def _gate_response_sent(self):
        return self.response_date

    def _gate_result_noted(self):
        return self.outcome in flow.RESULTS

    def _gate_decided_within_authority(self):
        """Where we are bound, what we give was noted, by somebody who may."""
        return self.outcome not in flow.BINDING or self.conceded_date

    def _gate_carried_out(self):
        return self.implemented_date or self.outcome in flow.RESULTS_WITHOUT_DUTY

    def _gate_complainant_informed(self):
        return self.informed_date

    def _gate_lessons_drawn(self):
        return (self.lessons or "").strip()

    def _gate_reopen_right(self):
        return self._user_is_manager()

    def _user_is_manager(self):
        return self.env.user.has_group("odoo_iso10003.group_manager")

    # ------------------------------------------------------------
    # 7.2 scope, 7.4 evaluation, and a file that comes back
    # ------------------------------------------------------------

    def _note_scope(self):
        if not self:
            return
        self._guarded_write(
            {"scope_user_id": self.env.uid, "scope_date": fields.Datetime.now()}
        )
        self.env["iso10003.register"]._append(
            [
                (
                    dispute,
                    "scope",
                    {"decision": dispute.scope_decision},
                    dispute.scope_reason,
                )
                for dispute in self
            ]
        )

    def _tell_evaluator(self):
        """Give the evaluators their task, in the place of one that was given before."""
        if not self:
            return
        self.activity_unlink([EVALUATE])
        for dispute in self.filtered("evaluator_id"):
            evaluator = dispute.evaluator_id
            # who names somebody lets them follow, whether or not they edit followers
            dispute.sudo()._message_subscribe(evaluator.partner_id.ids)
            dispute._give_task(
                EVALUATE,
                evaluator,
                lambda file: file.env._("Evaluate the merits (7.4.1)"),
            )

    def _give_task(self, kind, user, describe):
        """Give somebody a task of today, in their language.

        :param kind: the external id of the type of activity
        :param describe: is given this file and returns what is to be done
        """
        self.activity_schedule(
            kind,
            date_deadline=self._get_company_day(),
            summary=describe(self.with_context(lang=user.lang)),
            user_id=user.id,
        )

    def _hand_on(self):
        """Give a file whose owner is archived to who stands in, and tell them."""
        # whoever reopens a file is a manager, and can lead it
        owner = self._get_stand_in() or self.env.user
        self._guarded_write({"user_id": owner.id})
        self._give_task(
            REOPENED,
            owner,
            lambda file: file.env._(
                "Lead the reopened file, whose owner works here no more"
            ),
        )

    # ------------------------------------------------------------
    # The complaint follows its dispute: closed with it, and opened again with it
    # ------------------------------------------------------------

    def action_view_complaint(self):
        self.ensure_one()
        return self.ticket_id.get_formview_action()

    def _close_complaint(self):
        """Close the complaint, in the first stage of its team that closes.

        Where the team has none, or the helpdesk refuses it, the complaint stays as it
        is, and the discussion of the file says so.
        """
        ticket = self.ticket_id.sudo()  # it follows, whoever may write the complaint
        if ticket.closed or not ticket.active or ticket._find_open_disputes():
            return
        former = ticket.stage_id
        stage = ticket.team_id._get_applicable_stages().filtered("closed")[:1]
        if not stage:
            self._note("mt_complaint_not_closed", ticket.number)
            return
        try:
            with self.env.cr.savepoint():
                ticket.stage_id = stage
        except UserError as refusal:
            self._note("mt_complaint_refused", f"{ticket.number}: {refusal}")
        else:
            self._guarded_write({"complaint_stage_id": former.id})

    def _open_complaint(self):
        """Open the complaint again, where it stood before."""
        ticket = self.ticket_id.sudo()  # as above
        if not ticket.closed or not ticket.active:
            return
        stages = ticket.team_id._get_applicable_stages()
        stages = stages.filtered(lambda stage: not stage.closed)
        if stage := (self.complaint_stage_id & stages) or stages[:1]:
            # the helpdesk keeps the day on which it was closed, and offers no more
            ticket.write({"stage_id": stage.id, "closed_date": False})
