# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What happens in a proceeding beside its steps, each by a button of its own."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .test_proceeding import ProceedingCase


class TestProceedingDays(ProceedingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.dispute._get_company_day()
        cls.proceeding = cls._propose(cls.dispute)

    def _fill_in(self, action, **values):
        """Fill in the dialog that a button opens, as its form lets one."""
        dialog = self.proceeding.env[action["res_model"]]
        form = Form(dialog.with_context(**action["context"]))
        for name, value in values.items():
            setattr(form, name, value)
        return form.save()

    def test_days_are_noted_by_their_buttons(self):
        for question, name in (
            ("complete", "file_complete_date"),
            ("served", "served_date"),
        ):
            with self.subTest(question):
                action = self.proceeding.action_ask(question)
                self._fill_in(action).action_confirm()
                self.assertEqual(self.proceeding[name], self.today)
                self.assertEqual(self.dispute[name], self.today)

    def test_a_result_is_served_after_the_end(self):
        self._lead(self.proceeding, "running")
        self._end(self.proceeding, "agreement")
        self.proceeding.action_note_served(self.today)
        self.assertEqual(self.proceeding.served_date, self.today)

    def test_days_that_cannot_be_are_refused(self):
        for deed in ("action_note_complete", "action_note_served"):
            for day in (
                self.today + timedelta(days=2),
                self.proceeding.proposed_date - timedelta(days=1),
            ):
                with (
                    self.subTest(deed, day=day),
                    self.assertRaises(UserError),
                    self.cr.savepoint(),
                ):
                    getattr(self.proceeding, deed)(day)
            for user in (self.stranger, self.auditor):
                with (
                    self.subTest(deed, user=user.login),
                    self.assertRaises(AccessError),
                ):
                    getattr(self.proceeding.with_user(user), deed)()

    def test_what_a_body_waits_for_is_a_limit_with_who_must_act(self):
        day = self.today + timedelta(days=9)
        for kind, actor in (("fee", "organization"), ("deficiency", "complainant")):
            with self.subTest(kind):
                action = self.proceeding.action_wait_for(kind)
                self._fill_in(action, last_day=day, given_actor=actor).action_confirm()
                limit = self.proceeding.file_ids.deadline_ids.filtered(
                    lambda one, kind=kind: one.given_kind == kind
                )
                self.assertEqual((limit.state, limit.due_date), ("running", day))
                self.assertEqual(limit.given_actor, actor)
                self.assertEqual(
                    limit._get_given_name(), limit._selection_label("given_kind")
                )
                limit.action_meet(self.today)
                self.assertEqual(limit.state, "met")
        action = self.proceeding.action_wait_for("other")
        with self.assertRaises(AssertionError):  # what it is, has to be said
            self._fill_in(action, last_day=day)
        for user in (self.stranger, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.proceeding.with_user(user).action_wait_for("fee")

    def test_its_end_leads_to_its_result(self):
        self._lead(self.proceeding, "running")
        for ended_by, kind in (("agreement", "settlement"), ("no_agreement", "none")):
            with self.subTest(ended_by):
                self._end(self.proceeding, ended_by)
                context = self.proceeding.action_record_result()["context"]
                self.assertEqual(context["default_kind"], kind)
                self.assertEqual(context["default_proceeding_id"], self.proceeding.id)
                self.proceeding.action_reopen("It went on.")
