"""What is no repetition although the driver went there and back: tying a shoe, sitting down, stepping, kicking."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kiosk.scoring.stretch import Stretch
from kiosk.scoring.verdict import Refusal

if TYPE_CHECKING:
    from kiosk.scoring.drill import Drill

#: Kinds of drill that come back to where they began.
REPEATED = ("rep", "lift", "swing")
#: Postures in which the feet carry, and in which the body is upright.
ON_FEET = ("standing", "bent")
UPRIGHT = (*ON_FEET, "kneeling")
#: Degrees of knee flexion from which something may have been taken from the floor.
BENT_KNEES = 45.0
#: Height of the hand over the shoulder in trunk lengths below which the arm hangs.
HANGING = -0.6


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition for counting: what a stretch is ``most`` allowed ``of`` something; ``key`` and ``why`` refuse it.

    ``uses`` are the quantities it is made of, ``holds`` whether a drill must meet it.  What is not seen stands in
    nobody's way.
    """

    key: str
    why: str
    of: Callable[[Stretch], float]
    most: float
    uses: tuple[str, ...]
    holds: Callable[[Drill], bool]


def _feet_left(seen: Stretch) -> float:
    """How far the feet are in the end from where they were before, shin lengths."""
    return abs(seen.top["ankle_step"] - seen.before["ankle_step"])


def _feet_moved(seen: Stretch) -> float:
    """How far the feet are at the bottom from where they were before, shin lengths."""
    return abs(seen.bottom["ankle_step"] - seen.before["ankle_step"])


def _foot_lifted(seen: Stretch) -> float:
    """How much the near ankle rose, and rose against the other, shin lengths; the other one alone counts half.

    For behind the near leg, a bar or plates it is half guessed.  A lift has no before of its own: since the start.
    """
    if seen.movement.deep:
        apart, rose = seen.bottom["lifted"] - seen.start("lifted"), seen.bottom["ankle_rise"]
    else:
        apart, rose = (seen.bottom[name] - seen.before[name] for name in ("lifted", "ankle_rise"))
    return max(min(abs(apart), abs(rose)), abs(apart) / 2)


def _hands_changed(seen: Stretch) -> float:
    """How far the hand is from where it was, as the shoulder sees it, trunk lengths.

    0 unless it hung down at the bottom, above bent knees: nobody takes anything from the floor otherwise, and hands on
    a stick, a bar or stretched forward are seen badly.
    """
    before, top = seen.before, seen.top
    if not (seen.bottom["knee"] > BENT_KNEES and seen.bottom["hands_up"] < HANGING):
        return 0.0
    return math.hypot(top["arms_forward"] - before["arms_forward"], top["hands_up"] - before["hands_up"])


def _not_risen(seen: Stretch) -> float:
    """How little the hips rose between take-off and landing: a step lifts them by half as much, trunk lengths."""
    return float(np.fmin.reduce(seen.between("hip_drop", seen.movement.start, seen.movement.bottom), initial=math.inf))


def _is_jump(drill: Drill) -> bool:
    return drill.kind == "jump"


def _on_both_feet(drill: Drill) -> bool:
    return drill.kind in REPEATED and drill.start in ON_FEET and not drill.side_by


def _upright(drill: Drill) -> bool:
    return drill.kind in REPEATED and drill.start in UPRIGHT


#: People who pick up from the floor shift their feet by 0.02 to 0.18, lift a heel by up to 0.32 seen from 45 degrees,
#: end within 0.12 of their own height, and tilt their shins by up to 51 (people of signals 1).
GUARDS = (
    Guard("stepped", "Not counted: your feet moved.", _feet_moved, 0.30, ("ankle_step",), _on_both_feet),
    Guard(
        "stepped",
        "Not counted: your feet moved.",
        _feet_left,
        0.30,
        ("ankle_step",),
        lambda drill: drill.kind in REPEATED and drill.start in ON_FEET,
    ),
    Guard(
        "no_squat",
        "Not counted: your hips have to go down.",
        lambda seen: -seen.bottom["hip_drop"],
        -0.15,
        ("hip_drop",),
        lambda drill: drill.motion.driver == "knee",
    ),
    Guard("no_jump", "Not counted: jump up with both feet.", _not_risen, -0.12, ("hip_drop",), _is_jump),
    Guard("one_foot", "Not counted: keep both feet down.", _foot_lifted, 0.40, ("lifted", "ankle_rise"), _on_both_feet),
    Guard("knelt", "Not counted: you knelt down.", lambda seen: abs(seen.bottom["shin"]), 65, ("shin",), _on_both_feet),
    Guard(
        "not_up",
        "Not counted: come back to where you began.",
        lambda seen: abs(seen.top["shoulder_drop"]),
        0.25,
        ("shoulder_drop",),
        _upright,
    ),
    Guard(
        "not_up",
        "Not counted: begin from tall.",
        lambda seen: abs(seen.before["shoulder_drop"]),
        0.25,
        ("shoulder_drop",),
        lambda drill: _upright(drill) and drill.kind != "lift",
    ),
    Guard(
        "hands",
        "Not counted: you took something up or put it down.",
        _hands_changed,
        0.25,
        ("hands_up", "arms_forward", "knee"),
        lambda drill: drill.kind == "rep" and drill.start in ON_FEET and not drill.takes_up,
    ),
    Guard(
        "lingered",
        "Not counted: you stayed down too long.",
        lambda seen: float(seen.times[seen.last] - seen.times[seen.first]),
        6.0,
        (),
        lambda drill: drill.kind == "rep" and drill.start in ON_FEET and not drill.learns_seat,
    ),
    Guard(
        "too_deep",
        "Not counted: that was deeper than a lean over the basin.",
        lambda seen: seen.bottom["lean_near"],
        1.1,
        ("lean_near",),
        lambda drill: drill.kind == "hold" and drill.motion.driver == "lean_near",
    ),
    Guard(
        "sat",
        "Not counted: stand tall for it.",
        lambda seen: abs(seen.bottom["shoulder_drop"]),
        0.25,
        ("shoulder_drop",),
        lambda drill: drill.kind == "timer" and drill.start in ON_FEET,
    ),
)


def guards_of(drill: Drill) -> tuple[Guard, ...]:
    """The conditions that ``drill`` must meet."""
    return tuple(guard for guard in GUARDS if guard.holds(drill))


def refusal(guards: tuple[Guard, ...], seen: Stretch, t: float) -> Refusal | None:
    """Why ``seen`` is no repetition, by the first of ``guards`` that says so."""
    for guard in guards:
        if guard.of(seen) > guard.most:
            return Refusal(t, guard.key, guard.why)
    return None
