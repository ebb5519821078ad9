"""The person's own standing: what every measure is a difference from (biomechanics 0.7).

Drills that begin kneeling or lying have such a posture in its place; it is called a standing all the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from kiosk.scoring.geometry import (
    COLUMNS,
    HIP,
    HIP_Y,
    KNEE,
    LEAN,
    RETREAT,
    SHIN,
    SHIN_PX,
    SHOULDER_Y,
    THIGH,
    THIGH_PX,
    TRAVEL,
    TRUNK,
    TRUNK_PX,
)
from kiosk.scoring.history import History, quantiles
from kiosk.scoring.quantities import Quantity, Unit
from kiosk.scoring.start import STARTS, Start
from kiosk.scoring.verdict import Calibration, View

#: Seconds of stillness asked for of who stands, and that are enough when a movement already begins.
STILL_FOR, STILL_AT_LEAST = STARTS["standing"].still_s, 0.5
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
#: From an oblique camera a posture's trunk and knee may be this many degrees outside its limits: both read up to twice.
OBLIQUE_TRUNK, OBLIQUE_KNEE = 15.0, 10.0
#: Seen from the front, degrees to either side that a trunk, and a leg of a wide stance, may lean; the least length of
#: the thigh in shins (less is a bent knee), and of the trunk in legs (less leans forward: a person's is about 0.59).
FRONT_TRUNK, FRONT_LEG = 15.0, 25.0
STRAIGHT_THIGH, STRAIGHT_TRUNK = 0.70, 0.42
#: A trunk shorter than this in pixels has angles of noise (biomechanics 0.7).
SHORTEST_TRUNK = 24.0
#: Most noise of trunk and shin, and of the knee, while standing, degrees (biomechanics 0.7; a knee, between two bones,
#: is twice as noisy as either: signals 1).  The knee is not asked from the front, where a leg's bend shows by a
#: fraction and its noise in full (biomechanics 2.3, S1).
RESTLESS, KNEE_RESTLESS = 6.0, 9.0
#: Frames, and share of them, in which what is stored must have been seen.
FRAMES, COVERAGE = 3, 0.6
#: What each later standing adds to lengths and heights (biomechanics 0.7), and the change of trunk that means "moved".
REFRESH, MOVED = 0.1, 0.12
#: A usual standing in degrees, for who has not stood yet (signals 1: trunk 1 to 3, knee 13 to 19, shin 8 to 10).
USUAL = {TRUNK: 2.0, SHIN: 9.0, THIGH: 7.0, KNEE: 16.0, HIP: 9.0, LEAN: -7.0}

_REFRESHED = (SHOULDER_Y, HIP_Y, TRUNK_PX, THIGH_PX, SHIN_PX)
_STEADY = {View.SIDE: [TRUNK, SHIN, KNEE], View.FRONT: [TRUNK, SHIN], View.OBLIQUE: []}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a drill asks of a standing: the posture, the columns that must have been seen, and its extra quantities."""

    start: Start = STARTS["standing"]
    needs: tuple[int, ...] = (TRUNK,)
    extras: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """One person's standing since ``at`` seconds, seen from ``view``.

    By column of a row, core and ``extras``, float32: ``start`` are medians as they were; ``rest`` the same, but 0 for
    quantities that count as they are; ``noise`` standard deviations in the units of calibrated measures; ``scale``
    turns differences into those units: degrees stay, pixels become trunk or shin lengths.
    ``thorough``: it was still for the whole time asked for.  ``presumed``: they have not stood yet, so that angles are
    those of a usual standing, and heights unknown.
    """

    at: float
    view: View
    thorough: bool
    start: np.ndarray
    rest: np.ndarray
    noise: np.ndarray
    scale: np.ndarray
    extras: tuple[Quantity, ...] = ()
    presumed: bool = False

    @property
    def trunk(self) -> float:
        """Length of the trunk in pixels."""
        return float(self.rest[TRUNK_PX])

    @property
    def outlined(self) -> bool:
        """The outline of the back was seen, too."""
        extras = enumerate(self.extras, COLUMNS)
        return any(extra.outline and self.start[column] == self.start[column] for column, extra in extras)

    def calibrated(self, row: np.ndarray) -> np.ndarray:
        """``row`` (columns,) as differences from standing."""
        return (row - self.rest) * self.scale

    def refreshed(self, row: np.ndarray) -> Standing:
        """Lengths and heights a little nearer to a later standing ``row``; what was not seen stays.

        The outline of the back, which may not have been seen at first, is that of the first one in which it was.
        """
        change = (row - self.start) * _refreshing(self.extras)
        change[change != change] = 0
        start = self.start + change
        late = _outlines(self.extras) & (start != start)
        start[late] = row[late]
        return replace(self, start=start, rest=_rest(start, self.extras), scale=_scale(start, self.extras))

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


def calibrate(history: History, stillness: Stillness, t: float, view: View, asked: Asked) -> Standing | None:
    """The standing just shown: the whole time of it, or what there was when a movement begins; None if there was none.

    Of who may begin bent and has been still the short time that this takes, it is presumed.
    """
    still = t - stillness.since
    if still >= asked.start.still_s and t - stillness.looked_at >= PATIENCE:
        stillness.looked_at = t
        found = stand(history, t - min(still, STILL_FOR), t, view, asked, thorough=still >= STILL_FOR)
        return found or (presume(history, t - asked.start.still_s, t, view, asked) if asked.start.bent else None)
    if stillness.broken:
        begun, ended = stillness.broken
        if ended - begun >= STILL_AT_LEAST + NOTICED_LATE:
            return stand(history, max(begun, ended - STILL_FOR), ended - NOTICED_LATE, view, asked, thorough=False)
    return None


def stand(history: History, start: float, end: float, view: View, asked: Asked, *, thorough: bool) -> Standing | None:
    """The standing seen from ``start`` to ``end`` seconds; None if it was not the posture asked for, or not steady."""
    seen = _steadily_seen(history, start, end, view, asked)
    if seen is None:
        return None
    rest, noise = seen
    posture = STARTS["standing"] if asked.start.bent else asked.start
    if not (_faces_upright(rest, noise) if view is View.FRONT else _fits(rest, posture, view)):
        return None
    return _standing(end, view, thorough, rest, noise, asked.extras)


def presume(history: History, start: float, end: float, view: View, asked: Asked) -> Standing | None:
    """A usual standing of who is bent and still from ``start`` to ``end`` seconds; None if they are not."""
    seen = _steadily_seen(history, start, end, view, asked)
    if seen is None or view is View.FRONT or not _fits(seen[0], asked.start, view):
        return None
    rest = np.full(len(seen[0]), np.nan, np.float32)
    rest[TRUNK_PX], rest[THIGH_PX], rest[SHIN_PX] = seen[0][[TRUNK_PX, THIGH_PX, SHIN_PX]]
    for column, usual in USUAL.items():
        rest[column] = usual
    return replace(_standing(end, view, False, rest, seen[1], asked.extras), presumed=True)


def _steadily_seen(
    history: History, start: float, end: float, view: View, asked: Asked
) -> tuple[np.ndarray, np.ndarray] | None:
    """Medians and noise by column; None if a column that is needed was not seen, or not steady."""
    _, values = history.between(start, end)
    values = values[:, : COLUMNS + len(asked.extras)]
    least, rest, most = quantiles(values, (0.16, 0.5, 0.84), FRAMES, COVERAGE)
    # half the middle 68 % is one standard deviation, and one outlier does not move it
    noise = (most - least) / 2
    # legs that the drill does not need may be behind a basin
    steady = [column for column in _STEADY[view] if column == TRUNK or SHIN in asked.needs]
    most_noise = [KNEE_RESTLESS if column == KNEE else RESTLESS for column in steady]
    if np.isnan(rest[list(asked.needs)]).any() or (noise[steady] > most_noise).any():
        return None
    return None if rest[TRUNK_PX] < SHORTEST_TRUNK else (rest, noise)


def _standing(
    at: float, view: View, thorough: bool, start: np.ndarray, noise: np.ndarray, extras: tuple[Quantity, ...]
) -> Standing:
    scale = _scale(start, extras)
    return Standing(at, view, thorough, start, _rest(start, extras), noise * scale, scale, extras)


def _fits(rest: np.ndarray, start: Start, view: View) -> bool:
    """It looks like the posture; of knees that are not seen nothing is said (comparisons with NaN are false)."""
    # who stands may be seen askew; of other postures it would believe too much (a standing person is nearly reclined)
    askew = view is not View.SIDE and start is STARTS["standing"]
    more_trunk, more_knee = (OBLIQUE_TRUNK, OBLIQUE_KNEE) if askew else (0.0, 0.0)
    (back, forward), (straight, bent) = start.trunk, start.knee
    knees = rest[KNEE]
    return bool(
        back - more_trunk <= rest[TRUNK] <= forward + more_trunk
        and not (knees < straight - more_knee or knees > bent + more_knee)
    )


def _faces_upright(rest: np.ndarray, noise: np.ndarray) -> bool:
    """It looks like standing, from the front; of what is not seen, or not steady, nothing is said."""
    thigh, shin, trunk = rest[[THIGH_PX, SHIN_PX, TRUNK_PX]].tolist()
    leans = np.where(noise > RESTLESS, np.nan, np.abs(rest))
    leaning = leans[TRUNK] > FRONT_TRUNK or leans[THIGH] > FRONT_LEG or leans[SHIN] > FRONT_LEG
    return not (leaning or thigh < STRAIGHT_THIGH * shin or trunk < STRAIGHT_TRUNK * (thigh + shin))


@cache
def _outlines(extras: tuple[Quantity, ...]) -> np.ndarray:
    """Which columns are of the outline of the back."""
    return np.array([False] * COLUMNS + [bool(extra.outline) for extra in extras])


@cache
def _refreshing(extras: tuple[Quantity, ...]) -> np.ndarray:
    """By column, what a later standing adds: lengths and heights alone follow it."""
    heights = [
        COLUMNS + i
        for i, extra in enumerate(extras)
        if extra.unit in (Unit.TRUNKS, Unit.WIDTHS) or extra.name.startswith("sink_")
    ]
    shares = np.zeros(COLUMNS + len(extras), np.float32)
    shares[[*_REFRESHED, *heights]] = REFRESH
    return shares


def _rest(start: np.ndarray, extras: tuple[Quantity, ...]) -> np.ndarray:
    rest = start.copy()
    for column, extra in enumerate(extras, COLUMNS):
        if extra.unit is Unit.ABSOLUTE:
            rest[column] = 0.0
    return rest


def _scale(start: np.ndarray, extras: tuple[Quantity, ...]) -> np.ndarray:
    trunk, shin = start[TRUNK_PX], start[SHIN_PX]
    scale = np.ones(len(start), np.float32)
    scale[HIP_Y : SHOULDER_Y + 1] = 1 / trunk
    scale[RETREAT : TRAVEL + 1] = 1 / shin
    lengths = {Unit.TRUNKS: trunk, Unit.SHINS: shin}
    for column, extra in enumerate(extras, COLUMNS):
        if extra.name == "sink_width":
            lengths[Unit.WIDTHS] = start[column]
        if extra.unit is Unit.CHANGE:
            lengths[Unit.CHANGE] = abs(start[column])
        scale[column] = 1 / lengths.get(extra.unit, 1.0)
    return scale
