# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .party_common import PartyCase


class TestDeath(PartyCase):
    """A contact who is noted as dead: who leads a file of theirs sees to it."""

    def _tasks(self, dispute=None):
        found = (dispute or self.dispute).sudo().activity_ids
        return found.filtered(lambda one: "A party has died" in (one.summary or ""))

    def _note_death(self, partner=None):
        (partner or self.customer).sudo().deceased_date = self.day

    def test_each_open_file_has_one_task_of_its_owner(self):
        other = self._open_dispute(self._new_ticket())
        closed = self._open_dispute(self._new_ticket())
        self._lead_to(closed, "closed")
        self._note_death()
        for dispute in (self.dispute, other):
            self.assertEqual(self._tasks(dispute).user_id, self.handler)
        self.assertFalse(self._tasks(closed))
        self.customer.sudo().deceased_date = self._day(-1)  # put right
        self.assertEqual(len(self._tasks()), 1)

    def test_who_takes_part_in_nothing_gives_no_task(self):
        self._note_death(self._new_contact("Stranger"))
        self.assertFalse(self._tasks())

    def test_who_left_the_file_gives_no_task(self):
        party = self._represent(**self.MANDATE)
        party.action_end("mandate_ended", "It is over.")
        self._note_death(self.lawyer.partner_id)
        self.assertFalse(self._tasks())

    def test_the_deed_in_a_file_gives_the_task_in_the_others(self):
        other = self._open_dispute(self._new_ticket())
        self.complainant.with_user(self.manager).action_end("death", "Her son called.")
        self.assertFalse(self._tasks())
        self.assertEqual(self._tasks(other).user_id, self.handler)

    def test_it_comes_in_the_language_of_who_gets_it(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.handler.lang = "fa_IR"
        self._note_death()
        found = self.dispute.sudo().activity_ids.mapped("summary")
        self.assertTrue(any("درگذشته" in (one or "") for one in found), found)
