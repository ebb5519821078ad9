"""Pictograms: a stick person in code, one for each rung of the ladder of getting ready."""

from __future__ import annotations

from functools import lru_cache

import pygame

from kiosk.scoring.verdict import Rung
from kiosk.ui.brush import Brush, Point
from kiosk.ui.colours import BLACK, CYAN, GREEN, PAPER, SOFT, Colour

#: Sprites kept: four rungs, two beats, two sizes, and the sign of the simulated person.
KEPT = 24

#: A person one unit high, x forward from the ankle; y down from the crown.
SIDE = {
    "head": [(0.0, 0.075)],
    "trunk": [(0.0, 0.20), (0.0, 0.52)],
    "leg": [(0.0, 0.52), (0.012, 0.74), (0.0, 0.955), (0.085, 0.965)],
    "arm": [(0.0, 0.22), (0.0, 0.38), (0.03, 0.52)],
}
FRONT = {
    "head": [(0.0, 0.075)],
    "trunk": [(-0.09, 0.21), (0.09, 0.21), (0.055, 0.51), (-0.055, 0.51), (-0.09, 0.21)],
    "left": [(-0.055, 0.52), (-0.06, 0.74), (-0.065, 0.965)],
    "right": [(0.055, 0.52), (0.06, 0.74), (0.065, 0.965)],
    "left_arm": [(-0.105, 0.22), (-0.145, 0.38), (-0.15, 0.53)],
    "right_arm": [(0.105, 0.22), (0.145, 0.38), (0.15, 0.53)],
}
#: Radius of the head and widths of trunk and limbs, as shares of the person's height.
HEAD, TRUNK, LIMB = 0.072, 0.11, 0.052
#: The same person half way down a hinge, where the joints lie apart; shoulder, hip, knee and ankle are needed.
HINGE = {
    "head": [(0.30, 0.24)],
    "trunk": [(0.18, 0.34), (-0.16, 0.53)],
    "leg": [(-0.16, 0.53), (-0.02, 0.74), (-0.03, 0.955), (0.07, 0.965)],
    "arm": [(0.18, 0.34), (0.16, 0.50), (0.15, 0.64)],
}
JOINTS = ((0.18, 0.34), (-0.16, 0.53), (-0.02, 0.74), (-0.03, 0.945))


@lru_cache(maxsize=KEPT)
def person(size: int, colour: Colour) -> pygame.Surface:
    """A person from the front, ``size`` pixels high."""
    brush = Brush(size * 0.5, size, colour)
    _draw(brush, FRONT, (brush.w / 2, 0), size, colour)
    return brush.sprite()


@lru_cache(maxsize=KEPT)
def pictogram(rung: Rung, size: int, beat: int) -> pygame.Surface:
    """What to do on ``rung``, ``size`` pixels square.  ``beat`` 0 or 1: how it is, and how it should be."""
    brush = Brush(size, size, PAPER)
    tall = size * 0.86
    top = size * 0.07
    match rung:
        case Rung.IN_FRAME:
            _corners(brush, size, CYAN)
            _draw(brush, FRONT, (size * (0.62 if beat else 0.15), top), tall, PAPER)
            if not beat:
                _arrow(brush, (size * 0.38, size * 0.5), (size * 0.72, size * 0.5), size, CYAN)
        case Rung.SIDE_ON:
            _draw(brush, SIDE if beat else FRONT, (size * 0.5, top), tall, PAPER)
            brush.arc((size / 2, size * 0.52), size * 0.46, size * 0.055, 115, 245, CYAN)
            _tip(brush, (size * 0.5 + size * 0.43 * 0.93, size * 0.69), size, CYAN)
        case Rung.JOINTS:
            at = (size * 0.46, top - size * 0.07)
            _draw(brush, HINGE, at, tall, SOFT)
            for x, y in JOINTS:
                centre = (at[0] + x * tall, at[1] + y * tall)
                brush.disc(centre, size * (0.075 if beat else 0.055), BLACK)
                brush.disc(centre, size * (0.055 if beat else 0.035), CYAN)
        case Rung.STILL | Rung.READY:
            _draw(brush, SIDE, (size * 0.5, top), tall, GREEN if rung is Rung.READY else PAPER)
            for x in (0.24, 0.76):
                brush.stroke([(size * x, size * 0.12), (size * x, size * 0.88)], size * 0.035, CYAN)
    return brush.sprite()


def _draw(brush: Brush, pose: dict[str, list[Point]], at: Point, tall: float, colour: Colour) -> None:
    for name, points in pose.items():
        placed = [(at[0] + x * tall, at[1] + y * tall) for x, y in points]
        if name == "head":
            brush.disc(placed[0], HEAD * tall, colour)
        elif name == "trunk" and len(points) > 2:
            brush.shape(placed[:-1], colour, LIMB * tall / 2)
        else:
            brush.stroke(placed, (TRUNK if name == "trunk" else LIMB) * tall, colour)


def _corners(brush: Brush, size: int, colour: Colour) -> None:
    """The four corners of a camera's frame."""
    near, far, arm = 0.27, 0.97, 0.13
    for x, inward in ((near, arm), (far, -arm)):
        for y, down in ((0.05, arm), (0.95, -arm)):
            points = [(size * (x + inward), size * y), (size * x, size * y), (size * x, size * (y + down))]
            brush.stroke(points, size * 0.035, colour)


def _arrow(brush: Brush, start: Point, end: Point, size: int, colour: Colour) -> None:
    """An arrow to the right."""
    brush.stroke([start, end], size * 0.05, colour)
    wing = size * 0.10
    brush.stroke([(end[0] - wing, end[1] - wing), end, (end[0] - wing, end[1] + wing)], size * 0.05, colour)


def _tip(brush: Brush, end: Point, size: int, colour: Colour) -> None:
    """The tip of the arrow that turns the person, pointing up and to the back."""
    wing = size * 0.11
    brush.stroke(
        [(end[0] - wing * 1.1, end[1] - wing * 0.1), end, (end[0] + wing * 0.25, end[1] + wing)], size * 0.05, colour
    )
