"""How the body is held: the numbers that a script gives and a body assumes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.figure.bones import SHOULDER, STANCE


class Support(StrEnum):
    """What carries the body, and so what is decided for it."""

    #: Feet flat, or one foot: the shins lean so that the weight is over the foot.
    FEET = "feet"
    #: Shoulders and feet, lying on the back: the knees bend as far as the feet are away.
    BRIDGE = "bridge"
    #: Forearms and toes: the shins lean so that both touch.
    FOREARMS = "forearms"
    #: Hands and knees: the elbows bend so that the hands touch.
    HANDS = "hands"
    #: The back, a ball, the knees, a step: nothing is decided; the body sinks until the lowest joint touches.
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Posture:
    """How the body is held, degrees unless said otherwise; what the ``support`` decides is filled in from it.

    ``trunk`` inclination of hips→shoulders; ``lumbar`` and ``thoracic`` flexion beyond standing; ``neck`` against the
    trunk, 0 in line, + dropped; ``nod`` of the head on it, chin to chest; ``shrug`` of the shoulders towards the ears,
    in shares of the neck; ``knee`` flexion; ``arm`` inclination of the upper arm from hanging, + forward; ``elbow``
    flexion; ``apart`` how far the arms are held away from the body, ``across`` the forearms to its middle.
    ``carried``: so much further forward the trunk would have to lean for the feet alone to carry the body (a seat does
    the rest).  ``forward``: the weight shifted toward the toes, in shares of stature.

    ``shin`` inclination where the support leaves it free; ``heel``: the feet turned up about the toes; ``rise`` of the
    whole body off the floor and ``reach`` of the ankles from the shoulders in a bridge, in shares of stature.

    Seen from the front: ``stance`` of the ankles in shoulder widths; ``valgus`` of the shins, knees inward; ``pelvis``
    tilt, + lower on the ``side`` that differs.

    One ``side`` may differ from the other: its thigh further back by ``leg_back``, its knee more bent by ``leg_bend``,
    its foot turned up further by ``heel_more``, its arm further forward by ``arm_more``, its elbow more bent by
    ``elbow_more``, its forearm further across by ``across_more``.

    In the room: turned to the left by ``heading``, gone forward by ``ahead`` and to the left by ``aside`` (before the
    turn), in shares of stature.
    """

    trunk: float = 1.0
    lumbar: float = 0.0
    thoracic: float = 0.0
    neck: float = 0.0
    nod: float = 0.0
    shrug: float = 0.0
    knee: float = 4.0
    arm: float = 2.0
    elbow: float = 10.0
    apart: float = 7.0
    across: float = 0.0
    carried: float = 0.0
    forward: float = 0.0
    shin: float = 0.0
    heel: float = 0.0
    rise: float = 0.0
    reach: float = 0.6
    stance: float = STANCE / SHOULDER
    valgus: float = 0.0
    pelvis: float = 0.0
    leg_back: float = 0.0
    leg_bend: float = 0.0
    heel_more: float = 0.0
    arm_more: float = 0.0
    elbow_more: float = 0.0
    across_more: float = 0.0
    heading: float = 0.0
    ahead: float = 0.0
    aside: float = 0.0
    side: str = "left"
    support: Support = Support.FEET


def carrying(posture: Posture) -> int:
    """The leg that does not differ: 0 left, 1 right."""
    return 0 if posture.side == "right" else 1
