"""What is seen of the person: from a pose to believed points, view, and a row of measures in the history."""

from __future__ import annotations

import math

import numpy as np

from kiosk.scoring.calibration import Standing
from kiosk.scoring.drill import Drill
from kiosk.scoring.geometry import COLUMNS, DRIVERS, RAW, SHIN_PX, SMOOTH, TRUNK_PX, Geometry
from kiosk.scoring.history import History
from kiosk.scoring.measures import DRIVER, HISTORY_COLUMNS, IN_VIEW
from kiosk.scoring.pose import (
    LEFT_ANKLE,
    LEFT_EAR,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    RIGHT_HIP,
    RIGHT_SHOULDER,
    Pose,
)
from kiosk.scoring.smoothing import Smoother
from kiosk.scoring.verdict import View
from kiosk.scoring.view import Stance, average

#: Seconds a joint or the person must be out of sight before it is said.
UNSEEN_FOR = 0.3
#: Seconds over which the trunk's length is averaged before it is calibrated.
TRUNK_SECONDS = 0.5
#: A trunk before anything is known, as a share of the picture's height.
FIRST_TRUNK = 0.2

_JOINTS = {"ear": LEFT_EAR, "shoulder": LEFT_SHOULDER, "hip": LEFT_HIP, "knee": LEFT_KNEE, "ankle": LEFT_ANKLE}
#: Where x and y of hip and shoulder lie among 34 numbers, by side.
_TORSO = [
    np.array([2 * joint + axis for joint in (LEFT_HIP + side, LEFT_SHOULDER + side) for axis in (0, 1)])
    for side in (0, 1)
]


class Sight:
    """The eyes of the scoring loop; its arrays are made once.

    ``history`` holds the rows of the last seconds, ``driver`` the drill's driver in the newest frame, smoothed and not
    calibrated, ``trunk_px`` the raw length of the trunk, ``trunk`` the one that serves as unit.  ``turned_about``:
    facing or side have just changed, rows before and after do not belong together.  ``absent_for``: seconds
    since somebody was there.
    """

    def __init__(self, drill: Drill) -> None:
        self._drill = drill
        self._driver = DRIVERS[drill.driver]
        self._needed = [np.array([_JOINTS[joint] + side for joint in drill.needs]) for side in (0, 1)]
        self.stance = Stance()
        self.history = History(HISTORY_COLUMNS)
        self.trunk = math.nan
        self.turned_about = False
        self._known_trunk = False
        self._smoother = Smoother()
        self._smooth, self._raw_x = self._smoother.points[SMOOTH], self._smoother.points[RAW, :, 0]
        self._geometry = Geometry()
        self._row = np.full(HISTORY_COLUMNS, np.nan, np.float32)
        self._measures = self._row[:COLUMNS]
        self.absent_for = math.inf
        self._unseen = np.empty(17, bool)
        self._unseen_for = np.full(17, 2 * UNSEEN_FOR, np.float32)

    def step(self, pose: Pose, dt: float) -> None:
        """Take ``pose``, ``dt`` seconds after the last one."""
        self.absent_for = 0.0 if pose.present else self.absent_for + dt
        if not self._known_trunk:
            self.trunk = average(self.trunk, _trunk_of(pose), 1 - math.exp(-dt / TRUNK_SECONDS))
        trunk = self.trunk if self.trunk > 1 else FIRST_TRUNK * pose.height
        stance, before = self.stance, (self.stance.near, self.stance.facing)
        points = self._smoother.step(pose, dt, trunk)
        stance.step(pose, dt, trunk)
        self.turned_about = (stance.near, stance.facing) != before
        rows = self._geometry.measure(points, stance.near, stance.facing)
        self._measures[:] = rows[RAW]
        self._row[DRIVER] = rows[SMOOTH, self._driver]
        self._row[IN_VIEW] = stance.view is self._drill.view
        self.history.write(pose.t, self._row)
        np.isnan(self._raw_x, out=self._unseen)
        self._unseen_for += dt
        self._unseen_for *= self._unseen

    def know(self, standing: Standing | None) -> None:
        """Measure by ``standing`` from now on: its trunk is the unit, bones unlike its own are not believed."""
        self._known_trunk = standing is not None
        if standing is None:
            self.stance.locked = False
            self._geometry.trust_bones(None)
            return
        self.trunk = standing.trunk
        # from an oblique camera a bend shortens bones by more than any tolerance
        self._geometry.trust_bones(standing.rest[SHIN_PX:] if standing.view is View.SIDE else None)

    @property
    def driver(self) -> float:
        """The drill's driver, smoothed, not calibrated."""
        return float(self._row[DRIVER])

    @property
    def trunk_px(self) -> float:
        """The trunk's length in the newest frame, pixels."""
        return float(self._row[TRUNK_PX])

    @property
    def torso(self) -> tuple[complex, complex]:
        """Where hip and shoulder are, smoothed, as x + iy in pixels."""
        hip_x, hip_y, shoulder_x, shoulder_y = self._smooth.take(_TORSO[self.stance.near]).tolist()
        return complex(hip_x, hip_y), complex(shoulder_x, shoulder_y)

    @property
    def missing(self) -> tuple[str, ...]:
        """Joints that the drill needs and that have not been seen for a while, in plain words."""
        unseen = self._unseen_for.take(self._needed[self.stance.near]).tolist()
        if max(unseen) <= UNSEEN_FOR:
            return ()
        return tuple(joint for joint, seconds in zip(self._drill.needs, unseen, strict=True) if seconds > UNSEEN_FOR)


def _trunk_of(pose: Pose) -> float:
    """Pixels between the middle of the shoulders and the middle of the hips, whatever the scores."""
    points = pose.points[[LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_HIP, RIGHT_HIP]].tolist()
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    return math.hypot(ax + bx - cx - dx, ay + by - cy - dy) / 2
