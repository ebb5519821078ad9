"""The bones: lengths and masses of a person, by seed."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np

#: Lengths as shares of stature: Drillis and Contini (1966), as in Winter, Biomechanics and Motor Control of Human
#: Movement.
ANKLE_HEIGHT, SHIN, THIGH, TRUNK = 0.039, 0.246, 0.245, 0.288
UPPER_ARM, FOREARM = 0.186, 0.146
#: A hand that is half closed.
FIST = 0.081
#: Half the distance between the joint centres (not the outer widths); shoulders 0.71 of the trunk (biomechanics 0.6);
#: feet a little narrower than the shoulders.
SHOULDER, HIP, STANCE = 0.102, 0.055, 0.085
#: From between the shoulders to between the ears.
NECK = 0.118
#: The foot from heel to toe, measured from the ankle.
HEEL, TOE = -0.042, 0.110
#: Where the weight rests when standing: just behind the middle of the foot.
POISE = 0.030

#: Shares of body mass and, along the segment from its upper end, where its centre lies (Winter, table 4.1).
HEAD_MASS, TRUNK_MASS, UPPER_ARM_MASS, FOREARM_MASS, HAND_MASS = 0.081, 0.497, 0.056, 0.032, 0.012
THIGH_MASS, SHIN_MASS, FOOT_MASS = 0.200, 0.093, 0.029
UPPER_MASS = HEAD_MASS + TRUNK_MASS + UPPER_ARM_MASS + FOREARM_MASS + HAND_MASS
LEG_CENTRE, UPPER_ARM_CENTRE, FOREARM_CENTRE = 0.433, 0.436, 0.430

#: The shortest and the tallest person, metres.
STATURE = (1.58, 1.88)


@dataclass(frozen=True, slots=True)
class Lengths:
    """One person's bones in metres; ``girth`` is thickness against the average (1.0)."""

    stature: float
    girth: float
    shin: float
    thigh: float
    trunk: float
    neck: float
    upper_arm: float
    forearm: float
    shoulders: float
    hips: float
    stance: float


def lengths(seed: int) -> Lengths:
    """The person of that seed: stature 1.58 to 1.88 m, legs and trunk within ±3 % of the average build."""
    rng = np.random.default_rng((seed, 1))
    stature = float(rng.uniform(*STATURE))
    leg, trunk = (stature * rng.uniform(0.97, 1.03, 2)).tolist()
    return _build(stature, float(rng.uniform(0.92, 1.1)), leg, trunk)


def average(stature: float) -> Lengths:
    """Somebody of average build who is so tall, metres."""
    return _build(stature, 1.0, stature, stature)


def _build(stature: float, girth: float, leg: float, trunk: float) -> Lengths:
    """The bones of who is so tall, with the legs and the trunk of somebody ``leg`` and ``trunk`` tall, metres."""
    return Lengths(
        stature=stature,
        girth=girth,
        shin=SHIN * leg,
        thigh=THIGH * leg,
        trunk=TRUNK * trunk,
        neck=NECK * stature,
        upper_arm=UPPER_ARM * stature,
        forearm=FOREARM * stature,
        shoulders=2 * SHOULDER * stature,
        hips=2 * HIP * stature,
        stance=2 * STANCE * stature,
    )


def towards(inclination: float, length: float = 1.0) -> np.ndarray:
    """The vector (forward, up) of that length leaning forward of straight up by ``inclination`` degrees."""
    return np.array((length * sin(radians(inclination)), length * cos(radians(inclination))))
