"""A second person, who walks through the picture behind the first, comes back, and stands beside them for a while."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, radians, sin, tan

import numpy as np

from kiosk.figure.body import assume
from kiosk.figure.bones import Lengths, lengths
from kiosk.figure.clothes import dress
from kiosk.figure.lens import Lens, Spot
from kiosk.figure.paint import Appearance, Sitter
from kiosk.figure.posture import Posture, Support

#: So far behind the first person, metres; steps a second and metres a step of an easy walk.
BEHIND, CADENCE, STEP = 1.2, 1.7, 0.66
#: Outside the picture by so much nothing of a person is seen, metres.
UNSEEN = 0.6
#: Where they stand beside the first person, metres to a side, and for how long, seconds.
BESIDE, WATCHING = 0.8, 4.0
#: Nobody is there before, between and after, seconds.
ALONE = 2.5
#: Whoever it is, it is somebody else.
OTHER = 500


class PasserBy:
    """The other person of that ``seed``, before this ``lens``; again and again."""

    def __init__(self, seed: int, lens: Lens):
        self._body = lengths(seed + OTHER)
        self._sitter = Sitter(self._body, dress(seed + OTHER))
        self._yaw = lens.yaw
        self._edge = beyond(lens, BEHIND)
        self._crossing = 2 * self._edge / (CADENCE * STEP)
        self._round = 2 * (ALONE + self._crossing) + WATCHING

    def at(self, t: float) -> Appearance | None:
        """Where they are at ``t`` seconds; None while they are not in the picture."""
        t %= self._round
        if ALONE <= t < ALONE + self._crossing:
            return self._appear(t - ALONE, 1)
        back = t - 2 * ALONE - self._crossing
        if back < 0:
            return None
        watched = min(max(0.0, back - self._crossing * (1 + BESIDE / self._edge) / 2), WATCHING)
        return self._appear(back - watched, -1, standing=0 < watched < WATCHING)

    def cross(self, walked: float) -> Appearance | None:
        """Where they are having walked once across for so many seconds; None before they are there and after."""
        return self._appear(walked, 1) if 0 <= walked < self._crossing else None

    def _appear(self, walked: float, facing: int, standing: bool = False) -> Appearance:
        """Having walked so many seconds to that side of the picture."""
        # they go along the picture, however far the lens's yaw has turned everybody
        posture = Posture() if standing else stride(pi * CADENCE * walked)
        skeleton = assume(self._body, replace(posture, heading=facing * self._yaw))
        return Appearance(self._sitter, skeleton, Spot(facing, facing * (CADENCE * STEP * walked - self._edge), BEHIND))


def beyond(lens: Lens, away: float) -> float:
    """So far from the middle nothing is seen of a person so far behind the usual place, metres."""
    half = tan(radians(lens.fov / 2)) * lens.width / max(lens.width, lens.height_px)
    return half * (lens.distance + away) + UNSEEN


def way_in(lens: Lens) -> float:
    """How long it takes to come from outside the picture to the middle of it, seconds."""
    return beyond(lens, 0.0) / (CADENCE * STEP)


def come(left: float, body: Lengths) -> Posture:
    """Walking forward to one's place, there in so many seconds."""
    return replace(stride(pi * CADENCE * left), ahead=-CADENCE * STEP * left / body.stature)


def stride(phase: float) -> Posture:
    """Walking: thighs and arms swing against each other, and the leg that comes forward bends; a turn is two steps."""
    swing, bend = 22 * sin(phase), np.array((cos(phase), -cos(phase))).clip(0) ** 2 * 50 + 6
    own, other = bend.tolist()
    return Posture(
        trunk=4,
        knee=own,
        shin=own - swing,
        leg_back=2 * swing,
        leg_bend=other - own,
        arm=-0.8 * swing,
        arm_more=1.6 * swing,
        elbow=22,
        support=Support.REST,
    )
