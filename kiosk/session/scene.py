"""A scene: all there is to be seen, as one plain value.  The screen paints it; equal scenes need no new paint."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.scoring.verdict import Light, Rung, View
from kiosk.trouble import Trouble

#: The greatest depth shown: the bar ends a quarter past the usual bottom.
DEEPEST = 1.25


@dataclass(frozen=True, slots=True)
class FormLight:
    """One big light: the form group's ``name`` (a key of LIGHTS), its ``state``, and the ``word`` under it."""

    name: str
    state: Light
    word: str


@dataclass(frozen=True, slots=True)
class Dark:
    """Nothing lit: a mirror."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Choose a drill.  ``titles`` of all drills; ``index`` is the one select would start.

    ``dose`` says how much of it.  ``locked``: it is not open; ``note``: why, or what has to be confirmed, or "".
    ``select`` is what the middle button does now.
    """

    titles: tuple[str, ...]
    index: int
    level: int
    summary: str
    cues: tuple[str, ...]
    dose: str = ""
    locked: bool = False
    note: str = ""
    select: str = "start"


@dataclass(frozen=True, slots=True)
class GettingReady:
    """The ladder: which ``rung`` the person has to climb next, said in ``text``; ``hint`` is a second, smaller line.

    ``start`` is the posture it leads to (a key of STARTS), seen in ``view``.
    """

    title: str
    rung: Rung
    text: str
    hint: str
    start: str = "standing"
    view: View = View.SIDE


@dataclass(frozen=True, slots=True)
class Calibrating:
    """Keep still; ``share`` 0..1 in steps of 0.05; ``hint`` is a smaller line, or ""."""

    title: str
    text: str
    share: float
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """Whole ``seconds`` held so far of the ``target``."""

    seconds: int
    target: int


@dataclass(frozen=True, slots=True)
class Working:
    """A set under way.

    ``depth`` is a position along the bar, 0 standing to 1 usual bottom, at most DEEPEST, in steps of 0.01; None when
    unseen.  ``target`` repetitions or None for an open set.  ``cue`` is the one thing to say now or "".  ``paused``
    says why nothing is counted or judged, or "".  ``unseen`` is a short line of what the mirror cannot see here.
    ``side`` is the one at work, "left", "right" or "".  ``clock``: of a drill that is held; its bar shows the time.
    """

    title: str
    reps: int
    target: int | None
    depth: float | None
    lights: tuple[FormLight, ...]
    cue: str
    praise: bool
    paused: str
    unseen: str
    side: str = ""
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Switching:
    """Switch sides: ``text`` says how, ``side`` is the one that comes now; ``turn``: the person has to turn round."""

    title: str
    text: str
    hint: str
    side: str
    turn: bool


@dataclass(frozen=True, slots=True)
class Resting:
    """A rest or a pause, said in ``text``, with ``seconds`` to go (``share`` 0..1 of it, in steps of 0.05).

    ``result`` is one line of what was done, ``then`` what comes next; ``keys`` are what the three buttons do.
    """

    title: str
    text: str
    seconds: int
    share: float
    result: str
    then: str
    keys: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that any button answers; ``hint`` is a second, smaller text."""

    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class Summary:
    """After the last set.  ``score`` 0..100 or None when form could not be judged; ``band`` its word.

    ``next_step`` one line of what to do next, or ""; ``unseen`` what was not measured; ``refused`` why movements were
    not counted or not judged; ``notes`` of sides, holds and what differs; both together at most five lines.  ``unit``
    is what ``reps`` counts.
    """

    title: str
    reps: int
    target: int | None
    score: int | None
    band: str
    lights: tuple[FormLight, ...]
    next_step: str
    unseen: str
    refused: tuple[str, ...]
    unit: str = "rep"
    notes: tuple[str, ...] = ()


Picture = Dark | Choosing | GettingReady | Calibrating | Working | Switching | Resting | Asking | Summary


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture and what is laid over it: ``trouble`` of the machine, and the sign that the camera is ``watching``.

    ``figure``: the person watched is the simulated one (said on screen, so that nobody takes it for themselves).
    """

    picture: Picture
    trouble: Trouble | None = None
    watching: bool = False
    figure: bool = False
