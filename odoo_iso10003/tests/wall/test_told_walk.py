# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from pathlib import Path

from odoo.modules import get_module_path

from ..common import ADDON, DisputeCase
from .doors import find_births

# Asked when something is posted: all of these take who _notify_get_recipients gives.
POSTED = "asked in mail.thread._notify_get_recipients"
# Asked in create() of the model itself, whoever calls it.
MADE = "asked in create() of what is made"
# Nobody is notified; who reads it is asked when it is read.
READ = "asked when it is read"
# Of no record of ours: to the person themselves, or to who wrote to us.
ELSEWHERE = "tells of no record of ours"

DOORS = {
    ("mail", "MailThread._message_create", "mail.message"): READ,
    ("mail", "MailThread._message_log_batch", "mail.message"): READ,
    ("mail", "MailThread.message_post", "mail.message"): POSTED,
    ("mail", "MailThread.message_notify", "mail.message"): POSTED,
    ("mail", "MailThread._notify_thread", "mail.message.schedule"): POSTED,
    ("mail", "MailThread._notify_thread_by_inbox", "mail.notification"): POSTED,
    ("mail", "MailThread._notify_thread_by_email", "mail.mail"): POSTED,
    ("mail", "MailThread._notify_thread_by_email", "mail.notification"): POSTED,
    ("mail", "MailThread._web_push_send_notification", "mail.push"): POSTED,
    ("sms", "MailThread._notify_thread_by_sms", "mail.notification"): POSTED,
    ("mail", "MailTemplate.send_mail_batch", "mail.mail"): MADE,
    ("mail", "MailComposeMessage._action_send_mail_mass_mail", "mail.mail"): MADE,
    (
        "mail",
        "MailComposeMessage._action_send_mail_mass_mail",
        "mail.notification",
    ): MADE,
    (
        "mail",
        "MailComposeMessage._action_schedule_message",
        "mail.scheduled.message",
    ): READ,
    ("mail", "MailActivityMixin.activity_schedule", "mail.activity"): MADE,
    ("mail", "MailActivity._action_done", "mail.activity"): MADE,
    (
        "mail",
        "MailActivitySchedule._action_schedule_activities_personal",
        "mail.activity",
    ): MADE,
    (ADDON, "LetterSending._queue_mail", "mail.mail"): MADE,
    (ADDON, "EscalationKinds._fire_activity", "mail.activity"): MADE,
    (ADDON, "DeadlineAlarms._mind_silence", "mail.activity"): MADE,
    (ADDON, "ToldWords._message_create", "mail.message"): READ,
    (ADDON, "Reminded._give_tasks", "mail.activity"): MADE,
    (ADDON, "ObligationReminding._follow_tasks", "mail.activity"): MADE,
    (ADDON, "HealthTold._remind", "mail.activity"): ELSEWHERE,
    (ADDON, "AlarmSweep._tell_some", "mail.mail"): MADE,
    ("mail", "MailThread._routing_create_bounce_email", "mail.mail"): ELSEWHERE,
    ("mail", "DiscussChannel.invite_by_email", "mail.mail"): ELSEWHERE,
    ("mail", "ResUsers._notify_security_setting_update", "mail.mail"): ELSEWHERE,
    ("auth_signup", "ResUsers._action_reset_password", "mail.mail"): ELSEWHERE,
    ("digest", "DigestDigest._action_send_to_user", "mail.mail"): ELSEWHERE,
    ("survey", "SurveyInvite._send_mail", "mail.mail"): ELSEWHERE,
    ("snailmail", "SnailmailLetter.create", "mail.notification"): READ,
}


def find_models_outside(classes):
    """Return our models with a discussion or activities that follow no rule."""
    talking = (classes["mail.thread"], classes["mail.activity.mixin"])
    return sorted(
        name
        for name, model in classes.items()
        if name.startswith("iso10003.")
        and issubclass(model, talking)
        and not issubclass(model, classes["iso10003.told"])
    )


def find_doors_outside(births):
    """Return the doors, as ``(module, function, model)``, that no table names."""
    return sorted(births - DOORS.keys())


def read_sources(module):
    folder = Path(get_module_path(module))
    for path in folder.rglob("*.py"):
        if not {"tests", "static", "migrations"} & set(path.parts[-4:]):
            yield path.read_text()


class TestWalk(DisputeCase):
    """What is added later is inside from its first day."""

    def _get_installed(self):
        modules = self.env["ir.module.module"].search([("state", "=", "installed")])
        return modules.mapped("name")

    def test_every_model_that_talks_follows_the_rule(self):
        classes = {name: self.env.registry[name] for name in self.env.registry}
        self.assertEqual(find_models_outside(classes), [])
        ours = [name for name in classes if name.startswith("iso10003.")]
        self.assertGreater(len(ours), 50)

    def test_a_new_model_outside_is_found(self):
        names = ("mail.thread", "mail.activity.mixin", "iso10003.told")
        thread, activity, told = (type(name, (), {}) for name in names)
        classes = {
            **dict(zip(names, (thread, activity, told), strict=True)),
            "iso10003.invented": type("Invented", (thread,), {}),
            "iso10003.planned": type("Planned", (activity,), {}),
            "iso10003.inside": type("Inside", (told, thread), {}),
            "iso10003.silent": type("Silent", (), {}),
        }
        self.assertEqual(
            find_models_outside(classes), ["iso10003.invented", "iso10003.planned"]
        )

    def test_every_door_is_known(self):
        births = {
            (module, *birth)
            for module in self._get_installed()
            for source in read_sources(module)
            for birth in find_births(source)
        }
        self.assertEqual(find_doors_outside(births), [])
        # and none is named that is there no more
        self.assertGreater(len(births), 15)
        gone = {door for door in DOORS if door[0] in ("mail", ADDON)} - births
        self.assertFalse(gone)

    def test_a_new_door_is_found(self):
        source = """
class Dispute(models.Model):
    def tell_everybody(self):
        mails = self.env["mail.mail"].sudo()
        mails.create({"body_html": self.subject})

    def whisper(self):
        self.env.cr.execute("INSERT INTO mail_message (body) VALUES ('x')")

    def hand_on(self):
        return self.env['mail.activity'].with_context(x=1).create({})

    def note(self):
        self._message_create([{}])

    def harmless(self):
        return self.env["res.partner"].create({})
"""
        births = {(ADDON, *birth) for birth in find_births(source)}
        self.assertEqual(
            find_doors_outside(births),
            [
                (ADDON, "Dispute.hand_on", "mail.activity"),
                (ADDON, "Dispute.note", "mail.message"),
                (ADDON, "Dispute.tell_everybody", "mail.mail"),
                (ADDON, "Dispute.whisper", "mail.message"),
            ],
        )

    def test_every_model_tells_who_may_read_and_nobody_else(self):
        """On a record of each model that the database has."""
        told = self.env["iso10003.told"]
        asked, silent = set(), set()
        for name in told._get_told_models():
            model = self.env[name]
            if model._abstract or not isinstance(model, self.registry["mail.thread"]):
                continue
            record = model.search([], limit=1)._filter_told()
            if not record:
                continue
            asked.add(name)
            for user in (self.employee, self.stranger, self.auditor):
                may_read = record.with_user(user).has_access("read")
                message = record.message_notify(
                    body="Told", partner_ids=user.partner_id.ids
                )
                heard = user.partner_id in message.notified_partner_ids
                silent |= {name} - ({name} if may_read else set())
                with self.subTest(model=name, user=user.login):
                    self.assertEqual(heard, may_read)
                    self.assertEqual(
                        bool(message.with_user(user).search([("id", "=", message.id)])),
                        may_read,
                    )
        self.assertGreater(len(asked), 9)
        self.assertGreater(len(silent), 4)
