"""Whether the machine is quick enough for two passes: begun with room, ended only when pictures would be missed."""

from __future__ import annotations

import pytest

from kiosk.devices.pace import OVER, PICTURE_MS, ROOM, Pace, choose_passes


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
