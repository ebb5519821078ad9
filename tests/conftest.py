"""What all tests share: where the real input is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real photographs, tracks and the model; without it a test that needs it is skipped, loudly."""
    folder = Path(os.environ.get("HINGE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"real input is absent: {folder} (set HINGE_SHARED)")
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was skipped, so that a hole is seen."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.write_line(
            f"NOT PROVEN HERE: {len(skipped)} tests skipped, see the reasons with -rs", red=True
        )
