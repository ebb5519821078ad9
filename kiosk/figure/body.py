"""The body: bones of human lengths, put into a posture that is carried by feet, knees, back, hands or forearms.

Coordinates of the body, in metres: x forward, y to the person's left, z up; the origin lies on the floor, between the
ankles of a standing person and under the middle of a lying one.  Angles live in the x-z plane and are inclinations from
the vertical, positive forward (biomechanics 0.2): lying on the back is a trunk of -90, on the front of +90.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, atan2, cos, hypot, radians, sin

import numpy as np

from kiosk.figure.bones import (
    ANKLE_HEIGHT,
    FOOT_MASS,
    HEEL,
    LEG_CENTRE,
    SHIN_MASS,
    THIGH_MASS,
    TOE,
    UPPER_MASS,
    Lengths,
    towards,
)
from kiosk.figure.posture import Posture, Support, carrying
from kiosk.figure.support import (
    BACK,
    DECISIONS,
    ELBOW_FLESH,
    KNEE_FLESH,
    SEAT_FLESH,
    WRIST_FLESH,
    Legs,
    place_ankle,
    spread_legs,
)
from kiosk.figure.upper import Upper, hang_arms, hold_upper, place_head
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_ELBOW, LEFT_HIP, LEFT_KNEE, LEFT_SHOULDER

#: A foot off the floor hangs by so many degrees, and wholly so when it is this far up, in shares of stature.
DANGLE, LIFTED = 20.0, 0.06
#: The joint that stays where it is on the floor, and where that is, forward of the origin in shares of stature.
ANCHORS = {
    Support.FEET: (LEFT_ANKLE, 0.0),
    Support.BRIDGE: (LEFT_SHOULDER, -0.30),
    Support.FOREARMS: (LEFT_SHOULDER, 0.35),
    Support.HANDS: (LEFT_KNEE, -0.15),
    Support.REST: (LEFT_HIP, 0.0),
}


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """The body in a posture, in metres.

    ``posture`` as its support made it.  ``shins`` and ``thighs`` (2,) inclination of the left and the right one,
    degrees, + = knee forward and hips behind the knee; ``spine`` (7, 2) from the hips to the base of the neck as
    (forward, up); ``points`` (17, 3) the COCO keypoints; ``feet`` (2, 2, 3) of the left and the right foot the point of
    the sole under the ankle and the toes; ``moment`` of all above the hips, mass (in shares of the body's) times place.
    """

    lengths: Lengths
    posture: Posture
    shins: tuple[float, float]
    thighs: tuple[float, float]
    spine: np.ndarray
    points: np.ndarray
    feet: np.ndarray
    moment: np.ndarray

    @property
    def head(self) -> float:
        """Inclination of the head's own upward axis, degrees."""
        return self.posture.trunk + self.posture.neck + self.posture.nod

    @property
    def shin(self) -> float:
        """Inclination of the shin that carries, degrees."""
        return self.shins[carrying(self.posture)]

    @property
    def thigh(self) -> float:
        """Sit-back of the thigh that carries, + = hips behind the knees, degrees."""
        return self.thighs[carrying(self.posture)]

    @property
    def centre(self) -> tuple[float, float]:
        """The centre of mass, metres (forward, up)."""
        hips, knees, ankles = self.points[LEFT_HIP:, [0, 2]].reshape(3, 2, 2).mean(axis=1)
        thigh, shin = hips + (knees - hips) * LEG_CENTRE, knees + (ankles - knees) * LEG_CENTRE
        sole, toes = self.feet.mean(axis=0)[:, [0, 2]]
        foot = sole + (toes - sole) * ((HEEL + TOE) / 2 / TOE)
        forward, up = (self.moment + THIGH_MASS * thigh + SHIN_MASS * shin + FOOT_MASS * foot).tolist()
        return forward, up

    def carry(self, points: np.ndarray) -> np.ndarray:
        """Points (n, 3) of the body's coordinates, turned and moved to where the posture has gone in the room."""
        c, s = cos(radians(self.posture.heading)), sin(radians(self.posture.heading))
        moved = np.array((self.posture.ahead, self.posture.aside, 0.0)) * self.lengths.stature
        return points @ np.array(((c, s, 0.0), (-s, c, 0.0), (0.0, 0.0, 1.0))) + moved

    def stay(self, places: np.ndarray) -> np.ndarray:
        """Places (n, 3) where the posture has not gone from, in the body's coordinates: the undoing of ``carry``."""
        c, s = cos(radians(self.posture.heading)), sin(radians(self.posture.heading))
        moved = np.array((self.posture.ahead, self.posture.aside, 0.0)) * self.lengths.stature
        return (places - moved) @ np.array(((c, -s, 0.0), (s, c, 0.0), (0.0, 0.0, 1.0)))


def assume(body: Lengths, posture: Posture) -> Skeleton:
    """The body in that posture, on what carries it."""
    legs, upper = spread_legs(body, posture), hold_upper(body, posture)
    if posture.support in DECISIONS:
        posture = DECISIONS[posture.support](body, posture, legs, upper)
        if posture.support is Support.HANDS:
            upper = upper._replace(arms=hang_arms(body, posture))
    other = 1 - carrying(posture)
    shins, thighs = [posture.shin] * 2, [posture.knee - posture.shin] * 2
    thighs[other] -= posture.leg_back
    shins[other] += posture.leg_back + posture.leg_bend
    points = join(body, posture, legs, upper, shins, thighs)
    settled = settle(body, posture, points)
    points += (settled[0], 0.0, settled[1])
    feet = place_feet(body, posture, shins, points)
    rise = posture.rise * body.stature
    points[:, 2] += rise
    feet[:, :, 2] += rise
    moved = np.array((settled[0], settled[1] + rise))
    return Skeleton(
        lengths=body,
        posture=posture,
        shins=(shins[0], shins[1]),
        thighs=(thighs[0], thighs[1]),
        spine=upper.spine + moved,
        points=points,
        feet=feet,
        moment=upper.moment + UPPER_MASS * moved,
    )


def join(
    body: Lengths, posture: Posture, legs: Legs, upper: Upper, shins: list[float], thighs: list[float]
) -> np.ndarray:
    """The keypoints (17, 3), from between the hips."""
    points = np.empty((17, 3))
    points[LEFT_HIP:] = hang_legs(body, posture, legs, shins, thighs)
    forward, up = (upper.shoulders + towards(posture.trunk, posture.shrug * body.neck)).tolist()
    for side, aside in ((0, body.shoulders / 2), (1, -body.shoulders / 2)):
        points[LEFT_SHOULDER + side] = forward, aside, up
        points[LEFT_ELBOW + side : LEFT_HIP : 2] = points[LEFT_SHOULDER + side] + upper.arms[side, :2]
    points[:5] = place_head(body, posture, upper.shoulders)
    return points


def hang_legs(
    body: Lengths, posture: Posture, legs: Legs, shins: list[float], thighs: list[float]
) -> list[list[float]]:
    """Hips, knees and ankles (6, 3), left before right, from between the hips, of so inclined shins and thighs."""
    hip, knee, ankle = legs.aside
    joints: list[list[float]] = [[]] * 6
    for side, mirror in ((0, 1), (1, -1)):
        high = sin(radians(posture.pelvis)) * body.hips / 2 * (1 if side == carrying(posture) else -1)
        thigh, shin = radians(thighs[side]), radians(shins[side])
        forward, up = legs.thigh * sin(thigh), high - legs.thigh * cos(thigh)
        joints[side::2] = (
            [0.0, mirror * hip, high],
            [forward, mirror * knee, up],
            [forward - legs.shin * sin(shin), mirror * ankle, up - legs.shin * cos(shin)],
        )
    return joints


def turn_up(posture: Posture) -> tuple[float, float]:
    """How far the left and the right foot are turned up about the toes, degrees."""
    own, differing = posture.heel, posture.heel + posture.heel_more
    return (own, differing) if posture.side == "right" else (differing, own)


def settle(body: Lengths, posture: Posture, points: np.ndarray) -> np.ndarray:
    """How far (forward, up) the body has to move for its lowest joint to touch the floor, its anchor in place."""
    joint, forward = ANCHORS[posture.support]
    ankles = [place_ankle(body, heel) for heel in turn_up(posture)]
    place = forward * body.stature + (ankles[carrying(posture)][0] if joint == LEFT_ANKLE else 0.0)
    flesh = np.repeat((BACK, ELBOW_FLESH, WRIST_FLESH, SEAT_FLESH, KNEE_FLESH), 2) * body.stature
    heights = np.concatenate((flesh, [ankle[1] for ankle in ankles]))
    return np.array((place - points[joint + carrying(posture), 0], -(points[LEFT_SHOULDER:, 2] - heights).min()))


def place_feet(body: Lengths, posture: Posture, shins: list[float], points: np.ndarray) -> np.ndarray:
    """Of the left and the right foot the point of the sole under the ankle and the toes, (2, 2, 3).

    A foot on the floor is turned up as the posture says; one off it hangs, yet its toes stay over the floor.
    """
    feet = np.empty((2, 2, 3))
    under, length = ANKLE_HEIGHT * body.stature, TOE * body.stature
    for side, heel in enumerate(turn_up(posture)):
        forward, aside, up = points[LEFT_ANKLE + side].tolist()
        lift = (up - place_ankle(body, heel)[1]) / (LIFTED * body.stature)
        turned = radians(heel + max(0.0, min(1.0, lift)) * (shins[side] + DANGLE - heel))
        if lift > 0 and up < hypot(under, length):
            turned = min(turned, atan2(length, under) - acos(up / hypot(under, length)))
        forward, up = forward - under * sin(turned), up - under * cos(turned)
        feet[side] = (forward, aside, up), (forward + length * cos(turned), aside, up - length * sin(turned))
    return feet
