"""The lift machine: from the floor up, and down again (biomechanics 1.2, D16).

A repetition machine that may begin at the bottom: SET (bent and still) → PULL → LOCKOUT → LOWER → SET.
"""

from __future__ import annotations

import math
from dataclasses import replace

from kiosk.scoring.machine import Movement, Outcome
from kiosk.scoring.phases import TURN, RepMachine
from kiosk.scoring.verdict import Phase

#: Seconds at the end of a set that belong to its lift, however long somebody stays at the bar.
SET = 1.0


class LiftMachine(RepMachine):
    """One pull after another.  What counts at the bottom is the stillness there; a movement is a pull from its set."""

    @property
    def _noticed(self) -> float:
        """Whoever has not bent down to the floor meant no lift."""
        return self.least

    def _begin(self, t: float, q: float) -> None:
        super()._begin(t, q)
        self._still_since = math.nan
        self._set = (math.nan, math.nan)

    def begin_bent(self, since: float, t: float) -> None:
        """They are set."""
        self._begin(since, self.least)
        self._deep_since = since
        self._still_since, self._set = since, (since, t)
        self.phase = Phase.BOTTOM

    def _take(self, t: float, q: float, dt: float) -> Movement | None:
        movement = super()._take(t, q, dt)
        # arms and plates before the hips and legs make the model restless: what is less than a turn is still
        still = q >= self.least and abs(q - self._recent[0][1]) <= TURN * self.onset
        if self.phase is Phase.SETUP and still:
            self._begin(t, q)
            self._deep_since = t
            self.phase = Phase.BOTTOM
        if self.phase in (Phase.DOWN, Phase.BOTTOM):
            self._keep_still(t, still, dt)
        return movement

    def _keep_still(self, t: float, still: bool, dt: float) -> None:
        """How long the person has been set, hands on the bar."""
        if not still:
            self._still_since = math.nan
            return
        self._still_since = t if math.isnan(self._still_since) else self._still_since
        if t - self._still_since >= self._motion.held - dt / 2:
            self._set = (max(self._still_since, t - SET), t)

    def _go_home(self, t: float, q: float, dt: float) -> Movement | None:
        if math.isnan(self._set[0]):
            self._held = 0.0
        return super()._go_home(t, q, dt)

    def _give_up(self, t: float) -> Movement | None:
        """Who stays set at the bar may take their time."""
        self._start = t
        return None

    def _close(self, outcome: Outcome, t: float) -> Movement:
        """The pull alone, from the end of the set; a bend without a set is told as the bend that it was."""
        movement = super()._close(outcome, t)
        begun, set_until = self._set
        if math.isnan(begun):
            return movement
        return replace(movement, start=begun, bottom=set_until, deep=(begun, set_until + 1e-6))

    def _come_back(self, t: float, q: float) -> None:
        """A pull may begin at the floor, so nobody has to stand up first."""
        super()._come_back(t, min(q, self.home / 2))
