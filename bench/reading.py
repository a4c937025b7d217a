# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Showing disputes against showing tickets, in the web client's own views."""

import random

from harness import Samples, ratio
from web_client import Client
from world import SEED

REPETITIONS, QUICK_REPETITIONS = 25, 5
FORMS = 20
AIMS = {
    "list, first page": 0.9,
    "list, a page in the middle": 0.9,
    "form, with its widgets": 1.3,
}
MODELS = ("iso10003.dispute", "helpdesk.ticket")
# the peer is the ticket as the helpdesk ships it, without what this addon shows there
WITHOUT = {"iso10003.dispute": None, "helpdesk.ticket": "odoo_iso10003"}
# the filter “Open” of both, with which their boards are shown at first
OPEN = {
    "iso10003.dispute": [("state", "!=", "closed")],
    "helpdesk.ticket": [("closed", "=", False)],
}


def measure(bench, quick, say):
    """Return one result for each view."""
    with bench.environment() as env:
        clients = {model: Client(env, model, WITHOUT[model]) for model in MODELS}
        ids = {model: _choose(env, model) for model in MODELS}
        middle = env[MODELS[0]].search_count([]) // 2
    pages = {
        "list, first page": (lambda env, client, _ids: client.list(env, []), 1),
        "list, a page in the middle": (
            lambda env, client, _ids: client.list(env, [], middle),
            1,
        ),
        "kanban, open ones": (
            lambda env, client, _ids: client.kanban(env, OPEN[client.model]),
            1,
        ),
        "form": (lambda env, client, ids: _show_forms(env, client.form, ids), FORMS),
        "form, with its widgets": (
            lambda env, client, ids: _show_forms(env, client.form_with_widgets, ids),
            FORMS,
        ),
    }
    results = []
    for what, (show, calls) in pages.items():
        say(f"  {what}")
        repetitions = QUICK_REPETITIONS if quick else REPETITIONS
        results.append(_measure(bench, clients, ids, what, show, calls, repetitions))
    return results


def _choose(env, model):
    """Choose records to open, the same ones in each run."""
    found = env[model].search([("create_uid", "=", env.uid)], order="id").ids
    return random.Random(SEED).sample(found, FORMS)


def _show_forms(env, show, ids):
    for record_id in ids:
        env.invalidate_all()  # each form is a request of its own
        env.transaction.clear()
        show(env, record_id)


def _measure(bench, clients, ids, what, show, calls, repetitions):
    samples = {model: Samples() for model in MODELS}
    for repetition in range(-2, repetitions):
        for model in MODELS:
            kept = samples[model] if repetition >= 0 else Samples()  # warm-up
            bench.sample(
                kept,
                lambda env: env,
                lambda env, model=model: show(env, clients[model], ids[model]),
            )
    ours, peer = (samples[model] for model in MODELS)
    return {
        "what": what,
        "ours": ours.median / calls,
        "peer": peer.median / calls,
        "ratio": ratio(ours, peer),
        "queries": ours.most_queries / calls,
        "peer_queries": peer.most_queries / calls,
        "aim": AIMS.get(what, 1.0),
    }
