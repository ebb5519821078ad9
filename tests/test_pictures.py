"""The pictures that pages show, and the page of drill cards, are what the program draws and says today.

``make pictures`` draws and writes them anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pictures
import pytest
from PIL import Image

from kiosk.drills import DRILLS

ROOT = pictures.ROOT
#: Mean difference of a picture's values (0..255), and share of pixels that may differ by more than FAR.
MEAN, FAR, SHARE = 2.0, 48, 0.01
#: Bytes of one picture: all of them together are less than one photograph.
LARGEST = 15_000


@pytest.fixture(scope="module")
def drawn() -> dict[Path, Image.Image]:
    """Every picture as it is drawn today, by where it is kept."""
    return {
        folder / f"{name}.png": picture
        for folder, drawn in ((pictures.SHOTS, pictures.shots()), (pictures.CARDS, pictures.cards()))
        for name, picture in drawn.items()
    }


def shown(page: Path) -> list[Path]:
    return [(page.parent / path).resolve() for path in re.findall(r'<img src="([^"]+\.png)"', page.read_text())]


def values(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("RGB"), dtype=np.int16)


def test_every_picture_is_what_is_drawn_today(drawn: dict[Path, Image.Image]) -> None:
    for path, picture in drawn.items():
        with Image.open(path) as kept:
            assert kept.size == picture.size, path
            difference = np.abs(values(kept) - values(picture))
        assert difference.mean() < MEAN, path
        assert (difference.max(axis=2) > FAR).mean() < SHARE, path


def test_the_pages_show_every_picture_that_is_kept_and_no_other(drawn: dict[Path, Image.Image]) -> None:
    kept = {path for folder in (pictures.SHOTS, pictures.CARDS) for path in folder.iterdir()}
    assert kept == set(drawn)
    assert sorted(shown(ROOT / "README.md")) == sorted(path for path in drawn if path.parent == pictures.SHOTS)
    assert shown(pictures.PAGE) == [pictures.CARDS / f"{drill.key}.png" for drill in by_level()]


def test_the_pictures_are_small(drawn: dict[Path, Image.Image]) -> None:
    assert max(path.stat().st_size for path in drawn) <= LARGEST


def test_the_page_of_drills_says_what_the_drills_say() -> None:
    assert pictures.PAGE.read_text() == pictures.page()
    assert re.findall(r"^`(\w+)`: ", pictures.page(), re.MULTILINE) == [drill.key for drill in by_level()]


def by_level() -> list:
    return sorted(DRILLS, key=lambda drill: drill.level)
