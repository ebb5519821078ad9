"""Who asks to be forgotten is forgotten: nothing of them is left in the folder."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from done import REP, a_set
from kept import read_history

from kiosk.__main__ import main
from kiosk.commands import forget, history
from kiosk.records.database import set_aside
from kiosk.records.history import FILE, History

ANN, BO = "Ann-Kathrin", "Bodo-Maximilian"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A history of two people, with more sets than fit in one page."""
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    monkeypatch.setattr(history, "OF_THE_SERVICE", tmp_path / "service")
    path = tmp_path / FILE
    with History(path) as kept:
        for name, drill in ((ANN, "hinge"), (BO, "squat")):
            kept.keep([replace(a_set(day, *[REP] * 9, drill=drill), profile=name) for day in range(99)], {drill: 7.0})
    return path


def left_of(word: str, path: Path) -> list[str]:
    """Files beside ``path`` in which ``word`` can be found."""
    return [each.name for each in path.parent.iterdir() if word.encode() in each.read_bytes()]


def test_nothing_of_a_profile_is_left_and_the_others_keep_all(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of_bo, size = read_history(path, BO), path.stat().st_size
    assert left_of("hinge", path)
    assert main(["forget", ANN, "--yes"]) == 0
    assert capsys.readouterr().out == f"Removed: {ANN} (99 sets).\n"
    assert left_of(ANN, path) == left_of("hinge", path) == []
    assert path.stat().st_size < size
    assert read_history(path) == of_bo
    with History(path) as kept:
        assert kept.mastered(BO) == {"squat": 7.0}
        assert kept.damage() == ""


def test_it_is_forgotten_while_the_mirror_has_the_history_open(path: Path) -> None:
    with History(path) as mirror:
        assert main(["forget", ANN, "--yes"]) == 0
        assert left_of(ANN, path) == []
        mirror.keep([replace(a_set(0, REP), profile=BO)], {})
    assert len(read_history(path)) == 100


def test_everybody_is_forgotten_and_what_was_set_aside_with_them(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    aside = set_aside(path)
    with History(path) as kept:
        kept.keep([replace(a_set(0, REP), profile=BO)], {})
    assert main(["forget", "--all", "--yes"]) == 0
    assert capsys.readouterr().out == f"Removed: {BO} (1 set), {aside}.\n"
    assert left_of(ANN, path) == left_of(BO, path) == []
    assert read_history(path) == []
    assert main(["forget", "--all", "--yes"]) == 0
    assert "Nothing is kept" in capsys.readouterr().out


def test_a_damaged_history_can_only_be_forgotten_as_a_whole(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_text("no database at all" * 100)
    assert main(["forget", ANN, "--yes"]) == 1
    assert "is damaged" in capsys.readouterr().err
    assert main(["forget", "--all", "--yes"]) == 0
    assert not list(path.parent.iterdir())


def test_an_unknown_profile_is_an_error_that_names_those_that_are_known(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forget", "Ann", "--yes"]) == 1
    assert capsys.readouterr().err == (f"kiosk forget: profile 'Ann': nothing is kept of it; known are: {ANN}, {BO}\n")


def test_without_a_terminal_it_wants_a_yes(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert main(["forget", ANN]) == 1
    assert "add --yes" in capsys.readouterr().err
    assert len(read_history(path, ANN)) == 99


@pytest.mark.parametrize(("answer", "code", "left"), [(True, 0, 0), (False, 1, 99)])
def test_on_a_terminal_it_asks_first(
    path: Path, monkeypatch: pytest.MonkeyPatch, answer: bool, code: int, left: int
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(forget.Confirm, "ask", lambda words, default: asked.append(words) or answer)
    assert main(["forget", ANN]) == code
    assert asked == [f"Remove for good: {ANN} (99 sets)?"]
    assert len(read_history(path, ANN)) == left


@pytest.mark.parametrize("words", [["forget"], ["forget", ANN, "--all"]])
def test_it_wants_one_profile_or_all(words: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(words)
