"""The unit that starts the mirror on a Pi, judged by systemd's own tools."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import get_args

import pytest

from kiosk.__main__ import _parser
from kiosk.config import Station
from kiosk.devices import screen_power, watcher

FOLDER = Path(__file__).resolve().parents[1] / "systemd"
UNIT = FOLDER / "kiosk.service"
SYSUSERS = FOLDER / "sysusers.conf"
STATIONS = get_args(Station)
#: Ten times systemd's exposure level: 0 is shut, 100 open.
EXPOSURE = 15

needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd-analyze is absent (apt-get install systemd)"
)


@pytest.fixture
def service() -> dict[str, list[str]]:
    """Every setting of the unit, whatever its section, with its values in order."""
    settings: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", UNIT.read_text(), re.MULTILINE):
        settings.setdefault(name, []).append(value)
    return settings


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit as it stands, but for a program that exists here."""
    place = tmp_path / UNIT.name
    place.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT.read_text(), flags=re.MULTILINE))
    return place


@needs_systemd
def test_systemd_finds_nothing_to_say_about_the_units(unit: Path) -> None:
    last = [shutil.copy(FOLDER / name, unit.parent) for name in ("kiosk-reboot.timer", "kiosk-reboot.service")]
    said = subprocess.run(["systemd-analyze", "verify", str(unit), *last], capture_output=True, text=True)
    assert (said.stdout + said.stderr, said.returncode) == ("", 0)


@needs_systemd
def test_systemd_would_say_something_about_a_word_it_does_not_know(unit: Path) -> None:
    unit.write_text(unit.read_text().replace("WatchdogSec", "WatchdogSecs"))
    said = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True)
    assert "WatchdogSecs" in said.stderr


@needs_systemd
def test_the_unit_stays_as_shut_as_it_is(unit: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", str(unit)]
    said = subprocess.run(command, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.skipif(not shutil.which("systemd-sysusers"), reason="systemd-sysusers is absent")
def test_the_user_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    command = ["systemd-sysusers", f"--root={tmp_path}", str(SYSUSERS)]
    said = subprocess.run(command, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    assert "hinge-mirror:" in (tmp_path / "etc/passwd").read_text()


@pytest.mark.skipif(not shutil.which("systemd-tmpfiles"), reason="systemd-tmpfiles is absent")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give folders away")
def test_the_folders_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    subprocess.run(["systemd-sysusers", f"--root={tmp_path}", str(SYSUSERS)], check=True, capture_output=True)
    command = ["systemd-tmpfiles", "--create", f"--root={tmp_path}", str(FOLDER / "tmpfiles.conf")]
    said = subprocess.run(command, capture_output=True, text=True)
    assert (said.returncode, said.stderr) == (0, "")
    made = [tmp_path / name / "hinge-mirror" for name in ("etc", "var/lib", "var/cache")]
    assert [oct(folder.stat().st_mode & 0o777) for folder in made] == ["0o755", "0o700", "0o700"]
    assert made[0].stat().st_uid == 0
    assert made[1].stat().st_uid == made[2].stat().st_uid != 0


def test_what_the_unit_starts_is_a_command_we_have(service: dict[str, list[str]]) -> None:
    program, *words = service["ExecStart"][0].split()
    assert program.endswith("/.venv/bin/kiosk")
    assert _parser().parse_args(words).display == "fullscreen"


def test_the_unit_is_supervised_and_has_the_console_to_itself(service: dict[str, list[str]]) -> None:
    assert service["Type"] == ["notify"]
    assert 0 < int(service["WatchdogSec"][0]) <= 30
    assert service["Restart"] == ["always"]
    assert service["Conflicts"] == ["getty@tty1.service"]
    assert service["TTYPath"] == ["/dev/tty1"]


def test_a_mirror_that_does_not_stay_up_ends_in_a_reboot_but_leaves_time_to_log_in(
    service: dict[str, list[str]],
) -> None:
    assert service["Wants"] == ["kiosk-reboot.timer"]
    assert "OnFailure" not in service, "which acts on every single failure"
    names = ("StartLimitBurst", "StartLimitIntervalSec", "TimeoutStartSec", "TimeoutStopSec", "RestartSec")
    burst, within, *slowly = (int(service[name][0]) for name in names)
    assert 1 < burst * sum(slowly) < within, "one that hangs as long as it may would never be given up"
    timer = (FOLDER / "kiosk-reboot.timer").read_text()
    assert "OnBootSec=15min\n" in timer
    reboot = (FOLDER / "kiosk-reboot.service").read_text()
    assert f"ExecCondition=/usr/bin/systemctl --quiet is-failed {UNIT.name}\n" in reboot


@pytest.mark.parametrize("station", STATIONS)
def test_a_station_changes_the_command_and_nothing_else(station: str, service: dict[str, list[str]]) -> None:
    settings = re.findall(r"^(\w+)=(.*)$", (FOLDER / f"{station}.conf").read_text(), re.MULTILINE)
    assert settings == [("ExecStart", ""), ("ExecStart", f"{service['ExecStart'][0]} --station {station}")]
    assert _parser().parse_args(settings[1][1].split()[1:]).station == station


def test_nothing_of_a_picture_is_left_behind_by_a_crash(service: dict[str, list[str]]) -> None:
    assert service["LimitCORE"] == ["0"]


def test_the_boards_watchdog_is_within_its_timer(service: dict[str, list[str]]) -> None:
    seconds = re.search(r"^RuntimeWatchdogSec=(\d+)$", (FOLDER / "watchdog.conf").read_text(), re.MULTILINE)
    assert seconds
    assert int(service["WatchdogSec"][0]) < int(seconds[1]) <= 15


def test_what_is_said_is_kept_in_memory_only() -> None:
    assert "Storage=volatile\n" in (FOLDER / "journald.conf").read_text()


def test_pins_are_read_by_lgpio_from_a_folder_it_can_write_to(service: dict[str, list[str]]) -> None:
    assert f"LG_WD=%t/{service['RuntimeDirectory'][0]}" in service["Environment"]
    assert "GPIOZERO_PIN_FACTORY=lgpio" in service["Environment"]


@pytest.mark.parametrize("setting", ["ProcSubset", "PrivateDevices", "MemoryDenyWriteExecute", "PrivateNetwork"])
def test_what_would_silently_break_the_mirror_is_not_set(service: dict[str, list[str]], setting: str) -> None:
    assert setting not in service


def test_the_screen_can_be_switched_off_and_is_given_the_time_to_come_back(service: dict[str, list[str]]) -> None:
    assert {"char-i2c rw", "char-cec rw"} <= set(service["DeviceAllow"])
    assert {"i2c", "video"} <= set(service["SupplementaryGroups"][0].split())
    assert service["ReadWritePaths"] == ["-/sys/devices/platform"]
    assert int(service["TimeoutStopSec"][0]) > screen_power.LEAVING + watcher.LEAVING


def test_the_system_call_filter_is_an_allow_list(service: dict[str, list[str]]) -> None:
    assert service["SystemCallFilter"] == ["@system-service", "~@privileged"]


def test_the_user_of_the_unit_is_the_one_that_is_made(service: dict[str, list[str]]) -> None:
    assert f"u {service['User'][0]} " in (SYSUSERS).read_text()


def test_a_group_that_only_raspberry_pi_os_has_is_made_elsewhere(service: dict[str, list[str]]) -> None:
    """systemd refuses to start a unit of which one group is missing."""
    made = set(re.findall(r"^g (\w+) ", (SYSUSERS).read_text(), re.MULTILINE))
    of_debian = {"video", "audio", "tty"}
    groups = set(service["SupplementaryGroups"][0].split())
    assert groups == made | of_debian
    joined = re.findall(r"^m hinge-mirror (\w+)$", SYSUSERS.read_text(), re.MULTILINE)
    assert set(joined) == groups, "so that the doctor, called as this user, sees what the service sees"
