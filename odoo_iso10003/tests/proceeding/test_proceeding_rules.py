# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""By which rules a proceeding is led, and what question 32 says of it."""

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form

from ..common import ADDON
from ..migration_common import run_migration
from ..provider.provider_common import ProviderCase
from .document_common import DocumentCase

QUESTIONS = {32}


class RulesCase(DocumentCase, ProviderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body.email = "board@example.com"
        # of this file and of nothing else
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE iso10003_proceeding SET begun_date = NULL")
        cls.env.invalidate_all()
        cls.board = cls._make_provider(
            service_ids=[
                Command.create(
                    {
                        "method_id": cls.mediation.id,
                        "rules_version": "Rules of 2019",
                        "valid_to": cls._ago(30),
                    }
                ),
                Command.create(
                    {"method_id": cls.mediation.id, "rules_version": "Rules of 2026"}
                ),
            ]
        )
        cls.rules = cls._put_on_file("The rules of the board")

    def _new(self, **values):
        return self._propose(self.dispute, body_id=self.board.id, **values)


class TestProceedingRules(RulesCase):
    def test_those_of_the_day_on_which_it_begins_are_noted(self):
        proceeding = self._new()
        self.assertFalse(proceeding.rules_version)
        proceeding.action_begin()
        self.assertEqual(proceeding.rules_version, "Rules of 2026")
        # what the body has later is not what held here
        self.board.service_ids[-1].rules_version = "Rules of 2027"
        self.assertEqual(proceeding.rules_version, "Rules of 2026")

    def test_those_of_the_day_and_not_of_today(self):
        proceeding = self._new(proposed_date=self._ago(90))
        proceeding.action_begin(self._ago(60))
        self.assertEqual(proceeding.rules_version, "Rules of 2019")

    def test_what_somebody_wrote_stays(self):
        proceeding = self._new(rules_version="Ad hoc, signed by both")
        proceeding.action_begin()
        self.assertEqual(proceeding.rules_version, "Ad hoc, signed by both")

    def test_without_a_body_nothing_is_made_up(self):
        proceeding = self._propose(self.dispute)
        proceeding.action_begin()
        self.assertFalse(proceeding.rules_version)

    def test_their_text_is_a_document_of_this_dispute(self):
        proceeding = self._new()
        form = Form(proceeding)
        form.rules_document_id = self.rules
        form.save()
        self.assertEqual(proceeding.rules_document_id, self.rules)
        other = self._open_dispute(self._new_ticket())
        with self.assertRaisesRegex(ValidationError, "belongs to another file"):
            self._propose(other).rules_document_id = self.rules


class TestRulesKept(RulesCase):
    def _ask(self):
        """Return ``(how many it is about, how many fail)``."""
        requirement = self.env.ref(f"{ADDON}.requirement_032")
        self.env.flush_all()
        result = requirement._run_checks(self.company)[requirement]
        return result.population, result.failing_count

    def test_32_version_text_and_consent(self):
        self.assertEqual(self._ask(), (0, 0), "none: not checked")
        proceeding = self._new()
        self.assertEqual(self._ask(), (0, 0), "it has not begun")
        proceeding.action_begin()
        self.assertEqual(self._ask(), (1, 1), "neither text nor consent")
        proceeding.rules_document_id = self.rules
        self.assertEqual(self._ask(), (1, 1), "nobody agreed")
        self._agree(self.dispute)
        self.assertEqual(self._ask(), (1, 0))
        proceeding.rules_version = False
        self.assertEqual(self._ask(), (1, 1), "no version")

    def test_32_whom_a_law_sent_there_agrees_to_nothing(self):
        proceeding = self._new(begun_by="law", rules_document_id=self.rules.id)
        proceeding.action_begin()
        self.assertFalse(self.dispute.consent_date)
        self.assertEqual(self._ask(), (1, 0))

    def test_32_those_from_before_are_left_out(self):
        self._new().action_begin()
        proceeding = self.dispute.proceeding_ids
        proceeding._guarded_write({"from_before": True})
        requirement = self.env.ref(f"{ADDON}.requirement_032")
        self.env.flush_all()
        result = requirement._run_checks(self.company)[requirement]
        self.assertEqual((result.population, result.left_out), (0, 1))

    def test_an_update_answers_it_where_nobody_changed_it(self):
        question = self.env.ref(f"{ADDON}.requirement_032")
        before = {"check": False, "check_model": False, "looks_at": "Three files."}
        question.write({**before, "awaited": True, "blind_to": False})
        run_migration(self.env, "19.0.1.8.0/post-rules_kept", "19.0.1.7.0")
        self.assertEqual(question.check, "rules_kept")
        self.assertIn("consent", question.looks_at)
        self.assertEqual(question.way, "automatic")
        question.write({**before, "awaited": False})
        run_migration(self.env, "19.0.1.8.0/post-rules_kept", "19.0.1.7.0")
        self.assertFalse(question.check)
