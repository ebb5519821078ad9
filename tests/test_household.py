"""What is remembered at the sink: counts of this week and somebody's own good lean, and nothing else."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sink_scenes import hold

from kiosk.__main__ import main
from kiosk.config import Config, change_config
from kiosk.household import Household
from kiosk.records.database import NoHistory
from kiosk.records.history import FILE, History
from kiosk.records.leans import LeanHistory
from kiosk.scoring.lean import DEFAULT
from kiosk.session.sink.counts import LeanTime

DAY = 86400.0
#: Wednesday, 2026-04-01, noon.
WEDNESDAY = time.mktime((2026, 4, 1, 12, 0, 0, 0, 0, -1))
GOOD, POOR = hold(30.0, 10.0, 0.0), hold(0.0, 5.0, 15.0)
BOTH = LeanTime(leans=2, good_s=30.0, judged_s=60.0)


def household(place: Path, now: float = WEDNESDAY, **settings: object) -> Household:
    return Household(change_config(Config(), **settings), place, lambda: now)


def test_nothing_is_made_before_there_is_something_to_keep(tmp_path: Path) -> None:
    assert household(tmp_path / FILE).lately.week.share is None
    assert not list(tmp_path.iterdir())


def test_leans_are_counted_by_day_and_week_from_run_to_run(tmp_path: Path) -> None:
    monday, yesterday = (household(tmp_path / FILE, WEDNESDAY - days * DAY) for days in (2, 1))
    monday.add(GOOD)
    yesterday.add(POOR)
    now = household(tmp_path / FILE)
    assert (now.lately.today.leans, now.lately.week) == (0, BOTH)
    now.add(GOOD)
    again = household(tmp_path / FILE)
    assert again.lately == now.lately
    assert (again.lately.today.share, again.lately.week.share) == (75, 60)


def test_of_weeks_that_are_over_nothing_is_left(tmp_path: Path) -> None:
    household(tmp_path / FILE, WEDNESDAY - 7 * DAY).add(GOOD)
    now = household(tmp_path / FILE)
    assert now.lately.week.leans == 0
    now.add(POOR)
    with closing(sqlite3.connect(tmp_path / FILE)) as file:
        assert file.execute("select day, leans, good_s, judged_s from lean_days").fetchall() == [
            ("2026-04-01", 1, 0.0, 20.0)
        ]


def test_a_week_passes_in_a_mirror_that_runs_on(tmp_path: Path) -> None:
    now = [WEDNESDAY]
    runs_on = Household(Config(), tmp_path / FILE, lambda: now[0])
    runs_on.add(GOOD)
    now[0] += 7 * DAY
    assert runs_on.lately.week.leans == 0
    runs_on.add(POOR)
    assert runs_on.lately.week == runs_on.lately.today == LeanTime(leans=1, good_s=0.0, judged_s=20.0)


def test_each_profile_has_its_own_and_the_household_is_nobody_by_name(tmp_path: Path) -> None:
    household(tmp_path / FILE, profile="Ann").add(GOOD)
    household(tmp_path / FILE).add(POOR)
    household(tmp_path / FILE, profile="Ann").learn(DEFAULT)
    assert household(tmp_path / FILE, profile="Ann").lately.today.share == 75
    assert household(tmp_path / FILE).lately.today.share == 0
    assert household(tmp_path / FILE).own is None
    with History(tmp_path / FILE, read_only=True) as history:
        assert history.names() == ("Ann",)


def test_the_own_lean_is_good_for_the_camera_that_saw_it(tmp_path: Path) -> None:
    household(tmp_path / FILE).learn(DEFAULT)
    assert household(tmp_path / FILE).own == DEFAULT
    for other in ({"camera_at": {"height_mm": 1700.0}}, {"camera_side": "left"}, {"camera_turn": 90}):
        assert household(tmp_path / FILE, **other).own is None


def test_what_cannot_be_kept_is_remembered_said_and_kept_later(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    away = household(tmp_path / "file" / FILE)
    away.add(GOOD)
    away.add(POOR)
    assert away.trouble
    assert away.trouble.key == "not_kept"
    assert away.lately.today == BOTH
    (tmp_path / "file").unlink()
    away.learn(DEFAULT)
    assert away.trouble is None
    assert away.lately.today == household(tmp_path / "file" / FILE).lately.today == BOTH


def test_a_damaged_file_is_set_aside_and_what_is_known_is_kept_anew(tmp_path: Path) -> None:
    runs_on = household(tmp_path / FILE)
    runs_on.learn(DEFAULT)
    runs_on.add(GOOD)
    for path in tmp_path.iterdir():
        path.unlink()
    (tmp_path / FILE).write_text("no database at all" * 100)
    runs_on.add(POOR)
    assert runs_on.trouble
    assert runs_on.trouble.key == "history_damaged"
    again = household(tmp_path / FILE)
    assert (again.lately.today, again.own) == (BOTH, DEFAULT)


def test_what_a_damaged_file_and_then_a_full_disk_take_is_counted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs_on = household(tmp_path / FILE)
    runs_on.add(GOOD)
    (tmp_path / FILE).write_text("no database at all" * 100)
    kept = LeanHistory.add_days
    monkeypatch.setattr(LeanHistory, "add_days", raising(NoHistory("the disk is full")))
    runs_on.add(POOR)
    assert runs_on.lately.today == BOTH
    monkeypatch.setattr(LeanHistory, "add_days", kept)
    runs_on.learn(DEFAULT)
    assert runs_on.lately.today == household(tmp_path / FILE).lately.today == BOTH


def raising(error: Exception) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


def test_what_is_forgotten_while_the_mirror_runs_is_not_gone_by_any_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    runs_on = household(tmp_path / FILE)
    runs_on.learn(DEFAULT)
    assert main(["forget", "--yes", "--all"]) == 0
    assert "the household (0 leans this week)" in capsys.readouterr().out, "a good lean is kept without any count, too"
    assert household(tmp_path / FILE).own is None
    runs_on.add(GOOD)
    assert runs_on.own is None


@pytest.mark.parametrize("words", [["Ann"], ["--all"]])
def test_it_is_forgotten_with_the_profile_and_all_of_it_with_everybody(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    for profile in ("", "Ann"):
        household(tmp_path / FILE, profile=profile).add(GOOD)
        household(tmp_path / FILE, profile=profile).learn(DEFAULT)
    assert main(["forget", "--yes", *words]) == 0
    assert ("the household (1 lean this week)" in capsys.readouterr().out) == (words == ["--all"])
    assert household(tmp_path / FILE, profile="Ann").lately.week.leans == 0
    assert household(tmp_path / FILE).lately.week.leans == (0 if words == ["--all"] else 1)
    assert (household(tmp_path / FILE).own is None) == (words == ["--all"])
