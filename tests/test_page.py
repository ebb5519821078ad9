"""The page of the history: it holds everything itself, says what was done, and is well made."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from done import DAY, REP, SHOWN, a_set
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.__main__ import main
from kiosk.records import plots
from kiosk.records.history import FILE, History
from kiosk.records.page import NOTHING, page
from kiosk.session.progress import RepDone, SetDone

TODAY = date(2026, 11, 21)
VOID = {"meta"}
ONE = replace(REP, side="right", range=50.0)
SETS = [a_set(day, REP, ONE, REP, replace(ONE, faults=SHOWN)) for day in range(9)]


class Reader(HTMLParser):
    """Reads a page as a browser does: its elements with their attributes, and its words; all must be closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attributes}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def said(self) -> str:
        return " ".join(self.words)

    def count(self, tag: str) -> int:
        return sum(each == tag for each, _ in self.elements)


def read(sets: list[SetDone]) -> Reader:
    return Reader(page(sets, TODAY))


def test_it_asks_for_nothing_from_anywhere_and_runs_nothing():
    text = page(SETS, TODAY)
    found = Reader(text)
    assert "default-src 'none'" in text
    assert "//" not in text
    assert "url(" not in text
    assert not {tag for tag, _ in found.elements} & {"script", "link", "img", "iframe", "object"}
    asking = {"src", "href", "srcset", "xlink:href"}
    assert not [key for _, attributes in found.elements for key in attributes if key in asking or key.startswith("on")]


def test_it_says_what_was_done_and_draws_it_for_each_drill():
    found = read([*SETS, a_set(9, REP, drill="squat")])
    assert "Hip hinge" in found.said
    assert "9 sessions, 36 repetitions, score 80 in the latest." in found.said
    assert "Work on: " in found.said
    titles = [words for words in found.words if words.startswith(("Score", "Range", "Left and right", "Sets"))]
    assert {title.split(":")[0] for title in titles} >= {"Score", "Left and right"}
    assert found.count("svg") == 1 + 4 + 3, "all sets; four plots of the hinge, three of a squat seen from one side"


def test_it_can_be_read_on_a_phone_and_printed_and_listened_to():
    text = page(SETS, TODAY)
    found = Reader(text)
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in found.elements
    assert "@media print" in text
    drawn = [attributes for tag, attributes in found.elements if tag == "svg"]
    assert all(each["viewbox"] == f"0 0 {plots.WIDTH} {plots.HEIGHT}" and each["role"] == "img" for each in drawn)
    assert found.count("title") == 1 + len(drawn)


def test_left_and_right_differ_by_shape_as_well_as_by_colour():
    found = read([a_set(day, REP, ONE) for day in range(2)])
    assert found.count("circle") == 2 * 3, "score, range, left"
    squares = [attributes for tag, attributes in found.elements if tag == "rect" and "class" not in attributes]
    assert len(squares) == 2, "right"


def test_it_says_what_was_told_of_pain_and_nothing_where_nobody_was_asked():
    assert "Pain" not in read(SETS).said
    told = [replace(done, pain=pain) for done, pain in zip(SETS, (3, 1), strict=False)]
    assert "Pain, as told: 1 of 10 in the latest, 3 at most." in read(told).said


def test_names_are_words_and_nothing_else():
    mean = '<script>alert("x")</script>&amp;'
    found = read([replace(done, profile=mean) for done in SETS])
    assert mean in found.words
    assert found.count("script") == 0


def test_everybody_has_a_part_of_their_own():
    found = read([*SETS, *(replace(done, profile="Bo", t=done.t + 9 * DAY) for done in SETS)])
    assert found.count("section") == 2
    assert found.said.index("Ann") < found.said.index("Bo")


def test_without_sets_that_is_said():
    assert NOTHING in read([]).words


numbers = st.none() | st.floats(-400, 400)
reps = st.builds(
    RepDone, side=st.sampled_from([None, "left", "right"]), score=st.none() | st.integers(0, 100),
    coverage=st.floats(0, 1), seconds=st.floats(0, 99), range=numbers, lumbar=numbers, flexed=numbers,
)  # fmt: skip
done = st.builds(a_set, st.floats(0, 4000), reps, reps, drill=st.sampled_from(["hinge", "plank", "gone"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(done, min_size=1, max_size=6).map(lambda sets: sorted(sets, key=lambda each: each.t)))
def test_whatever_was_done_all_that_is_drawn_lies_in_its_plot(sets: list[SetDone]):
    for _, attributes in read(sets).elements:
        for key, most in (("x", plots.WIDTH), ("cx", plots.WIDTH), ("y", plots.HEIGHT), ("cy", plots.HEIGHT)):
            if key in attributes:
                value = float(attributes[key])
                assert math.isfinite(value)
                assert -plots.DOT <= value <= most + plots.DOT


@pytest.mark.parametrize(
    ("days", "period"), [(1, "day"), (39, "day"), (41, "week"), (400, "four weeks"), (4000, "year")]
)
def test_bars_stand_for_as_long_as_few_of_them_do(days: int, period: str):
    drawn = plots.bars("Sets", [day * DAY for day in range(days)])
    assert drawn.findtext("title") == f"Sets a {period}"
    assert len(drawn.findall("rect")) <= plots.BARS


def test_many_dots_become_few_medians():
    points = plots.thinned([(float(n), 7.0 if n % 50 else 700.0) for n in range(4000)])
    assert len(points) <= plots.DOTS
    assert {value for _, value in points} == {7.0}
    assert plots.thinned([(0.0, 1.0)]) == [(0.0, 1.0)]


def test_the_command_writes_it_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    with History(tmp_path / FILE) as history:
        history.keep(SETS, {})
        history.keep([replace(SETS[0], profile="Bo")], {})
    place = tmp_path / "history.html"
    assert main(["history", "--html", str(place), "--profile", "Bo"]) == 0
    assert "Ann" not in Reader(place.read_text(encoding="utf-8")).said
    assert main(["history", "--html", str(place)]) == 0
    assert "Ann" in Reader(place.read_text(encoding="utf-8")).said
    assert main(["history", "--html", "/proc/nowhere/history.html"]) == 1
    assert main(["history", "--html", str(place), "--profile", "Eve"]) == 1
    assert "profile 'Eve': nothing is kept of it; known are: Ann, Bo" in capsys.readouterr().err


def test_what_the_outline_of_the_back_told_is_drawn_where_it_was_seen():
    assert "the back against standing" not in read(SETS).said
    seen = replace(REP, lumbar=6.0, thoracic=2.0)
    found = read([a_set(day, seen) for day in range(2)])
    assert "Bend of the back against standing, + rounder:  ● lower back ,  ■ upper back . Degrees" in found.said
    ends = replace(REP, flexed=48.0, extended=-22.0)
    found = read([a_set(day, ends, drill="cat_cow") for day in range(2)])
    assert "How far the lower back goes, + rounder:  ● cat ,  ■ cow . Degrees" in found.said
    assert "cannot see the lower back" not in found.said
