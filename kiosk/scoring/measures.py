"""What a repetition or a hold is described by: the table of measures.

To add a measure: one entry in MEASURES.  Only those are made that a drill's faults ask for, and those always reported.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np

from kiosk.scoring.history import quantile_of
from kiosk.scoring.lifting import early_rise, hips_first
from kiosk.scoring.rounding import arching, chest, extended, flexed, hunching, lumbar, own_range, rounding, thoracic
from kiosk.scoring.seat import arrival_speed, rock, seat_lean
from kiosk.scoring.stretch import (
    COVERAGE,
    FRAMES,
    Stretch,
    last_below,
    middle,
    nearly_least,
    nearly_most,
)
from kiosk.scoring.verdict import View

if TYPE_CHECKING:
    from kiosk.scoring.drill import Drill

#: The neck is looked at from half way down until so many seconds after the bottom (biomechanics 2.2, F9).
HALF_WAY, NECK_AFTER = 0.5, 0.4
#: Frames that the noisier neck needs, and seconds over which fewer will do (biomechanics 2.1).
NECK_FRAMES, NECK_SECONDS = 8, 0.6
#: Share of shoulder-to-ear and of ear-to-nose in the neck (biomechanics 2.2, F9a).
NECK_SHARE, FACE_SHARE = 0.6, 0.4
#: Neck in degrees beyond which a short way from ear to shoulder is the head's doing (biomechanics 2.4, F11b).
NECK_STILL = 15.0
#: Shoulder drop in trunk lengths below which the hinge index is restless (biomechanics 0.3).
LEAST_DROP = 0.20
#: Knees bent no further than this, degrees, are soft (biomechanics 2.2, F17): whoever squats bends them more.
SOFT_KNEES = 35.0
#: Hip retreat in shin lengths that balances a trunk inclination in degrees (biomechanics 2.4, F13).
BALANCE = ((0, 15, 25, 35, 45, 60, 75), (0.0, 0.12, 0.24, 0.35, 0.44, 0.56, 0.63))
#: Trunk inclination below which a share of a hardly begun retreat says nothing.
LEAST_TRUNK = 15.0
#: Trunk inclination from which a foot that is to be lifted is looked at: a leg in line with a trunk at the 15 of
#: biomechanics 1.2 (D17) is not yet lifted by the 0.10 shin lengths that count as down.
LIFTED_FROM = 20.0
#: Shin tilt in degrees without which a heel does not leave the floor (biomechanics 2.2, F6a), and how much nearer the
#: knees must be to each other, as a share, for a knee that points inward to be beyond doubt (biomechanics 2.3, S1).
TIPPED, CAVED = 8.0, -0.10
#: By so much a back must be beyond red for one repetition to be enough, in % of the own range and in degrees: from 95 %
#: on a rounded one is red at once (biomechanics 3.5).
BEND_DOUBT, HUNCH_DOUBT = 15.0, 8.0
#: The noise of how far a lean is from a good one over a second and a half, a dozen frames (biomechanics 4.2: of
#: five frames .045 of the gap, .02 of the width).
LEAN_DOUBT = 0.15

#: Measures that every repetition and hold reports, seen or not.
REPORTED = ("trunk", "hip", "knee", "shin", "neck", "hinge_index", "hip_retreat", "lockout", "down_s", "up_s")


class When(Enum):
    """When a measure can be made: the movement has come home, has stayed there, is over."""

    ARRIVED = auto()
    STAYS = auto()
    OVER = auto()


Noise = Callable[[dict[str, float]], float]


@dataclass(frozen=True, slots=True)
class Measure:
    """One number about a movement: its ``name``, and what it is ``of`` a stretch.

    ``uses`` are the quantities it is made of, ``noise`` one standard deviation from frame to frame, from those by
    quantity.  ``view``: from where it means something; None from everywhere.  ``backed``: whether other measures,
    those of ``backed_by``, let it be believed to be red.
    """

    name: str
    of: Callable[[Stretch], float]
    uses: tuple[str, ...]
    noise: Noise
    view: View | None = View.SIDE
    when: When = When.ARRIVED
    backed: Callable[[dict[str, float]], bool] | None = None
    backed_by: tuple[str, ...] = ()


def _as(quantity: str) -> Noise:
    return lambda noise: noise[quantity]


def _about(noise: float) -> Noise:
    return lambda _: noise


def _bottom(name: str, quantity: str = "", view: View | None = View.SIDE) -> Measure:
    """The calibrated median at the bottom."""
    quantity = quantity or name
    return Measure(name, lambda seen: seen.bottom[quantity], (quantity,), _as(quantity), view)


def _size(name: str, quantity: str, view: View | None = View.SIDE) -> Measure:
    """The same without its sign."""
    return Measure(name, lambda seen: abs(seen.bottom[quantity]), (quantity,), _as(quantity), view)


def _worst(name: str, quantity: str) -> Measure:
    """Nearly the largest of the movement, to either side."""
    return Measure(name, lambda seen: nearly_most(np.abs(seen.during(quantity))), (quantity,), _as(quantity))


def _top(name: str, quantity: str) -> Measure:
    """The calibrated median at the top."""
    return Measure(name, lambda seen: seen.top[quantity], (quantity,), _as(quantity), when=When.OVER)


def _bend(name: str, of: Callable[[Stretch], float], uses: str, doubt: float, when: When = When.ARRIVED) -> Measure:
    """Of the outline of the back: red only by the person's own range (biomechanics 3.5)."""
    return Measure(
        name,
        of,
        ("trunk", uses),
        _about(doubt),
        when=when,
        backed=lambda values: values["own_range"] > 0,
        backed_by=("own_range",),
    )


def _lean(name: str, of: Callable[[Stretch], float]) -> Measure:
    """Of a lean over the basin: red only against the person's own good one (biomechanics 4.4)."""
    return Measure(
        name,
        of,
        ("lean_near", "sink_gap", "sink_width", "sink_hips"),
        _about(LEAN_DOUBT),
        View.FRONT,
        backed=lambda values: values["own_lean"] > 0,
        backed_by=("own_lean",),
    )


def _seconds(name: str, of: Callable[[Stretch], float]) -> Measure:
    """A time; two ends of a frame each at 10 Hz make its noise."""
    return Measure(name, of, (), _about(0.1), None, when=When.STAYS)


def _neck(seen: Stretch) -> float:
    """Neck against trunk around the bottom; where the nose is not seen the ear alone must do."""
    half = last_below(seen.q[: seen.first], HALF_WAY * seen.peak) + 1
    end = int(seen.times.searchsorted(seen.times[seen.last] + NECK_AFTER, "right"))
    # a frame stands for the time until the next one
    lasted = (seen.times[end - 1] - seen.times[half]) * (end - half) / max(end - half - 1, 1)
    frames = FRAMES if lasted >= NECK_SECONDS else NECK_FRAMES
    neck, face = (quantile_of(seen.of(name)[half:end], 0.5, frames, COVERAGE) for name in ("neck", "face"))
    return neck if math.isnan(face) else NECK_SHARE * neck + FACE_SHARE * face


def _hinge_index(seen: Stretch) -> float:
    """0 is a squat, 100 a stoop (biomechanics 0.3)."""
    drop = seen.bottom["shoulder_drop"]
    return 100 * (1 - seen.bottom["hip_drop"] / drop) if drop >= LEAST_DROP else math.nan


def _retreat_share(seen: Stretch) -> float:
    """How far the hips went back, as a share of what balances this trunk (biomechanics 2.4, F13)."""
    trunk = seen.bottom["trunk"]
    return seen.bottom["retreat"] / float(np.interp(trunk, *BALANCE)) if trunk >= LEAST_TRUNK else math.nan


def _hands_up(seen: Stretch) -> float:
    """How high the hand came in the upper half of the way up; in the lower half it is between the legs."""
    up = seen.q[seen.last :] < HALF_WAY * seen.peak
    return nearly_most(seen.of("hands_up")[seen.last :][up])


def _knee_travel(seen: Stretch) -> float:
    """How far the knee came forward on the way down (biomechanics 2.2, F4)."""
    return nearly_most(seen.of("travel")[seen.begun : seen.last + 1])


def _bar_off(seen: Stretch) -> float:
    """How far the bar was from the legs while more than half way down; above that it hangs before the thighs."""
    down = seen.q[seen.begun :] > HALF_WAY * seen.peak
    return middle(np.abs(seen.during("bar_off"))[down])


def _knee_spread(seen: Stretch) -> float:
    """One standard deviation of the knee: half the middle 68 %, so that one outlier does not move it."""
    knee = seen.during("knee")
    most, least = (quantile_of(knee, share, FRAMES, COVERAGE) for share in (0.84, 0.16))
    return (most - least) / 2


def _touch_down(seen: Stretch) -> float:
    """How near to the floor the lifted foot came while the trunk was down (biomechanics 1.2, D17)."""
    return nearly_least(seen.during("free_rise")[seen.during("trunk") > LIFTED_FROM])


def _shrug(seen: Stretch) -> float:
    return seen.bottom["shrug"] if abs(seen.bottom["neck"]) <= NECK_STILL else math.nan


def _valgus(seen: Stretch) -> float:
    """The worse of the two knees where they have come together, else what both have in common.

    For of a body that is turned a little one bent knee seems to point in as far as the other one points out.
    """
    left, right = seen.bottom["knee_in_left"], seen.bottom["knee_in_right"]
    return float(np.fmax(left, right)) if seen.bottom["knee_gap"] < CAVED else (left + right) / 2


def _steps(seen: Stretch) -> float:
    """How far the feet went on after the landing, shin lengths (biomechanics 1.2, D19)."""
    feet = seen.of("ankle_step")[seen.deep]
    return nearly_most(feet) - nearly_least(feet)


#: All measures.  Noise of indices is that of five frames (biomechanics 0.3).
MEASURES = (
    _bottom("trunk"),
    _bottom("hip"),
    _bottom("knee"),
    _bottom("thigh"),
    _bottom("shin"),
    _bottom("lean"),
    _bottom("hip_retreat", "retreat"),
    Measure("range", lambda seen: seen.bottom[seen.driver] + seen.above, (), lambda noise: noise["driver"], None),
    Measure("knee_travel", _knee_travel, ("travel",), _as("travel")),
    Measure("retreat_share", _retreat_share, ("retreat", "trunk"), _about(0.1)),
    Measure(
        "neck",
        _neck,
        ("neck", "face"),
        lambda noise: math.hypot(NECK_SHARE * noise["neck"], FACE_SHARE * noise["face"]),
    ),
    _top("lockout", "hip"),
    _top("top_trunk", "trunk"),
    Measure(
        "hinge_index",
        _hinge_index,
        ("shoulder_drop", "hip_drop"),
        _about(5.0),
        None,
        # of knees that are not seen nothing is said
        backed=lambda values: not values["knee"] <= SOFT_KNEES,
        backed_by=("knee",),
    ),
    _seconds("down_s", lambda seen: seen.ways[0]),
    _seconds("up_s", lambda seen: seen.ways[2]),
    _seconds("total_s", lambda seen: sum(seen.ways)),
    Measure("cycle_s", lambda seen: seen.movement.end - seen.movement.start, (), _about(0.1), None, when=When.OVER),
    _seconds("hold_s", lambda seen: float(seen.times[seen.last] - seen.times[seen.first])),
    Measure("bounces", lambda seen: float(seen.movement.bounces), (), _about(0.0), None),
    # the outline of the back
    Measure("lumbar", lumbar, ("back_lumbar", "trunk"), _as("back_lumbar")),
    Measure("thoracic", thoracic, ("back_thoracic", "trunk"), _as("back_thoracic")),
    Measure("flexed", flexed, ("back_lumbar",), _as("back_lumbar")),
    Measure("extended", extended, ("back_lumbar",), _as("back_lumbar")),
    Measure("own_range", own_range, (), _about(0.0)),
    _bend("rounding", rounding, "back_lumbar", BEND_DOUBT),
    _bend("arching", arching, "back_lumbar", BEND_DOUBT, When.OVER),
    _bend("hunching", hunching, "back_thoracic", HUNCH_DOUBT),
    _bend("chest", chest, "back_thoracic", HUNCH_DOUBT),
    # feet, hands, balance
    Measure(
        "heel_rise",
        lambda seen: nearly_most(seen.during("ankle_rise")),
        ("ankle_rise",),
        _as("ankle_rise"),
        backed=lambda values: values["shin"] > TIPPED,
        backed_by=("shin",),
    ),
    _bottom("balance"),
    _bottom("reach_ahead"),
    Measure("bar_off", _bar_off, ("bar_off",), _as("bar_off")),
    Measure("hands_up", _hands_up, ("hands_up",), _as("hands_up"), when=When.OVER),
    _bottom("arms_forward"),
    _size("roller", "roller"),
    Measure("shrug", _shrug, ("shrug", "neck"), _as("shrug")),
    _bottom("neck_pull"),
    _bottom("curl"),
    # lifts
    Measure("knee_spread", _knee_spread, ("knee",), _as("knee")),
    Measure("hips_first", hips_first, ("knee", "trunk", "hip_drop"), _about(0.1)),
    Measure("early_rise", early_rise, ("trunk", "hip_drop"), _as("trunk")),
    _bottom("set_knee", "knee_bend"),
    # seat and box
    Measure("arrival_speed", arrival_speed, ("hip_drop",), _about(0.1)),
    Measure("rock", rock, ("hip_drop", "trunk"), _as("trunk")),
    Measure("seat_lean", seat_lean, ("hip_drop", "trunk"), _as("trunk")),
    Measure("off_seat", lambda seen: seen.seat - seen.bottom["hip_drop"], ("hip_drop",), _as("hip_drop")),
    # jump
    _bottom("stick_knee", "knee"),
    _bottom("stick_trunk", "trunk"),
    Measure("steps", _steps, ("ankle_step",), _as("ankle_step"), None),
    _bottom("uneven", "free_rise", None),
    # one leg
    _size("free_line", "free_hip"),
    Measure("touch_down", _touch_down, ("free_rise", "trunk"), _as("free_rise")),
    _worst("trunk_tip", "trunk"),
    _bottom("stance_knee"),
    _size("pelvis_tilt", "pelvis_tilt", View.FRONT),
    # lying
    _bottom("bridge_top", "bridge"),
    _bottom("knee_at_top", "planted_knee"),
    _bottom("thighs_apart"),
    _bottom("line"),
    _bottom("elbow_under"),
    # from the front
    Measure(
        "valgus",
        _valgus,
        ("knee_in_left", "knee_in_right", "knee_gap"),
        lambda noise: float(np.fmax(noise["knee_in_left"], noise["knee_in_right"])),
        View.FRONT,
        backed=lambda values: values["knee_gap"] < CAVED,
        backed_by=("knee_gap",),
    ),
    _bottom("knee_gap", view=View.FRONT),
    Measure("stance", lambda seen: middle(seen.of("stance")), ("stance",), _as("stance"), View.FRONT),
    Measure("hip_stance", lambda seen: middle(seen.of("hip_stance")), ("hip_stance",), _as("hip_stance"), View.FRONT),
    # a lean over the basin: of two shares of one number the larger answers for all of it
    _lean("hunch", lambda seen: seen.lean_off.both),
    _lean("sunk_ears", lambda seen: seen.lean_off.head_light),
    _lean("stayed_hips", lambda seen: seen.lean_off.hips_light),
    Measure("own_lean", lambda seen: float(seen.lean.own), (), _about(0.0), View.FRONT),
)
NAMES = tuple(measure.name for measure in MEASURES)


def measures_of(drill: Drill) -> tuple[Measure, ...]:
    """The measures that ``drill`` needs, in the table's order."""
    asked = {*REPORTED, *drill.tells, *(fault.measure for fault in drill.faults)}
    backing = {name for measure in MEASURES if measure.name in asked for name in measure.backed_by}
    return tuple(measure for measure in MEASURES if measure.name in asked | backing)
