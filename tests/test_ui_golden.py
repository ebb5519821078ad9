"""Golden pictures: the scenes as they were when somebody last looked at them.

``GOLDEN=1 python -m pytest tests/test_ui_golden.py`` (``make golden``) renews them; look at each one then.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pygame
import pytest
from scenes import SCENES, SIZES

from kiosk.ui.paint import paint

GOLDEN = Path(__file__).parent / "golden"
#: Each size is shrunk by this before it is kept: small files, and blind to how a font's edges are smoothed.
SHRINK = {(1080, 1920): 8, (1920, 1080): 8, (800, 480): 4}
#: Mean difference of a picture's values (0..255), and share of pixels that may differ by more than FAR.
MEAN, FAR, SHARE = 1.0, 48, 0.004


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCENES)
def test_a_scene_looks_as_it_did_when_somebody_last_looked(name, size):
    surface = pygame.Surface(size)
    paint(SCENES[name], surface, t=1.0)
    small = pygame.transform.smoothscale(surface, (size[0] // SHRINK[size], size[1] // SHRINK[size]))
    path = GOLDEN / f"{name}_{size[0]}x{size[1]}.png"
    if os.environ.get("GOLDEN"):
        pygame.image.save(small, path)
    before, now = _values(pygame.image.load(path)), _values(small)
    difference = np.abs(before - now)
    assert difference.mean() < MEAN
    assert (difference.max(axis=2) > FAR).mean() < SHARE


def test_the_golden_pictures_are_small_and_no_others_lie_about():
    pictures = sorted(GOLDEN.glob("*.png"))
    assert [path.name for path in pictures] == sorted(f"{name}_{w}x{h}.png" for name in SCENES for w, h in SIZES)
    assert all(path.stat().st_size < 25_000 for path in pictures)


def _values(surface: pygame.Surface) -> np.ndarray:
    return pygame.surfarray.array3d(surface).astype(np.int16)
