"""A glance: the square that the model looks at, turned or mirrored before it sees it, and what it tells turned back.

MoveNet was trained on people who are upright, so somebody lying is shown to it turned; and a mirrored glance errs in
other places than a straight one, so their mean is steadier than either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kiosk.scoring.pose import KEYPOINTS, LEFT_HIP, LEFT_SHOULDER, RIGHT_HIP, RIGHT_SHOULDER

#: Two glances agree on a joint when they put it no farther apart than this share of the square (15 of its 192 pixels,
#: a trunk's third).  Farther apart the two mean different limbs, and the place between them is none: the better scored
#: one counts.  On labelled photographs any limit from 0.03 to 0.12 does equally well.
AGREE = 0.08

#: Quarter turns counter-clockwise that may bring a lying person upright: head to the left, none (on hands and knees a
#: plain look is often the better one), head to the right.  Labelled standing people laid down by turning their
#: photographs: likeness 0.80 turned back, 0.50 as they lie, 0.33 upside down, 0.82 by the best score of the three.
TURNS = (-1, 0, 1)

#: Frames in which somebody is believed to lie there, over which the turns are compared (biomechanics 1.1).
COMPARED = 5

#: Frames in a row in which whoever lay there is up again, or in which the model is no surer than this share of what it
#: was (they lie the other way round now), after which the turns are compared again.
DOUBTFUL, UNSURE = 3, 0.75

#: Left and right joints change places in a mirror; the nose stays.
_MIRRORED = [0, *(at + 1 if at % 2 else at - 1 for at in range(1, len(KEYPOINTS)))]
_SHOULDERS, _HIPS = [LEFT_SHOULDER, RIGHT_SHOULDER], [LEFT_HIP, RIGHT_HIP]


@dataclass(frozen=True, slots=True)
class Glance:
    """How the square is shown: turned by ``quarters`` counter-clockwise (-1, 0 or 1), then perhaps ``mirrored``."""

    quarters: int = 0
    mirrored: bool = False

    def show(self, square: np.ndarray) -> np.ndarray:
        """The ``square`` (size, size, 3) as the model is to see it: a view of the same pixels."""
        turned = np.rot90(square, self.quarters)
        return turned[:, ::-1] if self.mirrored else turned

    def turn_back(self, told: np.ndarray) -> np.ndarray:
        """What the model ``told`` (17, 3) of the shown square, of the square itself: y, x in shares of it, score."""
        y, x, scores = (told[_MIRRORED] if self.mirrored else told).T
        x = 1 - x if self.mirrored else x
        if self.quarters:
            y, x = (x, 1 - y) if self.quarters > 0 else (1 - x, y)
        return np.column_stack((y, x, scores))


def average(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Two glances (17, 3) at one square: the mean place where they agree, else the better scored; mean scores."""
    mean = (one + other) / 2
    apart = np.hypot(*(one - other)[:, :2].T) > AGREE
    better = np.where(one[:, 2:] >= other[:, 2:], one, other)
    mean[apart, :2] = better[apart, :2]
    return mean


class Upright:
    """Finds the quarter turn that brings a lying person upright.

    ``turn`` is kept while they lie so; None while the turns are still to be compared.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Compare the turns anew."""
        self.turn: int | None = None
        self._sums = dict.fromkeys(TURNS, 0.0)
        self._compared = self._doubtful = 0

    def compare(self, told: Mapping[int, np.ndarray]) -> None:
        """One frame in which somebody is believable: what was ``told`` (17, 3) by each turn; after five the best stays.

        Frames in which they do not lie yet are passed over: the turn that suits them now will not suit them then.
        """
        if not lies(told[best_turn(told)]):
            return
        for turn, seen in told.items():
            self._sums[turn] += _sureness(seen)
        self._compared += 1
        if self._compared >= COMPARED:
            self.turn = max(TURNS, key=self._sums.__getitem__)

    def check(self, told: np.ndarray) -> None:
        """One later frame in which somebody is believable: forget the turn once they do not lie as they did."""
        assert self.turn is not None, "a turn was chosen"
        as_before = lies(told) and _sureness(told) > UNSURE * self._sums[self.turn] / COMPARED
        self._doubtful = 0 if as_before else self._doubtful + 1
        if self._doubtful >= DOUBTFUL:
            self.forget()


def best_turn(told: Mapping[int, np.ndarray]) -> int:
    """The turn by which the model is surest."""
    return max(told, key=lambda turn: _sureness(told[turn]))


def lies(told: np.ndarray) -> bool:
    """Whether the trunk is nearer level than upright in the square that ``told`` (17, 3) is of."""
    down, across = np.abs(told[_SHOULDERS, :2].mean(axis=0) - told[_HIPS, :2].mean(axis=0))
    return bool(across > down)


def _sureness(told: np.ndarray) -> float:
    return float(told[:, 2].mean())
