"""The doctor: a line for every part, and each cause told from the others that look the same."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from done import REP, a_set

from kiosk.commands import doctor
from kiosk.commands.checkup import cameras, causes, computer, header, keeping, picture, software
from kiosk.config import CameraAt, Config, LampPins, Screen
from kiosk.devices import graphics
from kiosk.devices.buttons import NoButtons
from kiosk.devices.graphics import find_obstacle, sdl_drivers
from kiosk.devices.pace import Pace
from kiosk.records.database import set_aside
from kiosk.records.history import FILE, History
from kiosk.trouble import KioskError, NoModel


@pytest.fixture
def on_a_pi(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (cameras, computer, header, software):
        monkeypatch.setattr(module, "is_raspberry_pi", lambda: True)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No desktop, and every library there."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(graphics, "LIBRARIES", {})


def raising(error: Exception) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


def test_a_machine_without_a_mirror_is_warned_and_nothing_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cameras, "find_pi_camera", lambda: None)
    monkeypatch.setattr(cameras, "find_usb_cameras", list)
    assert doctor.run(True, Config(lamps=LampPins(red=17))) == 0
    findings = {finding["part"]: finding for finding in json.loads(capsys.readouterr().out)}
    assert list(findings) == list(doctor.PARTS)
    assert {finding["state"] for finding in findings.values()} <= {"ok", "warning"}
    assert "the simulated person will be used" in findings["usb_camera"]["said"]
    assert "single lamps on GPIO 17 (red)" in findings["lamps"]["said"]
    assert all(finding["do"] for finding in findings.values() if finding["state"] == "warning")


def test_every_part_is_one_line_however_narrow_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    doctor.run(False, Config())
    lines = capsys.readouterr().out.splitlines()
    assert [line[8:21].strip() for line in lines] == list(doctor.PARTS)
    assert all(line.split()[0] in doctor.COLOURS for line in lines)


def test_a_part_that_failed_is_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "PARTS", {"clock": raising(RuntimeError("two\nlines"))})
    assert doctor.run(True, Config()) == 1
    (finding,) = json.loads(capsys.readouterr().out)
    assert finding == {"part": "clock", "state": "failed", "said": "RuntimeError: two", "do": ""}


def test_a_missing_model_is_a_warning_and_a_wrong_one_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(software, "FOLDER", tmp_path)
    monkeypatch.setattr(software, "find_model", raising(NoModel("it is not here")))
    state, said, do = software.check_model(Config())
    assert (state, do) == ("warning", "make models")
    assert "the simulated person" in said
    assert software.check_runtime(Config())[0] == "warning"
    (tmp_path / software.read_manifest().file).write_bytes(b"wrong")
    assert software.check_model(Config())[0] == "failed"


def test_a_model_run_without_xnnpack_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = software.runtime.Runtime(interpreter=None, name="ai_edge_litert 9", threads=1, delegated=0)
    monkeypatch.setattr(software, "find_model", Path)
    monkeypatch.setattr(software.runtime, "start", lambda *_: slow)
    state, said, _ = software.check_runtime(Config())
    assert state == "warning"
    assert "XNNPACK runs 0 parts" in said
    monkeypatch.setattr(software.runtime, "start", raising(KioskError("no TFLite runtime can run this model")))
    assert software.check_runtime(Config())[:2] == ("failed", "no TFLite runtime can run this model")


def test_a_numpy_that_picamera2_was_not_built_for_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "simplejpeg.py").write_text("raise ValueError('numpy.dtype size changed')")
    monkeypatch.syspath_prepend(str(tmp_path))
    state, said, do = software.check_numpy(Config())
    assert state == "failed"
    assert "numpy.dtype size changed" in said
    assert do == "make clean setup"


@pytest.mark.usefixtures("on_a_pi")
def test_on_a_pi_the_absence_of_its_parts_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cameras, "find_pi_camera", lambda: None)
    state, _, do = cameras.check_pi_camera(Config())
    assert state == "warning"
    assert do
    monkeypatch.setattr(software.sys, "path", ["/opt/hinge-mirror/.venv/lib/python3.11/site-packages"])
    assert software.check_python(Config())[0] == "failed"


@pytest.mark.usefixtures("on_a_pi")
def test_buttons_in_use_and_buttons_forbidden_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GPIOZERO_PIN_FACTORY", raising=False)
    said = "buttons on GPIO 5, 6 and 13 cannot be read: 'GPIO busy'"
    monkeypatch.setattr(header.Buttons, "__enter__", raising(NoButtons(said)))
    assert header.check_buttons(Config()) == ("warning", said, causes.STOP)
    monkeypatch.setattr(causes, "why_no_pins", lambda said: ("gpiochip0 may not be opened", "usermod"))
    assert header.check_buttons(Config()) == ("failed", f"{said} (gpiochip0 may not be opened)", "usermod")


def test_a_usb_camera_that_may_not_be_opened_is_not_called_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cameras, "find_usb_cameras", lambda: [tmp_path / "video0"])
    state, said, do = cameras.check_usb_camera(Config())
    assert state == "failed"
    assert "video0 may not be opened" in said
    assert "usermod -aG video" in do
    (tmp_path / "video0").touch()
    assert cameras.check_usb_camera(Config()) == ("ok", str(tmp_path / "video0"), "")


def test_the_wheel_of_pygame_can_draw_without_a_desktop() -> None:
    assert {"kmsdrm", "wayland", "x11", "offscreen"} <= set(sdl_drivers())


@pytest.mark.usefixtures("bare")
def test_the_four_reasons_of_kmsdrm_not_available_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reason(words: str, cure: str) -> bool:
        why, do = find_obstacle(tmp_path) or ("", "")
        return words in why and cure in do

    assert reason("no graphics card", "vc4-kms-v3d")
    (tmp_path / "card1").touch()
    assert find_obstacle(tmp_path) is None
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert reason("card1 may not be opened", "usermod -aG video,render")
    monkeypatch.setattr(graphics, "LIBRARIES", {"libgbm.so.0.no-such": "libgbm1"})
    assert reason("libraries are missing", "apt-get install libgbm1")
    monkeypatch.setattr(graphics, "sdl_drivers", lambda: ("x11", "offscreen"))
    assert reason("no KMSDRM driver (only x11, offscreen)", "pygame-ce")


@pytest.mark.usefixtures("bare")
def test_a_bare_screen_that_can_be_had_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    from kiosk.ui import display

    monkeypatch.setattr(picture, "find_obstacle", lambda: None)
    monkeypatch.setattr(display, "connected_card", lambda: 1)
    assert picture.check_display(Config()) == ("ok", "KMSDRM on card 1, no desktop needed", "")
    monkeypatch.setattr(display, "connected_card", lambda: None)
    assert picture.check_display(Config())[0] == "warning"


def test_a_screen_of_the_usual_size_shows_head_and_trunk_and_lights_for_the_corner_of_the_eye() -> None:
    state, said, do = picture.check_screen(Config())
    assert (state, do) == ("ok", "")
    assert said.endswith("sees themselves on it from 0.78 to 1.70 m")
    assert picture.check_screen(Config(screen=Screen(width_mm=155, height_mm=87)))[0] == "warning"
    below = Config(camera_at=CameraAt(up_mm=700))
    assert picture.check_screen(below)[2] == "measure `screen` and `camera_at` again"


def test_a_desktop_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    assert picture.check_display(Config()) == ("ok", "x11 desktop :0", "")


@pytest.mark.parametrize(
    ("took", "says"), [(6.0, "looks at every picture twice"), (60.0, "looks at every picture once")]
)
def test_how_often_a_picture_is_looked_at_is_said_with_its_reason(
    took: float, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pace, "take", lambda pace, _, real=Pace.take: real(pace, took))
    state, said, _ = software.check_pace(Config())
    assert state == "ok"
    assert said.startswith(f"{took:.1f} ms a pass: {says}")


def test_whose_sets_are_remembered_and_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    path = tmp_path / FILE
    assert keeping.check_history(Config())[:2] == ("ok", "nobody is remembered: there is no profile in the settings")
    assert not list(tmp_path.iterdir())
    assert keeping.check_history(Config(profile="Ann"))[:2] == ("ok", f"Ann: 0 sets in {path}, 0.0 MB")
    with History(path) as history:
        history.keep([replace(a_set(0), profile="Bo")], {})
    assert keeping.check_history(Config(profile="Ann"))[1].startswith(f"Ann: 0 sets, Bo: 1 set in {path}")
    assert keeping.check_history(Config())[1].startswith(f"Bo: 1 set in {path}")


def test_a_damaged_history_is_told_and_what_was_set_aside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    path = tmp_path / FILE
    path.write_text("no database at all" * 100)
    for config in (Config(), Config(profile="Ann")):
        state, said, do = keeping.check_history(config)
        assert (state, "is damaged" in said, ".recover" in do) == ("warning", True, True)
    aside = set_aside(path)
    assert keeping.check_history(Config(profile="Ann"))[:2] == ("warning", f"damaged, set aside: {aside}")


def test_damage_that_only_shows_when_all_is_read_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    path = tmp_path / FILE
    with History(path) as history:
        history.keep([a_set(day, *[REP] * 9) for day in range(200)], {})
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(bytes(4096))
    state, said, _ = keeping.check_history(Config(profile="Ann"))
    assert (state, f"{path} is damaged: " in said) == ("warning", True)


def test_a_place_where_no_history_can_be_written_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", "/proc/nowhere")
    state, said, do = keeping.check_history(Config(profile="Ann"))
    assert (state, said.startswith("sets are not remembered: /proc/nowhere"), bool(do)) == ("warning", True, True)
