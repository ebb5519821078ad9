"""The pictures at the sink: a glass, a lean, what came of it, what the camera sees, and the lesson."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kiosk.session.parts import NO_KEYS, FormLight, Keys
from kiosk.text import Text

#: A place in a picture: shares of its width, from the left, and of its height, from the top.
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Glass:
    """Somebody is at the sink: nothing is to be seen but themselves; after a press a ``note`` and what the keys do."""

    title: Text = Text("")
    note: Text = Text("")
    keys: Keys = NO_KEYS


@dataclass(frozen=True, slots=True)
class Leaning:
    """A lean at the sink: two ``lights`` and, seldom, a ``cue``."""

    lights: tuple[FormLight, ...]
    cue: Text = Text("")


@dataclass(frozen=True, slots=True)
class Leant:
    """Stood up after a lean: ``share`` percent of it was good, ``result`` says how long it was and ``lately`` how much
    of today and of this week was; ``next_step``: what to mind, or ""; ``unseen``: what was not measured, and why."""

    title: Text
    share: int | None
    result: Text
    lately: tuple[Text, ...]
    next_step: Text
    unseen: Text


class Placed(NamedTuple):
    """Somebody in the camera's picture: the middle of the ``head`` and its ``radius``, a share of the picture's width,
    both ``shoulders``; whether they stand ``upright``, and whether all that is needed of them is ``seen``."""

    head: Point
    radius: float
    shoulders: tuple[Point, Point]
    upright: bool
    seen: bool


@dataclass(frozen=True, slots=True)
class CameraPlan:
    """What a camera will see of short and tall people where it hangs, by arithmetic.

    ``shape``: the height of its picture in widths.  ``people``: standing and bent; ``told``: who leaves it, a sentence
    each, or that nobody does.
    """

    shape: float
    people: tuple[Placed, ...]
    told: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Framing:
    """What the camera will see by its ``plan``, and what it sees now: the points ``seen`` of who stands there."""

    title: Text
    text: Text
    plan: CameraPlan
    seen: tuple[Point, ...]
    keys: Keys = NO_KEYS


@dataclass(frozen=True, slots=True)
class Teaching:
    """The mirror is taught a good lean: ``text`` says what to do now; so many leans are ``done`` ``of`` all.

    ``share`` 0..1, in steps of 0.05: how deep it is, of how deep it is to be.
    """

    title: Text
    text: Text
    hint: Text
    share: float
    done: int
    of: int
    keys: Keys = NO_KEYS
