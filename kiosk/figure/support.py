"""What carries the body decides the rest of its posture: shins over feet, knees of a bridge, elbows on the floor."""

from __future__ import annotations

from cmath import exp, phase
from dataclasses import replace
from math import acos, asin, atan2, cos, degrees, hypot, radians, sin
from typing import NamedTuple

import numpy as np

from kiosk.figure.bones import (
    ANKLE_HEIGHT,
    FOOT_MASS,
    HEEL,
    LEG_CENTRE,
    POISE,
    SHIN_MASS,
    THIGH_MASS,
    TOE,
    UPPER_MASS,
    Lengths,
    towards,
)
from kiosk.figure.posture import Posture, Support, carrying
from kiosk.figure.upper import Upper, hold_upper

#: Flesh between the floor and the joint that rests on it: shoulders and hips of a lying person, elbow, wrist of a flat
#: hand, knee, ankle of a foot laid down; shares of stature.
BACK, SEAT_FLESH, ELBOW_FLESH, WRIST_FLESH, KNEE_FLESH, ANKLE_FLESH = 0.055, 0.050, 0.020, 0.020, 0.030, 0.025


class Legs(NamedTuple):
    """The legs as seen from the front and the side: ``aside`` of hip, knee and ankle; lengths as from the side."""

    aside: tuple[float, float, float]
    thigh: float
    shin: float

    def chain(self, knee: float) -> complex:
        """Ankle→hip with an upright shin, as up + i forward; times exp(i shin) it is inclined."""
        return self.shin + self.thigh * exp(-1j * radians(knee))


def spread_legs(body: Lengths, posture: Posture) -> Legs:
    """How far aside hip, knee and ankle are, and what that leaves of thigh and shin in the side view."""
    hip, ankle = body.hips / 2 * cos(radians(posture.pelvis)), posture.stance * body.shoulders / 2
    knee = (hip + ankle) / 2 - body.shin * sin(radians(posture.valgus))
    thigh, shin = (body.thigh**2 - (knee - hip) ** 2) ** 0.5, (body.shin**2 - (ankle - knee) ** 2) ** 0.5
    return Legs((hip, knee, ankle), thigh, shin)


def place_ankle(body: Lengths, heel: float) -> tuple[float, float]:
    """The ankle (forward, up) of where it stands flat, the foot turned by ``heel`` degrees about the toes."""
    c, s = cos(radians(heel)), sin(radians(heel))
    forward, up = TOE * (1 - c) + ANKLE_HEIGHT * s, TOE * s + ANKLE_HEIGHT * c
    return forward * body.stature, max(up, ANKLE_FLESH) * body.stature


def balance(body: Lengths, posture: Posture, legs: Legs, moment: float) -> float:
    """The shin's inclination, degrees, that keeps the centre of mass over the foot.

    ``moment`` of all above the hips, forward.  With the trunk, knees and arms given, the centre lies
    Im(exp(i shin) sway) + c before the ankle; set to the middle of the foot this is one sine of the shin.
    """
    goal = (posture.forward + POISE) * body.stature - place_ankle(body, posture.heel)[0]
    c = moment + FOOT_MASS * (HEEL + TOE) / 2 * body.stature
    hip, knee = legs.chain(posture.knee), legs.shin
    # the other leg hangs from the same hips
    other_knee = hip - legs.thigh * exp(1j * radians(posture.leg_back - posture.knee))
    other_ankle = other_knee - legs.shin * exp(1j * radians(posture.leg_back + posture.leg_bend))
    thighs = 2 * (1 - LEG_CENTRE) * hip + LEG_CENTRE * (knee + other_knee)
    shins = (1 - LEG_CENTRE) * (knee + other_knee) + LEG_CENTRE * other_ankle
    sway = UPPER_MASS * hip + (THIGH_MASS * thighs + SHIN_MASS * shins + FOOT_MASS * other_ankle) / 2
    wanted = (goal - c) / abs(sway)
    return degrees(asin(max(-1.0, min(1.0, wanted))) - phase(sway))


def stand_on_feet(body: Lengths, posture: Posture, legs: Legs, upper: Upper) -> Posture:
    """The shins lean so that the weight is over the feet."""
    if posture.carried:
        upper = hold_upper(body, replace(posture, trunk=posture.trunk + posture.carried))
    return replace(posture, shin=balance(body, posture, legs, float(upper.moment[0])))


def bridge(body: Lengths, posture: Posture, legs: Legs, upper: Upper) -> Posture:
    """The knees bend until the feet are where they stand, and so far from the shoulders."""
    rise = (BACK - ANKLE_HEIGHT) * body.stature
    hip = np.array((-posture.reach * body.stature, rise)) - upper.shoulders
    cosine = (float(hip @ hip) - legs.thigh**2 - legs.shin**2) / (2 * legs.thigh * legs.shin)
    knee = degrees(acos(max(-1.0, min(1.0, cosine))))
    return replace(posture, knee=knee, shin=degrees(atan2(*hip) - phase(legs.chain(knee))))


def lie_on_forearms(body: Lengths, posture: Posture, legs: Legs, upper: Upper) -> Posture:
    """The shins lean so that elbows and toes both touch the floor."""
    shoulder = ELBOW_FLESH * body.stature - float(upper.arms[:, 0, 2].min())
    up = shoulder - float(upper.shoulders[1]) - place_ankle(body, posture.heel)[1]
    chain = legs.chain(posture.knee)
    return replace(posture, shin=degrees(acos(max(-1.0, min(1.0, up / abs(chain)))) - phase(chain)))


def kneel_on_hands(body: Lengths, posture: Posture, legs: Legs, upper: Upper) -> Posture:
    """The elbows bend until the hands touch the floor."""
    hip = KNEE_FLESH * body.stature + towards(posture.shin - posture.knee, legs.thigh)[1]
    arm = upper.arms[carrying(posture)]
    elbow = hip + upper.shoulders[1] + arm[0, 2]
    forearm = arm[1] - arm[0]
    reach = hypot(forearm[0], forearm[2])
    cosine = (elbow - WRIST_FLESH * body.stature) / reach
    return replace(posture, elbow=degrees(acos(max(-1.0, min(1.0, cosine)))) - posture.arm)


DECISIONS = {
    Support.FEET: stand_on_feet,
    Support.BRIDGE: bridge,
    Support.FOREARMS: lie_on_forearms,
    Support.HANDS: kneel_on_hands,
}
