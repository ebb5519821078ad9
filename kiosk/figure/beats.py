"""What a script is made of: beats that reach postures, and faults that change numbers of beats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from kiosk.figure.posture import Posture, Support
from kiosk.trouble import BadInput

#: The numbers of a posture that a beat may set.
ANGLES = tuple(part.name for part in fields(Posture) if part.name not in ("side", "support"))
#: The fields of Beat that a fault may change.
NUMBERS = ("seconds", "stay", "knee_surge", "bounces", "drop")
#: Standing tall, the posture from which the others differ.
STANDING = Posture()
#: The key under which a fault changes the posture before and after every repetition.
REST = "rest"


@dataclass(frozen=True, kw_only=True, slots=True)
class Beat:
    """Reach a posture in ``seconds``, then ``stay`` there.

    ``angles`` are the numbers that differ from the script's rest.  ``knee_surge``: degrees by which the knees bend
    further on the way than they have to.  ``bounces``: how often it goes up and down again while staying.  ``drop``: 0
    arrives softly, 1 falls into it.  ``through``: it passes the posture without coming to rest.
    """

    key: str
    seconds: float
    stay: float
    angles: Mapping[str, float] = field(default_factory=dict)
    knee_surge: float = 0.0
    bounces: float = 0.0
    drop: float = 0.0
    through: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One number of one beat (an angle, or a field of Beat) as it is when a fault is full-blown (size 1)."""

    beat: str
    what: str
    full: float


#: Turning round on the feet: two steps of a half turn.
TURN = (
    Beat(key="step", seconds=0.7, stay=0.0, angles={"heading": 50, "leg_bend": 35, "leg_back": -17}),
    Beat(key="set down", seconds=0.6, stay=0.0, angles={"heading": 90}),
    Beat(key="step again", seconds=0.7, stay=0.0, angles={"heading": 140, "leg_bend": 35, "leg_back": -17}),
    Beat(key="turned", seconds=0.6, stay=1.5, angles={"heading": 180}),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """One drill's repetition from ``rest`` to rest; the first beat goes down, the last comes up.

    ``rest``: the numbers that differ from standing; ``support``: what carries the body throughout.  ``faults``: what
    each fault changes.  ``style``: a drill may be done in several right ways, the first listed is usual.  ``seat``:
    something to sit on is there.  ``floor``: it is done lying or on all fours.  ``yaw``: how it is usually filmed, 0
    from the side, 90 from the front.  ``held``: a repetition is a hold, from reaching the first beat to leaving for the
    last.

    ``sides``: left repetitions come first, then, after the ``turn`` round, right ones, always of the side that is near
    the camera if the person faces the left of the picture at first; what differs between the sides is done by the
    ``near`` one or by the other.  ``later``: faults that begin with the second repetition, since only the first shows
    what they are measured by.
    """

    drill: str
    beats: tuple[Beat, ...]
    faults: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    rest: Mapping[str, float] = field(default_factory=dict)
    support: Support = Support.FEET
    style: str = ""
    seat: bool = False
    floor: bool = False
    yaw: float = 0.0
    held: bool = False
    counted: bool = True
    sides: bool = False
    near: bool = True
    turn: tuple[Beat, ...] = TURN
    later: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = {REST, *(beat.key for beat in self.beats)}
        changes = [(fault, change) for fault, changes in self.faults.items() for change in changes]
        for fault, change in changes:
            if change.beat not in known or change.what not in (*ANGLES, *NUMBERS):
                raise ValueError(f"{self.drill} {fault}: no {change.what!r} of beat {change.beat!r}")
        for beat in (*self.beats, *self.turn, Beat(key=REST, seconds=0, stay=0, angles=self.rest)):
            if not set(beat.angles) <= set(ANGLES):
                raise ValueError(f"{self.drill} {beat.key}: no {set(beat.angles) - set(ANGLES)}")

    @property
    def resting(self) -> Posture:
        """The posture before and after every repetition."""
        return Posture(**self.rest, support=self.support)  # type: ignore[arg-type]  # its numbers only, checked above


def put_faults_in(script: Script, faults: Mapping[str, float]) -> Script:
    """The script with faults mixed in by size (0 none, 1 full-blown); its beats have every number set.

    Raises BadInput naming known faults.
    """
    rest = {name: getattr(script.resting, name) for name in ANGLES}
    for fault in faults:
        if fault not in script.faults:
            raise BadInput(f"fault {fault!r}: the figure's {script.drill} knows {', '.join(script.faults) or 'none'}")
    changes = [(change, size) for fault, size in faults.items() for change in script.faults[fault]]
    mixed_rest = mix(rest, [(change, size) for change, size in changes if change.beat == REST])
    beats = []
    for beat in script.beats:
        numbers = {name: getattr(beat, name) for name in NUMBERS} | mixed_rest | dict(beat.angles)
        mixed = mix(numbers, [(change, size) for change, size in changes if change.beat == beat.key])
        own = {name: mixed.pop(name) for name in NUMBERS}
        beats.append(Beat(key=beat.key, through=beat.through, angles=mixed, **own))
    return replace(script, rest=mixed_rest, beats=tuple(beats))


def mix(good: Mapping[str, float], changes: list[tuple[Change, float]]) -> dict[str, float]:
    """Good numbers, each changed by its size's share of the way to full-blown."""
    mixed = dict(good)
    for change, size in changes:
        mixed[change.what] += size * (change.full - good[change.what])
    return mixed
