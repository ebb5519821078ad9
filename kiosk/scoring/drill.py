"""What a drill and a fault are: the data the scoring loop is compiled from.  The drills themselves are in kiosk/drills."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.scoring.verdict import View

#: The form lights, in the order they are shown.
LIGHTS = ("back", "hips", "knees", "shins", "head", "feet", "tempo")

#: A measured directly, B a visible correlate (half weight), C needs another sensor, D cannot be seen (biomechanics 0.9).
GRADES = ("A", "B", "C", "D")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One mistake the mirror can light.

    ``measure`` names a row of the table of rep measures.  Green up to ``green``, red beyond ``red``, amber between; red
    below green means that *small* values are the fault.  ``red`` None: amber at worst.  ``weight`` is what a full-blown fault
    takes off a score of 100.
    """

    key: str
    light: str
    title: str
    measure: str
    green: float
    red: float | None
    grade: str
    weight: float
    cue: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Unseen:
    """Something the drill is about that this mirror cannot see: the fault's ``key``, and ``why`` in a sentence."""

    key: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Drill:
    """One exercise the mirror teaches.

    ``driver`` is the measure whose rise and fall makes a repetition; it counts when it rises past ``least`` and comes
    back.  ``usual`` is its value at the bottom of a usual repetition (the end of the depth bar until the person's own is
    known).  Degrees, or trunk lengths for heights.
    """

    key: str
    spec: str
    title: str
    view: View
    kind: str
    level: int
    reps: int
    driver: str
    least: float
    usual: float
    lights: tuple[str, ...]
    faults: tuple[Fault, ...]
    unseen: tuple[Unseen, ...]
    cues: tuple[str, ...]
    reminders: tuple[str, ...]
    #: Hinge index at and above which a repetition is a hinge, and below which it is a squat (signals 4.1).
    hinge_from: float
    squat_below: float
