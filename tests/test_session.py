"""The transition table: every state meets every event, and the stories that lead through it."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.drills import DRILLS
from kiosk.frame import GHOST
from kiosk.scoring.verdict import FaultFound, Hold, Light, Phase, Refusal, Rep, Rung, Strategy, Verdict, View
from kiosk.session import scene
from kiosk.session.asking import ANSWER_FOR, NOT_TODAY, ease
from kiosk.session.counting import PAUSE_FOR
from kiosk.session.cues import Cue
from kiosk.session.events import Action, Press, Sign, Signal, Tick
from kiosk.session.lamps import worst_light
from kiosk.session.leafing import READ_FOR, Decision, choices, decided
from kiosk.session.progress import ALL_OPEN, HEALTH_NOTE, Gates, Member, SetDone
from kiosk.session.questions import questions_for
from kiosk.session.results import set_done, set_score
from kiosk.session.session import (
    ASKING_FOR,
    BEGIN_AFTER,
    BEGIN_AFTER_PRESS,
    CHOOSING_FOR,
    HANDS_UP,
    LADDER_FOR,
    RESTING_FOR,
    SUMMARY_FOR,
    WAITING_FOR,
    WAKE_AFTER,
    advance,
    begin,
    forget_ready,
)
from kiosk.session.show import show
from kiosk.session.states import (
    EMPTY_FOR,
    Asking,
    Calibrating,
    Choosing,
    Dark,
    GettingReady,
    LookingBack,
    More,
    Page,
    Plan,
    Presence,
    Questioning,
    Resting,
    Session,
    Summary,
    Switching,
    Trying,
    Welcome,
    Who,
    Working,
)
from kiosk.session.stops import POOR_FOR, REDS
from kiosk.session.summing import band

HERE = Presence(True, 0.0)
INDEX = {drill.key: index for index, drill in enumerate(DRILLS)}
HINGE = DRILLS[INDEX["hinge"]]
#: A rep drill of several sets, a one-sided one of one set, one that is held, one that is also done facing.
PLANS = {key: Plan(INDEX[key], DRILLS[INDEX[key]].reps) for key in ("hinge", "mobility_deadlift", "plank", "squat")}
PLAN = PLANS["hinge"]


def verdict(
    t: float, *, phase: Phase = Phase.SETUP, rung: Rung = Rung.READY, plan: Plan = PLAN, **changes: object
) -> Verdict:
    lights = (Light.OFF,) * len(plan.drill.lights)
    plain = Verdict(t, phase, rung, View.SIDE, 1, lights, 0.0, 0.0, 0, 0)
    return replace(plain, **changes)


def nobody(t: float) -> Verdict:
    return verdict(t, phase=Phase.NO_PERSON, rung=Rung.IN_FRAME)


def rep(end: float, score: int | None = 90, faults: tuple[FaultFound, ...] = (), side: str = "left", **measures) -> Rep:
    return Rep(1, side, end - 3, end - 1.5, end, score, 1.0, None, measures, faults, ())


def counted(t: float, plan: Plan = PLAN, **changes: object) -> Verdict:
    """A repetition closes at ``t``; the lights of its faults are lit."""
    closed = rep(t, **changes)
    levels = {fault.light: fault.level for fault in closed.faults}
    lights = tuple(levels.get(name, Light.OFF) for name in plan.drill.lights)
    return verdict(t, phase=Phase.LOCKOUT, rep=closed, lights=lights, plan=plan)


def held(t: float, seconds: float, plan: Plan = PLANS["plank"]) -> Verdict:
    """A hold of ``seconds`` closes at ``t``."""
    hold = Hold(1, None, t - seconds, t, seconds - 1, 1.0, 0.5, 85, 1.0, {}, (), ())
    return verdict(t, hold=hold, plan=plan)


def red(of: int = 0, level: Light = Light.RED) -> FaultFound:
    told = HINGE.faults[of]
    return FaultFound(told.key, told.light, level, 1.0, "A", told.title, told.cue, told.again)


def working(plan: Plan = PLAN, reps: int = 0, **changes: object) -> Working:
    closed = tuple(rep(float(n)) for n in range(reps))
    side = "left" if plan.drill.side_by else ""
    plain = Working(plan, 0.0, 0.0, HERE, side, closed, reps, left=reps if side else 0)
    return replace(plain, **changes)


def play(session: Session, *events: object, gates: Gates = ALL_OPEN) -> Session:
    for event in events:
        session = advance(session, event, gates)
    return session


def unanswered(session: Session) -> Session:
    """What comes after the questions of a set that is over, when nobody answers them."""
    assert isinstance(session, Questioning)
    return advance(session, Tick(session.since + ANSWER_FOR + 0.1))


NEXT_SET = replace(PLAN, number=2, before=(working(reps=8),))
REST = Resting(working(reps=8), NEXT_SET, 0.0, 60.0, HERE)
QUESTIONS = questions_for(DRILLS[INDEX["dowel_hinge"]])
STATES: dict[str, Session] = {
    "dark": Dark(0, 0.0, HERE),
    "choosing": Choosing(PLAN.index, 0.0, HERE),
    "ready": GettingReady(PLAN, 0.0, HERE),
    "calibrating": Calibrating(PLAN, 0.0, HERE),
    "not begun": working(),
    "begun": working(reps=3),
    "switching": Switching(working(PLANS["mobility_deadlift"], 15), "right", 1, 0.0, HERE),
    "resting": REST,
    "paused": Resting(working(reps=3), None, 0.0, 60.0, HERE, "Three in a row", offers=True),
    "asking": Asking(working(reps=3), 0.0, HERE),
    "second": GettingReady(NEXT_SET, 0.0, HERE),
    "summary": Summary(working(reps=8), 0.0, HERE),
    "pain": Questioning(working(reps=8), REST, QUESTIONS[:1], 0.0, HERE),
    "felt": Questioning(working(reps=8), Summary(working(reps=8), 0.0, HERE), QUESTIONS[1:2], 0.0, HERE),
    "welcome": Welcome(PLAN.index, 0.0, HERE),
    "more": More(PLAN.index, 0.0, HERE),
    "who": Who(PLAN.index, 0.0, HERE),
    "looking back": LookingBack(PLAN.index, 0.0, HERE),
    "trying": Trying(PLAN.index, 0.0, HERE),
}
#: What each press makes of each state: . the same.
PRESSES = {
    #                dark choo read cali not  begu swit rest paus aski seco summ pain felt welc more who  look tryi
    Action.PREVIOUS: "C    C    C    C    C    .    Q    S    G    S    S    C    .    S    G    .    .    .    .",
    Action.NEXT:     "C    C    C    C    C    .    Q    S    Q    S    S    C    .    S    G    .    .    .    .",
    Action.SELECT:   "C    G    C    C    C    Q    W    G    W    S    S    G    R    S    C    O    C    C    .",
    Action.BACK:     "C    M    C    C    C    Q    Q    S    Q    S    S    M    R    S    C    C    C    C    C",
}  # fmt: skip
#: What each sign makes of each state.
SIGNS = {
    Sign.HANDS_UP: ".  .    .    .    S    S    S    S    S    .    .    .    .    .    .    .    .    .    .",
    Sign.FELL:     ".  .    .    .    A    A    .    .    .    .    .    .    .    .    .    .    .    .    .",
    Sign.MOTION:   "C  .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .",
}  # fmt: skip
LETTERS = {
    "D": Dark, "C": Choosing, "G": GettingReady, "W": Working, "R": Resting, "S": Summary, "A": Asking,
    "Q": Questioning, "M": More, "O": Who, "H": Welcome,
}  # fmt: skip

SHUT = ("Opens later.",) * len(DRILLS)
GATES = {
    "all open": ALL_OPEN,
    "no room": replace(ALL_OPEN, profiles=("A", "B", "C", "D")),
    "welcome": replace(ALL_OPEN, welcome=True, profiles=("A", "B"), room=True),
    "locked": Gates(SHUT, (False,) * len(DRILLS)),
    "may be overridden": Gates(SHUT, (True,) * len(DRILLS)),
}
#: The states in which gates decide what a press does; "asked" is after a first select, "hurt" a little pain.
GATED: dict[str, Session] = {
    "choosing": STATES["choosing"],
    "asked": Choosing(PLAN.index, 0.0, HERE, asked=True),
    "paused": STATES["paused"],
    "summary": STATES["summary"],
    "hurt": Summary(replace(working(reps=8), answers=(("pain", 3),)), 0.0, HERE),
    "who": STATES["who"],
}
#: What presses make of these under each of the gates, in the order of Action.
GATED_PRESSES = {
    #                    choo  aske  paus  summ  hurt  who
    "all open":          "CCGM  CCGM  GQWQ  CCGM  GCGM  ..CC",
    "no room":           "CCGM  CCGM  GQWQ  CCGM  GCGM  ..CC",
    "welcome":           "CCHM  CCHM  GQWQ  CCHM  GCHM  ..CC",
    "locked":            "CCCM  CCCM  QQWQ  CCCM  CCCM  ..CC",
    "may be overridden": "CCCM  CCGM  QQWQ  CCGM  CCGM  ..CC",
}  # fmt: skip


@pytest.mark.parametrize("open_to", ["all open", "no room"])
@pytest.mark.parametrize("action", Action)
def test_every_press_in_every_state(action: Action, open_to: str) -> None:
    for (name, state), letter in zip(STATES.items(), PRESSES[action].split(), strict=True):
        after = advance(state, Press(1.0, action), GATES[open_to])
        assert isinstance(after, type(state) if letter == "." else LETTERS[letter]), (name, action)


@pytest.mark.parametrize("open_to", GATES)
@pytest.mark.parametrize("sign", Sign)
def test_every_sign_in_every_state(sign: Sign, open_to: str) -> None:
    for (name, state), letter in zip(STATES.items(), SIGNS[sign].split(), strict=True):
        after = advance(state, Signal(1.0, sign), GATES[open_to])
        assert isinstance(after, type(state) if letter == "." else LETTERS[letter]), (name, sign)


@pytest.mark.parametrize("open_to", GATES)
def test_every_press_where_gates_matter(open_to: str) -> None:
    for (name, state), letters in zip(GATED.items(), GATED_PRESSES[open_to].split(), strict=True):
        for action, letter in zip(Action, letters, strict=True):
            after = advance(state, Press(1.0, action), GATES[open_to])
            assert isinstance(after, type(state) if letter == "." else LETTERS[letter]), (name, action)


@pytest.mark.parametrize("open_to", GATES)
def test_standing_ready_begins_only_what_is_open_and_after_the_welcome(open_to: str) -> None:
    after = advance(Choosing(PLAN.index, 0.0, HERE, ready=1.0), Tick(1.1 + BEGIN_AFTER), GATES[open_to])
    begins = {"welcome": Welcome, "locked": Choosing, "may be overridden": Choosing}
    assert isinstance(after, begins.get(open_to, GettingReady))


@pytest.mark.parametrize("open_to", GATES)
def test_whoever_is_not_known_yet_can_only_be_somebody_new_where_there_is_room(open_to: str) -> None:
    session: Session = STATES["who"]
    profiles = []
    for n in range(len(choices(GATES[open_to]))):
        decision = decided(session, Press(n, Action.SELECT), GATES[open_to])
        assert decision
        profiles.append(decision.profile)
        session = advance(session, Press(n, Action.NEXT), GATES[open_to])
    room = ["+"] if GATES[open_to].room else []
    assert profiles == ["", *GATES[open_to].profiles, *room]


@pytest.mark.parametrize(("name", "phase", "rung"), list(product(STATES, Phase, Rung)))
def test_no_verdict_leads_astray(name: str, phase: Phase, rung: Rung) -> None:
    """A single verdict never ends a wait, starts a set from the menu or leaves the summary."""
    state = STATES[name]
    after = advance(state, verdict(1.0, phase=phase, rung=rung))
    ladder = (GettingReady, Calibrating, Working)
    answered = (Summary,) if rung in (Rung.STILL, Rung.READY) else (Asking,)
    allowed = ladder if isinstance(state, GettingReady | Calibrating) else answered if name == "asking" else type(state)
    assert isinstance(after, allowed)


@pytest.mark.parametrize("seen", ["nobody", "a statue"])
@pytest.mark.parametrize("name", STATES)
def test_left_alone_every_state_ends_in_the_dark_and_stays_there(name: str, seen: str) -> None:
    """Nobody there, or somebody who stands side-on for ever: no dead end and no endless round."""
    session = STATES[name]
    for step in range(1, 6000):
        t = step / 5
        session = advance(session, verdict(t) if seen == "a statue" else nobody(t))
        session = advance(session, Tick(t))
    assert isinstance(session, Dark)


EVENTS = st.one_of(
    st.sampled_from(Action).map(lambda action: Press(0.0, action)),
    st.sampled_from(Sign).map(lambda sign: Signal(0.0, sign)),
    st.just(Tick(0.0)),
    st.builds(lambda phase, rung: verdict(0.0, phase=phase, rung=rung), st.sampled_from(Phase), st.sampled_from(Rung)),
    st.just(counted(0.0)),
    st.just(counted(0.0, faults=(red(),))),
)


@given(
    st.sampled_from(list(STATES)),
    st.sampled_from(list(GATES)),
    st.lists(st.tuples(EVENTS, st.sampled_from([0.1, 3.0, 25.0])), max_size=30),
)
def test_whatever_happens_there_is_a_picture_and_a_way_to_the_dark(name, open_to, events) -> None:
    session, gates, t = STATES[name], GATES[open_to], 1.0
    for event, later in events:
        t += later
        event = replace(event, t=t)
        if isinstance(event, Verdict):
            event = replace(event, lights=(Light.RED,) * len(DRILLS[session.index].lights))
        session = advance(session, event, gates)
        assert show(session, None, t, gates=gates) == show(session, None, t, gates=gates)
    for _ in range(12):
        t += 130.0
        session = play(session, nobody(t), Tick(t + WAITING_FOR + 1.0), gates=gates)
    assert isinstance(session, Dark)


def test_a_whole_dose_from_the_dark_to_the_dark() -> None:
    session: Session = Dark(PLAN.index, 0.0)
    session = play(session, nobody(1.0), verdict(10.0, rung=Rung.SIDE_ON), Tick(10.0 + WAKE_AFTER / 2))
    assert isinstance(session, Dark), "a passer-by does not wake it"
    session = advance(session, Tick(10.1 + WAKE_AFTER))
    assert isinstance(session, Choosing)
    session = play(session, Press(15.0, Action.NEXT), Press(16.0, Action.PREVIOUS), Press(17.0, Action.SELECT))
    t = 20.0
    for number in range(1, HINGE.sets + 1):
        assert isinstance(session, GettingReady)
        assert session.plan.number == number
        assert session.plan.target == HINGE.reps
        session = advance(session, verdict(t, rung=Rung.STILL))
        assert isinstance(session, Calibrating)
        session = advance(session, verdict(t + 2))
        assert isinstance(session, Working)
        for n in range(1, HINGE.reps + 1):
            assert isinstance(session, Working)
            t += 5.0
            session = advance(session, counted(t, score=80 + n))
        session = play(session, Press(t + 1, Action.SELECT), Press(t + 2, Action.NEXT))
        if number < HINGE.sets:
            assert isinstance(session, Resting)
            assert isinstance(advance(session, Tick(t + HINGE.rest_s - 1)), Resting)
            session = advance(session, Tick(t + HINGE.rest_s))
            t += HINGE.rest_s
    assert isinstance(session, Summary)
    assert set_score(session.done) == round(80 + (HINGE.reps + 1) / 2)
    summed = show(session, None, t)
    assert isinstance(summed, scene.Summary)
    assert (summed.reps, summed.counted) == (HINGE.reps * HINGE.sets, f"of {HINGE.reps * HINGE.sets} reps")
    assert isinstance(advance(session, Tick(session.since + SUMMARY_FOR + 1)), Dark)


def test_standing_side_on_begins_without_a_press() -> None:
    choosing = advance(Choosing(2, 0.0, HERE), verdict(5.0, rung=Rung.STILL))
    assert isinstance(advance(choosing, Tick(5.0 + BEGIN_AFTER / 2)), Choosing)
    begun = advance(choosing, Tick(5.1 + BEGIN_AFTER))
    assert isinstance(begun, GettingReady)
    assert begun.index == 2


def test_whoever_has_just_pressed_is_given_time_to_choose() -> None:
    choosing = advance(Choosing(0, 0.0, HERE), verdict(1.0, rung=Rung.STILL))
    choosing = play(choosing, Press(2.0, Action.NEXT), verdict(2.1, rung=Rung.STILL))
    assert isinstance(advance(choosing, Tick(2.1 + BEGIN_AFTER + 1)), Choosing)
    assert isinstance(advance(choosing, Tick(2.2 + BEGIN_AFTER_PRESS)), GettingReady)


def test_turning_away_takes_the_hands_free_start_back() -> None:
    choosing = play(Choosing(0, 0.0, HERE), verdict(5.0, rung=Rung.STILL), verdict(6.0, rung=Rung.SIDE_ON))
    assert isinstance(advance(choosing, Tick(6.0 + BEGIN_AFTER)), Choosing)


def test_whoever_let_a_set_pass_has_to_turn_away_before_the_next_one_begins_by_itself() -> None:
    given_up = advance(working(), Tick(LADDER_FOR + 1))
    assert isinstance(given_up, Choosing)
    still = advance(given_up, verdict(LADDER_FOR + 2, rung=Rung.READY))
    assert isinstance(advance(still, Tick(LADDER_FOR + 20)), Choosing)
    moved = play(still, verdict(LADDER_FOR + 21, rung=Rung.SIDE_ON), verdict(LADDER_FOR + 22, rung=Rung.STILL))
    assert isinstance(advance(moved, Tick(LADDER_FOR + 23 + BEGIN_AFTER)), GettingReady)


def test_whoever_stays_when_it_goes_dark_is_left_in_the_dark() -> None:
    dark = advance(Choosing(0, 0.0, HERE), Tick(CHOOSING_FOR + 1))
    assert isinstance(dark, Dark)
    dark = advance(dark, verdict(CHOOSING_FOR + 2))
    assert isinstance(advance(dark, Tick(CHOOSING_FOR + 20)), Dark)
    flicker = play(dark, nobody(90.0), verdict(90.0 + EMPTY_FOR / 2))
    assert isinstance(advance(flicker, Tick(95.0)), Dark), "the model's flicker is nobody's coming"


def test_a_set_nobody_comes_to_is_given_up() -> None:
    for state in (GettingReady(PLAN, 0.0), Calibrating(PLAN, 0.0), working(presence=Presence())):
        assert isinstance(advance(state, Tick(WAITING_FOR - 1)), type(state))
        assert isinstance(advance(state, Tick(WAITING_FOR + 1)), Choosing)


def test_a_second_set_nobody_comes_to_sums_up_the_first() -> None:
    given_up = advance(GettingReady(NEXT_SET, 0.0), Tick(WAITING_FOR + 1))
    assert isinstance(given_up, Summary)
    assert given_up.done is NEXT_SET.before[0]


def test_a_set_left_half_done_is_summed_up() -> None:
    session = advance(working(), counted(4.0))
    assert isinstance(unanswered(advance(session, Tick(4.0 + RESTING_FOR + 1))), Summary)


def test_without_ticks_time_never_runs_out() -> None:
    session: Session = begin(PLAN.index, 0.0, open_set=True)
    for t in range(0, 4000, 7):
        session = advance(session, counted(float(t), faults=(red(),)) if t % 2 else nobody(float(t)))
    assert isinstance(session, Working), "an open set knows no dose and no pause"
    assert session.plan.target is None


# ---- sides, holds, sets --------------------------------------------------------------------------------------------


def test_left_then_turn_round_then_right() -> None:
    plan = PLANS["mobility_deadlift"]
    session: Session = advance(GettingReady(plan, 0.0, HERE), verdict(1.0, plan=plan))
    assert isinstance(session, Working)
    assert session.side == "left"
    for n in range(plan.drill.reps):
        session = advance(session, counted(5.0 * n + 5, plan, side="left"))
    assert isinstance(session, Switching)
    assert session.side == "right"
    t = session.since
    session = play(session, verdict(t + 1, rung=Rung.SIDE_ON, plan=plan), verdict(t + 2, plan=plan))
    assert isinstance(session, Switching), "not turned round yet"
    session = advance(session, verdict(t + 3, plan=plan, facing=-1))
    assert isinstance(session, Working)
    shown = show(session, None, t + 3)
    assert isinstance(shown, scene.Working)
    assert (shown.side, shown.reps, shown.target) == ("right", 0, plan.target)
    for n in range(plan.drill.reps):
        session = advance(session, counted(t + 5.0 * n + 8, plan, side="right"))
    session = unanswered(session)
    assert isinstance(session, Summary)
    assert (session.done.left, session.done.right) == (15, 15)
    summed = show(session, None, session.since)
    assert isinstance(summed, scene.Summary)
    assert summed.notes[0] == "Left 15 (90), right 15 (90)"


def test_whoever_goes_on_without_turning_round_is_counted_all_the_same() -> None:
    plan = PLANS["mobility_deadlift"]
    switching = Switching(working(plan, 15), "right", 1, 0.0, HERE)
    session = advance(switching, counted(4.0, plan, side="right"))
    assert isinstance(session, Working)
    assert (session.left, session.right, session.side) == (15, 1, "right")


@pytest.mark.parametrize(("key", "view"), [("one_leg_deadlift", View.FRONT), ("one_leg_glute_bridge", View.SIDE)])
def test_who_faces_the_mirror_or_lies_only_takes_the_other_leg(key: str, view: View) -> None:
    plan = Plan(INDEX[key], 6)
    switching = Switching(working(plan, 6, view=view), "right", 1, 0.0, HERE)
    picture = show(switching, None, 0.0)
    assert isinstance(picture, scene.Switching)
    assert not picture.turn
    assert "turn" not in picture.text
    session = play(switching, verdict(1.0, plan=plan), verdict(5.0, plan=plan))
    assert isinstance(session, Working)
    assert session.side == "right"


def test_whoever_begins_with_the_right_is_counted_on_the_right() -> None:
    plan = PLANS["mobility_deadlift"]
    session = advance(working(plan), counted(4.0, plan, side="right"))
    assert isinstance(session, Working)
    assert (session.left, session.right, session.side, session.count) == (0, 1, "right", 1)


def test_a_hold_counts_when_it_was_long_enough_and_a_short_one_is_told() -> None:
    plan = PLANS["plank"]
    session = advance(working(plan), held(15.0, 12.0))
    assert isinstance(session, Working)
    assert session.reps == 0
    assert session.refused[-1].why == "12 of 20 seconds held: once more"
    session = unanswered(advance(session, held(45.0, plan.drill.hold_s)))
    assert isinstance(session, Resting)
    assert session.done.reps == 1


def test_leans_at_the_sink_add_up() -> None:
    plan = Plan(INDEX["sink"], 1)
    session: Session = working(plan)
    for t in (10.0, 30.0):
        session = advance(session, held(t, 8.0, plan))
        assert isinstance(session, Working)
    assert session.refused == ()
    picture = show(session, verdict(31.0, plan=plan, held=3.0), 31.0)
    assert isinstance(picture, scene.Working)
    assert picture.clock == scene.Clock(19, 20)
    assert isinstance(advance(session, held(40.0, 4.0, plan)), Summary)


def test_the_lights_of_a_hold_are_its_own_and_not_those_of_its_last_moment() -> None:
    plan = PLANS["plank"]
    broken = replace(held(30.0, 21.0), lights=(Light.RED,) * len(plan.drill.lights))
    session = unanswered(advance(working(plan), broken))
    assert isinstance(session, Resting)
    states = dict(zip(plan.drill.lights, session.done.lights, strict=True))
    assert (states["hips"], states["head"]) == (Light.GREEN, Light.GREEN)


def test_the_clock_of_a_hold_is_shown_and_says_when_it_is_enough() -> None:
    plan = PLANS["plank"]
    for seconds, said in ((7.6, ""), (20.1, "20 seconds: done. Come out of it gently.")):
        picture = show(working(plan), verdict(1.0, plan=plan, held=seconds), 1.0)
        assert isinstance(picture, scene.Working)
        assert picture.clock == scene.Clock(int(seconds), 20)
        assert picture.cue == said


def test_whoever_holds_still_is_not_taken_for_idle() -> None:
    session = advance(working(PLANS["plank"]), held(5.0, 4.0))
    for t in range(6, 40):
        session = play(session, verdict(float(t), plan=PLANS["plank"], held=t - 5.0), Tick(float(t)))
    assert isinstance(session, Working)


def test_the_second_set_of_a_squat_faces_the_mirror_and_that_of_a_hinge_shows_the_other_side() -> None:
    for key, words in (("squat", "Face the mirror"), ("plank", "set 2 of 3")):
        plan = PLANS[key]
        done = working(plan, plan.drill.reps)
        resting = Resting(done, plan.after(done), 0.0, 60.0, HERE)
        picture = show(resting, None, 18.2)
        assert isinstance(picture, scene.Resting)
        assert words in picture.then
        assert picture.seconds == 42
    after = plan.after(done)
    assert after is not None
    ladder = show(GettingReady(replace(PLANS["squat"], number=2), 0.0), verdict(1.0, rung=Rung.SIDE_ON), 1.0)
    assert isinstance(ladder, scene.GettingReady)
    assert (ladder.text, ladder.view) == ("Face the mirror", View.FRONT)


def test_the_rest_says_what_was_done() -> None:
    two_sided, one_sided = working(reps=8), working(PLANS["mobility_deadlift"], reps=15, right=14)
    for done, said in ((two_sided, "8 reps, 90: solid"), (one_sided, "Left 15, right 14, 90: solid")):
        picture = show(Resting(done, None, 0.0, 60.0, HERE), None, 1.0)
        assert isinstance(picture, scene.Resting)
        assert picture.result == said


def test_a_rest_can_be_cut_short_and_left() -> None:
    assert isinstance(advance(STATES["resting"], Press(1.0, Action.SELECT)), GettingReady)
    assert isinstance(advance(STATES["resting"], Press(1.0, Action.PREVIOUS)), Summary)


def test_while_joints_that_are_needed_are_not_seen_no_light_stays_green() -> None:
    green = (Light.GREEN,) * len(HINGE.lights)
    seen = show(working(reps=1), replace(verdict(10.0), lights=green), 10.0)
    lost = show(working(reps=1), replace(verdict(10.0), lights=green, missing=("ankle",)), 10.0)
    assert isinstance(seen, scene.Working)
    assert isinstance(lost, scene.Working)
    assert {light.state for light in seen.lights} == {Light.GREEN}
    assert {light.state for light in lost.lights} == {Light.UNSEEN}
    assert "ankle" in lost.paused


# ---- questions after a set -----------------------------------------------------------------------------------------


def pain_after(session: Session, pain: int) -> Session:
    """What comes of answering ``pain``, the other questions left unanswered."""
    assert isinstance(session, Questioning)
    presses = [Press(session.since + 0.1 * n, Action.NEXT) for n in range(1, pain + 1)]
    answered = play(session, *presses, Press(session.since + 2.0, Action.SELECT))
    return unanswered(answered) if isinstance(answered, Questioning) else answered


def test_no_pain_goes_on_and_is_remembered() -> None:
    session = pain_after(play(working(reps=7), counted(50.0)), 0)
    assert isinstance(session, Resting)
    assert (session.done.answers, session.offers, session.why) == ((("pain", 0),), False, "")
    assert session.then is not None
    assert session.then.before == (session.done,)
    assert set_done(session.done, 1.0, "").pain == 0


def test_some_pain_offers_something_easier_and_goes_on() -> None:
    plan = Plan(INDEX["squat"], 8)
    session = pain_after(advance(working(plan, reps=7), counted(50.0, plan)), 3)
    assert isinstance(session, Resting)
    assert (session.why, session.offers) == (ease(plan.drill), True)
    picture = show(session, None, 60.0)
    assert isinstance(picture, scene.Resting)
    assert picture.text == ease(plan.drill)
    assert DRILLS[INDEX[plan.drill.easier]].title in picture.text
    assert picture.keys.previous == "easier"


@pytest.mark.parametrize(("before", "pain"), [(None, 5), (None, 10), (0, 2), (2, 4)])
def test_much_pain_or_more_than_before_ends_it_for_today(before: int | None, pain: int) -> None:
    first = replace(working(reps=8), answers=() if before is None else (("pain", before),))
    second = working(replace(PLAN, number=1, before=(first,)), reps=7)
    session = pain_after(advance(second, counted(50.0)), pain)
    assert isinstance(session, Summary)
    assert session.done.stopped == NOT_TODAY
    picture = show(session, None, 60.0)
    assert isinstance(picture, scene.Summary)
    assert picture.urgent


def test_where_there_is_nothing_easier_nothing_easier_is_promised() -> None:
    alone = [drill for drill in DRILLS if not drill.easier]
    assert alone
    assert not any("easier" in ease(drill) for drill in alone)


def test_after_the_last_set_a_button_begins_the_easier_drill() -> None:
    done = replace(working(Plan(INDEX["squat"], 8, number=2), reps=8), answers=(("pain", 3),))
    summary = Summary(done, 60.0, HERE)
    picture = show(summary, None, 61.0)
    assert isinstance(picture, scene.Summary)
    assert picture.keys.previous == "easier"
    begun = advance(summary, Press(62.0, Action.PREVIOUS))
    assert isinstance(begun, GettingReady)
    assert begun.plan.drill.key == done.plan.drill.easier
    closed = gates(done.plan.drill.easier, override=False)
    assert isinstance(advance(summary, Press(62.0, Action.PREVIOUS), closed), GettingReady | Choosing)


def test_when_it_is_enough_for_today_the_same_is_not_offered_again() -> None:
    done = replace(working(reps=8), answers=(("pain", 6),), stopped=NOT_TODAY)
    picture = show(Summary(done, 60.0, HERE), None, 61.0)
    assert isinstance(picture, scene.Summary)
    assert picture.keys.select != "again"
    assert isinstance(advance(Summary(done, 60.0, HERE), Press(62.0, Action.SELECT)), Choosing)


def test_again_begins_nothing_that_is_locked_and_asks_about_health_first() -> None:
    summary = Summary(working(Plan(INDEX["deadlift"], 5), reps=5), 60.0, HERE)
    locked = advance(summary, Press(62.0, Action.SELECT), gates("deadlift", override=False))
    assert isinstance(locked, Choosing)
    assert isinstance(advance(summary, Press(62.0, Action.SELECT), GREET), Welcome)
    assert isinstance(advance(summary, Press(62.0, Action.SELECT)), GettingReady)


def test_pain_that_rises_from_one_dose_to_the_next_is_noticed() -> None:
    done = replace(working(reps=8), answers=(("pain", 1),))
    again = advance(Summary(done, 60.0, HERE), Press(62.0, Action.SELECT))
    assert isinstance(again, GettingReady)
    second = working(again.plan, reps=7)
    assert isinstance(pain_after(advance(second, counted(90.0)), 2), Resting)
    worse = pain_after(advance(second, counted(90.0)), 3)
    assert isinstance(worse, Summary)
    assert worse.done.stopped == NOT_TODAY


def test_whoever_cannot_come_to_the_buttons_gets_their_rest() -> None:
    asking = play(working(reps=7), counted(50.0))
    session = unanswered(asking)
    assert isinstance(session, Resting)
    assert session.done.answers == ()
    assert session.until == 50.0 + HINGE.rest_s, "the questions are within the rest"


def test_the_scale_ends_at_its_ends() -> None:
    asking = play(working(reps=7), counted(50.0))
    assert isinstance(asking, Questioning)
    up = play(asking, *(Press(50.0 + n / 10, Action.NEXT) for n in range(15)))
    assert isinstance(up, Questioning)
    assert up.value == 10
    down = play(up, *(Press(52.0 + n / 10, Action.PREVIOUS) for n in range(15)))
    assert isinstance(down, Questioning)
    assert down.value == 0


def test_each_button_answers_whether_the_three_points_touched() -> None:
    plan = Plan(INDEX["dowel_hinge"], 8)
    for action, value in ((Action.PREVIOUS, 0), (Action.SELECT, 1), (Action.NEXT, 2)):
        asking = play(working(plan, reps=7), counted(50.0, plan), Press(51.0, Action.SELECT))
        assert isinstance(asking, Questioning)
        assert asking.questions[0].key == "touching"
        session = advance(asking, Press(52.0, action))
        assert isinstance(session, Resting)
        assert set_done(session.done, 1.0, "").touching == value


ASKS_BACK = replace(ALL_OPEN, asks_back=True)


def with_back(lumbar: float | None, reps: int = 8, **changes: object) -> Working:
    """A set of the hinge but for its last repetition, in all of which the lower back read so rounder than standing."""
    closed = tuple(rep(float(n), lumbar=lumbar) for n in range(reps - 1))
    return replace(working(reps=reps - 1), closed=closed, **changes)


def asked_after(done: Working, open_to: Gates = ASKS_BACK) -> list[str]:
    """Keys of the questions after a set."""
    asking = advance(done, counted(50.0), open_to)
    assert isinstance(asking, Questioning)
    return [question.key for question in asking.questions]


def test_of_a_long_back_is_asked_only_where_the_answer_tells_the_mirror_something() -> None:
    assert asked_after(with_back(6.0)) == ["pain", "long_back", "felt"]
    assert asked_after(with_back(6.0), ALL_OPEN) == ["pain", "felt"], "it is known"
    assert asked_after(with_back(None)) == ["pain", "felt"], "the back was not seen"
    assert asked_after(with_back(35.0)) == ["pain", "felt"], "that was no long back, whatever they say"
    lately = working(reps=7, closed=(*(rep(float(n)) for n in range(6)), rep(6.0, lumbar=6.0)))
    assert asked_after(lately) == ["pain", "felt"], "it was hardly seen"
    front = advance(with_back(6.0), replace(counted(50.0), view=View.FRONT), ASKS_BACK)
    assert isinstance(front, Questioning)
    assert [question.key for question in front.questions] == ["pain", "felt"]


def test_each_button_answers_whether_the_back_was_long_and_it_may_be_left_unanswered() -> None:
    asking = play(with_back(6.0), counted(50.0), Press(51.0, Action.SELECT), gates=ASKS_BACK)
    for action, value in ((Action.PREVIOUS, 0), (Action.SELECT, 1), (Action.NEXT, 2)):
        session = advance(asking, Press(52.0, action), ASKS_BACK)
        assert isinstance(session, Questioning)
        assert set_done(session.done, 1.0, "").long_back == value
    for nothing in (Press(52.0, Action.BACK), Tick(51.1 + ANSWER_FOR)):
        session = advance(asking, nothing, ASKS_BACK)
        assert isinstance(session, Resting)
        assert session.until == 50.0 + HINGE.rest_s, "the questions are within the rest"
        assert set_done(session.done, 1.0, "").long_back is None
    assert HINGE.rest_s > 3 * ANSWER_FOR


def test_after_a_sign_to_stop_nothing_is_asked_and_there_is_no_score() -> None:
    for state in ("begun", "switching", "paused"):
        stopped = advance(STATES[state], Signal(1.0, Sign.HANDS_UP))
        assert isinstance(stopped, Summary)
        assert (stopped.done.scored, stopped.done.stopped) == (False, HANDS_UP), state
    rested = advance(STATES["resting"], Signal(1.0, Sign.HANDS_UP))
    assert isinstance(rested, Summary)
    assert rested.done.scored, "that set was over"


# ---- the welcome, and the pages beside drills ----------------------------------------------------------------------

GREET = GATES["welcome"]


def test_the_first_set_is_begun_through_the_welcome() -> None:
    session = play(Choosing(PLAN.index, 0.0, HERE), Press(1.0, Action.SELECT), gates=GREET)
    assert isinstance(session, Welcome)
    assert isinstance(advance(session, Press(2.0, Action.NEXT), GREET), GettingReady)
    assert isinstance(advance(session, Press(2.0, Action.SELECT), GREET), Choosing), "not now"
    assert decided(session, Press(2.0, Action.NEXT), GREET) == Decision(health=False)
    assert decided(session, Press(2.0, Action.PREVIOUS), GREET) == Decision(health=True)
    assert decided(session, Press(2.0, Action.SELECT), GREET) is None


def test_whoever_ticks_a_health_question_begins_what_is_free_and_nothing_else() -> None:
    for key, after in (("hinge", GettingReady), ("deadlift", Choosing), ("jump_landing", Choosing)):
        assert isinstance(advance(Welcome(INDEX[key], 0.0, HERE), Press(1.0, Action.PREVIOUS), GREET), after)


def test_hands_free_the_welcome_is_read_and_then_it_begins_without_an_answer() -> None:
    session = play(Choosing(PLAN.index, 0.0, HERE), verdict(1.0), Tick(1.1 + BEGIN_AFTER), gates=GREET)
    assert isinstance(session, Welcome)
    session = play(session, verdict(4.0), Tick(3.9 + READ_FOR), gates=GREET)
    assert isinstance(session, Welcome)
    assert isinstance(advance(session, Tick(4.1 + READ_FOR), GREET), GettingReady)
    turned = play(session, verdict(10.0, rung=Rung.SIDE_ON), Tick(4.1 + READ_FOR), gates=GREET)
    assert isinstance(turned, Welcome)


def test_every_page_is_found_and_left_again() -> None:
    more = advance(Choosing(3, 0.0, HERE), Press(1.0, Action.BACK))
    found = []
    for n in range(len(Page)):
        session = play(more, *(Press(2.0, Action.NEXT),) * n)
        opened = advance(session, Press(3.0, Action.SELECT))
        found.append(type(opened))
        assert opened.index == 3
        if not isinstance(opened, Dark | Choosing):
            assert isinstance(advance(opened, Press(4.0, Action.BACK)), Choosing)
    assert found == [Who, LookingBack, Trying, Dark, Choosing]
    assert play(more, Press(2.0, Action.PREVIOUS), Press(3.0, Action.NEXT)) == replace(more, touched=3.0)


def test_who_is_here_is_decided_with_the_buttons() -> None:
    session: Session = Who(0, 0.0, HERE)
    names = []
    for n in range(4):
        names.append(decided(session, Press(n, Action.SELECT), GREET))
        session = advance(session, Press(n, Action.NEXT), GREET)
    assert [each.profile for each in names if each] == ["", "A", "B", "+"]
    assert decided(session, Press(9.0, Action.SELECT), GREET) == Decision(profile=""), "and round again"
    full = replace(GREET, profiles=("A", "B", "C", "D"), room=False)
    assert "+" not in choices(full)


def test_at_the_sink_nobody_is_asked_and_elsewhere_everybody_is() -> None:
    assert isinstance(advance(Choosing(INDEX["sink"], 0.0, HERE), Press(1.0, Action.SELECT), GREET), GettingReady)
    assert isinstance(advance(Choosing(INDEX["brace"], 0.0, HERE), Press(1.0, Action.SELECT), GREET), Welcome)


def test_who_is_here_is_where_the_list_begins_and_on_every_card() -> None:
    here = replace(GREET, who="B")
    opened = advance(More(0, 0.0, HERE), Press(1.0, Action.SELECT), here)
    assert isinstance(opened, Who)
    assert decided(opened, Press(2.0, Action.SELECT), here) == Decision(profile="B")
    card = show(Choosing(0, 0.0, HERE), None, 1.0, gates=here)
    assert isinstance(card, scene.Choosing)
    assert "B" in card.title
    picture = show(opened, None, 1.0, gates=replace(here, room=False))
    assert isinstance(picture, scene.Who)
    assert "kiosk forget" in picture.hint


def test_nobody_who_is_no_longer_seen_begins_a_set_by_having_stood_ready() -> None:
    for waiting in (Choosing(0, 0.0, HERE, ready=1.0), Welcome(0, 0.0, HERE, ready=1.0)):
        assert isinstance(advance(waiting, Tick(50.0)), GettingReady)
        assert isinstance(advance(forget_ready(waiting), Tick(50.0)), type(waiting))


def test_each_button_shows_that_it_works() -> None:
    session = play(Trying(0, 0.0, HERE), *(Press(n, action) for n, action in enumerate(list(Action)[:3])))
    assert isinstance(session, Trying)
    assert session.pressed == (Action.PREVIOUS, Action.NEXT, Action.SELECT)
    lamps = {show(session, None, t).lamp for t in (0.5, 2.5, 4.5, 6.5)}
    assert lamps == {Light.RED, Light.AMBER, Light.GREEN, Light.OFF}
    assert {worst_light(show(session, None, t)) for t in (0.5, 2.5, 4.5, 6.5)} == lamps


# ---- stop rules ----------------------------------------------------------------------------------------------------


def test_three_red_repetitions_pause_and_offer_something_easier_and_three_more_end_it() -> None:
    plan = Plan(INDEX["squat"], None)
    plan = replace(plan, target=20)
    bad = [counted(5.0 * n, plan, faults=(red(),)) for n in range(1, 3 * REDS)]
    session = play(working(plan), *bad[:REDS])
    assert isinstance(session, Resting)
    assert session.then is None
    t = session.since
    picture = show(session, None, t)
    assert isinstance(picture, scene.Resting)
    assert picture.seconds == PAUSE_FOR
    assert picture.keys.previous == "easier"
    assert DRILLS[INDEX[plan.drill.easier]].title in picture.then
    easier = advance(session, Press(t + 1, Action.PREVIOUS))
    assert isinstance(easier, GettingReady)
    assert easier.plan.drill.key == plan.drill.easier
    session = advance(session, Tick(t + PAUSE_FOR))
    assert isinstance(session, Working)
    session = unanswered(play(session, *bad[REDS : 2 * REDS]))
    assert isinstance(session, Summary)
    assert session.done.stopped


def test_a_lower_back_that_rounds_three_times_pauses_too() -> None:
    rounds = FaultFound("F1a", "back", Light.RED, 90.0, "B", "Lower back rounds", "A longer back.")
    session = play(working(), *(counted(5.0 * n, faults=(rounds,)) for n in range(1, REDS + 1)))
    assert isinstance(session, Resting)
    assert session.offers


def test_a_green_repetition_between_reds_starts_the_count_anew() -> None:
    session = play(working(), *(counted(5.0 * n, faults=(red(),) if n % 3 else ()) for n in range(1, 8)))
    assert isinstance(session, Working)


def test_tired_means_one_more_and_then_a_rest() -> None:
    session = play(working(), *(counted(5.0 * n, score=score) for n, score in enumerate((90, 90, 90, 60, 60), 1)))
    assert isinstance(session, Working)
    assert session.said[-1].text == "Last one, then rest."
    assert isinstance(unanswered(advance(session, counted(40.0))), Resting)


def test_a_way_up_that_takes_much_longer_is_tired_too_and_an_unseen_one_is_not() -> None:
    slow = [counted(5.0 * n, up_s=seconds) for n, seconds in enumerate((1.0, 1.0, 1.0, 1.7, 1.7), 1)]
    unseen = [counted(5.0 * n, up_s=seconds) for n, seconds in enumerate((1.0, 1.0, 1.0, 1.7, None), 1)]
    for reps, tired in ((slow, True), (unseen, False)):
        session = play(working(), *reps)
        assert isinstance(session, Working)
        assert session.last is tired


def test_hands_up_stops_at_once_without_a_score() -> None:
    session = advance(working(reps=3), Signal(9.0, Sign.HANDS_UP))
    assert isinstance(session, Summary)
    picture = show(session, None, 9.0)
    assert isinstance(picture, scene.Summary)
    assert (picture.score, picture.reps, picture.band) == (None, 3, "stopped")


def test_after_a_fall_it_asks_says_that_it_calls_nobody_and_goes_dark_in_the_end() -> None:
    asking = advance(working(reps=3), Signal(9.0, Sign.FELL))
    picture = show(asking, None, 9.0)
    assert isinstance(picture, scene.Asking)
    assert "calls nobody" in picture.hint
    assert isinstance(advance(asking, Tick(9.0 + ASKING_FOR - 1)), Asking)
    assert isinstance(advance(asking, Tick(9.0 + ASKING_FOR + 1)), Dark)


def test_somebody_else_near_pauses_the_drills_that_need_the_floor_alone() -> None:
    near = Refusal(5.0, "other_person", "Somebody else came into view")
    for key, pauses in (("romanian_deadlift", True), ("hinge", False)):
        plan = Plan(INDEX[key], 8)
        session = advance(working(plan), verdict(5.0, plan=plan, refused=near))
        assert isinstance(session, Resting if pauses else Working), key
        if pauses:
            picture = show(session, None, 5.0)
            assert isinstance(picture, scene.Resting)
            assert picture.keys.previous != "easier"


def test_who_is_hardly_seen_is_told_so_and_gets_no_green() -> None:
    session: Session = working()
    green = (Light.GREEN,) * len(HINGE.lights)
    t = 0.0
    while t < POOR_FOR + 4:
        t += 0.1
        seen = verdict(t, lights=green) if round(t * 10) % 3 == 0 else verdict(t, missing=("knee",), lights=green)
        session = advance(session, seen)
    assert isinstance(session, Working)
    picture = show(session, verdict(t, lights=green), t)
    assert isinstance(picture, scene.Working)
    assert "hardly see you" in picture.paused
    assert {light.state for light in picture.lights} == {Light.UNSEEN}
    counted_all_the_same = advance(session, counted(t + 0.1))
    assert isinstance(counted_all_the_same, Working)
    assert counted_all_the_same.reps == 1, "what counts is the scorer's to say"


# ---- gates ---------------------------------------------------------------------------------------------------------


def gates(*locked: str, override: bool) -> Gates:
    why = tuple("Opens later." if drill.key in locked else "" for drill in DRILLS)
    return Gates(why, (override,) * len(DRILLS))


def test_a_locked_drill_says_how_to_open_it_and_does_not_begin() -> None:
    choosing = Choosing(INDEX["deadlift"], 0.0, HERE)
    shut = gates("deadlift", override=False)
    picture = show(choosing, None, 1.0, gates=shut)
    assert isinstance(picture, scene.Choosing)
    assert picture.locked
    assert (picture.note, picture.keys.select) == ("Opens later.", "how to open")
    session = play(choosing, *(Press(t, Action.SELECT) for t in (1.0, 2.0, 3.0)), gates=shut)
    assert isinstance(session, Choosing)
    told = show(session, None, 3.0, gates=shut)
    assert isinstance(told, scene.Choosing)
    assert DRILLS[INDEX["romanian_deadlift"]].title in told.note
    standing = play(choosing, verdict(5.0, rung=Rung.STILL), Tick(30.0), gates=shut)
    assert isinstance(standing, Choosing), "nor by standing there"


def test_what_is_offered_instead_is_open() -> None:
    shut = gates("deadlift", "romanian_deadlift", override=False)
    told = show(Choosing(INDEX["deadlift"], 0.0, HERE, asked=True), None, 1.0, gates=shut)
    assert isinstance(told, scene.Choosing)
    assert told.note == "Opens later. Until then: Hip hinge."


def test_a_lock_may_be_overridden_after_a_warning() -> None:
    shut = gates("deadlift", override=True)
    warned = advance(Choosing(INDEX["deadlift"], 0.0, HERE), Press(1.0, Action.SELECT), shut)
    picture = show(warned, None, 1.0, gates=shut)
    assert isinstance(picture, scene.Choosing)
    assert "your own judgement" in picture.note
    assert isinstance(advance(warned, Press(2.0, Action.SELECT), shut), GettingReady)
    assert isinstance(play(warned, Press(2.0, Action.NEXT), Press(3.0, Action.PREVIOUS)), Choosing)


def test_what_has_to_be_confirmed_is_asked_first() -> None:
    session = advance(Choosing(INDEX["barbell_squat"], 0.0, HERE), Press(1.0, Action.SELECT))
    picture = show(session, None, 1.0)
    assert isinstance(picture, scene.Choosing)
    assert picture.note == DRILLS[INDEX["barbell_squat"]].confirm
    assert isinstance(advance(session, Press(2.0, Action.SELECT)), GettingReady)


def test_a_lift_done_in_ones_own_way_is_told_which_way_it_was() -> None:
    ways = (Strategy.HINGE, Strategy.SQUAT, None, Strategy.HINGE)
    plan = Plan(INDEX["pick_up"], 5)
    done = working(plan, closed=tuple(replace(rep(float(n)), strategy=way) for n, way in enumerate(ways)))
    picture = show(Summary(done, 0.0), None, 0.0)
    assert isinstance(picture, scene.Summary)
    assert "Your way: 2 bowed, 1 squatted" in picture.notes
    hinged = show(Summary(replace(done, plan=PLAN), 0.0), None, 0.0)
    assert isinstance(hinged, scene.Summary)
    assert not any("way" in note for note in hinged.notes)


def test_reminders_go_round_through_all_sets_of_a_dose() -> None:
    reminded = working(reps=8, said=(Cue(3.0, "", HINGE.reminders[0], reminder=True),) * 2)
    second = working(replace(PLAN, number=2, before=(reminded,)), reps=2)
    said = advance(second, counted(9.0))
    assert isinstance(said, Working)
    assert said.said[-1].text == HINGE.reminders[2]


def test_two_poor_sessions_offer_the_easier_drill() -> None:
    poor = tuple(
        SetDone(t=t, profile="me", drill="squat", reps=8, score=50, scores=(50,) * 8, reds=(), range_sd=3.0,
                coverage=1.0, seconds=60.0)
        for t in (0.0, 90000.0)
    )  # fmt: skip
    picture = show(Summary(working(PLANS["squat"], 8), 0.0), None, 0.0, Member(profile="me", sets=poor))
    assert isinstance(picture, scene.Summary)
    assert DRILLS[INDEX["box_squat"]].title in picture.next_step


# ---- what is shown -------------------------------------------------------------------------------------------------


def test_the_scene_forgets_whoever_has_left() -> None:
    green = (Light.GREEN,) * len(HINGE.lights)
    seen = verdict(5.0, phase=Phase.DOWN, depth=0.5, lights=green)
    now = show(working(reps=2), seen, 5.1)
    assert isinstance(now, scene.Working)
    assert now.depth == 0.5
    assert now.paused == ""
    later = show(working(reps=2), seen, 5.1 + GHOST)
    assert isinstance(later, scene.Working)
    assert later.depth is None
    assert later.paused
    assert {light.state for light in later.lights} == {Light.UNSEEN}


def test_the_reason_is_said_when_form_cannot_be_judged() -> None:
    turned = show(working(), verdict(1.0, view=View.OBLIQUE), 1.0)
    hidden = show(working(), verdict(1.0, missing=("ankle", "knee")), 1.0)
    refused = advance(working(), verdict(2.0, refused=Refusal(2.0, "partial", "Not deep enough to count")))
    told = show(refused, verdict(2.5), 2.5)
    assert isinstance(turned, scene.Working)
    assert "side" in turned.paused
    assert isinstance(hidden, scene.Working)
    assert "ankle and knee" in hidden.paused
    assert isinstance(told, scene.Working)
    assert told.paused == "Not deep enough to count"


def test_whoever_has_turned_round_is_told_why_and_then_how_to_stand() -> None:
    turned = Refusal(2.0, "moved", "You have turned round.")
    session = advance(working(), verdict(2.0, rung=Rung.STILL, refused=turned))
    for t, said in ((3.0, "You have turned round."), (9.0, "Stand tall and still")):
        picture = show(session, verdict(t, rung=Rung.STILL), t)
        assert isinstance(picture, scene.Working)
        assert picture.paused == said


def test_facing_the_mirror_is_no_mistake_where_a_front_set_exists() -> None:
    plan = PLANS["squat"]
    picture = show(working(plan), verdict(1.0, view=View.FRONT, plan=plan), 1.0)
    assert isinstance(picture, scene.Working)
    assert picture.paused == ""


def test_an_unseen_depth_is_not_drawn_and_a_deep_one_stays_on_the_bar() -> None:
    for depth, drawn in ((math.nan, None), (-0.2, 0.0), (0.637, 0.64), (9.0, 1.25)):
        picture = show(working(), verdict(1.0, depth=depth), 1.0)
        assert isinstance(picture, scene.Working)
        assert picture.depth == drawn


def test_every_state_has_a_picture_and_equal_states_equal_pictures() -> None:
    for state in STATES.values():
        assert show(state, None, 1.0) == show(state, None, 1.0)
    assert band(None) == "counted only"
    assert [band(score) for score in (100, 85, 84, 70, 69, 55, 54, 0)] == [
        "solid", "solid", "good", "good", "work on one thing", "work on one thing",
        "try an easier version", "try an easier version",
    ]  # fmt: skip


def test_whoever_ticked_a_health_question_reads_it_on_every_card_that_is_open() -> None:
    member = Member(asked=True, health_box=True)
    for key in ("hinge", "squat"):
        picture = show(Choosing(INDEX[key], 0.0, HERE), None, 1.0, member=member)
        assert isinstance(picture, scene.Choosing)
        assert picture.note == HEALTH_NOTE
        assert not picture.locked
