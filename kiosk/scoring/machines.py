"""Which machine makes movements of which kind of drill."""

from __future__ import annotations

from kiosk.scoring.alternation import AlternationMachine
from kiosk.scoring.drill import Drill
from kiosk.scoring.geometry import COLUMNS, HEIGHTS
from kiosk.scoring.hold import HoldMachine
from kiosk.scoring.jump import JumpMachine
from kiosk.scoring.lift import LiftMachine
from kiosk.scoring.machine import Machine
from kiosk.scoring.phases import RepMachine
from kiosk.scoring.quantities import Unit, columns_of, extras_of
from kiosk.scoring.swing import SwingMachine
from kiosk.scoring.verdict import View

#: What is left of a bend seen from 45 degrees: knees and shins read a third less (signals 1).
OBLIQUE_SHARE = 2 / 3

_MACHINES: dict[str, type[Machine]] = {
    "rep": RepMachine,
    "lift": LiftMachine,
    "swing": SwingMachine,
    "jump": JumpMachine,
    "alternation": AlternationMachine,
    "hold": HoldMachine,
    "timer": HoldMachine,
}


def machine_for(drill: Drill, view: View, *, outlined: bool = True) -> Machine:
    """A machine for ``drill`` as it is filmed from ``view``, the outline of the back seen or not."""
    foreshortened = view not in drill.views and _is_angle(drill)
    return _MACHINES[drill.kind](drill.motion_in(view, outlined=outlined), OBLIQUE_SHARE if foreshortened else 1.0)


def _is_angle(drill: Drill) -> bool:
    """The driver is an angle, which an oblique view makes smaller; heights keep their size."""
    column = columns_of(drill)[drill.motion.driver]
    if column < COLUMNS:
        return column not in HEIGHTS
    return extras_of(drill)[column - COLUMNS].unit is Unit.DEGREES
