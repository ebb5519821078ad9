"""What covers the bones: the rings of kiosk.figure.rings put round a skeleton and joined to faces."""

from __future__ import annotations

import numpy as np

from kiosk.figure.body import ANKLE_HEIGHT, Skeleton, towards
from kiosk.figure.rings import DRAWN_FOR, FRAMES, LIMB_FRAMES, tubes
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_EAR, LEFT_ELBOW, LEFT_HIP, LEFT_KNEE, LEFT_SHOULDER, LEFT_WRIST

#: Corners of a ring: with 16 the model takes their edges for limbs (scores fall below 0.3 twice as often).
CORNERS = 28
#: A half-closed hand is this long, in forearms.
HAND = 0.55
#: Small things on the face, and the hem of the shirt, lie on other skin: they count as so much nearer, metres.
LIFTS = {"ears": 0.015, "eyes": 0.01, "lips": 0.01, "brows": 0.01, "nose": 0.01, "shirt": 0.02}
#: A ring of two cloths "before/behind" changes from one to the other where its cosine falls below this.
SEAM = -0.2


def frames(skeleton: Skeleton, seat: tuple[float, float] | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of every frame of the left side: where it is, its axis (as long as ``along`` counts), its front.  Each (n, 3).

    ``seat``: (forward, up) of the top of the stool.
    """
    scale = skeleton.lengths.stature / DRAWN_FOR
    pieces = np.diff(skeleton.spine, axis=0)
    pieces /= np.linalg.norm(pieces, axis=1, keepdims=True)
    spine = np.vstack((pieces[:1], pieces[:-1] + pieces[1:], pieces[-1:]))
    spine *= scale / np.linalg.norm(spine, axis=1, keepdims=True)
    lean = towards(skeleton.posture.trunk + skeleton.posture.neck, scale)
    head = skeleton.points[LEFT_EAR, [0, 2]]
    places, axes = frame_limbs(skeleton.points, scale * np.array((1.0, 0.0, 0.0)))
    places[LIMB_FRAMES.index("foot"), 2] -= ANKLE_HEIGHT * skeleton.lengths.stature
    place = np.concatenate((deepen(np.vstack((skeleton.spine, head))), places, deepen(np.array([seat or (0, 0)]))))
    axis = np.concatenate((deepen(np.vstack((spine, lean))), axes, [(0.0, 0.0, 1.0)]))
    front = np.stack((axis[:, 2], np.zeros(len(axis)), -axis[:, 0]), axis=1)
    front /= np.linalg.norm(front, axis=1, keepdims=True)
    front[FRAMES.index("foot")] = 0, 0, 1
    return place, axis, front


def frame_limbs(points: np.ndarray, foot: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places and axes of LIMB_FRAMES, (8, 3) each, from the keypoints; ``foot`` is the axis of a foot on the floor."""
    hip, knee, ankle = points[LEFT_HIP], points[LEFT_KNEE], points[LEFT_ANKLE]
    shoulder, elbow, wrist = points[LEFT_SHOULDER], points[LEFT_ELBOW], points[LEFT_WRIST]
    thigh, shin, upper_arm, forearm = hip - knee, knee - ankle, shoulder - elbow, elbow - wrist
    places = np.array((hip, knee, knee, ankle, shoulder, elbow, elbow, wrist))
    leg = (thigh, between(thigh, shin), shin, foot)
    arm = (upper_arm, between(upper_arm, forearm), forearm, HAND * forearm)
    return places, np.array((*leg, *arm))


def deepen(flat: np.ndarray) -> np.ndarray:
    """(forward, up) → (forward, 0, up)."""
    return np.stack((flat[:, 0], np.zeros(len(flat)), flat[:, 1]), axis=1)


def between(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """The direction half-way between two bones."""
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
