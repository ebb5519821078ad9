"""Letters: each is drawn once at each size and then put side by side, which is many times cheaper than whole lines."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import pygame
import pygame.freetype

from kiosk.ui.colours import Colour

#: FreeSans Bold, the font that pygame brings: height of a capital in ems (measured).
CAPITAL = 0.713
#: Letters in capitals at most LARGE pixels high are drawn so many times too large and shrunk, and stand between pixels
#: where they should; in larger ones nobody sees half a pixel.
FINE, LARGE = 3, 20.0
#: Height of capitals (pixels) at which letters are measured; the measures at others follow from it within 1 %.
RULER = 180.0
#: Letters kept, drawn and measured: those of a few scenes, each at up to FINE places between pixels.
KEPT = 1024


class _Ink(NamedTuple):
    """A letter in capitals RULER high, in pixels: how far the next one is, and where its ink is from its place."""

    advance: float
    left: float
    right: float
    top: float
    bottom: float


class _Letter(NamedTuple):
    """A letter as a black mask, and where its upper left corner is from the whole pixel of its place on the line."""

    mask: pygame.Surface
    right: int
    down: int


def width(line: str, capital: float) -> float:
    """Pixels from the first ink of ``line`` to its last, in capitals ``capital`` pixels high."""
    return _width_at_ruler(line) * capital / RULER


def put_line(sheet: pygame.Surface, line: str, x: float, baseline: int, capital: float) -> None:
    """Put ``line`` on ``sheet``, which is clear and of the letters' colour, its first ink at ``x`` pixels."""
    inks = [_ink(letter) for letter in line]
    fine = 1 if capital > LARGE else FINE
    places = accumulate((ink.advance for ink in inks), initial=-inks[0].left)
    blits = []
    for sign, place in zip(line, places, strict=False):
        pixel, between = divmod(round((x + place * capital / RULER) * fine), fine)
        letter = _letter(sign, capital, fine, between)
        blits.append((letter.mask, (pixel + letter.right, baseline + letter.down)))
    sheet.fblits(blits, pygame.BLEND_RGBA_MAX)


def sheet(w: int, h: int, colour: Colour) -> pygame.Surface:
    """A clear sheet of ``w`` × ``h`` pixels for lines in ``colour``."""
    clear = pygame.Surface((w, h), pygame.SRCALPHA)
    clear.fill((*colour, 0))
    return clear


@lru_cache(maxsize=1)
def _font() -> pygame.freetype.Font:
    pygame.freetype.init()
    font = pygame.freetype.Font(None)
    font.origin = True
    return font


@lru_cache(maxsize=KEPT)
def _width_at_ruler(line: str) -> float:
    inks = [_ink(letter) for letter in line]
    return sum(ink.advance for ink in inks[:-1]) + inks[-1].right - inks[0].left


@lru_cache(maxsize=KEPT)
def _ink(letter: str) -> _Ink:
    """Measured once, at one size: letters that are not pushed about grow evenly."""
    size = RULER / CAPITAL
    ink, metrics = _font().get_rect(letter, size=size), _font().get_metrics(letter, size=size)[0]
    return _Ink(metrics[4] if metrics else ink.right, ink.left, ink.right, -ink.top, ink.height - ink.top)


@lru_cache(maxsize=KEPT)
def _letter(letter: str, capital: float, fine: int, between: int) -> _Letter:
    """``letter`` on a line, ``between`` pixels: so many of ``fine`` parts to the right of a whole one."""
    grown = [side * capital / RULER for side in _ink(letter)[1:]]
    right, down = math.floor(grown[0]) - 1, math.floor(grown[2]) - 1
    w, h = math.ceil(grown[1]) + 2 - right, math.ceil(grown[3]) + 1 - down
    large = sheet(w * fine, h * fine, (0, 0, 0))
    place = between - right * fine, -down * fine
    _font().render_to(large, place, letter, (0, 0, 0), size=capital / CAPITAL * fine)
    return _Letter(large if fine == 1 else pygame.transform.smoothscale(large, (w, h)), right, down)
