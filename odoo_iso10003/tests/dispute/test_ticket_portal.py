# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import html

from odoo import fields
from odoo.http import Request
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..common import DisputePeople


@tagged("-at_install", "post_install")
class TestTicketOnThePortal(DisputePeople, HttpCase):
    """The parent lets anybody who is logged in close any ticket."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls.neighbour = cls._new_user("neighbour", "base.group_portal")

    def _close(self, ticket, stage=None, user=None, **data):
        """Press a close button of the page, or send what looks like it."""
        user = user or self.portal
        self.authenticate(user.login, user.login)
        data = {
            "csrf_token": Request.csrf_token(self),
            "ticket_id": ticket.id,
            "stage_id": (stage or self.closed_stage).id,
            **data,
        }
        response = self.url_open(
            "/ticket/close",
            data={key: value for key, value in data.items() if value is not None},
            allow_redirects=False,
        )
        self.env.invalidate_all()
        return response

    def _buttons(self, ticket, user=None):
        user = user or self.portal
        self.authenticate(user.login, user.login)
        response = self.url_open(f"/my/ticket/{ticket.id}")
        self.assertEqual(response.status_code, 200)
        page = html.fromstring(response.text)
        return page, page.xpath("//form[@action='/ticket/close']")

    def test_everybody_gets_the_list_of_the_own_complaints(self):
        for user in (self.portal, self.agent, self.handler):
            self.authenticate(user.login, user.login)
            page = self.url_open("/my/tickets")
            with self.subTest(user=user.login):
                self.assertEqual(page.status_code, 200)
                self.assertIn(self.ticket.name, page.text)

    def test_complainants_close_their_own_ticket(self):
        response = self._close(self.ticket)
        self.assertEqual(response.status_code, 302)
        self.assertTrue(response.headers["Location"].endswith(f"/{self.ticket.id}"))
        self.assertEqual(self.ticket.stage_id, self.closed_stage)

    def test_the_page_has_forms_that_post_a_token(self):
        _page, forms = self._buttons(self.ticket)
        self.assertTrue(forms)
        for form in forms:
            self.assertEqual(form.method, "POST")
            self.assertTrue(form.fields["csrf_token"])
        form = next(
            form
            for form in forms
            if form.fields["stage_id"] == str(self.closed_stage.id)
        )
        response = self.url_open(form.action, data=dict(form.fields))
        self.assertEqual(response.status_code, 200)
        self.env.invalidate_all()
        self.assertTrue(self.ticket.closed)

    def test_nobody_closes_somebody_elses_ticket(self):
        follower = self._new_user("follower", "base.group_user")
        self.ticket.message_subscribe(follower.partner_id.ids)
        self.assertTrue(self.ticket.with_user(follower).has_access("read"))
        for user in (self.neighbour, self.employee, follower, self.stranger):
            with self.subTest(user=user.login), mute_logger("odoo.http"):
                response = self._close(self.ticket, user=user)
                self.assertEqual(response.status_code, 303)
                self.assertTrue(response.headers["Location"].endswith("/my"))
                self.assertEqual(self.ticket.stage_id, self.open_stage)

    def test_who_reads_a_complaint_by_its_dispute_does_not_close_it(self):
        dispute = self._open_dispute()
        dispute.evaluator_id = self.evaluator
        self._record(dispute, informed_date=fields.Date.today())
        dispute.action_close("discontinued", "They gave up.")
        self.ticket.stage_id = self.open_stage
        for user in (self.evaluator, self.counsel, self.auditor):
            with self.subTest(user=user.login):
                self.assertTrue(self.ticket.with_user(user).has_access("read"))
                self._close(self.ticket, user=user)
                self.assertEqual(self.ticket.stage_id, self.open_stage)

    def test_colleagues_close_what_they_may_write_or_complained_about(self):
        self._close(self.ticket, user=self.agent)
        self.assertTrue(self.ticket.closed)
        own = self._new_ticket(partner_id=self.employee.partner_id.id)
        self._close(own, user=self.employee)
        self.assertTrue(own.closed)

    def test_who_is_not_logged_in_is_asked_to(self):
        self.authenticate(None, None)
        response = self.url_open(
            "/ticket/close",
            data={"ticket_id": self.ticket.id, "stage_id": self.closed_stage.id},
            allow_redirects=False,
        )
        self.assertIn(response.status_code, (303, 400))
        self.env.invalidate_all()
        self.assertFalse(self.ticket.closed)

    @mute_logger("odoo.http")
    def test_a_link_closes_nothing(self):
        self.authenticate(self.portal.login, self.portal.login)
        for url in (
            f"/ticket/close?ticket_id={self.ticket.id}&stage_id={self.closed_stage.id}",
            f"/ticket/close?ticket_id={self.ticket.id}"
            f"&stage_id={self.closed_stage.id}"
            f"&csrf_token={Request.csrf_token(self)}",
        ):
            response = self.url_open(url)
            self.assertEqual(response.status_code, 405)
        self.env.invalidate_all()
        self.assertFalse(self.ticket.closed)

    @mute_logger("odoo.http")
    def test_a_form_of_another_site_closes_nothing(self):
        for token in (None, "", "0" * 40 + "o1"):
            response = self._close(self.ticket, csrf_token=token)
            self.assertEqual(response.status_code, 400)
            self.assertFalse(self.ticket.closed)

    @mute_logger("odoo.http")
    def test_only_stages_of_the_page_are_taken(self):
        other_team = self.env["helpdesk.ticket.team"].create({"name": "Others"})
        theirs = self.closed_stage.copy(
            {"name": "Done elsewhere", "team_ids": [(6, 0, other_team.ids)]}
        )
        for stage in (self.open_stage, theirs):
            self._close(self.ticket, stage)
            self.assertEqual(self.ticket.stage_id, self.open_stage)

    @mute_logger("odoo.http")
    def test_garbage_breaks_nothing(self):
        garbage = (
            None,
            "",
            "0",
            "-1",
            "x",
            "²",
            "1e9",
            "2147483648",
            "9" * 400,
            "1 OR 1=1",
            "[1]",
            "999999999",
            "\x00",
        )
        for text in garbage:
            for name in ("ticket_id", "stage_id"):
                with self.subTest(field=name, value=text):
                    response = self._close(self.ticket, **{name: text})
                    self.assertLess(response.status_code, 500)
                    self.assertEqual(self.ticket.stage_id, self.open_stage)
        response = self._close(self.ticket, user_id=self.env.uid, sudo="1", name="x")
        self.assertEqual(response.status_code, 302)

    def test_a_complaint_in_dispute_is_not_closed_from_the_portal(self):
        dispute = self._open_dispute()
        response = self._close(self.ticket)
        self.assertEqual(response.status_code, 302)
        self.assertTrue(response.headers["Location"].endswith(f"/{self.ticket.id}"))
        self.assertEqual(self.ticket.stage_id, self.open_stage)
        page, forms = self._buttons(self.ticket)
        self.assertFalse(forms)
        self.assertIn("This complaint is in dispute", page.text_content())
        self._record(dispute, informed_date=fields.Date.today())
        dispute.action_close("discontinued", "They gave up.")
        self.assertTrue(self.ticket.closed)  # with its dispute
        self.ticket.write({"stage_id": self.open_stage.id, "closed_date": False})
        self.env.flush_all()
        page, forms = self._buttons(self.ticket)
        self.assertTrue(forms)
        self.assertNotIn("This complaint is in dispute", page.text_content())
        self._close(self.ticket)
        self.assertTrue(self.ticket.closed)

    def test_a_dispute_that_one_may_not_see_is_not_opened_twice(self):
        """The answer is a sentence, and not an error of the database."""
        ticket = self._new_ticket(team_id=False, user_id=False)
        self._open_dispute(ticket)
        self.authenticate(self.stranger.login, self.stranger.login)
        with (
            mute_logger("odoo.http", "odoo.sql_db", "odoo.service.model"),
            self.assertRaisesRegex(JsonRpcException, "ValidationError"),
        ):
            self.make_jsonrpc_request(
                "/web/dataset/call_kw/helpdesk.ticket/action_open_dispute",
                {
                    "model": "helpdesk.ticket",
                    "method": "action_open_dispute",
                    "args": [ticket.ids],
                    "kwargs": {},
                },
            )
        self.env.invalidate_all()
        self.assertEqual(len(ticket.dispute_ids), 1)
