"""What drills measure beyond the stacked angles: golden numbers, invariances, and what an unseen joint does to them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from bending import facing_person, lying, mirrored, one_leg, person
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.drills import DRILLS
from kiosk.scoring.geometry import COLUMNS, HIP, KNEE, RAW, Geometry
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
from kiosk.scoring.quantities import ANKLE_AT_HIP, CORE, QUANTITIES, Unit, columns_of, extras_of
from kiosk.scoring.verdict import View

BY_NAME = {quantity.name: quantity for quantity in QUANTITIES}
NAMES = sorted(name for name, quantity in BY_NAME.items() if not quantity.outline)


def value(name: str, points: np.ndarray, near: int = 0, facing: float = 1.0) -> float:
    return BY_NAME[name].value(points.tolist(), near, facing)


def moved(points: np.ndarray, joint: int, x: float, y: float) -> np.ndarray:
    """``points`` with both sides of ``joint`` moved by that many pixels, forward and down."""
    points = points.copy()
    points[joint : joint + (1 if joint == NOSE else 2)] += (x, y)
    return points


# A shin is 100 pixels long in these, a trunk 118.
def hand_at(x: float, y: float) -> np.ndarray:
    """A standing person with hands so far before and below the ankle, pixels."""
    points = person()
    points[LEFT_WRIST : LEFT_WRIST + 2] = points[LEFT_ANKLE] + (x, y)
    return points


GOLDEN = [
    ("reach_ahead", hand_at(90, -20), 0.9),
    ("bar_off", hand_at(30, -50), 0.30),
    ("bar_off", hand_at(-20, -250), -0.20),  # above the knee: from the knee itself
    ("hands_up", hand_at(0, -200 - 118 - 59), 0.5),
    ("arms_forward", hand_at(59, -300), 0.5),
    ("ankle_rise", person(), -560.0),
    ("shrug", person(), 53.0),
    ("balance", hand_at(0, -250), 0.0),
    ("hip_rise", person(), -360.0),
    ("bridge", lying(bridge=0.25), 0.25),
    ("bridge", lying(bridge=-0.25), -0.25),
    ("line", person(trunk=90, thigh=-90, shin=90), 0.0),
    ("line", moved(person(trunk=90, thigh=-90, shin=90), LEFT_HIP, 0, 31.8), 0.1),  # sags
    ("line", moved(person(trunk=90, thigh=-90, shin=90), LEFT_HIP, 0, -31.8), -0.1),  # pikes
    ("curl", person(), -218.0),
    ("neck_pull", person(), math.hypot(53, 25)),
    ("knee_bend", person(thigh=60, shin=30), 90.0),
    ("roller", hand_at(30, -40), 50.0),
    ("shoulders_across", person(), 0.0),
    ("shoulders_across", facing_person(), 0.71 * 118),
    ("left_hip", one_leg(trunk=40, left=20, right=-30), 60.0),
    ("right_hip", one_leg(trunk=40, left=20, right=-30), 10.0),
    ("extension", one_leg(trunk=0, left=5, right=-20), 20.0),
    ("stance_knee", one_leg(trunk=40, left=15, right=-60), 15.0),
    ("free_hip", one_leg(trunk=70, left=15, right=-60), 10.0),
    ("thighs_apart", one_leg(trunk=40, left=15, right=-60), 75.0),
    ("hips_down", facing_person(), 360.0),
    ("shoulders_down", facing_person(), 242.0),
    ("lean_near", facing_person(), 242.0),
    ("knee_in_left", facing_person(knees_in=10), 10.0),
    ("knee_in_right", facing_person(knees_in=10), 10.0),
    ("knee_in_right", facing_person(knees_in=-5), -5.0),
    ("knee_gap", facing_person(stance=0.5 / 0.71), 1.0),
    ("stance", facing_person(stance=1.2), 1.2),
    ("hip_stance", facing_person(stance=1.0), 0.71 / 0.5),
    ("pelvis_tilt", facing_person(), 0.0),
    ("ankles_rise", facing_person(ankle_y=540.0), -540.0),
    ("free_rise", facing_person(), 0.0),
    ("ankle_step", facing_person(), 180.0),
    ("sink_width", facing_person(), 0.71 * 118),
    ("sink_gap", facing_person(), 53 / (0.71 * 118)),
    ("sink_hips", facing_person(), 0.5 * 118),
]


@pytest.mark.parametrize(("name", "points", "expected"), GOLDEN)
def test_golden_numbers(name: str, points: np.ndarray, expected: float) -> None:
    assert value(name, points) == pytest.approx(expected, abs=1e-3)


def test_the_lifted_foot_has_a_side_and_a_height() -> None:
    points = one_leg(trunk=40, left=15, right=-60)
    rise = (points[LEFT_ANKLE, 1] - points[RIGHT_ANKLE, 1]) / 100
    assert rise > 0.3
    assert value("lifted", points) == pytest.approx(-rise)
    assert value("planted", points) == pytest.approx(rise)
    assert value("free_rise", points) == pytest.approx(rise)


def test_an_ankle_on_the_hip_is_a_guess_and_lifts_no_foot() -> None:
    points = person()
    points[RIGHT_ANKLE] = points[RIGHT_HIP] + (5, 20)
    assert all(math.isnan(value(name, points)) for name in ("lifted", "planted", "free_rise"))


def test_the_knee_of_the_foot_that_is_down_is_the_near_one_unless_that_foot_is_up() -> None:
    points = lying()
    assert value("planted_knee", points) == pytest.approx(value("knee_bend", points))
    points[LEFT_ANKLE] = points[LEFT_KNEE] + (90, -40)
    assert value("planted_knee", points) == pytest.approx(value("knee_bend", points, near=1))


def test_the_leg_taken_back_has_a_side_and_the_other_one_stands_though_both_feet_are_on_the_floor() -> None:
    points = person(trunk=40, thigh=15)
    points[LEFT_ANKLE] -= (60, 2)
    points[LEFT_KNEE] -= (40, 0)
    assert value("behind", points) == pytest.approx(0.6, abs=0.02)
    points[LEFT_ANKLE + 1, 1] -= 4
    assert value("stance_knee", points) == pytest.approx(value("knee_bend", points, near=1))


def test_a_standing_leg_with_the_knee_of_the_other_one_is_not_believed() -> None:
    points = one_leg(trunk=40, left=15, right=-60)
    points[LEFT_KNEE] = points[LEFT_KNEE + 1]
    assert math.isnan(value("stance_knee", points))


def test_the_leg_taken_back_has_a_side() -> None:
    points = person()
    points[RIGHT_ANKLE, 0] -= 50
    assert value("behind", points) == pytest.approx(-0.5)
    assert value("behind", points, facing=-1) == pytest.approx(0.5)


def test_the_lower_hand_has_a_side() -> None:
    points = person()
    points[LEFT_WRIST] = points[LEFT_ANKLE] + (0, -20)
    points[LEFT_WRIST + 1] = points[LEFT_ANKLE] + (0, -138)
    assert value("hand_low", points) == pytest.approx(1.0)


def test_an_elbow_is_under_the_shoulder_wherever_the_floor_is() -> None:
    points = person(trunk=90, thigh=-90, shin=90)
    points[LEFT_ELBOW] = points[LEFT_SHOULDER] + (0, 60)
    assert value("elbow_under", points) == pytest.approx(0, abs=1e-6)
    points[LEFT_ELBOW] += (59, 0)
    assert value("elbow_under", points) == pytest.approx(0.5)


def test_a_tilted_pelvis_and_a_turned_head_are_seen_from_the_front() -> None:
    points = facing_person()
    points[LEFT_HIP, 1] -= 10
    assert value("pelvis_tilt", points) == pytest.approx(math.degrees(math.atan2(10, 59)), abs=0.01)
    points[NOSE, 0] += 30
    assert math.isnan(value("sink_gap", points))


@settings(max_examples=60, deadline=None)
@given(trunk=st.floats(-20, 100), thigh=st.floats(-10, 110), shin=st.floats(-20, 45))
def test_what_both_tables_measure_is_the_same(trunk: float, thigh: float, shin: float) -> None:
    points = person(trunk, thigh, shin)
    row = Geometry().measure(np.stack([points, points]).astype(np.float32), 0, 1)[RAW]
    assert value("knee_bend", points) == pytest.approx(float(row[KNEE]), abs=0.02)
    assert value("left_hip", points) == pytest.approx(float(row[HIP]), abs=0.02)


@st.composite
def bodies(draw: st.DrawFn) -> np.ndarray:
    """Seventeen points anywhere, in a body's order of size."""
    numbers = draw(st.lists(st.floats(-150, 150), min_size=34, max_size=34))
    return np.array(numbers).reshape(17, 2).round(1) + np.array([180, 320])


#: What is mirrored into its opposite, or into another quantity: sides are the person's own.
OTHER_SIDE = {
    "left_hip": "right_hip", "right_hip": "left_hip", "knee_in_left": "knee_in_right", "knee_in_right": "knee_in_left",
}  # fmt: skip
TURNS_SIGN = {"lifted", "planted", "behind", "hand_low", "pelvis_tilt"}
PLACES = {"ankle_step"}
#: Pixels from the picture's edge: shifted with the person.
DOWN = {"ankle_rise": -1, "hip_rise": -1, "ankles_rise": -1, "hips_down": 1, "shoulders_down": 1, "lean_near": 1}
#: Where angles begin and end: which of the two is a matter of rounding.
SEAMS = (-180, -90, 180, 270)


def on_the_edge(points: np.ndarray, near: int) -> bool:
    """An ankle is just as near to its hip as it may be, so that rounding says whether it is believed."""
    knee, hips, ankles = points[LEFT_KNEE + near], points[[LEFT_HIP, RIGHT_HIP]], points[[LEFT_ANKLE, RIGHT_ANKLE]]
    shin = np.linalg.norm(knee - ankles[near])
    return bool((abs(np.linalg.norm(hips - ankles, axis=1) - ANKLE_AT_HIP * shin) < 1e-3).any())


@settings(max_examples=60, deadline=None)
@given(points=bodies(), near=st.integers(0, 1), facing=st.sampled_from([1.0, -1.0]))
@pytest.mark.parametrize("name", NAMES)
def test_the_mirror_image_measures_the_same(name: str, points: np.ndarray, near: int, facing: float) -> None:
    if name in PLACES or points[LEFT_ANKLE, 1] == points[RIGHT_ANKLE, 1]:
        return
    plain = value(name, points, near, facing)
    other = value(OTHER_SIDE.get(name, name), mirrored(points), 1 - near, -facing)
    if all(abs(plain - seam) > 0.01 for seam in SEAMS) or BY_NAME[name].unit is not Unit.DEGREES:
        assert other == pytest.approx(-plain if name in TURNS_SIGN else plain, abs=1e-6, nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(points=bodies(), near=st.integers(0, 1), x=st.floats(-300, 300), y=st.floats(-300, 300), size=st.floats(0.5, 2))
@pytest.mark.parametrize("name", NAMES)
def test_place_and_size_change_only_what_is_counted_in_pixels(
    name: str, points: np.ndarray, near: int, x: float, y: float, size: float
) -> None:
    plain, quantity = value(name, points, near), BY_NAME[name]
    if any(abs(plain - seam) < 0.01 for seam in SEAMS) or on_the_edge(points, near):
        return
    shift = DOWN.get(name, 0) * y + (x if name in PLACES else 0)
    assert value(name, points + np.array([x, y]), near) == pytest.approx(plain + shift, rel=1e-4, abs=1e-4, nan_ok=True)
    pixels = quantity.unit in (Unit.TRUNKS, Unit.SHINS, Unit.WIDTHS) or name in PIXEL_CHANGES
    assert value(name, points * size, near) == pytest.approx(plain * (size if pixels else 1), rel=1e-4, nan_ok=True)


PIXEL_CHANGES = {"shrug", "curl", "neck_pull", "roller", "sink_width", "sink_hips"}


@settings(max_examples=150, deadline=None)
@given(
    points=bodies(),
    lost=st.lists(st.integers(0, 33), max_size=34),
    together=st.lists(st.integers(0, 16), max_size=6),
    near=st.integers(0, 1),
    facing=st.sampled_from([1.0, -1.0, math.nan]),
)
def test_nothing_raises_whatever_is_missing_or_falls_together(
    points: np.ndarray, lost: list[int], together: list[int], near: int, facing: float
) -> None:
    points[together] = points[0]
    points.reshape(34)[lost] = np.nan
    for name in NAMES:
        assert not math.isinf(value(name, points, near, facing))


#: The joints without which a quantity is unknown, on the near side (and on the other where that is not None).
MADE_OF = {
    "reach_ahead": (LEFT_WRIST, LEFT_KNEE, LEFT_ANKLE), "bar_off": (LEFT_WRIST, LEFT_KNEE, LEFT_ANKLE),
    "hands_up": (LEFT_WRIST, LEFT_SHOULDER, LEFT_HIP), "arms_forward": (LEFT_WRIST, LEFT_SHOULDER, LEFT_HIP),
    "ankle_rise": (LEFT_ANKLE,), "shrug": (LEFT_EAR, LEFT_SHOULDER),
    "balance": (LEFT_EAR, LEFT_SHOULDER, LEFT_WRIST, LEFT_HIP, LEFT_KNEE, LEFT_ANKLE), "hip_rise": (LEFT_HIP,),
    "bridge": (LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE), "line": (LEFT_SHOULDER, LEFT_HIP, LEFT_ANKLE),
    "elbow_under": (LEFT_SHOULDER, LEFT_ELBOW, LEFT_ANKLE), "curl": (LEFT_KNEE, LEFT_SHOULDER),
    "neck_pull": (NOSE, LEFT_SHOULDER), "knee_bend": (LEFT_HIP, LEFT_KNEE, LEFT_ANKLE),
    "shoulders_across": (LEFT_SHOULDER, LEFT_SHOULDER + 1), "planted_knee": (LEFT_HIP, LEFT_KNEE, LEFT_ANKLE),
    "roller": (LEFT_WRIST, LEFT_ANKLE), "left_hip": (LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE),
    "right_hip": (LEFT_SHOULDER, RIGHT_HIP, LEFT_KNEE + 1), "extension": (LEFT_SHOULDER, LEFT_KNEE, LEFT_KNEE + 1),
    "stance_knee": (LEFT_ANKLE, RIGHT_ANKLE), "free_hip": (LEFT_ANKLE, RIGHT_ANKLE, LEFT_SHOULDER),
    "free_rise": (LEFT_ANKLE, RIGHT_ANKLE), "lifted": (LEFT_ANKLE, RIGHT_ANKLE), "planted": (LEFT_ANKLE, RIGHT_ANKLE),
    "behind": (LEFT_KNEE, LEFT_ANKLE, RIGHT_ANKLE),
    "hand_low": (LEFT_WRIST, LEFT_ANKLE, LEFT_WRIST + 1, RIGHT_ANKLE), "thighs_apart": (LEFT_KNEE, LEFT_KNEE + 1),
    "hips_down": (LEFT_HIP, RIGHT_HIP), "shoulders_down": (LEFT_SHOULDER, LEFT_SHOULDER + 1),
    "knee_in_left": (LEFT_HIP, LEFT_KNEE, LEFT_ANKLE), "knee_in_right": (RIGHT_HIP, LEFT_KNEE + 1, RIGHT_ANKLE),
    "knee_gap": (LEFT_KNEE, LEFT_KNEE + 1, LEFT_ANKLE, RIGHT_ANKLE), "stance": (LEFT_ANKLE, RIGHT_ANKLE, LEFT_SHOULDER),
    "hip_stance": (LEFT_ANKLE, RIGHT_ANKLE, LEFT_HIP, RIGHT_HIP), "pelvis_tilt": (LEFT_HIP, RIGHT_HIP),
    "ankles_rise": (LEFT_ANKLE, RIGHT_ANKLE),
    "ankle_step": (LEFT_ANKLE, RIGHT_ANKLE), "lean_near": (LEFT_SHOULDER, LEFT_SHOULDER + 1),
    "sink_gap": (LEFT_SHOULDER, LEFT_SHOULDER + 1), "sink_width": (LEFT_SHOULDER, LEFT_SHOULDER + 1),
    "sink_hips": (LEFT_HIP, RIGHT_HIP),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_joint_not_seen_is_a_number_not_known(name: str) -> None:
    for joint in MADE_OF[name]:
        points = one_leg(trunk=40, left=15, right=-60)
        points[joint] = np.nan
        assert math.isnan(value(name, points)), f"{name} without joint {joint}"


def test_who_faces_nowhere_has_nothing_before_them() -> None:
    forward = ("reach_ahead", "bar_off", "arms_forward", "balance", "bridge", "line", "left_hip", "knee_bend")
    assert all(math.isnan(value(name, person(), facing=math.nan)) for name in forward)


def test_what_is_seen_from_the_front_alone_is_not_measured_from_the_side() -> None:
    gap = BY_NAME["knee_gap"]
    points = facing_person(stance=0.5 / 0.71).tolist()
    assert math.isnan(gap.seen_from(View.SIDE)(points, 0, 1.0))
    assert gap.seen_from(View.FRONT)(points, 0, 1.0) == pytest.approx(1)


def test_a_drill_has_the_columns_it_asks_for_and_no_other() -> None:
    for drill in DRILLS:
        columns, extras = columns_of(drill), extras_of(drill)
        assert set(columns) == {*CORE, *(extra.name for extra in extras)}
        assert [columns[extra.name] for extra in extras] == list(range(COLUMNS, COLUMNS + len(extras)))
        assert set(drill.quantities) <= set(columns)
