# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each effect of an alarm, on each kind of file: it meets this very file, no other."""

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ..legal.legal_common import LegalRules
from .deadline_common import TODAY

SWEEP = "odoo.addons.odoo_iso10003.models.deadline.alarm_sweep"
DISPUTE, REFERRAL = "iso10003.dispute", "iso10003.referral"
PROCEEDING = "iso10003.proceeding"
# an event from which a limit runs on each kind of file, and its field
STARTS = {
    DISPUTE: ("notice_received", "notice_date"),
    REFERRAL: ("claim_arose", "claim_date"),
    PROCEEDING: ("proceeding_complete", "file_complete_date"),
}


class AlarmEffects(LegalRules, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(cls._at(2026, 3, 2, 8))
        cls._set_up_legal()

    @classmethod
    def _level(cls, kind, role="manager", **values):
        return Command.create({"offset": 0, "kind": kind, "role": role, **values})

    @classmethod
    def _letter(cls, model, to="{{ object.user_id.partner_id.id }}", **values):
        return cls.env["mail.template"].create(
            {
                "name": f"Letter on {model}",
                "model_id": cls.env["ir.model"]._get_id(model),
                "subject": "About {{ object.name }}",
                "body_html": "<p>A limit is over.</p>",
                "partner_to": to,
                "use_default_to": False,
                **values,
            }
        )

    def _case(self, kind, *levels, **values):
        """Return a file of this kind on which one rule with these levels runs."""
        event, field = STARTS[kind]
        self._enforce(
            self._rule(
                **{
                    "start_event": event,
                    "end_event": False,
                    "quantity": 3,
                    "escalation_ids": list(levels),
                    **values,
                }
            )
        )
        dispute = self._open_dispute(self._new_ticket())
        if kind == DISPUTE:
            self._record(dispute, **{field: TODAY})
            return dispute.sudo()
        if kind == PROCEEDING:
            proceeding = self._propose(dispute)
            proceeding[field] = TODAY
            return proceeding.sudo()
        dispute.amount_claimed = 4000
        referral = self._draft_referral(dispute_id=dispute.id, **{field: TODAY})
        return referral.sudo()

    def _let_it_lapse(self):
        with self._at(2026, 3, 12, 8):
            self._sweep()

    def _failed(self, case):
        return case.deadline_ids.alarm_ids.filtered(lambda one: one.state == "failed")


@tagged("-at_install", "post_install")
class TestEachEffectOnEachKind(AlarmEffects):
    def test_all_kinds_of_files_and_escalations_are_walked(self):
        kinds = {
            name.removeprefix("_check_effect_of_")
            for name in dir(self)
            if name.startswith("_check_effect_of_")
        }
        choices = dict(self.env["iso10003.escalation"]._fields["kind"].selection)
        self.assertEqual(kinds, set(choices))
        self.assertEqual(set(STARTS), set(self.env["iso10003.file"]._get_kinds()))

    def test_each_escalation_meets_its_own_file(self):
        for kind in self.env["iso10003.file"]._get_kinds():
            for effect in dict(
                self.env["iso10003.escalation"]._fields["kind"].selection
            ):
                with self.subTest(kind=kind, effect=effect):
                    self._try(kind, effect)

    def _try(self, kind, effect):
        vals = {"role": False} if effect == "mail" else {}
        if effect == "mail":
            vals["template_id"] = self._letter(kind).id
        case = self._case(kind, self._level(effect, **vals))
        # of the other kind there is a file with the same number
        self._let_it_lapse()
        self.assertFalse(self._failed(case), self._failed(case).mapped("error"))
        self.assertEqual(len(self._events(case, "escalated")), 1)
        getattr(self, f"_check_effect_of_{effect}")(case)

    def _check_effect_of_activity(self, case):
        self.assertEqual(case.activity_ids.user_id, self.manager)

    def _check_effect_of_notify(self, case):
        mails = self.env["mail.mail"].search(
            [("recipient_ids", "=", self.manager.partner_id.id)]
        )
        self.assertTrue(any(case.name in mail.body_html for mail in mails))

    def _check_effect_of_mail(self, case):
        [copy] = case.message_ids.filtered(
            lambda message: message.subject == f"About {case.name}"
        )
        self.assertEqual(copy.partner_ids, case.user_id.partner_id)

    def _check_effect_of_reassign(self, case):
        self.assertEqual(case.user_id, self.manager)
        self.assertEqual(case.file_ids.user_id, self.manager)

    def _check_effect_of_nonconformity(self, case):
        [found] = self.env["mgmtsystem.nonconformity"].search(
            [("res_model", "=", case._name), ("res_id", "=", case.id)]
        )
        self.assertEqual(found.responsible_user_id, self.manager)

    def _check_effect_of_propose_referral(self, case):
        # of a proceeding, it is asked where it is led; a referral is one already
        asked = case.dispute_id if case._name == PROCEEDING else case
        proposed = asked.activity_ids.filtered(lambda one: "Refer it" in one.summary)
        self.assertEqual(bool(proposed), case._name != REFERRAL)

    def _check_effect_of_referral(self, case):
        if case._name == DISPUTE:
            self.assertEqual(len(case.referral_ids), 1)
        else:
            self.assertEqual(len(case.dispute_id.referral_ids), 1)

    def test_the_limit_and_the_end_of_a_stop(self):
        for kind in self.env["iso10003.file"]._get_kinds():
            with self.subTest(kind=kind):
                case = self._case(kind, may_suspend=True)
                deadline = case.deadline_ids
                letter = self.env["ir.attachment"].create(
                    {
                        "name": "letter.txt",
                        "raw": b"Wait.",
                        "res_model": kind,
                        "res_id": case.id,
                    }
                )
                leader = deadline.with_user(case.user_id)
                leader.action_suspend(
                    "agreed", "2026-03-04 08:00:00", attachment_id=letter.id
                )
                self.assertEqual(deadline.state, "suspended")
                with self._at(2026, 3, 4, 9):
                    self._sweep()
                self.assertEqual(deadline.state, "running")
                self._let_it_lapse()
                self.assertEqual(deadline.state, "lapsed")

    def test_what_met_it_is_taken_back_while_it_stands_still(self):
        for kind in self.env["iso10003.file"]._get_kinds():
            with self.subTest(kind=kind):
                deadline = self._case(kind, may_suspend=True).deadline_ids
                letter = self.env["ir.attachment"].create(
                    {
                        "name": "letter.txt",
                        "raw": b"Wait.",
                        "res_model": kind,
                        "res_id": deadline.file_id.res_id,
                    }
                )
                deadline.action_suspend(
                    "agreed", "2026-03-04 08:00:00", attachment_id=letter.id
                )
                deadline._meet(TODAY)
                deadline._run_again()
                self.assertEqual(deadline.state, "suspended")


@tagged("-at_install", "post_install")
class TestLetters(AlarmEffects):
    """A letter is of the kind of its file, and goes to the people of that file."""

    def test_a_letter_fits_the_events_that_the_rule_counts(self):
        for kind, other in ((DISPUTE, REFERRAL), (REFERRAL, DISPUTE)):
            event, _field = STARTS[kind]
            letter = self._letter(other)
            level = self._level("mail", role=False, template_id=letter.id)
            with self.subTest(kind=kind):
                with self.assertRaisesRegex(ValidationError, "kind of file"):
                    self._draft(
                        self._rule(
                            start_event=event, end_event=False, escalation_ids=[level]
                        )
                    )
                with self.assertRaisesRegex(ValidationError, "kind of file"):
                    self._draft(
                        self._rule(
                            start_event=event, end_event=False, template_id=letter.id
                        )
                    )

    def test_a_rule_that_comes_to_count_elsewhere_loses_its_letter_first(self):
        level = self._level("mail", role=False, template_id=self._letter(DISPUTE).id)
        policy = self._draft(self._rule(end_event=False, escalation_ids=[level]))
        with self.assertRaisesRegex(ValidationError, "kind of file"):
            policy.rule_ids.start_event = "claim_arose"

    def test_a_date_given_by_hand_may_have_a_letter_of_any_kind(self):
        for kind in STARTS:
            rule = self._rule(
                start_event="given", end_event=False, template_id=self._letter(kind).id
            )
            self.assertTrue(self._draft(rule).rule_ids)

    @mute_logger(SWEEP)
    def test_a_letter_of_another_kind_is_never_sent(self):
        for kind, other in ((DISPUTE, REFERRAL), (REFERRAL, DISPUTE)):
            with self.subTest(kind=kind):
                letter = self._letter(kind, name="Meant for another")
                case = self._case(
                    kind, self._level("mail", role=False, template_id=letter.id)
                )
                # a template is everybody's, and may be changed behind a policy
                letter.model_id = self.env["ir.model"]._get_id(other)
                self._let_it_lapse()
                self.assertIn("another kind of file", self._failed(case).error)
                self.assertTrue(
                    case.activity_ids.filtered(
                        lambda task: "failed" in (task.summary or "")
                    )
                )
                self.assertFalse(
                    self.env["mail.mail"].search([("subject", "like", "About")])
                )

    @mute_logger(SWEEP)
    def test_a_letter_goes_to_nobody_who_has_no_part_in_the_file(self):
        outsider = self.env["res.partner"].create(
            {"name": "Somebody", "email": "somebody@example.com"}
        )
        for kind in STARTS:
            for to in (
                {"to": str(outsider.id)},
                {"to": False, "email_to": "nobody.known@example.com"},
                {"to": str(self.stranger.partner_id.id)},
                {"to": False},
            ):
                with self.subTest(kind=kind, **to):
                    letter = self._letter(kind, **to)
                    case = self._case(
                        kind, self._level("mail", role=False, template_id=letter.id)
                    )
                    self._let_it_lapse()
                    self.assertTrue(self._failed(case))
                    self.assertFalse(
                        self.env["mail.mail"].search([("subject", "like", "About")])
                    )

    def test_the_other_side_gets_no_letter_of_a_privileged_referral(self):
        letter = self._letter(REFERRAL, to="{{ object.opponent_id.id }}")
        case = self._case(
            REFERRAL, self._level("mail", role=False, template_id=letter.id)
        )
        case._guarded_write({"opponent_id": self.customer.id})
        with self.assertRaisesRegex(UserError, "may not be told"):
            case._post_letter(letter)

    def test_the_complainant_reads_the_copy_in_the_language_of_the_letter(self):
        letter = self._letter(
            DISPUTE,
            to="{{ object.partner_id.id }}",
            lang="{{ object.partner_id.lang }}",
            auto_delete=True,
        )
        case = self._case(
            DISPUTE, self._level("mail", role=False, template_id=letter.id)
        )
        self._let_it_lapse()
        [copy] = case.message_ids.filtered(lambda message: message.partner_ids)
        self.assertEqual(copy.partner_ids, self.customer)
        self.assertIn("A limit is over", copy.body)
        own = self.env["mail.message"].with_user(self.portal)
        self.assertTrue(own.search([("id", "=", copy.id)]))

    def test_the_letter_of_a_limit_opens_on_its_own_kind_of_file_only(self):
        letter = self._letter(DISPUTE)
        deadline = self._case(DISPUTE, template_id=letter.id).deadline_ids
        action = deadline.with_user(self.handler).action_send_letter()
        self.assertEqual(action["context"]["default_deadline_id"], deadline.id)
        self.assertIn("A limit is over", action["context"]["default_body"])
        letter.model_id = self.env["ir.model"]._get_id(REFERRAL)
        with self.assertRaisesRegex(UserError, "another kind of file"):
            deadline.with_user(self.handler).action_send_letter()
