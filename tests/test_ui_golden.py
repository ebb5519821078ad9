"""Golden pictures: the scenes as they were when somebody last looked at them.

``GOLDEN=1 python -m pytest tests/test_ui_golden.py`` (``make golden``) renews them; look at each one then.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pygame
import pytest
from PIL import Image
from scenes import SCENES, SIZES
from texts import LANGUAGES, WRITTEN_IN

from kiosk.language import read_language
from kiosk.text import translated
from kiosk.ui.paint import paint

GOLDEN = Path(__file__).parent / "golden"
#: Each size is shrunk by this before it is kept: small files, and blind to how a font's edges are smoothed.
SHRINK = {(1080, 1920): 8, (1920, 1080): 8, (800, 480): 4}
#: Mean difference of a picture's values (0..255), and share of pixels that may differ by more than FAR.
MEAN, FAR, SHARE = 1.0, 48, 0.004
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
    surface = pygame.Surface(size)
    paint(translated(SCENES[name], read_language(code)), surface, t=1.0)
    small = pygame.transform.smoothscale(surface, (size[0] // SHRINK[size], size[1] // SHRINK[size]))
    path = picture(name, size, code)
    if os.environ.get("GOLDEN"):
        _keep(small, path)
    before, now = _values(pygame.image.load(path)), _values(small)
    difference = np.abs(before - now)
    assert difference.mean() < MEAN
    assert (difference.max(axis=2) > FAR).mean() < SHARE


def test_the_golden_pictures_are_small_and_no_others_lie_about():
    pictures = {path: path.stat().st_size for path in GOLDEN.glob("*.png")}
    assert set(pictures) == {picture(name, size, code) for name in SCENES for size in SIZES for code in LANGUAGES}
    assert max(pictures.values()) < SMALL
    assert sum(pictures.values()) < ALL


def _keep(surface: pygame.Surface, path: Path) -> None:
    picture = Image.fromarray(pygame.surfarray.array3d(surface).swapaxes(0, 1))
    picture.quantize(COLOURS).save(path, optimize=True)


def _values(surface: pygame.Surface) -> np.ndarray:
    return pygame.surfarray.array3d(surface).astype(np.int16)
