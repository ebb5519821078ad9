"""The simulated body: angles that are what they are called, bones that keep their length, feet that stay planted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.figure.body import ANKLE_HEIGHT, HEEL, TOE, Posture, assume, lengths
from kiosk.figure.film import see
from kiosk.figure.lens import Lens, project
from kiosk.scoring.pose import (
    LEFT_ANKLE,
    LEFT_EAR,
    LEFT_ELBOW,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    LEFT_WRIST,
    RIGHT_ANKLE,
)

#: So far away that nothing is foreshortened.
FAR = Lens(distance=500.0, fov=0.5)

POSTURES = st.builds(
    Posture,
    trunk=st.floats(-15, 90),
    lumbar=st.floats(0, 45),
    thoracic=st.floats(0, 25),
    neck=st.floats(-45, 50),
    knee=st.floats(0, 115),
    arm=st.floats(-60, 90),
    elbow=st.floats(0, 120),
)
SEEDS = st.integers(0, 50)


def inclination(low: np.ndarray, high: np.ndarray, facing: int) -> float:
    """biomechanics 0.2, from pixels."""
    return float(np.degrees(np.arctan2(facing * (high[0] - low[0]), low[1] - high[1])))


@given(posture=POSTURES, seed=SEEDS, facing=st.sampled_from((-1, 1)))
def test_the_formulas_read_the_true_angles_off_the_projected_keypoints(posture, seed, facing):
    skeleton = assume(lengths(seed), posture)
    near = 1 if facing > 0 else 0
    points = see(skeleton, FAR, facing, 0.0).points.astype(float)
    shoulder, hip, knee, ankle, ear = (
        points[joint + near] for joint in (LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE, LEFT_ANKLE, LEFT_EAR)
    )
    trunk, shin = inclination(hip, shoulder, facing), inclination(ankle, knee, facing)
    thigh = -inclination(knee, hip, facing)
    standing_neck = 5.0
    assert trunk == pytest.approx(posture.trunk, abs=0.2)
    assert shin == pytest.approx(skeleton.shin, abs=0.2)
    assert thigh + shin == pytest.approx(posture.knee, abs=0.2)
    neck = (inclination(shoulder, ear, facing) - trunk - standing_neck + 180) % 360 - 180
    assert neck == pytest.approx(posture.neck, abs=0.4)


@given(posture=POSTURES, seed=SEEDS)
def test_bones_keep_their_length_and_feet_their_place(posture, seed):
    body = lengths(seed)
    skeleton = assume(body, posture)
    p = skeleton.points
    for joint, bone in (
        ((LEFT_HIP, LEFT_KNEE), body.thigh),
        ((LEFT_KNEE, LEFT_ANKLE), body.shin),
        ((LEFT_SHOULDER, LEFT_ELBOW), body.upper_arm),
        ((LEFT_ELBOW, LEFT_WRIST), body.forearm),
    ):
        for side in (0, 1):
            assert np.linalg.norm(p[joint[0] + side] - p[joint[1] + side]) == pytest.approx(bone)
    assert p[LEFT_ANKLE] == pytest.approx((0, body.stance / 2, ANKLE_HEIGHT * body.stature))
    assert p[RIGHT_ANKLE] == pytest.approx((0, -body.stance / 2, ANKLE_HEIGHT * body.stature))
    standing = assume(body, Posture())
    pieces = [np.linalg.norm(np.diff(each.spine, axis=0), axis=1) for each in (skeleton, standing)]
    assert pieces[0] == pytest.approx(pieces[1])


@given(
    trunk=st.floats(0, 80), knee=st.floats(4, 110), arm=st.floats(-20, 70), forward=st.floats(-0.02, 0.07), seed=SEEDS
)
def test_the_centre_of_mass_stays_over_the_feet(trunk, knee, arm, forward, seed):
    body = lengths(seed)
    straight = assume(body, Posture(trunk=trunk, knee=knee, arm=arm, forward=forward))
    assert straight.centre[0] == pytest.approx((0.03 + forward) * body.stature, abs=1e-6)
    assert HEEL * body.stature < straight.centre[0] < TOE * body.stature


def test_leaning_forward_sends_the_hips_back():
    body = lengths(0)
    hips = [assume(body, Posture(trunk=trunk, knee=20)).points[LEFT_HIP, 0] for trunk in (0, 20, 40, 60, 80)]
    assert hips == sorted(hips, reverse=True)
    assert hips[3] - hips[0] < -0.4 * body.shin


def test_a_seat_carries_what_the_feet_cannot():
    body = lengths(0)
    lean, upright = Posture(trunk=42, knee=98), Posture(trunk=6, knee=98, carried=36)
    assert assume(body, upright).points[LEFT_HIP] == pytest.approx(assume(body, lean).points[LEFT_HIP])


def test_a_rounded_back_hardly_changes_the_distance_of_hip_and_shoulder():
    # that is why the keypoints cannot carry a light for it
    body = lengths(0)
    distance = [
        np.linalg.norm(p[LEFT_SHOULDER, [0, 2]] - p[LEFT_HIP, [0, 2]])
        for p in (assume(body, Posture(trunk=60, lumbar=lumbar)).points for lumbar in (0, 40))
    ]
    assert distance[1] == pytest.approx(distance[0], rel=0.05)


def test_people_differ_by_seed_and_a_seed_is_one_person():
    assert lengths(3) == lengths(3)
    assert len({lengths(seed).stature for seed in range(20)}) == 20
    assert all(1.58 <= lengths(seed).stature <= 1.88 for seed in range(20))


def test_the_lens_puts_things_where_they_are():
    lens = Lens(height=1.0, distance=2.0, width=360, height_px=640)
    places = np.array([(0.0, 0.0, 1.0), (0.1, 0.0, 1.0), (0.0, 0.0, 1.1), (0.1, 2.0, 1.0)])
    pixels, depth = project(places, lens)
    assert pixels[0] == pytest.approx((180, 320))
    assert pixels[1] == pytest.approx((180 + 0.05 * lens.focus, 320))
    assert pixels[2] == pytest.approx((180, 320 - 0.05 * lens.focus))
    assert pixels[3] == pytest.approx((180 + 0.025 * lens.focus, 320))
    assert depth == pytest.approx((2, 2, 2, 4))


def test_a_pitched_camera_looks_down():
    level, down = (project(np.array([(0.0, 0.0, 1.0)]), Lens(pitch=pitch))[0][0, 1] for pitch in (0, 10))
    assert down < level


def test_turning_towards_the_camera_shows_the_face_and_both_shoulders():
    skeleton = assume(lengths(0), Posture())
    side, front = (see(skeleton, Lens(yaw=yaw), 1, 0.0) for yaw in (0, 90))
    width = [abs(float(np.diff(pose.points[[5, 6], 0])[0])) for pose in (side, front)]
    assert width[0] < 2
    assert width[1] > 50
    # facing the camera, the person's left is on the right of the picture
    assert front.points[5, 0] > front.points[6, 0]
    assert side.scores[5] < side.scores[6]
    assert front.scores[5] == front.scores[6] == 1


def test_what_is_outside_the_picture_scores_low():
    pose = see(assume(lengths(0), Posture()), Lens(distance=1.2), 1, 0.0)
    outside = (pose.points[:, 1] < 0) | (pose.points[:, 1] >= pose.height)
    assert outside.any()
    assert (pose.scores[outside] < 0.1).all()
