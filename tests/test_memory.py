"""What is remembered of whom, and what happens when it cannot be."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from done import REP
from kept import read_history

from kiosk.__main__ import main
from kiosk.config import Config, read_config
from kiosk.memory import Memory
from kiosk.records import database
from kiosk.records.database import Damaged, NoHistory
from kiosk.records.history import FILE, History
from kiosk.session.progress import RECENT, SetDone, open_level
from kiosk.trouble import BadInput

NOW = 1_790_000_000.0
DONE = SetDone(
    t=12.5, profile="Ann", drill="hinge", reps=8, score=90, scores=(90,) * 8, reds=(), range_sd=3.0, coverage=1.0,
    seconds=40.0,
)  # fmt: skip


def remember(place: Path, *done: SetDone, profile: str = "Ann", now: float = NOW) -> Memory:
    with Memory(Config(profile=profile), place, clock=lambda: now) as memory:
        for one in done:
            memory.add(replace(one, profile=profile))
    return memory


def test_sets_are_remembered_from_run_to_run_on_the_walls_clock(tmp_path: Path) -> None:
    first = remember(tmp_path / FILE, DONE)
    again = remember(tmp_path / FILE, DONE, now=NOW + 86400)
    assert [done.t for done in first.member.sets] == [NOW]
    assert [done.t for done in again.member.sets] == [NOW, NOW + 86400]
    assert remember(tmp_path / FILE, profile="Bo").member.sets == ()
    assert len(read_history(tmp_path / FILE)) == 2


def test_without_a_profile_nothing_is_remembered_and_no_file_is_made(tmp_path: Path) -> None:
    memory = remember(tmp_path / FILE, DONE, profile="")
    assert memory.member.sets == ()
    assert memory.trouble is None
    assert not list(tmp_path.iterdir())


def test_a_damaged_history_is_set_aside_said_and_a_fresh_one_begun(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("no database at all" * 100)
    with Memory(Config(profile="Ann"), tmp_path / FILE, clock=lambda: NOW) as memory:
        assert memory.trouble
        assert memory.trouble.key == "history_damaged"
        assert "history.damaged-1.db" in memory.trouble.text
        memory.add(DONE)
        assert memory.trouble is None
    assert (tmp_path / "history.damaged-1.db").read_text().startswith("no database")
    assert len(read_history(tmp_path / FILE)) == 1


def test_what_the_program_still_remembers_goes_into_the_fresh_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / FILE
    remember(place, DONE, DONE)

    def damaged(history: History, *_: object) -> None:
        monkeypatch.undo()
        raise Damaged(f"{place}: is damaged")

    with Memory(Config(profile="Ann"), place, clock=lambda: NOW + 60) as memory:
        monkeypatch.setattr(History, "keep", damaged)
        memory.add(DONE)
        assert memory.trouble
        assert memory.trouble.key == "history_damaged"
    assert [done.t for done in read_history(place)] == [NOW, NOW, NOW + 60]
    assert [done.t for done in read_history(tmp_path / "history.damaged-1.db")] == [NOW, NOW]


def test_a_place_that_cannot_be_written_to_is_a_trouble_and_the_sets_go_on(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    memory = remember(tmp_path / "state" / FILE, DONE, DONE)
    assert memory.trouble
    assert memory.trouble.key == "not_kept"
    assert len(memory.member.sets) == 2


def test_where_nothing_can_be_written_what_was_kept_before_still_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(tmp_path / FILE, DONE)

    def read_only(path: Path) -> sqlite3.Connection:
        raise NoHistory(f"{path}: attempt to write a readonly database")

    monkeypatch.setattr(database, "open_to_write", read_only)
    memory = remember(tmp_path / FILE, DONE, now=NOW + 60)
    assert memory.trouble
    assert "readonly" in memory.trouble.text
    assert [done.t for done in memory.member.sets] == [NOW, NOW + 60]
    monkeypatch.undo()
    assert len(read_history(tmp_path / FILE)) == 1


def test_a_disk_that_fills_up_is_a_trouble_until_a_set_is_kept_again_and_none_is_lost(tmp_path: Path) -> None:
    with Memory(Config(profile="Ann"), tmp_path / FILE, clock=lambda: NOW) as memory:
        assert memory._history
        memory._history._database.execute("pragma query_only = on")
        memory.add(DONE)
        assert memory.trouble
        assert "readonly" in memory.trouble.text
        memory._history._database.execute("pragma query_only = off")
        memory.add(DONE)
        assert memory.trouble is None
        assert len(memory.member.sets) == 2
    assert len(read_history(tmp_path / FILE)) == 2


def test_a_history_that_was_busy_at_the_start_is_looked_back_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.01)
    place = tmp_path / FILE
    remember(place, DONE)
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin exclusive")
        memory = Memory(Config(profile="Ann"), place, clock=lambda: NOW + 60).__enter__()
        assert memory.trouble
        assert memory.member.sets == ()
        other.execute("rollback")
    memory.add(DONE)
    assert [done.t for done in memory.member.sets] == [NOW, NOW + 60]
    memory.__exit__()


def test_who_is_forgotten_while_the_mirror_runs_is_forgotten_by_it_too(tmp_path: Path) -> None:
    place = tmp_path / FILE
    good = replace(DONE, reps=12, scores=(90,) * 12)
    for day in range(3):
        remember(place, good, now=NOW + day * 86400)
    with Memory(Config(profile="Ann"), place, clock=lambda: NOW + 9 * 86400) as memory:
        assert memory.member.mastered
        with History(place) as other:
            other.forget("Ann")
        memory.add(DONE)
        assert memory.trouble is None
        assert len(memory.member.sets) == 1
        assert memory.member.mastered == {}
    with History(place) as history:
        assert (history.profiles(), history.mastered("Ann")) == ({"Ann": 1}, {})


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 300 kilobytes."""
    place = tmp_path / "disk"
    place.mkdir()
    if not mount(place, "-t", "tmpfs", "-o", "size=300k", "none"):
        pytest.skip("no disk can be mounted here: full and read-only disks are only simulated")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def mount(place: Path, *words: str) -> bool:
    return subprocess.run(["mount", *words, place], capture_output=True).returncode == 0


def test_a_disk_that_is_really_full_is_a_trouble_and_no_set_that_was_kept_is_lost(small_disk: Path) -> None:
    kept = 0
    with Memory(Config(profile="Ann"), small_disk / FILE, clock=lambda: NOW) as memory:
        while not memory.trouble:
            memory.add(replace(DONE, closed=(REP,) * 9))
            kept += 1
            assert kept < 1000
        assert memory.trouble.text.endswith("database or disk is full.")
        assert len(memory.member.sets) == kept
    assert len(read_history(small_disk / FILE)) == kept - 1


def test_a_disk_that_is_really_read_only_is_a_trouble_and_what_it_holds_still_counts(small_disk: Path) -> None:
    remember(small_disk / FILE, DONE)
    assert mount(small_disk, "-o", "remount,ro")
    memory = remember(small_disk / FILE, DONE, now=NOW + 60)
    assert memory.trouble
    assert memory.trouble.key == "not_kept"
    assert [done.t for done in memory.member.sets] == [NOW, NOW + 60]
    assert len(read_history(small_disk / FILE)) == 1


def test_profiles_change_on_a_disk_that_is_full_and_all_is_kept_once_there_is_room(small_disk: Path) -> None:
    filler = small_disk / "filler"
    with Memory(Config(), small_disk / FILE, clock=lambda: NOW) as memory:
        memory.become("A")
        memory.add(replace(DONE, profile="A"))
        assert memory.trouble is None
        filler.write_bytes(bytes(free_bytes(small_disk)))
        done = {"A": 1, "B": 0}
        for name in ("A", "B") * 3:
            memory.become(name)
            memory.answer_health(name == "B")
            for _ in range(20):  # more than fits into what the log has room for already
                memory.add(replace(DONE, profile=name, closed=(REP,) * 9))
            done[name] += 20
            assert (len(memory.member.sets), memory.member.health_box) == (done[name], name == "B")
        assert memory.trouble
        memory.leave()
        assert memory.trouble is None
        filler.unlink()
        memory.become("B")
        assert memory.trouble is None
    kept = read_history(small_disk / FILE)
    assert {name: sum(one.profile == name for one in kept) for name in done} == done
    with History(small_disk / FILE, read_only=True) as history:
        assert (history.health("A"), history.health("B")) == (False, True)


def free_bytes(place: Path) -> int:
    found = os.statvfs(place)
    return found.f_bavail * found.f_frsize


def test_profiles_change_on_a_disk_that_is_read_only_and_what_it_holds_still_counts(small_disk: Path) -> None:
    with Memory(Config(), small_disk / FILE, clock=lambda: NOW) as memory:
        for name in ("A", "B"):
            memory.become(name)
            memory.answer_health(name == "B")
            memory.add(replace(DONE, profile=name))
    assert mount(small_disk, "-o", "remount,ro")
    with Memory(Config(), small_disk / FILE, clock=lambda: NOW + 60) as memory:
        for name in ("A", "B", "A"):
            memory.become(name)
            assert memory.trouble
            assert memory.trouble.key == "not_kept"
            memory.add(replace(DONE, profile=name))
        assert len(memory.member.sets) == 3
        memory.become("B")
        assert (len(memory.member.sets), memory.member.health_box) == (2, True)
        assert memory.profiles == ("A", "B")
        assert mount(small_disk, "-o", "remount,rw")
        memory.become("A")
        assert memory.trouble is None
    assert len(read_history(small_disk / FILE)) == 5


def test_a_fifth_person_is_told_who_is_kept_and_does_their_sets_all_the_same(tmp_path: Path) -> None:
    for name in ("Ann", "Bo", "Cy", "Di"):
        remember(tmp_path / FILE, DONE, profile=name)
    memory = remember(tmp_path / FILE, DONE, profile="Eve")
    assert memory.trouble
    assert "Ann, Bo, Cy, Di" in memory.trouble.text
    assert len(memory.member.sets) == 1
    assert len(read_history(tmp_path / FILE)) == 4


def test_what_was_mastered_stays_open_when_its_sets_are_long_past(tmp_path: Path) -> None:
    good = replace(DONE, reps=12, scores=(90,) * 12)
    for day in range(3):
        remember(tmp_path / FILE, good, now=NOW + day * 86400)
    with History(tmp_path / FILE) as history:
        assert history.mastered("Ann") == {"hinge": NOW + 2 * 86400}
        history.keep([replace(good, t=NOW + 9 * 86400, drill="plank")] * RECENT, {})
    member = remember(tmp_path / FILE).member
    assert {done.drill for done in member.sets} == {"plank"}
    assert open_level(member, NOW) == 4


def test_the_settings_say_who_may_override_and_who_has_ticked_a_health_question() -> None:
    config = read_config('profile = "Ann Lee"\nunlock = true\nhealth_box = true', "config.toml")
    member = Memory(config).member
    assert (member.profile, member.unlock, member.health_box) == ("Ann Lee", True, True)


def test_a_name_from_the_command_line_obeys_the_same_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--profile", "A" * 41, "--display", "offscreen"]) == 1
    said = capsys.readouterr().err
    assert "`$.profile`" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("profile", [" Ann", "Ann ", " ", "A" * 41, "two\\nlines"])
def test_a_profile_is_a_short_name(profile: str) -> None:
    with pytest.raises(BadInput, match="profile"):
        read_config(f'profile = "{profile}"', "config.toml")
