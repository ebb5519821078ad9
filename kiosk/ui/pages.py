"""The pages between sets, which are read and answered in calm: one function for each, in what the keys leave free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.session.scene import Failing, History, More, Question, Trying, Welcome, Who
from kiosk.ui import marks
from kiosk.ui.captions import bullets, caption, panel, title
from kiosk.ui.colours import BLACK, CYAN, FAINT, PAPER, SOFT, VIOLET
from kiosk.ui.drawing import Box, Mark, placed
from kiosk.ui.keys import keys
from kiosk.ui.layout import Layout
from kiosk.ui.trends import history
from kiosk.ui.trying import trying
from kiosk.ui.urgent import urgent
from kiosk.ui.words import even, write

#: A list leaves room for so many rows, so that a short one does not become giants.
ROWS = 5
#: What the words before the health questions take of the questions' height.
ASK = 0.23
#: What the note below the list of pages takes of its height.
NOTE = 0.2
#: The step pointed at on a scale is so many times as large as the others, where there is more width than height and
#: where there is less.
LARGE_WIDE, LARGE_HIGH = 2, 3


def page(picture: Question | Welcome | More | Who | History | Trying | Failing, at: Layout) -> Iterator[Mark]:
    """The picture of any page."""
    match picture:
        case Question():
            return question(picture, at)
        case Welcome():
            return welcome(picture, at)
        case More():
            return more(picture, at)
        case Who():
            return who(picture, at)
        case History():
            return history(picture, at)
        case Trying():
            return trying(picture, at)
        case Failing():
            return failing(picture, at)


def welcome(picture: Welcome, at: Layout) -> Iterator[Mark]:
    """What the mirror is, what to answer before the first set, and when to get help instead."""
    unit = at.unit
    left, right = _halves(at.body, 0.58, 0.66, 36 * unit)
    yield from title(picture.title, at)
    told, asked = _halves(left, 0.0, 0.28, 12 * unit)
    yield from write(picture.text, told, "text", 40 * unit, PAPER)
    yield from write(picture.ask, asked.top(asked.h * ASK), "questions", 42 * unit, CYAN, down=0.5)
    listed = asked.bottom(asked.h * (1 - ASK))
    yield from bullets(picture.questions, marks.dot, listed, "questions", 42 * unit, PAPER)
    yield from urgent(picture.urgent_title, picture.urgent, right, unit)
    yield from keys(picture.keys, at)


def more(picture: More, at: Layout) -> Iterator[Mark]:
    """What else there is, what is known of the back, and the urgent box."""
    left, right = _halves(at.body, 0.46, 0.58, 60 * at.unit)
    yield from title(picture.title, at)
    yield from _list(picture.items, picture.index, left.top(left.h * (1 - NOTE)), at.unit)
    yield from write(picture.note, left.bottom(left.h * NOTE), "note", 40 * at.unit, SOFT, down=0.5)
    yield from urgent(picture.urgent_title, picture.urgent, right, at.unit)
    yield from keys(picture.keys, at)


def who(picture: Who, at: Layout) -> Iterator[Mark]:
    """The profiles to choose from, and what becomes of the sets of the one chosen."""
    left, right = _halves(at.body, 0.52, 0.72, 60 * at.unit)
    yield from title(picture.title, at)
    yield from _list(picture.names, picture.index, left, at.unit)
    yield from write(picture.hint, right, "hint", 46 * at.unit, SOFT, down=0.5)
    yield from keys(picture.keys, at)


def question(picture: Question, at: Layout) -> Iterator[Mark]:
    """A question, and the scale that it is answered on, if it is."""
    unit = at.unit
    yield from title(picture.title, at)
    if picture.value is None:
        yield from write(picture.text, at.message, "message", 96 * unit, across=0.5, down=0.5)
        yield from write("?", at.emblem, "emblem", 320 * unit, CYAN, across=0.5, down=0.5)
        yield from write(picture.hint, at.after, "after", 50 * unit, SOFT, across=0.5, down=0.5)
    else:
        box = at.body
        yield from write(picture.text, box.top(box.h * 0.30), "text", 96 * unit, across=0.5, down=0.5)
        middle = box.bottom(box.h * 0.68)
        yield from _scale(picture, picture.value, middle.top(middle.h * 0.72), unit)
        yield from write(picture.hint, middle.bottom(middle.h * 0.22), "hint", 46 * unit, SOFT, across=0.5, down=0.5)
    yield from keys(picture.keys, at)


def failing(picture: Failing, at: Layout) -> Iterator[Mark]:
    """The machine's own trouble, as large as it is: nothing else works until it is mended."""
    unit = at.unit
    yield from title(picture.title, at)
    yield from write(picture.text, at.message, "message", 84 * unit, VIOLET, across=0.5, down=0.5)
    yield placed(marks.wrench(round(min(at.emblem.w, at.emblem.h) * 0.7), VIOLET), at.emblem, "emblem")
    yield from caption(picture.do, marks.chevrons, at.after, "after", 54 * unit, PAPER, 90 * unit)
    yield from keys(picture.keys, at)


def _halves(box: Box, wide: float, high: float, gap: float) -> tuple[Box, Box]:
    """``box`` cut in two, ``gap`` pixels apart: a wide one beside each other, the first with the share ``wide``; a high
    one, or any where ``wide`` is 0, above each other, the first with the share ``high``."""
    if wide and box.w > box.h:
        return box.left(box.w * wide), box.right(box.w * (1 - wide) - gap)
    return box.top(box.h * high), box.bottom(box.h * (1 - high) - gap)


def _list(items: Sequence[str], index: int, box: Box, unit: float) -> Iterator[Mark]:
    """``items`` below each other; the one at ``index`` stands out by a bar before it, by its size and its light."""
    rows = box.rows(max(len(items), ROWS), 14 * unit)
    words = [row.right(row.w - 44 * unit) for row in rows]
    capital = even(tuple(items), words[0].w, words[0].h, 60 * unit)
    for i, (item, row, word) in enumerate(zip(items, rows, words, strict=False)):
        if i == index:
            yield Mark(CYAN, row.left(14 * unit), "list")
        colour, size = (PAPER, capital) if i == index else (SOFT, capital * 0.7)
        yield from write(item, word, "list", size, colour, down=0.5)


def _scale(picture: Question, value: int, box: Box, unit: float) -> Iterator[Mark]:
    """Steps from 0 to ``most`` in a row, up to ``value`` outlined brightly, that one large; the ends' names below."""
    large = LARGE_WIDE if box.w > 2 * box.h else LARGE_HIGH
    low = min(box.h * 0.3, 130 * unit)
    share = box.w / (picture.most + large)
    side = min(share * 0.88, (box.h - low) / large)
    spare = box.h - low - side * large
    names = Box(box.x, round(box.y + box.h - low - spare / 2), box.w, round(low))
    yield from write(picture.low, names.left(names.w * 0.48), "scale", 46 * unit, across=0.0, down=0.5)
    yield from write(picture.high, names.right(names.w * 0.48), "scale", 46 * unit, across=1.0, down=0.5)
    capital = even((str(picture.most),), round(side * 0.8), round(side * 0.8), side)
    for i in range(picture.most + 1):
        much = large if i == value else 1
        centre = box.x + share * (i + much / 2 + (large - 1 if i > value else 0)), names.y - side * large / 2
        half = side * much / 2
        cell = Box(round(centre[0] - half), round(centre[1] - half), round(2 * half), round(2 * half))
        line = 0.0 if i == value else 5 * unit
        yield panel(cell, "scale", CYAN if i <= value else FAINT, side * 0.18, line)
        ink = BLACK if i == value else PAPER if i < value else SOFT
        yield from write(str(i), cell, "scale", capital * much, ink, across=0.5, down=0.5)
