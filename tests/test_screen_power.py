"""The panel's power: every way through real programs, which note what they are told, and fail or hang if asked to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.commands.checkup import picture
from kiosk.config import Config, Night, Power, read_config
from kiosk.devices import panel
from kiosk.devices.panel import METHODS, NoPower
from kiosk.devices.screen_power import FILE, FIRST_PAUSE, LONGEST_PAUSE, MANY, ScreenPower
from kiosk.trouble import BadInput

#: Notes its arguments; does not end while there is a file "hang", ends badly while there is a file "fail".
PROGRAM = """#!/bin/sh
echo "$*" >> {folder}/{name}.log
while [ -e {folder}/hang ]; do /bin/sleep 0.01; done
{says}
if [ -e {folder}/fail ]; then echo "{name} is cross"; exit 1; fi
"""
#: What a television says that is asked, and what cec-ctl says where there is none, both ending well (v4l-utils 1.22).
POWERED = "REPORT_POWER_STATUS (0x90):\n\tpwr-state: on (0x00)"
NOBODY = "STANDBY (0x36)\n\tSequence: 20 Tx Timestamp: 22142.328382s\n\tTx, Not Acknowledged (4), Max Retries"


@dataclass
class Programs:
    """A folder of programs that is all of PATH."""

    folder: Path

    def add(self, name: str, says: str = "") -> None:
        says = says if says.startswith("case") else f"echo '{says}'"
        (self.folder / name).write_text(PROGRAM.format(folder=self.folder, name=name, says=says))
        (self.folder / name).chmod(0o755)

    def told(self, name: str = "ddcutil") -> list[str]:
        log = self.folder / f"{name}.log"
        return log.read_text().splitlines() if log.exists() else []

    def set(self, mood: str, on: bool = True) -> None:
        if on:
            (self.folder / mood).touch()
        else:
            (self.folder / mood).unlink(missing_ok=True)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Programs]:
    for place, name in (("CONNECTORS", "drm"), ("ADAPTERS", "dev"), ("BACKLIGHTS", "backlight"), (None, "bin")):
        (tmp_path / name).mkdir()
        if place:
            monkeypatch.setattr(panel, place, tmp_path / name)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    programs = Programs(tmp_path / "bin")
    yield programs
    programs.set("hang", False)


@pytest.fixture
def monitor(programs: Programs) -> Programs:
    """A monitor that hears DDC/CI."""
    programs.add("ddcutil", "VCP D6 SNC x01")
    return programs


@pytest.fixture
def television(programs: Programs, tmp_path: Path) -> Programs:
    programs.add("cec-ctl", POWERED)
    (tmp_path / "dev/cec0").touch()
    return programs


@pytest.fixture
def backlight(programs: Programs, tmp_path: Path) -> Path:
    """A panel with a backlight of its own, at its brightest."""
    folder = tmp_path / "backlight/10-0045"
    folder.mkdir()
    for name, value in (("bl_power", "0"), ("brightness", "31"), ("max_brightness", "31")):
        (folder / name).write_text(value)
    return folder


def plug(tmp_path: Path, connector: str, bus: str, status: str) -> None:
    """A screen at ``connector``, whose DDC wires lead to ``bus``."""
    (tmp_path / bus).mkdir()
    (tmp_path / "drm" / connector).mkdir()
    (tmp_path / "drm" / connector / "ddc").symlink_to(tmp_path / bus)
    (tmp_path / "drm" / connector / "status").write_text(status + "\n")


def until(true: Callable[[], object], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.002)


# --- each way ---------------------------------------------------------------------------------------------------------


def test_a_monitor_is_switched_by_its_power_mode(monitor: Programs) -> None:
    METHODS["ddc"].ask()
    METHODS["ddc"].switch(False, 1.0)
    METHODS["ddc"].switch(True, 1.0)
    assert monitor.told() == ["--brief getvcp D6", "--noverify setvcp D6 04", "--noverify setvcp D6 01"]


def test_the_bus_of_the_screen_that_is_plugged_in_is_tried_first_and_nothing_is_checked_before(
    monitor: Programs, tmp_path: Path
) -> None:
    plug(tmp_path, "card1-HDMI-A-1", "i2c-20", "disconnected")
    plug(tmp_path, "card1-HDMI-A-2", "i2c-21", "connected")
    METHODS["ddc"].switch(False, 1.0)
    assert monitor.told() == ["--bus 21 --skip-ddc-checks --noverify setvcp D6 04"]


def test_an_older_ddcutil_that_cannot_leave_its_checks_out_is_asked_without(programs: Programs, tmp_path: Path) -> None:
    programs.add("ddcutil", 'case "$*" in *skip*) echo "Unknown option --skip-ddc-checks"; exit 1;; esac')
    plug(tmp_path, "card1-HDMI-A-1", "i2c-20", "connected")
    METHODS["ddc"].switch(True, 1.0)
    assert programs.told()[-1] == "--bus 20 --noverify setvcp D6 01"


def test_a_monitor_that_looks_unplugged_because_it_is_off_is_told_to_come_back(
    monitor: Programs, tmp_path: Path
) -> None:
    plug(tmp_path, "card1-HDMI-A-1", "i2c-20", "disconnected")
    METHODS["ddc"].switch(True, 1.0)
    assert monitor.told() == ["--bus 20 --skip-ddc-checks --noverify setvcp D6 01"]


def test_a_monitor_without_a_power_mode_does_not_answer(programs: Programs) -> None:
    programs.add("ddcutil", "VCP D6 ERR")
    with pytest.raises(NoPower, match="no monitor tells its power mode"):
        METHODS["ddc"].ask()


def test_a_television_is_told_by_a_player(television: Programs, tmp_path: Path) -> None:
    for step in (
        METHODS["cec"].ask,
        lambda: METHODS["cec"].switch(False, 1.0),
        lambda: METHODS["cec"].switch(True, 1.0),
    ):
        step()
    as_player = f"--device {tmp_path}/dev/cec0 --skip-info --playback --to 0"
    assert television.told("cec-ctl") == [
        f"{as_player} --give-device-power-status",
        f"{as_player} --standby",
        f"{as_player} --image-view-on",
    ]


def test_what_no_television_took_has_failed_although_the_program_ended_well(programs: Programs, tmp_path: Path) -> None:
    programs.add("cec-ctl", f"case $2 in *cec0) echo '{NOBODY}'; exit 0;; esac; echo '{POWERED}'")
    (tmp_path / "dev/cec0").touch()
    with pytest.raises(NoPower, match=r"no television answers at .*cec0"):
        METHODS["cec"].switch(False, 1.0)
    (tmp_path / "dev/cec1").touch()
    METHODS["cec"].switch(False, 1.0)
    assert "cec1" in programs.told("cec-ctl")[-1]


def test_a_backlight_is_switched_and_dimmed_by_its_files(backlight: Path) -> None:
    def files() -> tuple[str, str]:
        return (backlight / "bl_power").read_text(), (backlight / "brightness").read_text()

    METHODS["backlight"].ask()
    for wish, expected in (((True, 0.4), ("0", "12")), ((False, 1.0), ("4", "0")), ((True, 1.0), ("0", "31"))):
        METHODS["backlight"].switch(*wish)
        assert files() == expected
    METHODS["backlight"].switch(True, 0.001)
    assert files() == ("0", "1"), "dim is not off"


def test_a_backlight_of_which_only_the_brightness_may_be_written_goes_out_all_the_same(backlight: Path) -> None:
    (backlight / "bl_power").unlink()
    METHODS["backlight"].switch(False, 1.0)
    assert (backlight / "brightness").read_text() == "0"
    (backlight / "brightness").unlink()
    with pytest.raises(NoPower, match="may not be written"):
        METHODS["backlight"].ask()


@pytest.mark.parametrize(
    ("name", "why"), [("ddc", "ddcutil cannot be run"), ("cec", "there is no .*cec0"), ("backlight", "no panel")]
)
def test_where_there_is_nothing_the_reason_is_told(programs: Programs, name: str, why: str) -> None:
    with pytest.raises(NoPower, match=why):
        METHODS[name].ask()
    with pytest.raises(NoPower, match=why):
        METHODS[name].switch(True, 1.0)


@pytest.mark.parametrize(("mood", "why"), [("fail", "ddcutil is cross|VCP"), ("hang", "no answer within")])
def test_a_program_that_fails_or_hangs_is_told_apart_from_none(
    monitor: Programs, monkeypatch: pytest.MonkeyPatch, mood: str, why: str
) -> None:
    monkeypatch.setattr(panel, "TIMEOUT", 0.1)
    monitor.set(mood)
    with pytest.raises(NoPower, match=why):
        METHODS["ddc"].switch(True, 1.0)


# --- the thread -------------------------------------------------------------------------------------------------------


class Pauses:
    """Does not wait, and notes for how long it should have."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    def __call__(self, news: threading.Event, seconds: float) -> bool:
        self.taken.append(seconds)
        return news.wait(0.002)


def switched(programs: Programs) -> list[str]:
    """What monitors were told, without what they were asked."""
    return [line[-2:] for line in programs.told() if "setvcp" in line]


@pytest.mark.usefixtures("television", "backlight")
def test_the_first_way_that_answers_is_taken_and_the_panel_is_on_from_the_start(
    monitor: Programs, tmp_path: Path
) -> None:
    with ScreenPower("auto", tmp_path / "state") as power:
        until(lambda: power.name)
        until(lambda: switched(monitor) == ["01"])
        assert (power.name, power.dims, power.trouble) == ("ddc", False, None)
        power.wish(False)
        until(lambda: switched(monitor) == ["01", "04"])
    assert switched(monitor) == ["01", "04", "01"], "always back"
    assert monitor.told("cec-ctl") == []


def test_the_next_that_answers_is_taken_where_the_first_does_not(
    television: Programs, backlight: Path, tmp_path: Path
) -> None:
    television.add("ddcutil", "VCP D6 ERR")
    with ScreenPower("auto", tmp_path) as power:
        until(lambda: power.name)
        assert power.name == "cec"
    television.add("cec-ctl", NOBODY)
    with ScreenPower("auto", tmp_path / "elsewhere") as power:
        until(lambda: power.name)
        assert (power.name, power.dims) == ("backlight", True)


def test_what_worked_is_remembered_and_not_tried_for_again(monitor: Programs, tmp_path: Path) -> None:
    state = tmp_path / "state"
    with ScreenPower("auto", state):
        until(lambda: (state / FILE).exists() and (state / FILE).read_text() == "ddc")
    asked = len(monitor.told())
    with ScreenPower("auto", state) as power:
        until(lambda: len(monitor.told()) > asked)
        assert power.name == "ddc"
    assert [line for line in monitor.told()[asked:] if "getvcp" in line] == []


def test_what_worked_once_and_does_not_any_more_makes_room_for_another(television: Programs, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("ddc")
    pauses = Pauses()
    with ScreenPower("auto", tmp_path, pauses) as power:
        until(lambda: power.name == "cec")
        until(lambda: power.trouble is None)
        assert len(pauses.taken) >= MANY
    assert (tmp_path / FILE).read_text() == "cec"


@pytest.mark.parametrize("kept", ["", "wlopm", "\x00\xff"])
def test_a_memory_that_makes_no_sense_is_none(monitor: Programs, tmp_path: Path, kept: str) -> None:
    (tmp_path / FILE).write_text(kept)
    with ScreenPower("auto", tmp_path) as power:
        until(lambda: power.name == "ddc")


def test_a_memory_that_cannot_be_written_is_done_without(monitor: Programs, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with ScreenPower("auto", tmp_path / "file") as power:
        power.wish(False)
        until(lambda: switched(monitor)[-1:] == ["04"])
        assert power.trouble is None


@pytest.mark.usefixtures("programs")
def test_where_no_way_answers_the_screen_just_stays_black(tmp_path: Path) -> None:
    with ScreenPower("auto", tmp_path) as power:
        power.wish(False)
        until(lambda: power._is == (False, 1.0))
        assert (power.name, power.trouble) == ("", None)
    assert not (tmp_path / FILE).exists()


def test_a_way_that_comes_up_later_is_found_the_next_time_it_goes_dark(programs: Programs, tmp_path: Path) -> None:
    with ScreenPower("auto", tmp_path) as power:
        until(lambda: power._is)
        programs.add("ddcutil", "VCP D6 SNC x01")
        power.wish(False)
        until(lambda: switched(programs) == ["04"])


def test_none_touches_nothing(monitor: Programs, tmp_path: Path) -> None:
    with ScreenPower("none", tmp_path) as power:
        power.wish(False)
    assert monitor.told() == []


@pytest.mark.parametrize("name", ["ddc", "cec", "backlight"])
@pytest.mark.usefixtures("programs")
def test_a_way_that_was_asked_for_by_name_and_is_absent_is_trouble(name: Power, tmp_path: Path) -> None:
    with ScreenPower(name, tmp_path, Pauses()) as power:
        until(lambda: power.trouble)
        assert power.trouble
        assert power.trouble.key == "no_screen_power"
        assert power.trouble.text.startswith("The screen cannot be switched on: ")


def test_the_newest_wish_wins_and_wishing_never_waits(monitor: Programs, tmp_path: Path) -> None:
    with ScreenPower("ddc", tmp_path) as power:
        until(lambda: switched(monitor) == ["01"])
        monitor.set("hang")
        power.wish(False)
        until(lambda: switched(monitor) == ["01", "04"])
        for wish in (True, False) * 50:
            power.wish(wish)
        power.wish(True)
        assert switched(monitor) == ["01", "04"], "all that was wished for while the program was still busy"
        monitor.set("hang", False)
        until(lambda: switched(monitor) == ["01", "04", "01"])
    assert switched(monitor) == ["01", "04", "01"], "a panel that is on is left alone"


def test_what_fails_is_tried_again_and_again_with_longer_and_longer_pauses(monitor: Programs, tmp_path: Path) -> None:
    pauses = Pauses()
    with ScreenPower("ddc", tmp_path, pauses) as power:
        until(lambda: power._is)
        monitor.set("fail")
        power.wish(False)
        until(lambda: len(pauses.taken) > 8)
        assert power.trouble
        assert power.trouble.text.startswith("The screen cannot be switched off: ddcutil: ")
        assert pauses.taken[:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
        assert max(pauses.taken) == LONGEST_PAUSE
        monitor.set("fail", False)
        until(lambda: power.trouble is None)
        before = len(switched(monitor))
        power.wish(True)
        until(lambda: len(switched(monitor)) > before)
    assert switched(monitor)[-1] == "01"


def test_what_failed_may_have_happened_all_the_same_so_the_panel_is_told_to_come_back(
    monitor: Programs, tmp_path: Path
) -> None:
    with ScreenPower("ddc", tmp_path) as power:
        until(lambda: power._is)
        monitor.set("fail")
        power.wish(False)
        until(lambda: power.trouble)
        monitor.set("fail", False)
        power.wish(True)
        until(lambda: power.trouble is None)
        assert switched(monitor)[-1] == "01"


def test_a_panel_that_was_slow_to_come_back_is_not_switched_off_again(monitor: Programs, tmp_path: Path) -> None:
    with ScreenPower("ddc", tmp_path, Pauses()) as power:
        power.wish(False)
        until(lambda: switched(monitor)[-1:] == ["04"])
        until(lambda: power._is == (False, 1.0))
        monitor.set("fail")
        power.wish(True)
        until(lambda: len(switched(monitor)) > MANY + 3)
        monitor.set("fail", False)
        until(lambda: power.trouble and power.trouble.key == "screen_stays_on")
        told = len(switched(monitor))
        power.wish(False)
        until(lambda: power._is == (False, 1.0))
        assert len(switched(monitor)) == told
        power.wish(True)
        until(lambda: power._is == (True, 1.0))
        assert power.trouble is None, "it has been said"


@pytest.mark.parametrize("mood", ["fail", "hang"])
def test_closing_ends_even_with_a_panel_that_does_not_listen(
    monitor: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mood: str
) -> None:
    monkeypatch.setattr(panel, "TIMEOUT", 0.3)
    with ScreenPower("ddc", tmp_path, Pauses()) as power:
        until(lambda: power._is)
        monitor.set(mood)
        power.wish(False)
        until(lambda: switched(monitor)[-1:] == ["04"])
    assert not power._thread.is_alive()
    assert switched(monitor)[-MANY:] == ["01"] * MANY, "it was told to come back, several times"
    power.__exit__()


def test_a_panel_with_a_backlight_is_dimmed_at_night_and_bright_again_at_the_end(
    backlight: Path, tmp_path: Path
) -> None:
    def brightness() -> str:
        return (backlight / "brightness").read_text()

    with ScreenPower("backlight", tmp_path) as power:
        assert power.dims
        power.wish(True, 0.4)
        until(lambda: brightness() == "12")
        power.wish(False)
        until(lambda: brightness() == "0")
        power.wish(True, 0.4)
        until(lambda: brightness() == "12")
    assert brightness() == "31"


def test_a_monitor_is_not_told_of_the_night(monitor: Programs, tmp_path: Path) -> None:
    with ScreenPower("ddc", tmp_path) as power:
        until(lambda: power._is)
        power.wish(True, 0.4)
        power.wish(False, 0.4)
        until(lambda: power._is == (False, 1.0))
        assert switched(monitor) == ["01", "04"]


# --- the doctor -------------------------------------------------------------------------------------------------------


def test_the_doctor_asks_each_way_and_switches_nothing(television: Programs, backlight: Path) -> None:
    assert picture.check_screen_power(Config())[:2] == ("ok", "the screen goes off when the mirror is dark, by cec")
    television.add("ddcutil", "VCP D6 SNC x01")
    assert picture.check_screen_power(Config())[1].endswith("by ddc")
    assert picture.check_screen_power(Config(screen_power="backlight"))[1].endswith("by backlight")
    assert switched(television) == []
    assert all("power-status" in line for line in television.told("cec-ctl"))
    assert (backlight / "brightness").read_text() == "31"


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("power", "cure"),
    [("auto", "install ddcutil"), ("ddc", "i2c-dev"), ("cec", "v4l-utils"), ("backlight", "systemd/README.md")],
)
def test_the_doctor_says_what_is_missing_and_what_to_do(power: Power, cure: str) -> None:
    state, said, do = picture.check_screen_power(Config(screen_power=power))
    assert state == "warning"
    assert cure in do
    assert [name in said for name in METHODS] == [power in ("auto", name) for name in METHODS]


@pytest.mark.usefixtures("programs")
def test_the_doctor_leaves_alone_what_is_not_switched() -> None:
    assert picture.check_screen_power(Config(screen_power="none"))[0] == "ok"
    assert picture.check_screen_power(Config(display="window"))[0] == "ok"


def test_the_doctor_tells_of_the_night(monkeypatch: pytest.MonkeyPatch) -> None:
    assert picture.check_night(Config()) == ("ok", "as bright as by day", "")
    night = Config(night=Night(hours="22:00-07:00"))
    monkeypatch.setattr(picture.time, "strftime", lambda _: "23:00")
    assert picture.check_night(night)[1] == "dimmed to 40% from 22:00 to 07:00: now"
    monkeypatch.setattr(picture.time, "strftime", lambda _: "12:00")
    assert picture.check_night(night)[1] == "dimmed to 40% from 22:00 to 07:00: not now, at 12:00"


# --- the settings -----------------------------------------------------------------------------------------------------


def test_what_the_settings_may_say_of_power_and_night() -> None:
    assert (Config().screen_power, Config().night.hours, Config().glance, Config().motion) == ("auto", "", None, None)
    night = read_config('night = { hours = "22:00-07:00", light = 0.5 }', "config.toml").night
    assert [night.light_at(clock) for clock in ("21:59", "22:00", "06:59", "07:00")] == [1.0, 0.5, 0.5, 1.0]
    assert Config().night.light_at("03:00") == 1.0


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('screen_power = "dpms"', "one of auto, ddc, cec, backlight, none"),
        ('night = { hours = "22-7" }', "as 22:00-07:00"),
        ("night = { light = 0.0 }", ">= 0.1"),
        ("motion = 28", "<= 27"),
        ("motion = 5", "a pin of its own"),
        ("motion = 17\nlamps = { red = 17 }", "a pin of its own"),
    ],
)
def test_settings_that_cannot_be_are_refused(text: str, rule: str) -> None:
    with pytest.raises(BadInput, match=rule):
        read_config(text, "config.toml")
