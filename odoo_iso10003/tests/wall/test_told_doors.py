# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from ..common import ADDON
from .told_common import COMMENT, TEXT, ToldCase


class TestDoors(ToldCase):
    """Each door through which people hear of a record, for who may not be told."""

    def test_comment_and_note(self):
        for record in self.files[1:]:
            self._follow(record, self.second_counsel)
        self._end_rights(self.second_counsel)
        for record in self.files[1:]:
            # as if the following had outlived the right
            self._follow_by_force(record, self.second_counsel)
            record.message_post(body=f"<p>{TEXT}</p>", **COMMENT)
            record.message_post(body=TEXT)
            self._assert_not_told(self.second_counsel)
            self.assertNotIn(
                self.second_counsel.partner_id, self._get_followers(record)
            )

    def test_who_posts_learns_who_was_left_out(self):
        record = self.files[1]
        self._follow_by_force(record, self.stranger)
        sent = []

        def _bus_send(users, kind, message, /, **_options):
            sent.append((users, kind, message))

        self.patch(type(self.env["res.users"]), "_bus_send", _bus_send)
        record.message_post(body=TEXT, **COMMENT)
        (told,) = [one for one in sent if one[1] == "simple_notification"]
        self.assertEqual(told[0], self.counsel)
        self.assertIn(self.stranger.name, told[2]["message"])

    def test_mention(self):
        for record in self.files:
            with self.assertRaisesRegex(UserError, self.stranger.name.split()[0]):
                record.message_post(
                    body=TEXT, partner_ids=self.stranger.partner_id.ids, **COMMENT
                )

    def test_note_with_all_rights_leaves_them_out(self):
        for record in self.files:
            record.sudo().message_post(
                body=TEXT, partner_ids=self.stranger.partner_id.ids, **COMMENT
            )
            self._assert_not_told(self.stranger)

    def test_editing_a_message_does_not_let_anybody_in(self):
        record = self.files[1]
        message = record.message_post(body=TEXT, **COMMENT)
        record._message_update_content(
            message, body=TEXT, partner_ids=self.stranger.partner_id.ids
        )
        self._assert_unread(message, self.stranger)

    def test_followers_dialog_with_its_message(self):
        for record in self.files:
            dialog = record.env["mail.followers.edit"].create(
                {
                    "res_model": record._name,
                    "res_ids": str(record.ids),
                    "partner_ids": [Command.link(self.stranger.partner_id.id)],
                    "message": TEXT,
                    "notify": True,
                }
            )
            with self.assertRaisesRegex(UserError, "cannot follow"):
                dialog.edit_followers()
            self._assert_not_told(self.stranger)

    def test_message_notify_on_a_record(self):
        for record in self.files:
            record.message_notify(body=TEXT, partner_ids=self.stranger.partner_id.ids)
            self._assert_not_told(self.stranger)

    def test_message_notify_by_model_and_id(self):
        for record in self.files:
            record.env["mail.thread"].message_notify(
                body=TEXT,
                model=record._name,
                res_id=record.id,
                partner_ids=self.stranger.partner_id.ids,
            )
            self._assert_not_told(self.stranger)

    def test_activity(self):
        for record in self.files:
            vals = {
                "res_model_id": self.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "summary": TEXT,
                "note": TEXT,
            }
            activities = record.env["mail.activity"]
            with self.assertRaisesRegex(UserError, "may not read"):
                activities.create({**vals, "user_id": self.stranger.id})
            own = activities.create({**vals, "user_id": record.env.uid})
            with self.assertRaisesRegex(UserError, "may not read"):
                own.user_id = self.stranger
            self._assert_not_told(self.stranger)

    def test_activity_of_the_system_goes_to_who_stands_in(self):
        for record in self.files:
            activity = record.sudo().activity_schedule(
                "mail.mail_activity_data_todo", summary=TEXT, user_id=self.stranger.id
            )
            self.assertTrue(activity.user_id.has_group(f"{ADDON}.group_manager"))
            self._assert_not_told(self.stranger)

    def test_composer_in_comment_mode(self):
        for record in self.files:
            with self.assertRaises(UserError) as refusal:
                self._compose(record, "comment")._action_send_mail()
            self.assertIn("may not be told", str(refusal.exception))
            self._assert_not_told(self.stranger)

    def test_composer_in_mass_mode(self):
        for record in self.files:
            mails, _messages = self._compose(
                record, "mass_mail", force_send=False, auto_delete=False
            )._action_send_mail()
            self.assertEqual(mails.state, "cancel")
            self.assertIn("may not be told", mails.failure_reason)
            self._assert_not_told(self.stranger)

    def _compose(self, record, mode, **values):
        composers = record.env["mail.compose.message"].with_context(
            default_model=record._name,
            default_res_ids=record.ids,
            default_composition_mode=mode,
        )
        return composers.create(
            {
                "body": TEXT,
                "subject": "Look",
                "partner_ids": self.stranger.partner_id.ids,
                **values,
            }
        )

    def test_mail_template(self):
        for record in self.files:
            template = self.env["mail.template"].create(
                {
                    "name": "Letter",
                    "model_id": self.env["ir.model"]._get_id(record._name),
                    "partner_to": str(self.stranger.partner_id.id),
                    "email_cc": f"expert@example.com, {self.stranger.email}",
                    "use_default_to": False,
                    "body_html": f"<p>{TEXT}</p>",
                }
            )
            mail = self.env["mail.mail"].browse(template.send_mail(record.id))
            self.assertEqual(mail.email_cc, "expert@example.com")
            self._assert_not_told(self.stranger)

    def test_tracking(self):
        record = self.files[1]
        self._follow_by_force(record, self.stranger)
        record.subject = TEXT
        self.env.flush_all()
        # by itself a change goes to nobody; as another addon may have it, to followers
        comment = self.env.ref("mail.mt_comment")
        with patch.object(type(record), "_track_subtype", lambda *_args: comment):
            self.env.cr.precommit.run()
        message = record.message_ids.sorted("id")[-1]
        self.assertIn(TEXT, message.sudo().tracking_value_ids.mapped("new_value_char"))
        self._assert_unread(message, self.stranger)
        self.assertNotIn(self.stranger.partner_id, message.notified_partner_ids)

    def test_being_made_responsible_without_rights(self):
        training = self.env["iso10003.training"]
        self.assertTrue(training._is_told_model(training._name))
        dispute = self.dispute.with_user(self.manager)
        with self.assertRaisesRegex(ValidationError, "may not lead it"):
            dispute.user_id = self.employee
        self.assertFalse(
            self.env["mail.notification"].search(
                [("res_partner_id", "=", self.employee.partner_id.id)]
            )
        )

    def test_calendar_attendees(self):
        event = self.hearing.event_id
        attendees = self.env["calendar.attendee"].with_user(self.counsel)
        with self.assertRaisesRegex(UserError, "not called"):
            attendees.create(
                {"event_id": event.id, "partner_id": self.stranger.partner_id.id}
            )
        own = event.attendee_ids[:1].with_user(self.counsel)
        with self.assertRaisesRegex(UserError, "not called"):
            own.partner_id = self.stranger.partner_id
        event.sudo().message_notify(body=TEXT, partner_ids=self.stranger.partner_id.ids)
        self._assert_not_told(self.stranger)

    def test_who_is_called_to_a_hearing_has_it_in_the_calendar(self):
        self.hearing.with_user(self.counsel).participant_ids = [
            Command.create({"partner_id": self.handler.partner_id.id})
        ]
        attendees = self.hearing.event_id.attendee_ids
        self.assertIn(self.handler.partner_id, attendees.partner_id)
        self.hearing.event_id.sudo().message_notify(
            body=TEXT, partner_ids=self.handler.partner_id.ids
        )
        self._assert_told(self.handler.partner_id)

    def test_gateway_reply(self):
        dispute = self.files[0]
        message = dispute.message_post(
            body="What did you pay?",
            partner_ids=self.customer.ids,
            **COMMENT,
        )
        self._follow_by_force(dispute, self.stranger)
        self.env["mail.thread"].with_context(
            mail_create_nosubscribe=True
        ).message_process(
            "iso10003.dispute",
            "\n".join(
                [
                    f"From: {self.customer.email_formatted}",
                    f"To: {self.stranger.email}",
                    "Subject: Re",
                    "Message-Id: <reply@example.com>",
                    f"In-Reply-To: {message.message_id}",
                    "Content-Type: text/plain",
                    "",
                    TEXT,
                ]
            ),
            thread_id=dispute.id,
        )
        self._assert_told(self.handler.partner_id)
        # that the mail names them stays in it, and is no right to read it here
        said = self.env["mail.message"].search([("body", "ilike", TEXT)])
        self.assertNotIn(self.stranger.partner_id, said.notified_partner_ids)
        self._assert_unread(said, self.stranger)

    def test_scheduled_message(self):
        """Odoo asks who may post on the record where columns are read, and only there.

        To whom it goes, and the files that go with it, are read past that.
        """
        record = self.files[1]
        attachment = record.env["ir.attachment"].create(
            {
                "name": "offer.txt",
                "raw": TEXT.encode(),
                "res_model": "mail.compose.message",
                "res_id": 0,
            }
        )
        scheduled = record.env["mail.scheduled.message"].create(
            {
                "model": record._name,
                "res_id": record.id,
                "author_id": self.counsel.partner_id.id,
                "body": TEXT,
                "scheduled_date": "2099-01-01 10:00:00",
                "partner_ids": [Command.link(self.stranger.partner_id.id)],
                "attachment_ids": [Command.link(attachment.id)],
            }
        )
        for user in (self.stranger, self.employee):
            self._assert_shut(scheduled.with_user(user), ["body"])
            self._assert_shut(scheduled.with_user(user), ["partner_ids"])
            self._assert_shut(attachment.with_user(user), ["raw"])
            self.env.invalidate_all()
            self.assertFalse(scheduled.with_user(user).has_access("read"))
        self.assertTrue(scheduled.with_user(self.manager).read(["partner_ids"]))
        self.assertTrue(attachment.with_user(self.manager).read(["raw"]))
        with self.assertRaises(UserError):
            scheduled.post_message()
        self._assert_not_told(self.stranger)

    def _assert_shut(self, record, names):
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            record.read(names)
