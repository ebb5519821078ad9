"""Buttons and lamps tried out: the buttons where they really are, lit when pressed, and the lamp that is lit now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pygame

from kiosk.session.events import Action
from kiosk.session.scene import Trying
from kiosk.ui import marks
from kiosk.ui.brush import Brush
from kiosk.ui.captions import title
from kiosk.ui.colours import BLACK, CYAN, FAINT, PAPER, Colour
from kiosk.ui.drawing import Box, Mark, placed
from kiosk.ui.keys import apart, keys, lies
from kiosk.ui.layout import Layout
from kiosk.ui.words import write

#: The buttons, in the order of their places.
BUTTONS = (Action.PREVIOUS, Action.SELECT, Action.NEXT)
#: Width of a button in pixels of the design; beside each other, and above each other, where there is less room.
BUTTON, BUTTON_ABOVE = 240, 150
#: From the middle of one to that of the next, in widths.
APART = 1.1
#: How thick the lamp's lines are, which are made for lamps that are twice as large.
WEIGHT = 2.0


def trying(picture: Trying, at: Layout) -> Iterator[Mark]:
    """What to do, the lamp lit just now, and the three buttons."""
    unit, size = at.unit, round((BUTTON if lies(at) else BUTTON_ABOVE) * at.unit)
    yield from title(picture.title, at)
    rest = _beside(at, size + 40 * unit)
    wide = rest.w > rest.h
    told, lamp = (rest.left(rest.w * 0.52), rest.right(rest.w * 0.44)) if wide else (
        rest.top(rest.h * 0.40), rest.bottom(rest.h * 0.56))  # fmt: skip
    yield from write(picture.text, told, "text", 64 * unit, PAPER, across=0.0 if wide else 0.5, down=0.5)
    yield from _lamp(picture, lamp, unit)
    begin, end = (at.body.x, at.body.x + at.body.w) if lies(at) else (at.body.y, at.body.y + at.body.h)
    for action, spot in zip(BUTTONS, apart(at, size * APART, begin, end), strict=True):
        yield _button(action, spot, picture, at, size)
    yield from keys(picture.keys, at)


def _beside(at: Layout, thick: float) -> Box:
    """What the row of buttons, ``thick`` pixels across, leaves of the body."""
    body = at.body
    match at.buttons.edge:
        case "bottom":
            return body.top(body.h - thick)
        case "top":
            return body.bottom(body.h - thick)
        case "left":
            return body.right(body.w - thick)
    return body.left(body.w - thick)


def _button(action: Action, spot: float, picture: Trying, at: Layout, size: int) -> Mark:
    """One button at ``spot`` of its edge: full when it was the last one pressed, ticked when it was pressed before."""
    body = pygame.Rect(at.body)
    middle = (round(spot), body.centery) if lies(at) else (body.centerx, round(spot))
    rect = pygame.Rect(0, 0, size, size)
    rect.center = middle
    match at.buttons.edge:
        case "bottom":
            rect.bottom = body.bottom
        case "top":
            rect.top = body.top
        case "left":
            rect.left = body.left
        case _:
            rect.right = body.right
    return Mark(_disc(size, action is picture.last, action in picture.pressed), Box(*rect), "buttons")


@lru_cache(maxsize=8)
def _disc(size: int, last: bool, pressed: bool) -> pygame.Surface:
    """A button, ``size`` pixels across: full when ``last``, with a tick when ``pressed``, else an empty ring."""
    colour = CYAN if last or pressed else FAINT
    brush = Brush(size, size, colour)
    brush.ring((size / 2, size / 2), size * 0.48, size * 0.05, colour)
    if last:
        brush.disc((size / 2, size / 2), size * 0.38, colour)
    sprite = brush.sprite()
    if last or pressed:
        ink: Colour = BLACK if last else colour
        tick = marks.tick(round(size * 0.42), ink)
        sprite.blit(tick, tick.get_rect(center=sprite.get_rect().center))
    return sprite


def _lamp(picture: Trying, box: Box, unit: float) -> Iterator[Mark]:
    """The lamp as the form lights show it: its colour, its shape, and its word under it."""
    word = box.bottom(110 * unit)
    size = round(min(box.w, box.h - 130 * unit))
    place = Box(round(box.x + (box.w - size) / 2), box.y + round((box.h - 130 * unit - size) / 2), size, size)
    yield placed(marks.lamp(picture.lamp, size, WEIGHT), place, "lamp")
    yield from write(picture.lamp_word, word, "lamp", 64 * unit, PAPER, across=0.5, down=0.5)
