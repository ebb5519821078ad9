"""Letters side by side are as wide and as high as they were measured to be."""

from __future__ import annotations

import numpy as np
import pygame
import pytest

from kiosk.ui.colours import GREEN, PAPER
from kiosk.ui.drawing import Box
from kiosk.ui.letters import put_line, sheet, width
from kiosk.ui.words import number, write

LINES = ("Hip hinge", "Jäger, Öl: 8 ° — größer…", "illi", "W", "I cannot see your {knee}", "↯ missing")
CAPITALS = (7, 12, 20, 21, 36, 60, 104, 220)
MARGIN = 30


def ink(surface: pygame.Surface, least: int = 24) -> pygame.Rect:
    """Where ``surface`` has more than ``least`` of 255 of ink."""
    lit = pygame.surfarray.array_alpha(surface) > least
    across, down = np.flatnonzero(lit.any(axis=1)), np.flatnonzero(lit.any(axis=0))
    return pygame.Rect(across[0], down[0], across[-1] + 1 - across[0], down[-1] + 1 - down[0])


def drawn(line: str, capital: float) -> pygame.Surface:
    surface = sheet(int(width(line, capital)) + 2 * MARGIN, int(capital * 3), PAPER)
    put_line(surface, line, MARGIN, int(capital * 2), capital)
    return surface


@pytest.mark.parametrize("capital", CAPITALS)
@pytest.mark.parametrize("line", LINES)
def test_a_line_is_as_wide_as_it_was_measured(line: str, capital: int) -> None:
    seen = ink(drawn(line, capital))
    assert seen.left == pytest.approx(MARGIN, abs=1.5)
    assert seen.width == pytest.approx(width(line, capital), abs=2 + capital * 0.01)


@pytest.mark.parametrize("capital", CAPITALS)
def test_capitals_are_as_high_as_was_asked_and_stand_on_the_line(capital: int) -> None:
    seen = ink(drawn("H", capital), least=127)
    assert seen.height == pytest.approx(capital, abs=1, rel=0.03)
    assert seen.bottom == pytest.approx(capital * 2, abs=1)


def test_the_same_words_in_another_colour_are_the_same_letters() -> None:
    box = Box(0, 0, 600, 100)
    [one], [other] = (list(write("Stand tall", box, "part", 40, colour)) for colour in (PAPER, GREEN))
    assert isinstance(one.what, pygame.Surface)
    assert isinstance(other.what, pygame.Surface)
    assert (pygame.surfarray.array_alpha(one.what) == pygame.surfarray.array_alpha(other.what)).all()
    assert {tuple(pixel) for pixel in pygame.surfarray.array3d(other.what).reshape(-1, 3)} == {GREEN}


@pytest.mark.parametrize("value", [0, 1, 8, 42, 128, 9999])
def test_a_number_fills_its_box_and_is_not_cut(value: int) -> None:
    box = Box(0, 0, 400, 200)
    mark = number(value, box, "part")
    assert isinstance(mark.what, pygame.Surface)
    seen = ink(mark.what)
    assert mark.box.w <= box.w
    assert mark.box.h <= box.h
    assert seen.h >= 185 or seen.w >= 390
    alpha = pygame.surfarray.array_alpha(mark.what)
    assert max(alpha[:, 0].max(), alpha[:, -1].max()) < 255, "nothing is cut off"
