# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import suppress

from odoo.exceptions import UserError

from ...models.mixin.segregated import told_in
from ...models.register.register import HEADS
from ..query_counter import count_queries
from .register_common import RegisterCase


class TestRegisterAppend(RegisterCase):
    """What rows cost, and that the ends at hand are never wrong ones."""

    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self._forget()

    def _forget(self):
        """Let no end be at hand, as at the beginning of a transaction."""
        self.env.cr.cache.pop(HEADS, None)

    def _note(self, text, dispute=None):
        (dispute or self.dispute)._register_event("hold", {}, text)

    def _hold_rows(self, dispute=None):
        rows = (dispute or self.dispute).sudo().register_ids
        return rows.filtered(lambda row: row.event == "hold")

    def _texts(self, dispute=None):
        notes = self.env["iso10003.register.note"].sudo()
        rows = self._hold_rows(dispute)
        return notes.search([("register_id", "in", rows.ids)], order="id").mapped(
            "text"
        )

    def test_the_first_row_takes_two_queries_and_each_further_one_takes_one(self):
        company = self.dispute.company_id
        company.fetch(["name"])

        def note():
            return count_queries(self.env, lambda: self._note("A strike."), cold=False)

        self._note("The record is read.")
        self._forget()
        self.assertEqual([note(), note(), note()], [2, 1, 1])
        self.assertEqual(self._breaks(), [])
        self.assertEqual(self._texts().count("A strike."), 3)

    def test_an_end_that_went_back_is_read_anew(self):
        self._note("It stays.")
        savepoint = self.env.cr.savepoint(flush=False)
        self._note("It goes back.")
        savepoint.close(rollback=True)
        self._note("It comes after.")
        rows = self._hold_rows()
        self.assertEqual(self._texts(), ["It stays.", "It comes after."])
        self.assertEqual(rows[1].sequence, rows[0].sequence + 1)
        self.assertEqual(self._breaks(), [])

    def test_beside_an_end_that_went_back_other_files_get_each_row_once(self):
        other = self._open_dispute(self._new_ticket())
        both = self.dispute | other
        both._register_event("hold", {}, "Before.")
        savepoint = self.env.cr.savepoint(flush=False)
        self._note("It goes back.")
        savepoint.close(rollback=True)
        both._register_event("hold", {}, "After.")
        for dispute in both:
            self.assertEqual(self._texts(dispute), ["Before.", "After."])
        files = [dispute._register_file() for dispute in both]
        register = self.env["iso10003.register"].with_user(self.auditor)
        self.assertEqual(register.verify_chain(files), [])

    def test_an_end_that_somebody_moved_past_us_is_read_anew(self):
        self._note("Before.")
        file = self.dispute._register_file()
        sequence, end, salt = self.env.cr.cache[HEADS][file]
        self.env.cr.cache[HEADS][file] = (sequence - 1, "0" * len(end), salt)
        self._note("After.")
        self.assertEqual(len(self._hold_rows()), 2)
        self.assertEqual(self._breaks(), [])

    # ------------------------------------------------------------
    # What one deed appends
    # ------------------------------------------------------------

    def test_what_one_deed_appends_takes_one_query_more_than_its_lock(self):
        self.dispute.company_id.fetch(["name"])

        def deed():
            with self.env["iso10003.register"]._together():
                for text in ("One.", "Two.", "Three."):
                    self._note(text)

        self._note("Zero.")
        self._forget()
        self.assertEqual(count_queries(self.env, deed, cold=False), 2)
        self.assertEqual(self._texts(), ["Zero.", "One.", "Two.", "Three."])
        self.assertEqual(self._breaks(), [])

    def test_who_reads_meanwhile_finds_what_came_before(self):
        with self.env["iso10003.register"]._together():
            self._note("One.")
            self.assertEqual(self._texts(), ["One."])
            self._note("Two.")
            with self.env["iso10003.register"]._together():  # a deed within
                self._note("Three.")
            hands = self.dispute.sudo()._read_hands()
            self.assertIn(self.dispute, hands)
        self.assertEqual(self._texts(), ["One.", "Two.", "Three."])
        self.assertEqual(self._breaks(), [])

    def test_who_is_told_in_raw_sql_finds_them_too(self):
        with self.env["iso10003.register"]._together():
            self.dispute._register_event("told", {}, "Because.")
            told = self.dispute.search(told_in(self.dispute))
            self.assertIn(self.dispute, told)

    def test_what_a_savepoint_takes_back_is_not_appended(self):
        with self.env["iso10003.register"]._together():
            self._note("It stays.")
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._note("It goes back.")
                raise UserError("No.")
            self._note("It comes after.")
        self.assertEqual(self._texts(), ["It stays.", "It comes after."])
        self.assertEqual(self._breaks(), [])

    def test_what_was_done_until_a_refusal_is_appended(self):
        with suppress(UserError), self.env["iso10003.register"]._together():
            self._note("It was done.")
            raise UserError("No.")
        self.assertEqual(self._texts(), ["It was done."])
        self.assertEqual(self._breaks(), [])

    def test_who_did_it_stays_who_did_it(self):
        with self.env["iso10003.register"]._together():
            self._note("As the one.", self.dispute.with_user(self.handler))
            self._note("As the other.", self.dispute.with_user(self.manager))
        self.assertEqual(
            self._hold_rows().sorted("sequence").mapped("actor"),
            [self.handler.id, self.manager.id],
        )
