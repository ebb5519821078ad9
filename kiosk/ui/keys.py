"""The keys: what each button does now, in words as near to it as there is room, and an arrow at the button itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pygame

from kiosk.session.scene import Keys
from kiosk.ui.brush import Brush, Point
from kiosk.ui.colours import CYAN, SOFT, Colour
from kiosk.ui.drawing import Box, Mark
from kiosk.ui.layout import DESIGNED, Layout
from kiosk.ui.words import even, write

#: The words of two buttons keep so far apart, as a share of the edge that they stand along: a line of words takes more
#: of its length than of its height.
PITCH = {"bottom": 0.31, "top": 0.31, "left": 0.16, "right": 0.16}
#: In pixels of the design: an arrow's head, its stem, height of the words' capitals and of the smaller ones below.
HEAD, STEM, CAPITAL, SMALL = 72, 9, 42, 27
#: The share of its size an arrow's head has where words cannot stand right at their buttons: stems need room, too.
BENT = 0.55
#: How much of the way from one button to the next an arrow's head takes at most.
FILL = 0.9
#: The share of a key's place that is for what it does when it is held.
BELOW = 0.38
#: Where words stand beside an arrow, at its side; above or below one in the middle.
LEAN = {"left": 0.0, "right": 1.0}
#: Sprites kept, about four pictures' worth.
KEPT = 12


def keys(words: Keys, at: Layout) -> Iterator[Mark]:
    """The words of the buttons and the arrows at them; nothing for a button that does nothing."""
    unit, spots = min(at.size) / DESIGNED, _spots(at)
    each, colours, downs = (words.previous, words.select, words.next), (SOFT, CYAN, SOFT), [0.5] * 3
    lean = LEAN.get(at.buttons.edge, 0.5)
    places = [_place(spot, at, HEAD * unit) for spot in spots]
    if words.held:
        below = places[1].bottom(places[1].h * BELOW)
        yield from write(words.held, below, "keys", SMALL * unit, CYAN, across=lean)
        above = [place.top(place.h * (1 - BELOW)) for place in places]
        places = above if lies(at) else [places[0], above[1], places[2]]
        downs[1] = 0.5 if lies(at) else 1.0
    capital = even(each, min(place.w for place in places), min(place.h for place in places), CAPITAL * unit)
    for i, word in enumerate(each):
        if word:
            yield from write(word, places[i], "keys", capital, colours[i], across=lean, down=downs[i])
            yield _arrow(spots[i], _buttons(at)[i], at, unit, colours[i])


def lies(at: Layout) -> bool:
    """Whether the buttons are beside each other, at the bottom or the top; else they are above each other."""
    return at.buttons.edge in ("bottom", "top")


def apart(at: Layout, pitch: float, begin: float, end: float) -> list[float]:
    """Where along their edge, in pixels, each button has something of its own, which is ``pitch`` wide: at the button
    itself, or as near to it as the others leave room between ``begin`` and ``end``."""
    wanted = _buttons(at)
    order = sorted(range(3), key=lambda i: wanted[i])
    low, mid, high = (wanted[i] for i in order)
    mid = min(max(mid, begin + 1.5 * pitch), end - 1.5 * pitch)
    near = (max(min(low, mid - pitch), begin + pitch / 2), mid, min(max(high, mid + pitch), end - pitch / 2))
    return [near[order.index(i)] for i in range(3)]


def _length(at: Layout) -> int:
    """Of the edge, in pixels."""
    return at.size[0] if lies(at) else at.size[1]


def _buttons(at: Layout) -> list[float]:
    """Where along their edge, in pixels, the buttons are."""
    return [along * _length(at) for along in at.buttons.along]


def _spots(at: Layout) -> list[float]:
    """Where along their edge, in pixels, the words of each button are."""
    return apart(at, PITCH[at.buttons.edge] * _length(at), 0.0, _length(at))


def _place(spot: float, at: Layout, head: float) -> Box:
    """The place of the words at ``spot``: what the arrows leave of the strip there."""
    half, thick = PITCH[at.buttons.edge] * _length(at) / 2, max(at.size)
    part = (spot - half, 0, 2 * half, thick) if lies(at) else (0, spot - half, thick, 2 * half)
    slot, gap = Box(*pygame.Rect(at.keys).clip(part)), head * 0.2
    match at.buttons.edge:
        case "bottom":
            return slot.top(slot.h - head).inset(gap, 0)
        case "top":
            return slot.bottom(slot.h - head).inset(gap, 0)
        case "left":
            return slot.right(slot.w - head - gap)
        case "right":
            return slot.left(slot.w - head - gap)


def _arrow(spot: float, button: float, at: Layout, unit: float, colour: Colour) -> Mark:
    """From the words at ``spot`` to the ``button``, both in pixels along the edge; only a head where they are close."""
    strip, deep, head = at.keys, round(HEAD * unit), _head(at, unit)
    begin, end = (strip.x, strip.x + strip.w) if lies(at) else (strip.y, strip.y + strip.h)
    start = button if _close(spot, button, unit) else spot
    button = min(max(button, begin + head / 2), end - head / 2)
    low, long = round(min(start, button) - head / 2), round(abs(start - button) + head)
    low = min(max(low, begin), end - long)
    sprite = _pointer(at.buttons.edge, long, deep, round(start - low), round(button - low), round(head), colour)
    band = {"bottom": strip.bottom, "top": strip.top, "left": strip.left, "right": strip.right}[at.buttons.edge](deep)
    return Mark(sprite, Box(low, band.y, long, deep) if lies(at) else Box(band.x, low, deep, long), "keys")


def _close(spot: float, button: float, unit: float) -> bool:
    return abs(spot - button) < HEAD * unit / 2


def _head(at: Layout, unit: float) -> float:
    """The size of the arrows' heads: smaller where stems need room beside them, or the buttons are close together."""
    first, second, third = sorted(_buttons(at))
    straight = all(_close(*pair, unit) for pair in zip(_spots(at), _buttons(at), strict=True))
    room = min(second - first, third - second) * FILL
    return min(HEAD * unit * (1.0 if straight else BENT), max(room, 3 * STEM * unit))


@lru_cache(maxsize=KEPT)
def _pointer(edge: str, long: int, deep: int, start: int, end: int, head: int, colour: Colour) -> pygame.Surface:
    """An arrow, ``long`` along the edge and ``deep`` towards it, from ``start`` to a head at ``end``."""
    lying = edge in ("bottom", "top")

    def place(along: float, towards: float) -> Point:
        down = towards if edge in ("bottom", "right") else deep - towards
        return (along, down) if lying else (down, along)

    brush = Brush(*((long, deep) if lying else (deep, long)), colour)
    rounding, base = head * 0.08, deep - head * 0.76
    corners = [place(end, deep - 2 * rounding), place(end - head * 0.36, base), place(end + head * 0.36, base)]
    brush.shape(corners, colour, rounding)
    if abs(start - end) > head / 2:
        brush.stroke([place(start, head * 0.1), place(end, base)], head * STEM / HEAD, colour)
    return brush.sprite()
