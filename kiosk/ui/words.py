"""Words as sprites: each text is fitted into its box once, then kept.

Heights of text are heights of capitals, in pixels: that is what has to be large enough to be read from 2.5 m.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pygame
import pygame.freetype

from kiosk.ui.colours import PAPER, Colour
from kiosk.ui.drawing import Box, Mark, placed

#: FreeSans Bold, the font that pygame brings: height of a capital in ems (measured).
CAPITAL = 0.713
#: In capitals: a line's room above its baseline (accents), below it, and the pitch of lines.
ABOVE, BELOW, PITCH = 1.3, 0.32, 1.55
#: Letters are drawn so many times too large and shrunk: hints would push them about at their own size.
FINE = 3
#: Each step of shrinking a text that does not fit.
SHRINK = 0.93
#: Capitals below this (pixels) cannot be read on any screen: the text is cut instead.
SMALLEST = 7.0
#: Height of capitals (pixels) at which texts are measured; the widths at others follow from it within 1 %.
RULER = 60.0
#: Sprites kept, about four scenes' worth; and numbers, which are large and follow each other.
KEPT, NUMBERS_KEPT = 128, 8


def write(
    text: str,
    box: Box,
    part: str,
    capital: float,
    colour: Colour = PAPER,
    *,
    across: float = 0.0,
    down: float = 0.0,
    passing: bool = False,
) -> Iterator[Mark]:
    """``text`` within ``box``, its capitals at most ``capital`` high; wrapped, then shrunk, at last cut, until it fits.

    ``across`` and ``down`` say where in the box: 0 left or top, 0.5 middle, 1 right or bottom.  Nothing for no text.
    What is ``passing`` (a count-down) is not kept for long.
    """
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if text and box.w > 0 and box.h > 0:
        draw = _passing if passing else _sprite
        yield placed(draw(text, box.w, box.h, capital, colour, across), box, part, across, down)


def number(value: int, box: Box, part: str, colour: Colour = PAPER) -> Mark:
    """``value`` as large as ``box`` takes, at its left."""
    return placed(_digits(str(value), box.w, box.h, colour), box, part, across=0.0)


@lru_cache(maxsize=KEPT)
def even(texts: tuple[str, ...], width: int, height: int, capital: float) -> float:
    """The height of capitals, at most ``capital``, at which each of ``texts`` fits ``width`` × ``height`` pixels."""
    return min((_fit(text, width, height, capital)[1] for text in texts), default=capital)


@lru_cache(maxsize=1)
def _font() -> pygame.freetype.Font:
    pygame.freetype.init()
    font = pygame.freetype.Font(None)
    font.origin = True
    font.kerning = False  # the font's own pairs are faulty: it tears "knee" and "ankle" apart
    return font


def _em(capital: float) -> float:
    return capital / CAPITAL * FINE


def _width(text: str, capital: float) -> float:
    return _width_at_ruler(text) * capital / RULER


@lru_cache(maxsize=KEPT * 8)
def _width_at_ruler(text: str) -> float:
    """Measured once, at one size: letters that are not pushed about grow evenly."""
    return _font().get_rect(text, size=_em(RULER)).w / FINE


@lru_cache(maxsize=KEPT)
def _sprite(text: str, width: int, height: int, capital: float, colour: Colour, across: float) -> pygame.Surface:
    lines, capital = _fit(text, width, height, capital)
    inks = [_font().get_rect(line, size=_em(capital)) for line in lines]
    w = max(ink.w for ink in inks)
    h = round((ABOVE + BELOW + PITCH * (len(lines) - 1)) * capital * FINE)
    sheet = pygame.Surface((w, h), pygame.SRCALPHA)
    sheet.fill((*colour, 0))
    for i, (line, ink) in enumerate(zip(lines, inks, strict=True)):
        origin = round((w - ink.w) * across) - ink.x, round((ABOVE + PITCH * i) * capital * FINE)
        _font().render_to(sheet, origin, line, colour, size=_em(capital))
    return pygame.transform.smoothscale(sheet, (min(-(-w // FINE), width), min(-(-h // FINE), height)))


_passing = lru_cache(maxsize=NUMBERS_KEPT)(_sprite.__wrapped__)


@lru_cache(maxsize=NUMBERS_KEPT)
def _digits(digits: str, width: int, height: int, colour: Colour) -> pygame.Surface:
    ink = _font().get_rect(digits, size=_em(height))
    sheet = pygame.Surface(ink.size, pygame.SRCALPHA)
    sheet.fill((*colour, 0))
    _font().render_to(sheet, (-ink.x, ink.y), digits, colour, size=_em(height))
    scale = min(width / ink.w, height / ink.h)
    return pygame.transform.smoothscale(sheet, (max(int(ink.w * scale), 1), max(int(ink.h * scale), 1)))


def _fit(text: str, width: int, height: int, capital: float) -> tuple[list[str], float]:
    """The lines of ``text``, and the largest height of capitals at which they fit ``width`` × ``height`` pixels."""
    while True:
        room = max(int((height / capital - ABOVE - BELOW) / PITCH + 1), 1)
        lines = _wrap(text, width, capital)
        high = ABOVE + BELOW + PITCH * (len(lines) - 1)
        if high * capital <= height and all(_width(line, capital) <= width for line in lines):
            return _balance(text, width, capital, lines), capital
        if capital <= SMALLEST:
            return [_cut(line, width, capital) for line in lines[:room]], capital
        capital = max(capital * SHRINK, SMALLEST)


def _wrap(text: str, width: float, capital: float) -> list[str]:
    """``text`` in lines, as much on each as ``width`` takes; a word that is too long stands alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and _width(f"{lines[-1]} {word}", capital) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _balance(text: str, width: int, capital: float, lines: list[str]) -> list[str]:
    """The same number of lines, of as even a length as can be: no orphan on the last one."""
    narrow, wide = width / 2, float(width)
    while len(lines) > 1 and wide - narrow > 4:
        middle = (narrow + wide) / 2
        trial = _wrap(text, middle, capital)
        if len(trial) == len(lines) and all(_width(line, capital) <= middle for line in trial):
            wide, lines = middle, trial
        else:
            narrow = middle
    return lines


def _cut(line: str, width: int, capital: float) -> str:
    while len(line) > 1 and _width(line, capital) > width:
        line = line[:-2] + "…"
    return line
