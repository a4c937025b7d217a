# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from functools import cached_property

from odoo import api, models

from ...core import impartiality
from ..mixin.people_date import format_people_number

# what somebody writes, and the system does not
WRITTEN = ("comment", "email", "email_outgoing")
# how files end that a resolver decided for one side
FOR_US = ("decision_for_organization", "recommendation_rejected_by_complainant")
AGAINST_US = ("decision_for_complainant", "recommendation_accepted")


@dataclass(frozen=True)
class Person:
    """Somebody in a role of a file, as far as facts about them are looked for.

    :ivar users: their account, if they work here
    :ivar partners: they themselves, and of a body outside its people
    :ivar others: whom they have to be apart from
    :ivar group: the companies of the organization
    """

    role: str
    users: models.Model
    partners: models.Model
    others: models.Model
    group: models.Model

    @property
    def is_resolver(self):
        return self.role == impartiality.RESOLVER

    @cached_property
    def colleagues(self):
        """Who of the other side works or worked for the organization."""
        return self.find_employees(self.others.user_ids, self.others)

    def find_employees(self, users, partners):
        """Return who of some people works or worked for the organization."""
        return self.group.env["hr.employee"].search(
            [
                ("company_id", "in", self.group.ids),
                "|",
                ("user_id", "in", users.ids),
                ("work_contact_id", "in", partners.ids),
            ]
        )


class Facts(models.AbstractModel):
    """What is found out by itself about somebody who takes a role in a file (4.9).

    Each fact is a method, which looks with all rights and returns numbers alone:
    neither a name nor an id leaves it, so that who may read no employee, contact or
    complaint learns no more than the kind of a fact and how often it holds. What each
    stands against is in ``core/impartiality.py``.
    """

    _name = "iso10003.facts"
    _description = "Facts about who takes a role"

    @api.model
    def _find(self, case, role, user, partner):
        """Return ``{code: {name: number}}`` of what is found of somebody in a file.

        :param user: of a colleague; of somebody outside, none
        :param partner: the contact of the person, or of the body
        """
        # what is found are kinds and numbers, whoever asks
        finder = self.sudo().with_context(active_test=False)
        case = finder.env[case._name].browse(case.id)
        person = finder._describe_person(case, role, user, partner)
        found = {}
        for code in impartiality.find_asked(role):
            numbers = getattr(finder, f"_fact_{code}")(case, person)
            if isinstance(numbers, int):
                numbers = {"count": numbers}
            if numbers.get("count"):
                found[code] = numbers
        return found

    def _describe_person(self, case, role, user, partner):
        partners = self.env["res.partner"].browse(partner.id)
        others = case._get_sides()
        root = case.company_id.root_id
        group = root.search([("id", "child_of", root.id)])
        if role == impartiality.RESOLVER:
            body = partners.commercial_partner_id
            partners = partners.search([("id", "child_of", (partners | body).ids)])
            others |= group.partner_id
        users = self.env["res.users"].browse(user.ids)
        return Person(role, users, partners, others, group)

    def _get_handlers(self, case):
        ticket = case.ticket_id
        return case.complaint_handler_id | ticket.user_id | ticket.former_handler_ids

    # ------------------------------------------------------------
    # The facts
    # ------------------------------------------------------------

    def _fact_complaint(self, case, person):
        """They handled the complaint."""
        return len(self._get_handlers(case) & person.users)

    def _fact_wrote(self, case, person):
        """They wrote on the complaint before it came to a dispute."""
        return self.env["mail.message"].search_count(
            [
                ("model", "=", "helpdesk.ticket"),
                ("res_id", "=", case.ticket_id.id),
                ("author_id", "in", person.partners.ids),
                ("message_type", "in", WRITTEN),
                ("date", "<", case.opened_date),
            ]
        )

    def _fact_salesperson(self, case, person):
        """They sell to the other side."""
        customers = person.others | person.others.commercial_partner_id
        return len(customers.user_id & person.users)

    def _fact_same_body(self, case, person):
        """They and the other side belong to one body."""
        bodies = person.others.commercial_partner_id
        return len(bodies & person.partners.commercial_partner_id)

    def _fact_same_domain(self, case, person):
        """Their mail comes from the house of the other side."""
        own, theirs = (
            {
                domain
                for email in (people | people.commercial_partner_id).mapped("email")
                if (domain := impartiality.domain_of(email))
            }
            for people in (person.partners, person.others)
        )
        return len(own & theirs)

    def _fact_same_bank(self, case, person):
        """They and the other side have one bank account."""
        own, theirs = (
            people | people.commercial_partner_id
            for people in (person.partners, person.others)
        )
        accounts = self.env["res.partner.bank"].search(
            [("partner_id", "in", (own | theirs).ids)]
        )
        numbers = [
            {
                account.sanitized_acc_number
                for account in accounts
                if account.partner_id in people
            }
            for people in (own, theirs)
        ]
        return len(numbers[0] & numbers[1])

    def _fact_employee(self, case, person):
        """They work or worked for the side that they have to be apart from."""
        if person.is_resolver:
            users = person.users | person.partners.user_ids
            return len(person.find_employees(users, person.partners))
        bodies = person.others.commercial_partner_id.filtered("is_company")
        employers = {(body.name or "").strip().casefold() for body in bodies}
        if not employers:
            return 0
        known = self.env["hr.resume.line"].search(
            [("employee_id.user_id", "in", person.users.ids)]
        )
        return sum((line.name or "").strip().casefold() in employers for line in known)

    def _fact_colleague(self, case, person):
        """Somebody of the other side works or worked here."""
        return len(person.colleagues)

    def _fact_line_manager(self, case, person):
        """Somebody of the other side works under them."""
        return len(self._filter_managed(person.colleagues, person))

    def _fact_manages_handler(self, case, person):
        """Who handled the complaint works under them."""
        handlers = self._get_handlers(case) - person.users
        partners = handlers.partner_id
        below = person.find_employees(handlers | partners.user_ids, partners)
        return len(self._filter_managed(below, person))

    def _filter_managed(self, employees, person):
        """Return those who have a person among the managers above them."""
        return employees.filtered(lambda one: person.users & self._get_managers(one))

    def _get_managers(self, employee):
        above, manager = self.env["hr.employee"], employee.parent_id
        while manager and manager not in above:
            above |= manager
            manager = manager.parent_id
        return above.user_id

    def _fact_earlier_files(self, case, person):
        """They had a part in other files with the same people."""
        bodies = case._get_sides().commercial_partner_id
        part = [("provider_id", "in", person.partners.ids)]
        if not person.is_resolver:
            own = person.users.ids
            part = ["|", ("user_id", "in", own), ("evaluator_id", "in", own)]
        return case.search_count(
            [
                ("id", "!=", case.id),
                ("partner_id.commercial_partner_id", "in", bodies.ids),
                *part,
            ]
        )

    def _fact_share(self, case, person):
        """How many of our files the resolver had, and how they ended."""
        given = case.search(
            [
                ("company_id", "=", case.company_id.id),
                ("provider_id", "!=", False),
                ("id", "!=", case.id),
            ]
        )
        own = given.filtered(lambda one: one.provider_id in person.partners)
        return {
            "count": len(own),
            "of": len(given),
            "for_us": len(own.filtered(lambda one: one.outcome in FOR_US)),
            "against_us": len(own.filtered(lambda one: one.outcome in AGAINST_US)),
        }

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    @api.model
    def _tell(self, facts):
        """Return sentences about facts, in the reader's language."""
        words = self._get_words()
        return [
            words[code]
            % {
                name: format_people_number(self.env, str(number))
                for name, number in numbers.items()
            }
            for code, numbers in (facts or {}).items()
            if code in words
        ]

    @api.model
    def _get_words(self):
        return {
            "complaint": self.env._("Handled the complaint."),
            "wrote": self.env._("Wrote on the complaint (%(count)s times)."),
            "salesperson": self.env._("Is the salesperson of the other side."),
            "same_body": self.env._("Belongs to one body with a side."),
            "same_domain": self.env._("Has an e-mail address of the house of a side."),
            "same_bank": self.env._("Shares a bank account with a side."),
            "employee": self.env._("Works or worked for a side."),
            "colleague": self.env._("Somebody of the other side works or worked here."),
            "line_manager": self.env._("Somebody of the other side works under them."),
            "manages_handler": self.env._(
                "Who handled the complaint works under them."
            ),
            "earlier_files": self.env._(
                "Had a part in other files with the same people (%(count)s)."
            ),
            "share": self.env._(
                "Had %(count)s of our %(of)s files with a provider; %(for_us)s ended "
                "for us, %(against_us)s against us."
            ),
        }
