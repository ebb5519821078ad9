"""What moves the session: verdicts, presses, ticks and signs.  Each carries its own time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.scoring.verdict import Verdict


class Action(StrEnum):
    """What a button (or its twin on the keyboard) asks for.  A long press of select is BACK."""

    PREVIOUS = "previous"
    NEXT = "next"
    SELECT = "select"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Press:
    """A button was pressed at ``t`` seconds."""

    t: float
    action: Action


@dataclass(frozen=True, slots=True)
class Tick:
    """The clock says ``t`` seconds; only ticks make time run out, so a replay without ticks never does."""

    t: float


class Sign(StrEnum):
    """What a body can say to the mirror beside moving well: stop; what may have befallen it; and that it is there."""

    HANDS_UP = "hands_up"
    FELL = "fell"
    MOTION = "motion"  # of the motion sensor: somebody moves before the mirror


@dataclass(frozen=True, slots=True)
class Signal:
    """A ``sign`` was seen at ``t`` seconds."""

    t: float
    sign: Sign


Event = Verdict | Press | Tick | Signal
