# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Similar files among many, and the issues of real complaints.

Both are made of a folder with two files of the Consumer Complaint Database of the US
Consumer Financial Protection Bureau, which is no part of the project:
``cfpb_complaints.csv``, of which the disputed ones become files, and
``cfpb_narratives.csv``, of which each is given a text of its product.
"""

import csv
import random
import re
from itertools import cycle

import checks
import world
from harness import Samples, ratio

from odoo import fields
from odoo.tools import SQL

from odoo.addons.odoo_iso10003.core import similar

REPETITIONS, QUICK_REPETITIONS = 25, 5
# against one question to the index, and against looking at all texts
PROBE_AIM, SCAN_AIM = 5.0, 1 / 100
SENTENCES = (4, 9)
BATCH = 5000
TABLE, OWN = "iso10003_dispute", ("id", "name", "stems", "state", "outcome")
CLUSTERS, NEAREST, WORDS = 10, 5, 8


def measure(bench, folder, count, quick, say):
    """Return the results over ``count`` texts, recombined from those of the folder."""
    say("  making a file of each disputed complaint")
    make_files(bench, folder)
    print_clusters(bench)
    say(f"  multiplying them to {count} texts")
    multiply(bench, folder, count)
    with bench.registry.cursor() as cr:
        cr.execute("SELECT gin_clean_pending_list('iso10003_dispute__stems_index')")
        cr.execute("ANALYZE")
    with bench.environment() as env:
        env["iso10003.word"].sudo()._recount()
    ours, probe, scan = Samples(), Samples(), Samples()
    repetitions = QUICK_REPETITIONS if quick else REPETITIONS
    dice = random.Random(world.SEED)
    with bench.environment() as env:
        files = env["iso10003.dispute"].search([], limit=5000).ids
    for repetition in range(-2, repetitions):
        chosen = dice.choice(files)
        for samples, action in ((probe, _probe), (ours, _find)):
            kept = samples if repetition >= 0 else Samples()
            bench.sample(kept, lambda env, one=chosen: _prepare(env, one), action)
        if 0 <= repetition < QUICK_REPETITIONS:
            bench.sample(scan, lambda env, one=chosen: _prepare(env, one), _scan)
    explain(bench, files[0])
    return [
        _result(f"similar files of {count}, of one probe", ours, probe, PROBE_AIM),
        _result(
            f"similar files of {count}, of a scan",
            Samples(ours.seconds[: len(scan.seconds)], ours.queries),
            scan,
            SCAN_AIM,
        ),
    ]


def _result(what, ours, peer, aim):
    return {
        "what": what,
        "ours": ours.median,
        "peer": peer.median,
        "ratio": ratio(ours, peer),
        "queries": ours.most_queries,
        "peer_queries": peer.most_queries,
        "aim": aim,
    }


# ------------------------------------------------------------
# What is measured
# ------------------------------------------------------------


def _prepare(env, dispute_id):
    """Return a file as its form has read it, and its rarest word."""
    file = env["iso10003.dispute"].browse(dispute_id)
    file.fetch(["stems", "subject", "description", "partner_id", "company_id"])
    stems = (file.stems or "").split()
    counts, total = env["iso10003.word"]._count(set(stems))
    env.user.has_group("odoo_iso10003.group_handler")
    return file, similar.choose_telling(stems, counts, total)[0]


def _find(prepared):
    file, _stem = prepared
    file._find_similar()


def _probe(prepared):
    """Ask the index once, as the search box does, for files with one word."""
    file, stem = prepared
    file.search_fetch([("stems", "ilike", f" {stem} ")], ["stems"], limit=100)


def _scan(prepared):
    file, _stem = prepared
    cr = file.env.cr
    cr.execute("SET LOCAL max_parallel_workers_per_gather = 0")
    cr.execute(
        SQL(
            "SELECT id FROM iso10003_dispute ORDER BY similarity(stems, %s) DESC "
            "LIMIT 10",
            file.stems,
        )
    )


def explain(bench, dispute_id):
    """Print how the database finds files by words."""
    with bench.environment() as env:
        _file, stem = _prepare(env, dispute_id)
        disputes = env["iso10003.dispute"]
        query = disputes._search([("stems", "ilike", f" {stem} ")], limit=100)
        for (line,) in env.execute_query(SQL("EXPLAIN %s", query.select())):
            print(line)


# ------------------------------------------------------------
# The texts
# ------------------------------------------------------------


def read(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pair(folder):
    """Return ``[(complaint, text)]``: the disputed, each with a text of its kind."""
    texts = {}
    for row in read(folder, "cfpb_narratives.csv"):
        texts.setdefault(row["product"], []).append(row["narrative"])
    turns = {product: cycle(of_product) for product, of_product in texts.items()}
    disputed = [
        row
        for row in read(folder, "cfpb_complaints.csv")
        if row["consumer_disputed?"] == "Yes"
    ]
    return [(row, next(turns[row["product"]])) for row in disputed]


def make_files(bench, folder):
    pairs = pair(folder)
    with bench.environment(tracking_disable=True) as env:
        vals_list = world.prepare_tickets(env, len(pairs))
        for vals, (row, text) in zip(vals_list, pairs, strict=True):
            vals.update(name=row["product"], description=text)
        tickets = env["helpdesk.ticket"].create(vals_list)
        disputes = tickets._open_disputes()
        categories = {}
        for dispute, (row, _text) in zip(disputes, pairs, strict=True):
            name = row["product"]
            if name not in categories:
                # who fills the database is no manager
                made = env["iso10003.dispute.category"].sudo()
                categories[name] = made.create(
                    {"name": name, "company_id": env.company.id}
                )
            dispute.category_id = categories[name]


def print_clusters(bench):
    """Print the strongest groups, and what the nightly look proposes."""
    with bench.environment() as env:
        disputes = env["iso10003.dispute"].search([])
        texts = {one.id: (one.stems or "").split() for one in disputes}
        kinds = {one.id: one.category_id.id for one in disputes}
        policy = env["iso10003.policy"]._in_force(env.company, fields.Date.today())
        groups = similar.group(texts, policy.issue_files, kinds)
        weights = similar.Weights(similar.count_stems(texts.values()), len(texts))
        print(f"{len(disputes)} files, {len(groups)} groups")
        for number, group in enumerate(groups[:CLUSTERS], start=1):
            _print_group(disputes, texts, weights, group, number)
        found = env["iso10003.issue"].sudo()._look_at_files(env.company)
        print(f"proposed: {found} issues")
        env.cr.rollback()


def _print_group(disputes, texts, weights, group, number):
    leader = disputes.browse(group.leader)
    named = similar.name_stems(leader._read_complaint())
    words = [named[stem].lower() for stem in group.stems[:WORDS]]
    size = len(group.members) + 1
    print(f"\n{number}. {leader.category_id.name}, {size} files: {', '.join(words)}")
    print(f"   {_shorten(leader)}")
    inside = dict(group.members)
    alike = disputes.filtered(lambda one: one.category_id == leader.category_id)
    others = {one.id: texts[one.id] for one in alike - leader}
    for match in similar.compare(texts[group.leader], others, weights, 0)[:NEAREST]:
        sign = "" if match.key in inside else " (not of the group)"
        shared = ", ".join(named[stem].lower() for stem in match.stems[:WORDS])
        print(f"   {match.score:.2f}{sign} {_shorten(disputes.browse(match.key))}")
        print(f"        {shared}")


def _shorten(dispute):
    return " ".join(dispute._read_complaint().split())[:160]


def multiply(bench, folder, count):
    """Copy the files, closed, each with a text of sentences of all the texts."""
    stemmed = [
        similar.list_stems(sentence)
        for row in read(folder, "cfpb_narratives.csv")
        for sentence in re.split(r"(?<=[.!?])\s+", row["narrative"])
        if len(sentence) > 20
    ]
    dice = random.Random(world.SEED)
    with bench.registry.cursor() as cr:
        columns = [name for name in checks._columns(cr, TABLE) if name not in OWN]
        for start in range(0, count, BATCH):
            texts = [" ".join(["", *_mix(stemmed, dice), ""]) for _one in range(BATCH)]
            _copy(cr, columns, start, texts)


def _mix(stemmed, dice):
    chosen = dice.choices(stemmed, k=dice.randint(*SENTENCES))
    return [stem for stems in chosen for stem in stems]


def _copy(cr, columns, start, texts):
    names = list(map(SQL.identifier, columns))
    cr.execute(
        SQL(
            """INSERT INTO %(table)s (%(columns)s, name, stems, state, outcome)
               SELECT %(columns)s, 'B' || made.n + %(start)s, made.text, 'closed',
                      'withdrawn'
                 FROM UNNEST(%(texts)s) WITH ORDINALITY AS made(text, n)
                 JOIN (SELECT *, ROW_NUMBER() OVER (ORDER BY id) AS turn,
                              COUNT(*) OVER () AS files
                         FROM %(table)s WHERE name NOT LIKE 'B%%') base
                   ON base.turn = made.n %% base.files + 1""",
            table=SQL.identifier(TABLE),
            columns=SQL(", ").join(names),
            start=start,
            texts=texts,
        )
    )
