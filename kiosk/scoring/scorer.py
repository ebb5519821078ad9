"""The scoring loop: one pose in, one verdict out, the same work for every frame (biomechanics 5.1).

    keypoints → believed points → measures → history → standing → repetition machine → faults → lights

It has no clock: time arrives with the poses, and whoever calls :meth:`Scorer.step` measures what it costs.
"""

from __future__ import annotations

import math
from dataclasses import replace

from kiosk.scoring.calibration import Standing
from kiosk.scoring.drill import Drill
from kiosk.scoring.geometry import DRIVERS, HEIGHTS
from kiosk.scoring.ledger import Ledger
from kiosk.scoring.phases import Outcome, RepMachine
from kiosk.scoring.place import Place
from kiosk.scoring.pose import Pose
from kiosk.scoring.sight import UNSEEN_FOR, Sight
from kiosk.scoring.verdict import Phase, Refusal, Rep, Rung, Verdict, View

#: Seconds that one step may take on the slowest board (biomechanics 5.6); the caller counts what is over it.
BUDGET_S = 0.002
#: Seconds before the first frame, for the filters.
FIRST_DT = 1 / 30
#: Seconds front-on that interrupt a movement (biomechanics 0.8: view lost).
FRONT_FOR = 1.0
#: What is left of a bend seen from 45 degrees: knees and shins read a third less (signals 1).
OBLIQUE_SHARE = 2 / 3


class Scorer:
    """One set of ``drill``: made anew for every set, fed with poses in order of time."""

    def __init__(self, drill: Drill) -> None:
        self._drill = drill
        self._column = DRIVERS[drill.driver]
        self._sight = Sight(drill)
        self._place = Place(drill)
        self._machine = self._machine_for(drill.view)
        self._ledger = Ledger(drill)
        self._front_for = 0.0
        self._verdict: Verdict | None = None

    def step(self, pose: Pose) -> Verdict:
        """The verdict on ``pose``.  A pose no later than the last one changes nothing."""
        last = self._verdict
        if last and pose.t <= last.t:
            return replace(last, rep=None, refused=None)
        dt = pose.t - last.t if last else FIRST_DT
        self._sight.step(pose, dt)
        refused = self._place.step(self._sight, pose.t, dt, self._machine.moving)
        if self._place.renewed:
            self._begin_anew()
        q = self._driver_above_standing()
        rep, why = self._drive(pose.t, dt, q)
        self._verdict = self._say(pose.t, q, rep, why or refused)
        return self._verdict

    def _machine_for(self, view: View) -> RepMachine:
        drill = self._drill
        foreshortened = view is not drill.view and self._column not in HEIGHTS
        least = drill.least * (OBLIQUE_SHARE if foreshortened else 1)
        return RepMachine(drill.onset, least, drill.home, drill.home_share)

    def _begin_anew(self) -> None:
        standing = self._place.standing
        self._machine = self._machine_for(standing.view if standing else self._drill.view)
        if standing:
            self._ledger.know(standing)

    def _driver_above_standing(self) -> float:
        """In the driver's unit; NaN when unseen or nobody is calibrated."""
        standing = self._place.standing
        if standing is None:
            return math.nan
        return (self._sight.driver - float(standing.rest[self._column])) * float(standing.scale[self._column])

    def _drive(self, t: float, dt: float, q: float) -> tuple[Rep | None, Refusal | None]:
        """Let the machine take the driver ``q``; what it closes is counted or refused."""
        standing, sight = self._place.standing, self._sight
        if standing is None:
            return None, None
        movement = self._machine.step(t, q)
        self._front_for = self._front_for + dt if sight.stance.view is View.FRONT else 0.0
        if self._front_for > FRONT_FOR:
            movement = movement or self._machine.interrupt(t)
        sight.stance.locked |= self._machine.moving
        if movement is None:
            self._look_ahead_of_close(standing, t)
            return None, None
        if movement.outcome is not Outcome.COUNTED:
            return None, self._ledger.drop(movement, t)
        self._place.came_home_at = t
        return self._ledger.close(movement, sight.history, standing, t, sight.stance.near)

    def _look_ahead_of_close(self, standing: Standing, t: float) -> None:
        """What can be known of a movement before it closes is looked at then, so that no frame bears the whole cost."""
        machine, history = self._machine, self._sight.history
        if machine.arriving:
            self._ledger.look_at_bottom(machine.movement(), history, standing, t)
        elif machine.phase is Phase.LOCKOUT:
            self._ledger.look_back(machine.movement(), history, standing, t)

    def _say(self, t: float, q: float, rep: Rep | None, refused: Refusal | None) -> Verdict:
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
            rep=rep,
            refused=refused,
        )

    def _rung(self, missing: tuple[str, ...]) -> Rung:
        if self._sight.absent_for > UNSEEN_FOR or "shoulder" in missing or "hip" in missing:
            return Rung.IN_FRAME
        if self._sight.stance.view is not self._drill.view:
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
