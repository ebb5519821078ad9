"""What got better: praised, gone in the second half, or a higher score than last time; and a bar per repetition."""

from __future__ import annotations

from dataclasses import replace

import pytest
from done import REP as DONE_REP
from done import a_set as set_of

from kiosk.drills import DRILLS, find_drill
from kiosk.scoring.verdict import FaultFound, Hold, Light, Rep
from kiosk.session.better import BARS, bars, better
from kiosk.session.cues import Cue
from kiosk.session.progress import ANYBODY, Member
from kiosk.session.scene import RepBar
from kiosk.session.states import Plan, Working

SHINS = FaultFound("F3b", "shins", Light.AMBER, 12.0, "A", "Shins tip forward")
KNEES = FaultFound("F17", "knees", Light.RED, 60.0, "A", "Knees bend too much")
GOOD = Rep(1, "left", 0.0, 1.0, 3.0, 80, 0.9, None, {}, (), ())
HOLD = Hold(1, None, 0.0, 20.0, 15.0, 5.0, 1.0, 88, 1.0, {}, (), ())


def rep(*faults: FaultFound, score: int | None = 80, not_seen: tuple[str, ...] = ()) -> Rep:
    return replace(GOOD, faults=faults, score=score, not_seen=not_seen)


def a_set(*closed: Rep | Hold, said: tuple[Cue, ...] = (), key: str = "hinge") -> Working:
    plan = Plan(DRILLS.index(find_drill(key)), 8)
    return Working(plan, 0.0, 0.0, closed=closed, reps=len(closed), said=said)


def ann(*sets: tuple[float, int], profile: str = "Ann") -> Member:
    """Somebody who has done a set of two repetitions of that score on each of these days."""
    past = tuple(set_of(day, *(replace(DONE_REP, score=score),) * 2) for day, score in sets)
    return Member(profile=profile, sets=past)


def test_what_was_praised_last_is_named():
    praise = (Cue(3.0, "F17", "Better!", praise=True), Cue(9.0, "F3b", "Better!", praise=True))
    done = a_set(rep(KNEES, SHINS), rep(), rep(), said=(Cue(1.0, "F17", "Soft knees."), *praise))
    assert better([done], ANYBODY) == "Mended: Shins tip forward"


def test_what_was_praised_and_came_back_is_not_called_mended():
    praise = (Cue(5.0, "F17", "Better!", praise=True),)
    back = replace(rep(KNEES), end=9.0)
    assert better((a_set(rep(KNEES), rep(), rep(), said=praise),), ANYBODY) == f"Mended: {KNEES.title}"
    assert better((a_set(rep(KNEES), rep(), rep(), back, said=praise),), ANYBODY) == ""


def test_what_was_there_in_the_first_half_and_not_in_the_second_has_gone_the_worst_first():
    done = a_set(rep(SHINS, KNEES), rep(SHINS, KNEES), rep(), rep(), rep(), rep())
    assert better([done], ANYBODY) == "Mended: Knees bend too much"


@pytest.mark.parametrize(
    "closed",
    [
        [rep(SHINS), rep(SHINS), rep(), rep(), rep(), rep(SHINS)],  # it came back
        [rep(SHINS), rep(SHINS), rep(), rep(), rep(), rep(not_seen=("F3b",))],  # nobody knows
        [rep(SHINS), rep(), rep(), rep(), rep(), rep()],  # once is an accident
        [rep(SHINS), rep(SHINS), rep(), rep()],  # too few
        [rep(SHINS), rep(SHINS), rep(), *(rep(score=None),) * 3],  # not judged
        [],
    ],
)
def test_nothing_is_called_better_without_reason(closed):
    assert better([a_set(*closed)], ANYBODY) == ""
    assert better([], ANYBODY) == ""


def test_a_higher_score_than_in_the_last_session_is_news():
    done = a_set(rep(score=88), rep(score=86))
    assert better([done], ann((0, 60), (1, 75))) == "Score 87, last time 75"
    assert better([done], ann((1, 84))) == ""
    assert better([done], ann((1, 95))) == ""


def test_the_set_itself_is_not_the_last_session_once_it_is_remembered():
    done = a_set(rep(score=88), rep(score=88))
    assert better([done], ann((1, 70), (2, 88))) == "Score 88, last time 70"
    assert better([done], ann((2, 88))) == ""


def test_nobody_is_compared_with_whoever_was_here_before():
    assert better([a_set(rep(score=88))], ann((1, 60), profile="")) == ""


def test_only_the_same_drill_counts():
    assert better([a_set(rep(score=88), key="squat")], ann((1, 60))) == ""


def test_a_bar_for_each_repetition_with_its_worst_level():
    sets = [a_set(rep(SHINS, KNEES), rep(SHINS)), a_set(rep(), rep(SHINS, score=None), HOLD)]
    assert bars(sets) == (
        RepBar(80, Light.RED, 1),
        RepBar(80, Light.AMBER, 2),
        RepBar(80, Light.GREEN, 3),
        RepBar(None, Light.UNSEEN, 4),
        RepBar(88, Light.GREEN, 5),
    )
    assert [bar.n for bar in bars([a_set(*(rep(),) * 100)] * 2)] == list(range(201 - BARS, 201))
