"""What systemd hears, on real sockets."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices.notify import Notifier


@pytest.fixture(params=["a path", "an abstract name"])
def listening(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[socket.socket]:
    name = str(tmp_path / "notify") if request.param == "a path" else f"@hinge-mirror-test-{tmp_path.name}"
    monkeypatch.setenv("NOTIFY_SOCKET", name)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(name.replace("@", "\0", 1))
        line.settimeout(5)
        yield line


def test_systemd_hears_every_word(listening: socket.socket) -> None:
    notifier = Notifier()
    notifier.ready()
    notifier.status("hinge: 3 of 8\nsecond line")
    notifier.alive()
    notifier.stopping()
    heard = [listening.recv(1000).decode() for _ in range(4)]
    assert heard == ["READY=1", "STATUS=hinge: 3 of 8 second line", "WATCHDOG=1", "STOPPING=1"]


def test_without_systemd_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    Notifier().ready()


def test_a_listener_that_has_gone_does_not_stop_the_mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    Notifier().alive()


def test_a_listener_that_does_not_read_does_not_hold_the_mirror_up(listening: socket.socket) -> None:
    notifier = Notifier()
    for _ in range(5000):
        notifier.alive()
    assert listening.recv(100) == b"WATCHDOG=1"
