# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from unittest.mock import patch

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tests.common import TransactionCase

ADDON = "odoo_iso10003"
# by these XML ids, tests find who was made before them
KEPT = f"{ADDON}_people"
# by which kind of method a result comes about, by the first word of its code
METHODS = {"recommendation": "advisory", "decision": "determinative"}
# a document, as forms send it
PAPER = base64.b64encode(b"%PDF-1.7 I let her act for me.").decode()


class DisputePeople:
    """A small organization: one user a role, a complainant, a complaint.

    Making the people takes longer than most tests. So ``script/test`` makes them once
    (``kept.py``), in the database that those of the tests are copies of. Where nobody
    did, each class makes its own.
    """

    @classmethod
    def _set_up_people(cls):
        cls._set_up_env()
        # today is the same day for all, at any hour of the run
        cls.env.user.tz = cls.company.resource_calendar_id.tz = "UTC"
        cls._begin_policies()
        # the demo organization requires certifications, the one of the tests does not
        roles = cls.env["iso10003.role"].search([("enforced", "=", True)])
        roles.with_context(tracking_disable=True)._guarded_write({"enforced": False})
        for name, record in (cls._find_people() or cls._make_people()).items():
            setattr(cls, name, record)
        cls.ticket = cls._new_ticket()

    @classmethod
    def _set_up_env(cls):
        cls.env = cls.env(
            context={**cls.env.context, "lang": "en_US", "no_reset_password": True}
        )
        cls.company = cls.env.ref("base.main_company")

    @classmethod
    def _begin_policies(cls):
        """Let versions be in force that were put so where it is tomorrow already."""
        today = fields.Date.today()
        untold = cls.env["iso10003.policy"].with_context(tracking_disable=True)
        policies = untold.search([("state", "!=", "approved")])
        for name in ("valid_to", "valid_from"):  # the old one ends first
            for policy in policies:
                # tests that are frozen at another day meet what was made before them
                made = max(today, policy.create_date.date())
                if policy[name] and policy[name] > made:
                    policy._guarded_write({name: made})
                    policy.flush_recordset()

    @classmethod
    def _find_people(cls):
        kept = cls.env["ir.model.data"].search([("module", "=", KEPT)])
        return {row.name: cls.env[row.model].browse(row.res_id) for row in kept}

    @classmethod
    def _make_people(cls):
        users = {
            login: cls._new_user(login, group)
            for login, group in {
                "employee": "base.group_user",
                "agent": "helpdesk_mgmt.group_helpdesk_user",
                "handler": f"{ADDON}.group_handler",
                "stranger": f"{ADDON}.group_handler",
                "evaluator": f"{ADDON}.group_handler",
                "manager": f"{ADDON}.group_manager",
                "chief": f"{ADDON}.group_manager",
                "sponsor": f"{ADDON}.group_sponsor",
                "counsel": f"{ADDON}.group_counsel",
                "auditor": f"{ADDON}.group_auditor",
            }.items()
        }
        customer = cls.env["res.partner"].create(
            {"name": "Roya Example", "email": "roya@example.com"}
        )
        portal = cls._new_user(
            "complainant", "base.group_portal", partner_id=customer.id
        )
        team = cls.env["helpdesk.ticket.team"].create(
            {
                "name": "Complaints",
                "company_id": cls.company.id,
                "user_ids": (users["agent"] | users["handler"]).ids,
            }
        )
        open_stage, closed_stage = cls.env["helpdesk.ticket.stage"].create(
            [
                {"name": "In work", "sequence": 0, "company_id": cls.company.id},
                {
                    "name": "Done",
                    "sequence": 90,
                    "closed": True,
                    "close_from_portal": True,
                    "company_id": cls.company.id,
                },
            ]
        )
        cls._sign_year(
            users[login]
            for login in users.keys() - {"employee", "agent"}  # who have no part
        )
        return {
            **users,
            "customer": customer,
            "portal": portal,
            "team": team,
            "open_stage": open_stage,
            "closed_stage": closed_stage,
        }

    @classmethod
    def _new_user(cls, login, groups, **values):
        return new_test_user(
            cls.env,
            login=f"iso_{login}",
            groups=groups,
            **{"company_id": cls.company.id, "lang": "en_US", **values},
        )

    @classmethod
    def _sign_year(cls, users):
        """Let people sign their declarations of the year: no interests."""
        for user in users:
            cls.env["iso10003.declaration"].with_user(user).create(
                {"company_id": cls.company.id}
            )

    @classmethod
    def _declare(cls, dispute):
        """Let owner and evaluator declare, as they do with a step they take."""
        for user in dispute.user_id | dispute.evaluator_id:
            own = dispute.with_user(user)
            if not own._get_holding_declaration():
                cls._sign_year(user)
            own._confirm_own()

    @classmethod
    def _new_ticket(cls, **values):
        return cls.env["helpdesk.ticket"].create(
            {
                "name": "The washing machine broke",
                "description": "<p>It broke on the fifth day.</p>",
                "partner_id": cls.customer.id,
                "team_id": cls.team.id,
                "user_id": cls.agent.id,
                "stage_id": cls.open_stage.id,
                "company_id": cls.company.id,
                **values,
            }
        )

    @classmethod
    def _propose(cls, dispute, method="mediation", **values):
        """Return a new proceeding of a dispute, as who leads that notes it."""
        proceedings = cls.env["iso10003.proceeding"].with_user(dispute.sudo().user_id)
        return proceedings.create(
            {
                "dispute_id": dispute.id,
                "method_id": cls.env.ref(f"{ADDON}.method_{method}").id,
                **values,
            }
        )

    @classmethod
    def _open_dispute(cls, ticket=None, user=None):
        """Open a dispute the way a handler does: with the button on the ticket."""
        ticket = (ticket or cls.ticket).with_user(user or cls.handler)
        ticket.action_open_dispute()
        return ticket.dispute_ids.filtered(lambda dispute: dispute.state != "closed")

    @classmethod
    def _note_party(cls, case, partner, capacity="representative", **values):
        """Note a party of a case, as the user of the case."""
        return case.env["iso10003.party"].create(
            {
                "file_id": case.sudo().file_ids.id,
                "partner_id": partner.id,
                "capacity": capacity,
                **values,
            }
        )

    @classmethod
    def _ask_in_new_version(cls, gate, severity):
        """Put a version into force that asks one gate as strictly as given."""
        policies = cls.env["iso10003.policy"].with_user(cls.chief)
        present = policies._in_force(cls.company, fields.Date.today())
        draft = policies.browse(present.action_new_version()["res_id"])
        gate = cls.env.ref(f"{ADDON}.{gate}")
        draft.gate_ids.filtered(lambda asked: asked.gate_id == gate).severity = severity
        draft.with_user(cls.manager).action_approve()
        draft.with_user(cls.manager).action_put_in_force()
        return draft

    @classmethod
    def _record(cls, dispute, **days):
        """Record when something was told, without a letter: its field, and the day."""
        events = {name: event for event, name in dispute._get_deed_dates().items()}
        for name, day in days.items():
            dispute.action_record_event(events[name], day, "It was told by phone.")

    @classmethod
    def _give(cls, dispute, values):
        """Give a file these values: what is typed, and what is recorded."""
        told = set(dispute._get_deed_dates().values()) & values.keys()
        deeds = {*told, "consent"}
        typed = {name: values[name] for name in values if name not in deeds}
        if typed:
            dispute.write(typed)
        cls._record(dispute, **{name: values[name] for name in sorted(told)})
        if values.get("consent"):
            cls._agree(dispute)

    @classmethod
    def _agree(cls, dispute, party=None, **values):
        """Note that somebody agreed to take part, told by what ships if not given."""
        party = party or dispute._find_claiming().filtered("leads")
        return dispute.env["iso10003.consent"].create(
            {
                "dispute_id": dispute.id,
                "party_id": party.id,
                "sheet_id": cls._get_approved_sheet().id,
                **values,
            }
        )

    @classmethod
    def _get_approved_sheet(cls):
        """Return what we tell of mediation, in English, as a manager approved it."""
        sheets = cls.env["iso10003.information.sheet"]
        method = cls.env.ref(f"{ADDON}.method_mediation")
        english = cls.env.ref("base.lang_en")
        sheet = sheets._find(cls.company, method, english)
        if sheet.state == "draft":
            sheet.with_user(cls.chief).with_company(cls.company).action_approve()
            sheet = sheets._find(cls.company, method, english)
        return sheet

    # what each state wants, filled in
    @classmethod
    def _wanted(cls, state):
        today = fields.Date.today()
        return {
            "referral": {
                "scope_decision": "in_scope",
                "scope_reason": "A consumer's complaint about a product",
                "final_answer_date": today,
                "deadlock": "rejected",
                "recourse_date": today,
            },
            "notice": {
                "notice_date": today,
                "acknowledged_date": today,
                "consent": True,
                "part_answered_date": today,
                "remedy_ids": [(4, cls.env.ref(f"{ADDON}.remedy_refund").id)],
                "category_id": cls.env.ref(f"{ADDON}.category_warranty").id,
            },
            "evaluation": {
                "evaluator_id": cls.evaluator.id,
                "severity": "1",
                "findings": "<p>The drum was faulty.</p>",
            },
            "position": {"response_date": today},
            "resolution": {},
            "implementation": {
                "implemented_date": today,
                "informed_date": today,
                "lessons": "Test drums before delivery.",
                "cause_kind": "product",
                "no_corrective_reason": "The supplier has changed the drum.",
                "retention_date": fields.Date.add(today, years=4),
            },
        }[state]

    @classmethod
    def _fill_in(cls, dispute):
        """Fill in what the state of a dispute wants, each by whose it is."""
        wanted = cls._wanted(dispute.state)
        findings = wanted.pop("findings", None)
        if dispute.state == "position":
            cls._approve_position(dispute)
        if dispute.state == "implementation" and cls._carry_out(dispute):
            del wanted["implemented_date"]  # the deed says it
        cls._give(dispute, wanted)
        if findings:
            cls._submit_sheet(dispute, findings)
            cls._declare(dispute)

    @classmethod
    def _carry_out(cls, dispute):
        """Record that we did what we owe, with its proof; return whether we owe any."""
        owed = dispute._find_obligations_of_ours()
        undone = owed.filtered(lambda one: not one.done_date)
        if undone:
            dispute._perform(undone.with_env(dispute.env), fields.Date.today(), PAPER)
        return bool(owed)

    @classmethod
    def _submit_sheet(cls, dispute, facts="<p>The drum was faulty.</p>", **values):
        """Submit a sheet as the evaluator of a dispute, which stays where it is."""
        if dispute._find_evaluation():
            return dispute.env["iso10003.evaluation"]
        sheets = dispute.with_user(dispute.evaluator_id).env["iso10003.evaluation"]
        sheet = sheets.create(
            {
                "dispute_id": dispute.id,
                "facts": facts,
                "severity": dispute.severity or "1",
                "stance": "contest",
                "reasons": "The terms say so.",
                **values,
            }
        )
        with patch.object(type(dispute), "_lead_on", lambda _dispute: True):
            sheet.action_submit()
        return sheet.with_env(dispute.env)

    @classmethod
    def _approve_position(cls, dispute, approver=None, **values):
        """Have our position written, and approved by somebody else; not yet sent."""
        position = dispute._find_position("draft", "approved", "sent")
        if not position:
            position = dispute.env["iso10003.position"].create(
                {
                    "dispute_id": dispute.id,
                    "stance": "contest",
                    "reasons": "The terms say so.",
                    **values,
                }
            )
        if position.state == "draft":
            others = (cls.manager | cls.chief) - position.sudo()._get_authors()
            approver = (approver or others)[:1]
            own = dispute.with_user(approver)
            if own._asks_declarations() and not own._get_holding_declaration():
                cls._sign_year(approver)
            with patch.object(type(dispute), "_lead_on", lambda _dispute: True):
                position.with_user(approver).action_approve()
        return position

    @classmethod
    def _lead_to(cls, dispute, state, result="settled_facilitated"):
        """Lead a dispute to ``state`` as its user, gate by gate."""
        while dispute.state != state:
            cls._fill_in(dispute)
            if dispute.state == "resolution":
                if method := METHODS.get(result.split("_")[0]):
                    dispute.method = method
                dispute.action_note_result(result, "The parties agreed.", amount=0)
            dispute.action_advance()
        return dispute


@tagged("-at_install", "post_install")
class DisputeCase(DisputePeople, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
