# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError

from ..common import DisputeCase
from ..query_counter import INSERT_BATCH_SIZE, count_queries
from .competence_common import CompetencePeople


class TestCompetenceAssignments(CompetencePeople, DisputeCase):
    """Disputes and policies: nobody has a role without the competence for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_competence()

    def _events(self, record, event):
        rows = self.env["iso10003.register"].search(
            [("file", "=", record._register_file()), ("event", "=", event)],
            order="sequence",
        )
        return rows.mapped("data")

    # ------------------------------------------------------------
    # Owner and evaluator
    # ------------------------------------------------------------

    def test_who_opens_a_file_is_competent_for_it(self):
        self._require("handler")
        with (
            self.assertRaisesRegex(UserError, "Fair resolution"),
            self.env.cr.savepoint(),
        ):
            self._open_dispute()
        self.assertFalse(self.ticket.dispute_ids)
        self._certify(self.employees[self.handler])
        dispute = self._open_dispute()
        self.assertEqual(
            self._events(dispute, "competent"),
            [{"role": "handler", "user": self.handler.id}],
        )
        self.assertEqual(dispute.competence_seen, {"user_id": self.handler.id})
        self.assertEqual(dispute.register_ids[0].event, "opened")

    def test_an_evaluator_is_refused_and_then_allowed(self):
        dispute = self._open_dispute()
        self._require("evaluator", self.judging)
        with (
            self.assertRaisesRegex(UserError, "Judging merits"),
            self.env.cr.savepoint(),
        ):
            dispute.evaluator_id = self.evaluator
        self.assertFalse(dispute.evaluator_id)
        self._certify(self.employees[self.evaluator], self.judging)
        dispute.evaluator_id = self.evaluator
        self.assertEqual(
            self._events(dispute, "competent"),
            [{"role": "evaluator", "user": self.evaluator.id}],
        )

    def test_only_a_change_of_the_person_asks(self):
        dispute = self._open_dispute()
        self._require("handler")  # the owner has the file already
        dispute.write({"subject": "Another subject", "user_id": dispute.user_id.id})
        with self.assertRaises(UserError):
            dispute.with_user(self.manager).user_id = self.evaluator
        self.assertFalse(self._events(dispute, "competent"))

    def test_the_override_of_independence_is_no_way_round_competence(self):
        dispute = self._open_dispute()
        self._require("evaluator")
        with self.assertRaisesRegex(UserError, "Fair resolution"):
            dispute.with_user(self.manager).action_override_independence(
                self.agent.id, "Nobody else is there."
            )

    # ------------------------------------------------------------
    # Revoked in the middle of a file
    # ------------------------------------------------------------

    def test_a_certification_revoked_in_the_middle_of_a_file_stops_it(self):
        self._require("evaluator")
        held = self._certify(self.employees[self.evaluator])
        dispute = self._lead_to(self._open_dispute(), "evaluation")
        self._fill_in(dispute)
        gate = self.env.ref("odoo_iso10003.gate_evaluation_people_competent")
        self.assertNotIn(gate, dispute._ask_the_way().unmet.gate_id)
        # HR takes it back the way Odoo does
        self.employees[self.evaluator].with_user(self.officer).write(
            {"certification_ids": [(2, held.id, 0)]}
        )
        self.assertTrue(held.exists(), "what was held stays as history")
        self.env.invalidate_all()
        self.assertIn(gate, dispute._ask_the_way().unmet.gate_id)
        with self.assertRaisesRegex(UserError, "certifications of their roles"):
            dispute.action_advance()
        # the assignment itself was right on its day, and file and register say so
        self.assertTrue(self._events(dispute, "competent"))
        self.assertEqual(dispute.competence_seen, {"evaluator_id": self.evaluator.id})
        # a manager may let the evaluator finish
        dispute.with_user(self.manager).action_override_competence(
            "evaluator_id", self.evaluator.id, "The report is nearly done."
        )
        self.assertNotIn(gate, dispute._ask_the_way().unmet.gate_id)
        dispute.action_advance()
        self.assertEqual(dispute.state, "position")

    # ------------------------------------------------------------
    # Override
    # ------------------------------------------------------------

    def test_a_manager_overrides_with_a_reason_kept_in_the_register(self):
        dispute = self._open_dispute()
        self._require("evaluator")
        dispute.with_user(self.manager).action_override_competence(
            "evaluator_id", self.evaluator.id, "The trained one is ill."
        )
        self.assertEqual(dispute.evaluator_id, self.evaluator)
        self.assertEqual(
            self._events(dispute, "override"),
            [
                {
                    "rule": "competent",
                    "role": "evaluator",
                    "user": self.evaluator.id,
                    "note_sha256": self._events(dispute, "override")[0]["note_sha256"],
                }
            ],
        )
        row = dispute.register_ids.filtered(lambda row: row.event == "override")
        self.assertEqual(row.note, "The trained one is ill.")
        self.assertEqual(row.summary, "Competence: Evaluator")

    def test_an_override_holds_for_the_person_it_was_given_for(self):
        dispute = self._open_dispute()
        self._require("evaluator")
        self._certify(self.employees[self.chief])
        dispute.with_user(self.manager).action_override_competence(
            "evaluator_id", self.evaluator.id, "The trained one is ill."
        )
        dispute.with_user(self.manager).evaluator_id = self.chief
        with self.assertRaises(UserError):
            dispute.with_user(self.manager).evaluator_id = self.evaluator

    def test_who_may_override_and_how(self):
        dispute = self._open_dispute()
        self._require("evaluator")
        evaluator = self.evaluator.id
        override = dispute.action_override_competence
        with self.assertRaises(AccessError):
            override("evaluator_id", evaluator, "I want it.")
        dispute = dispute.with_user(self.manager)
        override = dispute.action_override_competence
        with self.assertRaisesRegex(UserError, "reason"):
            override("evaluator_id", evaluator, "  ")
        with self.assertRaisesRegex(UserError, "oneself"):
            override("evaluator_id", self.manager.id, "I know it all.")
        with self.assertRaisesRegex(UserError, "gives no role"):
            override("partner_id", evaluator, "Why not?")
        with self.assertRaisesRegex(UserError, "choose who"):
            override("evaluator_id", False, "Somebody.")
        with self.assertRaises(UserError):
            dispute.write({"competence_overrides": {"evaluator_id": evaluator}})

    def test_a_closed_file_takes_no_override(self):
        dispute = self._lead_to(self._open_dispute(), "closed")
        with self.assertRaisesRegex(UserError, "closed"):
            dispute.with_user(self.manager).action_override_competence(
                "evaluator_id", self.chief.id, "Late."
            )

    def test_the_dialog_overrides_what_its_record_allows(self):
        dispute = self._open_dispute().with_user(self.manager)
        self._require("evaluator")
        action = dispute.action_ask_competence()
        Dialog = self.env["iso10003.competence.override"]
        Dialog = Dialog.with_user(self.manager).with_context(**action["context"])
        self.assertEqual(
            dict(Dialog.fields_get(["assignment"])["assignment"]["selection"]),
            {"user_id": "Dispute handler", "evaluator_id": "Evaluator"},
        )
        Dialog.create(
            {
                "assignment": "evaluator_id",
                "user_id": self.evaluator.id,
                "reason": "The trained one is ill.",
            }
        ).action_confirm()
        self.assertEqual(dispute.evaluator_id, self.evaluator)
        with self.assertRaises(AccessError):
            Dialog.with_user(self.handler).create({"assignment": "evaluator_id"})

    # ------------------------------------------------------------
    # Policies
    # ------------------------------------------------------------

    def test_who_approves_a_policy_is_competent_for_it(self):
        self._require("approver")
        policy = (
            self.env["iso10003.policy"]
            .with_user(self.manager)
            .create({"name": "Policy", "company_id": self.company.id})
        )
        with (
            self.assertRaisesRegex(UserError, "Approver"),
            self.env.cr.savepoint(),
        ):
            policy.with_user(self.chief).action_approve()
        self.assertEqual(policy.state, "draft")
        policy.action_override_competence(
            "approver_id", self.chief.id, "The course is next week."
        )
        self.assertFalse(policy.approver_id)
        policy.with_user(self.chief).action_approve()
        self.assertEqual(policy.approver_id, self.chief)
        self.assertEqual(
            [data["rule"] for data in self._events(policy, "override")], ["competent"]
        )

    # ------------------------------------------------------------
    # What it costs
    # ------------------------------------------------------------

    def _opening_cost(self, count):
        vals = self._new_ticket().copy_data()[0]
        tickets = self.env["helpdesk.ticket"].with_context(tracking_disable=True)
        tickets = tickets.create(
            [{**vals, "number": f"C-{count}-{number}"} for number in range(count)]
        ).with_user(self.handler)
        return count_queries(self.env, tickets._open_disputes)

    def test_asking_costs_a_batch_a_few_queries_and_nothing_without_rules(self):
        self._opening_cost(2)
        free = self._opening_cost(INSERT_BATCH_SIZE)
        self._require("handler")
        self._certify(
            self.employees[self.handler],
            start=fields.Date.today() - relativedelta(years=1),
        )
        self._opening_cost(2)
        few = self._opening_cost(10)
        many = self._opening_cost(INSERT_BATCH_SIZE)
        self.assertLessEqual(many, few)
        # before a number is drawn, and once more when the file is there
        self.assertLess(many, free + 25)

    def test_nothing_is_asked_of_the_database_when_nothing_is_required(self):
        dispute = self._open_dispute()
        people = dispute.user_id | self.evaluator
        people.mapped("name")
        dispute._check_assigned("user_id")
        self.assertEqual(
            count_queries(
                self.env, lambda: dispute._check_assigned("user_id"), cold=False
            ),
            0,
        )

    def test_the_gate_asks_of_two_people_about_what_it_asks_of_one(self):
        dispute = self._open_dispute()
        started = fields.Date.today() - relativedelta(years=1)
        for user in (self.handler, self.evaluator):
            self._certify(self.employees[user], start=started)

        def count():
            ask = dispute._people_are_competent
            count_queries(self.env, ask)  # what is kept at hand is read once
            return count_queries(self.env, ask)

        self._require("handler")
        one = count()
        dispute.evaluator_id = self.evaluator
        self._require("evaluator")
        self.assertTrue(dispute._people_are_competent())
        # the second role, and who has it
        self.assertLessEqual(count(), one + 2)
