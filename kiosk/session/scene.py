"""A scene: all there is to be seen, as one plain value.  The screen paints it; equal scenes need no new paint."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.scoring.verdict import Light, Rung
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
    """Choose a drill.  ``titles`` of all drills; ``index`` is the one select would start."""

    titles: tuple[str, ...]
    index: int
    level: int
    summary: str
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GettingReady:
    """The ladder: which ``rung`` the person has to climb next, said in ``text``; ``hint`` is a second, smaller line."""

    title: str
    rung: Rung
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class Calibrating:
    """Stand still; ``share`` 0..1 in steps of 0.05."""

    title: str
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Working:
    """A set under way.

    ``depth`` is a position along the bar, 0 standing to 1 usual bottom, at most DEEPEST, in steps of 0.01; None when
    unseen.  ``target`` repetitions or None for an open set.  ``cue`` is the one thing to say now or "".  ``paused``
    says why nothing is counted or judged, or "".  ``unseen`` is a short line of what the mirror cannot see here.
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


@dataclass(frozen=True, slots=True)
class Summary:
    """After a set.  ``score`` 0..100 or None when form could not be judged; ``band`` its word.

    ``next_step`` one line of what to do next, or ""; ``unseen`` what was not measured; ``refused`` why movements were
    not counted, at most three lines.
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


Picture = Dark | Choosing | GettingReady | Calibrating | Working | Summary


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture and what is laid over it: ``trouble`` of the machine, and the sign that the camera is ``watching``.

    ``figure``: the person watched is the simulated one (said on screen, so that nobody takes it for themselves).
    """

    picture: Picture
    trouble: Trouble | None = None
    watching: bool = False
    figure: bool = False
