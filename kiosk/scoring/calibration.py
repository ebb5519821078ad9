"""The person's own standing: what every measure is a difference from (biomechanics 0.7)."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from kiosk.scoring.geometry import (
    COLUMNS,
    HIP_Y,
    KNEE,
    RETREAT,
    SHIN,
    SHIN_PX,
    SHOULDER_Y,
    THIGH_PX,
    TRAVEL,
    TRUNK,
    TRUNK_PX,
)
from kiosk.scoring.history import History, quantile
from kiosk.scoring.verdict import Calibration, View

#: Seconds of stillness asked for, and that are enough when a movement already begins.
STILL_FOR, STILL_AT_LEAST = 1.5, 0.5
#: Fastest motion in trunk lengths a second that is still (hips; shoulders may wave an arm along).
HIPS_STILL, SHOULDERS_STILL = 0.15, 0.30
#: Seconds of the quick and the slow average whose distance tells the speed without being fooled by jitter.
QUICK, SLOW = 0.1, 0.5
#: Seconds by which the end of stillness is noticed late, at most.
NOTICED_LATE = 0.25
#: Seconds before a stillness that was no good standing is looked at again.
PATIENCE = 0.25
#: Seconds a hip may be unseen without ending the stillness.
BLINK = 0.3
#: Upright: trunk inclination and knee flexion in degrees.  People stand with knees at 13 to 19 (signals 1), so a limit
#: of 20 would refuse them; from an oblique camera both read up to twice that.
LEANING, BENT_BACK, BENT = 15.0, -15.0, 30.0
OBLIQUE_LEANING, OBLIQUE_BENT = 30.0, 40.0
#: A trunk shorter than this in pixels has angles of noise (biomechanics 0.7).
SHORTEST_TRUNK = 24.0
#: Most noise of trunk, shin and knee while standing, degrees (biomechanics 0.7).
RESTLESS = 6.0
#: Frames, and share of them, in which what is stored must have been seen.
FRAMES, COVERAGE = 3, 0.6
#: What each later standing adds to lengths and heights (biomechanics 0.7), and the change of trunk that means "moved".
REFRESH, MOVED = 0.1, 0.12

_REFRESHED = np.zeros(COLUMNS, np.float32)
_REFRESHED[[SHOULDER_Y, HIP_Y, TRUNK_PX, THIGH_PX, SHIN_PX]] = REFRESH
_STEADY = [TRUNK, SHIN, KNEE]


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """One person's standing since ``at`` seconds, seen from ``view``.

    ``rest`` (COLUMNS,) float32 are medians; ``noise`` standard deviations in the units of calibrated measures;
    ``scale`` turns differences into those units: degrees stay, pixels become trunk or shin lengths.
    ``thorough``: it was still for the whole time asked for.
    """

    at: float
    view: View
    thorough: bool
    rest: np.ndarray
    noise: np.ndarray
    scale: np.ndarray

    @property
    def trunk(self) -> float:
        """Length of the trunk in pixels."""
        return float(self.rest[TRUNK_PX])

    def calibrated(self, row: np.ndarray) -> np.ndarray:
        """``row`` (COLUMNS,) as differences from standing."""
        return (row - self.rest) * self.scale

    def refreshed(self, row: np.ndarray) -> Standing:
        """Lengths and heights a little nearer to a later standing ``row``; what was not seen stays."""
        change = (row - self.rest) * _REFRESHED
        change[change != change] = 0
        rest = self.rest + change
        return replace(self, rest=rest, scale=_scale(rest))

    def summary(self) -> Calibration:
        """What a verdict tells of it."""
        trunk, thigh, shin = (round(float(self.rest[column]), 1) for column in (TRUNK_PX, THIGH_PX, SHIN_PX))
        return Calibration(self.at, trunk, thigh, shin)


class Stillness:
    """Since when the hips are still (and the shoulders nearly so), from the smoothed places of both.

    ``since`` is NaN while they move; ``broken`` is the stretch (from, to) that ended in the newest frame, or None;
    ``looked_at`` is when it was last tried as a standing.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin anew: another side, another facing, nobody there."""
        self.since = math.nan
        self.broken: tuple[float, float] | None = None
        self._hip = self._hip_slow = self._shoulder = self._shoulder_slow = 0j
        self._seen_at = self.looked_at = -math.inf

    def step(self, t: float, dt: float, hip: complex, shoulder: complex, trunk: float) -> None:
        """Take the places of hip and shoulder (x + iy, pixels), ``dt`` seconds after the last; NaN where unseen."""
        self.broken = None
        if math.isnan(abs(hip + shoulder)):
            if t - self._seen_at > BLINK:
                self.reset()
            return
        if self._seen_at == -math.inf:
            self._hip = self._hip_slow = hip
            self._shoulder = self._shoulder_slow = shoulder
            self.since = t
        self._seen_at = t
        quick, slow = 1 - math.exp(-dt / QUICK), 1 - math.exp(-dt / SLOW)
        self._hip += quick * (hip - self._hip)
        self._hip_slow += slow * (hip - self._hip_slow)
        self._shoulder += quick * (shoulder - self._shoulder)
        self._shoulder_slow += slow * (shoulder - self._shoulder_slow)
        unit = trunk * (SLOW - QUICK)
        hips_still = abs(self._hip - self._hip_slow) < HIPS_STILL * unit
        if hips_still and abs(self._shoulder - self._shoulder_slow) < SHOULDERS_STILL * unit:
            self.since = t if math.isnan(self.since) else self.since
        elif not math.isnan(self.since):
            self.broken = (self.since, t)
            self.since = math.nan


def calibrate(history: History, stillness: Stillness, t: float, view: View, needs: list[int]) -> Standing | None:
    """The standing just shown: 1.5 s of it, or what there was when a movement begins; None if there was none."""
    if t - stillness.since >= STILL_FOR and t - stillness.looked_at >= PATIENCE:
        stillness.looked_at = t
        return stand(history, t - STILL_FOR, t, view, needs, thorough=True)
    if stillness.broken:
        begun, ended = stillness.broken
        if ended - begun >= STILL_AT_LEAST + NOTICED_LATE:
            return stand(history, max(begun, ended - STILL_FOR), ended - NOTICED_LATE, view, needs, thorough=False)
    return None


def stand(
    history: History, start: float, end: float, view: View, needs: list[int], *, thorough: bool
) -> Standing | None:
    """The standing seen from ``start`` to ``end`` seconds; None if it was not upright, or not steady.

    The columns of ``needs`` must have been seen; what else was not is NaN.
    """
    _, values = history.between(start, end)
    values = values[:, :COLUMNS]
    rest = quantile(values, 0.5, FRAMES, COVERAGE)
    if np.isnan(rest[needs]).any() or not _upright(rest, view):
        return None
    scale = _scale(rest)
    # half the middle 68 % is one standard deviation, and one outlier does not move it
    noise = (quantile(values, 0.84, FRAMES, COVERAGE) - quantile(values, 0.16, FRAMES, COVERAGE)) / 2
    if view is View.SIDE and (noise[_STEADY] > RESTLESS).any():
        return None
    return Standing(end, view, thorough, rest, noise * scale, scale)


def _upright(rest: np.ndarray, view: View) -> bool:
    """It looks like standing; of knees that are not seen nothing is said (comparisons with NaN are false)."""
    leaning, bent = (LEANING, BENT) if view is View.SIDE else (OBLIQUE_LEANING, OBLIQUE_BENT)
    knees = rest[KNEE]
    return bool(
        abs(rest[TRUNK]) <= leaning and rest[TRUNK_PX] >= SHORTEST_TRUNK and not (knees < BENT_BACK or knees > bent)
    )


def _scale(rest: np.ndarray) -> np.ndarray:
    scale = np.ones(COLUMNS, np.float32)
    scale[HIP_Y : SHOULDER_Y + 1] = 1 / rest[TRUNK_PX]
    scale[RETREAT : TRAVEL + 1] = 1 / rest[SHIN_PX]
    return scale
