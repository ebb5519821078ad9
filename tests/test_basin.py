"""The simulated person at a basin: hands at the tap, hips that go back or stay, on the feet or the knees, in steam."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kiosk.figure.basin import EDGE, FREE, PINNED, RIM, TAP, stand_off
from kiosk.figure.beats import STANDING
from kiosk.figure.body import Skeleton, assume
from kiosk.figure.bones import lengths
from kiosk.figure.events import Events, Steam
from kiosk.figure.film import Film
from kiosk.figure.lens import BASIN
from kiosk.figure.script import find_script
from kiosk.figure.scripts.basin import AT_BASIN
from kiosk.figure.setting import place_basin
from kiosk.figure.washing import BETWEEN, DOWN, STANDS, UP, Lean, Washing, good_lean, hunch
from kiosk.scoring.pose import LEFT_EAR, LEFT_HIP, LEFT_KNEE, LEFT_SHOULDER, LEFT_WRIST

SEEDS = (0, 3, 7)


def leant(lean: Lean, seed: int, off: float = FREE, *, kneeling: bool = False) -> tuple[Skeleton, Skeleton]:
    """Somebody before a lean and in it."""
    body = lengths(seed)
    washing = Washing(body, [lean], off, kneeling=kneeling)
    return assume(body, washing.at(0.0)[0]), assume(body, washing.at(washing.reps[0].bottom + 1)[0])


def way(before: Skeleton, after: Skeleton, joint: int) -> np.ndarray:
    """How far a joint went forward and up, in shoulder widths."""
    gone = after.carry(after.points)[joint] - before.carry(before.points)[joint]
    return gone[[0, 2]] / before.lengths.shoulders


@pytest.mark.parametrize("seed", SEEDS)
def test_the_camera_hangs_over_the_basin_as_the_specification_says(seed: int) -> None:
    assert (BASIN.height, BASIN.pitch, BASIN.fov) == (1.8, 18.0, 102.0)
    assert BASIN.height_px > BASIN.width
    assert stand_off(FREE) == BASIN
    film = Film("sink", seed=seed, fps=2, reps=1)
    assert place_basin("sink", film.lens) == pytest.approx(FREE)
    assert place_basin("hinge", film.lens) is None


@pytest.mark.parametrize("seed", SEEDS)
def test_who_hinges_sends_the_hips_back_as_far_as_the_shoulders_come(seed: int) -> None:
    before, after = leant(Lean(trunk=35, neck=0), seed)
    shoulders, hips = way(before, after, LEFT_SHOULDER), way(before, after, LEFT_HIP)
    assert hips[0] < -0.25
    assert 0.15 < shoulders[0] < 0.6
    assert shoulders[1] < -0.2


@pytest.mark.parametrize("seed", SEEDS)
def test_at_the_basin_and_in_a_hunch_the_hips_stay_and_the_shoulders_come_nearer(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for lean, off in ((good_lean(rng, pinned=True), PINNED), (hunch(rng), FREE)):
        before, after = leant(lean, seed, off)
        assert abs(way(before, after, LEFT_HIP)[0]) < 0.12
        assert way(before, after, LEFT_SHOULDER)[0] > 0.4


def test_in_a_hunch_the_ears_sink_and_in_a_hinge_they_do_not() -> None:
    def gap(lean: Lean) -> float:
        _, after = leant(lean, 1)
        return float(after.points[LEFT_EAR, 2] - after.points[LEFT_SHOULDER, 2]) / after.lengths.shoulders

    assert gap(Lean(trunk=30)) > 0.42
    assert gap(replace(hunch(np.random.default_rng(1)), trunk=30)) < 0.40


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kneeling", [False, True])
def test_the_hands_are_at_the_tap(seed: int, kneeling: bool) -> None:
    _, after = leant(Lean(trunk=38), seed, kneeling=kneeling)
    wrist = after.carry(after.points)[LEFT_WRIST]
    assert wrist[[0, 2]] == pytest.approx((FREE + TAP[0], RIM + TAP[1]), abs=0.06)
    assert abs(wrist[1]) < 0.14


@pytest.mark.parametrize("seed", SEEDS)
def test_who_kneels_is_as_tall_as_a_child_and_keeps_the_knees_in_place(seed: int) -> None:
    before, after = leant(Lean(trunk=30), seed, kneeling=True)
    assert before.points[:, 2].max() < 0.78 * before.lengths.stature
    assert abs(way(before, after, LEFT_KNEE)).max() < 0.02
    assert way(before, after, LEFT_HIP)[0] < -0.1


def test_leans_follow_each_other_from_standing_to_standing() -> None:
    washing = Washing(lengths(0), [Lean(30, stays=4.0), Lean(20, stays=3.0)], FREE)
    assert washing.seconds == pytest.approx(STANDS + 7.0 + 2 * (DOWN + UP + BETWEEN))
    first, second = washing.reps
    assert second.start - first.end == pytest.approx(UP + BETWEEN)
    for t in (0.0, STANDS - 0.1, second.start - 0.1, washing.seconds):
        assert washing.at(t)[0].trunk == pytest.approx(STANDING.trunk, abs=1)


def test_the_basin_hides_legs_and_never_a_head_and_stays_while_somebody_turns() -> None:
    film = Film("towel", seed=1, fps=4, lens=BASIN)
    frames = list(film)
    turned = [one for one in frames if one.truth and 4.5 < one.truth.t < 6.0]
    rim = frames[0].frame.image[600:, 160:200].astype(int).mean()
    assert all(abs(one.frame.image[600:, 160:200].astype(int).mean() - rim) < 6 for one in turned)
    bare = Film("turn_round", seed=1, fps=4, lens=BASIN)
    here, there = frames[0], next(iter(bare))
    knee = here.pose.points[LEFT_KNEE].round().astype(int)
    changed = np.abs(here.frame.image.astype(int) - there.frame.image.astype(int)).sum(axis=2)
    assert changed[min(knee[1], 639), knee[0]] > 60
    assert changed[: int(here.pose.points[LEFT_SHOULDER, 1])].max() < 30


@pytest.mark.parametrize("script", AT_BASIN, ids=lambda script: script.drill)
def test_what_else_is_done_there_is_filmed_from_over_the_basin_and_counts_nothing(script: object) -> None:
    drill = script.drill  # type: ignore[attr-defined]
    film = Film(drill, seed=2, fps=2)
    assert film.lens == BASIN
    assert not film.course.reps
    assert find_script(drill).yaw == 90
    assert stand_off(0.2).distance == pytest.approx(EDGE + 0.2)


def test_steam_takes_contrast_away_and_lets_it_come_back() -> None:
    steam = (Steam(2.0, 0.4, 1.0), Steam(4.0, 1.0, 1.0))
    events = Events(steam=steam)
    assert [events.contrast(t) for t in (0, 3, 4, 6)] == pytest.approx([1, 0.4, 0.4, 1])
    steamed, clear = (
        [one.frame.image.std() for one in Film("sink", seed=1, fps=1, reps=1, events=each)][:7]
        for each in (events, Events())
    )
    assert steamed[3] < 0.5 * clear[3]
    assert steamed[6] == pytest.approx(clear[6], rel=0.01)
