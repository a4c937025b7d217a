# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The auditor's own work: planned, held, graded, reported, followed up."""

import hashlib
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError

from ..common import ADDON
from .conformity_common import NOW, TODAY, AuditCase, days


class TestPlanning(AuditCase):
    def test_b1_auditors_plan_and_who_is_audited_does_not(self):
        Programme = self.env["iso10003.audit.programme"].with_user(self.lead)
        with self.assertRaises(AccessError):
            Programme.with_company(self.shop).create(
                {"name": "Mine", "lead_id": self.inspector.id}
            )
        programme = self._new_programme()
        programme.action_fill_clauses()
        for attempt in (
            lambda: programme.with_user(self.lead).write({"lead_id": self.lead.id}),
            programme.with_user(self.lead).action_start,
        ):
            with self.assertRaises(AccessError):
                attempt()
        audit = (
            self.env["mgmtsystem.audit"]
            .with_user(self.inspector)
            .with_company(self.shop)
            .create(
                {
                    "name": "In between",
                    "dispute_audit": True,
                    "company_id": self.shop.id,
                    "user_id": self.inspector.id,
                }
            )
        )
        self.assertTrue(audit.sample_commitment)

    def test_top_management_approves_before_it_starts(self):
        programme = self._new_programme()
        with self.assertRaisesRegex(UserError, "has no clauses"):
            programme.with_user(self.director).action_approve()
        programme.action_fill_clauses()
        with self.assertRaisesRegex(UserError, "is not approved"):
            programme.action_start()
        with self.assertRaises(AccessError):
            self._call(self.inspector, programme, "action_approve")
        self._call(self.director, programme, "action_approve")
        self.assertEqual(programme.approved_by_id, self.director)
        # what changes afterwards is approved anew
        programme.risks = "Two auditors only: we borrow one from the north"
        self.assertFalse(programme.approved_at)
        self._call(self.director, programme, "action_approve")
        programme.line_ids[0].interval = "12"
        self.assertFalse(programme.approved_at)
        self._call(self.director, programme, "action_approve")
        programme.action_start()
        rows = self.env["iso10003.register"].search(
            [
                ("file", "=", programme._register_file()),
                ("event", "=", "programme_approved"),
            ]
        )
        self.assertEqual(len(rows), 3)

    def test_nobody_approves_the_own_programme(self):
        self.inspector.group_ids += self.env.ref(f"{ADDON}.group_sponsor")
        programme = self._new_programme()
        programme.action_fill_clauses()
        with self.assertRaisesRegex(ValidationError, "somebody else has to do this"):
            programme.action_approve()

    def test_a7_all_clauses_in_one_press_before_a_registrar_comes(self):
        programme = self._new_programme(audits_per_year=1)
        programme.action_fill_for_registrar()
        self.assertEqual(set(programme.line_ids.mapped("interval")), {"12"})
        self.assertEqual(
            programme.line_ids.clause_id, self.questions.requirement_ids.clause_id
        )
        programme.with_user(self.director).action_approve()
        programme.action_start()
        first = programme.audit_ids.sorted("date")[0]
        self.assertEqual(first.clause_ids, programme.line_ids.clause_id)

    def test_programmes_are_reviewed_and_auditors_evaluated_by_others(self):
        programme = self._start_programme("7.6")
        Review = self.env["iso10003.audit.programme.review"]
        review = Review.with_user(self.director).create(
            {
                "programme_id": programme.id,
                "kind": "auditor",
                "auditor_id": self.inspector.id,
                "found": "Reports came late",
            }
        )
        self.assertEqual(review.user_id, self.director)
        with self.assertRaisesRegex(ValidationError, "somebody else has to do this"):
            Review.with_user(self.inspector).create(
                {
                    "programme_id": programme.id,
                    "kind": "auditor",
                    "auditor_id": self.inspector.id,
                    "found": "All is well",
                }
            )
        with self.assertRaisesRegex(ValidationError, "names one auditor"):
            Review.with_user(self.director).create(
                {"programme_id": programme.id, "kind": "auditor", "found": "Late"}
            )
        for attempt in (
            lambda: review.sudo().write({"found": "Reports came in time"}),
            review.sudo().unlink,
        ):
            with self.assertRaises(UserError):
                attempt()


class TestHeld(AuditCase):
    def _graded(self, *numbers, **vals):
        audit = self._new_audit(*(numbers or ("7.6",)))
        audit.action_prepare_checklist()
        audit.line_ids.write(
            {
                "grade": "conform",
                "evidence": "Five closed files of May",
                "reason": "ok",  # beyond what records say, and no reason of substance
                **vals,
            }
        )
        return audit

    def test_b2_a_clause_that_was_not_asked_is_not_covered(self):
        audit = self._new_audit("7.6", "7.2", audits_per_year=1)
        audit.action_prepare_checklist()
        audit.line_ids.write(
            {"grade": "conform", "reason": "Seen in five closed files"}
        )
        line = {
            line.clause_id.number: line for line in audit.programme_id.sudo().line_ids
        }
        late = audit.programme_id.sudo().set_id._get_questions(self.shop).clause_id
        added = late.filtered(lambda clause: clause.number == "7.7")
        audit.clause_ids |= added  # after the checklist was laid out
        asked = audit.line_ids.filtered(lambda one: one.clause_id.number == "7.2")
        asked.write({"grade": "na", "reason": "No complaint was referred this year"})
        audit.button_close()
        self.env.invalidate_all()
        self.assertEqual(line["7.6"].standing, "done")
        self.assertFalse(line["7.2"].last_date)
        covered = self._result(103)
        self.assertIn(added.id, covered.failing_ids)

    def test_b3_conforms_wants_evidence_as_the_rest(self):
        audit = self._graded("7.6", evidence="x")
        with self.assertRaisesRegex(UserError, "graded without evidence.*80"):
            audit.button_close()
        file = self._new_file()
        audit.line_ids[0].dispute_ids = file
        audit.line_ids[1].evidence_ids = (
            self.env["ir.attachment"]
            .with_user(self.inspector)
            .create({"name": "Receipt", "raw": b"Paid"})
        )
        audit.line_ids[2].evidence = "Asked the cashier on Monday"
        audit.button_close()
        self.assertEqual(audit.state, "done")

    def test_what_records_show_is_evidence(self):
        self._new_file()
        audit = self._graded("7.6", evidence=False)
        line = audit.line_ids.filtered(lambda one: one.requirement_id.code == "79")
        self.assertEqual(line.auto_verdict, "yes")
        self.assertFalse(line._lacks_evidence())
        line.grade = "not"
        self.assertTrue(line._lacks_evidence())

    def test_b4_held_is_when_it_was_held(self):
        audit = self._graded()
        audit.write({"began_on": days(-3), "ended_on": days(-2)})
        audit.button_close()
        line = audit.programme_id.sudo().line_ids
        self.env.invalidate_all()
        self.assertEqual(line.last_date, days(-2))
        self.assertNotEqual(audit.date.date(), days(-2))
        with self.assertRaises(ValidationError):
            self._new_audit_again().write({"began_on": days(-1), "ended_on": days(-2)})
        with self.assertRaises(ValidationError):
            self._new_audit_again().ended_on = days(9)

    def _new_audit_again(self):
        return self.env["mgmtsystem.audit"].create(
            {"name": "Again", "dispute_audit": True, "company_id": self.shop.id}
        )

    def test_an_audit_closed_without_days_was_held_until_today(self):
        audit = self._graded()
        audit.button_close()
        self.assertEqual(audit.ended_on, TODAY)

    def test_b5_own_questions_have_a_clause_and_stand_in_print(self):
        audit = self._graded()
        clause = self.env["iso10003.clause"].search(
            [("standard", "=", "ISO 10003"), ("number", "=", "7.7")]
        )
        own = audit.line_ids.with_user(self.inspector).create(
            {
                "audit_id": audit.id,
                "name": "Is the archive dry?",
                "grade": "not",
                "finding_class": "observation",
                "evidence": "Water on the floor of room two",
                "own_clause_id": clause.id,
            }
        )
        self.assertEqual(audit.finding_count, 1)
        with self.assertRaisesRegex(UserError, "without nonconformity .*archive dry"):
            audit.button_close()
        own.action_raise_nonconformity()
        self.assertEqual(
            own.nonconformity_id.severity_id,
            self.env.ref(f"{ADDON}.nc_severity_observation"),
        )
        audit.write({"good_practice": "Files are read by two people"})
        audit.button_close()
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.inspector)
            ._render_qweb_html(f"{ADDON}.audit_report", audit.ids)
        )
        text = " ".join(html.decode().split())
        for words in (
            "Is the archive dry?",
            "Water on the floor of room two",
            "Observation",
            "Files are read by two people",
            "The process works as laid down.",
            "Uncertainty" if audit.sample_date else "No sample was drawn",
        ):
            self.assertIn(words, text)
        self.assertEqual(self._result(106).population, 1)

    def test_b6_waiting_is_no_answer_to_a_finding(self):
        audit = self._graded()
        line = audit.line_ids[1]
        line.write({"grade": "not", "finding_class": "minor", "reason": "waiting"})
        with self.assertRaisesRegex(UserError, "without nonconformity .*80"):
            audit.button_close()
        self._assert_106(line)
        with self.assertRaisesRegex(UserError, "in a few words why"):
            line.action_waive_nonconformity()
        line.reason = "Put right and seen while we were there"
        with self.assertRaisesRegex(UserError, "nobody who is audited"):
            self._call(self.lead, line, "action_waive_nonconformity")
        line.action_waive_nonconformity()
        self.assertEqual(line.waived_by_id, self.inspector)
        line.reason = "Put right on the same afternoon"
        self.assertFalse(line.waived_by_id)
        line.action_waive_nonconformity()
        audit.button_close()
        self.assertEqual(self._result(106).verdict, "yes")

    def _assert_106(self, line):
        result = self._result(106)
        self.assertEqual(result.failing_ids, tuple(line.ids))

    def test_b7_the_auditor_classes_what_was_found(self):
        audit = self._graded()
        line = audit.line_ids[0]
        line.write({"grade": "not", "reason": False})
        with self.assertRaisesRegex(UserError, "not classed as major, minor"):
            audit.button_close()
        line.finding_class = "minor"
        line.action_raise_nonconformity()
        # question 79 is hard, and the auditor says how grave it is
        self.assertTrue(line.requirement_id.hard)
        self.assertEqual(
            line.nonconformity_id.severity_id,
            self.env.ref("mgmtsystem_nonconformity.nonconformity_severity_min"),
        )

    def test_a_report_says_what_the_audit_comes_to(self):
        audit = self._graded()
        audit.conclusion = " "
        with self.assertRaisesRegex(UserError, "no conclusion"):
            audit.button_close()

    def test_a_report_says_whether_the_objectives_were_achieved(self):
        audit = self._graded()
        text = self._print(audit)
        self.assertIn("The auditors did not say.", text)
        audit.write(
            {
                "objectives_met": "partly",
                "outside_auditors": "A. Visitor, Guild of auditors",
                "implications": "Look at the archive again in spring",
                "strong_points": "<p>Two people read each file</p>",
                "to_improve_points": "<p>Name who reads first</p>",
            }
        )
        with self.assertRaisesRegex(UserError, "what is missing, and why"):
            audit.button_close()
        audit.objectives_gap = "The archive was closed on that day"
        audit.button_close()
        text = self._print(audit)
        for words in (
            "Achieved in part",
            "The archive was closed on that day",
            "A. Visitor, Guild of auditors",
            "Look at the archive again in spring",
            "an audit looks at samples",
            "Two people read each file",
            "Name who reads first",
        ):
            self.assertIn(words, text)
        with self.assertRaises(UserError):
            audit.objectives_met = "yes"

    def _print(self, audit):
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.inspector)
            ._render_qweb_html(f"{ADDON}.audit_report", audit.ids)
        )
        return " ".join(html.decode().split())

    def test_parts_of_an_audit_have_a_method_each_and_stay(self):
        audit = self._graded()
        part = (
            self.env["iso10003.audit.activity"]
            .with_user(self.inspector)
            .create(
                {
                    "audit_id": audit.id,
                    "name": "Talk with the handlers",
                    "method": "remote",
                    "place": "Video",
                    "note": "Screens were shared, nothing was recorded",
                }
            )
        )
        other = self._new_user(
            "other",
            f"{ADDON}.group_auditor",
            company_id=self.shop.id,
            company_ids=[Command.set(self.shop.ids)],
        )
        with self.assertRaises(AccessError):
            part.with_user(other).write({"place": "Room"})
        audit.button_close()
        for attempt in (lambda: part.write({"place": "Room"}), part.unlink):
            with self.assertRaisesRegex(UserError, "is closed"):
                attempt()


class TestSeedAndIndependence(AuditCase):
    def test_b7_the_seed_is_fixed_before_the_files_are_seen(self):
        programme = self._start_programme("7.6")
        audit = programme.audit_ids[0].with_user(self.inspector)
        row = self.env["iso10003.register"].search(
            [
                ("file", "=", programme._register_file()),
                ("event", "=", "seed_committed"),
            ],
            limit=1,
            order="id",
        )
        commitments = programme.audit_ids.mapped("sample_commitment")
        self.assertIn(row.data["sha256"], commitments)
        with self.assertRaises(AccessError):
            audit.read(["sample_secret"])
        self._new_file()
        audit.action_draw_sample()
        self.assertEqual(
            hashlib.sha256(audit.sample_seed.encode()).hexdigest(),
            audit.sample_commitment,
        )
        self.assertEqual(audit.action_verify_sample()["params"]["type"], "success")
        self._set_columns(audit, sample_commitment="0" * 64)
        self.assertEqual(audit.action_verify_sample()["params"]["type"], "danger")

    def test_b7_closed_files_are_sampled_where_there_are_any(self):
        opened = {
            "state": "evaluation",
            "closed_date": None,
            "closed_from": None,
            "outcome": None,
            "outcome_date": None,
        }
        for number in range(30):
            self._new_file(**(opened if number else {}))
        for seed in range(8):
            audit = self._new_audit("7.6")
            audit.sample_seed = str(seed)
            audit.action_draw_sample()
            states = audit.sample_ids.dispute_id.mapped("state")
            self.assertIn("closed", states)
            self.assertIn("evaluation", states)
            audit.programme_id.sudo().action_end()

    def test_b7_a_file_of_today_makes_no_former_audit_partial(self):
        self._new_file(opened_date=NOW - timedelta(days=90), user_id=self.handler.id)
        audit = self._new_audit("7.6")
        audit.action_prepare_checklist()
        audit.line_ids.write({"grade": "conform", "reason": "Five files of May seen"})
        audit.button_close()
        self._set_columns(audit, closing_date=NOW - timedelta(days=30))
        later = self._new_file(opened_date=NOW - timedelta(days=1))
        self._set_columns(later, user_id=self.inspector.id)
        result = self._result(104)
        self.assertNotIn(audit.id, result.failing_ids)
        # a file of before, in the hands of the auditor then, does
        self._set_columns(later, opened_date=NOW - timedelta(days=60))
        self.assertIn(audit.id, self._result(104).failing_ids)

    def test_104_is_the_rule_of_the_door(self):
        """It said “yes” for who wrote the policy, which the door refuses."""
        audit = self._new_audit("7.6")
        self._set_columns(self.policy, author_id=self.inspector.id)
        self.assertIn(audit.id, self._result(104).failing_ids)


class TestCorrectiveActions(AuditCase):
    def _found(self):
        self._new_file(implemented_date=None)
        gap = self._new_assessment()
        gap.action_check()
        line = self._answer(gap, 79)
        line.action_raise_nonconformity()
        return line.nonconformity_id.sudo()

    def _stage(self, name):
        return self.env.ref(f"mgmtsystem_nonconformity.stage_{name}")

    def _fill(self, found):
        found.write(
            {
                "correction": "Paid the kettle on the same day",
                "why_1": "The list was old",
                "why_2": "Nobody renews it",
                "effect_figure": "Late payments a quarter",
                "effect_target": 0,
                "effect_value": 1,
                "effect_date": TODAY,
                "evaluation_comments": "One late payment left",
                "action_comments": "Renew the list each month",
            }
        )

    def test_from_correction_to_effect_by_somebody_else(self):
        found = self._found()
        self.assertGreater(found.effect_due, TODAY)
        other = self._new_user(
            "quality",
            f"mgmtsystem.group_mgmtsystem_user,{ADDON}.group_manager",
            company_id=self.shop.id,
            company_ids=[Command.set(self.shop.ids)],
        )
        with self.assertRaisesRegex(UserError, "correction.*\n.*cause.*\n.*effect"):
            found.with_user(other).action_verify()
        self._fill(found)
        with self.assertRaisesRegex(UserError, "nobody verifies what they put right"):
            self._call(self.lead, found, "action_verify")
        found.action_ids.stage_id = self.env["mgmtsystem.action.stage"].search(
            [("is_ending", "=", True)], limit=1
        )
        with self.assertRaisesRegex(UserError, "is not verified"):
            found.stage_id = self._stage("done")
        self._call(other, found, "action_verify")
        self.assertEqual(found.verified_by_id, other)
        # another figure is verified anew
        found.effect_value = 0
        self.assertFalse(found.verified_by_id)
        self._call(other, found, "action_verify")
        found.stage_id = self._stage("done")
        self.assertEqual(found.state, "done")

    def test_no_action_is_decided_by_somebody_else_and_stays_listed(self):
        found = self._found()
        found.responsible_user_id = self.lead
        cancel = self._stage("cancel")
        by_another = found.with_user(self.chief).sudo()
        with (
            self.assertRaisesRegex(UserError, "somebody other than who is responsible"),
            self.env.cr.savepoint(),
        ):
            found.with_user(self.lead).sudo().write({"stage_id": cancel.id})
        with (
            self.assertRaisesRegex(UserError, "why nothing is done"),
            self.env.cr.savepoint(),
        ):
            by_another.stage_id = cancel
        found.evaluation_comments = "The product is no longer sold"
        by_another.stage_id = cancel
        self.assertEqual(found.called_off_by_id, self.chief)
        listed = self.env["mgmtsystem.nonconformity"].search(
            [("called_off_by_id", "!=", False)]
        )
        self.assertIn(found, listed)

    def test_nonconformities_of_others_end_as_they_did(self):
        other = self.env["mgmtsystem.nonconformity"].create(
            {
                "name": "Stock",
                "description": "Untidy",
                "partner_id": self.customer.id,
                "responsible_user_id": self.lead.id,
                "manager_user_id": self.lead.id,
                "origin_ids": [
                    Command.link(
                        self.env["mgmtsystem.nonconformity.origin"]
                        .search([], limit=1)
                        .id
                    )
                ],
                "evaluation_comments": "Tidy now",
            }
        )
        other.stage_id = self._stage("done")
        self.assertEqual(other.state, "done")


class TestRoadmapFromDeeds(AuditCase):
    def test_a6_an_empty_analysis_and_cancelled_findings_are_no_progress(self):
        Roadmap = self.env["iso10003.roadmap"].with_user(self.lead)
        Roadmap = Roadmap.with_company(self.shop)
        Roadmap.action_plan(TODAY, 3)
        steps = {
            step.step: step
            for step in Roadmap.search([("company_id", "=", self.shop.id)])
        }
        gap = self._new_assessment()
        self._set_columns(
            gap, state="done", coverage=0, frozen_at=fields.Datetime.now()
        )
        self.assertEqual(steps["s1"].progress, 0)
        self._set_columns(gap, coverage=40)
        self.assertEqual(steps["s1"].progress, 40)
        self._set_columns(gap, state="draft")
        self._new_file(implemented_date=None)
        gap.action_check()
        line = self._answer(gap, 79)
        line.action_raise_nonconformity()
        self._set_columns(line.nonconformity_id.sudo(), state="cancel")
        self.env.invalidate_all()
        self.assertEqual(steps["s6"].progress, 0)

    def test_a6_dates_set_by_hand_stay(self):
        Roadmap = self.env["iso10003.roadmap"].with_user(self.lead)
        Roadmap = Roadmap.with_company(self.shop)
        Roadmap.action_plan(TODAY, 3)
        steps = Roadmap.search([("company_id", "=", self.shop.id)])
        mine = steps[2]
        mine.date_to = mine.date_to + timedelta(days=3)
        chosen = mine.date_from, mine.date_to
        Roadmap.action_plan(days(5), 3)
        self.assertEqual((mine.date_from, mine.date_to), chosen)
        self.assertEqual(steps[0].date_from, days(5))
