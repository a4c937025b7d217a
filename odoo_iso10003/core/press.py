# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Print in a process of its own, with a limit of time and memory, without Odoo.

:class:`Press` is one print job. It starts a fresh interpreter (never a copy of this
one, whose threads may hold locks) that runs :mod:`.printer`, and talks to it over
pipes: the documents go there, questions for style sheets and pictures come back, and
the PDF at the end. That process reads no database, has no network to ask, and whatever
a document does to it, this one goes on.
"""

import contextlib
import json
import math
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from pathlib import Path

from .exhibit import ExhibitError
from .pdf import PdfError

# The printer imports this folder as a package of its own: its parent imports Odoo.
START = """
import importlib, importlib.util, sys
folder, sys.path = sys.argv[1], sys.argv[2:]
spec = importlib.util.spec_from_file_location(
    "iso10003_core", folder + "/__init__.py", submodule_search_locations=[folder])
sys.modules["iso10003_core"] = package = importlib.util.module_from_spec(spec)
spec.loader.exec_module(package)
importlib.import_module("iso10003_core.printer").main()
"""
# what libraries for fonts and locales want to know; no password of a database
PASSED_ON = ("HOME", "LANG", "LANGUAGE", "PATH", "TMPDIR", "SYSTEMROOT")
PASSED_ON_STARTS = ("LC_", "LD_", "DYLD_", "XDG_", "FONTCONFIG_", "WEASYPRINT_")

FRAME = struct.Struct("!IQ")
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one print job may take: ``seconds`` of work, ``memory`` in MiB."""

    seconds: float = 60
    memory: int = 1024


class PressError(PdfError):
    """The job was ended. ``code`` says why: ``time``, ``memory`` or ``crash``."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Press:
    """One print job: a process that is started when it is first wanted."""

    def __init__(self, limits=None):
        self.limits = limits or Limits()
        self._left = self.limits.seconds
        self._process = None

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        self.close()

    @property
    def pid(self):
        """Number of the process, or None when there is none."""
        return self._process and self._process.pid

    def start(self):
        """Let the process load its libraries while the documents are written.

        :raises PressError: when the machine has no room for another process
        """
        if self._process:
            return
        environment = {
            name: value
            for name, value in os.environ.items()
            if name in PASSED_ON or name.startswith(PASSED_ON_STARTS)
        }
        folder = str(Path(__file__).parent)
        try:
            self._process = subprocess.Popen(
                [
                    *(_interpreter(), "-I", *_options()),
                    *("-c", START, folder, *filter(None, sys.path)),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        except OSError as error:  # no memory, or no room for another process
            raise PressError("crash") from error
        with contextlib.suppress(OSError):  # it died; who asks it will be told
            self._send({"limits": asdict(self.limits)})

    def close(self):
        """End the process, whatever it is doing."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        process.wait()

    def render(self, documents, sheet, fetch):
        """Return what :func:`.pdf.render` returns, made over there.

        :raises PressError: when it takes too long or too much
        """
        job = {"documents": [asdict(one) for one in documents], "sheet": asdict(sheet)}
        _answer, content = self._work(job, b"", fetch)
        return content

    def count_pages(self, content, seconds=math.inf):
        """Return on how many pages a file is appended.

        :param seconds: how long that may take, if less than the job has left
        :raises ExhibitError: when it cannot be appended
        :raises PressError: when that takes too long or too much
        """
        answer, _content = self._work({"exhibit": True}, content, None, seconds)
        if "refused" in answer:
            raise ExhibitError(answer["refused"])
        return answer["pages"]

    # ------------------------------------------------------------
    # Talking to the process
    # ------------------------------------------------------------

    def _work(self, job, content, fetch, seconds=math.inf):
        """Send a job, answer the questions about it, and return what comes of it."""
        self.start()
        process, began = self._process, time.monotonic()
        late = threading.Event()

        def end():
            late.set()
            process.kill()

        timer = threading.Timer(max(min(self._left, seconds), 0), end)
        timer.start()
        try:
            self._send(job, content)
            while True:
                answer, content = self._receive()
                if "wanted" not in answer:
                    break
                self._send(*_tell_found(fetch(answer["wanted"])))
        except (BrokenPipeError, EOFError):
            ended = self._why_ended()
            raise PressError("time" if late.is_set() else ended) from None
        except BaseException:
            self.close()  # it waits for an answer that nobody will give
            raise
        finally:
            timer.cancel()
            self._left -= time.monotonic() - began
        if "error" in answer:
            raise PdfError(answer["error"])
        if "ended" in answer:
            self.close()
            raise PressError(answer["ended"])
        return answer, content

    def _why_ended(self):
        """Say why the process is gone: libraries end it when no memory is left.

        The system itself ends it when it worked too long, see :mod:`.printer`.
        """
        process = self._process
        self.close()
        if process.returncode == -getattr(signal, "SIGXCPU", 0):
            return "time"
        return "memory" if process.returncode < 0 else "crash"

    def _send(self, message, content=b""):
        send(self._process.stdin, message, content)

    def _receive(self):
        return receive(self._process.stdout)


def _tell_found(found):
    if found is None:
        return {"found": False}, b""
    return {"found": True, "mimetype": found[1] or ""}, found[0] or b""


def send(pipe, message, content=b""):
    """Write a message and bytes that belong to it."""
    head = json.dumps(message).encode()
    pipe.write(FRAME.pack(len(head), len(content)))
    pipe.write(head)
    pipe.write(content)
    pipe.flush()


def receive(pipe):
    """Return ``(message, bytes)``.

    :raises EOFError: when the other side is gone
    """
    head, rest = FRAME.unpack(_read(pipe, FRAME.size))
    return json.loads(_read(pipe, head)), _read(pipe, rest)


def _read(pipe, size):
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError
    return content


def _interpreter():
    """Return the interpreter, also inside of a server that has one built in."""
    if "python" in Path(sys.executable or "").name.lower():
        return sys.executable
    return str(Path(sys.exec_prefix, "bin", "python3"))


def _options():
    """Let it find the libraries compiled where this interpreter has them."""
    if not sys.pycache_prefix:
        return ()
    return ("-X", f"pycache_prefix={sys.pycache_prefix}")


# ----------------------------------------------------------------
# The press of a print job
# ----------------------------------------------------------------

_running = ContextVar("iso10003_press", default=None)


@contextlib.contextmanager
def job(limits):
    """Give all that is printed inside one press; inside of another job, that one's."""
    if running := _running.get():
        yield running
        return
    with Press(limits) as press:
        token = _running.set(press)
        try:
            yield press
        finally:
            _running.reset(token)
