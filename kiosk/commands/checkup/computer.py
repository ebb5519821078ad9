"""The machine itself: its board, who asks, its disk, its clock, and what starts the mirror."""

from __future__ import annotations

import grp
import os
import platform
import pwd
import shutil
import subprocess
import time
from pathlib import Path

from kiosk.commands.checkup import Answer, causes
from kiosk.commands.checkup.causes import SERVICE
from kiosk.config import Config
from kiosk.devices.board import board_name, is_raspberry_pi
from kiosk.devices.model_file import FOLDER
from kiosk.records.history import find_history

#: The groups that own what the mirror opens on a Pi: camera, screen, graphics, keyboard, pins, sound card.
GROUPS = ("video", "render", "input", "gpio", "audio")
#: Left by systemd's own time service once it has heard from a time server.
SYNCHRONISED = Path("/run/systemd/timesync/synchronized")


def check_board(config: Config) -> Answer:
    """Its name, and what holds it back."""
    name = board_name() or f"{platform.machine()} computer, {os.cpu_count()} cores"
    if strain := causes.why_strained():
        return "warning", f"{name}: {strain[0]}", strain[1]
    return "ok", name, ""


def check_groups(config: Config) -> Answer:
    """Whether this user is in the groups that own the devices."""
    user = pwd.getpwuid(os.geteuid()).pw_name
    mine = {grp.getgrgid(group).gr_name for group in os.getgroups()}
    missing = [group for group in GROUPS if group not in mine]
    if is_raspberry_pi() and os.geteuid() and missing:
        do = f"sudo usermod -aG {','.join(missing)} {user}, and log in again"
        return "warning", f"{user} is not in {', '.join(missing)}", do
    return "ok", user, ""


def check_disk(config: Config) -> Answer:
    """The disk that sets are kept on."""
    place = find_history().parent
    if trouble := causes.why_no_room(place):
        return "warning", *trouble
    return "ok", f"{shutil.disk_usage(FOLDER).free / 1e9:.1f} GB free", ""


def check_clock(config: Config) -> Answer:
    """The mirror measures with the monotonic clock; the date only matters to whoever reads logs and recordings."""
    today = time.strftime("%Y-%m-%d")
    if time.time() < (FOLDER / "manifest.json").stat().st_mtime:
        return "warning", *causes.why_no_time(today)
    return "ok", today + (", set by a time server" if SYNCHRONISED.exists() else ""), ""


def check_service(config: Config) -> Answer:
    """What systemd knows of the mirror."""
    if not shutil.which("systemctl"):
        return "ok", "no systemd here", ""
    command = ["systemctl", "show", SERVICE, "--property=LoadState,ActiveState,UnitFileState,WatchdogUSec"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=5)
    said = dict(line.split("=", 1) for line in answer.stdout.splitlines() if "=" in line)
    if said.get("LoadState") != "loaded":
        words = "does not start with the machine"
        return ("warning", words, "sudo make install") if is_raspberry_pi() else ("ok", words, "")
    words = f"{said['UnitFileState']}, {said['ActiveState']}, watchdog {said['WatchdogUSec']}"
    if said["ActiveState"] == "failed":
        return "failed", words, f"journalctl -u {SERVICE} -b"
    return "ok", words, ""
