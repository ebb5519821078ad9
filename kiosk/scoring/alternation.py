"""The alternation machine: to one end, to the other, and back to the middle (biomechanics 1.2, D05)."""

from __future__ import annotations

import math

from kiosk.scoring.machine import Machine, Movement, Outcome
from kiosk.scoring.verdict import Phase

#: Seconds in the middle after which a movement that reached no end is over.
HOME = 0.3


class AlternationMachine(Machine):
    """One cycle after another: either end first, each held, the middle to close it."""

    def _begin(self, t: float, q: float) -> None:
        super()._begin(t, q)
        self._ends: list[int] = []
        self._at_end_since = self._home_since = math.nan

    def _take(self, t: float, q: float, dt: float) -> Movement | None:
        if self.phase is Phase.SETUP:
            if abs(q) > self.onset:
                self._begin(t, q)
                self.phase = Phase.DOWN
            return None
        self._peak = max(self._peak, abs(q))
        end = (q >= self.least) - (q <= -self.least)
        if end:
            self._stay(t, end, dt)
        else:
            self._at_end_since = math.nan
            self.phase = Phase.UP if len(self._ends) > 1 else Phase.DOWN
        return self._come_home(t, q)

    def _stay(self, t: float, end: int, dt: float) -> None:
        """An end counts once it has been held, and once in a row."""
        self._at_end_since = t if math.isnan(self._at_end_since) else self._at_end_since
        if t - self._at_end_since < self._motion.held - dt / 2:
            return
        self.phase = Phase.BOTTOM
        if not self._ends or self._ends[-1] != end:
            self._ends.append(end)
            self._bottom = t

    def _come_home(self, t: float, q: float) -> Movement | None:
        """The middle closes a cycle of two ends; on the way from the one to the other it may be rested in."""
        if abs(q) >= self.home:
            self._home_since = math.nan
            return None
        self._home_since = t if math.isnan(self._home_since) else self._home_since
        gave_up = t - self._start > self._motion.slowest if self._ends else t - self._home_since >= HOME
        return self._finish(t) if len(self._ends) > 1 or gave_up else None

    def _finish(self, t: float) -> Movement | None:
        lasted = self._home_since - self._start
        outcome = Outcome.COUNTED
        if len(self._ends) < 2:
            outcome = Outcome.PARTIAL
        elif lasted < self._motion.quickest:
            outcome = Outcome.TOO_QUICK
        elif lasted > self._motion.slowest:
            outcome = Outcome.TOO_SLOW
        noticed = self._peak >= self._noticed
        movement = self._close(outcome, t)
        self.phase = Phase.SETUP
        return movement if noticed else None

    def _close(self, outcome: Outcome, t: float) -> Movement:
        end = t if math.isnan(self._home_since) else self._home_since
        return Movement(outcome, self._start, self._bottom, end, self._peak, bounces=max(0, len(self._ends) - 2))
