"""The tracking crop: which square of the camera's picture the model looks at, and how it is cut out."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kiosk.scoring.pose import LEFT_HIP, LEFT_SHOULDER, RIGHT_HIP, RIGHT_SHOULDER

#: Scores from which a shoulder or hip says where the person is, and from which a joint may widen the crop, which a
#: guessed hand must not (biomechanics 5.3: under 0.20 unusable, 0.30 in common use).
SEEN_TORSO = 0.20
SEEN_BODY = 0.30

#: Half the crop's side, in torso ranges and in body ranges; the larger counts (biomechanics 0.5).
TORSO_MARGIN = 1.9
BODY_MARGIN = 1.2

#: Of somebody who is so near that the camera sees head and shoulders: the least and the largest side of the crop, and
#: how far its middle is below the shoulders, in shoulder widths; and what it keeps of the last one from look to look
#: (biomechanics 4.3).
BUST_SIDE, BUST_BELOW, BUST_KEEPS = (3.2, 4.0), 0.3, 0.9

#: Pixels below which a crop is no person but all joints in one spot.
SMALLEST = 16.0

_SHOULDERS = [LEFT_SHOULDER, RIGHT_SHOULDER]
_HIPS = [LEFT_HIP, RIGHT_HIP]
_TORSO = _SHOULDERS + _HIPS


@dataclass(frozen=True, slots=True)
class Crop:
    """A square of the camera's picture, in its pixels; it may reach outside, what is there is black."""

    left: float
    top: float
    side: float


def whole_frame(width: int, height: int) -> Crop:
    """The smallest square around the whole frame: padded, not stretched."""
    side = max(width, height)
    return Crop((width - side) / 2, (height - side) / 2, side)


def crop_around(points: np.ndarray, scores: np.ndarray, width: int, height: int) -> Crop | None:
    """The square around a person, or None when the torso is not seen well enough to say where the person is.

    Centred on the middle of the hips; half a side is the larger of 1.9 torso ranges and 1.2 body ranges (biomechanics
    0.5), a range being the largest distance of a seen joint from the centre, along x or y; it never reaches beyond the
    farthest edge of the frame, where only black is.  ``points`` (17, 2) in pixels, ``scores`` (17,): the last pose.
    """
    if not ((scores[_SHOULDERS] >= SEEN_TORSO).any() and (scores[_HIPS] >= SEEN_TORSO).any()):
        return None
    x, y = points[_HIPS].mean(axis=0).tolist()
    distance = np.where(scores >= SEEN_BODY, np.abs(points - (x, y)).max(axis=1), 0.0)
    half = max(TORSO_MARGIN * distance[_TORSO].max(), BODY_MARGIN * distance.max())
    half = min(float(half), max(x, width - x, y, height - y))
    return Crop(x - half, y - half, 2 * half) if 2 * half >= SMALLEST else None


def crop_bust(points: np.ndarray, scores: np.ndarray, last: Crop | None) -> Crop | None:
    """The square around somebody's head and shoulders, or None when not both shoulders are seen (biomechanics 4.3).

    Its middle is 0.3 shoulder widths below them, and it goes there from the ``last`` one a tenth of the way a look.
    Its side stays as it is while it is 3.2 to 4 of them: the model reads a person the larger the more of its input
    they fill, and who leans to the camera is to be compared with how they stood.  ``points`` (17, 2) in pixels,
    ``scores`` (17,): the last pose.
    """
    if not (scores[_SHOULDERS] >= SEEN_TORSO).all():
        return None
    (left_x, left_y), (right_x, right_y) = points[_SHOULDERS].tolist()
    width = math.hypot(left_x - right_x, left_y - right_y)
    x, y = (left_x + right_x) / 2, (left_y + right_y) / 2 + BUST_BELOW * width
    least, most = (share * width for share in BUST_SIDE)
    side = most
    if last:
        x += BUST_KEEPS * (last.left + last.side / 2 - x)
        y += BUST_KEEPS * (last.top + last.side / 2 - y)
        side = last.side + (1 - BUST_KEEPS) * (min(max(last.side, least), most) - last.side)
    return Crop(x - side / 2, y - side / 2, side) if side >= SMALLEST else None


class Cutter:
    """Cuts a square out of a frame and scales it to ``size`` × ``size`` by bilinear interpolation.

    Rows first, then columns, in 16-bit integers; the buffers are made once for each width of frame.  ``out`` (size,
    size, 3) uint8 is the same array each time.
    """

    def __init__(self, size: int) -> None:
        self.out = np.zeros((size, size, 3), np.uint8)
        self._centres = (np.arange(size) + 0.5) / size
        self._left = np.empty((size, 3 * size), np.uint16)
        self._right = np.empty_like(self._left)
        self._widen(0)

    def cut(self, image: np.ndarray, crop: Crop) -> np.ndarray:
        """``out``, filled with what ``crop`` shows of ``image`` (h, w, 3) uint8; black where that lies outside."""
        height, width = image.shape[:2]
        if self._upper.shape[1] != 3 * width:
            self._widen(width)
        rows, upper, lower, row_share = self._samples(crop.top, crop.side, height)
        columns, left, right, column_share = self._samples(crop.left, crop.side, width)
        self.out.fill(0)
        if rows.start < rows.stop and columns.start < columns.stop:
            strip = slice(3 * left[0], 3 * right[-1] + 3)
            blended = self._blend_rows(image.reshape(height, 3 * width), upper, lower, row_share, strip)
            self._blend_columns(blended, left - left[0], right - left[0], column_share, self.out[rows, columns])
        return self.out

    def _widen(self, width: int) -> None:
        size = len(self.out)
        self._picked = np.empty((size, 3 * width), np.uint8)
        self._upper = np.empty((size, 3 * width), np.uint16)
        self._lower = np.empty_like(self._upper)

    def _samples(self, start: float, side: float, length: int) -> tuple[slice, np.ndarray, np.ndarray, np.ndarray]:
        """Along one axis: the outputs within the frame, the two pixels each lies between, the second's share of 256."""
        at = self._centres * side + (start - 0.5)
        inside = np.flatnonzero((at >= -0.5) & (at < length - 0.5))
        if not len(inside):
            return slice(0, 0), inside, inside, inside
        at = at[inside].clip(0, length - 1)
        first = at.astype(np.intp)
        share = ((at - first) * 256).astype(np.uint16)
        return slice(inside[0], inside[-1] + 1), first, np.minimum(first + 1, length - 1), share

    def _blend_rows(
        self, image: np.ndarray, upper: np.ndarray, lower: np.ndarray, share: np.ndarray, strip: slice
    ) -> np.ndarray:
        count, width = len(upper), strip.stop - strip.start
        picked, above, below = self._picked[:count], self._upper[:count, :width], self._lower[:count, :width]
        np.take(image, upper, axis=0, out=picked, mode="clip")
        above[...] = picked[:, strip]
        np.take(image, lower, axis=0, out=picked, mode="clip")
        below[...] = picked[:, strip]
        return _blend(above, below, share[:, None])

    def _blend_columns(
        self, rows: np.ndarray, left: np.ndarray, right: np.ndarray, share: np.ndarray, out: np.ndarray
    ) -> None:
        count, width = len(rows), 3 * len(left)
        near, far = self._left[:count, :width], self._right[:count, :width]
        np.take(rows, _channels(left), axis=1, out=near, mode="clip")
        np.take(rows, _channels(right), axis=1, out=far, mode="clip")
        out[...] = _blend(near, far, np.repeat(share, 3)).reshape(count, -1, 3)


def _blend(first: np.ndarray, second: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Both mixed in ``first``, and rounded; ``share`` of the second is of 256, so that 255 × 256 + 128 fits 16 bits."""
    np.multiply(first, 256 - share, out=first)
    np.multiply(second, share, out=second)
    np.add(first, second, out=first)
    np.add(first, 128, out=first)
    return np.right_shift(first, 8, out=first)


def _channels(columns: np.ndarray) -> np.ndarray:
    """Indices of the three colours of each column in a row of interleaved pixels."""
    return (3 * columns[:, None] + np.arange(3)).ravel()
