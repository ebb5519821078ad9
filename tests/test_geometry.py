"""The measures of one frame: golden vectors (biomechanics 0.4), invariances, and what an unseen joint does to them."""

from __future__ import annotations

import numpy as np
import pytest
from bending import person
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.scoring.geometry import (
    COLUMNS,
    FACE,
    HIP,
    HIP_Y,
    KNEE,
    LEAN,
    NECK,
    RAW,
    RETREAT,
    SHIN,
    SHIN_PX,
    SHOULDER_Y,
    SMOOTH,
    THIGH,
    THIGH_PX,
    TRAVEL,
    TRUNK,
    TRUNK_PX,
    Geometry,
)
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_EAR, LEFT_HIP, LEFT_KNEE, LEFT_SHOULDER, NOSE

ANGLES = (TRUNK, THIGH, SHIN, KNEE, HIP, NECK)

#: Pose: knee, hip, shoulder, ear in pixels (ankle 300, 600); then trunk, thigh, shin, knee, hip, neck, r, kt, hinge
#: index.
GOLDEN = {
    "stand": ((300, 500), (300, 400), (300, 282), (300, 229), (0, 0, 0, 0, 0, 0), 0, 0, None),
    "good hinge": ((300, 500), (265.8, 406), (368, 347), (413.9, 320.5), (60, 20, 0, 20, 80, 0), 0.34, 0, 90.7),
    "locked knees": (
        (286.1, 501), (267, 402.8), (369.2, 343.8), (415.1, 317.3), (60, 11, -8, 3, 71, 0), 0.33, -0.14, 95.5,
    ),
    "squatty hinge": (
        (337.5, 507.3), (255.5, 449.9), (339, 366.5), (376.5, 329), (45, 55, 22, 77, 100, 0), 0.44, 0.37, 40.9,
    ),
    "looking up": ((300, 500), (265.8, 406), (368, 347), (390.4, 299), (60, 20, 0, 20, 80, -35), 0.34, 0, 90.7),
    "parallel squat": (
        (350, 513.4), (251.5, 496), (324.2, 403), (356.8, 361.3), (38, 80, 30, 110, 118, 0), 0.48, 0.50, 20.7,
    ),
    "lean-back": ((300, 500), (300, 400), (281.5, 283.5), (273.2, 231.1), (-9, 0, 0, 0, -9, 0), 0, 0, None),
}  # fmt: skip


def golden(name: str) -> np.ndarray:
    """Points (17, 2) of a golden pose, both sides alike; the nose is not given."""
    knee, hip, shoulder, ear = GOLDEN[name][:4]
    points = np.full((17, 2), np.nan)
    for joint, place in (
        (LEFT_ANKLE, (300, 600)),
        (LEFT_KNEE, knee),
        (LEFT_HIP, hip),
        (LEFT_SHOULDER, shoulder),
        (LEFT_EAR, ear),
    ):
        points[joint] = points[joint + 1] = place
    return points


def measured(points: np.ndarray, facing: int = 1, near: int = 0) -> np.ndarray:
    """Both rows of ``points``, raw and smooth alike."""
    return Geometry().measure(np.stack([points, points]).astype(np.float32), near, facing).copy()


@pytest.mark.parametrize("name", GOLDEN)
@pytest.mark.parametrize("facing", [1, -1])
def test_golden_vectors(name: str, facing: int) -> None:
    points, standing = golden(name), golden("stand")
    if facing < 0:
        points, standing = mirrored(points), mirrored(standing)
    row, rest = measured(points, facing)[RAW], measured(standing, facing)[RAW]
    angles, retreat, travel, index = GOLDEN[name][4:]
    assert row[list(ANGLES)] == pytest.approx(angles, abs=0.1)
    assert (row - rest)[[RETREAT, TRAVEL]] / 100 == pytest.approx([retreat, travel], abs=0.01)
    drop = row - rest
    if index is not None:
        assert 100 * (1 - drop[HIP_Y] / drop[SHOULDER_Y]) == pytest.approx(index, abs=0.1)
    assert row[LEAN] == pytest.approx(angles[0] - angles[2], abs=0.2)
    assert row[[TRUNK_PX, THIGH_PX, SHIN_PX]] == pytest.approx([118, 100, 100], abs=0.1)


def mirrored(points: np.ndarray) -> np.ndarray:
    return points * (-1, 1) + (600, 0)


inclinations = st.tuples(st.floats(-20, 100), st.floats(-10, 110), st.floats(-20, 45), st.floats(-40, 40))


@settings(max_examples=100, deadline=None)
@given(angles=inclinations, size=st.floats(40, 200), x=st.floats(-200, 400), y=st.floats(-200, 400))
def test_mirror_scale_and_shift_change_no_angle(
    angles: tuple[float, float, float, float], size: float, x: float, y: float
) -> None:
    plain = measured(person(*angles))[RAW]
    mirror = measured(person(*angles, facing=-1), facing=-1, near=1)[RAW]
    other = measured(person(*angles, size=size, ankle=(x, y)))[RAW]
    for row in (mirror, other):
        assert row[[*ANGLES, FACE, LEAN]] == pytest.approx(plain[[*ANGLES, FACE, LEAN]], abs=0.02)
    lengths = [RETREAT, TRAVEL, TRUNK_PX]
    assert other[lengths] / other[SHIN_PX] == pytest.approx(plain[lengths] / plain[SHIN_PX], abs=0.001)
    assert mirror[lengths] == pytest.approx(plain[lengths], abs=0.05)


@settings(max_examples=100, deadline=None)
@given(angles=inclinations)
def test_angles_are_those_the_person_was_drawn_with(angles: tuple[float, float, float, float]) -> None:
    trunk, thigh, shin, neck = angles
    row = measured(person(*angles))[SMOOTH]
    assert row[list(ANGLES)] == pytest.approx([trunk, thigh, shin, thigh + shin, trunk + thigh, neck], abs=0.02)
    assert row[FACE] == pytest.approx(neck, abs=0.02)


def test_a_head_hanging_from_a_level_trunk_is_past_no_seam() -> None:
    row = measured(person(trunk=110, thigh=30, neck=80))[RAW]
    assert row[[NECK, FACE]] == pytest.approx([80, 80], abs=0.02)


@pytest.mark.parametrize(
    ("joint", "unknown"),
    [
        (LEFT_ANKLE, {SHIN, KNEE, LEAN, RETREAT, TRAVEL, SHIN_PX}),
        (LEFT_KNEE, {THIGH, SHIN, KNEE, HIP, LEAN, TRAVEL, THIGH_PX, SHIN_PX}),
        (LEFT_HIP, {TRUNK, THIGH, KNEE, HIP, NECK, FACE, LEAN, HIP_Y, RETREAT, TRUNK_PX, THIGH_PX}),
        (LEFT_SHOULDER, {TRUNK, HIP, NECK, FACE, LEAN, SHOULDER_Y, TRUNK_PX}),
        (LEFT_EAR, {NECK, FACE}),
        (NOSE, {FACE}),
    ],
)
def test_an_unseen_joint_hides_what_hangs_on_it_and_nothing_else(joint: int, unknown: set[int]) -> None:
    points = person(30, 20, 5)
    points[joint] = np.nan
    assert set(np.flatnonzero(np.isnan(measured(points)[RAW]))) == unknown


def test_the_far_side_is_never_looked_at() -> None:
    points, far_lost = person(30, 20, 5), person(30, 20, 5)
    far_lost[LEFT_SHOULDER + 1 : 17 : 2] = np.nan
    assert np.array_equal(measured(points)[RAW], measured(far_lost)[RAW])


def test_who_faces_nowhere_has_heights_and_lengths_only() -> None:
    row = measured(person(30, 20, 5), facing=0)[RAW]
    assert set(np.flatnonzero(~np.isnan(row))) == {SHOULDER_Y, HIP_Y, TRUNK_PX, THIGH_PX, SHIN_PX}


def test_bones_unlike_the_persons_own_are_not_believed() -> None:
    geometry = Geometry()
    points = np.stack([person(30, 20, 5)] * 2).astype(np.float32)
    points[RAW, LEFT_KNEE] += (0, 40)
    geometry.trust_bones(np.array([118, 100, 100], np.float32))
    rows = geometry.measure(points, 0, 1)
    assert np.isnan(rows[RAW, [THIGH, SHIN, KNEE, HIP]]).all()
    assert rows[RAW, TRUNK] == pytest.approx(30, abs=0.02)
    assert not np.isnan(rows[SMOOTH, [THIGH, SHIN, KNEE, HIP]]).any()
    geometry.trust_bones(None)
    assert not np.isnan(geometry.measure(points, 0, 1)).any()


def test_rows_have_every_column() -> None:
    assert measured(person()).shape == (2, COLUMNS)
