"""Whether anything has stirred of late: of an empty room that looks as it did no pose has to be made."""

from __future__ import annotations

import numpy as np

from kiosk.devices.movenet import AGREEING_PASSES

#: Of a picture every so many pixels are looked at, and averaged over squares of so many of those: squares of
#: 24 pixels, in which hardly any of the noise of a sensor is left.
EVERY, SQUARE = 4, 6
#: Levels, of 256, by which a square has changed, and the share of the squares that have when somebody comes: who stands
#: in a doorway covers more than a hundredth of the picture, and what is too dark to change by so much shows nobody.
LEVELS, SHARE = 6.0, 0.01
#: Pictures to look at after one that stirred, whatever they show, for whoever came may stand still: the model looks
#: where somebody was last, searches, once more if in vain, and then has to agree with itself.
FURTHER = AGREEING_PASSES + 2


class Stirring:
    """Compares pictures with the last one that differed; what it keeps of that is its squares.

    ``further`` pictures are still to be looked at.
    """

    def __init__(self) -> None:
        self.further = 0
        self._before = np.empty((0, 0))

    def step(self, image: np.ndarray) -> bool:
        """Whether ``image`` (height, width, 3) differs from the last one that did, or is one of the few after that."""
        if self.further:
            self.further -= 1
            return True
        squares = _squares(image)
        same = squares.shape == self._before.shape
        if same and np.mean(np.abs(squares - self._before) > LEVELS) < SHARE:
            return False
        self._before, self.further = squares, FURTHER
        return True


def _squares(image: np.ndarray) -> np.ndarray:
    """The mean light of each square."""
    few = image[::EVERY, ::EVERY, 1]
    rows, columns = (size // SQUARE for size in few.shape)
    parts = few[: rows * SQUARE, : columns * SQUARE].reshape(rows, SQUARE, columns, SQUARE)
    return np.asarray(parts.mean(axis=(1, 3), dtype=np.float32))
