"""The pictures, one function for each: what stands in which box of the layout."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.scoring.verdict import Rung
from kiosk.session.scene import (
    Asking,
    Calibrating,
    Choosing,
    GettingReady,
    Resting,
    Summary,
    Switching,
    Working,
)
from kiosk.ui import gauges, marks
from kiosk.ui.captions import Sign, caption, panel
from kiosk.ui.colours import BLACK, CYAN, FAINT, GREEN, GREY, PAPER, SOFT, Colour
from kiosk.ui.drawing import Box, Mark, placed
from kiosk.ui.layout import Layout
from kiosk.ui.pictograms import pictogram, turning
from kiosk.ui.words import even, number, write

#: The ring of the calibration fills in steps of 0.05.
RING_PIECES = 20
#: The rungs in the order they are climbed, and what each is called once it is.
RUNGS = {Rung.IN_FRAME: "in view", Rung.SIDE_ON: "turned", Rung.JOINTS: "all seen", Rung.STILL: "still"}
#: The highest level a drill can have (biomechanics 1.3).
LEVELS = 6


def choosing(picture: Choosing, at: Layout) -> Iterator[Mark]:
    """The drill offered, large between its neighbours, its cues, and the three buttons."""
    yield from _title("Choose a drill", at)
    yield from _offer(picture, at.offer, at.unit)
    yield from _note(picture, at)
    yield from _cues(picture.cues, at.cues, at.unit)
    yield from _keys(("previous", picture.select, "next"), at)


def getting_ready(picture: GettingReady, at: Layout, beat: int) -> Iterator[Mark]:
    """What to do next, in words and as a pictogram on its rung of the ladder."""
    unit, box = at.unit, at.headline
    yield from _title(picture.title, at)
    yield from write(picture.text, box.top(box.h * 0.66), "headline", 76 * unit, down=1)
    yield from write(picture.hint, box.bottom(box.h * 0.30), "headline", 36 * unit, SOFT)
    yield from _ladder(picture, at.ladder, unit, beat)


def calibrating(picture: Calibrating, at: Layout) -> Iterator[Mark]:
    """A ring round the person's own picture in the glass; it fills while they stand still."""
    yield from _title(picture.title, at)
    yield from _ring(picture.share, at.ring, "ring", at.unit)
    yield from write(picture.text, at.band, "band", 78 * at.unit, across=0.5, down=0.5)
    yield from write(picture.hint, at.unseen, "unseen", 36 * at.unit, SOFT, across=0.5, down=0.5)


def working(picture: Working, at: Layout) -> Iterator[Mark]:
    """A set under way: count, lights, depth, and one thing to say: why nothing is counted, else praise, else a cue."""
    yield from _title(picture.title, at)
    yield from gauges.count(picture, at.count, at.unit)
    yield from gauges.lights(picture.lights, at.lights, at)
    yield from gauges.depth(picture.depth, at.depth, at.unit, "time" if picture.clock else "depth")
    if picture.paused:
        yield panel(at.band, "band", SOFT, 30 * at.unit, 6 * at.unit)
        yield from _loud(picture.paused, marks.pause, at.band, "band", PAPER, at.unit)
    elif picture.cue:
        sign, ground = (marks.star, GREEN) if picture.praise else (marks.chevrons, PAPER)
        yield panel(at.band, "band", ground, 30 * at.unit)
        yield from _loud(picture.cue, sign, at.band, "band", BLACK, at.unit)
    yield from _unseen(picture.unseen, at.unseen, at.unit)


def switching(picture: Switching, at: Layout) -> Iterator[Mark]:
    """Turn round, or take the other leg: how, and the side that comes now as a big word."""
    yield from _title(picture.title, at)
    yield from _message(picture.text, picture.hint, at)
    size = min(at.emblem.w, at.emblem.h)
    yield placed(turning(size, PAPER, around=picture.turn), at.emblem, "emblem")
    yield from write(picture.side.upper(), at.after, "after", 150 * at.unit, CYAN, across=0.5, down=0.5)
    yield from _keys(("finish", "go on", "finish"), at)


def resting(picture: Resting, at: Layout) -> Iterator[Mark]:
    """The seconds to go in a ring that empties, what was done and what comes next."""
    yield from _title(picture.title, at)
    yield from _message(picture.text, picture.result, at)
    yield from _ring(picture.share, at.emblem, "emblem", at.unit)
    inner = at.emblem.inset(at.emblem.w * 0.2, at.emblem.h * 0.3)
    yield from write(str(picture.seconds), inner, "emblem", 220 * at.unit, across=0.5, down=0.5, passing=True)
    yield from write(picture.then, at.after, "after", 54 * at.unit, CYAN, across=0.5, down=0.5)
    yield from _keys(picture.keys, at)


def asking(picture: Asking, at: Layout) -> Iterator[Mark]:
    """A question, and that any button answers it."""
    yield from write(picture.text, at.message, "message", 110 * at.unit, across=0.5, down=0.5)
    yield from write("?", at.emblem, "emblem", 320 * at.unit, CYAN, across=0.5, down=0.5)
    yield from write(picture.hint, at.after, "after", 50 * at.unit, across=0.5, down=0.5)
    yield from _keys(("yes", "yes", "yes"), at)


def summary(picture: Summary, at: Layout) -> Iterator[Mark]:
    """What came of the set, what to do next, and what was not seen or not counted."""
    yield from _title(picture.title, at)
    yield from _score(picture, at.score, at.unit)
    yield from gauges.lights(picture.lights, at.results, at)
    yield from _notes(picture, at.notes, at.unit)
    if picture.next_step:
        yield panel(at.next_step, "next_step", PAPER, 30 * at.unit)
        yield from _loud(picture.next_step, marks.chevrons, at.next_step, "next_step", BLACK, at.unit)
    yield from _unseen(picture.unseen, at.summary_unseen, at.unit)
    yield from _keys(("drills", "again", "drills"), at)


def _ring(share: float, box: Box, part: str, unit: float) -> Iterator[Mark]:
    """A ring, ``share`` of it lit, clockwise from the top."""
    radius = min(box.w, box.h) // 2
    left, top = box.x + box.w // 2 - radius, box.y + box.h // 2 - radius
    for i in range(RING_PIECES):
        colour, width = (CYAN, 44) if i < round(share * RING_PIECES) else (FAINT, 12)
        sprite, (x, y) = marks.ring_piece(radius, round(width * unit), i, RING_PIECES, colour)
        yield Mark(sprite, Box(left + x, top + y, *sprite.get_size()), part)


def _message(text: str, hint: str, at: Layout) -> Iterator[Mark]:
    """What there is to say, and a smaller line under it."""
    box = at.message
    yield from write(text, box.top(box.h * 0.66), "message", 84 * at.unit, across=0.5, down=1)
    yield from write(hint, box.bottom(box.h * 0.28), "message", 40 * at.unit, SOFT, across=0.5)


def _notes(picture: Summary, box: Box, unit: float) -> Iterator[Mark]:
    """What there is to know beside the score, then what was not counted or not judged and why."""
    lines = [*((note, PAPER) for note in picture.notes), *((why, SOFT) for why in picture.refused)]
    rows = box.rows(max(len(lines), 3), 8 * unit)
    capital = even(tuple(text for text, _ in lines), box.w, rows[0].h, 32 * unit)
    for (text, colour), row in zip(lines, rows, strict=False):
        yield from write(text, row, "notes", capital, colour, down=0.5)


def _title(title: str, at: Layout) -> Iterator[Mark]:
    yield from write(title, at.title, "title", 36 * at.unit, SOFT, down=0.5)


def _offer(picture: Choosing, box: Box, unit: float) -> Iterator[Mark]:
    """The chosen title between its neighbours (the catalogue is a ring); below it what it is."""
    titles, index = picture.titles, picture.index
    if len(titles) > 2:
        yield from write(titles[index - 1], box.top(70 * unit), "offer", 38 * unit, GREY, down=0.5)
    box = box.bottom(box.h - 84 * unit)
    chosen = box.top(170 * unit)
    colour = SOFT if picture.locked else PAPER
    yield Mark(FAINT if picture.locked else CYAN, chosen.left(12 * unit), "offer")
    yield from write(titles[index], chosen.right(chosen.w - 40 * unit), "offer", 104 * unit, colour, down=0.5)
    box = box.bottom(box.h - 182 * unit)
    if len(titles) > 1:
        yield from write(titles[(index + 1) % len(titles)], box.top(70 * unit), "offer", 38 * unit, GREY, down=0.5)
    box = box.bottom(box.h - 104 * unit)
    yield from _level(picture, box.top(44 * unit), unit)
    yield from write(picture.summary, box.bottom(box.h - 60 * unit), "offer", 36 * unit, SOFT)


def _level(picture: Choosing, box: Box, unit: float) -> Iterator[Mark]:
    """The level in words, and as pips filled up to it; the dose beside it."""
    colour = SOFT if picture.locked else CYAN
    yield from write(f"level {picture.level}", box.left(150 * unit), "offer", 30 * unit, colour, down=0.5)
    for i, place in enumerate(box.right(box.w - 165 * unit).left(240 * unit).columns(LEVELS, 12 * unit)):
        pip = place.inset(0, (place.h - place.w) / 2)
        full = i < picture.level
        yield panel(pip, "offer", colour if full else FAINT, 6 * unit, 0.0 if full else 3 * unit)
    yield from write(picture.dose, box.right(box.w - 440 * unit), "offer", 30 * unit, SOFT, down=0.5)


def _note(picture: Choosing, at: Layout) -> Iterator[Mark]:
    """Why the drill is locked, or what has to be confirmed."""
    if picture.note:
        sign = marks.lock if picture.locked else marks.chevrons
        box = at.note.inset(24 * at.unit, 16 * at.unit)
        yield panel(at.note, "note", SOFT, 24 * at.unit, 5 * at.unit)
        yield from caption(picture.note, sign, box, "note", 40 * at.unit, PAPER, 90 * at.unit)


def _cues(cues: tuple[str, ...], box: Box, unit: float) -> Iterator[Mark]:
    """The drill's cues below each other, in letters of one size."""
    words = box.right(box.w - 58 * unit).rows(max(len(cues), 3), 10 * unit)
    signs = box.left(44 * unit).rows(max(len(cues), 3), 10 * unit)
    capital = even(cues, words[0].w, words[0].h, 38 * unit)
    for cue, word, sign in zip(cues, words, signs, strict=False):
        yield placed(marks.chevrons(min(sign.w, sign.h), CYAN), sign, "cues")
        yield from write(cue, word, "cues", capital, down=0.5)


def _keys(words: tuple[str, str, str], at: Layout) -> Iterator[Mark]:
    """What the three buttons do; each word stands above its button, and an arrow points down at it."""
    size = round(min(76 * at.unit, at.keys.h * 0.5))
    for i, (word, key) in enumerate(zip(words, at.keys.columns(3, 20 * at.unit), strict=True)):
        colour = CYAN if i == 1 else SOFT
        yield from write(word, key.top(key.h * 0.5), "keys", 42 * at.unit, colour, across=0.5, down=0.5)
        yield placed(marks.arrow_down(size, colour), key.bottom(key.h * 0.5), "keys")


def _ladder(picture: GettingReady, box: Box, unit: float, beat: int) -> Iterator[Mark]:
    """The rungs from the bottom up: done ones ticked, the current one large with its pictogram."""
    climbed = list(RUNGS).index(picture.rung) if picture.rung in RUNGS else len(RUNGS)
    gap, low = 16 * unit, min(110 * unit, box.h / 7)
    large = min(box.w, box.h - len(RUNGS) * (low + gap))
    left = box
    for i, (rung, word) in enumerate(RUNGS.items()):
        row = left.bottom(low + large if i == climbed else low)
        left = left.top(left.h - row.h - gap)
        if i == climbed:
            yield panel(row, "ladder", CYAN, 24 * unit, 6 * unit)
            sprite = pictogram(rung, round(large - 30 * unit), beat, picture.start, picture.view)
            yield placed(sprite, row.top(large), "ladder")
            foot = row.bottom(low).inset(12 * unit, 12 * unit)
            yield from write(word, foot, "ladder", 46 * unit, CYAN, across=0.5, down=0.3)
        else:
            yield from _rung(word, row, unit, done=i < climbed)


def _rung(word: str, row: Box, unit: float, *, done: bool) -> Iterator[Mark]:
    colour = GREEN if done else FAINT
    yield panel(row, "ladder", colour, 24 * unit, 3 * unit)
    sign = marks.tick if done else marks.dot
    yield from caption(word, sign, row.inset(22 * unit, 22 * unit), "ladder", 34 * unit, colour, row.h * 0.6)


def _score(picture: Summary, box: Box, unit: float) -> Iterator[Mark]:
    """The score huge with its word, and the repetitions; without a score the repetitions take its place."""
    units = picture.unit if (picture.reps if picture.target is None else picture.target) == 1 else f"{picture.unit}s"
    reps = units if picture.target is None else f"of {picture.target} {units}"
    big, large, small = picture.score, picture.band, f"{picture.reps} {reps}"
    if big is None:
        big, large, small = picture.reps, reps, picture.band
    digits = number(big, box.left(box.w * 0.55), "score")
    yield digits
    rest = box.right(box.w - digits.box.w - 36 * unit)
    yield from write(large, rest.top(rest.h * 0.58), "score", 64 * unit, CYAN, down=0.9)
    yield from write(small, rest.bottom(rest.h * 0.40), "score", 44 * unit, SOFT)


def _loud(text: str, sign: Sign, box: Box, part: str, colour: Colour, unit: float) -> Iterator[Mark]:
    """The one thing that is to be heard, on a panel of its own."""
    yield from caption(text, sign, box.inset(30 * unit, 24 * unit), part, 72 * unit, colour, 120 * unit)


def _unseen(unseen: str, box: Box, unit: float) -> Iterator[Mark]:
    """What this mirror cannot see, always said."""
    if unseen:
        text = f"Not seen: {unseen}"
        yield from caption(text, marks.crossed_eye, box, "unseen", 27 * unit, GREY, 60 * unit)
