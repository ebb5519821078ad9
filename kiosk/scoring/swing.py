"""The swing machine: a cycle between top and bottom (biomechanics 1.2, D18)."""

from __future__ import annotations

import math

from kiosk.scoring.machine import FRAMES, Machine, Movement, Outcome
from kiosk.scoring.phases import TURN
from kiosk.scoring.verdict import Phase

#: A swing up is timed from this share of its depth until it is home, a third of that: a third of half a cycle, when
#: the driver goes like a cosine.
HIGH, TIMED = 0.75, 1 / 6
#: Seconds for which the top is waited for once home.
TOP = 0.5
#: Seconds before and after its bottom and its top in which a swing is measured: three frames at eight a second.
AROUND = 0.2


class SwingMachine(Machine):
    """One swing after another: each way up, as quick as a swing is, from the bottom to the top.

    ``quickest`` and ``slowest`` of the motion are those of a whole cycle.  Who bends to the bell and takes their time
    there has not swung it yet, and the standing up after it has been set down is too slow for a swing.
    """

    def _begin(self, t: float, q: float) -> None:
        super()._begin(t, q)
        self._left_at = self._home_at = self._top_at = math.nan
        self._last = t, q
        self._least_q, self._frames, self._quick = math.inf, 0, False

    @property
    def arriving(self) -> bool:
        """In the newest frame the swing has come up."""
        return self.phase is Phase.LOCKOUT and self._seen_at == self._home_at

    def _take(self, t: float, q: float, dt: float) -> Movement | None:
        match self.phase:
            case Phase.SETUP:
                self._wait(t, q)
            case Phase.DOWN | Phase.BOTTOM | Phase.UP:
                self._follow(t, q, dt)
            case Phase.LOCKOUT:
                return self._at_top(t, q)
        return None

    def _wait(self, t: float, q: float) -> None:
        self._frames = self._frames + 1 if q > self.onset else 0
        if self._frames == 1:
            self._start = t
        if self._frames >= FRAMES:
            self._go_down(self._start, q)

    def _go_down(self, t: float, q: float) -> None:
        self._begin(t, q)
        self.phase = Phase.DOWN

    def _follow(self, t: float, q: float, dt: float) -> None:
        if q > self._peak:
            self._peak, self._bottom = q, t
        self._rise(t, q)
        if q >= self.least:
            self.phase = Phase.BOTTOM
        elif self._peak >= self.least:
            self.phase = Phase.UP
        if q >= self.home:
            return
        if self._peak < self.least:
            self.phase = Phase.SETUP
            return
        self.phase, self._home_at = Phase.LOCKOUT, t
        # it may have come home anywhere between two frames
        quickly_up = t - self._left_at <= TIMED * self._motion.slowest + dt
        self._quick = quickly_up and t - self._start <= self._motion.slowest
        self._least_q, self._top_at = q, t

    def _rise(self, t: float, q: float) -> None:
        """Keep when the bottom was left: by proportion, for the trunk may be unseen down there."""
        (before, was), high = self._last, HIGH * self._peak
        if q < high <= was:
            self._left_at = before + (t - before) * (was - high) / (was - q)
        self._last = t, q

    def _at_top(self, t: float, q: float) -> Movement | None:
        """The top is over when the bell goes down again, or after a while."""
        if q < self._least_q:
            self._least_q, self._top_at = q, t
        leaving = q > max(self.onset, self._least_q + TURN * self.onset)
        if not leaving and t - self._home_at < TOP:
            return None
        movement = self._close(Outcome.COUNTED if self._quick else Outcome.TOO_SLOW, t)
        if leaving:
            self._go_down(self._top_at, q)
        else:
            self.phase = Phase.SETUP
        return movement

    def _close(self, outcome: Outcome, t: float) -> Movement:
        end = t if math.isnan(self._top_at) else self._top_at
        last = min(t, end + AROUND)
        deep, top = (self._bottom - AROUND, self._bottom + AROUND), (last - 2 * AROUND, last + 1e-6)
        return Movement(outcome, self._start, self._bottom, end, self._peak, deep=deep, top=top)
