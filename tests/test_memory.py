"""What is remembered of whom, and what happens when it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.config import Config, read_config
from kiosk.memory import Memory
from kiosk.records.history import FILE, read_history
from kiosk.session.progress import SetDone
from kiosk.trouble import BadInput

NOW = 1_790_000_000.0
DONE = SetDone(
    t=12.5, profile="Ann", drill="hinge", reps=8, score=90, scores=(90,) * 8, reds=(), range_sd=3.0, coverage=1.0,
    seconds=40.0,
)  # fmt: skip


def remember(place: Path, *done: SetDone, profile: str = "Ann", now: float = NOW) -> Memory:
    with Memory(Config(profile=profile), place, clock=lambda: now) as memory:
        for one in done:
            memory.add(one)
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


def test_a_history_that_cannot_be_opened_is_a_trouble_and_the_program_remembers_by_itself(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("no database at all" * 100)
    memory = remember(tmp_path / FILE, DONE)
    assert memory.trouble
    assert memory.trouble.key == "not_kept"
    assert "is not a history of this mirror" in memory.trouble.text
    assert len(memory.member.sets) == 1


def test_a_disk_that_fills_up_is_a_trouble_until_a_set_is_kept_again(tmp_path: Path) -> None:
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
