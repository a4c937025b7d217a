# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, ExclusionViolation, UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..common import ADDON, DisputePeople
from .policy_common import PolicyCase


class TestPolicyLife(PolicyCase):
    # ------------------------------------------------------------
    # Written by one, approved by another
    # ------------------------------------------------------------

    def test_the_author_does_not_approve(self):
        draft = self._new_draft()
        self.assertEqual(draft.author_id, self.chief)
        with self.assertRaisesRegex(UserError, "wrote what is to be approved"):
            draft.action_approve()
        self.assertEqual(draft.state, "draft")
        draft.with_user(self.manager).action_approve()
        self.assertEqual(draft.state, "approved")
        self.assertEqual(draft.approver_id, self.manager)
        self.assertEqual(draft.approved_date, fields.Date.today())

    def test_the_register_seals_what_was_approved(self):
        self.page.content = "<p>We listen first.</p>"
        policy = self._new_draft(scope="<p>Everything</p>", page_id=self.page.id)
        policy.with_user(self.manager).action_approve()
        row = self.env["iso10003.register"].search(
            [("file", "=", policy._register_file()), ("event", "=", "approved")]
        )
        sealed = row.data["text_sha256"]
        self.assertEqual(policy._prepare_approved_data()["text_sha256"], sealed)
        self.page.content = "<p>We pay nothing.</p>"
        self.assertNotEqual(policy._prepare_approved_data()["text_sha256"], sealed)
        self.page.content = "<p>We listen first.</p>"
        self.assertEqual(policy._prepare_approved_data()["text_sha256"], sealed)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE iso10003_policy SET answer_days = 999 WHERE id = %s", [policy.id]
        )
        policy.invalidate_recordset()
        self.assertNotEqual(policy._prepare_approved_data()["text_sha256"], sealed)

    def test_nor_does_who_changed_the_draft(self):
        draft = self._new_draft()
        draft.with_user(self.manager).write({"answer_days": 30})
        self.assertEqual(draft.writer_ids, self.manager)
        with self.assertRaisesRegex(UserError, "wrote what is to be approved"):
            draft.with_user(self.manager).action_approve()
        third = self._new_user("third", f"{ADDON}.group_manager")
        draft.with_user(third).update_field_translations("name", {"en_US": "Mine"})
        with self.assertRaisesRegex(UserError, "wrote what is to be approved"):
            draft.with_user(third).action_approve()
        fourth = self._new_user("fourth", f"{ADDON}.group_manager")
        draft.with_user(fourth).action_approve()
        self.assertEqual(draft.approver_id, fourth)

    def test_looking_at_a_draft_makes_nobody_its_writer(self):
        draft = self._new_draft(recourse="<p>Go to court.</p>")
        draft.with_user(self.manager).write(
            {
                "name": "Policy of the chief",
                "recourse": "<p>Go to court.</p>",
                "review_date": fields.Date.today(),
            }
        )
        self.assertFalse(draft.writer_ids)
        draft.with_user(self.manager).action_approve()

    def test_the_database_knows_no_approval_by_the_author(self):
        draft = self._new_draft()
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.env.cr.execute(
                "UPDATE iso10003_policy SET approver_id = author_id WHERE id = %s",
                [draft.id],
            )

    def test_handlers_read_policies_and_no_more(self):
        draft = self._new_draft().with_user(self.handler)
        self.assertTrue(draft.read(["name", "recourse"]))
        for attempt in (
            draft.action_approve,
            draft.action_new_version,
            draft.unlink,
            draft.copy,
            lambda: draft.write({"name": "Mine"}),
            lambda: draft.create({"name": "Mine"}),
        ):
            with self.assertRaises(AccessError):
                attempt()
        approved = self._new_approved().with_user(self.handler)
        with self.assertRaises(AccessError):
            approved.action_put_in_force()
        self.assertEqual(approved.state, "approved")

    def test_each_step_has_its_place(self):
        draft = self._new_draft().with_user(self.manager)
        with self.assertRaisesRegex(UserError, "is draft, not approved"):
            draft.action_put_in_force()
        draft.action_approve()
        with self.assertRaisesRegex(UserError, "is approved, not draft"):
            draft.action_approve()
        draft.action_put_in_force()
        with self.assertRaisesRegex(UserError, "is in force, not approved"):
            draft.action_put_in_force()
        self.assertEqual(self.present.state, "superseded")
        for step in (self.present.action_approve, self.present.action_put_in_force):
            with self.assertRaisesRegex(UserError, "is superseded"):
                step()

    def test_each_step_is_in_the_register(self):
        policy = self._new_in_force()
        self.assertEqual(self._events(policy), ["opened", "approved", "in_force"])
        self.assertEqual(self._events(self.present)[-1], "superseded")
        row = self.env["iso10003.register"].search(
            [("file", "=", policy._register_file()), ("event", "=", "approved")]
        )
        self.assertEqual(row.actor, self.manager.id)
        self.assertEqual(row.data["version"], policy.version)
        files = [policy._register_file(), self.present._register_file()]
        register = self.env["iso10003.register"].with_user(self.auditor)
        self.assertEqual(register.verify_chain(files), [])

    # ------------------------------------------------------------
    # Never edited afterwards
    # ------------------------------------------------------------

    def _other_values(self):
        other_currency = self.env["res.currency"].search(
            [("id", "!=", self.company.currency_id.id)], limit=1
        )
        return {
            "name": "Something else",
            "page_id": self.page.id,
            "scope": "<p>Something else</p>",
            "methods": "<p>Something else</p>",
            "cost_to_complainant": "Everything",
            "recourse": "<p>Something else</p>",
            "currency_id": other_currency.id,
            "answer_days": 7,
            "counsel_limit": 77,
            "legal_review_days": 7,
            "vacancy_days": 7,
            "offer_acceptance": "any",
            "confirmation_days": 7,
            "issue_files": 7,
            "issue_months": 7,
            "effect_days": 7,
        }

    def test_every_field_is_frozen_or_has_a_reason_not_to_be(self):
        policy = self.present
        # when to look at it again is no part of the policy; rules freeze themselves
        free = {
            "review_date",
            "gate_ids",
            "rule_ids",
            "segregation_ids",
            "tier_ids",
            "track_ids",
        }
        stored = {
            name
            for name, field in policy._fields.items()
            if field.store
            and name not in MAGIC_COLUMNS
            and not name.startswith(("message_", "activity_", "website_message_"))
        }
        self.assertEqual(
            stored,
            policy._frozen_fields
            | policy._get_marked_fields("guarded")
            | policy._get_marked_fields("fixed")
            | free,
        )
        self.assertEqual(policy._frozen_fields, self._other_values().keys())

    def test_an_approved_version_is_frozen(self):
        superseded = self.present
        in_force = self._new_in_force()
        approved = self._new_approved()
        self.env["res.lang"]._activate_lang("fa_IR")

        def load(policy, name, value):
            relational = policy._fields[name].relational
            column = f"{name}/.id" if relational else name
            result = policy.browse().load(
                [".id", column], [[str(policy.id), str(value)]]
            )
            if not result["ids"]:
                raise UserError(result["messages"][0]["message"])

        doors = {
            "write": lambda policy, name, value: policy.write({name: value}),
            "write in another language": lambda policy, name, value: (
                policy.with_context(lang="fa_IR").write({name: value})
            ),
            "web_save": lambda policy, name, value: policy.web_save({name: value}, {}),
            "import": load,
        }
        translating = {
            "translation": lambda policy, name, value: policy.update_field_translations(
                name, {"fa_IR": value}
            ),
            "all translations": lambda policy, name, value: (
                policy.web_override_translations({name: value})
            ),
        }
        texts = {"name", "cost_to_complainant"}
        for policy in (approved, in_force, superseded):
            before = policy.sudo().read(policy._frozen_fields)
            for name, value in self._other_values().items():
                for user in (self.chief, self.manager, self.env.user):
                    ways = {**doors, **translating} if name in texts else doors
                    for door, attempt in ways.items():
                        with (
                            self.subTest(
                                state=policy.state,
                                field=name,
                                door=door,
                                user=user.login,
                            ),
                            self.assertRaises(UserError),
                        ):
                            attempt(policy.with_user(user), name, value)
            self.env.invalidate_all()
            self.assertEqual(policy.sudo().read(policy._frozen_fields), before)

    def test_a_text_is_frozen_term_by_term(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        policy = self._new_approved(recourse="<p>Go to court.</p>")
        with self.assertRaisesRegex(UserError, "does not change"):
            policy.update_field_translations(
                "recourse", {"fa_IR": {"Go to court.": "Stay at home."}}
            )

    def test_the_same_values_may_be_written_again(self):
        """A form sends what it shows."""
        policy = self._new_in_force(recourse="<p>Go to court.</p>")
        for name in policy._frozen_fields:
            field = policy._fields[name]
            policy.write({name: field.convert_to_write(policy[name], policy)})
        policy.review_date = fields.Date.today()
        self.assertEqual(policy.review_date, fields.Date.today())

    def test_the_same_doors_are_open_to_a_draft(self):
        """Else the tests above would prove nothing."""
        for name, value in self._other_values().items():
            draft = self._new_draft()
            draft.write({name: value})
            self.assertEqual(
                draft._fields[name].convert_to_write(draft[name], draft), value
            )

    def test_a_policy_stays_with_its_company(self):
        other = self.env["res.company"].create({"name": "Other Trade"})
        with self.assertRaisesRegex(UserError, "cannot be written directly"):
            self._new_draft().sudo().company_id = other

    def test_only_drafts_can_be_deleted(self):
        self._new_draft().unlink()
        for policy in (self._new_approved(), self._new_in_force(), self.present):
            for user in (self.manager, self.env.user):
                with self.assertRaisesRegex(UserError, "stays on record"):
                    policy.with_user(user).unlink()

    # ------------------------------------------------------------
    # Versions
    # ------------------------------------------------------------

    def test_a_new_version_starts_from_the_text_of_the_old_one(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        old = self._new_draft(recourse="<p>Go to court.</p>", page_id=self.page.id)
        old.with_context(lang="fa_IR").recourse = "<p>به دادگاه بروید.</p>"
        old.with_user(self.manager).action_approve()
        action = old.with_user(self.manager).action_new_version()
        new = self.env["iso10003.policy"].browse(action["res_id"])
        self.assertEqual(new.state, "draft")
        self.assertEqual(new.version, old.version + 1)
        self.assertEqual(new.previous_id, old)
        self.assertEqual(new.author_id, self.manager)
        self.assertFalse(
            new.approver_id or new.writer_ids or new.valid_from or new.approved_date
        )
        for name in new._frozen_fields:
            self.assertEqual(new[name], old[name])
        self.assertIn("دادگاه", new.with_context(lang="fa_IR").recourse)

    def test_version_numbers_are_one_series_of_the_company(self):
        versions = [self._new_draft().version for _draft in range(3)]
        first = self.present.version
        self.assertEqual(versions, [first + 1, first + 2, first + 3])
        drafts = self.env["iso10003.policy"].with_user(self.chief)
        drafts = drafts.create([{"name": "One"}, {"name": "Two"}])
        self.assertEqual(drafts.mapped("version"), [first + 4, first + 5])
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            drafts[0]._guarded_write({"version": first})
            drafts.flush_recordset()

    def test_a_version_in_force_ends_the_one_before(self):
        tomorrow = fields.Date.today() + timedelta(days=1)
        policy = self._new_approved()
        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            policy.action_put_in_force()
        self.assertEqual(policy.state, "in_force")
        self.assertEqual(policy.valid_from, tomorrow)
        self.assertFalse(policy.valid_to)
        self.assertEqual(self.present.state, "superseded")
        self.assertEqual(self.present.valid_to, tomorrow)
        in_force = self.env["iso10003.policy"]._in_force
        for day, version in (
            (self.present.valid_from, self.present),
            (fields.Date.today(), self.present),
            (tomorrow, policy),
            (tomorrow + timedelta(days=1000), policy),
        ):
            self.assertEqual(in_force(self.company, day), version)

    def test_two_versions_on_one_day_leave_the_later_one(self):
        first, second = self._new_in_force(), self._new_in_force()
        self.assertEqual(first.state, "superseded")
        self.assertEqual(first.valid_from, first.valid_to)
        today = fields.Date.today()
        self.assertEqual(self.present._in_force(self.company, today), second)

    def test_the_database_keeps_one_version_in_force(self):
        today = fields.Date.today()
        draft = self._new_draft()
        self.env.flush_all()
        for state, start, end in (
            ("in_force", today, None),
            ("in_force", today + timedelta(days=500), None),
            ("superseded", today, today + timedelta(days=2)),
            ("in_force", self.present.valid_from - timedelta(days=9), None),
        ):
            with (
                self.subTest(state=state, start=start),
                mute_logger("odoo.sql_db"),
                self.assertRaises(ExclusionViolation),
            ):
                self.env.cr.execute(
                    "UPDATE iso10003_policy SET state = %s, valid_from = %s, "
                    "valid_to = %s WHERE id = %s",
                    [state, start, end, draft.id],
                )
        # a time that nobody else has is free
        self.env.cr.execute(
            "UPDATE iso10003_policy SET state = 'superseded', valid_from = %s, "
            "valid_to = %s WHERE id = %s",
            ["2001-01-01", "2002-01-01", draft.id],
        )

    def test_each_company_has_its_own_version_in_force(self):
        other = self.env["res.company"].create({"name": "Other Trade"})
        today = fields.Date.today()
        theirs = self.env["iso10003.policy"]._in_force(other, today)
        self.assertNotEqual(theirs, self.present)
        self._new_in_force()
        self.assertEqual(theirs.state, "in_force")

    # ------------------------------------------------------------
    # Disputes
    # ------------------------------------------------------------

    def test_a_dispute_keeps_the_version_it_started_under(self):
        old = self._open_dispute()
        policy = self._new_in_force(answer_days=1)
        new = self._open_dispute(self._new_ticket())
        self.assertEqual(old.policy_id, self.present)
        self.assertEqual(new.policy_id, policy)
        self._lead_to(old, "notice")
        self.assertEqual(old.policy_id, self.present)
        self.assertEqual(policy.with_user(self.manager).dispute_count, 1)

    def test_without_a_policy_in_force_nothing_is_opened(self):
        self.env.cr.execute(
            "UPDATE iso10003_policy SET state = 'superseded', valid_to = valid_from "
            "WHERE company_id = %s AND state = 'in_force'",
            [self.company.id],
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError) as caught:
            self._open_dispute()
        message = str(caught.exception)
        self.assertIn(self.company.name, message)
        self.assertIn(str(fields.Date.today().year), message)
        self.assertIn("Policies", message)
        self.assertFalse(self.ticket.dispute_ids)

    def test_the_error_names_a_menu_that_is_there(self):
        path = self.env.ref(f"{ADDON}.menu_policy").complete_name
        with self.assertRaises(UserError) as caught:
            self.present._in_force(self.company, fields.Date.to_date("1999-01-01"))
        self.assertIn(path.replace("/", " ▸ "), str(caught.exception))

    # ------------------------------------------------------------
    # The policy that comes with the product
    # ------------------------------------------------------------

    def test_the_default_policy_is_in_force_from_the_first_day(self):
        shipped = self.env.ref(f"{ADDON}.default_policy")
        # the demo organization has its own by now
        self.assertIn(shipped.state, ("in_force", "superseded"))
        self.assertFalse(shipped.author_id or shipped.approver_id)
        self.assertEqual(self._events(shipped)[:2], ["opened", "in_force"])
        for name in ("scope", "methods", "cost_to_complainant", "recourse"):
            self.assertTrue(shipped[name])

    def test_a_new_company_may_open_disputes_wherever_it_is(self):
        """Also where the day began later than where the company was entered."""
        other = self.env["res.company"].create({"name": "Other Trade"})
        yesterday = fields.Date.today() - timedelta(days=1)
        self.assertTrue(self.present._in_force(other, yesterday))

    def test_every_company_keeps_its_own_policy(self):
        """Nothing is shipped over what an organization wrote itself."""
        policy = self._new_in_force()
        self.env["res.company"].search([])._prepare_for_disputes()
        self.assertEqual(policy.state, "in_force")

    # ------------------------------------------------------------
    # Wrong inputs
    # ------------------------------------------------------------

    def test_wrong_inputs_are_refused_with_a_word_of_help(self):
        drafts = self.env["iso10003.policy"].with_user(self.chief)
        for name, value, message in (
            ("answer_days", "0", "one or more"),
            ("answer_days", "-5", "one or more"),
            ("answer_days", "soon", "soon"),
            ("name", "", "required"),
        ):
            with self.subTest(field=name, value=value), mute_logger("odoo.sql_db"):
                vals = {"name": "Wrong", name: value}
                result = drafts.load(list(vals), [list(vals.values())])
                self.assertFalse(result["ids"])
                self.assertIn(message, result["messages"][0]["message"])
        for vals in ({"answer_days": 0}, {"counsel_limit": -1}):
            with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
                self._new_draft(**vals)


@tagged("-at_install", "post_install")
class TestPolicyByRpc(DisputePeople, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()

    def _call(self, method, *args):
        with mute_logger("odoo.http"):
            return self.make_jsonrpc_request(
                f"/web/dataset/call_kw/iso10003.policy/{method}",
                {
                    "model": "iso10003.policy",
                    "method": method,
                    "args": args,
                    "kwargs": {},
                },
            )

    def test_a_version_lives_the_same_life_by_rpc(self):
        self.authenticate(self.chief.login, self.chief.login)
        ids = self._call("create", [{"name": "By a script"}])
        with self.assertRaisesRegex(JsonRpcException, "ValidationError"):
            self._call("action_approve", ids)
        self.authenticate(self.manager.login, self.manager.login)
        self._call("action_approve", ids)
        for method, *args in (
            ("write", ids, {"answer_days": 1}),
            ("web_save", ids, {"recourse": "<p>None</p>"}, {}),
            ("update_field_translations", ids, "name", {"en_US": "Something else"}),
            ("web_override_translations", ids, {"name": "Something else"}),
            ("unlink", ids),
            ("write", ids, {"state": "draft"}),
            ("_guarded_write", ids, {"state": "draft"}),
            ("_update_field_translations", ids, "name", {"en_US": "Other"}),
        ):
            with (
                self.subTest(method=method),
                self.assertRaisesRegex(JsonRpcException, "(User|Access)Error"),
            ):
                self._call(method, *args)
        self._call("action_put_in_force", ids)
        self.assertEqual(self._call("read", ids, ["state"])[0]["state"], "in_force")
        policy = self.env["iso10003.policy"].browse(ids)
        self.assertEqual(policy.name, "By a script")
        self.assertEqual(policy.answer_days, 56)
