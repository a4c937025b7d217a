# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ...core import flow, segregation


class DisputeFlow(models.Model):
    """The one door of a dispute: every change of state goes through here.

    The buttons call the public methods, which may be called by RPC as well: each
    checks by itself what it needs.
    """

    _inherit = "iso10003.dispute"

    _step_dialog = "iso10003.dispute.step"
    _step_link = "dispute_id"

    # ------------------------------------------------------------
    # What a user can do
    # ------------------------------------------------------------

    def action_advance(self, reason=None):
        """Lead the file to the next clause.

        :param reason: why it goes on although gates warn; without it a file with
            warnings asks for one
        :return: the question for a reason, if one is needed
        """
        self.ensure_one()
        self._check_expected_state()
        if not reason and self._wants_only_a_reason():
            return self.action_ask("advance")
        return self._transition(flow.next_state(self.state), reason)

    def _wants_only_a_reason(self):
        """Whether something stands in the way ahead, but nothing that stops it."""
        gates = self._open_gates()
        if any(gate.severity == "block" for gate in gates):
            return False
        untold = self._find_untold(self._get_parts_taken("forward", None))
        if any(one.strength == segregation.STRICT for one in untold):
            return False
        return bool(gates or untold)

    def action_step_back(self, reason):
        """Send the file back to the clause before, for a reason."""
        self.ensure_one()
        self._check_expected_state()
        return self._transition(flow.previous_state(self.state), reason)

    def action_close(self, outcome=None, reason=None):
        """Close the file: at the end of the way, or early for one of EARLY_ENDS.

        :param outcome: how it ends; the noted result when not given
        """
        self.ensure_one()
        self._check_expected_state()
        outcome = outcome or self.outcome
        if not outcome:
            raise self._refusal(self.env._("say how it ended."))
        if outcome not in flow.EARLY_ENDS and outcome != self.outcome:
            raise self._refusal(
                self.env._(
                    "note the result “%(outcome)s” first; it then has to be "
                    "carried out (7.5, 7.6).",
                    outcome=self._selection_label("outcome", outcome),
                )
            )
        return self._transition(flow.CLOSED, reason, outcome)

    def action_reopen(self, reason):
        """Reopen a closed file in the state it was closed in."""
        self.ensure_one()
        self._check_expected_state()
        if self.state != flow.CLOSED:
            raise self._refusal(self.env._("it is open already."))
        return self._transition(self.closed_from, reason)

    def action_note_result(self, outcome, reason):
        """Note how the dispute was resolved (7.5.3 to 7.5.5)."""
        self.ensure_one()
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
        self._lock()
        if outcome in segregation.REJECTIONS:
            self._pass_door("action_note_result", reason)
        self._track_set_log_message(reason)
        self._guarded_write(
            {"outcome": outcome, "outcome_date": fields.Date.context_today(self)}
        )
        self._register_event("outcome", {"outcome": outcome}, reason)
        return True

    def action_hold(self, reason):
        """Put the file on hold: it cannot move until it is taken off."""
        self.ensure_one()
        if self.state == flow.CLOSED or self.on_hold:
            raise self._refusal(self.env._("it is closed or on hold already."))
        self._need_reason(reason)
        self._lock()
        self._track_set_log_message(reason)
        self._guarded_write({"on_hold": True, "hold_reason": reason})
        self._register_event("hold", {}, reason)
        return True

    def action_resume(self):
        self.ensure_one()
        if not self.on_hold:
            raise self._refusal(self.env._("it is not on hold."))
        self._lock()
        self._guarded_write({"on_hold": False, "hold_reason": False})
        self._register_event("resume", {})
        return True

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _transition(self, to_state, reason=None, outcome=None):
        """Move one file to ``to_state``, if its gates let it out.

        :param reason: free text; needed on every way but the plain way forward
        :param outcome: how the file ends, where it ends
        :raises UserError: says which clause wants what
        """
        self.ensure_one()
        self._lock()
        from_state = self.state
        step = flow.step(from_state, to_state, outcome)
        self._check_step(step, to_state)
        asked, open_gates = self._pass_gates(step, reason)
        parts = self._get_parts_taken(step, outcome)
        self._pass_door("_transition", reason, parts)
        if step != "forward":
            self._need_reason(reason)
        self._track_set_log_message(reason)
        self._guarded_write(self._prepare_transition_vals(step, to_state, outcome))
        self._register_event(
            "transition",
            self._prepare_transition_data(step, from_state, asked, open_gates),
            reason,
        )
        return True

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

    def _pass_gates(self, step, reason):
        """Return the gates that this step asked, and those of them that are open.

        :raises UserError: when a gate blocks, or warns and no reason is given
        """
        if step == "back":
            return self.env["iso10003.policy.gate"], self.env["iso10003.policy.gate"]
        asked = self._get_asked_gates(step)
        open_gates = asked.filtered(lambda gate: not self._meets(gate.code))
        blocking = open_gates.filtered(lambda gate: gate.severity == "block")
        if blocking:
            raise self._refusal(
                self.env._("this is still wanted:") + self._list_gates(blocking)
            )
        if open_gates and not (reason or "").strip():
            raise self._refusal(
                self.env._("give a reason for going on without:")
                + self._list_gates(open_gates)
            )
        return asked, open_gates

    def _list_gates(self, gates):
        return "".join(f"\n• {gate._written_clause()}: {gate.name}" for gate in gates)

    def _prepare_transition_vals(self, step, to_state, outcome):
        now = fields.Datetime.now()
        vals = {
            "state": to_state,
            "state_date": now,
            "waiting_on": flow.WAITING_ON[to_state],
        }
        if to_state == flow.CLOSED:
            vals.update(closed_date=now, closed_from=self.state, on_hold=False)
        if step == "early_end":
            vals.update(outcome=outcome, outcome_date=fields.Date.context_today(self))
        if step == "reopen":
            vals.update(
                closed_date=False,
                closed_from=False,
                informed_date=False,
                reopen_count=self.reopen_count + 1,
            )
            if self.outcome in flow.EARLY_ENDS:
                vals.update(outcome=False, outcome_date=False)
        return vals

    def _prepare_transition_data(self, step, from_state, asked, open_gates):
        data = {
            "step": step,
            "from": from_state,
            "to": self.state,
            "waiting_on": self.waiting_on or None,
        }
        if self.state == flow.CLOSED:
            data["outcome"] = self.outcome
        if asked:
            # gates can be made stricter or switched off: the row says what was asked
            data["gates"] = {gate.code: gate.severity for gate in asked}
        if open_gates:
            data["passed_over"] = open_gates.mapped("code")
        return data

    def _refusal(self, why):
        return UserError(
            self.env._("Dispute %(number)s: %(why)s", number=self.name, why=why)
        )
