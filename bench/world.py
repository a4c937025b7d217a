# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A helpdesk at work: people, choices, complaints and their disputes."""

import random
from datetime import timedelta

import papers

from odoo import Command, api, fields
from odoo.tools import SQL

SEED = 10003
TEAM = "Bench complaints"
LOGIN = "bench_handler"
EVALUATOR = "bench_evaluator"
GROUPS = ("helpdesk_mgmt.group_helpdesk_user", "odoo_iso10003.group_handler")
SUBJECTS = ("The machine broke", "Charged twice", "Never delivered", "No refund")
TEXT = (
    "<p>I bought it in March and it broke on the fifth day. The shop sent me to the "
    "maker and the maker back to the shop.</p><p>I want my money back.</p>"
)
# why it happened, and what many files have in common
CAUSES = (("Drum cracks", "product"), ("Promised by phone", "promise"))
ISSUE = "The drum cracks"
# of a file, by its severity, as the policy that ships has it
TRACKS = {"0": "small", "1": "standard", "2": "serious", "3": "serious"}
# how many files stand in each state, of each hundred
SPREAD = {
    "referral": 20,
    "notice": 15,
    "evaluation": 12,
    "position": 10,
    "resolution": 13,
    "implementation": 10,
    "closed": 20,
}


def make_people(registry):
    """Return the id of a handler with the rights of a helpdesk user."""
    with registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        company = env.ref("base.main_company")
        user, evaluator = env["res.users"].create(
            [
                {
                    "name": name,
                    "login": login,
                    "email": f"{login}@example.com",
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [Command.link(env.ref(group).id) for group in GROUPS],
                    "lang": "en_US",
                    "tz": "Asia/Tehran",
                }
                for name, login in (
                    ("Bench Handler", LOGIN),
                    ("Bench Evaluator", EVALUATOR),
                )
            ]
        )
        for each in (user, evaluator):  # for the year
            declarations = env["iso10003.declaration"].with_user(each)
            declarations.create({"company_id": company.id})
        env["helpdesk.ticket.team"].create(
            {
                "name": TEAM,
                "company_id": company.id,
                "user_ids": [Command.link(user.id)],
            }
        )
        env["res.partner"].create(
            [
                {"name": f"Customer {i}", "email": f"customer{i}@example.com"}
                for i in range(200)
            ]
        )
        for name in ("Goods", "Billing", "Delivery"):
            env["helpdesk.ticket.category"].create({"name": name})
            env["helpdesk.ticket.tag"].create({"name": name})
        _make_stages(env)
        return user.id


def _make_stages(env):
    """Give tickets as many open stages as disputes have open states."""
    Stage = env["helpdesk.ticket.stage"]
    missing = len(SPREAD) - 1 - Stage.search_count([("closed", "=", False)])
    Stage.create([{"name": f"Bench stage {i}", "sequence": 2} for i in range(missing)])


def prepare_tickets(env, count, seed=SEED):
    """Return the values of complaints as the helpdesk receives them."""
    dice = random.Random(seed)
    partners = env["res.partner"].search([("email", "like", "customer%")]).ids
    categories = env["helpdesk.ticket.category"].search([]).ids
    team = env["helpdesk.ticket.team"].search([("name", "=", TEAM)])
    return [
        {
            "name": f"{dice.choice(SUBJECTS)} ({i})",
            "description": TEXT,
            "partner_id": dice.choice(partners),
            "category_id": dice.choice(categories),
            "team_id": team.id,
        }
        for i in range(count)
    ]


def fill(bench, count, say):
    """Make complaints and a dispute of each, spread over a year and all states."""
    dice = random.Random(SEED)
    for start in range(0, count, 1000):
        size = min(1000, count - start)
        with bench.environment(tracking_disable=True) as env:
            vals_list = prepare_tickets(env, size, SEED + start)
            tickets = env["helpdesk.ticket"].create(vals_list)
            disputes = tickets._open_disputes()
            _lead(disputes, dice)
            _spread_tickets(tickets, disputes, dice)
            _plan_activities(disputes, tickets, dice)
        say(f"  {start + size} complaints in dispute")
    with bench.registry.cursor() as cr:
        _spread_over_time(cr, count)
    with bench.registry.cursor() as cr:
        cr.execute("ANALYZE")


def _lead(disputes, dice):
    """Bring files to where SPREAD wants them, with their rows in the register."""
    states = list(SPREAD)
    goals = dice.choices(states, SPREAD.values(), k=len(disputes))
    register = disputes.env["iso10003.register"]
    for before, state in zip(states, states[1:], strict=False):
        moved = disputes.browse(
            dispute.id
            for dispute, goal in zip(disputes, goals, strict=True)
            if states.index(goal) >= states.index(state)
        )
        data = {"step": "forward", "from": before, "to": state}
        register._append([(dispute, "transition", data, None) for dispute in moved])
    categories = disputes.env["iso10003.dispute.category"].search([]).ids
    remedies = disputes.env["iso10003.remedy"].search([]).ids
    evaluator = disputes.env["res.users"].search([("login", "=", EVALUATOR)]).id
    disputes.flush_recordset()
    for dispute, goal in zip(disputes, goals, strict=True):
        vals = _prepare_dispute(goal, dice.choice(categories), evaluator, dice)
        _write(disputes.env.cr, dispute, vals)
        disputes.env.cr.execute(
            SQL(
                "INSERT INTO iso10003_dispute_remedy_rel (dispute_id, remedy_id) "
                "VALUES (%s, %s)",
                dispute.id,
                dice.choice(remedies),
            )
        )
    _give_papers(disputes.env.cr, disputes.ids)
    disputes.invalidate_recordset()
    disputes._note_claims_as_written()
    papers.invite(disputes)
    papers.write_letters(disputes)
    _note_notices(disputes)
    _note_consents(disputes)
    _declare(disputes.filtered("evaluator_id"))
    _put_on_file(disputes)
    _give_causes(disputes, dice)


def _give_causes(disputes, dice):
    """Let closed files have causes, those of the first one being an issue."""
    causes = disputes.env["iso10003.cause"]
    known = causes.search([("name", "in", [name for name, _kind in CAUSES])])
    if not known:
        known = causes.create([{"name": name, "kind": kind} for name, kind in CAUSES])
    # who fills the database is no manager
    issues = disputes.env["iso10003.issue"].sudo()
    issue = issues.search([("name", "=", ISSUE)]) or issues.create(
        {"name": ISSUE, "cause_id": known[0].id, "company_id": disputes.env.company.id}
    )
    for dispute in disputes.filtered(lambda one: one.state == "closed"):
        cause = dice.choice(known)
        vals = {"cause_id": cause.id, "cause_kind": cause.kind}
        if cause == issue.cause_id:
            vals["issue_id"] = issue.id
        _write(disputes.env.cr, dispute, vals)
    disputes.invalidate_recordset()


def _note_consents(disputes):
    """Let who complained have agreed, of each file that has come beyond the notice."""
    disputes.env.flush_all()
    disputes.env.cr.execute(
        SQL(
            """INSERT INTO iso10003_consent (
                   dispute_id, company_id, party_id, date, channel, identity, state,
                   counts, sheet_approved, flaws, create_uid, write_uid, create_date,
                   write_date)
               SELECT dispute.id, dispute.company_id, party.id,
                      now() AT TIME ZONE 'UTC', 'application', 'body', 'given',
                      TRUE, FALSE, 'no_paper', 1, 1,
                      now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                 FROM iso10003_dispute AS dispute
                 JOIN iso10003_file AS file
                   ON file.model = 'iso10003.dispute' AND file.res_id = dispute.id
                 JOIN iso10003_party AS party
                   ON party.file_id = file.id AND party.leads
                WHERE dispute.consent_date IS NOT NULL AND dispute.id = ANY(%s)""",
            disputes.ids,
        )
    )
    disputes.env.invalidate_all()


def _put_on_file(disputes):
    """Give each file some documents, numbered, without their contents."""
    disputes.env.flush_all()
    disputes.env.cr.execute(
        SQL(
            """INSERT INTO iso10003_document (
                   file_id, matter_id, company_id, exhibit_number, name, date, source,
                   audience, without_prejudice, sha256, version, create_uid, write_uid,
                   create_date, write_date)
               SELECT file.id, file.id, file.company_id, number, 'Paper ' || number,
                      CURRENT_DATE, 'other', 'parties', FALSE, %s, 1, 1, 1,
                      now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                 FROM iso10003_file AS file, generate_series(1, 3) AS number
                WHERE file.model = 'iso10003.dispute' AND file.res_id = ANY(%s)""",
            "0" * 64,
            disputes.ids,
        )
    )
    disputes.env.cr.execute(
        SQL(
            "UPDATE iso10003_dispute SET last_exhibit = 3 WHERE id = ANY(%s)",
            disputes.ids,
        )
    )
    disputes.env.invalidate_all()


def _note_notices(disputes):
    """Give each file that has one its notice, with what follows from it."""
    disputes.env.flush_all()
    disputes.env.cr.execute(
        SQL(
            """INSERT INTO iso10003_notice (dispute_id, company_id, state, reference,
                      reference_key, channel, service, received_date, served_date,
                      begun_by, pending_elsewhere)
               SELECT id, company_id, 'recorded', 'N-' || id, 'n' || id, 'mail',
                      'actual', notice_date, notice_date, 'complainant', 'no'
                 FROM iso10003_dispute
                WHERE id IN %s AND notice_date IS NOT NULL""",
            tuple(disputes.ids),
        )
    )
    disputes.env.cr.execute(
        SQL(
            """UPDATE iso10003_dispute SET begun_by = 'complainant', preserved = TRUE
                WHERE id IN %s AND notice_date IS NOT NULL""",
            tuple(disputes.ids),
        )
    )
    disputes.env.invalidate_all()


def _give_papers(cr, ids):
    """Let files that were evaluated have their sheets, and then their positions."""
    digest = "0" * 64
    cr.execute(
        """INSERT INTO iso10003_evaluation (dispute_id, company_id, version, state,
                  author_id, facts, severity, exposure_likely, exposure_most,
                  currency_id, submitted_date, digest)
           SELECT id, company_id, 1, 'submitted', evaluator_id, findings, severity,
                  amount_claimed, amount_claimed, currency_id, notice_date, %s
             FROM iso10003_dispute WHERE id = ANY(%s) AND findings IS NOT NULL""",
        [digest, ids],
    )
    cr.execute(
        """INSERT INTO iso10003_position (dispute_id, company_id, version, state,
                  author_id, stance, reasons, currency_id, approved_by_id,
                  approved_date, approved_level, measured_amount, may_settle,
                  sent_date, digest)
           SELECT id, company_id, 1, 'sent', evaluator_id, 'contest', subject,
                  currency_id, user_id, response_date, 'handler', amount_claimed, TRUE,
                  response_date, %s
             FROM iso10003_dispute
            WHERE id = ANY(%s) AND response_date IS NOT NULL
              AND user_id <> evaluator_id""",
        [digest, ids],
    )
    _give_offers(cr, ids)


def _give_offers(cr, ids):
    """Let files in which we answered have our offer, and theirs that countered it."""
    cr.execute(
        """INSERT INTO iso10003_offer (dispute_id, company_id, version, side, state,
                  terms, amount, currency_id, due_days, date, channel, author_id)
           SELECT file.id, company_id, talk.version, talk.side, talk.state, subject,
                  amount_claimed / 2, currency_id, 14, response_date, 'email', user_id
             FROM iso10003_dispute AS file,
                  (VALUES (1, 'organization', 'countered'),
                          (2, 'complainant', 'rejected')) AS talk(version, side, state)
            WHERE file.id = ANY(%s) AND response_date IS NOT NULL""",
        [ids],
    )


def _declare(disputes):
    """Note what owners and evaluators declared: nothing stands against them."""
    # made by the deeds themselves, in which nobody has rights of their own
    disputes.env["iso10003.declaration.confirmation"].sudo().create(
        [
            {
                "dispute_id": dispute.id,
                "role": role,
                "user_id": user.id,
                "partner_id": user.partner_id.id,
                "interests": "none",
                "facts": {},
                "about": dispute._get_about(role),
                "date": fields.Date.today(),
            }
            for dispute in disputes
            for role, user in (
                ("owner", dispute.user_id),
                ("evaluator", dispute.evaluator_id),
            )
        ]
    )


def _prepare_dispute(state, category, evaluator, dice):
    """Return what a file in ``state`` has: all that the gates behind it want."""
    today = fields.Date.today()
    closed = state == "closed"
    passed = list(SPREAD)[: list(SPREAD).index(state)]
    severity = dice.choice("0123")
    return {
        "state": state,
        "outcome": "settled_facilitated" if closed else None,
        "closed_from": "implementation" if closed else None,
        "closed_date": today if closed else None,
        "waiting_on": None if closed else dice.choice(["organization", "complainant"]),
        "category_id": category,
        "severity": severity,
        "track": TRACKS[severity],
        "amount_claimed": dice.randint(1, 5000),
        "scope_decision": "in_scope",
        "scope_reason": "A consumer and a product",
        "deadlock": "rejected",
        "final_answer_date": today,
        "recourse_date": today,
        "invited_date": today if "referral" in passed else None,
        "notice_date": today if "referral" in passed else None,
        "acknowledged_date": today if "notice" in passed else None,
        "consent_date": today if "notice" in passed else None,
        "part_answered_date": today if "notice" in passed else None,
        "evaluator_id": evaluator if "evaluation" in passed else None,
        "findings": TEXT if "evaluation" in passed else None,
        "response_date": today if "position" in passed else None,
        "outcome_date": today if "resolution" in passed else None,
        "implemented_date": today if closed else None,
        "informed_date": today if closed else None,
        "lessons": "Say what is refunded, and when." if closed else None,
    }


def _spread_tickets(tickets, disputes, dice):
    """Give tickets what tickets at work have: stage, owner, tags."""
    stages = {
        closed: tickets.env["helpdesk.ticket.stage"].search([("closed", "=", closed)])
        for closed in (False, True)
    }
    closed = disputes.filtered(lambda dispute: dispute.state == "closed").ticket_id
    tags = tickets.env["helpdesk.ticket.tag"].search([]).ids
    tickets.flush_recordset()
    for ticket in tickets:
        # a complaint stays open as long as its dispute
        stage = dice.choice(stages[ticket in closed].ids)
        vals = {"stage_id": stage, "user_id": tickets.env.uid}
        _write(tickets.env.cr, ticket, {**vals, "priority": dice.choice("0123")})
        tickets.env.cr.execute(
            SQL(
                "INSERT INTO helpdesk_ticket_helpdesk_ticket_tag_rel "
                "(helpdesk_ticket_id, helpdesk_ticket_tag_id) VALUES (%s, %s)",
                ticket.id,
                dice.choice(tags),
            )
        )
    tickets.invalidate_recordset()


def _write(cr, record, vals):
    cr.execute(
        SQL(
            "UPDATE %s SET %s WHERE id = %s",
            SQL.identifier(record._table),
            SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), value)
                for name, value in vals.items()
            ),
            record.id,
        )
    )


def _plan_activities(disputes, tickets, dice):
    """Plan the same activity on each tenth dispute and on its complaint."""
    chosen = [i for i in range(len(tickets)) if dice.random() < 0.1]
    deadline = fields.Date.today() + timedelta(days=dice.randint(-5, 5))
    todo = tickets.env.ref("mail.mail_activity_data_todo")
    # no e-mail to the assigned user for each
    activities = tickets.env["mail.activity"].with_context(mail_activity_quick_update=1)
    for records in (disputes, tickets):
        model = tickets.env["ir.model"]._get_id(records._name)
        activities.create(
            [
                {
                    "res_model_id": model,
                    "res_id": records[i].id,
                    "activity_type_id": todo.id,
                    "user_id": tickets.env.uid,
                    "date_deadline": deadline,
                    "summary": "Call the customer",
                }
                for i in chosen
            ]
        )


def _spread_over_time(cr, count):
    """Let the records be of the last year, in the order of their numbers."""
    for table, columns in (
        ("iso10003_dispute", ("create_date", "opened_date", "state_date")),
        ("helpdesk_ticket", ("create_date", "last_stage_update")),
    ):
        cr.execute(
            SQL(
                "UPDATE %s t SET %s FROM (SELECT id, row_number() OVER (ORDER BY id) n "
                "FROM %s) o WHERE o.id = t.id",
                SQL.identifier(table),
                SQL(", ").join(
                    SQL(
                        "%s = now() AT TIME ZONE 'utc' "
                        "- (%s - o.n) * interval '1 year' / %s",
                        SQL.identifier(column),
                        count,
                        count,
                    )
                    for column in columns
                ),
                SQL.identifier(table),
            )
        )
