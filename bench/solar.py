# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Grouping by solar periods against Odoo's own: see README.md beside this file."""

import argparse
import os
import sys

import table
from harness import Bench, Samples, ratio

from odoo import Command, api
from odoo.modules.registry import Registry
from odoo.tools import config

# A table of few columns, with dates, which Odoo itself has.
MODEL = "ir.sequence.date_range"
DAYS = 3_650  # of ten years, all with as many rows
REPETITIONS, QUICK_REPETITIONS = 9, 2
AIM = 1.5


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--solar", action="store_true", help="this bench")
    parser.add_argument("--quick", action="store_true", help="does it run?")
    arguments = parser.parse_args()
    count = 10_000 if arguments.quick else 1_000_000
    config.parse_config(["-c", os.environ["ODOO_RC"]])
    registry = Registry(config["db_name"][0])
    solar, gregorian = (
        Bench(
            registry,
            make_user(registry, calendar),
            {"lang": "fa_IR", "tz": "Asia/Tehran"},
        )
        for calendar in ("solar", "gregorian")
    )
    print(f"filling the database with {count} rows", flush=True)
    fill(registry, count)
    repetitions = QUICK_REPETITIONS if arguments.quick else REPETITIONS
    results = [
        measure(solar, gregorian, spec, repetitions)
        for spec in (
            "date_to:day",
            "date_to:week",
            "date_to:month",
            "date_to:quarter",
            "date_to:year",
            "create_date:month",
            "create_date:year",
        )
    ]
    table.draw(results)
    over = [result["what"] for result in results if table.verdict(result) == "OVER"]
    if over and not arguments.quick:
        sys.exit(f"over the aim: {', '.join(over)}")


def make_user(registry, calendar):
    with registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        user = env["res.users"].create(
            {
                "name": calendar,
                "login": f"bench_{calendar}",
                "lang": "fa_IR",
                "calendar_system": calendar,
                "group_ids": [Command.link(env.ref("base.group_system").id)],
            }
        )
        return user.id


def fill(registry, count):
    with registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        sequence = env["ir.sequence"].create({"name": "Rows to group"})
        cr.execute(
            """INSERT INTO ir_sequence_date_range
                (sequence_id, number_next, date_from, date_to, create_date)
            SELECT %s, 1, DATE '2019-01-01' + n / %s, DATE '2019-01-01' + n %% %s,
                TIMESTAMP '2019-01-01' + n %% %s * INTERVAL '1 day' + n * INTERVAL '1 s'
            FROM generate_series(0, %s - 1) n""",
            [sequence.id, DAYS, DAYS, DAYS, count],
        )
        cr.commit()
        cr.connection.autocommit = True
        cr.execute("VACUUM ANALYZE ir_sequence_date_range")


def measure(solar, gregorian, spec, repetitions):
    """Return one result: the web client's call, by either user in turn."""
    ours, peer = Samples(), Samples()
    for repetition in range(repetitions + 1):
        for bench, samples in ((solar, ours), (gregorian, peer)):
            bench.sample(
                samples if repetition else Samples(),  # caches are warm
                lambda env: env[MODEL],
                lambda rows: rows.formatted_read_group([], [spec], ["__count"]),
            )
    return {
        "what": f"grouped by {spec}",
        "ours": ours.median,
        "peer": peer.median,
        "ratio": ratio(ours, peer),
        "queries": ours.most_queries,
        "peer_queries": peer.most_queries,
        "aim": AIM,
    }


if __name__ == "__main__":
    main()
