"""The measures of one frame that every drill has: inclinations, flexions, heights, lengths (biomechanics 0.2, 0.3).

Positive is forward, the way the person faces; an inclination is 0 when the segment stands upright.

One frame has five segments.  For so few, plain floats are quicker than arrays: 2.3 microseconds for a row, against 16
for one arctan2 over stacked vectors and the two dozen small array operations around it.
"""

from __future__ import annotations

import math

import numpy as np

from kiosk.scoring.pose import LEFT_ANKLE, LEFT_EAR, LEFT_HIP, LEFT_KNEE, LEFT_SHOULDER, NOSE

#: Columns of a row of measures.  Degrees: shin (+ = knee forward), thigh (sit-back, + = hip behind knee), trunk, neck
#: and face (+ = dropped) against the trunk, knee and hip flexion, lean (trunk over shin).  Pixels: heights (down is +),
#: hip behind ankle, knee before ankle, lengths.
(
    SHIN, THIGH, TRUNK, NECK, FACE, KNEE, HIP, LEAN,
    HIP_Y, SHOULDER_Y, RETREAT, TRAVEL, SHIN_PX, THIGH_PX, TRUNK_PX,
) = range(15)  # fmt: skip
COLUMNS = 15

#: Columns that keep their size in an oblique view.
HEIGHTS = (HIP_Y, SHOULDER_Y)

#: The column that shows whether a joint that a drill needs is seen.
NEEDS = {"ear": NECK, "shoulder": TRUNK, "hip": TRUNK, "knee": THIGH, "ankle": SHIN}

#: Variants of every point and row: the raw median of three, and the smoothed one (biomechanics 5.2).
RAW, SMOOTH = range(2)

#: A bone may seem shorter or longer than calibrated by this share: shin, thigh, trunk (biomechanics 5.3).
BONE_TOLERANCE = (0.30, 0.30, 0.25)

#: Points of one frame: seventeen [x, y] in camera pixels, NaN where not seen.
Points = list[list[float]]


class Geometry:
    """Measures a pose's near side.  ``rows`` (2, COLUMNS) float32, raw and smooth, NaN where a joint is not seen.

    ``seen`` are the points of both, as plain numbers.
    """

    def __init__(self) -> None:
        self.rows = np.full((2, COLUMNS), np.nan, np.float32)
        self.seen: list[Points] = []
        self._raw, self._smooth = self.rows
        self._bones = (math.nan, math.nan, math.nan)

    def trust_bones(self, lengths: np.ndarray | None) -> None:
        """From now on angles of segments unlike ``lengths`` (shin, thigh, trunk in pixels) are NaN; None: trust all."""
        shin, thigh, trunk = (math.nan, math.nan, math.nan) if lengths is None else lengths.tolist()
        self._bones = shin, thigh, trunk

    def measure(self, points: np.ndarray, near: int, facing: int) -> np.ndarray:
        """Rows of ``points`` (2, 17, 2), seen from the ``near`` side (0 left, 1 right) of a person ``facing`` +1 or -1.

        Where the facing is unknown (0) everything that has a front is NaN; heights and lengths are not.
        """
        self.seen = points.tolist()
        raw, smooth = self.seen
        forward = float(facing or math.nan)
        self._raw[:] = _row(raw, near, forward, self._bones)
        self._smooth[:] = _row(smooth, near, forward, self._bones)
        return self.rows


def _row(points: Points, near: int, facing: float, bones: tuple[float, float, float]) -> list[float]:
    """One row, in the order of the columns."""
    (ax, ay), (kx, ky), (hx, hy) = points[LEFT_ANKLE + near], points[LEFT_KNEE + near], points[LEFT_HIP + near]
    (sx, sy), (ex, ey), (nx, ny) = points[LEFT_SHOULDER + near], points[LEFT_EAR + near], points[NOSE]
    shin_px, thigh_px = math.hypot(kx - ax, ky - ay), math.hypot(hx - kx, hy - ky)
    trunk_px = math.hypot(sx - hx, sy - hy)
    shin = math.degrees(math.atan2(facing * (kx - ax), ay - ky))
    thigh = math.degrees(math.atan2(facing * (kx - hx), ky - hy))
    trunk = math.degrees(math.atan2(facing * (sx - hx), hy - sy))
    # comparisons with NaN are false: bones of nobody's length are believed
    if abs(shin_px - bones[0]) > BONE_TOLERANCE[0] * bones[0]:
        shin = math.nan
    if abs(thigh_px - bones[1]) > BONE_TOLERANCE[1] * bones[1]:
        thigh = math.nan
    if abs(trunk_px - bones[2]) > BONE_TOLERANCE[2] * bones[2]:
        trunk = math.nan
    # within a turn: a head that hangs from a level trunk, and the thighs of a body on its back, pass the seam
    neck = (math.degrees(math.atan2(facing * (ex - sx), sy - ey)) - trunk + 180) % 360 - 180
    # a level face points forward, 90 degrees from upright
    face = (math.degrees(math.atan2(facing * (nx - ex), ey - ny)) - 90 - trunk + 180) % 360 - 180
    knee, hip = (thigh + shin + 90) % 360 - 90, (trunk + thigh + 90) % 360 - 90
    retreat, travel = facing * (ax - hx), facing * (kx - ax)
    return [
        shin, thigh, trunk, neck, face, knee, hip, trunk - shin,
        hy, sy, retreat, travel, shin_px, thigh_px, trunk_px,
    ]  # fmt: skip
