# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What talks, hearings and papers say to audit questions 20, 29, 70 and 73.

Written past all rules, as what a check is to find nobody can enter.
"""

from datetime import timedelta

from odoo.tools import SQL

from ..conformity.conformity_common import ANY, NOW, TODAY, CheckCase, days
from ..migration_common import run_migration

QUESTIONS = {20, 29, 70, 73}
GATES = ("proceedings_ended", "review_decided")


class ProceedingCheckCase(CheckCase):
    def _put(self, model, /, **columns):
        """Return a new record of a model, written past all rules."""
        table = self.env[model]._table
        self._insert(table, **columns)
        query = SQL("SELECT MAX(id) FROM %s", SQL.identifier(table))
        [(last,)] = self.env.execute_query(query)
        return self.env[model].browse(last)

    def _before(self, method="determinative", **columns):
        """Return a proceeding of a new file."""
        dispute = self._new_file(**columns)
        return self._put(
            "iso10003.proceeding",
            dispute_id=dispute.id,
            company_id=self.shop.id,
            method=method,
            state="running",
            begun_by="complainant",
        )

    def _forget_gates(self):
        """Let the version be one from before proceedings and results."""
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM iso10003_policy_gate WHERE policy_id = %s AND code IN %s",
            [self.policy.id, GATES],
        )
        self.env.invalidate_all()

    def _assert_left_out(self, number, count):
        """Assert that under versions from before nobody asks, and how many are."""
        self._forget_gates()
        result = self._result(number)
        self._assert_unchecked(result)
        self.assertEqual(result.left_out, count)


class TestHearingChecks(ProceedingCheckCase):
    def _hear(self, proceeding, **columns):
        """Return a hearing that was announced, held and written down."""
        start = NOW - timedelta(days=10)
        return self._put(
            "iso10003.hearing",
            **{
                "proceeding_id": proceeding.id,
                "company_id": self.shop.id,
                "kind": "oral",
                "mode": "person",
                "start": start,
                "stop": start + timedelta(hours=1),
                "duration": 1,
                "notice_date": days(-20),
                "notice_days": 5,
                "state": "held",
                "outcome": "heard",
                "summary": "<p>Both said what they had written.</p>",
                **columns,
            },
        )

    def _come(self, hearing, role="representative", attended="yes"):
        self._put(
            "iso10003.hearing.participant",
            hearing_id=hearing.id,
            company_id=self.shop.id,
            partner_id=self.handler.partner_id.id,
            role=role,
            confirmed="yes",
            attended=attended,
        )

    def test_70_we_came_prepared(self):
        self._assert_unchecked(self._result(70))
        self._hear(self._before())  # no talks
        self._hear(self._before("facilitative"), state="cancelled")
        self._hear(self._before("facilitative"), start=days(-500), stop=days(-500))
        self._assert_unchecked(self._result(70))
        good = self._hear(self._before("facilitative"))
        self._come(good)
        self._assert_holds(self._result(70), 1)
        failing = self.env["iso10003.hearing"]
        for columns, role, attended, file in (
            ({"outcome": "absent_us"}, "representative", "yes", {}),
            ({}, "representative", "no", {}),
            ({}, "witness", "yes", {}),
            ({}, "counsel", "yes", {"response_date": None}),
        ):
            bad = self._hear(self._before("facilitative", **file), **columns)
            self._come(bad, role, attended)
            failing |= bad
            with self.subTest(columns=columns, role=role, file=file):
                self._assert_fails(self._result(70), failing, 1 + len(failing), ANY)
        self._assert_left_out(70, 1 + len(failing))

    def test_73_announced_and_written_down(self):
        self._assert_unchecked(self._result(73))
        self._hear(self._before("facilitative"))
        ahead = NOW + timedelta(days=3)
        self._hear(self._before(), start=ahead, stop=ahead, state="planned")
        self._assert_unchecked(self._result(73))
        self._hear(self._before())
        self._hear(self._before("advisory"), notice_date=days(-15))
        self._assert_holds(self._result(73), 2)
        failing = self.env["iso10003.hearing"]
        for columns in (
            {"notice_date": None},
            {"notice_date": days(-14)},
            {"state": "planned", "outcome": None},
            {"summary": None},
            {"summary": "<p><br></p>"},
        ):
            failing |= self._hear(self._before(), **columns)
            with self.subTest(columns):
                self._assert_fails(self._result(73), failing, 2 + len(failing), ANY)
        self._assert_left_out(73, 2 + len(failing))


class TestDocumentChecks(ProceedingCheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.judge = cls.env["res.partner"].create({"name": "Who decides"})

    def _put_on_file(self, dispute, marked=False, **columns):
        file = dispute.sudo().file_ids
        return self._put(
            "iso10003.document",
            **{
                "file_id": file.id,
                "matter_id": file.id,
                "company_id": self.shop.id,
                "name": "Paper",
                "date": TODAY,
                "source": "organization",
                "audience": "parties",
                "without_prejudice": marked,
                "sha256": "0" * 64,
                "version": 1,
                **columns,
            },
        )

    def _hand(self, document, partner, direction="sent"):
        self._put(
            "iso10003.disclosure",
            document_id=document.id,
            file_id=document.file_id.id,
            company_id=self.shop.id,
            direction=direction,
            partner_id=partner.id,
            date=TODAY,
            channel="mail",
        )
        return document

    def _bundle(self, document, reader, state="issued"):
        bundle = self._put(
            "iso10003.bundle",
            file_id=document.file_id.id,
            company_id=self.shop.id,
            name="Papers",
            reader=reader,
            partner_id=self.judge.id,
            state=state,
            version=1,
            issued_date=TODAY,
            sha256="0" * 64,
        )
        self._put(
            "iso10003.bundle.line",
            bundle_id=bundle.id,
            document_id=document.id,
            company_id=self.shop.id,
        )
        return document

    def test_29_nothing_marked_reached_who_decides(self):
        decided = self._before().dispute_id
        talks = self._before("facilitative").dispute_id
        self._hand(self._put_on_file(decided), self.judge)  # bears no mark
        self._hand(self._put_on_file(talks, marked=True), self.judge)
        self._assert_unchecked(self._result(29))
        self._put_on_file(decided, marked=True)
        self._hand(self._put_on_file(decided, marked=True), self.customer)
        self._hand(self._put_on_file(decided, marked=True), self.handler.partner_id)
        self._hand(self._put_on_file(decided, marked=True), self.judge, "received")
        self._bundle(self._put_on_file(decided, marked=True), "complainant")
        self._bundle(self._put_on_file(decided, marked=True), "body", "draft")
        self._assert_holds(self._result(29), 6)
        failing = self._hand(self._put_on_file(decided, marked=True), self.judge)
        self._assert_fails(self._result(29), failing, 7)
        failing |= self._bundle(self._put_on_file(decided, marked=True), "court")
        self._assert_fails(self._result(29), failing, 8)
        self._assert_left_out(29, 8)

    def test_29_a_marked_paper_of_the_proceeding_itself(self):
        proceeding = self._before()
        file = self._put(
            "iso10003.file",
            model="iso10003.proceeding",
            res_id=proceeding.id,
            company_id=self.shop.id,
            policy_id=self.policy.id,
            parent_id=proceeding.dispute_id.sudo().file_ids.id,
        )
        paper = self._put_on_file(proceeding.dispute_id, True, file_id=file.id)
        self._assert_holds(self._result(29), 1)
        self._hand(paper, self.customer)
        self._assert_holds(self._result(29), 1)
        self._hand(paper, self.judge)
        self._assert_fails(self._result(29), paper, 1)

    def test_20_what_we_gave_the_complainant_got(self):
        dispute = self._before().dispute_id
        self._put_on_file(dispute)
        self._hand(self._put_on_file(dispute), self.customer)
        self._assert_unchecked(self._result(20))
        both = self._hand(self._put_on_file(dispute), self.judge)
        self._hand(both, self.customer, "disclosed")
        self._hand(self._put_on_file(dispute, source="other"), self.judge)
        self._assert_holds(self._result(20), 2)
        failing = self._hand(self._put_on_file(dispute), self.judge)
        self._assert_fails(self._result(20), failing, 3, ANY)
        self._assert_left_out(20, 3)


class TestProofsMigration(CheckCase):
    def test_questions_nobody_changed_are_answered_from_now_on(self):
        awaited = self._question(29) | self._question(70)
        changed = self._question(73)
        (awaited | changed).write({"check": False, "check_model": False})
        self._question(83).looks_at = (
            "Files closed within a year, not merged: a deed by which the complainant "
            "was told."
        )
        awaited.write({"awaited": True, "looks_at": "Two files."})
        changed.write({"awaited": False, "looks_at": "Three of our own."})
        review = self._question(77)
        self._set_columns(
            review, check="review_window_kept", check_model="iso10003.deadline"
        )
        for _time in range(2):
            run_migration(self.env, "19.0.1.9.0/post-proofs", "19.0.1.8.0")
            self.assertEqual(awaited.mapped("check"), ["mark_kept", "talks_attended"])
            self.assertEqual(set(awaited.mapped("way")), {"automatic"})
            self.assertIn("the body that had it", self._question(83).looks_at)
            self.assertIn("handed over", self._question(29).looks_at)
            self.assertEqual(
                (review.check, review.check_model),
                ("reviews_considered", "iso10003.result"),
            )
            self.assertEqual(
                (changed.check, changed.looks_at), (False, "Three of our own.")
            )

    def test_a_question_of_a_set_of_ones_own_goes_on(self):
        copied = self._question(77).copy({"code": "77a"})
        self._set_columns(
            copied, check="review_window_kept", check_model="iso10003.deadline"
        )
        run_migration(self.env, "19.0.1.9.0/post-proofs", "19.0.1.8.0")
        self.assertEqual(copied.check, "reviews_considered")


class TestClosedFileChecks(ProceedingCheckCase):
    def test_83_the_body_was_told(self):
        body = self.env["res.partner"].create({"name": "The body"})
        self._new_file()
        proceeding = self._before("advisory", provider_id=body.id)
        dispute = proceeding.dispute_id
        self._assert_fails(self._result(83), dispute, 2, ANY)
        letter = self._put(
            "iso10003.letter",
            file_id=dispute.sudo().file_ids.id,
            company_id=self.shop.id,
            kind="other",
            state="sent",
            sent_date=TODAY,
            digest="0" * 64,
            audience="parties",
            language_id=self.env.ref("base.lang_en").id,
            channel="mail",
        )
        self._assert_fails(self._result(83), dispute, 2, ANY)
        self._insert(
            "iso10003_letter_partner_rel", letter_id=letter.id, partner_id=body.id
        )
        self._assert_holds(self._result(83), 2)

    def test_111_the_result_is_in_writing_and_what_was_said_too(self):
        good, unwritten, silent = (self._before().dispute_id for _one in range(3))
        self._assert_holds(self._result(111), 3)
        self._set_columns(unwritten.result_ids, text=None)
        self._assert_fails(self._result(111), unwritten, 3, ANY)
        start = NOW - timedelta(days=3)
        self._put(
            "iso10003.hearing",
            proceeding_id=silent.proceeding_ids.id,
            company_id=self.shop.id,
            kind="oral",
            mode="person",
            start=start,
            stop=start,
            duration=1,
            state="held",
            outcome="heard",
        )
        self._assert_fails(self._result(111), unwritten | silent, 3, ANY)
        self.assertTrue(good.result_ids)
        self.env.cr.execute(
            "DELETE FROM iso10003_policy_gate WHERE policy_id = %s AND code = %s",
            [self.policy.id, "result_written"],
        )
        self.env.invalidate_all()
        self._assert_holds(self._result(111), 3)
