"""Marks: lamps, signs and arrows as sprites.  Every state has a shape of its own, so that colour is never needed."""

from __future__ import annotations

import math
from functools import lru_cache

import pygame

from kiosk.scoring.verdict import Light
from kiosk.ui.brush import Brush, Point
from kiosk.ui.colours import AMBER, BLACK, FAINT, GREEN, GREY, RED, Colour

#: Sprites kept: every lamp and sign at a few sizes.
KEPT = 96

#: How thick the lines of a lamp are, in shares of its size.  Lines and no areas: so far out in the corner of the eye
#: light adds up over degrees (Ricco's area), so what tells is how much of it there is; and the glass stays a mirror.
#: The worse, the more of it: each a third more than the one before, green, amber, red, weighed by luminance.
RING, TRIANGLE, CROSS, DASH, UNLIT = 0.0142, 0.0190, 0.054, 0.010, 0.006
#: Where the dashes along a side of the square lie that stands for "not seen": two corners, and one between them.
DASHES = ((0.0, 0.24), (0.40, 0.60), (0.76, 1.0))
#: Dashes of a ring.
DASHES_ROUND = 10


@lru_cache(maxsize=KEPT)
def lamp(state: Light, size: int, weight: float = 1.0) -> pygame.Surface:
    """A form light that fills ``size`` × ``size`` pixels; a small one needs more ``weight`` of line.

    Circle, triangle and cross are the marks for good, fair and poor in Japanese schools; what is not seen is a hollow,
    dashed square, what is off a faint circle.  They differ with the colour taken away.
    """
    match state:
        case Light.GREEN:
            return _circle(size, size * RING * weight, GREEN)
        case Light.AMBER:
            line, half = size * TRIANGLE * weight, size / 2
            near, far = line / 2, size - line / 2
            return _lines(size, line, AMBER, [(half, near), (far, far), (near, far), (half, near)])
        case Light.RED:
            line = size * CROSS * weight
            near, far = line / 2, size - line / 2
            return _lines(size, line, RED, [(near, near), (far, far)], [(far, near), (near, far)])
        case Light.UNSEEN:
            line = max(size * DASH * weight, 1)
            return _lines(size, line, GREY, *_dashes(line / 2, size - line / 2))
        case Light.OFF:
            return _circle(size, max(size * UNLIT * weight, 1), FAINT)


def _circle(size: int, line: float, colour: Colour) -> pygame.Surface:
    brush = Brush(size, size, colour)
    brush.ring((size / 2, size / 2), size / 2, line, colour)
    return brush.sprite()


def _lines(size: int, line: float, colour: Colour, *strokes: list[Point]) -> pygame.Surface:
    brush = Brush(size, size, colour)
    for points in strokes:
        brush.stroke(points, line, colour)
    return brush.sprite()


def _dashes(near: float, far: float) -> list[list[Point]]:
    """The dashes of a square from ``near`` to ``far``."""
    along = [(near + (far - near) * start, near + (far - near) * end) for start, end in DASHES]
    level = [[(start, side), (end, side)] for side in (near, far) for start, end in along]
    return [*level, *([(y, x) for x, y in dash] for dash in level)]


@lru_cache(maxsize=KEPT)
def slab(w: int, h: int, colour: Colour, radius: int, line: int = 0) -> pygame.Surface:
    """A rectangle with round corners, filled, or only an outline ``line`` pixels wide.

    Only a corner is drawn fine; the whole sheet would take tens of megabytes for a moment.
    """
    radius = max(min(radius, w // 2, h // 2), 1)
    brush = Brush(radius, radius, colour)
    if line:
        brush.arc((radius, radius), radius, min(line, radius), -90, 0, colour)
    else:
        brush.disc((radius, radius), radius, colour)
    corner = brush.sprite()
    sheet = pygame.Surface((w, h), pygame.SRCALPHA)
    sheet.fill((*colour, 0 if line else 255))
    for x, y, across, down in (
        (0, 0, 0, 0),
        (1, 0, w - radius, 0),
        (0, 1, 0, h - radius),
        (1, 1, w - radius, h - radius),
    ):
        sheet.fill((*colour, 0), (across, down, radius, radius))
        sheet.blit(pygame.transform.flip(corner, bool(x), bool(y)), (across, down), special_flags=pygame.BLEND_RGBA_MAX)
    if line:
        for side in ((radius, 0, w - 2 * radius, line), (radius, h - line, w - 2 * radius, line),
                     (0, radius, line, h - 2 * radius), (w - line, radius, line, h - 2 * radius)):  # fmt: skip
            sheet.fill((*colour, 255), side)
    return sheet


@lru_cache(maxsize=KEPT)
def dot(size: int, colour: Colour) -> pygame.Surface:
    """A small point: still to come."""
    brush = Brush(size, size, colour)
    brush.disc((size / 2, size / 2), size * 0.12, colour)
    return brush.sprite()


@lru_cache(maxsize=KEPT)
def chevrons(size: int, colour: Colour) -> pygame.Surface:
    """Two angles to the right: do this next."""
    brush = Brush(size, size, colour)
    for x in (0.18, 0.50):
        points = [(size * x, size * 0.2), (size * (x + 0.3), size * 0.5), (size * x, size * 0.8)]
        brush.stroke(points, size * 0.13, colour)
    return brush.sprite()


@lru_cache(maxsize=KEPT)
def tick(size: int, colour: Colour) -> pygame.Surface:
    """Done."""
    brush = Brush(size, size, colour)
    brush.stroke(
        [(size * 0.16, size * 0.54), (size * 0.40, size * 0.78), (size * 0.84, size * 0.24)], size * 0.15, colour
    )
    return brush.sprite()


@lru_cache(maxsize=KEPT)
def star(size: int, colour: Colour) -> pygame.Surface:
    """Praise."""
    brush = Brush(size, size, colour)
    half = size / 2
    radii = [half * (0.90 if i % 2 == 0 else 0.40) for i in range(10)]
    corners = [
        (half + radius * math.sin(math.pi * i / 5), half * 1.06 - radius * math.cos(math.pi * i / 5))
        for i, radius in enumerate(radii)
    ]
    brush.shape(corners, colour, size * 0.02)
    return brush.sprite()


@lru_cache(maxsize=KEPT)
def not_yet(size: int, colour: Colour) -> pygame.Surface:
    """A ring of dashes: there is room for something that is not certain yet."""
    brush = Brush(size, size, colour)
    for i in range(DASHES_ROUND):
        start = 360 * i / DASHES_ROUND
        brush.arc((size / 2, size / 2), size / 2, size * 0.05, start, start + 360 / DASHES_ROUND * 0.55, colour)
    return brush.sprite()


@lru_cache(maxsize=KEPT)
def pause(size: int, colour: Colour) -> pygame.Surface:
    """Two bars: nothing is counted just now."""
    brush = Brush(size, size, colour)
    for x in (0.33, 0.67):
        brush.stroke([(size * x, size * 0.22), (size * x, size * 0.78)], size * 0.18, colour)
    return brush.sprite()


@lru_cache(maxsize=KEPT)
def crossed_eye(size: int, colour: Colour) -> pygame.Surface:
    """An eye with a stroke through it: the mirror cannot see this."""
    brush = Brush(size, size, colour)
    lid = [(x / 20, 0.5 - 0.29 * math.sin(math.pi * (x - 1) / 18)) for x in range(1, 20)]
    for side in (lid, [(x, 1 - y) for x, y in lid]):
        brush.stroke([(size * x, size * y) for x, y in side], size * 0.08, colour)
    brush.disc((size / 2, size / 2), size * 0.15, colour)
    start, end, gap = (size * 0.2, size * 0.9), (size * 0.8, size * 0.1), size * 0.05
    brush.rub([(start[0] - gap, start[1] - gap), start, end, (end[0] - gap, end[1] - gap)])
    brush.stroke([start, end], size * 0.08, colour)
    return brush.sprite()


@lru_cache(maxsize=KEPT)
def camera(size: int, colour: Colour) -> pygame.Surface:
    """A camera with an open eye: frames are being looked at (and never kept)."""
    brush = Brush(size, size, colour)
    brush.shape([(size * 0.12, size * 0.34), (size * 0.88, size * 0.34), (size * 0.88, size * 0.80),
                 (size * 0.12, size * 0.80)], colour, size * 0.07)  # fmt: skip
    brush.shape([(size * 0.36, size * 0.22), (size * 0.64, size * 0.22), (size * 0.70, size * 0.34),
                 (size * 0.30, size * 0.34)], colour, size * 0.04)  # fmt: skip
    brush.disc((size / 2, size * 0.57), size * 0.20, BLACK)
    brush.disc((size / 2, size * 0.57), size * 0.115, colour)
    return brush.sprite()


@lru_cache(maxsize=KEPT)
def lock(size: int, colour: Colour) -> pygame.Surface:
    """A padlock: not open yet."""
    brush = Brush(size, size, colour)
    brush.arc((size / 2, size * 0.40), size * 0.25, size * 0.09, -90, 90, colour)
    for x in (0.295, 0.705):
        brush.stroke([(size * x, size * 0.40), (size * x, size * 0.50)], size * 0.09, colour)
    brush.shape([(size * 0.22, size * 0.50), (size * 0.78, size * 0.50), (size * 0.78, size * 0.86),
                 (size * 0.22, size * 0.86)], colour, size * 0.06)  # fmt: skip
    brush.disc((size / 2, size * 0.66), size * 0.08, BLACK)
    return brush.sprite()


@lru_cache(maxsize=KEPT)
def wrench(size: int, colour: Colour) -> pygame.Surface:
    """A spanner: the machine's own trouble, nothing the person did."""
    brush = Brush(size, size, colour)
    brush.stroke([(size * 0.24, size * 0.76), (size * 0.62, size * 0.38)], size * 0.17, colour)
    brush.disc((size * 0.68, size * 0.32), size * 0.235, colour)
    brush.rub(
        [
            (size * 0.60, size * 0.30),
            (size * 0.70, size * 0.40),
            (size * 1.02, size * 0.16),
            (size * 0.84, size * -0.02),
        ]
    )
    return brush.sprite()


@lru_cache(maxsize=KEPT)
def ring_piece(
    radius: int, width: int, index: int, pieces: int, colour: Colour
) -> tuple[pygame.Surface, tuple[int, int]]:
    """Piece ``index`` of a ring in ``pieces`` pieces, clockwise from the top, and its place from the ring's corner."""
    gap = 2.5
    start, end = 360 * index / pieces + gap / 2, 360 * (index + 1) / pieces - gap / 2
    angles = [math.radians(start + (end - start) * i / 8) for i in range(9)]
    corners = [(radius + r * math.sin(a), radius - r * math.cos(a)) for a in angles for r in (radius, radius - width)]
    x, y = math.floor(min(c[0] for c in corners)), math.floor(min(c[1] for c in corners))
    brush = Brush(max(c[0] for c in corners) - x + 1, max(c[1] for c in corners) - y + 1, colour)
    brush.arc((radius - x, radius - y), radius, width, start, end, colour)
    return brush.sprite(), (x, y)
