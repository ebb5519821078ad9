"""The scoring loop: one pose in, one verdict out, the same work for every frame (biomechanics 5.1).

    keypoints → believed points → measures → history → calibration → repetition machine → faults → lights

It has no clock: time arrives with the poses, and whoever calls :meth:`Scorer.step` measures what it costs.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import replace

import numpy as np

from kiosk.scoring.calibration import MOVED, STILL_FOR, Standing, Stillness, calibrate
from kiosk.scoring.drill import Drill
from kiosk.scoring.faults import FaultTable, Judgement
from kiosk.scoring.geometry import COLUMNS, DRIVERS, NECK, RAW, SHIN, SHIN_PX, SMOOTH, THIGH, TRUNK, TRUNK_PX, Geometry
from kiosk.scoring.history import History
from kiosk.scoring.measures import DRIVER, HISTORY_COLUMNS, IN_VIEW, NAMES, Phases, look_at_top, look_back
from kiosk.scoring.phases import Movement, Outcome, RepMachine
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
from kiosk.scoring.verdict import Calibration, Phase, Refusal, Rep, Rung, Strategy, Verdict, View
from kiosk.scoring.view import Stance

#: Seconds that one step may take on the slowest board (biomechanics 5.6); the caller counts what is over it.
BUDGET_S = 0.002

#: Seconds before the first frame, for the filters.
FIRST_DT = 1 / 30
#: Seconds a joint or the person must be out of sight before it is said.
UNSEEN_FOR = 0.3
#: Seconds without anybody after which the next in view is somebody else.
GONE_FOR = 2.0
#: Seconds over which the trunk's length is averaged, and for which the view must be front-on to interrupt.
TRUNK_SECONDS, FRONT_FOR = 0.5, 1.0
#: Seconds of stillness after which the length of the trunk is compared with the calibrated one.
STANDS_FOR = 1.0
#: A trunk before anything is known, as a share of the picture's height.
FIRST_TRUNK = 0.2
#: What is left of a bend seen from 45 degrees: knees and shins read a third less (signals 1).
OBLIQUE_SHARE = 2 / 3
#: Coverage and share of frames in the drill's view from which a repetition's form is judged (biomechanics 5.3).
JUDGED_FROM = 0.7
#: Peaks remembered for the depth bar, the quantile of them that is its end, and its limits as shares of the usual
#: (biomechanics 0.8: 35 to 75 degrees in a hinge).
PEAKS, PEAK_SHARE, RANGE_LEAST, RANGE_MOST = 5, 0.8, 0.6, 1.25

_JOINTS = {"ear": LEFT_EAR, "shoulder": LEFT_SHOULDER, "hip": LEFT_HIP, "knee": LEFT_KNEE, "ankle": LEFT_ANKLE}
_COLUMN_OF = {"ear": NECK, "shoulder": TRUNK, "hip": TRUNK, "knee": THIGH, "ankle": SHIN}
#: Where x and y of hip and shoulder lie among 34 numbers, by side.
_TORSO = [
    np.array([2 * joint + axis for joint in (LEFT_HIP + side, LEFT_SHOULDER + side) for axis in (0, 1)])
    for side in (0, 1)
]
_WHY = {
    Outcome.PARTIAL: ("partial", "Not counted: not deep enough."),
    Outcome.TOO_QUICK: ("too_quick", "Not counted: too quick, take your time."),
    Outcome.TOO_SLOW: ("too_slow", "Not counted: it took too long."),
    Outcome.INTERRUPTED: ("interrupted", "Not counted: I lost sight of you half way."),
}
_TURN = "Counted, not judged: turn your side to the mirror."
_MOVED = "You have moved: stand tall and still for a moment."


class Scorer:
    """One set of ``drill``: made anew for every set, fed with poses in order of time."""

    def __init__(self, drill: Drill) -> None:
        self._drill = drill
        self._driver = DRIVERS[drill.driver]
        self._needs = [_COLUMN_OF[joint] for joint in drill.needs]
        self._joints = np.array([[_JOINTS[joint] + side for joint in drill.needs] for side in (0, 1)])
        self._smoother = Smoother()
        self._smooth, self._raw_x = self._smoother.points[SMOOTH], self._smoother.points[RAW, :, 0]
        self._stance = Stance()
        self._geometry = Geometry()
        self._history = History(HISTORY_COLUMNS)
        self._row = np.full(HISTORY_COLUMNS, np.nan, np.float32)
        self._stillness = Stillness()
        self._machine = self._machine_for(drill.view)
        self._faults = FaultTable(drill)
        self._looked_back: Phases | None = None
        self._standing: Standing | None = None
        self._calibration: Calibration | None = None
        self._t = -math.inf
        self._trunk = self._trunk_now = math.nan
        self._absent_for = GONE_FOR
        self._front_for = 0.0
        self._unseen_for = np.full(17, UNSEEN_FOR + 1, np.float32)
        self._unseen = np.empty(17, bool)
        self._reps = self._partials = 0
        self._peaks: deque[float] = deque(maxlen=PEAKS)
        self._range = drill.usual
        self._verdict: Verdict | None = None

    def step(self, pose: Pose) -> Verdict:
        """The verdict on ``pose``.  A pose no later than the last one changes nothing."""
        if self._verdict and pose.t <= self._t:
            return replace(self._verdict, rep=None, refused=None)
        dt = pose.t - self._t if self._verdict else FIRST_DT
        self._t = pose.t
        self._measure(pose, dt)
        refused = self._keep_place(pose, dt) or self._calibrate(dt)
        q = self._depth()
        movement = self._drive(q, dt)
        rep = None
        if movement:
            rep, refused = self._close(movement)
        self._verdict = self._say(q, rep, refused)
        return self._verdict

    def _measure(self, pose: Pose, dt: float) -> None:
        """From keypoints to a row of measures in the history."""
        if self._standing is None:
            self._trunk = _averaged(self._trunk, _trunk_of(pose), dt)
        trunk = self._trunk if self._trunk > 1 else FIRST_TRUNK * pose.height
        stance, side, facing = self._stance, self._stance.near, self._stance.facing
        points = self._smoother.step(pose, dt, trunk)
        stance.step(pose, dt, trunk)
        if (stance.near, stance.facing) != (side, facing):
            self._stillness.reset()
        rows = self._geometry.measure(points, stance.near, stance.facing)
        self._row[:COLUMNS] = rows[RAW]
        self._row[DRIVER] = rows[SMOOTH, self._driver]
        self._row[IN_VIEW] = stance.view is self._drill.view
        self._history.write(self._t, self._row)
        np.isnan(self._raw_x, out=self._unseen)
        self._unseen_for += dt
        self._unseen_for *= self._unseen

    def _keep_place(self, pose: Pose, dt: float) -> Refusal | None:
        """Notice when the person has gone, turned round or come nearer: then their standing must be shown anew."""
        self._absent_for = 0.0 if pose.present else self._absent_for + dt
        if self._standing is None:
            return None
        if self._absent_for > GONE_FOR:
            self._forget()
            return None
        self._front_for = self._front_for + dt if self._stance.view is View.FRONT else 0.0
        if self._front_for > FRONT_FOR:
            self._machine.interrupt(self._t)
        if self._machine.moving:
            return None
        stands = self._t - self._stillness.since > STANDS_FOR
        if self._stance.turned or (stands and self._stands_elsewhere(dt)):
            self._forget()
            return Refusal(self._t, "moved", _MOVED)
        return None

    def _stands_elsewhere(self, dt: float) -> bool:
        """The trunk has another length than when calibrated: the person stands nearer or further, or is another."""
        length = float(self._geometry.rows[RAW, TRUNK_PX])
        self._trunk_now = _averaged(self._trunk_now, length, dt)
        return abs(self._trunk_now / self._standing.trunk - 1) > MOVED

    def _forget(self) -> None:
        self._standing = None
        self._stance.locked = False
        self._stillness.reset()
        self._machine = self._machine_for(self._drill.view)
        self._geometry.trust_bones(None)

    def _calibrate(self, dt: float) -> None:
        """Store the person's standing when there is none yet, or a better one now."""
        hip_x, hip_y, shoulder_x, shoulder_y = self._smooth.take(_TORSO[self._stance.near]).tolist()
        self._stillness.step(self._t, dt, complex(hip_x, hip_y), complex(shoulder_x, shoulder_y), self._trunk)
        view = self._stance.view
        if view not in (View.SIDE, View.OBLIQUE) or self._machine.moving:
            return
        if self._standing and (self._well_calibrated or view is not self._drill.view):
            return
        standing = calibrate(self._history, self._stillness, self._t, view)
        if standing and (self._standing is None or standing.thorough):
            self._take(standing)
            self._faults.know_noise(standing.noise.tolist())
            self._machine = self._machine_for(view)

    def _machine_for(self, view: View) -> RepMachine:
        drill = self._drill
        return RepMachine(drill.onset, drill.least * (1 if view is drill.view else OBLIQUE_SHARE), drill.home)

    @property
    def _well_calibrated(self) -> bool:
        return self._standing is not None and self._standing.thorough and self._standing.view is self._drill.view

    def _take(self, standing: Standing) -> None:
        self._standing = standing
        self._calibration = standing.summary()
        self._trunk = self._trunk_now = standing.trunk
        self._geometry.trust_bones(standing.rest[SHIN_PX:] if standing.view is View.SIDE else None)

    def _depth(self) -> float:
        """The driver above standing, NaN when unseen."""
        if self._standing is None:
            return math.nan
        rest, scale = self._standing.rest[self._driver], self._standing.scale[self._driver]
        return float((self._row[DRIVER] - rest) * scale)

    def _drive(self, q: float, dt: float) -> Movement | None:
        if self._standing is None:
            return None
        movement = self._machine.step(self._t, q)
        if self._machine.moving:
            self._stance.locked = True
        if self._machine.phase is not Phase.LOCKOUT:
            self._looked_back = None if movement is None else self._looked_back
        elif self._looked_back is None:
            # a frame before the close, so that no frame bears the whole cost
            done, now = self._machine.movement(), self._t
            self._looked_back = look_back(self._history, self._standing, done, self._driver, self._needs, now)
        return movement

    def _close(self, movement: Movement) -> tuple[Rep | None, Refusal | None]:
        """What a movement comes to: a repetition, judged or with the reason why not, or a refusal."""
        if movement.outcome is not Outcome.COUNTED:
            self._partials += movement.outcome is Outcome.PARTIAL
            return None, Refusal(self._t, *_WHY[movement.outcome])
        top = look_at_top(self._history, self._t)
        phases, self._looked_back = self._looked_back, None
        phases.top = self._standing.calibrated(top).tolist()
        in_view = phases.in_view >= JUDGED_FROM and self._standing.view is self._drill.view
        judgement = self._faults.judge(phases, in_view)
        self._faults.light(judgement)
        self._reps += 1
        self._remember(movement.peak)
        self._take(self._standing.refreshed(top))
        refused = self._not_judged(phases, in_view)
        return self._rep(movement, phases, judgement, judged=refused is None), refused

    def _not_judged(self, phases: Phases, in_view: bool) -> Refusal | None:
        if not in_view:
            return Refusal(self._t, "not_side_on", _TURN)
        if phases.coverage >= JUDGED_FROM:
            return None
        hidden = [joint for joint, seen in zip(self._drill.needs, phases.seen, strict=True) if seen < JUDGED_FROM]
        return Refusal(
            self._t, "joints_hidden", f"Counted, not judged: I cannot see your {' and '.join(hidden) or 'joints'}, step back."
        )

    def _rep(self, movement: Movement, phases: Phases, judgement: Judgement, *, judged: bool) -> Rep:
        values = dict(zip(NAMES, judgement.values, strict=True))
        return Rep(
            n=self._reps,
            side=("left", "right")[self._stance.near],
            start=movement.start,
            bottom=movement.bottom,
            end=movement.end,
            score=self._faults.score(judgement, phases.coverage) if judged else None,
            coverage=round(phases.coverage, 3),
            strategy=self._strategy(values["hinge_index"]),
            measures={name: None if math.isnan(value) else round(value, 2) for name, value in values.items()},
            faults=self._faults.found(judgement),
            not_seen=self._faults.not_seen(judgement),
        )

    def _strategy(self, index: float) -> Strategy | None:
        if math.isnan(index):
            return None
        if index < self._drill.squat_below:
            return Strategy.SQUAT
        return Strategy.HINGE if index >= self._drill.hinge_from else Strategy.MIXED

    def _remember(self, peak: float) -> None:
        """The end of the depth bar follows the person's own range."""
        self._peaks.append(peak)
        own = sorted(self._peaks)[math.ceil(PEAK_SHARE * len(self._peaks)) - 1]
        usual = self._drill.usual
        self._range = min(max(own, RANGE_LEAST * usual), RANGE_MOST * usual)

    def _say(self, q: float, rep: Rep | None, refused: Refusal | None) -> Verdict:
        missing = self._missing()
        rung = self._rung(missing)
        still = (self._t - self._stillness.since) / STILL_FOR
        return Verdict(
            t=self._t,
            phase=self._phase(rung),
            rung=rung,
            view=self._stance.view,
            facing=self._stance.facing,
            lights=self._faults.lights,
            depth=q / self._range,
            steady=1.0 if self._well_calibrated else min(still, 1.0) if still >= 0 else 0.0,
            reps=self._reps,
            partials=self._partials,
            missing=missing,
            calibration=self._calibration if self._standing else None,
            rep=rep,
            refused=refused,
        )

    def _missing(self) -> tuple[str, ...]:
        unseen = self._unseen_for[self._joints[self._stance.near]].tolist()
        if max(unseen) <= UNSEEN_FOR:
            return ()
        return tuple(joint for joint, seconds in zip(self._drill.needs, unseen, strict=True) if seconds > UNSEEN_FOR)

    def _rung(self, missing: tuple[str, ...]) -> Rung:
        if self._absent_for > UNSEEN_FOR or "shoulder" in missing or "hip" in missing:
            return Rung.IN_FRAME
        if self._stance.view is not self._drill.view:
            return Rung.SIDE_ON
        if missing:
            return Rung.JOINTS
        in_view = self._standing is not None and self._standing.view is self._drill.view
        return Rung.READY if in_view else Rung.STILL

    def _phase(self, rung: Rung) -> Phase:
        if self._absent_for > UNSEEN_FOR:
            return Phase.NO_PERSON
        if self._standing is None:
            return Phase.CALIBRATE if rung is Rung.STILL else Phase.POSITION
        return self._machine.phase


def _trunk_of(pose: Pose) -> float:
    """Pixels between the middle of the shoulders and the middle of the hips, whatever the scores."""
    points = pose.points[[LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_HIP, RIGHT_HIP]].tolist()
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    return math.hypot(ax + bx - cx - dx, ay + by - cy - dy) / 2


def _averaged(old: float, new: float, dt: float) -> float:
    if math.isnan(old) or math.isnan(new):
        return new if math.isnan(old) else old
    return old + (1 - math.exp(-dt / TRUNK_SECONDS)) * (new - old)
