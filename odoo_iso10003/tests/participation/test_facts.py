# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is found by itself about who takes a role: a case that hits, and one not."""

from odoo.tests.common import BaseCase

from ...core import impartiality
from ..common import DisputeCase

EVALUATOR, OWNER, RESOLVER = "evaluator", "owner", "resolver"


class TestImpartiality(BaseCase):
    def test_domains_of_nobody_say_nothing(self):
        for email, domain in {
            "roya@gmail.com": "",
            "Roya <roya@Sepand.ir>": "sepand.ir",
            "roya@example.com": "",
            "roya": "",
            None: "",
        }.items():
            self.assertEqual(impartiality.domain_of(email), domain)

    def test_what_stands_depends_on_the_role(self):
        facts = {"wrote": {"count": 1}}
        self.assertEqual(impartiality.find_standing(facts, EVALUATOR), ["wrote"])
        self.assertEqual(impartiality.find_standing(facts, OWNER), [])
        self.assertEqual(impartiality.judge(facts, OWNER, "none"), "clear")
        self.assertEqual(impartiality.judge({}, OWNER, "some"), "found")


class TestFacts(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()
        cls.partners = cls.env["res.partner"]
        cls.board = cls.partners.create(
            {"name": "Sector Board", "is_company": True, "email": "office@board.test"}
        )
        cls.house = cls.partners.create({"name": "Big House", "is_company": True})

    def _find(self, user=None, role=EVALUATOR, partner=None):
        # as somebody who may read neither employees nor all contacts
        facts = self.env["iso10003.facts"].with_user(self.handler)
        user = self.evaluator if user is None else user
        partner = partner or user.partner_id
        return facts._find(self.dispute.with_user(self.handler), role, user, partner)

    def _find_of_board(self):
        nobody = self.env["res.users"]
        return self._find(nobody, RESOLVER, self.board)

    def _assert_hits(self, code, find=None, numbers=None):
        found = (find or self._find)()
        self.assertEqual(found.get(code), numbers or {"count": 1})
        self.assertTrue(self.env["iso10003.facts"]._tell({code: found[code]}))

    def _assert_not(self, code, find=None):
        self.assertNotIn(code, (find or self._find)())

    def _employ(self, user=None, **values):
        return self.env["hr.employee"].create(
            {
                "name": "Somebody",
                "user_id": user.id if user else False,
                "company_id": self.company.id,
                **values,
            }
        )

    def test_each_fact_is_tried_here(self):
        tried = {
            name.removeprefix("test_fact_")
            for name in dir(self)
            if name.startswith("test_fact_")
        }
        self.assertEqual(tried, set(impartiality.FACTS))

    def test_nobody_in_particular_has_nothing(self):
        self.assertEqual(self._find(), {})
        self.assertEqual(self._find_of_board(), {})

    def test_fact_complaint(self):
        self._assert_not("complaint")
        self._assert_hits("complaint", lambda: self._find(self.agent))
        self.dispute.ticket_id.user_id = self.evaluator
        self._assert_hits("complaint")

    def test_fact_wrote(self):
        ticket = self.dispute.ticket_id
        ticket.with_user(self.evaluator).sudo().message_post(
            body="After it came to a dispute", message_type="comment"
        )
        self._assert_not("wrote")
        message = ticket.message_post(
            body="Try another plug",
            message_type="comment",
            author_id=self.evaluator.partner_id.id,
        )
        message.date = self.dispute.opened_date.replace(year=2000)
        self._assert_hits("wrote")
        message.message_type = "notification"  # of the system, in their name
        self._assert_not("wrote")

    def test_fact_salesperson(self):
        self.customer.user_id = self.handler
        self._assert_not("salesperson")
        self.customer.user_id = self.evaluator
        self._assert_hits("salesperson")

    def test_fact_same_body(self):
        self.customer.parent_id = self.house
        self._assert_not("same_body")
        self.evaluator.partner_id.parent_id = self.house
        self._assert_hits("same_body")

    def test_the_body_of_who_acts_for_them_counts(self):
        self._note_party(self.dispute, self.house, "representative")
        self.evaluator.partner_id.parent_id = self.house
        self._assert_hits("same_body")

    def test_fact_same_domain(self):
        self.customer.email = "roya@bighouse.test"
        self._assert_not("same_domain")
        self.evaluator.partner_id.email = "other@BigHouse.test"
        self._assert_hits("same_domain")

    def test_a_resolver_shares_no_domain_with_us(self):
        self._assert_not("same_domain", self._find_of_board)
        self.company.partner_id.email = "us@board.test"
        self._assert_hits("same_domain", self._find_of_board)

    def test_fact_same_bank(self):
        banks = self.env["res.partner.bank"]
        banks.create({"acc_number": "IR 12-34", "partner_id": self.customer.id})
        own = banks.create(
            {"acc_number": "IR99", "partner_id": self.evaluator.partner_id.id}
        )
        self._assert_not("same_bank")
        own.acc_number = "IR1234"
        self._assert_hits("same_bank")

    def test_a_resolver_shares_no_account_with_us(self):
        banks = self.env["res.partner.bank"]
        banks.create({"acc_number": "IR5", "partner_id": self.company.partner_id.id})
        self._assert_not("same_bank", self._find_of_board)
        child = self.partners.create({"name": "Till", "parent_id": self.board.id})
        banks.create({"acc_number": "IR5", "partner_id": child.id})
        self._assert_hits("same_bank", self._find_of_board)

    def test_fact_employee(self):
        self.customer.parent_id = self.house
        employee = self._employ(self.evaluator)
        line = self.env["hr.resume.line"].create(
            {
                "employee_id": employee.id,
                "name": "Another House",
                "date_start": "2020-01-01",
                "date_end": "2021-01-01",
            }
        )
        self._assert_not("employee")
        line.name = "Big House"
        self._assert_hits("employee")

    def test_a_former_employee_of_ours_who_resolves(self):
        member = self.partners.create({"name": "Sam", "parent_id": self.board.id})
        employee = self._employ()
        self._assert_not("employee", self._find_of_board)
        employee.work_contact_id = member
        employee.active = False  # long gone
        self._assert_hits("employee", self._find_of_board)

    def test_employees_of_others_in_the_database_are_not_ours(self):
        member = self.partners.create({"name": "Sam", "parent_id": self.board.id})
        other = self.env["res.company"].create({"name": "Other Trade"})
        self._employ(company_id=other.id, work_contact_id=member.id)
        self._assert_not("employee", self._find_of_board)

    def test_fact_colleague(self):
        employee = self._employ()
        self._assert_not("colleague")
        employee.work_contact_id = self.customer
        self._assert_hits("colleague")

    def test_fact_line_manager(self):
        boss = self._employ(self.evaluator)
        middle = self._employ(parent_id=boss.id)
        below = self._employ(work_contact_id=self.customer.id)
        self._assert_not("line_manager")
        below.parent_id = middle
        self._assert_hits("line_manager")
        self._assert_not("line_manager", lambda: self._find(self.handler))

    def test_fact_manages_handler(self):
        boss = self._employ(self.evaluator)
        handler = self._employ(self.agent)
        self._assert_not("manages_handler")
        handler.parent_id = boss
        self._assert_hits("manages_handler")

    def test_fact_earlier_files(self):
        other = self._open_dispute(self._new_ticket())
        self._assert_not("earlier_files")
        other.evaluator_id = self.evaluator
        self._assert_hits("earlier_files")
        self.assertEqual(
            impartiality.find_standing(self._find(), EVALUATOR), [], "on record only"
        )

    def test_fact_share(self):
        self.dispute.provider_id = self.board
        self._assert_not("share", self._find_of_board)
        others = [self._open_dispute(self._new_ticket()) for _number in range(3)]
        others[0].provider_id = self.house
        for other in others[1:]:
            other.provider_id = self.board
        others[1].sudo()._guarded_write({"outcome": "decision_for_organization"})
        given = self.env["iso10003.dispute"].search_count(
            [("company_id", "=", self.company.id), ("provider_id", "!=", False)]
        )
        self._assert_hits(
            "share",
            self._find_of_board,
            # the file itself is none of them
            {"count": 2, "of": given - 1, "for_us": 1, "against_us": 0},
        )

    def test_what_is_found_are_kinds_and_numbers(self):
        self.customer.user_id = self.evaluator
        for numbers in self._find().values():
            for name, number in numbers.items():
                self.assertIsInstance(number, int, name)

    def test_words_come_with_the_digits_of_the_reader(self):
        facts = {"share": {"count": 2, "of": 3, "for_us": 1, "against_us": 0}}
        self.env["res.lang"]._activate_lang("fa_IR")
        persian = self.env["iso10003.facts"].with_context(lang="fa_IR")
        self.assertIn("۲", persian._tell(facts)[0])
