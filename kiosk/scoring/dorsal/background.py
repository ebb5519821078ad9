"""The empty room behind the person: learned where nobody is, compared with what is seen (biomechanics 3.3).

Sigma-delta (Manzanera and Richefeu 2007): each pixel's model steps by one grey level towards what it sees, its spread
by one towards how far that was off.  The model is kept in the camera's own red-green-blue, so that nothing is converted
but the few pixels that are compared.
"""

from __future__ import annotations

import math

import numpy as np

from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.pose import Pose

#: Seconds between updates: while the room is being learned, and once it is known (biomechanics 3.3).
LEARN_EVERY, KEEP_EVERY = 1 / 3, 1.0
#: Updates in a row that a pixel must have looked the same before it is known: 5 s.
LEARNED = 15
#: Grey levels by which a pixel may differ and be the same: ten times the noise of a small sensor (biomechanics 3.3).
SAME = 14.0
#: So many spreads are noise.
SPREADS = 4.0
#: Least spread, grey levels.
LEAST_SPREAD = 2
#: Difference of the two chroma values, added, that is another colour; and below which, as a share of that, a darker
#: pixel is a shadow (biomechanics 3.3: 10 and 6).
OTHER_COLOUR, SHADOW_COLOUR = 10.0, np.float32(0.6)
#: A shadow takes no more than 40 % of the light (biomechanics 3.3).
SHADOW = np.float32(0.6)
#: Pixels compared to learn how the light as a whole has changed, a grid over the picture (biomechanics 3.3: 400).
ACROSS, DOWN = 20, 20
#: Fewer of them known and outside the person say nothing.
FEWEST = 40
#: Gains that are one and the same light; and those that a camera may still be compensated for.
SAME_GAIN, GAINS = 0.02, (0.5, 2.0)
#: Share of those pixels which differ when it is another light or another place of the camera; or when somebody or
#: something else has come into the picture.
CHANGED, COMPANY = 0.25, 0.04
#: Looks in a row that must find the light changed before the room is forgotten: one may be a flash.
CHANGED_LOOKS = 3
#: The person's box is grown by this share of its size on every side, and counts joints with at least this score.
GROWN, SCORE = 0.25, 0.2
#: Seconds for which nobody must have been seen before the whole picture is the room's.
GONE = 2.0
#: Of red, green, blue the luma, and the two chroma values in units of OTHER_COLOUR (ITU-R BT.601).
COLOURS = np.array(((0.299, 0.587, 0.114), (-0.1687, -0.3313, 0.5), (0.5, -0.4187, -0.0813)), np.float32)
COLOURS[1:] /= OTHER_COLOUR
#: Shares of light are taken of no less than this, grey levels.
_DARKEST = np.float32(1)
#: Thresholds that a grey level is worth, by the spread.
_KEEN = (1 / np.maximum(SPREADS * np.arange(256), SAME)).astype(np.float32)


class Background:
    """The empty room in pictures of ``width`` × ``height`` pixels; everything is allocated here.

    ``why`` it cannot be compared with now, "" while it can; ``unknown``: why pixels are that are not known.  ``gain``
    (3,) how much brighter than the model each colour of the newest picture is.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.gain = np.ones(3, np.float32)
        self.why = Why.NO_BACKGROUND
        self.unknown = Why.NO_BACKGROUND
        self._room = np.zeros((height, 3 * width), np.uint8)
        self._spread = np.full((height, width), LEAST_SPREAD, np.uint8)
        self._known = np.zeros((height, width), np.uint8)
        self._now, self._was, self._off = (np.empty_like(self._spread) for _ in range(3))
        self._more = np.empty(self._room.shape, bool)
        x = ((np.arange(ACROSS) + 0.5) * width / ACROSS).astype(np.intp)
        y = ((np.arange(DOWN) + 0.5) * height / DOWN).astype(np.intp)
        self._grid_x, self._grid_y = np.tile(x, DOWN), np.repeat(y, ACROSS)
        self._grid = self._grid_y * width + self._grid_x
        self._changed_looks = 0
        self._complete = False
        self._updated = self._seen_somebody = -math.inf

    def forget(self, why: Why) -> None:
        """The room is another one, because of ``why``: learn it anew."""
        self._known.fill(0)
        self._spread.fill(LEAST_SPREAD)
        self.gain[:] = 1.0
        self._changed_looks = 0
        self._complete = False
        self.why = self.unknown = why

    def watch(self, image: np.ndarray, pose: Pose) -> None:
        """See how the light is in ``image`` (height, width, 3) uint8, and learn what is outside the person of ``pose``.

        ``pose`` is that of the same picture.
        """
        if pose.present:
            self._seen_somebody = pose.t
        box = grown_box(pose) if pose.present else None
        self._check(image, box)
        learning = not self._complete if box is None else self.why in (Why.NO_BACKGROUND, Why.LIGHT_CHANGED)
        if pose.t - self._updated < (LEARN_EVERY if learning else KEEP_EVERY):
            return
        if box is None and pose.t - self._seen_somebody < GONE:
            return
        steady = np.abs(self.gain - 1).max() <= SAME_GAIN
        if box is None or (steady and self._changed_looks == 0):
            # what the gain already explains must not be learned beside a person: behind them it could not be
            self._updated = pose.t
            complete = [self._learn(image, *part) for part in around(box, self.width, self.height)]
            self._complete = complete == [True] if box is None else self._complete

    def compare(self, image: np.ndarray, pixels: np.ndarray) -> np.ndarray:
        """How much ``image`` differs from the room at ``pixels`` (n,), counted along the rows: (n,) float32.

        1 is the threshold from which a pixel is not the room's; a shadow is 0.
        """
        seen = COLOURS @ image.reshape(-1, 3).take(pixels, axis=0).T.astype(np.float32)
        room = (COLOURS * self.gain) @ self._room.reshape(-1, 3).take(pixels, axis=0).T.astype(np.float32)
        return differ(seen, room, _KEEN.take(self._spread.take(pixels)))

    def knows(self, pixels: np.ndarray) -> np.ndarray:
        """At which of ``pixels`` (n,) the room is known, (n,) bool."""
        return self._known.take(pixels) >= LEARNED

    def _check(self, image: np.ndarray, box: tuple[int, int, int, int] | None) -> None:
        """Find the gain; know when the light, or the camera's place, is another one."""
        outside = self.knows(self._grid)
        if box is not None:
            left, top, right, bottom = box
            x, y = self._grid_x, self._grid_y
            outside &= (x < left) | (x >= right) | (y < top) | (y >= bottom)
        pixels = self._grid[outside]
        if len(pixels) < FEWEST:
            self.gain[:] = 1.0
            self.why = self.unknown
            return
        seen = image.reshape(-1, 3).take(pixels, axis=0).astype(np.float32)
        room = np.maximum(self._room.reshape(-1, 3).take(pixels, axis=0), 1)
        self.gain[:] = np.sort((seen / room).T)[:, len(pixels) // 2]  # the median
        differing = float((self.compare(image, pixels) >= 1).mean())
        if differing > CHANGED or not GAINS[0] <= self.gain.min() <= self.gain.max() <= GAINS[1]:
            self._changed_looks += 1
            self.why = Why.LIGHT_CHANGED
            if self._changed_looks >= CHANGED_LOOKS:
                self.forget(Why.LIGHT_CHANGED)
            return
        self._changed_looks = 0
        self.why = Why.COMPANY if differing > COMPANY else Why.SEEN

    def _learn(self, image: np.ndarray, rows: slice, columns: slice) -> bool:
        """One step of the model in a rectangle of the picture; whether all of it was known before."""
        wide = slice(3 * columns.start, 3 * columns.stop)
        now, room = image.reshape(self.height, -1)[rows, wide], self._room[rows, wide]
        off = self._differ_green(now, room, rows, columns)
        complete = self._count(now, room, off, rows, columns)
        approach(room, now, self._more[rows, wide])
        spread = self._spread[rows, columns]
        approach(spread, off, self._more[rows, columns])
        np.maximum(spread, LEAST_SPREAD, out=spread)
        return complete

    def _differ_green(self, now: np.ndarray, room: np.ndarray, rows: slice, columns: slice) -> np.ndarray:
        """How far off the model's green is, grey levels; green is most of the luma, and there are twice as many such
        pixels on the sensor.
        """
        green, was, off = self._now[rows, columns], self._was[rows, columns], self._off[rows, columns]
        green[:], was[:] = now[:, 1::3], room[:, 1::3]
        np.maximum(green, was, out=off)
        np.minimum(green, was, out=was)
        return np.subtract(off, was, out=off)

    def _count(self, now: np.ndarray, room: np.ndarray, off: np.ndarray, rows: slice, columns: slice) -> bool:
        """Count the updates of pixels not yet known, begin again with those that looked different; whether none was."""
        known = self._known[rows, columns]
        if known.size == 0 or known.min() >= LEARNED:
            return True
        moved = (off > SAME) & (known < LEARNED) | (known == 0)
        np.copyto(room.reshape(*known.shape, 3), now.reshape(*known.shape, 3), where=moved[:, :, None])
        known[moved] = 0
        known += known < LEARNED
        return False


def differ(seen: np.ndarray, room: np.ndarray, keen: np.ndarray) -> np.ndarray:
    """How much colours ``seen`` (3, n) differ from the ``room``'s, in thresholds; 0 in a shadow.

    Both as COLOURS makes them; ``keen`` (n,) thresholds that a grey level is worth there.
    """
    off = seen - room
    np.abs(off, out=off)
    off[0] *= keen
    off[1] += off[2]
    difference = np.maximum(off[0], off[1])
    shade = seen[0] / np.maximum(room[0], _DARKEST)
    # a shadow takes the same share from all colours, so that they keep their hue
    np.multiply(room[1:], shade, out=off[1:])
    off[1:] -= seen[1:]
    np.abs(off, out=off)
    off[1] += off[2]
    shadow = off[1] < SHADOW_COLOUR
    shadow &= shade > SHADOW
    shadow &= shade < 1
    difference[shadow] = 0
    return difference


def approach(model: np.ndarray, now: np.ndarray, more: np.ndarray) -> None:
    """Step ``model`` by one towards ``now``, both uint8; ``more`` is room for bools of their shape."""
    np.greater(now, model, out=more)
    np.add(model, more.view(np.uint8), out=model)
    np.less(now, model, out=more)
    np.subtract(model, more.view(np.uint8), out=model)


def grown_box(pose: Pose) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of where the person of ``pose`` may be, in pixels, within the picture."""
    points = pose.points[pose.scores >= SCORE]
    points = points[~np.isnan(points).any(axis=1)]
    if len(points) == 0:
        return 0, 0, pose.width, pose.height
    (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    aside, up = GROWN * (right - left), GROWN * (bottom - top)
    # side-on a body is hardly wider than a line of joints: it grows by its height there, too
    aside = max(aside, up)
    return (
        max(0, int(left - aside)),
        max(0, int(top - up)),
        max(0, min(pose.width, math.ceil(right + aside))),
        max(0, min(pose.height, math.ceil(bottom + up))),
    )


def around(box: tuple[int, int, int, int] | None, width: int, height: int) -> list[tuple[slice, slice]]:
    """Rows and columns of the rectangles that a picture without ``box`` is made of."""
    if box is None:
        return [(slice(0, height), slice(0, width))]
    left, top, right, bottom = box
    return [
        (slice(0, top), slice(0, width)),
        (slice(bottom, height), slice(0, width)),
        (slice(top, bottom), slice(0, left)),
        (slice(top, bottom), slice(right, width)),
    ]
