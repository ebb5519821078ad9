"""From the model's keypoints to points that can be believed."""

from __future__ import annotations

import numpy as np
import pytest
from bending import person
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.scoring.geometry import RAW, SMOOTH
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_HIP, LEFT_KNEE, RIGHT_KNEE, Pose
from kiosk.scoring.smoothing import PACES, MedianOfThree, OneEuro, ScoreGate, Smoother

TRUNK = 118.0
DT = 1 / 15


def pose(points: np.ndarray, score: float | np.ndarray = 0.8, t: float = 0.0, present: bool = True) -> Pose:
    scores = np.full(17, score, np.float32) if np.isscalar(score) else np.asarray(score, np.float32)
    return Pose(t, points.astype(np.float32), scores, 360, 640, present)


def settled(smoother: Smoother, points: np.ndarray, frames: int = 20) -> np.ndarray:
    for _ in range(frames):
        smoother.step(pose(points), DT, TRUNK)
    return smoother.points


def test_a_still_person_stays_where_she_is() -> None:
    assert settled(Smoother(), person()) == pytest.approx(np.stack([person()] * 2), abs=1e-3)


def test_a_joint_enters_at_0_35_stays_until_0_25_and_one_worthless_frame_hides_it() -> None:
    gate, scores = ScoreGate(), np.full(17, 0.30, np.float32)
    assert not gate.step(scores, DT).any()
    for _ in range(30):
        gate.step(np.full(17, 0.40, np.float32), DT)
    assert gate.open.all()
    for _ in range(30):
        gate.step(scores, DT)
    assert gate.open.all()
    assert not gate.step(np.full(17, 0.19, np.float32), DT).any()
    assert gate.step(scores, DT).all()
    for _ in range(30):
        gate.step(np.full(17, 0.24, np.float32), DT)
    assert not gate.open.any()


@pytest.mark.parametrize("fps", [8, 15, 60])
def test_the_gates_memory_is_measured_in_seconds(fps: float) -> None:
    gate = ScoreGate()
    for _ in range(int(2 * fps)):
        gate.step(np.full(17, 0.8, np.float32), 1 / fps)
    frames = 0
    while gate.open.any():
        gate.step(np.full(17, 0.21, np.float32), 1 / fps)
        frames += 1
    assert frames / fps == pytest.approx(0.53, abs=1.5 / fps)


def test_one_outlier_leaves_no_trace() -> None:
    smoother = Smoother()
    settled(smoother, person())
    mad = person()
    mad[LEFT_KNEE] += (60, -90)
    smoother.step(pose(mad), DT, TRUNK)
    assert np.isnan(smoother.points[:, LEFT_KNEE]).all()
    smoother.step(pose(person()), DT, TRUNK)
    assert smoother.points[RAW] == pytest.approx(person(), abs=1e-3)


def test_a_joint_that_stays_where_it_jumped_is_believed_within_a_third_of_a_second() -> None:
    smoother = Smoother()
    settled(smoother, person())
    moved = person()
    moved[LEFT_KNEE] += (0, -150)
    for _ in range(5):
        smoother.step(pose(moved), DT, TRUNK)
    assert smoother.points[RAW, LEFT_KNEE] == pytest.approx(moved[LEFT_KNEE], abs=1e-3)


def test_left_and_right_that_change_places_are_put_back() -> None:
    smoother, striding = Smoother(), person()
    striding[[LEFT_KNEE, LEFT_ANKLE]] -= (60, 0)
    settled(smoother, striding)
    swapped = striding.copy()
    swapped[[LEFT_KNEE, RIGHT_KNEE]] = swapped[[RIGHT_KNEE, LEFT_KNEE]]
    for _ in range(4):
        smoother.step(pose(swapped), DT, TRUNK)
    assert smoother.points[RAW] == pytest.approx(striding, abs=1e-3)


def test_the_median_forgets_a_joint_that_is_lost_and_takes_it_up_at_once() -> None:
    median, out = MedianOfThree(), np.empty((17, 2), np.float32)
    a, gone = np.full((17, 2), 1.0, np.float32), np.full((17, 2), np.nan, np.float32)
    seen = []
    for points in (a, a * 9, a * 2, gone, gone, gone, a * 5):
        median.step(points, out)
        seen.append(float(out[0, 0]))
    assert seen[1] in (1, 9)
    assert [seen[0], *seen[2:]] == pytest.approx([1, 2, np.nan, np.nan, np.nan, 5], nan_ok=True)


@pytest.mark.parametrize("fps", [10, 30])
def test_one_euro_lags_less_than_a_sixth_of_a_second_in_motion_and_calms_jitter(fps: float) -> None:
    euro, out, rng = OneEuro(), np.empty((17, 2), np.float32), np.random.default_rng(1)
    speed = 0.5 * TRUNK  # pixels a second: hips in a brisk bend
    for i in range(int(3 * fps)):
        euro.step(np.full((17, 2), speed * i / fps, np.float32), 1 / fps, TRUNK, out)
    assert (speed * i / fps - out[0, 0]) / speed < 0.16
    still = []
    for _ in range(int(6 * fps)):
        euro.step(rng.normal(0, 2, (17, 2)).astype(np.float32), 1 / fps, TRUNK, out)
        still.append(out.copy())
    assert np.std(still[int(3 * fps) :]) < 1.6


def test_quick_drills_lag_less_and_still_ones_shake_less() -> None:
    rng = np.random.default_rng(3)
    lag, shake = {}, {}
    for pace in PACES:
        euro, out = OneEuro(pace), np.empty((17, 2), np.float32)
        for i in range(30):
            euro.step(np.full((17, 2), 2 * TRUNK * i / 15, np.float32), DT, TRUNK, out)
        lag[pace] = (2 * TRUNK * 29 / 15 - out[0, 0]) / (2 * TRUNK)
        still = []
        for _ in range(90):
            euro.step(rng.normal(0, 2, (17, 2)).astype(np.float32), DT, TRUNK, out)
            still.append(out.copy())
        shake[pace] = np.std(still[45:])
    assert lag["quick"] < lag["slow"] < lag["still"]
    assert lag["quick"] < 0.06
    assert shake["still"] < shake["slow"] < shake["quick"]


@pytest.mark.parametrize("fps", [10, 15, 60])
def test_a_torso_that_is_elsewhere_at_once_has_leapt_and_one_that_runs_has_not(fps: float) -> None:
    smoother = Smoother()
    for k in range(int(2 * fps)):
        smoother.step(pose(person(ankle=(100 + 3 * TRUNK * k / fps, 560))), 1 / fps, TRUNK)
        assert not smoother.leapt
    here = person(ankle=(100 + 3 * TRUNK * k / fps, 560))
    smoother.step(pose(here + np.array([1.5 * TRUNK, 0])), 1 / fps, TRUNK)
    assert smoother.leapt


def test_nobody_present_is_nobody_seen() -> None:
    smoother = Smoother()
    settled(smoother, person())
    smoother.step(pose(person(), present=False), DT, TRUNK)
    assert np.isnan(smoother.points).all()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_pattern_of_nan_and_scores_is_taken(data: st.DataObject) -> None:
    smoother = Smoother()
    for _ in range(6):
        points = person()
        points[data.draw(st.lists(st.integers(0, 16), max_size=17))] = np.nan
        scores = np.array(data.draw(st.lists(st.one_of(st.floats(0, 1), st.just(np.nan)), min_size=17, max_size=17)))
        seen = smoother.step(pose(points, scores), DT, TRUNK)
        assert np.isnan(seen[:, np.isnan(points[:, 0])]).all()
        assert np.isnan(seen[:, ~(scores >= 0.2)]).all()
        assert not np.isinf(seen).any()


def test_both_variants_are_given() -> None:
    seen = settled(Smoother(), person())
    assert seen.shape == (2, 17, 2)
    assert seen[SMOOTH, LEFT_HIP] == pytest.approx(seen[RAW, LEFT_HIP], abs=1e-3)
