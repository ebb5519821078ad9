"""Captions: words with a sign before them, and the panels they may stand on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import pygame

from kiosk.ui.colours import SOFT, Colour
from kiosk.ui.drawing import Box, Mark, placed
from kiosk.ui.layout import Layout
from kiosk.ui.marks import slab
from kiosk.ui.words import ABOVE, stacked, write

#: A sign that can be drawn at any size (pixels) in any colour.
Sign = Callable[[int, Colour], pygame.Surface]

#: Between a sign and its words, as a share of the sign.
GAP = 0.22


def title(text: str, at: Layout) -> Iterator[Mark]:
    """What the picture is about, in the upper left corner of it."""
    yield from write(text, at.title, "title", 36 * at.unit, SOFT, down=0.5)


def caption(text: str, sign: Sign, box: Box, part: str, capital: float, colour: Colour, icon: float) -> Iterator[Mark]:
    """``sign``, at most ``icon`` pixels wide, at the left of ``box``, and ``text`` beside it."""
    place, words = beside(box, icon)
    yield placed(sign(min(place.w, place.h), colour), place, part)
    yield from write(text, words, part, capital, colour, down=0.5)


def bullets(texts: Sequence[str], sign: Sign, box: Box, part: str, capital: float, colour: Colour) -> Iterator[Mark]:
    """``texts`` below each other with ``sign`` before each, all in letters of one size, evenly spread over ``box``."""
    texts = [text for text in texts if text.strip()]
    icon = round(capital * 1.3)
    words = box.right(box.w - icon * (1 + GAP))
    capital, heights = stacked(tuple(texts), words.w, words.h - 2 * len(texts), capital)
    gap = min((words.h - sum(heights)) / max(len(texts), 1), capital)
    y, size = float(words.y), min(icon, round(capital * 1.3))
    for text, height in zip(texts, heights, strict=True):
        row = Box(words.x, round(y), words.w, math.ceil(height))
        first = Box(box.x, round(y + (ABOVE - 0.5) * capital - size / 2), icon, size)
        yield placed(sign(size, colour), first, part)
        yield from write(text, row, part, capital, colour)
        y += height + gap


def panel(box: Box, part: str, colour: Colour, radius: float, line: float = 0.0) -> Mark:
    """A filled panel with round corners over ``box``; only its outline, when ``line`` says how thick."""
    return Mark(slab(box.w, box.h, colour, round(radius), max(round(line), 1) if line else 0), box, part)


def beside(box: Box, icon: float) -> tuple[Box, Box]:
    """The place of a sign at the left of ``box``, at most ``icon`` pixels wide, and what is left for words."""
    place = box.left(min(icon, box.w * 0.5))
    return place, box.right(box.w - place.w * (1 + GAP))
