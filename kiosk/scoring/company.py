"""Company: whether the pose is still that of the person who is coached, or has gone over to somebody else's."""

from __future__ import annotations

import math

from kiosk.scoring.smoothing import LEAP

#: Seconds that the pose must stay elsewhere, or of another size, to be somebody else's.
STAYS_FOR = 0.3
#: Change of a body's lengths, as a share, that means somebody else, and seconds within which it must come about: who
#: turns round is foreshortened more slowly.
OTHER_SIZE, GROWN_WITHIN = 0.25, 0.3


class Company:
    """``suspected``: the pose has leapt or changed its size; ``other``: and it has stayed so.

    Both end when it comes back to the person's own place, at their own size.
    """

    def __init__(self) -> None:
        self.suspected = self.other = False
        self._since = math.nan
        self._home, self._reach = 0j, 0.0

    def settle(self, home: complex, trunk: float) -> None:
        """Whoever is in view is the person, the middle of the torso at ``home`` (x + iy), ``trunk`` long, in pixels."""
        self.suspected = self.other = False
        if home == home:
            self._home, self._reach = home, LEAP * trunk

    def suspect(self, t: float) -> None:
        """The pose has just left its place, or its size."""
        if not self.suspected:
            self.suspected, self._since = True, t

    def step(self, t: float, place: complex, size: float) -> None:
        """Take where the torso is, and its length as a share of the person's own; NaN when it is not seen."""
        if abs(size - 1) <= OTHER_SIZE and abs(place - self._home) <= self._reach:
            self.suspected = self.other = False
        elif t - self._since >= STAYS_FOR and place == place:
            self.other = True
