"""A pose: the 17 COCO keypoints of one person at one time, in camera pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kiosk.scoring.dorsal.contour import Contour

#: COCO order; odd indices are the person's left, even ones (but the nose) their right.
KEYPOINTS = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow",
    "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle",
    "right_ankle",
)  # fmt: skip

NOSE, LEFT_EYE, RIGHT_EYE, LEFT_EAR, RIGHT_EAR = range(5)
LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_ELBOW, RIGHT_ELBOW, LEFT_WRIST, RIGHT_WRIST = range(5, 11)
LEFT_HIP, RIGHT_HIP, LEFT_KNEE, RIGHT_KNEE, LEFT_ANKLE, RIGHT_ANKLE = range(11, 17)


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """What the model saw in one frame.

    ``t`` seconds, the frame's own time.  ``points`` (17, 2) float32, x right and y down in pixels of the un-mirrored
    camera frame, NaN where nothing was given.  ``scores`` (17,) float32 in 0..1 (not probabilities).  ``width`` and
    ``height`` are the frame's, in pixels.  ``present`` is False when nobody is believed to be in view.
    ``back``: the outline of the back in this frame, None in frames in which it was not looked for.
    """

    t: float
    points: np.ndarray
    scores: np.ndarray
    width: int
    height: int
    present: bool = True
    back: Contour | None = None
