"""What a drill and a fault are: the data that the scoring loop is compiled from.  The drills are in kiosk/drills."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.scoring.geometry import NEEDS
from kiosk.scoring.guards import guards_of
from kiosk.scoring.measures import NAMES, measures_of
from kiosk.scoring.quantities import DRIVERS, extras_of
from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import View

#: The form lights, in the order they are shown.
LIGHTS = ("back", "hips", "knees", "shins", "head", "feet", "tempo")

#: A measured directly, B a visible correlate (half weight), C needs another sensor, D cannot be seen (biomechanics
#: 0.9). Only A and B are faults that the mirror lights; C and D are declared as Unseen.
GRADES = ("A", "B")

#: What makes one of a drill (biomechanics 0.8, 1.2): a movement there and back; a lift that starts bent at the floor;
#: a swing from bottom to bottom; a jump and its landing; two opposite ends in turn; a posture held; a time kept.
KINDS = ("rep", "lift", "swing", "jump", "alternation", "hold", "timer")

#: How quick the movements are that the smoothing must follow (biomechanics 5.2).
PACES = ("still", "slow", "quick")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One mistake the mirror can light.

    ``measure`` names an entry of kiosk.scoring.measures.MEASURES.  Green up to ``green``, red beyond ``red``, amber
    between; red below green means that *small* values are the fault.  ``amber_only``: ``red`` is where it is
    full-blown, yet it is never shown red.  ``weight`` is what a full-blown fault takes off a score of 100, ``cap`` what
    no repetition with it red can pass (biomechanics 5.5).  ``view``: from where it can be seen.  ``cue`` is what is
    said of it, ``again`` the same in other words, for when the first have not helped.

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
    cap: int = 100
    cue: str
    again: str = ""
    view: View = View.SIDE
    amber_only: bool = False
    mistake: str = ""
    yields_to: str = ""

    def __post_init__(self) -> None:
        place = f"fault {self.key}"
        _one_of(place, "light", self.light, LIGHTS)
        _one_of(place, "measure", self.measure, NAMES)
        _one_of(place, "grade", self.grade, GRADES)
        _one_of(place, "view", self.view, (View.SIDE, View.FRONT))
        _rule(place, "red", self.red != self.green, "differs from green")
        _rule(place, "weight", 0 <= self.weight <= 100, "is 0 to 100 points")
        _rule(place, "cue", bool(self.cue), "is a sentence")


@dataclass(frozen=True, kw_only=True, slots=True)
class Unseen:
    """Something the drill is about that this mirror cannot see.

    ``key`` is the fault's, ``what`` the two or three words shown on the screen ("lower back"), ``why`` a sentence.
    ``reminder`` is what it is reminded of by, in turn with others (biomechanics 2.5), or "".
    """

    key: str
    what: str
    why: str
    reminder: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Motion:
    """The rise and fall of a ``driver`` that makes one repetition (or one hold), above its value at the start.

    It begins at ``onset``, counts when it has passed ``least``, stayed there for ``held`` seconds, and come ``home`` or
    below ``home_share`` of its own peak (a quarter suits angles, heights come home later).  ``usual`` is its value at
    the end of a usual repetition (the end of the depth bar until the person's own is known).  Degrees, trunk
    lengths for heights, else the unit of its quantity.  ``quickest`` and ``slowest`` in seconds from onset to home;
    ``settled`` seconds at home that close it, ``unseen`` those for which it may be out of sight (biomechanics 0.8).
    ``kept``: of a hold that is the start itself, begun within ``home`` of nothing, to either side, and kept up as long
    as the driver does not grow beyond ``least``.  Of a hold: it is judged ``over`` so many seconds, shown red once it
    ``reddens`` for so many (who lowers the hips to the floor passes through red within half a second), and a fault is
    one of it that ``lasts`` so many in all.
    """

    driver: str
    onset: float
    least: float
    home: float
    home_share: float = 0.25
    usual: float
    held: float = 0.3
    settled: float = 0.3
    unseen: float = 0.7
    quickest: float = 0.8
    slowest: float = 15.0
    kept: bool = False
    over: float = 1.0
    reddens: float = 0.6
    lasts: float = 1.0

    def check(self, place: str) -> None:
        """Raise ValueError, naming ``place`` and the field, for values that make no machine."""
        _one_of(place, "driver", self.driver, DRIVERS)
        _rule(place, "least", 0 < self.onset < self.least <= self.usual, "lies between onset and usual")
        _rule(place, "home", 0 < self.home < self.least, "lies below least")


@dataclass(frozen=True, kw_only=True, slots=True)
class Drill:
    """One exercise the mirror teaches.

    ``kind`` is one of KINDS; ``motion`` what is counted, seen in the drill's ``view``; ``front`` what is counted in a
    set filmed from the front, of a drill that has faults to be seen from there; ``without_outline`` what is counted in
    its place where the outline of the back is not seen.  ``start`` names the posture it
    begins in (kiosk.scoring.start), ``pace`` one of PACES.  ``needs`` are the joints without which the form cannot be
    judged.  A light to which no fault belongs is one that the mirror cannot see.

    Dose: ``sets`` of ``reps`` (or holds of ``hold_s`` seconds), ``rest_s`` seconds between.  ``side_by``: done with one
    side at a time, first the left, then the right; it names the quantity whose sign at the bottom tells which works
    (+ left).  ``level`` 0..6 is the rung of the progression (biomechanics 1.3), ``easier`` the key of the drill to
    fall back on, ``confirm`` what has to be confirmed before it is begun, or "".  ``learns_seat``: its depth is a
    seat's or a box's, learnt from the first one.  ``takes_up``: the hands take something up in it, or put it down,
    in whatever way the person likes.  ``alone``: nobody else may be near; ``dry``: the floor may not be wet.
    ``touching``, ``long_back``, ``felt``: what is asked after a set of it, since no camera can know, or "".
    """

    key: str
    spec: str
    title: str
    #: One line that says what the drill is, for the screen on which it is chosen.
    summary: str
    view: View = View.SIDE
    kind: str = "rep"
    start: str = "standing"
    pace: str = "slow"
    level: int
    sets: int = 2
    reps: int
    hold_s: float = 0.0
    rest_s: float = 60.0
    #: How quick it should be, in a few words ("down 2 to 4 s, up 1 to 2 s").
    tempo: str = ""
    side_by: str = ""
    learns_seat: bool = False
    takes_up: bool = False
    alone: bool = False
    dry: bool = False
    touching: str = ""
    long_back: str = ""
    felt: str = ""
    easier: str = ""
    confirm: str = ""
    motion: Motion
    front: Motion | None = None
    without_outline: Motion | None = None
    needs: tuple[str, ...]
    lights: tuple[str, ...]
    faults: tuple[Fault, ...]
    unseen: tuple[Unseen, ...]
    cues: tuple[str, ...]
    reminders: tuple[str, ...]
    #: Measures that are told of every repetition beyond those its faults ask for.
    tells: tuple[str, ...] = ()
    #: Hinge index at and above which a repetition is a hinge, and below which it is a squat (signals 4.1).
    hinge_from: float = 70.0
    squat_below: float = 50.0

    def __post_init__(self) -> None:
        place = f"drill {self.key}"
        _one_of(place, "view", self.view, (View.SIDE, View.FRONT))
        _one_of(place, "kind", self.kind, KINDS)
        _one_of(place, "start", self.start, tuple(STARTS))
        _one_of(place, "pace", self.pace, PACES)
        _rule(place, "level", 0 <= self.level <= 6, "is 0 to 6")
        _rule(place, "reps", self.reps > 0, "is at least 1")
        _rule(place, "hold_s", (self.kind in ("hold", "timer")) == (self.hold_s > 0), "is set for holds alone")
        self.motion.check(place)
        if self.side_by:
            _one_of(place, "side_by", self.side_by, DRIVERS)
        if self.front:
            self.front.check(f"{place}, front")
        if self.without_outline:
            self.without_outline.check(f"{place}, without_outline")
        _rule(place, "hinge_from", self.squat_below <= self.hinge_from, "is not below squat_below")
        for joint in self.needs:
            _one_of(place, "needs", joint, tuple(NEEDS))
        for light in self.lights:
            _one_of(place, "lights", light, LIGHTS)
        _rule(place, "lights", list(self.lights) == sorted(set(self.lights), key=LIGHTS.index), "are in LIGHTS' order")
        for fault in self.faults:
            _rule(place, "faults", fault.light in self.lights, f"have their lights: {fault.key} has not")
            seen = fault.view is self.view or self.front is not None
            _rule(place, "faults", seen, f"can be seen: {fault.key} needs the {fault.view}")
        measured = [(fault.key, fault.measure, fault.green, fault.view) for fault in self.faults]
        _rule(place, "faults", len(measured) == len(set(measured)), "are there once")
        _rule(place, "cues", bool(self.cues), "has at least one")
        for measure in self.tells:
            _one_of(place, "tells", measure, NAMES)

    @property
    def outlined(self) -> bool:
        """The outline of the back is asked for: a fault shows in it, or it is what is counted."""
        return any(extra.outline for extra in extras_of(self))

    @property
    def lying(self) -> bool:
        """The body is along the floor, or lies back: the model must look at a turned picture (biomechanics 1.1)."""
        start = STARTS[self.start]
        return start.lying or start.face_up

    @property
    def views(self) -> tuple[View, ...]:
        """The views in which a set of it can be done, the usual one first."""
        return (self.view, View.FRONT) if self.front and self.view is not View.FRONT else (self.view,)

    @property
    def bust(self) -> bool:
        """Who does it is so near to a camera before them that only head and shoulders are sure to be seen."""
        return self.motion.driver == "lean_near"

    @property
    def quantities(self) -> tuple[str, ...]:
        """Names of what has to be measured of every frame for it (kiosk.scoring.quantities), core ones among them."""
        used = [name for measure in measures_of(self) for name in measure.uses]
        used += [name for guard in guards_of(self) for name in guard.uses]
        drivers = [motion.driver for motion in (self.motion, self.front, self.without_outline) if motion]
        return tuple(dict.fromkeys([*drivers, *([self.side_by] if self.side_by else []), *used]))

    def motion_in(self, view: View, *, outlined: bool = True) -> Motion:
        """What is counted when it is seen in ``view``, and the outline of the back in it or not."""
        if view is View.FRONT and self.front:
            return self.front
        return self.motion if outlined or self.without_outline is None else self.without_outline


def _one_of(place: str, field: str, value: str, known: tuple[str, ...]) -> None:
    _rule(place, field, value in known, f"is one of {', '.join(known)}, not {value!r}")


def _rule(place: str, field: str, holds: bool, rule: str) -> None:
    if not holds:
        raise ValueError(f"{place}: {field} {rule}")
