"""The scoring loop: one pose in, one verdict out, the same work for every frame (biomechanics 5.1).

    keypoints → believed points → measures → history → standing → repetition machine → faults → lights

It has no clock: time arrives with the poses, and whoever calls :meth:`Scorer.step` measures what it costs.
"""

from __future__ import annotations

import math
from dataclasses import replace

from kiosk.scoring.dorsal.own import UNKNOWN, OwnBack
from kiosk.scoring.drill import Drill
from kiosk.scoring.holds import Holds
from kiosk.scoring.lean import DEFAULT, LeanModel
from kiosk.scoring.ledger import Closed, Ledger
from kiosk.scoring.machine import Outcome
from kiosk.scoring.machines import machine_for
from kiosk.scoring.place import Place
from kiosk.scoring.pose import Pose
from kiosk.scoring.sight import UNSEEN_FOR, Sight
from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import Phase, Refusal, Rung, Verdict

#: Seconds that one step may take on the slowest board (biomechanics 5.6); the caller counts what is over it.
BUDGET_S = 0.002
#: Seconds before the first frame, for the filters.
FIRST_DT = 1 / 30
#: Seconds out of the view, and facing the other way, that interrupt a movement (biomechanics 0.8: view lost).
VIEW_LOST, TURNED = 1.0, 0.5

_NOTHING = Closed()


class Scorer:
    """One set of ``drill``: made anew for every set, fed with poses in order of time."""

    def __init__(self, drill: Drill, own: OwnBack = UNKNOWN, lean: LeanModel = DEFAULT) -> None:
        """``own``: what is known of the person's back; ``lean``: what a good lean over the basin looks like."""
        self._drill = drill
        self._sight = Sight(drill)
        self._place = Place(drill)
        self._machine = machine_for(drill, drill.view)
        self._ledger: Ledger | Holds = Holds(drill, own, lean) if drill.hold_s else Ledger(drill, own)
        self._turned_for = 0.0
        self._verdict: Verdict | None = None

    def step(self, pose: Pose) -> Verdict:
        """The verdict on ``pose``.  A pose no later than the last one changes nothing."""
        last = self._verdict
        if last and pose.t <= last.t:
            return replace(last, rep=None, hold=None, refused=None)
        dt = pose.t - last.t if last else FIRST_DT
        self._sight.step(pose, dt)
        refused = self._place.step(self._sight, pose.t, dt, self._machine.moving)
        if self._place.renewed:
            self._begin_anew()
        q = self._driver_above_start()
        closed = self._drive(pose.t, dt, q)
        self._verdict = self._say(pose.t, q, closed, closed.refused or refused)
        return self._verdict

    def _begin_anew(self) -> None:
        standing = self._place.standing
        self._machine = machine_for(self._drill, self._drill.view)
        if standing:
            self._machine = machine_for(self._drill, standing.view, outlined=standing.outlined)
            self._ledger.know(standing)
        if standing and standing.presumed:
            self._machine.begin_bent(standing.at - STARTS[self._drill.start].still_s, standing.at)

    def _driver_above_start(self) -> float:
        """In the driver's unit; NaN when unseen or nobody is calibrated."""
        standing, column = self._place.standing, self._sight.column
        if standing is None:
            return math.nan
        motion = self._drill.motion_in(standing.view, outlined=standing.outlined)
        start = standing.rest if motion.kept else standing.start
        return (self._sight.driver - float(start[column])) * float(standing.scale[column])

    def _drive(self, t: float, dt: float, q: float) -> Closed:
        """Let the machine take the driver ``q``; what it closes is counted or refused."""
        standing, sight = self._place.standing, self._sight
        if standing is None:
            return _NOTHING
        movement = self._machine.step(t, q)
        self._turned_for = self._turned_for + dt if sight.stance.turned else 0.0
        # who bends far over a basin shows hair, of which no view is told
        hidden = self._drill.bust and self._machine.moving
        turning = not hidden and (sight.view_lost > VIEW_LOST or self._turned_for > TURNED)
        if turning:
            movement = movement or self._machine.interrupt(t)
        sight.stance.locked |= self._machine.moving
        movement = movement or self._ledger.follow(self._machine, sight, standing, t, dt)
        if movement is None:
            return _NOTHING
        if movement.outcome is not Outcome.COUNTED:
            dropped = self._ledger.drop(movement, t)
            # who changes sides has been asked to turn round
            return _NOTHING if turning and self._drill.side_by else dropped
        if sight.stance.turned:
            return self._ledger.drop(replace(movement, outcome=Outcome.TURNED), t)
        self._place.came_home_at = t
        return self._ledger.close(movement, sight, standing, t)

    def _say(self, t: float, q: float, closed: Closed, refused: Refusal | None) -> Verdict:
        missing = self._sight.missing
        rung = self._rung(missing)
        return Verdict(
            t=t,
            phase=self._phase(rung),
            rung=rung,
            view=self._sight.stance.view,
            facing=self._sight.stance.facing,
            lights=self._ledger.lights,
            depth=q / self._ledger.range,
            steady=self._place.steady,
            reps=self._ledger.reps,
            partials=self._ledger.partials,
            missing=missing,
            calibration=self._place.calibration,
            rep=closed.rep,
            refused=refused,
            hold=closed.hold,
            held=self._ledger.held,
            left=self._ledger.left,
            right=self._ledger.right,
            back=self._sight.back,
            lean=self._sight.lean,
        )

    def _rung(self, missing: tuple[str, ...]) -> Rung:
        if self._sight.absent_for > UNSEEN_FOR or "shoulder" in missing or "hip" in missing:
            return Rung.IN_FRAME
        if self._sight.stance.view not in self._drill.views:
            return Rung.SIDE_ON
        if missing:
            return Rung.JOINTS
        return Rung.READY if self._place.in_view else Rung.STILL

    def _phase(self, rung: Rung) -> Phase:
        if self._sight.absent_for > UNSEEN_FOR:
            return Phase.NO_PERSON
        if self._place.standing is None:
            return Phase.CALIBRATE if rung is Rung.STILL else Phase.POSITION
        return self._machine.phase
