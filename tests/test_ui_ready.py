"""What is drawn before a set: the outline where and as large as the reflection is, the arrow where one has to go."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest
from ready_scenes import READY_SCENES, WIDE, getting_ready
from scenes import SIZES

from kiosk.scoring.verdict import Rung, View
from kiosk.session.placing import ANYWHERE
from kiosk.session.reflection import EYES
from kiosk.session.scene import Calibrating, Move, Scene
from kiosk.text import Text
from kiosk.ui.colours import CYAN, SOFT
from kiosk.ui.layout import layout
from kiosk.ui.outline import HEAD, TRUNK, head_of
from kiosk.ui.paint import compose, paint
from kiosk.ui.ready import GAP, LINE

SIZE = (1080, 1920)
#: A 24 inch panel upright: pixels a metre.
SCALE = 1920 / 0.531
TEXT = Text("Stand tall and still")


def lit(scene: Scene, colour, size=SIZE, beat: float = 0.0) -> np.ndarray:
    """Where the stage shows exactly that colour, (width, height) of the whole screen."""
    surface = pygame.Surface(size)
    paint(scene, surface, t=beat)
    stage = layout(size).stage
    inside = np.zeros(size, bool)
    inside[stage.x : stage.x + stage.w, stage.y : stage.y + stage.h] = True
    return (pygame.surfarray.array3d(surface) == colour).all(axis=2) & inside


def outlined(stature: float, view: View = View.SIDE, **more) -> np.ndarray:
    return lit(getting_ready("Any drill", Rung.STILL, TEXT, TEXT, view=view, stature=stature, **more), SOFT)


@pytest.mark.parametrize("stature", [1.60, 1.70])
def test_the_head_is_drawn_where_the_head_is_seen_and_half_as_large(stature):
    """By millimetres of the panel: the middle of the lit area hangs at 1.45 m, the eyes see a point half way to it."""
    line = outlined(stature)
    middle = (EYES + 1 - head_of("standing", View.SIDE)) / 2 * stature
    row = round((1.45 + 0.2655 - middle) * SCALE)
    left, right = np.flatnonzero(line[:, row])[[0, -1]]
    assert (left + right) / 2 == pytest.approx(540, abs=2)
    assert right - left == pytest.approx(2 * HEAD * stature / 2 * SCALE + LINE, abs=3)


def test_the_trunk_is_half_as_large_too():
    chest = layout(SIZE).stage.y + layout(SIZE).stage.h - 20
    left, right = np.flatnonzero(outlined(1.7)[:, chest])[[0, -1]]
    assert right - left == pytest.approx(TRUNK * 1.7 / 2 * SCALE + LINE, abs=3)


def test_inside_the_outline_the_glass_is_free():
    for view in (View.SIDE, View.FRONT):
        line, stage = outlined(1.6, view), layout(SIZE).stage
        assert line.any()
        assert not line[535:545, stage.y + stage.h // 2 : stage.y + stage.h].any()
        assert line.sum() < 0.02 * SIZE[0] * SIZE[1]


def test_from_the_front_the_shoulders_are_wider():
    def width(view):
        columns = np.flatnonzero(outlined(1.7, view).any(axis=1))
        return columns[-1] - columns[0]

    assert width(View.FRONT) > 1.5 * width(View.SIDE)


def test_who_is_taller_is_drawn_higher():
    def crown(stature):
        return np.flatnonzero(outlined(stature).any(axis=0))[0]

    assert crown(1.6) - crown(1.7) == pytest.approx((EYES + 1) / 2 * 0.1 * SCALE, abs=3)


def test_nothing_is_drawn_on_a_screen_of_another_shape_than_the_settings_say():
    assert not outlined(1.6, wall=WIDE).any()
    scene = getting_ready("Any drill", Rung.STILL, TEXT, TEXT, stature=1.6)
    assert not lit(scene, SOFT, (1920, 1080)).any()
    wide = getting_ready("Any drill", Rung.STILL, TEXT, TEXT, stature=1.6, wall=WIDE)
    assert lit(wide, SOFT, (1920, 1080)).any()
    assert lit(wide, SOFT, (800, 480)).any()


def test_of_who_lies_or_whose_head_is_not_on_the_stage_nothing_is_drawn():
    for start in ("lying", "plank", "kneeling"):
        assert not lit(getting_ready("Any drill", Rung.STILL, TEXT, TEXT, start), SOFT).any()


@pytest.mark.parametrize("size", SIZES)
def test_the_arrow_stands_at_the_side_to_move_to_and_goes_that_way(size):
    def middle(move: Move, beat: float):
        scene = getting_ready("Any drill", Rung.IN_FRAME, TEXT, TEXT, "lying", move=move)
        found = np.argwhere(lit(scene, CYAN, size, beat))
        assert len(found)
        return found.mean(axis=0)

    stage = layout(size).stage
    centre = stage.x + stage.w / 2, stage.y + stage.h / 2
    for move, axis, way in (
        (Move.LEFT, 0, -1), (Move.RIGHT, 0, 1), (Move.CLOSER, 1, -1), (Move.BACK, 1, 1),
    ):  # fmt: skip
        still, moved = middle(move, 0.0), middle(move, 1.0)
        assert (moved - still)[axis] * way > 0, move
        assert (moved - still)[1 - axis] == pytest.approx(0, abs=1)
        if axis == 0:
            assert (still[0] - centre[0]) * way > stage.w / 4, move


def test_the_ring_of_who_keeps_still_is_round_their_reflection_as_far_as_there_is_room():
    def middle(outline):
        picture = Scene(Calibrating(TEXT, TEXT, 0.5, Text(""), outline))
        rings = [mark.box for mark in compose(picture, SIZE) if mark.part == "ring"]
        return (min(box.y for box in rings) + max(box.y + box.h for box in rings)) / 2

    tall, taller, short = (replace(ANYWHERE, stature=stature).outline("standing") for stature in (1.85, 1.88, 1.50))
    assert middle(tall) == pytest.approx((tall.crown + 0.36 * tall.tall) * SIZE[1], abs=2)
    assert middle(tall) - middle(taller) == pytest.approx(0.03 * SCALE * ((EYES + 1) / 2 - 0.36 / 2), abs=3)
    assert middle(short) == pytest.approx(layout(SIZE).band.y - GAP - layout(SIZE).ring.h / 2, abs=2)
    assert middle(None) == pytest.approx(1000, abs=2)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", READY_SCENES)
def test_most_of_the_glass_stays_a_mirror_before_a_set(name, size):
    surface = pygame.Surface(size)
    paint(READY_SCENES[name], surface)
    assert (pygame.surfarray.array3d(surface).max(axis=2) > 16).mean() < 0.12
