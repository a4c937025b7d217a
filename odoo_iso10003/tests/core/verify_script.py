# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ...core import chain, verify


class VerifyScript:
    """The script as an outsider runs it: two files, a plain Python, nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        for module in (chain, verify):
            shutil.copy(module.__file__, cls.folder)

    def _run_script(self, lines, *arguments):
        export = self.folder / "register.jsonl"
        export.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return self._run_script_on(export, *arguments)

    def _run_script_on(self, *arguments):
        # -S: without the packages of this Python, so without Odoo; -E: without
        # what the environment adds to the path. Not -I, which hides chain.py too.
        return subprocess.run(
            [sys.executable, "-E", "-S", "-B", self.folder / "verify.py", *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd=self.folder,
        )
