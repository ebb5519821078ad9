"""What is painted: everything in its place, nothing cut, nothing that is read by colour alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import SCENES, SIZES, SUMMARY, TURNS, WORKING, all_lights, lights
from sink_scenes import BAD, FACE, PLAN

from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import Light, Rung, View
from kiosk.session.scene import (
    Asking,
    Calibrating,
    Choosing,
    Clock,
    Dark,
    Framing,
    GettingReady,
    Glass,
    Keys,
    Leaning,
    Leant,
    RepBar,
    Resting,
    Scene,
    Summary,
    Switching,
    Teaching,
    Working,
)
from kiosk.trouble import Trouble
from kiosk.ui.colours import AMBER, GREEN, RED, VIOLET
from kiosk.ui.drawing import Box
from kiosk.ui.layout import layout
from kiosk.ui.marks import lamp
from kiosk.ui.paint import BEAT, compose, paint, upright

SHAPES = (*SIZES, (480, 800), (1280, 720), (720, 1280), (1024, 600), (1280, 1024), (720, 720))
TROUBLE = Trouble("camera_stalled", "The camera stopped sending pictures; trying it again in 20 seconds.")


def pixels(scene: Scene, size=(1080, 1920), turn=0) -> np.ndarray:
    surface = pygame.Surface(size)
    paint(scene, surface, turn)
    return pygame.surfarray.array3d(surface)


def part(values: np.ndarray, box: Box) -> np.ndarray:
    return values[box.x : box.x + box.w, box.y : box.y + box.h]


def has(values: np.ndarray, colour) -> bool:
    return bool((values == colour).all(axis=2).any())


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize("name", SCENES)
def test_every_mark_lies_on_the_screen_and_leaves_room_for_the_burn_in_shift(name, size):
    edge = round(min(size) * 0.01)
    screen = pygame.Rect(0, 0, *size).inflate(-2 * edge, -2 * edge)
    for beat in (0, 1):
        for mark in compose(SCENES[name], size, beat):
            assert screen.contains(pygame.Rect(mark.box)), mark


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize("name", SCENES)
def test_no_part_of_a_picture_covers_another(name, size):
    scene = replace(SCENES[name], trouble=TROUBLE, figure=True)
    parts: dict[str, pygame.Rect] = {}
    for mark in compose(scene, size):
        parts[mark.part] = parts.get(mark.part, pygame.Rect(mark.box)).union(mark.box)
    for (one, here), (other, there) in combinations(parts.items(), 2):
        assert not here.colliderect(there), (one, other)


text = st.text(max_size=160)
buttons = st.builds(Keys, text, text, text, text)
bar = st.builds(RepBar, st.none() | st.integers(0, 100), st.sampled_from(Light))
picture = st.one_of(
    st.builds(Choosing, st.lists(text, min_size=1, max_size=24).map(tuple), st.just(0), st.integers(0, 6), text,
              st.lists(text, max_size=6).map(tuple), text, st.booleans(), text, buttons, text, text),
    st.builds(GettingReady, text, st.sampled_from(Rung), text, text, st.sampled_from(list(STARTS)),
              st.sampled_from([View.SIDE, View.FRONT])),
    st.builds(Calibrating, text, text, st.floats(0, 1), text),
    st.builds(Working, text, st.integers(0, 9999), st.none() | st.integers(1, 99), st.none() | st.floats(0, 1.25),
              st.sampled_from(Light).map(all_lights), text, st.booleans(), text, text,
              st.sampled_from(["", "left", "right"]),
              st.none() | st.builds(Clock, st.integers(0, 999), st.integers(1, 99)), st.booleans(), text, text),
    st.builds(Switching, text, text, text, st.sampled_from(["left", "right"]), st.booleans(), buttons),
    st.builds(Resting, text, text, st.integers(0, 999), st.floats(0, 1), text, text, buttons),
    st.builds(Asking, text, text, buttons),
    st.builds(Summary, text, st.integers(0, 999), text, st.none() | st.integers(0, 100), text,
              st.sampled_from(Light).map(all_lights), text, text, st.lists(text, max_size=3).map(tuple),
              st.lists(text, max_size=3).map(tuple), text, st.lists(bar, max_size=70).map(tuple),
              st.lists(st.builds(replace, st.sampled_from(SUMMARY.replays), label=text, fault=text, value=text),
                       max_size=2).map(tuple), text, buttons),
)  # fmt: skip
at_sink = st.one_of(
    st.builds(Glass, st.just(""), text, buttons),
    st.builds(Glass, text.filter(str.strip), text, buttons),
    st.builds(Leaning, st.sampled_from(Light).map(lambda state: all_lights(state)[:2]), text),
    st.builds(Leant, text, st.none() | st.integers(0, 100), text, st.lists(text, max_size=2).map(tuple), text, text),
    st.builds(Framing, text, text, st.sampled_from([PLAN, BAD]), st.just(FACE), buttons),
    st.builds(Teaching, text, text, text, st.floats(0, 1), st.integers(0, 6), st.just(6), buttons),
)


@settings(max_examples=60, deadline=None)
@given(picture, text, st.sampled_from(SHAPES))
def test_whatever_has_to_be_said_stays_on_the_screen_and_in_its_part(picture, trouble, size):
    scene = Scene(picture, Trouble("any", trouble), watching=True, figure=True)
    at = layout(size)
    for mark in compose(scene, size):
        assert pygame.Rect(0, 0, *size).contains(pygame.Rect(mark.box))
        box = pygame.Rect(getattr(at, mark.part))
        assert box.inflate(2, 2).contains(pygame.Rect(mark.box)), mark


@settings(max_examples=60, deadline=None)
@given(at_sink, text, st.sampled_from(SHAPES))
def test_so_does_whatever_has_to_be_said_at_the_sink(picture, trouble, size):
    """Its parts are its own, so that only the screen holds them."""
    for mark in compose(Scene(picture, Trouble("any", trouble), watching=True, figure=True), size):
        assert pygame.Rect(0, 0, *size).contains(pygame.Rect(mark.box))


def test_a_dark_mirror_is_a_mirror():
    assert not pixels(Scene(Dark())).any()
    assert not pixels(Scene(Dark(), trouble=TROUBLE, figure=True)).any()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCENES)
def test_whoever_is_watched_sees_that_they_are(name, size):
    sign = layout(size).sign
    assert part(pixels(replace(SCENES[name], watching=True), size), sign).any()
    assert not part(pixels(replace(SCENES[name], watching=False), size), sign).any()


def test_the_worse_a_light_the_more_of_it_is_lit():
    def lit(state: Light) -> int:
        values = pixels(Scene(replace(WORKING, lights=all_lights(state))))
        return int(part(values, layout((1080, 1920)).upper).max(axis=2).sum())

    assert lit(Light.OFF) < lit(Light.UNSEEN) < lit(Light.GREEN) < lit(Light.AMBER) < lit(Light.RED)


def test_what_is_not_seen_is_never_green():
    scene = replace(WORKING, lights=all_lights(Light.UNSEEN), depth=None, paused="I cannot see your knee")
    assert not has(pixels(Scene(scene)), GREEN)


def test_trouble_wears_no_colour_of_a_fault():
    box = layout((1080, 1920)).trouble
    values = part(pixels(Scene(WORKING, trouble=TROUBLE)), box)
    assert has(values, VIOLET)
    assert not any(has(values, colour) for colour in (GREEN, AMBER, RED))


def test_lights_stand_in_the_order_of_the_body_whatever_the_drill_says():
    forwards, backwards = WORKING, replace(WORKING, lights=WORKING.lights[::-1])
    assert (pixels(Scene(forwards)) == pixels(Scene(backwards))).all()


def test_a_reason_for_pausing_goes_before_a_cue():
    paused = replace(WORKING, paused="I cannot see your knee")
    both = replace(paused, cue="Push your hips back", praise=True)
    assert (pixels(Scene(paused)) == pixels(Scene(both))).all()


def test_praise_does_not_look_like_a_cue():
    band = layout((1080, 1920)).said
    cue = replace(WORKING, lights=lights(hips=Light.OFF), cue="Better!")
    assert not has(part(pixels(Scene(cue)), band), GREEN)
    assert has(part(pixels(Scene(replace(cue, praise=True))), band), GREEN)


def test_the_ring_fills_piece_by_piece():
    lit = [int((pixels(Scene(Calibrating("", "", share / 20)), (800, 480)) > 150).sum()) for share in range(21)]
    assert lit == sorted(lit)
    assert len(set(lit)) == 21


def test_depth_moves_down_the_bar_and_is_absent_when_unseen():
    box = layout((1080, 1920)).depth

    def marker(depth: float | None) -> float:
        rows = part(pixels(Scene(replace(WORKING, depth=depth))), box)[3].min(axis=1) > 200
        return float(np.flatnonzero(rows).mean()) if rows.any() else float("nan")

    heights = [marker(depth) for depth in (0.0, 0.3, 0.6, 0.8, 1.25)]
    assert heights == sorted(heights)
    assert np.isnan(marker(None))


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("name", ["choosing", "joints", "calibrating", "working_cue", "summary"])
def test_a_turned_screen_shows_the_same_picture(name, turn):
    panel = upright((800, 480), turn)
    plain, turned = pygame.Surface((800, 480)), pygame.Surface(panel)
    paint(SCENES[name], plain)
    paint(SCENES[name], turned, turn)
    back = pygame.transform.rotate(turned, turn)
    assert (pygame.surfarray.array3d(plain) == pygame.surfarray.array3d(back)).all()


def test_getting_ready_and_stick_people_move_and_the_rest_stands_still():
    for name, scene in SCENES.items():
        moves = compose(scene, (800, 480), 10) != compose(scene, (800, 480), 11)
        match scene.picture:
            case GettingReady():
                pass
            case Summary(replays=(_, *_), urgent=""):
                assert moves, name
            case _:
                assert moves == (scene.demonstration is not None), name
    assert BEAT > 0.5  # slower than twice a second: nobody is flashed at


def test_a_lamp_is_drawn_once():
    assert lamp(Light.RED, 40) is lamp(Light.RED, 40)
