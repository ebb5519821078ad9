"""The stretch of the history that one movement takes, and the statistics that are made of it.

Statistics are medians over a phase window of raw median-of-three values, never single frames (biomechanics 2.1, 5.2).
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kiosk.scoring.dorsal.own import UNKNOWN, OwnBack
from kiosk.scoring.history import History, quantile, quantile_of
from kiosk.scoring.lean import DEFAULT, Lean, LeanModel, LeanOff

if TYPE_CHECKING:
    from kiosk.scoring.calibration import Standing
    from kiosk.scoring.phases import Movement

#: Columns of the history at the end of a row: the smoothed driver, and whether the view was that of the set (1 or 0).
DRIVER, IN_VIEW = -2, -1

#: The bottom is where the driver is within a tenth of its peak (signals, head), or within so many standard deviations
#: of its noise: of a shallow movement only the topmost jitter is nearer.
DEEP, SURE = 0.9, 2.0
#: Seconds before the close that count as lockout.
TOP_SECONDS = 0.3
#: Seconds looked back before the onset for the way down's beginning.
BEFORE = 0.7
#: A way down or up is timed from 20 to 90 % of its depth, free of pauses, jitter at rest and filter lag: that is 0.50
#: of the time of a half cosine and 0.43 of a minimum-jerk movement, between which people lie.
TIMED_FROM, TIMED_SHARE = 0.2, 0.46
#: Share of a half cosine's time that it spends beyond 90 % of its depth.
DEEP_SHARE = 0.205
#: Frames that a statistic needs, and the share of them that must be seen (biomechanics 2.1).
FRAMES, COVERAGE = 3, 0.6


class Stretch:
    """One movement's rows, from shortly before its onset until ``now``; what is asked for is made then, and kept.

    ``columns`` are those of a row by quantity.  ``times`` (n,), ``values`` (n, columns), ``q`` (n,) the smoothed driver
    above its start, to either side, and its ``peak``; the movement has ``begun`` at that index, and is at its bottom
    from ``first`` to ``last``, in the frames ``deep``.  ``above`` is what the driver counts at the start.  ``seat`` is
    how far down the seat is, trunk lengths, NaN until learnt; ``own`` what is known of the person's back; ``lean`` what
    a good lean over the basin looks like.
    """

    def __init__(
        self,
        history: History,
        standing: Standing,
        columns: dict[str, int],
        movement: Movement,
        driver: str,
        now: float,
        seat: float = math.nan,
        own: OwnBack = UNKNOWN,
        lean: LeanModel = DEFAULT,
    ) -> None:
        self._history, self._columns = history, columns
        self._rest, self._scale = standing.rest, standing.scale
        column = columns[driver]
        #: The driver is measured from the start, even if it counts as it is.
        self.above = float((standing.rest[column] - standing.start[column]) * standing.scale[column])
        self._standing = standing
        self.own, self.lean = own, lean
        self.movement, self.driver, self.seat = movement, driver, seat
        self.see(now)
        self.peak = float(np.fmax.reduce(self.q[self.begun :]))
        self.deep = self._bottom_frames()
        self.first: int = int(self.deep[0])
        self.last: int = int(self.deep[-1])

    def see(self, now: float) -> None:
        """Take in the frames until ``now``, seconds."""
        self.now = now
        self.times, self.values = self._history.between(self.movement.start - BEFORE, now)
        self.begun = int(self.times.searchsorted(self.movement.start))
        self.q = np.abs(self._calibrated(self.values[:, DRIVER], self._columns[self.driver]) + self.above)

    def of(self, name: str) -> np.ndarray:
        """The quantity of that ``name``, calibrated, in every frame (n,)."""
        column = self._columns[name]
        return self._calibrated(self.values[:, column], column)

    def start(self, name: str) -> float:
        """The quantity as it was at the start, of those that count as they are."""
        return float(self._standing.start[self._columns[name]])

    def during(self, name: str) -> np.ndarray:
        """The same from the movement's onset on."""
        return self.of(name)[self.begun :]

    def between(self, name: str, start: float, end: float) -> np.ndarray:
        """The same from ``start`` to ``end`` seconds."""
        first, last = self.times.searchsorted((start, end), "left")
        return self.of(name)[first:last]

    @cached_property
    def before(self) -> dict[str, float]:
        """Calibrated medians before the movement, of which the driver shows only so much at its onset."""
        start = self.movement.start - BEFORE
        return self._medians(self._rows(start, start + TOP_SECONDS))

    @cached_property
    def bottom(self) -> dict[str, float]:
        """Calibrated medians at the bottom, by quantity."""
        return self._medians(self.values.take(self.deep, axis=0))

    @cached_property
    def lean_off(self) -> LeanOff:
        """How far a lean over the basin is from a good one."""
        bottom = self.bottom
        return self.lean.off(Lean(bottom["lean_near"], bottom["sink_gap"], bottom["sink_width"], bottom["sink_hips"]))

    @cached_property
    def top(self) -> dict[str, float]:
        """The same at the top: where the movement says it is, else just before ``now``."""
        start, end = self.movement.top or (self.now - TOP_SECONDS, self.now)
        return self._medians(self._history.between(start, end)[1])

    @cached_property
    def ways(self) -> tuple[float, float, float]:
        """Seconds of the way down, the pause and the way up, each as if it went all the way."""
        driver = np.abs(self.of(self.driver) + self.above)
        first, last = self.first, self.last
        down = _way(self.times[: last + 1], driver[: last + 1], self.peak)
        up = _way(-self.times[first:][::-1], driver[first:][::-1], self.peak)
        stayed = float(self.times[last] - self.times[first]) - DEEP_SHARE * (down + up)
        return down, max(0.0, stayed), up

    def seen(self, columns: list[int]) -> tuple[list[float], float, float]:
        """Shares of the movement's frames, 0..1: each of ``columns`` seen, all of them, and in view."""
        values = self.values[self.begun :]
        needed = values.take(columns, axis=1)
        seen, frames = needed == needed, len(values)
        together = np.count_nonzero(np.logical_and.reduce(seen, axis=1)) / frames
        return (np.add.reduce(seen) / frames).tolist(), together, np.count_nonzero(values[:, IN_VIEW]) / frames

    def _bottom_frames(self) -> np.ndarray:
        """Where the movement says its bottom is, else near its peak: not the machine's peak, which may be forgotten."""
        if self.movement.deep:
            first, last = self.times.searchsorted(self.movement.deep, "left")
            return np.arange(min(first, len(self.times) - 1), max(last, first + 1))
        doubt = float(np.fmax(SURE * self._standing.noise[self._columns[self.driver]], 0.0))
        return self.begun + np.flatnonzero(self.q[self.begun :] >= min(DEEP * self.peak, self.peak - doubt))

    def _rows(self, start: float, end: float) -> np.ndarray:
        first, last = self.times.searchsorted((start, end), "left")
        return self.values[first : last + 1]

    def _medians(self, rows: np.ndarray) -> dict[str, float]:
        known = self._standing.calibrated(quantile(rows[:, :DRIVER], 0.5, FRAMES, COVERAGE)).tolist()
        return {name: known[column] for name, column in self._columns.items()}

    def _calibrated(self, values: np.ndarray, column: int) -> np.ndarray:
        return (values - self._rest[column]) * self._scale[column]


def middle(values: np.ndarray) -> float:
    """The median of ``values`` (n,), NaN when too little of it was seen."""
    return quantile_of(values, 0.5, FRAMES, COVERAGE)


def nearly_most(values: np.ndarray) -> float:
    """The 90 % quantile of ``values`` (n,): nearly the most, but never one frame."""
    return quantile_of(values, 0.9, FRAMES, COVERAGE)


def nearly_least(values: np.ndarray) -> float:
    """The 10 % quantile of ``values`` (n,)."""
    return quantile_of(values, 0.1, FRAMES, COVERAGE)


def _way(times: np.ndarray, q: np.ndarray, peak: float) -> float:
    """Seconds of a way from the start to the bottom, where ``q`` ends; NaN where its beginning was not seen."""
    known = q == q
    times, q = times[known], q[known]
    if len(q) == 0:
        return math.nan
    deep = int((q >= DEEP * peak).argmax())
    times, q = times[: deep + 1], q[: deep + 1]
    floor = max(0.0, float(np.fmin.reduce(q)))
    begin = _crossing(times, q, floor + TIMED_FROM * (peak - floor))
    return (_crossing(times, q, DEEP * peak) - begin) / TIMED_SHARE


def _crossing(times: np.ndarray, q: np.ndarray, level: float) -> float:
    """When ``q`` last rose through ``level``, between frames by proportion."""
    below = last_below(q, level)
    if below < 0:
        return math.nan
    if below == len(q) - 1:
        return float(times[-1])
    (before, after), (t_before, t_after) = q[below : below + 2].tolist(), times[below : below + 2].tolist()
    return t_before + (t_after - t_before) * (level - before) / (after - before)


def last_below(q: np.ndarray, level: float) -> int:
    """Where ``q`` was last not above ``level``, -1 if never."""
    if len(q) == 0:
        return -1
    above = (q > level)[::-1]
    run = int(above.argmin())
    return -1 if above[run] else len(q) - 1 - run
