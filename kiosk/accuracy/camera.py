"""A virtual camera for recorded movement: 3-D joints become the poses that the model would make of them.

The noise is that of the model on a person who stands whole in its picture (biomechanics 0.5).
"""

from __future__ import annotations

import numpy as np

from kiosk.figure.film import FAR_SIDE_SHOWS
from kiosk.figure.lens import Lens, Spot, project, turn
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_HIP, LEFT_SHOULDER, NOSE, RIGHT_ANKLE, Pose

#: Scores of joints on the near side, on the far one, and outside the picture.
SEEN, HIDDEN, OUTSIDE = 0.80, 0.45, 0.05
#: Standard deviation of scores from frame to frame.
SCORE_SPREAD = 0.07
#: Stature of a standing person in the model's picture of 192 pixels; what follows is in its pixels (biomechanics 0.5).
STATURE_PX = 151.0
#: Standard deviation from frame to frame, the grid on which int8 puts joints, and what an outlier adds.
JITTER, GRID, ASTRAY = 1.5, 0.8, 15.0
#: Share of joints gone astray in a frame.
OUTLIERS = 0.01
#: Spread of where people place the joint: nose, eyes, ears, shoulders, elbows, wrists, hips, knees, ankles.  The model
#: sits nearer to their mean than one of them does: on photographs at about half of it.
PLACED = np.array((1.8, *[1.8] * 2, *[2.4] * 2, *[5.4] * 2, *[4.9] * 2, *[4.2] * 2, *[7.3] * 2, *[5.9] * 2, *[6.0] * 2))
BIAS_SHARE = 0.5
#: How high the nose is over the ankles, as a share of stature.
ANKLE_TO_NOSE = 0.89


def film(joints: np.ndarray, times: np.ndarray, lens: Lens, facing: int, noise: int | None) -> list[Pose]:
    """Poses of ``joints`` (n, 17, 3), metres in the body's coordinates: x forward, y left, z up from the floor.

    ``facing`` +1 to the right of the picture, -1 to the left; ``noise`` seeds that of the model, None: a perfect eye.
    """
    flat, _ = project(turn(joints.reshape(-1, 3), lens, Spot(facing)), lens)
    points = flat.reshape(len(joints), 17, 2)
    scores = np.full((len(joints), 17), SEEN)
    if abs(lens.yaw) < FAR_SIDE_SHOWS:
        scores[:, (1 if facing > 0 else 2) :: 2] = HIDDEN
    if noise is not None:
        points, scores = _blur(points, scores, np.random.default_rng((noise, 7)))
    x, y = points[..., 0], points[..., 1]
    scores[(x < 0) | (y < 0) | (x >= lens.width) | (y >= lens.height_px)] = OUTSIDE
    found = zip(times.tolist(), points.astype(np.float32), scores.astype(np.float32), strict=True)
    return [Pose(t, where, score, lens.width, lens.height_px) for t, where, score in found]


def _blur(points: np.ndarray, scores: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """``points`` (n, 17, 2) and ``scores`` as the model gives them."""
    pixel = _stature(points[0]) / STATURE_PX
    astray = rng.random(scores.shape) < OUTLIERS
    off = rng.normal(0, JITTER, points.shape) + astray[..., None] * rng.normal(0, ASTRAY, points.shape)
    off += rng.normal(0, 1, (17, 2)) * (BIAS_SHARE * PLACED)[:, None]
    grid = GRID * pixel
    return np.round((points + off * pixel) / grid) * grid, scores + rng.normal(0, SCORE_SPREAD, scores.shape)


def _stature(standing: np.ndarray) -> float:
    """Pixels of a ``standing`` person (17, 2) from floor to crown."""
    return float((standing[LEFT_ANKLE : RIGHT_ANKLE + 1, 1].mean() - standing[NOSE, 1]) / ANKLE_TO_NOSE)


def trunk_of(pose: Pose) -> float:
    """Pixels from hip to shoulder."""
    across, down = pose.points[LEFT_SHOULDER] - pose.points[LEFT_HIP]
    return float(np.hypot(across, down))
