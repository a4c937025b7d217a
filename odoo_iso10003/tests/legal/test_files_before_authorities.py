# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files that go from a body of the trade to an authority, led to the end (file 7)."""

from odoo import fields
from odoo.fields import Command

from ..common import PAPER
from ..proceeding.test_files_with_offers import OffersCase
from .legal_common import LegalPeople


class TestFilesBeforeAuthorities(OffersCase):
    """File 7: guild union and Ta'zirat, a board for vehicles, an insurer's own unit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        authorities = cls.env["iso10003.authority"]
        cls.divan = authorities.create(
            {"name": "Court of administrative justice", "tz": "Asia/Tehran"}
        )
        # the same people may sit on both: a body is authority, and may be provider
        cls.fines = authorities.create(
            {
                "name": "Authority for fines",
                "partner_id": cls.body.id,
                "tz": "Asia/Tehran",
                "appeal_authority_id": cls.divan.id,
            }
        )

    def _decide_there(self, referral, result, duty, **values):
        """Lead what the other side brought before an authority to its decision."""
        step = LegalPeople._step
        referral.write(
            {
                "authority_id": self.fines.id,
                "counsel_id": self.counsel.id,
                "reviewer_id": self.chief.id,
                "filed_date": self.today,
                "filing_number": "T-77",
            }
        )
        referral.action_file()
        step(referral, "take_up", docket_number="D-9")
        step(
            referral,
            "decide",
            **{
                "decision_date": self.today,
                "decision_served_date": self.today,
                "result": result,
                "awarded": 1400,
                "duty_party": "organization",
                "duty_summary": duty,
                "duty_date": self._ahead(20),
                **values,
            },
        )

    def test_7_a_union_passes_it_on_to_who_fines_and_a_court_reviews(self):
        self._answer_body()
        union = self._go_before("mediation")
        offer = self._offer(300)
        offer.action_reject(channel="person")
        union.action_pass_on("The union sent it to the authority for fines.")
        self.assertEqual((union.ended_by, offer.state), ("passed_on", "rejected"))
        dispute = self.dispute
        referral = dispute.sudo().referral_ids.with_user(self.counsel).sudo(False)
        # nobody asked us whether we go there
        self.assertEqual(referral.side, "complainant")
        self._resolve(kind="none", text="It was passed on.", proceeding_id=union.id)
        self._decide_there(
            referral,
            "for_other",
            "Pay the price back",
            appealable="yes",
            appeal_until=self._ahead(20),
            appeal_rule="Act on fines of trade",
        )
        treasury = self.env["res.partner"].create({"name": "Treasury"})
        fine = self._oblige(
            "The fine", amount=200, head="fine", owed_to_id=treasury.id, day=self.today
        )
        referral.action_decide_appeal("use", "The evidence was not heard.")
        divan = referral.child_ids
        self.assertEqual(divan.authority_id, self.divan)
        if divan.state == "draft":
            divan.with_user(self.manager).action_approve()
        LegalPeople._step(divan, "file", filed_date=self.today, filing_number="V-1")
        LegalPeople._step(divan, "take_up", docket_number="V-9")
        LegalPeople._step(
            divan,
            "decide",
            decision_date=self.today,
            decision_served_date=self.today,
            result="partly",
            awarded=700,
            duty_party="organization",
            duty_summary="Pay half of the price back",
            duty_date=self._ahead(20),
            appealable="no",
        )
        owed = dispute.obligation_ids - fine
        standing = {one.name: one.state for one in owed}
        self.assertEqual(
            standing,
            {"Pay the price back": "replaced", "Pay half of the price back": "due"},
        )
        half = owed.filtered(lambda one: one.state == "due")
        for one, values in ((fine, {}), (half, {"gross": 700})):
            self._perform(one, **values)
            one.action_confirm_done(channel="phone")
        for one in divan | referral:
            one.action_close()
        self._close()

    def test_7_a_board_decides_on_a_vehicle_after_a_fee_for_its_expert(self):
        self._answer_body()
        organization = self._go_before("recommendation", reference="P-12")
        self._resolve(
            kind="recommendation",
            lines=[self._say("part", 200)],
            proceeding_id=organization.id,
        )
        self._say_of_result(self.dispute.result_ids, "rejected")
        if organization.state != "ended":
            organization.action_end("recommendation", "They wrote.")
        action = organization.action_continue(self._method("board").id)
        board = organization.browse(action["res_id"])
        self.assertEqual(board.reference, "P-12")
        board.action_admit()
        asked = board.action_wait_for("fee")
        steps = self.env[asked["res_model"]].with_user(self.handler)
        steps.with_context(**asked["context"]).create(
            {"last_day": self._ahead(5)}
        ).action_confirm()
        [fee] = board.sudo().file_ids.deadline_ids.filtered("given_kind")
        self.assertEqual(fee.due_date, self._ahead(5))
        board.action_begin()
        fee.with_user(self.handler).action_meet(self.today)
        self.assertEqual(fee.state, "met")
        people = self.env["res.partner"].create(
            [{"name": name} for name in ("Chair", "Of the trade", "Of the buyers")]
        )
        seats = self.dispute.env["iso10003.seat"]
        for person, role in zip(people, ("chair", "member", "member"), strict=True):
            context = board.action_add_seat()["context"]
            seats.with_context(**context).create(
                {"partner_id": person.id, "role": role}
            )
        planned = board.action_plan_hearing()
        hearing = self.dispute.env["iso10003.hearing"].with_context(
            **planned["context"]
        )
        hearing = hearing.create(
            {
                "kind": "expert",
                "start": fields.Datetime.now(),
                "notice_date": self.today,
                "summary": "<p>Two votes for the buyer, one for us.</p>",
                "outcome": "decided",
                "participant_ids": [
                    Command.create(
                        {
                            "partner_id": self.handler.partner_id.id,
                            "attended": "yes",
                        }
                    )
                ],
            }
        )
        hearing.action_held()
        result = self._resolve(
            kind="decision",
            proceeding_id=board.id,
            lines=[self._say("granted", 1400)],
            text="By two votes to one: the vehicle is taken back.",
        )
        self._pay(result)
        self._close(in_favour="complainant")

    def test_7_an_insurer_answers_first_and_arbitrators_decide(self):
        """Its own unit has it back until a day; what is answered in time is kept."""
        self._notify(reply_date=self._ahead(10))
        self._claim("The damage", 900)
        self._go_to_evaluation()
        self.dispute.action_refer_back(self._ahead(15), "Try your own unit first.")
        self.dispute.evaluator_id = self.evaluator
        self.dispute.invalidate_recordset()
        self.assertEqual(self.dispute.next_step["code"], "not_referred_back")
        self.dispute.action_next_step()
        self._evaluate(exposure_likely=100, exposure_most=900)
        self._state_position()
        reply = self.dispute.deadline_ids.filtered(
            lambda one: one.given_kind == "reply"
        )
        self.assertEqual(reply.state, "met")
        arbitration = self._go_before("arbitration")
        offer = self._offer(400)
        self._accept(offer, channel="post", proof=PAPER, proof_name="signed.pdf")
        self.assertEqual(
            (arbitration.state, arbitration.ended_by), ("ended", "agreement")
        )
        self._pay(offer.result_id)
        self._close(in_favour="both")
