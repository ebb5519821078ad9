"""What a drill and a fault are: the data that the scoring loop is compiled from.  The drills are in kiosk/drills."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.scoring.geometry import DRIVERS, NEEDS
from kiosk.scoring.measures import NAMES
from kiosk.scoring.verdict import View

#: The form lights, in the order they are shown.
LIGHTS = ("back", "hips", "knees", "shins", "head", "feet", "tempo")

#: A measured directly, B a visible correlate (half weight), C needs another sensor, D cannot be seen (biomechanics
#: 0.9). Only A and B are faults that the mirror lights; C and D are declared as Unseen.
GRADES = ("A", "B")

#: Kinds of drill that have a machine.
KINDS = ("rep",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One mistake the mirror can light.

    ``measure`` names an entry of kiosk.scoring.measures.MEASURES.  Green up to ``green``, red beyond ``red``, amber
    between; red below green means that *small* values are the fault.  ``amber_only``: ``red`` is where it is
    full-blown, yet it is never shown red.  ``weight`` is what a full-blown fault takes off a score of 100 (biomechanics
    5.5).

    Of faults that share a ``mistake`` only the largest is reported; one that ``yields_to`` another is not reported
    beside it unless it is the worse of the two.
    """

    key: str
    light: str
    title: str
    measure: str
    green: float
    red: float
    grade: str
    weight: float
    cue: str
    amber_only: bool = False
    mistake: str = ""
    yields_to: str = ""

    def __post_init__(self) -> None:
        place = f"fault {self.key}"
        _one_of(place, "light", self.light, LIGHTS)
        _one_of(place, "measure", self.measure, NAMES)
        _one_of(place, "grade", self.grade, GRADES)
        _rule(place, "red", self.red != self.green, "differs from green")
        _rule(place, "weight", 0 <= self.weight <= 100, "is 0 to 100 points")
        _rule(place, "cue", bool(self.cue), "is a sentence")


@dataclass(frozen=True, kw_only=True, slots=True)
class Unseen:
    """Something the drill is about that this mirror cannot see.

    ``key`` is the fault's, ``what`` the two or three words shown on the screen ("lower back"), ``why`` a sentence.
    """

    key: str
    what: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Drill:
    """One exercise the mirror teaches.

    ``driver`` is the measure whose rise and fall makes a repetition: it begins at ``onset``, counts when it has passed
    ``least`` and come back ``home``.  ``usual`` is its value at the bottom of a usual repetition (the end of the depth
    bar until the person's own is known).  Degrees, or trunk lengths for heights.  ``needs`` are the joints without
    which the form cannot be judged.  A light to which no fault belongs is one that the mirror cannot see.
    """

    key: str
    spec: str
    title: str
    #: One line that says what the drill is, for the screen on which it is chosen.
    summary: str
    view: View
    kind: str
    level: int
    reps: int
    driver: str
    onset: float
    least: float
    home: float
    #: Home also is below this share of the repetition's own peak; a quarter suits angles, heights come home later.
    home_share: float = 0.25
    usual: float
    needs: tuple[str, ...]
    lights: tuple[str, ...]
    faults: tuple[Fault, ...]
    unseen: tuple[Unseen, ...]
    cues: tuple[str, ...]
    reminders: tuple[str, ...]
    #: Hinge index at and above which a repetition is a hinge, and below which it is a squat (signals 4.1).
    hinge_from: float
    squat_below: float

    def __post_init__(self) -> None:
        place = f"drill {self.key}"
        _one_of(place, "view", self.view, (View.SIDE,))
        _one_of(place, "kind", self.kind, KINDS)
        _one_of(place, "driver", self.driver, tuple(DRIVERS))
        _rule(place, "level", 0 <= self.level <= 6, "is 0 to 6")
        _rule(place, "reps", self.reps > 0, "is at least 1")
        _rule(place, "least", 0 < self.onset < self.least < self.usual, "lies between onset and usual")
        _rule(place, "home", 0 < self.home < self.least, "lies below least")
        _rule(place, "hinge_from", self.squat_below <= self.hinge_from, "is not below squat_below")
        for joint in self.needs:
            _one_of(place, "needs", joint, tuple(NEEDS))
        for light in self.lights:
            _one_of(place, "lights", light, LIGHTS)
        _rule(place, "lights", list(self.lights) == sorted(set(self.lights), key=LIGHTS.index), "are in LIGHTS' order")
        for fault in self.faults:
            _rule(place, "faults", fault.light in self.lights, f"have their lights: {fault.key} has not")
        measured = [(fault.key, fault.measure, fault.green) for fault in self.faults]
        _rule(place, "faults", len(measured) == len(set(measured)), "are there once")
        _rule(place, "cues", bool(self.cues), "has at least one")


def _one_of(place: str, field: str, value: str, known: tuple[str, ...]) -> None:
    _rule(place, field, value in known, f"is one of {', '.join(known)}, not {value!r}")


def _rule(place: str, field: str, holds: bool, rule: str) -> None:
    if not holds:
        raise ValueError(f"{place}: {field} {rule}")
