"""What the scoring tests are fed with: a driver that rises and falls, and a planar person drawn from angles."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from kiosk.scoring.pose import (
    LEFT_ANKLE,
    LEFT_EAR,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    Pose,
)

#: A film's picture, and where the person's ankle stands in it, in pixels.
WIDTH, HEIGHT = 360, 640
ANKLE = (180.0, 560.0)


def bend(depth: float, down: float, stay: float, up: float, stand: float) -> list[tuple[float, float]]:
    """One smooth movement as corners (seconds, driver): down, stay, up, stand."""
    return [(down, depth), (stay, depth), (up, 0.0), (stand, 0.0)]


def drive(corners: Iterable[tuple[float, float]], fps: float, stand: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Times and driver at ``fps``: standing for ``stand`` seconds, then from corner to corner by half cosines."""
    corners = [(stand, 0.0), *corners]
    ends = np.cumsum([seconds for seconds, _ in corners])
    times = np.arange(0.0, ends[-1], 1 / fps)
    driver = np.empty(len(times))
    for i, t in enumerate(times):
        k = int(np.searchsorted(ends, t, "right"))
        seconds, target = corners[k]
        origin = corners[k - 1][1] if k else 0.0
        share = 1 - (ends[k] - t) / seconds
        driver[i] = origin + (target - origin) * (1 - math.cos(math.pi * share)) / 2
    return times, driver


def person(
    trunk: float = 0.0,
    thigh: float = 0.0,
    shin: float = 0.0,
    neck: float = 0.0,
    *,
    facing: int = 1,
    size: float = 100.0,
    ankle: tuple[float, float] = ANKLE,
) -> np.ndarray:
    """Points (17, 2) of a person seen side-on with those inclinations (biomechanics 0.2); ``size`` is a shin in pixels.

    Lengths as in the golden vectors: thigh like the shin, trunk 1.18 shins, ear 0.53 above the shoulder.
    """

    def go(origin: np.ndarray, inclination: float, length: float) -> np.ndarray:
        angle = math.radians(inclination)
        return origin + np.array([facing * math.sin(angle), -math.cos(angle)]) * length * size

    a = np.array(ankle)
    k = go(a, shin, 1.0)
    h = go(k, -thigh, 1.0)
    s = go(h, trunk, 1.18)
    e = go(s, trunk + neck, 0.53)
    n = go(e, trunk + neck + 90, 0.25)
    w = s + np.array([0.0, 0.9 * size])
    points = np.empty((17, 2))
    points[NOSE] = n
    for joint, place in (
        (LEFT_EAR, e),
        (LEFT_EAR - 2, (e + n) / 2),
        (LEFT_SHOULDER, s),
        (LEFT_SHOULDER + 2, (s + w) / 2),
        (LEFT_WRIST, w),
        (LEFT_HIP, h),
        (LEFT_KNEE, k),
        (LEFT_ANKLE, a),
    ):
        points[joint] = points[joint + 1] = place
    return points


def poses(
    times: Sequence[float], shapes: Iterable[np.ndarray], noise: float = 0.0, seed: int = 0, score: float = 0.8
) -> list[Pose]:
    """Poses of ``shapes`` at ``times``, every joint shaken by ``noise`` pixels (standard deviation)."""
    rng = np.random.default_rng(seed)
    scores = np.full(17, score, np.float32)
    return [
        Pose(float(t), (points + rng.normal(0, noise, (17, 2))).astype(np.float32), scores, WIDTH, HEIGHT)
        for t, points in zip(times, shapes, strict=True)
    ]


def hinges(
    reps: int = 3,
    fps: float = 15.0,
    *,
    trunk: float = 60.0,
    thigh: float = 25.0,
    shin: float = 0.0,
    neck: float = 0.0,
    down: float = 2.4,
    up: float = 1.5,
    noise: float = 0.0,
    seed: int = 0,
    facing: int = 1,
) -> list[Pose]:
    """A set of hinges: 2 s of standing, then ``reps`` movements in which every angle follows one driver."""
    times, driver = drive([corner for _ in range(reps) for corner in bend(1.0, down, 0.4, up, 1.2)], fps, stand=2.0)
    shapes = (person(trunk * q, thigh * q, shin * q, neck * q, facing=facing) for q in driver)
    return poses(times, shapes, noise, seed)
