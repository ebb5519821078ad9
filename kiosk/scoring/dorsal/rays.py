"""Rays from the chord hip → shoulder to the back: where along each of them the person ends (biomechanics 3.3)."""

from __future__ import annotations

import numpy as np

from kiosk.scoring.dorsal.background import Background
from kiosk.scoring.dorsal.contour import FIRST, LAST, STANDS, STATIONS

#: Samples of a ray, and how long it is, in lengths of the chord (biomechanics 3.3): at the standing mark a sample is
#: about a pixel.
SAMPLES, LONG = 40, 0.45
#: Samples of the wall that must be seen beyond an end before it is believed (two of the person in a row are no noise).
BEYOND = 3
#: Of a ray up to its end more must differ from the wall than not: patches of clothes may be like the wall, yet what is
#: mostly wall belongs to somebody behind.
COVERED = 0.5
#: So many samples before the first of the wall the person is wholly there.
WELL_INSIDE = 3

_REACH = np.linspace(0.0, LONG, SAMPLES, dtype=np.float32)
_STEP = np.float32(LONG / (SAMPLES - 1))
#: 1, how far up the chord and how far out each sample is, (3, SAMPLES·STATIONS): the first samples of all rays first.
_SAMPLED = np.stack(
    (
        np.ones((SAMPLES, STATIONS), np.float32),
        np.tile(STANDS, (SAMPLES, 1)),
        np.repeat(_REACH[:, None], STATIONS, axis=1),
    )
).reshape(3, -1)
#: The number of each sample but the first.
_NEXT = np.arange(1, SAMPLES, dtype=np.uint8)[:, None]
#: The second sample of each ray.
_AFTER = np.arange(STATIONS) + STATIONS
#: No edge is so soft.
_LEAST = np.float32(1e-6)


class Rays:
    """``ends`` (48,) float32: how far from the chord the person ends, in lengths of it; NaN where no end is seen.

    ``known``: the share (0..1) of rays at whose end the background is known.
    """

    def __init__(self) -> None:
        self.ends = np.full(STATIONS, np.nan, np.float32)
        self.known = 0.0
        self._places = np.ones((3, SAMPLES * STATIONS), np.float32)
        self._counted = np.empty((4, SAMPLES * STATIONS), np.float32)
        self._pixels = np.empty(self._counted.shape, np.intp)

    def cast(self, image: np.ndarray, room: Background, chord: np.ndarray, facing: int) -> bool:
        """Look along the rays; False when they reach out of the picture.

        ``chord`` (2, 2) its lower and its upper end in pixels; ``facing`` +1 right, -1 left.
        """
        if not self._place(room, chord, facing):
            return False
        pixels, parts = self._pixels[0], self._pixels[1:]
        self._find_ends(room.compare(image, pixels, parts).reshape(SAMPLES, STATIONS), room)
        return True

    def _place(self, room: Background, chord: np.ndarray, facing: int) -> bool:
        """Which pixels the samples are, and their red, green and blue; whether all of them are in the picture."""
        (x, y), (end_x, end_y) = chord.tolist()
        along_x, along_y = end_x - x, end_y - y
        out_x, out_y = facing * along_y, -facing * along_x
        # whole pixels are what is left of the point
        x, y = x + 0.5, y + 0.5
        if not (reaches(x, along_x, out_x, room.width) and reaches(y, along_y, out_y, room.height)):
            return False
        places = self._places[:2]
        np.matmul(np.array(((x, along_x, out_x), (y, along_y, out_y)), np.float32), _SAMPLED, out=places)
        np.trunc(places, out=places)
        # numbers below 2²⁴ are whole in float32, too
        np.matmul(room.counting, self._places, out=self._counted)
        np.copyto(self._pixels, self._counted, casting="unsafe")
        return True

    def _find_ends(self, difference: np.ndarray, room: Background) -> None:
        """The outermost samples of the person, and where beyond them the edge is."""
        person = (difference >= 1).view(np.uint8)
        pairs = person[1:] & person[:-1]
        last = (pairs * _NEXT).max(axis=0)  # sample of the person; 0 where there is none
        at = np.multiply(np.minimum(last, SAMPLES - 2), STATIONS, dtype=np.intp)
        at += _AFTER
        seen = room.knows(self._pixels[0][at])
        self.known = np.count_nonzero(seen) / STATIONS
        seen &= last < SAMPLES - BEYOND
        seen &= np.add.reduce(pairs, axis=0, dtype=np.uint8) > COVERED * last
        # the edge is where half of what the person differs by is left: a lens makes it soft
        flat = difference.ravel()
        outside = flat[at]
        at -= STATIONS
        inside = flat[at]
        half = flat[at - (WELL_INSIDE - 1) * STATIONS]
        half *= 0.5
        ends = np.subtract(inside, half, out=self.ends)
        ends /= np.maximum(inside - outside, _LEAST)
        np.maximum(ends, -1, out=ends)
        np.minimum(ends, 1, out=ends)
        ends += last
        ends *= _STEP
        ends[~seen] = np.nan


def reaches(start: float, along: float, out: float, size: int) -> bool:
    """Whether the rays begin and end between 0 and ``size`` in one direction of the picture, all in pixels."""
    low, high = sorted((FIRST * along, LAST * along))
    beyond = LONG * out
    return start + low + min(beyond, 0.0) >= 0 and start + high + max(beyond, 0.0) < size
