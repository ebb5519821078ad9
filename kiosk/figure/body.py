"""The body: bones of human lengths, put into a posture that balances on its feet.

Coordinates of the body, in metres: x forward, y to the person's left, z up; the origin lies on the floor between the
ankles.  Left and right move alike, so every angle lives in the x-z plane and is an inclination from the vertical,
positive forward (biomechanics 0.2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import asin, atan2, cos, degrees, hypot, radians, sin
from typing import NamedTuple

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

#: The spine standing upright, (forward, up) of the hips in shares of stature: hips, L5/S1, L3, L1, T9, T5, C7/T1.
SPINE = np.column_stack(
    ((0.0, -0.0114, 0.0086, 0.0086, -0.0086, -0.0200, -0.0143), (0.0, 0.0514, 0.0886, 0.1286, 0.1829, 0.2343, 0.3180))
)
#: How much of the lumbar and of the thoracic flexion each piece of the spine has taken up, from below.
LUMBAR_SHARE = np.array([0.0, 1 / 3, 2 / 3, 1.0, 1.0, 1.0])
THORACIC_SHARE = np.array([0.0, 0.0, 0.0, 0.0, 0.5, 1.0])

#: The head seen from between the ears: (forward, up, half width) in shares of stature.
NOSE, EYE, EAR = (0.068, -0.008, 0.0), (0.049, 0.016, 0.018), (0.0, 0.0, 0.043)
#: Ears stand a little before the shoulders in people who stand at ease, degrees.
HEAD_FORWARD = 5.0
#: Arms hang clear of the body by so many degrees.
ARM_GAP = 7.0

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

    @property
    def splay(self) -> float:
        """How much further out than its upper end the lower end of a thigh or shin is, metres."""
        return (self.stance - self.hips) / 4

    @property
    def upright_thigh(self) -> float:
        """The thigh as seen from the side."""
        return (self.thigh**2 - self.splay**2) ** 0.5

    @property
    def upright_shin(self) -> float:
        """The shin as seen from the side."""
        return (self.shin**2 - self.splay**2) ** 0.5


def lengths(seed: int) -> Lengths:
    """The person of that seed: stature 1.58 to 1.88 m, legs and trunk within ±3 % of the average build."""
    rng = np.random.default_rng((seed, 1))
    stature = float(rng.uniform(*STATURE))
    leg, trunk = (stature * rng.uniform(0.97, 1.03, 2)).tolist()
    return Lengths(
        stature=stature,
        girth=float(rng.uniform(0.92, 1.1)),
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


@dataclass(frozen=True, slots=True)
class Posture:
    """How the body is held, degrees; the shins follow from balance.

    ``trunk`` inclination of hips→shoulders; ``lumbar`` and ``thoracic`` flexion beyond standing; ``neck`` against the
    trunk, 0 in line, + dropped; ``knee`` flexion; ``arm`` inclination of the upper arm from hanging, + forward;
    ``elbow`` flexion.  ``carried``: so much further forward the trunk would have to lean for the feet alone to
    carry the body (a seat does the rest).  ``forward``: the weight shifted toward the toes, in shares of stature.
    """

    trunk: float = 1.0
    lumbar: float = 0.0
    thoracic: float = 0.0
    neck: float = 0.0
    knee: float = 4.0
    arm: float = 2.0
    elbow: float = 10.0
    carried: float = 0.0
    forward: float = 0.0


class Upper(NamedTuple):
    """All above the hips, as (forward, up) of them: the ``spine`` (7, 2) and the point between the ``shoulders``.

    ``arm`` (3, 3) elbow, wrist and fingertips of the left arm from its shoulder; ``moment`` mass (in shares of the
    body's) times place.
    """

    spine: np.ndarray
    shoulders: np.ndarray
    arm: np.ndarray
    moment: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """The body in a posture, in metres.

    ``shin`` inclination in degrees; ``spine`` (7, 2) from the hips to the base of the neck as (forward, up); ``points``
    (17, 3) the COCO keypoints; ``centre`` of mass (forward, up).
    """

    lengths: Lengths
    posture: Posture
    shin: float
    spine: np.ndarray
    points: np.ndarray
    centre: tuple[float, float]

    @property
    def thigh(self) -> float:
        """Thigh sit-back, + = hips behind the knees, degrees."""
        return self.posture.knee - self.shin


def towards(inclination: float, length: float = 1.0) -> np.ndarray:
    """The vector (forward, up) of that length leaning forward of straight up by ``inclination`` degrees."""
    return np.array((length * sin(radians(inclination)), length * cos(radians(inclination))))


def bend_spine(body: Lengths, posture: Posture) -> tuple[np.ndarray, np.ndarray]:
    """The seven points of the spine from the hips, and the point between the shoulders, as (forward, up) of the hips.

    Pieces keep their length; the pelvis turns until the line hips→shoulders leans as the posture says.
    """
    rest = SPINE * body.trunk / TRUNK
    pieces = np.diff(rest, axis=0)
    turn = np.radians(posture.lumbar * LUMBAR_SHARE + posture.thoracic * THORACIC_SHARE)
    spine = np.vstack(((0.0, 0.0), np.cumsum(rotate(pieces, turn), axis=0)))
    # The shoulders ride on the top piece of the spine.
    shoulders = spine[-1] + rotate(np.array([(0.0, body.trunk)]) - rest[-1], turn[-1:])[0]
    pelvis = np.array([radians(posture.trunk) - atan2(shoulders[0], shoulders[1])])
    return rotate(spine, pelvis), rotate(shoulders[None], pelvis)[0]


def rotate(vectors: np.ndarray, forward: np.ndarray) -> np.ndarray:
    """``vectors`` (n, 2) each turned forward by ``forward`` radians (n or 1)."""
    c, s = np.cos(forward), np.sin(forward)
    return np.stack((c * vectors[:, 0] + s * vectors[:, 1], c * vectors[:, 1] - s * vectors[:, 0]), axis=1)


def hang_arm(body: Lengths, posture: Posture) -> np.ndarray:
    """Elbow, wrist and fingertips of the left arm from its shoulder (3, 3), (forward, left, up) in metres."""
    out = sin(radians(ARM_GAP))

    def along(lean: float, length: float, gap: float) -> np.ndarray:
        down = length * (1 - gap * gap) ** 0.5
        return np.array((down * sin(radians(lean)), length * gap, -down * cos(radians(lean))))

    lower = posture.arm + posture.elbow
    upper_arm, forearm = along(posture.arm, body.upper_arm, out), along(lower, body.forearm, out / 2)
    return np.cumsum((upper_arm, forearm, along(lower, FIST * body.stature, 0.0)), axis=0)


def hold_upper(body: Lengths, posture: Posture) -> Upper:
    """The spine, the arms and the weight of all that is above the hips."""
    spine, shoulders = bend_spine(body, posture)
    arm = hang_arm(body, posture)
    elbow, wrist, fingers = arm[:, [0, 2]]
    head = shoulders + towards(posture.trunk + posture.neck + HEAD_FORWARD, body.neck)
    moment = (
        HEAD_MASS * head
        + TRUNK_MASS * shoulders / 2
        + UPPER_ARM_MASS * (shoulders + elbow * UPPER_ARM_CENTRE)
        + FOREARM_MASS * (shoulders + elbow + (wrist - elbow) * FOREARM_CENTRE)
        + HAND_MASS * (shoulders + (wrist + fingers) / 2)
    )
    return Upper(spine, shoulders, arm, moment)


def balance(body: Lengths, posture: Posture) -> float:
    """The shin's inclination, degrees, that keeps the centre of mass over the foot.

    With the trunk, knee and arms given, the centre lies a sin(shin) - b sin(knee - shin) + c before the ankle; set to
    the middle of the foot this is one sine of (shin - phase).
    """
    leant = replace(posture, trunk=posture.trunk + posture.carried)
    c = float(hold_upper(body, leant).moment[0]) + FOOT_MASS * (HEEL + TOE) / 2 * body.stature
    a = body.upright_shin * (UPPER_MASS + THIGH_MASS + SHIN_MASS * (1 - LEG_CENTRE))
    b = body.upright_thigh * (UPPER_MASS + THIGH_MASS * (1 - LEG_CENTRE))
    knee = radians(posture.knee)
    sine, cosine = a + b * cos(knee), -b * sin(knee)
    wanted = (POISE + posture.forward) * body.stature - c
    return degrees(asin(max(-1.0, min(1.0, wanted / hypot(sine, cosine)))) - atan2(cosine, sine))


def assume(body: Lengths, posture: Posture) -> Skeleton:
    """The body in that posture, feet flat on the floor."""
    shin = balance(body, posture)
    upper = hold_upper(body, posture)
    ankle = np.array((0.0, ANKLE_HEIGHT * body.stature))
    knee = ankle + towards(shin, body.upright_shin)
    hip = knee + towards(shin - posture.knee, body.upright_thigh)
    shoulders = hip + upper.shoulders
    points = np.zeros((17, 3))
    points[:5] = place_head(body, posture, shoulders)
    shoulder = np.array((shoulders[0], body.shoulders / 2, shoulders[1]))
    points[5:11:2] = shoulder, shoulder + upper.arm[0], shoulder + upper.arm[1]
    points[11:17:2, 1] = body.hips / 2 + body.splay * np.arange(3)
    points[11:17:2, [0, 2]] = hip, knee, ankle
    points[6::2] = points[5::2] * (1, -1, 1)
    centre = weigh(body, upper.moment, ankle, knee, hip)
    return Skeleton(body, posture, shin, upper.spine + hip, points, centre)


def place_head(body: Lengths, posture: Posture, shoulders: np.ndarray) -> np.ndarray:
    """Nose, eyes and ears (5, 3) over the point between the shoulders; the head turns as one with the neck."""
    lean = posture.trunk + posture.neck
    ears = shoulders + towards(lean + HEAD_FORWARD, body.neck)
    up, front = towards(lean), towards(lean + 90)
    head = np.empty((5, 3))
    for row, (forward, above, side) in zip((0, 1, 3), (NOSE, EYE, EAR), strict=True):
        place = ears + (forward * front + above * up) * body.stature
        head[row] = place[0], side * body.stature, place[1]
    head[2], head[4] = head[1] * (1, -1, 1), head[3] * (1, -1, 1)
    return head


def weigh(
    body: Lengths, upper: np.ndarray, ankle: np.ndarray, knee: np.ndarray, hip: np.ndarray
) -> tuple[float, float]:
    """The centre of mass (forward, up), metres; ``upper`` is the moment of all above the hips."""
    foot = np.array(((HEEL + TOE) / 2 * body.stature, ANKLE_HEIGHT / 2 * body.stature))
    thigh, shin = hip + (knee - hip) * LEG_CENTRE, knee + (ankle - knee) * LEG_CENTRE
    centre = upper + UPPER_MASS * hip + THIGH_MASS * thigh + SHIN_MASS * shin + FOOT_MASS * foot
    return float(centre[0]), float(centre[1])
