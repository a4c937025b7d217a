# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form
from odoo.tools import mute_logger

from ...core.reference import fold_reference
from ..common import ADDON, PAPER
from .notice_common import NoticeCase


class TestNotice(NoticeCase):
    """How a dispute was served on us, by whom, and what the body wants (7.3)."""

    def _rows(self, event, dispute=None):
        rows = (dispute or self.dispute).register_ids
        return rows.filtered(lambda row: row.event == event)

    # ------------------------------------------------------------
    # What follows from it
    # ------------------------------------------------------------

    def test_it_writes_what_the_file_has_of_it(self):
        notice = self._notice(
            received_date=self._day(-3), begun_by="law", document=PAPER
        )
        self.assertEqual(self.dispute.notice_date, self._day(-3))
        self.assertEqual(self.dispute.notified_date, self._day(-3))
        self.assertEqual(self.dispute.begun_by, "law")
        self.assertEqual(self.dispute.provider_id, self.board.partner_id)
        self.assertEqual(notice.party_id, self.dispute.party_ids)
        self.assertFalse(self.dispute.bare_events)
        self.assertTrue(notice.document_sha256)
        row = self._rows("happened").filtered(
            lambda one: one.data["event"] == "notice_received"
        )
        self.assertEqual(row.data["notice"], notice.id)
        self.assertIn("by its notice", row.summary)
        self.assertIn(notice.document_sha256, str(self._rows("noticed")[0].data))

    def test_of_a_deemed_service_the_day_of_the_law_counts(self):
        notice = self._notice(
            service="deemed",
            deemed_date=self._day(-10),
            received_date=self._day(-2),
            service_number="140409151234",
            archive_number="0400123",
            branch="Branch 5",
        )
        self.assertEqual(notice.served_date, self._day(-10))
        self.assertEqual(self.dispute.notice_date, self._day(-10))

    def test_without_the_day_that_counts_it_is_no_notice(self):
        with (
            self.assertRaisesRegex((IntegrityError, ValidationError), "served"),
            mute_logger("odoo.sql_db"),
        ):
            self._notice(service="deemed", deemed_date=False)
            self.env.flush_all()

    def test_one_of_the_complainant_names_no_body(self):
        self._notice(provider_id=False, reference=False)
        self.assertTrue(self.dispute.notice_date)
        self.assertFalse(self.dispute.notified_date)
        self.assertFalse(self.dispute.provider_id)

    def test_where_we_apply_its_registration_stands_for_the_notice(self):
        self._notice(begun_by="organization", received_date=self._day(-1))
        self.assertEqual(self.dispute.begun_by, "organization")
        self.assertTrue(self.dispute._gate_notice_received())

    def test_the_day_for_the_reply_is_a_limit_of_its_own(self):
        """S2-18: whatever rules the policy has."""
        notice = self._notice(reply_date=self._day(20))
        limit = notice.deadline_id
        self.assertFalse(limit.rule_id)
        self.assertEqual((limit.state, limit.due_date), ("running", self._day(20)))
        self.assertEqual(limit.set_by_id, self.board.partner_id)
        self._record(self.dispute, response_date=self._day(0))
        self.assertEqual(limit.state, "met")

    def test_its_papers_are_on_file_with_their_digests(self):
        uploads = self.env["ir.attachment"].with_user(self.handler)
        paper = uploads.create({"name": "Annex.pdf", "raw": b"An annex"})
        notice = self._notice(paper_ids=[Command.set(paper.ids)])
        self.assertEqual((paper.res_model, paper.res_id), (notice._name, notice.id))
        row = self._rows("attachment")
        digest = hashlib.sha256(b"An annex").hexdigest()
        self.assertEqual(row.data["sha256"], digest)

    def test_papers_of_other_records_stay_there(self):
        own = self.env["ir.attachment"].with_user(self.handler)
        paper = own.create(
            {
                "name": "Elsewhere.pdf",
                "raw": b"x",
                "res_model": self.dispute._name,
                "res_id": self.dispute.id,
            }
        )
        with self.assertRaisesRegex(UserError, "belongs to another record"):
            self._notice(paper_ids=[Command.set(paper.ids)])

    def test_it_names_claims_and_brings_new_ones(self):
        self.dispute.amount_claimed = 100
        notice = self._notice(
            new_claim_ids=[Command.create({"name": "Costs", "amount": 30})]
        )
        self.assertEqual(len(notice.claim_ids), 2)
        self.assertEqual(notice.claim_ids[-1].notice_id, notice)
        self.assertEqual(self.dispute.amount_claimed, 130)

    def test_claims_and_applicants_of_other_files_are_refused(self):
        other = self._open_dispute(self._new_ticket())
        other.amount_claimed = 5
        with (
            self.assertRaisesRegex(ValidationError, "“Claims.*belongs to another file"),
            self.env.cr.savepoint(),
        ):
            self._notice(claim_ids=[Command.set(other.claim_ids.ids)])
        with self.assertRaisesRegex(ValidationError, "belongs to another file"):
            self._notice(party_id=other.party_ids.id)

    def test_the_only_method_of_the_body_is_the_one(self):
        method = self.env.ref(f"{ADDON}.method_mediation")
        self.board.service_ids = [Command.create({"method_id": method.id})]
        self._notice()
        self.assertEqual(self.dispute.method_id, method)
        self.assertEqual(self.dispute.method, method.kind)

    def test_what_was_settled_stays(self):
        self.dispute.write(
            {"provider_id": self.court.partner_id.id, "method": "determinative"}
        )
        self._notice()
        self.assertEqual(self.dispute.provider_id, self.court.partner_id)
        self.assertEqual(self.dispute.method, "determinative")

    def test_letters_name_it(self):
        self._notice()
        words = self.dispute._get_letter_words()
        self.assertEqual(words["notice_reference"], "AB-12/2026")
        self.assertEqual(words["notice_body"], "Example Board")

    # ------------------------------------------------------------
    # Two of them, and the same again
    # ------------------------------------------------------------

    def test_another_body_is_a_second_notice(self):
        self._notice(received_date=self._day(-5))
        self._notice(provider_id=self.court.id, received_date=self._day(-1))
        self.assertEqual(len(self.dispute.notice_ids), 2)
        self.assertEqual(self.dispute.notice_date, self._day(-5))
        self.assertEqual(self.dispute.provider_id, self.board.partner_id)

    def test_the_same_again_is_refused_however_it_is_written(self):
        self._notice()
        for reference in ("ab 12/2026", "AB-۱۲-۲۰۲۶"):
            with (
                self.subTest(reference),
                self.assertRaisesRegex(UserError, "on the file already"),
            ):
                self._notice(reference=reference)
        self._notice(reference="AB-13/2026")

    def test_two_windows_at_once_record_it_once(self):
        """Who did not see the other's is stopped by the database."""
        self._notice()
        self.patch(
            type(self.env["iso10003.notice"]), "_check_not_on_file", lambda *_args: None
        )
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
        ):
            self._notice()
            self.env.flush_all()

    def test_the_same_of_the_complainant_on_another_file_is_shown(self):
        self._notice()
        other = self._open_dispute(self._new_ticket())
        twin = self._notice(other)
        self.assertIn(self.dispute.name, twin.remarks)
        stranger = twin.with_user(self.stranger).sudo().sudo(False)
        self.assertFalse(stranger._find_twins())
        someone = self.env["res.partner"].create({"name": "Somebody else"})
        third = self._open_dispute(self._new_ticket(partner_id=someone.id))
        self.assertNotIn(self.dispute.name, self._notice(third).remarks or "")

    def test_references_are_one_however_they_are_typed(self):
        self.assertEqual(fold_reference("۱۴۰۴/ك-۱۲"), fold_reference("1404 ک 12"))
        self.assertEqual(fold_reference(None), "")
        self.assertNotEqual(fold_reference("12"), fold_reference("13"))

    # ------------------------------------------------------------
    # Frozen, and recorded anew
    # ------------------------------------------------------------

    def test_nobody_changes_deletes_or_copies_it(self):
        notice = self._notice()
        for user in (self.handler, self.manager):
            with self.assertRaisesRegex(UserError, "stays as it was recorded"):
                notice.with_user(user).write({"reference": "X"})
        with self.assertRaisesRegex(UserError, "stays as it was recorded"):
            notice.sudo().write({"received_date": self._day(-9)})
        with self.assertRaises(UserError):
            notice.sudo().unlink()
        with self.assertRaises(UserError):
            notice.copy()

    def test_correcting_keeps_the_former(self):
        notice = self._notice(received_date=self._day(-3), reply_date=self._day(9))
        action = notice.with_user(self.handler).action_correct()
        notices = notice.with_user(self.handler).with_context(**action["context"])
        values = self._begin(notices)
        self.assertEqual(values["reference"], "AB-12/2026")
        given = {"received_date": self._day(-4), "reply_date": self._day(12)}
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            notices.browse().create({**values, **given})
            self.env.flush_all()
        self.env.invalidate_all()
        anew = notices.browse().create(
            {**values, **given, "reason": "The day was misread."}
        )
        self.assertEqual((notice.state, anew.state), ("corrected", "recorded"))
        self.assertEqual(self.dispute.notice_date, self._day(-4))
        self.assertEqual(anew.deadline_id, notice.deadline_id)
        self.assertEqual(anew.deadline_id.due_date, self._day(12))
        with self.assertRaisesRegex(UserError, "corrected already"):
            notices.browse().create({**values, "reason": "Once more."})

    def test_a_bare_date_becomes_a_deed(self):
        self._record(self.dispute, notice_date=self._day(-2))
        self.assertTrue(self.dispute._is_bare("notice_received"))
        self._notice(received_date=self._day(-3))
        self.assertFalse(self.dispute._is_bare("notice_received"))
        self.assertEqual(self.dispute.notice_date, self._day(-3))
        with self.assertRaisesRegex(UserError, "its notice says when"):
            self._record(self.dispute, notice_date=self._day(-1))

    def test_nobody_types_the_date(self):
        for user in (self.handler, self.manager):
            with self.assertRaises(UserError):
                self.dispute.with_user(user).notice_date = self._day(0)

    # ------------------------------------------------------------
    # What cannot be
    # ------------------------------------------------------------

    def test_it_is_neither_of_tomorrow_nor_before_the_complaint(self):
        for values, why in (
            ({"received_date": self._day(5)}, "future"),
            ({"received_date": self._day(-90)}, "cannot be before"),
            ({"reply_date": self._day(-2)}, "before it was served"),
        ):
            with (
                self.subTest(why),
                self.assertRaisesRegex(ValidationError, why),
                self.env.cr.savepoint(),
            ):
                self._notice(**values)
            self.env.invalidate_all()

    def test_the_complainant_is_no_body(self):
        body = self.env["iso10003.provider"].with_user(self.manager)
        body = body.create(
            {"partner_id": self.customer.id, "company_id": self.company.id}
        )
        with self.assertRaisesRegex(ValidationError, "complainant"):
            self._notice(provider_id=body.id)

    def test_a_body_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Another"})
        partner = self.env["res.partner"].create({"name": "Far Board"})
        far = self.env["iso10003.provider"].create(
            {"partner_id": partner.id, "company_id": company.id}
        )
        with self.assertRaises(UserError):
            self._notice(provider_id=far.id)

    def test_a_closed_file_gets_none(self):
        self._lead_to(self.dispute, "closed")
        with self.assertRaises(UserError):
            self._notice()

    def test_only_who_leads_the_file_records_it(self):
        for user in (self.stranger, self.auditor, self.employee, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._notice(user=user)
        with self.assertRaises(AccessError):
            self._notice().with_user(self.portal).read(["reference"])

    # ------------------------------------------------------------
    # Gates and the card
    # ------------------------------------------------------------

    def test_the_card_asks_for_it_and_goes_on(self):
        wanted = self._wanted("referral")
        self._give(self.dispute, wanted)
        self.dispute.action_advance()
        wanted = self._wanted("notice")
        del wanted["notice_date"]
        self._give(self.dispute, wanted)
        dispute = self.dispute.with_user(self.handler)
        self.assertEqual(dispute.next_step["code"], "notice_received")
        action = dispute.action_next_step()
        self.assertEqual(action["res_model"], "iso10003.notice")
        notices = dispute.env[action["res_model"]].with_context(**action["context"])
        with Form(notices) as form:
            form.provider_id = self.board
            form.reference = "77"
            form.pending_elsewhere = "no"
        self.assertEqual(dispute.state, "evaluation")

    def test_what_is_pending_elsewhere_warns(self):
        self.assertTrue(self.dispute._gate_pending_elsewhere())
        self._notice(pending_elsewhere="yes", pending_where="A court")
        self.assertFalse(self.dispute._gate_pending_elsewhere())
        gate = self.env.ref(f"{ADDON}.gate_notice_pending_elsewhere")
        self.assertEqual(gate.severity, "warn")

    def test_not_to_have_asked_warns_and_not_to_know_does_not(self):
        first = self._notice(pending_elsewhere=False)
        self.assertFalse(self.dispute._gate_pending_elsewhere())
        action = first.action_correct()
        notices = first.with_user(self.handler).with_context(**action["context"])
        values = self._begin(notices)
        notices.browse().create(
            {**values, "pending_elsewhere": "unknown", "reason": "We asked."}
        )
        self.assertTrue(self.dispute._gate_pending_elsewhere())

    # ------------------------------------------------------------
    # Given with a new file
    # ------------------------------------------------------------

    def test_a_direct_notice_is_recorded_with_its_file(self):
        with Form(self.env["iso10003.dispute"].with_user(self.handler)) as form:
            form.direct_notice = True
            form.subject = "The board writes"
            form.partner_id = self.customer
            form.new_notice_provider_id = self.board
            form.new_notice_reference = "D-1"
            form.new_notice_reply_date = self._day(20)
            form.new_notice_pending = "no"
        dispute = form.record
        notice = dispute.notice_ids
        self.assertEqual(notice.reference, "D-1")
        self.assertEqual(notice.begun_by, "complainant")
        self.assertEqual(dispute.notice_date, self._day(0))
        self.assertEqual(notice.deadline_id.due_date, self._day(20))
        self.assertTrue(dispute.preserved)

    def test_an_import_gives_a_bare_date_with_its_reason(self):
        ticket = self._new_ticket(complaint_date=self._day(-9))
        result = (
            self.env["iso10003.dispute"]
            .with_user(self.handler)
            .load(
                [
                    "ticket_id/.id",
                    "subject",
                    "partner_id/.id",
                    "notice_date",
                    "dates_reason",
                ],
                [
                    [
                        str(ticket.id),
                        "It broke",
                        str(self.customer.id),
                        str(self._day(-4)),
                        "From the old system",
                    ]
                ],
            )
        )
        self.assertTrue(result["ids"], result["messages"])
        dispute = self.env["iso10003.dispute"].browse(result["ids"])
        self.assertEqual(dispute.notice_date, self._day(-4))
        self.assertTrue(dispute._is_bare("notice_received"))

    def test_rooms_above_follow_a_notice(self):
        followed = []
        self.patch(
            type(self.dispute),
            "_follow_notice",
            lambda _dispute, notice: followed.append(notice),
        )
        notice = self._notice()
        self.assertEqual(followed, [notice])
