"""Every drill the mirror teaches, as data: one tuple entry each, one file per family, faults shared."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kiosk.drills.capabilities import REMINDERS_ONLY
from kiosk.drills.daily import DAILY
from kiosk.drills.faults.back import ROUNDS
from kiosk.drills.floor import FLOOR
from kiosk.drills.glutes import GLUTES
from kiosk.drills.hinges import HINGE, HINGES
from kiosk.drills.lifts import LIFTS
from kiosk.drills.squats import SQUATS
from kiosk.scoring.drill import Drill, Fault, Unseen
from kiosk.trouble import BadInput

#: Said of a fault that the accuracy card found wanting.
UNRELIABLE = "Measured too unreliably: in tests it was missed, or seen where there was none, too often."

#: Every drill with all that is declared: what the accuracy card measures.  In the order in which they are offered: the
#: hinge, for which the mirror is there, then by level.
CATALOGUE: tuple[Drill, ...] = (
    HINGE,
    *sorted(
        (drill for drill in (*HINGES, *DAILY, *GLUTES, *FLOOR, *SQUATS, *LIFTS) if drill is not HINGE),
        key=lambda drill: drill.level,
    ),
)


def trust(drill: Drill, reminders_only: Collection[tuple[str, str]]) -> Drill:
    """``drill`` with those of its faults (drill key, fault key) unseen and reminded of (biomechanics 5.7, 7.5).

    Where a rounded back cannot be told nothing else of the back is: its light would be green of a round one.
    """
    wanting = [fault for fault in drill.faults if (drill.key, fault.key) in reminders_only]
    if any(fault.key == ROUNDS.key for fault in wanting):
        wanting += [fault for fault in drill.faults if fault.light == ROUNDS.light and fault not in wanting]
    if not wanting:
        return drill
    first = {fault.key: fault for fault in reversed(wanting)}
    told = [doubted(fault) for fault in reversed(first.values())]
    return replace(
        drill,
        faults=tuple(fault for fault in drill.faults if fault not in wanting),
        unseen=(*drill.unseen, *told),
        reminders=(*drill.reminders, *(each.reminder for each in told)),
    )


def doubted(fault: Fault) -> Unseen:
    """What becomes of a ``fault`` that is found wanting."""
    return Unseen(key=fault.key, what=fault.title.lower(), why=UNRELIABLE, reminder=fault.cue)


#: What ships.
DRILLS: tuple[Drill, ...] = tuple(trust(drill, REMINDERS_ONLY) for drill in CATALOGUE)


def find_drill(key: str) -> Drill:
    """The drill of that key.  Raises BadInput, which names the known keys."""
    for drill in DRILLS:
        if drill.key == key:
            return drill
    raise BadInput(f"drill {key!r}: no such drill; known are {', '.join(drill.key for drill in DRILLS)}")
