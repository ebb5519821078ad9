"""What is drawn before a set: the outline where and as large as the reflection is, the arrow where one has to go."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest
from ready_scenes import LEFT_FACING, READY_SCENES, RIGHT_FACING, STILL, WIDE, getting_ready
from scenes import SIZES

from kiosk.scoring.verdict import Light, Rung, View
from kiosk.session.placing import ANYWHERE
from kiosk.session.reflection import EYES
from kiosk.session.scene import BackLine, Calibrating, Move, Scene
from kiosk.text import Text
from kiosk.ui.back import beside_stick, between
from kiosk.ui.colours import AMBER, BLACK, CYAN, GREEN, GREY, PAPER, SOFT
from kiosk.ui.drawing import Box
from kiosk.ui.layout import layout
from kiosk.ui.outline import HEAD, TRUNK, head_of
from kiosk.ui.paint import compose, paint
from kiosk.ui.ready import GAP, LINE
from kiosk.ui.surfaces import put

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


BOX = Box(100, 60, 400, 700)


def beside(back: BackLine, box: Box = BOX, colour=PAPER) -> np.ndarray:
    """The back drawn in ``box`` of a sheet of 600 by 820 pixels."""
    surface = pygame.Surface((600, 820))
    put(tuple(beside_stick(back, box, "", 1.0, colour)), surface)
    return pygame.surfarray.array3d(surface)


def let_go(back: BackLine, state: Light) -> BackLine:
    """The same with a tailbone in that ``state``."""
    head, upper, tail = back.touches
    return replace(back, touches=(head, upper, replace(tail, state=state, x=-0.02 * back.profile.dorsal)))


@pytest.mark.parametrize("back", [LEFT_FACING, RIGHT_FACING])
def test_what_is_drawn_of_a_back_stays_in_its_box_and_its_words_on_the_sticks_side(back):
    values = beside(back)
    lit = np.argwhere(values.any(axis=2))
    assert (lit.min(axis=0) >= (BOX.x, BOX.y)).all()
    assert (lit.max(axis=0) < (BOX.x + BOX.w, BOX.y + BOX.h)).all()
    stick = np.argwhere((values == SOFT).all(axis=2))[:, 0]
    words = [mark.box for mark in beside_stick(back, BOX, "", 1.0) if mark.words]
    assert len(words) == 6
    for word in words:
        assert (word.x > stick.max()) if back.profile.dorsal > 0 else (word.x + word.w < stick.min())


def test_a_point_that_touches_is_a_disc_and_one_that_lets_go_a_ring_and_one_unseen_is_not_there():
    tall = BOX.h / 1.96
    middle = BOX.y + BOX.h - round(0.24 * tall)
    drawing = next(iter(beside_stick(LEFT_FACING, BOX, "", 1.0))).box

    def around(state: Light) -> np.ndarray:
        values = beside(let_go(LEFT_FACING, state))
        return values[drawing.x : drawing.x + drawing.w, middle - 8 : middle + 8].reshape(-1, 3)

    green, ring, nothing = (around(state) for state in (Light.GREEN, Light.OFF, Light.UNSEEN))
    assert (green == GREEN).all(axis=1).sum() > 300
    assert 0 < (ring == GREY).all(axis=1).sum() < 250
    assert (ring == BLACK).all(axis=1).sum() > 200
    assert not (nothing == GREY).all(axis=1).any()
    for values in (ring, nothing):
        assert not (values == GREEN).all(axis=1).any()


def test_what_lets_go_or_is_not_seen_differs_in_its_word_too():
    words = {
        state: tuple(mark.what for mark in beside_stick(let_go(LEFT_FACING, state), BOX, "", 1.0) if mark.words)[-1]
        for state in (Light.GREEN, Light.OFF)
    }
    assert words[Light.GREEN] is not words[Light.OFF]


def test_the_line_wears_the_colour_it_is_given_and_is_wider_the_less_it_is_known():
    assert (beside(LEFT_FACING, colour=AMBER) == AMBER).all(axis=2).sum() > 500
    unsure = replace(LEFT_FACING, profile=LEFT_FACING.profile._replace(unsure=0.06))
    assert beside(unsure).any(axis=2).sum() > 1.3 * beside(LEFT_FACING).any(axis=2).sum()


def test_between_the_words_there_is_room_for_a_value():
    for back in (LEFT_FACING, RIGHT_FACING):
        free = between(back, BOX)
        assert free.h > 100
        for mark in beside_stick(back, BOX, "", 1.0):
            assert not pygame.Rect(free).colliderect(mark.box)


@pytest.mark.parametrize("size", SIZES)
def test_a_back_stands_beside_the_outline_and_never_on_it(size):
    wall = WIDE if size[0] > size[1] else ANYWHERE.wall
    for stature in (1.5, 1.7, 1.95):
        picture = replace(STILL.picture, outline=replace(ANYWHERE, stature=stature, wall=wall).outline("standing"))
        without = [mark for mark in compose(Scene(picture), size) if mark.part == "stage"]
        for back in (LEFT_FACING, RIGHT_FACING):
            marks = [mark for mark in compose(Scene(replace(picture, back=back)), size) if mark.part == "stage"]
            assert len(marks) >= len(without) + 7
            body = _lit(without, size)
            assert not (body & _lit(marks[len(without) :], size)).any(), stature


def _lit(marks, size) -> np.ndarray:
    surface = pygame.Surface(size)
    put(tuple(marks), surface)
    return pygame.surfarray.array3d(surface).any(axis=2)


def test_a_back_that_has_not_changed_is_not_painted_again():
    assert compose(READY_SCENES["still_back"], SIZE) == compose(READY_SCENES["still_back"], SIZE)
