# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import Form, tagged

from ..legal.legal_common import LegalCase
from ..proceeding.document_common import DocumentCase
from ..query_counter import count_queries

# of the timeline: each source is searched, and read once with what it names
MOST_QUERIES = 75


class TestStory(DocumentCase):
    """What happened in a file, oldest first, and then what comes next."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.dispute._get_company_day()

    def _day(self, days):
        return self.today + timedelta(days=days)

    def _tell(self, dispute=None, user=None, **kwargs):
        dispute = (dispute or self.dispute).with_user(user or self.handler)
        dispute.invalidate_recordset()
        return dispute._list_story(**kwargs)

    def _words(self, told, kind):
        return [one["what"] for one in told if one["kind"] == f"iso10003.{kind}"]

    def _oblige(self, **values):
        return self.dispute.env["iso10003.obligation"].create(
            {
                "file_id": self.file.id,
                "name": "Pay the price back",
                "amount": 300,
                **values,
            }
        )

    def test_it_begins_with_the_opening_and_tells_each_step(self):
        self._lead_to(self.dispute, "resolution")
        told = self._tell()
        self.assertEqual(told[0]["kind"], "iso10003.register")
        self.assertEqual(told[0]["what"], "Opened")
        self.assertEqual(self._words(told, "register").count("Change of state"), 4)
        for kind in ("evaluation", "position", "consent", "proceeding"):
            self.assertTrue(self._words(told, kind) or kind == "proceeding", kind)
        happened = [one for one in told if not one["ahead"]]
        self.assertEqual(told[: len(happened)], happened)
        days = [one["day"] for one in happened]
        self.assertEqual(days, sorted(days))

    def test_what_comes_next_stands_after_today_and_is_late_when_it_is(self):
        self._oblige(day=self._day(20))
        self._oblige(name="Send the drum", amount=0, day=self._day(-3))
        limits = self.env["iso10003.deadline"].with_user(self.handler)
        limit = limits._start_without_rule(self.dispute, "reply", self._day(5))
        ahead = [one for one in self._tell() if one["ahead"]]
        self.assertEqual([one["day"] for one in ahead[:1]], [self._day(-3)])
        self.assertEqual(
            [one["late"] for one in ahead], [True] + [False] * (len(ahead) - 1)
        )
        self.assertIn(limit.display_name, self._words(ahead, "deadline"))
        pay = next(one for one in ahead if one["day"] == self._day(20))
        self.assertRegex(pay["what"], "^Pay the price back: .*300")
        self.assertEqual(pay["detail"], "The organization")

    def test_each_entry_leads_to_its_record(self):
        paper = self._put_on_file("The contract", date=self._day(-2))
        (told,) = (
            one
            for one in self.dispute.with_user(self.handler).story
            if one["kind"] == "iso10003.document"
        )
        self.assertEqual(told["id"], paper.id)
        self.assertIn("The contract", told["what"])
        self.assertEqual(told["word"], "Document")
        self.assertFalse(told["ahead"])

    def test_a_proceeding_tells_its_own_story_and_its_dispute_tells_it_too(self):
        self._lead_to(self.dispute, "resolution")
        one = self.dispute.proceeding_ids[:1] or self._propose(self.dispute)
        hearing = self.env["iso10003.hearing"].with_user(self.handler)
        hearing = hearing.create(
            {
                "proceeding_id": one.id,
                "kind": "mediation",
                "start": fields.Datetime.now() + timedelta(days=9),
            }
        )
        for case in (one, self.dispute):
            told = [
                fact for fact in self._tell(case) if fact["kind"] == "iso10003.hearing"
            ]
            self.assertEqual([fact["record"] for fact in told], [hearing])
            self.assertTrue(told[0]["ahead"])
            self.assertIn(
                "Proposed",
                [
                    fact["detail"]
                    for fact in self._tell(case)
                    if fact["kind"] == "iso10003.proceeding"
                ],
            )

    def test_the_day_is_the_readers(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self._put_on_file("The contract", date="2026-03-21")
        told = self.dispute.with_user(self.handler).with_context(lang="fa_IR").story
        (paper,) = (one for one in told if one["kind"] == "iso10003.document")
        self.assertEqual(paper["when"], "۱۴۰۵/۰۱/۰۱")
        self.assertEqual(paper["word"], "مدرک")

    def test_nobody_is_told_what_they_may_not_read(self):
        self._put_on_file("The opinion", b"x", user=self.manager, audience="privileged")
        self.assertFalse(self._words(self._tell(), "document"))
        self.assertTrue(self._words(self._tell(user=self.manager), "document"))

    def test_parties_are_told_no_more_than_what_is_theirs(self):
        self._lead_to(self.dispute, "position")
        self._put_on_file("Planted inside", audience="internal")
        self._put_on_file(
            "Planted offer", b"y", audience="parties", without_prejudice=True
        )
        self._put_on_file("The contract", b"z", audience="parties")
        self._oblige(day=self._day(20))
        told = self._tell(for_parties=True)
        kinds = {one["kind"].removeprefix("iso10003.") for one in told}
        self.assertIn("obligation", kinds)
        self.assertFalse(kinds & {"register", "deadline", "evaluation", "attempt"})
        words = str(told)
        self.assertNotIn("Planted", words)
        self.assertIn("The contract", words)

    def test_a_long_story_takes_no_more_queries_than_a_short_one(self):
        self._lead_to(self.dispute, "resolution")

        def add(first, last):
            for number in range(first, last):
                self._put_on_file(f"Paper {number}", f"{number}".encode())
                self._oblige(name=f"Duty {number}", day=self._day(number))

        def count():
            dispute = self.dispute.with_user(self.handler)
            return count_queries(self.env, lambda: dispute.read(["story"]))

        add(0, 3)
        count()
        short = count()
        add(3, 30)
        self.assertLessEqual(count(), short)
        self.assertLessEqual(short, MOST_QUERIES)

    def test_whatever_is_told_of_a_case_tells_something(self):
        kinds = self.env["iso10003.file"]._get_kinds()
        self.assertIn("iso10003.dispute", kinds)
        for kind in kinds:
            for model, source in self.env[kind]._get_story_sources().items():
                self.assertTrue(hasattr(self.env[model], "_list_facts"), model)
                self.assertTrue(source.word, model)
                self.env[model].search(source.domain, limit=1)

    def test_the_form_reads_it_only_when_it_is_shown(self):
        form = Form(self.dispute.with_user(self.handler))
        self.assertNotIn("story", form._view["fields"])


@tagged("-at_install", "post_install")
class TestStoryOfReferrals(LegalCase):
    def test_only_who_may_read_a_referral_is_told_of_it(self):
        dispute = self._draft_referral().dispute_id
        kinds = {
            user: {one["kind"] for one in dispute.with_user(user)._list_story()}
            for user in (self.handler, self.counsel)
        }
        self.assertNotIn("iso10003.referral", kinds[self.handler])
        self.assertIn("iso10003.referral", kinds[self.counsel])
