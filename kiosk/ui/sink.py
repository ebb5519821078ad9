"""The pictures at the sink: two lamps at the lower edge, where whoever leans over a basin still looks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pygame

from kiosk.session.sink.scenes import CameraPlan, Framing, Glass, Leaning, Leant, Point, Teaching
from kiosk.ui import marks
from kiosk.ui.brush import Brush, Chalk
from kiosk.ui.captions import bullets, caption, title
from kiosk.ui.colours import AMBER, CYAN, FAINT, GREEN, GREY, PAPER, RED, SOFT
from kiosk.ui.drawing import Box, Mark, placed
from kiosk.ui.gauges import BODY, COLOURS
from kiosk.ui.keys import keys
from kiosk.ui.layout import Layout
from kiosk.ui.ring import ring
from kiosk.ui.words import write

#: The lamps' share of the screen's height, and what of that is a lamp; the rest is its words.
LAMPS, LAMP = 0.26, 0.78
#: Percent of good time from which a share is shown as good, and as nearly so.
GOOD, NEARLY = 80, 50
#: Lines of the plan, and a point that is seen, pixels of the design.
LINE, DOT = 6, 70
#: Plans kept: there is one.
KEPT = 2


def glass(picture: Glass, at: Layout) -> Iterator[Mark]:
    """Nothing; or, after a press, what came of the lesson and what the buttons do."""
    if picture.title:
        yield from title(picture.title, at)
        yield from write(picture.note, at.message, "message", 64 * at.unit, across=0.5, down=0.5)
        yield from keys(picture.keys, at)


def leaning(picture: Leaning, at: Layout) -> Iterator[Mark]:
    """The lights side by side at the lower edge, and now and then one thing to do."""
    w, h = at.size
    edge, high = round(20 * at.unit), round(h * LAMPS)
    strip = Box(edge, h - edge - high, w - 2 * edge, high)
    size, weight = round(min(high * LAMP, strip.w * 0.4)), 2.0
    ordered = sorted(picture.lights, key=lambda light: BODY.index(light.name))
    for place, light in zip((strip.left(size), strip.right(size)), ordered, strict=False):
        yield placed(marks.lamp(light.state, size, weight), place, "lamps", down=0)
        words = light.label.upper()
        yield from write(words, place.bottom(high - size), "lamps", 30 * at.unit, COLOURS[light.state], across=0.5)
    if picture.cue:
        said = Box(edge, round(strip.y - 150 * at.unit), strip.w, round(130 * at.unit))
        yield from caption(picture.cue, marks.chevrons, said, "said", 44 * at.unit, PAPER, 80 * at.unit)


def leant(picture: Leant, at: Layout) -> Iterator[Mark]:
    """How much of the lean was good, large; then today and this week, and one thing to mind."""
    unit = at.unit
    yield from title(picture.title, at)
    if picture.share is not None:
        colour = GREEN if picture.share >= GOOD else AMBER if picture.share >= NEARLY else RED
        box = at.message
        yield from write(f"{picture.share} %", box.top(box.h * 0.68), "message", 200 * unit, colour, across=0.5, down=1)
        yield from write(picture.result, box.bottom(box.h * 0.26), "message", 50 * unit, SOFT, across=0.5)
    yield from bullets(picture.lately, marks.dot, _below(at).top(_below(at).h * 0.3), "lately", 46 * unit, SOFT)
    if picture.next_step:
        middle = _below(at)
        step = Box(middle.x, round(middle.y + middle.h * 0.36), middle.w, round(middle.h * 0.3))
        yield from caption(picture.next_step, marks.chevrons, step, "after", 54 * unit, PAPER, 90 * unit)
    yield from caption(picture.unseen, marks.crossed_eye, at.unseen, "unseen", 34 * unit, GREY, 60 * unit)


def teaching(picture: Teaching, at: Layout) -> Iterator[Mark]:
    """What to do now; a ring that fills with the depth, the leans done in it; and why all this."""
    unit = at.unit
    yield from title(picture.title, at)
    yield from write(picture.text, at.message, "message", 84 * unit, across=0.5, down=0.5)
    yield from ring(picture.share, at.emblem, "emblem", unit)
    inner = at.emblem.inset(at.emblem.w * 0.2, at.emblem.h * 0.3)
    count = f"{picture.done}/{picture.of}"
    yield from write(count, inner, "emblem", 150 * unit, across=0.5, down=0.5, passing=True)
    yield from write(picture.hint, at.after, "after", 40 * unit, SOFT, across=0.5, down=0.5)
    yield from keys(picture.keys, at)


def framing(picture: Framing, at: Layout) -> Iterator[Mark]:
    """The camera's picture with everybody it has to see in it, and the points of who is seen now; what leaves it."""
    unit, box = at.unit, at.body
    yield from title(picture.title, at)
    upright = box.h > box.w
    left = box.top(box.h * 0.62) if upright else box.left(box.w * 0.5)
    right = box.bottom(box.h * 0.35) if upright else box.right(box.w * 0.46)
    sheet = _frame(picture.plan, left)
    yield Mark(_drawn(picture.plan, sheet.w, sheet.h, LINE * unit), sheet, "plan")
    dot = round(DOT * unit)
    for x, y in picture.seen:
        place = Box(round(sheet.x + x * sheet.w) - dot // 2, round(sheet.y + y * sheet.h) - dot // 2, dot, dot)
        yield placed(marks.dot(dot, CYAN), place, "plan")
    yield from write(picture.text, right.top(right.h * 0.3), "text", 50 * unit, CYAN, down=0.5)
    yield from bullets(picture.plan.told, marks.chevrons, right.bottom(right.h * 0.66), "told", 40 * unit, PAPER)
    yield from keys(picture.keys, at)


def _below(at: Layout) -> Box:
    """What is left below the message of who has stood up."""
    top = at.message.y + at.message.h
    return Box(at.message.x, round(top + 20 * at.unit), at.message.w, round(at.unseen.y - top - 40 * at.unit))


def _frame(plan: CameraPlan, box: Box) -> Box:
    """The camera's picture, as large as ``box`` takes, in the middle of it."""
    w = min(box.w, int(box.h / plan.shape))
    h = round(w * plan.shape)
    return Box(box.x + (box.w - w) // 2, box.y + (box.h - h) // 2, w, h)


@lru_cache(maxsize=KEPT)
def _drawn(plan: CameraPlan, w: int, h: int, line: float) -> pygame.Surface:
    """Heads and shoulders in the camera's picture: who stands bright, who is hunched dim, who leaves it red."""
    brush: Brush = Chalk(w, h)

    def at(place: Point) -> Point:
        return place[0] * w, place[1] * h

    for one in plan.people:
        colour = RED if not one.seen else PAPER if one.upright else FAINT
        brush.stroke([at(shoulder) for shoulder in one.shoulders], line, colour)
        x, y = at(one.head)
        for side in (-1, 1):  # a chalk has no ring: half a circle each way
            brush.arc((x, y), one.radius * w, line, 0, side * 180, colour)
    corners = [(line / 2, line / 2), (w - line / 2, line / 2), (w - line / 2, h - line / 2), (line / 2, h - line / 2)]
    brush.stroke([*corners, corners[0]], line, SOFT)
    return brush.sprite()
