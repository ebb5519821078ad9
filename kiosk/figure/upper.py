"""All above the hips: a spine that bends in its pieces, arms and head that hang on it."""

from __future__ import annotations

from cmath import exp, phase
from math import cos, radians, sin
from typing import NamedTuple

import numpy as np

from kiosk.figure.bones import (
    FIST,
    FOREARM_CENTRE,
    FOREARM_MASS,
    HAND_MASS,
    HEAD_MASS,
    TRUNK,
    TRUNK_MASS,
    UPPER_ARM_CENTRE,
    UPPER_ARM_MASS,
    Lengths,
    towards,
)
from kiosk.figure.posture import Posture

#: What the shoulders' place counts for, and that of elbow, wrist and fingertips (from the shoulder) of each arm.
SHOULDERS_MOMENT = TRUNK_MASS / 2 + UPPER_ARM_MASS + FOREARM_MASS + HAND_MASS
ARM_MOMENT = (
    np.array(
        (
            UPPER_ARM_MASS * UPPER_ARM_CENTRE + FOREARM_MASS * (1 - FOREARM_CENTRE),
            FOREARM_MASS * FOREARM_CENTRE + HAND_MASS / 2,
            HAND_MASS / 2,
        )
    )
    / 2
)

#: The spine standing upright, (forward, up) of the hips in shares of stature: hips, L5/S1, L3, L1, T9, T5, C7/T1.
SPINE = np.column_stack(
    ((0.0, -0.0114, 0.0086, 0.0086, -0.0086, -0.0200, -0.0143), (0.0, 0.0514, 0.0886, 0.1286, 0.1829, 0.2343, 0.3180))
)
#: Its pieces from below, and what is between its top and the shoulders, as forward + i up.
SPINE_PIECES = np.diff(SPINE @ (1, 1j))
SHOULDERS_RIDE = 1j * TRUNK - complex(SPINE[-1] @ (1, 1j))
#: How much of the lumbar and of the thoracic flexion each piece of the spine has taken up, from below.
LUMBAR_SHARE = np.array([0.0, 1 / 3, 2 / 3, 1.0, 1.0, 1.0])
THORACIC_SHARE = np.array([0.0, 0.0, 0.0, 0.0, 0.5, 1.0])

#: The head seen from between the ears: (forward, up, half width) in shares of stature.
NOSE, EYE, EAR = (0.068, -0.008, 0.0), (0.049, 0.016, 0.018), (0.0, 0.0, 0.043)
#: Ears stand a little before the shoulders in people who stand at ease, degrees.
HEAD_FORWARD = 5.0


class Upper(NamedTuple):
    """All above the hips, as (forward, up) of them: the ``spine`` (7, 2) and the point between the ``shoulders``.

    ``arms`` (2, 3, 3) elbow, wrist and fingertips of the left and the right arm from its shoulder; ``moment`` mass (in
    shares of the body's) times place.
    """

    spine: np.ndarray
    shoulders: np.ndarray
    arms: np.ndarray
    moment: np.ndarray


def bend_spine(body: Lengths, posture: Posture) -> tuple[np.ndarray, np.ndarray]:
    """The seven points of the spine from the hips, and the point between the shoulders, as (forward, up) of the hips.

    Pieces keep their length; the pelvis turns until the line hips→shoulders leans as the posture says.  Complex
    numbers, forward + i up, are turned by one multiplication.
    """
    turn = np.exp(-1j * np.radians(posture.lumbar * LUMBAR_SHARE + posture.thoracic * THORACIC_SHARE))
    spine = np.zeros(len(SPINE), complex)
    np.cumsum(SPINE_PIECES * turn, out=spine[1:])
    # The shoulders ride on the top piece of the spine.
    shoulders = complex(spine[-1] + SHOULDERS_RIDE * turn[-1])
    scale = body.trunk / TRUNK
    spine *= scale * exp(1j * (radians(90 - posture.trunk) - phase(shoulders)))
    return spine.view(float).reshape(-1, 2), towards(posture.trunk, scale * abs(shoulders))


def hang_arms(body: Lengths, posture: Posture) -> np.ndarray:
    """Elbow, wrist and fingertips of the left and the right arm from its shoulder (2, 3, 3), (forward, left, up)."""
    own = (posture.arm, posture.elbow, posture.across)
    differing = (
        posture.arm + posture.arm_more,
        posture.elbow + posture.elbow_more,
        posture.across + posture.across_more,
    )
    left, right = (own, differing) if posture.side == "right" else (differing, own)
    return np.stack((hang_arm(body, posture.apart, *left), hang_arm(body, posture.apart, *right) * (1, -1, 1)))


def hang_arm(body: Lengths, apart: float, arm: float, elbow: float, across: float) -> np.ndarray:
    """Elbow, wrist and fingertips (3, 3) of a left arm from its shoulder, metres."""
    out, inward = sin(radians(apart)), sin(radians(across))

    def along(lean: float, length: float, gap: float) -> tuple[float, float, float]:
        down = length * (1 - gap * gap) ** 0.5
        return down * sin(radians(lean)), length * gap, -down * cos(radians(lean))

    forearm = along(arm + elbow, body.forearm, out / 2 - inward)
    hand = along(arm + elbow, FIST * body.stature, -inward)
    return np.cumsum((along(arm, body.upper_arm, out), forearm, hand), axis=0)


def hold_upper(body: Lengths, posture: Posture) -> Upper:
    """The spine, the arms and the weight of all that is above the hips."""
    spine, shoulders = bend_spine(body, posture)
    arms = hang_arms(body, posture)
    head = shoulders + towards(posture.trunk + posture.neck + HEAD_FORWARD, body.neck)
    moment = HEAD_MASS * head + SHOULDERS_MOMENT * shoulders + ARM_MOMENT @ (arms[0] + arms[1])[:, [0, 2]]
    return Upper(spine, shoulders, arms, moment)


def place_head(body: Lengths, posture: Posture, shoulders: np.ndarray) -> np.ndarray:
    """Nose, eyes and ears (5, 3) over the point between the shoulders; the head turns with the neck and nods on it."""
    lean = posture.trunk + posture.neck + posture.nod
    ears = shoulders + towards(posture.trunk + posture.neck + HEAD_FORWARD, body.neck)
    up, front = towards(lean), towards(lean + 90)
    head = np.empty((5, 3))
    for row, (forward, above, side) in zip((0, 1, 3), (NOSE, EYE, EAR), strict=True):
        place = ears + (forward * front + above * up) * body.stature
        head[row] = place[0], side * body.stature, place[1]
    head[2], head[4] = head[1] * (1, -1, 1), head[3] * (1, -1, 1)
    return head
