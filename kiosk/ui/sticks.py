"""Stick people: a movement of one, played over and over at its place on the screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kiosk.session.scene import Movement
from kiosk.ui.drawing import Box, Mark
from kiosk.ui.limbs import PLAIN, RULE_LONG, Joints, Lit, person

#: Pictures a second: smooth to the eye at the pace of a drill, and a third of what a small board can paint.
RATE = 12
#: Seconds a movement rests at its end before it begins again, and how slow a replay is: so that each part of it can be
#: looked at.
PAUSE, SLOW = 0.8, 2.0
#: Movements whose bounds are kept.
MOVEMENTS_KEPT = 8
#: Around the joints, so that head, arc and limbs stay in the box; below them, so that feet stand on its edge;
#: in heights of the standing person.
MARGIN, BELOW = 0.09, 0.03


class Bounds(NamedTuple):
    """What a movement takes up, in heights of the standing person."""

    left: float
    top: float
    right: float
    bottom: float


def reached(
    movement: Movement, number: int, slow: float = 1.0, seconds: float = 0.0, moment: float | None = None
) -> float:
    """How much of ``movement`` is over in picture ``number``, 0 to 1, when it is ``slow`` times as slow as it was.

    It rests at its end, and before that at its ``moment``.  With another of so many ``seconds`` beside it, whose length
    is not 0, they begin together.
    """
    own, rests = movement.seconds * slow, PAUSE if moment is None and not seconds else 2 * PAUSE
    t = number / RATE % (max(own, seconds * slow) + rests)
    if moment is not None and t > moment * own:
        t = max(t - PAUSE, moment * own)
    return min(t / own, 1.0)


def step(movement: Movement, share: float) -> Joints:
    """The joints of ``movement`` when ``share`` of it is over."""
    place = share * (len(movement.frames) - 1)
    first = min(int(place), len(movement.frames) - 2)
    return _between(movement.frames[first], movement.frames[first + 1], place - first)


def _between(before: Joints, after: Joints, share: float) -> Joints:
    """``share`` of the way from one frame to the next; a joint seen in one of them only, in the half next to it."""
    return tuple(
        (one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share)
        if one and other
        else (one, other)[share >= 0.5]
        for one, other in zip(before, after, strict=True)
    )


@lru_cache(maxsize=MOVEMENTS_KEPT)
def bounds(movement: Movement) -> Bounds:
    """What ``movement`` takes up, all of it together; a standing person's when nothing of it was seen."""
    points = [point for frame in movement.frames for point in frame if point] or [(0.0, 0.0), (0.0, 1.0)]
    across, down = [x for x, _ in points], [y for _, y in points]
    return Bounds(min(across) - MARGIN, min(down) - MARGIN, max(across) + MARGIN, max(down) + BELOW)


def scale(movements: Sequence[Movement], box: Box) -> float:
    """Pixels to one height of a standing person, so that each of ``movements`` fits ``box``."""
    sizes = [bounds(movement) for movement in movements]
    return min(min(box.w / (size.right - size.left), box.h / (size.bottom - size.top)) for size in sizes)


def stick(movement: Movement, joints: Joints, box: Box, part: str, tall: float, lit: Lit = PLAIN) -> Mark:
    """The person of ``movement`` with so placed ``joints``, in the middle of ``box`` and at its foot.

    ``tall``: pixels to one height.
    """
    size = bounds(movement)
    left = box.x + (box.w - (size.right - size.left) * tall) / 2 - size.left * tall
    top = box.y + box.h - size.bottom * tall
    placed = tuple((left + point[0] * tall, top + point[1] * tall) if point else None for point in joints)
    seen = [point for point in placed if point] or [(left, top)]
    edge, below = (RULE_LONG * tall,) * 2 if lit.angle else (MARGIN * tall, BELOW * tall)
    x = math.floor(max(min(x for x, _ in seen) - edge, box.x))
    y = math.floor(max(min(y for _, y in seen) - edge, box.y))
    right = min(max(x for x, _ in seen) + edge, box.x + box.w)
    bottom = min(max(y for _, y in seen) + below, box.y + box.h)
    within = Box(x, y, math.ceil(right - x), math.ceil(bottom - y))
    moved = tuple((round(point[0] - x, 1), round(point[1] - y, 1)) if point else None for point in placed)
    sprite = person(moved, within.w, within.h, round(tall, 2), movement.near, movement.things, lit)
    return Mark(sprite, within, part)
