# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from .deadline_common import TODAY, DeadlineRules


@tagged("-at_install", "post_install")
class DeadlineCase(DeadlineRules, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(cls._at(2026, 3, 2, 8))
        cls._set_up_people()


class TestDeadlineCourse(DeadlineCase):
    """Deadlines start, end and move with what happens on their file."""

    # ------------------------------------------------------------
    # Start
    # ------------------------------------------------------------

    def test_a_notice_starts_its_clock(self):
        self._enforce(self._rule())
        dispute = self._open_dispute()
        self.assertFalse(dispute.deadline_ids)
        self._record(dispute, notice_date=TODAY)
        deadline = dispute.deadline_ids
        self.assertEqual(deadline.state, "running")
        self.assertEqual(deadline.due_date, date(2026, 3, 5))
        # the end of that day in Tehran
        self.assertEqual(deadline.due, datetime(2026, 3, 5, 20, 30))
        self.assertIn("3 calendar days", deadline.explanation)
        self.assertEqual(dispute.next_due_date, date(2026, 3, 5))
        self.assertEqual(
            self._events(dispute, "deadline_started")[0]["due_date"], "2026-03-05"
        )

    def test_a_file_without_rules_has_no_deadlines(self):
        self._enforce()
        dispute = self._file_with_notice()
        self.assertFalse(dispute.deadline_ids)

    def test_an_inactive_rule_starts_nothing(self):
        self._enforce(self._rule(active=False))
        self.assertFalse(self._file_with_notice().deadline_ids)

    def test_working_days_are_those_of_the_company(self):
        # Thursday 5 and Friday 6 March are the weekend
        self._enforce(self._rule(unit="working_day", quantity=4))
        deadline = self._file_with_notice().deadline_ids
        self.assertEqual(deadline.due_date, date(2026, 3, 8))

    def test_public_holidays_of_the_company_are_not_counted(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "calendar_id": False,
                "date_from": datetime(2026, 3, 2, 20, 30),
                "date_to": datetime(2026, 3, 3, 20, 29, 59),
            }
        )
        self._enforce(self._rule(unit="working_day", quantity=1))
        deadline = self._file_with_notice().deadline_ids
        self.assertEqual(deadline.due_date, date(2026, 3, 4))

    def test_the_day_ends_where_who_must_act_is(self):
        self._enforce(self._rule(actor="complainant"))
        self.customer.tz = "America/New_York"
        deadline = self._file_with_notice().deadline_ids
        self.assertEqual(deadline.zone, "America/New_York")
        self.assertEqual(deadline.due, datetime(2026, 3, 6, 5, 0))

    def test_who_resides_abroad_has_the_time_from_abroad(self):
        self._enforce(
            self._rule(actor="complainant", abroad_quantity=2, abroad_unit="month")
        )
        self.customer.country_id = self.env.ref("base.de")
        deadline = self._file_with_notice().deadline_ids
        self.assertTrue(deadline.abroad)
        self.assertEqual(deadline.due_date, date(2026, 5, 2))

    def test_the_actor_without_zone_has_the_company_s(self):
        self._enforce(self._rule(actor="complainant"))
        self.customer.tz = False
        self.assertEqual(self._file_with_notice().deadline_ids.zone, "Asia/Tehran")

    def test_a_rule_holds_for_what_it_applies_to(self):
        category = self.env.ref("odoo_iso10003.category_warranty")
        self._enforce(
            self._rule("all"),
            self._rule("warranty", category_ids=[Command.link(category.id)]),
            self._rule("business", complainant_type="small_business"),
            self._rule("large", amount_from=1000),
            self._rule("small", amount_from=1, amount_to=999),
            self._rule("legal", nature="legal"),
            self._rule("decided", method="determinative"),
            self._rule("provider", provider_ids=[Command.link(self.customer.id)]),
            self._rule("notice", state="notice"),
        )
        dispute = self._file_with_notice(
            category_id=category.id, amount_claimed=1000, method="determinative"
        )
        self.assertEqual(
            set(dispute.deadline_ids.mapped("rule_id.code")),
            {"all", "warranty", "large", "decided"},
        )
        dispute.write({"amount_claimed": 5, "nature": "legal"})
        running = dispute.deadline_ids.filtered(lambda one: one.state == "running")
        self.assertEqual(
            set(running.mapped("rule_id.code")),
            {"all", "warranty", "small", "legal", "decided"},
        )
        [cancelled] = self._events(dispute, "deadline_cancelled")
        self.assertEqual(cancelled["code"], "large")

    def test_entering_a_state_is_an_event(self):
        self._enforce(
            self._rule(
                "answer", start_event="entered_notice", end_event="position_sent"
            ),
            self._rule(
                "evaluate", start_event="entered_notice", end_event="entered_evaluation"
            ),
        )
        dispute = self._open_dispute()
        self._lead_to(dispute, "notice")
        self.assertEqual(len(dispute.deadline_ids), 2)
        with self._at(2026, 3, 4, 8):
            self._lead_to(dispute, "evaluation")
        self.assertEqual(self._deadline(dispute, "evaluate").state, "met")
        self.assertEqual(self._deadline(dispute, "answer").state, "running")

    def test_a_file_keeps_the_rules_it_started_under(self):
        self._enforce(self._rule())
        dispute = self._file_with_notice()
        self._enforce(self._rule(quantity=10))
        self.assertEqual(dispute.deadline_ids.due_date, date(2026, 3, 5))
        self._record(dispute, notice_date=date(2026, 3, 1))
        self.assertEqual(dispute.deadline_ids.due_date, date(2026, 3, 4))

    def test_one_rule_starts_one_deadline(self):
        self._enforce(self._rule())
        dispute = self._file_with_notice()
        self._record(dispute, notice_date=TODAY)
        dispute.write({"complainant_type": "other"})
        self.assertEqual(len(dispute.deadline_ids), 1)

    def test_the_complaint_s_date_counts(self):
        self._enforce(
            self._rule(
                "answer", start_event="complaint_received", end_event="final_answer"
            )
        )
        dispute = self._open_dispute()
        self.assertEqual(dispute.deadline_ids.due_date, date(2026, 3, 5))
        self.ticket.with_user(self.agent).complaint_date = date(2026, 3, 1)
        self.assertEqual(dispute.deadline_ids.due_date, date(2026, 3, 4))

    def test_the_earliest_of_several_limits(self):
        self._enforce(
            self._rule(
                "refer",
                start_event=False,
                end_event="recourse_told",
                combine="earliest",
                part_ids=[
                    Command.create(
                        self._rule(
                            "weeks",
                            start_event="complaint_received",
                            end_event=False,
                            unit="week",
                            quantity=6,
                        )
                    ),
                    Command.create(
                        self._rule(
                            "deadlock",
                            start_event="final_answer",
                            end_event=False,
                            quantity=2,
                        )
                    ),
                ],
            )
        )
        dispute = self._open_dispute()
        deadline = dispute.deadline_ids
        self.assertEqual(deadline.due_date, date(2026, 4, 13))
        with self._at(2026, 3, 10, 8):
            self._record(dispute, final_answer_date=date(2026, 3, 10))
        self.assertEqual(deadline.due_date, date(2026, 3, 12))
        [moved] = self._events(dispute, "correction")
        self.assertEqual(moved["before"]["due"], "2026-04-13T20:30:00Z")
        self.assertEqual(moved["due"], "2026-03-12T20:30:00Z")

    def test_the_latest_waits_for_all(self):
        self._enforce(
            self._rule(
                "both",
                start_event=False,
                combine="latest",
                part_ids=[
                    Command.create(self._rule("a", end_event=False)),
                    Command.create(
                        self._rule("b", start_event="recourse_told", end_event=False)
                    ),
                ],
            )
        )
        dispute = self._file_with_notice()
        self.assertFalse(dispute.deadline_ids)
        with self._at(2026, 3, 9, 8):
            self._record(dispute, recourse_date=date(2026, 3, 9))
        self.assertEqual(dispute.deadline_ids.due_date, date(2026, 3, 12))

    def test_what_another_clock_had_left(self):
        policy = self._draft(
            self._rule("first", quantity=30, end_event="informed"),
            self._rule(
                "second", start_event="position_sent", quantity=21, end_event="informed"
            ),
        )
        first, second = policy.rule_ids
        second.balance_rule_id = first
        policy.with_user(self.chief).action_approve()
        policy.with_user(self.chief).action_put_in_force()
        dispute = self._file_with_notice()
        with self._at(2026, 3, 12, 8):
            self._record(dispute, response_date=date(2026, 3, 12))
        # 10 of 30 days are gone
        self.assertEqual(self._deadline(dispute, "second").due_date, date(2026, 4, 1))

    def test_a_date_given_by_hand(self):
        policy = self._enforce(
            self._rule("evidence", start_event="given", end_event=False, quantity=0)
        )
        dispute = self._open_dispute()
        self.assertFalse(dispute.deadline_ids)
        step = self.env["iso10003.deadline.step"].with_user(self.handler)
        step.create(
            {
                "question": "given",
                "file_id": dispute.file_ids.id,
                "rule_id": policy.rule_ids.id,
                "start_date": date(2026, 3, 20),
            }
        ).action_confirm()
        self.assertEqual(dispute.deadline_ids.due_date, date(2026, 3, 20))
        dispute.deadline_ids.action_meet()
        self.assertEqual(dispute.deadline_ids.state, "met")

    # ------------------------------------------------------------
    # End
    # ------------------------------------------------------------

    def test_in_time_on_the_last_day_and_late_on_the_next(self):
        self._enforce(self._rule())
        in_time, late = self._file_with_notice(), self._file_with_notice()
        with self._at(2026, 3, 6, 8):
            self._record(in_time, acknowledged_date=date(2026, 3, 5))
            self._record(late, acknowledged_date=date(2026, 3, 6))
        self.assertEqual(in_time.deadline_ids.state, "met")
        self.assertEqual(late.deadline_ids.state, "met_late")
        self.assertEqual(
            self._events(late, "deadline_met_late")[0]["state"], "met_late"
        )
        self.assertFalse(in_time.next_due_date)

    def test_what_was_done_before_the_clock_started_is_done(self):
        self._enforce(self._rule())
        dispute = self._open_dispute()
        self._record(dispute, acknowledged_date=TODAY)
        self._record(dispute, notice_date=TODAY)
        self.assertEqual(dispute.deadline_ids.state, "met")

    def test_what_did_not_happen_after_all_runs_again(self):
        self._enforce(self._rule())
        dispute = self._file_with_notice(acknowledged_date=TODAY)
        self.assertEqual(dispute.deadline_ids.state, "met")
        self._record(dispute, acknowledged_date=False)
        self.assertEqual(dispute.deadline_ids.state, "running")
        self.assertEqual(len(self._events(dispute, "deadline_runs_again")), 1)

    def test_an_event_of_the_file_is_not_met_by_hand(self):
        self._enforce(self._rule())
        dispute = self._file_with_notice()
        with self.assertRaisesRegex(UserError, "fill in its date on the file"):
            dispute.deadline_ids.action_meet()

    # ------------------------------------------------------------
    # Correction
    # ------------------------------------------------------------

    def test_a_corrected_date_moves_the_limit_and_leaves_both_on_record(self):
        self._enforce(self._rule())
        dispute = self._file_with_notice()
        self._record(dispute, notice_date=date(2026, 2, 28))
        deadline = dispute.deadline_ids
        self.assertEqual(deadline.due_date, date(2026, 3, 3))
        [correction] = self._events(dispute, "correction")
        self.assertEqual(correction["before"]["due"], "2026-03-05T20:30:00Z")
        self.assertEqual(correction["due"], "2026-03-03T20:30:00Z")

    def test_a_corrected_date_judges_anew_what_was_met(self):
        self._enforce(self._rule())
        dispute = self._file_with_notice(acknowledged_date=date(2026, 3, 5))
        self._record(dispute, notice_date=date(2026, 3, 1))
        self.assertEqual(dispute.deadline_ids.state, "met_late")

    def test_a_date_taken_back_cancels(self):
        self._enforce(self._rule())
        dispute = self._file_with_notice()
        self._record(dispute, notice_date=False)
        self.assertEqual(dispute.deadline_ids.state, "cancelled")
        self.assertEqual(dispute.deadline_ids.cancel_reason, "start_withdrawn")
        self._record(dispute, notice_date=TODAY)
        self.assertEqual(dispute.deadline_ids.mapped("state"), ["cancelled", "running"])

    def test_nothing_else_recounts(self):
        self._enforce(self._rule(unit="working_day", quantity=4))
        dispute = self._file_with_notice()
        before = dispute.deadline_ids.due
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": datetime(2026, 3, 2, 20, 30),
                "date_to": datetime(2026, 3, 3, 20, 29, 59),
            }
        )
        self.customer.tz = "Europe/Berlin"
        dispute.write({"subject": "New words"})
        self.assertEqual(dispute.deadline_ids.due, before)

    # ------------------------------------------------------------
    # Closed and reopened
    # ------------------------------------------------------------

    def test_closing_ends_what_runs_and_reopening_lets_it_go_on(self):
        self._enforce(self._rule(), self._rule("do", end_event="carried_out"))
        dispute = self._file_with_notice(acknowledged_date=TODAY)
        self._record(dispute, informed_date=TODAY)
        dispute.action_close("discontinued", "The complainant lost interest.")
        still = self._deadline(dispute, "do")
        self.assertEqual(still.state, "cancelled")
        self.assertEqual(still.cancel_reason, "file_closed")
        self.assertEqual(self._deadline(dispute).state, "met")
        dispute.with_user(self.manager).action_reopen("New facts came up.")
        self.assertEqual(still.state, "running")
        self.assertEqual(still.due_date, date(2026, 3, 5))

    def test_a_closed_file_s_deadlines_are_frozen(self):
        self._enforce(self._rule(extension_quantity=3, extension_unit="day"))
        dispute = self._file_with_notice(informed_date=TODAY)
        dispute.action_close("discontinued", "The complainant lost interest.")
        self.assertEqual(dispute.deadline_ids.due_date, date(2026, 3, 5))
        deadline = dispute.deadline_ids.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "closed"):
            deadline.action_extend("Too late", TODAY)
        self.ticket.complaint_date = date(2026, 1, 1)
        self.assertEqual(dispute.deadline_ids.due_date, date(2026, 3, 5))

    # ------------------------------------------------------------
    # Many at once
    # ------------------------------------------------------------

    def test_a_batch_takes_no_more_queries_than_a_few(self):
        self._enforce(self._rule("answer", start_event="opened", end_event="informed"))
        tickets = self.env["helpdesk.ticket"].browse()
        for _number in range(60):
            tickets |= self._new_ticket()
        counts = []
        for batch in (tickets[:10], tickets[10:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch.with_user(self.handler)._open_disputes()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 5, counts)

    # ------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------

    def test_deadlines_are_seen_with_their_files(self):
        self._enforce(self._rule())
        dispute = self._file_with_notice()
        deadlines = self.env["iso10003.deadline"]
        for user, sees in (
            (self.handler, True),
            (self.manager, True),
            (self.counsel, True),
            (self.auditor, True),
            (self.stranger, False),
        ):
            found = deadlines.with_user(user).search(
                [("file_id", "=", dispute.file_ids.id)]
            )
            self.assertEqual(bool(found), sees, user.login)
        with self.assertRaises(AccessError):
            deadlines.with_user(self.portal).search([])

    def test_nobody_writes_what_the_clock_says(self):
        self._enforce(self._rule())
        deadline = self._file_with_notice().deadline_ids
        others = {
            "boolean": True,
            "char": "Europe/Berlin",
            "date": "2030-01-01",
            "datetime": "2030-01-01 00:00:00",
            "json": {"1": "2030-01-01 00:00:00"},
        }
        codes = {"state": "met", "cancel_reason": "by_hand"}
        names = deadline._get_marked_fields("guarded")
        self.assertGreaterEqual(names, {"due", "due_date", "state", "start", "why"})
        for name in sorted(names):
            value = codes.get(name, others.get(deadline._fields[name].type))
            for user in (self.handler, self.manager, self.env.ref("base.user_root")):
                theirs = deadline.with_user(user)
                doors = {
                    "write": lambda: theirs.write({name: value}),
                    "web_save": lambda: theirs.web_save({name: value}, {}),
                    "context": lambda: theirs.with_context(
                        **{f"default_{name}": value}
                    ).write({name: value}),
                    "through the file": lambda: theirs.file_id.write(
                        {"deadline_ids": [Command.update(deadline.id, {name: value})]}
                    ),
                }
                for door, knock in doors.items():
                    with self.subTest(field=name, user=user.login, door=door):
                        with self.assertRaises(UserError):
                            knock()
        # what only a limit without a rule has is empty here, and stays so
        given = {"given_kind": "other", "set_by_id": self.customer.id}
        for name in sorted(deadline._get_marked_fields("fixed")):
            value = not deadline[name] and given.get(name, "acknowledged")
            with self.subTest(field=name), self.assertRaises(UserError):
                deadline.write({name: value})

    def test_nobody_makes_or_deletes_a_deadline(self):
        self._enforce(self._rule())
        deadline = self._file_with_notice().deadline_ids
        with self.assertRaises(AccessError):
            deadline.with_user(self.manager).create(
                {"rule_id": deadline.rule_id.id, "company_id": self.company.id}
            )
        with self.assertRaises(AccessError):
            deadline.with_user(self.manager).unlink()
        with self.assertRaisesRegex(UserError, "stays on record"):
            deadline.sudo().unlink()
