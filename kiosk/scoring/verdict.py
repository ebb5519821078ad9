"""A verdict: what the scoring loop says about one frame.  Plain values, nothing that grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.lean import Lean
from kiosk.text import Text, listed


class Light(StrEnum):
    """State of one form light.  ``UNSEEN``: the camera cannot tell; it is never shown as green."""

    OFF = "off"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    UNSEEN = "unseen"


class View(StrEnum):
    """How the person stands to the camera (biomechanics 0.6)."""

    SIDE = "side"
    OBLIQUE = "oblique"
    FRONT = "front"
    UNKNOWN = "unknown"


class Phase(StrEnum):
    """Where in the repetition the person is (biomechanics 0.8)."""

    NO_PERSON = "no_person"
    POSITION = "position"
    CALIBRATE = "calibrate"
    SETUP = "setup"
    DOWN = "down"
    BOTTOM = "bottom"
    UP = "up"
    LOCKOUT = "lockout"
    PAUSED = "paused"


class Rung(StrEnum):
    """The ladder of getting ready: never a form cue before the person stands on the last rung (users.md)."""

    IN_FRAME = "in_frame"  # nobody, or not whole, in the picture
    SIDE_ON = "side_on"  # in the picture, but not turned the way the drill needs (side-on, or facing the mirror)
    JOINTS = "joints"  # turned right, but joints the drill needs cannot be seen
    STILL = "still"  # all seen; stand tall and still for the calibration
    READY = "ready"  # calibrated


class Strategy(StrEnum):
    """How a load was lowered, from the hinge index."""

    HINGE = "hinge"
    MIXED = "mixed"
    SQUAT = "squat"


@dataclass(frozen=True, slots=True)
class FaultFound:
    """A fault in one repetition: ``value`` of its measure, ``level`` amber or red, ``grade`` A or B.

    ``title``, ``cue`` and ``again`` are the fault's own words: some keys have two sides (shins forward, shins back).
    """

    key: str
    light: str
    level: Light
    value: float
    grade: str
    title: str = ""
    cue: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True)
class Rep:
    """One counted repetition.  Times in seconds on the poses' clock; measures in the units of the measures' table.

    ``score`` is 0..100 or None where form could not be judged; ``coverage`` 0..1 is the share of frames in which the
    needed joints were seen.  ``measures`` holds None where not seen; ``not_seen`` names the faults that could not be
    judged.  ``side``: the working side of a one-sided drill, else the near one.
    """

    n: int
    side: str | None
    start: float
    bottom: float
    end: float
    score: int | None
    coverage: float
    strategy: Strategy | None
    measures: dict[str, float | None]
    faults: tuple[FaultFound, ...]
    not_seen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """One posture held: seconds in green, amber and red; the clock stands still while it is unseen.

    ``n`` counts the holds of a set; ``start`` and ``end`` in seconds on the poses' clock; the rest as in a Rep.
    """

    n: int
    side: str | None
    start: float
    end: float
    green_s: float
    amber_s: float
    red_s: float
    score: int | None
    coverage: float
    measures: dict[str, float | None]
    faults: tuple[FaultFound, ...]
    not_seen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A movement that was not counted or not judged, and why, in one plain sentence."""

    t: float
    key: str
    why: Text


def joints(names: Sequence[str]) -> Text:
    """The joints of those ``names`` as a sentence names them; just joints where there are none."""
    return listed([Text(name) for name in names]) or Text("joints")


@dataclass(frozen=True, slots=True)
class Calibration:
    """The person's own standing pose.  ``at`` seconds; lengths in camera pixels."""

    at: float
    trunk_px: float
    thigh_px: float
    shin_px: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scoring loop says about one frame.

    ``lights`` stand in the order of the drill's ``lights``.  ``depth`` is the driver as a share of the person's usual
    range (0 standing, 1 at the bottom of a usual repetition, may pass 1), NaN when unseen.  ``steady`` is 0..1, how
    much of the calibration is done.  ``missing`` are the joints (plain words, "ankle") that are needed and not seen.
    ``rep``, ``hold`` and ``refused`` are set in the one frame that closes a repetition or a hold, or refuses a
    movement.  ``facing`` is +1 to the right of the picture, -1 to the left, 0 unknown.  Of a drill that is held
    ``reps`` counts holds and ``held`` is how many seconds the one under way has lasted, in green or amber.  Of a drill
    done one side at a time ``left`` and ``right`` count by working side.  ``back``: why the outline of the back was not
    seen when it was last looked for, SEEN when it was, None when it was not looked for lately.  ``lean``: how somebody
    leans over the basin just now, None where that is not asked for, or nobody is calibrated.
    """

    t: float
    phase: Phase
    rung: Rung
    view: View
    facing: int
    lights: tuple[Light, ...]
    depth: float
    steady: float
    reps: int
    partials: int
    missing: tuple[str, ...] = ()
    calibration: Calibration | None = None
    rep: Rep | None = None
    refused: Refusal | None = field(default=None)
    hold: Hold | None = None
    held: float = 0.0
    left: int = 0
    right: int = 0
    back: Why | None = None
    lean: Lean | None = None
