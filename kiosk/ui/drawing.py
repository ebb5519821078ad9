"""A drawing: marks at their places on the upright screen, put on a surface turned, and only where something changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import pygame

from kiosk.ui.colours import BLACK, Colour

#: Turned sprites kept, about three scenes' worth.
TURNED_KEPT = 160
#: Changed places beyond which the whole screen is painted anew: cheaper than so many clips.
MANY = 40


class Box(NamedTuple):
    """A rectangle in pixels, its corner at the top left."""

    x: int
    y: int
    w: int
    h: int

    def inset(self, across: float, down: float) -> Box:
        """The box made smaller by ``across`` pixels at its left and right and ``down`` at its top and bottom."""
        return Box(round(self.x + across), round(self.y + down), round(self.w - 2 * across), round(self.h - 2 * down))

    def rows(self, n: int, gap: float = 0) -> list[Box]:
        """The box cut into ``n`` equal rows, ``gap`` pixels apart."""
        pitch = (self.h + gap) / n
        return [Box(self.x, round(self.y + i * pitch), self.w, int(pitch - gap)) for i in range(n)]

    def columns(self, n: int, gap: float = 0) -> list[Box]:
        """The box cut into ``n`` equal columns, ``gap`` pixels apart."""
        pitch = (self.w + gap) / n
        return [Box(round(self.x + i * pitch), self.y, int(pitch - gap), self.h) for i in range(n)]

    def left(self, width: float) -> Box:
        """The leftmost ``width`` pixels of the box."""
        return Box(self.x, self.y, round(width), self.h)

    def right(self, width: float) -> Box:
        """The rightmost ``width`` pixels of the box."""
        return Box(self.x + self.w - round(width), self.y, round(width), self.h)

    def top(self, height: float) -> Box:
        """The uppermost ``height`` pixels of the box."""
        return Box(self.x, self.y, self.w, round(height))

    def bottom(self, height: float) -> Box:
        """The lowest ``height`` pixels of the box."""
        return Box(self.x, self.y + self.h - round(height), self.w, round(height))


class Mark(NamedTuple):
    """One thing drawn: a sprite, or a block of plain colour, in ``box``; ``part`` names the region it belongs to."""

    what: pygame.Surface | Colour
    box: Box
    part: str


Drawing = tuple[Mark, ...]


def placed(sprite: pygame.Surface, box: Box, part: str, across: float = 0.5, down: float = 0.5) -> Mark:
    """``sprite`` within ``box``: at its left or top with 0, in the middle with 0.5, at its right or bottom with 1."""
    w, h = sprite.get_size()
    return Mark(sprite, Box(round(box.x + (box.w - w) * across), round(box.y + (box.h - h) * down), w, h), part)


def changed(before: Drawing, after: Drawing) -> list[Box]:
    """Where two drawings differ."""
    boxes = {mark.box for mark in set(before) ^ set(after)}
    return sorted(boxes)


def put(
    drawing: Sequence[Mark],
    surface: pygame.Surface,
    turn: int = 0,
    shift: tuple[int, int] = (0, 0),
    where: Iterable[Box] | None = None,
) -> list[pygame.Rect]:
    """Paint ``drawing`` on ``surface``, turned clockwise by ``turn`` degrees; only ``where`` it changed, if given.

    Returns the rectangles of ``surface`` that were painted.  Sprites are turned, never the whole picture: that would
    cost 2 ms here and ten times as much on a Pi 4 (platform 2).
    """
    turned = [(mark.what, _turned_box(mark.box, surface, turn, shift)) for mark in drawing]
    patches = [surface.get_rect()] if where is None else [_turned_box(box, surface, turn, shift) for box in where]
    if len(patches) > MANY:
        patches = [surface.get_rect()]
    for patch in patches:
        surface.set_clip(patch)
        surface.fill(BLACK)
        for what, rect in turned:
            if not patch.colliderect(rect):
                continue
            if isinstance(what, pygame.Surface):
                surface.blit(_turned(what, turn) if turn else what, rect)
            else:
                surface.fill(what, rect)
    surface.set_clip(None)
    return patches


@lru_cache(maxsize=TURNED_KEPT)
def _turned(sprite: pygame.Surface, turn: int) -> pygame.Surface:
    return pygame.transform.rotate(sprite, -turn)


def _turned_box(box: Box, surface: pygame.Surface, turn: int, shift: tuple[int, int]) -> pygame.Rect:
    """Where ``box`` of the upright screen lies on the turned ``surface``."""
    x, y, w, h = box.x + shift[0], box.y + shift[1], box.w, box.h
    wide, high = surface.get_size()
    match turn:
        case 90:
            return pygame.Rect(wide - y - h, x, h, w)
        case 180:
            return pygame.Rect(wide - x - w, high - y - h, w, h)
        case 270:
            return pygame.Rect(y, high - x - w, h, w)
    return pygame.Rect(x, y, w, h)
