"""Gauges: what is measured.  The count, the form lights and the depth bar, to be read from the corner of the eye."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.scoring.verdict import Light
from kiosk.session.scene import DEEPEST, FormLight, Working
from kiosk.ui import marks
from kiosk.ui.captions import beside, panel
from kiosk.ui.colours import AMBER, BLACK, CYAN, FAINT, GREEN, GREY, PAPER, RED, SOFT
from kiosk.ui.drawing import Box, Mark, placed
from kiosk.ui.layout import Layout
from kiosk.ui.words import even, number, write

#: The lights stand as the body does, head above feet: the place of a light says what it is about.
BODY = ("head", "back", "hips", "knees", "shins", "feet", "tempo")
NAMES = tuple(name.upper() for name in BODY)
#: Room is kept for so many lights in a column, so that few lights do not become giants.
ROWS = 4
#: The most of a tile's width that a lamp takes; its word needs the rest.
LAMP = 0.38
COLOURS = {Light.GREEN: GREEN, Light.AMBER: AMBER, Light.RED: RED, Light.UNSEEN: GREY, Light.OFF: FAINT}
#: Where on the depth bar the goal is: around the usual bottom.
GOAL = (0.85, 1.15)


def count(picture: Working, box: Box, unit: float) -> Iterator[Mark]:
    """The repetitions, or the seconds held, as large as ``box`` takes; the target and the side smaller beside them.

    Dim while nothing is counted.
    """
    digits = number(_counted(picture), box.left(box.w * 0.62), "count", SOFT if picture.paused else PAPER)
    yield digits
    rest = box.right(box.w - digits.box.w - 44 * unit)
    if picture.side:
        yield from write(picture.side.upper(), rest.top(box.h * 0.54), "count", box.h * 0.34, CYAN, down=0.8)
        rest = rest.bottom(box.h * 0.46)
    yield from write(_of(picture), rest, "count", box.h * 0.32, SOFT, down=0.5)


def _counted(picture: Working) -> int:
    return picture.clock.seconds if picture.clock else picture.reps


def _of(picture: Working) -> str:
    """What stands beside the count: how much of what."""
    if picture.clock:
        return f"/{picture.clock.target}s"
    if picture.target is not None:
        return f"/{picture.target}"
    return "rep" if picture.reps == 1 else "reps"


def lights(states: tuple[FormLight, ...], box: Box, at: Layout) -> Iterator[Mark]:
    """The form lights in one or two columns, in the order of the body."""
    columns = max(-(-len(states) // at.light_rows), 1)
    rows = -(-len(states) // columns)
    ordered = sorted(states, key=lambda light: BODY.index(light.name))
    for i, column in enumerate(box.columns(columns, 24 * at.unit)):
        tiles = column.rows(max(rows, ROWS), 10 * at.unit)
        for light, tile in zip(ordered[i * rows : (i + 1) * rows], tiles, strict=False):
            yield from _light(light, tile, at.unit)


def _light(light: FormLight, tile: Box, unit: float) -> Iterator[Mark]:
    """One light: its shape, its group's word and its state's word.

    The worse, the more of its tile is lit: in the corner of the eye only the amount and the colour of light are left.
    """
    colour, bright, corner = COLOURS[light.state], SOFT, tile.h * 0.16
    lamp, words = beside(tile, min(tile.h, tile.w * LAMP))
    if light.state is Light.AMBER:
        bright = PAPER
        yield panel(tile, "lights", AMBER, corner, 8 * unit)
        yield panel(lamp, "lights", AMBER, corner)
    elif light.state is Light.RED:
        colour = bright = BLACK
        yield panel(tile, "lights", RED, corner)
    yield placed(marks.lamp(light.state, round(lamp.w * 0.9)), lamp, "lights")
    words = words.left(words.w - 14 * unit).inset(0, tile.h * 0.06)
    upper = words.top(words.h * 0.6) if light.word else words
    capital = even(NAMES, words.w, words.h, min(56 * unit, tile.h * 0.33))
    yield from write(light.name.upper(), upper, "lights", capital, bright, down=0.9 if light.word else 0.5)
    yield from write(light.word, words.bottom(words.h * 0.4), "lights", capital * 0.6, colour)


def depth(value: float | None, box: Box, unit: float, word: str) -> Iterator[Mark]:
    """How deep, as a position along a bar, standing at its top; the goal is marked around the usual bottom.

    ``word`` says what the bar shows.
    """
    yield from write(word, box.bottom(46 * unit), "depth", 26 * unit, SOFT, across=0.5, down=1)
    bar, thick, line = box.top(box.h - 56 * unit), round(28 * unit), 4 * unit
    track = bar.inset(bar.w * 0.25, 0)
    top, bottom = (_height(share, bar, thick) for share in GOAL)
    goal = Box(bar.x, top, bar.w, bottom + thick - top)
    yield panel(track, "depth", FAINT, track.w * 0.25, line)
    if value is None:
        yield panel(goal, "depth", FAINT, 18 * unit, 2 * line)
        yield placed(marks.crossed_eye(track.w, GREY), track.top(track.h * 0.5), "depth")
        return
    reached = GOAL[0] <= value <= GOAL[1]
    y, fill = _height(value, bar, thick), track.inset(2 * line, 2 * line)
    yield Mark(CYAN, fill.top(max(y - fill.y, 0)), "depth")
    yield panel(goal, "depth", PAPER if reached else SOFT, 18 * unit, (3 if reached else 2) * line)
    yield Mark(PAPER, Box(bar.x, y, bar.w, thick), "depth")


def _height(share: float, bar: Box, thick: int) -> int:
    """The upper edge of a ``thick`` line at ``share`` of the usual depth along ``bar``."""
    return bar.y + round(min(max(share, 0.0), DEEPEST) / DEEPEST * (bar.h - thick))
