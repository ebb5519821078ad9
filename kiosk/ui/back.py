"""The line of a back beside a stick that stands upright, and the three points at which that is to touch."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import pygame

from kiosk.scoring.verdict import Light
from kiosk.session.scene import BackLine, Profile, Touch
from kiosk.ui.brush import Chalk
from kiosk.ui.colours import BLACK, FAINT, GREEN, GREY, PAPER, SOFT, Colour
from kiosk.ui.drawing import Box, Mark
from kiosk.ui.words import even, write

#: Sprites kept: the two of a summary, or one and what it was before.
KEPT = 4
#: In lengths of the trunk: what is drawn above where the stick touches the tailbone, and below; on the body's side of
#: the stick, and on the other.
ABOVE, BELOW, BODY, FREE = 1.72, 0.24, 0.17, 0.06
#: Radius of a head (kiosk.ui.limbs) and how much of its back is drawn to either side of straight behind, degrees.
HEAD, NAPE = 0.23, 45
#: Pixels of the design: widths of the back and of the stick (2 mm on a 24 inch panel, three minutes of arc at 2.5 m),
#: radius of a point and the line of one that does not touch.
LINE, STICK, POINT, RING = 8, 6, 17, 5
#: Heights of capitals of a point's name and of its word, pixels of the design; of a row of both, lengths of the trunk.
NAME, WORD, ROW = 36, 28, 0.46
#: Between the drawing and its words, in widths of the drawing.
GAP = 0.2
STATES = {Light.GREEN: GREEN, Light.OFF: GREY, Light.UNSEEN: GREY}

Spot = tuple[Light, float, float]


def beside_stick(back: BackLine, box: Box, part: str, unit: float, colour: Colour = PAPER) -> Iterator[Mark]:
    """``back`` in ``box``, its line in ``colour``, and what its points are called beside them, where the stick is."""
    drawing, words = _halves(back, box)
    tall = box.h / (ABOVE + BELOW)
    spots = tuple((touch.state, touch.x, touch.y) for touch in back.touches)
    yield Mark(_drawn(back.profile, spots, drawing.w, drawing.h, tall, unit, colour), drawing, part)
    yield from _told(back.touches, words, part, tall, unit, 0.0 if back.profile.dorsal > 0 else 1.0)


def between(back: BackLine, box: Box) -> Box:
    """What is free of ``box`` between the words of two of its points, where there is most."""
    upper, lower = max(pairwise(touch.y for touch in back.touches), key=lambda pair: pair[1] - pair[0])
    top, bottom = ((y + ABOVE) / (ABOVE + BELOW) * box.h for y in (upper + ROW / 2, lower - ROW / 2))
    return _halves(back, box)[1].top(bottom).bottom(max(bottom - top, 0))


def _halves(back: BackLine, box: Box) -> tuple[Box, Box]:
    """Of ``box`` what the drawing takes, and what is left for words on the stick's side of it."""
    wide = min((BODY + FREE) / (ABOVE + BELOW) * box.h, box.w)
    rest = box.w - wide - GAP * wide
    if back.profile.dorsal > 0:
        return box.left(wide), box.right(rest)
    return box.right(wide), box.left(rest)


def _told(touches: tuple[Touch, ...], box: Box, part: str, tall: float, unit: float, across: float) -> Iterator[Mark]:
    """The name of each point and whether it touches, as high as the point is."""
    high = round(ROW * tall)
    names = even(tuple(touch.name for touch in touches), box.w, round(high * 0.6), NAME * unit)
    states = even(tuple(touch.word for touch in touches), box.w, round(high * 0.4), WORD * unit)
    for touch in touches:
        middle = box.y + box.h + (touch.y - BELOW) * tall
        top = min(max(middle - high / 2, box.y), box.y + box.h - high)
        row = Box(box.x, round(top), box.w, high)
        colour = STATES[touch.state]
        yield from write(touch.name, row.top(high * 0.6), part, names, colour, across=across, down=1)
        yield from write(touch.word, row.bottom(high * 0.4), part, states, colour, across=across)


@lru_cache(maxsize=KEPT)
def _drawn(
    profile: Profile, spots: tuple[Spot, ...], w: int, h: int, tall: float, unit: float, colour: Colour
) -> pygame.Surface:
    """The drawing, on black; ``tall``: pixels to a length of the trunk."""
    chalk = Chalk(w, h)
    stick = (BODY if profile.dorsal > 0 else FREE) * tall

    def at(x: float, y: float) -> tuple[float, float]:
        return stick + x * tall, h + (y - BELOW) * tall

    line = [at(x, y) for x, y in profile.outline]
    chalk.stroke(line, LINE * unit + 2 * profile.unsure * tall, FAINT)
    chalk.stroke([at(0.0, y) for y in profile.stick], STICK * unit, SOFT)
    (head, x, y), point = spots[0], min(POINT * unit, FREE * tall)
    if head is not Light.UNSEEN:
        turns = [math.radians(turn) for turn in range(-NAPE, NAPE + 1, 9)]
        rim = [(x - profile.dorsal * HEAD * (1 - math.cos(turn)), y + HEAD * math.sin(turn)) for turn in turns]
        chalk.stroke([at(*place) for place in rim], LINE * unit, SOFT)
    chalk.stroke(line, LINE * unit, colour)
    for state, x, y in spots:
        if state is not Light.UNSEEN:
            chalk.disc(at(x, y), point, STATES[state])
        if state is Light.OFF:
            chalk.disc(at(x, y), point - RING * unit, BLACK)
    return chalk.sprite()
