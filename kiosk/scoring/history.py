"""The last seconds of rows, in arrays of fixed length (biomechanics 5.1: ring buffers)."""

from __future__ import annotations

import math

import numpy as np

#: Rows kept: a repetition of 15 s at 60 frames a second, with the standing before it.
ROWS = 1024
#: Rows that a statistic looks at, at most; longer stretches are thinned out evenly, so that its cost is bounded.
LOOKED_AT = 96


class History:
    """A ring of ``ROWS`` frames: time, and ``columns`` numbers each.

    Every row is written twice, one ring's length apart, so that the newest ``ROWS`` always lie side by side.
    """

    def __init__(self, columns: int) -> None:
        self._times = np.full(2 * ROWS, -np.inf)
        self._values = np.full((2 * ROWS, columns), np.nan, np.float32)
        self._next = 0

    def write(self, t: float, row: np.ndarray) -> None:
        """Add ``row`` (columns,) of the frame at ``t`` seconds, later than all before."""
        for place in (self._next, self._next + ROWS):
            self._times[place] = t
            self._values[place] = row
        self._next = (self._next + 1) % ROWS

    def between(self, start: float, end: float) -> tuple[np.ndarray, np.ndarray]:
        """Times (n,) and values (n, columns) of the frames from ``start`` to ``end`` seconds, both included; views."""
        times = self._times[self._next : self._next + ROWS]
        first, last = times.searchsorted(start, "left"), times.searchsorted(end, "right")
        return times[first:last], self._values[self._next + first : self._next + last]


def quantile(values: np.ndarray, share: float, least: int, coverage: float) -> np.ndarray:
    """The ``share`` quantile (0.5: median) of each column of ``values`` (n, columns), NaN left out.

    NaN where fewer than ``least`` frames were seen, or less than ``coverage`` (0..1) of them.
    """
    return quantiles(values, (share,), least, coverage)[0]


def quantiles(values: np.ndarray, shares: tuple[float, ...], least: int, coverage: float) -> list[np.ndarray]:
    """The same for several ``shares``: what costs is the sorting, which is done once."""
    count = len(values)
    if count == 0:
        return [np.full(values.shape[1], np.nan, np.float32) for _ in shares]
    ordered = values[:: -(-count // LOOKED_AT)].T.copy()
    ordered.sort(axis=1)
    looked = ordered.shape[1]
    seen = np.add.reduce(ordered == ordered, axis=1)
    too_few = seen < max(least * looked / count, coverage * looked, 1)
    first = np.arange(0, ordered.size, looked)
    found = []
    for share in shares:
        # the mean of the two in the middle, so that an even number of frames has no bias
        place = share * (seen - 1)
        low = place.astype(int)
        high = low + (place > low)
        middle = (ordered.take(first + low) + ordered.take(first + high)) / 2
        middle[too_few] = np.nan
        found.append(middle)
    return found


def quantile_of(values: np.ndarray, share: float, least: int, coverage: float) -> float:
    """The same of a single column (n,), at less cost."""
    known = values[values == values]
    seen = len(known)
    if seen < max(least, coverage * len(values), 1):
        return math.nan
    known.sort()
    low = int(share * (seen - 1))
    high = low + (share * (seen - 1) > low)
    return float(known[low] + known[high]) / 2
