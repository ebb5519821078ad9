"""From the model's keypoints to points to believe: gates, median of three, One-Euro (biomechanics 5.1 to 5.3).

Every part keeps its arrays from frame to frame and works on all 17 joints at once.  A joint not believed is NaN, and
whatever remembers a joint forgets it then.  Numbers that meet arrays are arrays themselves (``_number``): a Python
number costs a small ufunc more than its sum.
"""

from __future__ import annotations

import math

import numpy as np

from kiosk.scoring.geometry import RAW, SMOOTH
from kiosk.scoring.pose import LEFT_HIP, LEFT_SHOULDER, Pose

#: Seconds in which a score's average takes up 63 % of a change: 0.4 of it per 0.1 s (biomechanics 5.3).
SCORE_SECONDS = 0.196
#: Averaged score at which a joint begins and goes on being believed, and the least of any one frame (biomechanics 5.3).
ENTER, STAY, WORTHLESS = 0.35, 0.25, 0.20
#: Fastest believed motion of a joint in trunk lengths a second (biomechanics 5.1: 0.6 in 0.1 s).
FASTEST = 6.0
#: Seconds; a jump is never judged over less, because the model jitters as much at 60 frames a second as at 10.
LEAST_JUMP_SECONDS = 0.05
#: Trunk lengths (half a shin) that both joints of a pair must have gone to have changed places (biomechanics 0.6).
SWAP = 0.42
#: Trunk lengths that both shoulders and both hips must have gone, and seconds within which, to be somebody else's: who
#: runs goes 0.6 in that time.
LEAP, LEAP_SECONDS = 1.0, 0.2
#: Seconds after which it is forgotten where a joint was: by then it may be anywhere.
FORGOTTEN = 0.5
#: One-Euro by how quick the movements are: cut-off at rest in Hz, its growth per trunk length a second, cut-off of the
#: speed (biomechanics 5.2).
PACES = {"still": (0.6, 0.5, 1.0), "slow": (1.2, 1.5, 1.0), "quick": (1.6, 3.0, 1.75)}


def _number(value: float = math.nan) -> np.ndarray:
    """A float32 array of no dimension."""
    return np.array(value, np.float32)


_ONE = _number(1.0)
#: By joint, because numbers of no dimension cost more.
_NONE, _WORTHLESS = np.zeros(17, np.float32), np.full(17, WORTHLESS, np.float32)
#: The average that a joint needs which is not held, and one that is.
_LIMITS = np.array([ENTER, STAY], np.float32)
_LEAST_JUMP = np.full(17, LEAST_JUMP_SECONDS, np.float32)
_FORGOTTEN = np.full(17, FORGOTTEN, np.float32)
_TORSO = [LEFT_SHOULDER, LEFT_SHOULDER + 1, LEFT_HIP, LEFT_HIP + 1]


class ScoreGate:
    """Which joints are seen, by their averaged scores, with hysteresis.  ``open`` is (17,) bool."""

    def __init__(self) -> None:
        self.open = np.zeros(17, bool)
        self._average = np.zeros(17, np.float32)
        self._change = np.empty(17, np.float32)
        self._limit = np.empty(17, np.float32)
        self._held = np.zeros(17, bool)
        self._which = self._held.view(np.int8)
        self._share = _number()
        self._begun = False

    def step(self, scores: np.ndarray, dt: float) -> np.ndarray:
        """Take one frame's ``scores`` (17,), NaN counting as 0, ``dt`` seconds after the last."""
        self._share[...] = 1 - math.exp(-dt / SCORE_SECONDS) if self._begun else 1.0
        self._begun = True
        np.fmax(scores, _NONE, out=self._change)
        np.greater_equal(self._change, _WORTHLESS, out=self.open)
        self._change -= self._average
        self._change *= self._share
        self._average += self._change
        _LIMITS.take(self._which, out=self._limit, mode="clip")
        np.greater_equal(self._average, self._limit, out=self._held)
        self.open &= self._held
        return self.open


class JumpGate:
    """Refuses a joint that moves faster than people do; the longer it has been refused, the further it may have gone.

    ``last`` (17, 2) is where each joint was last believed, NaN when that is long ago; ``gone`` (17,) how far from there
    it is seen now, in pixels.
    ``leapt``: the whole torso is elsewhere all of a sudden, as only somebody else's can be.
    """

    def __init__(self) -> None:
        self.last = np.full((17, 2), np.nan, np.float32)
        self.gone = np.empty(17, np.float32)
        self.leapt = False
        self._way = np.empty((17, 2), np.float32)
        self._way_x, self._way_y = self._way[:, 0], self._way[:, 1]
        self._gone_pairs = self.gone[LEFT_SHOULDER:].reshape(6, 2)
        self._waited = np.zeros(17, np.float32)
        self._limit = np.empty(17, np.float32)
        self._refused = np.empty(17, bool)
        self._believed = np.empty((17, 2), bool)
        self._joint_believed = self._believed[:, 0]
        self._dt, self._fastest = _number(), _number()

    def look(self, points: np.ndarray, scores: np.ndarray, trunk: float) -> None:
        """See how far ``points`` (17, 2) have gone; left and right that changed places are put back, ``scores`` too."""
        self._see(points)
        self.leapt = False
        # most frames end here: no joint has gone far (comparisons with NaN are false)
        if float(np.fmax.reduce(self._gone_pairs, axis=None)) > SWAP * trunk:
            self._undo_swaps(points, scores, trunk)
            self._see(points)
            self.leapt = bool((self.gone[_TORSO] > LEAP * trunk).all() and self._waited[_TORSO].max() <= LEAP_SECONDS)

    def step(self, points: np.ndarray, closed: np.ndarray, dt: float, trunk: float) -> None:
        """Turn ``points`` that have gone too far, or are ``closed`` (17,), to NaN in place; believe the others."""
        refused = self._refused
        self._dt[...], self._fastest[...] = dt, FASTEST * trunk
        self._waited += self._dt
        np.maximum(self._waited, _LEAST_JUMP, out=self._limit)
        self._limit *= self._fastest
        np.greater(self.gone, self._limit, out=refused)
        refused |= closed
        points[refused] = np.nan
        np.equal(points, points, out=self._believed)
        np.putmask(self.last, self._believed, points)
        self._waited[self._joint_believed] = 0.0
        np.greater(self._waited, _FORGOTTEN, out=refused)
        self.last[refused] = np.nan

    def _see(self, points: np.ndarray) -> None:
        np.subtract(points, self.last, out=self._way)
        np.hypot(self._way_x, self._way_y, out=self.gone)

    def _undo_swaps(self, points: np.ndarray, scores: np.ndarray, trunk: float) -> None:
        pairs, last = points[LEFT_SHOULDER:].reshape(6, 2, 2), self.last[LEFT_SHOULDER:].reshape(6, 2, 2)
        crossed = np.hypot(*np.moveaxis(pairs - last[:, ::-1], 2, 0)).max(axis=1)
        stayed = self._gone_pairs.min(axis=1)
        swapped = (stayed > SWAP * trunk) & (crossed < 0.5 * stayed)
        pairs[swapped] = pairs[swapped, ::-1]
        paired = scores[LEFT_SHOULDER:].reshape(6, 2)
        paired[swapped] = paired[swapped, ::-1]


class MedianOfThree:
    """The middle one of a joint's last three places; with fewer places, one of them; NaN while it is not seen."""

    def __init__(self) -> None:
        self._places = [np.full((17, 2), np.nan, np.float32) for _ in range(3)]
        self._next = 0
        self._low = np.empty((17, 2), np.float32)
        self._unseen = np.empty((17, 2), bool)

    def step(self, points: np.ndarray, out: np.ndarray) -> None:
        """Take ``points`` (17, 2), give the median in ``out``."""
        self._places[self._next][:] = points
        self._next = (self._next + 1) % 3
        one, two, three = self._places
        np.fmin(one, two, out=self._low)
        np.fmax(one, two, out=out)
        np.fmin(out, three, out=out)
        np.fmax(self._low, out, out=out)
        np.isnan(points, out=self._unseen)
        out[self._unseen] = np.nan


class OneEuro:
    """A low-pass that opens up with speed: calm at rest, quick in motion; begins anew where a joint was not seen."""

    def __init__(self, pace: str = "slow") -> None:
        self._cutoff, self._growth, self._speed_cutoff = PACES[pace]
        self._last = np.full((17, 2), np.nan, np.float32)
        self._speed = np.zeros((17, 2), np.float32)
        self._change = np.empty((17, 2), np.float32)
        self._share = np.empty((17, 2), np.float32)
        self._new = np.empty((17, 2), bool)
        self._per_second, self._speed_share, self._at_rest, self._by_speed = (_number() for _ in range(4))

    def step(self, points: np.ndarray, dt: float, trunk: float, out: np.ndarray) -> None:
        """Smooth ``points`` (17, 2), ``dt`` seconds after the last, into ``out``; speeds count in ``trunk`` lengths."""
        change, share, speed, turns = self._change, self._share, self._speed, math.tau * dt
        self._per_second[...] = 1 / (dt * trunk)
        self._speed_share[...] = self._speed_cutoff * turns / (1 + self._speed_cutoff * turns)
        self._at_rest[...], self._by_speed[...] = self._cutoff * turns, self._growth * turns
        np.subtract(points, self._last, out=change)
        np.isnan(change, out=self._new)
        np.multiply(change, self._per_second, out=share)
        share -= speed
        share *= self._speed_share
        speed += share
        speed[self._new] = 0.0
        # alpha = w / (1 + w) with w = 2 pi dt (cut-off + growth |speed|)
        np.abs(speed, out=share)
        share *= self._by_speed
        share += self._at_rest
        np.add(share, _ONE, out=out)
        share /= out
        change *= share
        np.add(self._last, change, out=out)
        np.putmask(out, self._new, points)
        self._last[:] = out


class Smoother:
    """All of it in order.  ``points`` (2, 17, 2) float32: median of three and smoothed, NaN where not believed.

    ``pace`` is one of PACES: how quick the movements are that it must follow.
    """

    def __init__(self, pace: str = "slow") -> None:
        self.points = np.full((2, 17, 2), np.nan, np.float32)
        self._raw, self._smooth = self.points[RAW], self.points[SMOOTH]
        self._taken = np.empty((17, 2), np.float32)
        self._scores = np.empty(17, np.float32)
        self._gate = ScoreGate()
        self._jumps = JumpGate()
        self._median = MedianOfThree()
        self._one_euro = OneEuro(pace)
        self._closed = np.empty(17, bool)

    @property
    def leapt(self) -> bool:
        """The whole torso is elsewhere all of a sudden."""
        return self._jumps.leapt

    def step(self, pose: Pose, dt: float, trunk: float) -> np.ndarray:
        """Take ``pose``, ``dt`` seconds after the last one; ``trunk`` in pixels is the unit of speed."""
        taken, scores = self._taken, self._scores
        taken[:] = pose.points
        scores[:] = pose.scores if pose.present else 0.0
        self._jumps.look(taken, scores, trunk)
        np.logical_not(self._gate.step(scores, dt), out=self._closed)
        self._jumps.step(taken, self._closed, dt, trunk)
        self._median.step(taken, out=self._raw)
        self._one_euro.step(self._raw, dt, trunk, out=self._smooth)
        return self.points
