"""``make install``: the mirror becomes part of this machine and starts with it; ``--uninstall`` takes it out again.

Everything is looked at first and only what differs is changed, so a second time changes nothing; ``--dry-run`` says
what would be changed and changes nothing.  The package (systemd/deb.py) runs it after it has laid out the same files.
"""

from __future__ import annotations

import argparse
import grp
import os
import pwd
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from changes import Change, firmware_told, firmware_untold, program_in, removed, written
from contents import HERE, HOUSE, PACKAGES, PLACES, STATION, STATIONS, WHEELS

USER = "hinge-mirror"
UNIT = "kiosk.service"
#: 64 bit in the user land, too: there is no model runtime for armhf, which a 64-bit kernel may well run.
ARCHITECTURES = ("arm64", "amd64")
#: Debian and Raspberry Pi OS Bookworm and Trixie: Python 3.11 and 3.13.
RELEASES = ("12", "13")
CONFIG_TXT = Path("/boot/firmware/config.txt")
ENABLED = Path("/etc/systemd/system/multi-user.target.wants") / UNIT
#: What the instructions of the first versions made.
FORMER_UNIT = Path("/etc/systemd/system/hinge-mirror.service")
FORMER = (FORMER_UNIT, Path("/etc/sysusers.d/hinge-mirror.conf"), Path("/etc/systemd/system.conf.d/watchdog.conf"))
#: What stays when the mirror is taken out: people's sets and the settings.
KEPT = (Path("/etc/hinge-mirror"), Path("/var/lib/hinge-mirror"), Path("/var/cache/hinge-mirror"))
#: What the virtual environment is made by; another one of these, and it is made anew.
MAKES_VENV = ("pyproject.toml", ".setup/constraints.txt", ".setup/setup")


def main() -> int:
    """Install, or take out; returns the exit code."""
    parser = argparse.ArgumentParser(prog="make install", description="Make the mirror part of this machine.")
    parser.add_argument("--dry-run", action="store_true", help="say what would be changed, change nothing")
    parser.add_argument("--uninstall", action="store_true", help="take it out again; settings and sets stay")
    parser.add_argument("--station", choices=STATIONS, help="fix the mirror's place, whatever the settings say")
    asked = parser.parse_args()
    os.umask(0o022)
    try:
        if objection := find_objection(asked.dry_run, asked.uninstall):
            raise ValueError(objection)
        plan = uninstall() if asked.uninstall else install(asked.station)
        count = carry_out(plan, asked.dry_run)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        print(f"install: {error}", file=sys.stderr)
        return 1
    print(f"{count} changes {'would be made' if asked.dry_run else 'made'}" if count else "nothing to change")
    if asked.uninstall:
        print(f"kept: {', '.join(map(str, KEPT))} and the user {USER}")
    elif not asked.dry_run:
        _ask_doctor(count)
    return 0


def carry_out(plan: Iterator[Change], dry: bool) -> int:
    """Say each change, and make it unless ``dry``; how many there were.  What makes the plan sees what was made."""
    count = 0
    for change in plan:
        count += 1
        print(f"{'would ' if dry else ''}{change.words}", flush=True)
        if not dry:
            change.do()
    return count


def find_objection(dry: bool, uninstalling: bool) -> str:
    """Why this cannot be done on this machine, in one line; "" when it can."""
    if not dry and os.geteuid():
        return "this changes the whole machine: sudo make install (--dry-run says what it would change)"
    if uninstalling:
        return ""
    architecture = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True).stdout.strip()
    if architecture not in ARCHITECTURES:
        return f"this system is {architecture or 'no Debian'}; the mirror needs a 64-bit Raspberry Pi OS or Debian"
    release = Path("/etc/os-release").read_text()
    if not any(f'VERSION_ID="{number}"' in release for number in RELEASES):
        return "this release is neither Bookworm (12) nor Trixie (13); the mirror is made for those"
    if HERE != HOUSE and _is_installed("hinge-mirror"):
        return "the package hinge-mirror is installed here: sudo apt-get remove hinge-mirror, or keep to it"
    return ""


def install(station: str | None) -> Iterator[Change]:
    """Everything that is not yet as it should be, in the order in which it can be made."""
    if missing := [package for package in PACKAGES if not _is_installed(package)]:
        yield Change(f"install the packages {' '.join(missing)}", partial(_apt_install, missing))
    for former in FORMER:
        if former == FORMER_UNIT and former.exists():
            yield _command("systemctl", "disable", *_now(), former.name)
        yield from removed(former)
    venv_is_old = _venv_is_old()  # asked before the files that it is made by are copied
    program = list(program_in(HOUSE, HERE))
    yield from program
    if venv_is_old:
        yield Change(f"make the virtual environment {HOUSE / '.venv'}", _make_venv)
    elif program:
        yield _command(str(HOUSE / ".venv/bin/python"), "-m", "compileall", "-q", str(HOUSE / "kiosk"))
    if not any((HOUSE / "models").glob("*.tflite")) and not any((HERE / "models").glob("*.tflite")):
        yield Change("get the pose model", _get_model)
    yield from _system_files(station)
    yield from firmware_told(CONFIG_TXT)
    if not ENABLED.is_symlink():
        yield _command("systemctl", "enable", UNIT)


def _system_files(station: str | None) -> Iterator[Change]:
    """systemd's, udev's and the kernel's files, and what they ask for."""
    places = PLACES | ({f"{station}.conf": STATION} if station else {})
    files = {place: (HERE / "systemd" / name).read_bytes() for name, place in places.items()}
    placed = [change for place, content in files.items() for change in written(place, content)]
    yield from placed
    if not _user_is_made():
        yield _command("systemd-sysusers", str(PLACES["sysusers.conf"]))
    if not all(folder.is_dir() for folder in KEPT):
        yield _command("systemd-tmpfiles", "--create", str(PLACES["tmpfiles.conf"]))
    if placed and _now():
        yield _command("systemctl", "daemon-reload")
        yield _command("udevadm", "control", "--reload")


def uninstall() -> Iterator[Change]:
    """Everything that ``install`` made, but for packages, people's sets and the settings."""
    if ENABLED.is_symlink():
        yield _command("systemctl", "disable", *_now(), UNIT)
    yield from firmware_untold(CONFIG_TXT)
    yield from removed(STATION)
    for place in PLACES.values():
        yield from removed(place)
    # From where it runs, only what was made there: the rest is the package's, or somebody's own copy.
    yield from removed(HOUSE / ".venv" if HERE == HOUSE else HOUSE)
    if _now():
        yield _command("systemctl", "daemon-reload")


def _now() -> list[str]:
    """``--now`` where systemd runs this machine (sd_booted(3)); in a chroot or a card's image it does not."""
    return ["--now"] if Path("/run/systemd/system").is_dir() else []


def _is_installed(package: str) -> bool:
    asked = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status}", package], capture_output=True, text=True)
    return asked.stdout == "installed"


def _apt_install(packages: list[str]) -> None:
    quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=True, env=quietly)


def _user_is_made() -> bool:
    """Whether the user exists and is a member of every group that sysusers.conf names."""
    wanted = re.findall(rf"^m {USER} (\w+)$", (HERE / "systemd/sysusers.conf").read_text(), re.MULTILINE)
    known = {user.pw_name for user in pwd.getpwall()}
    members = {group.gr_name: group.gr_mem for group in grp.getgrall()}
    return USER in known and all(USER in members.get(group, []) for group in wanted)


def _venv_is_old() -> bool:
    there = [HOUSE / name for name in MAKES_VENV]
    if not all(place.exists() for place in there):
        return True
    if any(place.read_bytes() != (HERE / name).read_bytes() for place, name in zip(there, MAKES_VENV, strict=True)):
        return True
    return subprocess.run([HOUSE / ".setup/setup", "run", "--ask"], capture_output=True).returncode != 0


def _make_venv() -> None:
    """By pip and the network, or without it from the wheels that came along."""
    wheels = HOUSE / WHEELS
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)} if wheels.is_dir() else {}
    subprocess.run([HOUSE / ".setup/setup", "run"], check=True, env=os.environ | offline)


def _get_model() -> None:
    """Without one the mirror runs all the same, and says so itself."""
    subprocess.run([HOUSE / ".venv/bin/kiosk", "models"])


def _command(*words: str) -> Change:
    return Change(f"run {' '.join(words)}", partial(subprocess.run, words, check=True))


def _ask_doctor(changes: int) -> None:
    """What ``kiosk doctor`` says as the mirror's own user; what it finds is no error of the installation."""
    print("\nkiosk doctor:", flush=True)
    place = {"HOME": "/", "STATE_DIRECTORY": str(KEPT[1]), "CACHE_DIRECTORY": str(KEPT[2])}
    command = ["runuser", "-u", USER, "--", str(HOUSE / ".venv/bin/kiosk"), "doctor"]
    subprocess.run(command, env=os.environ | place, cwd="/")
    if changes:
        print("\nThe mirror starts with the machine from now on: sudo reboot")


if __name__ == "__main__":
    sys.exit(main())
