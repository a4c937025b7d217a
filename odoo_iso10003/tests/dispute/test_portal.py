# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...models.dispute.dispute import PORTAL_READABLE
from ..common import DisputePeople


@tagged("-at_install", "post_install")
class TestPortal(DisputePeople, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls.dispute = cls._open_dispute()
        cls.dispute.findings = "<p>We were wrong, between ourselves.</p>"
        cls.other = cls._open_dispute(
            cls._new_ticket(partner_id=cls.agent.partner_id.id, name="Somebody else")
        )

    def test_complainants_see_their_own_files_and_no_others(self):
        files = self.env["iso10003.dispute"].with_user(self.portal)
        self.assertEqual(files.search([]), self.dispute)
        with self.assertRaises(AccessError):
            self.other.with_user(self.portal).read(["name"])

    def test_opening_a_file_warns_of_nothing(self):
        """The portal names tokens to each discussion, also where nobody gave one."""
        files = self.env["iso10003.dispute"]
        token = self.dispute.sudo()._portal_ensure_token()
        with self.assertNoLogs("odoo.addons.mail.models.mail_thread", "WARNING"):
            for user, given in (
                (self.handler, None),
                (self.stranger, None),
                (self.stranger, token),
            ):
                found = files.with_user(user)._get_thread_with_access(
                    self.dispute.id, token=given, hash=None, pid=None
                )
                self.assertEqual(bool(found), user == self.handler)

    def test_every_field_outside_the_allow_list_is_refused(self):
        own = self.dispute.with_user(self.portal)
        for name in own._fields:
            with self.subTest(field=name):
                if name in PORTAL_READABLE:
                    own.read([name])
                    continue
                with self.assertRaises(AccessError):
                    own.read([name])

    def test_what_cannot_be_read_cannot_be_searched(self):
        files = self.env["iso10003.dispute"].with_user(self.portal)
        with self.assertRaises(AccessError):
            files.search([("findings", "ilike", "wrong")])
        with self.assertRaises(AccessError):
            files._read_group([], ["severity"], ["__count"])
        with self.assertRaises(AccessError):
            files.search([("legal_state", "=", "open")])  # it has a search of its own

    def test_complainants_read_what_is_said_to_them_alone(self):
        self.env.cr.flush()  # from here on, changes are tracked
        self.dispute.action_hold("Between ourselves: the expert is drunk.")
        self.env.cr.flush()
        among_us = self.dispute.message_ids
        for kind in ("comment", "notification"):
            for colleagues in ([], self.manager.partner_id.ids):
                among_us |= self.dispute.message_post(
                    body="Between ourselves: we lose.",
                    message_type=kind,
                    subtype_xmlid="mail.mt_comment",
                    partner_ids=colleagues,
                )
        self.assertIn("drunk", "".join(among_us.mapped("body")))
        to_them = self.dispute.message_post(
            body="We are at it.",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.customer.ids,
        )
        from_them = self.dispute.message_post(
            body="Hurry up.",
            subtype_xmlid="mail.mt_comment",
            author_id=self.customer.id,
        )
        self.env.flush_all()
        self.env.invalidate_all()
        messages = self.env["mail.message"].with_user(self.portal)
        of_file = [("model", "=", "iso10003.dispute"), ("res_id", "=", self.dispute.id)]
        self.assertEqual(
            messages.search(of_file).with_env(self.env), from_them | to_them
        )
        for message in among_us:
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                message.with_user(self.portal).read(["body"])
        self.authenticate(self.portal.login, self.portal.login)
        listed = self.make_jsonrpc_request(
            "/mail/thread/messages",
            {"thread_model": "iso10003.dispute", "thread_id": self.dispute.id},
        )
        self.assertNotIn("ourselves", str(listed))

    def test_complainants_take_no_attachment_of_the_file(self):
        opinion = (
            self.env["ir.attachment"]
            .with_user(self.handler)
            .create(
                {
                    "name": "opinion.txt",
                    "raw": b"We lose.",
                    "res_model": "iso10003.dispute",
                    "res_id": self.dispute.id,
                }
            )
        )
        self.authenticate(self.portal.login, self.portal.login)
        with mute_logger("odoo.http"):
            page = self.url_open(f"/web/content/{opinion.id}")
        self.assertEqual(page.status_code, 404)
        with self.assertRaises(AccessError):
            opinion.with_user(self.portal).read(["raw"])

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_complainants_change_nothing(self):
        own = self.dispute.with_user(self.portal)
        for step in (
            lambda: own.write({"subject": "Pay me"}),
            lambda: own.action_advance(),
            lambda: own.action_close("discontinued", "I like you."),
            lambda: own.action_hold("Wait."),
            lambda: own.unlink(),
            lambda: own.create({"subject": "Mine", "direct_notice": True}),
        ):
            with self.assertRaises(AccessError):
                step()
        self.assertEqual(self.dispute.state, "referral")

    def test_the_pages_show_the_file_and_keep_its_secrets(self):
        self.authenticate(self.portal.login, self.portal.login)
        self.assertIn(self.dispute.name, self.url_open("/my/disputes").text)
        page = self.url_open(f"/my/disputes/{self.dispute.id}")
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.dispute.subject, page.text)
        self.assertIn("consumer association", page.text)  # the recourse
        self.assertNotIn("between ourselves", page.text)

    def test_the_pages_say_in_words_how_the_file_stands(self):
        self.authenticate(self.portal.login, self.portal.login)
        for url in ("/my/disputes", f"/my/disputes/{self.dispute.id}"):
            page = self.url_open(url).text
            self.assertIn("We look whether it can be resolved outside", page)
            self.assertNotIn("7.2", page)
            self.assertNotIn("Organization", page)
        self.assertIn("We tell you whether it can, and in which ways.", page)

    def test_who_resolves_the_dispute_is_named(self):
        provider = self.env["res.partner"].create(
            {"name": "Fair board", "phone": "+98 21 555", "website": "fair.example"}
        )
        self.dispute.provider_id = provider
        self.authenticate(self.portal.login, self.portal.login)
        page = self.url_open(f"/my/disputes/{self.dispute.id}").text
        for told in ("Fair board", "+98 21 555", "http://fair.example"):
            self.assertIn(told, page)

    def test_all_states_and_turns_are_told(self):
        states = dict(self.dispute._fields["state"].selection)
        turns = dict(self.dispute._fields["waiting_on"].selection)
        self.assertEqual(self.dispute._get_words_of_states().keys(), states.keys())
        self.assertEqual(self.dispute._get_words_of_turns().keys(), turns.keys())

    def test_the_home_page_counts_the_files(self):
        self.authenticate(self.portal.login, self.portal.login)
        counted = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["dispute_count"]}
        )
        self.assertEqual(counted["dispute_count"], 1)

    def test_persian_readers_read_solar_dates_and_persian_amounts(self):
        self.dispute.ticket_id.complaint_date = "2026-11-20"
        self._record(self.dispute, notice_date="2026-11-23")
        self.dispute.amount_claimed = 1250
        self.authenticate(self.portal.login, self.portal.login)
        page = self.url_open(f"/fa/my/disputes/{self.dispute.id}").text
        self.assertIn("۲ آذر ۱۴۰۵", page)
        self.assertNotIn("۷.۲", page)
        self.assertIn('lang="fa-IR"', page)
        self.assertIn("۱٬۲۵۰", page)
        self.assertNotIn("2026/11/23", page)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_somebody_elses_page_leads_home(self):
        self.authenticate(self.portal.login, self.portal.login)
        page = self.url_open(f"/my/disputes/{self.other.id}")
        self.assertTrue(page.url.endswith("/my"))
        self.assertNotIn("Somebody else", page.text)
        self.assertNotIn(self.other.name, self.url_open("/my/disputes").text)
