"""pytest with Odoo: what pytest-odoo leaves open.

A run that skips a test, or finds none, is a failed run.
"""

import os
import shutil
from contextlib import contextmanager

import pytest
import pytest_odoo

from odoo.tools import config


@contextmanager
def _own_filestore(database, copy):
    """Give a worker's copy of the database its own files.

    pytest-odoo lets all workers share those of the original; but after each class Odoo
    takes away the files that no row knows, those of the other workers too.
    """
    if copy == database:
        yield
        return
    files = config.filestore(copy)
    shutil.rmtree(files, ignore_errors=True)
    if os.path.isdir(config.filestore(database)):
        # they never change, so links will do
        shutil.copytree(config.filestore(database), files, copy_function=os.link)
    yield
    shutil.rmtree(files, ignore_errors=True)


pytest_odoo._shared_filestore = _own_filestore


def pytest_collection_modifyitems(config, items):
    # As Odoo's own runner: a test belongs to the class that defines it, not to
    # those that inherit it, and not to a module that imports the class.
    foreign = [
        item
        for item in items
        if item.cls
        and (
            item.cls.__module__ != item.module.__name__
            or item.originalname not in vars(item.cls)
            and not getattr(item.cls, "allow_inherited_tests_method", False)
        )
    ]
    if foreign:
        config.hook.pytest_deselected(items=foreign)
        items[:] = [item for item in items if item not in foreign]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    # which the workers of a run do not have
    if exitstatus == pytest.ExitCode.OK and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if skipped := len(terminalreporter.stats.get("skipped", ())):
        terminalreporter.write_line(
            f"FAILED: {skipped} skipped; a test must run or not exist", red=True
        )
    if not terminalreporter._session.testscollected:
        terminalreporter.write_line("FAILED: no test was found", red=True)
