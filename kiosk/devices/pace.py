"""The pace of the pose model: how often, and how thoroughly, it looks on this machine and at this moment."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from statistics import median

from kiosk.devices.board import find_strain

#: Milliseconds between two pictures of a camera (picamera.py, usb.py: 30 a second).  Two passes must fit: a second look
#: at an old picture is not worth missing a new one.  A Pi 5 needs 16 to 30 for two, a desktop 5 to 10; a Pi 4 needs 70
#: to 120 and looks once (platform 1).
PICTURE_MS = 1000 / 30

#: Share of that within which two passes begin; they end only when they need all of it (a processor too hot to keep its
#: clock).  The rest is for cutting and scoring, and keeps the choice from wavering.
ROOM = 0.8

#: Passes whose median is the pace; no choice is made before so many.
OVER = 30

#: Poses a second that are planned for: each end of a movement is then timed to a tenth of a second
#: (scoring/measures.py).  A Zero 2 W gives 5 to 9, and any board fewer that is too hot (platform 1).
PLANNED_PER_S = 10.0

#: Milliseconds of a pass from which that is not reached, and the share of it below which it is again.
PLANNED_MS, AGAIN = 1000 / PLANNED_PER_S, 0.9

#: Seconds between two outlines of the back where the machine is short of time, which is twice a second; else each
#: picture is worth one.  A bend lasts a second and more, so none is missed.
BACK_EVERY = 0.5

#: Seconds between two questions to the firmware whether it holds the processor back, and for how long a board that was
#: held back is spared: it cools in tens of seconds, and would be as hot again at once.
ASK_EVERY, SPARED_FOR = 5.0, 60.0


class Pace:
    """The median of the last passes and the board's own complaints, and what follows from them.

    ``passes`` a picture, 1 or 2.  ``strain`` tells what holds the board back (board.py), ``clock`` seconds.
    """

    def __init__(
        self, strain: Callable[[], tuple[str, ...]] = find_strain, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.passes = 1
        self._took: deque[float] = deque(maxlen=OVER)
        self._strain, self._clock = strain, clock
        self._slow = False
        self._begun = self._outlined = self._ask_at = self._spared_until = -math.inf

    def begin(self) -> None:
        """A look at a picture begins."""
        self._begun = now = self._clock()
        if now >= self._ask_at:
            self._ask_at = now + ASK_EVERY
            if self._strain():
                self._spared_until = now + SPARED_FOR

    def take(self, invoke_ms: float) -> None:
        """One more pass, of so many milliseconds."""
        self._took.append(invoke_ms)
        if len(self._took) == OVER:
            self._slow = self.median_ms > PLANNED_MS * (AGAIN if self._slow else 1)
            self.passes = 1 if self.spared else choose_passes(self.median_ms, self.passes)

    @property
    def median_ms(self) -> float:
        """Milliseconds of a pass, over the last; 0 before the first."""
        return median(self._took) if self._took else 0.0

    @property
    def spared(self) -> bool:
        """The board is, or was a moment ago, too hot or too weakly fed to keep its clock: it looks less often."""
        return self._clock() < self._spared_until

    @property
    def lean(self) -> bool:
        """Inference is slower than planned, or the board is to be spared: no second pass, and fewer outlines."""
        return self._slow or self.spared

    def pause(self) -> float:
        """Seconds to wait before the next look: 0 but where the board is to be spared; to be asked after each look."""
        return max(0.0, self._begun + 1 / PLANNED_PER_S - self._clock()) if self.spared else 0.0

    def outlines(self, t: float) -> bool:
        """Whether the outline of the back is to be looked for in the picture of ``t`` seconds; asking is taking it.

        In every picture, but where the machine is ``lean`` twice a second: the lights come first.
        """
        if self.lean and 0 <= t - self._outlined < BACK_EVERY:
            return False
        self._outlined = t
        return True


def choose_passes(pass_ms: float, now: int = 1) -> int:
    """Passes a picture where one pass takes ``pass_ms`` milliseconds and ``now`` so many are made."""
    return 2 if 2 * pass_ms <= PICTURE_MS * (1 if now == 2 else ROOM) else 1
