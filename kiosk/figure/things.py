"""What the simulated person uses: a table of things, each a few tubes of rings that ride on a frame of their own.

Sizes are metres.  To add a thing: its tubes, where it is, and the drills that use it, one entry in a table each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from kiosk.figure.basin import HALF_DEPTH, HALF_WIDTH, RIM
from kiosk.figure.body import Skeleton
from kiosk.figure.posture import carrying
from kiosk.figure.rings import Tube, ball, tube
from kiosk.figure.skin import LEFT, Frame, stand, unit
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_ELBOW, LEFT_HIP, LEFT_KNEE, LEFT_WRIST

#: The frames of a body by name.
Frames = Mapping[str, Frame]
UP = np.array((0.0, 0.0, 1.0))
#: Radius of a gymnastic ball, of a foam roller, of the plates of a bar that is lifted from the floor.
BALL, ROLLER, PLATE = 0.28, 0.065, 0.225
#: The dowel, and a bar across the shoulders, lie so far behind the spine.
BEHIND = 0.115
#: A band goes round the thighs this share of them above the knees, and this far outside their bones.
ABOVE_KNEE, OUTSIDE = 0.22, 0.078
#: The middle of a fist lies so far beyond the wrist, in forearms.
FIST = 0.25


def _rod(cloth: str, frame: str, start: float, end: float, radius: float, pieces: int) -> Tube:
    """A round rod in so many pieces, for each is hidden or not as a whole."""
    places = np.linspace(start, end, pieces + 1).tolist()
    rings = [(places[0], 0.0), *((place, radius) for place in places), (places[-1], 0.0)]
    return tube(cloth, *((frame, along, 0.0, 0.0, size, size, size) for along, size in rings))


def _stack(cloth: str, frame: str, *rings: tuple[float, float, float]) -> Tube:
    """Rings over each other: height, half width, half depth."""
    return tube(cloth, *((frame, along, 0.0, 0.0, side, deep, deep) for along, side, deep in rings))


_ROUND = range(-88, 89, 16)
_STOOL = (
    (-0.340, 0.156),
    (-0.270, 0.158),
    (-0.200, 0.160),
    (-0.120, 0.168),
    (-0.050, 0.170),
    (-0.004, 0.160),
    (0, 0.01),
)
#: From the foot of a basin's pedestal over its rim to the bottom of the bowl: height over the rim, and the width as a
#: share of the rim's.
_BASIN = (
    *((-0.85 + 0.07 * n, 0.55) for n in range(9)),
    (-0.20, 0.75),
    (-0.12, 0.94),
    (-0.05, 1.0),
    (0.0, 1.0),
    (0.0, 0.92),
    (-0.05, 0.86),
    (-0.10, 0.70),
    (-0.12, 0.35),
    (-0.13, 0.02),
)
#: The tubes of each thing.
TUBES: Mapping[str, tuple[Tube, ...]] = {
    "stool": (_stack("stool", "stool", *((height, size, size) for height, size in _STOOL)),),
    "dowel": (_rod("wood", "dowel", -0.15, 1.0, 0.013, 8),),
    "roller": (_rod("roller", "roller", 0.0, 0.75, ROLLER, 6),),
    "bar": (_rod("iron", "bar", -0.9, 0.9, 0.014, 12),),
    "plates": tuple(_rod("plate", "plates", end - 0.025, end + 0.025, PLATE, 1) for end in (-0.66, 0.66)),
    "yoke": (_rod("iron", "yoke", -0.9, 0.9, 0.014, 12),),
    "kettlebell": (
        ball("iron", "kettlebell", -0.17, 0.0, 0.0, (0.09, 0.09, 0.09)),
        _stack("iron", "kettlebell", (-0.1, 0.05, 0.016), (0.0, 0.07, 0.016), (0.01, 0.01, 0.01)),
    ),
    "ball": (ball("ball", "ball", 0.0, 0.0, 0.0, (BALL, BALL, BALL), _ROUND),),
    "band": (_stack("band", "band", (-0.03, 1.0, 0.092), (0.03, 1.0, 0.096)),),
    "basin": (_stack("basin", "basin", *((up, share * HALF_WIDTH, share * HALF_DEPTH) for up, share in _BASIN)),),
}
#: Who uses what: a bar across the shoulders is a yoke.
USED: Mapping[str, tuple[str, ...]] = {
    "dowel_hinge": ("dowel",),
    "kneeling_dowel_hinge": ("dowel",),
    "banded_squat": ("band",),
    "barbell_squat": ("yoke",),
    "mobility_deadlift": ("roller",),
    "romanian_deadlift": ("bar",),
    "deadlift": ("bar",),
    "kettlebell_swing": ("kettlebell",),
    "ball_curl_up": ("ball",),
}


def choose_things(drill: str, plates: bool = False) -> tuple[str, ...]:
    """What is used in that drill; ``plates`` on the bar, if it is lifted in the hands, hide the shins."""
    used = USED.get(drill, ())
    return (*used, "plates") if plates and "bar" in used else used


def lay_out(
    things: tuple[str, ...],
    skeleton: Skeleton,
    body: Frames,
    seat: tuple[float, float] | None,
    edge: float | None = None,
) -> Frames:
    """The frames of the things that the person in that posture uses.

    ``body``: the frames of their own; ``seat``: (forward, up) of the top of the stool; ``edge``: of the basin, forward.
    """
    fixed = {"stool": stand(np.array((seat[0], 0.0, seat[1])), UP, LEFT)} if seat else {}
    if edge is not None:
        middle, left = skeleton.stay(np.array((edge + HALF_DEPTH, 0.0, RIM)) + np.stack((0 * LEFT, LEFT)))
        fixed["basin"] = stand(middle, UP, left - middle)
    return fixed | {thing: PLACES[thing](skeleton, body) for thing in things if thing in PLACES}


def along_back(skeleton: Skeleton, body: Frames) -> Frame:
    """Behind the spine, from the tailbone to between the shoulder blades."""
    low, high = (body[part].place - BEHIND * body[part].front for part in ("hips", "chest"))
    return stand(low, unit(high - low), LEFT)


def across_shoulders(skeleton: Skeleton, body: Frames) -> Frame:
    """Behind the neck, across the shoulders."""
    nape = body["nape"]
    return stand(nape.place - BEHIND * nape.front, LEFT, nape.front)


def in_hands(skeleton: Skeleton) -> tuple[np.ndarray, np.ndarray]:
    """The middle between the fists, and the direction of the forearms, up from it."""
    elbow, wrist = (skeleton.points[[joint, joint + 1]].mean(axis=0) for joint in (LEFT_ELBOW, LEFT_WRIST))
    return wrist + FIST * (wrist - elbow), unit(elbow - wrist)


def held_across(skeleton: Skeleton, body: Frames) -> Frame:
    """A bar in both hands."""
    return stand(in_hands(skeleton)[0], LEFT, UP)


def hanging(skeleton: Skeleton, body: Frames) -> Frame:
    """A weight below both hands, in line with the forearms."""
    return stand(*in_hands(skeleton), LEFT)


def down_shin(skeleton: Skeleton, body: Frames) -> Frame:
    """From the front of an ankle to the palm above it, on the side that does something else than the other."""
    points, side = skeleton.points, 1 - carrying(skeleton.posture)
    axis = unit(points[LEFT_WRIST + side] - points[LEFT_ANKLE + side])
    front = stand(points[LEFT_ANKLE + side], axis, LEFT).front
    return stand(points[LEFT_ANKLE + side] + (ROLLER + 0.04) * front, axis, LEFT)


def under_waist(skeleton: Skeleton, body: Frames) -> Frame:
    """On the floor, under the back."""
    waist = body["waist"].place
    return stand(np.array((waist[0], 0.0, BALL)), UP, LEFT)


def round_thighs(skeleton: Skeleton, body: Frames) -> Frame:
    """Round both thighs over the knees; its side is as long as half of what it has to go round."""
    hips, knees = (skeleton.points[[joint, joint + 1]] for joint in (LEFT_HIP, LEFT_KNEE))
    left, right = knees + ABOVE_KNEE * (hips - knees)
    frame = stand((left + right) / 2, unit((hips - knees).mean(axis=0)), left - right)
    return frame._replace(side=frame.side * (np.linalg.norm(left - right) / 2 + OUTSIDE))


#: Where each thing is that moves with the person.
PLACES: Mapping[str, Callable[[Skeleton, Frames], Frame]] = {
    "dowel": along_back,
    "roller": down_shin,
    "bar": held_across,
    "plates": held_across,
    "yoke": across_shoulders,
    "kettlebell": hanging,
    "ball": under_waist,
    "band": round_thighs,
}
