"""The room behind the simulated person, and the colours of everything; all by seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from kiosk.figure.lens import Lens

#: The wall stands so far behind the person, metres; its skirting board so high.
WALL, SKIRTING = 1.3, 0.09
#: Width of a floor board, metres.
BOARD = 0.14

#: Red, green, blue, 0..255.
Colour = tuple[float, float, float]

WALLS = ((214, 208, 196), (196, 205, 212), (181, 189, 176), (222, 214, 205), (170, 172, 178), (205, 190, 172))
FLOORS = ((150, 118, 86), (122, 112, 104), (176, 150, 120), (98, 92, 90))
SKINS = ((226, 180, 152), (205, 152, 118), (168, 114, 82), (118, 78, 56), (238, 198, 174))
HAIRS = ((48, 34, 26), (92, 62, 38), (26, 24, 26), (150, 112, 66), (110, 108, 106))
SHIRTS = ((60, 92, 150), (168, 52, 52), (54, 116, 92), (232, 226, 216), (118, 74, 134), (216, 148, 52))
TROUSERS = ((38, 42, 54), (60, 62, 66), (34, 48, 82), (74, 64, 54))
SHOES = ((230, 230, 228), (46, 46, 50), (150, 58, 48))


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours by the name of the cloth, and of the room."""

    cloths: dict[str, Colour]
    wall: Colour
    floor: Colour


def choose_colours(seed: int) -> Colours:
    """Clothes, skin, hair and room of that seed; every third person wears shorts."""
    rng = np.random.default_rng((seed, 3))

    def one(of: tuple[Colour, ...]) -> Colour:
        red, green, blue = np.clip(np.array(of[rng.integers(len(of))]) + rng.uniform(-10, 10, 3), 0, 255).tolist()
        return red, green, blue

    def darker(colour: Colour, by: float) -> Colour:
        red, green, blue = colour
        return by * red, by * green, by * blue

    skin, hair, trousers = one(SKINS), one(HAIRS), one(TROUSERS)
    cloths = {
        "skin": skin,
        "nose": darker(skin, 0.95),
        "ears": darker(skin, 0.9),
        "lips": (0.75 * skin[0] + 20, 0.55 * skin[1], 0.55 * skin[2]),
        "eyes": (30.0, 26.0, 26.0),
        "hair": hair,
        "brows": hair,
        "shirt": one(SHIRTS),
        "trousers": trousers,
        "shorts": skin if seed % 3 == 2 else trousers,
        "shoes": one(SHOES),
        "stool": (96.0, 74.0, 56.0),
    }
    return Colours(cloths, one(WALLS), one(FLOORS))


def paint_room(lens: Lens, colours: Colours, seed: int) -> Image.Image:
    """The empty room through the lens: a blotchy wall with its skirting board, a boarded floor, a soft shadow."""
    rng = np.random.default_rng((seed, 4))
    right, away, rise = look_through(lens)
    with np.errstate(divide="ignore", invalid="ignore"):
        to_floor = np.where(rise < -1e-6, lens.height / -rise, np.inf)
        to_wall = (WALL + lens.distance) / away
    on_floor = to_floor < to_wall
    reach = np.where(on_floor, to_floor, to_wall)
    x, y, z = right * reach, away * reach - lens.distance, lens.height + rise * reach
    light = 1.0 + 0.05 * blotches(rng, lens, 4) + 0.015 * blotches(rng, lens, 60)
    wall = light * np.where(z < SKIRTING, 0.78, 0.86 + 0.08 * np.clip(z, 0, 2.5))
    boards = np.floor(y / BOARD).astype(int)
    tone = rng.uniform(0.9, 1.1, 997)[boards % 997]
    gap = np.abs(y / BOARD - boards - 0.5) > 0.46
    shadow = 1 - 0.45 * np.exp(-((x / 0.32) ** 2 + (y / 0.26) ** 2))
    floor = light * tone * np.where(gap, 0.8, 1.0) * shadow
    shade = np.where(on_floor, floor, wall)[..., None]
    picture = np.where(on_floor[..., None], colours.floor, colours.wall) * shade
    room = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    return room.filter(ImageFilter.GaussianBlur(0.8))


def look_through(lens: Lens) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of every pixel the direction it sees, to the right, away and up; each (height, width)."""
    x = (np.arange(lens.width) + 0.5 - lens.width / 2) / lens.focus
    y = (lens.height_px / 2 - np.arange(lens.height_px) - 0.5) / lens.focus
    right, up = np.meshgrid(x, y)
    c, s = np.cos(np.radians(lens.pitch)), np.sin(np.radians(lens.pitch))
    return right, c + up * s, up * c - s


def blotches(rng: np.random.Generator, lens: Lens, cells: int) -> np.ndarray:
    """Soft noise of about -1..1 with so many blotches across the picture."""
    rough = Image.fromarray(rng.uniform(-1, 1, (cells * 2, cells)).astype(np.float32))
    return np.asarray(rough.resize((lens.width, lens.height_px), Image.Resampling.BICUBIC))
