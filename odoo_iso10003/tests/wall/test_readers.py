# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import inspect
from datetime import date

from odoo import fields
from odoo.exceptions import UserError
from odoo.models import MAGIC_COLUMNS

from ...core import flow
from ..common import ADDON, PAPER
from ..deadline.rules_common import RulesCase


class TestReadersChangeNothing(RulesCase):
    """Counsel and auditors read all and change nothing."""

    # public methods that only show something
    SHOWING = {
        "iso10003.dispute": {
            # what is beyond a tier, and by whom: see test_authority.py
            "action_request_approval",
            "action_approve_concession",
            "action_refuse_concession",
            # of a result of some days ago: see test_dispute_steps.py
            "action_correct_result_date",
            # of a way that both sides agreed on: see test_participation.py
            "action_change_way",
            "action_view_complaint",
            "action_view_register",
            "action_view_notices",
            "action_view_consents",
            "action_view_results",
            "action_view_offers",
            "action_view_proceedings",
            "action_view_owed",
            "action_view_costs",
            "action_view_deadlines",
            "action_export_register",
            "action_verify_register",
            "action_view_non_conformities",
            "action_view_findings",
            "action_view_issue",
            # to who may read referrals, and a dialog that has checks of its own
            "action_view_referrals",
            "action_refer",
        },
        "iso10003.policy": {
            "action_view_disputes",
            "action_view_deadlines",
            "action_view_non_conformities",
            "action_view_findings",
        },
    }
    # of BaseModel, which do nothing without a field “active”; of the chatter, which
    # move nothing but the user's own activities; of the portal, which opens a dialog
    UNUSED = {
        "action_share",
        "action_archive",
        "action_unarchive",
        "action_reschedule_my_next_today",
        "action_reschedule_my_next_tomorrow",
        "action_reschedule_my_next_nextweek",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # one file in each state
        cls.disputes = cls.env["iso10003.dispute"]
        for state in flow.STATES:
            dispute = cls._lead_to(cls._open_dispute(cls._new_ticket()), state)
            cls.disputes |= dispute.with_env(cls.env)
        # one that is on hold
        held = cls._open_dispute(cls._new_ticket())
        held.action_hold("The expert is on holiday.")
        # one where only a warning is in the way
        warned = cls._lead_to(cls._open_dispute(cls._new_ticket()), "notice")
        cls._give(warned, {**cls._wanted("notice"), "category_id": False})
        # it may end early too, by what she wrote
        cls._record(warned, informed_date=fields.Date.today())
        warned.action_record_withdrawal(PAPER)
        # one where nothing is in the way
        ready = cls._lead_to(cls._open_dispute(cls._new_ticket()), "position")
        cls._fill_in(ready)
        cls.disputes |= (held | warned | ready).with_env(cls.env)
        # one of a manager, one that came back to us, and one where a side declined
        owned = cls._open_dispute(cls._new_ticket(), cls.manager)
        cls._sign_year(cls.manager)
        back = cls._lead_to(cls._open_dispute(cls._new_ticket()), "notice")
        back.action_refer_back(
            fields.Date.add(fields.Date.today(), days=20), "Handle it first."
        )
        cls._record(back, informed_date=fields.Date.today())  # it may end there too
        declined = cls._lead_to(cls._open_dispute(cls._new_ticket()), "notice")
        declined.env["iso10003.participation"].create(
            {
                "dispute_id": declined.id,
                "side": "complainant",
                "answer": "no",
                "reasons": "She goes to court.",
            }
        )
        # one that need not be kept any more
        over = cls._lead_to(cls._open_dispute(cls._new_ticket()), "closed")
        over.sudo()._guarded_write({"retention_date": date(2020, 1, 1)})
        if over.preserved:
            over.with_user(cls.manager).action_lift_hold("No claim is left.")
        cls.disputes |= (owned | back | declined | over).with_env(cls.env)
        # one in which another could end
        cls.going_on = cls._open_dispute(cls._new_ticket())
        # one that somebody else resolves
        ready.provider_id = cls.env["res.partner"].create({"name": "Sector Board"})
        policy = cls.env["iso10003.policy"]
        draft = policy.with_user(cls.chief).create({"name": "Draft"})
        approved = policy.with_user(cls.chief).create({"name": "Approved"})
        approved.with_user(cls.manager).action_approve()
        cls.policies = policy.search([("company_id", "=", cls.company.id)])
        assert draft in cls.policies and set(cls.policies.mapped("state")) >= {
            "draft",
            "approved",
            "in_force",
        }

    def _picture(self):
        """Everything that is stored of the files, the policies and the register."""
        self.env.flush_all()
        return [
            self._rows_of(table)
            for table in (
                "iso10003_dispute",
                "iso10003_policy",
                "iso10003_gate",
                "iso10003_dispute_remedy_rel",
                "iso10003_register",
                "iso10003_register_note",
                "iso10003_register_head",
                "helpdesk_ticket",
            )
        ]

    def _rows_of(self, table):
        self.env.cr.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
        return self.env.cr.fetchall()

    def _attempts(self, record):
        """Yield each public ``action_*`` method with arguments that could work."""
        given = {
            "reason": "Because we may.",
            "outcome": "withdrawn",
            "evaluator_id": self.evaluator.id,
            "question": "hold",
            "amount": 1,
            "name": "evaluator_id",
            "person_id": self.chief.id,
            "track": "serious",
            "gate": "carried_out",
            "until": fields.Date.add(fields.Date.today(), days=20),
            "event": "informed",
            "method_id": self.env.ref(f"{ADDON}.method_mediation").id,
            "weights": {},
            "date": fields.Date.today(),
            "interests": "none",
            "document": PAPER,
            "dispute_id": self.going_on.id,
        }
        shown = self.SHOWING[record._name] | self.UNUSED
        for name, method in inspect.getmembers(type(record), callable):
            if name.startswith("action_") and name not in shown:
                arguments = inspect.signature(method).parameters.keys() & given.keys()
                yield name, {key: given[key] for key in arguments}
                if name == "action_advance":
                    yield name, {}  # asks for the reason where gates warn
                if name == "action_change_complainant":  # a contact, no user
                    contact = self.evaluator.partner_id
                    yield name, {"person_id": contact.id, "reason": given["reason"]}
                if name == "action_note_resolver":  # of the provider itself
                    yield name, {"interests": "none", "document": PAPER}
                if name == "action_settle_here":  # with nothing to carry out
                    yield name, {"reason": given["reason"], "amount": 0}
                if name == "action_note_result":
                    yield (
                        name,
                        {
                            "reason": given["reason"],
                            "outcome": "settled_early",
                            "amount": 0,
                        },
                    )

    def test_no_public_action_works_for_readers(self):
        before = self._picture()
        tried = set()
        for user in (self.counsel, self.auditor):
            for record in [*self.disputes, *self.policies]:
                record = record.with_user(user)
                for name, arguments in self._attempts(record):
                    tried.add(name)
                    with (
                        self.subTest(user=user.login, record=record, action=name),
                        self.assertRaises(UserError),
                        self.env.cr.savepoint(),
                    ):
                        getattr(record, name)(**arguments)
        self.assertEqual(self._picture(), before)
        self.assertGreaterEqual(
            tried,
            {
                "action_advance",
                "action_close",
                "action_hold",
                "action_note_result",
                "action_override_independence",
                "action_reopen",
                "action_resume",
                "action_step_back",
                "action_approve",
                "action_put_in_force",
                "action_new_version",
            },
        )

    def test_the_same_actions_work_for_a_manager_somewhere(self):
        """Else the test above would prove nothing."""
        worked = set()
        for record in [*self.disputes, *self.policies]:
            record = record.with_user(self.manager)
            for name, arguments in self._attempts(record):
                try:
                    with self.env.cr.savepoint():
                        getattr(record, name)(**arguments)
                        worked.add(name)
                        # pylint: disable=translation-required
                        raise UserError("back to where it was")
                except UserError:
                    self.env.invalidate_all()
        possible = {
            name
            for record in (self.disputes[:1], self.policies[:1])
            for name, _arguments in self._attempts(record)
        }
        self.assertEqual(possible - worked, set())

    def test_no_field_can_be_written_by_readers(self):
        before = self._picture()
        for record in (self.disputes[0], self.policies[0]):
            for name, field in record._fields.items():
                if name in MAGIC_COLUMNS:
                    continue
                value = field.convert_to_write(record[name], record)
                for user in (self.counsel, self.auditor):
                    with (
                        self.subTest(field=name, user=user.login),
                        self.assertRaises(UserError),
                        self.env.cr.savepoint(),
                    ):
                        record.with_user(user).write({name: value})
        self.assertEqual(self._picture(), before)

    def test_readers_create_and_delete_nothing(self):
        before = self._picture()
        for user in (self.counsel, self.auditor):
            for record, values in (
                (
                    self.disputes[0],
                    {"ticket_id": self.ticket.id, "subject": "New"},
                ),
                (self.policies[-1], {"name": "New"}),
                (
                    self.env["iso10003.gate"].search([], limit=1),
                    {
                        "name": "New",
                        "code": "category_set",
                        "state": "position",
                        "clause": "8.2",
                    },
                ),
                (self.env.ref(f"{ADDON}.remedy_refund"), {"name": "New"}),
                (self.env.ref(f"{ADDON}.category_warranty"), {"name": "New"}),
            ):
                model = record.with_user(user)
                for attempt in (
                    lambda model=model, values=values: model.create(values),
                    model.unlink,
                    model.copy,
                    lambda model=model: model.load(["name"], [["New"]]),
                ):
                    with self.subTest(user=user.login, model=record._name):
                        try:
                            with self.env.cr.savepoint():
                                result = attempt()
                        except UserError:
                            continue
                        self.assertFalse(result["ids"])
        self.assertEqual(self._picture(), before)
