# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What names a record by model and id, and mails that are brought in to one."""

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from ..common import ADDON
from . import walls
from .test_walls import SECRET, WallFiles

MAIL = """From: roya@example.com
To: office@example.com
Subject: Enough
Message-Id: <{number}@example.com>
Content-Type: text/plain

I agree to wait until summer.
"""
# how models name a record, beside a link
MODEL, MODEL_LINK = ("res_model", "model"), ("res_model_id", "model_id")
ID, IDS, REFERENCE = ("res_id",), ("res_ids",), ("reference", "resource_ref")


def find_reference(model, record):
    """Return the values by which a form of ``model`` names a record, if it does."""
    kinds = record.env["ir.model"]
    named = {
        **dict.fromkeys(MODEL, record._name),
        **dict.fromkeys(MODEL_LINK, kinds._get_id(record._name)),
        **dict.fromkeys(ID, record.id),
        **dict.fromkeys(IDS, str(record.ids)),
        **dict.fromkeys(REFERENCE, f"{record._name},{record.id}"),
    }
    values = {name: value for name, value in named.items() if name in model._fields}
    return values if values.keys() & {*ID, *IDS, *REFERENCE} else {}


def walk_references(record, models, users, words):
    """Yield ``(login, model, leak)`` for each form that tells of a named record.

    :param record: one that none of the users may read
    """
    for user in users:
        for name in models:
            form = record.env(su=False)[name].with_user(user)
            values = find_reference(form, record)
            if not values or not form.has_access("create"):
                continue
            shown = {
                field.name: {"fields": {"display_name": {}}} if field.relational else {}
                for field in form._fields.values()
                if form._has_field_access(field, "read") and field.type != "one2many"
            }
            preset = {f"default_{key}": value for key, value in values.items()}
            for field in shown:
                for asked, given in (
                    (form, values),
                    (form.with_context(**preset), {}),
                ):
                    record.invalidate_recordset(flush=False)
                    spec = {key: shown[key] for key in {field, *values} & shown.keys()}
                    leak = walls.find_leak(
                        lambda asked=asked, given=given, spec=spec: _told(
                            asked.onchange(
                                dict.fromkeys(spec, False) | given,
                                list(given),
                                spec,
                            ),
                            words,
                        ),
                        words,
                    )
                    if leak:
                        yield user.login, f"{name}.{field}", leak


def _told(answer, words):
    return repr(answer) if any(word in repr(answer) for word in words) else ""


class TestReferences(WallFiles):
    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models", "odoo.sql_db")
    def test_no_form_on_a_model_and_id_tells_what_it_is(self):
        models = {
            name
            for name, model in self.env.registry.items()
            if not model._abstract and find_reference(self.env[name], self.referral)
        }
        self.assertLessEqual({"mail.activity", "mail.compose.message"}, models)
        for record, users in (
            (self.referral.sudo(), (self.employee, self.stranger)),
            (self.dispute.sudo(), (self.employee, self.roles["other_manager"])),
        ):
            leaks = set(walk_references(record, models, users, (SECRET, record.name)))
            self.assertEqual(leaks, set())

    def test_who_may_read_it_is_told(self):
        form = self.env(su=False)["mail.activity"].with_user(self.counsel)
        shown = form.onchange(
            {
                "res_model_id": self.env["ir.model"]._get_id(self.referral._name),
                "res_id": self.referral.id,
            },
            [],
            {"res_name": {}},
        )
        self.assertIn(self.referral.name, shown["value"]["res_name"])

    def test_who_follows_is_told_to_who_may_read_it(self):
        followers = self.env["mail.followers"]
        for record in (self.dispute, self.referral, self.hearing):
            own = [("res_model", "=", record._name), ("res_id", "=", record.id)]
            self.assertTrue(followers.with_user(self.auditor).search(own))
            found = followers.sudo().search(own)
            for user in (self.employee, self.stranger, self.roles["other_manager"]):
                with self.subTest(record=record._name, user=user.login):
                    self.assertFalse(followers.with_user(user).search(own))
                    with self.assertRaises(AccessError):
                        found.with_user(user).read(["partner_id"])

    def test_who_may_not_read_a_hearing_searches_messages_as_ever(self):
        event = self.hearing.sudo().event_id
        event.message_post(body="Bring the file.")
        other = event.create(
            {"name": "Lunch", "start": event.start, "stop": event.stop}
        )
        said = other.message_post(body="Where do we go?")
        messages = self.env(su=False)["mail.message"].with_user(self.employee)
        self.env.invalidate_all()
        found = messages.search([("model", "=", "calendar.event")])
        self.assertIn(said, found)
        self.assertNotIn(event.id, found.mapped("res_id"))


class TestMailsBroughtIn(WallFiles):
    """Odoo lets everybody who works here hand in a mail, taken with all rights."""

    def _bring_in(self, user, model, record=None, **values):
        threads = self.env(su=False)["mail.thread"].with_user(user)
        threads.message_process(
            model,
            MAIL.format(number=f"{user.id}-{model}"),
            custom_values=values or None,
            thread_id=record and record.id,
        )

    def _refused(self, user, model, **values):
        with self.subTest(user=user.login, model=model):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._bring_in(user, model, **values)

    def test_nobody_forges_a_mail_of_a_file(self):
        for user in (self.employee, self.stranger, self.handler, self.manager):
            for record in (self.dispute, self.referral, self.hearing):
                self._refused(user, record._name, record=record)
            self._refused(user, "calendar.event", record=self.hearing.sudo().event_id)

    def test_nobody_makes_a_record_of_ours_with_all_rights(self):
        authorities = self.env["iso10003.authority"]
        count = authorities.search_count([])
        self._refused(self.employee, authorities._name, name="Court of nobody")
        self.assertEqual(authorities.search_count([]), count)

    def test_nor_by_an_answer_to_a_message_of_the_file(self):
        said = self.dispute.sudo().message_post(body="We answer by Monday.")
        threads = self.env(su=False)["mail.thread"].with_user(self.employee)
        answer = MAIL.format(number="answer").replace(
            "Subject", f"In-Reply-To: {said.message_id}\nSubject"
        )
        with self.assertRaises(AccessError):
            threads.message_process(None, answer)

    def test_the_mail_server_and_administrators_bring_it_in(self):
        admin = self._new_user("admin", f"{ADDON}.group_manager,base.group_system")
        for user in (self.env.ref("base.user_root"), admin):
            count = len(self.dispute.sudo().message_ids)
            self._bring_in(user, self.dispute._name, record=self.dispute)
            self.assertEqual(len(self.dispute.sudo().message_ids), count + 1)
