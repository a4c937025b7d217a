# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..query_counter import count_queries
from .test_deadline_course import DeadlineCase


@tagged("-at_install", "post_install")
class TestDeadlinesOnTheFile(DeadlineCase):
    """What a handler sees of limits on the file, and does there."""

    def test_the_nearest_limit_is_shown_with_its_colour(self):
        self._enforce(
            self._rule(), self._rule("answer", end_event="informed", quantity=9)
        )
        dispute = self._file_with_notice()
        deadline = self._deadline(dispute)
        self.assertEqual(dispute.next_due_date, deadline.due_date)
        far = self._deadline(dispute, "answer")
        for day, urgency, other in (
            (2, "near", "calm"),
            (5, "today", "calm"),
            (6, "overdue", "calm"),
            (8, "overdue", "near"),
        ):
            with self._at(2026, 3, day, 8):
                (deadline | far).invalidate_recordset(["urgency"])
                self.assertEqual((deadline.urgency, far.urgency), (urgency, other), day)
        self._record(dispute, acknowledged_date=date(2026, 3, 3))
        self.assertEqual(deadline.urgency, "over")
        self.assertEqual(dispute.next_due_date, far.due_date)

    def test_complainants_are_told_by_when_they_hear_from_us(self):
        self._enforce(
            self._rule(),
            self._rule("inside", end_event="entered_position", quantity=1),
            self._rule("theirs", actor="complainant", quantity=2),
        )
        dispute = self._file_with_notice()
        due = self._deadline(dispute).due_date
        self.assertEqual(dispute._tell_complainant()["until"], due)
        self._record(dispute, acknowledged_date=date(2026, 3, 3))
        self.assertFalse(dispute._tell_complainant()["until"])

    def test_files_are_found_by_their_next_limit(self):
        self._enforce(self._rule())
        soon = self._file_with_notice(date(2026, 3, 2))
        later = self._file_with_notice(date(2026, 3, 12))
        met = self._file_with_notice(date(2026, 3, 2))
        self._record(met, acknowledged_date=date(2026, 3, 3))
        files = soon | later | met
        self.assertEqual(
            files.search(
                [("id", "in", files.ids), ("next_due_date", "<=", "2026-03-10")]
            ),
            soon,
        )

    def test_a_trail_full_of_limits_is_read_in_bounded_queries(self):
        rules = [self._rule(f"rule{i}", end_event="informed") for i in range(6)]
        self._enforce(*rules)
        rows = self._file_with_notice().register_ids
        told = rows.filtered(lambda row: row.event == "deadline_started")
        self.assertEqual(len(told), 6)
        alone = told.browse(told.ids[0])
        one = count_queries(self.env, lambda: alone.summary)
        self.assertIn("Rule rule0", alone.summary)
        self.assertEqual(count_queries(self.env, lambda: told.mapped("summary")), one)

    def test_reasons_are_told_in_persian_with_persian_dates(self):
        self._enforce(self._rule())
        deadline = self._file_with_notice().deadline_ids.with_context(lang="fa_IR")
        self.assertIn("۳ روز", deadline.explanation)
        self.assertIn("۱۴ اسفند ۱۴۰۴", deadline.explanation)
        self.assertIn("۲۴:۰۰", deadline.explanation)

    def test_my_deadlines_of_today_and_overdue(self):
        self._enforce(self._rule())
        today = self._file_with_notice(date(2026, 2, 27)).deadline_ids
        late = self._file_with_notice(date(2026, 2, 20)).deadline_ids
        self._file_with_notice()
        found = self._filter("deadline_view_search", "today", "mine")
        self.assertEqual(found, today)
        self._sweep()
        self.assertEqual(self._filter("deadline_view_search", "overdue", "mine"), late)

    def _filter(self, view, *names):
        """Return what the handler finds with filters of the search view."""
        deadlines = self.env["iso10003.deadline"].with_user(self.handler)
        arch = deadlines.get_view(self.env.ref(f"odoo_iso10003.{view}").id)["arch"]
        filters = etree.fromstring(arch).iter("filter")
        domains = {
            node.get("name"): node.get("domain")
            for node in filters
            if node.get("domain")
        }
        scope = {"uid": self.handler.id}
        return deadlines.search(
            Domain.AND(safe_eval(domains[name], scope) for name in names)
        )

    # ------------------------------------------------------------
    # The letter
    # ------------------------------------------------------------

    def _letter(self):
        return self.env["mail.template"].create(
            {
                "name": "Acknowledgement",
                "model_id": self.env["ir.model"]._get_id("iso10003.dispute"),
                "subject": "We have your notice {{ object.name }}",
                "body_html": "<p>We have received it.</p>",
                "partner_to": "{{ object.partner_id.id }}",
            }
        )

    def _send(self, deadline):
        action = deadline.action_send_letter()
        letters = self.env[action["res_model"]].with_user(self.handler)
        Form(letters.with_context(**action["context"])).save().action_send()

    def test_the_letter_meets_the_limit(self):
        self._enforce(self._rule(template_id=self._letter().id))
        dispute = self._file_with_notice()
        self._send(dispute.deadline_ids)
        self.assertEqual(dispute.acknowledged_date, date(2026, 3, 2))
        self.assertEqual(dispute.deadline_ids.state, "met")
        subjects = dispute.message_ids.mapped("subject")
        self.assertIn(f"We have your notice {dispute.name}", subjects)

    def test_the_letter_meets_a_limit_without_an_event(self):
        self._enforce(self._rule(template_id=self._letter().id, end_event=False))
        dispute = self._file_with_notice()
        self._send(dispute.deadline_ids)
        self.assertEqual(dispute.deadline_ids.state, "met")

    def test_another_message_meets_nothing(self):
        self._enforce(self._rule(template_id=self._letter().id))
        dispute = self._file_with_notice()
        other = self._file_with_notice()
        dispute.message_post(body="We called.")
        action = other.deadline_ids.action_send_letter()
        context = action["context"] | {"default_file_id": dispute.file_ids.id}
        letters = self.env[action["res_model"]].with_user(self.handler)
        Form(letters.with_context(**context)).save().action_send()
        self.assertEqual(dispute.deadline_ids.state, "running")
        self.assertEqual(other.deadline_ids.state, "running")

    def test_not_on_other_people_s_files(self):
        self._enforce(self._rule(template_id=self._letter().id))
        deadline = self._file_with_notice().deadline_ids
        with self.assertRaises(AccessError):
            deadline.with_user(self.stranger).action_send_letter()

    # ------------------------------------------------------------
    # Who held the file
    # ------------------------------------------------------------

    def test_time_is_charged_to_who_held_the_file(self):
        dispute = self._open_dispute()
        with self._at(2026, 3, 5, 8):
            dispute.waiting_on = "complainant"
        with self._at(2026, 3, 6, 8):
            self._lead_to(dispute, "notice")
        with self._at(2026, 3, 8, 8):
            dispute.waiting_on = "authority"
        with self._at(2026, 3, 9, 8):
            dispute.invalidate_recordset(["holder_bar"])
            bar = {part["holder"]: part for part in dispute.holder_bar}
        day = 24 * 3600
        self.assertEqual(
            {holder: part["seconds"] // day for holder, part in bar.items()},
            {"organization": 5, "complainant": 1, "authority": 1},
        )
        self.assertTrue(bar["authority"]["now"])
        self.assertEqual(bar["complainant"]["label"], "Complainant")
        self.assertEqual(bar["organization"]["spent"], "5 days")
