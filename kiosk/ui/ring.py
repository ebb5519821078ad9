"""A ring that fills or empties in steps."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.ui.colours import CYAN, FAINT
from kiosk.ui.drawing import Box, Mark
from kiosk.ui.marks import ring_piece

#: What it shows comes in steps of 0.05.
PIECES = 20
#: Width of what is lit and of what is still to come, pixels of the design.
LIT, UNLIT = 44, 12


def ring(share: float, box: Box, part: str, unit: float) -> Iterator[Mark]:
    """A ring in the middle of ``box``, ``share`` 0..1 of it lit, clockwise from the top."""
    radius = min(box.w, box.h) // 2
    left, top = box.x + box.w // 2 - radius, box.y + box.h // 2 - radius
    for i in range(PIECES):
        colour, width = (CYAN, LIT) if i < round(share * PIECES) else (FAINT, UNLIT)
        sprite, (x, y) = ring_piece(radius, round(width * unit), i, PIECES, colour)
        yield Mark(sprite, Box(left + x, top + y, *sprite.get_size()), part)
