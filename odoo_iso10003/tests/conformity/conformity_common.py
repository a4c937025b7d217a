# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, fields
from odoo.service import model as service
from odoo.tools import SQL

from ..common import ADDON, DisputeCase, DisputePeople

TODAY = fields.Date.today()
NOW = fields.Datetime.now()
# columns of a file that is still open
OPEN = {
    "state": "evaluation",
    "outcome": None,
    "outcome_date": None,
    "closed_date": None,
    "closed_from": None,
}
# a verdict that is not “yes”
ANY = type("Any", (), {"__eq__": lambda self, other: other in ("partly", "no")})()


def days(number):
    return TODAY + timedelta(days=number)


class ConformityPeople(DisputePeople):
    """A company of its own, without any record of demo data, and who looks at it."""

    @classmethod
    def _set_up_conformity(cls):
        # where it is today as it is in the tests, at any hour
        (cls.env.user | cls.env.ref("base.user_root")).tz = "UTC"
        cls.shop = cls.env["res.company"].create({"name": "Shop without records"})
        cls.policy = cls.env["iso10003.policy"]._in_force(cls.shop, TODAY)
        # the lead of readiness; and an auditor who never touched a file
        cls.lead = cls._new_user(
            "lead",
            f"{ADDON}.group_manager",
            company_id=cls.shop.id,
            company_ids=[Command.set(cls.shop.ids)],
        )
        cls.inspector = cls._new_user(
            "inspector",
            f"{ADDON}.group_auditor",
            company_id=cls.shop.id,
            company_ids=[Command.set(cls.shop.ids)],
        )
        # top management, who audits nothing
        cls.director = cls._new_user(
            "director",
            f"{ADDON}.group_sponsor",
            company_id=cls.shop.id,
            company_ids=[Command.set(cls.shop.ids)],
        )
        cls.handler.company_ids += cls.shop  # whose files the handler leads
        cls.questions = cls.env.ref(f"{ADDON}.requirement_set_2018")
        cls.shop_team = cls.env["helpdesk.ticket.team"].create(
            {"name": "Shop complaints", "company_id": cls.shop.id}
        )

    @classmethod
    def _question(cls, number):
        return cls.env.ref(f"{ADDON}.requirement_{number:03d}")

    @classmethod
    def _result(cls, number, company=None):
        """Return what the records of a company say to a question."""
        question = cls._question(number)
        return question._run_checks(company or cls.shop)[question]

    @classmethod
    def _allow_actions_of_nobody(cls):
        """Let actions be without a responsible user, as in databases of long ago.

        A required field forbids it in the database only where no row was without.
        """
        cls.env.flush_all()
        cls.env.cr.execute(
            "ALTER TABLE mgmtsystem_action ALTER COLUMN user_id DROP NOT NULL"
        )

    @classmethod
    def _new_file(cls, **columns):
        """Return a dispute of the shop that ended well, with columns as given.

        Written past all rules: what a check is to find, nobody can enter.
        """
        dates = {"complaint_date": columns.pop("complaint_date", days(-40))}
        ticket = cls.env["helpdesk.ticket"].create(
            {
                "name": "The kettle leaks",
                "description": "<p>It leaks.</p>",
                "partner_id": cls.customer.id,
                "company_id": cls.shop.id,
                "user_id": cls.agent.id,
                **dates,
            }
        )
        dispute = cls.env["iso10003.dispute"].create(
            {
                "ticket_id": ticket.id,
                "company_id": cls.shop.id,
                "subject": "The kettle leaks",
                "partner_id": cls.customer.id,
                "user_id": cls.handler.id,
            }
        )
        cls.env.flush_all()
        cls._set_columns(dispute, **{**cls._ended_well(), **columns})
        cls._give_papers(dispute)
        return dispute

    @classmethod
    def _give_papers(cls, dispute):
        """Let a file have its sheet and its position, past all rules as well."""
        paper = {
            "dispute_id": dispute.id,
            "company_id": dispute.company_id.id,
            "version": 1,
            "currency_id": dispute.currency_id.id,
            "digest": "0" * 64,
        }
        cls._insert(
            "iso10003_evaluation", **paper, state="submitted", submitted_date=days(-1)
        )
        cls._insert(
            "iso10003_position",
            **paper,
            state="sent",
            approved_by_id=cls.manager.id,
            approved_date=days(-1),
            sent_date=days(-1),
            may_settle=True,
        )
        cls._insert(
            "iso10003_result",
            **{name: paper[name] for name in ("dispute_id", "company_id", "digest")},
            currency_id=dispute.currency_id.id,
            kind="settlement",
            binding="both",
            date=days(-1),
            text="We repair it.",
            effect="effective",
            effective_date=days(-1),
            origin="noted",
            review_route="none",
            silence="rejected",
        )

    @classmethod
    def _insert(cls, table, **columns):
        cls.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) VALUES %s",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, columns)),
                tuple(columns.values()),
            )
        )
        cls.env.invalidate_all()

    @classmethod
    def _ended_well(cls):
        category = cls.env.ref(f"{ADDON}.category_warranty")
        return {
            "state": "closed",
            "closed_from": "implementation",
            "opened_date": fields.Datetime.now() - timedelta(days=1),
            "closed_date": fields.Datetime.now(),
            "scope_decision": "in_scope",
            "scope_reason": "A consumer and a product",
            "deadlock": "rejected",
            "final_answer_date": days(-20),
            "recourse_date": days(-20),
            "notice_date": days(-1),
            "acknowledged_date": days(-1),
            "category_id": category.id,
            "evaluator_id": cls.evaluator.id,
            "complaint_handler_id": cls.agent.id,
            "severity": "1",
            "findings": "<p>The seal was faulty.</p>",
            "response_date": days(-1),
            "outcome": "settled_facilitated",
            "outcome_date": days(-1),
            "implemented_date": TODAY,
            "informed_date": TODAY,
            "lessons": "Test the seals.",
            "cause_kind": "product",
            "retention_date": days(900),
        }

    @classmethod
    def _set_columns(cls, record, **columns):
        record.flush_recordset()
        cls.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id = %s",
                SQL.identifier(record._table),
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value)
                    for name, value in columns.items()
                ),
                record.id,
            )
        )
        cls.env.invalidate_all()

    @classmethod
    def _new_assessment(cls, **vals):
        return (
            cls.env["iso10003.assessment"]
            .with_user(cls.lead)
            .with_company(cls.shop)
            .create(vals)
        )

    @classmethod
    def _answer(cls, assessment, number):
        return assessment.line_ids.filtered(
            lambda line: line.requirement_id == cls._question(number)
        )

    @classmethod
    def _new_programme(cls, **vals):
        return (
            cls.env["iso10003.audit.programme"]
            .with_user(cls.inspector)
            .with_company(cls.shop)
            .create({"name": "Audits 2026", "lead_id": cls.inspector.id, **vals})
        )

    @classmethod
    def _start_programme(cls, *numbers, **vals):
        """Return a running programme over some clauses of ISO 10003."""
        clauses = cls.env["iso10003.clause"].search(
            [("standard", "=", "ISO 10003"), ("number", "in", numbers)]
        )
        programme = cls._new_programme(
            line_ids=[
                Command.create({"clause_id": clause.id, "interval": "12"})
                for clause in clauses
            ],
            **vals,
        )
        programme.with_user(cls.director).action_approve()
        programme.action_start()
        return programme

    @classmethod
    def _new_audit(cls, *numbers, **vals):
        """Return the first audit of a programme, in the hands of its auditor."""
        programme = cls._start_programme(*(numbers or ("7.6",)), **vals)
        audit = programme.audit_ids.sorted("date")[0].with_user(cls.inspector)
        audit.conclusion = "The process works as laid down."
        return audit

    @classmethod
    def _plan_action(cls, nonconformity):
        """Plan, as its owner would, what is to be done about a finding."""
        action = (
            cls.env["mgmtsystem.action"]
            .with_user(cls.lead)
            .create(
                {
                    "name": "Renew the list",
                    "type_action": "correction",
                    "company_id": cls.shop.id,
                }
            )
        )
        nonconformity.with_user(cls.lead).action_ids = action
        return action


class ConformityCase(ConformityPeople, DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_conformity()


class AuditCase(ConformityCase):
    def _call(self, user, record, method, *args):
        return service.call_kw(
            self.env[record._name].with_user(user), method, (record.ids, *args), {}
        )


class CheckCase(ConformityCase):
    """Assert what the records say to a question."""

    def _assert_unchecked(self, result):
        self.assertEqual(result.verdict, "unchecked", result)
        self.assertEqual((result.population, result.failing_count), (0, 0))
        self.assertIsNone(result.value)

    def _assert_holds(self, result, population):
        self.assertEqual(result.verdict, "yes", result)
        self.assertEqual((result.population, result.failing_count), (population, 0))
        self.assertEqual(result.failing_ids, ())

    def _assert_fails(self, result, failing, population, verdict="no"):
        self.assertEqual(result.failing_ids, tuple(failing.ids), result)
        self.assertEqual(result.failing_model, failing._name)
        self.assertEqual(result.failing_count, len(failing))
        self.assertEqual((result.population, result.verdict), (population, verdict))
