"""Golden pictures: the scenes as they were when somebody last looked at them.

``GOLDEN=1 python -m pytest tests/test_ui_golden.py`` (``make golden``) renews them; look at each one then.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pygame
import pytest
from PIL import Image
from scenes import SCENES, SIZES
from texts import LANGUAGES, WRITTEN_IN

from kiosk.language import read_language
from kiosk.scoring.verdict import Light
from kiosk.session.scene import Choosing, FormLight, Scene, Summary, Working
from kiosk.session.summing import STATE_WORDS
from kiosk.text import translated
from kiosk.ui.paint import paint

GOLDEN = Path(__file__).parent / "golden"
#: Each size is shrunk by this before it is kept: small files, and blind to how a font's edges are smoothed.
SHRINK = {(1080, 1920): 8, (1920, 1080): 8, (800, 480): 4}
#: Mean difference of all of a picture's values (0..255), and of those in any tile of so many by so many of its pixels.
#: In a tile, keeping COLOURS only costs 5; the edges of a large screen, blurred by 0.6 of its pixels as another way of
#: smoothing them might, 10; the least that has to be told, a small light of the summary going out, 18.
MEAN, TILE, IN_TILE = 1.0, 2, 12.0
#: Colours of a picture that is kept, bytes of one, and of all of them.
COLOURS, SMALL, ALL = 128, 25_000, 5_000_000


def picture(name: str, size: tuple[int, int], code: str) -> Path:
    """The golden picture of the scene of ``name`` in the language of ``code``."""
    language = "" if code == WRITTEN_IN else f"_{code}"
    return GOLDEN / f"{name}{language}_{size[0]}x{size[1]}.png"


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCENES)
def test_a_scene_looks_as_it_did_when_somebody_last_looked(name, size, code):
    small = _small(translated(SCENES[name], read_language(code)), size)
    path = picture(name, size, code)
    if os.environ.get("GOLDEN"):
        _keep(small, path)
    whole, in_tile = _difference(pygame.image.load(path), small)
    assert whole < MEAN
    assert in_tile < IN_TILE


def _relit(name: str) -> Iterator[tuple[str, str, Scene]]:
    """The summary or the set of ``name`` with each light in each state that it is not in."""
    scene = SCENES[name]
    assert isinstance(scene.picture, Summary | Working)
    lights = scene.picture.lights
    for i, light in enumerate(lights):
        for state in set(Light) - {light.state}:
            other = FormLight(light.name, state, STATE_WORDS[state], light.label)
            picture = replace(scene.picture, lights=(*lights[:i], other, *lights[i + 1 :]))
            yield f"{light.name} {light.state} to {state}", name, replace(scene, picture=picture)


def _changed() -> Iterator[tuple[str, str, Scene]]:
    """What changed, the scene's name, and the scene with that change: each small, and each of weight."""
    for name in ("summary", "summary_counted", "working", "working_trouble"):
        yield from _relit(name)
    for name in ("dark", "choosing", "working", "working_trouble", "failing"):
        yield "the camera's sign", name, replace(SCENES[name], watching=not SCENES[name].watching)
    coming, begun, card = SCENES["working_provisional"], SCENES["working"], SCENES["choosing"]
    assert isinstance(coming.picture, Working)
    assert isinstance(begun.picture, Working)
    assert isinstance(card.picture, Choosing)
    assert coming.picture.provisional
    yield "ring", "working_provisional", replace(coming, picture=replace(coming.picture, provisional=False))
    yield "target", "working", replace(begun, picture=replace(begun.picture, target=9))
    yield "count", "working", replace(begun, picture=replace(begun.picture, reps=begun.picture.reps + 1))
    for by in (-0.1, 0.1):
        depth = (begun.picture.depth or 0.0) + by
        yield f"depth by {by}", "working", replace(begun, picture=replace(begun.picture, depth=depth))
    for level in {0, 1, 2, 3, 4, 5, 6} - {card.picture.level}:
        yield f"level to {level}", "choosing", replace(card, picture=replace(card.picture, level=level))


@pytest.mark.parametrize("size", SIZES)
def test_whatever_weighs_is_told_from_its_golden_picture(size):
    missed = {
        (name, what): in_tile
        for what, name, scene in _changed()
        if (in_tile := _difference(pygame.image.load(picture(name, size, WRITTEN_IN)), _small(scene, size))[1])
        < IN_TILE
    }
    assert not missed


def test_the_golden_pictures_are_small_and_no_others_lie_about():
    pictures = {path: path.stat().st_size for path in GOLDEN.glob("*.png")}
    assert set(pictures) == {picture(name, size, code) for name in SCENES for size in SIZES for code in LANGUAGES}
    assert max(pictures.values()) < SMALL
    assert sum(pictures.values()) < ALL


def _small(scene: Scene, size: tuple[int, int]) -> pygame.Surface:
    surface = pygame.Surface(size)
    paint(scene, surface, t=1.0)
    return pygame.transform.smoothscale(surface, (size[0] // SHRINK[size], size[1] // SHRINK[size]))


def _keep(surface: pygame.Surface, path: Path) -> None:
    picture = Image.fromarray(pygame.surfarray.array3d(surface).swapaxes(0, 1))
    picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)


def _difference(before: pygame.Surface, now: pygame.Surface) -> tuple[float, float]:
    """How far the values of two pictures differ: on average, and on average in the tile where they do so most."""
    far = np.abs(_values(before) - _values(now)).mean(axis=2)
    w, h = (length // TILE * TILE for length in far.shape)
    tiles = far[:w, :h].reshape(w // TILE, TILE, h // TILE, TILE).mean(axis=(1, 3))
    return far.mean(), tiles.max()


def _values(surface: pygame.Surface) -> np.ndarray:
    return pygame.surfarray.array3d(surface).astype(np.int16)
