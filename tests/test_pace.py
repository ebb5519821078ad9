"""Whether the machine is quick enough for two passes: begun with room, ended only when pictures would be missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.commands.checkup import software
from kiosk.config import Config
from kiosk.devices.pace import BACK_EVERY, OVER, PICTURE_MS, PLANNED_MS, ROOM, Pace, choose_passes


@pytest.mark.parametrize(
    ("board", "pass_ms", "passes"),
    [("a desktop", 3, 2), ("a Pi 5", 12, 2), ("a quick Pi 4", 35, 1), ("a Pi 4", 60, 1), ("a Zero 2 W", 150, 1)],
)
def test_boards_by_what_platform_1_expects_of_them(board: str, pass_ms: float, passes: int) -> None:
    assert choose_passes(pass_ms) == passes, board


def test_two_passes_leave_room_when_they_begin_and_end_when_there_is_none() -> None:
    between = PICTURE_MS * (1 + ROOM) / 4
    assert choose_passes(between, now=1) == 1
    assert choose_passes(between, now=2) == 2
    assert choose_passes(PICTURE_MS / 2 + 0.1, now=2) == 1


def test_the_choice_waits_for_enough_passes_and_a_single_slow_one_changes_nothing() -> None:
    pace = Pace()
    for _ in range(OVER - 1):
        pace.take(3.0)
        assert pace.passes == 1
    pace.take(3.0)
    assert pace.passes == 2
    pace.take(500.0)
    assert pace.passes == 2
    assert pace.median_ms == 3.0


def test_a_processor_that_grows_hot_goes_back_to_one_pass_and_a_cool_one_to_two() -> None:
    pace = Pace()
    for took, passes in ((5.0, 2), (30.0, 1), (15.0, 1), (10.0, 2)):
        for _ in range(OVER):
            pace.take(took)
        assert pace.passes == passes


def test_slower_than_planned_the_back_is_outlined_twice_a_second() -> None:
    pace = Pace()
    assert pace.outlines(0.0)
    assert pace.outlines(0.01), "in each picture, where there is time"
    for took, lean in ((PLANNED_MS + 1, True), (PLANNED_MS - 1, True), (PLANNED_MS / 2, False)):
        for _ in range(OVER):
            pace.take(took)
        assert pace.lean is lean
        asked = [pace.outlines(10 + took + n / 20) for n in range(40)]
        assert sum(asked) == (2 / BACK_EVERY if lean else 40)
    assert not pace.pause(), "who is slow anyhow does not wait as well"


def test_the_doctor_says_that_it_is_slower_than_planned(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = shared / "models/movenet_singlepose_lightning_int8_4.tflite"
    monkeypatch.setattr(software, "find_model", lambda: model)
    monkeypatch.setattr(Pace, "take", lambda pace, _, real=Pace.take: real(pace, 150.0))
    state, said, do = software.check_pace(Config())
    assert (state, bool(do)) == ("warning", True)
    assert "150.0 ms a pass: slower than the planned 100 ms" in said
    assert "the back twice a second" in said
    monkeypatch.setattr(Pace, "take", lambda pace, _, real=Pace.take: real(pace, 5.0))
    monkeypatch.setattr(Pace, "spared", True)
    assert "the board is held back" in software.check_pace(Config())[1]
