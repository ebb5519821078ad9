"""Somebody near to a camera before them: what is believed of whom only head and shoulders are sure to be seen.

The model likes to guess what is hidden behind a basin, or below the hair of who looks into it (biomechanics 4.3).
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kiosk.scoring.pose import LEFT_EAR, LEFT_HIP, LEFT_KNEE, LEFT_SHOULDER, RIGHT_EAR, RIGHT_HIP, RIGHT_SHOULDER, Pose
from kiosk.scoring.smoothing import ENTER, STAY
from kiosk.scoring.view import ROUGHLY, SHOULDER_WIDTH

#: Hips are believed from this score of both, and of this width, in shoulder widths of the standing (biomechanics 4.3).
HIPS_SEEN, HIPS_WIDTH = 0.40, (0.45, 0.80)
#: Shoulders come nearer in every lean, and grow; with shoulders narrower than this, as a share of the standing's, the
#: body is turned, or they are guessed: in either case the ears are not where they seem to be.
NARROW = 0.90
SHOULDERS, HIPS = [LEFT_SHOULDER, RIGHT_SHOULDER], [LEFT_HIP, RIGHT_HIP]


def believable(pose: Pose, trunk: float) -> Pose:
    """``pose`` without its legs, and without hips and ears that are guessed.

    Shoulders that are told roughly are enough to see that somebody leans, but not to say how: with them no ears are
    believed.  ``trunk``: what :func:`trunk_of` told of the standing, or until then tells.
    """
    scores = np.nan_to_num(pose.scores)
    width, (least, most) = trunk * SHOULDER_WIDTH, HIPS_WIDTH
    seen = scores[HIPS].min() >= HIPS_SEEN and least <= _apart(pose, HIPS) / width <= most
    scores[LEFT_KNEE if seen else LEFT_HIP :] = 0.0
    shoulders = scores[SHOULDERS]
    if shoulders.min() < STAY or _apart(pose, SHOULDERS) < NARROW * width:
        scores[[LEFT_EAR, RIGHT_EAR]] = 0.0
    scores[SHOULDERS] = np.where(shoulders >= ROUGHLY, np.maximum(shoulders, ENTER), 0.0)
    return replace(pose, scores=scores)


def trunk_of(pose: Pose) -> float:
    """Pixels that the trunk would have, seen in full, by the shoulders' width, whatever the scores."""
    return _apart(pose, SHOULDERS) / SHOULDER_WIDTH


def _apart(pose: Pose, joints: list[int]) -> float:
    return math.dist(*pose.points[joints].tolist())
