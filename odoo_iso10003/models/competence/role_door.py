# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mixin.people_date import format_people_date

# roles that ask for what another role needs
SAME_AS = {"reviewer": "counsel"}


class RoleDoor(models.Model):
    """The one question before an assignment: is this person competent on this day?"""

    _inherit = "iso10003.role"

    @api.model
    def _check_competent(self, role_code, person, day=None, record=None):
        """Refuse a person who lacks a certification that the role needs.

        :param role_code: a code of this model, or ``reviewer``
        :param person: one ``res.users`` or ``res.partner``
        :param day: date of the assignment, or a datetime in UTC, judged in the
            person's time zone; now when not given
        :param record: what the person is assigned to; its company decides
        :raises UserError: says what is missing and where it can be got (4.10)
        """
        company = self.env.company
        if record is not None and record.company_id:
            company = record.company_id
        role = self._get_enforced(role_code, company)
        if not role or not person:
            return
        gap = role._find_gaps(person, day).get(person)
        if gap:
            raise UserError(role._explain_gap(person, gap, record))

    @api.model
    def _get_enforced(self, role_code, company):
        """Return the role if it requires anything in ``company``, else nothing."""
        role_code = SAME_AS.get(role_code, role_code)
        if role_code not in self._get_enforced_codes(company.id):
            return self.browse()
        # what a role needs is no secret to whoever gives it
        return self.sudo().search_fetch(
            [("company_id", "=", company.id), ("code", "=", role_code)]
        )

    # ------------------------------------------------------------
    # What people hold
    # ------------------------------------------------------------

    def _find_gaps(self, people, day=None):
        """Say what people lack for this role, in a few queries for all of them.

        :param people: ``res.users`` or ``res.partner``
        :return: ``{person: {"day", "employee", "missing": [(requirement, held)]}}``
            for those who lack something; ``held`` are certifications of the right
            kind that do not do
        """
        self.ensure_one()
        # certifications are looked at for the decision, not shown
        people = people.sudo()
        return self._judge_people(people, *self._read_held(people), day)

    @api.model
    def _lack_something(self, asked):
        """Say whether somebody lacks anything for a role that they have, today.

        In as few queries for several roles of one company as for one.

        :param asked: ``[(role, res.users or res.partner)]``
        """
        for kind in {people._name for _role, people in asked}:
            # as above, and what a role needs is no secret
            given = [
                (role.sudo(), who.sudo()) for role, who in asked if who._name == kind
            ]
            roles, people = (one[0].union(*one[1:]) for one in zip(*given, strict=True))
            held = roles._read_held(people)
            if any(role._judge_people(who, *held) for role, who in given):
                return True
        return False

    def _read_held(self, people):
        """Return who of these people is employed, and what they hold for these roles.

        See :meth:`_find_employees` and :meth:`_read_certifications`.
        """
        employees = self._find_employees(people)
        return employees, self._read_certifications(people, employees)

    def _judge_people(self, people, employees, held, day=None):
        gaps = {}
        for person in people:
            employee = employees[person]
            person_day = self._day_at(person, employee, day)
            missing = [
                (requirement, rows)
                for requirement in self.requirement_ids
                for rows in [held[person].get(requirement.skill_id, [])]
                if not any(
                    self._certifies(row, requirement, person_day) for row in rows
                )
            ]
            if missing or (employee and not employee.active):
                gaps[person.sudo(False)] = {
                    "day": person_day,
                    "employee": employee,
                    "missing": missing,
                }
        return gaps

    def _find_employees(self, people):
        """Return ``{person: employee in the company of this role}``, active first."""
        contacts = people.partner_id if people._name == "res.users" else people
        # who is employed is looked at for the decision, not shown
        Employee = self.env["hr.employee"].sudo().with_context(active_test=False)
        employees = Employee.search_fetch(
            [
                ("company_id", "=", self.company_id.id),
                "|",
                ("user_id.partner_id", "in", contacts.ids),
                ("work_contact_id", "in", contacts.ids),
            ],
            order="active, id desc",
        )
        by_contact = {}
        for employee in employees:  # the last one wins: the oldest active one
            by_contact[employee.work_contact_id] = employee
        for employee in employees.filtered("user_id"):
            by_contact[employee.user_id.partner_id] = employee
        return {
            person: by_contact.get(self._contact_of(person), Employee)
            for person in people
        }

    def _contact_of(self, person):
        return person.partner_id if person._name == "res.users" else person

    def _read_certifications(self, people, employees):
        """Return ``{person: {skill: [certifications]}}`` of the skills that count."""
        skills = self.requirement_ids.skill_id.ids
        every = self.env["hr.employee"].union(*employees.values())
        contacts = people.partner_id if people._name == "res.users" else people
        # certifications are looked at for the decision, not shown
        of_employees = self.env["hr.employee.skill"].sudo()
        by_employee = of_employees.search_fetch(
            [("employee_id", "in", every.ids), ("skill_id", "in", skills)]
        ).grouped("employee_id")
        # and so are those of outside persons
        of_contacts = self.env["iso10003.contact.certification"].sudo()
        by_contact = of_contacts.search_fetch(
            [("partner_id", "in", contacts.ids), ("skill_id", "in", skills)]
        ).grouped("partner_id")
        held = {}
        for person in people:
            mine = held.setdefault(person, {})
            own = by_employee.get(employees[person], ())
            for row in [*own, *by_contact.get(self._contact_of(person), ())]:
                mine.setdefault(row.skill_id, []).append(row)
        return held

    @api.model
    def _certifies(self, certification, requirement, day):
        """Whether a certification meets a requirement on a day; the last one counts."""
        return (
            certification.skill_level_id.level_progress
            >= requirement.level_id.level_progress
            and certification.valid_from <= day
            and (not certification.valid_to or certification.valid_to >= day)
        )

    @api.model
    def _day_at(self, person, employee, day=None):
        """Return the date where the person is; a certification ends at midnight there.

        :param day: a date, which stays what it is, or a datetime in UTC, or None
        """
        if day and not isinstance(day, datetime):
            return day
        zone = pytz.timezone(employee.tz or person.tz or "UTC")
        moment = day or fields.Datetime.now()
        return pytz.utc.localize(moment).astimezone(zone).date()

    # ------------------------------------------------------------
    # Saying it
    # ------------------------------------------------------------

    def _explain_gap(self, person, gap, record=None):
        lines = [
            self.env._(
                "%(person)s cannot be “%(role)s” of %(record)s: on %(day)s this is "
                "missing (ISO 10003, 4.10).",
                person=person.name,
                role=self.display_name,
                record=record.display_name if record else self.company_id.name,
                day=format_people_date(self.env, gap["day"], "short"),
            )
        ]
        lines += self._explain_person(person, gap["employee"])
        for requirement, held in gap["missing"]:
            lines.append("• " + self._explain_missing(requirement, held, gap["day"]))
            lines.append("   " + self._explain_session(requirement))
        lines.append(
            self.env._(
                "Choose somebody else, or let a dispute manager override this with "
                "a reason."
            )
        )
        return "\n".join(lines)

    def _explain_person(self, person, employee):
        if employee and not employee.active:
            return [
                "• "
                + self.env._(
                    "%(person)s does not work here any more: the employee is archived.",
                    person=person.name,
                )
            ]
        if not employee and person._name == "res.users":
            return [
                "• "
                + self.env._(
                    "%(person)s is a user without an employee in %(company)s, where "
                    "certifications are kept. An HR officer links the two.",
                    person=person.name,
                    company=self.company_id.name,
                )
            ]
        return []

    def _explain_missing(self, requirement, held, day):
        wanted = {
            "skill": requirement.skill_id.name,
            "level": requirement.level_id.name,
        }
        high_enough = [
            row
            for row in held
            if row.skill_level_id.level_progress >= requirement.level_id.level_progress
        ]
        ended = [row.valid_to for row in high_enough if row.valid_to]
        if ended and max(ended) < day:
            return self.env._(
                "%(skill)s (%(level)s) ended on %(date)s",
                date=format_people_date(self.env, max(ended), "short"),
                **wanted,
            )
        if high_enough:
            return self.env._(
                "%(skill)s (%(level)s) begins on %(date)s",
                date=format_people_date(
                    self.env, min(row.valid_from for row in high_enough), "short"
                ),
                **wanted,
            )
        if held:
            return self.env._(
                "%(skill)s: %(level)s is needed, %(held)s is held",
                held=held[-1].skill_level_id.name,
                **wanted,
            )
        return self.env._("%(skill)s (%(level)s) is not held", **wanted)

    def _explain_session(self, requirement):
        session = self.env["iso10003.training"]._next_granting(
            requirement, self.company_id
        )
        if not session:
            return self.env._("No session is planned where it can be got.")
        return self.env._(
            "It can be got in %(session)s on %(day)s.",
            session=session.display_name,
            day=format_people_date(self.env, session._get_day(), "short"),
        )
