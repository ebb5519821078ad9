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
        k = min(int(np.searchsorted(ends, t, "right")), len(corners) - 1)
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
    arms: float = 0.0,
    facing: int = 1,
    size: float = 100.0,
    ankle: tuple[float, float] = ANKLE,
) -> np.ndarray:
    """Points (17, 2) of a person seen side-on with those inclinations (biomechanics 0.2); ``size`` is a shin in pixels.

    Lengths as in the golden vectors: thigh like the shin, trunk 1.18 shins, ear 0.53 above the shoulder.  The ``arms``
    hang, or are lifted forward by so many degrees.
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
    w = go(s, 180 - arms, 0.9)
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


def lying(*, bridge: float = 0.0, facing: int = 1, floor: tuple[float, float] = (180.0, 500.0)) -> np.ndarray:
    """A person on the back, knees bent, the hip off the line from shoulder to knee by that share of it.

    The shoulder lies at ``floor``; ``facing`` +1 has the head on the left of the picture and the feet on the right.
    """
    points = person()
    shoulder, forward = np.array(floor), np.array([facing, 1.0])
    knee = shoulder + forward * [170, -70]
    along = knee - shoulder
    up = np.array([along[1], -along[0]]) * facing
    for joint, place in (
        (NOSE, shoulder + forward * [-45, -30]),
        (LEFT_EAR, shoulder + forward * [-50, -6]),
        (LEFT_EAR - 2, shoulder + forward * [-52, -20]),
        (LEFT_SHOULDER, shoulder),
        (LEFT_SHOULDER + 2, shoulder + forward * [40, 8]),
        (LEFT_WRIST, shoulder + forward * [90, 8]),
        (LEFT_HIP, shoulder + 0.6 * along + bridge * up),
        (LEFT_KNEE, knee),
        (LEFT_ANKLE, knee + forward * [35, 94]),
    ):
        points[joint : joint + (1 if joint == NOSE else 2)] = place
    return points


def one_leg(trunk: float, left: float, right: float, *, facing: int = 1) -> np.ndarray:
    """A person whose thighs differ, in degrees sat back; the shins of bent knees stand upright, others go on the thigh.

    The hip is where a standing person's is; a thigh behind the trunk's line (less than 0) carries a straight leg.
    """
    points = person(trunk, facing=facing)
    hip = points[LEFT_HIP].copy()
    for side, sat_back in ((0, left), (1, right)):
        shin = 0.0 if sat_back >= 0 else -sat_back
        angles = np.radians([sat_back, -shin])
        knee = hip + np.array([facing * np.sin(angles[0]), np.cos(angles[0])]) * 100
        points[LEFT_KNEE + side] = knee
        points[LEFT_ANKLE + side] = knee + np.array([facing * np.sin(angles[1]), np.cos(angles[1])]) * 100
    return points


def facing_person(
    *,
    stance: float = 0.8,
    knees_in: float = 0.0,
    down: float = 0.0,
    size: float = 100.0,
    middle: float = ANKLE[0],
    ankle_y: float = ANKLE[1],
) -> np.ndarray:
    """Points (17, 2) of a person facing the camera, feet ``stance`` shoulder widths apart, squatting ``down`` pixels.

    ``knees_in`` degrees between thigh and shin; their left is on the right of the picture.
    """
    trunk, shoulder = 1.18 * size, 0.71 * 1.18 * size / 2
    hips = 0.25 * size * 1.18
    foot = stance * shoulder
    points = np.empty((17, 2))
    shoulders_y = ankle_y - 2 * size - trunk + down
    points[NOSE] = (middle, shoulders_y - 0.5 * size)
    for side, sign in ((0, 1), (1, -1)):
        hip, ankle = np.array([sign * hips, ankle_y - 2 * size + down]), np.array([sign * foot, ankle_y])
        # a shin that tilts towards the camera loses little, the thigh the rest
        share = (size - 0.15 * down) / (2 * size - down)
        knee = _inside(hip, ankle, share, knees_in, sign)
        for joint, (x, y) in (
            (LEFT_EAR - 2, (sign * 0.06 * size, shoulders_y - 0.56 * size)),
            (LEFT_EAR, (sign * 0.14 * size, shoulders_y - 0.53 * size)),
            (LEFT_SHOULDER, (sign * shoulder, shoulders_y)),
            (LEFT_SHOULDER + 2, (sign * shoulder, shoulders_y + 0.5 * size)),
            (LEFT_WRIST, (sign * shoulder, shoulders_y + 0.95 * size)),
            (LEFT_HIP, hip),
            (LEFT_KNEE, knee),
            (LEFT_ANKLE, ankle),
        ):
            points[joint + side] = (middle + x, y)
    return points


def _inside(hip: np.ndarray, ankle: np.ndarray, share: float, degrees: float, sign: int) -> np.ndarray:
    """The knee at that ``share`` of the leg, pushed inward until thigh and shin make that angle."""
    leg = hip - ankle
    length = float(np.hypot(*leg))
    inward = np.array([leg[1], -leg[0]]) / length * sign
    return ankle + share * leg + inward * 2 * share * (1 - share) * length * math.tan(math.radians(degrees / 2))


def mirrored(points: np.ndarray, width: float = WIDTH) -> np.ndarray:
    """The mirror image: x turned about, left and right changed."""
    order = [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15]
    return points[order] * (-1, 1) + (width, 0)


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
