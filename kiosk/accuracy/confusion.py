"""Faults told against faults put in, over simulated repetitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from kiosk.accuracy.card import DrillRow, FaultRow, Unmeasured, spread
from kiosk.accuracy.filmed import Scored
from kiosk.accuracy.sets import acted
from kiosk.accuracy.watching import Told
from kiosk.drills import CATALOGUE
from kiosk.scoring.drill import Drill, Fault

#: Between green and red lies a band; a true measure this share of it before the green edge is too near to call a fault
#: told of it false.  Whole numbers have no such border.
BORDER = 0.25
WHOLE = ("bounces", "steps")
#: Judged repetitions with the fault put in without which nothing can be said.
LEAST_PUT_IN = 3


def fault_rows(scored: Sequence[Scored], asked: Collection[tuple[str, str]]) -> tuple[FaultRow, ...]:
    """How well each fault is told of those ``asked`` for as (drill, key), also where every set of it failed."""
    found = []
    for drill in CATALOGUE:
        sets = [each for each in scored if each.set.drill == drill.key]
        keys = dict.fromkeys(fault.key for fault in drill.faults if (drill.key, fault.key) in asked)
        found += [_row(drill, key, sets) for key in keys]
    return tuple(found)


def hardly_judged(scored: Sequence[Scored]) -> set[tuple[str, str]]:
    """(drill, fault) of which fewer than LEAST_PUT_IN repetitions with the fault were judged."""
    asked = {(each.set.drill, each.set.fault) for each in scored if each.set.fault}
    return {(row.drill, row.key) for row in fault_rows(scored, asked) if row.put_in < LEAST_PUT_IN}


def _row(drill: Drill, key: str, sets: Sequence[Scored]) -> FaultRow:
    sides = [fault for fault in drill.faults if fault.key == key]
    also = {key} | _told_instead(drill, sides)
    row: Counter[str] = Counter()
    for each in sets:
        if each.set.view is not sides[0].view:
            continue
        for pair in each.pairs:
            unseen = pair.told and each.set.fault == key and key in pair.told.not_seen
            if unseen or (pair.told and not _judged(drill, pair.told)):
                row["unjudged"] += 1
            elif each.set.fault == key and pair.faulty:
                row["hits" if pair.told and also & pair.told.faults.keys() else "misses"] += 1
                row["performed"] += bool(pair.true and also & pair.true.faults.keys())
            elif pair.told:
                _count_without(key, sides, pair.told, pair.true, row)
    return FaultRow(drill=drill.key, key=key, grade=sides[0].grade, **row)


def _judged(drill: Drill, told: Told) -> bool:
    """Its form was judged: it has a score or, where nothing takes points off, some fault could be seen."""
    weightless = not any(fault.weight for fault in drill.faults)
    return told.score is not None or (weightless and any(fault.key not in told.not_seen for fault in drill.faults))


def _count_without(key: str, sides: Sequence[Fault], told: Told, true: Told | None, row: Counter[str]) -> None:
    """A repetition into which the fault was not put."""
    if key not in told.faults:
        row["clean"] += key not in told.not_seen
        return
    distance = max((_beyond(side, true) for side in sides), default=0.0)
    if distance > 0 or (true and key in true.faults):
        row["there"] += 1
        return
    border = distance > -BORDER and not all(side.measure in WHOLE for side in sides)
    row["border" if border else "false"] += 1
    row["false_reds"] += told.faults[key] == "red"


def _beyond(fault: Fault, true: Told | None) -> float:
    """How far the true measure is beyond the green edge, in widths of the band to the red one.

    Unknown is far within: what the true key points do not show is not there.
    """
    value = true.measures.get(fault.measure) if true else None
    return -1.0 if value is None else (value - fault.green) / (fault.red - fault.green)


def _told_instead(drill: Drill, sides: Sequence[Fault]) -> set[str]:
    """Keys under which the same mistake is told when it is worse there, or comes first."""
    mistakes = {side.mistake for side in sides if side.mistake}
    same = {fault.key for fault in drill.faults if fault.mistake in mistakes}
    return same | {side.yields_to for side in sides if side.yields_to}


def drill_rows(scored: Sequence[Scored]) -> tuple[DrillRow, ...]:
    """How well each drill is counted."""
    found = []
    for drill in CATALOGUE:
        sets = [each for each in scored if each.set.drill == drill.key]
        if not sets:
            continue
        off = [abs(len(each.watched.told) - each.expected) for each in sets]
        refused: Counter[str] = Counter()
        for each in sets:
            refused.update(each.watched.refused)
        names = dict.fromkeys(name for each in sets for name in each.errors)
        errors = {name: spread([e for each in sets for e in each.errors.get(name, ())]) for name in names}
        found.append(
            DrillRow(
                drill=drill.key,
                sets=len(sets),
                exact=off.count(0),
                near=sum(n <= 1 for n in off),
                performed=sum(each.expected for each in sets),
                counted=sum(len(each.watched.told) for each in sets),
                refused=dict(refused),
                good_reds=sum(each.watched.reds for each in sets if not each.set.fault),
                errors={name: error.mean for name, error in errors.items() if error.n},
            )
        )
    return tuple(found)


def unmeasured() -> tuple[Unmeasured, ...]:
    """Faults of the catalogue that the figure does not perform."""
    known = {(script.drill, key) for script, key, _ in acted()}
    return tuple(
        Unmeasured(drill=drill.key, key=key, grade=fault.grade, why=f"not performed; judged by {fault.measure}")
        for drill in CATALOGUE
        for key, fault in {fault.key: fault for fault in drill.faults}.items()
        if (drill.key, key) not in known
    )
