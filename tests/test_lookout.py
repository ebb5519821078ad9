"""Raised hands and falls, from poses alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kiosk.scoring.pose import KEYPOINTS, Pose
from kiosk.session.events import Sign
from kiosk.session.lookout import LOW_FOR, RAISED_FOR, Lookout

#: Heights (y, pixels) of a standing person, trunk 120 long.
STANDING = {"nose": 60.0, "eye": 55.0, "ear": 57.0, "shoulder": 100.0, "elbow": 160.0, "wrist": 215.0, "hip": 220.0,
            "knee": 330.0, "ankle": 440.0}  # fmt: skip
RAISED = STANDING | {"elbow": 60.0, "wrist": 10.0}
FPS = 10.0


def pose(t: float, heights: dict[str, float], unseen: tuple[str, ...] = (), present: bool = True) -> Pose:
    parts = [name.rpartition("_")[2] for name in KEYPOINTS]
    points = np.array([[100.0, heights[part]] for part in parts], np.float32)
    scores = np.array([0.1 if part in unseen else 0.8 for part in parts], np.float32)
    return Pose(t, points, scores, 640, 480, present)


def lower(by: float) -> dict[str, float]:
    """The whole upper body, knees bent under it, lower by ``by`` pixels."""
    return {part: y + by if part not in ("knee", "ankle") else y for part, y in STANDING.items()}


def seen(
    seconds: float, heights: Callable[[float], dict[str, float]], *, falls: bool = True, **changes
) -> list[tuple[float, Sign]]:
    lookout = Lookout(falls=falls)
    signs = []
    for n in range(int(seconds * FPS)):
        if signal := lookout.step(pose(n / FPS, heights(n / FPS), **changes)):
            signs.append((signal.t, signal.sign))
    return signs


def test_both_hands_up_for_a_second_is_one_stop():
    signs = seen(6.0, lambda t: RAISED if t >= 2.0 else STANDING)
    assert signs == [(2.0 + RAISED_FOR, Sign.HANDS_UP)]


def test_a_wave_is_no_stop_and_two_waves_are_none_either():
    assert seen(6.0, lambda t: RAISED if t % 2.0 > 1.3 else STANDING) == []


def test_hands_that_are_not_seen_are_not_raised():
    assert seen(6.0, lambda t: RAISED, unseen=("wrist",)) == []


def test_arms_stretched_by_somebody_who_lies_are_no_stop():
    lying = dict.fromkeys(STANDING, 430.0) | {"wrist": 380.0}
    assert seen(6.0, lambda t: STANDING if t < 1 else lying, falls=False) == []


def test_a_quick_drop_that_stays_low_is_a_fall():
    signs = seen(8.0, lambda t: lower(0.0 if t < 2 else min((t - 2) / 0.3, 1.0) * 180))
    assert [sign for _, sign in signs] == [Sign.FELL]
    assert signs[0][0] >= 2.0 + LOW_FOR


def test_a_landing_that_comes_up_again_is_none():
    assert seen(8.0, lambda t: lower(180.0 if 2.0 <= t < 3.5 else 0.0)) == []


def test_sitting_down_and_squatting_low_are_none():
    assert seen(10.0, lambda t: lower(min(max((t - 2) / 1.5, 0.0), 1.0) * 150)) == []


def test_whoever_lies_down_for_a_floor_drill_has_not_fallen():
    assert seen(8.0, lambda t: lower(0.0 if t < 2 else 200.0), falls=False) == []


def test_one_slip_of_the_model_is_no_fall():
    assert seen(8.0, lambda t: lower(200.0 if 2.0 <= t < 2.15 else 0.0)) == []
