"""What the simulated person does: every drill's repetition and its faults, as data.

A repetition is a few :class:`Beat`; a fault changes numbers of beats.  To add a drill: one :class:`Script`.
The numbers that good repetitions and full faults reach are biomechanics 1.2 and 2, loosened by signals 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from kiosk.figure.body import Posture
from kiosk.trouble import BadInput

#: The angles a beat may set.
ANGLES = tuple(part.name for part in fields(Posture))
#: The fields of Beat that a fault may change.
NUMBERS = ("seconds", "stay", "knee_surge", "bounces")
#: Standing tall, the posture before and after every repetition.
STANDING = Posture()


@dataclass(frozen=True, kw_only=True, slots=True)
class Beat:
    """Reach a posture in ``seconds``, then ``stay`` there.

    ``angles`` are the degrees that differ from standing.  ``knee_surge``: degrees by which the knees bend further on
    the way than they have to.  ``bounces``: how often it goes up and down again while staying.
    """

    key: str
    seconds: float
    stay: float
    angles: Mapping[str, float] = field(default_factory=dict)
    knee_surge: float = 0.0
    bounces: float = 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """One number of one beat (an angle, or a field of Beat) as it is when a fault is full-blown (size 1)."""

    beat: str
    what: str
    full: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """One drill's repetition from standing to standing; the first beat goes down, the last comes up.

    ``faults``: what each fault changes.  ``style``: a drill may be done in several right ways, the first listed is
    usual.  ``seat``: something to sit on is there.
    """

    drill: str
    beats: tuple[Beat, ...]
    faults: Mapping[str, tuple[Change, ...]]
    style: str = ""
    seat: bool = False

    def __post_init__(self) -> None:
        known = {beat.key for beat in self.beats}
        for fault, changes in self.faults.items():
            for change in changes:
                if change.beat not in known or change.what not in (*ANGLES, *NUMBERS):
                    raise ValueError(f"{self.drill} {fault}: no {change.what!r} of beat {change.beat!r}")


#: Not standing up straight: trunk and thighs keep 10 to 18 degrees.  Leaning back: the hips go forward for balance.
_NOT_UPRIGHT = (Change("tall", "trunk", 10), Change("tall", "knee", 30))
_LEANS_BACK = (Change("tall", "trunk", -18),)
_LOOKS_UP = (Change("bottom", "neck", -44),)
_DROPS_HEAD = (Change("bottom", "neck", 48), Change("bottom", "thoracic", 15))
_HURRIES = (Change("bottom", "seconds", 0.95), Change("bottom", "stay", 0.1), Change("tall", "seconds", 0.75))
_SNATCHES = (Change("bottom", "seconds", 0.5), Change("bottom", "stay", 0.7), Change("tall", "seconds", 0.5))
_BOUNCES = (Change("bottom", "bounces", 2),)

_LOCKOUT = {"F2a": _NOT_UPRIGHT, "F2c": _LEANS_BACK}
_HEAD = {"F9a": _LOOKS_UP, "F9b": _DROPS_HEAD}
_LIFT = {**_LOCKOUT, **_HEAD, "F14": _HURRIES, "F16": _BOUNCES}

HINGE = Script(
    drill="hinge",
    beats=(
        Beat(
            key="bottom", seconds=2.4, stay=0.35, angles={"trunk": 60, "knee": 28, "lumbar": 14, "arm": 4, "elbow": 12}
        ),
        Beat(key="tall", seconds=1.4, stay=1.3),
    ),
    faults={
        **_LIFT,
        # Stiff legs tip the shins back; a little weight on the toes keeps that below a fault of its own.
        "F3a": (Change("bottom", "knee", 4), Change("bottom", "trunk", 58), Change("bottom", "forward", 0.034)),
        # Shins can only go this far forward in a hinge if the knees bend and the weight goes to the toes: F4 comes
        # with it, F17 and F13 turn amber.
        "F3b": (
            Change("bottom", "knee", 54),
            Change("bottom", "trunk", 56),
            Change("bottom", "forward", 0.070),
        ),
        # The knees dip forward on the way and have come back at the bottom.
        "F4": (Change("bottom", "knee_surge", 54),),
        # A squat has bent knees and shins forward: F17, F3b and F4 come with it.
        "F10": (Change("bottom", "trunk", 44), Change("bottom", "knee", 88), Change("bottom", "lumbar", 18)),
        "F12": (Change("bottom", "trunk", 35), Change("bottom", "knee", 22)),
        # Hips stay over the feet: the weight goes to the toes and the arms back, or one would fall.
        "F13": (
            Change("bottom", "trunk", 48),
            Change("bottom", "knee", 20),
            Change("bottom", "arm", -60),
            Change("bottom", "forward", 0.070),
        ),
        # The more the knees bend, the more lean it takes to be a hinge still.
        "F17": (Change("bottom", "knee", 62), Change("bottom", "trunk", 76)),
    },
)

SQUAT = Script(
    drill="squat",
    beats=(
        Beat(
            key="bottom", seconds=2.2, stay=0.35, angles={"trunk": 37, "knee": 100, "lumbar": 22, "arm": 62, "elbow": 8}
        ),
        Beat(key="tall", seconds=1.5, stay=1.3),
    ),
    faults={
        **_LOCKOUT,
        **_HEAD,
        "F14": _HURRIES,
        # An upright trunk drives the knees forward over the toes.
        "S2": (Change("bottom", "trunk", 5), Change("bottom", "knee", 121), Change("bottom", "arm", 50)),
        "S3": (Change("bottom", "trunk", 60), Change("bottom", "arm", 40)),
        "S8": (Change("bottom", "knee", 70), Change("bottom", "trunk", 29)),
    },
)


def _pick_up(style: str, **angles: float) -> Script:
    """Bend to the floor in that style, take hold, stand up."""
    return Script(
        drill="pick_up",
        style=style,
        beats=(
            Beat(key="bottom", seconds=2.0, stay=0.5, angles={"arm": 8, "elbow": 6, **angles}),
            Beat(key="tall", seconds=1.5, stay=1.3, angles={"arm": 6, "elbow": 14}),
        ),
        faults={**_LIFT, "F14": _SNATCHES},
    )


_SEAT = {"trunk": 42, "knee": 98, "lumbar": 20, "arm": 25, "elbow": 40}

SIT_STAND = Script(
    drill="sit_stand",
    beats=(
        Beat(key="bottom", seconds=2.0, stay=0.05, angles=_SEAT),
        Beat(key="seated", seconds=0.9, stay=0.6, angles={**_SEAT, "trunk": 6, "carried": 36}),
        Beat(key="lean", seconds=0.9, stay=0.05, angles=_SEAT),
        Beat(key="tall", seconds=1.5, stay=1.3),
    ),
    faults={
        **_LOCKOUT,
        "F9a": (Change("bottom", "neck", -44), Change("seated", "neck", -44), Change("lean", "neck", -44)),
        "F9b": (Change("bottom", "neck", 48), Change("seated", "neck", 48), Change("lean", "neck", 48)),
        "F14": (Change("bottom", "seconds", 0.85), Change("tall", "seconds", 0.75)),
        "X1": (Change("bottom", "seconds", 0.8),),
        # Knees over the toes, trunk upright: the seat is met from above.
        "S2": (
            Change("bottom", "trunk", 8),
            Change("bottom", "knee", 116),
            Change("seated", "knee", 116),
            Change("seated", "carried", 2),
            Change("lean", "trunk", 8),
            Change("lean", "knee", 116),
        ),
    },
    seat=True,
)

SCRIPTS = (
    HINGE,
    SQUAT,
    _pick_up("hinge", trunk=58, knee=86, lumbar=28),
    _pick_up("stoop", trunk=78, knee=40, lumbar=26),
    _pick_up("squat", trunk=32, knee=116, lumbar=30),
    SIT_STAND,
)


def find_script(drill: str, style: str = "") -> Script:
    """The script of that drill (in that style, or the usual one).  Raises BadInput naming what is known."""
    known = [script for script in SCRIPTS if script.drill == drill]
    if not known:
        raise BadInput(f"drill {drill!r}: the figure knows {', '.join(dict.fromkeys(s.drill for s in SCRIPTS))}")
    for script in known:
        if style in ("", script.style):
            return script
    raise BadInput(f"style {style!r}: {drill} has {', '.join(script.style for script in known) or 'none'}")


def put_faults_in(script: Script, faults: Mapping[str, float]) -> tuple[Beat, ...]:
    """The script's beats with faults mixed in by size (0 none, 1 full-blown).  Raises BadInput naming known faults."""
    good = {beat.key: numbers(beat) for beat in script.beats}
    mixed = {key: dict(row) for key, row in good.items()}
    for fault, size in faults.items():
        if fault not in script.faults:
            raise BadInput(f"fault {fault!r}: the figure's {script.drill} knows {', '.join(script.faults)}")
        for change in script.faults[fault]:
            mixed[change.beat][change.what] += size * (change.full - good[change.beat][change.what])
    return tuple(Beat(key=key, angles={name: row.pop(name) for name in ANGLES}, **row) for key, row in mixed.items())


def numbers(beat: Beat) -> dict[str, float]:
    """All numbers of a beat that a fault may change: its own fields and every angle."""
    own = {name: getattr(beat, name) for name in NUMBERS}
    return own | {name: beat.angles.get(name, getattr(STANDING, name)) for name in ANGLES}
