# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo.fields import Command
from odoo.http import _generate_routing_rules
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import ADDON
from ..legal.legal_common import LegalPeople

SECRET = "Zarathustra"

# our own routes, by the method that answers
OURS = {
    "export_register",
    "portal_my_disputes",
    "portal_my_dispute",
    # of the helpdesk, with a check before it; it answers with no page
    "support_ticket_close",
}


@tagged("-at_install", "post_install")
class TestWallRoutes(LegalPeople, HttpCase):
    """What can be downloaded or fetched by address, by who may not read it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_legal()
        cls.dispute.write({"subject": SECRET, "description": SECRET})
        cls.referral = cls._draft_referral(subject=SECRET, reason=SECRET)
        content = base64.b64encode(SECRET.encode())
        cls.document = cls.referral.env["iso10003.document"].create(
            {
                "file_id": cls.referral.file_ids.id,
                "name": SECRET,
                "content": content,
                "file_name": "secret.txt",
            }
        )
        cls.attachments = [
            cls.env["ir.attachment"].create(
                {
                    "name": SECRET,
                    "raw": SECRET.encode(),
                    "res_model": file._name,
                    "res_id": file.id,
                }
            )
            for file in (cls.dispute, cls.referral)
        ]
        cls.dispute.message_post(body=SECRET, subtype_xmlid="mail.mt_comment")
        other = cls.env["res.company"].create({"name": "Other Trade"})
        cls.outside = [
            cls.stranger,
            cls._new_user("other_portal", "base.group_portal"),
            cls._new_user(
                "other_manager",
                f"{ADDON}.group_manager",
                company_id=other.id,
                company_ids=[Command.set(other.ids)],
            ),
        ]

    def _addresses(self):
        dispute, referral, document = self.dispute, self.referral, self.document
        return [
            f"/iso10003/register/{dispute.id}",
            "/my/disputes",
            f"/my/disputes/{dispute.id}",
            f"/report/html/{ADDON}.dispute_file/{dispute.id}",
            f"/report/html/{ADDON}.referral_dossier/{referral.id}",
            f"/web/content/{document._name}/{document.id}/content",
            *(f"/web/content/{one.id}" for one in self.attachments),
            f"/web/image/{self.attachments[0].id}",
            f"/mail/view?model={dispute._name}&res_id={dispute.id}",
            f"/mail/view?model={referral._name}&res_id={referral.id}",
        ]

    def _calls(self):
        for file in (self.dispute, self.referral):
            thread = {"thread_model": file._name, "thread_id": file.id}
            yield "/mail/thread/messages", thread
            yield "/mail/thread/recipients", thread
            yield "/mail/chatter_fetch", thread
            yield (
                "/mail/data",
                {
                    "fetch_params": [
                        [
                            "mail.thread",
                            {**thread, "request_list": ["attachments", "followers"]},
                        ]
                    ]
                },
            )

    def test_each_route_of_ours_is_walked(self):
        routes = {
            endpoint.func.__name__
            for _url, endpoint in _generate_routing_rules(
                sorted(self.env.registry._init_modules), nodb_only=False
            )
            if endpoint.func.__module__.startswith(f"odoo.addons.{ADDON}.")
        }
        self.assertEqual(routes, OURS)

    def test_who_may_read_it_gets_it(self):
        self.authenticate(self.manager.login, self.manager.login)
        for address in (
            f"/report/html/{ADDON}.dispute_file/{self.dispute.id}",
            f"/web/content/{self.attachments[0].id}",
            f"/web/content/{self.document._name}/{self.document.id}/content",
        ):
            self.assertIn(SECRET, self.url_open(address).text, address)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "werkzeug")
    def test_nobody_else_gets_a_word_of_it(self):
        for user in self.outside:
            self.authenticate(user.login, user.login)
            for address in self._addresses():
                page = self.url_open(address)
                with self.subTest(user=user.login, address=address):
                    self.assertNotIn(SECRET, page.text)
                    self.assertNotIn(self.dispute.name, page.text)
            for route, params in self._calls():
                answer = self.url_open(route, json={"params": params}).text
                with self.subTest(user=user.login, route=route, **params):
                    self.assertNotIn(SECRET, answer)
