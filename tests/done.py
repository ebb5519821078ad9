"""Sets that somebody has done, for the tests of what is remembered of them."""

from __future__ import annotations

from kiosk.drills import find_drill
from kiosk.scoring.verdict import Light
from kiosk.session.progress import FaultDone, RepDone, SetDone

DAY = 86400.0
HINGE = find_drill("hinge")
FAULT = HINGE.faults[0]
#: A hinge's first fault, amber.
SHOWN = (FaultDone(key=FAULT.key, level=Light.AMBER, value=1.0),)
USUAL = HINGE.motion.usual
REP = RepDone(side="left", score=80, coverage=1.0, seconds=4.0, range=USUAL)


def a_set(day: float, *closed: RepDone, drill: str = "hinge") -> SetDone:
    """The repetitions ``closed`` of ``drill`` as Ann did them on that ``day``."""
    scores = tuple(rep.score for rep in closed if rep.score is not None)
    return SetDone(
        t=day * DAY, profile="Ann", drill=drill, reps=len(closed), score=None, scores=scores, reds=(), range_sd=None,
        coverage=1.0, seconds=60.0, closed=closed,
    )  # fmt: skip
