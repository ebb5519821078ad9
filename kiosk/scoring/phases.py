"""The repetition machine: from a driver's rise and fall to counted movements (biomechanics 0.8, 5.4).

Pure: fed with (seconds, driver above standing), it knows nothing of joints.  Thresholds apart by displacement, dwells
by time; the count depends on the driver alone, never on form.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from enum import Enum, auto

from kiosk.scoring.verdict import Phase

#: Seconds over which the driver's growth is looked at, and that the bottom and the return must be held.
LOOK_BACK, HELD, HOME = 0.3, 0.3, 0.3
#: Seconds after a repetition before another may begin.
REFRACTORY = 0.3
#: Frames in a row that a beginning or a turn takes.
FRAMES = 2
#: Steps of the driver as shares of its onset (7, 4 and 2 of 12 degrees): a turn, going on growing, going on
#: straightening.
TURN, GROWING, STRAIGHTENING = 7 / 12, 4 / 12, 2 / 12
#: Home is below this share of the repetition's own peak (biomechanics 0.8: angles).
HOME_SHARE = 0.25
#: Movements that reach this share of the least depth are partial repetitions, smaller ones are fidgeting.
PARTIAL_SHARE = 0.6
#: Seconds for straightening up fully once home, before the repetition is closed.
SETTLING = 0.6
#: Seconds the driver may be unseen, and must be seen again at home, to go on (biomechanics 0.8).
UNSEEN_FOR, SEEN_FOR = 0.7, 1.0
#: Shortest and longest repetition in seconds from onset to home.  Squats to the floor were seen to take 1.2 s so
#: measured.
QUICKEST, SLOWEST = 0.8, 15.0
#: Samples remembered for the look back: 0.3 s at 120 frames a second and more.
SAMPLES = 64


class Outcome(Enum):
    """What became of a movement."""

    COUNTED = auto()
    PARTIAL = auto()
    TOO_QUICK = auto()
    TOO_SLOW = auto()
    INTERRUPTED = auto()


@dataclass(frozen=True, slots=True)
class Movement:
    """One closed movement: seconds of onset, deepest point and return, the driver's ``peak``, turns down too many."""

    outcome: Outcome
    start: float
    bottom: float
    end: float
    peak: float
    bounces: int


class RepMachine:
    """One repetition after another.  ``phase`` is the newest; thresholds are in the driver's unit.

    ``onset`` begins a movement, ``least`` is the depth that counts, ``home`` the return, or ``home_share`` of the
    movement's own peak if that is more.
    """

    def __init__(self, onset: float, least: float, home: float, home_share: float = HOME_SHARE) -> None:
        self.onset, self.least, self.home, self.home_share = onset, least, home, home_share
        self.phase = Phase.SETUP
        self._recent: deque[tuple[float, float]] = deque(maxlen=SAMPLES)
        self._seen_at = -math.inf
        self._back_since = math.nan
        self._blocked_until = -math.inf
        self._above = 0
        self._begin(0.0, 0.0)

    @property
    def moving(self) -> bool:
        """A movement is under way."""
        return self.phase in (Phase.DOWN, Phase.BOTTOM, Phase.UP, Phase.LOCKOUT)

    @property
    def arriving(self) -> bool:
        """In the newest frame a movement has come home; it has yet to stay there."""
        return self._home_frames == 1 and self.moving and self.phase is not Phase.LOCKOUT

    def step(self, t: float, q: float) -> Movement | None:
        """Take the driver ``q`` at ``t`` seconds, NaN when unseen; give the movement this frame closes, if any."""
        if math.isnan(q):
            return self.interrupt(t) if t - self._seen_at > UNSEEN_FOR else None
        dt = min(t - self._seen_at, LOOK_BACK)
        self._seen_at = t
        grown = self._growth(t, q)
        match self.phase:
            case Phase.SETUP:
                self._wait(t, q, grown)
            case Phase.DOWN | Phase.BOTTOM | Phase.UP:
                self._follow(t, q)
                return self._move(t, q, grown, dt)
            case Phase.LOCKOUT:
                return self._settle(t, q, grown)
            case Phase.PAUSED:
                self._come_back(t, q)
        return None

    def interrupt(self, t: float) -> Movement | None:
        """Pause until the driver is seen at home again; a movement under way is given back as interrupted."""
        movement = self._close(Outcome.INTERRUPTED, t) if self.moving and self._peak >= self._noticed else None
        self.phase = Phase.PAUSED
        self._back_since = math.nan
        self._recent.clear()
        return movement

    def movement(self) -> Movement:
        """The movement under way, as it would be counted now."""
        return self._close(Outcome.COUNTED, self._seen_at)

    @property
    def _noticed(self) -> float:
        """Depth from which a movement that does not count deserves a word."""
        return PARTIAL_SHARE * self.least

    @property
    def _home(self) -> float:
        return max(self.home, self.home_share * self._peak)

    def _growth(self, t: float, q: float) -> float:
        """How much the driver has grown over the look back, or since it is seen."""
        recent = self._recent
        recent.append((t, q))
        while len(recent) > 1 and recent[1][0] <= t - LOOK_BACK:
            recent.popleft()
        return q - recent[0][1]

    def _begin(self, t: float, q: float) -> None:
        self._start, self._bottom, self._peak = t, t, q
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
        if t - self._home_since < HOME - dt / 2 or self._home_frames < FRAMES:
            return None
        if self._held < HELD - dt / 2:
            hasty = self._home_since - self._start < QUICKEST
            return self._drop(t, Outcome.TOO_QUICK if hasty else Outcome.PARTIAL)
        self.phase = Phase.LOCKOUT
        return None

    def _settle(self, t: float, q: float, grown: float) -> Movement | None:
        """Wait until the person has straightened up, so that the lockout can be judged."""
        straightening = grown < -STRAIGHTENING * self.onset
        if straightening and t - self._home_since < HOME + SETTLING:
            return None
        lasted = self._home_since - self._start
        if lasted < QUICKEST:
            return self._drop(t, Outcome.TOO_QUICK)
        return self._finish(Outcome.COUNTED if lasted <= SLOWEST else Outcome.TOO_SLOW, t)

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

    def _come_back(self, t: float, q: float) -> None:
        if q >= self.home:
            self._back_since = math.nan
        elif math.isnan(self._back_since):
            self._back_since = t
        elif t - self._back_since >= SEEN_FOR:
            self.phase = Phase.SETUP
            self._above = 0
