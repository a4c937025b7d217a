# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Command

from ...core import flow
from ...core import result as rules
from .obliged import CARRIED_OUT


class Settled(models.AbstractModel):
    """A file that is settled between us and the complainant, in any state (7.5.3).

    One dialog makes the result, within the tiers of authority, and what it obliges to;
    the letter of the kind “Settlement” tells it. The file ends once that was told and
    what is due was given, and shown: it needs no proceeding, and no clause in between.
    """

    _name = "iso10003.settled"
    _description = "File that can be settled at once"

    def action_settle_now(self):
        """Ask what was agreed, and how it is carried out."""
        self.ensure_one()
        self._check_may_record_result()
        return self._open_dialog(
            "iso10003.settlement",
            self.env._("Settle now"),
            default_dispute_id=self.id,
        )

    def _settle_now(self, settlement):
        """Record what was agreed, and open the letter that tells it.

        :param settlement: the dialog, filled in
        """
        self._check_may_record_result()
        self._check_settlement(settlement)
        result = self.env["iso10003.result"].create(
            self._prepare_settlement_vals(settlement)
        )
        result._guarded_write({"origin": "settled"})
        if settlement.performance == "done":
            self._note_given(
                result,
                settlement.performed_date,
                settlement.proof,
                settlement.proof_name,
            )
        elif settlement.performance == "nothing":
            self._note_carried_out(settlement.date)
        if self.claim_ids.filtered(lambda one: one.state == "open"):
            return {"type": "ir.actions.act_window_close"}  # it goes on with these
        action = self.action_write_letter("settlement")
        return {**action, "context": {**action["context"], "leads_on": True}}

    def _check_settlement(self, settlement):
        if not self._is_said(settlement.text):
            raise self._refusal(self.env._("say what was agreed; the letter tells it."))
        if self.claim_ids and not settlement.claim_ids:
            raise self._refusal(self.env._("choose the claims that are settled."))
        paid = settlement.performance == "done"
        if paid and not (settlement.proof and settlement.performed_date):
            raise self._refusal(
                self.env._(
                    "attach what shows that it was given, and say on which day; or say "
                    "when it is due."
                )
            )
        if settlement.performance == "due" and not settlement.due_date:
            raise self._refusal(self.env._("say when it is due."))
        if settlement.performance == "nothing" and settlement.amount:
            raise self._refusal(
                self.env._("an amount is given or due. Say which of both.")
            )

    def _prepare_settlement_vals(self, settlement):
        claims = settlement.claim_ids
        alone = len(claims) == 1  # what several give together, no line says
        due = settlement.performance == "due" and settlement.due_date
        return {
            "dispute_id": self.id,
            "kind": rules.SETTLEMENT,
            "date": settlement.date,
            "text": settlement.text,
            "amount": settlement.amount,
            "currency_id": settlement.currency_id.id,
            "due_date": due,
            "line_ids": [
                Command.create(
                    {
                        "claim_id": claim.id,
                        "verdict": "granted",
                        "amount": settlement.amount if alone else 0,
                    }
                )
                for claim in claims
            ],
        }

    def _note_given(self, result, day, proof, proof_name):
        """Note that what a settlement obliges to was given, with what shows it.

        What is owed by it is performed; where no amount is, the day is noted.
        """
        owed = result.obligation_ids.filtered(
            lambda one: not (one.done_date or one.plan_id)
        )
        if owed:
            self._perform(owed, day, proof, proof_name)
            return
        shown = self._attach_scan(proof, proof_name)
        self._note_carried_out(day)
        result._register_deed("given", None, date=day.isoformat(), **shown)

    def _perform(self, owed, day, proof, proof_name=None):
        """Record that all that is left of these was done, with what shows it."""
        self.env["iso10003.performance"].create(
            [
                {
                    "obligation_id": one.id,
                    "date": day,
                    "means": "payment" if one.amount else "act",
                    "gross": max(one.amount - one.performed, 0),
                    "currency_id": one.currency_id.id,
                    "proof": proof,
                    "proof_name": proof_name,
                }
                for one in owed
            ]
        )

    def _note_carried_out(self, day):
        """Keep the day on which all that was agreed had been given."""
        if self.implemented_date and self.implemented_date >= day:
            return
        former = self.implemented_date
        self._write_event(CARRIED_OUT, day, bare=False)
        self._register_happened(CARRIED_OUT, day, former)

    @api.model
    def _get_letter_events(self):
        return {**super()._get_letter_events(), "settlement": ("informed",)}

    # ------------------------------------------------------------
    # It ends
    # ------------------------------------------------------------

    def _find_settlement(self):
        """Return the settlement that ends the file where it stands, if there is one."""
        if not self.outcome:  # it would follow from the settlement
            return self.env["iso10003.result"]
        holding = self._find_holding_result()
        if holding.origin != "settled" or holding.effect != rules.EFFECTIVE:
            return holding.browse()
        # as the result says, whoever reads the claims
        claims = self.sudo().claim_ids
        return holding.browse() if "open" in claims.mapped("state") else holding

    def _is_settlement_given(self, settlement):
        """Return whether all that a settlement obliges to was given, and is shown."""
        owed = settlement.sudo().obligation_ids  # what is owed, whoever asks
        proven = all(one.done_date and one._is_proven() for one in owed)
        return bool(self.implemented_date) and proven

    def _get_ending_agreements(self):
        """What was settled at once ends the file in any state."""
        settled = {self.outcome} if self._find_settlement() else set()
        return super()._get_ending_agreements() | settled

    def _prepare_early_end_vals(self, outcome, day):
        if self._ends_by_settlement(outcome):
            return {}  # outcome and day are those of the result
        return super()._prepare_early_end_vals(outcome, day)

    def _ends_by_settlement(self, outcome):
        return outcome not in flow.EARLY_ENDS and bool(self._find_settlement())

    def _close(self, outcome, reason, date=None, given=(None, None)):
        """A settlement ends the file once what is due was given."""
        settlement = self._find_settlement()
        ends = settlement and (outcome or self.outcome) == self.outcome
        if not ends or self.state == flow.IMPLEMENTATION:
            return super()._close(outcome, reason, date, given)
        if not self._is_settlement_given(settlement):
            raise self._refusal(
                self.env._(
                    "what was agreed is due and not given yet. Record when it was "
                    "given, with what shows it."
                )
            )
        words = reason or self.env._("Settled: %(terms)s", terms=settlement.text)
        return self._move(flow.CLOSED, words, self.outcome)

    def _lead_on(self):
        """Settled, told and given, the file ends where it stands."""
        settlement = self._find_settlement()
        if (
            settlement
            and self.state not in (flow.CLOSED, flow.IMPLEMENTATION)
            and not self.on_hold
            and self.informed_date
            and self._is_settlement_given(settlement)
            and not self._ask_the_way("early_end", self.outcome).unmet
        ):
            return self._close(None, None)
        return super()._lead_on()

    # ------------------------------------------------------------
    # The card
    # ------------------------------------------------------------

    def _find_next_step(self, checklist):
        """Settled, what comes next is that it is given, told, and ended."""
        step = super()._find_next_step(checklist)
        shown = step and step["code"] != "resume" and self.state != flow.IMPLEMENTATION
        settlement = shown and self._find_settlement()
        if not settlement:
            return step
        label = self._get_settled_label(settlement)
        return {
            **step,
            "code": "settled",
            "title": self.env._("Settled between us"),
            "clause": "",
            "field": False,
            "advice": self.env._(
                "The file ends once what was agreed was given, and the complainant was "
                "told."
            ),
            "label": step["label"] and label,
        }

    def _get_settled_label(self, settlement):
        if not self._is_settlement_given(settlement):
            return self.env._("It was given")
        if not self.informed_date:
            return self.env._("Write the letter")
        return self.env._("Close the file")

    def _get_gate_actions(self):
        return {
            **super()._get_gate_actions(),
            "settled": (self.env._("Settled between us"), "_go_on_settled"),
        }

    def _go_on_settled(self):
        """Ask for what is still wanted of a settlement, or end the file."""
        settlement = self._find_settlement()
        if not self._is_settlement_given(settlement):
            return settlement.action_ask("given")
        if not self.informed_date:
            action = self.action_write_letter("settlement")
            return {**action, "context": {**action["context"], "leads_on": True}}
        return self.action_close()
