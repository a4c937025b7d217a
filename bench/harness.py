# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure two peers in one run, so that only their ratio counts."""

import gc
import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

from odoo import api


@dataclass
class Samples:
    """What one side took, sample by sample."""

    seconds: list = field(default_factory=list)
    queries: list = field(default_factory=list)

    def add(self, seconds, queries):
        self.seconds.append(seconds)
        self.queries.append(queries)

    @property
    def median(self):
        return statistics.median(self.seconds)

    @property
    def most_queries(self):
        return max(self.queries)


class Bench:
    """A database and a user, each measurement in a transaction of its own."""

    def __init__(self, registry, uid, context=None):
        self.registry = registry
        self.uid = uid
        self.context = context or {}

    @contextmanager
    def environment(self, **context):
        """Yield a fresh environment, as each request has one; commit at the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, self.uid, {**self.context, **context})

    def sample(self, samples, prepare, action):
        """Time one action in a transaction of its own, up to its commit.

        :param prepare: is given the environment before the clock starts, and
            returns what the action is given
        :return: what the action returns
        """
        with self.environment() as env:
            prepared = prepare(env)
            env.cr.flush()
            gc.collect()
            gc.disable()
            queries = env.cr.sql_log_count
            start = time.perf_counter()
            try:
                result = action(prepared)
                env.cr.commit()
            finally:
                seconds = time.perf_counter() - start
                gc.enable()
            samples.add(seconds, env.cr.sql_log_count - queries)
        return result


def ratio(ours, peer):
    """Return the median of the ratios of what was measured side by side."""
    pairs = zip(ours.seconds, peer.seconds, strict=True)
    return statistics.median(mine / theirs for mine, theirs in pairs)
