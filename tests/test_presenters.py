"""Both presenters show the same pictures; both show whole what changed bit by bit, and end nothing when they cannot."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes import SCENES, TURNS, WORKING

from kiosk.session.scene import Dark, Scene
from kiosk.ui import surfaces, textures
from kiosk.ui.dimming import dim
from kiosk.ui.display import open_display
from kiosk.ui.drawing import Box, Mark
from kiosk.ui.paint import beat, compose, upright
from kiosk.ui.screen import RETRY, SHIFT_EVERY, SHIFT_PATH, Screen
from kiosk.ui.surfaces import put

SIZE = (800, 480)
#: Levels of 255 by which a value may differ: processor and graphics library round differently when they blend.
TOLERANCE = 4

Open = Callable[..., AbstractContextManager[Screen]]


@pytest.fixture(params=["surface", "texture", "texture on OpenGL ES"])
def opened(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a screen of each presenter, that of textures with SDL's own renderer and with a graphics library."""
    presenting, _, library = request.param.partition(" on ")
    if library:
        monkeypatch.setenv("SDL_RENDER_DRIVER", "opengles2")

    @contextmanager
    def open_screen(turn: int = 0) -> Iterator[Screen]:
        with Screen("offscreen", upright(SIZE, turn), turn, presenting) as screen:
            if library and not screen.name.endswith("textures"):
                pytest.skip(f"there is no OpenGL ES here: {screen.name}")
            yield screen

    return open_screen


def values(surface: pygame.Surface) -> np.ndarray:
    return pygame.surfarray.array3d(surface).astype(np.int16)


def assert_shows(screen: Screen, scene: Scene, t: float = 0.0, light: float = 1.0) -> None:
    """What ``screen`` shows is ``scene`` painted whole on an upright surface."""
    step = round(min(SIZE) * 0.005)
    x, y = SHIFT_PATH[int(t / SHIFT_EVERY) % len(SHIFT_PATH)]
    surface = pygame.Surface(SIZE)
    put(dim(compose(scene, SIZE, beat(scene, t)), light), surface, shift=(x * step, y * step))
    seen = values(screen._presenter.shot())
    assert seen.shape == values(surface).shape
    assert np.abs(seen - values(surface)).max() <= TOLERANCE


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("name", SCENES)
def test_every_scene_looks_the_same_whoever_presents_it(name: str, turn: int, opened: Open) -> None:
    with opened(turn) as screen:
        screen.show(SCENES[name], 0.0)
        assert_shows(screen, SCENES[name])


@pytest.mark.parametrize("turn", TURNS)
def test_what_changed_bit_by_bit_looks_like_what_was_shown_at_once(turn: int, opened: Open) -> None:
    rng = random.Random(turn)
    with opened(turn) as screen:
        for name in rng.sample(list(SCENES), 10):
            depth = rng.randrange(125) / 100
            for scene in (SCENES[name], Scene(replace(WORKING, depth=depth, reps=rng.randrange(20)))):
                screen.show(scene, 0.0)
                assert_shows(screen, scene)


@pytest.mark.parametrize("turn", TURNS)
def test_the_shift_against_burn_in_goes_the_same_way_on_every_panel(turn: int, opened: Open) -> None:
    with opened(turn) as screen:
        for minute in (0, 1, 2, 6):
            assert screen.show(SCENES["working"], minute * SHIFT_EVERY)
            assert_shows(screen, SCENES["working"], minute * SHIFT_EVERY)


def test_the_light_of_the_night_is_the_same_whoever_presents_it(opened: Open) -> None:
    with opened() as screen:
        for light in (1.0, 0.25, 0.6):
            screen.light = light
            assert screen.show(SCENES["working_cue"], 0.0)
            assert_shows(screen, SCENES["working_cue"], light=light)
            assert screen.show(SCENES["working"], 0.0)
            assert_shows(screen, SCENES["working"], light=light)


def test_a_display_that_is_gone_ends_nothing_and_what_is_left_of_it_can_be_closed(opened: Open) -> None:
    with opened() as screen:
        screen.show(SCENES["working"], 0.0)
        pygame.display.quit()
        assert screen.presses() == []
        assert not screen.show(Scene(Dark(), watching=True), 1.0)
        assert screen.trouble
        screen.close()


def test_what_stood_before_the_window_is_gone_is_shown_again(opened: Open) -> None:
    with opened() as screen:
        screen.show(SCENES["working"], 0.0)
        screen.presses()
        screen.show(SCENES["working"], 0.1)
        assert not screen.show(SCENES["working"], 0.2)
        pygame.event.post(pygame.event.Event(pygame.WINDOWEXPOSED))
        screen.presses()
        assert screen.show(SCENES["working"], 0.3)
        assert_shows(screen, SCENES["working"])


def test_where_nothing_can_be_drawn_with_textures_surfaces_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")  # it has no graphics library
    monkeypatch.setenv("SDL_RENDER_DRIVER", "opengles2")
    with Screen("offscreen", SIZE, presenting="texture") as screen:
        assert screen.name.startswith("dummy 800×480, no textures: ")
        assert screen.show(SCENES["working"], 0.0)
        assert_shows(screen, SCENES["working"])


def test_a_graphics_chip_without_memory_is_trouble_until_it_has_some(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        @staticmethod
        def from_surface(*_: object) -> None:
            raise pygame.error("Out of memory")

    with Screen("offscreen", SIZE, presenting="texture") as screen:
        screen.show(SCENES["working"], 0.0)
        with monkeypatch.context() as small:
            small.setattr(textures, "Texture", Full)
            assert not screen.show(SCENES["summary"], 1.0)
        assert screen.trouble
        assert "Out of memory" in screen.trouble.text
        assert not screen.show(SCENES["summary"], 1.0 + RETRY / 2), "it is not tried at every pass"
        assert screen.show(SCENES["summary"], 1.0 + RETRY)
        assert screen.trouble is None
        assert_shows(screen, SCENES["summary"], 1.0 + RETRY)


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("presenting", ["surface", "texture"])
def test_what_was_made_of_a_sprite_goes_with_it(turn: int, presenting: str) -> None:
    presenter = open_display("offscreen", presenting, SIZE, turn)
    try:
        kept = presenter._textures if presenting == "texture" else surfaces._TURNED.get(turn, {})
        before = len(kept)
        for number in range(20):
            sprite = pygame.Surface((10 + number, 20), pygame.SRCALPHA)
            presenter.show((Mark(sprite, Box(0, 0, *sprite.get_size()), "part"),), None, (0, 0))
            del sprite
            gc.collect()
            assert len(kept) <= before
    finally:
        presenter.close()


place = st.builds(pygame.Rect, st.integers(0, 90), st.integers(0, 90), st.integers(1, 30), st.integers(1, 30))


@given(st.lists(place, max_size=12))
def test_bands_hold_all_that_changed_and_share_no_row(places: list[pygame.Rect]) -> None:
    bands = surfaces._bands(place.copy() for place in places)
    assert all(any(band.contains(place) for band in bands) for place in places)
    rows = [row for band in bands for row in range(band.top, band.bottom)]
    assert len(rows) == len(set(rows))
