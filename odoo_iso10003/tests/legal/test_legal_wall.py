# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..common import ADDON
from .legal_common import LegalCase

SECRET = "Zarathustra clause"
# what disputes have too: who works on these finds nothing there of a referral
SHARED = {
    "iso10003.cost",
    "iso10003.document",
    "iso10003.hearing",
    "iso10003.hearing.participant",
}
# what looks for records, and is no way in when it finds none
FINDING = {
    "search",
    "search_count",
    "search_read",
    "web_search_read",
    "name_search",
    "read_group",
    "formatted_read_group",
}


class TestPrivilegeWall(LegalCase):
    """What counsel, managers and auditors read, and nobody else, on no path."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # so that nothing but the wall refuses an export
        cls.env.ref("base.group_user").implied_ids += cls.env.ref(
            "base.group_allow_export"
        )
        cls.referral = cls._draft_referral(subject=SECRET, reason=SECRET)
        cls._lead_referral(cls.referral, "pending")
        env = cls.referral.env
        rid = {"referral_id": cls.referral.id}
        cls.hearing = cls._plan_hearing(
            cls.referral,
            summary=SECRET,
            participant_ids=[Command.create({"partner_id": cls.handler.partner_id.id})],
        )
        cls.review = (
            env["iso10003.referral.review"]
            .with_user(cls.chief)
            .create({**rid, "reasons": SECRET})
        )
        cls.document = env["iso10003.document"].create(
            {
                "file_id": cls.referral.file_ids.id,
                "name": SECRET,
                "content": base64.b64encode(SECRET.encode()),
                "file_name": "secret.txt",
            }
        )
        cls.records = [
            cls.referral,
            cls.hearing,
            cls.hearing.participant_ids,
            cls.review,
            cls.document,
            env["iso10003.cost"].create({**rid, "name": SECRET, "amount": 10}),
            env["iso10003.referral.provision"].create(
                {**rid, "best": 1, "likely": 2, "worst": 3, "note": SECRET}
            ),
            env["iso10003.referral.estimate"].create(
                {**rid, "chance_low": 1, "chance_high": 2, "note": SECRET}
            ),
        ]
        cls.message = cls.referral.message_post(body=SECRET)
        cls.activity = cls.referral.activity_schedule(
            "mail.mail_activity_data_todo", summary=SECRET, user_id=cls.counsel.id
        )
        cls.attachment = env["ir.attachment"].create(
            {
                "name": "secret.txt",
                "raw": SECRET.encode(),
                "res_model": cls.referral._name,
                "res_id": cls.referral.id,
            }
        )
        cls.outside = [cls.handler, cls.evaluator, cls.employee, cls.agent, cls.portal]
        cls.inside = [cls.counsel, cls.second_counsel, cls.manager, cls.auditor]
        cls.dispute.with_user(cls.handler).evaluator_id = cls.evaluator
        cls.env.flush_all()

    def _as(self, record, user):
        self.env.invalidate_all()
        return record.with_env(self.env).with_user(user)

    def _assert_shut(self, door):
        with self.assertRaises(AccessError):
            door()

    # ------------------------------------------------------------
    # The records themselves
    # ------------------------------------------------------------

    def test_outside_no_way_of_reading_leads_in(self):
        for user in self.outside:
            for record in self.records:
                for name, door in self._doors(record, user).items():
                    with self.subTest(user=user.login, model=record._name, door=name):
                        if name in FINDING and self._looks_for(user, record):
                            self.assertFalse(self._finds(door))
                            continue
                        # portal users export nothing anyhow, which is said first
                        with self.assertRaises(UserError):
                            door()

    def _finds(self, door):
        found = door()
        return bool(found["records"] if isinstance(found, dict) else found)

    def _looks_for(self, user, record):
        """Return whether who is outside may have such records of a dispute."""
        return record._name in SHARED and user in (self.handler, self.evaluator)

    def test_outside_the_same_doors_show_what_a_dispute_has(self):
        """Else that they find nothing of a referral would prove nothing."""
        paper = self.document.sudo().create(
            {
                "file_id": self.dispute.sudo().file_ids.id,
                "name": "Invoice",
                "content": base64.b64encode(b"What was bought"),
            }
        )
        for user in (self.handler, self.evaluator):
            for name, door in self._doors(paper, user).items():
                with self.subTest(user=user.login, door=name):
                    if name in FINDING:
                        self.assertTrue(self._finds(door))

    def _doors(self, record, user):
        """Return every way to read one record as somebody else."""
        own = self._as(record, user)
        model = own.browse()
        domain = [("id", "=", record.id)]
        return {
            "search": lambda: model.search(domain),
            "search_count": lambda: model.search_count(domain),
            "search_read": lambda: model.search_read(domain, ["id"]),
            "web_search_read": lambda: model.web_search_read(domain, {"id": {}}),
            "name_search": lambda: model.name_search("", domain),
            "read_group": lambda: model._read_group(domain, ["id"]),
            "formatted_read_group": lambda: model.formatted_read_group(domain, ["id"]),
            "read": lambda: own.read(["display_name"]),
            "web_read": lambda: own.web_read({"display_name": {}}),
            "field": lambda: own.create_date,
            "export": lambda: own.export_data(["display_name"]),
            "check_access": lambda: own.check_access("read"),
            "write": lambda: own.check_access("write"),
        }

    def test_inside_all_of_it_is_read(self):
        for user in self.inside:
            for record in self.records:
                with self.subTest(user=user.login, model=record._name):
                    own = self._as(record, user)
                    self.assertTrue(own.read(["display_name"]))
                    self.assertTrue(own.search([("id", "=", record.id)]))

    def test_buttons_are_no_way_in(self):
        for user in self.outside:
            own = self._as(self.referral, user)
            for door in (
                own.action_approve,
                own.action_review,
                own.action_view_costs,
                lambda: own.action_ask("withdraw"),
                lambda: own.action_withdraw("Why not"),
                lambda: own.action_decide_appeal("use", "Why not"),
                lambda: own.action_open_instance("appeal"),
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    door()

    # ------------------------------------------------------------
    # Around it
    # ------------------------------------------------------------

    def test_fields_of_the_dispute_lead_nowhere(self):
        for user in (self.handler, self.evaluator):
            dispute = self._as(self.dispute, user)
            self.assertNotIn("referral_ids", dispute.fields_get())
            for door in (
                lambda: dispute.read(["referral_ids"]),
                lambda: dispute.referral_ids,
                lambda: dispute.web_read({"referral_ids": {"fields": {"reason": {}}}}),
                lambda: dispute.export_data(["referral_ids/reason"]),
                lambda: dispute.search([("referral_ids.reason", "ilike", SECRET)]),
                lambda: dispute.search([("referral_ids", "!=", False)]),
                lambda: dispute._read_group([], ["referral_ids"]),
            ):
                self._assert_shut(door)

    def test_what_handlers_read_on_the_dispute_carries_no_secret(self):
        for user in (self.handler, self.evaluator):
            dispute = self._as(self.dispute, user)
            names = [
                name
                for name in dispute.fields_get(attributes=["type"])
                if name != "message_ids"
            ]
            readable = []
            for name in names:
                comodel = dispute._fields[name].comodel_name
                if not comodel or dispute.env[comodel].has_access("read"):
                    readable.append(name)
            self.assertIn("legal_status", readable)
            self.assertNotIn(SECRET, str(dispute.read(readable)))

    def test_handlers_see_that_it_exists_its_state_and_next_date(self):
        dispute = self._as(self.dispute, self.handler)
        self.assertEqual(dispute.legal_state, "open")
        self.assertEqual(dispute.referral_count, 1)
        self.assertEqual(dispute.legal_next_date, self.hearing.start.date())
        for word in (self.referral.name, "Pending", "First instance"):
            self.assertIn(word, dispute.legal_status)
        self.assertEqual(
            dispute.search([("legal_state", "=", "open"), ("id", "=", dispute.id)]),
            dispute,
        )
        self.assertFalse(
            dispute.search([("legal_state", "!=", "open"), ("id", "=", dispute.id)])
        )
        self._assert_shut(dispute.action_view_referrals)

    def test_the_discussion(self):
        tracking = self.referral.message_ids
        self.assertGreater(len(tracking), 1)
        for user in self.outside:
            with self.subTest(user=user.login):
                messages = self.env["mail.message"].with_user(user)
                domain = [("model", "=", self.referral._name)]
                self.env.invalidate_all()
                self.assertFalse(messages.search(domain))
                self.assertFalse(messages.search([("body", "ilike", SECRET)]))
                self._assert_shut(
                    lambda user=user: self._as(self.message, user).read(["body"])
                )
        self.assertIn(SECRET, self._as(self.message, self.auditor).body)

    def test_nobody_outside_is_addressed_or_follows(self):
        for user in (self.handler, self.agent):
            with self.assertRaisesRegex(UserError, "may not be told"):
                self.referral.message_post(body="Look", partner_ids=user.partner_id.ids)
            self.referral.message_subscribe(user.partner_id.ids)
            self.assertNotIn(user.partner_id, self.referral.message_partner_ids)
        # the other party least of all
        with self.assertRaisesRegex(UserError, "may not be told"):
            self.referral.message_post(body="Look", partner_ids=self.customer.ids)
        # a manager is one of those inside, a law firm is written to on purpose
        firm = self.env["res.partner"].create({"name": "Firm", "email": "f@x.example"})
        self.referral.message_post(
            body="Look", partner_ids=(self.manager.partner_id | firm).ids
        )
        self.referral.message_subscribe(self.manager.partner_id.ids)
        self.assertIn(self.manager.partner_id, self.referral.message_partner_ids)

    def test_activities(self):
        for user in self.outside[:-1]:
            activities = self.env["mail.activity"].with_user(user)
            self.env.invalidate_all()
            self.assertFalse(activities.search([("summary", "=", SECRET)]))
            self._assert_shut(
                lambda user=user: self._as(self.activity, user).read(["summary"])
            )

    def test_attachments(self):
        of_document = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self.document._name),
                ("res_field", "=", "content"),
                ("res_id", "=", self.document.id),
            ]
        )
        self.assertTrue(of_document)
        for user in self.outside:
            for attachment in (self.attachment, of_document):
                own = self._as(attachment, user)
                with self.subTest(user=user.login, attachment=attachment.res_model):
                    self.assertFalse(
                        own.search([("id", "=", own.id), ("res_field", "!=", "x")])
                    )
                    self._assert_shut(lambda own=own: own.read(["raw"]))
        self.assertEqual(self._as(self.attachment, self.auditor).raw, SECRET.encode())

    def test_the_register(self):
        file = self.referral._register_file()
        registers = self.env["iso10003.register"]
        self.assertTrue(registers.search([("file", "=", file)]))
        for user in (self.handler, self.evaluator):
            self.env.invalidate_all()
            self.assertFalse(registers.with_user(user).search([("file", "=", file)]))
            notes = self.env["iso10003.register.note"].with_user(user)
            self.assertFalse(notes.search([("text", "ilike", SECRET)]))
            with self.assertRaises(AccessError):
                registers.with_user(user).verify_chain([file])
        # the rows on their own file carry numbers, states and dates
        own = self._as(self.dispute, self.handler).register_ids
        self.assertIn("legal_opened", own.mapped("event"))
        self.assertNotIn(SECRET, str(own.read(["data", "note", "summary"])))

    def test_the_dossier(self):
        reports = self.env["ir.actions.report"]
        for user in self.outside:
            self.env.invalidate_all()
            self._assert_shut(
                lambda user=user: reports.with_user(user)._render_qweb_html(
                    f"{ADDON}.referral_dossier", self.referral.ids
                )
            )

    def test_the_appointment(self):
        event = self._as(self.hearing.event_id, self.handler)
        names = [
            name
            for name, field in event._fields.items()
            if not field.comodel_name
            or event.env[field.comodel_name].has_access("read")
        ]
        readable = [name for name in names if name in event.fields_get()]
        self.assertNotIn(SECRET, str(event.read(readable)))
        self.assertFalse(event.message_ids.filtered(lambda one: SECRET in one.body))

    # ------------------------------------------------------------
    # Referring
    # ------------------------------------------------------------

    def _refer(self, user, **values):
        action = self._as(self.dispute, user).action_refer()
        dialogs = self.env[action["res_model"]].with_user(user)
        dialog = dialogs.with_context(**action["context"]).create(
            {"basis": "contract", "reason": SECRET + " again", **values}
        )
        return dialog, dialog.action_confirm()

    def test_a_handler_refers_and_reads_it_no_more(self):
        _dialog, answer = self._refer(self.handler, counsel_id=self.counsel.id)
        self.assertEqual(answer["tag"], "display_notification")
        referral = self.dispute.sudo().referral_ids - self.referral.sudo()
        self.assertEqual(referral.state, "draft")
        self.assertEqual(referral.drafter_id, self.handler)
        self.assertEqual(referral.amount, 4000)
        self.assertNotIn(self.handler.partner_id, referral.message_partner_ids)
        self.assertEqual(referral.activity_ids.user_id, self.counsel)
        self._assert_shut(lambda: self._as(referral, self.handler).read(["name"]))
        messages = self.env["mail.message"].with_user(self.handler)
        self.assertFalse(
            messages.search(
                [("model", "=", referral._name), ("res_id", "=", referral.id)]
            )
        )
        self.assertIn(referral.name, self._as(self.dispute, self.handler).legal_status)

    def test_without_counsel_a_manager_takes_it_up(self):
        self._refer(self.handler)
        referral = self.dispute.sudo().referral_ids - self.referral.sudo()
        self.assertTrue(referral.activity_ids)
        for user in referral.activity_ids.user_id:
            self.assertTrue(user.has_group(f"{ADDON}.group_manager"))

    def test_counsel_refers_and_goes_on_with_it(self):
        _dialog, answer = self._refer(self.counsel, counsel_id=self.counsel.id)
        self.assertEqual(answer["res_model"], "iso10003.referral")

    def test_who_does_not_lead_the_dispute_refers_nothing(self):
        for user in (self.stranger, self.employee, self.auditor, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._refer(user)

    def test_a_dialog_is_read_by_who_filled_it_in(self):
        dialog, _answer = self._refer(self.handler)
        self._assert_shut(lambda: self._as(dialog, self.evaluator).read(["reason"]))

    def test_the_manager_who_handles_the_dispute_is_still_not_its_approver(self):
        self._refer(self.manager, counsel_id=self.counsel.id)
        referral = self.dispute.sudo().referral_ids - self.referral.sudo()
        with self.assertRaisesRegex(UserError, "wrote what is to be approved"):
            self._as(referral, self.manager).action_approve()


class TestResultReturns(LegalCase):
    def test_the_result_and_its_duty_return_to_the_dispute(self):
        referral = self._lead_referral(self._draft_referral(), "pending")
        self._decide(referral)
        dispute = self.dispute.with_user(self.handler)
        for word in ("Decided", "For the other party", "Pay the price back"):
            self.assertIn(word, dispute.legal_status)
        row = dispute.register_ids.sorted("sequence")[-1]
        self.assertEqual(row.event, "legal_result")
        self.assertEqual(row.data["obliges"], "organization")
        self.assertEqual(row.data["by"], self._day(30).isoformat())
        self.assertEqual(row.note, "Pay the price back")
        activity = dispute.activity_ids
        self.assertEqual(activity.user_id, self.handler)
        self.assertEqual(activity.date_deadline, self._day(30))
        self.assertIn("Pay the price back", activity.summary)

    def test_a_settlement_returns_too(self):
        referral = self._lead_referral(self._draft_referral(), "pending")
        self._step(
            referral,
            "settle",
            settled_date=self._day(0),
            awarded=1200,
            duty_party="organization",
            duty_summary="Pay 1200",
            duty_date=self._day(14),
            reason="Both sides save the costs.",
        )
        self.assertEqual(referral.state, "settled")
        self.assertEqual(self.dispute.legal_state, "ended")
        self.assertIn("Pay 1200", self.dispute.legal_status)

    def test_a_decision_that_obliges_nobody_asks_nobody(self):
        referral = self._lead_referral(self._draft_referral(), "pending")
        self._decide(referral, duty_party="nobody", duty_summary=False, duty_date=False)
        self.assertFalse(self.dispute.activity_ids)


class TestCompanies(LegalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other Trade"})
        cls.foreigner = cls._new_user(
            "foreign_counsel",
            f"{ADDON}.group_counsel",
            company_id=cls.other.id,
            company_ids=[Command.set(cls.other.ids)],
        )
        cls.foreign_manager = cls._new_user(
            "foreign_manager",
            f"{ADDON}.group_manager",
            company_id=cls.other.id,
            company_ids=[Command.set(cls.other.ids)],
        )

    def test_each_company_sees_its_own(self):
        referral = self._lead_referral(self._draft_referral(), "pending")
        hearing = self._plan_hearing(referral)
        cost = referral.env["iso10003.cost"].create(
            {"referral_id": referral.id, "name": "Fee", "amount": 10}
        )
        for record in (referral, hearing, cost):
            self.env.invalidate_all()
            own = record.with_user(self.foreigner)
            self.assertFalse(own.search([("id", "=", record.id)]))
            with self.assertRaises(AccessError):
                own.read(["display_name"])

    def test_numbers_policies_and_authorities_are_of_the_company(self):
        foreign = (
            self.env["iso10003.referral"]
            .with_user(self.foreigner)
            .create({"subject": "Theirs", "scope_reason": "A supplier"})
        )
        self.assertEqual(foreign.company_id, self.other)
        self.assertEqual(foreign.policy_id.company_id, self.other)
        self.assertTrue(foreign.name.endswith("00001"))
        foreign.authority_id = self.court  # shared by all
        self.court.company_id = self.company
        with self.assertRaises(UserError):
            foreign.with_user(self.foreigner).write(
                {"authority_id": False, "subject": "Theirs again"}
            )
            foreign.authority_id = self.court
            foreign.flush_recordset()

    def test_a_matter_is_not_given_to_another_company(self):
        referral = self._draft_referral()
        with self.assertRaisesRegex(UserError, "neither counsel nor dispute manager"):
            referral.counsel_id = self.foreigner

    def test_managers_of_another_company_are_asked_nothing(self):
        self.dispute.policy_id.sudo()._guarded_write({"approver_id": False})
        referral = self._draft_referral(limitation_date=self._day(5), counsel_id=False)
        self._sweep_on(self._day(0))
        asked = referral.sudo().activity_ids.user_id
        self.assertIn(self.manager, asked)
        self.assertNotIn(self.foreign_manager, asked)
