"""The transition table: every state meets every event, and the stories that lead through it."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import pytest

from kiosk.drills import DRILLS
from kiosk.frame import GHOST
from kiosk.scoring.verdict import FaultFound, Light, Phase, Refusal, Rep, Rung, Verdict, View
from kiosk.session import scene
from kiosk.session.cues import APART, REPEATS
from kiosk.session.events import Action, Press, Tick
from kiosk.session.session import (
    BEGIN_AFTER,
    BEGIN_AFTER_PRESS,
    CHOOSING_FOR,
    EMPTY_FOR,
    RESTING_FOR,
    SUMMARY_FOR,
    WAITING_FOR,
    WAKE_AFTER,
    Calibrating,
    Choosing,
    Dark,
    GettingReady,
    Presence,
    Session,
    Summary,
    Working,
    advance,
    begin,
    set_score,
)
from kiosk.session.show import band, show

HERE = Presence(True, 0.0)
HINGE = DRILLS[0]


def verdict(t: float, *, phase: Phase = Phase.SETUP, rung: Rung = Rung.READY, **changes: object) -> Verdict:
    lights = (Light.OFF,) * len(HINGE.lights)
    plain = Verdict(t, phase, rung, View.SIDE, 1, lights, 0.0, 0.0, 0, 0)
    return replace(plain, **changes)


def nobody(t: float) -> Verdict:
    return verdict(t, phase=Phase.NO_PERSON, rung=Rung.IN_FRAME)


def rep(n: int, end: float, score: int | None = 90, faults: tuple[FaultFound, ...] = ()) -> Rep:
    return Rep(n, "left", end - 3, end - 1.5, end, score, 1.0, None, {}, faults, ())


def counted(t: float, n: int, **changes: object) -> Verdict:
    """A repetition closes at ``t``; the lights of its faults are lit."""
    closed = rep(n, t, **changes)
    levels = {fault.light: fault.level for fault in closed.faults}
    lights = tuple(levels.get(name, Light.OFF) for name in HINGE.lights)
    return verdict(t, phase=Phase.LOCKOUT, rep=closed, reps=n, lights=lights)


def fault(level: Light = Light.RED, of: int = 0) -> FaultFound:
    told = HINGE.faults[of]
    return FaultFound(told.key, told.light, level, 1.0, told.grade, told.title, told.cue)


STATES: tuple[Session, ...] = (
    Dark(0, 0.0, HERE),
    Choosing(0, 0.0, HERE),
    GettingReady(0, 8, 0.0, HERE),
    Calibrating(0, 8, 0.0, HERE),
    Working(0, 8, 0.0, HERE),
    Working(0, 8, 0.0, HERE, reps=3, scores=(90, 80, 70)),
    Summary(0, Working(0, 8, 0.0, HERE, reps=8), 0.0, HERE),
)
#: What each press makes of each state: D dark, C choosing, G getting ready, S summary, . the same.
PRESSES = {
    #                  dark choosing ready calib. working(0) working(3) summary
    Action.PREVIOUS: "C C C C C . C",
    Action.NEXT: "C C C C C . C",
    Action.SELECT: "C G C C C S G",
    Action.BACK: "C D C C C S C",
}
LETTERS = {"D": Dark, "C": Choosing, "G": GettingReady, "S": Summary}


@pytest.mark.parametrize("action", Action)
def test_every_press_in_every_state(action: Action) -> None:
    for state, letter in zip(STATES, PRESSES[action].split(), strict=True):
        after = advance(state, Press(1.0, action))
        assert isinstance(after, type(state) if letter == "." else LETTERS[letter]), (state, action)


@pytest.mark.parametrize(("state", "phase", "rung"), list(product(STATES, Phase, Rung)))
def test_no_verdict_leads_astray(state: Session, phase: Phase, rung: Rung) -> None:
    """A single verdict never ends a wait, starts a set from the menu or leaves the summary."""
    after = advance(state, verdict(1.0, phase=phase, rung=rung))
    ladder = (GettingReady, Calibrating, Working)
    assert isinstance(after, ladder if isinstance(state, GettingReady | Calibrating) else type(state))


def test_a_whole_set_from_the_dark_to_the_dark() -> None:
    session: Session = Dark(0, 0.0)
    session = advance(session, nobody(1.0))
    session = advance(session, verdict(10.0, rung=Rung.SIDE_ON))
    session = advance(session, Tick(10.0 + WAKE_AFTER / 2))
    assert isinstance(session, Dark), "a passer-by does not wake it"
    session = advance(session, Tick(10.1 + WAKE_AFTER))
    assert isinstance(session, Choosing)
    session = advance(session, Press(15.0, Action.NEXT))
    session = advance(session, Press(16.0, Action.PREVIOUS))
    session = advance(session, Press(17.0, Action.SELECT))
    assert isinstance(session, GettingReady)
    assert session.target == HINGE.reps
    session = advance(session, verdict(18.0, rung=Rung.STILL))
    assert isinstance(session, Calibrating)
    session = advance(session, verdict(20.0))
    assert isinstance(session, Working)
    for n in range(1, HINGE.reps + 1):
        assert isinstance(session, Working)
        session = advance(session, counted(20.0 + 5 * n, n, score=80 + n))
    assert isinstance(session, Summary)
    assert set_score(session.done) == round(80 + (HINGE.reps + 1) / 2)
    assert isinstance(advance(session, Tick(session.since + SUMMARY_FOR + 1)), Dark)


def test_standing_side_on_begins_without_a_press() -> None:
    choosing = advance(Choosing(2, 0.0, HERE), verdict(5.0, rung=Rung.STILL))
    assert isinstance(advance(choosing, Tick(5.0 + BEGIN_AFTER / 2)), Choosing)
    begun = advance(choosing, Tick(5.1 + BEGIN_AFTER))
    assert isinstance(begun, GettingReady)
    assert begun.index == 2


def test_whoever_has_just_pressed_is_given_time_to_choose() -> None:
    choosing = advance(Choosing(0, 0.0, HERE), verdict(1.0, rung=Rung.STILL))
    choosing = advance(choosing, Press(2.0, Action.NEXT))
    choosing = advance(choosing, verdict(2.1, rung=Rung.STILL))
    assert isinstance(advance(choosing, Tick(2.1 + BEGIN_AFTER + 1)), Choosing)
    assert isinstance(advance(choosing, Tick(2.2 + BEGIN_AFTER_PRESS)), GettingReady)


def test_turning_away_takes_the_hands_free_start_back() -> None:
    choosing = advance(Choosing(0, 0.0, HERE), verdict(5.0, rung=Rung.STILL))
    choosing = advance(choosing, verdict(6.0, rung=Rung.SIDE_ON))
    assert isinstance(advance(choosing, Tick(6.0 + BEGIN_AFTER)), Choosing)


def test_whoever_stays_when_it_goes_dark_is_left_in_the_dark() -> None:
    dark = advance(Choosing(0, 0.0, HERE), Tick(CHOOSING_FOR + 1))
    assert isinstance(dark, Dark)
    dark = advance(dark, verdict(CHOOSING_FOR + 2))
    assert isinstance(advance(dark, Tick(CHOOSING_FOR + 20)), Dark)
    flicker = advance(advance(dark, nobody(90.0)), verdict(90.0 + EMPTY_FOR / 2))
    assert isinstance(advance(flicker, Tick(95.0)), Dark), "the model's flicker is nobody's coming"


def test_a_set_nobody_comes_to_is_given_up() -> None:
    for state in (GettingReady(0, 8, 0.0), Calibrating(0, 8, 0.0), Working(0, 8, 0.0)):
        assert isinstance(advance(state, Tick(WAITING_FOR - 1)), type(state))
        assert isinstance(advance(state, Tick(WAITING_FOR + 1)), Choosing)


def test_a_set_left_half_done_is_summed_up() -> None:
    working = advance(Working(0, 8, 0.0, HERE), counted(4.0, 1))
    assert isinstance(advance(working, Tick(4.0 + RESTING_FOR + 1)), Summary)


def test_without_ticks_time_never_runs_out() -> None:
    session: Session = begin(0, 0.0, open_set=True)
    for t in range(0, 4000, 7):
        session = advance(session, verdict(float(t)) if t % 2 else nobody(float(t)))
    assert isinstance(session, Working)
    assert session.target is None


def test_one_cue_at_a_time_and_no_nagging() -> None:
    session: Session = Working(0, None, 0.0, HERE)
    for n in range(1, 10):
        session = advance(session, counted(n * (APART + 1), n, faults=(fault(),)))
    assert isinstance(session, Working)
    assert [cue.key for cue in session.said] == [HINGE.faults[0].key] * REPEATS


def test_a_fault_whose_light_is_not_lit_is_not_spoken_of() -> None:
    doubtful = replace(counted(5.0, 1, faults=(fault(Light.AMBER),)), lights=(Light.GREEN,) * len(HINGE.lights))
    session = advance(Working(0, None, 0.0, HERE), doubtful)
    assert isinstance(session, Working)
    assert session.said == ()


def test_cues_keep_apart_and_red_goes_first() -> None:
    session: Session = Working(0, None, 0.0, HERE)
    session = advance(session, counted(5.0, 1, faults=(fault(Light.AMBER, 0), fault(Light.RED, 2))))
    session = advance(session, counted(5.0 + APART / 2, 2, faults=(fault(),)))
    assert isinstance(session, Working)
    assert [cue.key for cue in session.said] == [HINGE.faults[2].key]


def test_a_mended_fault_is_praised_once_but_not_when_it_was_not_seen() -> None:
    session: Session = Working(0, None, 0.0, HERE)
    session = advance(session, counted(5.0, 1, faults=(fault(),)))
    unseen = replace(rep(2, 11.0), not_seen=(HINGE.faults[0].key,))
    session = advance(session, verdict(11.0, rep=unseen))
    assert isinstance(session, Working)
    assert not session.said[-1].praise
    session = advance(session, counted(17.0, 3))
    session = advance(session, counted(23.0, 4))
    assert isinstance(session, Working)
    assert [cue.praise for cue in session.said] == [False, True]


def test_the_scene_forgets_whoever_has_left() -> None:
    working = Working(0, 8, 0.0, HERE, reps=2)
    green = (Light.GREEN,) * len(HINGE.lights)
    seen = verdict(5.0, phase=Phase.DOWN, depth=0.5, lights=green)
    now = show(working, seen, 5.1)
    assert isinstance(now, scene.Working)
    assert now.depth == 0.5
    assert now.paused == ""
    later = show(working, seen, 5.1 + GHOST)
    assert isinstance(later, scene.Working)
    assert later.depth is None
    assert later.paused
    assert {light.state for light in later.lights} == {Light.UNSEEN}


def test_the_reason_is_said_when_form_cannot_be_judged() -> None:
    working = Working(0, 8, 0.0, HERE)
    turned = show(working, verdict(1.0, view=View.OBLIQUE), 1.0)
    hidden = show(working, verdict(1.0, missing=("ankle", "knee")), 1.0)
    refused = advance(working, verdict(2.0, refused=Refusal(2.0, "partial", "Not deep enough to count")))
    told = show(refused, verdict(2.5), 2.5)
    assert isinstance(turned, scene.Working)
    assert "side" in turned.paused
    assert isinstance(hidden, scene.Working)
    assert "ankle and knee" in hidden.paused
    assert isinstance(told, scene.Working)
    assert told.paused == "Not deep enough to count"


def test_an_unseen_depth_is_not_drawn_and_a_deep_one_stays_on_the_bar() -> None:
    working = Working(0, 8, 0.0, HERE)
    for depth, drawn in ((math.nan, None), (-0.2, 0.0), (0.637, 0.64), (9.0, 1.25)):
        picture = show(working, verdict(1.0, depth=depth), 1.0)
        assert isinstance(picture, scene.Working)
        assert picture.depth == drawn


def test_every_state_has_a_picture_and_equal_states_equal_pictures() -> None:
    for state in STATES:
        assert show(state, None, 1.0) == show(state, None, 1.0)
    assert band(None) == "counted only"
    assert [band(score) for score in (100, 85, 84, 70, 69, 55, 54, 0)] == [
        "solid", "solid", "good", "good", "work on one thing", "work on one thing",
        "try an easier version", "try an easier version",
    ]  # fmt: skip
