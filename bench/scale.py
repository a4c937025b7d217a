# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Lists, groups and searches of very many files against those of as many tickets."""

import contextlib
import re

import deadlines
import grown
import world
from harness import Bench, Samples, ratio
from reading import OPEN, WITHOUT
from web_client import Client

from odoo import SUPERUSER_ID, Command

SEED = 1_000
DEADLINES = 3_000  # of the seed
REPETITIONS, QUICK_REPETITIONS = 7, 2
AIM = 2.0
# of a group-by in which more is counted than there are tickets
ROWS_OF_A_FILE = {
    "escalations by state": 6,
    "register by at:day": 6,
    "register by event": 6,
}
TICKET, DISPUTE = "helpdesk.ticket", "iso10003.dispute"
DEADLINE, ALARM, REGISTER = "iso10003.deadline", "iso10003.alarm", "iso10003.register"
GROUPS = {
    "bench_handler": (),
    "bench_manager": (
        "helpdesk_mgmt.group_helpdesk_manager",
        "odoo_iso10003.group_manager",
    ),
}


def fill(bench, count, say):
    """Build ``count`` files, and tell PostgreSQL what there is."""
    world.fill(bench, min(SEED, count), say)
    system = Bench(bench.registry, SUPERUSER_ID)
    rules = deadlines._make_rules(system, DEADLINES)
    deadlines._add_deadlines(system, rules, 0, DEADLINES)
    with system.environment() as env:
        grown.spread(env.cr, env)
    with system.environment() as env:
        grown.copy(env.cr, count, say)
    say("  indexes, statistics")
    with bench.registry.cursor() as cr:  # by trigram, of what is folded
        bench.registry.check_indexes(cr, bench.registry.models.keys())
    with contextlib.closing(bench.registry.cursor()) as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE")


def measure(bench, quick, say):
    """Return one result for each view of each role."""
    repetitions = QUICK_REPETITIONS if quick else REPETITIONS
    results, plans = [], []
    people = {"handler": bench.uid, "manager": _make_manager(bench)}
    for role, uid in people.items():
        reader = Bench(bench.registry, uid, bench.context)
        with reader.environment() as env:
            shown = Shown(env)
        for what, ours, peer in _list_views(shown):
            say(f"  {role}: {what}")
            told, aim = f"{role}: {what}", AIM * ROWS_OF_A_FILE.get(what, 1)
            results.append(_measure(reader, told, ours, peer, repetitions, aim))
            plans.append((results[-1]["what"], *_explain(reader, ours)))
    results.append(_measure_portal(bench, repetitions))
    return results, sorted(plans, key=lambda plan: -plan[1])


def _make_manager(bench):
    with Bench(bench.registry, SUPERUSER_ID).environment() as env:
        handler = env["res.users"].browse(bench.uid)
        groups = [env.ref(name).id for name in GROUPS["bench_manager"]]
        return handler.create(
            {
                "name": "Bench Manager",
                "login": "bench_manager",
                "group_ids": [Command.set(handler.group_ids.ids + groups)],
                "tz": handler.tz,
            }
        ).id


class Shown:
    """The views of one user, as the client has them once they are loaded."""

    def __init__(self, env):
        self.clients = {
            model: Client(env, model, WITHOUT.get(model), kinds=("list",))
            for model in (DISPUTE, TICKET, DEADLINE, ALARM, REGISTER)
        }
        self.dispute_id = env[DISPUTE].search([], limit=1).id

    def list(self, model, domain=(), offset=0):
        client = self.clients[model]
        return lambda env: client.list(env, list(domain), offset)

    def group(self, model, groupby, domain=()):
        client = self.clients[model]
        return lambda env: client.groups(env, list(domain), groupby)


def _list_views(shown):
    """Yield what is shown, by us and by the helpdesk."""
    tickets = shown.list(TICKET)
    yield "disputes, first page", shown.list(DISPUTE), tickets
    yield (
        "disputes, page at 10,000",
        shown.list(DISPUTE, offset=10_000),
        shown.list(TICKET, offset=10_000),
    )
    yield (
        "disputes, open",
        shown.list(DISPUTE, OPEN[DISPUTE]),
        shown.list(TICKET, OPEN[TICKET]),
    )
    for ours, peer in (
        ("state", "stage_id"),
        ("user_id", "user_id"),
        ("team_id", "team_id"),
        ("category_id", "category_id"),
        ("partner_id", "partner_id"),
        ("waiting_on", "stage_id"),
        ("opened_date:month", "create_date:month"),
        ("next_due_date:month", "create_date:month"),
    ):
        yield (
            f"disputes by {ours}",
            shown.group(DISPUTE, ours),
            shown.group(TICKET, peer),
        )
    for word in ("invoice", "model 77", "یخچال", "کتابخانه", "nothing like it"):
        yield (
            f"disputes searched for “{word}”",
            shown.list(DISPUTE, _either(word, "name", "subject")),
            shown.list(TICKET, _either(word, "number", "name")),
        )
    yield (
        "disputes of a complaint “invoice”",
        shown.list(DISPUTE, [("ticket_id", "ilike", "invoice")]),
        shown.list(TICKET, _either("invoice", "number", "name")),
    )
    yield (
        "disputes of a complainant “Customer 77”",
        shown.list(DISPUTE, [("partner_id", "child_of", "Customer 77")]),
        shown.list(TICKET, [("partner_id", "ilike", "Customer 77")]),
    )
    running = [("state", "in", ["running", "suspended"])]
    overdue = [
        *("|", ("state", "=", "lapsed"), "&"),
        *(("state", "=", "running"), ("due_date", "<", "today")),
    ]
    yield "limits, running", shown.list(DEADLINE, running), tickets
    yield "limits, overdue", shown.list(DEADLINE, overdue), tickets
    for ours, peer in (
        ("user_id", "user_id"),
        ("state", "stage_id"),
        ("rule_id", "category_id"),
        ("due_date:day", "create_date:day"),
    ):
        yield (
            f"limits by {ours}",
            shown.group(DEADLINE, ours),
            shown.group(TICKET, peer),
        )
    yield "escalations", shown.list(ALARM), tickets
    by_stage = shown.group(TICKET, "stage_id")
    yield "escalations by state", shown.group(ALARM, "state"), by_stage
    of_one = [("dispute_id", "=", shown.dispute_id)]
    yield "register of a file", shown.list(REGISTER, of_one), tickets
    yield "register, first page", shown.list(REGISTER), tickets
    yield (
        "register by at:day",
        shown.group(REGISTER, "at:day"),
        shown.group(TICKET, "create_date:day"),
    )
    yield "register by event", shown.group(REGISTER, "event"), by_stage


def _either(word, *names):
    first, second = ((name, "ilike", word) for name in names)
    return ["|", first, second]


def _measure(bench, what, ours, peer, repetitions, aim=AIM):
    kept = {ours: Samples(), peer: Samples()}
    for repetition in range(-1, repetitions):
        for show, samples in kept.items():
            samples = samples if repetition >= 0 else Samples()  # warm-up
            bench.sample(samples, lambda env: env, show)
    return {
        "what": what,
        "ours": kept[ours].median,
        "peer": kept[peer].median,
        "ratio": ratio(kept[ours], kept[peer]),
        "queries": kept[ours].most_queries,
        "peer_queries": kept[peer].most_queries,
        "aim": aim,
    }


def _measure_portal(bench, repetitions):
    """What the page of a complainant searches, and the helpdesk's page of theirs."""
    with Bench(bench.registry, SUPERUSER_ID).environment() as env:
        customer = env[DISPUTE].search([], order="id desc", limit=1).partner_id
        user = env["res.users"].create(
            {
                "login": "bench_portal",
                "partner_id": customer.id,
                "group_ids": [Command.set(env.ref("base.group_portal").ids)],
            }
        )

    def page(model, fields):
        def show(env):
            env[model].search_count([])
            return env[model].search([], limit=80).mapped(fields)

        return show

    reader = Bench(bench.registry, user.id, bench.context)
    return _measure(
        reader,
        "complainant: list on the portal",
        page(DISPUTE, "subject"),
        page(TICKET, "name"),
        repetitions,
    )


def _explain(bench, show):
    """Return what the slowest query of a view took, and its plan."""
    with bench.environment() as env:
        env.cr.execute(
            """LOAD 'auto_explain';
               SET LOCAL auto_explain.log_min_duration = 0;
               SET LOCAL auto_explain.log_analyze = TRUE;
               SET LOCAL auto_explain.log_timing = FALSE;
               SET LOCAL client_min_messages = LOG"""
        )
        del env.cr._cnx.notices[:]
        show(env)
        plans = [
            (float(re.search(r"duration: ([\d.]+)", notice)[1]), notice)
            for notice in env.cr._cnx.notices
            if "duration:" in notice
        ]
    return max(plans, default=(0.0, ""))
