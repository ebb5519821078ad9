"""A drawing: marks at their places on the upright screen, and where each place lies on a panel that is turned."""

from __future__ import annotations

from typing import NamedTuple

import pygame

from kiosk.ui.colours import Colour


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
    """One thing drawn: a sprite, or a block of plain colour, in ``box``; ``part`` names the region it belongs to.

    ``words``: it has to be read, at night too.
    """

    what: pygame.Surface | Colour
    box: Box
    part: str
    words: bool = False


Drawing = tuple[Mark, ...]


def placed(sprite: pygame.Surface, box: Box, part: str, across: float = 0.5, down: float = 0.5) -> Mark:
    """``sprite`` within ``box``: at its left or top with 0, in the middle with 0.5, at its right or bottom with 1."""
    w, h = sprite.get_size()
    return Mark(sprite, Box(round(box.x + (box.w - w) * across), round(box.y + (box.h - h) * down), w, h), part)


def changed(before: Drawing, after: Drawing) -> list[Box]:
    """Where two drawings differ."""
    boxes = {mark.box for mark in set(before) ^ set(after)}
    return sorted(boxes)


def on_panel(box: Box, panel: tuple[int, int], turn: int, shift: tuple[int, int]) -> pygame.Rect:
    """Where ``box`` of the upright screen, moved by ``shift``, lies on a panel of that size.

    ``turn`` are degrees clockwise by which the picture is turned on it.
    """
    x, y, w, h = box.x + shift[0], box.y + shift[1], box.w, box.h
    wide, high = panel
    match turn:
        case 90:
            return pygame.Rect(wide - y - h, x, h, w)
        case 180:
            return pygame.Rect(wide - x - w, high - y - h, w, h)
        case 270:
            return pygame.Rect(y, high - x - w, h, w)
    return pygame.Rect(x, y, w, h)
