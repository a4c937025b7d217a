# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files as people who do this work know them, from the position sent to the end.

Each by public methods, as those do it whose it is; what is special about a file is
what its test tells. The first halves are in ``participation/test_files.py``.
"""

import base64
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...report.proceeding import exhibited
from ..common import ADDON, PAPER
from ..participation.test_files import FileCase
from .document_common import new_pdf


class ResolvedCase(FileCase):
    """A file of 1400 whose position was sent, and which a body has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute.ticket_id.sudo().complaint_date = cls.today - timedelta(days=40)

    def _answer_body(self, amount=1400, claims=(), **notice):
        """Lead the file to 7.5, by a notice of a body and our position."""
        for name, value in claims or (("The price", amount),):
            self._claim(name, value)
        self._notify(**notice)
        self._go_to_evaluation()
        self._evaluate(exposure_likely=100, exposure_most=amount)
        self._state_position()

    def _method(self, name):
        return self.env.ref(f"{ADDON}.method_{name}")

    def _go_before(self, method, **values):
        """Propose a proceeding by a method, and let the body begin with it."""
        action = self.dispute.action_add_proceeding()
        proceedings = self.dispute.env["iso10003.proceeding"]
        one = proceedings.with_context(**action["context"]).create(
            {"method_id": self._method(method).id, **values}
        )
        one.action_admit()
        one.action_begin()
        return one

    def _resolve(self, lines=(), **values):
        """Record a result with its lines, by its dialog."""
        action = self.dispute.action_record_result()
        results = self.dispute.env["iso10003.result"].with_context(**action["context"])
        return results.create(
            {
                "dispute_id": self.dispute.id,
                "text": "As was said.",
                "line_ids": [Command.create(line) for line in lines],
                **values,
            }
        )

    def _say(self, verdict="granted", amount=0, claim=None, **values):
        claim = claim or self.dispute.claim_ids[:1]
        return {"claim_id": claim.id, "verdict": verdict, "amount": amount, **values}

    def _say_of_result(self, result, answer="accepted", **values):
        """Note what the complainant said of a result."""
        leads = self.dispute._find_claiming().filtered("leads")
        party = {} if answer == "none" else {"party_id": leads.id}
        return self.dispute.env["iso10003.result.answer"].create(
            {
                "result_id": result.id,
                "side": "complainant",
                "answer": answer,
                **party,
                **values,
            }
        )

    def _oblige(self, name="Pay the price back", **values):
        action = self.dispute.action_add_obligation()
        obligations = self.dispute.env["iso10003.obligation"]
        return obligations.with_context(**action["context"]).create(
            {"name": name, **values}
        )

    def _perform(self, obligation, **values):
        action = obligation.action_record_performance()
        performances = obligation.env["iso10003.performance"]
        return performances.with_context(**action["context"]).create(
            {
                "obligation_id": obligation.id,
                "gross": obligation.amount,
                "proof": PAPER,
                "proof_name": "receipt.pdf",
                **values,
            }
        )

    def _sweep(self):
        """Let the scheduled action run."""
        crons = self.env.registry["ir.cron"]
        with patch.object(crons, "_commit_progress", lambda *_args, **_kw: 1):
            self.env["iso10003.alarm"]._sweep()
            self.env.flush_all()
        self.env.invalidate_all()

    def _pay(self, result, **values):
        """Pay what a result gives, on its day, and let the complainant confirm it."""
        owed = result.obligation_ids
        owed.day = owed.day or self.today
        self._perform(owed, **values)
        owed.action_confirm_done(channel="phone")
        return owed

    def _close(self, reason="It was told by the body.", in_favour=None):
        """Do what is left in 7.5 to 7.7, and end the file with a whole register."""
        dispute = self.dispute
        if dispute.state == "resolution":
            dispute.action_advance(reason)
        self.assertEqual(dispute.state, "implementation")
        dispute.write(
            {
                "lessons": "Test drums before delivery.",
                "cause_kind": "product",
                "no_corrective_reason": "The supplier has changed the drum.",
                "retention_date": self.today + timedelta(days=1500),
            }
        )
        letter = self._open(dispute.action_write_letter("closing"))
        letter.body = "<p>The file is closed. What was owed was performed.</p>"
        letter.save().action_send()
        if dispute.state != "closed":
            dispute.action_advance(reason)
        self.assertEqual(dispute.state, "closed")
        if in_favour:
            self.assertEqual(dispute.in_favour, in_favour)
        told = dispute._list_story()
        self.assertFalse([one for one in told if one["late"]])
        register = self.env["iso10003.register"].sudo()
        files = [f"{dispute._name},{dispute.id}"]
        files += [f"{one._name},{one.id}" for one in dispute.proceeding_ids]
        self.assertFalse(register.verify_chain(files))


class TestFilesToTheEnd(ResolvedCase):
    def test_1_a_body_recommends_and_both_accept(self):
        """File 1: recommended, accepted by both, published, paid."""
        self._answer_body()
        self._go_before("recommendation")
        result = self._resolve(
            kind="recommendation", lines=[self._say("part", 700)], reference="EU-1"
        )
        answer = self.dispute.env["iso10003.result.answer"].create(
            {"result_id": result.id, "side": "organization", "answer": "accepted"}
        )
        self._send(answer.action_write_letter())
        self._say_of_result(result)
        self.assertEqual(self.dispute.outcome, "recommendation_accepted")
        self._pay(result)
        self._close(in_favour="both")

    def test_2_a_view_is_refused_and_the_decision_accepted_late(self):
        """File 2: at the same body; silence is refusal, unless it admits more."""
        self._answer_body()
        first = self._go_before("recommendation", reference="OMB 4711")
        view = self._resolve(kind="view", lines=[self._say("part", 300)])
        self._say_of_result(view, "rejected")
        if first.state != "ended":
            first.action_end("recommendation", "They wrote.")
        action = first.action_continue(self._method("ombudsman").id)
        second = first.browse(action["res_id"])
        self.assertEqual(second.reference, "OMB 4711")
        result = self._resolve(
            kind="decision",
            proceeding_id=second.id,
            lines=[self._say("granted", 1400)],
            binding="acceptance",
            answer_until=self._ahead(10),
        )
        self.assertFalse(result.obligation_ids)
        with freeze_time(self._ahead(12)):
            self._say_of_result(result, "none", date=self._ahead(12))
            self.assertEqual(self.dispute.outcome, "decision_not_accepted")
            self.assertFalse(result.obligation_ids)
        with freeze_time(self._ahead(14)):
            self.today = self.dispute._get_company_day()
            self._say_of_result(
                result, date=self.today, reasons="The body admitted it."
            )
            self.assertEqual(result.effect, "effective")
            self._pay(result)
            self._close(in_favour="complainant")

    def test_3_notes_of_the_conciliation_never_reach_the_determination(self):
        """File 3: what was offered to conciliate is left behind."""
        self._answer_body()
        conciliation = self._go_before("mediation", reference="AFCA 12")
        self.dispute.env["iso10003.document"].create(
            {
                "file_id": conciliation.file_ids.id,
                "name": "What we would have paid",
                "content": PAPER,
                "audience": "parties",
                "without_prejudice": True,
            }
        )
        self._resolve(
            kind="none", text="They did not agree.", proceeding_id=conciliation.id
        )
        self.assertEqual(conciliation.ended_by, "no_agreement")
        action = conciliation.action_continue(self._method("ombudsman").id)
        determination = conciliation.browse(action["res_id"])
        self.assertFalse(determination.paper_ids | determination.document_ids)
        self._resolve(
            kind="decision",
            proceeding_id=determination.id,
            lines=[self._say("refused")],
        )
        self._close(in_favour="organization")

    def test_4_money_moves_provisionally_and_back(self):
        """File 4: rounds at the same bank, each with its day and its evidence.

        Money counts once it is final, and no more once it came back; who concedes a
        round accepts what the other side wants, within the tiers.
        """
        self._answer_body()
        first = self._go_before("recommendation", reference="CB 88")
        limit = self._wait_for(first, "reply", 10)
        evidence = self._file_evidence(first, "The delivery note")
        limit.action_meet(self.today)
        first.action_end("no_agreement", "The bank asked for a second round.")
        action = first.action_continue(self._method("recommendation").id)
        second = first.browse(action["res_id"])
        self.assertEqual((second.reference, second.first_id), ("CB 88", first))
        # the papers of the first round go along, and the second has its own
        self.assertIn(evidence, second.paper_ids)
        more = self._file_evidence(second, "The film of the delivery")
        self.assertEqual(more.exhibit_number, evidence.exhibit_number + 1)
        self._wait_for(second, "reply", 20).action_meet(self.today)
        theirs = self._note_offer(1400)
        theirs_step = theirs.action_ask("accept")
        steps = theirs.env[theirs_step["res_model"]]
        steps.with_context(**theirs_step["context"]).create({}).action_confirm()
        self.assertEqual(
            (theirs.state, theirs.approved_by_id), ("accepted", self.handler)
        )
        result = theirs.result_id
        self.assertEqual((result.kind, result.amount), ("settlement", 1400))
        owed = result.obligation_ids
        owed.day = self.today
        paid = self._perform(owed, provisional=True)
        self.assertEqual(owed.state, "due")
        paid.action_reverse("The other bank contested it.")
        self.assertEqual((owed.state, owed.performed), ("due", 0))
        again = self._perform(owed, provisional=True)
        again.action_make_final()
        self.assertEqual(owed.state, "performed")
        owed.action_confirm_done(channel="phone")
        self._close()

    def _wait_for(self, proceeding, kind, days):
        """Note a day that the body has set for us."""
        action = proceeding.action_wait_for(kind)
        steps = proceeding.env[action["res_model"]].with_context(**action["context"])
        before = proceeding.file_ids.deadline_ids
        steps.create(
            {"last_day": self._ahead(days), "given_actor": "organization"}
        ).action_confirm()
        return proceeding.file_ids.deadline_ids - before

    def _file_evidence(self, proceeding, name):
        return proceeding.env["iso10003.document"].create(
            {
                "file_id": proceeding.file_ids.id,
                "name": name,
                "content": base64.b64encode(name.encode()),
                "audience": "parties",
            }
        )

    def _note_offer(self, amount):
        """Note what the other side wants, as its mail says."""
        action = self.dispute.action_note_offer()
        offers = self.dispute.env["iso10003.offer"].with_context(**action["context"])
        return offers.create(
            {
                "terms": "They want it all back.",
                "amount": amount,
                "channel": "email",
                "proof": PAPER,
            }
        )

    def test_5_one_instalment_is_missed_and_the_whole_becomes_due(self):
        """File 5: three instalments with days of grace."""
        self._answer_body(900)
        result = self._resolve(kind="settlement", lines=[self._say("granted", 900)])
        plan = result.obligation_ids
        plan.grace_days = 5
        plan.action_split(3, self._ahead(10))
        first, second, third = plan.part_ids.sorted("due_date")
        self.assertEqual(plan.part_ids.mapped("amount"), [300, 300, 300])
        self._perform(first)
        missed = fields.Date.add(second.due_date, days=6)
        with freeze_time(f"{missed} 08:00:00"):
            self._sweep()
            self.assertEqual(third.due_date, missed)
            self.today = self.dispute._get_company_day()
            for part in second | third:
                self._perform(part)
            self.assertEqual(plan.state, "performed")
            plan.action_confirm_done(channel="phone")
            self._close()

    def test_6_a_seat_is_challenged_and_the_award_set_aside(self):
        """File 6: annulment ends what was owed, and makes a duty to return it."""
        self._answer_body()
        arbitration = self._go_before("arbitration")
        judge, other = self.env["res.partner"].create(
            [{"name": "Judge"}, {"name": "Other"}]
        )
        seats = self.dispute.env["iso10003.seat"]
        seat = seats.with_context(**arbitration.action_add_seat()["context"]).create(
            {"partner_id": judge.id}
        )
        seat.action_challenge("She was their adviser.")
        seat.action_decide_challenge("upheld")
        seat.action_replace(other.id, "both")
        award = self._resolve(
            kind="decision",
            proceeding_id=arbitration.id,
            lines=[self._say("granted", 1000)],
            review_route="court",
            review_until=self._ahead(20),
        )
        owed = award.obligation_ids
        owed.day = self._ahead(5)
        award.action_decide_review("use", "The hearing was not fair.")
        owed.action_suspend("The review stays it.")
        owed.action_go_on("The court let it be enforced.")
        paid = self._perform(owed)
        award.with_user(self.manager).action_set_aside(False, "It was annulled.")
        self.assertFalse(self.dispute.outcome)
        self.assertTrue(paid.exists())
        back = self._oblige(
            "Return what was paid", owed_by="other_side", amount=1000, day=self.today
        )
        self._perform(back)
        self._resolve(
            kind="decision",
            proceeding_id=arbitration.id,
            lines=[self._say("refused")],
        )
        self._close(in_favour="organization")

    def test_10_what_was_withdrawn_is_not_granted(self):
        """File 10: authority measures what is left."""
        self._answer_body(
            claims=(("The price", 800), ("The plumber", 600), ("The fare", 90))
        )
        fare = self.dispute.claim_ids.filtered(lambda one: one.name == "The fare")
        fare.action_withdraw("She wrote.", PAPER)
        lines = [
            self._say("granted", claim.amount, claim)
            for claim in self.dispute.claim_ids
        ]
        with self.assertRaisesRegex(UserError, "withdrawn"), self.env.cr.savepoint():
            self._resolve(kind="settlement", lines=lines)
        lines = [line for line in lines if line["claim_id"] != fare.id]
        result = self._resolve(kind="settlement", lines=lines)
        self.assertEqual((result.amount, fare.state), (1400, "withdrawn"))
        self._pay(result)
        self._close()

    def test_11_we_applied_and_settled_there(self):
        """File 11: what they owed us is set off against what we owe."""
        self._notify(begun_by="organization", reference="WE-1")
        self._claim("The price", 400)
        self._claim("A set-off of their own", 50)
        self._agree(self.dispute)
        self._go_to_evaluation()
        self._evaluate()
        self._state_position()
        claims = self.dispute.claim_ids
        result = self._resolve(
            kind="settlement",
            lines=[self._say("granted", one.amount, one) for one in claims],
        )
        owed = result.obligation_ids
        owed.day = self.today
        self._perform(
            owed, means="set_off", gross=50, agreement="Point 3 of the settlement"
        )
        self._perform(owed, gross=owed.amount - 50)
        owed.action_confirm_done(channel="phone")
        self._close()

    def test_12_it_is_paid_in_another_currency(self):
        """File 12: at a rate, of a day, from a source."""
        self._answer_body(300)
        result = self._resolve(kind="settlement", lines=[self._say("granted", 300)])
        foreign = self.env["res.currency"].create(
            {"name": "XQX", "symbol": "q", "rounding": 0.01}
        )
        owed = self._pay(
            result,
            gross=100,
            currency_id=foreign.id,
            rate=3,
            rate_source="Central bank",
            rate_date=self.today,
        )
        self.assertEqual((owed.performed, owed.state), (300, "confirmed"))
        self._close()

    def test_13_one_of_two_bodies_leaves_it_to_the_other(self):
        """File 13: the same claim in two proceedings is said until one ends."""
        self._answer_body()
        one = self._go_before("mediation")
        other = self._go_before("arbitration")
        self.assertIn(other.name, one.remarks)
        other.action_end("not_admitted", "The first body has it.", ground="elsewhere")
        one.invalidate_recordset(["remarks"])
        self.assertFalse(one.remarks)
        result = self._resolve(
            kind="settlement",
            proceeding_id=one.id,
            lines=[self._say("granted", 1400)],
        )
        self._pay(result)
        self._close()

    def test_14_the_decision_is_corrected(self):
        """File 14: the new one takes its place, and is what is paid."""
        self._answer_body()
        arbitration = self._go_before("arbitration")
        first = self._resolve(
            kind="decision",
            proceeding_id=arbitration.id,
            lines=[self._say("granted", 1400)],
        )
        second = self._resolve(
            kind="decision",
            proceeding_id=arbitration.id,
            lines=[self._say("part", 140)],
            replaces_id=first.id,
            counts_anew=True,
        )
        self.assertEqual((first.effect, second.effect), ("replaced", "effective"))
        self.assertEqual(first.obligation_ids.state, "replaced")
        self._pay(second)
        self._close(in_favour="both")

    def test_14_what_was_paid_by_then_counts_at_the_corrected_one(self):
        """Carried over as performed already; the rest is paid, and counted once."""
        self._answer_body()
        arbitration = self._go_before("arbitration")
        first = self._resolve(
            kind="decision",
            proceeding_id=arbitration.id,
            lines=[self._say("part", 400)],
        )
        former = first.obligation_ids
        former.day = self.today
        paid = self._perform(former)
        self.assertEqual(former.state, "performed")
        second = self._resolve(
            kind="decision",
            proceeding_id=arbitration.id,
            lines=[self._say("granted", 1400)],
            replaces_id=first.id,
        )
        owed = second.obligation_ids
        owed.day = self.today
        self.assertEqual((former.state, former.replaced_by_id), ("replaced", owed))
        self.assertEqual((owed.performed, owed.state), (400, "due"))
        self.assertIn("400", owed.remarks)
        self.assertIn("performed already", owed.remarks)
        # a payment that came back counts neither here nor there
        paid.action_reverse("The bank sent it back.")
        self.assertEqual(owed.performed, 0)
        with (
            self.assertRaisesRegex(ValidationError, "nobody owes this any more"),
            self.env.cr.savepoint(),
        ):
            self._perform(former)
        self._perform(owed)
        self.assertEqual((owed.state, self.dispute.paid_amount), ("performed", 1400))
        owed.action_confirm_done(channel="phone")
        self._close(in_favour="complainant")

    def test_14_what_was_paid_in_full_leaves_nothing_due(self):
        self._answer_body()
        arbitration = self._go_before("arbitration")
        first = self._resolve(
            kind="decision",
            proceeding_id=arbitration.id,
            lines=[self._say("granted", 1400)],
        )
        first.obligation_ids.day = self.today
        self._perform(first.obligation_ids)
        second = self._resolve(
            kind="decision",
            proceeding_id=arbitration.id,
            lines=[self._say("part", 1000)],
            replaces_id=first.id,
        )
        owed = second.obligation_ids
        self.assertEqual((owed.state, owed.done_date), ("performed", self.today))
        self.assertIn("more was performed than is owed", owed.remarks)
        self.assertEqual(self.dispute.paid_amount, 1400)
        self.assertTrue(self.dispute._gate_duties_proven())

    def test_15_tax_is_withheld_and_the_rest_goes_to_another(self):
        """File 15: gross counts, the net is paid to whom they named."""
        self._answer_body(300)
        result = self._resolve(kind="settlement", lines=[self._say("granted", 300)])
        brother = self.env["res.partner"].create({"name": "The brother"})
        owed = self._pay(
            result,
            tax=30,
            paid_to_id=brother.id,
            agreement="As the complainant wrote.",
        )
        self.assertEqual(owed.performance_ids.net, 270)
        self._close()

    def test_16_goods_come_back_before_the_money(self):
        """File 16: returned, inspected, paid; a deduction is contested and told."""
        self._answer_body(300)
        result = self._resolve(kind="settlement", lines=[self._say("granted", 300)])
        back = self._oblige("Send it back", owed_by="other_side", day=self._ahead(5))
        look = self._oblige("Inspect it", after_id=back.id, after_days=3)
        refund = result.obligation_ids
        refund.write({"after_id": look.id, "after_days": 7})
        self.assertEqual((look.state, refund.state), ("waiting", "waiting"))
        self._perform(back, means="goods")
        self._perform(look, means="act")
        self.assertEqual((refund.state, refund.due_date), ("due", self._ahead(7)))
        refund.action_contest("They say nothing was wrong with it.")
        refund.action_go_on("They took it as it is.")
        self._perform(refund)
        for owed in look | refund:
            owed.action_confirm_done(channel="phone")
        self._close()

    def test_17_an_order_keeps_papers_back(self):
        """File 17: asked by bundle and print; a checked copy goes out instead."""
        self._answer_body(300)
        papers = self.dispute.env["iso10003.document"]
        secret, plain = papers.create(
            [
                {
                    "file_id": self.dispute.file_ids.id,
                    "name": name,
                    "content": content,
                    "audience": "parties",
                }
                for name, content in (
                    ("The recipe", PAPER),
                    ("The invoice", "cGFwZXI="),
                )
            ]
        )
        action = self.dispute.action_add_restriction()
        restrictions = self.dispute.env["iso10003.restriction"]
        restrictions.with_context(**action["context"]).create(
            {
                "document_ids": secret.ids,
                "name": "Nobody may see the recipe.",
            }
        )
        self.assertEqual(papers.union(secret, plain)._filter_for_parties(), plain)
        told = str(self.dispute._list_story(for_parties=True))
        self.assertNotIn("The recipe", told)
        self.assertIn("The invoice", told)
        bundle = self.dispute.env["iso10003.bundle"].create(
            {
                "file_id": self.dispute.file_ids.id,
                "name": "For the board",
                "partner_id": self.body.id,
                "line_ids": [Command.create({"document_id": secret.id})],
            }
        )
        with self.assertRaisesRegex(UserError, "The recipe"), self.env.cr.savepoint():
            bundle.action_issue()
        self._refuse_to_hand_on(secret)
        # a copy in which the recipe is blackened, that somebody else looked through
        copy = self._redact(secret)
        self.assertIn("unchecked", copy._find_hindrances("body")[copy])
        with self.assertRaisesRegex(UserError, "nobody has checked"):
            self._issue(bundle, copy)
        with self.assertRaisesRegex(UserError, "Somebody else checks it"):
            copy.action_check_redaction()
        copy.with_user(self.manager).action_check_redaction()
        self.assertEqual(
            (copy.create_uid, copy.checked_by_id), (self.handler, self.manager)
        )
        self._issue(bundle, copy).action_hand_over()
        went = copy.disclosure_ids
        self.assertEqual((went.partner_id, went.flaws), (self.body, False))
        self.assertFalse(secret.disclosure_ids)
        result = self._resolve(kind="settlement", lines=[self._say("granted", 300)])
        self._pay(result)
        self._close()

    def _redact(self, document):
        action = document.action_redact()
        documents = document.env["iso10003.document"]
        return documents.with_context(**action["context"]).create(
            {
                "name": "The recipe, in part",
                "content": base64.b64encode(new_pdf(120)),
                "file_name": "part.pdf",
                "audience": "parties",
            }
        )

    def _issue(self, bundle, document):
        other = bundle.create(
            {
                "file_id": bundle.file_id.id,
                "name": bundle.name,
                "partner_id": bundle.partner_id.id,
                "line_ids": [Command.create({"document_id": document.id})],
            }
        )
        with (
            self.env.cr.savepoint(),
            patch.object(exhibited, "EXHIBIT_SECONDS", 60),
        ):
            other.action_issue()
        return other

    def _refuse_to_hand_on(self, document):
        """No letter shows it, no mail has it with it, no export has it."""
        stored = document._get_stored_files()[document]
        letter = self.dispute.env["iso10003.letter"].create(
            {
                "file_id": self.dispute.file_ids.id,
                "subject": "What you asked for",
                "body": f'<p>Here: <img src="/web/image/{stored.id}"/></p>',
            }
        )
        attachments = self.dispute.env["ir.attachment"]
        copy = attachments.create({"name": "r.pdf", "raw": stored.raw})
        self.handler.group_ids += self.env.ref("base.group_allow_export")
        for door in (
            letter.action_send,
            lambda: self.dispute.message_post(
                body="As asked",
                partner_ids=self.customer.ids,
                attachment_ids=copy.ids,
            ),
            lambda: document.export_data(["content"]),
        ):
            with (
                self.assertRaisesRegex(UserError, "An order or a term forbids"),
                self.env.cr.savepoint(),
            ):
                door()
        copy.unlink()
