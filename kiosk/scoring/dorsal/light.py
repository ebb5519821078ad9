"""The light and the room as a whole: how they have changed, told by a grid of pixels (biomechanics 3.3)."""

from __future__ import annotations

import math
from operator import add

import numpy as np

from kiosk.scoring.dorsal.colour import KEEN, differ
from kiosk.scoring.dorsal.why import Why

#: Pixels compared, a grid over the picture (biomechanics 3.3: 400).
ACROSS, DOWN = 20, 20
#: Each column of it stands lower than the one before by this share of its steps, so that no level line of the room lies
#: between all of them: the golden section, which spreads points most evenly.
LOWER = 0.6180339887
#: In so many fields of each column the two sides of the sharpest edge are compared, too, so many pixels apart, if their
#: green is so many grey levels apart: edges are what a knocked camera is told by, and a floor is often hardly darker
#: than the wall.
FIELDS, APART, SHARP = 4, 4, 24
#: Fewer pixels, or pixels of which the gain can be learned, known and outside the person, say nothing.
FEWEST, FEWEST_USABLE = 40, 14
#: From here on a pixel may be brighter than it can tell, grey levels: nothing of the gain is learned of it.
DAZZLED = 250
#: Gains that a camera may still be compensated for.
GAINS = (0.5, 2.0)
#: Share of the pixels which differ when it is another light or another place of the camera.
CHANGED = 0.25
#: A camera was knocked when edges differ in more than this share of the columns in which there are any; and in no fewer
#: than this: who walks by is four columns broad.
SHIFTED, FEWEST_MOVED = 0.4, 5
#: Share which differ when anything has changed; if they lie in more than half of all columns, a knock has shifted the
#: room or another lamp lights it: who walks by is not so broad.
SOME, BROAD = 0.04, ACROSS / 2
#: So many in two neighbouring columns are somebody: at 4 m a band 0.3 m broad of which 0.8 m are not the room.
SOMEBODY = 4
#: Looks in a row that must find the light changed before it is so: one may be a flash; and while nobody is seen, since
#: whoever comes close to the camera fills its picture half a second before they are told to be somebody.
CHANGED_LOOKS, CHANGED_UNSEEN = 3, 8
#: Somebody who is not seen any more may be hidden by the person for so long, seconds: an easy walk is 1.1 m/s, the
#: person's box 1 to 2 m broad.
HIDES = 2.5

_GRID, _EDGES = ACROSS * DOWN, ACROSS * FIELDS
#: Pixels of the grid that the gain is learned of: every third goes through all columns.
_SPARSE = slice(0, _GRID, 3)
_NOT_USABLE = np.float32(np.inf)


class Light:
    """Knows the room at a grid of pixels, and at edges, of pictures of ``width`` × ``height``.

    ``gain`` (3, 1) how much brighter than the room each colour of the newest picture is.  ``changed``: it is another
    light, or another place of the camera, not only for a moment.
    """

    def __init__(self, width: int, height: int) -> None:
        self.gain = np.ones((3, 1), np.float32)
        self.changed = False
        self._width = width
        column, row = np.arange(ACROSS), np.arange(DOWN)[:, None]
        self._pixels = np.zeros(_GRID + 2 * _EDGES, np.intp)
        x, y = ((column + 0.5) * width / ACROSS).astype(np.intp), (row + column * LOWER % 1) * height / DOWN
        self._pixels[:_GRID] = (y.astype(np.intp) * width + x).ravel()
        self._known, self._sharp = np.zeros(self._pixels.shape, bool), np.zeros(_EDGES, bool)
        self._keen = np.zeros(self._pixels.shape, np.float32)
        self._room = np.zeros((3, len(self._pixels)), np.float32)
        self._shares, self._dull = np.zeros_like(self._room[:, _SPARSE]), np.zeros_like(self._known[_SPARSE])
        self._changed_looks = 0
        self._somebody = -math.inf
        self._place()

    def _place(self) -> None:
        """Where the pixels are."""
        self._y, self._x = np.divmod(self._pixels, self._width)
        self._bytes = 3 * self._pixels + np.arange(3)[:, None]

    def find_edges(self, room: np.ndarray) -> None:
        """Choose the edges of the ``room`` (height, 3·width) uint8; those where it is not known do not count."""
        sides, sharpness = sharpest(room[:, 1::3].astype(np.int16))
        self._pixels[_GRID:], self._sharp[:] = sides.ravel(), sharpness >= SHARP
        self._place()

    def learn(self, room: np.ndarray, spread: np.ndarray, known: np.ndarray) -> None:
        """Take over what is ``known`` (height, width) bool of the ``room`` (height, 3·width) and its ``spread``."""
        self._room[:] = room.reshape(-1)[self._bytes]
        sparse = self._room[:, _SPARSE]
        np.divide(1, np.maximum(sparse, 1), out=self._shares)
        self._dull[:] = sparse.max(axis=0) < DAZZLED
        self._keen[:] = KEEN[spread.reshape(-1)[self._pixels]]
        self._known[:] = known.reshape(-1)[self._pixels]

    def forget(self) -> None:
        """Nothing of the room is known any more."""
        self.gain[:] = 1.0
        self.changed = False
        self._known[:] = self._sharp[:] = False
        self._changed_looks = 0

    @property
    def steady(self) -> bool:
        """The newest look has not found the light changed."""
        return self._changed_looks == 0

    def look(self, image: np.ndarray, box: tuple[int, int, int, int] | None, t: float) -> Why:
        """What has become of the room in ``image`` (height, width, 3) uint8 outside the person's ``box`` at ``t``.

        LIGHT_CHANGED, COMPANY or SEEN; NO_BACKGROUND while too little of it is known.
        """
        outside = self._known
        if box is not None:
            left, top, right, bottom = box
            away = (self._x < left) | (self._x >= right)
            away |= self._y < top
            away |= self._y >= bottom
            outside = away & outside
        if np.count_nonzero(outside[:_GRID]) < FEWEST:
            self.gain[:] = 1.0
            return Why.NO_BACKGROUND
        both = np.empty((6, len(outside)), np.float32)
        both[:3], both[3:] = image.reshape(-1)[self._bytes], self._room
        self._find_gain(both[:3], outside)
        differing = differ(both, self.gain, self._keen) >= 1
        # an edge that has moved over a brighter wall looks as a shadow does
        differing[_GRID:] = np.abs(both[1, _GRID:] - both[4, _GRID:]) >= SHARP / 2
        differing &= outside
        why = self._judge(differing, outside)
        self._changed_looks = self._changed_looks + 1 if why is Why.LIGHT_CHANGED else 0
        self.changed = self._changed_looks >= (CHANGED_UNSEEN if box is None else CHANGED_LOOKS)
        if why is Why.COMPANY and box is not None:
            self._somebody = t
        hidden = why is Why.SEEN and 0 <= t - self._somebody < HIDES
        return Why.COMPANY if hidden else why

    def _find_gain(self, seen: np.ndarray, outside: np.ndarray) -> None:
        """The gain is the median of the pixels that are not dazzled."""
        usable = seen[:, _SPARSE].max(axis=0) < DAZZLED
        usable &= self._dull
        usable &= outside[_SPARSE]
        n = np.count_nonzero(usable)
        if n < FEWEST_USABLE:
            self.gain[:] = 1.0
            return
        shares = np.where(usable, seen[:, _SPARSE] * self._shares, _NOT_USABLE)
        shares.partition(n // 2, axis=1)
        self.gain[:] = shares[:, n // 2, None]

    def _judge(self, differing: np.ndarray, outside: np.ndarray) -> Why:
        """What it means that these of the pixels ``outside`` the person differ from the room; both (560,) bool."""
        columns = np.add.reduce(differing[:_GRID].reshape(DOWN, ACROSS), axis=0, dtype=np.intp).tolist()
        all_of_them = sum(columns)
        of = np.count_nonzero(outside[:_GRID])
        (one, other), seen = differing[_GRID:].reshape(2, _EDGES), outside[_GRID:].reshape(2, _EDGES)
        edges, moved = (
            np.count_nonzero((each & self._sharp).reshape(FIELDS, ACROSS).any(axis=0))
            for each in (seen.all(axis=0), one | other)
        )
        shifted = moved >= FEWEST_MOVED and moved > SHIFTED * edges
        some = all_of_them > SOME * of
        broad = some and sum(map(bool, columns)) > BROAD
        lowest, _, highest = sorted(self.gain.ravel().tolist())
        if shifted or broad or all_of_them > CHANGED * of or not GAINS[0] <= lowest <= highest <= GAINS[1]:
            return Why.LIGHT_CHANGED
        return Why.COMPANY if some or max(map(add, columns, columns[1:])) >= SOMEBODY else Why.SEEN


def sharpest(green: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The sharpest edges of ``green`` (height, width) int16, FIELDS in each of ACROSS columns.

    The pixels on both sides of each (2, 80), counted along the rows, and by how many grey levels they are apart (80,).
    """
    height, width = green.shape
    down, across = (height - APART) // FIELDS, (width - APART) // ACROSS
    lower, right = FIELDS * down, ACROSS * across
    here = green[:lower, :right]
    level = np.abs(green[APART : lower + APART, :right] - here)
    upright = np.abs(green[:lower, APART : right + APART] - here)
    fields = np.maximum(level, upright).reshape(FIELDS, down, ACROSS, across).swapaxes(1, 2).reshape(_EDGES, -1)
    best, field = fields.argmax(axis=1), np.arange(_EDGES)
    y, x = field // ACROSS * down + best // across, field % ACROSS * across + best % across
    pixels, away = y * width + x, APART * np.where(level[y, x] > upright[y, x], width, 1)
    return np.stack((pixels, pixels + away)), fields[field, best]
