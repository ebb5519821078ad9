"""The drill card: what is offered, what it is for, how it is done, and what the buttons do."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.session.scene import Choosing, Movement
from kiosk.ui import marks, sticks
from kiosk.ui.captions import bullets, caption, panel, title
from kiosk.ui.colours import CYAN, FAINT, GREY, PAPER, SOFT
from kiosk.ui.drawing import Box, Mark
from kiosk.ui.keys import keys
from kiosk.ui.layout import Layout
from kiosk.ui.words import write

#: The highest level a drill can have (biomechanics 1.3).
LEVELS = 6
#: Cues shown: more would be too small to be read from where one stands; and beside a note.
CUES, CUES_BESIDE_A_NOTE = 4, 2


def choosing(picture: Choosing, at: Layout, beat: int, demonstration: Movement | None) -> Iterator[Mark]:
    """The drill offered, large between its neighbours, done by a moving stick person, its cues, and the buttons."""
    unit = at.unit
    yield from title(picture.title, at)
    yield from _offer(picture, at.offer, unit)
    yield from write(picture.summary, at.about, "about", 40 * unit, SOFT)
    if demonstration:
        yield from _shown(demonstration, at.demonstration, beat, unit)
    yield from _level(picture, at.facts, unit)
    cues, note = at.cues, at.cues.top(at.cues.h * 0.48)
    if picture.note:
        sign = marks.lock if picture.locked else marks.chevrons
        cues = cues.bottom(cues.h * 0.46)
        yield panel(note, "cues", SOFT, 24 * unit, 5 * unit)
        yield from caption(picture.note, sign, note.inset(24 * unit, 14 * unit), "cues", 40 * unit, PAPER, 90 * unit)
    shown = picture.cues[: CUES_BESIDE_A_NOTE if picture.note else CUES]
    yield from bullets(shown, marks.chevrons, cues, "cues", 40 * unit, PAPER)
    yield from keys(picture.keys, at)


def _offer(picture: Choosing, box: Box, unit: float) -> Iterator[Mark]:
    """The chosen title between its neighbours (the catalogue is a ring)."""
    titles, index = picture.titles, picture.index
    aside = round(box.h * 0.22)
    if len(titles) > 2:
        yield from write(titles[index - 1], box.top(aside), "offer", 36 * unit, GREY, down=0.5)
    chosen = box.inset(0, aside + 6 * unit)
    colour = SOFT if picture.locked else PAPER
    yield Mark(FAINT if picture.locked else CYAN, chosen.left(12 * unit), "offer")
    yield from write(titles[index], chosen.right(chosen.w - 40 * unit), "offer", 100 * unit, colour, down=0.5)
    if len(titles) > 1:
        yield from write(titles[(index + 1) % len(titles)], box.bottom(aside), "offer", 36 * unit, GREY, down=0.5)


def _shown(movement: Movement, box: Box, beat: int, unit: float) -> Iterator[Mark]:
    """How it is done, on a floor."""
    floor, thick = box.top(box.h - 8 * unit), max(round(4 * unit), 1)
    joints = sticks.step(movement, sticks.reached(movement, beat))
    yield Mark(FAINT, Box(box.x, box.y + box.h - thick, box.w, thick), "demonstration")
    yield sticks.stick(movement, joints, floor, "demonstration", sticks.scale([movement], floor))


def _level(picture: Choosing, box: Box, unit: float) -> Iterator[Mark]:
    """The level in words, and as pips filled up to it; the dose beside it, and a lock."""
    colour = SOFT if picture.locked else CYAN
    words, pips, dose = (
        box.left(180 * unit),
        box.right(box.w - 190 * unit).left(250 * unit),
        box.right(box.w - 470 * unit),
    )
    yield from write(picture.rung, words, "facts", 36 * unit, colour, down=0.5)
    for i, place in enumerate(pips.columns(LEVELS, 12 * unit)):
        pip = place.inset(0, (place.h - place.w) / 2)
        full = i < picture.level
        yield panel(pip, "facts", colour if full else FAINT, 6 * unit, 0.0 if full else 3 * unit)
    yield from write(picture.dose, dose, "facts", 36 * unit, SOFT, down=0.5)
