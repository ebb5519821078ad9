"""Rays from the chord hip → shoulder to the back: where along each of them the person ends (biomechanics 3.3)."""

from __future__ import annotations

import numpy as np

from kiosk.scoring.dorsal.background import Background
from kiosk.scoring.dorsal.contour import STANDS, STATIONS

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
#: The sample with which each ray begins, counted through.
_STARTS = np.arange(STATIONS) * SAMPLES
#: No edge is so soft.
_LEAST = np.float32(1e-6)


class Rays:
    """``ends`` (48,) float32: how far from the chord the person ends, in lengths of it; NaN where no end is seen.

    ``known``: the share (0..1) of rays at whose end the background is known.
    """

    def __init__(self) -> None:
        self.ends = np.full(STATIONS, np.nan, np.float32)
        self.known = 0.0
        self._places = np.empty((2, STATIONS, SAMPLES), np.float32)
        self._pixels, self._rows = (np.empty((STATIONS, SAMPLES), np.intp) for _ in range(2))

    def cast(self, image: np.ndarray, room: Background, chord: np.ndarray, facing: int) -> bool:
        """Look along the rays; False when they reach out of the picture.

        ``chord`` (2, 2) its lower and its upper end in pixels; ``facing`` +1 right, -1 left.
        """
        if not self._place(room, chord, facing):
            return False
        np.copyto(self._pixels, self._places[0], casting="unsafe")
        np.copyto(self._rows, self._places[1], casting="unsafe")
        self._rows *= room.width
        self._pixels += self._rows
        difference = room.compare(image, self._pixels.ravel()).reshape(STATIONS, SAMPLES)
        self._find_ends(difference, room)
        return True

    def _place(self, room: Background, chord: np.ndarray, facing: int) -> bool:
        """Where the samples are; whether all of them are in the picture."""
        (x, y), (end_x, end_y) = chord.tolist()
        along = np.array(((end_x - x,), (end_y - y,)), np.float32)
        out = np.array(((facing * (end_y - y),), (-facing * (end_x - x),)), np.float32)
        feet = along * STANDS
        feet += ((x + 0.5,), (y + 0.5,))  # whole pixels are what is left of the point
        np.add(feet[:, :, None], (out * _REACH)[:, None], out=self._places)
        # the rays fill a rectangle: its corners are its extremes
        corners = self._places[:, :: STATIONS - 1, :: SAMPLES - 1].reshape(2, 4)
        right, bottom = corners.max(axis=1).tolist()
        return bool(corners.min() >= 0 and right < room.width and bottom < room.height)

    def _find_ends(self, difference: np.ndarray, room: Background) -> None:
        """The outermost samples of the person, and where beyond them the edge is."""
        person = difference >= 1
        together = person[:, 1:] & person[:, :-1]
        first = SAMPLES - together[:, ::-1].argmax(axis=1)  # of the wall; SAMPLES where there is no person, too
        at = np.minimum(first, SAMPLES - 1) + _STARTS
        seen = room.knows(self._pixels.take(at))
        self.known = np.count_nonzero(seen) / STATIONS
        seen &= first <= SAMPLES - BEYOND
        seen &= person.sum(axis=1) > COVERED * first
        # the edge is where half of what the person differs by is left: a lens makes it soft
        inside, outside = difference.take(at - 1), difference.take(at)
        half = difference.take(at - WELL_INSIDE, mode="clip") / 2
        beyond = (inside - half) / np.maximum(inside - outside, _LEAST)
        np.clip(beyond, -1, 1, out=beyond)
        np.multiply(beyond + (first - 1), _STEP, out=self.ends)
        self.ends[~seen] = np.nan
