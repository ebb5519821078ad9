"""The history's picture: what became of each drill, session by session."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.session.scene import History, TrendRow
from kiosk.ui import marks
from kiosk.ui.captions import beside, caption, panel, title
from kiosk.ui.colours import CYAN, FAINT, GREEN, GREY, PAPER, SOFT
from kiosk.ui.drawing import Box, Mark
from kiosk.ui.keys import keys
from kiosk.ui.layout import Layout
from kiosk.ui.words import even, write

#: Room for so many drills, in one column or two, and for so many sessions of each: with fewer the bars do not grow.
ROWS, SESSIONS = 4, 6
#: The best there is.
BEST = 100
#: The words' share of a row; the rest is the bars'.
WORDS = 0.57


def history(picture: History, at: Layout) -> Iterator[Mark]:
    """Whose it is, a row for each drill, and which page this is; or only why there is none."""
    unit, box = at.unit, at.body
    yield from title(picture.title, at)
    yield from write(picture.who, box.top(70 * unit), "who", 46 * unit, CYAN, down=0.5)
    rest = box.bottom(box.h - 84 * unit)
    if picture.rows:
        foot = rest.bottom(50 * unit)
        yield from write(picture.note, foot, "note_of_page", 32 * unit, SOFT, across=1.0, down=0.5)
        columns = rest.top(rest.h - 64 * unit).columns(1 if rest.h > rest.w else 2, 60 * unit)
        places = [place for column in columns for place in column.rows(ROWS // len(columns), 30 * unit)]
        for row, place in zip(picture.rows, places, strict=False):
            yield from _row(row, place, unit)
    else:
        yield from write(picture.note, rest, "note_of_page", 72 * unit, PAPER, across=0.5, down=0.5)
    yield from keys(picture.keys, at)


def _row(row: TrendRow, box: Box, unit: float) -> Iterator[Mark]:
    """One drill: its name, what got better and what to work on at the left, its sessions at the right."""
    said = box.left(box.w * WORDS - 30 * unit)
    lines = [line for line in ((row.better, marks.star, GREEN), (row.work_on, marks.chevrons, PAPER)) if line[0]]
    name = said.top(said.h * (0.40 if lines else 1.0))
    yield from write(row.title, name, "rows", 52 * unit, PAPER, down=0.5)
    places = said.bottom(said.h * 0.58).rows(2, 4 * unit)
    icon = min(44 * unit, places[0].h)
    room = beside(places[0], icon)[1]
    capital = even(tuple(text for text, *_ in lines), room.w, room.h, 34 * unit)
    for (text, sign, colour), place in zip(lines, places, strict=False):
        yield from caption(text, sign, place, "rows", capital, colour, icon)
    yield from _bars(row, box.right(box.w * (1 - WORDS)), unit)


def _bars(row: TrendRow, box: Box, unit: float) -> Iterator[Mark]:
    """A bar for each session, the latest at the right and bright, its score above it; below it how often it was done.

    A session that was not judged has an empty foot instead: no score is not a bad one.
    """
    scores, reps = row.scores[-SESSIONS:], row.reps[-SESSIONS:]
    columns = box.columns(SESSIONS, 10 * unit)[SESSIONS - len(scores) :]
    above, below = box.h * 0.20, box.h * 0.17
    capital = even((str(BEST),), columns[0].w, round(above), 30 * unit)
    small = even(("88×",), columns[0].w, round(below), 24 * unit)
    for i, (score, n, column) in enumerate(zip(scores, reps, columns, strict=True)):
        colour = PAPER if i == len(scores) - 1 else CYAN
        room = Box(column.x, round(column.y + above), column.w, round(column.h - above - below))
        yield from write(f"{n}×", column.bottom(below), "rows", small, SOFT, across=0.5, down=1)
        if score is None:
            yield panel(room.bottom(room.w * 0.4), "rows", GREY, 6 * unit, 4 * unit)
            continue
        bar = room.bottom(max(room.h * score / BEST, 4 * unit))
        yield panel(bar, "rows", colour, 8 * unit)
        over = Box(column.x, round(bar.y - above), column.w, round(above))
        yield from write(str(score), over, "rows", capital, colour, across=0.5, down=1)
    if scores:
        yield Mark(FAINT, Box(box.x, round(box.y + box.h - below), box.w, max(round(2 * unit), 1)), "rows")
