"""Where people see themselves on the glass, against the simulated body, whose places are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from before_glass import BUILDS, filmed, of_eye_height, of_stature, true_marks, true_places, wall_of
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import CameraAt
from kiosk.figure.lens import Lens, Spot
from kiosk.scoring.pose import (
    LEFT_ANKLE,
    LEFT_EYE,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    RIGHT_ANKLE,
    RIGHT_EYE,
    RIGHT_KNEE,
    Pose,
)
from kiosk.session.reflection import WALL, Standing, Wall, find_standing, focal_length, on_glass, places

EYE_HEIGHTS = (1.4, 1.5, 1.6, 1.7, 1.8, 1.9)
#: What has to be seen on its place: the eyes, and the near one of each pair.
JOINTS = (LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE)
#: Side-on, half turned, nearly facing, facing the glass: the simulated lens's yaw, degrees.
SIDE, FRONT = 0.0, 90.0
TURNS = (SIDE, 30.0, 60.0, FRONT)
#: Where people stand when nothing else is said, facing the right of the picture.
RIGHTWARDS = Spot(1)
FEET = (LEFT_ANKLE, RIGHT_ANKLE)
LEGS = (LEFT_KNEE, RIGHT_KNEE, LEFT_ANKLE, RIGHT_ANKLE)

coordinate = st.floats(-3, 3)
depth = st.floats(0.2, 6)
place = st.tuples(coordinate, coordinate, depth)


@given(place, place)
def test_a_mark_lies_where_the_line_of_sight_to_the_mirror_image_crosses_the_glass(eye, point):
    x, y = on_glass(eye, point)
    seen, image = np.subtract((x, y, 0.0), eye), np.subtract((point[0], point[1], -point[2]), eye)
    assert np.linalg.norm(np.cross(seen, image)) < 1e-9
    assert 0 <= seen @ image <= image @ image
    out, back = np.linalg.norm(seen), np.linalg.norm(np.subtract((x, y, 0.0), point))
    assert out / eye[2] == pytest.approx(back / point[2])  # it falls in as it comes out


@given(place, coordinate, coordinate)
def test_who_is_as_far_away_as_the_point_sees_it_half_way(eye, x, y):
    assert on_glass(eye, (x, y, eye[2])) == pytest.approx(((eye[0] + x) / 2, (eye[1] + y) / 2))


@given(place, st.tuples(coordinate, coordinate), st.tuples(coordinate, coordinate))
def test_a_body_as_far_away_as_the_eye_is_half_as_large_on_the_glass_at_any_distance(eye, one, other):
    marks = [on_glass(eye, (*point, eye[2])) for point in (one, other)]
    assert np.subtract(*marks) == pytest.approx(np.subtract(one, other) / 2)
    further = [on_glass((eye[0], eye[1], 9.0), (*point, 9.0)) for point in (one, other)]
    assert np.array(further) == pytest.approx(np.array(marks))


def off(
    body,
    lens: Lens,
    spot: Spot = RIGHTWARDS,
    wall: Wall | None = None,
    right: float = 0.0,
    hidden: tuple[int, ...] = (),
) -> float:
    """Metres on the glass by which the worst of eye, shoulder, hip and knee is beside its true mark."""
    wall = wall or wall_of(lens, right)
    return beside(filmed(body, lens, spot, hidden), true_marks(true_places(body, lens, spot, right)), wall)


def beside(pose: Pose, truth: np.ndarray, wall: Wall) -> float:
    standing = find_standing(pose, wall)
    assert standing is not None
    return by(standing, pose, truth, wall)


def by(standing: Standing, pose: Pose, truth: np.ndarray, wall: Wall) -> float:
    found = places(pose, standing, wall)
    eye = np.nanmean(found[[LEFT_EYE, RIGHT_EYE]], axis=0)
    joints = [joint + standing.near for joint in JOINTS if not np.isnan(found[joint + standing.near]).any()]
    marks = [on_glass(eye, eye), *(on_glass(eye, found[joint]) for joint in joints)]
    true = [truth[[LEFT_EYE, RIGHT_EYE]].mean(axis=0), *truth[joints]]
    return float(np.linalg.norm(np.subtract(marks, true), axis=1).max())


@pytest.mark.parametrize("yaw", TURNS)
@pytest.mark.parametrize("eyes", EYE_HEIGHTS)
def test_marks_are_within_three_centimetres_at_two_metres(eyes, yaw):
    for build in BUILDS:
        for right in (-0.3, 0.0, 0.3):
            assert off(of_eye_height(eyes, *build), Lens(distance=2.0, yaw=yaw), Spot(1, right)) < 0.03


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("distance", [1.75, 2.2, 2.6, 3.5])
@pytest.mark.parametrize(
    "lens", [Lens(), Lens(height=0.9, pitch=-3), Lens(height=1.1, pitch=5), Lens(width=640, height_px=640, fov=80)]
)
def test_they_are_so_wherever_people_stand_and_however_the_camera_hangs(lens, distance, facing):
    for eyes in EYE_HEIGHTS:
        for yaw in (SIDE, FRONT):
            hung = replace(lens, distance=distance, yaw=yaw)
            assert off(of_eye_height(eyes), hung, Spot(facing, 0.1), right=0.25) < 0.03


def test_with_the_noise_of_the_model_nine_of_ten_are_so_in_a_single_frame():
    rng, lens, found = np.random.default_rng(5), Lens(distance=2.0), []
    for eyes in EYE_HEIGHTS:
        body = of_eye_height(eyes)
        for yaw in (SIDE, FRONT):
            hung = replace(lens, yaw=yaw)
            pose, truth = filmed(body, hung, Spot(1)), true_marks(true_places(body, hung, Spot(1)))
            for _ in range(50):
                points = (pose.points + rng.normal(0, 3.0, (17, 2))).astype(np.float32)
                found.append(beside(replace(pose, points=points), truth, wall_of(hung)))
    assert np.median(found) < 0.02
    assert np.mean(np.array(found) < 0.03) > 0.9


def test_shoes_with_thick_soles_cost_little():
    for eyes in EYE_HEIGHTS:
        body = of_eye_height(eyes)
        body.points[:, 2] += 0.03
        for yaw in (SIDE, FRONT):
            assert off(body, Lens(distance=2.0, yaw=yaw)) < 0.05


@pytest.mark.parametrize(("eyes", "most"), [(1.4, 0.03), (1.6, 0.03), (1.7, 0.03), (1.9, 0.06)])
def test_without_feet_the_usual_stature_is_believed_the_more_and_the_tall_are_misjudged(eyes, most):
    for build in BUILDS[:3]:
        for yaw in (SIDE, FRONT):
            assert off(of_eye_height(eyes, *build), Lens(distance=2.0, yaw=yaw), hidden=FEET) < most


def test_size_alone_would_not_do_for_one_camera_cannot_tell_the_tall_from_the_near():
    lens = Lens(distance=2.0, yaw=FRONT)
    for eyes, least in ((1.4, 0.05), (1.9, 0.10)):
        body = of_eye_height(eyes)
        pose, truth = filmed(body, lens, RIGHTWARDS), true_marks(true_places(body, lens, RIGHTWARDS))
        found = find_standing(pose, wall_of(lens))
        bones = np.linalg.norm(np.diff(pose.points[[LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE, LEFT_ANKLE]], axis=0), axis=1)
        usual = 0.779 * 1.70 * focal_length(CameraAt(), pose) / bones.sum()
        assert by(replace(found, distance=usual, stature=1.70), pose, truth, wall_of(lens)) > least
        assert by(found, pose, truth, wall_of(lens)) < 0.03


@pytest.mark.parametrize(
    ("wrong", "most"),
    [({"height_mm": 1010}, 0.04), ({"height_mm": 990}, 0.04), ({"pitch": 0.5}, 0.06), ({"pitch": -0.5}, 0.06),
     ({"fov": 67.0}, 0.03), ({"fov": 65.0}, 0.03)],
)  # fmt: skip
def test_what_an_inexact_tape_measure_costs(wrong, most):
    """The height wants to be known to a centimetre, the tilt to half a degree; the field of view hardly matters."""
    for eyes in EYE_HEIGHTS:
        for yaw in (SIDE, FRONT):
            lens = Lens(distance=2.0, yaw=yaw)
            assert off(of_eye_height(eyes), lens, wall=Wall(WALL.screen, CameraAt(**wrong))) < most


@pytest.mark.parametrize("stature", [1.5, 1.7, 1.95])
@pytest.mark.parametrize("distance", [1.8, 2.5, 3.5])
def test_stature_and_distance_are_both_found_where_the_feet_are_seen(stature, distance):
    for yaw in (SIDE, FRONT):
        lens = Lens(distance=distance, yaw=yaw)
        found = find_standing(filmed(of_stature(stature), lens, Spot(1)), wall_of(lens))
        assert found.stature == pytest.approx(stature, abs=0.03)
        # of who faces the glass the body is a hand's breadth before the ankles, by which the figure's distance counts
        assert found.distance == pytest.approx(distance, abs=0.07)


def test_chest_and_face_are_told_from_the_side_and_the_back():
    seen = {yaw: find_standing(filmed(of_stature(1.7), Lens(yaw=yaw), Spot(1)), WALL) for yaw in (-90, 0, 90)}
    assert [round(seen[yaw].fronting) for yaw in (-90, 0, 90)] == [-1, 0, 1]
    assert [round(seen[yaw].facing) for yaw in (-90, 0, 90)] == [0, 0, 1]


def test_who_does_not_stand_upright_or_is_hardly_seen_is_nobody():
    pose = filmed(of_stature(1.7), Lens(), Spot(1))
    lying = replace(pose, points=pose.points[:, ::-1].copy(), width=640, height=360)
    assert find_standing(lying, WALL) is None
    assert find_standing(replace(pose, present=False), WALL) is None
    assert find_standing(filmed(of_stature(1.7), Lens(), Spot(1), (LEFT_HIP, LEFT_HIP + 1)), WALL) is None
    nowhere = replace(pose, points=np.full((17, 2), np.nan, np.float32), scores=np.zeros(17, np.float32))
    assert find_standing(nowhere, WALL) is None


def test_what_is_not_seen_has_no_place():
    pose = filmed(of_stature(1.7), Lens(), Spot(1), LEGS)
    found = places(pose, find_standing(pose, WALL), WALL)
    assert np.isnan(found[list(LEGS)]).all()
    assert not np.isnan(found[LEFT_SHOULDER]).any()


def test_shares_of_the_screen_are_counted_from_its_upper_left():
    assert WALL.share(0.0, 1.45) == pytest.approx((0.5, 0.5))
    assert WALL.share(-0.1495, 1.45 + 0.2655) == pytest.approx((0.0, 0.0))
    assert WALL.share(0.1495, 1.45 - 0.2655) == pytest.approx((1.0, 1.0))
