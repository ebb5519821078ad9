"""The back line: the outline of the back against the empty room, and what it says of rounding (biomechanics 3)."""

from __future__ import annotations

import math
import sys
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.scoring.dorsal.back import Back
from kiosk.scoring.dorsal.background import LEARNED, Background, grown_box
from kiosk.scoring.dorsal.contour import LONGEST_GAP, STANDS, STATIONS, Contour, drop_astray, measure
from kiosk.scoring.dorsal.rays import Rays
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.pose import (
    LEFT_ANKLE,
    LEFT_EAR,
    LEFT_ELBOW,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    Pose,
)

#: A small picture, a wall, a shirt.
WIDTH, HEIGHT = 180, 320
WALL, SHIRT = (196, 190, 176), (60, 92, 150)
#: Hip and shoulder of somebody who bends to the right (the good hinge of biomechanics 0.4, moved and made smaller).
CHORD = np.array(((70.0, 200.0), (138.0, 161.0)), np.float32)
#: Seconds of empty room that are enough, and to spare.
EMPTY = 6.5


def room(light: float | np.ndarray = 1.0, seed: int = 0, scale: int = 1) -> np.ndarray:
    """A plain wall with a camera's noise, in so many times the light."""
    rng = np.random.default_rng(seed)
    wall = np.array(WALL) * light + rng.normal(0, 1, (HEIGHT * scale, WIDTH * scale, 3))
    return np.clip(wall, 0, 255).astype(np.uint8)


def draw(image: np.ndarray, chord: np.ndarray, heights: np.ndarray, facing: int, light: float = 1.0) -> np.ndarray:
    """A trunk in the picture: all between its front and its back, so high over the chord at STANDS."""
    y, x = np.mgrid[: image.shape[0], : image.shape[1]]
    along = chord[1] - chord[0]
    out = facing * np.array((along[1], -along[0]))
    from_hip = np.stack((x, y), axis=2) - chord[0]
    beside, behind = (from_hip @ way / (along @ along) for way in (along, out))
    inside = (beside > -0.3) & (beside < 1.2) & (behind > -0.3) & (behind < np.interp(beside, STANDS, heights))
    picture = image.copy()
    picture[inside] = np.clip(np.array(SHIRT) * light, 0, 255)
    return picture


def pose_of(chord: np.ndarray, facing: int, t: float, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Pose:
    """Somebody side-on with that trunk, arms hanging before it."""
    points = np.zeros((17, 2), np.float32)
    hip, shoulder = chord
    trunk = math.dist(hip, shoulder)
    points[NOSE : LEFT_EAR + 2] = shoulder + np.array((facing * 0.25 * trunk, -0.2 * trunk))
    points[LEFT_EAR : LEFT_EAR + 2, 0] -= facing * 0.15 * trunk
    points[LEFT_SHOULDER : LEFT_SHOULDER + 2] = shoulder
    for joint, down in ((LEFT_ELBOW, 0.5), (LEFT_WRIST, 0.9)):
        points[joint : joint + 2] = shoulder + np.array((0, down * trunk))
    for joint, down in ((LEFT_HIP, 0.0), (LEFT_KNEE, 0.5), (LEFT_ANKLE, 0.9)):
        points[joint : joint + 2] = hip + np.array((0, down * trunk))
    return Pose(t, points, np.full(17, 0.8, np.float32), *size)


def nobody(t: float, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Pose:
    return Pose(t, np.full((17, 2), np.nan, np.float32), np.zeros(17, np.float32), *size, present=False)


def arch(round_by: float) -> np.ndarray:
    """A back as a piece of a parabola, so many degrees rounder from hip to shoulder than a straight one."""
    return (0.24 - math.radians(round_by) / 2 * (STANDS - 0.5) ** 2).astype(np.float32)


def learned(scale: int = 1) -> tuple[Back, float]:
    """A back line that has seen the empty room, and when that was."""
    back, t = Back(), 0.0
    while t < EMPTY:
        back.look(room(seed=round(t * 10), scale=scale), nobody(t, (WIDTH * scale, HEIGHT * scale)))
        t += 0.2
    return back, t


def see(back: Back, t: float, image: np.ndarray, chord: np.ndarray = CHORD, facing: int = 1) -> tuple[Contour, float]:
    """What is seen of the same picture after a second, and when that was."""
    contour = None
    for _ in range(10):
        contour = back.look(image, pose_of(chord, facing, t, (image.shape[1], image.shape[0]))) or contour
        t += 0.2
    assert contour is not None
    return contour, t


def mirrored(chord: np.ndarray, width: int = WIDTH) -> np.ndarray:
    return np.array((width - 1, 0), np.float32) + chord * np.array((-1, 1), np.float32)


# the outline in numbers


@pytest.mark.parametrize("facing", [1, -1])
def test_dorsal_is_up_and_back_of_the_golden_hinge(facing: int) -> None:
    """Biomechanics 3.3: chord (.866, -.5) has its dorsal side at (-.5, -.866), and mirrored at (.5, -.866)."""
    chord = np.array(((0, 0), (facing * 86.6, -50.0)), np.float32)
    contour = Contour(0.0, Why.SEEN, np.full(STATIONS, 0.2, np.float32), chord, facing)
    out = contour.outline() - Contour(0.0, Why.SEEN, np.zeros(STATIONS, np.float32), chord, facing).outline()
    assert out / 20 == pytest.approx(np.tile((-facing * 0.5, -0.866), (STATIONS, 1)), abs=1e-3)


@pytest.mark.parametrize("angle", [5, 20, 40, 60])
def test_an_arc_has_its_tangents_difference_and_its_sagitta(angle: float) -> None:
    """Of a circle's arc that turns by ``angle`` along the chord: s/c = tan(angle/4)/2 (biomechanics 3.1)."""
    radius = 0.5 / math.sin(math.radians(angle) / 2)
    shape = measure((np.sqrt(radius**2 - (STANDS - 0.5) ** 2) - radius + 0.25).astype(np.float32))

    def turn(start: float, end: float) -> float:
        return math.degrees(math.asin((end - 0.5) / radius) - math.asin((start - 0.5) / radius))

    assert shape.lumbar == pytest.approx(turn(0.0, 0.65), rel=0.03)
    assert shape.thoracic == pytest.approx(turn(0.35, 0.9), rel=0.03)
    assert shape.sagitta == pytest.approx(math.tan(math.radians(turn(0.1, 0.9)) / 4) / 2, rel=0.03)
    assert shape.rough < 0.001


def test_a_sagging_back_has_the_other_sign() -> None:
    up, down = measure(arch(30)), measure(arch(-30))
    assert (down.lumbar, down.thoracic, down.sagitta) == pytest.approx(
        (-up.lumbar, -up.thoracic, -up.sagitta), rel=1e-4
    )
    assert up.hollow < 0 < down.hollow


def test_the_stick_bridges_the_hollow_between_seat_and_shoulder_blades() -> None:
    heights = 0.25 - 0.05 * np.exp(-(((STANDS - 0.4) / 0.15) ** 2))
    shape = measure(heights.astype(np.float32))
    assert shape.hollow == pytest.approx(0.04, abs=0.012)
    assert -0.12 <= shape.seat <= 0.18 < 0.6 <= shape.blades <= 0.95


@settings(deadline=None)
@given(st.floats(-30, 60), st.floats(-12, 12), st.floats(0.1, 0.3))
def test_a_chord_put_elsewhere_changes_the_turn_by_little(rounder: float, tilt: float, offset: float) -> None:
    there = arch(rounder) - 0.24 + offset + np.tan(np.radians(tilt)) * (STANDS - 0.5)
    assert measure(there.astype(np.float32)).lumbar == pytest.approx(measure(arch(rounder)).lumbar, abs=3)


numbers = st.lists(st.one_of(st.just(math.nan), st.floats(0, 0.45)), min_size=STATIONS, max_size=STATIONS)


@settings(deadline=None)
@given(numbers)
def test_nothing_unseen_ever_raises(heights: list[float]) -> None:
    kept = drop_astray(np.array(heights, np.float32))
    shape = measure(kept)
    gaps = "".join(" " if math.isnan(height) else "x" for height in kept).split("x")
    missing = np.count_nonzero(kept != kept) > 0.2 * STATIONS or len(max(gaps)) > LONGEST_GAP
    assert math.isnan(shape.lumbar) == missing


@settings(deadline=None)
@given(st.sets(st.integers(0, STATIONS - 1), max_size=8), st.floats(-10, 60))
def test_a_few_missing_rays_change_little(missing: set[int], rounder: float) -> None:
    heights = arch(rounder)
    heights[list(missing)] = np.nan
    shape = measure(drop_astray(heights))
    if math.isfinite(shape.lumbar):
        assert shape.lumbar == pytest.approx(measure(arch(rounder)).lumbar, abs=4)


def test_a_ray_that_strays_is_dropped() -> None:
    heights = arch(20)
    heights[20] += 0.1
    kept = drop_astray(heights)
    assert np.flatnonzero(kept != kept).tolist() == [20]


# pictures


@settings(max_examples=12, deadline=None)
@given(st.floats(-20, 50), st.floats(15, 80))
def test_facing_either_way_it_sees_the_same_back(rounder: float, lean: float) -> None:
    chord = np.array(((90, 200), (90 + 75 * math.sin(math.radians(lean)), 200 - 75 * math.cos(math.radians(lean)))))
    model, rays = Background(WIDTH, HEIGHT), Rays()
    other_model, other = Background(WIDTH, HEIGHT), Rays()
    for i in range(LEARNED + 1):
        model.watch(room(), nobody(i / 2))
        other_model.watch(room()[:, ::-1].copy(), nobody(i / 2))
    image = draw(room(seed=9), chord, arch(rounder), 1)
    assert rays.cast(image, model, chord.astype(np.float32), 1)
    assert other.cast(image[:, ::-1].copy(), other_model, mirrored(chord.astype(np.float32)), -1)
    assert other.ends == pytest.approx(rays.ends, abs=0.02, nan_ok=True)
    assert np.nanmean(np.abs(rays.ends - arch(rounder))) < 0.012


def test_twice_as_large_it_is_the_same_back() -> None:
    backs = []
    for scale in (1, 2):
        back, t = learned(scale)
        chord = CHORD * scale
        contour, _ = see(back, t, draw(room(seed=99, scale=scale), chord, arch(30), 1), chord)
        assert contour.why is Why.SEEN
        backs.append(contour)
    small, large = backs
    assert large.heights == pytest.approx(small.heights, abs=0.02, nan_ok=True)
    assert large.shape.lumbar == pytest.approx(small.shape.lumbar, abs=4)


@pytest.mark.parametrize("rounder", [0, 20, 45])
@pytest.mark.parametrize("facing", [1, -1])
def test_a_rounder_back_is_seen_to_be_rounder(rounder: float, facing: int) -> None:
    back, t = learned()
    chord = CHORD if facing > 0 else mirrored(CHORD)
    contour, _ = see(back, t, draw(room(seed=99), chord, arch(rounder), facing), chord, facing)
    assert contour.why is Why.SEEN
    assert contour.facing == facing
    assert contour.shape.lumbar == pytest.approx(measure(arch(rounder)).lumbar, abs=4)
    inside = contour.heights == contour.heights
    assert contour.heights[inside] == pytest.approx(arch(rounder)[inside], abs=0.03)


def test_it_looks_five_times_a_second() -> None:
    back, t = learned()
    image = draw(room(), CHORD, arch(10), 1)
    looked = [back.look(image, pose_of(CHORD, 1, t + i / 30)) is not None for i in range(60)]
    assert 9 <= sum(looked) <= 11


def test_the_room_must_have_been_seen_empty() -> None:
    contour, _ = see(Back(), 0.0, draw(room(), CHORD, arch(10), 1))
    assert contour.why is Why.NO_BACKGROUND
    assert np.isnan(contour.heights).all()
    assert math.isnan(contour.shape.lumbar)


def test_a_person_is_never_learned() -> None:
    back, t = learned()
    image = draw(room(seed=99), CHORD, arch(10), 1)
    first, t = see(back, t, image)
    for _ in range(60):
        last, t = see(back, t, image)
    assert last.why is Why.SEEN
    assert last.heights == pytest.approx(first.heights, abs=1e-6, nan_ok=True)


def test_who_stands_there_from_the_first_is_no_room() -> None:
    back, t = Back(), 0.0
    image = draw(room(seed=99), CHORD, arch(10), 1)
    for _ in range(30):
        contour, t = see(back, t, image)
    assert contour.why is Why.NO_BACKGROUND


@pytest.mark.parametrize("gain", [0.75, 1.2, np.array((1.1, 1.0, 0.85))], ids=["darker", "lighter", "warmer"])
def test_the_cameras_own_gain_is_compensated(gain: float | np.ndarray) -> None:
    back, t = learned()
    before, t = see(back, t, draw(room(seed=99), CHORD, arch(25), 1))
    after, t = see(back, t, draw(room(gain, seed=98), CHORD, arch(25), 1, 0.9))
    assert (before.why, after.why) == (Why.SEEN, Why.SEEN)
    assert after.shape.lumbar == pytest.approx(before.shape.lumbar, abs=3)
    for _ in range(20):  # and it is not learned beside the person, which would be wrong behind them
        after, t = see(back, t, draw(room(gain, seed=98), CHORD, arch(25), 1, 0.9))
    assert after.shape.lumbar == pytest.approx(before.shape.lumbar, abs=3)


def lamp() -> np.ndarray:
    """What a lamp at the side does to a room: twice the light there, none more at the other."""
    return np.linspace(0.5, 1.3, WIDTH)[None, :, None]


def test_a_lamp_switched_on_is_known_at_once_and_learned_anew() -> None:
    back, t = learned()
    contour, t = see(back, t, draw(room(seed=99), CHORD, arch(10), 1))
    lit = draw(room(lamp(), seed=98), CHORD, arch(10), 1)
    assert back.look(lit, pose_of(CHORD, 1, t)).why is Why.LIGHT_CHANGED  # type: ignore[union-attr]
    for _ in range(10):
        contour, t = see(back, t, lit)
    assert contour.why is Why.LIGHT_CHANGED  # the wall behind the person is not known in this light
    for _ in range(60):
        back.look(room(lamp(), seed=97), nobody(t))
        t += 0.2
    contour, t = see(back, t, lit)
    assert contour.why is Why.SEEN
    assert contour.shape.lumbar == pytest.approx(measure(arch(10)).lumbar, abs=4)


def test_a_flash_passes() -> None:
    back, t = learned()
    image = draw(room(seed=99), CHORD, arch(10), 1)
    _, t = see(back, t, image)
    assert back.look(room(lamp()), pose_of(CHORD, 1, t)).why is Why.LIGHT_CHANGED  # type: ignore[union-attr]
    assert see(back, t + 0.2, image)[0].why is Why.SEEN


def test_a_shadow_is_not_the_person() -> None:
    back, t = learned()
    wall = room(seed=99)
    before, t = see(back, t, draw(wall, CHORD, arch(10), 1))
    shaded = wall.copy()
    shaded[100:170, 60:140] = (shaded[100:170, 60:140] * 0.75).astype(np.uint8)
    after, t = see(back, t, draw(shaded, CHORD, arch(10), 1))
    assert after.why is Why.SEEN
    assert after.heights == pytest.approx(before.heights, abs=0.02, nan_ok=True)


def test_who_walks_in_is_company() -> None:
    back, t = learned()
    image = draw(room(seed=99), CHORD, arch(10), 1)
    _, t = see(back, t, image)
    image[100:320, 4:30] = (30, 120, 60)
    assert see(back, t, image)[0].why is Why.COMPANY


def test_who_walks_behind_is_known_at_once_and_while_they_are_hidden() -> None:
    back, t = learned(2)  # a picture in which the person leaves room beside them
    alone = draw(room(seed=99, scale=2), CHORD, arch(10), 1)
    contour, t = see(back, t, alone)
    assert contour.why is Why.SEEN
    beside = alone.copy()
    beside[120:420, 330:] = (30, 120, 60)  # coming in at the edge
    looked = back.look(beside, pose_of(CHORD, 1, t, (2 * WIDTH, 2 * HEIGHT)))
    assert looked is not None
    assert looked.why is Why.COMPANY
    contour, t = see(back, t + 0.2, alone)
    assert contour.why is Why.COMPANY
    assert see(back, t + 1, alone)[0].why is Why.SEEN


@pytest.mark.parametrize("down", [3, -3])
def test_a_knock_is_told_by_an_edge_of_the_floor(down: int) -> None:
    """Even where the floor is as a shadow of the wall."""

    def with_floor(seed: int, down: int) -> np.ndarray:
        image = room(seed=seed, scale=2)
        image[560 + down :] = image[560 + down :] * 0.75
        return image

    back, t, size = Back(), 0.0, (2 * WIDTH, 2 * HEIGHT)
    while t < EMPTY:
        back.look(with_floor(round(t * 10), 0), nobody(t, size))
        t += 0.2
    contour, t = see(back, t, draw(with_floor(99, 0), CHORD, arch(10), 1))
    assert contour.why is Why.SEEN
    knocked = draw(with_floor(99, down), CHORD, arch(10), 1)
    looked = back.look(knocked, pose_of(CHORD, 1, t, size))
    assert looked is not None
    assert looked.why is Why.LIGHT_CHANGED


def test_a_wall_that_becomes_too_bright_to_tell_is_still_the_wall() -> None:
    """What is lighter than white is white: the gain is learned of the floor."""

    def lit(gain: float, seed: int) -> np.ndarray:
        light = np.full((HEIGHT, 1, 1), gain)
        light[200:] *= 0.6
        return room(light, seed)

    back, t = Back(), 0.0
    while t < EMPTY:
        back.look(lit(1.0, round(t * 10)), nobody(t))
        t += 0.2
    before, t = see(back, t, draw(lit(1.0, 99), CHORD, arch(25), 1))
    after, t = see(back, t, draw(lit(1.45, 98), CHORD, arch(25), 1, 1.45))
    assert (before.why, after.why) == (Why.SEEN, Why.SEEN)
    assert after.shape.lumbar == pytest.approx(before.shape.lumbar, abs=3)


def test_in_another_light_the_wall_is_learned_while_the_person_is_elsewhere() -> None:
    """What is outside the person is learned beside them; the rest as soon as they have stepped aside."""
    back, t = learned(2)
    aside = CHORD + np.array((180, 0), np.float32)

    def lit(chord: np.ndarray, seed: int) -> np.ndarray:
        light = np.linspace(0.5, 1.3, 2 * WIDTH)[None, :, None]
        return draw(room(light, seed, scale=2), chord, arch(10), 1)

    contour, t = see(back, t, draw(room(seed=99, scale=2), CHORD, arch(10), 1))
    assert contour.why is Why.SEEN
    for chord, sees in ((CHORD, Why.LIGHT_CHANGED), (aside, Why.SEEN), (CHORD, Why.SEEN)):
        for _ in range(4):  # 8 s
            contour, t = see(back, t, lit(chord, round(t)), chord)
        assert contour.why is sees


def test_clothes_like_the_wall_are_unseen() -> None:
    back, t = learned()
    image = draw(room(seed=99), CHORD, arch(10), 1)
    person = (image == np.array(SHIRT)).all(axis=2)
    image[person] = np.array(WALL) - 8
    assert see(back, t, image)[0].why is Why.LIKE_THE_WALL


def test_patches_of_clothes_like_the_wall_do_no_harm() -> None:
    back, t = learned()
    image = draw(room(seed=99), CHORD, arch(10), 1)
    plain, t = see(back, t, image)
    along, out = CHORD[1] - CHORD[0], np.array((CHORD[1] - CHORD[0])[::-1]) * (1, -1)
    x, y = (CHORD[0] + 0.5 * along + 0.12 * out).astype(int).tolist()
    assert (image[y, x] == np.array(SHIRT)).all()
    image[y - 4 : y + 4, x - 4 : x + 4] = WALL
    patched, t = see(back, t, image)
    assert patched.why is Why.SEEN
    both = np.flatnonzero((patched.heights == patched.heights) & (plain.heights == plain.heights))
    assert len(both) > 0.9 * STATIONS
    assert patched.heights[both] == pytest.approx(plain.heights[both], abs=0.02)


def test_an_arm_behind_the_back_is_unseen() -> None:
    back, t = learned()
    image = draw(room(seed=99), CHORD, arch(10), 1)
    _, t = see(back, t, image)
    pose = pose_of(CHORD, 1, t)
    pose.points[LEFT_WRIST] = CHORD.mean(axis=0) + np.array((-15, -25))
    assert back.look(image, pose).why is Why.ARMS  # type: ignore[union-attr]


def haired(heights: np.ndarray) -> np.ndarray:
    """With hair on the upper back that stands off it by 0.07 of the chord and ends at once."""
    return (heights + 0.07 * (STANDS > 0.66)).astype(np.float32)


@pytest.mark.parametrize("rounder", [0, 30])
@pytest.mark.parametrize("facing", [1, -1])
def test_hair_on_the_back_is_known_until_it_is_tied_up(rounder: float, facing: int) -> None:
    back, t = learned()
    chord = CHORD if facing > 0 else mirrored(CHORD)
    contour, t = see(back, t, draw(room(seed=99), chord, haired(arch(rounder)), facing), chord, facing)
    assert contour.why is Why.HAIR
    assert np.isnan(contour.heights).all()
    tied = draw(room(seed=98), chord, arch(rounder), facing)
    contour, t = see(back, t, tied, chord, facing)
    assert see(back, t, tied, chord, facing)[0].why is Why.SEEN


def test_whoever_comes_next_has_hair_of_their_own() -> None:
    back, t = learned()
    _, t = see(back, t, draw(room(seed=99), CHORD, haired(arch(10)), 1))
    back.look(room(seed=98), nobody(t))
    contour = back.look(draw(room(seed=97), CHORD, arch(10), 1), pose_of(CHORD, 1, t + 0.2))
    assert contour is not None
    assert contour.why is not Why.HAIR


def test_folds_are_not_smooth() -> None:
    back, t = learned()
    bumpy = arch(10) + 0.035 * np.sin(STANDS * 25)
    assert see(back, t, draw(room(seed=99), CHORD, bumpy, 1))[0].why is Why.NOT_SMOOTH


def test_a_turned_person_is_oblique() -> None:
    back, t = learned()
    image = draw(room(seed=99), CHORD, arch(10), 1)
    contour = None
    for _ in range(20):
        pose = pose_of(CHORD, 1, t)
        pose.points[LEFT_SHOULDER : LEFT_SHOULDER + 2, 0] += (20, -20)
        contour = back.look(image, pose) or contour
        t += 0.2
    assert contour is not None
    assert contour.why is Why.OBLIQUE


def test_who_stands_at_the_edge_is_outside() -> None:
    back, t = learned()
    chord = CHORD + np.array((-62, 0), np.float32)
    assert see(back, t, draw(room(seed=99), chord, arch(10), 1), chord)[0].why is Why.OUTSIDE


def test_hidden_joints_are_no_trouble() -> None:
    back, t = learned()
    pose = pose_of(CHORD, 1, t)
    unknown = Pose(t, np.full((17, 2), np.nan, np.float32), pose.scores, WIDTH, HEIGHT)
    unseen = Pose(t + 1, pose.points, np.zeros(17, np.float32), WIDTH, HEIGHT)
    for hidden in (unknown, unseen):
        contour = back.look(room(), hidden)
        assert contour is not None
        assert contour.why


def test_a_picture_of_another_size_begins_anew() -> None:
    back, t = learned()
    contour, _ = see(back, t, draw(room(scale=2), CHORD * 2, arch(10), 1), CHORD * 2)
    assert contour.why is Why.NO_BACKGROUND


def numbers_of(pose: Pose, t: float) -> Pose:
    return Pose(t, pose.points, pose.scores, pose.width, pose.height, pose.present)


def test_memory_does_not_grow() -> None:
    size = (36, 64)
    model = Background(*size)
    image = room()[: size[1], : size[0]].copy()
    arrays = [value for value in vars(model).values() if isinstance(value, np.ndarray)]
    sizes = [sys.getsizeof(array) for array in arrays]

    def watch_on(times: int, start: float) -> None:
        for i in range(times):
            model.watch(image, nobody(start + i, size))

    watch_on(9_000, 0.0)
    tracemalloc.start()
    watch_on(100, 9_000.0)  # what is kept of the newest, as the gain is
    before, _ = tracemalloc.get_traced_memory()
    watch_on(900, 9_100.0)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 2048
    now = [value for value in vars(model).values() if isinstance(value, np.ndarray)]
    assert all(one is other for one, other in zip(arrays, now, strict=True))
    assert [sys.getsizeof(array) for array in now] == sizes


def test_nor_does_it_beside_a_person() -> None:
    back, t = learned()
    image, pose = draw(room(seed=99), CHORD, arch(10), 1), pose_of(CHORD, 1, t)
    for i in range(50):
        back.look(image, numbers_of(pose, t + i))
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for i in range(50, 500):
        back.look(image, numbers_of(pose, t + i))
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 4096


def test_a_person_in_view_is_never_learned_even_as_noise() -> None:
    """Whatever a person wears and wherever they stand, the model behind them stays what it was."""
    model = Background(WIDTH, HEIGHT)
    for i in range(LEARNED + 2):
        model.watch(room(), nobody(i / 2))
    before = model._room.copy()
    pose = pose_of(CHORD, 1, 0.0)
    left, top, right, bottom = grown_box(pose)
    for i in range(50):
        model.watch(draw(room(seed=i), CHORD, arch(10), 1), numbers_of(pose, 20.0 + i))
    inside = np.s_[top:bottom, 3 * left : 3 * right]
    assert np.array_equal(model._room[inside], before[inside])
