# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the evaluator found stands on a sheet, whose versions are frozen (7.4.1)."""

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from ...core import chain
from ..common import PAPER, DisputeCase

FACTS = "<p>The drum was faulty.</p>"


class EvaluationCase(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()
        cls.dispute.amount_claimed = 300
        cls._lead_to(cls.dispute, "evaluation")
        cls.dispute.evaluator_id = cls.evaluator

    def _sheet(self, user=None, **values):
        sheets = self.env["iso10003.evaluation"].with_user(user or self.evaluator)
        given = {
            "dispute_id": self.dispute.id,
            "facts": FACTS,
            "severity": "1",
            "stance": "contest",
            "reasons": "The terms say so.",
        }
        return sheets.create({**given, **values})

    def _met(self, code):
        self.dispute.invalidate_recordset()
        gates = self.dispute._prepare_gate_checklist()
        return {gate["code"]: gate["met"] for gate in gates}[code]

    def _last_row(self, event):
        rows = self.dispute.register_ids.filtered(lambda row: row.event == event)
        return rows.sorted("sequence")[-1:]


class TestEvaluation(EvaluationCase):
    def test_the_file_waits_for_the_sheet(self):
        with self.assertRaisesRegex(UserError, "evaluator's sheet"):
            self.dispute.action_advance()
        self._sheet()
        with self.assertRaisesRegex(UserError, "evaluator's sheet"):
            self.dispute.action_advance()

    def test_submitted_it_leads_the_file_on(self):
        """The findings, the severity and the task are done by it."""
        tasks = self.dispute.activity_ids.filtered(
            lambda task: task.user_id == self.evaluator
        )
        self.assertTrue(tasks)
        self.dispute.with_user(self.manager).action_change_track(
            "standard", "It may be."
        )
        step = self.dispute._find_next_step(self.dispute._prepare_gate_checklist())
        self.assertEqual(
            (step["code"], step["label"]), ("evaluation_submitted", "Write the sheet")
        )
        action = self.dispute.with_user(self.evaluator).action_next_step()
        sheets = self.env[action["res_model"]].with_user(self.evaluator)
        with Form(sheets.with_context(**action["context"])) as form:
            self.assertEqual((form.exposure_likely, form.exposure_most), (300, 300))
            form.facts = FACTS
            form.severity = "1"
            form.merits = "She is right."
        sheet = form.record
        sheet.action_submit()
        self.assertEqual(self.dispute.state, "position")
        self.assertEqual(self.dispute.severity, "1")
        self.assertIn("She is right.", self.dispute.findings)
        self.assertFalse(tasks.exists() and tasks.active)
        self.assertEqual(sheet.author_id, self.evaluator)
        self.assertEqual(sheet.submitted_date, self.dispute._get_company_day())
        row = self._last_row("evaluation")
        self.assertEqual(row.data["change"], "submitted")
        self.assertEqual(row.data["values"]["digest"], sheet.digest)
        self.assertIn("Medium", row.summary)
        for rows in self.dispute.register_ids.filtered(
            lambda one: one.event == "evaluation"
        ):
            for inside in ("drum", "300.", "contest"):
                self.assertNotIn(inside, f"{rows.data} {rows.summary}")

    def test_pressed_twice_it_is_submitted_once(self):
        sheet = self._sheet()
        sheet.action_submit()
        digest = sheet.digest
        sheet.action_submit()
        self.assertEqual(sheet.digest, digest)

    def test_what_it_lacks_is_named(self):
        for lack, words in (
            ({"facts": "<p><br></p>"}, "Facts"),
            ({"severity": False}, "Severity"),
        ):
            sheet = self._sheet(**lack)
            with self.subTest(lack=lack), self.assertRaisesRegex(UserError, words):
                sheet.action_submit()
            self.assertEqual(sheet.state, "draft")
            sheet.write({"facts": FACTS, "severity": "1"})
            sheet.action_submit()

    def test_only_the_evaluator_writes_it(self):
        for user in (self.handler, self.manager, self.stranger, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._sheet(user)
        sheet = self._sheet()
        self.assertTrue(sheet.is_evaluator)
        self.assertFalse(sheet.with_user(self.handler).is_evaluator)
        for change in (
            lambda own: own.write({"facts": "<p>All is well.</p>"}),
            lambda own: own.write({"outside_name": "An expert"}),
            lambda own: own.action_submit(),
            lambda own: own.unlink(),
        ):
            with self.assertRaisesRegex(AccessError, "only the evaluator writes it"):
                change(sheet.with_user(self.handler))
        self.assertEqual(sheet.state, "draft")

    def test_an_outsiders_word_is_put_on_record_with_what_shows_it(self):
        self.dispute.evaluator_id = False
        sheet = self._sheet(self.handler, outside_name="The expert of the guild")
        with self.assertRaisesRegex(UserError, "What shows it"):
            sheet.action_submit()
        sheet.scan = PAPER
        sheet.action_submit()
        self.assertEqual(self.dispute.state, "position")
        row = self._last_row("evaluation")
        self.assertEqual(row.data["values"]["scan"], sheet.scan_sha256)
        self.assertFalse(
            self.dispute._find_conflicts([(self.dispute, "findings", None)])
        )

    def test_what_is_submitted_never_changes(self):
        sheet = self._sheet()
        sheet.action_submit()
        for change in (
            lambda: sheet.write({"facts": "<p>All is well.</p>"}),
            lambda: sheet.write({"severity": "3"}),
            lambda: sheet.unlink(),
            lambda: sheet.with_user(self.manager).unlink(),
        ):
            with self.assertRaisesRegex(UserError, "does not change any more"):
                change()
        for name, value in (
            ("state", "draft"),
            ("digest", chain.sha256("x")),
            ("author_id", self.handler.id),
            ("submitted_date", fields.Date.today()),
        ):
            with self.subTest(field=name), self.assertRaises(UserError):
                sheet.write({name: value})
            with self.subTest(created=name), self.assertRaises(UserError):
                self._sheet(**{name: value})
        self.env["iso10003.evaluation"].flush_model()
        self.assertEqual(sheet.facts, FACTS)

    def test_a_new_version_replaces_it_and_keeps_it(self):
        first = self._sheet(exposure_likely=100)
        first.action_submit()
        action = first.action_new_version()
        sheets = self.env[action["res_model"]].with_user(self.evaluator)
        with Form(sheets.with_context(**action["context"])) as form:
            self.assertEqual(form.exposure_likely, 100)
            form.exposure_likely = 250
            form.severity = "2"
        second = form.record
        self.assertEqual(second.version, 2)
        self.assertEqual(first.state, "submitted")
        second.action_submit()
        self.assertEqual((first.state, second.state), ("replaced", "submitted"))
        self.assertEqual(first.exposure_likely, 100)
        self.assertEqual(self.dispute.severity, "2")
        self.assertEqual(self.dispute.track, "serious", "it moves up by what was found")

    def test_another_evaluator_writes_another_sheet(self):
        self.dispute.severity = "1"
        sheet = self._sheet()
        sheet.action_submit()
        self.dispute.action_step_back("Somebody else shall look at it.")
        self.assertTrue(self._met("evaluation_submitted"))
        self.dispute.evaluator_id = self.chief
        self.assertFalse(self._met("evaluation_submitted"))
        self._sheet(self.chief, facts="<p>The seal was.</p>").action_submit()
        self.assertEqual(self.dispute.state, "position")

    @mute_logger("odoo.sql_db")
    def test_what_cannot_be(self):
        for values in (
            {"exposure_least": 10, "exposure_likely": 5},
            {"exposure_likely": 10, "exposure_most": 5},
            {"exposure_least": -1},
            {"stance": "in_part", "amount": -1},
            {"others_count": -1},
        ):
            with self.subTest(values=values), self.assertRaises(IntegrityError):
                with self.env.cr.savepoint():
                    sheet = self._sheet(**values)
                    sheet.write(values)
                    sheet.flush_recordset()
        with self.assertRaisesRegex(ValidationError, "in part"):
            with self.env.cr.savepoint():
                self._sheet(amount=5)
        self._sheet()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._sheet()

    def test_a_dispute_is_not_evaluated_before_its_notice_nor_after_its_end(self):
        early = self._open_dispute(self._new_ticket())
        early.evaluator_id = self.evaluator
        with self.assertRaisesRegex(UserError, "not evaluated in the state"):
            self._sheet(dispute_id=early.id)
        self._lead_to(self.dispute, "closed")
        with self.assertRaisesRegex(UserError, "not evaluated in the state"):
            self._sheet()

    def test_old_versions_do_not_ask_for_it(self):
        self._ask_in_new_version("gate_evaluation_evaluation_submitted", "off")
        old = self._lead_to(self._open_dispute(self._new_ticket()), "evaluation")
        old.write({"evaluator_id": self.evaluator.id, "severity": "1"})
        old.with_user(self.evaluator).findings = FACTS
        old.action_advance()
        self.assertEqual(old.state, "position")
        self.assertFalse(old.evaluation_ids)
