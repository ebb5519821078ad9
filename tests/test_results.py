"""What came of a set, in numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.drills import DRILLS, find_drill
from kiosk.scoring.verdict import Calibration, FaultFound, Hold, Light, Rep, View
from kiosk.session.progress import FaultDone
from kiosk.session.results import ENOUGH, asymmetry, doses, is_red, lights_of, set_done, set_score
from kiosk.session.states import Plan, Working

RED_KNEES = FaultFound("F3a", "knees", Light.RED, 3.0, "A")
REP = Rep(1, "left", 0.0, 1.0, 3.0, 80, 0.9, None, {"knee": 20.0, "trunk": 55.0, "hip_retreat": 0.4}, (), ())
HOLD = Hold(1, None, 0.0, 20.0, 15.0, 5.0, 1.0, 88, 1.0, {}, (), ())


def a_set(key: str, *closed: Rep | Hold, **changes: object) -> Working:
    drill = find_drill(key)
    return replace(Working(Plan(DRILLS.index(drill), drill.reps), 0.0, 0.0, closed=closed, reps=len(closed)), **changes)


def with_range(*values: float | None) -> tuple[Rep, ...]:
    return tuple(replace(REP, measures={"range": value}) for value in values)


def test_what_is_remembered_of_a_set():
    done = set_done(a_set("hinge", *with_range(58.0, 60.0, 62.0)), 42.0, "me")
    assert (done.t, done.profile, done.drill, done.reps, done.score) == (42.0, "me", "hinge", 3, 80)
    assert done.range_sd == pytest.approx(1.63)
    assert (done.coverage, done.seconds) == (0.9, 42.0)


def test_what_is_remembered_of_each_repetition_and_of_the_body():
    seen = {"range": 58.123, "trunk": 55.0, "knee": None}
    rep = replace(REP, measures=seen, faults=(RED_KNEES,))
    done = set_done(a_set("hinge", rep, calibration=Calibration(1.0, 210.0, 160.0, 170.0)), 42.0, "me")
    assert (done.trunk_px, done.thigh_px, done.shin_px) == (210.0, 160.0, 170.0)
    (one,) = done.closed
    assert (one.side, one.score, one.coverage, one.seconds) == ("left", 80, 0.9, 3.0)
    assert (one.range, one.trunk, one.knee, one.hip_retreat) == (58.12, 55.0, None, None)
    assert one.faults == (FaultDone(key="F3a", level=Light.RED, value=3.0),)


def test_from_the_front_no_measure_is_remembered_and_of_a_hold_what_counted():
    assert set_done(a_set("hinge", *with_range(58.0), view=View.FRONT), 9.0, "").closed[0].range is None
    assert set_done(a_set("plank", HOLD), 90.0, "").closed[0].seconds == 20.0
    assert set_done(a_set("hinge", *with_range(58.0)), 9.0, "").trunk_px is None


def with_back(*bends: float | None) -> tuple[Rep, ...]:
    return tuple(replace(REP, measures={"lumbar": bend, "thoracic": 3.456}) for bend in bends)


def test_what_the_outline_of_the_back_told_is_remembered_of_each_repetition_and_its_median_of_the_set():
    done = set_done(a_set("hinge", *with_back(7.0, 9.0, None, 20.0)), 42.0, "me")
    assert [one.lumbar for one in done.closed] == [7.0, 9.0, None, 20.0]
    assert (done.closed[0].thoracic, done.closed[0].flexed, done.closed[0].extended) == (3.46, None, None)
    assert (done.lumbar, done.thoracic, done.flexed, done.extended) == (9.0, 3.46, None, None)


def test_too_few_looks_at_a_back_and_looks_from_the_front_tell_nothing_of_the_set():
    few = with_back(*[7.0] * (ENOUGH - 1), None)
    assert set_done(a_set("hinge", *few), 42.0, "me").lumbar is None
    front = set_done(a_set("hinge", *with_back(7.0, 7.0, 7.0), view=View.FRONT), 42.0, "me")
    assert (front.lumbar, front.closed[0].lumbar) == (None, None)


def test_a_rounded_lower_back_stops_like_what_is_measured_directly_and_other_correlates_do_not():
    rounds, arches = (FaultFound(key, "back", Light.RED, 90.0, "B") for key in ("F1a", "F1b"))
    assert is_red(replace(REP, faults=(rounds,)))
    assert is_red(replace(REP, faults=(RED_KNEES,)))
    assert not is_red(replace(REP, faults=(arches, replace(rounds, level=Light.AMBER))))


def test_reds_are_named_once_each():
    assert set_done(a_set("hinge", *(replace(REP, faults=(RED_KNEES,)),) * 3), 9.0, "").reds == ("F3a",)


def test_the_spread_of_the_range_needs_two_repetitions_seen_side_on():
    assert set_done(a_set("hinge", *with_range(58.0, None)), 9.0, "").range_sd is None
    assert set_done(a_set("hinge", *with_range(58.0, 60.0), view=View.FRONT), 9.0, "").range_sd is None


def test_a_set_without_judged_repetitions_or_stopped_at_once_has_no_score():
    assert set_score(a_set("hinge", replace(REP, score=None))) is None
    assert set_score(a_set("hinge", REP, scored=False)) is None
    assert set_score(a_set("hinge", REP, replace(REP, score=None), replace(REP, score=90))) == 85


def test_a_held_set_lasts_as_long_as_it_was_held():
    assert set_done(a_set("plank", HOLD, HOLD), 90.0, "").seconds == 40.0


def test_a_hold_reaches_its_dose_in_one_go_but_leans_at_the_sink_add_up():
    short = replace(HOLD, green_s=9.0, amber_s=2.0)
    assert doses([HOLD, short, short], find_drill("plank")) == 1
    assert doses([short], find_drill("sink")) == 0
    assert doses([short, short], find_drill("sink")) == 1
    assert doses([REP, REP], find_drill("hinge")) == 2


def test_a_hold_shows_its_worst_and_what_was_not_seen_stays_unseen():
    drill = find_drill("plank")
    now = (Light.UNSEEN,) * len(drill.lights)
    keys = tuple(fault.key for fault in drill.faults)
    assert set(lights_of(replace(HOLD, not_seen=keys), drill, now)) == {Light.UNSEEN}
    sagging = FaultFound("P1", "hips", Light.RED, 0.08, "A")
    nearly = replace(sagging, level=Light.AMBER)
    lights = dict(zip(drill.lights, lights_of(replace(HOLD, faults=(sagging, nearly)), drill, now), strict=True))
    assert lights["hips"] is Light.RED


def both(knee_left: float, knee_right: float, n: int = ENOUGH) -> list[Working]:
    """A set to each side."""
    sides = (("left", knee_left), ("right", knee_right))
    return [a_set("hinge", *(replace(REP, side=side, measures={"knee": knee}),) * n) for side, knee in sides]


def test_left_and_right_are_told_apart_only_when_they_differ_and_enough_was_seen():
    assert asymmetry(both(30.0, 18.0)) == "Knee bend: 12 degrees more on the left"
    assert asymmetry(both(20.0, 27.0)) == ""
    assert asymmetry(both(30.0, 18.0, n=ENOUGH - 1)) == ""
    assert asymmetry([replace(done, view=View.FRONT) for done in both(30.0, 18.0)]) == ""
