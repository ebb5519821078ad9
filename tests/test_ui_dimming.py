"""The night: dimmer, still readable, black where nothing is drawn, and nothing but what is drawn dimmed."""

from __future__ import annotations

import numpy as np
import pygame
import pytest
from scenes import SCENES

from kiosk.config import Config
from kiosk.session.scene import Dark, Scene
from kiosk.ui import colours, dimming
from kiosk.ui.colours import AMBER, BLACK, CYAN, FAINT, GAMMA, GREEN, GREY, PAPER, RED, SOFT, VIOLET, Colour
from kiosk.ui.dimming import FLARE, dim, luminance
from kiosk.ui.drawing import Box, Drawing, Mark
from kiosk.ui.paint import compose
from kiosk.ui.screen import Screen
from kiosk.ui.words import write

NIGHT = Config().night.light
#: What may be written with.
INKS = (PAPER, SOFT, GREEN, AMBER, RED, GREY, CYAN, VIOLET)


def contrast(colour: Colour) -> float:
    return (luminance(colour) + FLARE) / FLARE


def brightest(sprite: pygame.Surface) -> Colour:
    """The colour of a word's inside."""
    pixels = pygame.surfarray.array3d(sprite)[pygame.surfarray.array_alpha(sprite) > 250]
    return tuple(int(value) for value in pixels[pixels.sum(axis=1, dtype=int).argmax()])


def written(colour: Colour) -> Drawing:
    return tuple(write("Push your hips back", Box(0, 0, 600, 100), "cue", 40, colour))


def shown(light: float, name: str = "working") -> np.ndarray:
    with Screen("offscreen", (800, 480)) as screen:
        screen.light = light
        screen.show(SCENES[name], 0.0)
        return pygame.surfarray.array3d(screen._presenter.shot()).astype(int)


def test_luminance_is_wcags() -> None:
    assert luminance((255, 255, 255)) == pytest.approx(1)
    assert contrast((255, 255, 255)) == pytest.approx(21)
    assert luminance(BLACK) == 0


@pytest.mark.parametrize("light", [NIGHT, 0.1])
@pytest.mark.parametrize("ink", INKS)
def test_words_can_be_read_at_night(ink: Colour, light: float) -> None:
    (day,), (night,) = written(ink), dim(written(ink), light)
    assert isinstance(night.what, pygame.Surface)
    assert contrast(brightest(night.what)) >= 7
    assert luminance(brightest(night.what)) <= luminance(ink)
    assert (pygame.surfarray.array_alpha(night.what) == pygame.surfarray.array_alpha(day.what)).all()


def test_what_is_brighter_by_day_is_brighter_at_night() -> None:
    def at_night(ink: Colour, words: bool) -> float:
        dimmed = dim((Mark(ink, Box(0, 0, 9, 9), "bar", words),), NIGHT)[0].what
        assert not isinstance(dimmed, pygame.Surface)
        return luminance(dimmed)

    by_day = sorted((*INKS, FAINT), key=luminance)
    for words in (True, False):
        dimmed = [at_night(ink, words) for ink in by_day]
        assert dimmed == pytest.approx(sorted(dimmed), abs=0.02)
    for ink in by_day:
        assert at_night(ink, False) == pytest.approx(NIGHT * luminance(ink), rel=0.15), "shapes all alike"
        assert at_night(ink, True) >= at_night(ink, False)
    assert at_night(PAPER, True) < 0.5 * luminance(PAPER)
    assert (at_night(PAPER, False) + FLARE) / FLARE >= 7, "black words on a panel of it"


def test_every_ink_is_tested() -> None:
    palette = {value for value in vars(colours).values() if isinstance(value, tuple) and len(value) == 3}
    assert palette == {*INKS, FAINT, BLACK}


def test_by_day_nothing_is_touched() -> None:
    drawing = compose(SCENES["working"], (800, 480))
    assert dim(drawing, 1.0) is drawing


def test_a_sprite_is_dimmed_once_and_let_go_with_it() -> None:
    drawing = written(PAPER)
    assert dim(drawing, NIGHT) == dim(drawing, NIGHT)
    assert dim(drawing, 0.2) != dim(drawing, NIGHT)
    kept = len(dimming._DIMMED)
    lone = (Mark(pygame.Surface((9, 9), pygame.SRCALPHA), Box(0, 0, 9, 9), "bar"),)
    dim(lone, NIGHT)
    assert len(dimming._DIMMED) == kept + 1
    del lone
    assert len(dimming._DIMMED) == kept


def test_the_screen_is_dimmer_at_night_and_black_where_nothing_is_drawn() -> None:
    day, night = shown(1.0), shown(NIGHT)
    assert (night <= day).all()
    assert not night[day.max(axis=2) == 0].any()
    day_light, night_light = ((values / 255) ** GAMMA for values in (day, night))
    assert night_light.sum() < 0.6 * day_light.sum()


def test_nightfall_is_painted_though_the_scene_stays_the_same() -> None:
    seen = []
    with Screen("offscreen", (800, 480)) as screen:
        for t, light in enumerate((1.0, NIGHT, 1.0)):
            screen.light = light
            assert screen.show(SCENES["working"], t)
            assert not screen.show(SCENES["working"], t + 0.5)
            seen.append(pygame.surfarray.array3d(screen._presenter.shot()))
    for picture, light in zip(seen, (1.0, NIGHT, 1.0), strict=True):
        assert (picture == shown(light)).all()


def test_a_dark_mirror_is_as_dark_at_night() -> None:
    with Screen("offscreen", (800, 480)) as screen:
        screen.light = NIGHT
        screen.show(Scene(Dark()), 0.0)
        assert not pygame.surfarray.array3d(screen._presenter.shot()).any()
