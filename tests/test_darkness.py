"""The dark and the night, with the real parts: what camera, panel and light do while the mirror does what."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from gpiozero.pins.mock import MockFactory

from kiosk.config import Config, Night, change_config
from kiosk.darkness import Darkness, power_of
from kiosk.devices import panel
from kiosk.devices.board import is_raspberry_pi
from kiosk.devices.motion import Motion
from kiosk.devices.screen_power import ScreenPower
from kiosk.devices.watcher import Watcher
from kiosk.frame import Frame
from kiosk.scoring.pose import Pose
from kiosk.session.events import Sign, Signal
from kiosk.session.session import advance
from kiosk.session.states import Choosing, Dark, Presence
from kiosk.ui.screen import Screen

CHOOSING = Choosing(0, 0.0)
DARK = Dark(0, 60.0)
#: Somebody has come since it went dark; somebody has been there all the time.
SOMEBODY_CAME, SOMEBODY_STAYED = (Dark(0, 60.0, Presence(True, since, 10.0)) for since in (70.0, 50.0))
NIGHT = Night(hours="22:00-07:00")


class Camera:
    """Gives a frame every few milliseconds, for ever."""

    name = "camera"

    def __init__(self) -> None:
        self.opened = 0

    def __enter__(self) -> Camera:
        self.opened += 1
        return self

    def __exit__(self, *exc: object) -> None: ...

    def __iter__(self) -> Iterator[Frame]:
        while True:
            time.sleep(0.002)
            yield Frame(time.monotonic(), np.zeros((48, 64, 3), np.uint8))

    def pose(self) -> Pose:
        return Pose(0.0, np.zeros((17, 2), np.float32), np.zeros(17, np.float32), 64, 48)


def until(true: Callable[[], object], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.002)


@pytest.fixture
def backlight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The brightness, of 100, of a panel with a backlight."""
    folder = tmp_path / "backlight/panel"
    folder.mkdir(parents=True)
    for name in ("brightness", "max_brightness"):
        (folder / name).write_text("100")
    monkeypatch.setattr(panel, "BACKLIGHTS", tmp_path / "backlight")
    return folder / "brightness"


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """A camera, a screen and a panel in the hands of a Darkness with these settings."""
    with ExitStack() as opened:

        def make(power: Any = "none", clock: str = "12:00", *, replay: bool = False, **settings: object) -> Any:
            config = change_config(Config(), **settings)
            parts = SimpleNamespace(
                camera=Camera(),
                screen=opened.enter_context(Screen("offscreen", (800, 480))),
                power=opened.enter_context(ScreenPower(power, tmp_path)),
                motion=opened.enter_context(Motion(config.motion)),
                clock=clock,
            )
            parts.watcher = opened.enter_context(Watcher(lambda: parts.camera))
            darkness = Darkness(
                config,
                parts.watcher,
                parts.screen,
                parts.power,
                parts.motion,
                replay=replay,
                clock=lambda: time.strptime(parts.clock, "%H:%M"),
            )
            parts.darkness, parts.follow = darkness, darkness.follow
            until(lambda: parts.watcher.watching)
            return parts

        yield make


def test_in_the_dark_the_camera_is_off_and_on_again_when_it_is_not(mirror: Callable[..., Any]) -> None:
    parts = mirror()
    parts.follow(DARK)
    until(lambda: not parts.watcher.watching)
    assert parts.watcher.resting
    parts.follow(SOMEBODY_CAME)
    assert parts.watcher.resting, "who was seen before the camera closed does not open it again"
    parts.follow(CHOOSING)
    until(lambda: parts.watcher.watching)
    assert parts.camera.opened == 2


@pytest.mark.parametrize("session", [DARK, SOMEBODY_STAYED])
def test_glances_keep_the_camera_on_and_the_panel_too_for_its_sign_is_lit(
    mirror: Callable[..., Any], backlight: Path, session: Dark
) -> None:
    parts = mirror("backlight", glance=True)
    parts.follow(session)
    time.sleep(0.1)
    seen = parts.watcher.frames
    time.sleep(0.2)
    assert parts.watcher.frames <= seen + 1
    assert parts.watcher.watching
    assert backlight.read_text() == "100"
    parts.follow(SOMEBODY_CAME)
    until(lambda: parts.watcher.frames > seen + 10)
    assert parts.camera.opened == 1


def test_a_sensor_spares_the_glances_unless_it_cannot_be_read(mirror: Callable[..., Any], factory: MockFactory) -> None:
    parts = mirror(glance=True, motion=17)
    parts.follow(DARK)
    assert parts.watcher.resting
    broken = mirror(glance=True, motion=17)
    assert broken.motion.trouble, "two on one pin"
    broken.follow(DARK)
    assert not broken.watcher.resting


def test_what_moves_wakes_a_dark_mirror_once(mirror: Callable[..., Any], factory: MockFactory) -> None:
    parts = mirror(motion=17)
    parts.follow(DARK)
    time.sleep(0.2)  # gpiozero looks at the pin ten times a second, and first of all at how it is
    assert parts.darkness.heard(70.0) == []
    factory.pin(17).drive_high()
    said: list[Signal] = []
    until(lambda: said.extend(parts.darkness.heard(71.0)) or said)
    assert said == [Signal(71.0, Sign.MOTION)]
    assert isinstance(advance(DARK, said[0]), Choosing)
    assert advance(CHOOSING, said[0]) == CHOOSING
    time.sleep(0.3)
    assert parts.darkness.heard(72.0) == []


@pytest.mark.skipif(is_raspberry_pi(), reason="this machine has a header")
def test_trouble_of_panel_or_sensor_is_told(
    mirror: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel, "BACKLIGHTS", tmp_path)
    monkeypatch.delenv("GPIOZERO_PIN_FACTORY", raising=False)
    assert mirror().darkness.trouble is None
    broken = mirror("backlight", motion=17)
    until(lambda: broken.darkness.trouble.key == "no_screen_power")
    assert mirror(motion=17).darkness.trouble.key == "no_motion_sensor"


def test_the_panel_comes_back_as_soon_as_the_mirror_ends(mirror: Callable[..., Any], backlight: Path) -> None:
    parts = mirror("backlight")
    parts.follow(DARK)
    until(lambda: backlight.read_text() == "0")
    parts.darkness.leave()
    until(lambda: backlight.read_text() == "100")


def test_a_recording_is_watched_to_its_end(mirror: Callable[..., Any]) -> None:
    parts = mirror(replay=True)
    parts.follow(DARK)
    seen = parts.watcher.frames
    until(lambda: parts.watcher.frames > seen + 10)
    assert parts.camera.opened == 1


def test_the_panel_goes_off_with_the_mirror_and_comes_back(mirror: Callable[..., Any], backlight: Path) -> None:
    parts = mirror("backlight")
    for session, brightness in ((CHOOSING, "100"), (DARK, "0"), (CHOOSING, "100"), (DARK, "0")):
        parts.follow(session)
        until(lambda brightness=brightness: backlight.read_text() == brightness)
    assert parts.power.trouble is None


def test_at_night_the_panel_is_dimmed_or_else_the_drawing(mirror: Callable[..., Any], backlight: Path) -> None:
    parts = mirror("backlight", "23:00", night={"hours": NIGHT.hours, "light": 0.4})
    parts.follow(CHOOSING)
    until(lambda: backlight.read_text() == "40")
    assert parts.screen.light == 1.0, "not both"
    parts.clock = "07:00"
    parts.follow(CHOOSING)
    until(lambda: backlight.read_text() == "100")
    other = mirror("none", "23:00", night={"hours": NIGHT.hours, "light": 0.4})
    other.follow(CHOOSING)
    assert other.screen.light == 0.4
    other.clock = "07:00"
    other.follow(CHOOSING)
    assert other.screen.light == 1.0


@pytest.mark.parametrize(
    ("display", "name", "wanted"),
    [
        ("auto", "kmsdrm 1080×1920", "cec"),
        ("auto", "kmsdrm 1080×1920, textures", "cec"),
        ("fullscreen", "wayland 1080×1920", "cec"),
        ("auto", "wayland 972×1728", "none"),
        ("window", "x11 972×1728", "none"),
        ("fullscreen", "offscreen 1080×1920", "none"),
        ("offscreen", "offscreen 1080×1920", "none"),
    ],
)
def test_only_a_screen_that_the_mirror_has_to_itself_is_switched(
    display: Any, name: str, wanted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    screen: Any = SimpleNamespace(name=name)
    power = power_of(Config(display=display, screen_power="cec"), screen)
    assert power._wanted == wanted
    assert power._file.parent == tmp_path
