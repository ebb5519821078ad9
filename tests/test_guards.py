"""What people do that is no repetition: refused, each with its reason; performed by the simulated person."""

from __future__ import annotations

import numpy as np
import pytest
from bending import bend, drive, hinges, lying, person, poses

from kiosk.drills import find_drill
from kiosk.figure.film import Film
from kiosk.figure.lens import FRONT, SIDE, Lens
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_ELBOW, LEFT_KNEE, LEFT_SHOULDER, LEFT_WRIST, Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Verdict

EVERYDAY = (
    "tie_shoe",
    "walk_in",
    "turn_round",
    "kick",
    "scratch_leg",
    "reach_up",
    "sit_down",
    "fetch_dumbbell",
)


def watch(drill: str, frames: list[Pose]) -> list[Verdict]:
    scorer = Scorer(find_drill(drill))
    return [scorer.step(pose) for pose in frames]


def refusals(verdicts: list[Verdict]) -> list[str]:
    return [verdict.refused.key for verdict in verdicts if verdict.refused]


def shifted(frames: list[Pose], joints: list[int], way: tuple[float, float], first: float, last: float) -> list[Pose]:
    """``frames`` with ``joints`` moved by ``way`` in pixels from ``first`` to ``last`` seconds."""
    out = []
    for pose in frames:
        points = pose.points.copy()
        if first <= pose.t <= last:
            points[joints] += way
        out.append(Pose(pose.t, points, pose.scores, pose.width, pose.height))
    return out


def test_whoever_steps_while_bending_is_not_counted() -> None:
    feet = [LEFT_ANKLE, LEFT_ANKLE + 1]
    verdicts = watch("hinge", shifted(hinges(1, 15, noise=0.5), feet, (-45, 0), 3.4, 99))
    assert verdicts[-1].reps == 0
    assert "stepped" in refusals(verdicts)


def test_whoever_lifts_a_foot_is_not_counted_on_two() -> None:
    verdicts = watch("hinge", shifted(hinges(1, 15, noise=0.5), [LEFT_ANKLE + 1, LEFT_KNEE + 1], (0, -60), 3.0, 5.2))
    assert verdicts[-1].reps == 0
    assert "one_foot" in refusals(verdicts)


def test_whoever_stays_low_has_not_come_back() -> None:
    times, driver = drive(bend(1.0, 1.5, 0.4, 1.5, 1.5), 15, stand=2.0)
    deep = np.maximum.accumulate(driver)
    frames = poses(times, (person(45 * q, 90 * p, 40 * p) for q, p in zip(driver, deep, strict=True)), 0.5)
    verdicts = watch("hinge", frames)
    assert verdicts[-1].reps == 0
    assert "not_up" in refusals(verdicts)


def test_whoever_takes_something_up_is_told_so_but_not_where_it_is_the_drill() -> None:
    frames = hinges(1, 15, noise=0.5, thigh=55, shin=20)
    taken = shifted(frames, [LEFT_WRIST, LEFT_WRIST + 1, LEFT_ELBOW, LEFT_ELBOW + 1], (55, -30), 5.2, 99)
    verdicts = watch("hinge", taken)
    assert verdicts[-1].reps == 0
    assert "hands" in refusals(verdicts)
    assert watch("pick_up", taken)[-1].reps == 1


def test_whoever_lingers_below_ties_a_shoe() -> None:
    times, driver = drive(bend(1.0, 1.5, 8.0, 1.5, 1.5), 15, stand=2.0)
    verdicts = watch("hinge", poses(times, (person(60 * q, 25 * q) for q in driver), 0.5))
    assert verdicts[-1].reps == 0
    assert "lingered" in refusals(verdicts)


def test_knees_that_lift_are_no_squat() -> None:
    times, driver = drive(bend(1.0, 1.0, 0.5, 1.0, 1.5), 15, stand=2.0)
    shapes = []
    for q in driver:
        points = person()
        points[[LEFT_KNEE, LEFT_KNEE + 1]] += np.array([80.0, -60.0]) * q
        points[[LEFT_ANKLE, LEFT_ANKLE + 1]] += np.array([20.0, -70.0]) * q
        shapes.append(points)
    assert watch("squat", poses(times, shapes, 0.5))[-1].reps == 0


def test_whoever_turns_the_chest_to_the_mirror_does_not_bow() -> None:
    verdicts = watch("hinge", shifted(hinges(1, 15, noise=0.5), [LEFT_SHOULDER], (-40, 0), 3.0, 5.2))
    assert verdicts[-1].reps == 0
    assert "twisted" in refusals(verdicts)


def test_whoever_leans_back_on_both_legs_takes_none_back() -> None:
    times, driver = drive(bend(1.0, 1.0, 1.0, 1.0, 1.5), 15, stand=2.0)
    verdicts = watch("hip_extension", poses(times, (person(-8 * q, -10 * q) for q in driver), 0.5))
    assert verdicts[-1].reps == 0
    assert "no_leg" in refusals(verdicts)


def lowered(points: np.ndarray, knees: float) -> np.ndarray:
    """Of ``points`` (17, 2) the knees so many pixels lower."""
    points[[LEFT_KNEE, LEFT_KNEE + 1], 1] += knees
    return points


def test_knees_that_go_down_are_no_bridge_where_the_hips_stay_on_the_floor() -> None:
    times, driver = drive(bend(1.0, 1.3, 1.5, 1.3, 1.5), 15, stand=2.0)
    bridged = watch("glute_bridge", poses(times, (lying(bridge=-0.28 + 0.28 * q) for q in driver), 0.5))
    assert bridged[-1].reps == 1
    verdicts = watch("glute_bridge", poses(times, (lowered(lying(bridge=-0.28), 50 * q) for q in driver), 0.5))
    assert verdicts[-1].reps == 0
    assert "no_lift" in refusals(verdicts)


def test_a_bridge_is_over_once_the_hips_are_down_whatever_the_knees_do() -> None:
    times, driver = drive(bend(1.0, 1.3, 5.0, 1.3, 1.5), 15, stand=2.0)
    shapes = [
        lowered(lying(bridge=-0.28 + 0.28 * q), -135 if 5.0 < t < 6.5 else 0)
        for t, q in zip(times, driver, strict=True)
    ]
    verdicts = watch("glute_bridge", poses(times, iter(shapes), 0.5))
    assert "not_down" in refusals(verdicts)
    assert verdicts[-1].reps == 1


@pytest.mark.parametrize("movement", EVERYDAY)
@pytest.mark.parametrize(
    "drill",
    ["hinge", "squat", "romanian_deadlift", "mobility_deadlift", "kettlebell_swing", "hip_extension", "dowel_hinge"],
)
def test_everyday_movements_are_no_repetitions(movement: str, drill: str) -> None:
    film = Film(movement, reps=1, fps=12, seed=0, lens=SIDE)
    verdicts = watch(drill, list(film.poses()))
    assert verdicts[-1].reps == 0
    assert all(verdict.refused.why.endswith(".") for verdict in verdicts if verdict.refused)


@pytest.mark.parametrize(
    ("drill", "movement", "lens", "why"),
    [
        ("squat", "fetch_dumbbell", SIDE, "hands"),
        ("kettlebell_swing", "fetch_dumbbell", SIDE, "no_swing"),
        ("sink", "sit_down", FRONT, "sat"),
    ],
)
def test_each_is_told_why(drill: str, movement: str, lens: Lens, why: str) -> None:
    film = Film(movement, reps=1, fps=12, seed=0, lens=lens)
    assert why in refusals(watch(drill, list(film.poses())))


def test_whoever_slumps_has_not_gone_further_away() -> None:
    times, driver = drive(bend(1.0, 1.5, 0.4, 1.5, 4.0), 15, stand=2.0)
    frames = poses(times, (person(60 * q, 25 * q) for q in driver), 0.5)
    verdicts = watch("hinge", shifted(frames, list(range(LEFT_WRIST + 2)), (0, 22), 5.6, 99))
    assert verdicts[-1].reps == 1
    assert "moved" not in refusals(verdicts)


def test_arms_that_reach_forward_take_nothing_up() -> None:
    frames = hinges(1, 15, noise=0.5, thigh=55, shin=20)
    forward = shifted(frames, [LEFT_WRIST, LEFT_WRIST + 1], (110, -40), 3.0, 5.2)
    settled = shifted(forward, [LEFT_WRIST, LEFT_WRIST + 1], (25, 0), 5.2, 99)
    assert watch("hinge", settled)[-1].reps == 1
