"""Whatever befalls the process, it stops cleanly, or is up again with nothing lost but the set in progress."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import get_args

import pytest
from done import REP, a_set
from kept import read_history
from staged import sessions

from kiosk.mirror import SILENT_FOR
from kiosk.records.history import FILE, History
from kiosk.session.states import Session

STAGED = Path(__file__).with_name("staged.py")
#: Seconds within which it stops when it is told to; as many times more as there is other work for each processor.
STOPS_WITHIN = 2.0 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@contextmanager
def mirror(scene: str, *words: str, before: list[str] | None = None, **environment: str) -> Iterator[subprocess.Popen]:
    """The program in ``scene``; killed at the end if it still runs.  ``before``: what starts it."""
    command = [*(before or []), sys.executable, str(STAGED), scene, *words]
    pipe = subprocess.PIPE
    child = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=os.environ | environment)
    try:
        wait_until_there(child, scene)
        yield child
    finally:
        child.kill()
        child.communicate()


def wait_until_there(child: subprocess.Popen, scene: str) -> None:
    assert child.stdout
    for line in child.stdout:
        if line.startswith("there"):
            assert line.split() == ["there", scene]
            return
    raise AssertionError(f"it ended before: {child.stderr and child.stderr.read()}")


def stop(child: subprocess.Popen, number: int = signal.SIGTERM) -> tuple[float, str, str]:
    """Tell it to end; how long that took, and all it still said."""
    begun = time.monotonic()
    child.send_signal(number)
    said, complained = child.communicate(timeout=30)
    return time.monotonic() - begun, said, complained


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the history of this test is, with one set of Ann's."""
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "state"))
    with History(tmp_path / "state" / FILE) as history:
        history.keep([a_set(1, REP)], {})
    return tmp_path / "state"


def test_every_scene_is_staged() -> None:
    assert set(sessions(0.0)) == {each.__name__ for each in get_args(Session)}


@pytest.mark.parametrize("scene", sessions(0.0))
def test_told_to_end_in_any_scene_it_stops_cleanly(scene: str, state: Path, told: Callable) -> None:
    with mirror(scene, "--profile", "Ann") as child:
        time.sleep(0.5)
        took, said, complained = stop(child)
    assert (child.returncode, complained) == (0, "")
    assert took < STOPS_WITHIN
    assert json.loads(said.splitlines()[-1])["entered"][-1]
    sets = read_history(state / FILE)
    assert len(sets) == (2 if scene == "Questioning" else 1), "what was over, but still asked about, is kept"
    told(f"SIGTERM in {scene}", "stopped cleanly", took)


@pytest.mark.parametrize("after", [0.05, 0.3, 0.6, 0.9, 1.2, 1.6])
def test_told_to_end_while_it_starts_it_stops_with_one_line_at_most(after: float, state: Path, told: Callable) -> None:
    words = ["run", "--display", "offscreen", "--camera", "figure", "--for", "30"]
    pipe = subprocess.PIPE
    child = subprocess.Popen([sys.executable, "-m", "kiosk", *words], stdout=pipe, stderr=pipe, text=True)
    time.sleep(after)
    took, _, complained = stop(child)
    assert complained in ("", "kiosk run: interrupted\n")
    assert child.returncode in (0, 1, -signal.SIGTERM, -signal.SIGINT)  # Python's own end, or while it imports
    assert took < STOPS_WITHIN
    told(f"SIGTERM {after:g} s after the start", "stopped cleanly", took)


def test_killed_in_a_set_it_is_up_again_and_has_lost_no_other(state: Path, told: Callable) -> None:
    with mirror("Working", "--profile", "Ann") as child:
        time.sleep(0.5)
        child.kill()
        child.communicate()
        begun = time.monotonic()
    with mirror("Working", "--profile", "Ann") as child:
        took = time.monotonic() - begun
        assert stop(child)[2] == ""
    with History(state / FILE) as history:
        assert history.damage() == ""
        assert len(history.whole_sets("Ann")) == 1
    assert not orphans(), "the simulated person ends with its mirror"
    told("kill -9 in a set", "up again, history whole", took)


def orphans() -> list[str]:
    """Simulated persons whose mirror is gone."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"kiosk.figure.stage" in place.read_bytes():
                parent = (place.parent / "stat").read_text().rpartition(")")[2].split()[1]
                found += [str(place)] if parent == "1" else []
        except OSError:
            continue
    return found


def test_frozen_until_it_counts_as_silent_it_goes_on(state: Path, told: Callable) -> None:
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd,
        tempfile.TemporaryDirectory() as short,  # a socket's name must be
    ):
        systemd.bind(f"{short}/notify")
        with mirror("Working", NOTIFY_SOCKET=f"{short}/notify") as child:
            child.send_signal(signal.SIGSTOP)
            time.sleep(SILENT_FOR)  # a sign of life after that means that the watcher has looked again
            systemd.setblocking(False)
            with suppress(BlockingIOError):
                while systemd.recv(4096):
                    pass
            systemd.settimeout(10)
            begun = time.monotonic()
            child.send_signal(signal.SIGCONT)
            while not systemd.recv(4096).startswith(b"WATCHDOG=1"):
                pass
            again = time.monotonic() - begun
            took, _, complained = stop(child)
    assert (child.returncode, complained) == (0, "")
    assert took < STOPS_WITHIN
    told(f"process frozen for {SILENT_FOR:g} s", "went on: signs of life again", again)


def test_with_no_more_memory_to_be_had_it_ends_and_loses_nothing(state: Path, told: Callable) -> None:
    """A limit on what it may map, as tight as what it has already: each further wish for memory fails."""
    with mirror("Working", "--profile", "Ann") as child:
        begun = time.monotonic()
        limit(child.pid, resource.RLIMIT_AS, 1024 * 1024)
        try:
            _, complained = child.communicate(timeout=3)
        except subprocess.TimeoutExpired:
            took, _, complained = stop(child)
            assert took < STOPS_WITHIN
        took = time.monotonic() - begun
    assert "Traceback" not in complained
    assert complained.count("\n") <= 1
    with History(state / FILE) as history:
        assert history.damage() == ""
        assert len(history.whole_sets("Ann")) == 1
    told("no more memory to be had (RLIMIT_AS)", f"ended with code {child.returncode}, history whole", took)


def limit(process: int, what: int, value: int) -> None:
    resource.prlimit(process, what, (value, value))


def test_killed_for_its_memory_it_is_up_again(state: Path, told: Callable) -> None:
    """What systemd's MemoryMax does, as the kernel does it: SIGKILL, in a set, while the history is written."""
    with mirror("Questioning", "--profile", "Ann") as child:
        begun = time.monotonic()
        child.send_signal(signal.SIGTERM)
        time.sleep(0.02)
        child.kill()
        child.communicate()
    with mirror("Choosing", "--profile", "Ann") as child:
        took = time.monotonic() - begun
    with History(state / FILE) as history:
        assert history.damage() == ""
        assert len(history.whole_sets("Ann")) in (1, 2)
    told("killed while a set is being kept", "up again, history whole", took)


def test_whoever_reads_what_it_says_may_go(state: Path, told: Callable) -> None:
    with mirror("Working") as child:
        assert child.stdout
        child.stdout.close()
        begun = time.monotonic()
        child.send_signal(signal.SIGTERM)
        assert child.wait(10) in (0, 1)
        took = time.monotonic() - begun
        assert child.stderr
        assert child.stderr.read() == ""
        child.stdout = None
    told("nobody reads its output any more", "stopped cleanly", took)


def can_unshare() -> bool:
    """Whether there may be a mount of our own (root in a container that allows it)."""
    tried = ["unshare", "-m", "true"]
    return bool(shutil.which("unshare")) and subprocess.run(tried, capture_output=True).returncode == 0


@pytest.mark.skipif(
    not can_unshare(), reason="mounting takes root: a full disk and a read-only one cannot be made here"
)
def test_on_a_full_disk_the_set_goes_on_and_what_is_not_kept_is_said(tmp_path: Path, told: Callable) -> None:
    place = tmp_path / "full"
    place.mkdir()
    script = f'mount -t tmpfs -o size=64k none {place} && head -c 65536 /dev/zero > {place}/filler; exec "$@"'
    said, took = stopped_in_a_set(["unshare", "-m", "sh", "-c", script, "sh"], place)
    assert [trouble["key"] for trouble in said["troubles"]] == ["not_kept"]
    assert any(words in said["troubles"][0]["text"] for words in ("No space left", "disk is full", "disk I/O error"))
    told("disk full", "the set goes on, said on the screen", took)


@pytest.mark.skipif(
    not can_unshare(), reason="mounting takes root: a full disk and a read-only one cannot be made here"
)
def test_with_everything_read_only_the_mirror_runs(tmp_path: Path, told: Callable) -> None:
    everywhere = "awk '$2 !~ /^.(proc|sys|dev)/ {print $2}' /proc/mounts"
    script = f'for place in $({everywhere}); do mount -o remount,ro,bind $place; done; ! touch /tmp/x && exec "$@"'
    state = Path.home() / ".local/state/nowhere"
    said, took = stopped_in_a_set(["unshare", "-m", "sh", "-c", f"{{ {script}; }} 2>/dev/null", "sh"], state)
    assert [trouble["key"] for trouble in said["troubles"]] == ["not_kept"]
    assert said["frames"] > 5
    told("everything read-only", "the set goes on, said on the screen", took)


def stopped_in_a_set(before: list[str], state: Path, **environment: str) -> tuple[dict, float]:
    """What a mirror tells that ran a second, with a profile, started by ``before``; and how long it took to end."""
    with mirror("Questioning", "--profile", "Ann", before=before, STATE_DIRECTORY=str(state), **environment) as child:
        time.sleep(1.0)
        took, said, complained = stop(child)
    assert (child.returncode, complained) == (0, "")
    assert took < STOPS_WITHIN
    return json.loads(said.splitlines()[-1]), took


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b'camra = "pi"\n', "a misspelt key"),
        (b'language = "de\n', "half a line"),
        (b"\x00" * 512, "zeros, as after a pulled plug"),
        (b'drill = "lunge"\n', "a drill that is not there"),
    ],
)
def test_with_broken_settings_the_last_good_ones_are_used(
    content: bytes, what: str, tmp_path: Path, told: Callable
) -> None:
    settings = tmp_path / "config.toml"
    run = f"import pathlib, sys; from kiosk import __main__; __main__.CONFIG = pathlib.Path({str(settings)!r}); "
    run += "sys.exit(__main__.main(['run', '--display', 'offscreen', '--size', '540x960', '--for', '1.5']))"

    def mirror_told() -> dict:
        environment = os.environ | {"STATE_DIRECTORY": str(tmp_path / "state")}
        ran = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, env=environment, timeout=60)
        assert (ran.returncode, ran.stderr) == (0, "")
        return json.loads(ran.stdout.splitlines()[-1])

    if what == "a misspelt key":  # and there never was a good one
        settings.write_bytes(content)
        (trouble,) = mirror_told()["troubles"]
        assert trouble["text"].endswith("Those the mirror comes with are used.")
    settings.write_text('drill = "squat"\ncamera = "figure"\n')
    assert mirror_told()["troubles"] == []
    settings.write_bytes(content)
    begun = time.monotonic()
    ran = mirror_told()
    assert ran["drill"] == "squat", "as it was set before"
    (trouble,) = ran["troubles"]
    assert trouble["key"] == "bad_settings"
    assert str(settings) in trouble["text"]
    assert trouble["text"].endswith("The last good ones are used.")
    told(f"settings broken: {what}", "last good ones used, said on the screen", time.monotonic() - begun - 1.5)


def test_nobody_to_tell_is_no_trouble(state: Path, told: Callable) -> None:
    with mirror("Working", NOTIFY_SOCKET=str(state / "gone")) as child:
        took, _, complained = stop(child)
    assert (child.returncode, complained) == (0, "")
    told("systemd's socket is gone", "went on", took)
