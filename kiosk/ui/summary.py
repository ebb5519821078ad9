"""The summary: what came of the set, what to work on, what got better, and the best and the worst of it once more."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from kiosk.scoring.verdict import Light
from kiosk.session.scene import FormLight, RepBar, Replay, Summary
from kiosk.ui import gauges, marks, sticks
from kiosk.ui.back import beside_stick, between
from kiosk.ui.captions import caption, panel, title
from kiosk.ui.colours import BLACK, CYAN, FAINT, GREEN, GREY, PAPER, SOFT, Colour
from kiosk.ui.drawing import Box, Mark, placed
from kiosk.ui.keys import keys
from kiosk.ui.layout import Layout
from kiosk.ui.limbs import Lit
from kiosk.ui.urgent import alarm
from kiosk.ui.words import even, number, stacked, write

#: The widest bar of a repetition, and the least that its lamp can be told by, pixels of the design.
BAR, LAMP = 54, 16
#: Thickness of the line under the bar of a repetition that is replayed, pixels of the design.
UNDERLINE = 8
#: Height of the bar of a repetition that was not judged, as a share of one of 100 points.
UNJUDGED = 0.4
#: Room for the name of a light, in widths of its tile: the names beside a long one are short.
BESIDE = 1.22
#: The smallest tile of a replay, pixels of the screen, that has room for the size of an angle, and its share of that.
VALUED, VALUE = 220, 0.36
#: The share of a tile that a back beside its stick takes, and how fine its lines are against those before a set.
BACK, FINE = 0.48, 0.7
#: How much of its line a replay's label takes; the score needs the rest.
LABEL = 0.78
#: An angle is drawn so near to the moment at which it had the size that is told, as a share of the movement.
AROUND = 0.08


def summary(picture: Summary, at: Layout, beat: int) -> Iterator[Mark]:
    """What came of the set, what to do next, and what was not seen or not counted."""
    unit = at.unit
    yield from title(picture.title, at)
    yield from _score(picture, at.score, unit)
    replayed = frozenset(replay.n for replay in picture.replays if not picture.urgent)
    yield from _bars(picture.bars, replayed, at.bars, unit)
    if picture.urgent:
        yield panel(at.replays, "replays", PAPER, 24 * unit, 10 * unit)
        box = at.replays.inset(40 * unit, 30 * unit)
        yield from caption(picture.urgent, alarm, box, "replays", 60 * unit, PAPER, 140 * unit)
    elif picture.replays:
        yield from _replays(picture.replays, at.replays, beat, unit)
    if picture.next_step:
        yield panel(at.next_step, "next_step", PAPER, 30 * unit)
        box = at.next_step.inset(30 * unit, 18 * unit)
        yield from caption(picture.next_step, marks.chevrons, box, "next_step", 64 * unit, BLACK, 90 * unit)
    if picture.better:
        yield from caption(picture.better, marks.star, at.better, "better", 44 * unit, GREEN, 70 * unit)
    yield from _lights(picture.lights, at.results, unit)
    yield from _notes(picture, at.notes, unit)
    if picture.unseen:
        box = at.summary_unseen
        yield from caption(picture.unseen, marks.crossed_eye, box, "summary_unseen", 27 * unit, GREY, 44 * unit)
    yield from keys(picture.keys, at)


def _score(picture: Summary, box: Box, unit: float) -> Iterator[Mark]:
    """The score huge with its word, and the repetitions; without a score the repetitions take its place."""
    big, large, small = picture.score, str(picture.band), f"{picture.reps} {picture.counted}"
    if big is None:
        big, large, small = picture.reps, picture.counted, picture.band
    digits = number(big, box.left(box.w * 0.55), "score")
    yield digits
    rest = box.right(box.w - digits.box.w - 36 * unit)
    yield from write(large, rest.top(rest.h * 0.58), "score", 64 * unit, CYAN, down=0.9)
    yield from write(small, rest.bottom(rest.h * 0.40), "score", 44 * unit, SOFT)


def _bars(bars: tuple[RepBar, ...], replayed: frozenset[int], box: Box, unit: float) -> Iterator[Mark]:
    """A bar for each repetition, as high as its score, in the colour and under the shape of its worst light.

    What was not judged is hollow; those ``replayed`` are underlined.
    """
    if not bars:
        return
    gap = 8 * unit if len(bars) * 16 * unit < box.w else 1
    wide = min(BAR * unit, (box.w + gap) / len(bars) - gap)
    lamp = round(min(wide * 0.8, box.h * 0.3))
    line, bright = box.bottom(max(3 * unit, 1)), box.bottom(max(UNDERLINE * unit, 2))
    box = box.top(box.h - (UNDERLINE + 4) * unit)
    room = box.h - (lamp + 4 * unit if lamp >= LAMP * unit else 0)
    yield Mark(FAINT, line, "bars")
    for i, bar in enumerate(bars):
        share = UNJUDGED if bar.score is None else max(bar.score, 2) / 100
        high = room * share
        place = Box(round(box.x + i * (wide + gap)), round(box.y + box.h - high), max(int(wide), 1), round(high))
        if bar.n in replayed:
            yield Mark(PAPER, Box(place.x, bright.y, place.w, bright.h), "bars")
        state = Light.UNSEEN if bar.score is None else bar.level
        if state in (Light.UNSEEN, Light.OFF):
            yield panel(place, "bars", GREY, 4 * unit, 3 * unit)
        else:
            yield Mark(gauges.COLOURS[state], place, "bars")
        if lamp >= LAMP * unit:
            sign = marks.lamp(state, lamp, gauges.THICKER)
            above = Box(place.x, place.y - lamp - round(4 * unit), place.w, lamp)
            yield placed(sign, above, "bars")


def _replays(replays: tuple[Replay, ...], box: Box, beat: int, unit: float) -> Iterator[Mark]:
    """The best and the worst repetition beside each other, slowed, to the same scale."""
    movements = [replay.movement for replay in replays]
    backs = any(replay.back or replay.back_unseen for replay in replays)
    tiles = [_Tile.of(tile.inset(6 * unit, 0), backs=backs) for tile in box.columns(2, 24 * unit)]
    tall = sticks.scale(movements, tiles[0].person)
    longest = max((movement.seconds for movement in movements), default=0.0)
    labels, place = tuple(replay.label for replay in replays), tiles[0].label
    capital = even(labels, round(place.w * LABEL), place.h, 34 * unit)
    told = even(tuple(replay.fault for replay in replays), tiles[0].fault.w, tiles[0].fault.h, 38 * unit)
    for replay, tile in zip(replays, tiles, strict=False):
        yield from _titled(replay, tile, capital, told, unit)
        yield from _back(replay, tile.value, unit)
        share = sticks.reached(replay.movement, beat, sticks.SLOW, longest, replay.moment)
        measured = replay.moment is None or abs(share - replay.moment) < AROUND
        lit = Lit(replay.light, replay.level, replay.angle if measured else "")
        yield sticks.stick(replay.movement, sticks.step(replay.movement, share), tile.person, "replays", tall, lit)


class _Tile(NamedTuple):
    """Where a replay's label is, the person, the size of their angle or their back beside them, what was wrong."""

    label: Box
    person: Box
    value: Box
    fault: Box

    @classmethod
    def of(cls, tile: Box, *, backs: bool) -> _Tile:
        """The places in ``tile``; none for a value where it is small, unless there are ``backs``."""
        label, fault = tile.top(tile.h * 0.11), tile.bottom(tile.h * 0.14)
        middle = tile.top(tile.h * 0.85).bottom(tile.h * 0.73)
        wide = tile.w * BACK if backs else tile.w * VALUE if tile.w >= VALUED else 0
        return cls(label, middle.left(tile.w - wide), middle.right(wide), fault)


def _titled(replay: Replay, tile: _Tile, capital: float, told: float, unit: float) -> Iterator[Mark]:
    """The words of a replay: which it is in letters ``capital`` high, score and angle, and its fault in ``told``."""
    score = "" if replay.score is None else str(replay.score)
    colour, value = _colour(replay), tile.value
    if replay.back:
        value = between(replay.back, value)
    elif replay.back_unseen:
        value = value.bottom(value.h / 2)
    label = tile.label.left(tile.label.w * LABEL)
    yield from write(replay.label, label, "replays", capital, SOFT, down=0.5)
    yield from write(score, tile.label, "replays", 40 * unit, PAPER, across=1, down=0.5)
    yield from write(replay.value, value, "replays", 44 * unit, colour, across=0.5, down=0.7)
    yield from write(replay.fault, tile.fault, "replays", told, colour, across=0.5, down=0.5)


def _back(replay: Replay, box: Box, unit: float) -> Iterator[Mark]:
    """The back at its deepest beside a stick, in the colour of its fault if it has one; or that it was unseen."""
    if replay.back:
        colour = _colour(replay) if replay.angle == "back" else PAPER
        yield from beside_stick(replay.back, box, "replays", FINE * unit, colour)
    yield from write(replay.back_unseen, box.top(box.h / 2), "replays", 30 * unit, GREY, across=0.5, down=0.5)


def _colour(replay: Replay) -> Colour:
    return gauges.COLOURS[replay.level] if replay.fault else CYAN


def _lights(states: tuple[FormLight, ...], box: Box, unit: float) -> Iterator[Mark]:
    """The form lights in a row, in the order of the body, each over its name."""
    ordered = sorted(states, key=lambda light: gauges.BODY.index(light.name))
    n = len(gauges.BODY)
    tiles = box.inset(box.w * (BESIDE - 1) / 2 / n, 0).columns(n)
    size = round(min(tiles[0].w, box.h * 0.62))
    labels = tuple(light.label.capitalize() for light in ordered)
    wide, high = tiles[0].w * BESIDE, round(box.h * 0.32)
    neighbours = tuple(map("·".join, pairwise(labels)))
    capital = min(even(labels, round(wide), high, 26 * unit), even(neighbours, 2 * tiles[0].w, high, 26 * unit))
    for light, label, tile in zip(ordered, labels, tiles, strict=False):
        bright = PAPER if light.state in (Light.AMBER, Light.RED) else SOFT
        yield placed(marks.lamp(light.state, size, gauges.THICKER), tile.top(size), "results")
        under = tile.bottom(tile.h * 0.32).inset((tile.w - wide) / 2, 0)
        yield from write(label, under, "results", capital, bright, across=0.5, down=1)


def _notes(picture: Summary, box: Box, unit: float) -> Iterator[Mark]:
    """What there is to know beside the score, then what was not counted or not judged and why."""
    lines = [*((note, PAPER) for note in picture.notes), *((why, SOFT) for why in picture.refused)]
    capital, heights = stacked(tuple(text for text, _ in lines), box.w, box.h, 32 * unit)
    y = float(box.y)
    for (text, colour), height in zip(lines, heights, strict=True):
        yield from write(text, Box(box.x, int(y), box.w, math.ceil(height)), "notes", capital, colour)
        y += height
