"""The unit that starts the mirror on a Pi, judged by systemd's own tools."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.__main__ import _parser
from kiosk.devices import screen_power, watcher

FOLDER = Path(__file__).resolve().parents[1] / "systemd"
UNIT = FOLDER / "hinge-mirror.service"
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
def test_systemd_finds_nothing_to_say_about_the_unit(unit: Path) -> None:
    said = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True)
    assert (said.stdout + said.stderr, said.returncode) == ("", 0)


@needs_systemd
def test_the_unit_stays_as_shut_as_it_is(unit: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", str(unit)]
    said = subprocess.run(command, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.skipif(not shutil.which("systemd-sysusers"), reason="systemd-sysusers is absent")
def test_the_user_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    command = ["systemd-sysusers", f"--root={tmp_path}", str(FOLDER / "hinge-mirror.sysusers")]
    said = subprocess.run(command, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    assert "hinge-mirror:" in (tmp_path / "etc/passwd").read_text()


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
    assert f"u {service['User'][0]} " in (FOLDER / "hinge-mirror.sysusers").read_text()


def test_a_group_that_only_raspberry_pi_os_has_is_made_elsewhere(service: dict[str, list[str]]) -> None:
    """systemd refuses to start a unit of which one group is missing."""
    made = set(re.findall(r"^g (\w+) ", (FOLDER / "hinge-mirror.sysusers").read_text(), re.MULTILINE))
    of_debian = {"video", "audio", "tty"}
    assert set(service["SupplementaryGroups"][0].split()) == made | of_debian
