"""What every injected fault leaves behind: a line of the table that `make faults` prints."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the tests' own parts, one folder up

#: Called by a test with what was done to the mirror, what came of it, and the seconds that took.
Told = Callable[[str, str, float], None]
FAULT = "fault"


@pytest.fixture
def told(record_property: Callable[[str, object], None]) -> Told:
    """Puts one line into the table."""
    return lambda done, came_of_it, seconds: record_property(FAULT, (done, came_of_it, round(seconds, 2)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table, in the order of what was done; a test that failed has no line."""
    passed = terminalreporter.stats.get("passed", [])
    lines = sorted(tuple(told) for test in passed for name, told in test.user_properties if name == FAULT)
    if not lines:
        return
    widths = [max(len(str(line[column])) for line in lines) for column in (0, 1)]
    terminalreporter.write_sep("=", f"{len(lines)} faults injected and survived")
    for done, came_of_it, seconds in lines:
        terminalreporter.write_line(f"{done:{widths[0]}}  {came_of_it:{widths[1]}}  {seconds:6.2f} s")
