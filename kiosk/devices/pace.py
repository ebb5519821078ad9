"""The pace of the pose model: whether it is quick enough here to look at every picture twice."""

from __future__ import annotations

from collections import deque
from statistics import median

#: Milliseconds between two pictures of a camera (picamera.py, usb.py: 30 a second).  Two passes must fit: a second look
#: at an old picture is not worth missing a new one.  A Pi 5 needs 16 to 30 for two, a desktop 5 to 10; a Pi 4 needs 70
#: to 120 and looks once (platform 1).
PICTURE_MS = 1000 / 30

#: Share of that within which two passes begin; they end only when they need all of it (a processor too hot to keep its
#: clock).  The rest is for cutting and scoring, and keeps the choice from wavering.
ROOM = 0.8

#: Passes whose median is the pace; no choice is made before so many.
OVER = 30


class Pace:
    """The median of the last passes, and what follows from it: ``passes`` a picture, 1 or 2."""

    def __init__(self) -> None:
        self.passes = 1
        self._took: deque[float] = deque(maxlen=OVER)

    def take(self, invoke_ms: float) -> None:
        """One more pass, of so many milliseconds."""
        self._took.append(invoke_ms)
        if len(self._took) == OVER:
            self.passes = choose_passes(self.median_ms, self.passes)

    @property
    def median_ms(self) -> float:
        """Milliseconds of a pass, over the last; 0 before the first."""
        return median(self._took) if self._took else 0.0


def choose_passes(pass_ms: float, now: int = 1) -> int:
    """Passes a picture where one pass takes ``pass_ms`` milliseconds and ``now`` so many are made."""
    return 2 if 2 * pass_ms <= PICTURE_MS * (1 if now == 2 else ROOM) else 1
