"""The outline of the back in numbers: how much it is bent below and above, and how smooth it is (biomechanics 3.4).

Each bend is the turn of the one parabola that lies best on a stretch of the outline.  A parabola is bent the same
everywhere, so a chord whose ends the pose model has put a few pixels off, or whose direction it has, changes the turn
by little: that is what makes it better here than tangents at two places, sagittas, or a chord drawn between the
outline's own bulges, all of which were compared with it on films.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from operator import sub

import numpy as np

from kiosk.scoring.dorsal.why import Why

#: Rays, and where on the chord hip → shoulder the first and the last stand, in lengths of it (biomechanics 3.3).
STATIONS, FIRST, LAST = 48, -0.15, 1.05
#: Where each ray stands (48,): 0 at the hip, 1 at the shoulder.
STANDS = np.linspace(FIRST, LAST, STATIONS, dtype=np.float32)
#: Stretches of the outline with one parabola each: where it is laid, and between what it is read.  Hips and sacrum to
#: the lower ribs; lower ribs to shoulder blades; all of it but the ends (biomechanics 3.4).
LUMBAR, THORACIC, WHOLE = ((-0.05, 0.75), (0.0, 0.65)), ((0.35, 0.90), (0.35, 0.90)), ((0.10, 0.90), (0.10, 0.90))
#: A ray that ends so far from the middle of its five neighbours is dropped; more dropped or unseen than a fifth are too
#: many (biomechanics 3.3).
ASTRAY, MISSING = 0.04, 0.20
#: Rays in a row that may be missing, 0.1 of the chord: a line drawn over more would be a round back of its own.
LONGEST_GAP = 4
#: Neighbours among which it must lie.
NEIGHBOURS = 5
#: Root mean square by which an outline may leave the smooth line: a back leaves it by 0.008, and by up to 0.012 where
#: the hollow over the seat is deep.
ROUGH = 0.015
#: The same of who is on hands and knees: there a cow in a loose shirt sags deeper than the smooth line follows, and
#: nothing but the arch is asked for.
ROUGH_LYING = 0.03
#: Between what places of the chord a step from one ray to the next but one (0.05 of the chord) is looked for.
UPPER = (0.30, 0.92)
#: Where on the chord the highest point of the seat and of the shoulder blades is looked for, and the hollow between
#: them (biomechanics 3.6).
SEAT, BLADES, BETWEEN = (-0.12, 0.18), (0.60, 0.95), (0.20, 0.55)

_PLACES = np.clip(np.arange(STATIONS)[:, None] + np.arange(NEIGHBOURS) - NEIGHBOURS // 2, 0, STATIONS - 1)
_ROWS = np.arange(STATIONS)
_UNSEEN = np.float32(np.nan)
_STEPPED = slice(*np.searchsorted(STANDS, UPPER).tolist())
_QUARTIC = np.vander(STANDS - 0.5, 5, increasing=True)


def _lay(start: float, end: float) -> np.ndarray:
    """What makes of heights (48,) the three numbers of the parabola between two places of the chord, (3, 48)."""
    inside = (start <= STANDS) & (end >= STANDS)
    return np.linalg.pinv(_QUARTIC[:, :3] * inside[:, None])


_TOUCHED = tuple(range(*np.searchsorted(STANDS, part).tolist()) for part in (SEAT, BLADES))
_HOLLOW = range(*np.searchsorted(STANDS, BETWEEN).tolist())
_PLACED = STANDS.tolist()
_PARABOLAS = [_lay(*laid) for laid, _ in (LUMBAR, THORACIC, WHOLE)]
#: Heights (48,) → those of the quartic that lies best on them, and the numbers of three parabolas, lowest power of
#: (t - 0.5) first.
_FITS = np.vstack((_QUARTIC @ np.linalg.pinv(_QUARTIC), *_PARABOLAS)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers of one outline; NaN where it is not seen, all against nobody's neutral yet.

    ``lumbar`` and ``thoracic`` turn of the outline in degrees, + = rounder.  Their difference from the person's own
    neutral is 1.0 for each degree of lumbar and 0.7 for each degree of thoracic flexion (measured on simulated people;
    of thoracic flexion 0.2 is seen in ``lumbar``, too).  ``sagitta`` of the whole back over its chord, + = arched up,
    - = sagging.  ``hollow`` depth of the outline under a stick that lies on seat and shoulder blades, in chord lengths;
    0 or less: the back touches it all along.  ``seat`` and ``blades``: where on the chord the stick touches.
    ``rough``: root mean square from a smooth line.
    """

    lumbar: float = math.nan
    thoracic: float = math.nan
    sagitta: float = math.nan
    hollow: float = math.nan
    seat: float = math.nan
    blades: float = math.nan
    rough: float = math.nan


@dataclass(frozen=True, slots=True, eq=False)
class Contour:
    """The outline of the back in one frame, at ``t`` seconds, or ``why`` it is unseen.

    ``heights`` (48,) float32: how far behind the chord hip → shoulder the back is at STANDS, in lengths of the chord,
    NaN where it is not seen.  ``chord`` (2, 2) float32 is that chord in camera pixels, ``facing`` +1 right, -1 left.
    ``shape``: all NaN while it is unseen.
    """

    t: float
    why: Why
    heights: np.ndarray
    chord: np.ndarray
    facing: int
    shape: Shape = field(default_factory=Shape)

    def outline(self) -> np.ndarray:
        """The outline in camera pixels (48, 2) float32, from the seat up; NaN where it is not seen."""
        hip, shoulder = self.chord
        along = shoulder - hip
        out = self.facing * np.array((along[1], -along[0]), np.float32)
        return hip + STANDS[:, None] * along + self.heights[:, None] * out


def drop_astray(heights: np.ndarray) -> np.ndarray:
    """``heights`` (48,) without the rays that end elsewhere than their neighbours: those are NaN."""
    beside = heights[_PLACES]
    beside.sort(axis=1)  # NaN last
    middle = np.where(beside[:, 4] == beside[:, 4], beside[:, 2], beside[:, 1])
    # of one among strangers nothing is known; comparisons with NaN are false
    kept = np.abs(heights - middle) <= ASTRAY
    kept &= beside[:, 2] == beside[:, 2]
    return np.where(kept, heights, _UNSEEN)


def step_up(heights: np.ndarray) -> float:
    """The highest step of an outline ``heights`` (48,) towards the head, of the upper back; NaN where none is seen."""
    rises = heights[_STEPPED.start + 2 : _STEPPED.stop + 2] - heights[_STEPPED]
    return float(np.fmax.reduce(rises))


def measure(heights: np.ndarray) -> Shape:
    """The numbers of an outline ``heights`` (48,); all NaN where a fifth of the rays, or five in a row, are missing.

    What is missing is drawn straight from neighbour to neighbour, so that the work is always the same.
    """
    seen = np.flatnonzero(heights == heights)
    if len(seen) < (1 - MISSING) * STATIONS:
        return Shape()
    rays = [-1, *seen.tolist(), STATIONS]
    if max(map(sub, rays[1:], rays)) > LONGEST_GAP + 1:
        return Shape()
    whole = np.interp(_ROWS, seen, heights[seen]).astype(np.float32)
    fits = _FITS @ whole
    smooth = fits[:STATIONS]
    off = (smooth - whole)[seen]
    lumbar, thoracic, back = fits[STATIONS:].reshape(3, 3).tolist()
    hollow, seat, blades = _hollow(smooth)
    start, end = WHOLE[1]
    return Shape(
        lumbar=_turn(lumbar, *LUMBAR[1]),
        thoracic=_turn(thoracic, *THORACIC[1]),
        sagitta=-back[2] * (end - start) / 4,
        hollow=hollow,
        seat=seat,
        blades=blades,
        rough=math.sqrt(float(off @ off) / len(seen)),
    )


def _turn(parabola: list[float], start: float, end: float) -> float:
    """By how many degrees a parabola turns down from ``start`` to ``end`` of the chord."""
    _, slope, bend = parabola
    first, last = (math.atan(slope + 2 * bend * (place - 0.5)) for place in (start, end))
    return math.degrees(first - last)


def _hollow(smooth: np.ndarray) -> tuple[float, float, float]:
    """How deep the outline lies under the stick, and where the stick touches seat and shoulder blades."""
    line = smooth.tolist()
    seat, blades = (max(part, key=line.__getitem__) for part in _TOUCHED)
    first, last = _PLACED[seat], _PLACED[blades]
    rise = (line[blades] - line[seat]) / (last - first)
    return max(line[seat] + rise * (_PLACED[at] - first) - line[at] for at in _HOLLOW), first, last
