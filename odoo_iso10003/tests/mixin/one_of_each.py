# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One record of each model of the product, to try its doors on."""

import base64
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import TransactionCase

from ..common import ADDON
from ..legal.legal_common import LegalPeople

# what counsel makes; all else is the manager's
LEGAL = ("iso10003.referral", "iso10003.hearing")
# what a record of a neighbour's model must be, to be one of ours
OURS = {
    "helpdesk.ticket": [("dispute_ids", "!=", False)],
    "mgmtsystem.nonconformity": [],
    "mgmtsystem.verification.line": [
        ("requirement_id", "!=", False),
        ("audit_id.state", "=", "open"),
    ],
    "iso10003.audit.sample": [("audit_id.state", "=", "open")],
    "iso10003.rule.pack": [("rule_ids.escalation_ids", "!=", False)],
    "res.company": [],
}


def is_ours(model, field):
    """Whether the product is what a field of a model belongs to."""
    return model._name.startswith("iso10003.") or ADDON in field._modules


def stored_fields(model):
    """Return the stored fields of a model that belong to the product."""
    return [
        field
        for name, field in sorted(model._fields.items())
        if field.store and name not in ("id", *fields_of_the_log(model))
        if is_ours(model, field)
    ]


def fields_of_the_log(model):
    return ("create_uid", "create_date", "write_uid", "write_date")


def models_with_fields(env):
    """Yield the models with a table in which the product keeps something."""
    for name in sorted(env.registry):
        model = env[name]
        if model._abstract or model._transient or not model._auto:
            continue
        if stored_fields(model):
            yield model


@tagged("-at_install", "post_install")
class OneOfEach(LegalPeople, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_legal()
        cls.reader = cls._new_user("reader", f"{ADDON}.group_reader")
        cls.people = {
            "employee": cls.employee,
            "agent": cls.agent,
            "reader": cls.reader,
            "handler": cls.handler,
            "manager": cls.manager,
            "sponsor": cls.sponsor,
            "counsel": cls.counsel,
            "auditor": cls.auditor,
            "portal": cls.portal,
        }
        cls.samples = cls._make_files()
        for model in models_with_fields(cls.env):
            if model._name not in cls.samples:
                cls.samples[model._name] = cls._find_own(cls._find_one(model))
        cls._take_rules_of(cls.samples["iso10003.rule.pack"])
        # the auditor of these, to whom they are open
        for name in ("iso10003.audit.sample", "mgmtsystem.verification.line"):
            cls.samples[name].sudo().audit_id.auditor_user_ids |= cls.auditor
        # something else to point to
        cls.env["res.company"].create({"name": "Other Trade"})
        (cls.env.ref("base.EUR") | cls.env.ref("base.USD")).active = True
        cls._propose(cls.dispute)

    @classmethod
    def _take_rules_of(cls, pack):
        """Try rules and escalations on those of a company's own pack."""
        rules = pack.with_context(active_test=False).rule_ids
        plain = rules.filtered(lambda rule: not rule.parent_id and not rule.combine)
        cls.samples["iso10003.deadline.rule"] = plain[:1]
        cls.samples["iso10003.escalation"] = rules.escalation_ids[:1]

    @classmethod
    def _find_own(cls, record):
        """Return a company's own row in place of one that ships."""
        if "iso10003.configuration" not in record._inherit_module or record.company_id:
            return record
        action = record.with_user(cls.manager).action_adapt()
        return record.browse(action["res_id"])

    @classmethod
    def _find_one(cls, model):
        """Return a record of demo data, or nothing."""
        everything = model.sudo().with_context(active_test=False)
        return everything.search(OURS.get(model._name, []), limit=1).with_env(model.env)

    @classmethod
    def _make_files(cls):
        """Return what people make in their files, one of each kind."""
        referral = cls._draft_referral()
        own = {"referral_id": referral.id}
        clause = cls.env["iso10003.clause"].search([], limit=1)
        samples = {"iso10003.dispute": cls.dispute, "iso10003.referral": referral}
        approved = cls._lead_referral(cls._draft_referral(), "approved")
        hearing = cls._plan_hearing(referral)
        samples["iso10003.hearing"] = hearing
        for name, vals in {
            "iso10003.policy": {"name": "Draft"},
            "iso10003.letter": {"file_id": cls.dispute.file_ids.id},
            "iso10003.document": {
                "file_id": cls.dispute.file_ids.id,
                "name": "Paper",
                "content": base64.b64encode(b"paper"),
            },
            "iso10003.cause": {"name": "Drum cracks"},
            "iso10003.issue": {"name": "The drum cracks"},
            "iso10003.restriction": {
                "file_id": cls.dispute.file_ids.id,
                "name": "Order of the court",
            },
            "iso10003.referral.amendment": {
                "referral_id": approved.id,
                "why": "The other side has moved.",
                "budget": 100,
            },
            "iso10003.consent": {
                "dispute_id": cls.dispute.id,
                "party_id": cls.dispute.party_ids.id,
                "channel": "phone",
            },
            "iso10003.attempt": {
                "party_id": cls.dispute.party_ids.id,
                "channel": "phone",
                "result": "no_answer",
            },
            "iso10003.cost": {
                "file_id": cls.dispute.file_ids.id,
                "name": "Three hours",
                "amount": 10,
            },
            "iso10003.obligation": {
                "file_id": cls.dispute.file_ids.id,
                "name": "Pay the price back",
                "amount": 300,
            },
            "iso10003.offer": {
                "dispute_id": cls.dispute.id,
                "terms": "We pay the half.",
                "amount": 150,
            },
            "iso10003.invitation": {
                "dispute_id": cls.dispute.id,
                "line_ids": [
                    Command.create(
                        {"method_id": cls.env.ref(f"{ADDON}.method_mediation").id}
                    )
                ],
            },
            "iso10003.result": {
                "dispute_id": cls.dispute.id,
                "kind": "recommendation",
                "line_ids": [Command.create({"head": "costs", "amount": 10})],
            },
            "iso10003.participation": {
                "dispute_id": cls.dispute.id,
                "side": "complainant",
                "answer": "no",
            },
            "iso10003.proceeding": {
                "dispute_id": cls.dispute.id,
                "method_id": cls.env.ref(f"{ADDON}.method_mediation").id,
            },
            "iso10003.referral.estimate": {**own, "chance_low": 1, "chance_high": 2},
            "iso10003.referral.provision": {**own, "best": 1, "likely": 2, "worst": 3},
            "iso10003.hearing.participant": {
                "hearing_id": hearing.id,
                "partner_id": cls.counsel.partner_id.id,
                "role": "counsel",
            },
            "iso10003.hearing.adjournment": {
                "hearing_id": hearing.id,
                "new_start": hearing.start + timedelta(days=1),
                "asked_by": "other",
                "reason": "Their witness is ill.",
            },
            "iso10003.assessment": {},
            "iso10003.audit.programme": {
                "name": "Audits to come",
                "lead_id": cls.auditor.id,
                "line_ids": [Command.create({"clause_id": clause.id})],
            },
            "iso10003.requirement": {
                "set_id": cls.env["iso10003.requirement.set"]
                .create({"name": "New"})
                .id,
                "code": "1",
                "name": "Is it so?",
                "clause_id": clause.id,
            },
            "mgmtsystem.review": {
                "name": "Review to come",
                "date": fields.Datetime.now(),
                "dispute_review": True,
            },
            "mgmtsystem.audit": {
                "name": "Audit to come",
                "dispute_audit": True,
                "auditor_user_ids": [Command.set(cls.auditor.ids)],
            },
        }.items():
            user = cls.counsel if name.startswith(LEGAL) else cls.manager
            if name == "iso10003.audit.programme":
                user = cls.auditor  # who plans
            samples[name] = cls.env[name].with_user(user).create(vals)
        assessment = samples["iso10003.assessment"]
        samples |= cls._make_bundle(samples["iso10003.document"])
        assessment.action_check()
        samples["iso10003.seat"] = (
            cls.env["iso10003.seat"]
            .with_user(cls.manager)
            .create(
                {
                    "proceeding_id": samples["iso10003.proceeding"].id,
                    "partner_id": cls.env["res.partner"].create({"name": "Judge"}).id,
                }
            )
        )
        samples["iso10003.result.line"] = samples["iso10003.result"].line_ids
        samples["iso10003.result.answer"] = (
            cls.env["iso10003.result.answer"]
            .with_user(cls.manager)
            .create(
                {
                    "result_id": samples["iso10003.result"].id,
                    "answer": "rejected",
                    "reasons": "It is too little.",
                }
            )
        )
        samples["iso10003.invitation.line"] = samples["iso10003.invitation"].line_ids
        owed = samples["iso10003.obligation"]
        samples["iso10003.performance"] = owed.env["iso10003.performance"].create(
            {"obligation_id": cls._owe_more(owed).id, "gross": 300}
        )
        with patch.object(type(cls.dispute), "_check_disposable", lambda _one: None):
            samples["iso10003.disposal"] = (
                cls.env["iso10003.disposal"]
                .with_user(cls.manager)
                .create({"dispute_id": cls.dispute.id, "ground": "Its time is over."})
            )
        samples["iso10003.assessment.line"] = assessment.line_ids[:1]
        samples["iso10003.assessment.clause"] = assessment.clause_result_ids[:1]
        programme = samples["iso10003.audit.programme"]
        samples["iso10003.audit.programme.line"] = programme.line_ids
        samples["iso10003.audit.programme.review"] = (
            cls.env["iso10003.audit.programme.review"]
            .with_user(cls.auditor)
            .create({"programme_id": programme.id, "found": "It is on its way."})
        )
        audit = samples["mgmtsystem.audit"]
        samples["iso10003.audit.activity"] = (
            cls.env["iso10003.audit.activity"]
            .with_user(cls.auditor)
            .create({"audit_id": audit.id, "name": "A talk"})
        )
        starter = (
            cls.env["iso10003.starter.document"]
            .with_user(cls.manager)
            .search([], limit=1)
        )
        # in a company that has it already, there is the page of it
        samples["document.page"] = starter._install("en_US") or starter._get_pages(
            starter.env.company
        )
        return samples | cls._make_papers() | cls._make_rows()

    @classmethod
    def _owe_more(cls, owed):
        """Return another one, so that the first stays open to change."""
        return owed.create(
            {"file_id": owed.file_id.id, "name": "Pay the costs", "amount": 300}
        )

    @classmethod
    def _make_bundle(cls, document):
        """Return a draft of a bundle, and to whom its document went."""
        people = {"partner_id": cls.customer.id}
        bundle = document.env["iso10003.bundle"].create(
            {
                **people,
                "file_id": document.file_id.id,
                "name": "For the body",
                "line_ids": [Command.create({"document_id": document.id})],
            }
        )
        return {
            "iso10003.bundle": bundle,
            "iso10003.bundle.line": bundle.line_ids,
            "iso10003.disclosure": document.env["iso10003.disclosure"].create(
                {**people, "document_id": document.id}
            ),
        }

    @classmethod
    def _make_papers(cls):
        """Return drafts of a sheet and of a position, which who leads a file writes."""
        dispute = cls._open_dispute(cls._new_ticket())
        dispute.amount_claimed = 5000
        cls._lead_to(dispute, "evaluation")
        own = {"dispute_id": dispute.id}
        sheets = cls.env["iso10003.evaluation"].with_user(cls.manager)
        positions = cls.env["iso10003.position"].with_user(cls.manager)
        position = positions.create({**own, "stance": "in_part"})
        return {
            "iso10003.evaluation": sheets.create(
                {**own, "outside_name": "The guild", "stance": "in_part"}
            ),
            "iso10003.position": position,
            "iso10003.position.line": position.line_ids,
        }

    @classmethod
    def _make_rows(cls):
        """Return what only the product itself makes."""
        deadline = cls.env["iso10003.deadline"].search([], limit=1)
        holder = cls.env["iso10003.role.holder"].search([], limit=1)
        now = fields.Datetime.now()
        rows = {
            "iso10003.job": {
                "kind": "verify",
                "user_id": cls.manager.id,
                "company_id": cls.company.id,
                "asked_date": now,
            },
            "iso10003.word": {"stem": "made up", "files": 2},
            "iso10003.cron.run": {"cron_id": cls.env.ref(f"{ADDON}.cron_work").id},
            "iso10003.deadline.extension": {
                "deadline_id": deadline.id,
                "quantity": 2,
                "unit": "day",
                "reason": "An expert is ill.",
                "approver_id": cls.manager.id,
            },
            "iso10003.deadline.suspension": {
                "deadline_id": deadline.id,
                "reason": "documents",
                "date_from": now,
                "date_to": now + timedelta(days=2),
                "message_id": cls.dispute.message_ids[:1].id,
            },
            "iso10003.certification.reminder": {
                "holder_id": holder.id,
                "skill_id": cls.env["hr.skill"].search([], limit=1).id,
                "expires_on": "2031-01-01",
                "days": 30,
            },
        }
        return {name: cls.env[name].create(vals) for name, vals in rows.items()}
