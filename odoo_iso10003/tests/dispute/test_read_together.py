# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.service.model import call_kw

from ..common import DisputeCase
from ..query_counter import count_queries


class TestReadTogether(DisputeCase):
    """What a form shows of a file costs as much with few as with many beside it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()

    def _count_shown(self, *names):
        shown = {name: {"fields": {"display_name": {}}} for name in names}
        return count_queries(self.env, lambda: self.dispute.web_read(shown))

    def test_the_names_of_five_people_cost_as_much_as_of_two(self):
        self._lead_to(self.dispute, "position")
        names = (
            "partner_id",
            "evaluator_id",  # somebody else than who looks
            "user_id",
            "scope_user_id",
            "complaint_handler_id",
        )
        self._count_shown(*names)  # what is kept at hand is read once
        people = [self.dispute[name] for name in names]
        self.assertTrue(all(people))
        self.assertGreater(len({(one._name, one.id) for one in people}), 3)
        self.assertEqual(self._count_shown(*names), self._count_shown(*names[:2]))

    def test_of_what_it_names_the_name_alone_is_read(self):
        shown = {
            name: {"fields": {"display_name": {}}}
            for name in ("ticket_id", "category_id", "policy_id", "team_id")
        }
        self.env.invalidate_all()
        [told] = self.dispute.web_read(shown)
        ticket = self.dispute.sudo().ticket_id
        self.assertEqual(told["ticket_id"]["display_name"], ticket.display_name)
        rows = ticket._fields["description"]._get_cache(ticket.env)
        self.assertNotIn(ticket.id, rows)

    def test_the_names_that_many_files_share_cost_nothing(self):
        names = ("category_id", "policy_id", "team_id")
        self.dispute.category_id = self.env["iso10003.dispute.category"].search([])[0]
        self._count_shown(*names)  # kept from now on
        self.assertEqual(self._count_shown(*names), self._count_shown("state"))

    def test_a_kept_name_follows_a_change(self):
        self.dispute.category_id = self.env["iso10003.dispute.category"].search([])[0]
        named = self.dispute.sudo()
        for name in ("category_id", "policy_id", "team_id"):
            with self.subTest(name=name):
                shown = {name: {"fields": {"display_name": {}}}}
                self.dispute.web_read(shown)
                record = named[name]
                if name == "policy_id":
                    record._guarded_write({"name": "Renamed"})
                else:
                    record.name = "Renamed"
                self.env.flush_all()
                self.env.invalidate_all()
                [told] = self.dispute.web_read(shown)
                self.assertIn("Renamed", told[name]["display_name"])

    def test_the_currency_of_the_company_follows_a_change(self):
        euro, dollar = self.env.ref("base.EUR"), self.env.ref("base.USD")
        for currency in (euro, dollar):
            self.dispute.sudo().company_id.currency_id = currency
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(self.dispute.company_currency_id, currency)

    def test_what_was_sought_is_shown_once_it_is_offered_no_more(self):
        remedy = self.env["iso10003.remedy"].search([])[0]
        self.dispute.remedy_ids = remedy
        remedy.sudo().active = False
        self.env.flush_all()
        self.env.invalidate_all()
        [told] = self.dispute.web_read({"remedy_ids": {"fields": {"display_name": {}}}})
        self.assertEqual([one["id"] for one in told["remedy_ids"]], remedy.ids)

    def test_what_a_form_shows_reads_the_register_once(self):
        shown = ["next_step", "gate_checklist", "holder_bar"]
        reads = count_queries(
            self.env, lambda: self.dispute.read(shown), of="FROM iso10003_register"
        )
        self.assertEqual(reads, 1)

    def test_the_order_of_its_classes_is_found_once(self):
        kind = type(self.dispute)
        self.assertEqual(kind.mro(), type.mro(kind))
        with self.assertRaises(AccessError):
            call_kw(self.dispute, "mro", [[self.dispute.id]], {})

    def test_what_is_listed_of_a_file_is_read_by_the_same_query(self):
        claims = self.env["iso10003.claim"].with_user(self.handler)
        party = self.dispute.sudo().party_ids.filtered("leads")
        for number in range(3):
            claims.create(
                {
                    "dispute_id": self.dispute.id,
                    "party_id": party.id,
                    "name": f"Claim {number}",
                }
            )

        def listed():
            return self.dispute.claim_ids.ids

        def read():
            return self.dispute.claim_ids.mapped("state")

        count_queries(self.env, read)  # what is kept at hand is read once
        costs = [count_queries(self.env, look) for look in (listed, read)]
        self.assertEqual(len(listed()), 3)
        self.assertEqual(*costs)

    def test_the_next_step_costs_no_more_with_more_letters(self):
        self._lead_to(self.dispute, "notice")
        self._record(self.dispute, acknowledged_date=self.dispute.notice_date)

        def count():
            names = ["next_step", "gate_checklist"]
            return count_queries(self.env, lambda: self.dispute.read(names))

        count()
        before = count()
        letters = self.env["iso10003.letter"].with_user(self.handler)
        letters.create(
            [
                {"file_id": self.dispute.sudo().file_ids.id, "kind": kind}
                for kind in ("progress", "delay", "other")
            ]
        )
        self.assertEqual(count(), before)
