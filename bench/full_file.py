# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A file on which much has happened, against one on which little has."""

import os
from datetime import timedelta

from harness import Samples, ratio
from web_client import Client

from odoo import fields

MODEL = "iso10003.dispute"
PROCEEDINGS, DOCUMENTS, MESSAGES, DUTIES, OFFERS = 5, 50, 300, 20, 20
REPETITIONS, QUICK_REPETITIONS = 25, 5
# what its print may take: seconds, and megabytes of the process that prints
PRINT_SECONDS, PRINT_MEGABYTES = 30, 500
REPORT = "odoo_iso10003.dispute_file"


def measure(bench, quick, say):
    """Return one result for its form and one for its print."""
    say("a file on which much has happened")
    with bench.environment() as env:
        fresh, full = env[MODEL].search(
            [("state", "=", "resolution"), ("user_id", "=", env.uid)],
            limit=2,
            order="id",
        )
        _propose(fresh, 1)  # who enters 7.5 has one
        _propose(full, PROCEEDINGS)
        _fill(full)
        client, ids = Client(env, MODEL), {"full": full.id, "fresh": fresh.id}
    repetitions = QUICK_REPETITIONS if quick else REPETITIONS
    return [
        _measure_form(bench, client, ids, repetitions),
        _measure_story(bench, ids, repetitions),
        _measure_print(bench, ids["full"]),
    ]


def _propose(dispute, count):
    methods = dispute.env["iso10003.method"].search([], limit=count)
    dispute.env["iso10003.proceeding"].create(
        [
            {"dispute_id": dispute.id, "method_id": methods[number % len(methods)].id}
            for number in range(count)
        ]
    )


def _fill(dispute):
    """Let much happen in a file, as who leads it does."""
    env = dispute.env(context={**dispute.env.context, "tracking_disable": True})
    dispute = dispute.with_env(env)
    today, file = fields.Date.context_today(dispute), dispute.sudo().file_ids
    env["iso10003.document"].create(
        [
            {
                "file_id": file.id,
                "name": f"Paper {number}",
                "content": "UGFwZXI=",
                "audience": "parties" if number % 2 else "internal",
            }
            for number in range(DOCUMENTS)
        ]
    )
    env["iso10003.obligation"].create(
        [
            {
                "file_id": file.id,
                "name": f"Duty {number}",
                "amount": 10,
                "day": today + timedelta(days=number),
            }
            for number in range(DUTIES)
        ]
    )
    _talk(dispute)
    for number in range(MESSAGES):
        dispute.message_post(body=f"Message {number}", subtype_xmlid="mail.mt_note")


def _talk(dispute):
    """Let both sides offer by turns, each answering the last."""
    offers = dispute.env["iso10003.offer"]
    for number in range(OFFERS):
        ours = number % 2
        action = dispute.action_make_offer() if ours else dispute.action_note_offer()
        offer = offers.with_context(**action["context"]).create(
            {
                "terms": f"So many towards it, for the {number}th time",
                "amount": 10 + number,
                **({} if ours else {"channel": "email", "proof": "UGFwZXI="}),
            }
        )
        if ours:
            offer.action_note_made(channel="phone")
    if len(dispute.offer_ids) < OFFERS:
        raise AssertionError("fewer offers than there should be")


def _measure_form(bench, client, ids, repetitions):
    return _compare(
        bench,
        ids,
        repetitions,
        "form of a full file, of a fresh one",
        client.form_with_widgets,
    )


def _measure_story(bench, ids, repetitions):
    """Its timeline is longer: it reads more kinds of records, and no more often."""
    return _compare(
        bench,
        ids,
        repetitions,
        "timeline of a full file, of a fresh one",
        lambda env, record_id: env[MODEL].browse(record_id).read(["story"]),
        aim=None,
    )


def _compare(bench, ids, repetitions, what, show, aim=1.3):
    samples = {kind: Samples() for kind in ids}
    for repetition in range(-2, repetitions):
        for kind, record_id in ids.items():
            kept = samples[kind] if repetition >= 0 else Samples()  # warm-up
            bench.sample(
                kept,
                lambda env: env,
                lambda env, record_id=record_id: show(env, record_id),
            )
    full, fresh = samples["full"], samples["fresh"]
    return {
        "what": what,
        "ours": full.median,
        "peer": fresh.median,
        "ratio": ratio(full, fresh),
        "queries": full.most_queries,
        "peer_queries": fresh.most_queries,
        "aim": aim,
        # a form costs no query more on a file that grew
        "grown": full.most_queries - fresh.most_queries if aim else 0,
    }


def _measure_print(bench, record_id):
    """Print it once, within the memory that it may take.

    What counts is the time of the processor, of this process and of the one that
    prints: how long others let it wait says nothing of the file.
    """
    with bench.environment(force_report_rendering=True) as env:
        limits = {"print_memory": PRINT_MEGABYTES, "print_seconds": 20 * PRINT_SECONDS}
        parameters = env["ir.config_parameter"].sudo()
        for name, limit in limits.items():
            parameters.set_param(f"odoo_iso10003.{name}", limit)
        queries, start = env.cr.sql_log_count, os.times()
        content, _kind = env["ir.actions.report"]._render_qweb_pdf(REPORT, [record_id])
        # all but the last, which is the time on the wall
        seconds = sum(os.times()[:4]) - sum(start[:4])
        queries = env.cr.sql_log_count - queries
        for name in limits:
            parameters.set_param(f"odoo_iso10003.{name}", False)
        if not content.startswith(b"%PDF"):
            raise AssertionError("nothing was printed")
    return {
        "what": f"print of a full file, of {PRINT_SECONDS} s",
        "ours": seconds,
        "peer": PRINT_SECONDS,
        "ratio": seconds / PRINT_SECONDS,
        "queries": queries,
        "peer_queries": 0,
        "aim": 1.0,
    }
