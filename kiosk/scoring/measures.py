"""What a repetition is described by: statistics of its phases, and the table of measures made from them.

Statistics are medians over a phase window of raw median-of-three values, never single frames (biomechanics 2.1, 5.2).
To add a measure: one entry in MEASURES.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kiosk.scoring.calibration import Standing
from kiosk.scoring.geometry import (
    COLUMNS,
    FACE,
    HIP,
    HIP_Y,
    KNEE,
    LEAN,
    NECK,
    RETREAT,
    SHIN,
    SHOULDER_Y,
    THIGH,
    TRAVEL,
    TRUNK,
)
from kiosk.scoring.history import History, quantile, quantile_of
from kiosk.scoring.phases import Movement

#: Columns of the history beyond those of a row: the smoothed driver, and whether the view was the drill's (1 or 0).
DRIVER, IN_VIEW = COLUMNS, COLUMNS + 1
HISTORY_COLUMNS = COLUMNS + 2

#: The bottom is where the driver is within a tenth of its peak (signals, head).
DEEP = 0.9
#: The neck is looked at from half way down until so many seconds after the bottom (biomechanics 2.2, F9).
HALF_WAY, NECK_AFTER = 0.5, 0.4
#: Seconds before the close that count as lockout.
TOP_SECONDS = 0.3
#: Seconds looked back before the onset for the way down's beginning.
BEFORE = 0.7
#: A way down or up is timed from 20 to 90 % of its depth, free of pauses, jitter at rest and filter lag: that is 0.50
#: of the time of a half cosine and 0.43 of a minimum-jerk movement, between which people lie.
TIMED_FROM, TIMED_SHARE = 0.2, 0.46
#: Frames that a statistic needs, the noisier neck more, and the share of them that must be seen (biomechanics 2.1).
FRAMES, NECK_FRAMES, COVERAGE = 3, 8, 0.6
#: Seconds over which fewer frames will do for the neck.
NECK_SECONDS = 0.6
#: Shoulder drop in trunk lengths below which the hinge index is restless (biomechanics 0.3).
LEAST_DROP = 0.20
#: Share of shoulder-to-ear and of ear-to-nose in the neck (biomechanics 2.2, F9a).
NECK_SHARE, FACE_SHARE = 0.6, 0.4
#: Hip retreat in shin lengths that balances a trunk inclination in degrees (biomechanics 2.4, F13).
BALANCE = ((0, 15, 25, 35, 45, 60, 75), (0.0, 0.12, 0.24, 0.35, 0.44, 0.56, 0.63))
#: Trunk inclination below which a share of a hardly begun retreat says nothing.
LEAST_TRUNK = 15.0


@dataclass(slots=True)
class Phases:
    """What one movement's phases were like; unknown is NaN.

    Calibrated medians by column at the ``bottom``; neck and face in the ``neck`` window; the 90 % quantile of the
    knee's ``travel``; seconds of the ways; ``seen`` by needed joint, ``coverage`` (all of them) and ``in_view`` as
    shares of its frames, 0..1; and, filled in last, trunk and hip at the ``top``.
    """

    driver: int
    bottom: list[float]
    neck: list[float]
    travel: float
    down_s: float
    up_s: float
    bounces: int
    seen: list[float]
    coverage: float
    in_view: float
    top: tuple[float, float] = (math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class Measure:
    """One number about a repetition: its ``name``, and ``value`` from its phases.

    ``noise`` is one standard deviation from frame to frame, from those by column.  ``side_on``: it means something only
    when filmed from the side.
    """

    name: str
    value: Callable[[Phases], float]
    noise: Callable[[list[float]], float]
    side_on: bool = True


def _bottom(name: str, column: int) -> Measure:
    return Measure(name, lambda seen: seen.bottom[column], lambda noise: noise[column])


def _neck(seen: Phases) -> float:
    """Neck against trunk; where the nose is not seen the ear alone must do."""
    neck, face = seen.neck
    return neck if math.isnan(face) else NECK_SHARE * neck + FACE_SHARE * face


def _hinge_index(seen: Phases) -> float:
    """0 is a squat, 100 a stoop (biomechanics 0.3)."""
    drop = seen.bottom[SHOULDER_Y]
    return 100 * (1 - seen.bottom[HIP_Y] / drop) if drop >= LEAST_DROP else math.nan


def _retreat_share(seen: Phases) -> float:
    """How far the hips went back, as a share of what balances this trunk (biomechanics 2.4, F13)."""
    trunk = seen.bottom[TRUNK]
    return seen.bottom[RETREAT] / float(np.interp(trunk, *BALANCE)) if trunk >= LEAST_TRUNK else math.nan


#: All measures.  Noise of indices and times is that of five frames (biomechanics 0.3) and of one frame at 10 Hz.
MEASURES = (
    _bottom("trunk", TRUNK),
    _bottom("hip", HIP),
    _bottom("knee", KNEE),
    _bottom("thigh", THIGH),
    _bottom("shin", SHIN),
    _bottom("lean", LEAN),
    _bottom("hip_retreat", RETREAT),
    Measure("range", lambda seen: seen.bottom[seen.driver], lambda noise: noise[TRUNK]),
    Measure("knee_travel", lambda seen: seen.travel, lambda noise: noise[TRAVEL]),
    Measure("retreat_share", _retreat_share, lambda noise: 0.1),
    Measure("neck", _neck, lambda noise: math.hypot(NECK_SHARE * noise[NECK], FACE_SHARE * noise[FACE])),
    Measure("lockout", lambda seen: seen.top[1], lambda noise: noise[HIP]),
    Measure("top_trunk", lambda seen: seen.top[0], lambda noise: noise[TRUNK]),
    Measure("hinge_index", _hinge_index, lambda noise: 5.0, side_on=False),
    Measure("down_s", lambda seen: seen.down_s, lambda noise: 0.1, side_on=False),
    Measure("up_s", lambda seen: seen.up_s, lambda noise: 0.1, side_on=False),
    Measure("bounces", lambda seen: float(seen.bounces), lambda noise: 0.0, side_on=False),
)
NAMES = tuple(measure.name for measure in MEASURES)


class Stretch:
    """One movement's rows of the history, from shortly before its onset until ``now``.

    ``times`` (n,), ``values`` (n, columns), ``q`` (n,) the smoothed driver above standing and its ``peak``; the
    movement has ``begun`` at that index, and is within a tenth of its peak at ``deep`` ones, ``first`` to ``last``.
    """

    def __init__(self, history: History, standing: Standing, movement: Movement, driver: int, now: float) -> None:
        self.times, self.values = history.between(movement.start - BEFORE, now)
        self.q = (self.values[:, DRIVER] - float(standing.rest[driver])) * float(standing.scale[driver])
        self.begun = int(self.times.searchsorted(movement.start))
        q = self.q[self.begun :]
        # not the machine's peak: of a very long movement the history may have forgotten it
        self.peak = float(np.fmax.reduce(q))
        self.deep = self.begun + np.flatnonzero(q >= DEEP * self.peak)
        self.first, self.last = int(self.deep[0]), int(self.deep[-1])


def look_at_bottom(stretch: Stretch, standing: Standing) -> list[float]:
    """Calibrated medians by column at the bottom."""
    rows = stretch.values.take(stretch.deep, axis=0)[:, :COLUMNS]
    return standing.calibrated(quantile(rows, 0.5, FRAMES, COVERAGE)).tolist()


def look_back(
    stretch: Stretch, bottom: list[float], standing: Standing, movement: Movement, driver: int, needs: list[int]
) -> Phases:
    """The phases of a ``movement`` that is home, but for its top; ``needs`` are the columns of the needed joints."""
    times, values, begun = stretch.times, stretch.values, stretch.begun
    first, last, peak = stretch.first, stretch.last, stretch.peak
    raw = (values[:, driver] - float(standing.rest[driver])) * float(standing.scale[driver])
    needed = values[begun:].take(needs, axis=1)
    seen = needed == needed
    return Phases(
        driver=driver,
        bottom=bottom,
        neck=_neck_window(times, values, _last_below(stretch.q[:first], HALF_WAY * peak) + 1, last, standing),
        travel=_travel(values[begun : last + 1, TRAVEL], standing),
        down_s=_way(times[: last + 1], raw[: last + 1], peak),
        up_s=_way(-times[first:][::-1], raw[first:][::-1], peak),
        bounces=movement.bounces,
        seen=(np.add.reduce(seen) / len(seen)).tolist(),
        coverage=np.count_nonzero(np.logical_and.reduce(seen, axis=1)) / len(seen),
        in_view=np.count_nonzero(values[begun:, IN_VIEW]) / len(seen),
    )


def look_at_top(history: History, standing: Standing, now: float) -> tuple[float, float]:
    """Calibrated medians of trunk and hip in the lockout that ends ``now``."""
    _, values = history.between(now - TOP_SECONDS, now)
    trunk, hip = (quantile_of(values[:, column], 0.5, FRAMES, COVERAGE) for column in (TRUNK, HIP))
    return trunk - float(standing.rest[TRUNK]), hip - float(standing.rest[HIP])


def _neck_window(times: np.ndarray, values: np.ndarray, half: int, last: int, standing: Standing) -> list[float]:
    """Neck and face from the frame ``half`` way down until a little after the ``last`` one at the bottom."""
    end = int(times.searchsorted(times[last] + NECK_AFTER, "right"))
    frames = FRAMES if times[end - 1] - times[half] >= NECK_SECONDS else NECK_FRAMES
    middle = (quantile_of(values[half:end, column], 0.5, frames, COVERAGE) for column in (NECK, FACE))
    return [value - rest for value, rest in zip(middle, standing.rest[NECK : FACE + 1].tolist(), strict=True)]


def _travel(travel: np.ndarray, standing: Standing) -> float:
    """How far the knee came forward on the way down: nearly the most, but never one frame (biomechanics 2.2, F4)."""
    most = quantile_of(travel, DEEP, FRAMES, COVERAGE)
    return (most - float(standing.rest[TRAVEL])) * float(standing.scale[TRAVEL])


def _way(times: np.ndarray, q: np.ndarray, peak: float) -> float:
    """Seconds of a way from standing to the bottom, where ``q`` ends; NaN where its beginning was not seen."""
    known = q == q
    times, q = times[known], q[known]
    deep = int((q >= DEEP * peak).argmax())
    times, q = times[: deep + 1], q[: deep + 1]
    floor = max(0.0, float(np.fmin.reduce(q)))
    begin = _crossing(times, q, floor + TIMED_FROM * (peak - floor))
    return (_crossing(times, q, DEEP * peak) - begin) / TIMED_SHARE


def _crossing(times: np.ndarray, q: np.ndarray, level: float) -> float:
    """When ``q`` last rose through ``level``, between frames by proportion."""
    below = _last_below(q, level)
    if below < 0:
        return math.nan
    if below == len(q) - 1:
        return float(times[-1])
    (before, after), (t_before, t_after) = q[below : below + 2].tolist(), times[below : below + 2].tolist()
    return t_before + (t_after - t_before) * (level - before) / (after - before)


def _last_below(q: np.ndarray, level: float) -> int:
    """Where ``q`` was last not above ``level``, -1 if never."""
    above = (q > level)[::-1]
    run = int(above.argmin())
    return -1 if above[run] else len(q) - 1 - run
