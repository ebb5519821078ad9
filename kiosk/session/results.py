"""What came of a set, worked out from its repetitions and holds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import fmean, median, pstdev
from typing import Any

from kiosk.scoring.drill import Drill
from kiosk.scoring.verdict import Hold, Light, Rep, View
from kiosk.session.progress import FaultDone, RepDone, SetDone
from kiosk.session.states import Working
from kiosk.text import Text

#: Seconds by which a hold may miss its time and still count: the clock runs in frames.
SLACK = 0.25
#: Measures whose means are compared between left and right: what they are called, the difference that is worth a word
#: (biomechanics 1.4), how many of the unit it is told in make one of theirs, and what that is called.
COMPARED = (
    ("knee", Text("Knee bend"), 8.0, 1, Text("degrees")),
    ("trunk", Text("Trunk lean"), 8.0, 1, Text("degrees")),
    ("hip_retreat", Text("Hip travel"), 0.10, 100, Text("% of a shin")),
)
#: What the side at work is called.
SIDES = {"left": Text("left"), "right": Text("right"), "": Text("")}
#: Measures of the outline of the back, of which the set's medians are remembered, too.
OF_BACK = ("lumbar", "thoracic", "flexed", "extended")
#: Measures that are remembered of each repetition.
REMEMBERED = ("range", "trunk", "knee", "hip_retreat", *OF_BACK)
#: Judged repetitions of each side below which nothing is compared, and those that must show the back.
ENOUGH = 3
#: Faults that are seen by what goes with them, yet whose red stops a set like one that is measured directly.
STOPPING = frozenset({"F1a"})


def held_s(hold: Hold) -> float:
    """Seconds of ``hold`` that count: green and amber."""
    return hold.green_s + hold.amber_s


def adds_up(drill: Drill) -> bool:
    """The seconds of all holds add up: it is leaned into again and again, not kept up in one go."""
    return drill.kind == "hold" and not drill.motion.kept


def doses(closed: Sequence[Rep | Hold], drill: Drill) -> int:
    """How many of ``closed`` reach the dose of ``drill``: all repetitions, and holds that lasted long enough."""
    holds = [held_s(one) for one in closed if isinstance(one, Hold)]
    if adds_up(drill):
        return int((sum(holds) + SLACK) // drill.hold_s)
    return sum(isinstance(one, Rep) for one in closed) + sum(held >= drill.hold_s - SLACK for held in holds)


def scores(closed: Iterable[Rep | Hold]) -> tuple[int, ...]:
    """Scores 0..100 of those that could be judged."""
    return tuple(one.score for one in closed if one.score is not None)


def set_score(working: Working) -> int | None:
    """The set's score: the median of what was judged (biomechanics 5.5), None when nothing was or it was stopped."""
    judged = scores(working.closed)
    return round(median(judged)) if judged and working.scored else None


def sets_of(working: Working) -> tuple[Working, ...]:
    """All sets of the dose up to ``working``, the oldest first, without those in which nothing was done."""
    return tuple(each for each in (*working.plan.before, working) if each.closed)


def is_red(one: Rep | Hold) -> bool:
    """A fault that is measured directly was red, or one of STOPPING (biomechanics 6.3)."""
    return any(fault.level is Light.RED and (fault.grade == "A" or fault.key in STOPPING) for fault in one.faults)


def lights_of(one: Rep | Hold, drill: Drill, now: tuple[Light, ...]) -> tuple[Light, ...]:
    """The lights that stay after ``one``: a hold's own, for those of its last moment (``now``) show how it broke."""
    if isinstance(one, Rep):
        return now
    levels = {fault.light: fault.level for fault in sorted(one.faults, key=lambda fault: fault.level is Light.RED)}
    judged = {fault.light for fault in drill.faults if fault.key not in one.not_seen}
    kept = {name: Light.GREEN if name in judged else state for name, state in zip(drill.lights, now, strict=True)}
    return tuple(levels.get(name, state) for name, state in kept.items())


def seconds_held(working: Working) -> tuple[float, float, float]:
    """Seconds of the set's holds in green, amber and red."""
    holds = [one for one in working.closed if isinstance(one, Hold)]
    return (
        sum(hold.green_s for hold in holds),
        sum(hold.amber_s for hold in holds),
        sum(hold.red_s for hold in holds),
    )


def set_done(working: Working, t: float, profile: str) -> SetDone:
    """What is remembered of a set that ended at ``t``."""
    side_on = working.closed if working.view is View.SIDE else ()
    ranges = [value for one in side_on if (value := one.measures.get("range")) is not None]
    green, amber, _ = seconds_held(working)
    reds = (fault.key for one in working.closed for fault in one.faults if fault.level is Light.RED)
    found = working.calibration
    told: dict[str, Any] = {**dict(working.answers), **medians_of_back(working)}
    return SetDone(
        t=t,
        profile=profile,
        drill=working.plan.drill.key,
        left=working.left,
        right=working.right,
        reps=working.reps,
        score=set_score(working),
        scores=scores(working.closed),
        reds=tuple(dict.fromkeys(reds)),
        range_sd=round(pstdev(ranges), 2) if len(ranges) > 1 else None,
        coverage=round(fmean(one.coverage for one in working.closed), 2) if working.closed else 0.0,
        **told,
        seconds=round(green + amber if working.plan.drill.hold_s else t - working.since, 1),
        trunk_px=found.trunk_px if found else None,
        thigh_px=found.thigh_px if found else None,
        shin_px=found.shin_px if found else None,
        closed=tuple(_rep_done(one, side_on=working.view is View.SIDE) for one in working.closed),
    )


def _rep_done(one: Rep | Hold, *, side_on: bool) -> RepDone:
    seen = one.measures if side_on else {}
    measures = {name: value for name in REMEMBERED if (value := seen.get(name)) is not None}
    return RepDone(
        side=one.side,
        score=one.score,
        coverage=round(one.coverage, 2),
        seconds=round(held_s(one) if isinstance(one, Hold) else one.end - one.start, 1),
        **{name: round(value, 2) for name, value in measures.items()},
        faults=tuple(FaultDone(key=each.key, level=each.level, value=round(each.value, 3)) for each in one.faults),
    )


def medians_of_back(working: Working) -> dict[str, float]:
    """Medians of the measures OF_BACK, degrees, without those that fewer than ENOUGH repetitions showed side-on."""
    closed = working.closed if working.view is View.SIDE else ()
    seen = {name: [value for one in closed if (value := one.measures.get(name)) is not None] for name in OF_BACK}
    return {name: round(median(values), 2) for name, values in seen.items() if len(values) >= ENOUGH}


def asymmetry(sets: Iterable[Working]) -> Text:
    """How left and right differ between ``sets`` seen side-on, in one line, or "" (biomechanics F15)."""
    closed = [one for done in sets if done.view is View.SIDE for one in done.closed]
    for measure, what, least, many, unit in COMPARED:
        left, right = (_mean(measure, closed, side) for side in ("left", "right"))
        if math.isfinite(left) and math.isfinite(right) and abs(left - right) > least:
            more = SIDES["left" if left > right else "right"]
            by = f"{abs(left - right) * many:.0f}"
            return Text("{what}: {by} {unit} more on the {side}", what=what, by=by, unit=unit, side=more)
    return Text("")


def _mean(measure: str, closed: list[Rep | Hold], side: str) -> float:
    """The mean of ``measure`` over repetitions of ``side``; NaN with fewer than ENOUGH."""
    values = [value for one in closed if one.side == side and (value := one.measures.get(measure)) is not None]
    return fmean(values) if len(values) >= ENOUGH else math.nan
