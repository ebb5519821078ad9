"""What all tests share: where the real input is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Nothing is to be heard of the tests: SDL plays, in real time, to nobody.
os.environ["SDL_AUDIODRIVER"] = "dummy"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is spoken here stays out of the cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def factory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A header of gpiozero's own mock pins (gpiozero is not there where an old runtime is tried)."""
    from gpiozero import Device
    from gpiozero.pins.mock import MockFactory, MockPWMPin

    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "mock")
    before = Device.pin_factory
    Device.pin_factory = MockFactory(pin_class=MockPWMPin)
    yield Device.pin_factory
    Device.pin_factory.reset()
    Device.pin_factory = before


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
