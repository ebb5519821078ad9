"""The motion sensor, through gpiozero's own mock pins: a movement that begins is an event, one that lasts is not."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from gpiozero.pins.mock import MockFactory

from kiosk.commands.checkup import header
from kiosk.config import Config, Pins
from kiosk.devices.board import is_raspberry_pi
from kiosk.devices.buttons import Buttons
from kiosk.devices.motion import KEPT, Motion

PIN = 17


def until(true: Callable[[], object], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.002)


def settle(motion: Motion) -> list[float]:
    """What was noticed, once gpiozero has sampled the pin often enough to have noticed anything."""
    time.sleep(0.35)
    return motion.moved()


def test_a_movement_is_told_once_with_its_time(factory: MockFactory) -> None:
    now = [100.0]
    with Motion(PIN, lambda: now[0]) as motion:
        assert (motion.name, motion.trouble) == (f"motion sensor on GPIO {PIN}", None)
        assert settle(motion) == []
        factory.pin(PIN).drive_high()
        found: list[float] = []
        until(lambda: found.extend(motion.moved()) or found)
        assert found == [100.0]
        now[0] = 200.0
        assert settle(motion) == [], "a sensor that stays high wakes nobody again"
        factory.pin(PIN).drive_low()
        assert settle(motion) == []
        factory.pin(PIN).drive_high()
        until(lambda: found.extend(motion.moved()) or len(found) > 1)
        assert found == [100.0, 200.0]


def test_a_sensor_that_is_high_from_the_start_is_no_movement(factory: MockFactory) -> None:
    factory.pin(PIN).drive_high()
    with Motion(PIN) as motion:
        assert settle(motion) == []


def test_a_loose_wire_fills_nothing(factory: MockFactory) -> None:
    with Motion(PIN) as motion:
        for t in range(1000):
            motion._moved.append(t)
        assert motion.moved() == list(range(1000 - KEPT, 1000))


def test_the_pin_is_given_back(factory: MockFactory) -> None:
    with Motion(PIN) as motion:
        pass
    motion.__exit__()
    with Motion(PIN) as again:
        assert again.trouble is None


def test_a_pin_that_is_taken_is_trouble_and_ends_nothing(factory: MockFactory) -> None:
    with Buttons(Pins(previous=PIN)), Motion(PIN) as motion:
        assert motion.trouble
        assert motion.trouble.key == "no_motion_sensor"
        assert motion.trouble.text.startswith(f"Nobody who comes is noticed: {motion.name}: ")
        assert motion.moved() == []


@pytest.mark.skipif(is_raspberry_pi(), reason="this machine has a header")
def test_without_a_header_it_is_trouble_and_without_a_sensor_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GPIOZERO_PIN_FACTORY", raising=False)
    with Motion(PIN) as motion:
        assert motion.trouble
        assert "40-pin header, and here is none" in motion.trouble.text
    with Motion(None) as motion:
        assert (motion.name, motion.trouble, motion.moved()) == ("", None, [])
    assert header.check_motion(Config(motion=PIN))[0] == "warning"


def test_the_doctor_names_it_and_says_what_wakes_the_mirror_without_one(factory: MockFactory) -> None:
    assert header.check_motion(Config(motion=PIN)) == ("ok", f"motion sensor on GPIO {PIN}: it wakes the mirror", "")
    assert header.check_motion(Config())[:2] == ("ok", "there is none in the settings: a button wakes the mirror")
    assert "one look a second" in header.check_motion(Config(glance=True))[1]
    with Buttons(Pins(previous=PIN)):
        state, _, do = header.check_motion(Config(motion=PIN))
    assert (state, bool(do)) == ("failed", True)
