"""The restart ladder climbed for real, by the systemd of Debian 12 and 13 in a container: ``make test-install``.

The units are as they are shipped; only their times are shortened, and the mirror is one that hangs when told to.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from chroot_install import Machine, base, machine  # noqa: F401  fixtures

UNITS = Path(__file__).resolve().parents[1] / "systemd"
#: What systemd-nspawn ends with when the machine in it wants to start anew.
WANTS_REBOOT = 133
#: Seconds: the shortened time, how long a machine is watched, and how long it may take to halt when it is busy.
QUARTER_OF_AN_HOUR, WATCHED, HALTING = 30, 120, 90
SHORTER = {
    "kiosk.service": "[Service]\nWatchdogSec=1\nRestartSec=200ms\nStandardInput=null\nTTYPath=\nTTYReset=no\n"
    "TTYVHangup=no\n",
    "kiosk-reboot.timer": "[Timer]\nOnBootSec=\nOnUnitInactiveSec=\n"
    f"OnBootSec={QUARTER_OF_AN_HOUR}s\nOnUnitInactiveSec=3s\n",
}
#: A mirror that hangs in its first HANGS lives and feeds the watchdog in the others.
MIRROR = """#!/usr/bin/python3
import os, socket, time
from pathlib import Path
name = os.environ["NOTIFY_SOCKET"].replace("@", "\\0", 1)
lives = Path("/var/lib/hinge-mirror/lives")
life = len(lives.read_text()) if lives.exists() else 0
lives.write_text("x" * (life + 1))
line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
line.sendto(b"READY=1", name)
while life >= HANGS:
    line.sendto(b"WATCHDOG=1", name)
    time.sleep(0.2)
time.sleep(1000)
"""

pytestmark = pytest.mark.skipif(not shutil.which("systemd-nspawn"), reason="apt-get install systemd-container")


def live(machine: Machine, hangs: int) -> tuple[int, str]:  # noqa: F811
    """How the container ended that was watched, and its journal; the mirror in it hangs that often."""
    root = machine.root
    for name in ("kiosk.service", "kiosk-reboot.timer", "kiosk-reboot.service"):
        shutil.copy(UNITS / name, root / "usr/lib/systemd/system")
    for name, settings in SHORTER.items():
        (root / f"etc/systemd/system/{name}.d").mkdir(parents=True)
        (root / f"etc/systemd/system/{name}.d/shorter.conf").write_text(settings)
    program = root / "opt/hinge-mirror/.venv/bin/kiosk"
    program.parent.mkdir(parents=True)
    program.write_text(MIRROR.replace("HANGS", str(hangs)))
    program.chmod(0o755)
    shutil.copy(UNITS / "sysusers.conf", root / "usr/lib/sysusers.d/hinge-mirror.conf")
    (root / "etc/machine-id").write_text("")
    (root / "var/log/journal").mkdir(exist_ok=True)
    machine.run("systemctl", "enable", "kiosk.service")
    # In a namespace of its own nothing of the machine outlives it, not even one that is too busy to halt.
    alone = "unshare --mount --pid --fork --kill-child --mount-proc"
    awhile = f"timeout --foreground --kill-after={HALTING} {WATCHED}"
    container = f"systemd-nspawn -q -D {root} --register=no --keep-unit -b"
    command = ["script", "-qec", f"{alone} {awhile} {container}", "/dev/null"]
    ended = subprocess.run(
        command, env={"SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    said = machine.run("journalctl", "-D", "/var/log/journal", "--no-pager", "-o", "short-monotonic")
    return ended.returncode, said


def test_a_mirror_that_never_stays_up_ends_in_a_reboot_after_a_quarter_of_an_hour(machine: Machine) -> None:  # noqa: F811
    code, said = live(machine, hangs=100)
    assert code == WANTS_REBOOT, said[-2000:]
    assert said.count("kiosk.service: Watchdog timeout") == 5
    began, given_up, over = (
        float(re.search(rf"^\[ *([\d.]+)\].*{words}", said, re.MULTILINE)[1])  # type: ignore[index]
        for words in (
            "Started kiosk-reboot.timer",
            "Start request repeated too quickly",
            "System is rebooting",
        )
    )
    assert given_up - began < 20
    assert QUARTER_OF_AN_HOUR - 10 < over - began < QUARTER_OF_AN_HOUR + 15


def test_a_mirror_that_hung_once_is_restarted_and_the_machine_goes_on(machine: Machine) -> None:  # noqa: F811
    code, said = live(machine, hangs=1)
    assert code != WANTS_REBOOT
    assert said.count("kiosk.service: Watchdog timeout") == 1
    assert "restart counter is at 1" in said
    assert "kiosk-reboot.service: Skipped due to 'exec-condition'" in said, "it was looked at, and left alone"
