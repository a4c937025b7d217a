"""A run that skips a test, or finds none, is a failed run."""

import pytest


def pytest_sessionfinish(session, exitstatus):
    if session.config.option.collectonly or exitstatus != pytest.ExitCode.OK:
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if skipped := len(terminalreporter.stats.get("skipped", ())):
        terminalreporter.write_line(
            f"FAILED: {skipped} skipped; a test must run or not exist", red=True
        )
    if not terminalreporter._session.testscollected:
        terminalreporter.write_line("FAILED: no test was found", red=True)
