"""The jump machine: off the ground, down again, and standing still there (biomechanics 1.2, D19)."""

from __future__ import annotations

import math

from kiosk.scoring.machine import FRAMES, Machine, Movement, Outcome
from kiosk.scoring.verdict import Phase

#: Seconds after the landing from which the stick is looked at.
LANDED = 0.3
#: Seconds of the stick's end left over for looking at it.
LOOKING = 0.2


class JumpMachine(Machine):
    """One jump after another: READY → FLIGHT → LAND → STICK; ``settled`` seconds after the landing it is over.

    The driver is the rise of the lower ankle.  ``quickest`` and ``slowest`` of the motion are the time in the air.
    """

    def _begin(self, t: float, q: float) -> None:
        super()._begin(t, q)
        self._landed, self._frames, self._arriving = math.nan, 0, False

    @property
    def arriving(self) -> bool:
        """In the newest frame the stick is all but over."""
        return self._arriving

    @property
    def at_home(self) -> bool:
        """The stick is all but over."""
        return self.phase is Phase.LOCKOUT

    def _take(self, t: float, q: float, dt: float) -> Movement | None:
        match self.phase:
            case Phase.SETUP:
                self._wait(t, q)
            case Phase.UP:
                self._fly(t, q)
            case _:
                return self._stick(t, q)
        return None

    def _wait(self, t: float, q: float) -> None:
        self._frames = self._frames + 1 if q > self.onset else 0
        if self._frames == 1:
            self._begin(t, q)
            self._frames = 1
        if self._frames >= FRAMES and q >= self.least:
            self.phase = Phase.UP

    def _fly(self, t: float, q: float) -> None:
        self._peak = max(self._peak, q)
        if q < self.home:
            in_air = t - self._start
            lasted = self._motion.quickest <= in_air <= self._motion.slowest
            self._landed = self._bottom = t
            self.phase = Phase.DOWN if lasted else Phase.SETUP
            self._frames = 0

    def _stick(self, t: float, q: float) -> Movement | None:
        """Standing still after the landing; a hop is no stick."""
        self._frames = self._frames + 1 if q >= self.least else 0
        if self._frames >= FRAMES:
            movement = self._close(Outcome.PARTIAL, t)
            self._begin(t, q)
            self.phase = Phase.UP
            return movement
        stood = t - self._landed
        looking = stood >= self._motion.settled - LOOKING
        self._arriving = looking and self.phase is not Phase.LOCKOUT
        if looking:
            self.phase = Phase.LOCKOUT
        elif stood >= LANDED:
            self.phase = Phase.BOTTOM
        if stood < self._motion.settled:
            return None
        self.phase = Phase.SETUP
        return self._close(Outcome.COUNTED, t)

    def _close(self, outcome: Outcome, t: float) -> Movement:
        stick = None if math.isnan(self._landed) else (self._landed + LANDED, t + 1e-6)
        return Movement(outcome, self._start, self._bottom, t, self._peak, deep=stick)
