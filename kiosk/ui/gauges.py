"""Gauges: what is measured.  The count, the form lights and the depth bar, to be read from the corner of the eye."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.scoring.verdict import Light
from kiosk.session.scene import DEEPEST, FormLight, Working
from kiosk.ui import marks
from kiosk.ui.captions import panel
from kiosk.ui.colours import AMBER, CYAN, FAINT, GREEN, GREY, PAPER, RED, SOFT, dimmed
from kiosk.ui.drawing import Box, Mark, placed
from kiosk.ui.layout import Layout
from kiosk.ui.words import even, number, write

#: The lights stand as the body does, head above feet: the place of a light says what it is about.
BODY = ("head", "back", "hips", "knees", "shins", "feet", "tempo")
#: Places in the upper box; a drill with no more lights than these has them all there, and the other side is free.
UPPER = 4
#: The most of a lamp's place that is not for its words, a share of its height.
LAMP = 0.82
#: The fewer lights a drill has, the thicker their lines, up to this: what all of them light stays the same.
BOLDEST = 2.0
#: How much thicker the lines of a small lamp are, which shows a result.
THICKER = 3.0
COLOURS = {Light.GREEN: GREEN, Light.AMBER: AMBER, Light.RED: RED, Light.UNSEEN: GREY, Light.OFF: GREY}
#: Light of what is not certain yet, a share of what it will have: plainly less, and enough to be read.
NOT_YET = 0.38
#: Where on the depth bar the goal is: around the usual bottom.
GOAL = (0.85, 1.15)


def count(picture: Working, box: Box, unit: float) -> Iterator[Mark]:
    """The repetitions, or the seconds held, as large as ``box`` takes; the target and the side smaller beside them.

    Dim while nothing is counted.  One more that is not certain yet stands beside them, translucent.
    """
    digits, more, of, side = _beside(box, 24 * unit) if box.w > box.h else _below(box, 24 * unit)
    yield number(_counted(picture), digits, "count", SOFT if picture.paused else PAPER)
    capital = min(digits.h * 0.34, of.h * 0.6)
    yield from write(_of(picture), of, "count", capital, SOFT, down=0.5)
    yield from write(picture.side.upper(), side, "count", capital, CYAN, down=0.5)
    if picture.provisional:
        yield from _not_yet(more)


def _beside(box: Box, gap: float) -> tuple[Box, Box, Box, Box]:
    """Of a wide box the places of the digits, of one more, of the target and of the side."""
    digits, right = box.left(box.w * 0.38), box.right(box.w * 0.62 - gap)
    side, of = right.right(right.w - box.h - gap).rows(2)
    return digits, right.left(box.h), of, side


def _below(box: Box, gap: float) -> tuple[Box, Box, Box, Box]:
    """The same of a tall box."""
    upper, lower = box.rows(2, gap)
    of, side = lower.rows(2)
    return upper.left(box.w * 0.64), upper.right(box.w * 0.36 - gap), of, side


def _not_yet(box: Box) -> Iterator[Mark]:
    colour, size = dimmed(PAPER, NOT_YET), min(box.w, box.h)
    yield placed(marks.not_yet(size, colour), box, "count")
    yield from write("+1", box.inset(size * 0.15, 0), "count", size * 0.34, colour, across=0.5, down=0.5)


def _counted(picture: Working) -> int:
    return picture.clock.seconds if picture.clock else picture.reps


def _of(picture: Working) -> str:
    """What stands beside the count: how much of what."""
    if picture.clock:
        return f"/{picture.clock.target} s"
    return picture.counted if picture.target is None else f"/{picture.target}"


def lamps(states: Sequence[FormLight], at: Layout) -> Iterator[Mark]:
    """The form lights of a set under way, each at its own place; those of a drill with few all at one side."""
    ordered = sorted(states, key=lambda light: BODY.index(light.name))
    columns = at.upper.columns(at.upper_columns, at.upper.w - at.upper_columns * at.lower.w)
    upper = [(tile, "upper") for column in columns for tile in column.rows(UPPER // at.upper_columns)]
    own = dict(zip(BODY, (*upper, *((tile, "lower") for tile in at.lower.rows(2)), (at.tempo, "tempo")), strict=True))
    places = upper if len(ordered) <= UPPER else [own[light.name] for light in ordered]
    labels, size = tuple(light.label.upper() for light in ordered), lamp_size(at)
    capital = even(labels, at.tempo.w, round((at.tempo.h - size) * 0.54), 32 * at.unit)
    weight = min(len(BODY) / max(len(ordered), 1), BOLDEST)
    for light, label, (tile, part) in zip(ordered, labels, places, strict=False):
        yield placed(marks.lamp(light.state, size, weight), tile.top(size), part)
        yield from _named(light, label, tile.bottom(tile.h - size), part, capital)


def _named(light: FormLight, label: str, box: Box, part: str, capital: float) -> Iterator[Mark]:
    """A lamp's words under it, of its own colour: white ones would wash it out in the corner of the eye."""
    colour = COLOURS[light.state]
    upper = box.top(box.h * 0.54) if light.word else box
    yield from write(label, upper, part, capital, colour, across=0.5, down=0.9 if light.word else 0.5)
    yield from write(light.word, box.bottom(box.h * 0.46), part, capital * 0.8, colour, across=0.5)


def lamp_size(at: Layout) -> int:
    """Pixels across a form light of a set under way, and down it; all have the same."""
    return min(at.tempo.w, round(at.tempo.h * LAMP))


def depth(picture: Working, box: Box, unit: float) -> Iterator[Mark]:
    """How deep, as a position along a bar, standing at its top; the goal is marked around the usual bottom."""
    yield from write(picture.bar, box.bottom(40 * unit), "depth", 22 * unit, SOFT, across=0.5, down=1)
    bar, thick, line, value = box.top(box.h - 50 * unit), round(26 * unit), 5 * unit, picture.depth
    top, bottom = (_height(share, bar, thick) for share in GOAL)
    goal, middle = Box(bar.x, top, bar.w, bottom + thick - top), bar.x + bar.w / 2
    yield Mark(FAINT, Box(round(middle - line / 2), bar.y, round(line), bar.h), "depth")
    if value is None:
        yield panel(goal, "depth", FAINT, 16 * unit, line)
        yield placed(marks.crossed_eye(bar.w, GREY), bar.top(bar.h * 0.5), "depth")
        return
    reached = picture.provisional or GOAL[0] <= value <= GOAL[1]
    y, wide = _height(value, bar, thick), round(1.8 * line)
    yield Mark(CYAN, Box(round(middle - wide / 2), bar.y, wide, y - bar.y), "depth")
    yield panel(goal, "depth", PAPER if reached else SOFT, 16 * unit, (1.6 if reached else 1) * line)
    yield Mark(PAPER, Box(bar.x, y, bar.w, thick), "depth")


def _height(share: float, bar: Box, thick: int) -> int:
    """The upper edge of a ``thick`` line at ``share`` of the usual depth along ``bar``."""
    return bar.y + round(min(max(share, 0.0), DEEPEST) / DEEPEST * (bar.h - thick))
