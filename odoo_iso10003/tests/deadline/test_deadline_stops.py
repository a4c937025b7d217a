# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from base64 import b64encode
from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .deadline_common import TODAY
from .test_deadline_course import DeadlineCase


@tagged("-at_install", "post_install")
class TestExtension(DeadlineCase):
    """A manager extends a deadline, as far as its rule allows."""

    def _extendable(self, **values):
        self._enforce(self._rule(extension_quantity=2, extension_unit="day", **values))
        return self._file_with_notice().deadline_ids

    def test_it_is_longer_with_reason_approver_and_notice(self):
        deadline = self._extendable().with_user(self.manager)
        deadline.action_extend("The matter is complex.", TODAY)
        self.assertEqual(deadline.due_date, date(2026, 3, 7))
        self.assertEqual(deadline.extension_ids.approver_id, self.manager)
        self.assertIn("Extended by 2 to 5", deadline.explanation)
        row = deadline._get_file().sudo().register_ids[-1]
        self.assertEqual(row.event, "deadline_extended")
        self.assertEqual(row.data["from"], "2026-03-05")
        self.assertEqual(row.data["due_date"], "2026-03-07")
        self.assertEqual(row.note, "The matter is complex.")

    def test_handlers_do_not_extend(self):
        deadline = self._extendable()
        with self.assertRaisesRegex(AccessError, "only a dispute manager"):
            deadline.action_extend("I need time.", TODAY)

    def test_it_takes_a_reason_and_a_notice_to_the_complainant(self):
        deadline = self._extendable().with_user(self.manager)
        with self.assertRaisesRegex(UserError, "a reason is needed"):
            deadline.action_extend("  ", TODAY)
        with self.assertRaisesRegex(UserError, "the complainant must be told"):
            deadline.action_extend("The matter is complex.")
        self.assertFalse(deadline.extension_ids)

    def test_not_more_often_than_the_rule_allows(self):
        deadline = self._extendable(extension_max=2).with_user(self.manager)
        for _time in range(2):
            deadline.action_extend("The matter is complex.", TODAY)
        with self.assertRaisesRegex(UserError, "no further one"):
            deadline.action_extend("The matter is complex.", TODAY)

    def test_not_where_the_rule_allows_none(self):
        self._enforce(self._rule())
        deadline = self._file_with_notice().deadline_ids.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "allows no extension"):
            deadline.action_extend("The matter is complex.", TODAY)

    def test_not_past_the_cap(self):
        deadline = self._extendable(cap_quantity=4, cap_unit="day")
        deadline.with_user(self.manager).action_extend("The matter is complex.", TODAY)
        self.assertEqual(deadline.due_date, date(2026, 3, 6))

    def test_what_had_lapsed_runs_again(self):
        deadline = self._extendable()
        with self._at(2026, 3, 6, 8):
            self._sweep()
            self.assertEqual(deadline.state, "lapsed")
            deadline.with_user(self.manager).action_extend("We were late.", TODAY)
            self.assertEqual(deadline.state, "running")
        with self._at(2026, 3, 9, 8):
            self._sweep()
            self.assertEqual(deadline.state, "lapsed")

    def test_not_what_is_over(self):
        deadline = self._extendable()
        self._record(deadline._get_file(), acknowledged_date=TODAY)
        with self.assertRaisesRegex(UserError, "does not run any more"):
            deadline.with_user(self.manager).action_extend("Why not?", TODAY)

    def test_with_the_dialog(self):
        deadline = self._extendable().with_user(self.manager)
        action = deadline.action_ask("extend")
        step = self.env["iso10003.deadline.step"].with_user(self.manager)
        step.with_context(**action["context"]).create(
            {"reason": "The matter is complex.", "notice_date": TODAY}
        ).action_confirm()
        self.assertEqual(deadline.due_date, date(2026, 3, 7))


@tagged("-at_install", "post_install")
class TestSuspension(DeadlineCase):
    """A clock stands still for a reason of the list, on proof, until a day named."""

    def _letter(self, dispute):
        return self.env["ir.attachment"].create(
            {
                "name": "letter.txt",
                "datas": b64encode(b"Please send the invoice."),
                "res_model": dispute._name,
                "res_id": dispute.id,
            }
        )

    def _running(self, **values):
        self._enforce(self._rule(quantity=20, **values))
        return self._file_with_notice().deadline_ids

    def _suspend(self, deadline, until=datetime(2026, 3, 12, 8)):
        letter = self._letter(deadline._get_file())
        deadline.action_suspend("documents", until, attachment_id=letter.id)

    def test_it_moves_by_the_days_it_stands_still(self):
        deadline = self._running()
        self._suspend(deadline)
        self.assertEqual(deadline.state, "suspended")
        self.assertEqual(deadline.due_date, date(2026, 4, 1))
        self.assertEqual(
            self._events(deadline._get_file(), "deadline_suspended")[0]["reason"],
            "documents",
        )

    def test_it_goes_on_by_itself(self):
        deadline = self._running()
        self._suspend(deadline)
        with self._at(2026, 3, 12, 9):
            self._sweep()
        self.assertEqual(deadline.state, "running")
        self.assertEqual(deadline.due_date, date(2026, 4, 1))
        self.assertTrue(self._events(deadline._get_file(), "deadline_resumed"))

    def test_or_earlier_by_a_person(self):
        deadline = self._running()
        self._suspend(deadline)
        with self._at(2026, 3, 6, 8):
            deadline.action_resume()
        self.assertEqual(deadline.state, "running")
        self.assertEqual(deadline.due_date, date(2026, 3, 26))

    def test_twice(self):
        deadline = self._running()
        self._suspend(deadline)
        with self._at(2026, 3, 14, 8):
            self._sweep()
            self._suspend(deadline, datetime(2026, 3, 16, 8))
            self.assertEqual(deadline.due_date, date(2026, 4, 3))
        with self._at(2026, 3, 16, 9):
            self._sweep()
        self.assertEqual(deadline.state, "running")

    def test_a_clock_that_stands_still_does_not_lapse(self):
        deadline = self._running(exclude_start=False)
        with self._at(2026, 3, 20, 8):
            self._suspend(deadline, datetime(2026, 5, 1, 8))
        with self._at(2026, 4, 20, 8):
            self._sweep()
            self.assertEqual(deadline.state, "suspended")
        with self._at(2026, 6, 20, 8):
            self._sweep()
            self._sweep()
            self.assertEqual(deadline.state, "lapsed")

    def test_not_without_proof(self):
        deadline = self._running()
        until = datetime(2026, 3, 12, 8)
        with self.assertRaisesRegex(UserError, "on proof only"):
            deadline.action_suspend("documents", until)
        other = self._letter(self._file_with_notice())
        with self.assertRaisesRegex(UserError, "on proof only"):
            deadline.action_suspend("documents", until, attachment_id=other.id)
        message = deadline._get_file().message_post(body="We asked for the invoice.")
        deadline.action_suspend("documents", until, message_id=message.id)
        self.assertEqual(deadline.state, "suspended")

    def test_not_without_an_end_to_come(self):
        deadline = self._running()
        for until in (False, datetime(2026, 3, 1)):
            with self.assertRaisesRegex(UserError, "until when"):
                self._suspend(deadline, until)

    def test_not_for_a_reason_of_one_s_own(self):
        deadline = self._running()
        letter = self._letter(deadline._get_file())
        with self.assertRaisesRegex(UserError, "no reason of the list"):
            deadline.action_suspend(
                "holiday", datetime(2026, 3, 12), attachment_id=letter.id
            )

    def test_not_where_the_rule_forbids_it(self):
        deadline = self._running(may_suspend=False)
        with self.assertRaisesRegex(UserError, "lets no clock be stopped"):
            self._suspend(deadline)

    def test_not_on_other_people_s_files(self):
        deadline = self._running()
        with self.assertRaises(AccessError):
            self._suspend(deadline.with_user(self.stranger))

    def test_the_letter_in_the_dialog_is_kept_in_the_file(self):
        deadline = self._running()
        action = deadline.action_ask("suspend")
        step = self.env["iso10003.deadline.step"].with_user(self.handler)
        step.with_context(**action["context"]).create(
            {
                "stop_reason": "documents",
                "stop_until": datetime(2026, 3, 12, 8),
                "proof": b64encode(b"Please send the invoice."),
                "proof_name": "letter.txt",
            }
        ).action_confirm()
        letter = deadline.suspension_ids.attachment_id
        self.assertEqual(letter.name, "letter.txt")
        self.assertEqual(
            (letter.res_model, letter.res_id),
            ("iso10003.dispute", deadline._get_file().id),
        )

    def test_a_manager_cancels_with_a_reason(self):
        deadline = self._running()
        with self.assertRaises(AccessError):
            deadline.action_cancel("It does not hold.")
        deadline = deadline.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "a reason is needed"):
            deadline.action_cancel("")
        deadline.action_cancel("It does not hold.")
        self.assertEqual(deadline.state, "cancelled")
