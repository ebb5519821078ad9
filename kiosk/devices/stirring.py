"""Whether anything has stirred since the last look: of an empty room that looks as it did no pose has to be made."""

from __future__ import annotations

import numpy as np

#: Of a picture every so many pixels are looked at, and averaged over squares of so many of those: squares of
#: 24 pixels, in which hardly any of the noise of a sensor is left.
EVERY, SQUARE = 4, 6
#: Levels, of 256, by which a square has changed, and the share of the squares that have when somebody comes: who stands
#: in a doorway covers more than a hundredth of the picture, and what is too dark to change by so much shows nobody.
LEVELS, SHARE = 6.0, 0.01


class Stirring:
    """Compares pictures with the last one that was looked at; what it keeps of that is its squares."""

    def __init__(self) -> None:
        self._before = np.empty((0, 0))

    def step(self, image: np.ndarray) -> bool:
        """Whether ``image`` (height, width, 3) differs from the one before for which this was so."""
        squares = _squares(image)
        same = squares.shape == self._before.shape
        if same and np.mean(np.abs(squares - self._before) > LEVELS) < SHARE:
            return False
        self._before = squares
        return True


def _squares(image: np.ndarray) -> np.ndarray:
    """The mean light of each square."""
    few = image[::EVERY, ::EVERY, 1]
    rows, columns = (size // SQUARE for size in few.shape)
    parts = few[: rows * SQUARE, : columns * SQUARE].reshape(rows, SQUARE, columns, SQUARE)
    return np.asarray(parts.mean(axis=(1, 3), dtype=np.float32))
