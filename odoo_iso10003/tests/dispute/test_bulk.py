# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from math import ceil
from unittest.mock import patch

from odoo.sql_db import Cursor

from ..common import DisputeCase
from ..query_counter import INSERT_BATCH_SIZE

# The ORM cuts its INSERTs into batches of so many rows; of these models opening a
# dispute makes one row each: the dispute, its file, its party, its follower, its first
# message.
TABLES_OF_THE_ORM = 5


class TestBulk(DisputeCase):
    """What many files cost in queries: as much as one, but for the ORM's batches."""

    def _count_queries(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        count, execute = 0, Cursor.execute

        def counted(cursor, query, *args, **kwargs):
            nonlocal count
            count += 1
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", counted):
            work()
            self.env.flush_all()
        return count

    def _new_tickets(self, count):
        vals = self._new_ticket().copy_data()[0]
        # the creation messages of tickets are not what is measured
        tickets = self.env["helpdesk.ticket"].with_context(tracking_disable=True)
        return (
            tickets.create([{**vals, "number": f"BULK-{n}"} for n in range(count)])
            .with_user(self.handler)
            .with_context(tracking_disable=False)
        )

    def _opening_cost(self, count):
        tickets = self._new_tickets(count)
        cost = self._count_queries(tickets._open_disputes)
        self.assertEqual(len(tickets.dispute_ids), count)
        self.assertEqual(len(tickets.dispute_ids.register_ids), count)
        return cost

    def test_opening_many_disputes_takes_no_more_queries_than_opening_few(self):
        self._opening_cost(2)  # what is cached once for all is cached now
        ten, hundred, three_hundred = map(self._opening_cost, (10, 100, 300))
        self.assertLessEqual(hundred, ten)
        more = ceil(300 / INSERT_BATCH_SIZE) - ceil(100 / INSERT_BATCH_SIZE)
        self.assertLessEqual(three_hundred, hundred + more * TABLES_OF_THE_ORM)
        # and it is few in all, not only as few
        self.assertLess(hundred, 40)

    def test_opening_a_dispute_costs_less_than_entering_its_complaint(self):
        self._opening_cost(2)
        vals = self._new_ticket().copy_data()[0]
        tickets = self.env["helpdesk.ticket"]
        entering = self._count_queries(lambda: tickets.create([vals] * 20))
        self.assertLess(self._opening_cost(20), entering)

    def test_appending_costs_the_same_for_one_file_as_for_many(self):
        disputes = self._new_tickets(120)._open_disputes()
        disputes.mapped("company_id")

        def append(count):
            return self._count_queries(
                lambda: disputes[:count]._register_event("hold", {}, "A strike.")
            )

        append(1)
        self.assertEqual(append(1), append(120))
        files = [dispute._register_file() for dispute in disputes]
        register = self.env["iso10003.register"].with_user(self.auditor)
        self.assertEqual(register.verify_chain(files), [])

    def test_deciding_the_scope_of_many_files_appends_once(self):
        disputes = self._new_tickets(60)._open_disputes()
        register = type(self.env["iso10003.register"])
        with patch.object(
            register, "_append", autospec=True, side_effect=register._append
        ) as append:
            disputes.write({"scope_decision": "in_scope", "scope_reason": "A product"})
        batches = [call.args[1] for call in append.call_args_list if call.args[1]]
        self.assertEqual([len(batch) for batch in batches], [60])
        rows = disputes.register_ids.filtered(lambda row: row.event == "scope")
        self.assertEqual(len(rows), 60)

    def test_verifying_reads_many_files_in_few_queries(self):
        disputes = self._new_tickets(60)._open_disputes()
        files = [dispute._register_file() for dispute in disputes]
        register = self.env["iso10003.register"].with_user(self.auditor)

        def verify(count):
            return self._count_queries(lambda: register.verify_chain(files[:count]))

        verify(1)
        self.assertEqual(verify(1), verify(60))

    def test_a_company_has_its_series_of_numbers_before_its_first_dispute(self):
        """Made with the first dispute, two people would make it twice at once."""
        company = self.env["res.company"].create({"name": "Elsewhere"})
        series = self.env["ir.sequence"].search_count(
            [("code", "=", "iso10003.dispute"), ("company_id", "=", company.id)]
        )
        self.assertEqual(series, 1)
