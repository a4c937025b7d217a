# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure disputes against tickets in one run: see README.md beside this file."""

import argparse
import datetime
import json
import os
import sys
from pathlib import Path

import checks
import deadlines
import full_file
import legal
import opening
import printing
import reading
import scale
import table
import world
from harness import Bench

from odoo.modules.registry import Registry
from odoo.tools import config

OUTPUT = Path(__file__).parents[1] / ".local/bench"


def main():
    arguments = parse_arguments()
    config.parse_config(["-c", os.environ["ODOO_RC"]])
    registry = Registry(config["db_name"][0])
    handler = world.make_people(registry)
    bench = Bench(registry, handler, {"lang": "en_US", "tz": "Asia/Tehran"})
    if arguments.ends:
        import ends  # as below

        ends.lead(bench, arguments.ends, say, 28 if arguments.quick else None)
        return
    if arguments.similar:
        import similar  # of the addon, which is found once the configuration is read

        results = similar.measure(
            bench, arguments.similar, arguments.checked, arguments.quick, say
        )
        finish(arguments, results, 0)
        return
    if arguments.scale:
        scaled(bench, arguments)
        return
    if arguments.print:
        say(f"filling the database with {arguments.print} disputes, and printing them")
        world.fill(bench, arguments.print, say)
        finish(arguments, [printing.measure(bench, arguments.print)], 0)
        return
    say(f"filling the database with {arguments.records} disputes")
    world.fill(bench, arguments.records, say)
    results, grown = [], 0
    only = arguments.legal or arguments.file or arguments.checks
    if not only:
        say("reading, through the web client's calls")
        read = reading.measure(bench, arguments.quick, say)
        say("opening")
        opened = opening.measure(bench, arguments.quick, say)
        say("deadlines")
        results = opened + read + deadlines.measure(bench, arguments.quick, say)
        grown = opening.queries_grow(opened)
    if arguments.file or not only:
        results += full_file.measure(bench, arguments.quick, say)
    if arguments.legal or not only:
        say("legal referrals")
        results += legal.measure(registry, arguments.records, arguments.quick, say)
    if not only or arguments.checks:
        say("checking readiness")
        results += checks.measure(bench, arguments.checked, arguments.quick, say)
    finish(arguments, results, grown)


def scaled(bench, arguments):
    """Measure what is listed, grouped and searched among very many files."""
    say(f"building {arguments.scale} disputes")
    scale.fill(bench, arguments.scale, say)
    results, plans = scale.measure(bench, arguments.quick, say)
    arguments.output.mkdir(parents=True, exist_ok=True)
    path = arguments.output / f"plans_{arguments.scale}.txt"
    told = (f"{what}: {took:.0f} ms\n{plan}\n" for what, took, plan in plans[:10])
    path.write_text("\n".join(told), encoding="utf-8")
    finish(arguments, results, 0)
    print(f"the plans of the ten slowest queries are in {os.path.relpath(path)}")


def finish(arguments, results, grown):
    """Show what was measured, keep it, and fail over an aim."""
    table.draw(results)
    print(f"queries of a batch: {grown:+d} from 100 to 1000, Odoo's own inserts aside")
    write(arguments, results, grown)
    over = [result["what"] for result in results if table.verdict(result) == "OVER"]
    if grown > 0:
        over.append("queries of a batch")
    over += [f"queries: {one['what']}" for one in results if one.get("grown", 0) > 0]
    if over and not arguments.quick:
        sys.exit(f"over the aim: {', '.join(over)}")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="few repetitions on 1,000 disputes: does it run, not how fast it is",
    )
    parser.add_argument(
        "--legal", action="store_true", help="only what is about legal referrals"
    )
    parser.add_argument(
        "--file", action="store_true", help="only the file on which much has happened"
    )
    parser.add_argument(
        "--checks", action="store_true", help="only the questions of readiness"
    )
    parser.add_argument(
        "--similar",
        type=Path,
        help="only what is about similar files, with the complaints of this folder",
    )
    parser.add_argument(
        "--scale",
        type=int,
        nargs="?",
        const=300_000,
        help="only lists, groups and searches of very many files, against tickets",
    )
    parser.add_argument(
        "--print",
        type=int,
        nargs="?",
        const=1_000,
        help="only what printing very many files in the background takes of memory",
    )
    parser.add_argument(
        "--ends",
        type=Path,
        help="only the disputed complaints of this folder, each led to an end",
    )
    parser.add_argument("--records", type=int, help="how many disputes to read from")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--checked", type=int, help="how many disputes to check")
    arguments = parser.parse_args()
    if arguments.checked is None:
        arguments.checked = 2_000 if arguments.quick else 100_000
    if arguments.records is None:
        arguments.records = 1_000 if arguments.quick else 10_000
    return arguments


def write(arguments, results, grown):
    now = datetime.datetime.now().astimezone()
    arguments.output.mkdir(parents=True, exist_ok=True)
    path = arguments.output / f"{now:%Y-%m-%d_%H%M%S}.json"
    content = {
        "at": now.isoformat(timespec="seconds"),
        "quick": arguments.quick,
        "records": arguments.records,
        "queries_grown": grown,
        "results": results,
    }
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(f"written to {os.path.relpath(path)}")


def say(message):
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
