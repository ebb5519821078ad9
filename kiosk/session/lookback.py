"""Looking back: what has become of somebody's drills, a page at a time, as a picture."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.session import scene
from kiosk.session.progress import SetDone
from kiosk.session.trend import Trend, trends
from kiosk.text import Text

#: Drills on a page, and the latest sessions of each: what can be read across a room.
ROWS, SESSIONS = 4, 8

TITLE = Text("What became of it")
NOBODY = Text("Nobody in particular")
NOT_KEPT = Text("Without a profile nothing is remembered. Choose who is here, and it begins.")
NOTHING_YET = Text("Nothing is remembered yet: it begins with the first set.")


def trend_rows(sets: Iterable[SetDone]) -> tuple[scene.TrendRow, ...]:
    """A row for each drill of ``sets``, oldest first and with their repetitions; the latest practised drill first."""
    return tuple(map(_row, sorted(trends(sets), key=lambda trend: -trend.sessions[-1].t)))


def history_scene(who: str, rows: tuple[scene.TrendRow, ...], page: int) -> scene.History:
    """Page ``page`` of the ``rows`` of ``who`` ("": nobody); the pages go round."""
    if not rows:
        why = NOTHING_YET if who else NOT_KEPT
        return scene.History(TITLE, _name(who), (), why, scene.Keys(select=Text("go back"), held=Text("hold: drills")))
    pages = -(-len(rows) // ROWS)
    at = page % pages
    shown = rows[at * ROWS : (at + 1) * ROWS]
    if pages == 1:
        keys = scene.Keys(select=Text("go back"), held=Text("hold: drills"))
        return scene.History(TITLE, _name(who), shown, Text(""), keys)
    keys = scene.Keys(Text("previous"), Text("go back"), Text("next"), held=Text("hold: drills"))
    note = Text("Page {number} of {pages}", number=at + 1, pages=pages)
    return scene.History(TITLE, _name(who), shown, note, keys)


def _name(who: str) -> Text:
    return Text("{name}", name=who) if who else NOBODY


def _row(trend: Trend) -> scene.TrendRow:
    lately = trend.sessions[-SESSIONS:]
    return scene.TrendRow(
        title=trend.title,
        scores=tuple(None if one.score is None else round(one.score) for one in lately),
        reps=tuple(one.reps for one in lately),
        better=trend.better[0] if trend.better else Text(""),
        work_on=trend.work_on,
    )
