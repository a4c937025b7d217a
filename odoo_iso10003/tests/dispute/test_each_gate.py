# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each gate blocks, or warns, while what it wants is not there, and opens then."""

import ast
from contextlib import contextmanager
from pathlib import Path

from odoo import fields
from odoo.exceptions import UserError

from ...core import flow
from ..common import ADDON, PAPER, DisputeCase

TESTS = Path(__file__).parents[1]
# gates whose records want a set-up of their own: where they are tried both ways
ELSEWHERE = {
    "answer_told": (
        "proceeding/test_result_checks.py",
        "test_75_recommendations_are_answered_to_both",
    ),
    "cause_named": (
        "proceeding/test_concluded.py",
        "test_each_gate_blocks_and_opens",
    ),
    "claims_decided": (
        "proceeding/test_result.py",
        "test_what_was_settled_in_part_leaves_the_rest_open",
    ),
    "corrective_decided": (
        "proceeding/test_concluded.py",
        "test_each_gate_blocks_and_opens",
    ),
    "decided_within_authority": (
        "dispute/test_authority.py",
        "test_a_result_of_before_is_noted_again",
    ),
    "duties_confirmed": (
        "proceeding/test_obligation.py",
        "test_confirmed_or_three_attempts",
    ),
    "duties_proven": (
        "proceeding/test_obligation.py",
        "test_the_gate_blocks_and_opens",
    ),
    "ending_shown": (
        "proceeding/test_concluded.py",
        "test_merged_names_the_file_that_goes_on",
    ),
    "legal_ended": ("legal/test_legal_ending.py", "test_nor_does_it_end_early"),
    "no_blocking_deadline": (
        "deadline/test_missed_limits.py",
        "test_a_limit_that_blocks_wants_a_reason_also_when_it_was_met_late",
    ),
    "offers_settled": (
        "proceeding/test_offer.py",
        "test_the_gate_blocks_and_opens",
    ),
    "people_competent": (
        "competence/test_competence_assignments.py",
        "test_a_certification_revoked_in_the_middle_of_a_file_stops_it",
    ),
    "people_enough": (
        "dispute/test_tracks.py",
        "test_a_serious_file_wants_more_people",
    ),
    "result_answered": (
        "proceeding/test_result_answer.py",
        "test_both_accept_a_recommendation",
    ),
    "result_fits": (
        "proceeding/test_result.py",
        "test_what_does_not_fit_the_method_stops_the_file",
    ),
    "retention_set": (
        "proceeding/test_concluded.py",
        "test_each_gate_blocks_and_opens",
    ),
    "review_decided": (
        "proceeding/test_result.py",
        "test_a_review_is_decided_by_somebody_with_a_name",
    ),
}


class Cases:
    """``_shut_<gate>`` lets a file lack what a gate wants, ``_open_<gate>`` adds it."""

    def _shut_complainant_known(self, dispute):
        nowhere = dict.fromkeys(("email", "phone", "street"), False)
        dispute.partner_id.sudo().write(nowhere)

    def _open_complainant_known(self, dispute):
        dispute.partner_id.sudo().phone = "+98 21 1234"

    def _shut_scope_decided(self, dispute):
        dispute.scope_decision = "undecided"

    def _open_scope_decided(self, dispute):
        dispute.scope_decision = "in_scope"

    def _shut_complaint_exhausted(self, dispute):
        dispute.deadlock = False

    def _open_complaint_exhausted(self, dispute):
        dispute.deadlock = "partly_met"

    def _shut_recourse_told(self, dispute):
        self._record(dispute, recourse_date=False)

    def _open_recourse_told(self, dispute):
        self._record(dispute, recourse_date=self.today)

    def _shut_not_referred_back(self, dispute):
        dispute.action_refer_back(fields.Date.add(self.today, days=9), "By letter.")

    def _open_not_referred_back(self, dispute):
        dispute.action_go_on()

    def _shut_notice_received(self, dispute):
        self._record(dispute, notice_date=False)

    def _open_notice_received(self, dispute):
        self._record(dispute, notice_date=self.today)

    def _shut_acknowledged(self, dispute):
        self._record(dispute, acknowledged_date=False)

    def _open_acknowledged(self, dispute):
        self._record(dispute, acknowledged_date=self.today)

    def _shut_part_answered(self, dispute):
        self._record(dispute, part_answered_date=False)

    def _open_part_answered(self, dispute):
        self._record(dispute, part_answered_date=self.today)

    def _shut_remedy_sought(self, dispute):
        dispute.write({"remedy_ids": [(5, 0, 0)], "remedy_sought": False})

    def _open_remedy_sought(self, dispute):
        dispute.remedy_sought = "A new machine"

    def _shut_category_set(self, dispute):
        dispute.category_id = False

    def _open_category_set(self, dispute):
        dispute.category_id = self.env.ref(f"{ADDON}.category_warranty")

    def _shut_mandate_shown(self, dispute):
        self.party = self._note_party(dispute, self.lawyer)

    def _open_mandate_shown(self, dispute):
        self.party.action_show_mandate(PAPER, kind="power")

    def _shut_claims_owned(self, dispute):
        claims = dispute.env["iso10003.claim"]
        self.claim = claims.create({"dispute_id": dispute.id, "name": "Damage"})
        # as one of a file from before, whose complainant nobody had named
        self.env.flush_all()
        query = "UPDATE iso10003_claim SET party_id = NULL WHERE id = %s"
        self.env.cr.execute(query, [self.claim.id])
        self.env.invalidate_all()

    def _open_claims_owned(self, dispute):
        self.claim.party_id = dispute.party_ids.filtered("leads")

    def _shut_consent_given(self, dispute):
        dispute.consent_ids.action_withdraw("They go to court.", "It stops.")

    def _open_consent_given(self, dispute):
        self._agree(dispute)

    def _shut_consent_stands(self, dispute):
        self._shut_consent_given(dispute)

    def _open_consent_stands(self, dispute):
        self._agree(dispute)

    def _shut_sheet_approved(self, dispute):
        self._shut_consent_given(dispute)
        draft = self.env.ref(f"{ADDON}.sheet_mediation_en")
        self.consent = self._agree(dispute, sheet_id=draft.id)

    def _open_sheet_approved(self, dispute):
        self.consent.action_withdraw("It was another text.", mistake=True)
        self._agree(dispute)

    def _shut_pending_elsewhere(self, dispute):
        self.notice = dispute.env["iso10003.notice"].create(
            {"dispute_id": dispute.id, "pending_elsewhere": "yes"}
        )

    def _open_pending_elsewhere(self, dispute):
        context = self.notice.action_correct()["context"]
        notices = self.notice.browse().with_context(**context)
        typed = [name for name, one in notices._fields.items() if not one.readonly]
        notices.create(
            {
                **notices.default_get([*typed, "replaces_id"]),
                "pending_elsewhere": "no",
                "reason": "It was withdrawn there.",
            }
        )

    def _shut_evaluator_independent(self, dispute):
        dispute.evaluator_id = False

    def _open_evaluator_independent(self, dispute):
        dispute.evaluator_id = self.evaluator

    def _shut_evaluation_submitted(self, dispute):
        dispute.evaluator_id = self.chief  # who wrote no sheet

    def _open_evaluation_submitted(self, dispute):
        dispute.evaluator_id = self.evaluator

    def _shut_severity_assessed(self, dispute):
        dispute.severity = False

    def _open_severity_assessed(self, dispute):
        dispute.severity = "1"

    def _shut_findings_recorded(self, dispute):
        dispute.with_user(self.evaluator).findings = False

    def _open_findings_recorded(self, dispute):
        dispute.with_user(self.evaluator).findings = "<p>The drum was faulty.</p>"

    def _shut_people_declared(self, dispute):
        """Somebody comes to take part, of whom nobody has declared anything."""
        self._note_party(dispute, self.lawyer, mandate=PAPER, mandate_kind="power")

    def _open_people_declared(self, dispute):
        self._declare(dispute)

    def _shut_position_approved(self, dispute):
        sent = dispute._find_position("approved", "sent").sudo()
        sent._guarded_write({"state": "draft"})

    def _open_position_approved(self, dispute):
        self._approve_position(dispute)

    def _shut_response_sent(self, dispute):
        self._record(dispute, response_date=False)

    def _open_response_sent(self, dispute):
        self._record(dispute, response_date=self.today)

    def _shut_resolver_declared(self, dispute):
        dispute.provider_id = self.board

    def _open_resolver_declared(self, dispute):
        dispute.action_note_resolver("none", PAPER)

    def _shut_proceedings_ended(self, dispute):
        self.proceeding = self._propose(dispute)

    def _open_proceedings_ended(self, dispute):
        self.proceeding.action_end("withdrawn", "They took it back.")

    def _shut_result_noted(self, dispute):
        dispute._guarded_write({"outcome": False})

    def _open_result_noted(self, dispute):
        dispute.action_note_result("settled_facilitated", "They agreed.", amount=0)

    def _shut_result_written(self, dispute):
        """Nothing is noted in short: what was agreed is recorded, and its text not."""
        dispute._guarded_write({"outcome": False})
        results = dispute.env["iso10003.result"]
        self.result = results.create({"dispute_id": dispute.id})

    def _open_result_written(self, dispute):
        self.result.create(
            {
                "dispute_id": dispute.id,
                "replaces_id": self.result.id,
                "text": "Each side keeps what it has.",
            }
        )

    def _shut_carried_out(self, dispute):
        if dispute.implemented_date:
            self._record(dispute, implemented_date=False)

    def _open_carried_out(self, dispute):
        self._record(dispute, implemented_date=self.today)

    def _shut_complainant_informed(self, dispute):
        if dispute.informed_date:
            self._record(dispute, informed_date=False)

    def _open_complainant_informed(self, dispute):
        self._record(dispute, informed_date=self.today)

    def _shut_lessons_drawn(self, dispute):
        dispute.lessons = " "

    def _open_lessons_drawn(self, dispute):
        dispute.lessons = "Nothing new: drums are tested."


class TestEachGate(Cases, DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        contacts = cls.env["res.partner"]
        cls.lawyer = contacts.create({"name": "Lawyer", "email": "l@example.com"})
        cls.board = contacts.create({"name": "Sector Board", "is_company": True})
        cls.dispute = cls._open_dispute(cls._new_ticket())

    def _find_rows(self, state):
        rows = self.dispute.policy_id.gate_ids
        return rows.filtered(
            lambda row: row.state == state and row.code not in ELSEWHERE
        )

    @contextmanager
    def _undone(self):
        """Play something that did not happen."""
        with self.env.cr.savepoint() as savepoint:
            yield
            self.env.flush_all()
            savepoint.rollback()
            self.env.invalidate_all()

    def _ready(self, state):
        """Let the file lack nothing in its state."""
        self._fill_in(self.dispute)
        if state == "resolution":
            self.dispute.action_note_result("settled_facilitated", "Agreed.", amount=0)

    def _go(self, row):
        """Take the step at which a gate is asked."""
        if row.asked == "early_end":
            return self.dispute.action_close("withdrawn", "They wrote so.")
        return self.dispute.action_advance()

    def _try(self, row):
        """See that a file stands still without what a gate wants, and goes on then."""
        state = self.dispute.state
        getattr(self, f"_shut_{row.code}")(self.dispute)
        self.assertIn(row, self._find_unmet(row))
        if row.severity == "block":
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._go(row)
        self.assertEqual(self.dispute.state, state)
        getattr(self, f"_open_{row.code}")(self.dispute)
        if self.dispute.state == state:  # not led on by the deed itself
            self.assertNotIn(row, self._find_unmet(row))

    def _find_unmet(self, row):
        """Return what is not met of the step at which a gate is asked."""
        if row.asked == "early_end":
            return self.dispute._ask_the_way("early_end", "withdrawn").unmet
        return self.dispute._ask_the_way().unmet

    def test_each_blocks_and_opens(self):
        for state in flow.OPEN_STATES:
            self._lead_to(self.dispute, state)
            for row in self._find_rows(state):
                with self.subTest(state=state, gate=row.code), self._undone():
                    self._ready(state)
                    self._try(row)

    def test_reopening_is_a_manager_s(self):
        self._lead_to(self.dispute, flow.CLOSED)
        with self.assertRaisesRegex(UserError, "right to reopen a closed file"):
            self.dispute.action_reopen("There is news.")
        self.assertEqual(self.dispute.state, flow.CLOSED)
        self.dispute.with_user(self.manager).action_reopen("There is news.")
        self.assertNotEqual(self.dispute.state, flow.CLOSED)

    def test_no_gate_is_left_out(self):
        """A gate without both cases fails here; so does a case without its gate."""
        codes = set(self.env["iso10003.gate"].search([]).mapped("code"))
        for way in ("_shut_", "_open_"):
            cases = {
                name.removeprefix(way) for name in dir(Cases) if name.startswith(way)
            }
            self.assertEqual(cases | ELSEWHERE.keys() | {"reopen_right"}, codes)
            self.assertFalse(cases & ELSEWHERE.keys())
        for path, name in ELSEWHERE.values():
            tree = ast.parse((TESTS / path).read_text("utf-8"))
            nodes = ast.walk(tree)
            functions = [one for one in nodes if isinstance(one, ast.FunctionDef)]
            self.assertIn(name, [one.name for one in functions], path)
