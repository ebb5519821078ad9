"""Chalk draws what a brush draws, to the nearest pixel."""

from __future__ import annotations

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.brush import Brush, Chalk, Point
from kiosk.ui.colours import PAPER

SIZE = (300, 200)


def light(brush: Brush) -> np.ndarray:
    """How much of each pixel is lit, 0..1, once it lies on black."""
    on_black = pygame.Surface(SIZE)
    on_black.blit(brush.sprite(), (0, 0))
    return pygame.surfarray.array3d(on_black)[:, :, 0] / PAPER[0]


@pytest.mark.parametrize(
    "draw",
    [
        lambda brush: brush.disc((150.4, 99.7), 60.2, PAPER),
        lambda brush: brush.stroke([(40, 30), (250.5, 100.2), (60, 170)], 24, PAPER),
        lambda brush: brush.shape([(40, 30), (250.5, 60.2), (180, 170)], PAPER, 12),
    ],
)
def test_chalk_draws_what_a_brush_draws(draw) -> None:
    brush, chalk = Brush(*SIZE, PAPER), Chalk(*SIZE)
    draw(brush)
    draw(chalk)
    assert light(chalk).sum() == pytest.approx(light(brush).sum(), rel=0.03)
    rim = light(brush)
    assert np.abs(light(chalk) - rim).sum() < 0.05 * rim.sum()


point = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))


@given(point, point)
def test_what_lies_far_off_is_not_drawn_and_does_no_harm(one: Point, other: Point) -> None:
    chalk = Chalk(*SIZE)
    chalk.shape([one, other, (one[0], other[1])], PAPER)
    chalk.disc(one, 20, PAPER)
    assert chalk.sprite().get_size() == SIZE
