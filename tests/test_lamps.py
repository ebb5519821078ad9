"""The lamps beside the mirror: what they show, through gpiozero's own mock pins, whatever becomes of the screen."""

from __future__ import annotations

import time
from itertools import pairwise
from statistics import median

import pygame
import pytest
from gpiozero.pins.mock import MockFactory
from hypothesis import given
from hypothesis import strategies as st
from rounds import go_round, make_mirror, performance
from scenes import SCENES, WORKING

from kiosk.commands.checkup import header
from kiosk.config import Config, LampPins, Pins, change_config, read_config
from kiosk.devices.board import is_raspberry_pi
from kiosk.devices.buttons import Buttons
from kiosk.devices.lamps import COLOURS, DARK, Lamps
from kiosk.scoring.verdict import Light
from kiosk.session.lamps import worst_light
from kiosk.session.scene import FormLight, Leaning, Trying, Working
from kiosk.trouble import BadInput
from kiosk.ui.screen import Screen

TRAFFIC = LampPins(red=17, amber=27, green=22)
ALL_COLOURS = LampPins(red=17, green=22, blue=23)
LIT = (Light.RED, Light.AMBER, Light.GREEN)


def high(factory: MockFactory, *pins: int) -> list[bool]:
    return [bool(factory.pin(pin).state) for pin in pins]


# --- which light ------------------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(Light), max_size=7))
def test_the_worst_of_what_is_seen_is_shown_and_the_unseen_is_never_green(states: list[Light]) -> None:
    shown = worst_light(
        Working("", 0, None, None, tuple(FormLight("hips", state, "") for state in states), "", False, "", "")
    )
    assert shown in (*LIT, Light.OFF)
    assert shown is Light.OFF or shown in states
    assert all(LIT.index(shown) <= LIT.index(state) for state in states if state in LIT)
    assert (shown is Light.OFF) == (not set(LIT) & set(states))


def test_only_a_set_or_a_lean_under_way_lights_them_or_whoever_tries_them_out() -> None:
    lit = {name for name, scene in SCENES.items() if worst_light(scene.picture) is not Light.OFF}
    assert lit
    assert {type(SCENES[name].picture) for name in lit} == {Working, Leaning, Trying}
    assert worst_light(WORKING) is Light.RED


# --- which pins -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lamps", "rule"),
    [
        ("{ red = 17, amber = 17 }", "a pin of its own"),
        ("{ red = 5 }", "a pin of its own"),
        ("{ red = 17, green = 22, amber = 27, blue = 23 }", "one lamp of all colours"),
        ("{ blue = 23 }", "one lamp of all colours"),
        ("{ red = 28 }", "<= 27"),
        ("{ yellow = 17 }", "yellow"),
    ],
)
def test_pins_that_cannot_be_are_refused(lamps: str, rule: str) -> None:
    with pytest.raises(BadInput, match=rule):
        read_config(f"lamps = {lamps}", "config.toml")


def test_a_lamp_and_a_button_may_change_places() -> None:
    config = read_config("lamps = { red = 5 }\npins = { previous = 17 }", "config.toml")
    assert (config.lamps.red, config.pins.previous) == (5, 17)
    assert change_config(config, station="sink").lamps == config.lamps


# --- through gpiozero -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("active_high", [True, False])
def test_a_traffic_light_has_one_lamp_lit_at_a_time(factory: MockFactory, active_high: bool) -> None:
    pins = LampPins(red=17, amber=27, green=22, active_high=active_high)
    with Lamps(pins) as lamps:
        assert lamps.name == "traffic light on GPIO 17 (red), 27 (amber), 22 (green)"
        for light in (Light.OFF, *LIT, Light.UNSEEN, Light.GREEN, Light.OFF):
            lamps.show(light)
            assert high(factory, 17, 27, 22) == [(light is each) is active_high for each in LIT]


def test_one_lamp_of_all_colours_has_the_colour_of_the_light(factory: MockFactory) -> None:
    with Lamps(ALL_COLOURS) as lamps:
        assert lamps.name.startswith("RGB lamp")
        for light in (*LIT, Light.UNSEEN):
            lamps.show(light)
            values = [factory.pin(pin).state for pin in (17, 22, 23)]
            assert values == pytest.approx(COLOURS.get(light, DARK))


def test_a_single_lamp_is_lit_for_its_own_colour_alone(factory: MockFactory) -> None:
    with Lamps(LampPins(red=17)) as lamps:
        assert lamps.name == "single lamps on GPIO 17 (red)"
        for light in (*LIT, Light.OFF):
            lamps.show(light)
            assert high(factory, 17) == [light is Light.RED]


@pytest.mark.parametrize("active_high", [True, False])
def test_all_are_out_before_their_pins_are_given_back(
    factory: MockFactory, monkeypatch: pytest.MonkeyPatch, active_high: bool
) -> None:
    left: list[list[bool]] = []
    pins = LampPins(red=17, amber=27, green=22, active_high=active_high)
    with Lamps(pins) as lamps:
        lamps.show(Light.RED)
        board = type(lamps._lamps)
        close = board.close
        monkeypatch.setattr(board, "close", lambda each: left.append(high(factory, 17, 27, 22)) or close(each))
    assert left[0] == [not active_high] * 3
    assert [factory.pin(pin).function for pin in (17, 27, 22)] == ["input"] * 3
    lamps.__exit__()


def test_pins_that_are_taken_are_trouble_and_end_nothing(factory: MockFactory) -> None:
    with Buttons(Pins(previous=17)), Lamps(TRAFFIC) as lamps:
        lamps.show(Light.RED)
        assert lamps.trouble
        assert lamps.trouble.key == "no_lamps"
        assert lamps.trouble.text.startswith(f"The lamps stay dark: {lamps.name}: ")


def test_a_pin_that_fails_is_trouble_until_it_can_be_set_again(
    factory: MockFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Lamps(TRAFFIC) as lamps:
        with monkeypatch.context() as broken:
            broken.setattr(type(factory.pin(17)), "_set_state", lambda *_: (_ for _ in ()).throw(OSError("torn off")))
            lamps.show(Light.RED)
        assert lamps.trouble
        assert "torn off" in lamps.trouble.text
        lamps.show(Light.AMBER)
        assert lamps.trouble is None


@pytest.mark.skipif(is_raspberry_pi(), reason="this machine has a header")
def test_without_a_header_they_are_trouble_and_without_lamps_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GPIOZERO_PIN_FACTORY", raising=False)
    with Lamps(TRAFFIC) as lamps:
        assert lamps.trouble
        assert "40-pin header, and here is none" in lamps.trouble.text
    assert header.check_lamps(Config(lamps=TRAFFIC))[0] == "warning"
    with Lamps(LampPins()) as lamps:
        lamps.show(Light.RED)
        assert (lamps.name, lamps.trouble) == ("", None)
    assert header.check_lamps(Config()) == ("ok", "there are none in the settings", "")


def test_the_doctor_names_them_and_leaves_them_dark(factory: MockFactory) -> None:
    assert header.check_lamps(Config(lamps=TRAFFIC)) == ("ok", Lamps(TRAFFIC).name, "")
    with Buttons(Pins(previous=17)):
        state, said, do = header.check_lamps(Config(lamps=TRAFFIC))
    assert (state, bool(do)) == ("failed", True)
    assert "stay dark" in said


# --- in the loop ------------------------------------------------------------------------------------------------------

#: Rounded back in every repetition: a set with something to light.
FAULTY = {"F10": 1.0}


def test_a_repetition_lights_its_lamp_in_the_same_pass_of_the_loop(factory: MockFactory) -> None:
    took: list[float] = []
    lit: list[Light] = []
    with Screen("offscreen", (800, 480)) as screen, Lamps(TRAFFIC) as lamps:
        mirror = make_mirror("hinge", screen, lamps)
        tell = mirror._signal

        def timed(*given: object) -> None:
            tell(*given)
            took.append(time.perf_counter() - begun)

        mirror._signal = timed  # type: ignore[method-assign]
        begun = time.perf_counter()
        for _ in go_round(mirror, performance("hinge", 2, **FAULTY)):
            state = worst_light(mirror._shown.picture) if mirror._shown else Light.OFF
            assert high(factory, 17, 27, 22) == [state is each for each in LIT]
            if mirror.coach.verdict and mirror.coach.verdict.rep:
                lit.append(state)
            begun = time.perf_counter()
    assert len(lit) == 2
    assert set(lit) <= {Light.RED, Light.AMBER}
    assert high(factory, 17, 27, 22) == [False] * 3
    assert median(took) < 0.020


def test_they_go_on_when_the_screen_does_not(factory: MockFactory) -> None:
    seen: list[list[bool]] = []
    with Screen("offscreen", (800, 480)) as screen, Lamps(TRAFFIC) as lamps:
        mirror = make_mirror("hinge", screen, lamps)
        for t in go_round(mirror, performance("hinge", 3, **FAULTY)):
            if t > 2.0 and pygame.display.get_init():
                pygame.display.quit()  # the display is gone in the middle of the set
            seen.append(high(factory, 17, 27, 22))
        assert mirror.outcome.reps == 3
        assert [trouble.key for trouble in mirror.outcome.troubles] == ["no_screen"]
    assert sum(one != other for one, other in pairwise(seen)) >= 1
    assert [True, False, False] in seen or [False, True, False] in seen
