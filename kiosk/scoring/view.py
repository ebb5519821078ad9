"""How the person is seen by the camera: view, facing, near side, with hysteresis and a lock (biomechanics 0.6)."""

from __future__ import annotations

import math

from kiosk.scoring.pose import (
    LEFT_ANKLE,
    LEFT_EAR,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    NOSE,
    RIGHT_EAR,
    RIGHT_HIP,
    RIGHT_SHOULDER,
    Pose,
)
from kiosk.scoring.start import STARTS, Start
from kiosk.scoring.verdict import View

#: Shoulder joints are this far apart, in trunk lengths (biomechanics 0.6).
SHOULDER_WIDTH = 0.71
#: Share of the shoulder width seen, up to which a person becomes and stays side-on (17 and 25 degrees of turn).
SIDE_ENTER, SIDE_STAY = 0.30, 0.42
#: Share from which a person becomes and stays front-on (58 and 49 degrees).
FRONT_ENTER, FRONT_STAY = 0.85, 0.75
#: A front-on face has its nose within this share of half the distance of the ears from their middle; at 45 degrees it
#: was measured at 0.4 to 0.9 on people, and beyond the ears in most.  Who is front-on may turn the head as far as the
#: ears go: a body that turns is told by its shoulders.
NOSE_CENTRED_ENTER, NOSE_CENTRED_STAY = 0.4, 1.0
#: Seconds over which shoulder width and facing, and the scores of the two sides, are averaged.
VIEW_SECONDS, SIDE_SECONDS = 0.5, 1.0
#: The other side's mean score must be better by this much to become the near one.
SIDE_WINS = 0.10
#: What the facing alone is worth in the choice of side: who faces right of the picture has the right side near.
SIDE_BY_FACING = 0.05
#: The most that one frame may say of it.
OFF_CENTRE_MOST = 2.0
#: Nose before ears and shoulders, or a lying trunk's head before its hips, in trunk lengths, that shows a facing; and
#: the most that one frame may say.
FACING_SHOWS, FACING_MOST = 0.04, 0.4
#: Share of the trunk's length across the picture from which a body becomes and stays one that lies (45 and 55 degrees
#: from the floor: a bridge lifts a trunk by 40).
LIES_ENTER, LIES_STAY = 0.71, 0.57
#: Scores below this say nothing about where the joint is, not even roughly.
ROUGHLY = 0.10

_LEFT_SIDE = (LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE, LEFT_ANKLE)


class Stance:
    """The newest ``view``, ``facing`` (+1 right of the picture, -1 left, 0 unknown), ``near`` side (0 left, 1 right).

    It is told how the drill's ``start`` lies: along the floor, or face up, the facing is where the head is, and a
    body that should lie and does not has no view.  With ``front`` it may be measured from the front: seen so, it faces
    right with its left side near, by definition, and ``fronted`` says so.

    ``locked`` keeps facing and side through a set; :attr:`turned` tells that the person now faces the other way.
    """

    def __init__(self, start: Start = STARTS["standing"], *, front: bool = False) -> None:
        self.view = View.UNKNOWN
        self.facing = 0
        self.near = 0
        self.locked = False
        self.fronted = False
        self._front = front
        self._lying = start.lying
        self._head_first = -1 if start.face_up else int(start.lying)
        self._own = (0, 0, False, False)
        self._chosen = False
        self._width = self._chest = math.nan
        self._forward = math.nan
        self._off_centre = math.nan
        self._level = math.nan
        self._better = math.nan

    @property
    def turned(self) -> bool:
        """The person has turned round since the lock."""
        return self.locked and not self.fronted and self._forward * self.facing < -FACING_SHOWS

    def look_at_other(self) -> None:
        """Somebody else has come into view: see them afresh, and keep how the person stood."""
        self._own = self.facing, self.near, self.fronted, self.locked
        self.locked = False
        self._forward = math.nan

    def look_back(self) -> None:
        """The person is back, as they stood."""
        self.facing, self.near, self.fronted, self.locked = self._own
        self._forward = math.nan

    def step(self, pose: Pose, dt: float, trunk: float) -> None:
        """Take one frame's raw points (a guess of a hidden shoulder is good enough here); ``trunk`` in pixels."""
        if not pose.present:
            return
        x, scores = pose.points[:, 0].tolist(), pose.scores.tolist()
        share = 1 - math.exp(-dt / VIEW_SECONDS)
        if self._head_first:
            self._see_trunk(x, pose.points[:, 1].tolist(), share)
        elif min(scores[NOSE], max(scores[LEFT_EAR], scores[RIGHT_EAR])) >= ROUGHLY:
            self._see_face(x, share, trunk)
        if min(scores[LEFT_SHOULDER], scores[RIGHT_SHOULDER]) >= ROUGHLY:
            self._see_view((x[LEFT_SHOULDER] - x[RIGHT_SHOULDER]) / trunk / SHOULDER_WIDTH, share)
        if not self.locked:
            self._face(scores, dt)

    def _see_face(self, x: list[float], share: float, trunk: float) -> None:
        """The nose is before the ears and before the shoulders."""
        nose, ears = x[NOSE], (x[LEFT_EAR] + x[RIGHT_EAR]) / 2
        off_centre = abs(nose - ears) / max(abs(x[LEFT_EAR] - x[RIGHT_EAR]) / 2, 1.0)
        self._off_centre = average(self._off_centre, min(off_centre, OFF_CENTRE_MOST), share)
        forward = (2 * nose - ears - (x[LEFT_SHOULDER] + x[RIGHT_SHOULDER]) / 2) / trunk
        self._forward = average(self._forward, min(max(forward, -FACING_MOST), FACING_MOST), share)

    def _see_trunk(self, x: list[float], y: list[float], share: float) -> None:
        """The head is before the hips of a body face down, behind them of one face up."""
        along = x[LEFT_SHOULDER] + x[RIGHT_SHOULDER] - x[LEFT_HIP] - x[RIGHT_HIP]
        up = y[LEFT_SHOULDER] + y[RIGHT_SHOULDER] - y[LEFT_HIP] - y[RIGHT_HIP]
        length = max(math.hypot(along, up), 1.0)
        forward = self._head_first * along / length
        self._forward = average(self._forward, min(max(forward, -FACING_MOST), FACING_MOST), share)
        self._level = average(self._level, abs(along) / length, share)

    def _see_view(self, width: float, share: float) -> None:
        """``width`` between the shoulders, 1 when they are seen in full from the front, -1 from the back."""
        self._chest = average(self._chest, width, share)
        self._width = average(self._width, abs(width), share)
        if math.isnan(self._width):
            return
        front = self.view is View.FRONT
        centred = self._off_centre <= (NOSE_CENTRED_STAY if front else NOSE_CENTRED_ENTER)
        if self._lying and not self._level >= (LIES_ENTER if self.view is View.UNKNOWN else LIES_STAY):
            self.view = View.UNKNOWN
        elif self._width <= (SIDE_STAY if self.view is View.SIDE else SIDE_ENTER):
            self.view = View.SIDE
        elif centred and self._chest > 0 and self._width >= (FRONT_STAY if front else FRONT_ENTER):
            self.view = View.FRONT
        else:
            self.view = View.OBLIQUE

    def _face(self, scores: list[float], dt: float) -> None:
        """Choose facing and side."""
        self.fronted = self._front and self.view is View.FRONT
        if self.fronted:
            self.facing, self.near = 1, 0
            return
        if abs(self._forward) > FACING_SHOWS:
            self.facing = 1 if self._forward > 0 else -1
        better = sum(scores[joint + 1] - scores[joint] for joint in _LEFT_SIDE) / len(_LEFT_SIDE)
        self._better = average(self._better, better, 1 - math.exp(-dt / SIDE_SECONDS))
        lead = self._better + SIDE_BY_FACING * self.facing
        margin = SIDE_WINS if self._chosen else 0.0
        self._chosen = self._chosen or self.facing != 0
        if lead * (1 if self.near == 0 else -1) > margin:
            self.near = 1 - self.near


def average(old: float, new: float, share: float) -> float:
    """The running average ``old`` after ``new``, which it takes up by ``share``; NaN in either gives the other."""
    if math.isnan(old) or math.isnan(new):
        return new if math.isnan(old) else old
    return old + share * (new - old)
