"""The history: what was done is there again after the program, and no state of a disk stops the mirror."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.__main__ import main
from kiosk.commands import history as command
from kiosk.records.history import FILE, VERSION, History, NoHistory, find_history, read_history
from kiosk.session.progress import SetDone
from kiosk.trouble import BadInput, KioskError

DONE = SetDone(
    t=1_790_000_000.5, profile="Ann", drill="hinge", reps=3, score=81, scores=(80, 81, 90), reds=("F10", "F9a"),
    range_sd=4.5, coverage=0.97, seconds=48.0,
)  # fmt: skip
BARE = replace(
    DONE, t=DONE.t + 60, drill="plank", reps=1, left=0, score=None, scores=(), reds=(), range_sd=None, pain=2
)

words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
counts = st.integers(0, 1000)
sets = st.builds(
    SetDone,
    t=st.floats(0, 1e10),
    profile=st.just("Ann"),
    drill=words,
    left=counts,
    right=counts,
    reps=counts,
    score=st.none() | st.integers(0, 100),
    scores=st.lists(st.integers(0, 100), max_size=5).map(tuple),
    reds=st.lists(words, max_size=5).map(tuple),
    range_sd=st.none() | st.floats(0, 90),
    coverage=st.floats(0, 1),
    pain=st.none() | st.integers(0, 10),
    seconds=st.floats(0, 1e5),
)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program looks for its history, in a folder that is not there yet."""
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "state"))
    return tmp_path / "state" / FILE


def keep(path: Path, *done: SetDone) -> None:
    with History(path) as history:
        for one in done:
            history.keep(one)


@settings(max_examples=40, deadline=None)
@given(done=st.lists(sets, max_size=4, unique_by=lambda one: one.t))
def test_every_set_comes_back_as_it_was(done: list[SetDone], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("state") / FILE
    keep(path, *done)
    with History(path) as history:
        assert history.sets("Ann") == tuple(sorted(done, key=lambda one: one.t))


def test_each_profile_has_its_own_sets_and_the_history_has_all(path: Path) -> None:
    of_bo = replace(DONE, profile="Bo", t=DONE.t + 1)
    keep(path, BARE, of_bo, DONE)
    with History(path) as history:
        assert history.sets("Ann") == (DONE, BARE)
        assert history.sets("Bo") == (of_bo,)
        assert history.sets("ann") == ()
    assert read_history(path) == [DONE, of_bo, BARE]


def test_a_set_is_safe_once_kept_even_if_the_program_ends_there(path: Path) -> None:
    history = History(path).__enter__()
    history.keep(DONE)
    assert read_history(path) == [DONE], "another program sees it at once"


def test_where_nothing_was_ever_kept_there_is_nothing_and_nothing_is_made(path: Path) -> None:
    assert read_history(path) == []
    assert not path.parent.exists()


def alter(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute(statement)


def make_foreign(path: Path) -> None:
    alter(path, "create table recipes (name text)")


def make_newer(path: Path) -> None:
    keep(path)
    alter(path, f"pragma user_version = {VERSION + 1}")


def make_garbled(path: Path) -> None:
    keep(path, DONE)
    alter(path, "update sets set scores = 'many'")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.write_text("no database at all " * 100), "is not a history of this mirror"),
        (make_foreign, "is the database of another program"),
        (make_newer, f"history of version {VERSION + 1}; this program reads version {VERSION}"),
        (make_garbled, "a set of hinge cannot be understood"),
    ],
)
def test_what_is_no_history_is_refused_in_one_line_and_left_as_it_is(
    make: Callable[[Path], None], says: str, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.parent.mkdir()
    make(path)
    before = path.read_bytes()
    with pytest.raises(BadInput, match=says), History(path) as history:
        history.sets("Ann")
    assert main(["history"]) == 1
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
    assert path.read_bytes() == before


def fill(history: History) -> None:
    for _ in range(1000):
        history.keep(DONE)


def test_a_full_disk_is_said_and_what_was_kept_before_stays(path: Path) -> None:
    with History(path) as history:
        history.keep(DONE)
        (pages,) = history._database.execute("pragma page_count").fetchone()
        history._database.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(NoHistory, match=r"history\.db: database or disk is full"):
            fill(history)
        assert DONE in history.sets("Ann")


def test_a_history_that_may_not_be_written_is_said(path: Path) -> None:
    keep(path, DONE)
    with History(path) as history:
        history._database.execute("pragma query_only = on")
        with pytest.raises(NoHistory, match="readonly"):
            history.keep(BARE)
    with pytest.raises(NoHistory, match="/proc/nowhere"):
        History(Path("/proc/nowhere/history.db")).__enter__()


def test_a_folder_in_the_place_of_the_history_is_said(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(KioskError, match=r"history\.db: "):
        History(path).__enter__()
    with pytest.raises(BadInput, match="is not a file"):
        read_history(path)


def test_it_lies_where_systemd_says_else_where_a_persons_state_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    assert find_history() == Path("/home/ann/.local/state/hinge-mirror/history.db")
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    assert find_history() == Path("/state/hinge-mirror/history.db")
    monkeypatch.setenv("STATE_DIRECTORY", "/var/lib/hinge-mirror")
    assert find_history() == Path("/var/lib/hinge-mirror/history.db")


def test_a_person_without_a_history_is_shown_that_of_the_service(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "OF_THE_SERVICE", tmp_path)
    keep(tmp_path / FILE, DONE)
    assert command.choose_history() == tmp_path / FILE
    keep(path)
    assert command.choose_history() == path


def test_the_command_tells_it_as_json_as_csv_and_as_a_table(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(path, DONE, BARE)
    assert main(["history", "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["drill"], first["scores"], first["pain"], second["score"]) == ("hinge", [80, 81, 90], None, None)

    assert main(["history", "--csv"]) == 0
    row, other = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["profile"], row["reds"], row["scores"], row["pain"]) == ("Ann", "F10 F9a", "80 81 90", "")
    assert other["pain"] == "2"

    assert main(["history"]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in ("Ann", "Hip hinge", "F10, F9a", "± 4°", "97%"))


def test_without_sets_that_is_said_and_is_no_error(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history"]) == 0
    assert "No set is remembered" in capsys.readouterr().out
    assert main(["history", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
