"""Replays: the best and the worst of a dose, from its keypoints."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from replayed import HIDDEN, after_a_set, poses, replayed, summed_up

from kiosk.drills import DRILLS, find_drill
from kiosk.scoring.measures import NAMES
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_HIP, LEFT_SHOULDER, LEFT_WRIST, NOSE, RIGHT_ANKLE, RIGHT_EAR, Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Calibration, FaultFound, Hold, Light, Phase, Rep, Rung, Verdict, View
from kiosk.session.coach import Coach
from kiosk.session.events import Action, Press
from kiosk.session.replay import ANGLES, FRAMES, ROOM, Replays
from kiosk.session.scene import Replay

HINGE = find_drill("hinge")
#: Of the simulated person: what is wrong with a repetition, and a dose of them.
GOOD: dict[str, float] = {}
SQUATS, LOOKS_UP = {"F10": 1.0}, {"F9a": 1.0}
FIRST_SET = (LOOKS_UP, HIDDEN, *(GOOD,) * 6)
SECOND_SET = (*(GOOD,) * 4, SQUATS, *(GOOD,) * 3)
SQUATTED = FaultFound("F10", "hips", Light.RED, 41.0, "A", "Squats instead of hinging")
NEARLY = FaultFound("F17", "knees", Light.AMBER, 45.0, "A", "Knees bend too much")


def pose(t: float, points: np.ndarray | None = None, scores: float = 1.0) -> Pose:
    """Somebody upright, 200 pixels tall."""
    upright = np.column_stack((np.full(17, 90.0), np.linspace(20, 220, 17)))
    there = upright if points is None else points
    return Pose(t, there.astype(np.float32), np.full(17, scores, np.float32), 180, 320)


def rep(n: int, start: float, end: float, score: int | None, *faults: FaultFound, **measures: float) -> Rep:
    return Rep(n, "right", start, (start + end) / 2, end, score, 1.0, None, measures, faults, ())


def verdict(t: float, closed: Rep | Hold | None = None, facing: int = 1, view: View = View.SIDE) -> Verdict:
    return Verdict(
        t, Phase.LOCKOUT, Rung.READY, view, facing, (), 0.0, 1.0, 0, 0,
        calibration=Calibration(0.0, 57.6, 49.0, 49.2),
        rep=closed if isinstance(closed, Rep) else None,
        hold=closed if isinstance(closed, Hold) else None,
    )  # fmt: skip


def performed(scores: list[int | None]) -> Replays:
    """A set of these scores, a repetition each two seconds."""
    replays = Replays(HINGE)
    for n, score in enumerate(scores):
        for t in np.arange(2 * n, 2 * n + 2, 0.1).tolist():
            replays.step(pose(t), verdict(t), None)
        replays.step(pose(2 * n + 2.0), verdict(2 * n + 2.0, rep(n + 1, 2 * n + 0.2, 2 * n + 1.8, score)), n + 1)
    return replays


def judged(*ones: tuple[int | FaultFound, ...]) -> tuple[Replay, ...]:
    """What is shown of repetitions with these scores, each with those faults."""
    replays = Replays(HINGE)
    for n, (score, *faults) in enumerate(ones, 1):
        replays.step(pose(2.0 * n), verdict(2.0 * n, rep(n, 2.0 * n - 2, 2.0 * n, score, *faults, knee=44.6)), n)
    return replays.shown()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.none() | st.integers(0, 100), max_size=12))
def test_the_best_and_the_worst_of_what_was_judged_are_kept(scores):
    judged = [score for score in scores if score is not None]
    replays = performed(scores)
    assert (replays.best is None) == (not judged)
    assert (replays.worst is None) == (len(set(judged)) < 2)
    if replays.best:
        assert replays.best.score == max(judged)
        assert replays.best.one.n == scores.index(max(judged)) + 1
    if replays.worst:
        assert replays.worst.score == min(judged)
        assert replays.worst.one.n == scores.index(min(judged)) + 1
    assert len(replays.shown()) == min(len(set(judged)), 2)


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0.3, 30), st.floats(2, 100), st.floats(0, 1), st.integers(0, 2**32 - 1), st.sampled_from([-1, 0, 1]),
    st.sampled_from([View.SIDE, View.FRONT])
)  # fmt: skip
def test_whatever_was_seen_a_movement_has_its_frames_and_only_finite_joints(seconds, rate, seen, seed, facing, view):
    rng, replays, t = np.random.default_rng(seed), Replays(HINGE), 0.0
    while t < seconds:
        shaken = pose(t).points + rng.normal(0, 5, (17, 2))
        scores = np.where(rng.uniform(size=17) < seen, 0.9, 0.1).astype(np.float32)
        replays.step(replace(pose(t, shaken), scores=scores), verdict(t, facing=facing, view=view), None)
        t += 1 / rate
    replays.step(pose(t), verdict(t, rep(1, 0.1, t, 80), facing, view), 1)
    assert replays.best
    movement = replays.best.movement
    assert len(movement.frames) == FRAMES
    assert movement.seconds > 0
    assert movement.near in (("",) if view is View.FRONT or not facing else ("left", "right"))
    for frame in movement.frames:
        assert len(frame) == 17
        assert all(joint is None or np.isfinite(joint).all() for joint in frame)


def test_it_is_seen_as_in_a_mirror_and_measured_in_standing_heights():
    replays = replayed("hinge", {})
    assert replays.best
    first, middle = replays.best.movement.frames[0], replays.best.movement.frames[FRAMES // 2]
    assert 0.8 < first[RIGHT_ANKLE][1] - first[NOSE][1] < 0.95
    assert first[NOSE][0] < first[RIGHT_EAR][0]  # the person of seed 0 faces the right of the camera's picture
    assert replays.best.movement.near == "right"
    assert middle[LEFT_HIP][0] > first[LEFT_HIP][0]
    assert middle[LEFT_SHOULDER][1] > first[LEFT_SHOULDER][1] + 0.1
    assert 0.95 < max(joint[1] for joint in first) < 1.0


def test_the_worst_shows_its_fault_and_both_the_angle_that_tells_it():
    best, worst = replayed("hinge", {}, {"F10": 1.0}).shown()
    assert (best.label, best.score, best.fault, best.light) == ("Best: number 1", 100, "", "")
    assert (worst.label, worst.n) == ("Weakest: number 2", 2)
    assert (worst.fault, worst.light, worst.level) == ("Squats instead of hinging", "hips", Light.RED)
    assert best.angle == worst.angle == "knee"
    degrees = [int(replay.value.split()[0]) for replay in (best, worst)]
    assert degrees[0] < 35
    assert degrees[1] > 65
    assert worst.value.endswith(" degrees")
    assert 0.3 < worst.moment < 0.8


def test_what_is_told_of_the_end_is_shown_at_the_end():
    best, worst = replayed("squat", {}, {"F2a": 1.0}, reps=2).shown()
    assert (worst.fault, worst.angle) == ("Not all the way up", "hip")
    assert best.moment == worst.moment == 1.0


def test_red_goes_before_amber_whatever_comes_first():
    _, worst = judged((90,), (50, NEARLY, SQUATTED))
    assert (worst.fault, worst.value) == (SQUATTED.title, "45 degrees")


def test_all_equally_poor_the_first_is_shown_with_its_fault_and_not_called_the_best():
    (alike,) = judged((50, SQUATTED), (50, SQUATTED), (50, SQUATTED))
    assert (alike.label, alike.n, alike.score) == ("Number 1", 1, 50)
    assert (alike.fault, alike.light, alike.level) == ("Squats instead of hinging", "hips", Light.RED)
    assert (alike.angle, alike.value) == ("knee", "45 degrees")


def test_of_the_same_score_the_one_with_the_worst_fault_is_shown():
    (alike,) = judged((69,), (69, NEARLY), (69, SQUATTED), (69, NEARLY))
    assert (alike.label, alike.fault) == ("Number 3", SQUATTED.title)


def test_all_equally_good_the_first_is_the_best():
    (best,) = judged((100,), (100,), (100,))
    assert (best.label, best.fault, best.light, best.angle) == ("Best: number 1", "", "", "")


def test_the_best_of_poor_ones_shows_its_own_fault():
    best, worst = judged((50, SQUATTED), (69, NEARLY))
    assert (best.label, best.fault, best.level) == ("Best: number 2", NEARLY.title, Light.AMBER)
    assert (worst.label, worst.fault, worst.level) == ("Weakest: number 1", SQUATTED.title, Light.RED)


def test_what_does_not_count_is_not_replayed():
    replays = Replays(HINGE)
    replays.step(pose(2.0), verdict(2.0, rep(1, 0.0, 2.0, 90)), None)
    assert replays.shown() == ()


def test_best_and_worst_are_those_of_all_sets_and_numbered_as_their_bars():
    summed = summed_up("hinge", (*FIRST_SET, *SECOND_SET))
    assert [bar.n for bar in summed.bars] == list(range(1, 17))
    best, worst = summed.replays
    scores = [bar.score for bar in summed.bars]
    seen = [score for score in scores if score is not None]
    assert (best.label, worst.label) == ("Best: number 3", "Weakest: number 13")
    assert (best.score, worst.score) == (scores[2], scores[12]) == (max(seen), min(seen))
    assert scores[1] is None, "what was not judged has a number too"
    assert summed.bars[12].level is worst.level is Light.RED


def test_they_begin_anew_with_a_new_dose_of_the_same_drill():
    coach = Coach.for_mirror(HINGE, 0.0, at_once=True)
    first = after_a_set(coach, 0.0, GOOD, SQUATS)
    assert [replay.label for replay in first.replays] == ["Best: number 1", "Weakest: number 2"]
    coach.take(Press(50.0, Action.SELECT))
    again = after_a_set(coach, 51.0, LOOKS_UP)
    assert [(replay.label, replay.fault) for replay in again.replays] == [("Number 1", "Looks up")]
    assert [bar.n for bar in again.bars] == [1]


def test_a_fault_that_no_angle_tells_has_no_number():
    _, worst = judged((90,), (50, FaultFound("F14", "tempo", Light.RED, 0.4, "A", "Too quick on the way down")))
    assert (worst.fault, worst.value, worst.angle) == ("Too quick on the way down", "", "")


def test_a_joint_that_was_not_seen_is_not_there():
    replays = Replays(HINGE)
    for t in np.arange(0, 2, 0.05).tolist():
        seen = pose(t)
        seen.scores[LEFT_WRIST] = 0.1
        replays.step(seen, verdict(t), None)
    replays.step(pose(2.0), verdict(2.0, rep(1, 0.0, 1.8, 90)), 1)
    assert replays.best
    assert all(frame[LEFT_WRIST] is None and frame[LEFT_ANKLE] for frame in replays.best.movement.frames)


def test_of_a_hold_a_late_second_goes_there_and_back():
    replays = Replays(find_drill("plank"))
    hold = Hold(1, "right", 1.0, 12.0, 9.0, 2.0, 0.0, 88, 1.0, {}, (), ())
    for t in np.arange(0, 12, 0.05).tolist():
        moved = pose(t).points + np.array([max(t - 11.5, 0) * 200, 0])  # comes out of it
        replays.step(pose(t, moved), verdict(t), None)
    replays.step(pose(12.0), verdict(12.0, hold), 1)
    assert replays.best
    frames = replays.best.movement.frames
    assert frames == frames[::-1]
    assert replays.best.movement.seconds == pytest.approx(2.0)
    assert np.ptp([frame[NOSE][0] for frame in frames]) < 0.12


def test_memory_is_bounded_however_quickly_and_long_poses_come():
    replays = Replays(HINGE)
    for i in range(3 * ROOM):
        replays.step(pose(i / 90), verdict(i / 90), None)
    assert np.isfinite(replays._times).sum() <= ROOM
    assert replays._points.nbytes < 100_000
    assert replays._times[np.isfinite(replays._times)].size > 0.3 * ROOM  # a third of 90 a second is remembered


def test_whoever_lies_on_their_back_shows_the_other_side():
    replays = replayed("glute_bridge", {})
    scorer, facing = Scorer(find_drill("glute_bridge")), 0
    for each in poses("glute_bridge", {}):
        facing = scorer.step(each).facing or facing
    assert replays.best
    assert replays.best.movement.near == ("left" if facing > 0 else "right")


def test_every_angle_belongs_to_a_measure_and_every_one_in_degrees_has_one():
    assert set(ANGLES) <= set(NAMES)
    assert {measure for _, measure in ANGLES.values()} <= set(NAMES)
    asked = {fault.measure for drill in DRILLS for fault in drill.faults}
    assert {"trunk", "knee", "shin", "neck", "lockout", "hinge_index"} <= asked & set(ANGLES)
