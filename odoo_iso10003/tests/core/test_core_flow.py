# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where a dispute can stand and go, and what the models make of it."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, TransactionCase, tagged

from ...core import flow

states = st.sampled_from(flow.STATES)
open_states = st.sampled_from(flow.OPEN_STATES)
outcomes = st.none() | st.sampled_from(flow.OUTCOMES)
START = datetime(2026, 3, 21)
# a clock can be set back, so an instant may be before the one before it
pauses = st.lists(st.integers(-10_000, 1_000_000), max_size=8)
waits = st.lists(st.integers(0, 1_000_000), max_size=8)


def make_moves(pauses, entered):
    """Return moves with ``pauses`` seconds between them, and the instant after."""
    instants = [START]
    for seconds in pauses:
        instants.append(instants[-1] + timedelta(seconds=seconds))
    return list(zip(instants[:-1], entered, strict=True)), instants[-1]


class TestSteps(BaseCase):
    def test_the_states_are_the_clauses_in_their_order(self):
        self.assertEqual(
            list(flow.CLAUSES.values()),
            ["7.2", "7.3", "7.4.1", "7.4.2", "7.5", "7.6", "7.7"],
        )

    def test_the_way_forward_passes_each_clause_once(self):
        seen = [flow.STATES[0]]
        while following := flow.next_state(seen[-1]):
            self.assertEqual(flow.step(seen[-1], following), "forward")
            seen.append(following)
        self.assertEqual(seen, list(flow.STATES))

    def test_what_was_agreed_ends_a_file_in_any_state(self):
        for here in flow.OPEN_STATES:
            agreed = {"settled_early"}
            self.assertEqual(
                flow.step(here, flow.CLOSED, "settled_early", agreed), "early_end"
            )
            if flow.next_state(here) != flow.CLOSED:
                self.assertIsNone(flow.step(here, flow.CLOSED, "settled_early"))

    @given(states, st.none() | st.text() | states, outcomes)
    def test_a_step_leads_from_a_known_state_to_another(self, here, there, outcome):
        named = flow.step(here, there, outcome)
        self.assertIn(named, {None, "forward", "back", "early_end", "reopen"})
        if named:
            self.assertIn(there, flow.STATES)
            self.assertNotEqual(here, there)

    @given(states, states, outcomes)
    def test_a_step_goes_one_clause_or_ends_or_reopens(self, here, there, outcome):
        distance = flow.STATES.index(there) - flow.STATES.index(here)
        named = flow.step(here, there, outcome)
        if named in ("forward", "back"):
            self.assertEqual(distance, {"forward": 1, "back": -1}[named])
        elif named == "early_end":
            self.assertEqual(there, flow.CLOSED)
            self.assertIn(outcome, flow.EARLY_ENDS)

    @given(open_states, outcomes)
    def test_a_closed_file_is_left_by_reopening_alone(self, there, outcome):
        self.assertEqual(flow.step(flow.CLOSED, there, outcome), "reopen")
        self.assertIsNone(flow.step(flow.CLOSED, flow.CLOSED, outcome))
        self.assertIsNone(flow.next_state(flow.CLOSED))
        self.assertIsNone(flow.previous_state(flow.CLOSED))

    @given(open_states, st.sampled_from(flow.EARLY_ENDS))
    def test_a_file_ends_early_from_every_open_state(self, here, outcome):
        self.assertEqual(flow.step(here, flow.CLOSED, outcome), "early_end")

    @given(open_states, st.none() | st.sampled_from(flow.RESULTS))
    def test_a_result_closes_a_file_at_the_end_of_the_way_alone(self, here, outcome):
        expected = "forward" if here == flow.IMPLEMENTATION else None
        self.assertEqual(flow.step(here, flow.CLOSED, outcome), expected)

    @given(open_states)
    def test_going_on_and_going_back_are_opposites(self, here):
        following = flow.next_state(here)
        if following != flow.CLOSED:
            self.assertEqual(flow.previous_state(following), here)
            self.assertEqual(flow.step(following, here), "back")

    def test_the_first_state_cannot_be_sent_back(self):
        self.assertIsNone(flow.previous_state(flow.STATES[0]))
        self.assertIsNone(flow.step(flow.STATES[0], None))

    def test_outcomes_are_results_or_early_ends(self):
        self.assertEqual(len(set(flow.OUTCOMES)), len(flow.OUTCOMES))
        self.assertLess(flow.RESULTS_WITHOUT_DUTY, set(flow.RESULTS))
        self.assertLess(flow.RESULT_STATES, set(flow.OPEN_STATES))
        self.assertEqual(set(flow.WAITING_ON), set(flow.STATES))


class TestSecondsPerState(BaseCase):
    def test_no_move_is_no_time(self):
        self.assertEqual(flow.seconds_per_state([], START), {})

    @given(waits, st.data())
    def test_the_times_sum_up_to_the_time_since_the_start(self, seconds, data):
        entered = data.draw(
            st.lists(states, min_size=len(seconds), max_size=len(seconds))
        )
        moves, now = make_moves(seconds, entered)
        spent = flow.seconds_per_state(moves, now)
        self.assertEqual(sum(spent.values()), sum(seconds))
        self.assertEqual(set(spent), set(entered))

    @given(pauses, st.data())
    def test_a_clock_that_was_set_back_counts_nothing_twice(self, seconds, data):
        entered = data.draw(
            st.lists(states, min_size=len(seconds), max_size=len(seconds))
        )
        moves, now = make_moves(seconds, entered)
        spent = flow.seconds_per_state(moves, now)
        latest = max([START, now, *(instant for instant, _state in moves)])
        self.assertTrue(all(value >= 0 for value in spent.values()))
        self.assertEqual(
            sum(spent.values()),
            (latest - START).total_seconds() if moves else 0,
        )

    @given(waits, st.data())
    def test_a_state_entered_again_goes_on_counting(self, seconds, data):
        moves, now = make_moves(seconds, ["notice"] * len(seconds))
        spent = flow.seconds_per_state(moves, now)
        self.assertEqual(spent.get("notice", 0), sum(seconds))


@tagged("-at_install", "post_install")
class TestFlowInModels(TransactionCase):
    """The words of the form are those of the flow, in the same order."""

    def _codes(self, model, field):
        return [code for code, _label in self.env[model]._fields[field].selection]

    def test_the_states_of_a_file_are_those_of_the_flow(self):
        self.assertEqual(self._codes("iso10003.dispute", "state"), list(flow.STATES))

    def test_the_label_of_a_state_begins_with_its_clause(self):
        labels = self.env["iso10003.dispute"]._fields["state"].selection
        for state, label in labels:
            self.assertTrue(label.startswith(f"{flow.CLAUSES[state]} "), label)

    def test_the_outcomes_of_a_file_are_those_of_the_flow(self):
        self.assertEqual(
            self._codes("iso10003.dispute", "outcome"), list(flow.OUTCOMES)
        )

    def test_who_must_act_is_somebody_the_form_knows(self):
        known = {*self._codes("iso10003.dispute", "waiting_on"), False}
        self.assertLessEqual(set(flow.WAITING_ON.values()), known)

    def test_each_event_that_is_described_can_be_registered(self):
        register = self.env["iso10003.register"]
        described = {
            name.removeprefix("_describe_")
            for name in dir(register)
            if name.startswith("_describe_")
        }
        self.assertLessEqual(described, set(self._codes(register._name, "event")))
