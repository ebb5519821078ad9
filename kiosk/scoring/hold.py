"""The hold machine: a posture taken up, kept, and left (biomechanics 1.2, D04, D06, D20)."""

from __future__ import annotations

import math

from kiosk.scoring.machine import Machine, Movement, Outcome
from kiosk.scoring.verdict import Phase


class HoldMachine(Machine):
    """One hold after another; the phase is BOTTOM while one lasts, DOWN on the way to it.

    A hold away from the start begins when the driver has been at ``least`` for ``held`` seconds, and ends at home.  One
    that is ``kept`` begins when the driver has been at home for so long, and ends when it grows beyond ``least``.
    """

    def _begin(self, t: float, q: float) -> None:
        super()._begin(t, q)
        self._there_since = self._left_since = math.nan
        self._spent = False

    def interrupt(self, t: float) -> Movement | None:
        """Pause; a hold that had lasted is over, and counts for what it was."""
        lasted = self._seen_at - self._start >= self._motion.quickest
        movement = self._close(Outcome.COUNTED, self._seen_at) if self.phase is Phase.BOTTOM and lasted else None
        super().interrupt(t)
        return movement

    def give_up(self, t: float) -> Movement:
        """The hold ends at ``t`` seconds, for it is none any more; another begins once this one has been left."""
        movement = self._close(Outcome.COUNTED, t)
        self.phase = Phase.SETUP
        self._spent = True
        return movement

    def _take(self, t: float, q: float, dt: float) -> Movement | None:
        if self.phase is not Phase.BOTTOM:
            self._wait(t, q, dt)
            return None
        self._peak = max(self._peak, abs(q))
        if not self._left(t, q, dt):
            return None
        lasted = self._left_since - self._start
        movement = self._close(Outcome.COUNTED if lasted >= self._motion.quickest else Outcome.TOO_QUICK, t)
        self.phase = Phase.SETUP
        self._begin(t, q)
        return movement

    def _wait(self, t: float, q: float, dt: float) -> None:
        there = abs(q) <= self.home if self._motion.kept else q >= self.least
        away = q > self.onset and not self._motion.kept
        self.phase = Phase.DOWN if away else Phase.SETUP
        if not there:
            self._there_since = math.nan
            self._spent = self._spent and not self._left(t, q, dt)
            return
        self._there_since = t if math.isnan(self._there_since) else self._there_since
        if t - self._there_since >= self._motion.held - dt / 2 and not self._spent:
            self._begin(self._there_since, q)
            self._bottom = t
            self.phase = Phase.BOTTOM

    def _left(self, t: float, q: float, dt: float) -> bool:
        """The posture has been left for good."""
        gone = q > self.least if self._motion.kept else q < self.home
        if not gone:
            self._left_since = math.nan
            return False
        self._left_since = t if math.isnan(self._left_since) else self._left_since
        return t - self._left_since >= self._motion.settled - dt / 2

    def _close(self, outcome: Outcome, t: float) -> Movement:
        end = t if math.isnan(self._left_since) else self._left_since
        return Movement(outcome, self._start, self._bottom, end, self._peak, deep=(self._start, end + 1e-6))
