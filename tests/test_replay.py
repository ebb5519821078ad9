"""Replays: the best and the worst of a set, from its keypoints."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from replayed import poses, replayed

from kiosk.drills import DRILLS, find_drill
from kiosk.scoring.measures import NAMES
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_HIP, LEFT_SHOULDER, LEFT_WRIST, NOSE, RIGHT_ANKLE, RIGHT_EAR, Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Calibration, FaultFound, Hold, Light, Phase, Rep, Rung, Verdict, View
from kiosk.session.replay import ANGLES, FRAMES, ROOM, Replays

HINGE = find_drill("hinge")
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
            replays.step(pose(t), verdict(t))
        replays.step(pose(2 * n + 2.0), verdict(2 * n + 2.0, rep(n + 1, 2 * n + 0.2, 2 * n + 1.8, score)))
    return replays


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
        replays.step(replace(pose(t, shaken), scores=scores), verdict(t, facing=facing, view=view))
        t += 1 / rate
    replays.step(pose(t), verdict(t, rep(1, 0.1, t, 80), facing, view))
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
    replays = Replays(HINGE)
    replays.step(pose(2.0), verdict(2.0, rep(1, 0.0, 2.0, 90)))
    replays.step(pose(4.0), verdict(4.0, rep(2, 2.0, 4.0, 50, NEARLY, SQUATTED, knee=44.6)))
    assert replays.shown()[1].fault == SQUATTED.title
    assert replays.shown()[1].value == "45 degrees"


def test_a_fault_that_no_angle_tells_has_no_number():
    tempo = FaultFound("F14", "tempo", Light.RED, 0.4, "A", "Too quick on the way down")
    replays = Replays(HINGE)
    replays.step(pose(2.0), verdict(2.0, rep(1, 0.0, 2.0, 90)))
    replays.step(pose(4.0), verdict(4.0, rep(2, 2.0, 4.0, 50, tempo, down_s=0.4)))
    worst = replays.shown()[1]
    assert (worst.fault, worst.value, worst.angle) == ("Too quick on the way down", "", "")


def test_a_joint_that_was_not_seen_is_not_there():
    replays = Replays(HINGE)
    for t in np.arange(0, 2, 0.05).tolist():
        seen = pose(t)
        seen.scores[LEFT_WRIST] = 0.1
        replays.step(seen, verdict(t))
    replays.step(pose(2.0), verdict(2.0, rep(1, 0.0, 1.8, 90)))
    assert replays.best
    assert all(frame[LEFT_WRIST] is None and frame[LEFT_ANKLE] for frame in replays.best.movement.frames)


def test_of_a_hold_a_late_second_goes_there_and_back():
    replays = Replays(find_drill("plank"))
    hold = Hold(1, "right", 1.0, 12.0, 9.0, 2.0, 0.0, 88, 1.0, {}, (), ())
    for t in np.arange(0, 12, 0.05).tolist():
        moved = pose(t).points + np.array([max(t - 11.5, 0) * 200, 0])  # comes out of it
        replays.step(pose(t, moved), verdict(t))
    replays.step(pose(12.0), verdict(12.0, hold))
    assert replays.best
    frames = replays.best.movement.frames
    assert frames == frames[::-1]
    assert replays.best.movement.seconds == pytest.approx(2.0)
    assert np.ptp([frame[NOSE][0] for frame in frames]) < 0.12


def test_memory_is_bounded_however_quickly_and_long_poses_come():
    replays = Replays(HINGE)
    for i in range(3 * ROOM):
        replays.step(pose(i / 90), verdict(i / 90))
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
