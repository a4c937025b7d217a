# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A proceeding: one method, one body, one reference, from proposed to ended (7.5)."""

from odoo.exceptions import AccessError, UserError, ValidationError

from ...core import proceeding as course
from ..common import ADDON, DisputeCase

ON_THE_WAY = {
    "proposed": (),
    "answered": ("answer",),
    "admitted": ("answer", "admit"),
    "running": ("begin",),
    "stayed": ("begin", "stay"),
}


class ProceedingCase(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute().with_user(cls.handler)
        cls.dispute.amount_claimed = 900

    def _lead(self, proceeding, state):
        """Lead a proceeding to a state by its deeds."""
        for step in ON_THE_WAY[state]:
            reason = ("The expert is ill.",) if step == "stay" else ()
            getattr(proceeding, f"action_{step}")(*reason)
        self.assertEqual(proceeding.state, state)
        return proceeding

    def _end(self, proceeding, ended_by, **values):
        ground = course.GROUNDS.get(ended_by, (None,))[0]
        return proceeding.action_end(
            ended_by, **{"reason": "So they wrote.", "ground": ground, **values}
        )

    def _steps(self, proceeding):
        rows = self.env["iso10003.register"].search(
            [("file", "=", proceeding._register_file())], order="sequence"
        )
        return [row.data["step"] for row in rows if row.event == "proceeding_step"]

    def _another(self):
        return self._open_dispute(self._new_ticket())

    def _method(self, name):
        return self.env.ref(f"{ADDON}.method_{name}")

    def _body(self):
        partner = self.env["res.partner"].create({"name": "Fair Body"})
        return (
            self.env["iso10003.provider"]
            .with_user(self.manager)
            .create({"partner_id": partner.id, "company_id": self.company.id})
        )


class TestCourse(ProceedingCase):
    def test_it_is_noted_with_what_the_dispute_claims(self):
        proceeding = self._propose(self.dispute)
        self.assertEqual(proceeding.name, f"{self.dispute.name}/1")
        self.assertEqual(proceeding.claim_ids, self.dispute.claim_ids)
        self.assertEqual(proceeding.user_id, self.dispute.user_id)
        self.assertEqual(proceeding.first_id, proceeding)
        self.assertEqual(self._propose(self.dispute).name, f"{self.dispute.name}/2")
        rows = self.env["iso10003.register"].search(
            [("dispute_id", "=", self.dispute.id), ("event", "=", "proceeding")]
        )
        self.assertEqual(len(rows), 2)
        self.assertIn(proceeding.name, "".join(rows.mapped("summary")))

    def test_each_step_leads_on_by_its_deed(self):
        proceeding = self._propose(self.dispute)
        proceeding.action_answer()
        proceeding.action_admit(reference="ODR 7")
        proceeding.action_begin()
        proceeding.action_stay("The expert is ill.")
        proceeding.action_resume()
        self._end(proceeding, "agreement")
        self.assertEqual(proceeding.state, "ended")
        self.assertEqual(proceeding.reference, "ODR 7")
        self.assertEqual(
            self._steps(proceeding),
            ["answer", "admit", "begin", "stay", "resume", "end"],
        )
        self.assertTrue(proceeding.ended_date)
        self.assertFalse(self.env["iso10003.register"].verify_chain())

    def test_what_has_no_way_is_refused_with_its_words(self):
        for state in course.OPEN_STATES:
            for step in ("answer", "admit", "begin", "stay", "resume"):
                if course.target(step, state):
                    continue
                proceeding = self._lead(self._propose(self.dispute), state)
                with self.subTest(state=state, step=step):
                    reason = ("Why",) if step == "stay" else ()
                    with self.assertRaisesRegex(UserError, "no way from there"):
                        getattr(proceeding, f"action_{step}")(*reason)
                self._end(proceeding, "withdrawn")

    def test_a_state_and_its_days_are_written_by_deeds_alone(self):
        proceeding = self._propose(self.dispute)
        for name in ("state", "ended_by", "answered_date", "continues_id", "name"):
            with self.subTest(name=name), self.assertRaises(UserError):
                proceeding.sudo().write({name: False})
        with self.assertRaises(UserError):
            self._propose(self.dispute, state="running")
        for name in ("dispute_id", "method_id", "body_id", "proposed_date"):
            with self.subTest(name=name), self.assertRaises(UserError):
                proceeding.write(
                    {
                        "dispute_id": {"dispute_id": self._another().id},
                        "method_id": {"method_id": self._method("arbitration").id},
                        "body_id": {"body_id": self._body().id},
                        "proposed_date": {"proposed_date": "2020-01-01"},
                    }[name]
                )

    def test_the_days_are_in_an_order_that_can_be(self):
        proceeding = self._propose(self.dispute, proposed_date="2026-03-10")
        proceeding.action_answer("2026-03-12")
        with self.assertRaisesRegex(ValidationError, "cannot be before"):
            proceeding.action_admit("2026-03-11")
        with self.assertRaises(ValidationError):
            proceeding.file_complete_date = "2026-03-01"
        with self.assertRaises(ValidationError):
            proceeding.action_begin("not a day")

    def test_it_ends_so_as_its_method_can(self):
        for method, wrong in (
            ("mediation", "decision"),
            ("mediation", "recommendation"),
        ):
            proceeding = self._propose(self.dispute, method)
            with self.subTest(wrong=wrong), self.assertRaises(UserError):
                self._end(proceeding, wrong)
            self._end(proceeding, "no_agreement")
        for ended_by in course.OTHER_ENDS:
            proceeding = self._propose(self.dispute)
            with self.subTest(ended_by=ended_by):
                with self.assertRaises(UserError):  # nobody says why
                    self._end(proceeding, ended_by, reason=" ")
                if course.GROUNDS.get(ended_by):
                    with self.assertRaisesRegex(UserError, "ground"):
                        self._end(proceeding, ended_by, ground=None)
                self._end(proceeding, ended_by)
                self.assertEqual(proceeding.ended_by, ended_by)
        with self.assertRaises(UserError):
            self._propose(self.dispute).action_end("nonsense", "Why")

    def test_ended_it_stays_until_it_is_reopened(self):
        proceeding = self._lead(self._propose(self.dispute), "running")
        self._end(proceeding, "no_agreement")
        with self.assertRaisesRegex(UserError, "has ended"):
            proceeding.reference = "Other"
        with self.assertRaises(UserError):
            proceeding.action_reopen()
        proceeding.action_reopen("The body took it up again.")
        self.assertEqual(proceeding.state, "running")
        self.assertFalse(proceeding.ended_by or proceeding.ended_date)

    def test_it_stays_on_record(self):
        proceeding = self._propose(self.dispute)
        with self.assertRaises(UserError):
            proceeding.sudo().unlink()
        with self.assertRaises(UserError):
            proceeding.copy()

    def test_who_may_not_lead_the_file_notes_none(self):
        vals = {
            "dispute_id": self.dispute.id,
            "method_id": self._method("mediation").id,
        }
        with self.assertRaises(AccessError):
            self.env["iso10003.proceeding"].with_user(self.stranger).create(vals)
        proceeding = self._propose(self.dispute)
        for user in (self.stranger, self.auditor, self.counsel, self.sponsor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                proceeding.with_user(user).action_answer()

    def test_a_closed_dispute_has_no_more(self):
        proceeding = self._propose(self.dispute)
        self._record(self.dispute, informed_date=self.dispute._get_company_day())
        self.dispute.action_close("discontinued", "They let it go.")
        with self.assertRaises(UserError):
            self._propose(self.dispute)
        with self.assertRaises(UserError):
            proceeding.action_answer()
