# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every way found to raise a score without evidence is refused or printed."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.service.model import call_kw

from ...core import segregation
from ..common import ADDON
from .conformity_common import TODAY, ConformityCase, days


class GamingCase(ConformityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._new_user(
            "second",
            f"{ADDON}.group_manager",
            company_id=cls.shop.id,
            company_ids=[Command.set(cls.shop.ids)],
        )

    def _call(self, user, record, method, *args):
        return call_kw(
            self.env[record._name].with_user(user).with_company(self.shop),
            method,
            (record.ids, *args),
            {},
        )

    def _print(self, assessment, user=None, lang="en_US"):
        report = self.env["ir.actions.report"].with_user(user or self.lead)
        html, _kind = report.with_context(lang=lang)._render_qweb_html(
            f"{ADDON}.readiness_statement", assessment.ids
        )
        return " ".join(html.decode().split())

    def _separate(self):
        """Have the policy in force separate duties."""
        for row in self.policy.segregation_ids:
            rule = segregation.RULES[row.code]
            self._set_columns(row, strength=rule.separate)
        self.env.registry.clear_cache()


class TestEvidence(GamingCase):
    def test_a1_a_good_answer_by_hand_wants_evidence(self):
        line = self._answer(self._new_assessment(), 34)
        for verdict in ("yes", "partly"):
            for reason in (False, "x", "yes yes yes yes yes", " . . . . . . . . "):
                with self.assertRaisesRegex(ValidationError, "wants evidence"):
                    self._call(
                        self.lead, line, "write", {"verdict": verdict, "reason": reason}
                    )
        line.verdict = "no"  # which earns nothing
        line.write({"verdict": "yes", "reason": "Asked two handlers on Monday"})
        with self.assertRaisesRegex(ValidationError, "wants evidence"):
            line.reason = False

    def test_a_page_or_a_file_with_content_is_evidence(self):
        gap = self._new_assessment()
        page = self.env["document.page"].create(
            {"name": "Minutes", "content": "<p>Text</p>", "company_id": self.shop.id}
        )
        self._answer(gap, 38).write({"verdict": "yes", "page_id": page.id})
        line = self._answer(gap, 37)
        empty = self.env["ir.attachment"].with_user(self.lead).create({"name": "Empty"})
        with self.assertRaisesRegex(ValidationError, "wants evidence"):
            line.write({"verdict": "yes", "evidence_ids": [Command.set(empty.ids)]})
        paper = (
            self.env["ir.attachment"]
            .with_user(self.lead)
            .create({"name": "Issues", "raw": b"Issues of 2026"})
        )
        line.write({"verdict": "yes", "evidence_ids": [Command.set(paper.ids)]})
        gap.action_freeze()
        row = self.env["iso10003.register"].search(
            [("file", "=", gap._register_file()), ("event", "=", "assessed")]
        )
        self.assertEqual(row.data["evidence"]["38"]["page"], page.id)
        self.assertEqual(len(row.data["evidence"]["37"]["files"][0]), 64)
        for attempt in (
            lambda: paper.sudo().write({"raw": b"Other issues"}),
            paper.sudo().unlink,
        ):
            with self.assertRaisesRegex(UserError, "frozen"):
                attempt()

    def test_an_interview_was_not_held_tomorrow(self):
        line = self._answer(self._new_assessment(), 34)
        line.write(
            {
                "verdict": "yes",
                "reason": "Both handlers say so",
                "interviewee": "Handler of the north",
                "interviewed_on": TODAY,
            }
        )
        with self.assertRaises(ValidationError):
            line.interviewed_on = days(9)

    def test_a1_the_three_calls_that_printed_100_percent(self):
        """Set everything to “yes” or “not applicable”, and freeze: it was 100 %."""
        self._new_file(implemented_date=None)
        gap = self._new_assessment()
        by_hand = gap.line_ids.filtered(lambda line: not line.requirement_id.check)
        others = gap.line_ids - by_hand
        with self.assertRaises(ValidationError):
            by_hand.write({"verdict": "yes"})
        with self.assertRaises(ValidationError):
            others.write({"verdict": "na", "reason": "x"})
        # who gives reasons of substance has them printed, with the name
        by_hand.write({"verdict": "na", "reason": "Nothing of that kind here"})
        others.write({"verdict": "na", "reason": "This does not concern us"})
        self.assertEqual((gap.score, gap.coverage), (0, 0))
        gap.action_freeze()
        self.assertEqual(self._answer(gap, 79).auto_verdict, "no")
        html = self._print(gap)
        self.assertIn("Questions left out", html)
        self.assertEqual(html.count("No second person"), gap.departure_count)
        self.assertIn("This does not concern us", html)
        self.assertIn(self.lead.name, html)

    def test_questions_that_were_never_asked_of_the_records_are_raised_too(self):
        """Before “Check the records now” nothing was known to be raised."""
        self._new_file(lessons=None)
        gap = self._new_assessment()
        line = self._answer(gap, 82)
        with self.assertRaisesRegex(ValidationError, "the records say “Not checked”"):
            line.verdict = "yes"
        line.write({"verdict": "yes", "reason": "Known to all of us"})
        self.assertEqual(line.departure, "raised")
        gap.action_freeze()
        # frozen says what the records say on that day
        self.assertEqual((line.auto_verdict, line.verdict), ("no", "yes"))
        self.assertEqual(line.checked_at, gap.date)

    def test_records_are_asked_anew_where_the_last_time_was_long_ago(self):
        file = self._new_file()
        gap = self._new_assessment()
        gap.action_check()
        self.assertEqual(self._answer(gap, 82).verdict, "yes")
        file._guarded_write({"lessons": False})
        for line in gap.line_ids.filtered("checked_at"):
            self._set_columns(
                line, checked_at=fields.Datetime.now() - timedelta(hours=30)
            )
        gap.action_freeze()
        self.assertEqual(self._answer(gap, 82).verdict, "no")

    def test_nobody_writes_what_the_records_say(self):
        self._new_file(lessons=None)
        gap = self._new_assessment()
        gap.action_check()
        line = self._answer(gap, 82)
        for name, value in (
            ("auto_verdict", "yes"),
            ("value", 100),
            ("sample_seed", "mine"),
            ("departure", False),
            ("confirmed_by_id", self.second.id),
            ("confirmed_at", fields.Datetime.now()),
            ("answered_by_id", self.second.id),
            ("weight", 1000),
        ):
            with self.subTest(name), self.assertRaises(UserError):
                self._call(self.lead, line, "write", {name: value})
        line.write({"verdict": "partly", "reason": "Written down on paper"})
        gap.action_check()
        self.assertEqual((line.auto_verdict, line.verdict), ("no", "partly"))

    def test_nobody_adds_a_heavy_question_to_an_assessment(self):
        gap = self._new_assessment()
        heavy = self._question(34).copy({"code": "999", "weight": 1000})
        with self.assertRaises(AccessError):
            self.env["iso10003.assessment.line"].with_user(self.lead).create(
                {
                    "assessment_id": gap.id,
                    "clause_result_id": self._answer(gap, 34).clause_result_id.id,
                    "requirement_id": heavy.id,
                    "verdict": "yes",
                    "reason": "Two people are enough",
                }
            )
        with self.assertRaises(AccessError):
            self._call(
                self.lead,
                gap,
                "write",
                {
                    "line_ids": [
                        Command.create(
                            {
                                "clause_result_id": gap.clause_result_ids[0].id,
                                "requirement_id": heavy.id,
                            }
                        )
                    ]
                },
            )

    def test_weights_and_marks_of_ones_own_are_printed(self):
        own = self.questions.copy({"name": "Mine", "company_id": self.shop.id})
        question = own.requirement_ids.filtered(lambda one: one.code == "82")
        question.write({"target": 50, "partly_from": 10, "weight": 9})
        self._new_file()
        self._new_file(lessons=None)
        gap = self._new_assessment(set_id=own.id)
        gap.action_freeze()
        html = self._print(gap)
        self.assertIn("counts these questions otherwise", html)
        row = html[html.index("counts these questions otherwise") :]
        row = row[: row.index("</table>")]
        self.assertIn(">9<", row)
        self.assertIn(">50<", row)

    def test_by_hand_answers_are_printed_with_what_they_rest_on(self):
        gap = self._new_assessment()
        self._answer(gap, 34).write(
            {"verdict": "yes", "reason": "Asked two handlers on Monday"}
        )
        gap.action_freeze()
        html = self._print(gap)
        self.assertIn("Answered by hand", html)
        self.assertIn("Asked two handlers on Monday", html)
        self.assertIn("Not answered", html)
        self.assertIn(self._question(35).name, html)

    def test_the_registrars_block_is_lifted_by_certificates_alone(self):
        gap = self._new_assessment(profile="registrar")
        line = self._answer(gap, 110)
        self.assertTrue(gap.blocked)
        line.write({"verdict": "na", "reason": "We need no certificates here"})
        self.assertTrue(gap.blocked)
        self.assertTrue(line.clause_result_id.blocked)

    def test_drafts_are_marked_and_nobody_signs_them(self):
        gap = self._new_assessment()
        html = self._print(gap)
        self.assertIn("Draft, in work", html)
        self.assertNotIn("Signatures", html)
        gap.action_freeze()
        html = self._print(gap)
        self.assertNotIn("Draft, in work", html)
        self.assertIn("Signatures", html)
        self.assertEqual(gap.frozen_at.date(), TODAY)
        with self.assertRaises(UserError):
            gap.write({"frozen_at": False})

    def test_what_lacks_evidence_is_not_carried_over(self):
        gap = self._new_assessment()
        good, bad = self._answer(gap, 34), self._answer(gap, 45)
        for line in good | bad:
            line.write({"verdict": "yes", "reason": "Asked two handlers on Monday"})
        gap.action_freeze()
        # as answers were before they had to show anything
        self._set_columns(bad, reason="x")
        following = self._new_assessment()
        self.assertEqual(self._answer(following, 34).verdict, "yes")
        self.assertEqual(self._answer(following, 34).answered_by_id, self.lead)
        self.assertEqual(self._answer(following, 45).verdict, "unchecked")


class TestSecondPerson(GamingCase):
    def _raised(self):
        self._new_file(lessons=None)
        gap = self._new_assessment()
        gap.action_check()
        line = self._answer(gap, 82)
        line.write({"verdict": "yes", "reason": "Written down on paper"})
        return gap, line

    def test_where_duties_are_separate_somebody_else_stands_for_it(self):
        self._separate()
        gap, line = self._raised()
        self.assertEqual(gap.unconfirmed_count, 1)
        with self.assertRaisesRegex(UserError, "confirm questions 82"):
            gap.action_freeze()
        with self.assertRaisesRegex(ValidationError, "somebody else has to do this"):
            self._call(self.lead, line, "action_confirm")
        with self.assertRaises(AccessError):
            self._call(self.handler, line, "action_confirm")
        self._call(self.second, line, "action_confirm")
        self.assertEqual(line.confirmed_by_id, self.second)
        gap.action_freeze()
        self.assertIn(f"Confirmed by <span>{self.second.name}", self._print(gap))
        rows = self.env["iso10003.register"].search(
            [("file", "=", gap._register_file()), ("event", "=", "confirmed")]
        )
        self.assertEqual(rows.data["answered_by"], self.lead.id)

    def test_top_management_may_stand_for_it_and_changes_nothing(self):
        self._separate()
        gap, line = self._raised()
        director = line.with_user(self.director)
        self.assertEqual(director.verdict, "yes")
        with self.assertRaises(AccessError):
            director.write({"verdict": "no"})
        self._call(self.director, gap, "action_confirm_all")
        self.assertEqual(line.confirmed_by_id, self.director)

    def test_another_answer_is_confirmed_anew(self):
        gap, line = self._raised()
        self._call(self.second, line, "action_confirm")
        line.reason = "Written down in another book"
        self.assertFalse(line.confirmed_by_id)
        self.assertEqual(gap.unconfirmed_count, 1)

    def test_two_people_alone_go_on_and_it_is_printed(self):
        gap, line = self._raised()
        gap.action_freeze()
        html = self._print(gap)
        self.assertIn("Answers better than the records", html)
        self.assertIn("Written down on paper", html)
        self.assertIn("No second person", html)

    def test_a_question_left_out_by_hand_is_one_too(self):
        self._separate()
        gap = self._new_assessment()
        line = self._answer(gap, 9)
        line.write({"verdict": "na", "reason": "Nobody has agreed to anything"})
        self.assertEqual(line.departure, "excluded")
        with self.assertRaisesRegex(UserError, "confirm questions 9"):
            gap.action_freeze()
        rows = self.env["iso10003.register"].search(
            [("file", "=", gap._register_file()), ("event", "=", "raised")]
        )
        self.assertEqual((rows.data["question"], rows.data["to"]), ("9", "na"))

    def test_the_scheduled_one_leaves_out_what_nobody_confirmed(self):
        gap = self._new_assessment()
        self._answer(gap, 9).write(
            {"verdict": "na", "reason": "Nobody has agreed to anything"}
        )
        gap.action_freeze()
        self._separate()
        made = self.env["iso10003.assessment"]._assess_company(self.shop)
        self.assertEqual(made.state, "done")
        self.assertEqual(self._answer(made, 9).verdict, "unchecked")


class TestScores(GamingCase):
    def test_a2_an_unanswered_hard_question_caps_its_clause_and_says_so(self):
        gap = self._new_assessment()
        others = self._answer(gap, 18).clause_result_id.line_ids - self._answer(gap, 18)
        line = others.filtered(lambda line: not line.requirement_id.check)[0]
        line.write({"verdict": "yes", "reason": "Seen in five closed files"})
        result = line.clause_result_id
        self.assertTrue(result.capped and result.hard_open)
        self.assertEqual((result.score, result.level), (50, "poor"))
        # of the seven hard questions, two are in one clause
        self.assertEqual(gap.hard_open_count, 6)
        gap.action_freeze()
        self.assertIn("a hard question is not answered", self._print(gap))

    def test_a2_one_figure_for_score_and_coverage(self):
        gap = self._new_assessment()
        self._answer(gap, 34).write(
            {"verdict": "yes", "reason": "Asked two handlers on Monday"}
        )
        self.assertEqual(gap.standing, "100 % of the 1 % answered")
        self.assertIn("100 % of the 1 % answered", gap.action_view_board()["name"])
        self.env["res.lang"]._activate_lang("fa_IR")
        self.assertIn("۱۰۰", gap.with_context(lang="fa_IR").standing)

    def test_a2_a_question_weighs_the_same_in_each_clause(self):
        gap = self._new_assessment()
        # one clause of one question, and one of many
        alone = self._answer(gap, 34)
        self.assertEqual(len(alone.clause_result_id.line_ids), 1)
        many = self._answer(gap, 10).clause_result_id.line_ids.filtered(
            lambda line: not line.hard
        )
        alone.write({"verdict": "yes", "reason": "Asked two handlers on Monday"})
        self._answer(gap, 9).write(
            {"verdict": "yes", "reason": "Seen in five closed files"}
        )
        for line in many:
            line.verdict = "no"
        self.assertAlmostEqual(gap.score, 100 * 2 / (2 + len(many)))

    def test_a4_trends_do_not_average_what_was_not_answered(self):
        gap = self._new_assessment()
        self._answer(gap, 34).write(
            {"verdict": "yes", "reason": "Asked two handlers on Monday"}
        )
        gap.action_freeze()
        Clause = self.env["iso10003.assessment.clause"].with_user(self.lead)
        mine = [("assessment_id", "=", gap.id)]
        [(whole,)] = Clause._read_group(mine, [], ["score:avg"])
        self.assertAlmostEqual(whole, gap.score)
        trend = self.env.ref(f"{ADDON}.assessment_clause_action_trend")
        domain = [*mine, ("answered_count", ">", 0)]
        self.assertIn("answered_count", trend.domain)
        for _part, score in Clause._read_group(domain, ["part"], ["score:avg"]):
            self.assertIsNotNone(score)
        answered = Clause.search(domain)
        self.assertEqual(
            {part for (part,) in Clause._read_group(domain, ["part"])},
            set(answered.mapped("part")),
        )
        # nor does an assessment in which nothing was answered
        empty = self._new_assessment()
        for line in empty.line_ids:
            self._set_columns(line, verdict="unchecked")
        self._set_columns(empty, score=0, coverage=0)
        Assessment = self.env["iso10003.assessment"].with_user(self.lead)
        [(mean,)] = Assessment._read_group(
            [("id", "in", (gap | empty).ids)], [], ["score:avg"]
        )
        self.assertAlmostEqual(mean, gap.score)

    def test_a5_left_out_is_not_the_same_as_not_checked(self):
        gap = self._new_assessment()
        line = self._answer(gap, 34)
        result = line.clause_result_id
        self.assertEqual(result.level, "open")
        line.write({"verdict": "na", "reason": "There is one dispute a year"})
        self.assertEqual(result.level, "na")
        gap.action_freeze()
        self.assertIn("Not applicable", self._print(gap))

    def test_defaults_of_a_new_company_answer_nothing(self):
        """15, 17, 23, 30, 41 were “yes” by what ships."""
        for number in (15, 17, 23, 30, 41):
            with self.subTest(question=number):
                result = self._result(number)
                self.assertEqual(result.verdict, "unchecked", result)
                self.assertEqual(result.note, "shipped")

    def test_an_empty_gap_analysis_is_none(self):
        gap = self._new_assessment()
        for line in gap.line_ids:
            line.write({"verdict": "unchecked"})
        self._set_columns(gap, state="done", coverage=0)
        self.assertEqual(self._result(49).verdict, "no")


class TestWhatIsLookedAt(GamingCase):
    def test_each_question_says_what_it_looks_at(self):
        for question in self.questions.requirement_ids:
            with self.subTest(question.code):
                self.assertTrue(question.looks_at)
                # what records answer has its limits
                self.assertEqual(bool(question.check), bool(question.blind_to))

    def test_records_that_hold_are_shown_as_those_that_fail(self):
        good, bad = self._new_file(), self._new_file(lessons=None)
        gap = self._new_assessment()
        gap.action_check()
        line = self._answer(gap, 82)
        action = line.action_view_holding()
        self.assertEqual(action["res_model"], "iso10003.dispute")
        self.assertEqual(action["domain"], [("id", "in", good.ids)])
        self.assertEqual(line.action_view_failing()["domain"], [("id", "in", bad.ids)])

    def test_holding_and_failing_make_up_the_population(self):
        self._new_file()
        self._new_file(lessons=None, category_id=None)
        for question in self.questions.requirement_ids.filtered("check"):
            result = question._run_checks(self.shop)[question]
            holding = question._find_holding(self.shop)
            if not holding:
                continue
            with self.subTest(question.code):
                self.assertEqual(len(holding) + result.failing_count, result.population)
                self.assertFalse(set(holding.ids) & set(result.failing_ids))

    def test_a8_a_sample_says_that_it_is_one_with_its_seed(self):
        self._new_file()
        gap = self._new_assessment()
        gap.action_check()
        line = self._answer(gap, 7)
        self.assertTrue(line.sample_seed)
        self.assertIn(f"A sample, drawn with the seed {line.sample_seed}", line.found)
        self.assertNotIn("A sample", self._answer(gap, 82).found)
