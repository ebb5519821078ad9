"""Words as sprites: each text is fitted into its box once, then kept.

Heights of text are heights of capitals, in pixels: that is what has to be large enough to be read from 2.5 m.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

import pygame

from kiosk.ui import letters
from kiosk.ui.colours import PAPER, Colour
from kiosk.ui.drawing import Box, Mark, placed
from kiosk.ui.letters import width as _width

#: In capitals: a line's room above its baseline (accents), below it, and the pitch of lines.
ABOVE, BELOW, PITCH = 1.3, 0.32, 1.55
#: Each step of shrinking a text that does not fit.
SHRINK = 0.93
#: Capitals below this (pixels) cannot be read on any screen: the text is cut instead.
SMALLEST = 7
#: How far round digits reach above the line and below it, in capitals (measured).
TOP, FOOT = 1.02, 0.035
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
    text = _printable(text)
    if text and box.w > 0 and box.h > 0:
        draw = _passing if passing else _sprite
        yield placed(draw(text, box.w, box.h, capital, colour, across), box, part, across, down)._replace(words=True)


def number(value: int, box: Box, part: str, colour: Colour = PAPER) -> Mark:
    """``value`` as large as ``box`` takes, at its left."""
    return placed(_digits(str(value), box.w, box.h, colour), box, part, across=0.0)._replace(words=True)


@lru_cache(maxsize=KEPT)
def even(texts: tuple[str, ...], width: int, height: int, capital: float) -> float:
    """The height of capitals, at most ``capital``, at which each of ``texts`` fits ``width`` × ``height`` pixels."""
    return min((_fit(text, width, height, capital)[1] for text in texts), default=capital)


@lru_cache(maxsize=KEPT)
def stacked(texts: tuple[str, ...], width: int, height: int, capital: float) -> tuple[float, tuple[float, ...]]:
    """The height of capitals, at most ``capital``, at which ``texts`` below each other fit ``width`` × ``height``
    pixels, and the height each of them takes then: one with more words takes more lines."""
    capital = _whole(capital)
    while True:
        lines = [_wrap(text, width, capital) for text in texts]
        heights = tuple((ABOVE + BELOW + PITCH * (len(each) - 1)) * capital for each in lines)
        narrow = all(_width(line, capital) <= width for each in lines for line in each)
        if capital <= SMALLEST or (narrow and sum(heights) <= height):
            return capital, heights
        capital = _whole(capital * SHRINK)


@lru_cache(maxsize=KEPT)
def _printable(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


@lru_cache(maxsize=KEPT)
def _sprite(text: str, width: int, height: int, capital: float, colour: Colour, across: float) -> pygame.Surface:
    lines, capital = _fit(text, width, height, capital)
    widths = [_width(line, capital) for line in lines]
    w = min(math.ceil(max(widths)), width)
    h = min(round((ABOVE + BELOW + PITCH * (len(lines) - 1)) * capital), height)
    sheet = letters.sheet(w, h, colour)
    for i, line in enumerate(lines):
        letters.put_line(sheet, line, (w - widths[i]) * across, round((ABOVE + PITCH * i) * capital), capital)
    return sheet


_passing = lru_cache(maxsize=NUMBERS_KEPT)(_sprite.__wrapped__)


@lru_cache(maxsize=NUMBERS_KEPT)
def _digits(digits: str, width: int, height: int, colour: Colour) -> pygame.Surface:
    capital = min(height / (TOP + FOOT), width / _width(digits, 1.0))
    sheet = letters.sheet(math.ceil(_width(digits, capital)), math.ceil(capital * (TOP + FOOT)), colour)
    letters.put_line(sheet, digits, 0.0, round(capital * TOP), capital)
    return sheet


def _fit(text: str, width: int, height: int, capital: float) -> tuple[list[str], float]:
    """The lines of ``text``, and the largest height of capitals at which they fit ``width`` × ``height`` pixels."""
    capital = _whole(capital)
    while True:
        room = max(int((height / capital - ABOVE - BELOW) / PITCH + 1), 1)
        lines = _wrap(text, width, capital)
        high = ABOVE + BELOW + PITCH * (len(lines) - 1)
        if high * capital <= height and all(_width(line, capital) <= width for line in lines):
            return _balance(text, width, capital, lines), capital
        if capital <= SMALLEST:
            return [_cut(line, width, capital) for line in lines[:room]], capital
        capital = _whole(capital * SHRINK)


def _whole(capital: float) -> int:
    """``capital`` in whole pixels: texts of about one size share their letters."""
    return max(math.floor(capital), SMALLEST)


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
