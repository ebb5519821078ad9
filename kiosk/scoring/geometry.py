"""All measures of one frame in one stacked pass: inclinations of five segments by a single arctan2 (biomechanics 0.2, 0.3).

Positive is forward, the way the person faces; an inclination is 0 when the segment stands upright.
"""

from __future__ import annotations

import math

import numpy as np

from kiosk.scoring import pose

#: Columns of a row of measures.  Degrees: trunk, thigh (sit-back, + = hip behind knee), shin (+ = knee forward), knee and
#: hip flexion, neck and face (+ = dropped) against the trunk, lean (trunk over shin).  Pixels: heights (down is +), hip behind
#: ankle, knee before ankle, lengths.
(
    TRUNK, THIGH, SHIN, KNEE, HIP, NECK, FACE, LEAN,
    SHOULDER_Y, HIP_Y, RETREAT, TRAVEL, TRUNK_PX, THIGH_PX, SHIN_PX,
) = range(15)  # fmt: skip
COLUMNS = 15

#: What a drill may be driven by: name in the drill's data → column.  Heights count in trunk lengths below standing.
DRIVERS = {"trunk": TRUNK, "knee": KNEE, "hip": HIP, "thigh": THIGH, "hip_drop": HIP_Y}

#: Variants of every point and row: the raw median of three, and the smoothed one (biomechanics 5.2).
RAW, SMOOTH = range(2)

#: A bone may seem shorter or longer than calibrated by this share: trunk, thigh, shin (biomechanics 5.3).
BONE_TOLERANCE = np.array([0.25, 0.30, 0.30], np.float32)

#: Segments from tail to head: trunk, thigh, shin, shoulder to ear, ear to nose.  Left side; the right is one further.
_TAILS = np.array([pose.LEFT_HIP, pose.LEFT_KNEE, pose.LEFT_ANKLE, pose.LEFT_SHOULDER, pose.LEFT_EAR])
_HEADS = np.array([pose.LEFT_SHOULDER, pose.LEFT_HIP, pose.LEFT_KNEE, pose.LEFT_EAR, pose.NOSE])
#: What makes tail minus head point forward, by facing; the thigh is the one that leans back.
_FORWARD = {
    facing: np.array([-facing, facing, -facing, -facing, -facing], np.float32) * (1 if facing else np.nan)
    for facing in (-1, 0, 1)
}
#: A half turn for keeping within ±180; and a level face points forward, 90 degrees from upright.
_HEAD_TURN = np.array([180, 180 - 90], np.float32)
_HALF_TURN, _TURN = np.array(180, np.float32), np.array(360, np.float32)


class Geometry:
    """Measures a pose's near side.  ``rows`` (2, COLUMNS) float32, raw and smooth, NaN where a joint is not seen."""

    def __init__(self) -> None:
        self.rows = rows = np.full((2, COLUMNS), np.nan, np.float32)
        right = np.where(_HEADS == pose.NOSE, pose.NOSE, _HEADS + 1)
        self._segments = ((_TAILS, _HEADS), (_TAILS + 1, right))
        self._tails = np.empty((2, 5, 2), np.float32)
        self._heads = np.empty((2, 5, 2), np.float32)
        self._forward = np.empty((2, 5), np.float32)
        self._angles = np.empty((2, 5), np.float32)
        self._strange = np.empty((2, 3), bool)
        self._off = np.empty((2, 3), np.float32)
        self._bones = np.full(3, np.nan, np.float32)
        self._slack = np.full(3, np.nan, np.float32)
        # slices are made once: making one costs as much as a small sum
        self._lengths = rows[:, TRUNK_PX:]
        self._limbs = self._angles[:, :3]
        self._shin_and_trunk, self._thigh = self._angles[:, 2::-2], self._angles[:, 1:2]
        self._knee_and_hip, self._head = rows[:, KNEE : HIP + 1], rows[:, NECK : FACE + 1]

    def trust_bones(self, lengths: np.ndarray | None) -> None:
        """From now on angles of segments unlike ``lengths`` (trunk, thigh, shin in pixels) are NaN; None: trust all."""
        self._bones[:] = np.nan if lengths is None else lengths
        self._slack[:] = self._bones * BONE_TOLERANCE

    def measure(self, points: np.ndarray, near: int, facing: int) -> np.ndarray:
        """Rows of ``points`` (2, 17, 2) seen from the ``near`` side (0 left, 1 right) of a person ``facing`` +1, -1, or 0 unknown.

        Where the facing is unknown everything that has a front is NaN; heights and lengths are not.
        """
        rows, angles, forward = self.rows, self._angles, self._forward
        tails, heads = self._segments[near]
        points.take(tails, axis=1, out=self._tails, mode="clip")
        points.take(heads, axis=1, out=self._heads, mode="clip")
        rows[:, SHOULDER_Y] = self._heads[:, 0, 1]
        rows[:, HIP_Y] = self._tails[:, 0, 1]
        vectors = np.subtract(self._tails, self._heads, out=self._tails)
        np.multiply(vectors[:, :, 0], _FORWARD[facing], out=forward)
        np.hypot(vectors[:, :3, 0], vectors[:, :3, 1], out=self._lengths)
        np.arctan2(forward, vectors[:, :, 1], out=angles)
        np.degrees(angles, out=angles)
        self._doubt_bones()
        rows[:, : SHIN + 1] = self._limbs
        np.add(self._shin_and_trunk, self._thigh, out=self._knee_and_hip)
        np.subtract(angles[:, 0], angles[:, 2], out=rows[:, LEAN])
        self._measure_head()
        # hip behind knee, less what the knee is before the ankle
        np.subtract(forward[:, 1], forward[:, 2], out=rows[:, RETREAT])
        rows[:, TRAVEL] = forward[:, 2]
        return rows

    def _doubt_bones(self) -> None:
        np.subtract(self._lengths, self._bones, out=self._off)
        np.abs(self._off, out=self._off)
        np.greater(self._off, self._slack, out=self._strange)
        self._limbs[self._strange] = np.nan

    def _measure_head(self) -> None:
        """Neck and face against the trunk, kept within ±180: a head hanging from a level trunk is past the seam."""
        head = self._head
        np.subtract(self._angles[:, 3:], self._angles[:, :1], out=head)
        head += _HEAD_TURN
        np.remainder(head, _TURN, out=head)
        head -= _HALF_TURN
