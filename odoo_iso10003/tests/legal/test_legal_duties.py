# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError

from ..migration_common import run_migration
from .test_legal_result import ResultCase

SCRIPT = "19.0.1.8.0/post-obligations"


class TestDuties(ResultCase):
    """What a judgment obliges to is owed in the dispute, and done there."""

    def test_who_leads_the_dispute_carries_it_out(self):
        owed = self.first.sudo().duty_ids
        self.assertEqual(owed.name, "Pay the price back")
        self.assertEqual(owed.due_date, self._day(30))
        own = owed.with_user(self.handler).sudo(False)
        self.assertEqual(own.read(["name", "state"])[0]["state"], "due")
        with self.assertRaises(AccessError):
            own.read(["referral_id"])
        self._carry_out(self.first)
        self.assertEqual(owed.state, "performed")
        self.assertEqual(self.first.duty_done_date, self._day(0))
        self.assertFalse(self._tasks())

    def test_nothing_privileged_leaves_with_it(self):
        row = self.dispute.register_ids.filtered(lambda one: one.event == "obligation")[
            :1
        ]
        self.assertTrue(row)
        for secret in (self.first.name, self.first.subject, "referral"):
            self.assertNotIn(secret, str(row.data))

    def test_each_owes_where_it_obliges_both(self):
        self.first.action_correct_result({"duty_party": "both"}, "Both do.")
        owed = self.first.sudo().duty_ids
        self.assertEqual(set(owed.mapped("owed_by")), {"organization", "other_side"})
        self.first.action_correct_result({"duty_party": "complainant"}, "Only they.")
        self.assertEqual(
            {one.owed_by: one.state for one in owed},
            {"organization": "replaced", "other_side": "due"},
        )

    def test_of_two_instances_one_is_owed(self):
        """S2-11: the duties of both instances do not stay open."""
        appeal = self._appeal()
        states = [one.sudo().duty_ids.state for one in (self.first, appeal)]
        self.assertEqual(states, ["replaced", "due"])

    def test_a_dispute_does_not_end_while_it_is_owed(self):
        """S2-11: nor while a court has it, see test_legal_ending.py."""
        dispute = self.dispute.with_user(self.handler)
        self.assertFalse(dispute._gate_duties_proven())
        self._carry_out(self.first)
        self.assertFalse(dispute._gate_duties_proven(), "nothing proves it")

    def _before(self, done=None):
        """Let it be as before this version: fields of the referral, and a task."""
        owed = self.first.sudo().duty_ids
        task = owed.task
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            "DELETE FROM iso10003_performance WHERE obligation_id IN %s", [owed._ids]
        )
        owed._find_reminders().unlink()
        cr.execute("DELETE FROM iso10003_obligation WHERE id IN %s", [owed._ids])
        cr.execute(
            "ALTER TABLE iso10003_referral ADD COLUMN IF NOT EXISTS duty_task integer"
        )
        cr.execute(
            "UPDATE iso10003_referral SET duty_task = %s, duty_done_date = %s "
            "WHERE id = %s",
            [task, done, self.first.id],
        )
        self.env.invalidate_all()

    def _prepare_alarm(self, **values):
        return {
            "kind": "reminder",
            "model": "iso10003.dispute",
            "res_id": self.dispute.id,
            "company_id": self.company.id,
            "ladder": f"duty:{self.first.id}",
            "day": self._day(30),
            "at": f"{self._day(20)} 00:00:00",
            **values,
        }

    def test_open_ones_keep_task_and_alarms_with_an_update(self):
        self._before()
        alarms = self.env["iso10003.alarm"].create(
            [
                self._prepare_alarm(
                    state="fired", fired_date=f"{self._day(20)} 00:00:00"
                ),
                self._prepare_alarm(at=f"{self._day(25)} 00:00:00"),
            ]
        )
        run_migration(self.env, SCRIPT, "19.0.1.7.0")
        owed = self.first.sudo().duty_ids
        self.assertEqual((owed.state, owed.due_date), ("due", self._day(30)))
        self.assertTrue(owed.from_before)
        self.assertEqual(self._tasks(), ["Carry out: Pay the price back"])
        self.assertEqual(alarms.mapped("state"), ["fired", "dropped"])
        planned = owed._find_reminders().filtered(
            lambda one: one.state == "pending" and one.ladder == "due"
        )
        # the rung of ten days before is out; the next is five days before
        self.assertGreater(planned.at.date(), self._day(21))
        run_migration(self.env, SCRIPT, "19.0.1.7.0")
        self.assertEqual(self.first.sudo().duty_ids, owed, "only once")

    def test_done_ones_keep_their_day_by_word_alone(self):
        self._before(done=self._day(0))
        run_migration(self.env, SCRIPT, "19.0.1.7.0")
        owed = self.first.sudo().duty_ids
        self.assertEqual((owed.state, owed.done_date), ("performed", self._day(0)))
        self.assertFalse(owed.performance_ids.proven)
        self.assertEqual(self.first.duty_done_date, self._day(0))
        self.assertFalse(self._tasks())

    def test_replaced_ones_stay_replaced(self):
        appeal = self._appeal()
        self._before()
        run_migration(self.env, SCRIPT, "19.0.1.7.0")
        self.assertEqual(self.first.sudo().duty_ids.state, "replaced")
        self.assertEqual(appeal.sudo().duty_ids.state, "due")
