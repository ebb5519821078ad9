"""The back as it is seen from the side: flesh that moves with arms and hips, drawn finely, and cloth lying on it."""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, degrees

import numpy as np

from kiosk.figure.body import Skeleton
from kiosk.figure.bones import NECK, TRUNK
from kiosk.figure.clothes import Shirt
from kiosk.figure.rings import BACK_FRAMES, DRAWN_FOR, SPINE_FRAMES, Ring
from kiosk.figure.upper import SPINE
from kiosk.scoring.pose import LEFT_ELBOW, LEFT_SHOULDER

#: At a right angle of the hips the seat has gone so far forward and down of the pelvis, stretched over the thighs; the
#: hem of a shirt that hangs so far to the head; at a right angle of the arms to the trunk the shoulder blades so far
#: forward round the ribs; metres.
SEAT_FORWARD, SEAT_DOWN, HEM_SLIDES, BLADES_FORWARD = 0.012, 0.018, 0.06, 0.010
#: A ring of the table becomes so many: corners 9 cm apart would be off the curve by as much as 7 degrees of flexion.
BETWEEN = 4
#: Lying level, cloth sinks into the hollow by this share of its slack.
SINKS = 0.6
#: Folds of a shirt that hangs: how high and how long, metres, and how many radians they wander per radian of bending.
FOLD, FOLD_LENGTH, FOLDS_WANDER = 0.004, 0.085, 9.0
#: From a level trunk such a shirt hangs so far down before the belly, metres.
HANGS_DOWN = 0.04

Rest = tuple[np.ndarray, np.ndarray, np.ndarray]


def rest_back(skeleton: Skeleton, spine: Sequence[Rest], scale: float) -> dict[str, Rest]:
    """What seat, hem and shoulder blades ride on, from the frames of the spine (place, axis, left)."""
    hips, chest = (spine[SPINE_FRAMES.index(name)] for name in ("hips", "chest"))
    points = skeleton.points
    hip = (lean(hips[1]) - lean(np.diff(SPINE, axis=0)[0]) + float(np.mean(skeleton.thighs))) / 90
    arms = points[[LEFT_ELBOW, LEFT_ELBOW + 1]] - points[[LEFT_SHOULDER, LEFT_SHOULDER + 1]]
    reach = float(np.clip((lean(chest[1]) - lean(-arms.mean(axis=0))) / 90, 0, 1))
    moves = {
        "seat": (hips, SEAT_FORWARD * hip, -SEAT_DOWN * hip),
        "hem": (hips, 0.0, HEM_SLIDES * max(0.0, hip)),
        "blade": (chest, BLADES_FORWARD * reach, 0.0),
    }
    assert tuple(moves) == BACK_FRAMES
    found = {}
    for name, ((place, axis, left), forward, along) in moves.items():
        front = np.cross(left, axis)
        found[name] = (place + scale * forward * front / np.linalg.norm(front) + along * axis, axis, left)
    return found


def lean(vector: np.ndarray) -> float:
    """The inclination from straight up, + forward, of a vector (forward, up) or (forward, left, up), degrees."""
    return degrees(atan2(vector[0], vector[-1]))


def heights(rings: Sequence[Ring]) -> np.ndarray:
    """How high over the hips each ring of the trunk is in standing, metres (n,)."""
    up = dict(zip(SPINE_FRAMES, SPINE[:, 1].tolist(), strict=True)) | {"head": TRUNK + NECK}
    return np.array([up[ring.frame] * DRAWN_FOR + ring.along for ring in rings])


def refine(at: np.ndarray) -> np.ndarray:
    """Weights (m, n) that make of n rings at rising heights ``at`` the m = (n - 1)·BETWEEN + 1 of a smooth curve.

    Cubic Hermite pieces through the rings, their slopes those of the parabola through three (Catmull and Rom 1974, of
    uneven spacing).
    """
    n, steps = len(at), np.diff(at)
    slopes = np.zeros((n, n))
    for i in range(1, n - 1):
        low, high = steps[i - 1 : i + 1]
        share = high / (low + high)
        slopes[i, i - 1 : i + 2] = -share / low, share / low - (1 - share) / high, (1 - share) / high
    slopes[0, :2] = slopes[-1, -2:] = -1, 1
    slopes[0] /= steps[0]
    slopes[-1] /= steps[-1]
    rows = []
    for i, step in enumerate(steps):
        for s in np.arange(BETWEEN) / BETWEEN:
            row = step * (s * (1 - s) ** 2 * slopes[i] - s * s * (1 - s) * slopes[i + 1])
            row[i] += (1 + 2 * s) * (1 - s) ** 2
            row[i + 1] += s * s * (3 - 2 * s)
            rows.append(row)
    return np.vstack((rows, np.eye(n)[-1:]))


def drape(line: np.ndarray, flesh: np.ndarray, shirt: Shirt) -> tuple[np.ndarray, np.ndarray]:
    """How far cloth stands off the back, and how far it hangs from the belly; (n, 2) metres (forward, up) each.

    ``line`` (n, 2) of the back where the shirt is, (forward, up) from below; ``flesh`` (m, 2) all that holds it out:
    the back, seat and blades.  Cloth is drawn taut from bulge to bulge, as far as its slack lets it; lying on a back
    that faces up it sinks.
    """
    chord = line[-1] - line[0]
    length = float(np.hypot(*chord))
    up = chord / length
    dorsal = np.array((-up[1], up[0]))
    level = max(0.0, float(up[0]))
    along, off = (line - line[0]) @ up, (line - line[0]) @ dorsal
    corners = hull((flesh - line[0]) @ up, (flesh - line[0]) @ dorsal)
    slack = shirt.slack * (1 - SINKS * level)
    stands = slack * np.tanh(np.maximum(0.0, np.interp(along, *corners) - off) / slack)
    hangs = np.zeros(len(line))
    if shirt.hangs:
        waves = np.sin(2 * np.pi * along / FOLD_LENGTH + FOLDS_WANDER * atan2(*chord.tolist()))
        middle = np.sin(np.pi * np.clip(along / length, 0, 1))
        stands += FOLD / 2 * (1 + waves) * middle
        hangs = HANGS_DOWN * level * middle
    return np.multiply.outer(stands, dorsal), np.multiply.outer(hangs, (0.0, -1.0))


def hull(along: np.ndarray, off: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The corners, by rising ``along``, of the line drawn taut over all points (Andrew 1979)."""
    taut: list[tuple[float, float]] = []
    for x, y in sorted(zip(along.tolist(), off.tolist(), strict=True)):
        while len(taut) > 1 and turns_up(taut[-2], taut[-1], (x, y)):
            taut.pop()
        taut.append((x, y))
    xs, ys = np.array(taut).T
    return xs, ys


def turns_up(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    """Whether the way from a over b to c turns to the left, or b lies on it."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) >= 0
