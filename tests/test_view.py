"""How the person stands to the camera: what turns of the body, the head and the numbers do to it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from bending import facing_person, lying, mirrored, person
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.scoring.pose import LEFT_EAR, LEFT_SHOULDER, NOSE, Pose
from kiosk.scoring.start import STARTS
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


def test_who_turns_the_back_is_not_front_on() -> None:
    back = facing_person()
    order = [0, *(joint + 1 if joint % 2 else joint - 1 for joint in range(1, 17))]
    assert look(Stance(front=True), back).view is View.FRONT
    assert look(Stance(front=True), back[order]).view is View.OBLIQUE


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


def test_of_a_drill_with_a_front_set_who_faces_the_mirror_faces_right_by_definition() -> None:
    stance = look(Stance(front=True), facing_person())
    assert (stance.view, stance.facing, stance.near, stance.fronted) == (View.FRONT, 1, 0, True)
    look(stance, person(facing=-1))
    assert (stance.view, stance.facing, stance.near, stance.fronted) == (View.SIDE, -1, 0, False)
    other = look(Stance(), facing_person())
    assert (other.view, other.fronted) == (View.FRONT, False)


def test_a_front_set_that_is_locked_has_nobody_turning_round() -> None:
    stance = look(Stance(front=True), facing_person())
    stance.locked = True
    look(stance, person(facing=-1))
    assert not stance.turned
    assert (stance.facing, stance.near) == (1, 0)


@pytest.mark.parametrize("facing", [1, -1])
def test_a_body_on_the_floor_faces_by_where_its_head_is(facing: int) -> None:
    on_its_back, face_down = lying(facing=facing), person(trunk=88, thigh=-88, shin=88, facing=facing)
    for start, points in (("lying", on_its_back), ("plank", face_down)):
        stance = look(Stance(STARTS[start]), points)
        assert (stance.view, stance.facing, stance.near) == (View.SIDE, facing, 1 if facing > 0 else 0)


def test_who_should_lie_and_stands_or_lies_askew_is_not_seen_from_the_side() -> None:
    assert look(Stance(STARTS["lying"]), person()).view is View.UNKNOWN
    lies = look(Stance(STARTS["lying"]), lying())
    assert look(lies, person()).view is View.UNKNOWN
    askew = lying()
    askew[LEFT_SHOULDER, 0] += 45
    assert look(Stance(STARTS["lying"]), askew).view is View.OBLIQUE


def test_who_turned_the_other_way_on_the_floor_is_noticed() -> None:
    stance = look(Stance(STARTS["lying"]), lying())
    stance.locked = True
    assert look(stance, lying(facing=-1)).turned


@settings(max_examples=60, deadline=None)
@given(
    yaw=st.floats(0, 90),
    facing=st.sampled_from([1, -1]),
    better=st.floats(-0.3, 0.3),
    lost=st.lists(st.integers(0, 16), max_size=5),
    start=st.sampled_from(sorted(STARTS)),
    front=st.booleans(),
)
def test_the_mirror_image_is_seen_the_other_way_round(
    yaw: float, facing: int, better: float, lost: list[int], start: str, front: bool
) -> None:
    points, scores = turned(yaw, facing), np.full(17, 0.6, np.float32)
    scores[1::2] += better
    points[lost] = np.nan
    order = [0, *(joint + 1 if joint % 2 else joint - 1 for joint in range(1, 17))]
    one = look(Stance(STARTS[start], front=front), points, scores=scores)
    other = look(Stance(STARTS[start], front=front), mirrored(points), scores=scores[order])
    assert one.view is other.view
    assert one.fronted is other.fronted
    if one.fronted:
        assert (one.facing, one.near) == (other.facing, other.near) == (1, 0)
    else:
        assert one.facing == -other.facing
        if one.facing and abs(better + 0.05 * one.facing) > 0.01:
            assert one.near == 1 - other.near
