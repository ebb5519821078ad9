"""The painter: people's skins as shaded faces, farthest first, over the room."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from kiosk.figure.body import Skeleton
from kiosk.figure.bones import Lengths
from kiosk.figure.clothes import Clothes
from kiosk.figure.lens import Lens, Spot, project, turn
from kiosk.figure.rings import BODY, shape
from kiosk.figure.room import paint_room
from kiosk.figure.skin import Skin, frames
from kiosk.figure.things import TUBES, lay_out

#: Where the light comes from: over the camera's left shoulder; (right, away, up).
LIGHT = np.array((-0.35, -0.62, 0.70))
LIGHT /= np.linalg.norm(LIGHT)
#: Light in the shade and light of the lamp, as shares.
AMBIENT, LAMP = 0.52, 0.58
#: What is further away gets less light: share lost per metre, from this far before the middle of the body, metres; and
#: the most that is lost.
FALL_OFF, NEAR, MOST = 1.6, 0.12, 0.75
#: Faces seen edge-on are darker by this share, as limbs lying on other limbs shade them.
EDGE = 0.35
#: The sensor's noise after the camera's own smoothing, as grey levels of 255 (standard deviation; neighbours share it);
#: and by how many pixels the kept noise is larger than the picture.
NOISE, GRAIN_SPARE = 1.0, 64
#: Faces are drawn this many times larger and averaged, for soft edges.
FINER = 2
#: What is seen of a room full of steam, grey levels.
STEAM = 205.0
#: As bright as ever.
ONE = np.ones(3)
#: Space around the person when painting, pixels.
MARGIN = 4


class Sitter:
    """A person in their clothes with the ``things`` they use.

    ``seat``: (forward, up) of the stool's top, or None; ``edge``: how far forward the basin's is, or None.
    """

    def __init__(
        self,
        body: Lengths,
        clothes: Clothes,
        things: tuple[str, ...] = (),
        seat: tuple[float, float] | None = None,
        edge: float | None = None,
    ):
        fixed = (*(["stool"] if seat else []), *(["basin"] if edge is not None else []))
        self._things, self._seat, self._edge = (*things, *fixed), seat, edge
        look = clothes.look
        own = shape(look.shirt.tucked, look.shirt.hangs, look.long_hair) if look.shirt else BODY
        tubes = (*own, *((tube, 0) for thing in self._things for tube in TUBES[thing]))
        self._skin = Skin(tubes, body, look.loose, look.shirt)
        self._colours = np.array([clothes.cloths[cloth] for cloth in self._skin.cloths])

    def pose(self, skeleton: Skeleton, lens: Lens, spot: Spot) -> tuple[np.ndarray, np.ndarray]:
        """The faces (n, 4, 2) turned to the camera, in pixels, farthest first; and what colour each is in the light,
        (n,), as Pillow packs it into a number.
        """
        body = frames(skeleton)
        own = self._skin.wrap({**body, **lay_out(self._things, skeleton, body, self._seat, self._edge)})
        corners = turn(skeleton.carry(own), lens, spot)
        pixels, depth = project(corners, lens)
        faces = self._order(pixels, depth)
        origin = turn(skeleton.carry(np.zeros((1, 3))), lens, spot)
        return pixels[self._skin.quads[faces]], self._shade(corners - origin, faces)

    def _order(self, pixels: np.ndarray, depth: np.ndarray) -> np.ndarray:
        """The faces turned to the camera, farthest first."""
        a, b, c, d = (pixels[self._skin.quads[:, i]] for i in range(4))
        one, other = c - a, d - b
        seen = np.flatnonzero(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0] < 0)
        return seen[np.argsort(self._skin.lift[seen] - depth[self._skin.quads[seen]].mean(axis=1))]

    def _shade(self, corners: np.ndarray, faces: np.ndarray) -> np.ndarray:
        a, b, c, d = (corners[self._skin.quads[faces, i]] for i in range(4))
        normal = np.cross(c - a, d - b)
        normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-12
        lit = AMBIENT + LAMP * np.clip(normal @ LIGHT, 0, None)
        lit *= 1 - EDGE * (1 - np.abs(normal[:, 1])) ** 2
        lit *= 1 - np.clip(FALL_OFF * ((a[:, 1] + c[:, 1]) / 2 + NEAR), 0, MOST)
        shades = np.clip(self._colours[faces] * lit[:, None], 0, 255).astype(np.int64)
        return shades @ (1, 1 << 8, 1 << 16)


@dataclass(frozen=True, slots=True, eq=False)
class Appearance:
    """Somebody in the picture: who, in which posture, where."""

    sitter: Sitter
    skeleton: Skeleton
    spot: Spot


class Painter:
    """Paints people in one room through one lens; ``mat``: where one lies on the floor."""

    def __init__(self, lens: Lens, clothes: Clothes, seed: int, mat: Spot | None = None):
        self._lens = lens
        self._room, self._empty = (paint_room(lens, clothes, seed, mat, shadow=shadow) for shadow in (True, False))
        self._rng = np.random.default_rng((seed, 5))
        # More noise than one picture, cut anew for each: fresh noise for every pixel costs more than the person.
        grain = self._rng.normal(0, 1, (lens.height_px + GRAIN_SPARE, lens.width + GRAIN_SPARE, 3)).astype(np.float32)
        for axis in (0, 1):
            grain += np.roll(grain, 1, axis)
        self._grain = np.round(grain * NOISE / 2).astype(np.int16)

    def paint(
        self, *people: Appearance, gain: np.ndarray = ONE, shift: tuple[int, int] = (0, 0), contrast: float = 1.0
    ) -> np.ndarray:
        """The picture, (height, width, 3) uint8; whoever is farther away comes first.

        ``gain`` how bright red, green and blue are, ``shift`` by so many pixels to the right and down; beyond the edge
        of what was painted there is more of the same.  So much of the ``contrast`` is left by steam, which is white.
        """
        picture = (self._room if people else self._empty).copy()
        for one in people:
            self._fill(picture, *one.sitter.pose(one.skeleton, self._lens, one.spot))
        seen = np.asarray(picture)
        if contrast < 1:
            seen = np.round(STEAM + contrast * (seen - STEAM)).astype(np.uint8)
        return self._expose(move(seen, shift), gain)

    def _fill(self, picture: Image.Image, faces: np.ndarray, shades: np.ndarray) -> None:
        """Draw the faces (n, 4, 2) into the picture, larger and averaged down."""
        left, top = np.maximum(np.floor(faces.min(axis=(0, 1))) - MARGIN, 0).astype(int).tolist()
        right, bottom = (np.ceil(faces.max(axis=(0, 1))) + MARGIN).astype(int).tolist()
        box = (left, top, min(right, picture.width), min(bottom, picture.height))
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        part = picture.crop(box)
        part = part.resize((part.width * FINER, part.height * FINER), Image.Resampling.NEAREST)
        draw = ImageDraw.Draw(part)
        outlines = ((faces - (left, top)) * FINER).reshape(len(faces), 8).tolist()
        for outline, shade in zip(outlines, shades.tolist(), strict=True):
            draw.polygon(outline, fill=shade)
        picture.paste(part.reduce(FINER), box)

    def _expose(self, picture: np.ndarray, gain: np.ndarray) -> np.ndarray:
        """The picture as a small sensor gives it, with its noise."""
        y, x = self._rng.integers(0, GRAIN_SPARE, 2)
        grain = self._grain[y : y + picture.shape[0], x : x + picture.shape[1]]
        light = picture.astype(np.int16) if (gain == 1).all() else np.round(picture * gain).astype(np.int16)
        return np.clip(light + grain, 0, 255).astype(np.uint8)


def cover(person: Appearance, lens: Lens) -> np.ndarray:
    """How much of every pixel is of the person, (height, width) float32 of 0..1."""
    faces, _ = person.sitter.pose(person.skeleton, lens, person.spot)
    mask = Image.new("L", (lens.width * FINER, lens.height_px * FINER))
    draw = ImageDraw.Draw(mask)
    for outline in (faces * FINER).reshape(len(faces), 8).tolist():
        draw.polygon(outline, fill=255)
    return np.asarray(mask.reduce(FINER), np.float32) / 255


def move(picture: np.ndarray, shift: tuple[int, int]) -> np.ndarray:
    """The picture (h, w, 3) so many pixels further to the right and down; its edges go on outward."""
    right, down = shift
    if not (right or down):
        return picture
    rows, columns = (
        np.clip(np.arange(size) - off, 0, size - 1) for size, off in zip(picture.shape, (down, right), strict=False)
    )
    return picture[rows[:, None], columns]
