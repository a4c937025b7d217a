# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ...core import flow, segregation

# gates that are met by a letter, of this kind
LETTERED = {
    "complaint_exhausted": "final_answer",
    "recourse_told": "other_recourse",
    "acknowledged": "acknowledgement",
    "response_sent": "position",
    "complainant_informed": "closing",
}
# … by a field other than the one whose date is told of them
FILLED_IN = {"complaint_exhausted": "deadlock"}
# … and those that a question of the dialog meets
ASKED = {"result_noted": "result", "decided_within_authority": "result"}


class Guided(models.AbstractModel):
    """A file that names its one next step, for the card at the top of its form.

    It is the first open gate that stops the file, else the first that warns, else the
    step to the next clause. Where a deed is wanted, the button does the deed, and the
    file goes on by itself when nothing else is wanted.
    """

    _name = "iso10003.guided"
    _description = "File that names its next step"

    # ------------------------------------------------------------
    # Which step it is
    # ------------------------------------------------------------

    def _find_next_step(self, checklist):
        """Return the next step as the card shows it, or nothing for a closed file.

        :param checklist: the open and met gates of the step forward
        """
        if self.state == flow.CLOSED:
            return False
        if self.on_hold:
            step = self._prepare_step("resume", self.env._("Take it off hold"))
            step |= {"advice": self.hold_reason, "label": self.env._("Take off hold")}
        else:
            open_ones = self._list_open_gates(checklist)
            stops = [gate for gate in open_ones if gate["severity"] == "block"]
            gate = next(iter(stops or open_ones), None)
            step = self._describe_gate_step(gate) if gate else self._describe_advance()
        if not self.env.user.has_group("odoo_iso10003.group_handler"):
            step["label"] = ""  # who only reads the file sees what comes next
        return {**step, "turn": self._tell_other_turn()}

    def _list_open_gates(self, checklist):
        """Return the gates that the card leads to, in the order of their deeds."""
        return [gate for gate in checklist if not gate["met"]]

    def _prepare_step(self, code, title):
        return {
            "code": code,
            "title": title,
            "clause": "",
            "advice": "",
            "label": "",
            "field": False,
        }

    def _describe_advance(self):
        labels = self._get_advance_labels()
        step = self._prepare_step("advance", labels[self.state])
        return {
            **step,
            "label": labels[self.state],
            "advice": self.env._("All that this clause wants is there."),
        }

    def _describe_gate_step(self, gate):
        step = self._prepare_step(gate["code"], gate["name"])
        step |= {"clause": gate["clause"], "advice": gate["advice"]}
        if gate["code"] in segregation.RULES:
            if gate["severity"] == "warn":
                step["label"] = self._get_advance_labels()[self.state]
        elif self._get_letter_of_gate(gate["code"]):
            step["label"] = self.env._("Write the letter")
        elif gate["code"] in ASKED:
            step["label"] = self.env._("Note the result")
        elif action := self._find_gate_action(gate["code"]):
            step["label"] = action[0]
        elif gate["field"]:
            field = FILLED_IN.get(gate["code"], gate["field"])
            step |= {"label": self.env._("Fill it in"), "field": field}
        return step

    def _get_letter_of_gate(self, code):
        """Return the kind of the letter that meets a gate, if one does.

        A final answer is written once it is said that it settles nothing.
        """
        deadlocked = self.deadlock and self.deadlock != "time_out"
        if code == "complaint_exhausted" and not deadlocked:
            return None
        return LETTERED.get(code)

    def _find_gate_action(self, code):
        """Return the label and method for a gate, where it is met elsewhere.

        What they are may depend on the file; it is asked for this gate alone.
        """
        return self._get_gate_actions().get(code)

    def _get_gate_actions(self):
        """Return ``{gate: (label of the button, method)}`` of gates met elsewhere.

        The method does the deed, or returns the action of the place where it is done.
        """
        return {
            "no_blocking_deadline": (
                self.env._("Show the deadlines"),
                "action_view_deadlines",
            ),
        }

    def _get_advance_labels(self):
        """Return how the step out of each open state is called."""
        return {
            "referral": self.env._("Notice has come"),
            "notice": self.env._("Start evaluation"),
            "evaluation": self.env._("Form our position"),
            "position": self.env._("Enter resolution"),
            "resolution": self.env._("Start implementation"),
            "implementation": self.env._("Close the file"),
        }

    def _tell_other_turn(self):
        """Return who has to act, where that is not us."""
        if self.waiting_on in (False, "organization"):
            return ""
        return self._selection_label("waiting_on", self.waiting_on)

    # ------------------------------------------------------------
    # Taking it
    # ------------------------------------------------------------

    def action_next_step(self):
        """Take the step that the card shows, or ask what it needs."""
        self.ensure_one()
        self.check_access("write")
        self._check_expected_state()
        step = self._find_next_step(self._prepare_gate_checklist()) or {}
        self._check_expected_step(step.get("code"))
        code = step.get("code")
        if code == "resume":
            return self.action_resume()
        if action := self._find_gate_action(code):
            return getattr(self, action[1])()
        if code in ASKED:
            return self._ask_for(ASKED[code], leads_on=True)
        if kind := self._get_letter_of_gate(code):
            action = self.action_write_letter(kind)
            return {**action, "context": {**action["context"], "leads_on": True}}
        return self._take_step_on()

    def _take_step_on(self):
        """Lead the file on, by the deed that the next clause begins with."""
        return self.action_advance()

    def _ask_for(self, question, **context):
        action = self.action_ask(question)
        return {**action, "context": {**action["context"], **context}}

    def _check_expected_step(self, code):
        """Refuse a button of a card that shows another step by now."""
        shown = self.env.context.get("shown_step")
        if shown and shown != code:
            raise self._refusal(
                self.env._("something else comes next by now. Reload the page.")
            )

    def _lead_on(self):
        """Let the file go on by itself, if nothing at all is wanted any more."""
        if self.state == flow.CLOSED or self.on_hold:
            return True
        way = self._ask_the_way()
        if way.is_clear:
            self._advance(None, asks=False, way=way)
        return True

    def _lead_on_asking(self):
        """Let it go on by itself; or ask at once what the card names next, if it may.

        Of what the card names next, a dialog follows; another page does not open.
        """
        self._lead_on()
        close = {"type": "ir.actions.act_window_close"}
        step = self._find_next_step(self._prepare_gate_checklist()) or {}
        if action := self._find_gate_action(step.get("code")):
            asked = getattr(self, action[1])()
            return asked if asked.get("target") == "new" else close
        return close
