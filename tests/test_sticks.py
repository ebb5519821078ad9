"""Stick people: drawn within their box, near before far, lit where something is wrong, and only when they move."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import SCENES, SIZES

from kiosk.drills import DRILLS
from kiosk.figure.demonstration import demonstrate
from kiosk.scoring.drill import LIGHTS
from kiosk.scoring.verdict import Light
from kiosk.session.scene import Movement
from kiosk.ui import limbs, sticks
from kiosk.ui.colours import AMBER, BLACK, CYAN, FAINT, PAPER, RED
from kiosk.ui.drawing import Box, changed
from kiosk.ui.layout import layout
from kiosk.ui.paint import beat, compose
from kiosk.ui.surfaces import put

BOX = Box(20, 30, 400, 500)
HINGE = demonstrate("hinge")
joint = st.none() | st.tuples(st.floats(-1, 1), st.floats(-0.5, 1))
movements = st.builds(
    Movement,
    st.lists(st.lists(joint, min_size=17, max_size=17).map(tuple), min_size=2, max_size=6).map(tuple),
    st.floats(0.1, 20),
    st.sampled_from(["", "left", "right"]),
    st.just(()),
)


def drawn(movement: Movement, number: int = 12, lit: limbs.Lit = limbs.PLAIN) -> np.ndarray:
    surface = pygame.Surface((460, 560))
    tall = sticks.scale([movement], BOX)
    joints = sticks.step(movement, sticks.reached(movement, number))
    put((sticks.stick(movement, joints, BOX, "", tall, lit),), surface)
    return pygame.surfarray.array3d(surface)


def share(values: np.ndarray, colour) -> float:
    return float((values == colour).all(axis=2).mean())


@settings(max_examples=80, deadline=None)
@given(movements, st.integers(0, 10_000), st.sampled_from(["", *LIGHTS]), st.sampled_from(Light),
       st.sampled_from(["", *limbs.ANGLES]))  # fmt: skip
def test_whatever_was_seen_of_them_they_stay_in_their_box(movement, number, light, level, angle):
    tall = sticks.scale([movement], BOX)
    lit = limbs.Lit(light, level, angle)
    mark = sticks.stick(movement, sticks.step(movement, sticks.reached(movement, number)), BOX, "", tall, lit)
    assert pygame.Rect(BOX).inflate(4, 4).contains(pygame.Rect(mark.box))
    assert mark.what.get_size() == (mark.box.w, mark.box.h)


@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.key)
def test_every_drill_fills_its_box_one_way_or_the_other(drill):
    movement = demonstrate(drill.key)
    size, tall = sticks.bounds(movement), sticks.scale([movement], BOX)
    wide, high = (size.right - size.left) * tall / BOX.w, (size.bottom - size.top) * tall / BOX.h
    assert max(wide, high) == pytest.approx(1.0)


def test_two_beside_each_other_have_the_same_scale():
    assert sticks.scale([HINGE, demonstrate("plank")], BOX) == sticks.scale([demonstrate("plank")], BOX)


def test_what_is_near_is_brighter_than_what_is_far():
    one_leg = demonstrate("one_leg_deadlift")
    values = drawn(one_leg, round(one_leg.seconds / 2 * sticks.RATE))
    assert share(values, PAPER) > share(values, FAINT) > 0.003


@pytest.mark.parametrize("light", [light for light in LIGHTS if light != "tempo"])
@pytest.mark.parametrize(("level", "colour"), [(Light.AMBER, AMBER), (Light.RED, RED)])
def test_the_part_that_a_light_is_about_wears_its_colour(light, level, colour):
    assert share(drawn(HINGE, lit=limbs.Lit(light, level)), colour) > 0.001
    assert share(drawn(HINGE), colour) == 0


def test_a_fault_of_tempo_lights_no_part():
    assert (drawn(HINGE, lit=limbs.Lit("tempo", Light.RED)) == drawn(HINGE)).all()


@pytest.mark.parametrize("angle", limbs.ANGLES)
def test_an_angle_is_drawn_in_the_colour_of_its_level_and_else_in_one_that_no_light_has(angle):
    squat = demonstrate("squat")
    middle = round(squat.seconds / 2 * sticks.RATE)
    assert share(drawn(squat, middle, limbs.Lit("feet", Light.RED, angle)), RED) > share(
        drawn(squat, middle, limbs.Lit("feet", Light.RED)), RED
    )
    assert share(drawn(squat, middle, limbs.Lit(angle=angle)), CYAN) > 0.0002


def test_nobody_seen_is_nobody_drawn():
    nobody = Movement(((None,) * 17,) * 3, 1.0)
    assert (drawn(nobody, lit=limbs.Lit("hips", Light.RED, "knee")) == BLACK).all()


@given(movements)
def test_it_goes_from_its_first_frame_to_its_last(movement):
    assert sticks.step(movement, 0.0) == movement.frames[0]
    for one, other in zip(sticks.step(movement, 1.0), movement.frames[-1], strict=True):
        assert (one is None) == (other is None)
        assert one is None or one == pytest.approx(other)


@given(movements, st.floats(1, 4), st.floats(0, 30), st.none() | st.floats(0, 1))
def test_it_only_goes_on_and_rests_at_its_moment_and_at_its_end(movement, slow, beside, moment):
    """Until it begins anew, after a rest at the end."""
    longest = max(movement.seconds, beside) * slow + 2 * sticks.PAUSE
    shares = [sticks.reached(movement, n, slow, beside, moment) for n in range(round(longest * sticks.RATE) + 2)]
    again = next((i for i, (one, other) in enumerate(pairwise(shares)) if other < one), len(shares))
    assert shares[:again] == sorted(shares[:again])
    assert shares[0] == 0.0
    assert shares[max(again - round(0.5 * sticks.PAUSE * sticks.RATE), 0)] == 1.0
    if moment is not None:
        assert sum(share == pytest.approx(moment) for share in shares) >= int(sticks.PAUSE * sticks.RATE) - 1


def test_two_beside_each_other_begin_together_however_long_they_take():
    quick = HINGE._replace(seconds=2.0)
    for number in range(1000):
        slow_one = sticks.reached(HINGE, number, sticks.SLOW, HINGE.seconds, 0.4)
        quick_one = sticks.reached(quick, number, sticks.SLOW, HINGE.seconds, None)
        assert (slow_one < 0.01) >= (quick_one < 0.01)


@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.key)
def test_it_never_jumps_from_one_picture_to_the_next(drill):
    movement = demonstrate(drill.key)
    shares = [sticks.reached(movement, number) for number in range(2 * sticks.RATE * 10)]
    pictures = [np.array(sticks.step(movement, share)) for share in shares]
    assert max(np.abs(one - other).max() for one, other in pairwise(pictures)) < 0.22


def test_a_replay_is_slower_than_it_was():
    middle = round(HINGE.seconds / 2 * sticks.RATE)
    assert sticks.reached(HINGE, 2 * middle, sticks.SLOW) == sticks.reached(HINGE, middle) > 0.4


def test_a_picture_is_painted_anew_only_where_the_person_is_and_not_at_all_while_they_rest():
    scene, size = SCENES["choosing"], SIZES[0]
    moving, resting = 10, round((HINGE.seconds + 0.2) * sticks.RATE)
    where = changed(compose(scene, size, moving), compose(scene, size, moving + 1))
    assert 0 < sum(box.w * box.h for box in where) < 0.25 * size[0] * size[1]
    assert not changed(compose(scene, size, resting), compose(scene, size, resting + 1))


def test_pictures_are_counted_by_time():
    assert [beat(SCENES["choosing"], t) for t in (0.0, 0.99 / sticks.RATE, 1.0)] == [0, 0, sticks.RATE]
    assert beat(SCENES["summary"], 2.0) == 2 * sticks.RATE
    still = replace(SCENES["choosing"], demonstration=None)
    assert beat(still, 2.0) == beat(SCENES["summary_urgent"], 2.0) == 0


def test_what_is_kept_of_them_is_small():
    """Four sprites of the largest screen's size."""
    box = Box(0, 0, 980, 690)
    mark = sticks.stick(HINGE, sticks.step(HINGE, 0.3), box, "", sticks.scale([HINGE], box))
    assert limbs.KEPT * mark.box.w * mark.box.h * 4 < 6e6


def test_an_angle_is_drawn_at_the_moment_at_which_it_had_the_size_that_is_told():
    """Both are 81 degrees at the bottom, and nothing at the beginning."""
    summed = SCENES["summary"].picture
    worst = summed.replays[1]
    assert 0.3 < worst.moment < 0.8
    whole = round(worst.movement.seconds * sticks.SLOW * sticks.RATE)
    scene = replace(SCENES["summary"], picture=replace(summed, replays=(worst,)))
    red = []
    for number in (0, round(worst.moment * whole) + 3):
        surface = pygame.Surface(SIZES[0])
        put(compose(scene, SIZES[0], number), surface)
        box = layout(SIZES[0]).replays
        left = pygame.Rect(box.x, box.y + box.h // 8, box.w * 3 // 10, box.h * 7 // 10)
        red.append(share(pygame.surfarray.array3d(surface.subsurface(left)), RED))
    assert red[1] > 1.5 * red[0]
