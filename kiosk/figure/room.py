"""The room behind the simulated person; all by seed."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter

from kiosk.figure.clothes import Clothes, Wall
from kiosk.figure.lens import Lens, Spot, turn

#: The wall stands so far behind the person, metres, with room for another one between; its skirting board so high.
WALL, SKIRTING = 2.0, 0.09
#: Width of a floor board, metres.
BOARD = 0.14
#: Half the length and width of a mat, metres, and how much of a shadow lies about who stands and who lies on it.
MAT = (0.95, 0.34)
STANDING_SHADOW, LYING_SHADOW = (0.32, 0.26), (0.75, 0.27)
MAT_COLOURS = ((92, 108, 122), (110, 92, 120), (84, 116, 100))
#: A brick with its mortar, metres; the mortar's share of it; how much bricks differ, and how dark the mortar is.
BRICK, MORTAR, BRICK_TONES, MORTAR_TONE = (0.25, 0.09), 0.06, 0.14, 0.72
#: Things on a cluttered wall: how many, how far aside they may hang, how low and how high, and how large, metres.
THINGS, ASIDE, HEIGHTS, SIZES = 22, 2.2, (0.15, 2.3), (0.12, 0.75)


def paint_room(lens: Lens, clothes: Clothes, seed: int, mat: Spot | None = None, *, shadow: bool = True) -> Image.Image:
    """The room through the lens: a blotchy wall with its skirting board, a boarded floor, a soft shadow.

    ``mat``: where one lies on the floor; ``shadow``: somebody is there to throw it.
    """
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
    floor = light * tone * np.where(gap, 0.8, 1.0)
    picture = np.where(
        on_floor[..., None], np.multiply.outer(floor, clothes.floor), np.multiply.outer(wall, clothes.wall)
    )
    if clothes.look.wall is Wall.TEXTURED:
        picture[~on_floor] *= lay_bricks(rng, x[~on_floor], z[~on_floor])[:, None]
    if clothes.look.wall is Wall.CLUTTERED:
        hang_things(picture, rng, np.where(on_floor, np.nan, x), z, light)
    along, across = lie_along(lens, mat, x, y) if mat else (x, y)
    if mat:
        on_mat = on_floor & (np.abs(along) < MAT[0]) & (np.abs(across) < MAT[1])
        picture[on_mat] = light[on_mat, None] * np.array(MAT_COLOURS[seed % len(MAT_COLOURS)])
    half = LYING_SHADOW if mat else STANDING_SHADOW
    if shadow:
        picture[on_floor] *= 1 - 0.45 * np.exp(-((along / half[0]) ** 2 + (across / half[1]) ** 2))[on_floor, None]
    room = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    return room.filter(ImageFilter.GaussianBlur(0.8))


def lie_along(lens: Lens, mat: Spot, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of places in the room, how far along and how far across a mat they are."""
    (cosine, sine, _), _ = turn(np.eye(3)[:2], lens, Spot(mat.facing)).tolist()
    right, away = x - mat.right, y - mat.away
    return right * cosine + away * sine, away * cosine - right * sine


def lay_bricks(rng: np.random.Generator, x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """How bright a wall of bricks is at those places of it, metres across and up: 1 is its own colour."""
    row = np.floor(z / BRICK[1])
    along = x / BRICK[0] + 0.5 * (row % 2)
    tones = 1 + rng.uniform(-BRICK_TONES, BRICK_TONES, 997)
    bricks = tones[(np.floor(along) * 31 + row * 57).astype(int) % len(tones)]
    # a joint is as wide across as it is high
    joint = np.minimum((along % 1) * BRICK[0], z % BRICK[1]) < MORTAR * BRICK[0]
    return np.where(joint, MORTAR_TONE, bricks)


def hang_things(picture: np.ndarray, rng: np.random.Generator, x: np.ndarray, z: np.ndarray, light: np.ndarray) -> None:
    """Put shelves, pictures and bars on the wall; ``x`` and ``z`` of every pixel, x NaN where there is no wall."""
    for _ in range(THINGS):
        middle, low = rng.uniform(-ASIDE, ASIDE), rng.uniform(*HEIGHTS)
        width, height = rng.uniform(*SIZES, 2)
        colour, frame = rng.uniform(60, 210) + rng.uniform(-35, 35, 3), rng.uniform(30, 120)
        from_edge = np.minimum(width / 2 - np.abs(x - middle), height / 2 - np.abs(z - low - height / 2))
        inside = from_edge > 0
        picture[inside] = light[inside, None] * np.where(from_edge[inside, None] < 0.02, frame, colour)


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
