# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import InsufficientPrivilege

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...core import chain
from ...models.register.register import keep_rows
from ..common import ADDON, DisputePeople
from ..core.verify_script import VerifyScript
from .register_common import RegisterCase


class TestRegisterRows(RegisterCase):
    def test_a_file_begins_with_its_opening(self):
        row = self._rows()
        self.assertEqual(
            (row.event, row.sequence, row.actor), ("opened", 1, self.handler.id)
        )
        self.assertEqual(
            row.data,
            {
                "number": self.dispute.name,
                "to": "referral",
                "waiting_on": "organization",
                "ticket": self.ticket.id,
                "policy_version": self.dispute.policy_id.id,
                "owner": self.handler.id,
                "direct_notice": False,
                "values": row.data["values"],  # see test_register_sealed.py
                "complaint_handlers": self.agent.ids,
            },
        )
        self.assertEqual(row.previous_hash, chain.GENESIS)

    def test_a_policy_has_a_file_from_its_draft_on(self):
        policy = self.env["iso10003.policy"].with_user(self.chief)
        policy = policy.create({"name": "Next year's"})
        self.assertEqual(self._breaks(), [])
        policy.with_user(self.manager).action_approve()
        file = policy._register_file()
        rows = self.env["iso10003.register"].with_user(self.auditor)
        rows = rows.search([("file", "=", file)])
        self.assertEqual(rows.mapped("event"), ["opened", "approved"])
        self.assertEqual(rows[0].data, {"version": policy.version})
        self.assertEqual(self._breaks(), [])

    def test_a_change_of_state_is_registered(self):
        self._give(self.dispute, self._wanted("referral"))
        self.dispute.action_advance("All is there.")
        row = self._rows()[-1]
        self.assertEqual(row.event, "transition")
        self.assertEqual(
            row.data,
            {
                "step": "forward",
                "from": "referral",
                "to": "notice",
                "waiting_on": "organization",
                "gates": dict.fromkeys(
                    (
                        "complainant_known",
                        "scope_decided",
                        "complaint_exhausted",
                        "not_referred_back",
                        "recourse_told",
                    ),
                    "block",
                ),
                "note_sha256": row.data["note_sha256"],
            },
        )
        self.assertEqual(row.note, "All is there.")
        self.assertEqual(
            row.summary,
            "7.2 Referral → 7.3 Notice; 5 gates asked, 5 of them blocking",
        )

    def test_the_scope_is_registered_with_who_decided_and_why(self):
        self.dispute.write({"scope_decision": "in_scope", "scope_reason": "A product"})
        row = self._rows()[-1]
        self.assertEqual((row.event, row.note), ("scope", "A product"))
        self.assertEqual(row.data["decision"], "in_scope")
        self.assertEqual(self.dispute.scope_user_id, self.handler)
        self.dispute.scope_decision = "in_scope"  # as it is already
        self.assertEqual(self._rows()[-1], row)

    def test_a_scope_that_is_given_with_the_file_is_registered_too(self):
        dispute = (
            self.env["iso10003.dispute"]
            .with_user(self.handler)
            .create(
                {
                    "subject": "Decided at once",
                    "ticket_id": self._new_ticket().id,
                    "scope_decision": "out_of_scope",
                    "scope_reason": "An employee's dispute",
                }
            )
        )
        self.assertEqual(dispute.register_ids.mapped("event"), ["opened", "scope"])
        self.assertEqual(dispute.scope_user_id, self.handler)

    def test_who_must_act_next_is_registered(self):
        former = self.dispute.waiting_on
        self.dispute.waiting_on = "provider"
        row = self._rows()[-1]
        self.assertEqual(row.event, "waiting")
        self.assertEqual(row.data, {"from": former, "to": "provider"})

    def test_a_hold_and_its_end_are_registered(self):
        self.dispute.action_hold("The provider is closed.")
        self.dispute.action_resume()
        hold, resume = self._rows()[-2:]
        self.assertEqual((hold.event, hold.note), ("hold", "The provider is closed."))
        self.assertEqual((resume.event, resume.note), ("resume", False))

    def test_an_override_is_registered(self):
        self.dispute.with_user(self.manager).action_override_independence(
            self.agent.id, "No one else is here."
        )
        row = self._rows()[-1]
        self.assertEqual((row.event, row.actor), ("override", self.manager.id))
        self.assertEqual(row.data["rule"], "evaluator_independent")
        self.assertEqual(row.data["user"], self.agent.id)
        self.assertEqual(row.note, "No one else is here.")

    def test_a_result_and_the_closing_are_registered(self):
        self._lead_to(self.dispute, "closed")
        result = self._rows().filtered(lambda row: row.event == "outcome")
        self.assertEqual(result.data["outcome"], "settled_facilitated")
        self.assertEqual(result.note, "The parties agreed.")
        self.assertEqual(self._rows()[-1].data["outcome"], "settled_facilitated")

    def test_rows_are_numbered_without_a_gap_and_whole(self):
        self._lead_a_full_life()
        self.assertEqual(
            self._rows().mapped("sequence"), list(range(1, len(self._rows()) + 1))
        )
        self.assertEqual(self._breaks([self.file]), [])

    def test_the_row_of_a_refused_step_is_not_there(self):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.dispute.action_advance()
        self.assertEqual(self._events(), ["opened"])
        self.dispute.action_hold("So that a row follows.")
        self.assertEqual(self._breaks([self.file]), [])

    def test_many_events_of_one_file_can_be_appended_at_once(self):
        rows = [(self.dispute, "correction", {"n": n}, f"note {n}") for n in range(3)]
        self.env["iso10003.register"]._append(rows)
        self.assertEqual(
            self._rows()[1:].mapped("note"), ["note 0", "note 1", "note 2"]
        )
        self.assertEqual(self._breaks([self.file]), [])

    def test_a_value_that_cannot_be_sealed_is_refused(self):
        for data in ({"amount": 1.5}, {1: "a"}, {"day": fields.Date.today()}):
            with self.subTest(data), self.assertRaises(TypeError):
                self.dispute._register_event("correction", data)
        with self.assertRaises(ValueError):
            self.dispute._register_event("correction", {"text": "\x00"})

    def test_a_clock_that_is_set_back_changes_nothing(self):
        with freeze_time(fields.Datetime.now() - timedelta(days=2)):
            self.dispute.action_hold("The clock was wrong.")
        self.assertEqual(self._breaks([self.file]), [])
        self.assertGreaterEqual(self.dispute.duration_tracking["referral"], 0)

    def _lead_a_full_life(self):
        """Return the free texts that people wrote on the way."""
        dispute, managed = self.dispute, self.dispute.with_user(self.manager)
        dispute.action_hold("Mrs Example is in hospital.")
        dispute.action_resume()
        self._give(dispute, self._wanted("referral"))
        dispute.action_advance("Roya called about it.")
        dispute.action_step_back("Wrong button, said Farhad.")
        self._lead_to(dispute, "evaluation")
        managed.action_override_independence(self.agent.id, "Only Farhad knows it.")
        dispute.waiting_on = "provider"
        self._lead_to(dispute, "closed")
        managed.action_reopen("Roya Example has no money yet.")
        return [
            "Mrs Example is in hospital.",
            "Roya called about it.",
            "Wrong button, said Farhad.",
            "A consumer's complaint about a product",
            "Only Farhad knows it.",
            "The parties agreed.",
            "Roya Example has no money yet.",
        ]

    def test_no_personal_data_is_sealed_in_the_clear(self):
        reasons = self._lead_a_full_life()
        people = self.handler | self.manager | self.agent | self.evaluator
        personal = [
            self.customer.name,
            self.customer.email,
            self.dispute.subject,
            "The drum was faulty.",
            "Test drums before delivery.",
            *people.mapped("name"),
            *people.mapped("login"),
            *reasons,
        ]
        rows = self._rows()
        self.assertLessEqual(
            {"opened", "transition", "hold", "resume", "override", "waiting", "scope"},
            set(rows.mapped("event")),
        )
        sealed = json.dumps(
            rows.read([*chain.SEALED_KEYS[2:], "hash"], load=None),
            ensure_ascii=False,
            default=str,
        )
        for text in personal:
            self.assertNotIn(text, sealed)
        # beside the reasons of what was recorded without a letter
        noted = rows.filtered(lambda row: row.note and row.event != "happened")
        self.assertEqual(sorted(noted.mapped("note")), sorted(reasons))


class TestRegisterAccess(RegisterCase):
    def setUp(self):
        super().setUp()
        self.dispute.action_hold("Mrs Example is in hospital.")
        self.row = self._rows()[-1]
        self.note = self.env["iso10003.register.note"].search(
            [("register_id", "=", self.row.id)]
        )

    def test_who_leads_the_file_or_watches_over_all_reads_it(self):
        for user in (self.handler, self.manager, self.counsel, self.auditor):
            with self.subTest(user.login):
                row = self.row.with_user(user)
                self.assertEqual(row.note, "Mrs Example is in hospital.")
                self.assertEqual(row.actor_name, self.handler.name)
                self.assertEqual(self.note.with_user(user).text, row.note)

    def test_another_handler_does_not(self):
        for record in (self.row, self.note):
            self.env.invalidate_all()
            record = record.with_user(self.stranger)
            self.assertFalse(record.search([("id", "=", record.id)]))
            with self.assertRaises(AccessError):
                record.read([])

    def test_who_has_nothing_to_do_with_disputes_reads_nothing(self):
        for user in (self.employee, self.agent, self.portal):
            for model in ("register", "register.note", "register.head"):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    self.env[f"iso10003.{model}"].with_user(user).search([])

    def test_nobody_writes_rows_through_the_orm(self):
        users = (
            self.handler,
            self.manager,
            self.auditor,
            self.env.ref("base.user_root"),
        )
        for user in users:
            row = self.row.with_user(user)
            for attempt in (
                lambda row=row: row.create({"file": self.file, "event": "hold"}),
                lambda row=row: row.write({"event": "resume"}),
                lambda row=row: row.sudo().write({"event": "resume"}),
                lambda row=row: row.unlink(),
                lambda row=row: row.sudo().unlink(),
                lambda row=row: row.copy(),
                lambda row=row: row.name_create("x"),
                lambda row=row: row.web_save({"event": "resume"}, {}),
                lambda row=row: call_kw(row.browse(), "create", [{}], {}),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    attempt()
            with self.subTest(user.login):
                result = row.load(["file", "event"], [["x,1", "Opened"]])
                self.assertFalse(result["ids"])
        self.assertEqual(self._breaks([self.file]), [])

    def test_texts_and_ends_are_not_written_either(self):
        head = self.env["iso10003.register.head"].search([("file", "=", self.file)])
        for user in (self.handler, self.manager, self.counsel, self.auditor):
            for record, vals in ((self.note, {"text": "x"}), (head, {"sequence": 1})):
                record = record.with_user(user)
                for attempt in (
                    lambda record=record, vals=vals: record.create(vals),
                    lambda record=record, vals=vals: record.write(vals),
                    lambda record=record: record.unlink(),
                ):
                    with self.subTest(user.login), self.assertRaises(AccessError):
                        attempt()

    def test_rows_stay_whatever_becomes_of_their_kind_of_event(self):
        kinds = self.env["iso10003.register"]._fields["event"].ondelete
        self.assertIn("competent", kinds)
        for kind, becomes in kinds.items():
            with self.subTest(kind):
                self.assertIs(becomes, keep_rows)

    @mute_logger("odoo.sql_db")
    def test_postgresql_refuses_to_change_history_to_the_owner_of_the_table(self):
        self.env.flush_all()
        for role in ("origin", "replica"):  # replica: ordinary triggers are off
            for statement in (
                "UPDATE iso10003_register SET event = 'hold'",
                "UPDATE iso10003_register SET actor = actor WHERE false",
                "DELETE FROM iso10003_register",
                f"DELETE FROM iso10003_register WHERE id = {self.row.id}",
                "TRUNCATE iso10003_register CASCADE",
                "TRUNCATE res_company CASCADE",
            ):
                with self.subTest(role=role, statement=statement):
                    with self.env.cr.savepoint(flush=False) as savepoint:
                        self.env.cr.execute(
                            f"SET LOCAL session_replication_role={role}"
                        )
                        with self.assertRaisesRegex(
                            InsufficientPrivilege, "The register is append-only"
                        ):
                            self.env.cr.execute(statement)
                        savepoint.rollback()
        self.assertEqual(self._breaks([self.file]), [])

    def test_erasing_a_text_does_not_break_the_chain(self):
        self.row.with_user(self.manager).action_erase_texts("Asked for")
        self.env.invalidate_all()
        self.assertFalse(self.note.exists())
        self.assertEqual(self.row.note, "(erased)")
        self.assertTrue(self.row.data["note_sha256"])
        self.assertEqual(self._breaks([self.file]), [])

    def test_erasing_people_does_not_break_the_chain(self):
        # somebody who signed no declaration, which stays on record with who did
        passing = self._new_user("passing", f"{ADDON}.group_manager")
        self.dispute.with_user(passing).action_resume()
        number = passing.id
        partner = passing.partner_id
        passing.unlink()
        partner.unlink()
        self.dispute._guarded_write({"partner_id": False})
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM iso10003_party WHERE partner_id = %s", [self.customer.id]
        )
        self.ticket.partner_id = False
        self.portal.unlink()
        self.customer.unlink()
        self.env.invalidate_all()
        row = self._rows().filtered(lambda row: row.event == "resume")
        self.assertEqual((row.actor, row.actor_name), (number, f"User {number}"))
        self.assertEqual(self._breaks([self.file]), [])


@tagged("-at_install", "post_install")
class TestRegisterExport(VerifyScript, DisputePeople, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls.dispute = cls._open_dispute()
        cls.dispute.action_hold("Mrs Example is in hospital – با احترام")

    def _get(self, user):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/iso10003/register/{self.dispute.id}")

    def test_who_reads_the_file_downloads_what_the_script_accepts(self):
        for user in (self.handler, self.manager, self.counsel, self.auditor):
            with self.subTest(user.login):
                response = self._get(user)
                self.assertEqual(response.status_code, 200)
                number = self.dispute.name.replace("/", "-")
                disposition = response.headers["Content-Disposition"]
                self.assertIn(f"{number}.jsonl", disposition)
                text = response.content.decode()
                self.assertIn("با احترام", text)
                run = self._run_script(text.splitlines())
                self.assertEqual((run.returncode, run.stderr), (0, ""))
                file = self.dispute._register_file()
                self.assertIn(f"{file}: whole, 2 rows", run.stdout)

    def test_the_button_leads_to_the_download(self):
        action = self.dispute.action_export_register()
        self.assertEqual(action["url"], f"/iso10003/register/{self.dispute.id}")

    def test_nobody_else_downloads_it(self):
        for user in (self.stranger, self.employee, self.agent, self.portal):
            with self.subTest(user.login):
                response = self._get(user)
                self.assertEqual(response.status_code, 403)
                self.assertNotIn("previous_hash", response.text)
        self.authenticate(None, None)
        response = self.url_open(f"/iso10003/register/{self.dispute.id}")
        self.assertIn("/web/login", response.url)

    def test_a_file_that_is_not_there_is_not_found(self):
        self.authenticate(self.auditor.login, self.auditor.login)
        response = self.url_open("/iso10003/register/999999999")
        self.assertEqual(response.status_code, 404)
