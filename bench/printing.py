# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What printing very many files in the background takes of memory.

The work is done in a process of its own, as a worker for scheduled actions does it: it
has loaded nothing but Odoo. Watched is what it and the processes that print for it hold
together, several times a second.
"""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

MEGABYTES = 600
LOOKS = 0.05  # seconds between them


def measure(bench, count):
    """Return one result: the most that printing so many files held at once."""
    with bench.environment() as env:
        ids = env["iso10003.dispute"].search([], limit=count).ids
        env["ir.actions.report"].ask_iso10003_print(find_report(env), ids)
    answer = subprocess.run(
        [sys.executable, __file__], check=True, stdout=subprocess.PIPE
    )
    watched = json.loads(answer.stdout.splitlines()[-1])
    if watched["printed"] != len(ids):
        raise AssertionError(f"{watched['printed']} of {len(ids)} files were printed")
    return {
        "what": f"memory of printing {len(ids)} files, of {MEGABYTES} MB",
        "unit": "MB",
        "ours": watched["most"],
        "peer": MEGABYTES,
        "ratio": watched["most"] / MEGABYTES,
        "queries": watched["steps"],
        "peer_queries": 0,
        "aim": 1.0,
        **watched,
    }


def find_report(env):
    """Return the name of the report that is the file of a dispute."""
    return env.ref("odoo_iso10003.dispute_file_report").report_name


class Watch(threading.Thread):
    """Looks at what this process and its children hold, until it is told to stop."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most, self.at_most, self.over = 0, {}, threading.Event()

    def run(self):
        while not self.over.wait(LOOKS):
            held = dict(self._list_held())
            if sum(held.values()) > self.most:
                self.most, self.at_most = sum(held.values()), held

    def _list_held(self):
        """Yield the number and the resident megabytes of each of the processes."""
        waiting = [os.getpid()]
        while waiting:
            process = waiting.pop()
            try:
                status = Path(f"/proc/{process}/status").read_text("utf-8")
                for task in Path(f"/proc/{process}/task").iterdir():
                    waiting += map(int, (task / "children").read_text().split())
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has ended meanwhile
            held = [line for line in status.splitlines() if line.startswith("VmRSS")]
            if held:
                yield process, int(held[0].split()[1]) / 1024


def work():
    """Do what waits, step by step, as the scheduled action does."""
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(["-c", os.environ["ODOO_RC"]])
    registry = Registry(config["db_name"][0])
    watch, steps, begun = Watch(), 0, time.monotonic()
    watch.start()
    while True:
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"force_report_rendering": True})
            job = env["iso10003.job"]._take_next()
            if not job:
                break
            job._take_step()
            steps += 1
    watch.over.set()
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        [job] = env["iso10003.job"].search([("kind", "=", "print")], limit=1)
        refused = len((job.result or {}).get("refused", ()))
        print(
            json.dumps(
                {
                    "most": watch.most,
                    "worker": watch.at_most.get(os.getpid(), 0),
                    "steps": steps,
                    "seconds": time.monotonic() - begun,
                    "printed": job.done - refused,
                    "parts": len(job.attachment_ids),
                    "error": job.error,
                }
            )
        )


if __name__ == "__main__":
    work()
