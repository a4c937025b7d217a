# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Readiness: answers of records and people, scores, freezing, what follows."""

from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.service import model as service
from odoo.tools import mute_logger

from ...models.mixin.checks import Answer
from ..common import ADDON
from .conformity_common import TODAY, ConformityCase


class AssessmentCase(ConformityCase):
    def _call(self, user, model, method, *args):
        """Call by RPC, as a client does."""
        return service.call_kw(
            self.env[model].with_user(user).with_company(self.shop), method, args, {}
        )

    def _checked(self, **vals):
        assessment = self._new_assessment(**vals)
        assessment.action_check()
        return assessment


class TestAssessment(AssessmentCase):
    def test_the_first_one_is_the_gap_analysis(self):
        gap = self._new_assessment()
        self.assertEqual((gap.kind, gap.state), ("gap", "draft"))
        self.assertEqual(len(gap.line_ids), 112)
        self.assertEqual(gap.coverage, 0)
        self.assertFalse(gap.previous_id)
        gap.action_freeze()
        following = self._new_assessment()
        self.assertEqual((following.kind, following.previous_id), ("readiness", gap))

    def test_records_answer_what_they_can(self):
        self._new_file(lessons=None)
        gap = self._checked()
        line = self._answer(gap, 82)
        self.assertEqual((line.verdict, line.auto_verdict), ("no", "no"))
        self.assertEqual((line.population, line.failing_count), (1, 1))
        self.assertEqual(line.check_code, "closed_complete")
        self.assertEqual(line.threshold, 100)
        self.assertEqual(line.checked_at, gap.date)
        self.assertIn("1 of 1 records fail", line.found)
        action = line.action_view_failing()
        files = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(files.mapped("lessons"), [False])
        self.assertEqual(self._answer(gap, 13).verdict, "unchecked")

    def test_score_and_coverage_of_a_clause(self):
        gap = self._new_assessment()
        lines = self._answer(gap, 91).clause_result_id.line_ids
        result = lines.clause_result_id
        self.assertEqual((result.level, result.coverage), ("open", 0))
        lines = self._answer(gap, 2) | self._answer(gap, 1)
        result = lines.clause_result_id
        lines[0].write({"verdict": "partly", "reason": "Most of them, on paper"})
        self.assertEqual((result.score, result.coverage), (50, 50))
        lines[1].write({"verdict": "yes", "reason": "Seen in the signed policy"})
        self.assertEqual((result.score, result.coverage), (75, 100))
        self.assertEqual(gap.score, 75)
        self.assertEqual(gap.failing_count, 1)
        lines[0].write({"verdict": "na", "reason": "We exclude nothing"})
        self.assertEqual((result.score, result.coverage), (100, 100))

    def test_a_failed_hard_question_caps_its_clause(self):
        self._new_file(implemented_date=None)
        gap = self._checked()
        result = self._answer(gap, 79).clause_result_id
        for number in (80, 81):
            self._answer(gap, number).write(
                {"verdict": "yes", "reason": "Seen in five closed files"}
            )
        self.assertTrue(result.capped)
        self.assertEqual(result.score, 50)
        self.assertEqual(result.level, "poor")

    # ------------------------------------------------------------
    # Downgrading freely, upgrading with a reason
    # ------------------------------------------------------------

    def test_a_person_says_less_freely_and_more_with_a_reason(self):
        self._new_file()
        self._new_file(lessons=None)
        gap = self._checked()
        good, bad = self._answer(gap, 79), self._answer(gap, 82)
        self.assertEqual((good.verdict, bad.verdict), ("yes", "no"))
        good.verdict = "no"
        self.assertEqual(good.answered_by_id, self.lead)
        with self.assertRaisesRegex(ValidationError, "Question 82: the records say"):
            bad.verdict = "partly"
        bad.write({"verdict": "partly", "reason": "Written down on paper"})
        rows = self.env["iso10003.register"].search(
            [("file", "=", gap._register_file()), ("event", "=", "raised")]
        )
        self.assertEqual(
            rows.data["question"] + rows.data["from"] + rows.data["to"], "82nopartly"
        )
        self.assertEqual(rows.note, "Written down on paper")
        self.assertNotIn("paper", str(rows.data))

    def test_no_upgrade_without_reason_by_rpc(self):
        self._new_file(lessons=None)
        line = self._answer(self._checked(), 82)
        for vals in ({"verdict": "yes"}, {"verdict": "yes", "reason": "  "}):
            with self.assertRaises(ValidationError):
                self._call(
                    self.lead, "iso10003.assessment.line", "write", [line.id], vals
                )
        for name in ("auto_verdict", "failing_count", "checked_at", "hard", "weight"):
            with self.assertRaises(UserError):
                self._call(
                    self.lead,
                    "iso10003.assessment.line",
                    "write",
                    [line.id],
                    {name: False},
                )
        self.assertEqual(line.verdict, "no")

    def test_no_upgrade_without_reason_by_import(self):
        self._new_file(lessons=None)
        gap = self._checked()
        line = self._answer(gap, 82)
        Line = self.env["iso10003.assessment.line"].with_user(self.lead)
        rows = [[str(line.id), "Yes"]]
        with mute_logger("odoo.models"):
            result = Line.load([".id", "verdict"], rows)
        self.assertFalse(result["ids"])
        self.assertIn("give a reason", result["messages"][0]["message"])
        self.assertEqual(line.verdict, "no")

    def test_what_was_not_checked_is_raised_with_a_reason_too(self):
        line = self._answer(self._checked(), 82)
        self.assertEqual(line.auto_verdict, "unchecked")
        with self.assertRaises(ValidationError):
            line.verdict = "yes"
        line.verdict = "no"
        # where there is no check, people answer as they see it, and say what they saw
        self._answer(line.assessment_id, 34).write(
            {"verdict": "yes", "reason": "Two people are enough"}
        )

    def test_not_applicable_takes_a_reason(self):
        line = self._answer(self._new_assessment(), 34)
        with self.assertRaisesRegex(ValidationError, "say why it does not apply"):
            line.verdict = "na"

    def test_checking_again_keeps_what_people_said(self):
        self._new_file(lessons=None)
        gap = self._checked()
        line = self._answer(gap, 82)
        line.write({"verdict": "partly", "reason": "Written down on paper"})
        other = self._answer(gap, 79)
        other.verdict = "no"
        gap.action_check()
        self.assertEqual((line.verdict, other.verdict), ("partly", "no"))
        self.assertEqual(line.auto_verdict, "no")

    def test_only_a_manager_assesses_and_an_auditor_reads(self):
        gap = self._checked()
        line = self._answer(gap, 34)
        auditor = line.with_user(self.inspector)
        self.assertEqual(auditor.verdict, "unchecked")
        for attempt in (
            lambda: auditor.write({"verdict": "yes"}),
            gap.with_user(self.inspector).action_check,
            gap.with_user(self.inspector).action_freeze,
            lambda: gap.with_user(self.inspector).action_assess_now(),
            lambda: line.with_user(self.handler).read(["verdict"]),
            lambda: gap.with_user(self.handler).read(["score"]),
        ):
            with self.assertRaises(AccessError):
                attempt()

    # ------------------------------------------------------------
    # Frozen
    # ------------------------------------------------------------

    def test_frozen_it_does_not_change_any_more(self):
        gap = self._checked()
        gap.conclusion = "We begin with the policy."
        gap.action_freeze()
        self.assertEqual((gap.state, gap.frozen_by_id), ("done", self.lead))
        for attempt in (
            gap.action_check,
            gap.action_freeze,
            lambda: gap.write({"conclusion": "All is well."}),
            lambda: gap.write({"profile": "registrar"}),
            lambda: gap.line_ids[0].write({"verdict": "no"}),
            lambda: gap.sudo().unlink(),
            lambda: gap.line_ids[0].sudo().unlink(),
            gap.copy,
        ):
            with self.assertRaises(UserError):
                attempt()
        row = self.env["iso10003.register"].search(
            [("file", "=", gap._register_file()), ("event", "=", "assessed")]
        )
        self.assertEqual(len(row.data["verdicts"]), 112)
        self.assertEqual(self.env["iso10003.register"].sudo().verify_chain(), [])

    def test_the_scores_of_a_frozen_one_do_not_move(self):
        gap = self._checked()
        gap.action_freeze()
        clause = gap.clause_result_ids[0]
        line, later = clause.line_ids[0], self._new_assessment()
        question = line.requirement_id.sudo().copy({"code": 999})
        added = clause.clause_id.sudo().copy({"number": "99"})
        before = clause.score, clause.coverage, gap.score
        for attempt in (
            lambda: clause.write({"score": 100}),
            lambda: gap.write({"score": 100}),
            lambda: clause.create({"assessment_id": gap.id, "clause_id": added.id}),
            lambda: line.create(
                {
                    "assessment_id": later.id,
                    "clause_result_id": clause.id,
                    "requirement_id": question.id,
                }
            ),
            lambda: later.line_ids[0].write({"clause_result_id": clause.id}),
            lambda: clause.write({"line_ids": [Command.link(later.line_ids[0].id)]}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()
            self.env.invalidate_all()
            self.assertEqual((clause.score, clause.coverage, gap.score), before)

    def test_scores_by_main_clause_are_in_the_words_of_their_reader(self):
        gap = self._new_assessment()
        results = gap.clause_result_ids
        self.assertEqual(results.mapped("part"), results.clause_id.mapped("part"))
        for lang, told in (("en_US", "ISO 10003 · 7"), ("fa_IR", "ISO 10003، بند ۷")):
            field = results.with_context(lang=lang).fields_get(["part"])["part"]
            self.assertEqual(dict(field["selection"])["ISO 10003 · 7"], told)
        groups = results.formatted_read_group(
            [("assessment_id", "=", gap.id)], ["part"], ["__count"]
        )
        self.assertIn("ISO 10003 · 7", [group["part"] for group in groups])

    def test_the_questions_it_asked_keep_their_words(self):
        edition = self.questions.copy({"name": "Mine", "sequence": 1})
        question = edition.requirement_ids[0]
        question.name = "Are there enough people?"
        self._new_assessment(set_id=edition.id).action_freeze()
        with self.assertRaisesRegex(UserError, "keeps its words"):
            question.name = "Other words"
        with self.assertRaisesRegex(UserError, "keeps its words"):
            question.update_field_translations("name", {"en_US": "Other words"})
        with self.assertRaisesRegex(UserError, "keeps its words"):
            question.unlink()
        question.weight = 2  # how much it counts may change for the next one

    def test_a_new_edition_is_a_new_set(self):
        self._new_assessment().action_freeze()
        edition = self.questions.copy({"name": "A new edition", "sequence": 1})
        self.assertEqual(len(edition.requirement_ids), 112)
        edition.requirement_ids[0].name = "Asked in other words"
        self.assertEqual(self._new_assessment().set_id, edition)

    def test_a_set_has_each_number_once(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            with self.env.cr.savepoint():
                self._question(1).copy()
                self.env.flush_all()

    def test_a_set_without_questions_is_refused(self):
        empty = self.env["iso10003.requirement.set"].create({"name": "Empty"})
        with self.assertRaisesRegex(ValidationError, "no questions to answer"):
            self._new_assessment(set_id=empty.id)

    # ------------------------------------------------------------
    # Errors, trends, profiles
    # ------------------------------------------------------------

    def test_a_check_that_raises_shows_on_its_line_and_the_others_go_on(self):
        self._new_file(lessons=None)

        def fail(self, company):
            self.env.cr.execute("SELECT 1 / 0")

        model = self.env.registry["iso10003.policy"]
        logger = "odoo.addons.odoo_iso10003.models.conformity.requirement_checks"
        with (
            patch.object(model, "_audit_cost_told", fail),
            mute_logger(logger, "odoo.sql_db"),
        ):
            gap = self._checked()
        line = self._answer(gap, 15)
        self.assertEqual(line.verdict, "unchecked")
        self.assertIn("division by zero", line.found)
        self.assertEqual(self._answer(gap, 82).verdict, "no")
        self.assertEqual(self._answer(gap, 1).auto_verdict, "no")

    def test_the_next_one_takes_over_what_people_answered(self):
        self._new_file(lessons=None)
        gap = self._checked()
        by_hand = self._answer(gap, 34)
        by_hand.write({"verdict": "yes", "reason": "Two people are enough"})
        self._answer(gap, 82).write(
            {"verdict": "partly", "reason": "Written down on paper"}
        )
        gap.action_freeze()
        following = self._checked()
        taken = self._answer(following, 34)
        self.assertEqual((taken.verdict, taken.reason), ("yes", by_hand.reason))
        self.assertEqual(taken.answered_at, by_hand.answered_at)
        # what the records answer is looked at anew
        self.assertEqual(self._answer(following, 82).verdict, "no")
        following.action_freeze()
        self._set_columns(
            taken, answered_at=fields.Datetime.now() - timedelta(days=400)
        )
        self.assertEqual(self._answer(self._new_assessment(), 34).verdict, "unchecked")

    def test_it_gets_better(self):
        file = self._new_file(lessons=None)
        gap = self._checked()
        gap.action_freeze()
        file._guarded_write({"lessons": "Test the seals."})
        following = self._checked()
        self.assertGreater(following.score, gap.score)
        self.assertAlmostEqual(following.change, following.score - gap.score)
        clause = self._answer(following, 82).clause_result_id
        self.assertGreater(clause.change, 0)

    def test_profiles(self):
        gap = self._checked()
        self.assertFalse(gap.blocked)
        line = self._answer(gap, 110)
        self.assertFalse(line.counts)
        gap.profile = "registrar"
        self.assertTrue(gap.blocked)
        self.assertTrue(line.counts)
        line.write({"verdict": "yes", "reason": "Seen on paper by all of us"})
        self.assertFalse(gap.blocked)
        gap.action_freeze()
        self.assertEqual(self._new_assessment().profile, "registrar")

    def test_what_is_not_met_is_listed_as_it_is_counted(self):
        self._new_file(implemented_date=None)
        gap = self._checked()
        # certificates wanted first do not count in the profile “ISO text”
        self._answer(gap, 110).verdict = "no"
        for profile in ("iso_text", "registrar"):
            gap.profile = profile
            domain = [
                *gap.action_view_failing()["domain"],
                ("verdict", "in", ["no", "partly"]),
            ]
            with self.subTest(profile):
                self.assertEqual(gap.line_ids.search_count(domain), gap.failing_count)

    def test_the_product_never_says_certified(self):
        texts = [*self.questions.requirement_ids.mapped("name")]
        views = self.env["ir.ui.view"].search([("key", "like", f"{ADDON}.")])
        for view in views:
            # people are certified in what they learned; organizations are not here
            if "training" not in view.key:
                texts.append(view.arch)
        for text in texts:
            self.assertNotRegex(text.lower(), r"certified|certifiable")

    # ------------------------------------------------------------
    # What follows
    # ------------------------------------------------------------

    def test_one_click_to_a_corrective_action(self):
        self._new_file(implemented_date=None)
        gap = self._checked()
        line = self._answer(gap, 79)
        action = line.action_raise_nonconformity()
        found = self.env["mgmtsystem.nonconformity"].browse(action["res_id"])
        self.assertEqual(line.nonconformity_id, found)
        self.assertEqual(found.requirement_id, line.requirement_id)
        self.assertEqual(found.clause_id.number, "7.6")
        self.assertIn("1 of 1 records fail", found.description)
        self.assertEqual(
            found.severity_id,
            self.env.ref("mgmtsystem_nonconformity.nonconformity_severity_maj"),
        )
        self.assertEqual(found.action_ids.type_action, "correction")
        self.assertEqual(found.action_ids.user_id, self.lead)
        self.assertGreater(found.action_ids.date_deadline, TODAY)
        self.assertEqual(
            found.with_user(self.lead).action_view_origin()["res_id"], gap.id
        )
        # a second click opens the same one
        self.assertEqual(line.action_raise_nonconformity()["res_id"], found.id)
        gap.action_freeze()
        self.assertEqual(line.action_raise_nonconformity()["res_id"], found.id)

    def test_nothing_to_correct_where_it_holds(self):
        self._new_file()
        line = self._answer(self._checked(), 79)
        with self.assertRaisesRegex(UserError, "nothing to correct"):
            line.action_raise_nonconformity()

    def test_findings_are_counted_by_clause_age_and_owner(self):
        self._new_file(implemented_date=None)
        line = self._answer(self._checked(), 79)
        line.action_raise_nonconformity()
        found = line.nonconformity_id
        self._set_columns(
            found, create_date=fields.Datetime.now() - timedelta(days=100)
        )
        self._set_columns(found.action_ids, date_deadline=TODAY - timedelta(days=1))
        Report = self.env["iso10003.finding.report"].with_user(self.inspector)
        row = Report.search([("nonconformity_id", "=", found.id)])
        self.assertEqual(
            (row.clause_id, row.age_band, row.user_id, row.overdue_count, row.state),
            (found.clause_id, "180", self.lead, 1, "open"),
        )
        self.assertEqual(
            self.env["mgmtsystem.nonconformity"].search(
                [("action_overdue", "=", True), ("requirement_id", "!=", False)]
            )
            & found,
            found,
        )

    # ------------------------------------------------------------
    # Board and scheduled action
    # ------------------------------------------------------------

    def test_the_board_shows_the_newest_assessment(self):
        Assessment = self.env["iso10003.assessment"].with_user(self.lead)
        Assessment = Assessment.with_company(self.shop)
        action = Assessment.action_open_board()
        self.assertEqual(action["res_model"], "iso10003.assessment")
        opened = Assessment.browse(Assessment.action_assess_now()["res_id"])
        self.assertEqual(opened.kind, "gap")
        action = Assessment.with_user(self.inspector).action_open_board()
        self.assertEqual(action["domain"], [("assessment_id", "=", opened.id)])
        self.assertEqual(
            action["display_name"],
            f"Readiness: {opened.standing} (in work)",
        )
        self.assertEqual(Assessment.action_assess_now()["res_id"], opened.id)

    def test_a_company_that_fails_leaves_no_other_without(self):
        Assessment = self.env["iso10003.assessment"]
        other = self.env["res.company"].create({"name": "Other shop"})
        companies = self.shop | other
        model = self.env.registry["iso10003.assessment"]
        assess, asked = model._assess_company, []

        def fail(self, company):
            asked.append(company)
            if company == companies[0]:
                raise RuntimeError("out of order")
            return assess(self, company)

        with (
            patch.object(model, "_find_due_companies", lambda self: companies),
            patch.object(model, "_assess_company", fail),
            mute_logger("odoo.addons.odoo_iso10003.models.conformity.assessment_life"),
            self.enter_registry_test_mode(),
        ):
            self.env.ref(f"{ADDON}.cron_assess").method_direct_trigger()
        self.assertEqual(asked, list(companies))
        made = Assessment.search([("company_id", "in", companies.ids)])
        self.assertEqual(made.company_id, other)

    def test_the_scheduled_action_assesses_who_is_due(self):
        Assessment = self.env["iso10003.assessment"]
        cron = self.env.ref(f"{ADDON}.cron_assess")

        def run():
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
            return Assessment.search([("company_id", "=", self.shop.id)])

        self.assertFalse(run(), "who never began is left alone")
        gap = self._checked()
        gap.action_freeze()
        self.assertEqual(run(), gap)
        # nobody looked for half a year
        self._set_columns(gap, date=fields.Datetime.now() - timedelta(days=180))
        made = run() - gap
        self.assertEqual((made.kind, made.state), ("periodic", "done"))
        self.assertEqual(made.previous_id, gap)
        self.assertEqual(run(), made | gap)

    def test_an_answer_of_a_number_is_judged_by_its_threshold(self):
        question = self._question(17)
        result = question._judge_answer(Answer(3, value=4.0, threshold=5.0))
        self.assertEqual(result.verdict, "no")
        result = question._judge_answer(Answer(3, value=5.0, threshold=5.0))
        self.assertEqual(result.verdict, "yes")
        result = question._judge_answer(Answer(0, value=0.0, threshold=0.0))
        self.assertEqual(result.verdict, "unchecked")
