"""What pictures are put together of: buttons, form lights, bars, where to stand, moving people, the line of a back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kiosk.scoring.verdict import Light
from kiosk.text import Text


@dataclass(frozen=True, slots=True)
class Keys:
    """What the three buttons do now; "" is a button that does nothing.

    ``held``: what select does when it is held, in smaller words below that say so: "hold: skip".
    """

    previous: Text = Text("")
    select: Text = Text("")
    next: Text = Text("")
    held: Text = Text("")


NO_KEYS = Keys()


@dataclass(frozen=True, slots=True)
class FormLight:
    """One big light: the form group's ``name`` (a key of LIGHTS), its ``state``, and the ``word`` under it."""

    name: str
    state: Light
    word: Text
    label: Text = Text("")


class Move(StrEnum):
    """Which way to move, as the person sees it in the mirror, so that the camera sees them whole and large."""

    STAY = ""
    LEFT = "left"
    RIGHT = "right"
    CLOSER = "closer"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Outline:
    """Where on the glass somebody sees their own reflection once they stand right.

    ``x`` of the middle of the body, a share of the lit picture's width; ``crown`` of them standing, how far down it is,
    and ``tall``, their height, both shares of the picture's height.  It may reach beyond the lit area.  ``shape``: the
    lit area's height in its widths, by which all this was reckoned.
    """

    x: float
    crown: float
    tall: float
    shape: float


class Movement(NamedTuple):
    """A movement of a stick person, to be shown again and again.

    ``frames`` each hold the 17 keypoints as (x, y), None where unseen; in heights of the standing person, x to the
    right, y down from the crown, the same origin in every frame, the floor at about 1; after them, where they are
    known, the toes of the left and the right foot, then the spine from below; at last the two ends of each of the
    ``things`` used, which are as wide as those say.  ``seconds``: how long once takes.  ``near``: the side of the body
    nearest the onlooker, "left" or "right", or "" seen from the front.
    """

    # no dataclass: there is nothing in its many numbers that could be said in another language
    frames: tuple[tuple[tuple[float, float] | None, ...], ...]
    seconds: float
    near: str = ""
    things: tuple[float, ...] = ()


class Profile(NamedTuple):
    """A back beside a stick that stands upright, as its owner sees it in a mirror; in lengths of the trunk.

    x to the right of the stick, y down from where it is to touch the tailbone.  ``outline`` of the back from the seat
    up; ``stick`` between which heights it is drawn; ``dorsal``: the side of the stick that the back is not on, +1
    right, -1 left; ``unsure``: the outline may be so far to either side.
    """

    # no dataclass, for the same reason
    outline: tuple[tuple[float, float], ...]
    stick: tuple[float, float]
    dorsal: int
    unsure: float


@dataclass(frozen=True, slots=True)
class Touch:
    """A point at which a stick along the back is to touch: its ``name``, and whether it does as a light and a ``word``.

    ``state`` is green where it touches, off where it does not, unseen where the mirror cannot tell.  ``x`` and ``y``:
    where of the body the point is, as in a Profile; of one unseen only about how high.
    """

    name: Text
    state: Light
    word: Text
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class BackLine:
    """Somebody's back beside a stick, and the three points at which that is to touch, the head first."""

    profile: Profile
    touches: tuple[Touch, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """One repetition, from its keypoints: the ``label`` above it, its number ``n`` in the dose, ``score`` or None.

    ``fault``: its worst one in words, "" if there was none; ``light``: that of the form group it belongs to, as the
    segment that is lit; ``level`` of it.  ``value``: the size, "38 degrees", of the ``angle`` that is drawn ("trunk",
    "hip", "knee", "shin", "neck", or "back", which is the line of the back itself); both "" where no angle shows what
    is wrong.  ``moment``: where in the movement it had that size, 0 at its beginning to 1 at its end; None for all the
    time.  ``back``: the back at its deepest beside a stick; else ``back_unseen`` says so in a drill that judges it.
    """

    label: Text
    n: int
    score: int | None
    movement: Movement
    fault: Text = Text("")
    light: str = ""
    level: Light = Light.OFF
    value: Text = Text("")
    angle: str = ""
    moment: float | None = None
    back: BackLine | None = None
    back_unseen: Text = Text("")


@dataclass(frozen=True, slots=True)
class RepBar:
    """One repetition in the summary's row: its ``score`` or None, its worst light, its number ``n`` in the dose."""

    score: int | None
    level: Light
    n: int
