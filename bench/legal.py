# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Legal referrals: the review sweep costs what is due, the docket what a list costs."""

from datetime import timedelta

import world
from harness import Bench, Samples, ratio
from web_client import Client

from odoo import Command, api, fields
from odoo.tools import SQL

REVIEWS = 12
DUE = 100
REPETITIONS, QUICK_REPETITIONS = 15, 3
LOGIN = "bench_counsel"
GROUPS = ("helpdesk_mgmt.group_helpdesk_user", "odoo_iso10003.group_counsel")
LIST = {"iso10003.referral": None, "helpdesk.ticket": "odoo_iso10003"}


def measure(registry, count, quick, say):
    """Return one result for the sweep and one for the docket."""
    repetitions = QUICK_REPETITIONS if quick else REPETITIONS
    system = Bench(registry, api.SUPERUSER_ID, {"lang": "en_US"})
    counsel = Bench(registry, _make_counsel(registry), {"lang": "en_US"})
    few = count // 10
    _fill(counsel, few, say)
    among_few = _sweep(system, repetitions)
    _fill(counsel, count - few, say)
    among_many = _sweep(system, repetitions)
    return [
        {
            "what": f"review sweep, {DUE} due of {count} against of {few}",
            "ours": among_many.median,
            "peer": among_few.median,
            "ratio": ratio(among_many, among_few),
            "queries": among_many.most_queries,
            "peer_queries": among_few.most_queries,
            "aim": 1.5,
        },
        _list(counsel, repetitions),
    ]


def _make_counsel(registry):
    with registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        company = env.ref("base.main_company")
        counsel, reviewer = env["res.users"].create(
            [
                {
                    "name": name,
                    "login": login,
                    "email": f"{login}@example.com",
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [Command.link(env.ref(group).id) for group in GROUPS],
                    "lang": "en_US",
                }
                for name, login in (
                    ("Bench Counsel", LOGIN),
                    ("Bench Reviewer", f"{LOGIN}_2"),
                )
            ]
        )
        env["iso10003.authority"].create({"name": "Bench court", "tz": "UTC"})
        assert reviewer
        return counsel.id


def _fill(bench, count, say):
    """Make pending referrals with their reviews, none of which is due."""
    for start in range(0, count, 1000):
        size = min(1000, count - start)
        with bench.environment(tracking_disable=True) as env:
            users = env["res.users"].search([("login", "like", LOGIN)], order="id")
            court = env["iso10003.authority"].search([("name", "=", "Bench court")])
            partners = env["res.partner"].search([("email", "like", "customer%")]).ids
            referrals = env["iso10003.referral"].create(
                [
                    {
                        "subject": f"{world.SUBJECTS[i % 4]} ({i})",
                        "scope_reason": "Made to be measured",
                        "authority_id": court.id,
                        "counsel_id": users[0].id,
                        "reviewer_id": users[1].id,
                        "opponent_id": partners[i % len(partners)],
                        "docket_number": f"D-{i}",
                        "amount": 1000 + i,
                    }
                    for i in range(size)
                ]
            )
            env.flush_all()
            _review(env.cr, referrals, users[1])
            env.invalidate_all()
            referrals._plan_reminders()
        say(f"  {start + size} referrals with {REVIEWS} reviews each")
    with bench.registry.cursor() as cr:
        cr.execute("ANALYZE")


def _review(cr, referrals, reviewer):
    """Bring referrals before the court, and write their reviews, by SQL."""
    today = fields.Date.today()
    cr.execute(
        SQL(
            """UPDATE iso10003_referral
                  SET state = 'pending', review_due_date = %(due)s
                WHERE id IN %(ids)s""",
            due=today + timedelta(days=20),
            ids=referrals._ids,
        )
    )
    cr.execute(
        SQL(
            """INSERT INTO iso10003_referral_review
                      (referral_id, company_id, reviewer_id, date, due_date, on_time,
                       state_reviewed, decision, reasons, next_date)
               SELECT r.id, r.company_id, %(user)s, %(day)s - 30 * n, %(day)s - 30 * n,
                      true, 'pending', 'continue', 'As before.', %(day)s - 30 * n + 30
                 FROM iso10003_referral r, generate_series(1, %(reviews)s) n
                WHERE r.id IN %(ids)s""",
            user=reviewer.id,
            day=today,
            reviews=REVIEWS,
            ids=referrals._ids,
        )
    )


def _sweep(bench, repetitions):
    """Time the sweep with DUE reviews due, among all that are there."""
    samples = Samples()
    for repetition in range(-1, repetitions):
        bench.sample(
            samples if repetition >= 0 else Samples(),
            _let_some_be_due,
            lambda alarms: alarms._sweep(),
        )
    return samples


def _let_some_be_due(env):
    today = fields.Date.today()
    env.cr.execute(
        SQL(
            """UPDATE iso10003_referral SET review_due_date = %s
                WHERE id IN (SELECT id FROM iso10003_referral ORDER BY id LIMIT %s)
            RETURNING id""",
            today,
            DUE,
        )
    )
    ids = [referral_id for (referral_id,) in env.cr.fetchall()]
    env.cr.execute(
        SQL(
            """UPDATE iso10003_alarm SET at = %s, day = %s
                WHERE model = 'iso10003.referral' AND ladder = 'review'
                  AND state = 'pending' AND res_id = ANY(%s)""",
            fields.Datetime.now(),
            today,
            ids,
        )
    )
    env.invalidate_all()
    return env["iso10003.alarm"]


def _list(bench, repetitions):
    """Time the docket against an equally sized list of tickets."""
    with bench.environment() as env:
        clients = {model: Client(env, model, LIST[model]) for model in LIST}
        sizes = {model: env[model].search_count([]) for model in LIST}
    samples = {model: Samples() for model in LIST}
    for repetition in range(-2, repetitions):
        for model in LIST:
            bench.sample(
                samples[model] if repetition >= 0 else Samples(),
                lambda env: env,
                lambda env, model=model: clients[model].list(env, []),
            )
    ours, peer = (samples[model] for model in LIST)
    return {
        "what": f"docket of {sizes['iso10003.referral']} referrals",
        "ours": ours.median,
        "peer": peer.median,
        "ratio": ratio(ours, peer),
        "queries": ours.most_queries,
        "peer_queries": peer.most_queries,
        "aim": 1.1,
    }
