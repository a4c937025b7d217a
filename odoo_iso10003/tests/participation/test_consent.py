# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who agreed to take part, on which text; and what a withdrawal brings about (4.6)."""

import hashlib
from base64 import b64decode
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ADDON, PAPER
from .invitation_common import InvitationCase
from .test_information_sheet import SheetCase

DIGEST = hashlib.sha256(b64decode(PAPER)).hexdigest()


class ConsentCase(SheetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()
        cls.complainant = cls.dispute.party_ids
        cls.board = cls._new_provider("The Board", independence="independent")

    def _lead_to_notice(self, dispute=None):
        """Lead a file to where nothing but the consent is wanted."""
        dispute = self._lead_to(dispute or self.dispute, "notice")
        self._give(dispute, {**self._wanted("notice"), "consent": False})
        return dispute

    def _notice(self, **values):
        """Record a notice with the dialog, as a handler does."""
        action = self.dispute.action_record_notice()
        notices = self.dispute.env["iso10003.notice"]
        notices = notices.with_context(**action["context"])
        typed = [name for name, one in notices._fields.items() if not one.readonly]
        return notices.create(
            {
                **notices.default_get([*typed, "replaces_id"]),
                "provider_id": self.board.id,
                "reference": "AB-12/2026",
                "pending_elsewhere": "no",
                "document": PAPER,
                "document_name": "notice.pdf",
                **values,
            }
        )

    def _find_task(self, kind):
        kind = self.env.ref(f"{ADDON}.{kind}")
        return self.dispute.sudo().activity_ids.filtered(
            lambda task: task.activity_type_id == kind
        )

    def _new_person(self, name="Second Person"):
        return self.env["res.partner"].create(
            {"name": name, "email": "second@example.com"}
        )

    def _add_party(self, name="Second Person", capacity="complainant", **values):
        return self._note_party(
            self.dispute, self._new_person(name), capacity, **values
        )

    def _unmet(self, dispute=None):
        return (dispute or self.dispute)._ask_the_way().unmet.mapped("code")


@tagged("-at_install", "post_install")
class TestConsent(ConsentCase):
    # ------------------------------------------------------------
    # The gate, and its button
    # ------------------------------------------------------------

    def test_nobody_is_evaluated_without_consent(self):
        self._lead_to_notice()
        self.assertEqual(self._unmet(), ["consent_given"])
        with self.assertRaisesRegex(UserError, "consent of whoever claims"):
            self.dispute.action_advance()
        self.assertEqual(self.dispute.state, "notice")

        consent = self._agree(self.dispute)

        self.assertTrue(consent.counts)
        self.assertFalse(consent.flaws)
        self.assertEqual(self.dispute.consent_date, fields.Date.today())
        self.dispute.action_advance()
        self.assertEqual(self.dispute.state, "evaluation")

    def test_the_card_records_it_and_leads_on(self):
        self._lead_to_notice()
        step = self.dispute.next_step
        self.assertEqual((step["code"], step["clause"]), ("consent_given", "4.6"))
        action = self.dispute.with_context(
            shown_step="consent_given"
        ).action_next_step()
        context = {**action["context"], "default_channel": "phone"}
        sheet = self._get_approved_sheet()
        consents = self.dispute.env["iso10003.consent"].with_context(**context)
        consent = consents.create({"sheet_id": sheet.id})

        self.assertEqual(consent.party_id, self.complainant)
        self.assertEqual(consent.identity, "called")
        self.assertEqual(self.dispute.state, "evaluation")

    def test_before_the_notice_it_leads_nowhere(self):
        context = self.dispute.action_record_consent()["context"]
        consents = self.dispute.env["iso10003.consent"].with_context(**context)
        consents.create({})
        self.assertEqual(self.dispute.state, "referral")

    def test_the_sheet_of_the_method_is_chosen_already(self):
        self.dispute._guarded_write({"method_id": self.mediation.id})
        context = self.dispute.action_record_consent()["context"]
        self.assertEqual(context["default_sheet_id"], self.shipped.id)
        own = self._approve_shipped()
        context = self.dispute.action_record_consent()["context"]
        self.assertEqual(context["default_sheet_id"], own.id)

        self.env["res.lang"]._activate_lang("fa_IR")
        self.customer.lang = "fa_IR"
        context = self.dispute.action_record_consent()["context"]
        sheet = own.browse(context["default_sheet_id"])
        self.assertEqual(sheet.language_id.code, "fa_IR")

    def test_the_one_approved_sheet_is_chosen_while_there_is_no_method(self):
        self.assertFalse(self.dispute._find_sheet())
        own = self._approve_shipped()
        self.assertEqual(self.dispute._find_sheet(), own)
        self.dispute.method = "determinative"
        self.assertFalse(self.dispute._find_sheet(), "it is one of mediation")
        self.dispute.method = False
        self._approve_shipped(self.env.ref(f"{ADDON}.sheet_board_en"))
        self.assertFalse(self.dispute._find_sheet(), "which of the two?")

    def test_a_draft_text_is_told_and_warns(self):
        self._lead_to_notice()
        consent = self._agree(self.dispute, sheet_id=self.shipped.id)

        self.assertIn("not approved", consent.remarks)
        self.assertIn(self.shipped.cost, consent.sheet_text)
        self.assertEqual(consent.sheet_sha256, self.shipped._digest())
        self.assertEqual(self._unmet(), ["sheet_approved"])
        self.dispute.action_advance("We had no time to approve it.")
        self.assertEqual(self.dispute.state, "evaluation")

    def test_an_approval_afterwards_does_not_reach_back(self):
        own = self._approve_shipped()
        before = own.approved_date - timedelta(seconds=1)
        consent = self._agree(self.dispute, sheet_id=own.id, date=before)
        self.assertFalse(consent.sheet_approved)
        self.assertEqual(consent.flaws, "sheet_draft")
        self.assertTrue(consent.counts)

    # ------------------------------------------------------------
    # What cannot be true
    # ------------------------------------------------------------

    def test_nobody_agrees_on_a_text_that_is_not_written_yet(self):
        sheet = self._write_sheet()
        refused = self.assertRaisesRegex(ValidationError, "not written yet")
        with refused, self.env.cr.savepoint():
            self._agree(
                self.dispute,
                sheet_id=sheet.id,
                date=sheet.written_date - timedelta(minutes=1),
            )
        self.env.invalidate_all()
        self.assertFalse(self.dispute.consent_ids)

    def test_nobody_agrees_tomorrow(self):
        with self.assertRaisesRegex(ValidationError, "in the future"):
            self._agree(self.dispute, date=fields.Datetime.now() + timedelta(days=3))

    def test_who_is_no_party_of_the_file_agrees_to_nothing(self):
        other = self._open_dispute(self._new_ticket())
        with self.assertRaisesRegex(ValidationError, "belongs to another file"):
            self._agree(self.dispute, party=other.party_ids)

    def test_a_sheet_of_another_company_tells_nobody_here(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        theirs = self.shipped.copy({"company_id": company.id})
        with self.assertRaises(AccessError):
            self._agree(self.dispute, sheet_id=theirs.id)
        with self.assertRaisesRegex(ValidationError, "of another company"):
            self._agree(self.dispute.sudo(), sheet_id=theirs.id)

    def test_claims_of_another_file_are_not_covered(self):
        other = self._open_dispute(self._new_ticket())
        other.amount_claimed = 100
        with self.assertRaisesRegex(ValidationError, "belongs to another file"):
            self._agree(
                self.dispute, claim_ids=[Command.set(other.sudo().claim_ids.ids)]
            )

    # ------------------------------------------------------------
    # Recorded as it happened, with what is wrong
    # ------------------------------------------------------------

    def test_a_witness_agrees_for_nobody(self):
        witness = self._add_party(capacity="witness")
        consent = self._agree(self.dispute, party=witness)
        self.assertEqual(consent.flaws, "not_claiming")
        self.assertFalse(consent.counts)
        self.assertFalse(self.dispute._gate_consent_given())

    def test_who_acts_agrees_once_the_document_is_shown(self):
        actor = self._add_party(capacity="representative")
        consent = self._agree(self.dispute, party=actor)
        self.assertEqual(consent.flaws, "mandate")
        self.assertFalse(self.dispute._gate_consent_given())
        self.assertFalse(self.dispute.consent_date)

        actor.action_show_mandate(PAPER, "mandate.pdf", "power")

        self.assertTrue(consent.counts)
        self.assertFalse(consent.flaws)
        self.assertTrue(self.dispute._gate_consent_given())
        self.assertTrue(self.dispute.consent_date)

    def test_whose_mandate_had_ended_agrees_for_nobody(self):
        today = fields.Date.today()
        actor = self._add_party(
            capacity="representative",
            mandate=PAPER,
            date_until=today - timedelta(days=1),
        )
        consent = self._agree(self.dispute, party=actor)
        self.assertEqual(consent.flaws, "not_then")
        self.assertFalse(self.dispute._gate_consent_given())

    def test_a_mandate_that_ends_later_leaves_the_consent(self):
        actor = self._add_party(capacity="representative", mandate=PAPER)
        consent = self._agree(self.dispute, party=actor)
        actor.action_end("mandate_ended", "They act for others now.")
        self.assertTrue(consent.counts)
        self.assertTrue(self.dispute._gate_consent_given())

    def test_a_clause_from_before_the_dispute_is_no_consent_of_a_consumer(self):
        before = fields.Datetime.now() - timedelta(days=400)
        consent = self._agree(self.dispute, date=before)
        self.assertIn("before_dispute", consent.flaws)
        self.assertFalse(consent.counts)
        self.assertFalse(self.dispute._gate_consent_given())

        self.dispute.complainant_type = "small_business"
        self.assertTrue(consent.counts)
        self.assertTrue(self.dispute._gate_consent_given())

    def test_nobody_knows_what_they_were_told(self):
        consent = self._agree(self.dispute, sheet_id=False, identity="unknown")
        self.assertEqual(consent.flaws, "identity no_sheet")
        self.assertTrue(consent.counts, "it happened")

    def test_another_language_is_told(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.customer.lang = "fa_IR"
        consent = self._agree(self.dispute)
        self.assertIn("another language", consent.remarks)

    # ------------------------------------------------------------
    # Several who claim, some claims only
    # ------------------------------------------------------------

    def test_each_who_claims_agrees(self):
        second = self._add_party()
        self._agree(self.dispute)
        self.assertEqual(self.dispute._find_not_consenting(), second)
        self.assertFalse(self.dispute.consent_date)
        self._agree(self.dispute, party=second)
        self.assertTrue(self.dispute._gate_consent_given())
        self.assertTrue(self.dispute.consent_date)

    def test_who_acts_for_one_agrees_for_that_one(self):
        second = self._add_party()
        actor = self._add_party(
            "Lawyer", "representative", mandate=PAPER, for_id=second.id
        )
        self._agree(self.dispute, party=actor)
        self.assertEqual(self.dispute._find_not_consenting(), self.complainant)

    def test_a_consent_for_some_claims_leaves_the_others(self):
        claims = self.dispute.env["iso10003.claim"].create(
            [
                {"dispute_id": self.dispute.id, "name": name, "amount": 50}
                for name in ("The machine", "The floor")
            ]
        )
        self._agree(self.dispute, claim_ids=[Command.set(claims[0].ids)])
        self.assertFalse(self.dispute._gate_consent_given())
        self._agree(self.dispute, claim_ids=[Command.set(claims[1].ids)])
        self.assertTrue(self.dispute._gate_consent_given())

    # ------------------------------------------------------------
    # The application is the consent, the notice its proof
    # ------------------------------------------------------------

    def test_who_applied_agreed_without_a_press(self):
        self._lead_to(self.dispute, "notice")
        for begun_by, channel in {
            "complainant": "application",
            "both": "application",
            "law": "sent",
            "body": "sent",
        }.items():
            with self.subTest(begun_by=begun_by), self.env.cr.savepoint() as savepoint:
                notice = self._notice(begun_by=begun_by)
                consent = self.dispute.consent_ids
                self.assertEqual(consent.channel, channel)
                self.assertEqual(consent.party_id, self.complainant)
                self.assertEqual(consent.notice_id, notice)
                self.assertEqual(consent.document_sha256, DIGEST)
                self.assertFalse(consent.flaws)
                self.assertNotIn("consent_given", self._unmet())
                self.assertNotIn("sheet_approved", self._unmet())
                savepoint.rollback()
                self.env.invalidate_all()

    def test_where_we_applied_they_are_asked(self):
        self._lead_to(self.dispute, "notice")
        self._notice(begun_by="organization")
        self.assertFalse(self.dispute.consent_ids)
        self.assertIn("consent_given", self._unmet())

    def test_a_second_notice_is_no_second_consent(self):
        self._notice()
        self._notice(reference="CD-34/2026")
        self.assertEqual(len(self.dispute.consent_ids), 1)

    def test_an_application_without_paper_counts_and_says_so(self):
        self._notice(document=False, document_name=False)
        self.assertEqual(self.dispute.consent_ids.flaws, "no_paper")
        self.assertTrue(self.dispute.consent_ids.counts)

    def test_who_applied_did_so_for_themselves(self):
        second = self._add_party()
        self._notice()
        self.assertEqual(self.dispute._find_not_consenting(), second)

    def test_each_whom_a_law_sends_takes_part(self):
        second = self._add_party()
        self._notice(begun_by="law")
        self.assertEqual(self.dispute.consent_ids.party_id, self.complainant | second)
        self.assertTrue(self.dispute._gate_consent_given())

    def test_a_notice_that_is_corrected_proves_nothing_any_more(self):
        notice = self._notice()
        self._notice(
            replaces_id=notice.id, reason="We had applied.", begun_by="organization"
        )
        self.assertEqual(self.dispute.consent_ids.state, "mistake")
        self.assertFalse(self.dispute.consent_date)
        self.assertFalse(self.dispute._gate_consent_given())

    # ------------------------------------------------------------
    # Withdrawing
    # ------------------------------------------------------------

    def _withdraw(self, consent, **values):
        dialog = consent.env["iso10003.consent.withdraw"].create(
            {
                "consent_id": consent.id,
                "reason": "They go to court.",
                "effect": "The mediation stops; the claims stay.",
                **values,
            }
        )
        return dialog.action_confirm()

    def test_a_withdrawal_is_a_deed_with_its_effect(self):
        consent = self._agree(self.dispute)
        self._withdraw(consent, document=PAPER, document_name="letter.pdf")

        self.assertEqual(consent.state, "withdrawn")
        self.assertEqual(consent.withdrawn_date, fields.Date.today())
        self.assertEqual(consent.withdrawal_sha256, DIGEST)
        self.assertEqual(
            consent.withdrawal_effect, "The mediation stops; the claims stay."
        )
        self.assertEqual(self.dispute.consent_withdrawn_date, fields.Date.today())
        self.assertTrue(self.dispute.consent_date, "it had been given")
        self.assertFalse(self.dispute._gate_consent_given())
        self.assertEqual(
            self._find_task("activity_consent_withdrawn").user_id, self.handler
        )
        row = self.env["iso10003.register"].search(
            [("event", "=", "consent_withdrawn")], order="id desc", limit=1
        )
        self.assertEqual(row.data["consent"], consent.id)
        self.assertEqual(row.note, "They go to court.")

    def test_a_withdrawal_stops_nobody_unseen_in_the_resolution(self):
        self._lead_to(self.dispute, "resolution")
        self.dispute.action_note_result("settled_facilitated", "Agreed.", amount=0)
        self._withdraw(self.dispute.consent_ids)
        self.assertEqual(self._unmet(), ["consent_stands"])
        self.dispute.action_advance()
        self.assertEqual(self.dispute.state, "resolution", "a reason is asked for")
        self.dispute.action_advance("They had signed the settlement before.")
        self.assertEqual(self.dispute.state, "implementation")

    def test_who_withdraws_leaves_nothing_that_they_agreed_to(self):
        self._notice()
        consent = self._agree(self.dispute)
        self._withdraw(consent)
        self.assertEqual(set(self.dispute.consent_ids.mapped("state")), {"withdrawn"})
        self.assertFalse(self.dispute._gate_consent_given())

    def test_who_agrees_anew_takes_part_again(self):
        consent = self._agree(self.dispute)
        self._withdraw(consent)
        self._agree(self.dispute)
        self.assertTrue(self.dispute._gate_consent_given())
        self.assertFalse(self.dispute.consent_withdrawn_date)
        self.assertFalse(self._find_task("activity_consent_withdrawn"))

    def test_what_was_noted_by_mistake_was_no_consent(self):
        consent = self._agree(self.dispute)
        self._withdraw(consent, mistake=True, effect=False)
        self.assertEqual(consent.state, "mistake")
        self.assertFalse(self.dispute.consent_date)
        self.assertFalse(self.dispute.consent_withdrawn_date)
        self.assertFalse(self._find_task("activity_consent_withdrawn"))

    def test_a_withdrawal_says_why_and_what_follows(self):
        consent = self._agree(self.dispute)
        for values, why in (
            ({"reason": " "}, "a reason is needed"),
            ({"effect": ""}, "say what stops"),
            ({"date": fields.Date.today() - timedelta(days=9)}, "before they agreed"),
        ):
            with self.subTest(why=why), self.assertRaisesRegex(UserError, why):
                self._withdraw(consent, **values)
        self._withdraw(consent)
        with self.assertRaisesRegex(UserError, "does not hold any more"):
            consent.action_withdraw("Again.", "Nothing.")

    # ------------------------------------------------------------
    # Who follows is asked anew
    # ------------------------------------------------------------

    def test_who_follows_a_complainant_is_asked_anew(self):
        consent = self._agree(self.dispute)
        heir = self._new_person("Heir")
        self.complainant.with_user(self.manager).action_end(
            "death",
            "Their daughter wrote.",
            successor={"partner_id": heir.id, "mandate": PAPER},
        )
        self.assertEqual(consent.state, "given", "nothing ends by that")
        self.assertFalse(self.dispute._gate_consent_given())
        task = self._find_task("activity_ask_consent")
        self.assertEqual(task.user_id, self.handler)
        self.assertIn("Heir", task.summary)

        follower = self.dispute._find_claiming()
        self._agree(self.dispute, party=follower)
        self.assertTrue(self.dispute._gate_consent_given())
        self.assertFalse(self._find_task("activity_ask_consent"))

    def test_nobody_is_asked_anew_who_was_not_asked(self):
        self.complainant.with_user(self.manager).action_end(
            "assignment",
            "Sold.",
            successor={"partner_id": self._new_person().id, "mandate": PAPER},
        )
        self.assertFalse(self._find_task("activity_ask_consent"))

    # ------------------------------------------------------------
    # Frozen, and whose it is
    # ------------------------------------------------------------

    def test_it_never_changes(self):
        consent = self._agree(self.dispute)
        second = self._add_party()
        draft = self.env.ref(f"{ADDON}.sheet_arbitration_en")
        for user in (self.handler, self.manager, self.env.ref("base.user_admin")):
            for values in (
                {"party_id": second.id},
                {"date": fields.Datetime.now() - timedelta(days=1)},
                {"channel": "post"},
                {"identity": "shown"},
                {"sheet_id": draft.id},
                {"sheet_sha256": "0" * 64},
                {"sheet_approved": False},
                {"sheet_text": "Something else"},
                {"document": PAPER},
                {"document_sha256": DIGEST},
                {"state": "withdrawn"},
                {"withdrawn_date": fields.Date.today()},
                {"withdrawal_effect": "Nothing"},
                {"flaws": "no_sheet"},
                {"counts": False},
            ):
                with self.subTest(user=user.login, values=values):
                    with self.assertRaises(UserError):
                        consent.with_user(user).write(values)
            with self.assertRaises(UserError):
                consent.with_user(user).unlink()
        for values in ({"state": "withdrawn"}, {"sheet_approved": True}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self._agree(self.dispute, **values)
        for name in ("consent_date", "consent_withdrawn_date"):
            with self.subTest(name=name), self.assertRaises(UserError):
                self.dispute.write({name: fields.Date.today()})

    def test_an_import_notes_it_as_a_person_does(self):
        rows = [["email", str(self.complainant.id), str(self.dispute.id)]]
        names = ["channel", "party_id/.id", "dispute_id/.id"]
        consents = self.dispute.env["iso10003.consent"]
        result = consents.load(names, rows)
        self.assertTrue(result["ids"], result["messages"])
        self.assertTrue(self.dispute.consent_date)
        result = consents.load([*names, "state"], [[*rows[0], "withdrawn"]])
        self.assertFalse(result["ids"])

    def test_strangers_and_who_only_reads_note_nothing(self):
        values = {
            "dispute_id": self.dispute.id,
            "party_id": self.complainant.id,
            "channel": "phone",
        }
        for user in (self.stranger, self.auditor, self.sponsor, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["iso10003.consent"].with_user(user).create(values)
        consent = self._agree(self.dispute)
        for user in (self.stranger, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                consent.with_user(user).read(["party_id"])
        self.assertTrue(consent.with_user(self.auditor).read(["party_id"]))
        with self.assertRaises(AccessError):
            consent.with_user(self.auditor).action_withdraw("So.", "So.")

    def test_a_closed_file_takes_no_more(self):
        consent = self._agree(self.dispute)
        self._lead_to(self.dispute, "closed")
        with self.assertRaises(UserError):
            self._agree(self.dispute)
        with self.assertRaises(UserError):
            consent.action_withdraw("Too late.", "Nothing.")

    def test_merged_contacts_keep_their_consents(self):
        consent = self._agree(self.dispute)
        kept = self._new_person("Roya Example, again")
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        wizard._merge((kept | self.customer).ids, kept)
        self.assertEqual(consent.party_id.partner_id, kept)
        self.assertTrue(consent.counts)
        self.assertTrue(self.dispute._gate_consent_given())

    def test_limits_may_count_from_it(self):
        events = dict(self.env["iso10003.dispute"]._get_event_labels())
        self.assertEqual(events["consent_given"], "Consent given on")
        self._agree(self.dispute)
        self.assertEqual(self.dispute._event_date("consent_given"), fields.Date.today())


@tagged("-at_install", "post_install")
class TestConsentByAnswer(InvitationCase):
    """Who chooses a way of our invitation agrees on the sheet that came with it."""

    def test_who_chose_a_way_agreed_to_it(self):
        invitation = self._invite()
        answer = self._answer(channel="phone")

        consent = self.dispute.consent_ids
        self.assertEqual(consent.party_id, answer.party_id)
        self.assertEqual(consent.sheet_id, invitation.line_ids[:1].sheet_id)
        self.assertEqual((consent.channel, consent.identity), ("phone", "called"))
        self.assertTrue(self.dispute._gate_consent_given())
        self._answer(channel="phone")
        self.assertEqual(len(self.dispute.consent_ids), 1, "once is enough")

    def test_who_declines_or_says_nobody_knows_how_agreed_to_nothing(self):
        self._invite()
        self._answer("no", channel="phone")
        self._answer("yes")
        self.assertFalse(self.dispute.consent_ids)

    def test_who_takes_part_for_some_claims_agrees_for_those(self):
        claims = self.dispute.env["iso10003.claim"].create(
            [
                {"dispute_id": self.dispute.id, "name": name, "amount": 50}
                for name in ("The machine", "The floor")
            ]
        )
        self._invite()
        self._answer("some", channel="post", claim_ids=[Command.set(claims[0].ids)])
        self.assertEqual(self.dispute.consent_ids.claim_ids, claims[0])
        self.assertFalse(self.dispute._gate_consent_given())
