"""pytest with Odoo: what pytest-odoo leaves open.

A run that skips a test, or finds none, is a failed run.
"""

import pytest


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
    if exitstatus == pytest.ExitCode.OK and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if skipped := len(terminalreporter.stats.get("skipped", ())):
        terminalreporter.write_line(
            f"FAILED: {skipped} skipped; a test must run or not exist", red=True
        )
    if not terminalreporter._session.testscollected:
        terminalreporter.write_line("FAILED: no test was found", red=True)
