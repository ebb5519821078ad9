"""All measures of one frame in one stacked pass: five segments' inclinations by one arctan2 (biomechanics 0.2, 0.3).

Positive is forward, the way the person faces; an inclination is 0 when the segment stands upright.
"""

from __future__ import annotations

import numpy as np

from kiosk.scoring import pose

#: Columns of a row of measures.  Degrees: shin (+ = knee forward), thigh (sit-back, + = hip behind knee), trunk, neck
#: and face (+ = dropped) against the trunk, knee and hip flexion, lean (trunk over shin).  Pixels: heights (down is +),
#: hip behind ankle, knee before ankle, lengths.
(
    SHIN, THIGH, TRUNK, NECK, FACE, KNEE, HIP, LEAN,
    HIP_Y, SHOULDER_Y, RETREAT, TRAVEL, SHIN_PX, THIGH_PX, TRUNK_PX,
) = range(15)  # fmt: skip
COLUMNS = 15

#: What a drill may be driven by: name in the drill's data → column.  Heights count in trunk lengths below standing.
DRIVERS = {"trunk": TRUNK, "knee": KNEE, "hip": HIP, "thigh": THIGH, "hip_drop": HIP_Y, "shoulder_drop": SHOULDER_Y}

#: Those of them that keep their size in an oblique view.
HEIGHTS = (HIP_Y, SHOULDER_Y)

#: The column that shows whether a joint that a drill needs is seen.
NEEDS = {"ear": NECK, "shoulder": TRUNK, "hip": TRUNK, "knee": THIGH, "ankle": SHIN}

#: Variants of every point and row: the raw median of three, and the smoothed one (biomechanics 5.2).
RAW, SMOOTH = range(2)

#: A bone may seem shorter or longer than calibrated by this share: shin, thigh, trunk (biomechanics 5.3).
BONE_TOLERANCE = np.array([0.30, 0.30, 0.25], np.float32)

#: From the ground up, each joint the head of the segment before it: shin, thigh, trunk, shoulder to ear, ear to nose.
_LEFT_CHAIN = [pose.LEFT_ANKLE, pose.LEFT_KNEE, pose.LEFT_HIP, pose.LEFT_SHOULDER, pose.LEFT_EAR, pose.NOSE]
_CHAINS = tuple(np.array([joint + (side if joint else 0) for joint in _LEFT_CHAIN]) for side in (0, 1))
#: What makes head minus tail point forward, by facing; the thigh is the one that leans back.
_FORWARD = {
    facing: np.array([1, -1, 1, 1, 1], np.float32) * np.float32(facing or np.nan) for facing in (-1, 0, 1)
}  # fmt: skip
#: A half turn for keeping within ±180; and a level face points forward, 90 degrees from upright.
_HEAD_TURN = np.array([180, 180 - 90], np.float32)
_HALF_TURN, _TURN = np.array(180, np.float32), np.array(360, np.float32)


class Geometry:
    """Measures a pose's near side.  ``rows`` (2, COLUMNS) float32, raw and smooth, NaN where a joint is not seen."""

    def __init__(self) -> None:
        self.rows = rows = np.full((2, COLUMNS), np.nan, np.float32)
        self._chain = np.empty((2, 6, 2), np.float32)
        self._vectors = np.empty((2, 5, 2), np.float32)
        self._forward = np.empty((2, 5), np.float32)
        self._off = np.empty((2, 3), np.float32)
        self._strange = np.empty((2, 3), bool)
        self._bones = np.full(3, np.nan, np.float32)
        self._slack = np.full(3, np.nan, np.float32)
        # slices are made once: making one costs as much as a small sum
        self._tails, self._heads = self._chain[:, :5], self._chain[:, 1:]
        self._across, self._down = self._vectors[:, :, 0], self._vectors[:, :, 1]
        self._bones_across, self._bones_down = self._across[:, :3], self._down[:, :3]
        self._heights_seen, self._heights = self._chain[:, 2:4, 1], rows[:, HIP_Y : SHOULDER_Y + 1]
        self._angles, self._limbs, self._head = rows[:, :KNEE], rows[:, :NECK], rows[:, NECK : FACE + 1]
        self._shin_and_trunk, self._thigh = rows[:, SHIN : TRUNK + 1 : 2], rows[:, THIGH : THIGH + 1]
        self._knee_and_hip, self._lean = rows[:, KNEE : HIP + 1], rows[:, LEAN]
        self._shin, self._trunk, self._trunk_column = rows[:, SHIN], rows[:, TRUNK], rows[:, TRUNK : TRUNK + 1]
        self._retreat, self._travel, self._lengths = rows[:, RETREAT], rows[:, TRAVEL], rows[:, SHIN_PX:]
        self._shin_forward, self._thigh_back = self._forward[:, 0], self._forward[:, 1]

    def trust_bones(self, lengths: np.ndarray | None) -> None:
        """From now on angles of segments unlike ``lengths`` (shin, thigh, trunk in pixels) are NaN; None: trust all."""
        self._bones[:] = np.nan if lengths is None else lengths
        self._slack[:] = self._bones * BONE_TOLERANCE

    def measure(self, points: np.ndarray, near: int, facing: int) -> np.ndarray:
        """Rows of ``points`` (2, 17, 2), seen from the ``near`` side (0 left, 1 right) of a person ``facing`` +1 or -1.

        Where the facing is unknown (0) everything that has a front is NaN; heights and lengths are not.
        """
        points.take(_CHAINS[near], axis=1, out=self._chain, mode="clip")
        self._heights[:] = self._heights_seen
        np.subtract(self._heads, self._tails, out=self._vectors)
        np.hypot(self._bones_across, self._bones_down, out=self._lengths)
        np.multiply(self._across, _FORWARD[facing], out=self._forward)
        np.negative(self._down, out=self._down)
        np.arctan2(self._forward, self._down, out=self._angles)
        np.degrees(self._angles, out=self._angles)
        self._doubt_bones()
        self._turn_head()
        np.add(self._shin_and_trunk, self._thigh, out=self._knee_and_hip)
        np.subtract(self._trunk, self._shin, out=self._lean)
        # hip behind knee, less what the knee is before the ankle
        np.subtract(self._thigh_back, self._shin_forward, out=self._retreat)
        self._travel[:] = self._shin_forward
        return self.rows

    def _doubt_bones(self) -> None:
        np.subtract(self._lengths, self._bones, out=self._off)
        np.abs(self._off, out=self._off)
        np.greater(self._off, self._slack, out=self._strange)
        self._limbs[self._strange] = np.nan

    def _turn_head(self) -> None:
        """Neck and face against the trunk, kept within ±180: a head hanging from a level trunk is past the seam."""
        head = self._head
        head -= self._trunk_column
        head += _HEAD_TURN
        np.remainder(head, _TURN, out=head)
        head -= _HALF_TURN
