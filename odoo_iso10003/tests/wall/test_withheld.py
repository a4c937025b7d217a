# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import mute_logger

from ..common import ADDON, DisputeCase, DisputePeople
from ..legal.legal_common import SERVED, LegalCase, LegalRules

SECRET = "Zarathustra"


@tagged("-at_install", "post_install")
class TestLinks(LegalRules, TransactionCase):
    """Who gives an id must be able to read what it leads to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(f"{SERVED} 08:00:00"))
        cls._set_up_legal()
        cls.foreign = cls._open_dispute(cls._new_ticket(name=SECRET)).with_env(cls.env)

    def _refused(self, door, *words):
        self.env.invalidate_all()
        with self.assertRaises(AccessError) as refusal, self.env.cr.savepoint():
            door()
        for word in (SECRET, self.foreign.name, *words):
            self.assertNotIn(word, str(refusal.exception))

    def _dialog(self, user, **values):
        dialogs = self.env["iso10003.dispute.refer"].with_user(user)
        return dialogs.create({"basis": "contract", "reason": "x", **values})

    def test_no_dialog_on_a_foreign_dispute_tells_its_subject(self):
        foreign = {"dispute_id": self.foreign.id}
        dialogs = self.env["iso10003.dispute.refer"].with_user(self.stranger)
        self._refused(lambda: self._dialog(self.stranger, **foreign))
        asked = dialogs.with_context(default_dispute_id=self.foreign.id)
        self._refused(lambda: asked.create({"basis": "contract", "reason": "x"}))
        self._refused(lambda: asked.default_get(["dispute_id"]))
        shown = {"dispute_id": {"fields": {"display_name": {}}}, "company_id": {}}
        self._refused(lambda: dialogs.onchange(foreign, ["dispute_id"], shown))
        self._refused(lambda: asked.onchange({}, [], shown))
        own = self._dialog(self.handler, dispute_id=self.dispute.id)
        self.assertEqual(own.dispute_id.display_name, self.dispute.display_name)
        with self.assertRaises(AccessError):
            own.with_user(self.handler).write({"dispute_id": self._elsewhere().id})

    def _elsewhere(self):
        """A dispute that the handler does not lead."""
        team = self.env["helpdesk.ticket.team"].create({"name": "Others"})
        return self._open_dispute(
            self._new_ticket(team_id=team.id, user_id=False), self.manager
        )

    def test_an_id_in_words_is_an_id(self):
        self._refused(
            lambda: self._dialog(self.stranger, dispute_id=str(self.foreign.id))
        )
        self._refused(
            lambda: self._dialog(self.stranger, dispute_id=float(self.foreign.id))
        )

    def test_no_step_of_a_limit_tells_its_day_to_who_may_not_read_it(self):
        self._policy(self._appeal_rule())
        referral = self._decided()
        limit = self._limit(referral)
        steps = self.env["iso10003.deadline.step"].with_user(self.handler)
        shown = {"due_date": {}, "deadline_id": {"fields": {"display_name": {}}}}
        values = {"deadline_id": limit.id, "question": "meet"}
        self._refused(
            lambda: steps.onchange(values, ["deadline_id"], shown), limit.display_name
        )
        asked = steps.with_context(default_deadline_id=limit.id)
        self._refused(lambda: asked.default_get(["deadline_id"]), limit.display_name)

    def test_no_step_tells_the_policy_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other Trade"})
        ticket = self._new_ticket(company_id=other.id, team_id=False, stage_id=False)
        dispute = self.env["iso10003.dispute"].create(
            {"ticket_id": ticket.id, "subject": SECRET, "company_id": other.id}
        )
        shown = {"policy_id": {"fields": {"display_name": {}}}}
        for model, values in (
            ("iso10003.deadline.step", {"file_id": dispute.file_ids.id}),
            ("iso10003.dispute.step", {"dispute_id": dispute.id}),
        ):
            steps = self.env[model].with_user(self.manager)
            self._refused(
                lambda steps=steps, values=values: steps.onchange(
                    values, list(values), shown
                ),
                dispute.name,
            )

    def test_no_dispute_is_opened_about_a_ticket_that_one_may_not_read(self):
        hidden = self._new_ticket(
            name=SECRET,
            user_id=self.agent.id,
            team_id=self.env["helpdesk.ticket.team"].create({"name": "Others"}).id,
        )
        disputes = self.env["iso10003.dispute"].with_user(self.stranger)
        self._refused(
            lambda: disputes.create({"ticket_id": hidden.id, "subject": "Mine"})
        )
        asked = disputes.with_context(default_ticket_id=hidden.id)
        self._refused(lambda: asked.create({"subject": "Mine"}))
        self._refused(lambda: hidden.with_user(self.stranger).action_open_dispute())
        self._refused(
            lambda: disputes.onchange(
                {"ticket_id": hidden.id}, ["ticket_id"], {"ticket_id": {"fields": {}}}
            )
        )
        loaded = disputes.load(["ticket_id/.id", "subject"], [[str(hidden.id), "x"]])
        self.assertFalse(loaded["ids"])
        self.assertNotIn(SECRET, str(loaded["messages"]))
        self._refused(lambda: hidden.with_user(self.stranger).read(["name"]))

    def test_a_refused_referral_tells_nothing_of_the_dispute(self):
        other = self.env["res.company"].create({"name": "Other Trade"})
        foreigner = self._new_user(
            "foreign_counsel",
            f"{ADDON}.group_counsel",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        referrals = self.env["iso10003.referral"].with_user(foreigner)
        vals = {"dispute_id": self.foreign.id, "basis": "contract", "reason": "x"}
        self._refused(lambda: referrals.create(vals))
        self._refused(lambda: referrals.create({**vals, "company_id": other.id}))
        theirs = {"dispute_id": {"fields": {"display_name": {}}}, "subject": {}}
        self._refused(
            lambda: referrals.onchange(
                {"dispute_id": self.foreign.id}, ["dispute_id"], theirs
            )
        )

    def test_what_is_linked_already_stays_though_it_is_not_read_any_more(self):
        ticket = self.dispute.ticket_id.id
        self.env.ref(f"{ADDON}.rule_ticket_of_dispute").active = False
        self.team.user_ids = False
        self.env.invalidate_all()
        dispute = self.dispute.with_user(self.handler)
        with self.assertRaises(AccessError):
            dispute.ticket_id.read(["name"])
        dispute.write({"ticket_id": ticket, "remedy_sought": "Money"})
        shown = {"ticket_id": {"fields": {}}, "remedy_sought": {}}
        values = {"ticket_id": ticket, "remedy_sought": "More"}
        dispute.onchange(values, ["remedy_sought"], shown)


@tagged("-at_install", "post_install")
class TestRefusals(DisputePeople, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls.dispute = cls._open_dispute(cls._new_ticket(name=SECRET))

    def test_a_refusal_in_debug_mode_names_no_file(self):
        self.authenticate(self.stranger.login, self.stranger.login)
        self.url_open("/odoo?debug=1")
        for record in (self.dispute, self.dispute.ticket_id):
            with self.subTest(model=record._name), mute_logger("odoo.http"):
                answer = self.url_open(
                    "/web/dataset/call_kw",
                    json={
                        "params": {
                            "model": record._name,
                            "method": "read",
                            "args": [record.ids, ["display_name"]],
                            "kwargs": {},
                        }
                    },
                ).json()
                told = str(answer["error"])
                self.assertIn("Blame the following rules", told)
                self.assertIn(str(record.id), told)
                self.assertNotIn(SECRET, told)
                self.assertNotIn(self.dispute.name, told)


@tagged("-at_install", "post_install")
class TestToken(DisputePeople, HttpCase):
    """A link with a token leads to a page, and opens nothing of colleagues."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls.dispute = cls._open_dispute()
        attachments = cls.env["ir.attachment"].with_user(cls.handler)
        attachment = attachments.create({"name": "opinion.txt", "raw": b"We lose."})
        cls.message = cls.dispute.message_post(
            body=f"Between ourselves: {SECRET}",
            subtype_xmlid="mail.mt_comment",
            attachment_ids=attachment.ids,
        )
        cls.token = cls.dispute._portal_ensure_token()
        cls.hash = cls.dispute.sudo()._sign_token(cls.customer.id)

    def _by_link(self):
        pid = self.customer.id
        return ({"token": self.token}, {"hash": self.hash, "pid": pid})

    @mute_logger("odoo.http")
    def _told(self, route, params):
        try:
            return str(self.make_jsonrpc_request(route, params))
        except Exception as refusal:  # what a refusal says is looked at as well
            return str(refusal)

    def test_by_link_nobody_reads_or_writes_in_the_discussion(self):
        thread = {"thread_model": self.dispute._name, "thread_id": self.dispute.id}
        before = self.dispute.message_ids
        for user in (None, self.portal, self.employee):
            self.authenticate(user and user.login, user and user.login)
            for link in self._by_link():
                told = [
                    self._told("/mail/chatter_fetch", {**thread, **link}),
                    self._told("/portal/chatter_init", {**thread, **link}),
                    self._told(
                        "/mail/message/reaction",
                        {
                            "message_id": self.message.id,
                            "content": "👍",
                            "action": "add",
                            **link,
                        },
                    ),
                ]
                if user != self.portal:  # who may write there with a login
                    told.append(
                        self._told(
                            "/mail/message/post",
                            {**thread, **link, "post_data": {"body": "Mine"}},
                        )
                    )
                with self.subTest(user=user and user.login, link=list(link)):
                    for word in (SECRET, "raw_access_token", "opinion.txt"):
                        self.assertNotIn(word, "".join(told))
        self.env.invalidate_all()
        self.assertEqual(self.dispute.message_ids, before)
        self.assertFalse(self.message.sudo().reaction_ids)

    def test_complainants_react_to_what_is_said_to_them(self):
        answer = self.dispute.message_post(
            body="We are at it.",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.customer.ids,
        )
        self.authenticate(self.portal.login, self.portal.login)
        for message in (answer, self.message):
            self._told(
                "/mail/message/reaction",
                {"message_id": message.id, "content": "👍", "action": "add"},
            )
        self.env.invalidate_all()
        self.assertTrue(answer.sudo().reaction_ids)
        self.assertFalse(self.message.sudo().reaction_ids)

    @mute_logger("odoo.http")
    def test_the_link_leads_to_the_page(self):
        self.authenticate(self.portal.login, self.portal.login)
        link = f"/mail/view?model={self.dispute._name}&res_id={self.dispute.id}"
        for address in (link, f"{link}&access_token={self.token}"):
            page = self.url_open(address)
            self.assertEqual(page.status_code, 200)
            self.assertIn(f"/my/disputes/{self.dispute.id}", page.url)
            self.assertIn(self.dispute.name, page.text)
        self.authenticate(None, None)
        page = self.url_open(f"{link}&access_token={self.token}")
        self.assertIn("/web/login", page.url)
        self.assertNotIn(self.dispute.subject, page.text)

    def test_nobody_reads_or_changes_a_token(self):
        for user in (self.handler, self.manager, self.auditor, self.counsel):
            dispute = self.dispute.with_user(user)
            self.env.invalidate_all()
            with self.subTest(user=user.login):
                self.assertNotIn("access_token", dispute.fields_get())
                for door in (
                    lambda own=dispute: own.read(["access_token"]),
                    lambda own=dispute: own.write({"access_token": "mine"}),
                    lambda own=dispute: own.search([("access_token", "=like", "%")]),
                ):
                    # also refused as what only methods write
                    with self.assertRaises(UserError):
                        door()
        for user in (self.auditor, self.counsel, self.portal, self.stranger):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.dispute.with_user(user).get_portal_url()
        self.assertIn(self.token, self.dispute.get_portal_url())

    def test_a_letter_to_the_complainant_carries_the_link(self):
        self.dispute.message_post(
            body="We are at it.",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.customer.ids,
        )
        letters = self.env["mail.mail"].search(
            [("subject", "ilike", self.dispute.name)]
        )
        self.assertIn(self.token, "".join(letters.mapped("body_html")))


class TestCalendar(LegalCase):
    """The appointment of a hearing is for who attends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        referral = cls._lead_referral(cls._draft_referral(), "pending")
        cls.hearing = cls._plan_hearing(
            referral,
            location=SECRET,
            participant_ids=[Command.create({"partner_id": cls.handler.partner_id.id})],
        )
        cls.event = cls.hearing.sudo().event_id.with_env(cls.env)

    def _found(self, user, domain, **options):
        self.env.invalidate_all()
        return self.env["calendar.event"].with_user(user).search(domain, **options)

    def test_nobody_else_guesses_the_place_letter_by_letter(self):
        for user in (self.employee, self.agent, self.evaluator):
            with self.subTest(user=user.login):
                for length in range(1, len(SECRET) + 1):
                    start = SECRET[:length] + "%"
                    self.assertNotIn(
                        self.event, self._found(user, [("location", "=like", start)])
                    )
                self.assertNotIn(self.event, self._found(user, [], order="location"))
                attendees = self.env["calendar.attendee"].with_user(user)
                self.assertFalse(attendees.search([("event_id", "=", self.event.id)]))
                with self.assertRaises(AccessError):
                    self.event.with_user(user).read(["start"])

    def test_who_attends_and_who_reads_the_hearing_find_it(self):
        for user in (self.handler, self.counsel, self.manager, self.auditor):
            with self.subTest(user=user.login):
                self.assertIn(
                    self.event, self._found(user, [("id", "=", self.event.id)])
                )
        self.assertEqual(self.event.with_user(self.handler).location, SECRET)

    def test_nobody_becomes_an_attendee_by_saying_so(self):
        attendees = self.env["calendar.attendee"].with_user(self.employee)
        mine = {"event_id": self.event.id, "partner_id": self.employee.partner_id.id}
        with self.assertRaises(AccessError):
            attendees.create(mine)

    def test_a_refused_move_tells_nothing_to_who_does_not_attend(self):
        with self.assertRaises(AccessError) as refusal:
            self.event.with_user(self.employee).write({"location": "Elsewhere"})
        self.assertNotIn(self.hearing.name, str(refusal.exception))

    def test_managers_of_another_company_do_not_find_it(self):
        other = self.env["res.company"].create({"name": "Other Trade"})
        foreigner = self._new_user(
            "foreign_manager",
            f"{ADDON}.group_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.assertNotIn(
            self.event, self._found(foreigner, [("id", "=", self.event.id)])
        )


class TestPrivilegedNonconformity(LegalCase):
    """A nonconformity of a privileged file is for who may read that file."""

    def test_it_and_its_actions_are_for_those_who_read_the_file(self):
        referral = self._draft_referral(subject=SECRET)
        findings = self.env["mgmtsystem.nonconformity"]
        action = self.env["mgmtsystem.action"].create(
            {"name": SECRET, "type_action": "correction"}
        )
        common = {
            "partner_id": self.customer.id,
            "description": SECRET,
            "responsible_user_id": self.manager.id,
            "manager_user_id": self.manager.id,
            "action_ids": [Command.link(action.id)],
        }
        file = {"res_model": referral._name, "res_id": referral.id}
        privileged = findings.create({**common, **file, "name": SECRET})
        plain = findings.create(
            {
                **common,
                "name": "Plain",
                "res_model": "iso10003.dispute",
                "res_id": self.dispute.id,
                "action_ids": False,
            }
        )
        both = privileged | plain
        viewer = self._new_user("viewer", "mgmtsystem.group_mgmtsystem_viewer")
        quality = self._new_user("quality", "mgmtsystem.group_mgmtsystem_manager")
        for user in (viewer, quality):
            self.env.invalidate_all()
            own = findings.with_user(user)
            with self.subTest(user=user.login):
                self.assertEqual(own.search([("id", "in", both.ids)]), plain)
                with self.assertRaises(AccessError):
                    privileged.with_user(user).read(["name"])
                actions = self.env["mgmtsystem.action"].with_user(user)
                self.assertFalse(actions.search([("name", "=", SECRET)]))
        for user in (self.manager, self.auditor):
            self.env.invalidate_all()
            own = findings.with_user(user)
            self.assertEqual(own.search([("id", "in", both.ids)]), both)
            self.assertTrue(action.with_user(user).read(["name"]))
        action.user_id = viewer
        self.env.invalidate_all()
        self.assertTrue(action.with_user(viewer).read(["name"]))


class TestDebugWall(DisputeCase):
    """The rule against names in refusals is about our files and what names them."""

    def test_other_records_are_named_as_ever(self):
        partner = self.env["res.partner"].create({"name": SECRET})
        users = self.env.registry["res.users"]
        rules = self.env["ir.rule"].with_user(self.employee)
        with patch.object(users, "has_group", lambda user, group: True):
            for record, named in ((partner, True), (self.ticket, False)):
                refusal = rules._make_access_error("read", record)
                told = record.display_name in str(refusal)
                self.assertEqual(told, named, record._name)
