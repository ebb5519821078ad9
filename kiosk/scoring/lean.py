"""A lean over the basin, seen from before: what a good one looks like, and how far another is from it (biomechanics 4).

A free hinge sends the hips back as far as the shoulders go forward; a hunch does not, and sinks the ears besides.  So
for the same way down of the shoulders a good lean has its own gap from ear to shoulder, and its own growth.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

#: A number for what is linear in the way down, and one for its square.
Path = tuple[float, float]

#: What each term counts as one, and how much it weighs (biomechanics 4.4: U).
GAP_UNIT, NEAR_UNIT, HIPS_UNIT = 0.20, 0.15, 0.12
NEAR_WEIGHT, HIPS_WEIGHT = 0.5, 0.3
#: The least way down that is a lean, shoulder widths (biomechanics 4.4).
LEAST = 0.12
#: How much a path is drawn to the usual one, for want of evidence (biomechanics 4.4: ridge), in poses of a lean of one
#: shoulder width; without so many poses, and so deep a lean, nothing is learnt of it.
RIDGE, POSES, DEEP = 1e-3, 24, 0.25

#: The planar model of biomechanics 4.1, of a person 1.75 m tall, metres: the shoulders' height over the floor and their
#: width, hips to shoulders, shoulders to ears; and of a balanced hinge how far the hips go back and down, times sine
#: and 1 - cosine of the trunk's inclination; up to which, degrees.
SHOULDERS_UP, WIDTH, TRUNK, NECK = 1.42, 0.37, 0.55, 0.20
HIPS_BACK, HIPS_DOWN = 0.26, 0.194
HINGES = np.radians(np.arange(0.0, 45.1, 2.5))


@dataclass(frozen=True, slots=True)
class Lean:
    """A lean against the person's own standing; NaN is unseen.

    ``down``: the shoulders' way down, in their width (biomechanics 4.4: dv).  ``gap``: the change of the gap from ear
    to shoulder, in shoulder widths of now (G), negative as ears sink.  ``near`` and ``hips``: by what share shoulders
    (s - 1) and hips (hw - 1) have grown.
    """

    down: float
    gap: float
    near: float
    hips: float = math.nan


@dataclass(frozen=True, slots=True)
class LeanOff:
    """How far a lean is from a good one, 1 being the end of green: the ``neck``'s share, that of the ``hips``.

    ``both`` is their sum (biomechanics 4.4: U).  NaN where ears or shoulders were not seen, or it was no lean.
    """

    neck: float
    hips: float

    @property
    def both(self) -> float:
        """How far in all."""
        return self.neck + self.hips

    @property
    def head_light(self) -> float:
        """What the neck answers for: all of it where it is the larger share, else its own."""
        return self.both if self.neck >= self.hips else self.neck

    @property
    def hips_light(self) -> float:
        """The same of the hips."""
        return self.both if self.hips > self.neck else self.hips


def _at(path: Path, down: float) -> float:
    return path[0] * down + path[1] * down * down


def _fit(down: np.ndarray, values: np.ndarray, usual: Path, ridge: float) -> Path:
    """The path through the origin that fits ``values`` at ``down`` (n,) best, and is not far from the ``usual`` one."""
    powers = np.stack((down, down**2), axis=1)
    pull = ridge * np.eye(2)
    linear, square = np.linalg.solve(powers.T @ powers + pull, powers.T @ values + pull @ usual).tolist()
    return linear, square


def _project(away: np.ndarray, over: np.ndarray, pitch: float) -> tuple[np.ndarray, np.ndarray]:
    """Places ``away`` from and ``over`` the camera → rows of the picture, down, and sizes, both in focal lengths."""
    c, s = math.cos(pitch), math.sin(pitch)
    depth = away * c - over * s
    return -(over * c + away * s) / depth, 1 / depth


@dataclass(frozen=True, slots=True)
class LeanModel:
    """What a good lean looks like: the paths of ``gap``, ``near`` and ``hips`` by the way down (biomechanics 4.4: a, b,
    c).  ``own``: it is the person's own.
    """

    gap: Path
    near: Path
    hips: Path
    own: bool = False

    def off(self, lean: Lean) -> LeanOff:
        """How far ``lean`` is from the good one that goes as far down; hips not seen say nothing."""
        down = lean.down if lean.down >= LEAST else math.nan
        neck = (_at(self.gap, down) - lean.gap) / GAP_UNIT
        hips = NEAR_WEIGHT * (lean.near - _at(self.near, down)) / NEAR_UNIT
        if lean.hips == lean.hips:
            hips += HIPS_WEIGHT * (lean.hips - _at(self.hips, down)) / HIPS_UNIT
        return LeanOff(neck, hips)


def planar(height_m: float, pitch_deg: float, distance_m: float = 0.8) -> LeanModel:
    """A balanced hinge as a camera in front sees it, ``height_m`` over the floor, looking down by ``pitch_deg``.

    ``distance_m``: from the camera to the middle of who stands.  The lens does not matter: all are ratios.
    """
    back, down = -HIPS_BACK * np.sin(HINGES), -HIPS_DOWN * (1 - np.cos(HINGES))
    along, up = np.sin(HINGES), np.cos(HINGES)
    rows, nears = [], []
    for length in (0.0, TRUNK, TRUNK + NECK):
        forward, over = back + length * along, SHOULDERS_UP - TRUNK + down + length * up
        row, near = _project(distance_m - forward, over - height_m, math.radians(pitch_deg))
        rows.append(row)
        nears.append(near)
    _, shoulders, ears = rows
    width = WIDTH * nears[1]
    gap = (shoulders - ears) / width
    shape = (shoulders - shoulders[0]) / width[0]
    changes = (gap - gap[0], nears[1] / nears[1][0] - 1, nears[0] / nears[0][0] - 1)
    fall, growth, hips = (_fit(shape, change, (0.0, 0.0), 0.0) for change in changes)
    return LeanModel(fall, growth, hips)


#: As biomechanics 4.6 has it.
DEFAULT = planar(1.8, 18.0)


def fit(leans: Iterable[Sequence[Lean]], usual: LeanModel = DEFAULT) -> LeanModel | None:
    """The person's own good lean, from all poses of their good ``leans``; None of too few, or too shallow ones.

    What hardly shows in them is as in the ``usual`` one, and so are hips that were not seen.
    """
    poses = [pose for lean in leans for pose in lean]
    seen = np.array([(pose.down, pose.gap, pose.near, pose.hips) for pose in poses]).reshape(-1, 4)
    seen = seen[np.isfinite(seen[:, :3]).all(axis=1)]
    if len(seen) < POSES or seen[:, 0].max() < DEEP:
        return None
    down, *columns = seen.T
    paths = []
    for column, path in zip(columns, (usual.gap, usual.near, usual.hips), strict=True):
        known = np.isfinite(column)
        paths.append(_fit(down[known], column[known], path, RIDGE * len(seen)) if known.sum() >= POSES else path)
    gap, near, hips = paths
    return LeanModel(gap, near, hips, own=True)
