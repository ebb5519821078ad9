"""What covers the bones: the rings of kiosk.figure.rings put round a skeleton and joined to faces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from kiosk.figure.back import BETWEEN, drape, heights, refine, rest_back
from kiosk.figure.body import Skeleton
from kiosk.figure.bones import Lengths, towards
from kiosk.figure.clothes import Shirt
from kiosk.figure.rings import BACK_FRAMES, BODY_FRAMES, DRAWN_FOR, LIMB_FRAMES, SPINE_FRAMES, Ring, Tube
from kiosk.scoring.pose import LEFT_EAR, LEFT_HIP, LEFT_SHOULDER, RIGHT_EAR, RIGHT_HIP, RIGHT_SHOULDER

#: Corners of a ring: with 16 the model takes their edges for limbs (scores fall below 0.3 twice as often).
CORNERS = 28
#: Below this height over the hips a shirt does not lie on the trunk, metres.
SEAT_ENDS = -0.04
#: A half-closed hand is this long, in forearms.
HAND = 0.55
#: Small things on the face, the hem of the shirt, and what is worn over clothes lie on other skin: they count as so
#: much nearer, metres.
LIFTS = {"ears": 0.015, "eyes": 0.01, "lips": 0.01, "brows": 0.01, "nose": 0.01, "shirt": 0.03, "band": 0.03}
#: A ring of two cloths "before/behind" changes from one to the other where its cosine falls below this.
SEAM = -0.2


class Frame(NamedTuple):
    """Where rings ride: its ``place``, its ``axis`` (as long as ``along`` counts), its ``front`` and the way to the
    person's left, ``side``; each (3,), the last two of length 1.
    """

    place: np.ndarray
    axis: np.ndarray
    front: np.ndarray
    side: np.ndarray


#: What a frame is made of: its place, its axis, and about where the left is.
Rest = tuple[np.ndarray, np.ndarray, np.ndarray]
LEFT = np.array((0.0, 1.0, 0.0))


def unit(vector: np.ndarray) -> np.ndarray:
    """The direction of a vector (3,), or of each (n, 3)."""
    return vector / np.linalg.norm(vector, axis=-1, keepdims=True)


def stand(place: np.ndarray, axis: np.ndarray, left: np.ndarray) -> Frame:
    """The frame (or frames, stacked) square to its axis whose side is as nearly as may be to the ``left``."""
    front = unit(np.cross(left, axis))
    return Frame(place, axis, front, unit(np.cross(axis, front)))


def frames(skeleton: Skeleton) -> dict[str, Frame]:
    """The frames of the body by name; those of the limbs begin with ``left_`` or ``right_``."""
    scale = skeleton.lengths.stature / DRAWN_FOR
    spine = rest_spine(skeleton, scale)
    rests = dict(zip(SPINE_FRAMES, spine, strict=True)) | rest_back(skeleton, spine, scale)
    rests["head"] = rest_head(skeleton, scale)
    for right, name in enumerate(("left", "right")):
        limbs = (*rest_leg(skeleton, right, scale), *rest_arm(skeleton, right))
        rests |= {f"{name}_{part}": rest for part, rest in zip(LIMB_FRAMES, limbs, strict=True)}
    stacked = stand(*np.array(list(rests.values())).transpose(1, 0, 2))
    return dict(zip(rests, map(Frame, *stacked), strict=True))


def rest_spine(skeleton: Skeleton, scale: float) -> list[Rest]:
    """The seven frames of the spine, which turns from the line of the hips to that of the shoulders."""
    points = skeleton.points
    hips, shoulders = points[[LEFT_HIP, RIGHT_HIP]], points[[LEFT_SHOULDER, RIGHT_SHOULDER]]
    upward = np.linspace(0, 1, len(skeleton.spine))[:, None]
    aside = (1 - upward) * hips[:, 1].mean() + upward * shoulders[:, 1].mean()
    spine = np.hstack((skeleton.spine[:, :1], aside, skeleton.spine[:, 1:]))
    pieces = unit(np.diff(spine, axis=0))
    axes = scale * unit(np.vstack((pieces[:1], pieces[:-1] + pieces[1:], pieces[-1:])))
    lefts = (1 - upward) * unit(hips[0] - hips[1]) + upward * unit(shoulders[0] - shoulders[1])
    return list(zip(spine, axes, lefts, strict=True))


def rest_head(skeleton: Skeleton, scale: float) -> Rest:
    """The head, from between the ears."""
    left, right = skeleton.points[[LEFT_EAR, RIGHT_EAR]]
    forward, up = towards(skeleton.head, scale)
    return (left + right) / 2, np.array((forward, 0.0, up)), left - right


def rest_leg(skeleton: Skeleton, right: int, scale: float) -> tuple[Rest, ...]:
    """Thigh, knee, shin and foot of that side (0 left, 1 right); the foot's front is its upper side."""
    hip, knee, ankle = skeleton.points[LEFT_HIP + right :: 2]
    under, toe = skeleton.feet[right]
    thigh, shin = hip - knee, knee - ankle
    foot = (under, scale * unit(toe - under), -LEFT)
    return (hip, thigh, LEFT), (knee, unit(thigh) + unit(shin), LEFT), (knee, shin, LEFT), foot


def rest_arm(skeleton: Skeleton, right: int) -> tuple[Rest, ...]:
    """Upper arm, elbow, forearm and hand of that side."""
    left = skeleton.points[LEFT_SHOULDER] - skeleton.points[RIGHT_SHOULDER]
    shoulder, elbow, wrist = skeleton.points[LEFT_SHOULDER + right : LEFT_HIP : 2]
    upper, fore = shoulder - elbow, elbow - wrist
    middle = unit(upper) + unit(fore)
    return (shoulder, upper, left), (elbow, middle, left), (elbow, fore, left), (wrist, HAND * fore, left)


class Skin:
    """Tubes of rings as arrays: ``quads`` (q, 4) corners' indices, ``cloths`` (q,) names of their colours, ``lift``
    (q,) how much nearer than it is each counts when one hides another, metres.

    ``tubes``: with the side of each, +1 left, -1 right, 0 in the middle.  ``loose``: how much wider the shirt is than
    one that fits.  ``shirt``: the first tube is a trunk to be drawn finely, and so lies the shirt on it.
    """

    def __init__(
        self, tubes: Sequence[tuple[Tube, int]], body: Lengths, loose: float = 1.0, shirt: Shirt | None = None
    ):
        rings = [ring for tube, _ in tubes for ring in tube]
        side = np.concatenate([np.full(len(tube), which) for tube, which in tubes])
        names = [name_frame(ring, which) for ring, which in zip(rings, side.tolist(), strict=True)]
        self._names = tuple(dict.fromkeys(names))
        self._frame = np.array([self._names.index(name) for name in names])
        thick = np.array([thicken(ring, body, loose) for ring in rings])
        self._along = np.array([ring.along for ring in rings])
        self._forward = np.array([ring.forward for ring in rings]) * thick
        self._aside = np.array([ring.aside for ring in rings]) * thick * np.where(side < 0, -1.0, 1.0)
        around = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
        deep = np.where(np.cos(around) > 0, *np.array([(ring.front, ring.back) for ring in rings]).T[:, :, None])
        self._deep = deep * np.cos(around) * thick[:, None]
        self._wide = np.array([ring.side for ring in rings])[:, None] * np.sin(around) * thick[:, None]
        self._cover = Cover(tubes, shirt) if shirt else None
        lengths = [len(tube) for tube, _ in tubes]
        if self._cover:
            rings = [*self._cover.rings, *rings[lengths[0] :]]
            lengths[0] = len(self._cover.rings)
        ends = set(np.cumsum(lengths) - 1)
        lower = np.array([i for i in range(len(rings)) if i not in ends])
        corner, following = np.arange(CORNERS), (np.arange(CORNERS) + 1) % CORNERS
        # Legs and arms are listed from above, the rest along the axis; faces go round so that all look outward.
        down = np.array([rings[i].frame in LIMB_FRAMES and rings[i].frame != "foot" for i in lower])
        low, high = ((lower + step)[:, None] * CORNERS for step in (down, ~down))
        self.quads = np.stack((low + corner, low + following, high + following, high + corner), axis=2).reshape(-1, 4)
        behind = (np.cos(around + np.pi / CORNERS) < SEAM).tolist()
        self.cloths = [rings[i].cloth.split("/")[-1 if back else 0] for i in lower for back in behind]
        self.lift = np.array([LIFTS.get(cloth, 0.0) for cloth in self.cloths])

    def wrap(self, frames: Mapping[str, Frame]) -> np.ndarray:
        """Corners (n, 3) of the skin on those frames, in their coordinates."""
        table = np.array([frames[name] for name in self._names])
        place, axis, front, side = table[self._frame].transpose(1, 0, 2)
        centre = place + self._along[:, None] * axis + self._forward[:, None] * front + self._aside[:, None] * side
        corners = centre[:, None] + self._deep[..., None] * front[:, None] + self._wide[..., None] * side[:, None]
        return (self._cover.lay(corners) if self._cover else corners).reshape(-1, 3)


class Cover:
    """What covers a finely drawn trunk, the first of ``tubes``: its ``rings``, more than in the table, and cloth."""

    def __init__(self, tubes: Sequence[tuple[Tube, int]], shirt: Shirt):
        trunk = tubes[0][0]
        self._shirt, self._coarse = shirt, len(trunk)
        self._weights = refine(heights(trunk))
        self.rings = [trunk[(i + BETWEEN // 2) // BETWEEN] for i in range(len(self._weights))]
        worn = [i for i, ring in enumerate(self.rings) if ring.cloth == "shirt"]
        self._worn = slice(worn[0], worn[-1] + 1)
        held_out = [ring.frame in BACK_FRAMES and ring.frame != "hem" for tube, _ in tubes[1:] for ring in tube]
        lowest = next(i for i, ring in enumerate(self.rings) if ring.frame != "hips" or ring.along > SEAT_ENDS)
        self._flesh = np.array([*range(lowest, self._worn.stop), *np.flatnonzero(held_out) + len(self.rings)])
        around = np.cos(np.linspace(0, 2 * np.pi, CORNERS, endpoint=False))
        self._behind, self._before = (np.maximum(0.0, side * around)[None, :, None] for side in (-1, 1))

    def lay(self, corners: np.ndarray) -> np.ndarray:
        """Corners (n, CORNERS, 3) of the rings in the table → (m, CORNERS, 3) with the finer rings and the cloth."""
        fine = np.tensordot(self._weights, corners[: self._coarse], 1)
        all_of_it = np.concatenate((fine, corners[self._coarse :]))
        line, flesh = (all_of_it[rows, CORNERS // 2][:, [0, 2]] for rows in (self._worn, self._flesh))
        for moved, side in zip(drape(line, flesh, self._shirt), (self._behind, self._before), strict=True):
            all_of_it[self._worn][..., [0, 2]] += side * moved[:, None]
        return all_of_it


def thicken(ring: Ring, body: Lengths, loose: float) -> float:
    """How much larger than in the table a ring is on that body; things are as large as they are."""
    if ring.frame not in BODY_FRAMES:
        return 1.0
    flesh = 1.0 if ring.frame in ("head", "foot") else body.girth
    return flesh * (loose if ring.cloth in ("shirt", "sleeve") else 1.0) * body.stature / DRAWN_FOR


def name_frame(ring: Ring, side: int) -> str:
    """The frame a ring rides on: that of a limb is the one of its side."""
    return f"{'left' if side > 0 else 'right'}_{ring.frame}" if ring.frame in LIMB_FRAMES else ring.frame
