"""The repetition machine: from a driver's rise and fall to counted movements (biomechanics 0.8, 5.4).

Pure: fed with (seconds, driver above standing), it knows nothing of joints.  Thresholds apart by displacement, dwells
by time; the count depends on the driver alone, never on form.
"""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING

from kiosk.scoring.machine import FRAMES, Machine, Movement, Outcome
from kiosk.scoring.verdict import Phase

if TYPE_CHECKING:
    from kiosk.scoring.drill import Motion

#: Seconds over which the driver's growth is looked at.
LOOK_BACK = 0.3
#: Seconds after a repetition before another may begin.
REFRACTORY = 0.3
#: Steps of the driver as shares of its onset (7, 4 and 2 of 12 degrees): a turn, going on growing, going on
#: straightening.
TURN, GROWING, STRAIGHTENING = 7 / 12, 4 / 12, 2 / 12
#: Seconds for straightening up fully once home, before the repetition is closed.
SETTLING = 0.6
#: Samples remembered for the look back: 0.3 s at 120 frames a second and more.
SAMPLES = 64


class RepMachine(Machine):
    """One repetition after another: down, bottom, up, lockout."""

    def __init__(self, motion: Motion, seen_share: float = 1.0) -> None:
        self._recent: deque[tuple[float, float]] = deque(maxlen=SAMPLES)
        self._blocked_until = -math.inf
        self._above = 0
        super().__init__(motion, seen_share)

    @property
    def arriving(self) -> bool:
        """In the newest frame a movement has come home; it has yet to stay there."""
        return self._home_frames == 1 and self.moving and self.phase is not Phase.LOCKOUT

    @property
    def at_home(self) -> bool:
        """A movement is under way that has come home."""
        return self._home_frames > 0 and self.moving

    def interrupt(self, t: float) -> Movement | None:
        """Pause until the driver is seen at home again; a movement under way is given back as interrupted."""
        self._recent.clear()
        self._above = 0
        return super().interrupt(t)

    def _take(self, t: float, q: float, dt: float) -> Movement | None:
        grown = self._growth(t, q)
        if self.phase is Phase.SETUP:
            self._wait(t, q, grown)
            return None
        if self.phase is Phase.LOCKOUT:
            return self._settle(t, q, grown)
        self._follow(t, q)
        if t - self._start > self._motion.slowest and not self._home_frames:
            return self._give_up(t)
        return self._move(t, q, grown, dt)

    def _give_up(self, t: float) -> Movement | None:
        """Wait for home: what does not come back in time is no repetition, and the person may stand elsewhere."""
        movement = self._finish(Outcome.TOO_SLOW, t)
        self.interrupt(t)
        return movement

    @property
    def _home(self) -> float:
        return max(self.home, self._motion.home_share * self._peak)

    def _growth(self, t: float, q: float) -> float:
        """How much the driver has grown over the look back, or since it is seen."""
        recent = self._recent
        recent.append((t, q))
        while len(recent) > 1 and recent[1][0] <= t - LOOK_BACK:
            recent.popleft()
        return q - recent[0][1]

    def _begin(self, t: float, q: float) -> None:
        super()._begin(t, q)
        self._held, self._deep_since = 0.0, math.inf
        self._turning = 0
        self._rising, self._extreme, self._bounces = True, q, 0
        self._home_since, self._home_frames = math.nan, 0

    def _wait(self, t: float, q: float, grown: float) -> None:
        self._above = self._above + 1 if q > self.onset else 0
        if self._above == 1:
            self._start = t
        if self._above >= FRAMES and grown > 0 and t >= self._blocked_until:
            start = self._start
            self._begin(t, q)
            self._start = start
            self.phase = Phase.DOWN

    def _follow(self, t: float, q: float) -> None:
        """Keep peak, time at depth and turns."""
        if q > self._peak:
            self._peak, self._bottom = q, t
        if q < self.least:
            self._deep_since = math.inf
        else:
            self._deep_since = min(self._deep_since, t)
            self._held = max(self._held, t - self._deep_since)
        turn = TURN * self.onset
        if self._rising:
            if q > self._extreme:
                self._extreme = q
            elif q <= self._extreme - turn:
                self._rising, self._extreme = False, q
        elif q < self._extreme:
            self._extreme = q
        elif q >= self._extreme + turn:
            self._rising, self._extreme = True, q
            self._bounces += 1

    def _move(self, t: float, q: float, grown: float, dt: float) -> Movement | None:
        turn = TURN * self.onset
        if self._peak < self.least:
            if q < min(self._home, self._peak - turn) or q < 0.75 * self.onset:
                return self._drop(t)
            return None
        self._turning = self._turning + 1 if q <= self._peak - turn else 0
        if self._turning >= FRAMES:
            self.phase = Phase.UP if not self._rising else Phase.DOWN
        elif grown <= GROWING * self.onset:
            self.phase = Phase.BOTTOM
        return self._go_home(t, q, dt)

    def _go_home(self, t: float, q: float, dt: float) -> Movement | None:
        """Home counts once it has been held; a blip of half a turn does not break it."""
        if q >= self._home + (0 if self._home_frames == 0 else TURN * self.onset / 2):
            self._home_frames = 0
            return None
        if self._home_frames == 0:
            self._home_since = t
        self._home_frames += 1
        # half a frame's grace: what lies between two frames is not known to be shorter
        if t - self._home_since < self._motion.settled - dt / 2 or self._home_frames < FRAMES:
            return None
        if self._held < self._motion.held - dt / 2:
            hasty = self._home_since - self._start < self._motion.quickest
            return self._drop(t, Outcome.TOO_QUICK if hasty else Outcome.PARTIAL)
        self.phase = Phase.LOCKOUT
        return None

    def _settle(self, t: float, q: float, grown: float) -> Movement | None:
        """Wait until the person has straightened up, so that the lockout can be judged."""
        straightening = grown < -STRAIGHTENING * self.onset
        if straightening and t - self._home_since < self._motion.settled + SETTLING:
            return None
        lasted = self._home_since - self._start
        if lasted < self._motion.quickest:
            return self._drop(t, Outcome.TOO_QUICK)
        return self._finish(Outcome.COUNTED if lasted <= self._motion.slowest else Outcome.TOO_SLOW, t)

    def _drop(self, t: float, outcome: Outcome = Outcome.PARTIAL) -> Movement | None:
        """End a movement that does not count; one too small to notice leaves no word."""
        noticed = self._peak >= self._noticed
        movement = self._finish(outcome, t)
        return movement if noticed else None

    def _finish(self, outcome: Outcome, t: float) -> Movement:
        movement = self._close(outcome, t)
        self.phase = Phase.SETUP
        self._above = 0
        self._blocked_until = t + REFRACTORY
        return movement

    def _close(self, outcome: Outcome, t: float) -> Movement:
        end = t if math.isnan(self._home_since) else self._home_since
        return Movement(outcome, self._start, self._bottom, end, self._peak, self._bounces)
