# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Nobody judges what they had a hand in: each rule, and each way round it."""

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.service.model import call_kw

from ...core import segregation
from ..common import ADDON, PAPER, DisputeCase
from ..competence.competence_common import CompetencePeople
from ..conformity.conformity_common import AuditCase, CheckCase
from ..legal.legal_common import LegalCase

SMALL, SEPARATE = segregation.SMALL, segregation.SEPARATE


class Versions:
    """Versions of the policy under which the files of a test are opened."""

    @classmethod
    def _enforce_profile(cls, profile=None, **strengths):
        """Put a version with these rules into force, as two managers do."""
        policies = cls.env["iso10003.policy"].with_user(cls.chief)
        policy = policies.create({"name": "Who does what"})
        if profile:
            policy.segregation_profile = profile
        for row in policy.segregation_ids.filtered(lambda row: row.code in strengths):
            row.strength = strengths[row.code]
        policy.with_user(cls.manager).action_approve()
        policy.with_user(cls.manager).action_put_in_force()
        return policy

    def _told(self, record):
        rows = self.env["iso10003.register"].search(
            [("file", "=", record._register_file()), ("event", "=", "told")]
        )
        return [(row.data["rule"], row.data["user"], row.note) for row in rows]

    def _call(self, user, record, method, *args):
        """Call a public method as a client does."""
        return call_kw(
            self.env[record._name].with_user(user), method, (record.ids, *args), {}
        )


class TestProfiles(Versions, DisputeCase):
    """The rules of a policy version."""

    def test_the_shipped_policy_is_of_a_small_organization(self):
        policy = self._open_dispute().policy_id
        self.assertEqual(policy.segregation_profile, SMALL)
        self.assertEqual(
            {row.code: row.strength for row in policy.segregation_ids},
            segregation.strengths(SMALL),
        )

    def test_a_profile_sets_the_rules_and_a_manager_tunes_them(self):
        policy = (
            self.env["iso10003.policy"]
            .with_user(self.manager)
            .create({"name": "Draft", "segregation_profile": SEPARATE})
        )
        self.assertEqual(policy.segregation_profile, SEPARATE)
        row = policy.segregation_ids.filtered(lambda r: r.code == "evaluator_owner")
        self.assertEqual(row.strength, "strict")
        row.strength = "off"
        self.assertEqual(policy.segregation_profile, "own")
        policy.segregation_profile = SMALL
        self.assertEqual(row.strength, "told")

    def test_some_rules_are_never_loosened(self):
        policy = (
            self.env["iso10003.policy"]
            .with_user(self.manager)
            .create({"name": "Draft"})
        )
        for row in policy.segregation_ids:
            rule = segregation.RULES[row.code]
            for strength in set(segregation.ALL) - set(rule.choices):
                with (
                    self.subTest(code=row.code, strength=strength),
                    self.assertRaisesRegex(ValidationError, "cannot be"),
                    self.env.cr.savepoint(),
                ):
                    row.strength = strength
                self.env.invalidate_all()
        fixed = {code for code, rule in segregation.RULES.items() if rule.fixed}
        self.assertEqual(
            fixed,
            {
                "approver_author",
                "override_self",
                "certifier_self",
                "auditor_audited",
                "concession_asker",
                "track_owner",
                "confirmer_answerer",
            },
        )

    def test_rules_are_neither_added_nor_exchanged_nor_taken_away(self):
        policy = (
            self.env["iso10003.policy"]
            .with_user(self.manager)
            .create({"name": "Draft"})
        )
        row = policy.segregation_ids[0]
        with self.assertRaises(UserError):
            row.code = "evaluator_owner"
        with self.assertRaises(UserError):
            row.policy_id = self._open_dispute().policy_id
        with self.assertRaises(AccessError):
            policy.segregation_ids = [Command.delete(row.id)]
        with self.assertRaises(AccessError):
            row.with_user(self.handler).strength = "told"

    def test_an_approved_version_keeps_its_rules_and_seals_them(self):
        policy = self._enforce_profile(SEPARATE)
        row = policy.segregation_ids.filtered(lambda r: r.code == "evaluator_owner")
        for door in (
            lambda: row.with_user(self.manager).write({"strength": "off"}),
            lambda: row.sudo().write({"strength": "off"}),
            lambda: policy.with_user(self.manager).write(
                {"segregation_profile": SMALL}
            ),
            lambda: policy.sudo().write(
                {"segregation_ids": [Command.update(row.id, {"strength": "off"})]}
            ),
        ):
            with self.assertRaisesRegex(UserError, "does not change any more"):
                door()
        sealed = self.env["iso10003.register"].search(
            [("file", "=", policy._register_file()), ("event", "=", "approved")]
        )
        self.assertEqual(sealed.data["segregation"], segregation.strengths(SEPARATE))

    def test_a_new_version_begins_with_the_rules_of_the_former(self):
        policy = self._enforce_profile(owner_complaint="told")
        action = policy.with_user(self.chief).action_new_version()
        draft = policy.browse(action["res_id"])
        self.assertEqual(draft._get_strengths(), policy._get_strengths())
        self.assertEqual(draft.segregation_profile, "own")

    def test_who_tunes_the_rules_does_not_approve_them(self):
        policy = (
            self.env["iso10003.policy"].with_user(self.chief).create({"name": "Draft"})
        )
        policy.with_user(self.manager).segregation_profile = SEPARATE
        with self.assertRaisesRegex(UserError, "wrote what is to be approved"):
            policy.with_user(self.manager).action_approve()


class TestDisputeDuties(Versions, DisputeCase):
    """Who evaluates, owns and refuses."""

    def _ask(self, dispute, field, person, user=None):
        """Name somebody as a client does; return the refusal."""
        vals = {field: person.id}
        try:
            with self.env.cr.savepoint():
                self._call(user or self.handler, dispute, "write", vals)
        except ValidationError as error:
            self.env.invalidate_all()
            return str(error)
        return ""

    def _evaluated(self, dispute, writer=None):
        """Fill in the evaluation of a dispute that stands in it."""
        wanted = self._wanted("evaluation")
        findings = wanted.pop("findings")
        wanted.pop("evaluator_id")
        dispute.write(wanted)
        if dispute._asks_gate("evaluation_submitted"):
            self._submit_sheet(dispute, findings)
        if writer or not dispute.findings:
            dispute.with_user(writer or dispute.evaluator_id).findings = findings

    # ------------------------------------------------------------
    # Two people, and nobody alone
    # ------------------------------------------------------------

    def test_two_people_lead_a_file_from_ticket_to_closed(self):
        ticket = self._new_ticket(user_id=self.handler.id).with_user(self.handler)
        dispute = self._open_dispute(ticket)
        self._give(dispute, {**self._wanted("referral")})
        dispute.action_advance()
        self._give(dispute, self._wanted("notice"))
        dispute.action_advance()
        dispute.evaluator_id = self.evaluator
        self._evaluated(dispute)
        dispute.action_advance()
        self._approve_position(dispute, self.evaluator)
        self._lead_to(dispute, "closed")
        actors = set(dispute.sudo().register_ids.mapped("actor"))
        self.assertEqual(actors, {self.handler.id, self.evaluator.id})
        self.assertFalse(self._told(dispute))

    def test_nobody_leads_a_file_alone(self):
        for handled_by in (self.handler, self.env["res.users"]):
            with self.subTest(handled_by=handled_by.login):
                ticket = self._new_ticket(user_id=handled_by.id)
                dispute = self._lead_to(self._open_dispute(ticket), "evaluation")
                self.assertTrue(self._ask(dispute, "evaluator_id", self.handler))
                dispute.write({"severity": "1", "findings": "<p>We were right.</p>"})
                with self.assertRaisesRegex(UserError, "this is still wanted"):
                    dispute.action_advance("Nobody else is here.")

    def test_who_enters_a_complaint_in_anothers_name_handled_it(self):
        def enter():
            vals = self.ticket.copy_data({"user_id": self.agent.id})[0]
            return self.env["helpdesk.ticket"].with_user(self.manager).create(vals)

        alone = self._open_dispute(enter(), self.manager)
        told = self._ask(alone, "evaluator_id", self.manager, self.manager)
        self.assertIn("handled the complaint", told)
        # who answered it handled it, whoever had entered it
        answered = enter()
        answered.with_user(self.agent).message_post(body="We are sorry.")
        together = self._open_dispute(answered, self.manager)
        told = self._ask(together, "evaluator_id", self.manager, self.manager)
        self.assertNotIn("handled the complaint", told or "")

    # ------------------------------------------------------------
    # Evaluator and complaint
    # ------------------------------------------------------------

    def test_the_refusal_says_rule_person_deed_day_and_who_can(self):
        dispute = self._open_dispute()
        told = self._ask(dispute, "evaluator_id", self.agent)
        self.assertIn(dispute.name, told)
        self.assertIn(f"{self.agent.name} handled the complaint (", told)
        self.assertIn("Who evaluates did not handle the complaint", told)
        self.assertIn("Let somebody else do it, such as", told)
        self.assertIn("new version of the policy", told)

    def test_who_was_unassigned_before_the_opening_does_not_evaluate(self):
        for way in ({"user_id": False}, {"team_id": self._other_team().id}):
            with self.subTest(way=way):
                ticket = self._new_ticket()
                ticket.write(way)
                self.assertFalse(ticket.user_id)
                dispute = self._open_dispute(ticket, self.manager)
                self.assertIn(
                    "handled the complaint",
                    self._ask(dispute, "evaluator_id", self.agent, self.manager),
                )

    def _other_team(self):
        return self.env["helpdesk.ticket.team"].create(
            {"name": "Others", "company_id": self.company.id}
        )

    def test_who_handled_the_complaint_before_cannot_be_wiped_away(self):
        self.ticket.user_id = False
        self.assertEqual(self.ticket.former_handler_ids, self.agent)
        with self.assertRaisesRegex(UserError, "cannot be written directly"):
            self._call(
                self.manager, self.ticket, "write", {"former_handler_ids": [(5,)]}
            )

    def test_who_types_in_a_notice_from_outside_did_not_handle_the_complaint(self):
        self.company.helpdesk_mgmt_ticket_auto_assign = True
        dispute = (
            self.env["iso10003.dispute"]
            .with_user(self.handler)
            .create(
                {"subject": "A notice", "direct_notice": True, "team_id": self.team.id}
            )
        )
        self.assertFalse(dispute.complaint_handler_id)

    def test_a_manager_overrides_for_others_and_never_for_oneself(self):
        ticket = self._new_ticket(user_id=self.manager.id, team_id=False)
        dispute = self._open_dispute(ticket, self.chief)
        with self.assertRaisesRegex(ValidationError, "Nobody lets oneself"):
            self._call(
                self.manager,
                dispute,
                "action_override_independence",
                self.manager.id,
                "I know it best.",
            )
        self._call(
            self.chief,
            dispute,
            "action_override_independence",
            self.manager.id,
            "Nobody else knows the machine.",
        )
        self.assertEqual(dispute.evaluator_id, self.manager)

    # ------------------------------------------------------------
    # Evaluator and owner
    # ------------------------------------------------------------

    def test_an_owner_evaluates_with_a_reason_where_it_may_be_told(self):
        dispute = self._lead_to(self._open_dispute(), "evaluation")
        dispute.evaluator_id = self.handler
        self._evaluated(dispute)
        asked = dispute.action_advance()
        self.assertEqual(asked["res_model"], "iso10003.dispute.step")
        self.assertEqual(dispute.state, "evaluation")
        shown = [item for item in dispute.gate_checklist if not item["met"]]
        self.assertEqual([item["code"] for item in shown], ["evaluator_owner"])
        self.assertEqual(shown[0]["severity"], "warn")
        dialog = self.env[asked["res_model"]].with_user(self.handler)
        dialog = dialog.with_context(**asked["context"])
        with self.assertRaisesRegex(UserError, "Give the reason"):
            dialog.create({"reason": " "}).action_confirm()
        dialog.create({"reason": "We are two, and one is ill."}).action_confirm()
        self.assertEqual(dispute.state, "position")
        self.assertEqual(
            self._told(dispute),
            [("evaluator_owner", self.handler.id, "We are two, and one is ill.")],
        )
        # told once, it is not asked at each further step
        self._lead_to(dispute, "closed")
        self.assertEqual(len(self._told(dispute)), 1)

    def test_handing_the_file_over_does_not_make_an_evaluator_of_its_owner(self):
        self._enforce_profile(SEPARATE)
        dispute = self._lead_to(self._open_dispute(), "evaluation")
        self.assertIn(
            "owned the file", self._ask(dispute, "evaluator_id", self.handler)
        )
        dispute.user_id = self.stranger
        self.assertIn(
            "owned the file",
            self._ask(dispute, "evaluator_id", self.handler, self.manager),
        )

    def test_who_evaluated_does_not_become_the_owner(self):
        self._enforce_profile(SEPARATE)
        dispute = self._lead_to(self._open_dispute(), "position")
        dispute.with_user(self.manager).evaluator_id = self.chief
        self.assertIn(
            "evaluated the dispute",
            self._ask(dispute, "user_id", self.evaluator, self.manager),
        )

    def test_it_can_be_off(self):
        self._enforce_profile(evaluator_owner="off")
        dispute = self._lead_to(self._open_dispute(), "evaluation")
        dispute.evaluator_id = self.handler
        self._evaluated(dispute)
        dispute.action_advance()
        self.assertEqual(dispute.state, "position")
        self.assertFalse(self._told(dispute))

    # ------------------------------------------------------------
    # Findings
    # ------------------------------------------------------------

    def test_what_another_typed_for_the_evaluator_is_told(self):
        self._ask_in_new_version("gate_evaluation_evaluation_submitted", "off")
        dispute = self._lead_to(self._open_dispute(), "evaluation")
        # written first, and the evaluator named afterwards
        dispute.findings = "<p>We were right.</p>"
        dispute.evaluator_id = self.evaluator
        dispute.severity = "1"
        self._declare(dispute)
        self.assertEqual(
            dispute.action_advance()["name"], "Go on although something is wanted"
        )
        dispute.action_advance("The evaluator dictated it by telephone.")
        self.assertEqual(
            [row[:2] for row in self._told(dispute)],
            [("findings_evaluator", self.handler.id)],
        )

    def test_what_another_typed_stops_the_file_where_duties_are_separate(self):
        self._enforce_profile(SEPARATE)
        self._ask_in_new_version("gate_evaluation_evaluation_submitted", "off")
        dispute = self._lead_to(self._open_dispute(), "evaluation")
        dispute.evaluator_id = self.evaluator
        self._evaluated(dispute, writer=self.handler)
        self._declare(dispute)
        with self.assertRaisesRegex(ValidationError, "wrote the findings"):
            dispute.action_advance("It was dictated.")
        dispute.with_user(self.evaluator).findings = "<p>I found a faulty drum.</p>"
        dispute.action_advance()
        self.assertEqual(dispute.state, "position")
        # rewritten afterwards, they are another's again
        dispute.findings = "<p>We were right.</p>"
        self._approve_position(dispute)
        self._give(dispute, self._wanted("position"))
        with self.assertRaisesRegex(ValidationError, "wrote the findings"):
            dispute.action_advance()

    # ------------------------------------------------------------
    # Owner and refusals
    # ------------------------------------------------------------

    def test_where_duties_are_separate_another_owns_than_handled(self):
        self._enforce_profile(SEPARATE)
        ticket = self._new_ticket(user_id=self.handler.id)
        with (
            self.assertRaisesRegex(ValidationError, "handled the complaint"),
            self.env.cr.savepoint(),
        ):
            self._open_dispute(ticket)
        dispute = self._open_dispute(ticket, self.manager)
        self.assertIn(
            "handled the complaint",
            self._ask(dispute, "user_id", self.handler, self.manager),
        )

    def test_who_handled_the_complaint_refuses_with_a_reason_or_not_at_all(self):
        for profile in (SMALL, SEPARATE):
            with self.subTest(profile=profile):
                self._enforce_profile(profile)
                ticket = self._new_ticket(user_id=self.handler.id)
                dispute = self._open_dispute(ticket, self.manager)
                dispute.with_user(self.manager).user_id = self.stranger
                close = ("action_close", "not_pursued", "It leads nowhere.")
                self._record(
                    dispute.with_user(self.manager), informed_date=fields.Date.today()
                )
                if profile == SEPARATE:
                    with (
                        self.assertRaisesRegex(
                            ValidationError, "handled the complaint"
                        ),
                        self.env.cr.savepoint(),
                    ):
                        self._call(self.handler, dispute, *close)
                    self.env.invalidate_all()
                    self._call(self.manager, dispute, *close)
                    self.assertFalse(self._told(dispute))
                    continue
                self._call(self.handler, dispute, *close)
                self.assertEqual(
                    self._told(dispute),
                    [
                        (
                            "rejection_complaint",
                            self.handler.id,
                            "It leads nowhere.",
                        )
                    ],
                )

    def test_what_comes_from_outside_is_no_refusal(self):
        self._enforce_profile(SEPARATE)
        ticket = self._new_ticket(user_id=self.handler.id)
        dispute = self._open_dispute(ticket, self.manager)
        dispute.with_user(self.manager).user_id = self.stranger
        self._record(dispute.with_user(self.manager), informed_date=fields.Date.today())
        dispute.with_user(self.manager).action_record_withdrawal(PAPER)
        self._call(
            self.handler, dispute, "action_close", "withdrawn", "See the letter."
        )
        self.assertEqual(dispute.state, "closed")

    def test_rejecting_a_recommendation_is_a_refusal(self):
        self._enforce_profile(SEPARATE)
        ticket = self._new_ticket(user_id=self.handler.id)
        dispute = self._open_dispute(ticket, self.manager)
        dispute = self._lead_to(dispute, "resolution")
        with self.assertRaisesRegex(ValidationError, "handled the complaint"):
            self._call(
                self.handler,
                dispute,
                "action_note_result",
                "recommendation_rejected_by_us",
                "We do not agree.",
            )


class TestReferralDuties(Versions, LegalCase):
    """Who approves, reviews and gives up rights."""

    def _review(self, referral, user):
        reviews = self.env["iso10003.referral.review"].with_user(user)
        return reviews.create(
            {"referral_id": referral.id, "reasons": "Prospects as they were."}
        )

    def test_two_people_lead_a_referral(self):
        # one handles complaint, dispute and referral; the other judges
        self.counsel.group_ids += self.env.ref(f"{ADDON}.group_handler")
        self.team.user_ids += self.counsel
        ticket = self._new_ticket(user_id=self.counsel.id)
        dispute = self._open_dispute(ticket, self.counsel)
        referral = self._draft_referral(
            dispute_id=dispute.id, reviewer_id=self.chief.id
        )
        asked = referral.with_user(self.chief).action_approve()
        self.assertEqual(asked["context"]["default_question"], "approve")
        dialog = self.env[asked["res_model"]].with_user(self.chief)
        dialog = dialog.with_context(**asked["context"]).create(
            {"reason": "We are two."}
        )
        self.assertIn("reviews the referral", dialog.untold)
        dialog.action_confirm()
        self.assertEqual(referral.state, "approved")
        self._review(referral, self.chief)
        self._lead_referral(referral, "decided")
        self._step(referral, "appeal", appeal_decision="not_use", reason="Too dear.")
        referral.with_user(self.chief).action_close()
        self.assertEqual(
            [row[:2] for row in self._told(referral)],
            [
                ("reviewer_approver", self.chief.id),
                ("waiver_counsel", self.counsel.id),
            ],
        )

    def test_counsel_does_not_review_by_handing_over_and_taking_back(self):
        referral = self._lead_referral(self._draft_referral(), "pending")
        referral.with_user(self.manager).counsel_id = self.second_counsel
        with self.assertRaisesRegex(ValidationError, "handles the referral or handled"):
            self._review(referral, self.counsel)
        self.env.invalidate_all()
        with self.assertRaisesRegex(ValidationError, "handles the referral or handled"):
            self._call(
                self.manager, referral, "write", {"reviewer_id": self.counsel.id}
            )

    def test_a_former_owner_of_the_dispute_does_not_review(self):
        self.dispute.with_user(self.manager).user_id = self.manager
        self.dispute.with_user(self.manager).user_id = self.handler
        referral = self._lead_referral(self._draft_referral(), "pending")
        with self.assertRaisesRegex(ValidationError, "owned the file"):
            self._review(referral, self.manager)

    def test_who_wrote_the_sheet_does_not_approve_what_rests_on_it(self):
        for model, case, values in (
            (
                "iso10003.referral.estimate",
                lambda referral: {"referral_id": referral.id},
                {"chance_low": 10, "chance_high": 20},
            ),
            (
                "iso10003.party",
                lambda referral: {"file_id": referral.sudo().file_ids.id},
                {"partner_id": self.customer.id, "capacity": "defendant"},
            ),
        ):
            with self.subTest(model=model):
                referral = self._draft_referral(user=self.manager)
                sheets = self.env[model].with_user(self.second_counsel)
                sheets.create({**case(referral), **values})
                self.assertIn(self.second_counsel, referral.writer_ids)
                with self.assertRaisesRegex(ValidationError, "wrote what is"):
                    referral.with_user(self.second_counsel).action_approve()

    def test_whoever_changes_what_is_approved_is_an_author(self):
        for name, value in (
            ("budget", 77),
            ("opponent_id", self.company.partner_id.id),
            ("limitation_date", self._day(300)),
            ("amount", 5),
        ):
            with self.subTest(name=name):
                referral = self._draft_referral()
                referral.with_user(self.manager).write({name: value})
                with self.assertRaisesRegex(ValidationError, "wrote what is"):
                    referral.with_user(self.manager).action_approve()

    def test_where_duties_are_separate_who_approved_does_not_review(self):
        self._enforce_profile(SEPARATE)
        dispute = self._open_dispute(self._new_ticket())
        referral = self._draft_referral(dispute_id=dispute.id)
        with self.assertRaisesRegex(ValidationError, "reviews the referral"):
            referral.with_user(self.chief).action_approve("Nobody else is here.")
        self._lead_referral(referral, "pending")  # approved by the manager
        with self.assertRaisesRegex(ValidationError, "approved the referral"):
            self._review(referral, self.manager)
        self.env.invalidate_all()
        # nor after another took the review's name
        referral.with_user(self.second_counsel).reviewer_id = self.second_counsel
        with self.assertRaisesRegex(ValidationError, "approved the referral"):
            self._review(referral, self.manager)

    def test_where_duties_are_separate_counsel_gives_up_no_right(self):
        self._enforce_profile(SEPARATE)
        dispute = self._open_dispute(self._new_ticket())
        referral = self._lead_referral(
            self._draft_referral(dispute_id=dispute.id), "decided"
        )
        with self.assertRaisesRegex(ValidationError, "handles the referral"):
            self._call(
                self.counsel, referral, "action_decide_appeal", "not_use", "Too dear."
            )
        self.env.invalidate_all()
        self._call(
            self.manager, referral, "action_decide_appeal", "not_use", "Too dear."
        )


class TestToldCounts(Versions, CheckCase):
    """What was told counts in readiness."""

    def test_a_file_with_two_parts_in_one_hand_fails_its_question(self):
        good = self._new_file()
        self._assert_holds(self._result(21), 1)
        told = self._new_file()
        self.env["iso10003.register"]._append(
            [
                (
                    told,
                    "told",
                    {"rule": "evaluator_owner", "user": 1, "part": "x"},
                    "Ill.",
                )
            ]
        )
        self._assert_fails(self._result(21), told, len(good) + 1, "no")

    def test_so_does_one_evaluated_by_who_had_handled_the_complaint_before(self):
        bad = self._new_file()
        bad.ticket_id.sudo()._guarded_write(
            {"former_handler_ids": [Command.link(self.evaluator.id)]}
        )
        self.env.flush_all()
        self._assert_fails(self._result(21), bad, 1, "no")


class TestOneself(CompetencePeople, DisputeCase):
    """What nobody does for oneself, whatever the policy says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_competence()
        cls._require("handler")

    def _certify_as(self, user, employee):
        return (
            self.env["hr.employee.skill"]
            .with_user(user)
            .create(
                {
                    "employee_id": employee.id,
                    "skill_type_id": self.kind.id,
                    "skill_id": self.fairness.id,
                    "skill_level_id": self.good.id,
                }
            )
        )

    def test_managers_and_hr_officers_do_not_certify_themselves(self):
        for user in (self.manager, self.officer):
            employee = self.employees.get(user) or self._new_employee(user)
            with (
                self.subTest(user=user.login),
                self.assertRaisesRegex(ValidationError, "Nobody certifies oneself"),
                self.env.cr.savepoint(),
            ):
                self._certify_as(user, employee)

    def test_a_contact_certification_is_given_by_another(self):
        values = {
            "skill_type_id": self.kind.id,
            "skill_id": self.fairness.id,
            "skill_level_id": self.good.id,
        }
        certifications = self.env["iso10003.contact.certification"].with_user(
            self.manager
        )
        with (
            self.assertRaisesRegex(ValidationError, "Nobody certifies oneself"),
            self.env.cr.savepoint(),
        ):
            certifications.create({"partner_id": self.manager.partner_id.id, **values})
        self.env.invalidate_all()
        certifications.create({"partner_id": self.handler.partner_id.id, **values})

    def test_nobody_becomes_the_employee_whom_they_certified(self):
        ghost = self.env["hr.employee"].create(
            {"name": "New colleague", "company_id": self.company.id}
        )
        self._certify_as(self.officer, ghost)
        for vals in (
            {"user_id": self.officer.id},
            {"work_contact_id": self.officer.partner_id.id},
        ):
            with (
                self.subTest(vals),
                self.assertRaisesRegex(ValidationError, "Nobody certifies oneself"),
                self.env.cr.savepoint(),
            ):
                ghost.with_user(self.officer).write(vals)
        self.env.invalidate_all()
        ghost.with_user(self.officer).user_id = self.agent

    def test_nobody_becomes_the_contact_whom_they_certified(self):
        self.manager.group_ids += self.env.ref("base.group_partner_manager")
        mine = self.manager.partner_id
        other = self.env["res.partner"].create({"name": "Guest", "email": mine.email})
        self.env["iso10003.contact.certification"].with_user(self.manager).create(
            {
                "partner_id": other.id,
                "skill_type_id": self.kind.id,
                "skill_id": self.fairness.id,
                "skill_level_id": self.good.id,
            }
        )
        for target in (mine, other):
            merging = self.env["base.partner.merge.automatic.wizard"]
            merging = merging.with_user(self.manager).create(
                {
                    "partner_ids": [Command.set((mine | other).ids)],
                    "dst_partner_id": target.id,
                }
            )
            with (
                self.subTest(target=target.name),
                self.assertRaisesRegex(ValidationError, "Nobody certifies oneself"),
                self.env.cr.savepoint(),
            ):
                merging.action_merge()
            self.env.invalidate_all()

    def test_the_own_result_of_a_training_waits_for_somebody_else(self):
        employee = self.employees.get(self.manager) or self._new_employee(self.manager)
        course = self._new_course()
        session = self._new_session(course, self.manager)
        mine = self._seat(session, employee)
        other = self._seat(session, self.employees[self.handler])
        (mine | other).write({"state": "attended", "score": 90})
        session.with_user(self.manager).action_record_results()
        self.assertEqual((other.result, mine.result), ("passed", False))
        with self.assertRaisesRegex(ValidationError, "Nobody certifies oneself"):
            session.with_user(self.manager).action_record_results()
        session.with_user(self.chief).action_record_results()
        self.assertEqual(mine.result, "passed")
        with self.assertRaisesRegex(ValidationError, "Nobody certifies oneself"):
            mine.with_user(self.manager).action_correct(100, True, "I was better.")


class TestAuditors(AuditCase):
    def test_who_got_a_hand_in_it_since_does_not_close_the_audit(self):
        audit = self._new_audit("7.6")
        file = self._new_file()
        self._set_columns(file, user_id=self.inspector.id)
        self.assertIn(file.name, " ".join(audit._list_open_ends()))
