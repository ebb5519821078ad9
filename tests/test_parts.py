"""The printed parts: closed solids that fit their bed, and a camera in them that sees past them.

What needs OpenSCAD is skipped without it.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

from kiosk.figure.places import MODULES

FOLDER = Path(__file__).resolve().parents[1] / "hardware"
needs_openscad = pytest.mark.skipif(shutil.which("openscad") is None, reason="there is no openscad here")

CUBE = np.array([[0, 0, 0], [20, 0, 0], [20, 20, 0], [0, 20, 0], [0, 0, 20], [20, 0, 20], [20, 20, 20], [0, 20, 20]])
SIDES = ((0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7))


@pytest.fixture(scope="module")
def parts() -> ModuleType:
    spec = importlib.util.spec_from_file_location("parts", FOLDER / "parts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def solids(parts: ModuleType) -> dict[str, np.ndarray]:
    """The triangles of every print."""
    return {name: parts.make(name) for name in parts.PRINTS}


def cube() -> np.ndarray:
    """A cube of 20 mm on the bed."""
    return CUBE[[corner for a, b, c, d in SIDES for corner in (a, b, c, a, c, d)]].reshape(-1, 3, 3).astype(float)


def test_a_cube_can_be_printed_and_what_is_wrong_with_one_is_told(parts: ModuleType) -> None:
    parts.check(cube())
    assert parts.volume(cube()) == pytest.approx(8000)
    assert parts.footing(cube()) == pytest.approx(400)
    broken = {
        "not closed": cube()[1:],
        "inside out": cube()[:, ::-1],
        "2 pieces": np.concatenate((cube(), cube() + 50 * np.array((1, 0, 0)))),
        "the bed": cube() + np.array((0, 0, 1)),
        "larger": cube() * (11, 1, 1),
        "lie on the bed": cube() * 0.5,
    }
    for words, triangles in broken.items():
        with pytest.raises(parts.Unprintable, match=words):
            parts.check(triangles)


def test_a_ray_meets_a_cube_or_passes_it(parts: ModuleType) -> None:
    start = np.array((10.0, 9.0, 40.0))
    assert parts.hits(cube(), start, np.array((0.1, 0.0, -1.0)))
    assert not parts.hits(cube(), start, np.array((1.0, 0.0, -1.0)))
    assert not parts.hits(cube(), start, np.array((0.1, 0.0, 1.0)))


def test_the_parts_know_the_cameras_that_the_mirror_knows() -> None:
    """Degrees across the longer side; the shorter side at least what the shape of the sensor makes of it."""
    said = re.search(r"fov\(.*\? \[(\d+), (\d+)\] : \[(\d+), (\d+)\]", (FOLDER / "parts/common.scad").read_text())
    assert said is not None
    wide, wide_short, standard, standard_short = map(int, said.groups())
    for key, long, short in (("3-wide", wide, wide_short), ("3", standard, standard_short)):
        module = MODULES[key]
        assert long == module.fov
        assert short >= np.degrees(2 * np.arctan(module.shape * np.tan(np.radians(module.fov / 2))))


@needs_openscad
def test_every_part_is_a_closed_solid_that_fits_its_bed(parts: ModuleType, solids: dict[str, np.ndarray]) -> None:
    for triangles in solids.values():
        parts.check(triangles)


@needs_openscad
def test_any_sensible_measures_make_a_part(parts: ModuleType) -> None:
    for name, changes in (
        ("button_box", {"hole": 30}),
        ("button_box", {"hole": 16, "pitch": 40, "depth": 30}),
        ("camera_pod", {"portrait": False}),
        ("camera_pod_wide", {"pitch": 15}),
        ("holder", {"portrait": False, "pitch": 10}),
        ("side_pod", {"module_name": "3"}),
    ):
        parts.check(parts.make(name, **changes))


def corners_of_view(module: str, portrait: bool, pitch: float) -> list[np.ndarray]:
    """The ways to the corners and the middles of the sides of the picture, from the lens; it looks down to the bed."""
    half = np.tan(np.radians(MODULES[module].fov / 2))
    sides = (MODULES[module].shape * half, half) if portrait else (half, MODULES[module].shape * half)
    c, s = np.cos(np.radians(pitch)), np.sin(np.radians(pitch))
    tilt = np.array(((1, 0, 0), (0, c, s), (0, -s, c)))
    return [tilt @ (x * sides[0], y * sides[1], -1.0) for x in (-1, 0, 1) for y in (-1, 0, 1)]


@needs_openscad
@pytest.mark.parametrize(
    ("name", "module", "portrait", "pitch", "front", "changes"),
    [
        ("camera_pod", "3", True, 0, 0.6, {}),
        ("camera_pod", "3", False, 0, 0.6, {"portrait": False}),
        ("camera_pod_wide", "3-wide", True, 0, 0.6, {}),
        ("camera_pod_sink", "3-wide", True, 20, 0.6 + np.sin(np.radians(20)) * 4.5, {}),
        ("side_pod", "3-wide", True, 0, 3.8, {}),
    ],
)
def test_nothing_of_a_pod_is_in_the_picture(
    parts: ModuleType, name: str, module: str, portrait: bool, pitch: float, front: float, changes: dict
) -> None:
    """From anywhere on a pupil of 3 mm, ``front`` over the bed, to the edges of the picture; all round it is dark."""
    solid = parts.make(name, **changes)
    for x, y in ((0, 0), (1.5, 0), (-1.5, 0), (0, 1.5), (0, -1.5)):
        for way in corners_of_view(module, portrait, pitch):
            assert not parts.hits(solid, np.array((x, y, front)), way)
    for turn in np.radians(np.arange(5, 360, 30)):
        level = np.array((np.cos(turn), np.sin(turn), 0.0))
        assert parts.hits(solid, np.array((0.0, 0.0, front + 2)), level), "light comes in from the side"


@needs_openscad
def test_a_camera_that_looked_up_would_see_the_pod_of_one_that_looks_down(
    parts: ModuleType, solids: dict[str, np.ndarray]
) -> None:
    lens = np.array((0.0, 0.0, 0.6 + np.sin(np.radians(20)) * 4.5))
    assert any(parts.hits(solids["camera_pod_sink"], lens, way) for way in corners_of_view("3-wide", True, -30))


@needs_openscad
def test_the_pictures_show_the_parts_as_they_are(parts: ModuleType, solids: dict[str, np.ndarray]) -> None:
    for name, triangles in solids.items():
        with Image.open(parts.PICTURES / f"{name}.png") as kept:
            before, now = (np.asarray(picture.convert("RGB"), np.int16) for picture in (kept, parts.draw(triangles)))
        assert before.shape == now.shape
        assert np.abs(before - now).mean() < 2.0, f"{name}: run `make parts` and look at it"
    assert max(path.stat().st_size for path in parts.PICTURES.glob("*.png")) < 35_000


@needs_openscad
def test_what_openscad_complains_of_is_an_error(parts: ModuleType) -> None:
    with pytest.raises(parts.Unprintable):
        parts.make("camera_cap", depth="deep")
