"""The pictures, one function for each: what stands in which box of the layout."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.session.scene import (
    Asking,
    Resting,
    Switching,
    Working,
)
from kiosk.ui import gauges, marks
from kiosk.ui.captions import Sign, caption, title
from kiosk.ui.colours import CYAN, GREEN, GREY, PAPER, SOFT, Colour
from kiosk.ui.drawing import Box, Mark, placed
from kiosk.ui.keys import keys
from kiosk.ui.layout import Layout
from kiosk.ui.pictograms import turning
from kiosk.ui.ring import ring
from kiosk.ui.words import write


def working(picture: Working, at: Layout) -> Iterator[Mark]:
    """A set under way: count, lights, depth, and one thing to say: why nothing is counted, else praise, else a cue."""
    yield from write(picture.title, at.title, "title", 27 * at.unit, GREY, down=0.5)
    yield from gauges.count(picture, at.count, at.unit)
    yield from gauges.lamps(picture.lights, at)
    yield from gauges.depth(picture, at.depth, at.unit)
    if picture.paused:
        yield from _said(picture.paused, marks.pause, SOFT, at)
    elif picture.cue:
        sign, colour = (marks.star, GREEN) if picture.praise else (marks.chevrons, PAPER)
        yield from _said(picture.cue, sign, colour, at)
    yield from _unseen(picture.unseen, at.working_unseen, "working_unseen", at.unit)


def switching(picture: Switching, at: Layout) -> Iterator[Mark]:
    """Turn round, or take the other leg: how, and the side that comes now as a big word."""
    yield from title(picture.title, at)
    yield from _message(picture.text, picture.hint, at)
    size = min(at.emblem.w, at.emblem.h)
    yield placed(turning(size, PAPER, around=picture.turn), at.emblem, "emblem")
    yield from write(picture.side.upper(), at.after, "after", 150 * at.unit, CYAN, across=0.5, down=0.5)
    yield from keys(picture.keys, at)


def resting(picture: Resting, at: Layout) -> Iterator[Mark]:
    """The seconds to go in a ring that empties, what was done and what comes next."""
    yield from title(picture.title, at)
    yield from _message(picture.text, picture.result, at)
    yield from ring(picture.share, at.emblem, "emblem", at.unit)
    inner = at.emblem.inset(at.emblem.w * 0.2, at.emblem.h * 0.3)
    yield from write(str(picture.seconds), inner, "emblem", 220 * at.unit, across=0.5, down=0.5, passing=True)
    yield from write(picture.then, at.after, "after", 54 * at.unit, CYAN, across=0.5, down=0.5)
    yield from keys(picture.keys, at)


def asking(picture: Asking, at: Layout) -> Iterator[Mark]:
    """A question, and that any button answers it."""
    yield from write(picture.text, at.message, "message", 110 * at.unit, across=0.5, down=0.5)
    yield from write("?", at.emblem, "emblem", 320 * at.unit, CYAN, across=0.5, down=0.5)
    yield from write(picture.hint, at.after, "after", 50 * at.unit, across=0.5, down=0.5)
    yield from keys(picture.keys, at)


def _message(text: str, hint: str, at: Layout) -> Iterator[Mark]:
    """What there is to say, and a smaller line under it."""
    box = at.message
    yield from write(text, box.top(box.h * 0.66), "message", 84 * at.unit, across=0.5, down=1)
    yield from write(hint, box.bottom(box.h * 0.28), "message", 40 * at.unit, SOFT, across=0.5)


def _said(text: str, sign: Sign, colour: Colour, at: Layout) -> Iterator[Mark]:
    """What there is to hear while moving: words on black, for a lit panel would outshine the lights."""
    box = at.said
    yield Mark(colour, box.left(10 * at.unit), "said")
    yield placed(sign(round(80 * at.unit), colour), box.left(124 * at.unit), "said", across=0.7)
    yield from write(text, box.right(box.w - 132 * at.unit), "said", 37 * at.unit, down=0.5)


def _unseen(unseen: str, box: Box, part: str, unit: float) -> Iterator[Mark]:
    """What this mirror cannot see, always said."""
    if unseen:
        yield from caption(unseen, marks.crossed_eye, box, part, 22 * unit, GREY, 44 * unit)
