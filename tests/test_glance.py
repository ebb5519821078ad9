"""Turned and mirrored glances: what is told of them is turned back to its very place, and the best turn is kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kiosk.devices.glance import AGREE, COMPARED, DOUBTFUL, TURNS, Glance, Upright, average, best_turn, lies
from kiosk.scoring.pose import LEFT_HIP, LEFT_SHOULDER, NOSE, RIGHT_HIP, RIGHT_SHOULDER

SIZE = 32
shares = arrays(np.float32, (17, 3), elements=st.floats(0, 1, width=32))
glances = st.builds(Glance, st.sampled_from(TURNS), st.booleans())


def told_of(square: np.ndarray) -> np.ndarray:
    """A model that finds the brightest pixel, and tells its middle for every joint."""
    row, column = np.unravel_index(square[:, :, 0].argmax(), square.shape[:2])
    told = np.ones((17, 3), np.float32)
    told[:, :2] = (row + 0.5) / SIZE, (column + 0.5) / SIZE
    return told


def person(*, lying: bool, score: float = 0.6) -> np.ndarray:
    """The trunk of somebody lying with the head to the left, or upright."""
    told = np.full((17, 3), (0.5, 0.5, score), np.float32)
    told[[LEFT_HIP, RIGHT_HIP], :2] = (0.5, 0.7) if lying else (0.7, 0.5)
    told[[LEFT_SHOULDER, RIGHT_SHOULDER], :2] = (0.45, 0.3) if lying else (0.3, 0.45)
    return told


@given(glance=glances, row=st.integers(0, SIZE - 1), column=st.integers(0, SIZE - 1))
def test_what_is_seen_in_a_glance_is_told_where_it_is(glance: Glance, row: int, column: int) -> None:
    square = np.zeros((SIZE, SIZE, 3), np.uint8)
    square[row, column] = 255
    told = glance.turn_back(told_of(glance.show(square)))
    np.testing.assert_allclose(told, told_of(square), atol=1e-6)


def test_a_plain_glance_changes_nothing() -> None:
    told = np.random.default_rng(0).random((17, 3), np.float32)
    assert (Glance().turn_back(told) == told).all()


def test_left_is_left_again_after_the_mirror() -> None:
    told = np.zeros((17, 3), np.float32)
    told[LEFT_HIP, 1], told[RIGHT_HIP, 1], told[NOSE, 1] = 0.2, 0.4, 0.5
    back = Glance(mirrored=True).turn_back(told)
    assert (back[RIGHT_HIP, 1], back[LEFT_HIP, 1], back[NOSE, 1]) == pytest.approx((0.8, 0.6, 0.5))


@given(shares)
def test_two_equal_glances_are_one(told: np.ndarray) -> None:
    assert (average(told, told) == told).all()


def test_where_glances_agree_the_middle_counts_and_where_not_the_surer_one() -> None:
    one, other = np.full((17, 3), 0.5, np.float32), np.full((17, 3), 0.5, np.float32)
    other[LEFT_HIP, 1] += 0.9 * AGREE
    other[RIGHT_HIP] = (0.5, 0.5 + 1.1 * AGREE, 0.7)
    mean = average(one, other)
    assert mean[LEFT_HIP, 1] == pytest.approx(0.5 + 0.45 * AGREE)
    assert mean[RIGHT_HIP, 1] == pytest.approx(0.5 + 1.1 * AGREE)
    assert mean[RIGHT_HIP, 2] == pytest.approx(0.6), "a joint they dispute is no surer than both together"


def test_the_turn_with_the_highest_mean_score_over_five_frames_is_kept() -> None:
    upright = Upright()
    sure, unsure = person(lying=True, score=0.6), person(lying=True, score=0.4)
    for frame in range(COMPARED):
        assert upright.turn is None
        lucky = person(lying=True, score=0.7) if frame == 1 else unsure
        upright.compare({-1: sure, 0: unsure, 1: lucky})
    assert upright.turn == -1


def test_whoever_is_still_upright_decides_nothing() -> None:
    upright = Upright()
    for _ in range(3 * COMPARED):
        upright.compare({-1: person(lying=False, score=0.2), 0: person(lying=False), 1: person(lying=False, score=0.1)})
    assert upright.turn is None


@pytest.mark.parametrize("otherwise", [person(lying=False), person(lying=True, score=0.4)])
def test_once_they_get_up_or_turn_round_the_turns_are_compared_again(otherwise: np.ndarray) -> None:
    upright = Upright()
    for _ in range(COMPARED):
        upright.compare({turn: person(lying=True, score=0.5 + turn / 10) for turn in TURNS})
    for seen in (otherwise, person(lying=True), *[otherwise] * (DOUBTFUL - 1)):
        upright.check(seen)
        assert upright.turn == 1
    upright.check(otherwise)
    assert upright.turn is None


def test_lying_is_a_level_trunk() -> None:
    assert lies(person(lying=True))
    assert not lies(person(lying=False))
    assert best_turn({-1: person(lying=True, score=0.3), 1: person(lying=True, score=0.5)}) == 1
