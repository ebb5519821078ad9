"""The painter: the skin of a skeleton as shaded faces, farthest first, over the room."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from kiosk.figure.body import Lengths, Skeleton
from kiosk.figure.lens import Lens, project, turn
from kiosk.figure.room import choose_colours, paint_room
from kiosk.figure.skin import Skin

#: Where the light comes from: over the camera's left shoulder; (right, away, up).
LIGHT = np.array((-0.35, -0.62, 0.70))
LIGHT /= np.linalg.norm(LIGHT)
#: Light in the shade and light of the lamp, as shares.
AMBIENT, LAMP = 0.52, 0.58
#: What is further away gets less light: share lost per metre, from this far before the middle of the body, metres.
FALL_OFF, NEAR = 1.6, 0.12
#: Faces seen edge-on are darker by this share, as limbs lying on other limbs shade them.
EDGE = 0.35
#: The sensor's noise after the camera's own smoothing, as grey levels of 255 (standard deviation; neighbours share it);
#: and by how many pixels the kept noise is larger than the picture.
NOISE, GRAIN_SPARE = 1.0, 64
#: Faces are drawn this many times larger and averaged, for soft edges.
FINER = 2
#: Space around the person when painting, pixels.
MARGIN = 4


class Painter:
    """Paints one person in one room through one lens.  ``seat``: (forward, up) of the stool's top, or None."""

    def __init__(self, body: Lengths, lens: Lens, facing: int, seed: int, seat: tuple[float, float] | None = None):
        self._lens, self._facing, self._seat = lens, facing, seat
        colours = choose_colours(seed)
        self._room = paint_room(lens, colours, seed)
        self._skin = Skin(body.stature, body.girth, seat is not None)
        self._colours = np.array([colours.cloths[cloth] for cloth in self._skin.cloths])
        self._rng = np.random.default_rng((seed, 5))
        # More noise than one picture, cut anew for each: fresh noise for every pixel costs more than the person.
        grain = self._rng.normal(0, 1, (lens.height_px + GRAIN_SPARE, lens.width + GRAIN_SPARE, 3)).astype(np.float32)
        for axis in (0, 1):
            grain += np.roll(grain, 1, axis)
        self._grain = np.round(grain * NOISE / 2).astype(np.int16)

    def paint(self, skeleton: Skeleton) -> np.ndarray:
        """The picture, (height, width, 3) uint8."""
        corners = turn(self._skin.wrap(skeleton, self._seat), self._lens, self._facing)
        pixels, depth = project(corners, self._lens)
        faces = self._order(pixels, depth)
        shades = self._shade(corners, faces)
        picture = self._room.copy()
        self._fill(picture, pixels[self._skin.quads[faces]], shades)
        return self._expose(picture)

    def _order(self, pixels: np.ndarray, depth: np.ndarray) -> np.ndarray:
        """The faces turned to the camera, farthest first."""
        a, b, c, d = (pixels[self._skin.quads[:, i]] for i in range(4))
        one, other = c - a, d - b
        seen = np.flatnonzero(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0] < 0)
        return seen[np.argsort(self._skin.lift[seen] - depth[self._skin.quads[seen]].mean(axis=1))]

    def _shade(self, corners: np.ndarray, faces: np.ndarray) -> np.ndarray:
        """Colours (n,) of the faces in the light, as Pillow packs them into a number."""
        a, b, c, d = (corners[self._skin.quads[faces, i]] for i in range(4))
        normal = np.cross(c - a, d - b)
        normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-12
        lit = AMBIENT + LAMP * np.clip(normal @ LIGHT, 0, None)
        lit *= 1 - EDGE * (1 - np.abs(normal[:, 1])) ** 2
        lit *= 1 - FALL_OFF * np.clip((a[:, 1] + c[:, 1]) / 2 + NEAR, 0, None)
        shades = np.clip(self._colours[faces] * lit[:, None], 0, 255).astype(np.int64)
        return shades @ (1, 1 << 8, 1 << 16)

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

    def _expose(self, picture: Image.Image) -> np.ndarray:
        """The picture as a small sensor gives it, with its noise."""
        y, x = self._rng.integers(0, GRAIN_SPARE, 2)
        grain = self._grain[y : y + picture.height, x : x + picture.width]
        return np.clip(np.asarray(picture, np.int16) + grain, 0, 255).astype(np.uint8)
