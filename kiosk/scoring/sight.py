"""What is seen of the person: from a pose to believed points, view, and a row of measures in the history."""

from __future__ import annotations

import itertools
import math

import numpy as np

from kiosk.scoring import bust
from kiosk.scoring.calibration import MOVED, Standing
from kiosk.scoring.company import GROWN_WITHIN, OTHER_SIZE, Company
from kiosk.scoring.dorsal.contour import Contour, Shape
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.drill import Drill
from kiosk.scoring.geometry import COLUMNS, RAW, SHIN_PX, SMOOTH, TRUNK, TRUNK_PX, Geometry
from kiosk.scoring.history import History
from kiosk.scoring.lean import Lean
from kiosk.scoring.pose import (
    LEFT_ANKLE,
    LEFT_EAR,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    RIGHT_ANKLE,
    RIGHT_HIP,
    RIGHT_SHOULDER,
    Pose,
)
from kiosk.scoring.quantities import columns_of, extras_of
from kiosk.scoring.smoothing import Smoother
from kiosk.scoring.start import STARTS
from kiosk.scoring.stretch import DRIVER, IN_VIEW
from kiosk.scoring.verdict import View
from kiosk.scoring.view import Stance, average

#: Seconds a joint or the person must be out of sight before it is said.
UNSEEN_FOR = 0.3
#: Seconds for which the outline of the back is that of now: two looks at it, which are five a second.
OUTLINE_LASTS = 0.4
#: The same where the arch of the back is what is counted: slow as that is, a blink must not end it.
ARCH_LASTS = 1.5
#: Seconds after which it has not been looked for lately.
LOOKED_FOR = 1.0
#: Seconds over which the trunk's length is averaged before it is calibrated.
TRUNK_SECONDS = 0.5
#: A trunk before anything is known, as a share of the picture's height.
FIRST_TRUNK = 0.2
#: Most that the ankles, and the shoulders, of who stands on both feet differ in height, in shin lengths.
LEVEL = 0.2

_JOINTS = {"ear": LEFT_EAR, "shoulder": LEFT_SHOULDER, "hip": LEFT_HIP, "knee": LEFT_KNEE, "ankle": LEFT_ANKLE}
#: Where x and y of hip and shoulder lie among 34 numbers, by side.
_TORSO = [
    np.array([2 * joint + axis for joint in (LEFT_HIP + side, LEFT_SHOULDER + side) for axis in (0, 1)])
    for side in (0, 1)
]
_BOTH_TORSO = [LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_HIP, RIGHT_HIP]
_LEVEL = np.array([LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_ANKLE, RIGHT_ANKLE])
#: What a lean is made of, in the order of its fields.
_LEAN = ("lean_near", "sink_gap", "sink_width", "sink_hips")
_NOWHERE = complex(math.nan, math.nan)
_UNSEEN = Shape()
_NO_CONTOUR = Contour(-math.inf, Why.NO_BACKGROUND, np.empty(0), np.empty((0, 2)), 0)
#: In which views somebody is still seen who was calibrated in another.
_STILL_SEEN = {
    View.SIDE: (View.SIDE, View.OBLIQUE),
    View.OBLIQUE: (View.SIDE, View.OBLIQUE),
    View.FRONT: (View.FRONT, View.OBLIQUE),
}


class Sight:
    """The eyes of the scoring loop; its arrays are made once.

    ``history`` holds the rows of the last seconds; ``column`` is that of the drill's driver as it is seen now,
    ``driver`` its newest value, smoothed and not calibrated; ``trunk`` is the length that serves as unit, pixels.
    ``turned_about``: facing or side have just changed, rows before and after do not belong together.  Seconds:
    ``absent_for`` since somebody was there, ``view_lost`` since they were seen in a view in which the standing known is
    good for anything.  ``company`` tells of somebody else.
    """

    def __init__(self, drill: Drill) -> None:
        self._drill = drill
        start = STARTS[drill.start]
        columns, self._extras = columns_of(drill), extras_of(drill)
        self._from_side, self._from_front = (
            tuple(extra.seen_from(view) for extra in self._extras) for view in (View.SIDE, View.FRONT)
        )
        self._outlined = [(COLUMNS + i, extra.outline) for i, extra in enumerate(self._extras) if extra.outline]
        self._contour = self._outline = _NO_CONTOUR
        self._columns = columns
        left, right = ([_JOINTS[joint] + side for joint in drill.needs] for side in (0, 1))
        #: by near side, and seen from the front
        self._needed = [np.array(joints) for joints in (left, right, left + right)]
        self._hips_needed = "hip" in drill.needs
        self._torso_points = bust.SHOULDERS if drill.bust else _BOTH_TORSO
        self._trunk_of = bust.trunk_of if drill.bust else _trunk_of
        self.stance = Stance(start, front=View.FRONT in drill.views)
        self.history = History(COLUMNS + len(self._extras) + 2)
        self.trunk = math.nan
        self.turned_about = False
        self.absent_for = math.inf
        self.view_lost = 0.0
        self._standing: Standing | None = None
        self._smoother = Smoother(drill.pace)
        self._smooth = self._smoother.points[SMOOTH]
        self._raw_x, self._smooth_y = self._smoother.points[RAW, :, 0], self._smooth[:, 1]
        self._geometry = Geometry()
        self._row = np.full(COLUMNS + len(self._extras) + 2, np.nan, np.float32)
        self._core, self._beyond = self._row[:COLUMNS], self._row[COLUMNS:DRIVER]
        self.company = Company()
        self._unseen = np.empty(17, bool)
        self._unseen_for = np.full(17, 2 * UNSEEN_FOR, np.float32)
        self.know(None)

    def step(self, pose: Pose, dt: float) -> None:
        """Take ``pose``, ``dt`` seconds after the last one."""
        self.absent_for = 0.0 if pose.present else self.absent_for + dt
        if self._standing is None:
            self.trunk = average(self.trunk, self._trunk_of(pose), 1 - math.exp(-dt / TRUNK_SECONDS))
        trunk = self.trunk if self.trunk > 1 else FIRST_TRUNK * pose.height
        if self._drill.bust:
            pose = bust.believable(pose, trunk)
        stance, before = self.stance, (self.stance.near, self.stance.facing)
        points = self._smoother.step(pose, dt, trunk)
        stance.step(pose, dt, trunk)
        self.turned_about = (stance.near, stance.facing) != before
        self._contour = pose.back or self._contour
        self._outline = self._outline if self._contour.why else self._contour
        self._t = pose.t
        self.view_lost = 0.0 if stance.view in self._seen_in else self.view_lost + dt
        self._measure(points, pose.t)
        if self._standing:
            self._mind_company(pose, self._standing)
        self.history.write(pose.t, self._row)
        np.isnan(self._raw_x, out=self._unseen)
        self._unseen_for += dt
        self._unseen_for *= self._unseen

    def know(self, standing: Standing | None) -> None:
        """Measure by ``standing`` from now on: its trunk is the unit, bones unlike its own are not believed."""
        self._standing = standing
        self.view_lost = 0.0
        self.settle(standing)
        self.stance.locked = standing is not None and (self.stance.locked or standing.view is View.FRONT)
        if standing is None:
            self._judged_in, self._seen_in = self._drill.view, tuple(View)
            self.column = self._columns[self._drill.motion.driver]
            self._geometry.trust_bones(None)
            return
        self._judged_in = standing.view if standing.view in self._drill.views else self._drill.view
        self._seen_in = _STILL_SEEN[standing.view]
        self.column = self._columns[self._drill.motion_in(standing.view, outlined=standing.outlined).driver]
        if standing.trunk > 0 and not self._drill.bust:
            self.trunk = standing.trunk
        # from an oblique camera, and from the front, a bend shortens bones by more than any tolerance
        self._geometry.trust_bones(standing.rest[SHIN_PX:COLUMNS] if standing.view is View.SIDE else None)

    def settle(self, standing: Standing | None) -> None:
        """Where the person is now is their place."""
        hip, shoulder = self.torso
        self.company.settle((hip + shoulder) / 2, self.trunk if standing else math.nan)

    @property
    def driver(self) -> float:
        """The drill's driver, smoothed, not calibrated."""
        return float(self._row[DRIVER])

    @property
    def size(self) -> float:
        """How large the person is seen, as a share of when they were calibrated.

        It is what all bones say, so that of the trunk, thigh and shin which says the least: a round back, a lean
        towards the camera, or a joint seen badly, changes one of them.  NaN where not two are seen.
        """
        if self._standing is None:
            return math.nan
        if self._drill.bust:
            # whoever leans comes nearer, too
            upright = self._calibrated("lean_near", self._standing) <= self._drill.motion.home
            return 1 + self._calibrated("sink_width", self._standing) if upright else math.nan
        known = [share for share in self._bones(self._standing) if share == share]
        return min(known, key=lambda share: abs(share - 1)) if len(known) > 1 else math.nan

    @property
    def torso(self) -> tuple[complex, complex]:
        """Where hip and shoulder are, smoothed, as x + iy in pixels; hips that are not needed may be hidden."""
        hip_x, hip_y, shoulder_x, shoulder_y = self._smooth.take(_TORSO[self.stance.near]).tolist()
        shoulder = complex(shoulder_x, shoulder_y)
        hidden = self._drill.bust or (hip_x != hip_x and not self._hips_needed)
        return shoulder if hidden else complex(hip_x, hip_y), shoulder

    @property
    def lean(self) -> Lean | None:
        """How somebody calibrated leans over the basin; None of a drill that does not ask for it."""
        if self._standing is None or not self._drill.bust:
            return None
        return Lean(*(self._calibrated(name, self._standing) for name in _LEAN))

    @property
    def missing(self) -> tuple[str, ...]:
        """Joints that the drill needs and that have not been seen for a while, in plain words."""
        unseen = self._unseen_for.take(self._needed[2 if self.stance.fronted else self.stance.near]).tolist()
        if max(unseen) <= UNSEEN_FOR:
            return ()
        pairs = zip(itertools.cycle(self._drill.needs), unseen, strict=False)
        return tuple(dict.fromkeys(joint for joint, seconds in pairs if seconds > UNSEEN_FOR))

    @property
    def back(self) -> Why | None:
        """Why the outline of the back is not seen, SEEN when it is, None when it has not been looked for lately."""
        return self._contour.why if self._t - self._contour.t <= LOOKED_FOR else None

    @property
    def level(self) -> bool:
        """From the front: both feet on the floor, the shoulders level; of what is not seen nothing is said."""
        left_shoulder, right_shoulder, left_ankle, right_ankle = self._smooth_y.take(_LEVEL).tolist()
        most = LEVEL * float(self._row[SHIN_PX])
        return not (abs(left_shoulder - right_shoulder) > most or abs(left_ankle - right_ankle) > most)

    def _measure(self, points: np.ndarray, t: float) -> None:
        """The newest row."""
        stance, row = self.stance, self._row
        rows = self._geometry.measure(points, stance.near, stance.facing)
        self._core[:] = rows[RAW]
        near, facing = stance.near, float(stance.facing or math.nan)
        values = self._from_front if stance.fronted else self._from_side
        if values:
            raw = self._geometry.seen[RAW]
            self._beyond[:] = [value(raw, near, facing) for value in values]
        if self._outlined:
            shape = self._shape(t)
            for column, name in self._outlined:
                row[column] = getattr(shape, name)
        if self.column < COLUMNS:
            row[DRIVER] = rows[SMOOTH, self.column]
        elif self._extras[self.column - COLUMNS].outline:
            row[DRIVER] = getattr(self._shape(t, ARCH_LASTS), self._extras[self.column - COLUMNS].outline)
        else:
            row[DRIVER] = values[self.column - COLUMNS](self._geometry.seen[SMOOTH], near, facing)
        row[IN_VIEW] = stance.view is self._judged_in

    def _shape(self, t: float, lasts: float = OUTLINE_LASTS) -> Shape:
        """The back's outline at ``t`` seconds: the newest seen for so long, of a person who faces as they do now."""
        contour = self._outline
        return contour.shape if t - contour.t <= lasts and contour.facing == self.stance.facing else _UNSEEN

    def _mind_company(self, pose: Pose, standing: Standing) -> None:
        """Look whether the pose has gone over to somebody else; what they do drives nothing."""
        company = self.company
        if self._smoother.leapt or self._grown(pose, standing):
            company.suspect(pose.t)
        if company.suspected:
            other = company.other
            centre = _centre_of(pose, self._torso_points) if pose.present else _NOWHERE
            company.step(pose.t, centre, self._trunk_of(pose) / self.trunk)
            self._row[DRIVER] = math.nan
            self._row[IN_VIEW] = 0.0
            if company.other and not other:
                self.stance.look_at_other()
            elif other and not company.other:
                self.stance.look_back()

    def _calibrated(self, name: str, standing: Standing) -> float:
        """A quantity of the newest row, as it counts."""
        column = self._columns[name]
        return float((self._row[column] - standing.rest[column]) * standing.scale[column])

    def _bones(self, standing: Standing) -> list[float]:
        """Lengths as shares of the person's own, NaN where not seen."""
        shares: list[float] = (self._row[SHIN_PX:COLUMNS] / standing.rest[SHIN_PX:COLUMNS]).tolist()
        return shares

    def _grown(self, pose: Pose, standing: Standing) -> bool:
        """The torso and all bones that are seen have suddenly become longer, or all shorter, than the person's own."""
        row = self._row
        # a trunk of the wrong length has no inclination: most frames end here
        if row[TRUNK] == row[TRUNK] or standing.view is not View.SIDE:
            return False
        known = [share for share in self._bones(standing) if share == share]
        if len(known) < 2:
            return False
        known.append(_trunk_of(pose) / standing.trunk)
        if not (min(known) > 1 + OTHER_SIZE or max(known) < 1 / (1 + OTHER_SIZE)):
            return False
        _, before = self.history.between(pose.t - GROWN_WITHIN, pose.t)
        return bool((abs(before[:, TRUNK_PX] / standing.trunk - 1) <= MOVED).any())


def _trunk_of(pose: Pose) -> float:
    """Pixels between the middle of the shoulders and the middle of the hips, whatever the scores."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = pose.points[_BOTH_TORSO].tolist()
    return math.hypot(ax + bx - cx - dx, ay + by - cy - dy) / 2


def _centre_of(pose: Pose, joints: list[int]) -> complex:
    """The middle of the torso's ``joints``, whatever the scores, as x + iy in pixels."""
    return sum(complex(x, y) for x, y in pose.points[joints].tolist()) / len(joints)
