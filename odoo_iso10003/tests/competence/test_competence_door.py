# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError

from ..common import DisputeCase
from .competence_common import CompetencePeople


class TestCompetenceDoor(CompetencePeople, DisputeCase):
    """Who is competent for a role on a day, and what is said when somebody is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_competence()
        cls.today = fields.Date.today()

    def _refused(self, person, code="handler", day=None, record=None):
        with self.assertRaises(UserError) as caught:
            self._door()._check_competent(code, person, day, record)
        return str(caught.exception)

    def _allowed(self, person, code="handler", day=None, record=None):
        self._door()._check_competent(code, person, day, record)

    # ------------------------------------------------------------
    # The switch
    # ------------------------------------------------------------

    def test_a_new_company_requires_nothing_of_anybody(self):
        company = self.env["res.company"].create({"name": "New"})
        roles = self.env["iso10003.role"].search([("company_id", "=", company.id)])
        self.assertEqual(len(roles), 9)
        self.assertFalse(any(roles.mapped("enforced")))
        for role in roles:
            self._allowed(self.stranger, role.code, record=role)

    def test_what_is_listed_stops_nobody_before_it_is_required(self):
        self._need("handler")
        self._allowed(self.handler)
        self.roles["handler"].with_user(self.manager).action_require()
        self._refused(self.handler)
        self.roles["handler"].with_user(self.manager).action_stop_requiring()
        self._allowed(self.handler)

    def test_requiring_needs_something_to_require(self):
        with self.assertRaisesRegex(UserError, "List the certifications"):
            self.roles["handler"].with_user(self.manager).action_require()

    def test_the_switch_is_no_field_to_write(self):
        self._need("handler")
        role = self.roles["handler"].with_user(self.manager)
        with self.assertRaises(UserError):
            role.write({"enforced": True})
        with self.assertRaises(AccessError):
            self.roles["handler"].with_user(self.handler).action_require()

    def test_rules_and_their_switch_stand_in_the_register(self):
        role = self.roles["handler"]
        requirement = self._require("handler")
        requirement.with_user(self.manager).level_id = self.basic
        role.with_user(self.manager).action_stop_requiring()
        rows = self.env["iso10003.register"].search(
            [("file", "=", role._register_file())], order="sequence"
        )
        self.assertEqual(
            rows.mapped("event")[-4:],
            ["requirement", "required", "requirement", "not_required"],
        )
        self.assertEqual(
            rows[-3].data["needs"],
            [{"skill": self.fairness.id, "level": self.good.id}],
        )
        self.assertFalse(self.env["iso10003.register"].verify_chain([rows[0].file]))

    # ------------------------------------------------------------
    # What counts
    # ------------------------------------------------------------

    def test_a_certification_of_the_level_or_above_does(self):
        self._require("handler", level=self.basic)
        employee = self.employees[self.handler]
        self._refused(self.handler)
        self._certify(employee, level=self.good)
        self._allowed(self.handler)

    def test_a_lower_level_does_not_and_is_named(self):
        self._require("handler")
        self._certify(self.employees[self.handler], level=self.basic)
        message = self._refused(self.handler)
        self.assertIn("Fair resolution: Good is needed, Basic is held", message)

    def test_each_certification_of_a_role_is_needed(self):
        self._need("handler", self.judging)
        self._require("handler")
        self._certify(self.employees[self.handler])
        message = self._refused(self.handler)
        self.assertIn("Judging merits", message)
        self.assertNotIn("Fair resolution (", message)

    def test_the_first_and_the_last_day_count(self):
        self._require("handler")
        start, end = date(2031, 3, 1), date(2031, 5, 31)
        self._certify(self.employees[self.handler], start=start, end=end)
        one = relativedelta(days=1)
        for day in (start, end):
            self._allowed(self.handler, day=day)
        self.assertIn("begins on", self._refused(self.handler, day=start - one))
        self.assertIn("ended on 05/31/2031", self._refused(self.handler, day=end + one))

    def test_a_renewal_supersedes_and_overwrites_nothing(self):
        self._require("handler")
        employee = self.employees[self.handler]
        old = self._certify(employee, start=date(2030, 1, 1), end=date(2030, 12, 31))
        self._certify(employee, start=date(2030, 12, 1), end=date(2031, 12, 31))
        for day in (date(2030, 6, 1), date(2031, 6, 1)):
            self._allowed(self.handler, day=day)
        self.assertEqual(old.valid_to, date(2030, 12, 31))

    def test_the_reviewer_is_asked_as_counsel(self):
        self._require("counsel")
        self._refused(self.counsel, "reviewer")

    # ------------------------------------------------------------
    # Midnight is where the person is
    # ------------------------------------------------------------

    def test_a_certification_ends_at_midnight_of_the_persons_time_zone(self):
        self._require("handler")
        employee = self.employees[self.handler]
        employee.tz = "Asia/Tehran"  # three and a half hours ahead of UTC
        self._certify(employee, start=date(2031, 1, 1), end=date(2031, 6, 10))
        with freeze_time("2031-06-10 20:29:00"):  # 23:59 in Tehran
            self._allowed(self.handler)
        with freeze_time("2031-06-10 20:30:00"):  # midnight in Tehran
            self.assertIn("06/10/2031", self._refused(self.handler))
        employee.tz = "America/New_York"  # still the tenth there
        with freeze_time("2031-06-11 03:59:00"):
            self._allowed(self.handler)
        with freeze_time("2031-06-11 04:00:00"):
            self._refused(self.handler)

    def test_a_moment_is_judged_there_too(self):
        self._require("handler")
        self.employees[self.handler].tz = "Asia/Tehran"
        self._certify(
            self.employees[self.handler], start=date(2031, 1, 1), end=date(2031, 6, 10)
        )
        self._allowed(self.handler, day=datetime(2031, 6, 10, 20, 29))
        self._refused(self.handler, day=datetime(2031, 6, 10, 20, 30))
        self._allowed(self.handler, day=date(2031, 6, 10))

    # ------------------------------------------------------------
    # Users, employees, contacts
    # ------------------------------------------------------------

    def test_a_user_without_employee_is_told_so(self):
        self._require("handler")
        message = self._refused(self.stranger)
        self.assertIn("user without an employee", message)
        self.assertIn(self.company.name, message)

    def test_an_archived_employee_is_told_so_though_certified(self):
        self._require("handler")
        employee = self.employees[self.handler]
        self._certify(employee)
        self._allowed(self.handler)
        employee.active = False
        self.assertIn("archived", self._refused(self.handler))

    def test_an_employee_without_user_is_found_by_the_contact(self):
        self._require("handler")
        contact = self.env["res.partner"].create({"name": "Nader"})
        employee = self.env["hr.employee"].create(
            {
                "name": "Nader",
                "company_id": self.company.id,
                "work_contact_id": contact.id,
            }
        )
        self._refused(contact)
        self._certify(employee)
        self._allowed(contact)

    def test_people_from_outside_hold_theirs_on_the_contact(self):
        self._require("counsel")
        lawyer = self.env["res.partner"].create({"name": "A law office"})
        self.assertNotIn("without an employee", self._refused(lawyer, "counsel"))
        certification = self._certify_contact(lawyer)
        self._allowed(lawyer, "counsel")
        certification.valid_to = self.today - relativedelta(days=1)
        self.assertIn("ended on", self._refused(lawyer, "counsel"))

    def test_a_users_contact_counts_as_well(self):
        self._require("auditor")
        self._certify_contact(self.auditor.partner_id)
        self._allowed(self.auditor, "auditor")

    def test_each_company_has_its_own_rules_and_employees(self):
        self._require("handler")
        self._certify(self.employees[self.handler])
        other = self.env["res.company"].create({"name": "Other"})
        self.handler.company_ids += other
        role = self.env["iso10003.role"].search(
            [("company_id", "=", other.id), ("code", "=", "handler")]
        )
        self._allowed(self.handler, record=role)  # requires nothing there
        role.requirement_ids.unlink()
        self._need("handler", role=role)
        self.manager.company_ids += other
        role.with_user(self.manager).with_company(other).action_require()
        self.assertIn(
            "without an employee in Other", self._refused(self.handler, record=role)
        )
        there = self._new_employee(self.handler, company_id=other.id)
        self._refused(self.handler, record=role)
        self._certify(there)
        self._allowed(self.handler, record=role)
        self._allowed(self.handler)  # and here as before

    # ------------------------------------------------------------
    # What is said
    # ------------------------------------------------------------

    def test_the_next_session_with_a_seat_is_named(self):
        self._require("handler")
        self.assertIn("No session is planned", self._refused(self.handler))
        course = self._new_course()
        tomorrow = fields.Datetime.now() + relativedelta(days=1)
        full, free = (
            self._new_session(
                course,
                date_start=tomorrow + relativedelta(days=days),
                date_end=tomorrow + relativedelta(days=days, hours=4),
                capacity=1,
            )
            for days in (0, 3)
        )
        self._seat(full, self.employees[self.evaluator])
        message = self._refused(self.handler)
        self.assertIn(free.name, message)
        self.assertNotIn(full.name, message)

    def test_a_refusal_speaks_persian_to_a_persian_reader(self):
        self._require("handler")
        self.env["res.lang"]._activate_lang("fa_IR")
        with (
            freeze_time("2031-03-10 12:00:00"),
            self.assertRaises(UserError) as refusal,
        ):
            self._door().with_context(lang="fa_IR")._check_competent(
                "handler", self.handler
            )
        self.assertIn("نمی‌تواند «رسیدگی‌کننده به اختلاف»", str(refusal.exception))
        self.assertIn("۱۴۰۹/۱۲/۱۹", str(refusal.exception))
        self.assertIn("را ندارد", str(refusal.exception))

    # ------------------------------------------------------------
    # Nobody certifies oneself
    # ------------------------------------------------------------

    def test_employees_do_not_certify_themselves_for_a_role(self):
        self._need("handler")
        own = self.env["hr.employee.skill"].with_user(self.handler)
        vals = {
            "employee_id": self.employees[self.handler].id,
            "skill_type_id": self.kind.id,
            "skill_id": self.fairness.id,
            "skill_level_id": self.good.id,
        }
        with self.assertRaises(AccessError):
            own.create(vals)
        held = self._certify(self.employees[self.handler], end=self.today)
        with self.assertRaises(AccessError):
            held.with_user(self.handler).valid_to = False
        with self.assertRaises(AccessError):
            held.with_user(self.handler).unlink()
        # another skill cannot be turned into it either
        free = own.create({**vals, "skill_id": self.judging.id})
        with self.assertRaises(AccessError):
            free.skill_id = self.fairness
        free.unlink()
        held.with_user(self.officer).valid_to = False

    def test_what_a_deleted_course_granted_is_no_certification_for_a_role(self):
        course = self.env["iso10003.course"].create(
            {"name": "Judging", "skill_id": self.judging.id}
        )
        own = self.env["hr.employee.skill"].with_user(self.handler)
        vals = {
            "employee_id": self.employees[self.handler].id,
            "skill_type_id": self.kind.id,
            "skill_id": self.judging.id,
            "skill_level_id": self.good.id,
        }
        with self.assertRaises(AccessError):
            own.create(vals)
        course.with_user(self.manager).unlink()
        self.assertTrue(own.create(vals))
