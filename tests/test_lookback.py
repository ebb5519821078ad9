"""The history on the mirror: whose it is, the latest practised first, a page at a time."""

from __future__ import annotations

from dataclasses import replace

from done import REP, SHOWN, a_set

from kiosk.drills import DRILLS
from kiosk.session.lookback import NOBODY, NOT_KEPT, NOTHING_YET, ROWS, SESSIONS, history_scene, trend_rows
from kiosk.text import Text

KEYS = [drill.key for drill in DRILLS]


def test_a_row_says_of_a_drill_what_its_late_sessions_were_like():
    early = [a_set(day, *[replace(REP, score=60, faults=SHOWN)] * 4) for day in range(SESSIONS)]
    late = [a_set(SESSIONS + day, *[replace(REP, score=None if day == 2 else 81)] * 5) for day in range(3)]
    (row,) = trend_rows(early + late)
    assert row.title == "Hip hinge"
    assert row.scores == (60,) * (SESSIONS - 3) + (81, 81, None)
    assert row.reps == (4,) * (SESSIONS - 3) + (5, 5, 5)
    assert row.better == "Score: 60 to 81"
    assert row.work_on == ""


def test_the_latest_practised_comes_first_a_page_at_a_time_and_the_pages_go_round():
    rows = trend_rows(a_set(day, REP, drill=key) for day, key in enumerate(KEYS[:9]))
    pages = [history_scene("Ann", rows, page) for page in range(3)]
    assert [len(each.rows) for each in pages] == [ROWS, ROWS, 1]
    assert [row.title for each in pages for row in each.rows] == [drill.title for drill in reversed(DRILLS[:9])]
    assert [each.note for each in pages] == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]
    assert history_scene("Ann", rows, 3) == pages[0]
    assert history_scene("Ann", rows, -1) == pages[2]


def test_there_is_no_leafing_where_there_is_one_page():
    one = history_scene("Ann", trend_rows([a_set(0, REP)]), 5)
    assert (one.who, one.note, one.keys.previous, one.keys.next) == ("Ann", "", "", "")


def test_without_anything_to_show_it_says_why():
    assert history_scene("", (), 0).who == NOBODY
    assert history_scene("", (), 0).note == NOT_KEPT
    assert (history_scene("Ann", (), 2).who, history_scene("Ann", (), 2).note) == ("Ann", NOTHING_YET)


def test_every_word_can_be_translated():
    rows = trend_rows([a_set(0, REP, drill=key) for key in [*KEYS[:8], "gone"]])
    for shown in (history_scene("", (), 0), history_scene("Ann", rows, 0)):
        words = [shown.title, shown.who, shown.note, shown.keys.select]
        words += [word for row in shown.rows for word in (row.title, row.better, row.work_on)]
        assert all(isinstance(word, Text) for word in words)
