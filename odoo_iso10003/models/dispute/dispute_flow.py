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
        alone = len(self) == 1  # of several, no dialog could ask for each
        return self._take_each(
            lambda dispute: dispute._move(
                flow.next_state(dispute.state), reason, asks=alone
            )
        )

    def action_step_back(self, reason):
        """Send the file back to the clause before, for a reason."""
        return self._take_each(
            lambda dispute: dispute._move(flow.previous_state(dispute.state), reason)
        )

    def action_close(self, outcome=None, reason=None, amount=None, currency_id=None):
        """Close the file: at the end of the way, or early for one of EARLY_ENDS.

        :param outcome: how it ends; the noted result when not given
        :param amount: what we give by an early end, see ``dispute_concession.py``
        :param currency_id: of the amount; the currency of the file when not given
        """
        given = (amount, currency_id)
        return self._take_each(lambda dispute: dispute._close(outcome, reason, given))

    def _close(self, outcome, reason, given=(None, None)):
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
        return self._move(flow.CLOSED, reason, outcome)

    def action_reopen(self, reason):
        """Reopen a closed file in the state it was closed in."""
        return self._take_each(lambda dispute: dispute._reopen(reason))

    def _reopen(self, reason):
        if self.state != flow.CLOSED:
            raise self._refusal(self.env._("it is open already."))
        return self._move(self.closed_from, reason)

    def action_note_result(
        self, outcome, reason, date=None, amount=None, currency_id=None
    ):
        """Note how the dispute was resolved (7.5.3 to 7.5.5).

        :param date: the day of the result; today when not given
        :param amount: what we give by it, see ``dispute_concession.py``
        :param currency_id: of the amount; the currency of the file when not given
        """
        given = (amount, currency_id)
        return self._take_each(
            lambda dispute: dispute._note_result(outcome, reason, date, given)
        )

    def _note_result(self, outcome, reason, date, given=(None, None)):
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
        self._lock()
        if outcome in segregation.REJECTIONS:
            self._pass_door("_note_result", reason)
        self._say_reason(reason)
        self._guarded_write({"outcome": outcome, "outcome_date": day})
        self._register_event(
            "outcome", {"outcome": outcome, "date": day.isoformat()}, reason
        )
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

    def _move(self, to_state, reason=None, outcome=None, asks=False):
        """Move the file that the user sees, as :meth:`_transition` does."""
        self._check_expected_state()
        return self._transition(to_state, reason, outcome, asks)

    def _transition(self, to_state, reason=None, outcome=None, asks=False):
        """Move one file to ``to_state``, if its gates let it out.

        :param reason: free text; needed on every way but the plain way forward
        :param outcome: how the file ends, where it ends
        :param asks: return the question for a reason, where none is given and
            nothing else is wanted
        :raises UserError: says which clause wants what
        """
        self.ensure_one()
        self._lock()
        from_state = self.state
        step = flow.step(from_state, to_state, outcome)
        self._check_step(step, to_state)
        way = self._ask_the_way(step, outcome)
        if asks and reason is None and way.wants_only_a_reason:
            return self.action_ask("advance")
        self._pass_gates(way, reason)
        self._pass_door("_transition", reason, found=way.conflicts)
        if step != "forward":
            self._need_reason(reason)
        self._say_reason(reason)
        self._take_up(step)
        self._guarded_write(self._prepare_transition_vals(step, to_state, outcome))
        self._register_event(
            "transition", self._prepare_transition_data(step, from_state, way), reason
        )
        self._bring_about(step)
        return True

    def _take_up(self, step):
        """Do what a step needs before the file is there."""

    def _bring_about(self, step):
        """Do what follows from a step, once the file is there."""

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
        if way.unmet and not (reason or "").strip():
            raise self._refusal(
                self.env._("give a reason for going on without:")
                + self._list_gates(way.unmet)
            )

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
            vals.update(outcome=outcome, outcome_date=self._get_company_day())
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

    def _prepare_transition_data(self, step, from_state, way):
        data = {
            "step": step,
            "from": from_state,
            "to": self.state,
            "waiting_on": self.waiting_on or None,
        }
        if self.state == flow.CLOSED:
            data["outcome"] = self.outcome
        if way.asked:
            # gates can be made stricter or switched off: the row says what was asked
            data["gates"] = {gate.code: gate.severity for gate in way.asked}
        if way.unmet:
            data["passed_over"] = way.unmet.mapped("code")
        return data

    def _refusal(self, why):
        return UserError(
            self.env._("Dispute %(number)s: %(why)s", number=self.name, why=why)
        )
