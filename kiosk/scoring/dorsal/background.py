"""The empty room behind the person: learned where nobody is, compared with what is seen (biomechanics 3.3).

Sigma-delta (Manzanera and Richefeu 2007): each pixel's model steps by one grey level towards what it sees, its spread
by one towards how far that was off.  The model is kept in the camera's own red-green-blue, so that nothing is converted
but the few pixels that are compared.
"""

from __future__ import annotations

import math

import numpy as np

from kiosk.scoring.dorsal.colour import KEEN, SAME, differ
from kiosk.scoring.dorsal.light import Light
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.pose import Pose

#: Seconds between updates: at every look while the room is being learned, for nobody likes to wait outside; and once it
#: is known (biomechanics 3.3).
LEARN_EVERY, KEEP_EVERY = 0.19, 1.0
#: Updates in a row that a pixel must have looked the same before it is known (biomechanics 3.3: 15 frames): 3 to 4 s,
#: which with GONE is less than 6.
LEARNED = 15
#: Least spread, grey levels.
LEAST_SPREAD = 2
#: Gains that are one and the same light.
SAME_GAIN = 0.02
#: The person's box is grown by this share of its size on every side, and counts joints with at least this score.
GROWN, SCORE = 0.25, 0.2
#: Seconds for which nobody must have been seen before the whole picture is the room's.
GONE = 2.0


class Background:
    """The empty room in pictures of ``width`` × ``height`` pixels; everything is allocated here.

    ``why`` it cannot be compared with now, "" while it can; ``unknown``: why pixels are that are not known.
    ``counting`` (4, 3) float32 makes of (x, y, 1) the number of a pixel, counted along the rows, and those of its red,
    green and blue.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.why = Why.NO_BACKGROUND
        self.unknown = Why.NO_BACKGROUND
        self.light = Light(width, height)
        self.counting = np.array([(1, width, 0), *((3, 3 * width, part) for part in range(3))], np.float32)
        self._room = np.zeros((height, 3 * width), np.uint8)
        self._spread = np.full((height, width), LEAST_SPREAD, np.uint8)
        self._known = np.zeros((height, width), np.uint8)
        self._now, self._was, self._off = (np.empty_like(self._spread) for _ in range(3))
        self._more = np.empty(self._room.shape, bool)
        self._complete = self._edged = False
        self._updated = self._seen_somebody = -math.inf

    def forget(self, why: Why) -> None:
        """The room is another one, because of ``why``: learn it anew."""
        self._known.fill(0)
        self._spread.fill(LEAST_SPREAD)
        self.light.forget()
        self._complete = self._edged = False
        self.why = self.unknown = why

    def watch(self, image: np.ndarray, pose: Pose) -> None:
        """See how the light is in ``image`` (height, width, 3) uint8, and learn what is outside the person of ``pose``.

        ``pose`` is that of the same picture.
        """
        if pose.present:
            self._seen_somebody = pose.t
        box = grown_box(pose) if pose.present else None
        seen = self.light.look(image, box, pose.t)
        self.why = self.unknown if seen is Why.NO_BACKGROUND else seen
        if self.light.changed:
            self.forget(Why.LIGHT_CHANGED)
        if pose.t - self._updated < (KEEP_EVERY if self._complete else LEARN_EVERY):
            return
        if box is None and pose.t - self._seen_somebody < GONE:
            return
        steady = np.abs(self.light.gain - 1).max() <= SAME_GAIN
        if box is None or (steady and self.light.steady):
            # what the gain already explains must not be learned beside a person: behind them it could not be
            self._updated = pose.t
            self._update(image, box)

    def _update(self, image: np.ndarray, box: tuple[int, int, int, int] | None) -> None:
        """Learn what is outside ``box``; once, when that has become known, where its edges are instead."""
        if self._complete and not self._edged:
            self._edged = True
            self.light.find_edges(self._room)
        else:
            complete = [self._learn(image, *part) for part in around(box, self.width, self.height)]
            self._complete = all(complete)
        self.light.learn(self._room, self._spread, self._known >= LEARNED)

    def compare(self, image: np.ndarray, pixels: np.ndarray, parts: np.ndarray) -> np.ndarray:
        """How much ``image`` differs from the room at ``pixels`` (n,), counted along the rows: (n,) float32.

        ``parts`` (3, n): where their red, green and blue are, counted likewise.  1 is the threshold from which a pixel
        is not the room's; a shadow is 0.
        """
        both = np.empty((6, len(pixels)), np.float32)
        both[:3] = image.reshape(-1)[parts]
        both[3:] = self._room.reshape(-1)[parts]
        return differ(both, self.light.gain, KEEN[self._spread.reshape(-1)[pixels]])

    def knows(self, pixels: np.ndarray) -> np.ndarray:
        """At which of ``pixels`` (n,) the room is known, (n,) bool."""
        return self._known.take(pixels) >= LEARNED

    def _learn(self, image: np.ndarray, rows: slice, columns: slice) -> bool:
        """One step of the model in a rectangle of the picture; whether all of it was known before."""
        wide = slice(3 * columns.start, 3 * columns.stop)
        now, room = image.reshape(self.height, -1)[rows, wide], self._room[rows, wide]
        known, spread, more = self._known[rows, columns], self._spread[rows, columns], self._more[rows, columns]
        off = self._differ_green(now, room, rows, columns)
        complete = known.size == 0 or bool(known.min() >= LEARNED)
        if not complete:
            begin_anew(known, off, room, now, more)
        approach(room, now, self._more[rows, wide])
        approach(spread, off, more)
        np.maximum(spread, LEAST_SPREAD, out=spread)
        return complete

    def _differ_green(self, now: np.ndarray, room: np.ndarray, rows: slice, columns: slice) -> np.ndarray:
        """How far off the model's green is, grey levels; green is most of the luma, and there are twice as many such
        pixels on the sensor.
        """
        green, was, off = self._now[rows, columns], self._was[rows, columns], self._off[rows, columns]
        green[:], was[:] = now[:, 1::3], room[:, 1::3]
        np.maximum(green, was, out=off)
        np.minimum(green, was, out=was)
        return np.subtract(off, was, out=off)


def begin_anew(known: np.ndarray, off: np.ndarray, room: np.ndarray, now: np.ndarray, more: np.ndarray) -> None:
    """Count the updates of pixels not yet ``known``; those that are ``off`` begin again with what they are ``now``."""
    np.greater(off, SAME, out=more)
    more |= known == 0
    more &= known < LEARNED
    for colour in range(3):
        np.copyto(room[:, colour::3], now[:, colour::3], where=more)
    known[more] = 0
    known += known < LEARNED


def approach(model: np.ndarray, now: np.ndarray, more: np.ndarray) -> None:
    """Step ``model`` by one towards ``now``, both uint8; ``more`` is room for bools of their shape."""
    np.greater(now, model, out=more)
    np.add(model, more.view(np.uint8), out=model)
    np.less(now, model, out=more)
    np.subtract(model, more.view(np.uint8), out=model)


def grown_box(pose: Pose) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of where the person of ``pose`` may be, in pixels, within the picture."""
    seen = [point for point, score in zip(pose.points.tolist(), pose.scores.tolist(), strict=True) if score >= SCORE]
    xs, ys = [x for x, _ in seen if x == x], [y for _, y in seen if y == y]
    if not xs or not ys:
        return 0, 0, pose.width, pose.height
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    aside, up = GROWN * (right - left), GROWN * (bottom - top)
    # side-on a body is hardly wider than a line of joints: it grows by its height there, too
    aside = max(aside, up)
    return (
        max(0, int(left - aside)),
        max(0, int(top - up)),
        max(0, min(pose.width, math.ceil(right + aside))),
        max(0, min(pose.height, math.ceil(bottom + up))),
    )


def around(box: tuple[int, int, int, int] | None, width: int, height: int) -> list[tuple[slice, slice]]:
    """Rows and columns of the rectangles that a picture without ``box`` is made of."""
    if box is None:
        return [(slice(0, height), slice(0, width))]
    left, top, right, bottom = box
    return [
        (slice(0, top), slice(0, width)),
        (slice(bottom, height), slice(0, width)),
        (slice(top, bottom), slice(0, left)),
        (slice(top, bottom), slice(right, width)),
    ]
