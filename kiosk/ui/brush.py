"""A brush: smooth shapes.  Drawn several times too large on a sheet of its own, then shrunk once into a sprite."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import pygame

from kiosk.ui.colours import BLACK, Colour

#: Each pixel of a sprite is the mean of this many squared.
FINE = 4

Point = tuple[float, float]


class Brush:
    """A clear sheet of ``w`` × ``h`` pixels to draw on; all lengths in pixels of the finished sprite."""

    def __init__(self, w: float, h: float, tint: Colour = BLACK) -> None:
        """``tint`` is the colour the edges fade from: the sprite's main colour."""
        self.w, self.h = max(round(w), 1), max(round(h), 1)
        self._sheet = pygame.Surface((self.w * FINE, self.h * FINE), pygame.SRCALPHA)
        self._sheet.fill((*tint, 0))

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        """A filled circle."""
        pygame.draw.circle(self._sheet, colour, _fine(centre), radius * FINE)

    def ring(self, centre: Point, radius: float, width: float, colour: Colour) -> None:
        """A circle's line; ``radius`` is its outer edge."""
        pygame.draw.circle(self._sheet, colour, _fine(centre), radius * FINE, max(round(width * FINE), 1))

    def arc(self, centre: Point, radius: float, width: float, start: float, end: float, colour: Colour) -> None:
        """Part of a ring, from ``start`` to ``end`` degrees clockwise from the top; ``radius`` is its outer edge."""
        steps = max(int(abs(end - start) / 3), 2)
        angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
        rim = [(centre[0] + radius * math.sin(a), centre[1] - radius * math.cos(a)) for a in angles]
        hub = [(centre[0] + (radius - width) * math.sin(a), centre[1] - (radius - width) * math.cos(a)) for a in angles]
        self.shape([*rim, *reversed(hub)], colour)

    def shape(self, corners: Sequence[Point], colour: Colour, rounding: float = 0.0) -> None:
        """A filled polygon, its corners rounded outwards by ``rounding``."""
        pygame.draw.polygon(self._sheet, colour, [_fine(corner) for corner in corners])
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
        pygame.draw.polygon(self._sheet, (0, 0, 0, 0), [_fine(corner) for corner in corners])

    def sprite(self) -> pygame.Surface:
        """What was drawn, with smooth edges."""
        return pygame.transform.smoothscale(self._sheet, (self.w, self.h))


def _fine(point: Point) -> Point:
    return point[0] * FINE, point[1] * FINE
