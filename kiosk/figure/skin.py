"""What covers the bones: rings of flesh and cloth around them, joined to tubes.

Every part of the body is a tube of rings; a ring rides on a frame (a place and three directions) of the skeleton.
Sizes are metres of a person 1.75 m tall and grow with stature and girth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kiosk.figure.body import ANKLE_HEIGHT, HEAD_FORWARD, Skeleton, towards
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_EAR, LEFT_ELBOW, LEFT_HIP, LEFT_KNEE, LEFT_SHOULDER, LEFT_WRIST

#: The stature the table of rings is drawn for, metres.
DRAWN_FOR = 1.75
#: Corners of a ring: with 16 the model takes the edges for limbs (knee and shoulder scores fall below 0.3 twice as often).
CORNERS = 28

#: The frames rings ride on: the spine's seven points, the head, then a leg and an arm of the left side, then the seat.
SPINE_FRAMES = ("hips", "sacrum", "waist", "ribs", "back", "chest", "nape")
LIMB_FRAMES = ("thigh", "knee", "shin", "foot", "upper_arm", "elbow", "forearm", "hand")
FRAMES = (*SPINE_FRAMES, "head", *LIMB_FRAMES, "seat")


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring on a frame.

    ``along`` the frame's axis (of a limb: share of the bone, 0 at its upper end, -1 at its lower; else metres), then
    ``forward`` and ``aside`` of it; half width ``side``, half depths ``front`` and ``back``, metres; ``cloth`` its colour.
    """

    frame: str
    along: float
    forward: float
    aside: float
    side: float
    front: float
    back: float
    cloth: str


def _tube(cloth: str, *rings: tuple[str, float, float, float, float, float, float]) -> tuple[Ring, ...]:
    return tuple(Ring(*ring, cloth) for ring in rings)


def _ball(
    cloth: str, frame: str, along: float, forward: float, aside: float, radii: tuple[float, float, float]
) -> tuple[Ring, ...]:
    """An ellipsoid with (height, width, depth) radii, as five rings."""
    high, wide, deep = radii
    heights = np.sin(np.radians((-88, -55, -20, 20, 55, 88)))
    return tuple(
        Ring(frame, along + h * high, forward, aside, wide * w, deep * w, deep * w, cloth)
        for h, w in zip(heights.tolist(), np.sqrt(1 - heights**2).tolist(), strict=True)
    )


#: Frame, along, forward, aside, half width, half depth to the front and to the back.
TRUNK = (
    *_tube(
        "trousers",
        ("hips", -0.090, -0.005, 0, 0.010, 0.005, 0.005),
        ("hips", -0.085, -0.005, 0, 0.110, 0.060, 0.065),
        ("hips", -0.068, 0.000, 0, 0.150, 0.078, 0.088),
        ("hips", -0.030, 0.000, 0, 0.170, 0.095, 0.116),
    ),
    *_tube(
        "shirt",
        ("hips", 0.002, 0.000, 0, 0.176, 0.103, 0.121),
        ("hips", 0.045, 0.000, 0, 0.170, 0.105, 0.112),
        ("sacrum", 0.000, 0.000, 0, 0.163, 0.128, 0.078),
        ("waist", 0.000, 0.000, 0, 0.150, 0.117, 0.064),
        ("ribs", 0.000, 0.000, 0, 0.150, 0.127, 0.068),
        ("back", 0.000, 0.000, 0, 0.158, 0.150, 0.072),
        ("chest", 0.000, 0.000, 0, 0.165, 0.150, 0.086),
        ("nape", -0.096, -0.006, 0, 0.180, 0.122, 0.084),
        ("nape", -0.045, -0.004, 0, 0.172, 0.082, 0.070),
        ("nape", -0.022, 0.000, 0, 0.140, 0.066, 0.062),
        ("nape", -0.004, 0.006, 0, 0.092, 0.056, 0.058),
    ),
    *_tube(
        "skin",
        ("nape", 0.006, 0.010, 0, 0.064, 0.052, 0.056),
        ("nape", 0.028, 0.014, 0, 0.058, 0.054, 0.056),
        ("head", -0.060, -0.022, 0, 0.056, 0.056, 0.054),
        ("head", -0.020, -0.020, 0, 0.050, 0.050, 0.050),
    ),
)
BUTTOCK = _ball("trousers", "hips", -0.032, -0.052, 0.078, (0.080, 0.080, 0.080))
LEG = (
    *_tube(
        "trousers",
        ("thigh", 0.150, 0.000, 0, 0.010, 0.010, 0.010),
        ("thigh", 0.120, 0.000, 0.002, 0.050, 0.050, 0.054),
        ("thigh", 0.060, 0.000, 0.004, 0.072, 0.076, 0.082),
        ("thigh", -0.02, 0.000, 0.006, 0.080, 0.086, 0.092),
        ("thigh", -0.18, 0.000, 0.006, 0.082, 0.088, 0.092),
        ("thigh", -0.40, 0.004, 0, 0.078, 0.084, 0.082),
        ("thigh", -0.66, 0.004, 0, 0.066, 0.072, 0.068),
    ),
    *_tube(
        "shorts",
        ("thigh", -0.68, 0.003, 0, 0.064, 0.070, 0.066),
        ("thigh", -0.90, 0.002, 0, 0.055, 0.061, 0.056),
        ("knee", 0.00, 0.002, 0, 0.053, 0.058, 0.052),
        ("shin", -0.10, 0.000, 0, 0.052, 0.050, 0.056),
        ("shin", -0.30, 0.000, 0, 0.054, 0.046, 0.070),
        ("shin", -0.50, 0.000, 0, 0.048, 0.042, 0.060),
        ("shin", -0.75, 0.000, 0, 0.040, 0.038, 0.044),
        ("shin", -0.97, 0.000, 0, 0.037, 0.038, 0.038),
    ),
)
SHOE = _tube(
    "shoes",
    ("foot", -0.072, 0.034, 0, 0.012, 0.026, 0.020),
    ("foot", -0.058, 0.034, 0, 0.034, 0.052, 0.032),
    ("foot", -0.010, 0.034, 0, 0.040, 0.066, 0.033),
    ("foot", 0.045, 0.034, 0, 0.041, 0.044, 0.033),
    ("foot", 0.090, 0.034, 0, 0.044, 0.026, 0.033),
    ("foot", 0.150, 0.034, 0, 0.043, 0.012, 0.033),
    ("foot", 0.182, 0.034, 0, 0.030, 0.004, 0.030),
    ("foot", 0.194, 0.030, 0, 0.008, 0.000, 0.016),
)
ARM = (
    *_tube(
        "shirt",
        ("upper_arm", 0.120, 0.000, -0.034, 0.014, 0.014, 0.014),
        ("upper_arm", 0.090, 0.000, -0.020, 0.042, 0.042, 0.044),
        ("upper_arm", 0.000, 0.000, -0.004, 0.058, 0.062, 0.064),
        ("upper_arm", -0.250, 0.000, 0.000, 0.054, 0.056, 0.058),
        ("upper_arm", -0.520, 0.000, 0.000, 0.052, 0.054, 0.054),
    ),
    *_tube(
        "skin",
        ("upper_arm", -0.530, 0.000, 0.000, 0.043, 0.046, 0.046),
        ("upper_arm", -0.850, 0.000, 0.000, 0.039, 0.041, 0.042),
        ("elbow", 0.000, 0.000, 0.000, 0.038, 0.040, 0.041),
        ("forearm", -0.200, 0.000, 0.000, 0.039, 0.042, 0.042),
        ("forearm", -0.600, 0.000, 0.000, 0.032, 0.035, 0.035),
        ("forearm", -0.970, 0.000, 0.000, 0.022, 0.028, 0.028),
        ("hand", -0.300, 0.000, 0.000, 0.018, 0.038, 0.036),
        ("hand", -0.650, 0.006, 0.000, 0.018, 0.042, 0.034),
        ("hand", -1.000, 0.010, 0.000, 0.014, 0.026, 0.022),
        ("hand", -1.080, 0.010, 0.000, 0.004, 0.006, 0.006),
    ),
)
#: The head with the hair on it: face before, hair behind.
HEAD = (
    *_tube(
        "skin",
        ("head", -0.120, 0.060, 0, 0.008, 0.012, 0.012),
        ("head", -0.108, 0.054, 0, 0.034, 0.036, 0.048),
        ("head", -0.088, 0.044, 0, 0.048, 0.050, 0.062),
    ),
    *_tube(
        "skin/hair",
        ("head", -0.064, 0.020, 0, 0.056, 0.069, 0.082),
        ("head", -0.035, 0.008, 0, 0.066, 0.084, 0.094),
        ("head", -0.005, -0.004, 0, 0.072, 0.096, 0.098),
        ("head", 0.025, -0.008, 0, 0.075, 0.096, 0.100),
        ("head", 0.050, -0.008, 0, 0.077, 0.100, 0.100),
    ),
    *_tube(
        "hair",
        ("head", 0.068, -0.010, 0, 0.077, 0.100, 0.098),
        ("head", 0.092, -0.012, 0, 0.066, 0.088, 0.086),
        ("head", 0.116, -0.014, 0, 0.044, 0.060, 0.060),
        ("head", 0.128, -0.014, 0, 0.022, 0.030, 0.030),
        ("head", 0.132, -0.014, 0, 0.004, 0.006, 0.006),
    ),
)
NOSE = _tube(
    "nose",
    ("head", 0.022, 0.090, 0, 0.007, 0.008, 0.010),
    ("head", -0.010, 0.098, 0, 0.012, 0.018, 0.014),
    ("head", -0.026, 0.094, 0, 0.016, 0.020, 0.014),
    ("head", -0.032, 0.090, 0, 0.005, 0.006, 0.006),
)
MOUTH = _ball("lips", "head", -0.058, 0.086, 0, (0.007, 0.022, 0.009))
EYE = _ball("eyes", "head", 0.016, 0.083, 0.031, (0.0060, 0.012, 0.008))
BROW = _ball("brows", "head", 0.031, 0.086, 0.031, (0.003, 0.015, 0.007))
EAR = _ball("ears", "head", 0.002, -0.004, 0.074, (0.031, 0.012, 0.018))
#: A round stool; its height is the frame's own.
STOOL = _tube(
    "stool",
    *(("seat", z, 0.0, 0.0, r, r, r) for z, r in ((0.0, 0.01), (-0.004, 0.16), (-0.05, 0.17), (-0.09, 0.17), (-0.14, 0.165))),
    *(("seat", z, 0.0, 0.0, 0.16, 0.16, 0.16) for z in (-0.2, -0.27, -0.34)),
)

#: Small things on the face are drawn over it though they are hardly nearer to the camera, metres.
LIFTS = {"ears": 0.015, "eyes": 0.01, "lips": 0.01, "brows": 0.01, "nose": 0.01}
#: A ring of two cloths "before/behind" changes from one to the other where its cosine falls below this.
SEAM = -0.2

MIDDLE, PAIRED = (TRUNK, HEAD, NOSE, MOUTH), (BUTTOCK, LEG, SHOE, ARM, EYE, BROW, EAR)


def tubes(seat: bool) -> list[tuple[tuple[Ring, ...], int]]:
    """All tubes with their side: +1 left, -1 right, 0 in the middle."""
    both = [(tube, side) for tube in PAIRED for side in (1, -1)]
    return [(tube, 0) for tube in MIDDLE] + both + ([(STOOL, 0)] if seat else [])


def frames(skeleton: Skeleton, seat: tuple[float, float] | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of every frame of the left side: where it is, its axis (as long as ``along`` counts), its front.  Each (n, 3).

    ``seat``: (forward, up) of the top of the stool.
    """
    scale = skeleton.lengths.stature / DRAWN_FOR
    pieces = np.diff(skeleton.spine, axis=0)
    pieces /= np.linalg.norm(pieces, axis=1, keepdims=True)
    spine = np.vstack((pieces[:1], pieces[:-1] + pieces[1:], pieces[-1:]))
    spine *= scale / np.linalg.norm(spine, axis=1, keepdims=True)
    p = skeleton.points
    lean = skeleton.posture.trunk + skeleton.posture.neck
    hip, knee, ankle = p[LEFT_HIP], p[LEFT_KNEE], p[LEFT_ANKLE]
    shoulder, elbow, wrist = p[LEFT_SHOULDER], p[LEFT_ELBOW], p[LEFT_WRIST]
    floor = ankle - (0, 0, ANKLE_HEIGHT * skeleton.lengths.stature)
    fingers = (wrist - elbow) * 0.55
    places = [_deep(skeleton.spine), [p[LEFT_EAR] * (1, 0, 1)], [hip, knee, knee, floor, shoulder, elbow, elbow, wrist]]
    axes = [_deep(spine), _deep(towards(lean, scale)[None])]
    limbs = [hip - knee, _between(hip - knee, knee - ankle), knee - ankle, np.array((scale, 0, 0))]
    limbs += [shoulder - elbow, _between(shoulder - elbow, elbow - wrist), elbow - wrist, fingers * -1]
    top = seat or (0.0, 0.0)
    places.append([np.array((top[0], 0, top[1]))])
    axes += [np.array(limbs), [(0, 0, 1)]]
    axis = np.concatenate(axes)
    front = np.stack((axis[:, 2], np.zeros(len(axis)), -axis[:, 0]), axis=1)
    front /= np.linalg.norm(front, axis=1, keepdims=True)
    front[FRAMES.index("foot")] = 0, 0, 1
    return np.concatenate(places), axis, front


def _deep(flat: np.ndarray) -> np.ndarray:
    """(forward, up) → (forward, 0, up)."""
    return np.stack((flat[:, 0], np.zeros(len(flat)), flat[:, 1]), axis=1)


def _between(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """The direction half-way between two bones, as long as a share of the bone counts."""
    return above / np.linalg.norm(above) + below / np.linalg.norm(below)


class Skin:
    """The rings as arrays, for one person: ``quads`` (q, 4) corners' indices, ``cloths`` (q,) names of their colours,
    ``lift`` (q,) how much nearer than it is each counts when one hides another, metres.
    """

    def __init__(self, stature: float, girth: float, seat: bool):
        parts = tubes(seat)
        rings = [ring for tube, _ in parts for ring in tube]
        side = np.concatenate([np.full(len(tube), which) for tube, which in parts])
        scale = stature / DRAWN_FOR
        thick = np.array([1.0 if ring.frame in ("head", "foot", "seat") else girth for ring in rings]) * scale
        self._frame = np.array([FRAMES.index(ring.frame) for ring in rings])
        self._along = np.array([ring.along for ring in rings])
        self._mirror = np.where(side < 0, -1.0, 1.0)
        self._forward = np.array([ring.forward for ring in rings]) * thick
        self._aside = np.array([ring.aside for ring in rings]) * thick
        around = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
        deep = np.where(np.cos(around) > 0, *np.array([(ring.front, ring.back) for ring in rings]).T[:, :, None])
        self._deep = deep * np.cos(around) * thick[:, None]
        self._wide = np.array([ring.side for ring in rings])[:, None] * np.sin(around) * thick[:, None]
        starts = np.cumsum([0] + [len(tube) for tube, _ in parts])[1:] - 1
        lower = np.array([i for i in range(len(rings) - 1) if i not in set(starts.tolist())])
        corner, following = np.arange(CORNERS), (np.arange(CORNERS) + 1) % CORNERS
        # Limbs and the stool are listed from above, the rest from below; faces go round so that all look outward.
        down = np.array([rings[i].frame in (*LIMB_FRAMES, "seat") for i in lower])
        low, high = ((lower + step)[:, None] * CORNERS for step in (down, ~down))
        self.quads = np.stack((low + corner, low + following, high + following, high + corner), axis=2).reshape(-1, 4)
        behind = (np.cos(around + np.pi / CORNERS) < SEAM).tolist()
        self.cloths = [rings[i].cloth.split("/")[-1 if back else 0] for i in lower for back in behind]
        self.lift = np.array([LIFTS.get(cloth, 0.0) for cloth in self.cloths])

    def wrap(self, skeleton: Skeleton, seat: tuple[float, float] | None) -> np.ndarray:
        """Corners (n, 3) of the skin around the skeleton, in the body's coordinates."""
        place, axis, front = (part[self._frame] for part in frames(skeleton, seat))
        centre = place + self._along[:, None] * axis + self._forward[:, None] * front
        # The right side is the left one mirrored; its rings still go round the same way, so that faces look outward.
        centre[:, 1] = (centre[:, 1] + self._aside) * self._mirror
        corners = centre[:, None, :] + self._deep[:, :, None] * front[:, None, :]
        corners[:, :, 1] += self._wide
        return corners.reshape(-1, 3)
