"""What is no repetition although the driver went there and back: tying a shoe, sitting down, stepping, kicking."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kiosk.scoring.stretch import Stretch, nearly_least
from kiosk.scoring.verdict import Refusal
from kiosk.text import Text

if TYPE_CHECKING:
    from kiosk.scoring.drill import Drill

#: Kinds of drill that come back to where they began.
REPEATED = ("rep", "lift", "swing")
#: Postures in which the feet carry, and in which the body is upright.
ON_FEET = ("standing", "bent")
UPRIGHT = (*ON_FEET, "kneeling")
#: Degrees of knee flexion from which something may have been taken from the floor.
BENT_KNEES = 45.0
#: The arm hangs when the hand is so far under the shoulder, trunk lengths, and off the plumb line by so much of that at
#: most (30 degrees): hands on the thighs, or held forward, are more.
HANGING, OFF_PLUMB = 0.6, 0.58

#: The least that hips lift off the floor in a bridge, trunk lengths: good ones do so by 0.4.
LEAST_LIFT = 0.05


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition for counting: what a stretch is ``most`` allowed ``of`` something; ``key`` and ``why`` refuse it.

    ``uses`` are the quantities it is made of, ``holds`` whether a drill must meet it.  What is not seen stands in
    nobody's way.
    """

    key: str
    why: Text
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

    For behind the near leg, a bar or plates it is half guessed.  Lifts and swings have no before of their own: since
    the start.
    """
    if seen.movement.deep:
        apart, rose = seen.bottom["lifted"] - seen.start("lifted"), seen.bottom["ankle_rise"]
    else:
        apart, rose = (seen.bottom[name] - seen.before[name] for name in ("lifted", "ankle_rise"))
    return max(min(abs(apart), abs(rose)), abs(apart) / 2)


def _hands_changed(seen: Stretch) -> float:
    """How far the hand is forward of where it was, as the shoulder sees it, trunk lengths; up or down counts half.

    For that is what a forearm does which carries something; how far down a hand is seen changes with every shrug.  0
    unless it hung straight down at the bottom, above bent knees: nobody takes anything from the floor otherwise, and
    hands on a stick, a bar, the thighs or stretched forward are seen badly.
    """
    before, bottom, top = seen.before, seen.bottom, seen.top
    under = -bottom["hands_up"]
    if not (bottom["knee"] > BENT_KNEES and under > HANGING and abs(bottom["arms_forward"]) < OFF_PLUMB * under):
        return 0.0
    forward, up = (abs(top[name] - before[name]) for name in ("arms_forward", "hands_up"))
    return max(forward, up / 2)


def _twisted(seen: Stretch) -> float:
    """How much further the shoulders are apart at the bottom than before, as the camera sees it, trunk lengths."""
    return seen.bottom["shoulders_across"] - seen.before["shoulders_across"]


def _not_risen(seen: Stretch) -> float:
    """How little the hips rose between take-off and landing: a step lifts them by half as much, trunk lengths."""
    return float(np.fmin.reduce(seen.between("hip_drop", seen.movement.start, seen.movement.bottom), initial=math.inf))


def _highest(seen: Stretch) -> float:
    """Where the hips of who lies were highest, trunk lengths below the start: less than nothing."""
    return nearly_least(seen.during("hip_drop"))


def _is_jump(drill: Drill) -> bool:
    return drill.kind == "jump"


def _is_lean(drill: Drill) -> bool:
    return drill.bust


def _is_swing(drill: Drill) -> bool:
    return drill.kind == "swing"


def _on_both_feet(drill: Drill) -> bool:
    return drill.kind in REPEATED and drill.start in ON_FEET and not drill.side_by


def _upright(drill: Drill) -> bool:
    return drill.kind in REPEATED and drill.start in UPRIGHT


#: People who pick up from the floor shift their feet by 0.02 to 0.18, lift a heel by up to 0.32 seen from 45 degrees,
#: end within 0.12 of their own height, and tilt their shins by up to 51 (people of signals 1).
GUARDS = (
    Guard("stepped", Text("Not counted: your feet moved."), _feet_moved, 0.30, ("ankle_step",), _on_both_feet),
    Guard(
        "stepped",
        Text("Not counted: your feet moved."),
        _feet_left,
        0.30,
        ("ankle_step",),
        lambda drill: drill.kind in REPEATED and drill.start in ON_FEET,
    ),
    Guard(
        "no_squat",
        Text("Not counted: your hips have to go down."),
        lambda seen: -seen.bottom["hip_drop"],
        -0.15,
        ("hip_drop",),
        lambda drill: drill.motion.driver == "knee",
    ),
    Guard(
        "no_lift",
        Text("Not counted: your hips have to go up."),
        _highest,
        -LEAST_LIFT,
        ("hip_drop",),
        lambda drill: drill.motion.driver == "bridge",
    ),
    Guard(
        "not_down",
        Text("Not counted: let your hips down before the next one."),
        lambda seen: seen.top["hip_drop"] / min(_highest(seen), -LEAST_LIFT),
        0.5,
        ("hip_drop",),
        lambda drill: drill.motion.driver == "bridge",
    ),
    Guard("no_jump", Text("Not counted: jump up with both feet."), _not_risen, -0.12, ("hip_drop",), _is_jump),
    Guard(
        "one_foot",
        Text("Not counted: keep both feet down."),
        _foot_lifted,
        0.40,
        ("lifted", "ankle_rise"),
        _on_both_feet,
    ),
    Guard(
        "knelt",
        Text("Not counted: you knelt down."),
        lambda seen: abs(seen.bottom["shin"]),
        65,
        ("shin",),
        _on_both_feet,
    ),
    Guard(
        "not_up",
        Text("Not counted: come back to where you began."),
        lambda seen: abs(seen.top["shoulder_drop"]),
        0.25,
        ("shoulder_drop",),
        _upright,
    ),
    Guard(
        "not_up",
        Text("Not counted: begin upright."),
        lambda seen: abs(seen.before["shoulder_drop"]),
        0.25,
        ("shoulder_drop",),
        # a lift begins at the floor, a swing amid the one before it
        lambda drill: _upright(drill) and drill.kind == "rep",
    ),
    Guard(
        "hands",
        Text("Not counted: you took something up or put it down."),
        _hands_changed,
        0.20,
        ("hands_up", "arms_forward", "knee"),
        lambda drill: drill.kind == "rep" and drill.start in ON_FEET and not drill.takes_up,
    ),
    Guard(
        "sat",
        Text("Not counted: keep your legs straight."),
        lambda seen: seen.bottom["hips_down"],
        0.25,
        ("hips_down",),
        _is_lean,
    ),
    Guard(
        "no_leg",
        Text("Not counted: take one leg back."),
        lambda seen: -abs(seen.bottom["behind"]),
        -0.2,
        ("behind",),
        lambda drill: drill.motion.driver == "extension",
    ),
    # the arms of who swings a bell are level at the top, within 25 degrees
    Guard(
        "no_swing",
        Text("Not counted: swing the bell up to your chest."),
        lambda seen: -seen.top["hands_up"],
        HANGING,
        ("hands_up",),
        _is_swing,
    ),
    # 25 degrees; who bows turns by less than 20 as the model sees it, who reaches to the floor with one hand by more
    Guard(
        "twisted",
        Text("Not counted: your chest turned to the mirror."),
        _twisted,
        0.3,
        ("shoulders_across",),
        lambda drill: drill.kind in ("rep", "swing") and drill.start in UPRIGHT and not drill.takes_up,
    ),
    Guard(
        "lingered",
        Text("Not counted: you stayed down too long."),
        lambda seen: float(seen.times[seen.last] - seen.times[seen.first]),
        6.0,
        (),
        lambda drill: drill.kind == "rep" and drill.start in ON_FEET and not drill.learns_seat,
    ),
    Guard(
        "too_deep",
        Text("Not counted: that was deeper than a lean over the basin."),
        lambda seen: seen.bottom["lean_near"],
        1.6,
        ("lean_near",),
        _is_lean,
    ),
    Guard(
        "sat",
        Text("Not counted: stand tall for it."),
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
