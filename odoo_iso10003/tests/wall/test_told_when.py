# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command

from odoo.addons.mail.tests.common import MockEmail

from ..common import ADDON
from ..query_counter import count_queries
from .told_common import COMMENT, TEXT, ToldCase


class TestRightsEnd(ToldCase, MockEmail):
    """What people were told while they might be, once they may not any more."""

    def _tell(self, record, users, **values):
        for user in users:
            self._follow(record, user)
        return record.message_post(body=f"<p>{TEXT}</p>", **COMMENT, **values)

    def test_rights_that_end_end_reading_and_following(self):
        for record in self.files[1:]:
            message = self._tell(record, [self.second_counsel])
            self._assert_told(self.second_counsel.partner_id)
            self.assertTrue(message.with_user(self.second_counsel).read(["body"]))
        self._end_rights(self.second_counsel)
        for record in self.files[1:]:
            self.assertNotIn(
                self.second_counsel.partner_id, self._get_followers(record)
            )
            self._assert_unread(
                record.message_ids.filtered(lambda one: TEXT in one.body),
                self.second_counsel,
            )

    def test_rights_that_end_by_the_group_itself(self):
        self._tell(self.files[1], [self.second_counsel])
        group = self.env.ref(f"{ADDON}.group_counsel")
        group.user_ids = [Command.unlink(self.second_counsel.id)]
        self.assertNotIn(
            self.second_counsel.partner_id, self._get_followers(self.files[1])
        )

    def test_own_messages_are_no_way_back(self):
        record = self.referral.with_user(self.second_counsel)
        message = record.message_post(body=TEXT, **COMMENT)
        self._end_rights(self.second_counsel)
        self._assert_unread(message, self.second_counsel)

    def test_unread_messages_wait_no_longer(self):
        self.second_counsel.notification_type = "inbox"
        self._tell(self.files[1], [self.second_counsel])
        partner = self.second_counsel.partner_id
        self.assertEqual(partner._get_needaction_count(), 1)
        self._end_rights(self.second_counsel)
        self.assertEqual(partner._get_needaction_count(), 0)

    def test_a_queued_mail_leaves_without_them(self):
        self.second_counsel.notification_type = "email"
        self._tell(self.files[1], [self.second_counsel, self.manager])
        (mails := self._get_queue()).invalidate_recordset()
        self.assertIn(self.second_counsel.partner_id, mails.recipient_ids)
        self._end_rights(self.second_counsel)
        with self.mock_mail_gateway():
            mails.send()
        sent = str([mail["email_to"] for mail in self._mails])
        self.assertNotIn(self.second_counsel.email, sent)
        self.assertIn(self.manager.email, sent)

    def test_a_queued_mail_for_nobody_else_does_not_leave(self):
        template = self.env["mail.template"].create(
            {
                "name": "Letter",
                "model_id": self.env["ir.model"]._get_id(self.referral._name),
                "partner_to": str(self.second_counsel.partner_id.id),
                "use_default_to": False,
                "body_html": f"<p>{TEXT}</p>",
            }
        )
        mail = self.env["mail.mail"].browse(template.send_mail(self.referral.id))
        self._end_rights(self.second_counsel)
        with self.mock_mail_gateway():
            mail.send()
        self.assertFalse(self._mails)
        self.assertEqual(mail.state, "cancel")

    def _get_queue(self):
        domain = [("state", "=", "outgoing"), ("body_html", "ilike", TEXT)]
        return self.env["mail.mail"].search(domain)

    def test_archived_colleagues(self):
        for record in self.files[1:]:
            self._follow(record, self.second_counsel)
        self.second_counsel.active = False
        for record in self.files[1:]:
            self._follow_by_force(record, self.second_counsel)
            record.sudo().message_post(
                body=TEXT, partner_ids=self.second_counsel.partner_id.ids, **COMMENT
            )
            self._assert_not_told(self.second_counsel.partner_id)

    def test_other_company(self):
        other = self.env["res.company"].create({"name": "Other Trade"})
        self._follow(self.files[1], self.second_counsel)
        self.second_counsel.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        self.assertNotIn(
            self.second_counsel.partner_id, self._get_followers(self.files[1])
        )
        self._follow_by_force(self.files[1], self.second_counsel)
        self.files[1].message_post(body=TEXT, **COMMENT)
        self._assert_not_told(self.second_counsel)

    def test_who_has_another_company_open_is_told_all_the_same(self):
        other = self.env["res.company"].create({"name": "Other Trade"})
        self.second_counsel.write(
            {"company_ids": [Command.link(other.id)], "company_id": other.id}
        )
        message = self._tell(self.files[1], [self.second_counsel])
        self._assert_told(self.second_counsel.partner_id)
        there = message.with_user(self.second_counsel).with_context(
            allowed_company_ids=other.ids
        )
        self.assertTrue(there.read(["body"]))

    def test_a_former_owner(self):
        self.dispute.team_id = False
        message = self._tell(self.files[0], [])
        self.assertIn(self.handler.partner_id, self._get_followers(self.dispute))
        self.dispute.with_user(self.manager).user_id = self.stranger
        self.assertNotIn(self.handler.partner_id, self._get_followers(self.dispute))
        self._assert_unread(message, self.handler)
        self.dispute.with_user(self.stranger).message_post(body="New word", **COMMENT)
        self._assert_not_told(self.handler, "New word")

    def test_an_owner_who_may_still_read_goes_on_following(self):
        self.dispute.with_user(self.manager).user_id = self.chief
        # of the team, so still a reader
        self.assertIn(self.handler.partner_id, self._get_followers(self.dispute))

    def test_a_digest_leaves_while_all_it_tells_of_may_be_read(self):
        mail = self.env["mail.mail"].create(
            {
                "body_html": f"<p>{TEXT}</p>",
                "recipient_ids": [Command.link(self.second_counsel.partner_id.id)],
                "told_of": {self.referral._name: self.referral.ids},
            }
        )
        self.assertTrue(mail.recipient_ids)
        self._end_rights(self.second_counsel)
        with self.mock_mail_gateway():
            mail.send()
        self.assertFalse(self._mails)
        self.assertEqual(mail.state, "cancel")

    def test_notifications_name_no_message_to_who_may_not_read_it(self):
        for record in self.files[1:]:
            message = self._tell(record, [self.second_counsel], subject="A subject")
            domain = [("mail_message_id", "=", message.id)]
            own = self.env["mail.notification"].sudo().search(domain)
            self.assertTrue(own)
            for user in (self.employee, self.stranger):
                self.env.invalidate_all()
                self.assertFalse(own.with_user(user).search(domain))
                with self.assertRaises(Exception) as refusal:
                    own.with_user(user).read(["mail_message_id"])
                self.assertIn("Access", type(refusal.exception).__name__)
            self.assertTrue(own.with_user(self.manager).search(domain))

    def test_activities_are_read_while_their_record_is(self):
        for record in self.files[1:]:
            activity = record.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=TEXT,
                user_id=self.second_counsel.id,
            )
            own = activity.with_user(self.second_counsel)
            self.assertTrue(own.read(["note"]))
            self._end_rights(self.second_counsel)
            self.assertFalse(own.search([("id", "=", own.id)]))
            with self.assertRaises(Exception) as refusal:
                own.read(["note"])
            self.assertIn("Access", type(refusal.exception).__name__)
            self.second_counsel.group_ids = self.env.ref(f"{ADDON}.group_counsel")


class TestParties(ToldCase, MockEmail):
    """Who takes part from outside hears as a party, or because they are addressed."""

    def test_a_party_follows_and_hears(self):
        self._follow_by_force(self.dispute, self.customer)
        self.files[0].message_post(body=TEXT, **COMMENT)
        self._assert_told(self.customer)

    def test_people_from_outside_hear_what_is_addressed_to_them(self):
        for record in self.files:
            self._follow_by_force(record, self.expert)
            record.message_post(body=TEXT, **COMMENT)
            self._assert_not_told(self.expert)
            record.message_post(body="For you", partner_ids=self.expert.ids, **COMMENT)
            self._assert_told(self.expert, "For you")

    def test_the_other_side_hears_nothing_of_a_referral_and_its_hearings(self):
        lawyer = self.env["res.partner"].create({"name": "Theirs", "email": "l@x.ex"})
        self._note_party(self.files[1], lawyer, "lawyer")
        for record in self.files[1:]:
            for partner in (self.customer, lawyer):
                with self.assertRaises(Exception) as refusal:
                    record.message_post(body=TEXT, partner_ids=partner.ids, **COMMENT)
                self.assertIn("may not be told", str(refusal.exception))

    def test_the_complainant_reads_what_is_addressed_to_them(self):
        message = self.files[0].message_post(
            body=TEXT, partner_ids=self.customer.ids, **COMMENT
        )
        self.assertIn(TEXT, message.with_user(self.portal).body)

    def _correct_complainant(self):
        right = self.env["res.partner"].create({"name": "Right", "email": "r@x.ex"})
        self.dispute.with_user(self.manager).action_change_complainant(
            right.id, "It was somebody else."
        )
        return right

    def test_a_former_complainant(self):
        self._follow_by_force(self.dispute, self.customer)
        self._follow_by_force(self.ticket, self.customer)
        message = self.files[0].message_post(
            body=f"<p>{TEXT}</p>", partner_ids=self.customer.ids, **COMMENT
        )
        self.assertTrue(message.with_user(self.portal).read(["body"]))
        right = self._correct_complainant()
        self.assertNotIn(self.customer, self._get_followers(self.dispute))
        self.assertNotIn(self.customer, self._get_followers(self.ticket))
        self._assert_unread(message, self.portal)
        self.assertEqual(self.ticket.partner_id, right)
        self.assertEqual(self.ticket.partner_email, right.email)
        self.assertFalse(
            self.env["helpdesk.ticket"]
            .with_user(self.portal)
            .search([("id", "=", self.ticket.id)])
        )
        # what had not left does not leave any more
        mails = self.env["mail.mail"].search([("body_html", "ilike", TEXT)])
        self.assertTrue(mails)
        self.assertNotIn(self.customer, mails.recipient_ids)
        self.assertEqual(set(mails.mapped("state")), {"cancel"})

    def test_the_owner_hears_what_is_said_on_the_complaint(self):
        self.dispute.with_user(self.manager).user_id = self.chief
        self.ticket.with_user(self.agent).message_post(body=TEXT, **COMMENT)
        self._assert_told(self.chief.partner_id)

    def test_links_sent_to_a_former_complainant_open_nothing(self):
        links = [
            (record, record.sudo()._portal_ensure_token())
            for record in (self.dispute, self.ticket)
        ]
        self._correct_complainant()
        for record, token in links:
            self.assertNotEqual(record.sudo().access_token, token)

    def test_a_ticket_of_somebody_else_stays_theirs(self):
        self.ticket.partner_id = self.expert
        self._correct_complainant()
        self.assertEqual(self.ticket.partner_id, self.expert)

    def test_a_former_complainant_is_still_written_to_on_purpose(self):
        self._correct_complainant()
        self.files[0].message_post(body=TEXT, partner_ids=self.customer.ids, **COMMENT)
        self._assert_told(self.customer)


class TestQueries(ToldCase):
    """What the rule costs: nothing more for more records, one for a recipient."""

    def _post(self, count):
        users = self.readers[:count]
        record = self.referral.with_user(self.counsel)
        record.sudo().message_unsubscribe(self.readers.partner_id.ids)
        record.message_subscribe(users.partner_id.ids)
        self.env.cr.flush()
        return count_queries(
            self.env, lambda: record.message_post(body=TEXT, **COMMENT)
        )

    def test_a_posting_costs_at_most_one_for_each_internal_recipient(self):
        self.readers = self.env["res.users"].union(
            *[
                self._new_user(f"reader{number}", f"{ADDON}.group_counsel")
                for number in range(12)
            ]
        )
        self.readers.write({"notification_type": "inbox"})
        self._post(12)  # what Odoo keeps at hand is at hand
        few, many = self._post(2), self._post(12)
        told = type(self.env["iso10003.told"])
        self.patch(
            told, "_filter_recipients", lambda _r, recipients, *_rest: recipients
        )
        without = self._post(12) - self._post(2)
        self.assertLessEqual((many - few) - without, 10)

    def test_a_batch_of_mails_costs_no_query_a_record(self):
        disputes = self.dispute.union(
            *[self._open_dispute(self._new_ticket()) for _number in range(12)]
        )
        template = self.env["mail.template"].create(
            {
                "name": "Letter",
                "model_id": self.env["ir.model"]._get_id("iso10003.dispute"),
                "partner_to": f"{self.handler.partner_id.id},{self.customer.id}",
                "email_cc": "expert@example.com",
                "use_default_to": False,
                "body_html": f"<p>{TEXT}</p>",
            }
        )

        mails = template.send_mail_batch(disputes.ids)
        mails[:2]._find_untold()
        few = count_queries(self.env, mails[:2]._find_untold)
        many = count_queries(self.env, mails._find_untold)
        self.assertEqual(few, many)

    def test_a_batch_handed_over_costs_no_query_a_record(self):
        disputes = self.dispute.union(
            *[self._open_dispute(self._new_ticket()) for _number in range(12)]
        )
        disputes[:3]._stop_followers()
        few = count_queries(self.env, disputes[:3]._stop_followers)
        many = count_queries(self.env, disputes._stop_followers)
        self.assertEqual(few, many)
