"""A brush: smooth shapes.  Drawn several times too large on a sheet of its own, then shrunk once into a sprite.

A piece of chalk draws them on black at their own size.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import pygame
import pygame.gfxdraw

from kiosk.ui.colours import BLACK, Colour

#: Each pixel of a sprite is the mean of FINE squared, or COARSE squared in one longer than LARGE pixels: that one costs
#: the most, and nobody sees its edges from where they stand.
FINE, COARSE, LARGE = 4, 2, 128
#: Nothing is drawn further away than this, in pixels: what draws with chalk counts them in 16 bits.
FAR = 32_000

Point = tuple[float, float]


class Brush:
    """A clear sheet of ``w`` × ``h`` pixels to draw on; all lengths in pixels of the finished sprite."""

    def __init__(self, w: float, h: float, tint: Colour = BLACK) -> None:
        """``tint`` is the colour the edges fade from: the sprite's main colour."""
        self.w, self.h = max(round(w), 1), max(round(h), 1)
        self._fine = FINE if max(self.w, self.h) <= LARGE else COARSE
        self._sheet = pygame.Surface((self.w * self._fine, self.h * self._fine), pygame.SRCALPHA)
        self._sheet.fill((*tint, 0))

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        """A filled circle."""
        pygame.draw.circle(self._sheet, colour, self._at(centre), radius * self._fine)

    def ring(self, centre: Point, radius: float, width: float, colour: Colour) -> None:
        """A circle's line; ``radius`` is its outer edge."""
        line = max(round(width * self._fine), 1)
        pygame.draw.circle(self._sheet, colour, self._at(centre), radius * self._fine, line)

    def arc(self, centre: Point, radius: float, width: float, start: float, end: float, colour: Colour) -> None:
        """Part of a ring, from ``start`` to ``end`` degrees clockwise from the top; ``radius`` is its outer edge."""
        steps = max(int(abs(end - start) / 3), 2)
        angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
        rim = [(centre[0] + radius * math.sin(a), centre[1] - radius * math.cos(a)) for a in angles]
        hub = [(centre[0] + (radius - width) * math.sin(a), centre[1] - (radius - width) * math.cos(a)) for a in angles]
        self.shape([*rim, *reversed(hub)], colour)

    def shape(self, corners: Sequence[Point], colour: Colour, rounding: float = 0.0) -> None:
        """A filled polygon, its corners rounded outwards by ``rounding``."""
        self._fill(corners, colour)
        if rounding:
            self.stroke([*corners, corners[0]], 2 * rounding, colour)

    def stroke(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        """A line through ``points`` with round ends and joints."""
        for (x0, y0), (x1, y1) in pairwise(points):
            length = math.hypot(x1 - x0, y1 - y0) or 1.0
            dx, dy = (y1 - y0) / length * width / 2, -(x1 - x0) / length * width / 2
            self.shape([(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)], colour)
        for point in points:
            self.disc(point, width / 2, colour)

    def rub(self, corners: Sequence[Point]) -> None:
        """Make a polygon clear again."""
        pygame.draw.polygon(self._sheet, (0, 0, 0, 0), [self._at(corner) for corner in corners])

    def sprite(self) -> pygame.Surface:
        """What was drawn, with smooth edges."""
        return pygame.transform.smoothscale(self._sheet, (self.w, self.h))

    def _fill(self, corners: Sequence[Point], colour: Colour) -> None:
        pygame.draw.polygon(self._sheet, colour, [self._at(corner) for corner in corners])

    def _at(self, point: Point) -> Point:
        return point[0] * self._fine, point[1] * self._fine


class Chalk(Brush):
    """A brush for a black sheet, which hides what it is laid over: for what is large or moves, three times as quick.

    Corners and centres go to the nearest pixel.
    """

    def __init__(self, w: float, h: float) -> None:
        self.w, self.h = max(round(w), 1), max(round(h), 1)
        self._fine = 1
        self._sheet = pygame.Surface((self.w, self.h))

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        """A filled circle."""
        (x, y), whole = _nearest(centre), max(round(radius - 0.5), 0)  # the rim is half a pixel outside
        pygame.gfxdraw.filled_circle(self._sheet, x, y, whole, colour)
        pygame.gfxdraw.aacircle(self._sheet, x, y, whole, colour)

    def sprite(self) -> pygame.Surface:
        """What was drawn."""
        return self._sheet

    def _fill(self, corners: Sequence[Point], colour: Colour) -> None:
        whole = [_nearest(corner) for corner in corners]
        pygame.gfxdraw.filled_polygon(self._sheet, whole, colour)
        pygame.gfxdraw.aapolygon(self._sheet, whole, colour)


def _nearest(point: Point) -> tuple[int, int]:
    x, y = (round(min(max(value, -FAR), FAR)) for value in point)
    return x, y
