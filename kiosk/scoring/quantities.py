"""What a drill may measure of one frame beyond the stacked angles of geometry: plain numbers, only those it asks for.

To add one: one entry in QUANTITIES.  Each is a small function of plain floats, because for a single number those are
quicker than arrays (biomechanics 5.6).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from kiosk.scoring.geometry import (
    COLUMNS,
    FACE,
    HIP,
    HIP_Y,
    KNEE,
    LEAN,
    NECK,
    NEEDS,
    RETREAT,
    SHIN,
    SHOULDER_Y,
    THIGH,
    TRAVEL,
    TRUNK,
    Points,
)
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
    RIGHT_EAR,
    RIGHT_HIP,
    RIGHT_KNEE,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)
from kiosk.scoring.verdict import View

if TYPE_CHECKING:
    from kiosk.scoring.drill import Drill

#: Mass of a body's parts as shares of the whole, each at the middle of its two joints, but the trunk's so far from the
#: shoulder to the hip; the foot's is counted at the ankle, the head's at the ear (biomechanics 0.3).
HEAD_MASS, TRUNK_MASS, THIGH_MASS, SHIN_MASS, FOOT_MASS, ARM_MASS = 0.07, 0.43, 0.28, 0.09, 0.03, 0.10
TRUNK_CENTRE = 0.45
#: A nose further from the middle of the ears, in shoulder widths, means a turned head; and the steepest line between
#: the shoulders, as the tangent of 12 degrees, over which a lean at the basin can be told (biomechanics 4.4).
HEAD_TURNED, SHOULDERS_TILTED = 0.25, 0.21
#: An ankle nearer to its hip than this, shin lengths, is a guess: no knee bends so far, and where the model cannot see
#: an ankle it likes to put it on the hand or the hip.
ANKLE_AT_HIP = 0.5
#: An ankle that is higher than the other by this, shin lengths, is of a leg that is lifted.
LIFTED = 0.3
#: A foot that slides back leaves the floor by less than a camera is sure of: so much of its way back counts as height.
BEHIND_SHARE = 0.5
#: No knee bends less or more, degrees (a straight one reads 13 to 19, signals 1): the model has put the one leg's knee
#: on the other leg.
KNEE_BENDS = (-12.0, 165.0)


class Unit(Enum):
    """In what a quantity counts once it is calibrated."""

    DEGREES = auto()  # difference from the start, as it is counted
    TRUNKS = auto()  # pixels: difference from the start, in trunk lengths
    SHINS = auto()  # pixels: difference from the start, in shin lengths
    WIDTHS = auto()  # pixels: difference from the start, in shoulder widths (``sink_width``)
    CHANGE = auto()  # difference from the start as a share of the start's size
    ABSOLUTE = auto()  # as it is, whatever it was at the start


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of one frame: ``value`` of (points, near side 0 left or 1 right, facing +1, -1 or NaN if unknown).

    ``view``: from where it means something, and is measured; None from everywhere.  ``outline``: the number of the
    back's outline (kiosk.scoring.dorsal.contour.Shape) that it is, "" of those that points tell.
    """

    name: str
    unit: Unit
    value: Callable[[Points, int, float], float]
    view: View | None = None
    outline: str = ""

    def seen_from(self, view: View) -> Callable[[Points, int, float], float]:
        """How it is measured in a set filmed from ``view``, the side or the front."""
        return self.value if self.view in (None, view) else _unseen


#: Columns of geometry by the names that drills use.
CORE = {
    "trunk": TRUNK, "knee": KNEE, "hip": HIP, "thigh": THIGH, "shin": SHIN, "lean": LEAN, "neck": NECK, "face": FACE,
    "hip_drop": HIP_Y, "shoulder_drop": SHOULDER_Y, "retreat": RETREAT, "travel": TRAVEL,
}  # fmt: skip


def _unseen(points: Points, near: int, facing: float) -> float:
    """What cannot be seen from here."""
    return math.nan


# The parts that quantities are made of.


def _positive(length: float) -> float:
    """A length to divide by."""
    return length if length > 0 else math.nan


def _apart(points: Points, one: int, other: int) -> float:
    """How far two joints are apart, pixels."""
    (ax, ay), (bx, by) = points[one], points[other]
    return _positive(math.hypot(ax - bx, ay - by))


def _across(points: Points, left: int, right: int) -> float:
    """How far two joints are apart from left to right, pixels."""
    return _positive(abs(points[left][0] - points[right][0]))


def _trunk_px(points: Points, near: int) -> float:
    return _apart(points, LEFT_HIP + near, LEFT_SHOULDER + near)


def _shin_px(points: Points, near: int) -> float:
    return _apart(points, LEFT_ANKLE + near, LEFT_KNEE + near)


def _inclination(points: Points, tail: int, head: int, facing: float) -> float:
    """Degrees from upright of the segment from ``tail`` to ``head``, + forward (biomechanics 0.2)."""
    (ax, ay), (bx, by) = points[tail], points[head]
    return math.degrees(math.atan2(facing * (bx - ax), ay - by))


def _turn(degrees: float) -> float:
    """Within ±180."""
    return (degrees + 180) % 360 - 180


def _flexion(degrees: float) -> float:
    """Within -90 and 270, as geometry keeps knees and hips."""
    return (degrees + 90) % 360 - 90


def _knee_of(points: Points, side: int, facing: float) -> float:
    """Knee flexion of one leg, degrees."""
    thigh = _inclination(points, LEFT_KNEE + side, LEFT_HIP + side, facing)
    return _flexion(_inclination(points, LEFT_ANKLE + side, LEFT_KNEE + side, facing) - thigh)


def _hip_of(points: Points, side: int, near: int, facing: float) -> float:
    """Hip flexion of one leg against the near side of the trunk, degrees."""
    thigh = _inclination(points, LEFT_KNEE + side, LEFT_HIP + side, facing)
    return _flexion(_inclination(points, LEFT_HIP + near, LEFT_SHOULDER + near, facing) - thigh)


def _hip_off(points: Points, near: int, end: int, facing: float) -> float:
    """The hip off the line from shoulder to ``end``, + towards the person's front, as a share of the line.

    The front of a body on its back is to the ceiling, that of one face down to the floor.
    """
    (sx, sy), (hx, hy), (ex, ey) = points[LEFT_SHOULDER + near], points[LEFT_HIP + near], points[end + near]
    along, down = ex - sx, ey - sy
    return facing * ((hx - sx) * down - (hy - sy) * along) / _positive(along * along + down * down)


def _lower(points: Points) -> int:
    """The side of the lower ankle, that which stands; -1 if either is not seen."""
    left, right = points[LEFT_ANKLE][1], points[RIGHT_ANKLE][1]
    if left >= right:
        return 0
    return 1 if right > left else -1


def _standing(points: Points, facing: float) -> int:
    """The side of the leg that stands, -1 if unknown: the other ankle is higher, or further back on the floor."""
    (left_x, left_y), (right_x, right_y) = points[LEFT_ANKLE], points[RIGHT_ANKLE]
    left_free = right_y - left_y + BEHIND_SHARE * facing * (right_x - left_x)
    if left_free > 0:
        return 1
    return 0 if left_free <= 0 else -1


# Seen from the side, on the near side.


def _reach_ahead(points: Points, near: int, facing: float) -> float:
    """Wrist before ankle, shin lengths (biomechanics 1.2, D23)."""
    return facing * (points[LEFT_WRIST + near][0] - points[LEFT_ANKLE + near][0]) / _shin_px(points, near)


def _bar_off(points: Points, near: int, facing: float) -> float:
    """Wrist before the line from knee to ankle, at the wrist's height, shin lengths (biomechanics 1.2, D15)."""
    (kx, ky), (ax, ay), (wx, wy) = points[LEFT_KNEE + near], points[LEFT_ANKLE + near], points[LEFT_WRIST + near]
    share = min(max((wy - ky) / _positive(abs(ay - ky)), 0.0), 1.0) if wy == wy else math.nan
    return facing * (wx - kx - share * (ax - kx)) / _shin_px(points, near)


def _hands_up(points: Points, near: int, facing: float) -> float:
    """Wrist above shoulder, trunk lengths."""
    return (points[LEFT_SHOULDER + near][1] - points[LEFT_WRIST + near][1]) / _trunk_px(points, near)


def _arms_forward(points: Points, near: int, facing: float) -> float:
    """Wrist before shoulder, trunk lengths (biomechanics 2.3, S7)."""
    return facing * (points[LEFT_WRIST + near][0] - points[LEFT_SHOULDER + near][0]) / _trunk_px(points, near)


def _ankle_rise(points: Points, near: int, facing: float) -> float:
    """The ankle above the picture's top, pixels (biomechanics 2.2, F6a)."""
    return -points[LEFT_ANKLE + near][1]


def _shrug(points: Points, near: int, facing: float) -> float:
    """Ear to shoulder, pixels (biomechanics 2.4, F11b)."""
    return _apart(points, LEFT_EAR + near, LEFT_SHOULDER + near)


def _balance(points: Points, near: int, facing: float) -> float:
    """Centre of mass before ankle, pixels (biomechanics 0.3)."""
    ear, shoulder, wrist = points[LEFT_EAR + near][0], points[LEFT_SHOULDER + near][0], points[LEFT_WRIST + near][0]
    hip, knee, ankle = points[LEFT_HIP + near][0], points[LEFT_KNEE + near][0], points[LEFT_ANKLE + near][0]
    centre = (
        HEAD_MASS * ear
        + TRUNK_MASS * (shoulder + TRUNK_CENTRE * (hip - shoulder))
        + THIGH_MASS * (hip + knee) / 2
        + SHIN_MASS * (knee + ankle) / 2
        + FOOT_MASS * ankle
        + ARM_MASS * (shoulder + wrist) / 2
    )
    return facing * (centre - ankle)


def _hip_rise(points: Points, near: int, facing: float) -> float:
    """The hip above the picture's top, pixels."""
    return -points[LEFT_HIP + near][1]


def _bridge(points: Points, near: int, facing: float) -> float:
    """The hip off the line from shoulder to knee, + to the ceiling, as a share of it (biomechanics 1.2, D08)."""
    return _hip_off(points, near, LEFT_KNEE, facing)


def _line(points: Points, near: int, facing: float) -> float:
    """The hip off the line from shoulder to ankle, + sagging, as a share of it (biomechanics 1.2, D20)."""
    return _hip_off(points, near, LEFT_ANKLE, facing)


def _elbow_under(points: Points, near: int, facing: float) -> float:
    """How far the elbow is from under the shoulder, along the line to the ankle, trunk lengths (biomechanics 1.2)."""
    (sx, sy), (ex, ey), (ax, ay) = points[LEFT_SHOULDER + near], points[LEFT_ELBOW + near], points[LEFT_ANKLE + near]
    line = _apart(points, LEFT_SHOULDER + near, LEFT_ANKLE + near)
    return abs((ex - sx) * (ax - sx) + (ey - sy) * (ay - sy)) / line / _trunk_px(points, near)


def _curl(points: Points, near: int, facing: float) -> float:
    """Knee to shoulder, pixels, as a negative number: it grows as they come together (biomechanics 1.2, D22)."""
    return -_apart(points, LEFT_KNEE + near, LEFT_SHOULDER + near)


def _neck_pull(points: Points, near: int, facing: float) -> float:
    """Nose to shoulder, pixels (biomechanics 1.2, D21)."""
    return _apart(points, NOSE, LEFT_SHOULDER + near)


def _knee_bend(points: Points, near: int, facing: float) -> float:
    """Knee flexion, degrees."""
    return _knee_of(points, near, facing)


def _roller(points: Points, near: int, facing: float) -> float:
    """Wrist to ankle, pixels (biomechanics 1.2, D14)."""
    return _apart(points, LEFT_WRIST + near, LEFT_ANKLE + near)


def _shoulders_across(points: Points, near: int, facing: float) -> float:
    """How far the shoulders are apart across the picture, pixels: who is side-on and turns the chest shows them."""
    return abs(points[LEFT_SHOULDER][0] - points[RIGHT_SHOULDER][0])


# Seen from the side, of both legs.


def _left_hip(points: Points, near: int, facing: float) -> float:
    """Hip flexion of the left leg, degrees."""
    return _hip_of(points, 0, near, facing)


def _right_hip(points: Points, near: int, facing: float) -> float:
    """Hip flexion of the right leg, degrees."""
    return _hip_of(points, 1, near, facing)


def _extension(points: Points, near: int, facing: float) -> float:
    """How far the leg that is further back is behind the trunk's line, degrees (biomechanics 1.2, D07)."""
    left, right = _hip_of(points, 0, near, facing), _hip_of(points, 1, near, facing)
    return -min(left, right) if left == left and right == right else math.nan


def _stance_knee(points: Points, near: int, facing: float) -> float:
    """Knee flexion of the leg that stands, degrees."""
    side = _standing(points, facing)
    knee = math.nan if side < 0 else _knee_of(points, side, facing)
    return knee if KNEE_BENDS[0] < knee < KNEE_BENDS[1] else math.nan


def _planted_knee(points: Points, near: int, facing: float) -> float:
    """Knee flexion of the leg whose foot is down, degrees: the near one, unless that is lifted off the floor."""
    lifted = points[LEFT_ANKLE + 1 - near][1] - points[LEFT_ANKLE + near][1] > LIFTED * _shin_px(points, near)
    return _knee_of(points, 1 - near if lifted else near, facing)


def _free_hip(points: Points, near: int, facing: float) -> float:
    """Hip flexion of the leg that does not stand, degrees (biomechanics 1.2, D17: 0 is in line with the trunk)."""
    side = _standing(points, facing)
    return math.nan if side < 0 else _hip_of(points, 1 - side, near, facing)


def _free_rise(points: Points, near: int, facing: float) -> float:
    """How much higher the higher ankle is, shin lengths."""
    return abs(_lifted(points, near, facing))


def _lifted(points: Points, near: int, facing: float) -> float:
    """The left ankle above the right one, shin lengths: its sign tells which foot is off the ground."""
    shin = _shin_px(points, near)
    if any(_apart(points, LEFT_HIP + side, LEFT_ANKLE + side) < ANKLE_AT_HIP * shin for side in (0, 1)):
        return math.nan
    return (points[RIGHT_ANKLE][1] - points[LEFT_ANKLE][1]) / shin


def _planted(points: Points, near: int, facing: float) -> float:
    """The right ankle above the left one, shin lengths: its sign tells which foot stands."""
    return -_lifted(points, near, facing)


def _behind(points: Points, near: int, facing: float) -> float:
    """The left ankle behind the right one, shin lengths: its sign tells which leg has been taken back."""
    return facing * (points[RIGHT_ANKLE][0] - points[LEFT_ANKLE][0]) / _shin_px(points, near)


def _hand_low(points: Points, near: int, facing: float) -> float:
    """How much nearer the left hand is to its ankle than the right one to its own, trunk lengths."""
    apart = _apart(points, RIGHT_WRIST, RIGHT_ANKLE) - _apart(points, LEFT_WRIST, LEFT_ANKLE)
    return apart / _trunk_px(points, near)


def _thighs_apart(points: Points, near: int, facing: float) -> float:
    """The angle between the thighs, degrees (biomechanics 1.2, D09)."""
    left = _inclination(points, LEFT_KNEE, LEFT_HIP, facing)
    return abs(_turn(left - _inclination(points, RIGHT_KNEE, RIGHT_HIP, facing)))


# Seen from the front: the person's left is on the right of the picture.


def _hips_down(points: Points, near: int, facing: float) -> float:
    """The middle of the hips, pixels below the picture's top."""
    return (points[LEFT_HIP][1] + points[RIGHT_HIP][1]) / 2


def _shoulders_down(points: Points, near: int, facing: float) -> float:
    """The middle of the shoulders, pixels below the picture's top."""
    return (points[LEFT_SHOULDER][1] + points[RIGHT_SHOULDER][1]) / 2


def _knee_in_left(points: Points, near: int, facing: float) -> float:
    """Thigh against shin of the left leg, degrees, + when the knee is inside (biomechanics 2.3, S1: FPPA)."""
    thigh = _inclination(points, LEFT_KNEE, LEFT_HIP, 1)
    return _turn(thigh - _inclination(points, LEFT_ANKLE, LEFT_KNEE, 1))


def _knee_in_right(points: Points, near: int, facing: float) -> float:
    """The same of the right leg."""
    thigh = _inclination(points, RIGHT_KNEE, RIGHT_HIP, -1)
    return _turn(thigh - _inclination(points, RIGHT_ANKLE, RIGHT_KNEE, -1))


def _knee_gap(points: Points, near: int, facing: float) -> float:
    """Knees against ankles: how far they are apart (biomechanics 2.3, S1: KASR)."""
    return _across(points, LEFT_KNEE, RIGHT_KNEE) / _across(points, LEFT_ANKLE, RIGHT_ANKLE)


def _stance(points: Points, near: int, facing: float) -> float:
    """Ankles against shoulders: how far they are apart (biomechanics 2.2, F5a)."""
    return _across(points, LEFT_ANKLE, RIGHT_ANKLE) / _across(points, LEFT_SHOULDER, RIGHT_SHOULDER)


def _hip_stance(points: Points, near: int, facing: float) -> float:
    """Ankles against hips: how far they are apart (biomechanics 2.3, S6)."""
    return _across(points, LEFT_ANKLE, RIGHT_ANKLE) / _across(points, LEFT_HIP, RIGHT_HIP)


def _pelvis_tilt(points: Points, near: int, facing: float) -> float:
    """The line of the hips from level, degrees, + when the left one is higher (biomechanics 1.2, D17)."""
    rise = points[RIGHT_HIP][1] - points[LEFT_HIP][1]
    return math.degrees(math.atan2(rise, _across(points, LEFT_HIP, RIGHT_HIP)))


def _ankles_rise(points: Points, near: int, facing: float) -> float:
    """The lower ankle above the picture's top, pixels: it rises in a jump alone (biomechanics 1.2, D19)."""
    side = _lower(points)
    return math.nan if side < 0 else -points[LEFT_ANKLE + side][1]


def _ankle_step(points: Points, near: int, facing: float) -> float:
    """Where the ankles are, pixels from the picture's left (biomechanics 1.2, D19)."""
    return (points[LEFT_ANKLE][0] + points[RIGHT_ANKLE][0]) / 2


def _sink_width(points: Points, near: int, facing: float) -> float:
    """The shoulders' width, pixels (biomechanics 4.4: w)."""
    return _apart(points, LEFT_SHOULDER, RIGHT_SHOULDER)


def _sink_hips(points: Points, near: int, facing: float) -> float:
    """The hips' width, pixels (biomechanics 4.4)."""
    return _apart(points, LEFT_HIP, RIGHT_HIP)


def _sink_gap(points: Points, near: int, facing: float) -> float:
    """Ears above shoulders, shoulder widths (biomechanics 4.4: G); NaN with the head turned or the shoulders askew.

    One ear is enough.  A face that looks into the basin hides its nose, and is not turned aside then.
    """
    (lx, ly), (rx, ry), width = points[LEFT_SHOULDER], points[RIGHT_SHOULDER], _sink_width(points, near, facing)
    ears = [points[ear] for ear in (LEFT_EAR, RIGHT_EAR) if points[ear][1] == points[ear][1]]
    level = abs(ly - ry) <= SHOULDERS_TILTED * abs(lx - rx)
    if not (ears and level):
        return math.nan
    x, y = (sum(axis) / len(ears) for axis in zip(*ears, strict=True))
    turned = abs(points[NOSE][0] - x) > HEAD_TURNED * width
    return math.nan if turned else ((ly + ry) / 2 - y) / width


QUANTITIES = (
    # the outline of the back, which no point tells
    Quantity("back_lumbar", Unit.DEGREES, _unseen, View.SIDE, outline="lumbar"),
    Quantity("back_thoracic", Unit.DEGREES, _unseen, View.SIDE, outline="thoracic"),
    Quantity("back_sagitta", Unit.DEGREES, _unseen, View.SIDE, outline="sagitta"),
    Quantity("reach_ahead", Unit.ABSOLUTE, _reach_ahead, View.SIDE),
    Quantity("bar_off", Unit.ABSOLUTE, _bar_off, View.SIDE),
    Quantity("hands_up", Unit.ABSOLUTE, _hands_up),
    Quantity("arms_forward", Unit.ABSOLUTE, _arms_forward, View.SIDE),
    Quantity("ankle_rise", Unit.SHINS, _ankle_rise, View.SIDE),
    Quantity("shrug", Unit.CHANGE, _shrug),
    Quantity("balance", Unit.SHINS, _balance, View.SIDE),
    Quantity("hip_rise", Unit.TRUNKS, _hip_rise),
    Quantity("bridge", Unit.ABSOLUTE, _bridge, View.SIDE),
    Quantity("line", Unit.ABSOLUTE, _line, View.SIDE),
    Quantity("elbow_under", Unit.ABSOLUTE, _elbow_under, View.SIDE),
    Quantity("curl", Unit.CHANGE, _curl, View.SIDE),
    Quantity("neck_pull", Unit.CHANGE, _neck_pull, View.SIDE),
    Quantity("knee_bend", Unit.ABSOLUTE, _knee_bend, View.SIDE),
    Quantity("planted_knee", Unit.ABSOLUTE, _planted_knee, View.SIDE),
    Quantity("shoulders_across", Unit.TRUNKS, _shoulders_across, View.SIDE),
    Quantity("roller", Unit.CHANGE, _roller, View.SIDE),
    Quantity("left_hip", Unit.DEGREES, _left_hip, View.SIDE),
    Quantity("right_hip", Unit.DEGREES, _right_hip, View.SIDE),
    Quantity("extension", Unit.DEGREES, _extension, View.SIDE),
    Quantity("stance_knee", Unit.DEGREES, _stance_knee, View.SIDE),
    Quantity("free_hip", Unit.ABSOLUTE, _free_hip, View.SIDE),
    Quantity("free_rise", Unit.ABSOLUTE, _free_rise),
    Quantity("lifted", Unit.ABSOLUTE, _lifted),
    Quantity("planted", Unit.ABSOLUTE, _planted),
    Quantity("behind", Unit.ABSOLUTE, _behind),
    Quantity("hand_low", Unit.ABSOLUTE, _hand_low),
    Quantity("thighs_apart", Unit.ABSOLUTE, _thighs_apart, View.SIDE),
    Quantity("hips_down", Unit.TRUNKS, _hips_down),
    Quantity("shoulders_down", Unit.TRUNKS, _shoulders_down),
    Quantity("knee_in_left", Unit.DEGREES, _knee_in_left, View.FRONT),
    Quantity("knee_in_right", Unit.DEGREES, _knee_in_right, View.FRONT),
    Quantity("knee_gap", Unit.CHANGE, _knee_gap, View.FRONT),
    Quantity("stance", Unit.ABSOLUTE, _stance, View.FRONT),
    Quantity("hip_stance", Unit.ABSOLUTE, _hip_stance, View.FRONT),
    Quantity("pelvis_tilt", Unit.DEGREES, _pelvis_tilt, View.FRONT),
    Quantity("ankles_rise", Unit.SHINS, _ankles_rise),
    Quantity("ankle_step", Unit.SHINS, _ankle_step),
    # the width goes before what counts in it
    Quantity("sink_width", Unit.CHANGE, _sink_width, View.FRONT),
    Quantity("lean_near", Unit.WIDTHS, _shoulders_down, View.FRONT),
    Quantity("sink_gap", Unit.DEGREES, _sink_gap, View.FRONT),
    Quantity("sink_hips", Unit.CHANGE, _sink_hips, View.FRONT),
)

#: What a drill may be driven by.
DRIVERS = (*CORE, *(quantity.name for quantity in QUANTITIES))


def extras_of(drill: Drill) -> tuple[Quantity, ...]:
    """What ``drill`` measures beyond geometry's columns, in the order of QUANTITIES."""
    asked = set(drill.quantities)
    # shoulder widths count in that of the start
    if any(quantity.unit is Unit.WIDTHS for quantity in QUANTITIES if quantity.name in asked):
        asked.add("sink_width")
    return tuple(quantity for quantity in QUANTITIES if quantity.name in asked)


def needs_of(drill: Drill) -> tuple[int, ...]:
    """Columns that show whether the joints are seen that ``drill`` needs; of a bust, whether ears and shoulders are."""
    columns = columns_of(drill)
    return (columns["lean_near"], columns["sink_gap"]) if drill.bust else tuple(NEEDS[joint] for joint in drill.needs)


def columns_of(drill: Drill) -> dict[str, int]:
    """Column of a row by name: those of geometry, then the drill's extras."""
    return CORE | {quantity.name: COLUMNS + i for i, quantity in enumerate(extras_of(drill))}
