"""What people do that is no repetition: refused, each with its reason; performed by the simulated person."""

from __future__ import annotations

import numpy as np
import pytest
from bending import bend, drive, hinges, person, poses

from kiosk.drills import find_drill
from kiosk.figure.film import Film
from kiosk.figure.lens import SIDE
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_ELBOW, LEFT_KNEE, LEFT_WRIST, Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Verdict

EVERYDAY = ("tie_shoe", "walk_in", "turn_round", "kick", "scratch_leg", "reach_up", "sit_down")


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


@pytest.mark.parametrize(
    "movement", ["tie_shoe", "walk_in", "turn_round", "kick", "scratch_leg", "reach_up", "sit_down"]
)
@pytest.mark.parametrize("drill", ["hinge", "squat", "romanian_deadlift", "mobility_deadlift", "kettlebell_swing"])
def test_everyday_movements_are_no_repetitions(movement: str, drill: str) -> None:
    if (drill, movement) == ("squat", "sit_down"):
        pytest.skip("whoever sits down squats")
    film = Film(movement, reps=1, fps=12, seed=0, lens=SIDE)
    verdicts = watch(drill, list(film.poses()))
    assert verdicts[-1].reps == 0
    assert all(verdict.refused.why.endswith(".") for verdict in verdicts if verdict.refused)
