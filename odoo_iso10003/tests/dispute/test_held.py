# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError

from ..common import PAPER
from .notice_common import NoticeCase

HELD = "records of .* are held"


class TestHeld(NoticeCase):
    """What belongs to a file is held from its notice on, whoever tries."""

    def _attach(self, record, user=None, **values):
        attachments = self.env["ir.attachment"].with_user(user or self.handler)
        return attachments.create(
            {
                "name": "Proof.pdf",
                "raw": b"A proof",
                "res_model": record._name,
                "res_id": record.id,
                **values,
            }
        )

    def _hold(self):
        """Give the file what belongs to one, and its notice."""
        self.dispute.amount_claimed = 10
        self.notice = self._notice(document=PAPER)
        message = self.dispute.with_user(self.handler).message_post(
            body="We talked.", message_type="comment"
        )
        told = self.dispute.ticket_id.sudo().message_post(body="She called.")
        letter = self.env["iso10003.letter"].create(
            {
                "file_id": self.dispute.file_ids.id,
                "subject": "To her",
                "body": "<p>.</p>",
            }
        )
        return {
            "attachment of the file": self._attach(self.dispute),
            "attachment of the complaint": self._attach(
                self.dispute.ticket_id, self.agent
            ),
            "attachment of the notice": self._attach(self.notice, self.env.user),
            "attachment of a letter": self._attach(letter),
            "attachment of a message": self._attach(message, self.env.user),
            "message": message,
            "message of the complaint": told,
            "letter": letter,
            "claim": self.dispute.claim_ids,
            "complaint": self.dispute.ticket_id,
            "complainant": self.customer,
        }

    def _close(self):
        self._record(self.dispute, informed_date=self._day(0))
        self.dispute.action_close("discontinued", "She wrote so.")

    def _refused(self, what, act, *arguments):
        with (
            self.subTest(what, act=act.__name__),
            self.assertRaises(UserError),
            self.env.cr.savepoint(),
        ):
            act(*arguments)
            self.env.flush_all()
        self.env.invalidate_all()

    def test_nothing_of_it_is_deleted_by_anybody(self):
        for what, record in self._hold().items():
            self._refused(what, record.sudo().unlink)
            self.assertTrue(record.exists())

    def test_refusals_name_what_and_whose(self):
        held = self._hold()
        for what in ("attachment of the file", "message"):
            with (
                self.subTest(what),
                self.assertRaisesRegex(UserError, HELD) as refusal,
            ):
                held[what].sudo().unlink()
            self.assertIn(self.dispute.name, str(refusal.exception))
            self.assertIn(str(held[what].id), str(refusal.exception))
            self.assertIn("dispute manager", str(refusal.exception))

    def test_nothing_of_it_is_archived(self):
        held = self._hold()
        self._close()
        self.portal.sudo().active = False  # of whom Odoo itself keeps the contact
        for what in ("complaint", "complainant"):
            record = held[what].sudo()
            self._refused(what, record.write, {"active": False})
            self._refused(what, record.action_archive)

    def test_contents_are_neither_replaced_nor_moved(self):
        held = self._hold()
        for what, record in held.items():
            if record._name != "ir.attachment":
                continue
            for vals in (
                {"raw": b"Another"},
                {"datas": PAPER},
                {"res_id": 0},
                {"res_model": "res.partner", "res_id": self.customer.id},
            ):
                self._refused(what, record.sudo().write, vals)
        # what stays as it is may be stored elsewhere
        attachment = held["attachment of the file"].sudo()
        attachment.write({"raw": attachment.raw})

    def test_words_are_neither_emptied_nor_moved(self):
        held = self._hold()
        for what in ("message", "message of the complaint"):
            message = held[what].sudo()
            for vals in ({"body": ""}, {"body": "Other"}, {"res_id": 0}):
                self._refused(what, message.write, vals)
        self._refused(
            "message",
            lambda: self.dispute.sudo()._message_update_content(
                held["message"].sudo(), body=""
            ),
        )

    def test_privacy_requests_stop_at_it(self):
        held = self._hold()
        self.portal.sudo().active = False  # else Odoo itself keeps the contact
        wizard = self.env["privacy.lookup.wizard"].create(
            {"name": self.customer.name, "email": self.customer.email}
        )
        wizard.action_lookup()
        line = wizard.line_ids.filtered(
            lambda one: (
                one.res_model == "res.partner" and one.res_id == held["complainant"].id
            )
        )
        self._refused("lookup", line.action_unlink)
        self._refused("lookup", line.action_archive_all)

    def test_texts_of_the_register_stay(self):
        self.dispute.action_hold("A wait with words.")
        self._hold()
        row = self.dispute.register_ids.filtered(lambda one: one.event == "hold")
        with self.assertRaisesRegex(UserError, "records of .* are held"):
            row.with_user(self.manager).action_erase_texts("She asked for it.")
        self.dispute.with_user(self.manager).action_lift_hold("It is over.")
        row.with_user(self.manager).action_erase_texts("She asked for it.")

    def test_contacts_are_not_merged_away(self):
        self._hold()
        other = self.env["res.partner"].create({"name": "Roya E."})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        self._refused("merge", wizard._merge, (self.customer | other).ids, other)

    def test_sent_mails_keep_their_words(self):
        self._hold()
        mail = self.env["mail.mail"].create(
            {
                "body_html": "<p>As promised.</p>",
                "model": self.dispute._name,
                "res_id": self.dispute.id,
                "email_to": self.customer.email,
                "auto_delete": True,
            }
        )
        message = mail.mail_message_id
        mail.sudo().unlink()
        self.assertTrue(message.exists())

    # ------------------------------------------------------------
    # Until a manager lets it go
    # ------------------------------------------------------------

    def test_a_manager_lifts_it_with_a_reason(self):
        attachment = self._hold()["attachment of the file"]
        with self.assertRaisesRegex(AccessError, "only a dispute manager"):
            self.dispute.with_user(self.handler).action_lift_hold("Over.")
        dispute = self.dispute.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "reason"):
            dispute.action_lift_hold("")
        dispute.action_lift_hold("The matter is over.")
        self.assertFalse(dispute.preserved)
        row = dispute.register_ids.sorted("sequence")[-1]
        self.assertEqual((row.event, row.note), ("hold_lifted", "The matter is over."))
        attachment.sudo().unlink()
        with self.assertRaisesRegex(UserError, "not held"):
            dispute.action_lift_hold("Again.")
        self.dispute.with_user(self.handler).action_hold_records("It came back.")
        self.assertTrue(dispute.preserved)

    def test_closing_does_not_lift_it(self):
        attachment = self._hold()["attachment of the file"]
        self._close()
        self._refused("closed", attachment.sudo().unlink)
        self.dispute.with_user(self.manager).action_lift_hold("Ten years have gone.")
        attachment.sudo().unlink()

    def test_what_is_of_no_such_file_may_go(self):
        self._hold()
        other = self._open_dispute(self._new_ticket())
        self._attach(other).sudo().unlink()
        other.sudo().message_post(body="A word.").unlink()
        self.env["res.partner"].create({"name": "Nobody"}).active = False

    def test_a_bare_date_holds_too(self):
        self._record(self.dispute, notice_date=self._day(-1))
        self.assertTrue(self.dispute.preserved)

    def test_a_new_notice_holds_anew(self):
        self._hold()
        self.dispute.with_user(self.manager).action_lift_hold("It seemed over.")
        self._notice(provider_id=self.court.id)
        self.assertTrue(self.dispute.preserved)
