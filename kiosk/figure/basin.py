"""The basin, and who stands at it: where its edge and its tap are, hands that reach there, hips that it stops.

Places are the body's coordinates, metres: forward of between the ankles, and up.
"""

from __future__ import annotations

from dataclasses import replace
from math import acos, atan2, cos, degrees, hypot, sin

from kiosk.figure.beats import STANDING
from kiosk.figure.body import assume
from kiosk.figure.bones import Lengths
from kiosk.figure.lens import BASIN, Lens
from kiosk.figure.posture import Posture, Support
from kiosk.scoring.pose import LEFT_HIP, LEFT_KNEE, LEFT_SHOULDER

#: The rim's height over the floor and its front edge before the wall on which the mirror hangs, metres.
RIM, EDGE = 0.85, 0.60
#: Half the width and half the depth of the rim, metres.
HALF_WIDTH, HALF_DEPTH = 0.29, 0.24
#: Where the wrists of who washes their hands are: so far beyond the front edge and above the rim, metres.
TAP = (0.20, 0.06)
#: Who stands free of the basin is so far from its edge, who leans on it is at it, metres.
FREE, PINNED = 0.25, 0.15
#: Arms do not quite straighten to reach.
STRETCHED = 0.97
#: Kneeling upright on a mat: as tall as a child of seven.
KNEELING = Posture(shin=90.0, knee=90.0, heel=172.0, support=Support.REST)


def stand_off(off: float, lens: Lens = BASIN) -> Lens:
    """The camera over the basin as it sees somebody ``off`` metres from the basin's edge."""
    return replace(lens, distance=EDGE + off)


def edge_before(lens: Lens) -> float:
    """How far the basin's edge is before who is filmed through ``lens``, metres."""
    return lens.distance - EDGE


def reach_for(body: Lengths, posture: Posture, place: tuple[float, float]) -> Posture:
    """The posture with both wrists at ``place`` (forward, up), or as near to it as they come."""
    for _ in range(2):  # where the shoulders are depends, a little, on where the arms are
        forward, _, up = assume(body, posture).points[LEFT_SHOULDER].tolist()
        ahead, down = place[0] - forward - posture.ahead * body.stature, up - place[1]
        far = min(hypot(ahead, down), STRETCHED * (body.upper_arm + body.forearm))
        upper, fore = body.upper_arm, body.forearm
        elbow = acos(max(-1.0, min(1.0, (far * far - upper * upper - fore * fore) / (2 * upper * fore))))
        arm = atan2(ahead, down) - atan2(fore * sin(elbow), upper + fore * cos(elbow))
        posture = replace(posture, arm=degrees(arm), elbow=degrees(elbow))
    return posture


def wash_hands(body: Lengths, posture: Posture, edge: float) -> Posture:
    """The posture with the hands under the tap of a basin whose edge is ``edge`` before the ankles."""
    return reach_for(body, replace(posture, apart=5.0, across=28.0), (edge + TAP[0], RIM + TAP[1]))


def hold_hips(body: Lengths, posture: Posture, back: float) -> Posture:
    """The posture with the hips ``back`` metres behind where they are in standing, whatever balance asks for.

    On the knees these stay where they are, and the hips go where the thighs take them.
    """
    if posture.support is Support.REST:
        moved = assume(body, posture).points[LEFT_KNEE, 0] - assume(body, KNEELING).points[LEFT_KNEE, 0]
        return replace(posture, ahead=-float(moved) / body.stature)
    wanted = assume(body, STANDING).points[LEFT_HIP, 0] - back
    for _ in range(4):
        off = wanted - assume(body, posture).points[LEFT_HIP, 0]
        posture = replace(posture, forward=posture.forward + float(off) / body.stature)
    return posture
