"""Every drill the mirror teaches, as data: one tuple entry each, one file per family, faults shared."""

from __future__ import annotations

from kiosk.drills.hinges import HINGES
from kiosk.drills.squats import SQUATS
from kiosk.scoring.drill import Drill
from kiosk.trouble import BadInput

#: All drills, in the order in which they are offered.
DRILLS: tuple[Drill, ...] = (*HINGES, *SQUATS)


def find_drill(key: str) -> Drill:
    """The drill of that key.  Raises BadInput, which names the known keys."""
    for drill in DRILLS:
        if drill.key == key:
            return drill
    raise BadInput(f"drill {key!r}: no such drill; known are {', '.join(drill.key for drill in DRILLS)}")
