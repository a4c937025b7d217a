# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Domain

from ...core import flow
from ...core import result as rules
from ...core.story import Source, everything
from .result_answered import GONE
from .result_review import ANSWER_TASK, REVIEW_TASK

# what a method of each kind most often ends with
USUAL_KIND = {
    "advisory": rules.RECOMMENDATION,
    "determinative": rules.DECISION,
}


class Resulted(models.AbstractModel):
    """A file that is resolved by results (7.5.3 to 7.5.5): its outcome follows.

    Which result holds says how the file ends, of which day that is, what we give by it
    and what becomes of each claim. What is only noted by a word and a day
    (``action_note_result``) is a result too, with what that says and nothing more.
    """

    _name = "iso10003.resulted"
    _inherit = ["iso10003.result.answered"]
    _description = "File with results"

    result_ids = fields.One2many(
        "iso10003.result", "dispute_id", "Results", readonly=True
    )

    def _get_story_sources(self):
        own = Domain("dispute_id", "=", self.id)
        return super()._get_story_sources() | {
            "iso10003.result": Source(self.env._("Result"), own, everything),
            "iso10003.result.answer": Source(
                self.env._("Answer to a result"),
                own & Domain("state", "=", "given"),
                everything,
            ),
        }

    # ------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------

    def _check_may_record_result(self):
        """Who leads the file records what it is resolved by, while it is open."""
        self.check_access("write")
        self._check_expected_state()
        self._check_not_closed({"outcome": self.outcome})
        self._lock()

    def action_record_result(self):
        """Ask what it was resolved by."""
        self.ensure_one()
        self._check_may_record_result()
        return self._open_dialog(
            "iso10003.result",
            self.env._("Record the result"),
            default_dispute_id=self.id,
            default_kind=USUAL_KIND.get(self.method, rules.SETTLEMENT),
            default_proceeding_id=self._find_proceeding_in_force().id,
        )

    def _record_result_and_go_on(self):
        action = self.action_record_result()
        return {**action, "context": {**action["context"], "leads_on": True}}

    def _prepare_result_lines(self):
        """Return what a result begins with: each open claim, given whole."""
        # who records a result, reads the claims of the file
        return [
            {
                "claim_id": claim.id,
                "verdict": "granted",
                "amount": claim.amount
                if claim.currency_id == self.currency_id
                else False,
            }
            for claim in self.claim_ids.filtered(lambda one: one.state == "open")
        ]

    def _note_result(self, outcome, reason, date, given=(None, None)):
        done = super()._note_result(outcome, reason, date, given)
        self._record_in_short(reason)
        return done

    def _end_early(self, outcome, reason, date, given):
        """What was settled here, after it was referred back, is a result too."""
        done = super()._end_early(outcome, reason, date, given)
        if outcome == flow.SETTLED_HERE:
            self._record_in_short(reason)
        return done

    def _record_in_short(self, text):
        """Keep the outcome that was noted as a result, in the place of a former one.

        It says who answered what as far as the outcome does.
        """
        former = self._find_holding_result()
        if former:
            former.sudo()._end_effect(rules.REPLACED)  # who notes it, leads the file
        vals = self._prepare_noted_vals("noted")
        [result] = self.env["iso10003.result"]._note(
            [{**vals, "text": text, "replaces_id": former.id}]
        )
        _kind, _binding, answers, _verdict = rules.NOTED[self.outcome]
        leads = self._find_claiming().filtered("leads")
        self.env["iso10003.result.answer"]._note(
            [
                {
                    "result_id": result.id,
                    "side": side,
                    "answer": answer,
                    "date": self.outcome_date,
                    "reasons": text,
                    "amount": answer == "in_part" and self.conceded_amount,
                    "party_id": side == rules.THEIRS and leads.id,
                }
                for side, answer in answers.items()
            ]
        )
        self._follow_effect(result)

    def _record_from_before(self):
        """Keep as a result what the file has: a word, a day and an amount."""
        self.env["iso10003.result"]._note([self._prepare_noted_vals("before")])

    def _prepare_noted_vals(self, origin):
        kind, binding, answers, verdict = rules.NOTED[self.outcome]
        effect = rules.find_effect(rules.find_deciding(kind, binding), answers)
        return {
            "dispute_id": self.id,
            "kind": kind,
            "binding": binding,
            "date": self.outcome_date,
            "verdict": verdict,
            "amount": self.conceded_amount,
            "currency_id": (self.conceded_currency_id or self.currency_id).id,
            "effect": effect,
            "effective_date": effect == rules.EFFECTIVE and self.outcome_date,
            "origin": origin,
            "noted_as": self.outcome,
        }

    def action_correct_result_date(self, date=None, reason=None):
        """Put right of which day the result is that holds, with what rests on it."""
        done = super().action_correct_result_date(date, reason)
        if holding := self._find_holding_result():
            holding._move_to(self.outcome_date, reason)
        return done

    # ------------------------------------------------------------
    # What follows from them
    # ------------------------------------------------------------

    def _find_holding_result(self):
        """Return the result that the file ends with as it stands, if there is one.

        The last that has an effect; where none has, the last that both sides know to
        have none.
        """
        # which one holds, whoever asks
        without = self.sudo().result_ids.filtered(
            lambda one: one.effect == rules.WITHOUT
        )
        found = self._find_effective_results() or without.sorted(
            lambda one: (one.date, one.id)
        )
        return found[-1:].with_env(self.env)

    def _follow_results(self):
        """Let outcome, claims and what we give follow from the result that holds.

        :raises UserError: when that gives more than who records it may decide
        """
        self.ensure_one()
        self.invalidate_recordset(["result_ids"])
        holding = self._find_holding_result()
        self._follow_outcome(holding)
        self._follow_effect(holding)

    def _follow_effect(self, holding):
        """Let claims, tasks and duties follow from a result, however it came."""
        if self.state != flow.CLOSED:  # else its end said what became of the claims
            self._follow_claim_states()
        self._end_result_tasks()
        self._bring_about_duties(holding)

    def _follow_outcome(self, holding):
        outcome = holding._find_outcome() or False
        day = holding.date if outcome else False
        binds = outcome in flow.BINDING
        amount = self._find_given(holding) if binds else 0
        present = (self.outcome, self.outcome_date, self.conceded_amount)
        if present == (outcome, day, amount) and binds == bool(self.conceded_date):
            return
        given = self._prepare_nothing_given()
        if binds:
            bound = holding._find_binding_day()
            given = self._weigh_given(outcome, amount, holding.currency_id.id, bound)
        self._guarded_write({"outcome": outcome, "outcome_date": day})
        self._register_event(
            "outcome",
            {"outcome": outcome or None, "date": day.isoformat() if day else None},
        )
        self._concede(given)

    def _find_given(self, holding):
        """Return what all results that have an effect give, in the money of the last.

        Of a claim the last that decided it says what is given; an earlier one still
        gives what it said of other claims, such as a part that was settled.
        """
        total, decided = holding._find_given_amount(), holding._find_decided()
        day = holding._find_binding_day()
        for earlier in (self._find_effective_results() - holding)[::-1]:
            amount = earlier._find_given_beside(decided)
            if amount and earlier.currency_id != holding.currency_id:
                amount *= self._get_rate(earlier.currency_id, day)
                amount /= self._get_rate(holding.currency_id, day)
            total += amount
            decided |= earlier._find_decided()
        return holding.currency_id.round(total)

    def _find_effective_results(self):
        """Return the results that have an effect, in their order."""
        results = self.sudo().result_ids  # which have, whoever asks
        return results.filtered(lambda one: one.effect in rules.HOLDING).sorted(
            lambda one: (one.date, one.id)
        )

    def _follow_claim_states(self):
        """Let each claim that was not withdrawn be as the last result on it says."""
        said = {}
        for result in self._find_effective_results():
            states = result._find_claim_states()
            left = {claim for claim, state in states.items() if state == "not_decided"}
            said |= {claim: states[claim] for claim in states.keys() - left}
            for claim in left:
                said.setdefault(claim, "not_decided")
        for claim in self.sudo().claim_ids:  # who records results, leads the file
            state = said.get(claim, "open")
            if claim.state not in ("withdrawn", state):
                claim._guarded_write({"state": state})

    def _bring_about_duties(self, holding):
        """Let what a result obliges to follow from the one that holds; see obliged."""

    def _bring_about(self, step):  # pylint: disable=missing-return
        """Reopened, its claims are again what the result that holds says."""
        super()._bring_about(step)
        if step == "reopen" and self.sudo().result_ids:  # as the file is
            self._follow_claim_states()

    def _end_result_tasks(self):
        for result in self.sudo().result_ids:  # the tasks of whoever leads the file
            result._plan_reminders()
        done = []
        effects = self.result_ids.mapped("effect")
        if rules.OPEN not in effects:
            done.append(ANSWER_TASK)
        if self._gate_review_decided():
            done.append(REVIEW_TASK)
        if done:
            self.sudo().activity_feedback(done)  # as above

    # ------------------------------------------------------------
    # Gates and the card
    # ------------------------------------------------------------

    def _gate_result_fits(self):
        """What it ends with is what its method may end with (7.5.3 to 7.5.5)."""
        # as for all gates
        return all(one._fits() or one.effect in GONE for one in self.sudo().result_ids)

    def _gate_claims_decided(self):
        """By what it ends with, each claim is settled or decided (7.5.3 to 7.5.5)."""
        # as for all gates
        effective = self.sudo()._find_effective_results()
        decides = effective and effective[-1].kind != rules.NONE
        claims = self.sudo().claim_ids
        return not decides or "open" not in claims.mapped("state")

    def _gate_result_answered(self):
        """No result waits for an answer that decides about it (7.5.4)."""
        # as for all gates
        return rules.OPEN not in self.sudo().result_ids.mapped("effect")

    def _gate_answer_told(self):
        """What we answered to a result, complainant and body were told (7.5.4)."""
        ours = self.sudo()  # as for all gates
        answers = ours.result_ids.answer_ids.filtered(
            lambda one: (
                one.side == rules.OURS
                and one.state == "given"
                and one.result_id.origin == "recorded"
            )
        )
        return all(
            one.told_complainant and (one.told_body or not ours.provider_id)
            for one in answers
        )

    def _gate_result_written(self):
        """The text of what it ends with, or the paper, is on file (7.5.3)."""
        # as for all gates
        holding = self.sudo()._find_holding_result()
        return all(one.text or one.document_sha256 for one in holding)

    def _gate_review_decided(self):
        """Whether to ask for a review was decided, by somebody with a name (7.5.5)."""
        # as for all gates
        return all(
            one.review_decision
            for one in self.sudo().result_ids
            if one.review_route != "none" and one.effect in rules.HOLDING
        )

    def _get_gate_actions(self):
        record = (self.env._("Record the result"), "_record_result_and_go_on")
        show = (self.env._("Show the results"), "action_view_results")
        return {
            **super()._get_gate_actions(),
            "result_noted": record,
            "decided_within_authority": record,
            "result_fits": show,
            "result_answered": show,
            "answer_told": (
                self.env._("Write the letter"),
                "_tell_result_answer",
            ),
            "result_written": record,
            "claims_decided": record,
            "review_decided": show,
        }

    def _describe_gate_step(self, gate):
        step = super()._describe_gate_step(gate)
        if gate["code"] in ("result_noted", "decided_within_authority"):
            step["label"] = self.env._("Record the result")
        return step

    def _tell_result_answer(self):
        return self.action_write_letter("result_answer")

    def action_view_results(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.result_action"
        )
        return {**action, "domain": [("dispute_id", "=", self.id)], "context": {}}
