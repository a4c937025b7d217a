# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import inspect

from odoo.tests import TransactionCase, tagged

from ..core import segregation

ADDON = "odoo_iso10003"
# events whose name and note say all; who adds one decides that it is among these
SILENT = {
    "approved",
    "backup_tried",
    "complainant",
    "end_kept",
    "hold",
    "hold_lifted",
    "in_force",
    "issue_accepted",
    "issue_dismissed",
    "programme_approved",
    "programme_ended",
    "programme_started",
    "records_held",
    "requirement",
    "resume",
    "segregation",
    "superseded",
    "went_on",
}
# scheduled actions that nobody can wait for: they look at what is there each time
UNCOUNTED = {
    "cron_assess",
    "cron_audit",
    "cron_certificate",
    "cron_certification_reminder",
    "cron_effectiveness",
    "cron_issues",
    "cron_rehash",
    "cron_legal_limits",
    "cron_legal_reviews",
    "cron_verify",
}
# parts that somebody takes at a door and has nowhere else: nothing is to be found
TAKEN_AT_DOORS = {
    "answerer",
    "audited",
    "auditor",
    "authorizer",
    "certified",
    "certifier",
    "confirmer",
    "findings",
    "lightener",
    "overridden",
    "overrider",
    "rejecter",
    "resolver",
    "waiver",
}


def find_dead(codes, methods):
    """Return what a dispatch by name never finds, or never asks for.

    :param codes: what records and choices say
    :param methods: the methods there are, by what follows their prefix
    """
    codes, methods = set(codes), set(methods)
    dead = {f"{code}: no method" for code in codes - methods}
    return dead | {f"{name}: no code" for name in methods - codes}


@tagged("-at_install", "post_install")
class TestDispatch(TransactionCase):
    """Each code has its method, and each method its code."""

    def _assert_alive(self, codes, methods):
        self.assertTrue(codes)
        self.assertFalse(find_dead(codes, methods))

    def _choices(self, model, name):
        field = self.env[model]._fields[name]
        return {code for code, _word in field._description_selection(self.env)}

    def _methods(self, model, prefix, *arguments):
        """Return what follows the prefix in the names of our methods of a model.

        :param arguments: the names of what a method of the dispatch takes, without
            underscores before them
        """
        found = set()
        for name, method in inspect.getmembers(self.env.registry[model]):
            if not name.startswith(prefix) or not callable(method):
                continue
            code = inspect.unwrap(method).__code__
            taken = code.co_varnames[1 : code.co_argcount]
            if ADDON in code.co_filename and arguments == tuple(
                one.lstrip("_") for one in taken
            ):
                found.add(name.removeprefix(prefix))
        return found

    # ------------------------------------------------------------
    # The dispatches
    # ------------------------------------------------------------

    def test_gates(self):
        gates = self.env["iso10003.gate"].with_context(active_test=False).search([])
        self._assert_alive(
            gates.mapped("code"), self._methods("iso10003.dispute", "_gate_")
        )

    def test_kinds_of_alarms(self):
        self._assert_alive(
            self._choices("iso10003.alarm", "kind"),
            self._methods("iso10003.alarm", "_fire_") - {"isolated"},
        )

    def test_kinds_of_escalations(self):
        self._assert_alive(
            self._choices("iso10003.escalation", "kind"),
            self._methods("iso10003.escalation", "_fire_", "alarms"),
        )

    def test_roles_of_escalations(self):
        # a person by name needs no search; _get_person is who asks
        self._assert_alive(
            self._choices("iso10003.escalation", "role") - {"user"},
            self._methods("iso10003.escalation", "_get_", "file") - {"person"},
        )

    def test_scheduled_actions(self):
        rows = self.env["iso10003.health"].search([])
        crons = rows.filtered("scheduled")
        self._assert_alive(
            set(crons.mapped("code")) - UNCOUNTED,
            self._methods("iso10003.health", "_count_waiting_"),
        )
        # a copy has a row only where it is one
        self._assert_alive(
            {*(rows - crons).mapped("code"), "copy"},
            self._methods("iso10003.health", "_look_at_") - {"action"},
        )

    def test_questions_of_dialogs(self):
        for model, subject in (
            ("iso10003.dispute.step", "dispute"),
            ("iso10003.referral.step", "referral"),
            ("iso10003.deadline.step", "deadline"),
        ):
            with self.subTest(model):
                self._assert_alive(
                    self._choices(model, "question"),
                    self._methods(model, "_take_", subject),
                )
        self._assert_alive(
            self._choices("iso10003.issue.enter", "what"),
            self._methods("iso10003.issue.enter", "_enter_", "file"),
        )

    def test_events_of_the_register(self):
        self._assert_alive(
            self._choices("iso10003.register", "event") - SILENT,
            self._methods("iso10003.register", "_describe_", "data"),
        )

    def test_what_a_file_has_to_hold(self):
        self._assert_alive(
            self.env["iso10003.dispute"]._get_contents(),
            self._methods("iso10003.dispute", "_find_content_"),
        )

    def test_parts_of_separate_duties(self):
        rules = segregation.RULES.values()
        parts = {part for rule in rules for part in (rule.part, *rule.others)}
        found = set()
        for name, model in self.env.registry.items():
            if issubclass(model, self.env.registry["iso10003.segregated"]):
                found |= self._methods(name, "_find_", "rows")
        self._assert_alive(parts - TAKEN_AT_DOORS, found - {"findings_writer"})

    # ------------------------------------------------------------
    # And what the tests would find
    # ------------------------------------------------------------

    def test_a_code_without_method_and_a_method_without_code_are_found(self):
        self.assertFalse(find_dead(["one", "two"], ["two", "one"]))
        self.assertEqual(
            find_dead(["one", "made_up"], ["one", "forgotten"]),
            {"made_up: no method", "forgotten: no code"},
        )

    def test_methods_are_told_by_prefix_and_arguments(self):
        found = self._methods("iso10003.escalation", "_fire_", "alarms")
        self.assertIn("referral", found)
        self.assertFalse(self._methods("iso10003.escalation", "_fire_", "nothing"))
