"""The simulated body: angles that are what they are called, bones that keep their length, weight that is carried."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.figure.body import assume
from kiosk.figure.bones import ANKLE_HEIGHT, HEEL, TOE, lengths
from kiosk.figure.lens import Lens, project
from kiosk.figure.posture import Posture, Support
from kiosk.figure.support import KNEE_FLESH, WRIST_FLESH
from kiosk.scoring.pose import (
    LEFT_ANKLE,
    LEFT_EAR,
    LEFT_ELBOW,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    RIGHT_ANKLE,
    RIGHT_HIP,
)

#: How much further forward the ears of a person standing at ease are, degrees.
STANDING_NECK = 5.0

ANYHOW = {
    "trunk": st.floats(-125, 105),
    "lumbar": st.floats(-25, 45),
    "thoracic": st.floats(-15, 35),
    "neck": st.floats(-55, 60),
    "knee": st.floats(0, 115),
    "arm": st.floats(-60, 90),
    "elbow": st.floats(0, 120),
    "shin": st.floats(-150, 100),
    "leg_back": st.floats(-60, 90),
    "leg_bend": st.floats(-60, 60),
    "arm_more": st.floats(-60, 160),
    "across": st.floats(-20, 50),
    "apart": st.floats(0, 30),
    "stance": st.floats(0.4, 2.0),
    "valgus": st.floats(0, 8),
    "pelvis": st.floats(-15, 15),
    "heel": st.floats(0, 70),
    "side": st.sampled_from(("left", "right")),
}
POSTURES = st.builds(Posture, support=st.sampled_from(Support), **ANYHOW)
SEEDS = st.integers(0, 50)


def inclination(low: np.ndarray, high: np.ndarray) -> float:
    """biomechanics 0.2, from the side."""
    return float(np.degrees(np.arctan2(high[0] - low[0], high[2] - low[2])))


def same_turn(angle: float, other: float, by: float = 1e-6) -> bool:
    return abs((angle - other + 180) % 360 - 180) <= by


@settings(max_examples=40, deadline=None)
@given(posture=POSTURES, seed=SEEDS)
def test_the_formulas_read_the_true_angles_off_the_keypoints_of_both_sides_however_the_body_lies(posture, seed):
    skeleton = assume(lengths(seed), posture)
    held = skeleton.posture
    for side in (0, 1):
        shoulder, hip, knee, ankle, ear = (
            skeleton.points[joint + side] for joint in (LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE, LEFT_ANKLE, LEFT_EAR)
        )
        # one hip may be lower than the other: the trunk is that of the middle
        middle = (skeleton.points[LEFT_HIP] + skeleton.points[RIGHT_HIP]) / 2
        assert same_turn(inclination(middle, shoulder), held.trunk)
        assert same_turn(inclination(ankle, knee), skeleton.shins[side])
        assert same_turn(-inclination(knee, hip), skeleton.thighs[side])
        assert same_turn(inclination(shoulder, ear) - held.trunk - STANDING_NECK, held.neck)
    assert same_turn(skeleton.thigh + skeleton.shin, held.knee)


@settings(max_examples=40, deadline=None)
@given(posture=POSTURES, seed=SEEDS)
def test_bones_keep_their_length(posture, seed):
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
    assert np.linalg.norm(p[LEFT_HIP] - p[RIGHT_HIP]) == pytest.approx(body.hips)
    assert np.linalg.norm(skeleton.feet[:, 1] - skeleton.feet[:, 0], axis=1) == pytest.approx(TOE * body.stature)
    under = p[[LEFT_ANKLE, RIGHT_ANKLE]] - skeleton.feet[:, 0]
    assert np.linalg.norm(under, axis=1) == pytest.approx(ANKLE_HEIGHT * body.stature)
    standing = assume(body, Posture())
    pieces = [np.linalg.norm(np.diff(each.spine, axis=0), axis=1) for each in (skeleton, standing)]
    assert pieces[0] == pytest.approx(pieces[1])


@settings(max_examples=40, deadline=None)
@given(posture=POSTURES, seed=SEEDS)
def test_the_other_side_differing_is_the_mirror_image(posture, seed):
    body = lengths(seed)
    other = {"left": "right", "right": "left"}[posture.side]
    one, mirrored = (assume(body, each) for each in (posture, Posture(**{**vars_of(posture), "side": other})))
    swapped = mirrored.points * (1, -1, 1)
    swapped[1::2], swapped[2::2] = swapped[2::2].copy(), swapped[1::2].copy()
    assert one.points == pytest.approx(swapped)
    assert one.feet == pytest.approx(mirrored.feet[::-1] * (1, -1, 1))


def vars_of(posture: Posture) -> dict[str, object]:
    return {name: getattr(posture, name) for name in Posture.__slots__}


@settings(max_examples=40, deadline=None)
@given(posture=POSTURES, seed=SEEDS)
def test_nothing_goes_below_the_floor_and_something_rests_on_it(posture, seed):
    skeleton = assume(lengths(seed), posture)
    tall = skeleton.lengths.stature
    joints = skeleton.points[LEFT_SHOULDER:, 2]
    assert joints.min() > 0.019 * tall
    assert joints.min() < 0.15 * tall


def test_feet_stay_where_they_are_planted():
    body = lengths(0)
    for trunk, knee in ((1, 4), (60, 28), (35, 100)):
        p = assume(body, Posture(trunk=trunk, knee=knee)).points
        assert p[LEFT_ANKLE] == pytest.approx((0, body.stance / 2, ANKLE_HEIGHT * body.stature))
        assert p[RIGHT_ANKLE] == pytest.approx((0, -body.stance / 2, ANKLE_HEIGHT * body.stature))


def test_heels_rise_about_the_toes_which_stay():
    body = lengths(0)
    flat, lifted = (assume(body, Posture(knee=40, heel=heel)) for heel in (0, 20))
    assert lifted.feet[:, 1, [0, 2]] == pytest.approx(flat.feet[:, 1, [0, 2]])
    assert lifted.points[LEFT_ANKLE, 2] > flat.points[LEFT_ANKLE, 2] + 0.04


@settings(max_examples=40, deadline=None)
@given(
    trunk=st.floats(0, 80),
    knee=st.floats(4, 110),
    arm=st.floats(-20, 70),
    forward=st.floats(-0.02, 0.07),
    heel=st.floats(0, 20),
    leg_back=st.floats(-20, 60),
    seed=SEEDS,
)
def test_the_centre_of_mass_stays_over_the_feet_or_over_the_one_that_stands(
    trunk, knee, arm, forward, heel, leg_back, seed
):
    body = lengths(seed)
    two = assume(body, Posture(trunk=trunk, knee=knee, arm=arm, forward=forward, heel=heel))
    assert two.centre[0] == pytest.approx((0.03 + forward) * body.stature, abs=0.006 * body.stature)
    # on one leg, the other one up behind or before; its foot weighs little and is taken to be level
    one = assume(body, Posture(trunk=trunk, knee=min(knee, 70), leg_back=leg_back, leg_bend=25))
    assert HEEL * body.stature < one.centre[0] < TOE * body.stature


def test_leaning_forward_sends_the_hips_back():
    body = lengths(0)
    hips = [assume(body, Posture(trunk=trunk, knee=20)).points[LEFT_HIP, 0] for trunk in (0, 20, 40, 60, 80)]
    assert hips == sorted(hips, reverse=True)
    assert hips[3] - hips[0] < -0.4 * body.shin


def test_a_seat_carries_what_the_feet_cannot():
    body = lengths(0)
    lean, upright = Posture(trunk=42, knee=98), Posture(trunk=6, knee=98, carried=36)
    assert assume(body, upright).points[LEFT_HIP] == pytest.approx(assume(body, lean).points[LEFT_HIP])


@settings(max_examples=40, deadline=None)
@given(trunk=st.floats(-122, -92), reach=st.floats(0.48, 0.62), seed=SEEDS)
def test_in_a_bridge_shoulders_and_feet_stay_where_they_are(trunk, reach, seed):
    body = lengths(seed)
    low, high = (assume(body, Posture(trunk=t, reach=reach, support=Support.BRIDGE)) for t in (-90, trunk))
    for joint in (LEFT_SHOULDER, LEFT_ANKLE):
        assert high.points[joint] == pytest.approx(low.points[joint], abs=1e-6)
    assert high.points[LEFT_HIP, 2] > low.points[LEFT_HIP, 2]
    # the face looks up
    assert low.points[NOSE, 2] > low.points[LEFT_EAR, 2] + 0.05


@settings(max_examples=40, deadline=None)
@given(trunk=st.floats(68, 98), seed=SEEDS)
def test_in_a_plank_elbows_and_toes_carry_and_the_face_looks_down(trunk, seed):
    body = lengths(seed)
    plank = assume(body, Posture(trunk=trunk, knee=2, arm=0, elbow=90, heel=62, support=Support.FOREARMS))
    assert plank.points[LEFT_ELBOW, 2] == pytest.approx(0.02 * body.stature, abs=1e-6)
    assert plank.feet[:, 1, 2] == pytest.approx(0, abs=1e-6)
    assert plank.points[NOSE, 2] < plank.points[LEFT_EAR, 2]
    assert plank.points[LEFT_SHOULDER, 0] > plank.points[LEFT_HIP, 0] > plank.points[LEFT_ANKLE, 0]


@settings(max_examples=40, deadline=None)
@given(trunk=st.floats(79, 86), lumbar=st.floats(-20, 40), arm=st.floats(-12, 0), seed=SEEDS)
def test_on_hands_and_knees_both_touch_the_floor(trunk, lumbar, arm, seed):
    body = lengths(seed)
    posture = Posture(trunk=trunk, lumbar=lumbar, knee=92, shin=90, heel=172, arm=arm, support=Support.HANDS)
    held = assume(body, posture)
    assert held.points[LEFT_KNEE, 2] == pytest.approx(KNEE_FLESH * body.stature, abs=0.002)
    assert held.points[LEFT_WRIST, 2] == pytest.approx(WRIST_FLESH * body.stature, abs=0.008 * body.stature)
    assert held.posture.elbow >= 0


def test_a_flight_lifts_everything_alike():
    body = lengths(0)
    stood, flying = (assume(body, Posture(heel=30, rise=rise)) for rise in (0.0, 0.12))
    up = flying.points - stood.points
    assert up == pytest.approx(np.tile((0, 0, 0.12 * body.stature), (17, 1)))
    assert flying.spine[:, 1] - stood.spine[:, 1] == pytest.approx(0.12 * body.stature)
    assert flying.centre[1] - stood.centre[1] == pytest.approx(0.12 * body.stature)


def test_knees_that_cave_come_together_and_a_wide_stance_takes_the_feet_apart():
    body = lengths(0)
    good, caved, wide = (
        assume(body, Posture(trunk=35, knee=100, valgus=valgus, stance=stance)).points
        for valgus, stance in ((0, 0.83), (7, 0.83), (0, 1.8))
    )
    assert caved[LEFT_KNEE, 1] < 0.7 * good[LEFT_KNEE, 1]
    assert caved[LEFT_ANKLE, 1] == pytest.approx(good[LEFT_ANKLE, 1])
    assert wide[LEFT_ANKLE, 1] - wide[RIGHT_ANKLE, 1] == pytest.approx(1.8 * body.shoulders)


def test_a_tilted_pelvis_is_lower_on_the_side_that_hangs():
    points = assume(lengths(0), Posture(leg_back=40, leg_bend=10, pelvis=12, side="right")).points
    across, drop = (points[LEFT_HIP] - points[RIGHT_HIP])[1:]
    assert np.degrees(np.arctan2(drop, across)) == pytest.approx(12)


def test_a_person_who_turns_round_and_walks_is_the_same_person_elsewhere():
    body = lengths(0)
    still = assume(body, Posture())
    moved = assume(body, Posture(heading=90, ahead=0.5, aside=-0.25))
    carried = moved.carry(moved.points)
    assert moved.points == pytest.approx(still.points)
    # turned to the left: what was ahead is on the left now
    ahead, aside = carried[NOSE] - carried[LEFT_EAR], still.points[NOSE] - still.points[LEFT_EAR]
    assert ahead[1] == pytest.approx(aside[0])
    assert carried[:, 0].mean() == pytest.approx(0.5 * body.stature - still.points[:, 1].mean())
    assert carried[:, 2] == pytest.approx(still.points[:, 2])


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
