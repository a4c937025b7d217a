# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields

from .obligation_common import ObligationCase

# those that are answered here; 79 and 89 are of disputes too, see there
QUESTIONS = {80, 81, 84}


class TestObligationChecks(ObligationCase):
    """What assessments ask of obligations and of closed files."""

    def _ask(self, number):
        """Return whether each of the records holds, of the files made here."""
        question = self.env.ref(f"odoo_iso10003.requirement_0{number}")
        model = self.env[question.check_model].sudo()
        rule = getattr(model, f"_audit_{question.check}")(self.company)
        records = model.search(rule.population)
        return {
            record: record not in records.filtered_domain(rule.broken)
            for record in records
        }

    def _close(self):
        """Lead a file to its end, with something that we owed."""
        dispute = self._open_dispute(self._new_ticket())
        self._lead_to(dispute, "resolution")
        dispute.action_note_result("settled_facilitated", "They agreed.", amount=300)
        dispute.action_advance()
        obligation = dispute.obligation_ids
        self._perform(obligation)
        obligation.action_confirm_done(channel="phone")
        self._fill_in(dispute)
        dispute.action_advance()
        return dispute, obligation

    def test_79_each_obligation_is_done_and_proven(self):
        dispute, owed = self._close()
        self.assertTrue(self._ask(79)[dispute.sudo()])
        # what came later unproven, such as by a change of the database
        owed.sudo().performance_ids._guarded_write({"proof_sha256": False})
        self.assertFalse(self._ask(79)[dispute.sudo()])

    def test_79_a_performance_before_its_result_is_no_fault(self):
        dispute, _owed = self._close()
        dispute.sudo()._guarded_write(
            {"outcome_date": fields.Date.add(self.today, days=1)}
        )
        self.assertTrue(self._ask(79)[dispute.sudo()])

    def test_80_late_ones_became_a_nonconformity(self):
        owed = self._oblige(day=self._day(-3))
        self._perform(owed)
        self.assertTrue(self._ask(80)[owed.sudo()])
        owed.sudo()._guarded_write({"nonconformity_id": False})
        self.assertFalse(self._ask(80)[owed.sudo()])
        owed.sudo()._guarded_write({"from_before": True})
        self.assertNotIn(owed.sudo(), self._ask(80))

    def test_81_confirmed_or_tried(self):
        dispute, owed = self._close()
        self.assertTrue(self._ask(81)[dispute.sudo()])
        owed.sudo()._guarded_write({"ruling": False})
        self.assertFalse(self._ask(81)[dispute.sudo()])
        for _number in range(3):
            dispute.env["iso10003.attempt"].create(
                {
                    "party_id": dispute.sudo().party_ids[:1].id,
                    "channel": "phone",
                    "result": "no_answer",
                }
            )
        self.assertTrue(self._ask(81)[dispute.sudo()])

    def test_84_until_when_it_is_kept(self):
        dispute, _owed = self._close()
        self.assertTrue(self._ask(84)[dispute.sudo()])
        self.env.cr.execute(
            "UPDATE iso10003_dispute SET retention_date = NULL WHERE id = %s",
            [dispute.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self._ask(84)[dispute.sudo()])

    def test_89_the_cause_was_found(self):
        dispute, _owed = self._close()
        dispute.sudo()._guarded_write({"outcome": "decision_partly"})
        self.assertTrue(self._ask(89)[dispute.sudo()])
        dispute.sudo()._guarded_write({"cause_kind": False})
        self.assertFalse(self._ask(89)[dispute.sudo()])
