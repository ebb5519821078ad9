"""The buttons: chatter, long presses, nothing lost; then the same through gpiozero's own mock pins."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from gpiozero import Device
from gpiozero.pins.mock import MockFactory
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import Pins
from kiosk.devices.board import is_raspberry_pi
from kiosk.devices.buttons import Buttons, NoButtons
from kiosk.session.buttons import DEBOUNCE, LONG, Button, feel
from kiosk.session.events import Action

#: A hair, to be on one side of an edge in spite of rounding.
HAIR = 1e-6


def play(button: Button, edges: list[tuple[float, bool]], polls: Sequence[float] = ()) -> list[Action]:
    """What the button asks for over ``edges`` (t, touching), with the level looked at again at each of ``polls``."""
    actions = []
    for t, touching in sorted([*edges, *((t, None) for t in polls)], key=lambda row: row[0]):
        button, action = feel(button, t, button.touching if touching is None else touching)
        if action is not None:
            actions.append(action)
    return actions


def select() -> Button:
    return Button(Action.SELECT, long=Action.BACK)


def later(edges: list[tuple[float, bool]]) -> list[float]:
    """A look long after the last edge."""
    return [edges[-1][0] + 10]


def test_next_is_felt_at_the_first_touch() -> None:
    button, action = feel(Button(Action.NEXT), 5.0, True)
    assert action is Action.NEXT
    assert feel(button, 5.1, False)[1] is None


def test_a_press_of_next_shorter_than_the_debounce_still_counts() -> None:
    assert play(Button(Action.NEXT), [(1.0, True), (1.001, False)]) == [Action.NEXT]


def test_a_held_button_without_a_long_action_does_not_repeat() -> None:
    assert play(Button(Action.NEXT), [(1.0, True), (9.0, False)], [t / 60 for t in range(600)]) == [Action.NEXT]


def test_select_is_given_when_it_is_let_go() -> None:
    button, action = feel(select(), 1.0, True)
    assert action is None
    button, action = feel(button, 1.2, False)
    assert action is None
    button, action = feel(button, 1.2 + DEBOUNCE + HAIR, False)
    assert action is Action.SELECT


def test_back_is_given_while_select_is_still_held() -> None:
    button, _ = feel(select(), 1.0, True)
    button, action = feel(button, 1.0 + LONG - HAIR, True)
    assert action is None
    button, action = feel(button, 1.0 + LONG + HAIR, True)
    assert action is Action.BACK
    button, action = feel(button, 9.0, True)
    assert action is None
    button, action = feel(button, 9.1, False)
    assert feel(button, 9.2, False)[1] is None, "letting go after BACK must not be SELECT too"


def test_a_long_press_is_back_even_if_nobody_looked_while_it_lasted() -> None:
    assert play(select(), [(1.0, True), (2.0, False)], [5.0]) == [Action.BACK]


def test_a_short_press_is_select_even_if_nobody_looked_until_much_later() -> None:
    assert play(select(), [(1.0, True), (1.2, False)], [60.0]) == [Action.SELECT]


def test_a_break_of_the_contact_does_not_cut_a_long_press_short() -> None:
    edges = [(1.0, True), (1.4, False), (1.4 + DEBOUNCE / 2, True), (2.5, False)]
    assert play(select(), edges, later(edges)) == [Action.BACK]


def test_a_button_held_down_while_the_mirror_starts_asks_for_nothing_when_let_go() -> None:
    assert play(select(), [(0.5, False), (1.0, False)], [5.0]) == []


@st.composite
def chattering(draw: st.DrawFn) -> tuple[list[tuple[float, bool]], int, list[bool]]:
    """Edges of a few presses, each with chatter at both ends; how many presses, and which were long."""
    chatter = st.lists(st.floats(0.0002, DEBOUNCE * 0.9), max_size=6).map(lambda gaps: gaps[: len(gaps) // 2 * 2])
    t, edges, long = 1.0, [], []
    for _ in range(draw(st.integers(1, 5))):
        is_long = draw(st.booleans())
        held = draw(st.floats(LONG + 0.4, 3.0) if is_long else st.floats(0.001, LONG - 0.4))
        t += draw(st.floats(DEBOUNCE * 1.1, 2.0))
        level = True
        edges.append((t, level))
        for ending in (False, True):
            for gap in draw(chatter):
                t, level = t + gap, not level
                edges.append((t, level))
            if not ending:
                t, level = t + held, False
                edges.append((t, level))
        long.append(is_long)
    return edges, len(long), long


@given(chattering(), st.floats(0.005, 0.4))
def test_chatter_never_makes_two_presses_and_none_is_lost(case: tuple, step: float) -> None:
    edges, presses, long = case
    polls = list(itertools.takewhile(lambda t: t < edges[-1][0] + 1, itertools.count(0.0, step))) + later(edges)
    assert play(Button(Action.NEXT), edges, polls) == [Action.NEXT] * presses
    assert play(select(), edges, polls) == [Action.BACK if held else Action.SELECT for held in long]


@given(chattering(), st.lists(st.floats(0, 20), max_size=40))
def test_how_often_one_looks_changes_nothing(case: tuple, polls: list[float]) -> None:
    edges = case[0]
    assert play(select(), edges, polls + later(edges)) == play(select(), edges, later(edges))


@given(st.lists(st.tuples(st.floats(0, 30), st.booleans()), max_size=60))
def test_whatever_the_contact_does_there_is_at_most_one_action_a_touch(edges: list[tuple[float, bool]]) -> None:
    edges.sort(key=lambda edge: edge[0])
    touches = sum(now and not before for before, now in itertools.pairwise([False] + [level for _, level in edges]))
    assert len(play(select(), edges, [100.0])) <= touches
    assert len(play(Button(Action.NEXT), edges, [100.0])) <= touches


# --- through gpiozero -------------------------------------------------------------------------------------------------


class Clock:
    """A clock that is told the time."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def actions(buttons: Buttons, now: float) -> list[Action]:
    return [press.action for press in buttons.presses(now)]


def test_pins_of_the_config_are_the_pins_that_are_read(factory: MockFactory) -> None:
    with Buttons(Pins(previous=22, next=23, select=24), Clock()) as buttons:
        factory.pin(23).drive_low()
        assert actions(buttons, 100.0) == [Action.NEXT]
        factory.pin(22).drive_low()
        assert actions(buttons, 100.1) == [Action.PREVIOUS]


def test_real_edges_with_chatter_make_one_press_each_in_order(factory: MockFactory) -> None:
    clock, pins = Clock(), Pins()
    with Buttons(pins, clock) as buttons:
        for number in (pins.next, pins.select, pins.previous):
            pin = factory.pin(number)
            for gap in (0.001, 0.002, 0.2, 0.001, 0.001):
                pin.drive_low() if pin.state else pin.drive_high()
                clock.now += gap
            pin.drive_high()
            clock.now += 0.1
        assert actions(buttons, clock.now) == [Action.NEXT, Action.SELECT, Action.PREVIOUS]
        assert actions(buttons, clock.now + 5) == []


def test_holding_select_goes_back_without_being_let_go(factory: MockFactory) -> None:
    clock = Clock()
    with Buttons(Pins(), clock) as buttons:
        factory.pin(Pins().select).drive_low()
        assert actions(buttons, clock.now + LONG - HAIR) == []
        assert actions(buttons, clock.now + LONG + HAIR) == [Action.BACK]


def test_presses_made_while_the_main_loop_was_busy_are_all_there(factory: MockFactory) -> None:
    clock, pin = Clock(), factory.pin(Pins().next)
    with Buttons(Pins(), clock) as buttons:
        for _ in range(5):
            pin.drive_low()
            clock.now += 0.1
            pin.drive_high()
            clock.now += 0.1
        presses = buttons.presses(clock.now)
    assert [press.action for press in presses] == [Action.NEXT] * 5
    assert all(press.t == clock.now for press in presses), "a press is dated when it is known, so time never goes back"


def test_leaving_gives_the_pins_back_and_leaving_twice_is_harmless(factory: MockFactory) -> None:
    buttons = Buttons(Pins())
    with buttons:
        pass
    buttons.__exit__()
    with Buttons(Pins()):
        pass


def test_pins_that_cannot_be_had_are_one_clear_line(factory: MockFactory) -> None:
    with Buttons(Pins(select=13)), pytest.raises(NoButtons) as refused, Buttons(Pins(previous=20, next=21, select=13)):
        pass
    assert "buttons on GPIO 20, 21 and 13 cannot be read: " in str(refused.value)
    with Buttons(Pins(previous=20, next=21)):
        pass


@pytest.mark.skipif(is_raspberry_pi(), reason="this machine has a header")
def test_a_machine_without_a_header_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GPIOZERO_PIN_FACTORY", raising=False)
    with pytest.raises(NoButtons, match="40-pin header, and here is none"), Buttons(Pins()):
        pass


def test_a_header_that_cannot_be_opened_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Device, "pin_factory", None)
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "no-such-factory")
    with pytest.raises(NoButtons, match="cannot be read: Unable to find pin factory"), Buttons(Pins()):
        pass


@pytest.mark.parametrize(
    ("environment", "made"),
    [({}, 1), ({"XDG_RUNTIME_DIR": "/tmp"}, 0), ({"LG_WD": "/tmp"}, 0)],
)
def test_a_folder_made_for_lgpio_is_gone_when_the_program_ends(
    environment: dict[str, str], made: int, tmp_path: Path
) -> None:
    code = (
        "import os, pathlib, tempfile; from kiosk.devices import pins; pins.import_gpiozero();"
        "print(len(list(pathlib.Path(tempfile.gettempdir()).iterdir())), os.path.isdir(os.environ['LG_WD']))"
    )
    bare = {name: value for name, value in os.environ.items() if name not in ("XDG_RUNTIME_DIR", "LG_WD")}
    settings = bare | {"GPIOZERO_PIN_FACTORY": "mock", "TMPDIR": str(tmp_path)} | environment
    ran = subprocess.run([sys.executable, "-c", code], env=settings, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == [str(made), "True"]
    assert not list(tmp_path.iterdir())
