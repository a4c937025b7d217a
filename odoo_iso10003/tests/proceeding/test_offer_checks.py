# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What offers bring by their days, and say to audit question 71."""

from unittest.mock import patch

from freezegun import freeze_time

from ..common import ADDON
from ..migration_common import run_migration
from .offer_common import OfferCase

QUESTIONS = {71}


class TestOfferChecks(OfferCase):
    def _sweep(self):
        """Do what the scheduled action does, in the test's own transaction."""
        self.env.flush_all()
        crons = self.env.registry["ir.cron"]
        with patch.object(crons, "_commit_progress", lambda *_args, **_kw: 1):
            self.env["iso10003.deadline"]._cron_escalate()

    def test_it_lapses_by_the_engine_the_day_after_its_last(self):
        offer = self._make_offer(expires=self._days(2))
        self.env.flush_all()
        for days, state in ((2, "made"), (3, "lapsed")):
            at = f"{self._days(days)} 08:00:00"
            with self.subTest(days), freeze_time(at):
                self._sweep()
                self.assertEqual(offer.state, state)

    def test_71_each_is_authorized_and_limited_in_time(self):
        question = self.env.ref(f"{ADDON}.requirement_071")

        def ask():
            self.env.flush_all()
            result = question._run_checks(self.company)[question]
            return result.population, result.failing_count

        before = ask()
        self._make_offer()
        self.assertEqual(ask(), (before[0] + 1, before[1]))
        self._step(self._draft(expires=False), "made", channel="phone")
        self.assertEqual(ask(), (before[0] + 2, before[1] + 1))
        self._step(self._draft(3000), "made", channel="person")
        self.assertEqual(ask(), (before[0] + 3, before[1] + 2))

    def test_the_question_of_a_former_version_is_answered_by_offers(self):
        question = self.env.ref(f"{ADDON}.requirement_071")
        question.sudo().write({"check": False, "check_model": False, "awaited": True})
        self.env.flush_all()
        for _time in range(2):
            run_migration(self.env, "19.0.1.8.0/post-offers")
            self.assertEqual(
                (question.check, question.check_model, question.way),
                ("offers_traced", "iso10003.offer", "automatic"),
            )
