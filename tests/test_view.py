"""How the person stands to the camera: what turns of the body, the head and the numbers do to it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from bending import person

from kiosk.scoring.pose import LEFT_EAR, LEFT_SHOULDER, NOSE, Pose
from kiosk.scoring.verdict import View
from kiosk.scoring.view import SHOULDER_WIDTH, Stance

TRUNK = 118.0


def turned(yaw: float, facing: int = 1) -> np.ndarray:
    """A standing person turned by ``yaw`` degrees from side-on towards the camera."""
    points = person(facing=facing)
    seen = math.sin(math.radians(yaw))
    half = SHOULDER_WIDTH / 2 * TRUNK * seen
    for left, width in ((LEFT_SHOULDER, half), (LEFT_EAR, 0.4 * half)):
        points[left, 0] += width
        points[left + 1, 0] -= width
    points[NOSE, 0] = points[LEFT_EAR : LEFT_EAR + 2, 0].mean() + facing * 25 * math.cos(math.radians(yaw))
    return points


def look(stance: Stance, points: np.ndarray, seconds: float = 2.0, scores: np.ndarray | float = 0.8) -> Stance:
    scores = np.full(17, scores, np.float32) if np.isscalar(scores) else scores
    for _ in range(int(seconds * 15)):
        stance.step(Pose(0.0, points.astype(np.float32), scores, 360, 640), 1 / 15, TRUNK)
    return stance


@pytest.mark.parametrize(
    ("yaw", "view"), [(0, View.SIDE), (15, View.SIDE), (30, View.OBLIQUE), (45, View.OBLIQUE), (85, View.FRONT)]
)
@pytest.mark.parametrize("facing", [1, -1])
def test_the_view_follows_the_turn_of_the_shoulders(yaw: float, view: View, facing: int) -> None:
    stance = look(Stance(), turned(yaw, facing))
    assert stance.view is view
    if view is not View.FRONT:
        assert stance.facing == facing


def test_who_stands_side_on_stays_so_through_a_small_turn_that_would_not_do_to_begin() -> None:
    assert look(look(Stance(), turned(0)), turned(22)).view is View.SIDE
    assert look(Stance(), turned(22)).view is View.OBLIQUE
    assert look(look(Stance(), turned(0)), turned(30)).view is View.OBLIQUE


def test_a_wide_chest_with_the_face_turned_away_is_not_front_on() -> None:
    points = turned(75)
    points[NOSE, 0] = points[LEFT_EAR, 0] + 5
    assert look(Stance(), points).view is View.OBLIQUE


def test_whoever_faces_right_shows_the_right_side_unless_the_scores_say_otherwise() -> None:
    assert look(Stance(), person()).near == 1
    assert look(Stance(), person(facing=-1)).near == 0
    left_better = np.full(17, 0.8, np.float32)
    left_better[2::2] = 0.5
    assert look(Stance(), person(), scores=left_better).near == 0


def test_one_second_of_better_scores_changes_the_side_and_a_lock_keeps_it() -> None:
    right_worse = np.full(17, 0.8, np.float32)
    right_worse[2::2] = 0.4
    stance = look(Stance(), person())
    assert look(stance, person(), 0.2, right_worse).near == 1
    assert look(stance, person(), 2.0, right_worse).near == 0
    locked = look(Stance(), person())
    locked.locked = True
    assert look(locked, person(), 3.0, right_worse).near == 1


def test_turning_round_during_a_set_is_noticed_but_changes_nothing() -> None:
    stance = look(Stance(), person())
    stance.locked = True
    assert not stance.turned
    look(stance, person(facing=-1))
    assert stance.turned
    assert stance.facing == 1


def test_nothing_seen_is_nothing_known() -> None:
    stance = look(Stance(), person(), scores=0.05)
    assert (stance.view, stance.facing) == (View.UNKNOWN, 0)
    look(stance, np.full((17, 2), np.nan))
    assert (stance.view, stance.facing) == (View.UNKNOWN, 0)
