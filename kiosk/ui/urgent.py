"""The urgent box: when not to train at all but to get help.  Black on white, as no light and no trouble is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pygame

from kiosk.ui.brush import Brush
from kiosk.ui.captions import bullets, caption, panel
from kiosk.ui.colours import BLACK, PAPER, Colour
from kiosk.ui.drawing import Box, Mark
from kiosk.ui.marks import dot

#: The heading's share of the box, and the most pixels of the design it takes.
HEADING, HEADING_MOST = 0.24, 130


def urgent(title: str, signs: tuple[str, ...], box: Box, unit: float) -> Iterator[Mark]:
    """``title`` on a white ground, and below it one of ``signs`` on each line."""
    head = box.top(min(box.h * HEADING, HEADING_MOST * unit))
    yield panel(box, "urgent", PAPER, 24 * unit, 5 * unit)
    yield panel(head, "urgent", PAPER, 24 * unit)
    yield from caption(title, alarm, head.inset(24 * unit, 10 * unit), "urgent", 40 * unit, BLACK, 80 * unit)
    rest = box.bottom(box.h - head.h - 18 * unit).inset(28 * unit, 0)
    yield from bullets(signs, dot, rest.top(rest.h - 18 * unit), "urgent", 38 * unit, PAPER)


@lru_cache(maxsize=8)
def alarm(size: int, colour: Colour) -> pygame.Surface:
    """A call in a ring: now, and before anything else."""
    brush = Brush(size, size, colour)
    brush.ring((size / 2, size / 2), size * 0.47, size * 0.09, colour)
    brush.stroke([(size / 2, size * 0.26), (size / 2, size * 0.54)], size * 0.12, colour)
    brush.disc((size / 2, size * 0.73), size * 0.07, colour)
    return brush.sprite()
