"""What all machines are: from a driver's rise and fall to closed movements (biomechanics 0.8).

Pure: fed with (seconds, driver above its start), a machine knows nothing of joints.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from kiosk.scoring.verdict import Phase

if TYPE_CHECKING:
    from kiosk.scoring.drill import Motion

#: Seconds the driver must be seen again at home to go on (biomechanics 0.8).
SEEN_FOR = 1.0
#: Longest time between two frames that counts as seen, seconds.
LONGEST_STEP = 0.3
#: Movements that reach this share of the least depth are partial repetitions, smaller ones are fidgeting.
PARTIAL_SHARE = 0.6
#: Frames in a row that a beginning or a turn takes.
FRAMES = 2


class Outcome(Enum):
    """What became of a movement."""

    COUNTED = auto()
    PARTIAL = auto()
    TOO_QUICK = auto()
    TOO_SLOW = auto()
    INTERRUPTED = auto()
    TURNED = auto()


@dataclass(frozen=True, slots=True)
class Movement:
    """One closed movement: seconds of onset, deepest point and return, the driver's ``peak``, turns down too many.

    ``deep`` and ``top``: from when until when it was at its bottom and at its top, of movements whose driver's peak
    does not tell.
    """

    outcome: Outcome
    start: float
    bottom: float
    end: float
    peak: float
    bounces: int = 0
    deep: tuple[float, float] | None = None
    top: tuple[float, float] | None = None


class Machine(ABC):
    """One movement after another, as ``motion`` says; ``phase`` is the newest.

    ``seen_share`` is how much of a movement is seen from where the person is filmed.
    """

    def __init__(self, motion: Motion, seen_share: float = 1.0) -> None:
        self._motion = motion
        self.onset, self.least, self.home = motion.onset, motion.least * seen_share, motion.home
        self.phase = Phase.SETUP
        self._seen_at = -math.inf
        self._back_since = math.nan
        self._begin(0.0, 0.0)

    @property
    def moving(self) -> bool:
        """A movement is under way."""
        return self.phase in (Phase.DOWN, Phase.BOTTOM, Phase.UP, Phase.LOCKOUT)

    @property
    def arriving(self) -> bool:
        """In the newest frame a movement has come home, or is all but over; it can be looked at from now on."""
        return False

    @property
    def at_home(self) -> bool:
        """A movement is under way that has come home."""
        return self.phase is Phase.LOCKOUT

    def step(self, t: float, q: float) -> Movement | None:
        """Take the driver ``q`` at ``t`` seconds, NaN when unseen; give the movement this frame closes, if any."""
        if math.isinf(self._seen_at):
            # what was not yet looked for is not lost
            self._seen_at = t
        if math.isnan(q):
            return self.interrupt(t) if t - self._seen_at > self._motion.unseen else None
        dt = min(t - self._seen_at, LONGEST_STEP)
        self._seen_at = t
        if self.phase is Phase.PAUSED:
            self._come_back(t, q)
            return None
        return self._take(t, q, dt)

    def interrupt(self, t: float) -> Movement | None:
        """Pause until the driver is seen at home again; a movement under way is given back as interrupted."""
        movement = self._close(Outcome.INTERRUPTED, t) if self.moving and self._peak >= self._noticed else None
        self.phase = Phase.PAUSED
        self._back_since = math.nan
        self._begin(t, 0.0)
        return movement

    def movement(self) -> Movement:
        """The movement under way, as it would be counted now."""
        return self._close(Outcome.COUNTED, self._seen_at)

    def begin_bent(self, since: float, t: float) -> None:
        """The person has been bent and still ``since`` then, before they were ever seen standing.  Most ignore it."""
        return None

    @property
    def _noticed(self) -> float:
        """Depth from which a movement that does not count deserves a word."""
        return PARTIAL_SHARE * self.least

    def _begin(self, t: float, q: float) -> None:
        """A movement may begin at ``t`` seconds."""
        self._start, self._bottom, self._peak = t, t, q

    @abstractmethod
    def _take(self, t: float, q: float, dt: float) -> Movement | None:
        """Take the driver, seen, ``dt`` seconds after it was last seen."""

    @abstractmethod
    def _close(self, outcome: Outcome, t: float) -> Movement:
        """The movement under way, ended at ``t`` seconds."""

    def _come_back(self, t: float, q: float) -> None:
        if abs(q) >= self.home:
            self._back_since = math.nan
        elif math.isnan(self._back_since):
            self._back_since = t
        elif t - self._back_since >= SEEN_FOR:
            self.phase = Phase.SETUP
            self._begin(t, q)
