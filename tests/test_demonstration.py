"""Demonstrations: every drill as a stick person that can be followed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kiosk.drills import DRILLS
from kiosk.figure.demonstration import FRAMES, LONGEST_STAY, Demonstrator, demonstrate
from kiosk.scoring.pose import (
    LEFT_ANKLE,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    RIGHT_EAR,
)
from kiosk.scoring.verdict import View
from kiosk.trouble import BadInput

KEYS = [drill.key for drill in DRILLS]
#: The bones that keep their length seen from the side, in pairs of joints of the left side.
BONES = ((LEFT_SHOULDER, LEFT_HIP), (LEFT_HIP, LEFT_KNEE), (LEFT_KNEE, LEFT_ANKLE))


def points(key: str) -> np.ndarray:
    return np.array(demonstrate(key).frames)


@pytest.mark.parametrize("key", KEYS)
def test_nobody_leaves_the_floor_or_grows(key):
    x, y = points(key)[..., 0], points(key)[..., 1]
    assert y.max() <= 1.0 + 1e-3
    assert y.min() >= -0.2  # a jump
    assert np.ptp(x) < 1.4
    assert (y.max(axis=1) > 0.8).all()


@pytest.mark.parametrize("key", KEYS)
def test_it_ends_where_it_begins_without_a_jump_on_the_way(key):
    frames = points(key)
    assert demonstrate(key).frames[0] == demonstrate(key).frames[-1]
    assert np.abs(np.diff(frames, axis=0)).max() < 0.20


@pytest.mark.parametrize("key", KEYS)
def test_everybody_moves(key):
    """By more than the sway of standing; the smallest movements are a hand laid on the belly and a head turned up."""
    assert np.ptp(points(key), axis=0).max() > 0.05


@pytest.mark.parametrize(
    "drill", [drill for drill in DRILLS if drill.motion.driver in ("trunk", "knee")], ids=lambda drill: drill.key
)
def test_what_is_counted_goes_through_its_range(drill):
    frames = points(drill.key)
    side = 0 if demonstrate(drill.key).near == "left" else 1
    shoulder, hip, knee, ankle = (frames[:, joint + side] for joint in (LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE, LEFT_ANKLE))
    trunk, thigh, shin = (_inclination(a, b) for a, b in ((shoulder, hip), (hip, knee), (knee, ankle)))
    driver = trunk if drill.motion.driver == "trunk" else _apart(thigh, shin)
    assert np.ptp(driver) > drill.motion.least


def _inclination(upper: np.ndarray, lower: np.ndarray) -> np.ndarray:
    return np.degrees(np.arctan2(upper[:, 0] - lower[:, 0], lower[:, 1] - upper[:, 1]))


def _apart(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.abs((one - other + 180) % 360 - 180)


@pytest.mark.parametrize("drill", [drill for drill in DRILLS if drill.view is View.SIDE], ids=lambda drill: drill.key)
def test_bones_keep_their_length_seen_from_the_side(drill):
    frames = points(drill.key)
    for one, other in BONES:
        lengths = np.hypot(*(frames[:, one] - frames[:, other]).T)
        assert np.ptp(lengths) < 0.03  # a back that rounds is a little shorter


def test_people_face_both_ways_and_the_near_side_fits():
    """Who stands upright and looks to the right shows the right side."""
    facing = {}
    for drill in DRILLS:
        if drill.view is View.SIDE and not drill.lying:
            first = demonstrate(drill.key).frames[0]
            facing[drill.key] = "right" if first[NOSE][0] > first[RIGHT_EAR][0] else "left"
            assert facing[drill.key] == demonstrate(drill.key).near, drill.key
    assert set(facing.values()) == {"left", "right"}


def test_a_hold_is_gone_into_and_left_but_not_waited_for():
    movement = demonstrate("plank")
    assert movement.seconds < 10
    assert len(movement.frames) == FRAMES
    assert LONGEST_STAY < 1


def test_the_swing_begins_at_the_top_where_every_other_of_its_set_begins():
    first = demonstrate("kettlebell_swing").frames[0]
    assert abs(first[LEFT_WRIST][1] - first[LEFT_SHOULDER][1]) < 0.1


def test_it_is_made_once():
    assert demonstrate("hinge") is demonstrate("hinge")
    assert math.isfinite(demonstrate("hinge").seconds)


def test_an_unknown_drill_is_named():
    with pytest.raises(BadInput, match="no_such"):
        demonstrate("no_such")


def test_the_press_that_offers_a_drill_does_not_wait_for_its_demonstration():
    demonstrator = Demonstrator()
    assert demonstrator.show("hinge") is None
    assert demonstrator.show("hinge") is demonstrate("hinge")
    assert demonstrator.show("squat") is None
    assert demonstrator.show("") is None
    assert demonstrator.show("squat") is None, "another card lay between"
