# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The process that prints: the other end of :class:`.press.Press`.

It is started for one print job, takes the limits it is given before it reads
anything, and ends with the job.
"""

import contextlib
import math
import os
import sys

from .press import MEBIBYTE, receive, send

try:
    import resource
except ImportError:  # Windows has no such limits; that of time holds there too
    resource = None


def main():
    """Do what is asked for on standard input until nobody asks any more."""
    # libraries that print something must not do so into the answers
    answers = os.fdopen(os.dup(1), "wb")
    questions = sys.stdin.buffer
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with contextlib.suppress(EOFError, BrokenPipeError):
        try:
            message, _content = receive(questions)
            _limit(**message["limits"])
            _load()
            while True:
                message, content = receive(questions)
                send(answers, *_work(message, content, questions, answers))
        except MemoryError:
            send(answers, {"ended": "memory"})


def _limit(seconds, memory):
    """Take no more than this, also when nobody is left to end this process."""
    if resource is None:
        return
    for kind, limit in (
        (resource.RLIMIT_AS, memory * MEBIBYTE),
        (resource.RLIMIT_CPU, math.ceil(seconds) + 1),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        resource.setrlimit(kind, (limit, hard))


def _load():
    """Load what takes a second, while the other side writes its documents."""
    from . import pdf

    pdf.is_available()


def _work(message, content, questions, answers):
    """Return the answer to one message, and the bytes that belong to it."""
    from . import exhibit, pdf

    if "exhibit" in message:
        try:
            return {"pages": exhibit.make_pages(content)[1]}, b""
        except exhibit.ExhibitError as error:
            return {"refused": error.code}, b""

    def fetch(address):
        send(answers, {"wanted": address})
        answer, found = receive(questions)
        return (found, answer["mimetype"]) if answer["found"] else None

    try:
        documents = [pdf.Document(**one) for one in message["documents"]]
        return {"done": True}, pdf.render(
            documents, pdf.Sheet(**message["sheet"]), fetch
        )
    except pdf.PdfError as error:
        if _is_of_memory(error):
            raise MemoryError from error
        return {"error": str(error)}, b""


def _is_of_memory(error):
    while error:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False
