"""The outline of a person, to step into, where the glass shows their reflection; and arrows which way to move."""

from __future__ import annotations

from functools import lru_cache

import pygame

from kiosk.scoring.verdict import View
from kiosk.session.scene import Move
from kiosk.ui.brush import Brush, Chalk, Point
from kiosk.ui.colours import BLACK, Colour
from kiosk.ui.drawing import Box
from kiosk.ui.pictograms import FRONT, POSTURES

#: Outlines kept: somebody's own, and what it was before they were measured.
KEPT = 4
#: Radius of the head and widths of neck, trunk, and limbs with their flesh and clothes, as shares of stature (widths
#: of Drillis and Contini's joints, and a hand's breadth for the flesh about them).
HEAD, NECK, TRUNK, LIMB = 0.066, 0.065, 0.135, 0.085
#: How far over the shoulders the slope to the neck begins.
NAPE = 0.045
#: Arrows kept: four ways, each in one size.
ARROWS = 8


@lru_cache(maxsize=KEPT)
def outline(
    stage: Box, crown: Point, tall: float, start: str, view: View, line: float, colour: Colour
) -> tuple[pygame.Surface, Box]:
    """The outline of somebody ``tall`` pixels who begins in the posture ``start``, and where it lies on the screen.

    ``crown``: where that of their standing body is; what lies off the ``stage`` is cut.
    """
    pose = _pose(start, view)
    limbs = {**pose, "neck": [pose["head"][0], _shoulders(pose)]}
    placed = {name: [(crown[0] + x * tall, crown[1] + y * tall) for x, y in limb] for name, limb in limbs.items()}
    box = _round(stage, [point for limb in placed.values() for point in limb], TRUNK * tall / 2 + line)
    chalk = Chalk(box.w, box.h)
    for width, ink in ((line, colour), (-line, BLACK)):
        for name, limb in placed.items():
            _flesh(chalk, name, [(x - box.x, y - box.y) for x, y in limb], tall, width, ink)
    return chalk.sprite(), box


def _round(stage: Box, points: list[Point], margin: float) -> Box:
    """What ``stage`` has of the place of ``points`` and so much round them: the rest would be many empty pixels."""
    (left, top), (right, bottom) = (tuple(end(point[i] for point in points) for i in (0, 1)) for end in (min, max))
    place = pygame.Rect(left - margin, top - margin, right - left + 2 * margin, bottom - top + 2 * margin)
    return Box(*place.clip(stage))


def head_of(start: str, view: View) -> float:
    """How far down the middle of the head is in that posture, as a share of stature."""
    return _pose(start, view)["head"][0][1]


def _pose(start: str, view: View) -> dict[str, list[Point]]:
    """Who may begin bent stands up to the glass all the same."""
    return FRONT if view is View.FRONT else POSTURES["standing" if start == "bent" else start]


def _shoulders(pose: dict[str, list[Point]]) -> Point:
    """The upper end of the trunk, in its middle."""
    trunk = pose["trunk"]
    upper = trunk[:2] if len(trunk) > 2 else trunk[:1]
    return sum(x for x, _ in upper) / len(upper), sum(y for _, y in upper) / len(upper)


def _flesh(brush: Brush, name: str, points: list[Point], tall: float, more: float, ink: Colour) -> None:
    """One limb in the thickness of a body, and ``more`` pixels to be seen of it all round."""
    if name == "head":
        brush.disc(points[0], HEAD * tall + more / 2, ink)
    elif name == "trunk" and len(points) > 2:
        left, right = points[:2]
        middle, slope = (left[0] + right[0]) / 2, NAPE * tall
        brush.shape(points[:-1], ink, (LIMB * tall + more) / 2)
        # the muscles between neck and shoulders
        brush.shape([left, (middle, left[1] - slope), right], ink, (LIMB * tall + more) / 2)
    else:
        width = {"neck": NECK, "trunk": TRUNK}.get(name, LIMB)
        brush.stroke(points, width * tall + more, ink)


@lru_cache(maxsize=ARROWS)
def arrow(move: Move, size: int, colour: Colour) -> pygame.Surface:
    """A broad arrow, ``size`` pixels square.

    Those to and from the glass lie on the floor before it: they are broad where they are near, that is below.
    """
    brush = Brush(size, size, colour)
    shapes = {
        Move.LEFT: ((0.02, 0.5), (0.48, 0.08), (0.48, 0.34), (0.98, 0.34), (0.98, 0.66), (0.48, 0.66), (0.48, 0.92)),
        Move.RIGHT: ((0.98, 0.5), (0.52, 0.08), (0.52, 0.34), (0.02, 0.34), (0.02, 0.66), (0.52, 0.66), (0.52, 0.92)),
        Move.CLOSER: ((0.5, 0.06), (0.82, 0.38), (0.62, 0.38), (0.76, 0.94), (0.24, 0.94), (0.38, 0.38), (0.18, 0.38)),
        Move.BACK: ((0.5, 0.94), (0.98, 0.46), (0.68, 0.46), (0.60, 0.06), (0.40, 0.06), (0.32, 0.46), (0.02, 0.46)),
    }
    brush.shape([(x * size, y * size) for x, y in shapes[move]], colour)
    return brush.sprite()
