# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Opening disputes against creating the tickets that they come from."""

from harness import Samples, ratio
from world import prepare_tickets

# batch: repetitions
SIZES = {1: 40, 100: 9, 1000: 5}
QUICK_SIZES = {1: 10, 100: 3, 1000: 1}
# Odoo's create() inserts 100 records at a time: into the disputes, their files, their
# parties, the messages of their chatter and their followers
CHUNK, TABLES = 100, 5


def measure(bench, quick, say):
    """Return one result for each size of batch."""
    create, open_ = Samples(), Samples()
    _pair(bench, 10, create, open_)  # warm-up
    results = []
    for size, repetitions in (QUICK_SIZES if quick else SIZES).items():
        say(f"  batches of {size}, {repetitions} times")
        create, open_ = Samples(), Samples()
        for _repetition in range(repetitions):
            _pair(bench, size, create, open_)
        results.append(
            {
                "what": f"open {size}",
                "batch": size,
                "ours": open_.median / size,
                "peer": create.median / size,
                "ratio": ratio(open_, create),
                "queries": open_.most_queries / size,
                "peer_queries": create.most_queries / size,
                "queries_per_batch": open_.most_queries,
                "peer_queries_per_batch": create.most_queries,
                "aim": 1.0 if size == max(SIZES) else None,
            }
        )
    return results


def _pair(bench, size, create, open_):
    """Create tickets as one batch, then open their disputes as one batch."""
    ids = bench.sample(
        create,
        lambda env: (env["helpdesk.ticket"], prepare_tickets(env, size)),
        lambda prepared: prepared[0].create(prepared[1]).ids,
    )
    bench.sample(
        open_,
        lambda env: env["helpdesk.ticket"].browse(ids),
        lambda tickets: tickets._open_disputes(),
    )


def queries_grow(results):
    """Return by how many queries a batch grows, past Odoo's own chunks."""
    first = next(result for result in results if result["batch"] == CHUNK)
    last = results[-1]
    chunks = TABLES * (last["batch"] // CHUNK - 1)
    return last["queries_per_batch"] - first["queries_per_batch"] - chunks
