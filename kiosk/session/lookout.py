"""The lookout: sees in the poses of a set whether somebody raises both hands to stop, or seems to have fallen."""

from __future__ import annotations

import math
from collections import deque

from kiosk.scoring.pose import (
    KEYPOINTS,
    LEFT_EYE,
    LEFT_HIP,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    RIGHT_EYE,
    RIGHT_HIP,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
    Pose,
)
from kiosk.session.events import Sign, Signal

#: Scores from which a point is believed.
SEEN = 0.3
#: Both wrists this far above nose and eyes (trunk lengths) for so many seconds mean stop (biomechanics 6.3).
ABOVE, RAISED_FOR = 0.15, 1.0
#: The trunk counts as upright from this share of its length; who lies may stretch the arms any way.
UPRIGHT = 0.7
#: A fall: hips that drop so far (trunk lengths) within so many seconds, and do not rise for so many (biomechanics 6.3).
DROP, WITHIN, LOW_FOR = 0.9, 0.5, 3.0
#: Half way up again is a rise.
RISE = 0.45
#: Poses that have to show somebody low: one or two may be the model's own slip.
LOW_POSES = 3
#: Share by which the trunk's length follows a new upright one.
FOLLOW = 0.1

FACE, SHOULDERS = (NOSE, LEFT_EYE, RIGHT_EYE), (LEFT_SHOULDER, RIGHT_SHOULDER)
HIPS, WRISTS = (LEFT_HIP, RIGHT_HIP), (LEFT_WRIST, RIGHT_WRIST)

Points = list[complex | None]


class Lookout:
    """Made once a set; ``step`` takes its poses in their order.

    ``falls``: whether hips that go down quickly mean a fall; not in drills that are done on the floor.
    """

    def __init__(self, *, falls: bool) -> None:
        self._falls = falls
        self._trunk = 0.0
        self._raised: float | None = None
        self._hips: deque[tuple[float, float]] = deque(maxlen=64)
        self._fell: tuple[float, float] | None = None
        self._low = 0

    def step(self, pose: Pose) -> Signal | None:
        """The sign that ``pose`` completes, or None."""
        seen = _seen(pose)
        shoulders, hips = _middle(seen, SHOULDERS), _middle(seen, HIPS)
        if shoulders and hips and abs(hips - shoulders) > UPRIGHT * self._trunk:
            # one that points at the camera looks short and tells nothing
            self._trunk += (abs(hips - shoulders) - self._trunk) * (FOLLOW if self._trunk else 1.0)
        if self._hands_up(pose.t, seen, shoulders, hips):
            return Signal(pose.t, Sign.HANDS_UP)
        if self._falls and self._has_fallen(pose.t, hips):
            return Signal(pose.t, Sign.FELL)
        return None

    def _hands_up(self, t: float, seen: Points, shoulders: complex | None, hips: complex | None) -> bool:
        """Both hands have been up for RAISED_FOR; said once."""
        if shoulders is None or hips is None:
            return False
        top = min((point.imag for i in FACE if (point := seen[i])), default=shoulders.imag)
        high = top - ABOVE * self._trunk
        upright = hips.imag - shoulders.imag > UPRIGHT * self._trunk
        if not upright or any((point := seen[i]) is None or point.imag > high for i in WRISTS):
            self._raised = None
            return False
        if self._raised is None:
            self._raised = t
        if t - self._raised < RAISED_FOR:
            return False
        self._raised = math.inf
        return True

    def _has_fallen(self, t: float, hips: complex | None) -> bool:
        """The hips dropped quickly, and stayed low for LOW_FOR; said once."""
        if hips is not None and self._trunk:
            self._follow(t, hips.imag)
        if self._fell is None or t - self._fell[0] < LOW_FOR or self._low < LOW_POSES:
            return False
        self._fell, self._low = None, 0
        self._hips.clear()
        return True

    def _follow(self, t: float, height: float) -> None:
        if self._fell is None:
            while self._hips and t - self._hips[0][0] > WITHIN:
                self._hips.popleft()
            if any(height - before > DROP * self._trunk for _, before in self._hips):
                self._fell, self._low = (t, height), 0
            self._hips.append((t, height))
        elif self._fell[1] - height > RISE * self._trunk:
            self._fell = None
        else:
            self._low += 1


def _seen(pose: Pose) -> Points:
    """The points x + iy, pixels, y down, in plain numbers; None where one is not seen."""
    if not pose.present:
        return [None] * len(KEYPOINTS)
    scored = zip(pose.points.tolist(), pose.scores.tolist(), strict=True)
    return [complex(x, y) if score >= SEEN else None for (x, y), score in scored]


def _middle(seen: Points, pair: tuple[int, int]) -> complex | None:
    """The middle of the ``pair``, of one that alone is seen its place, None when neither is."""
    one, other = seen[pair[0]], seen[pair[1]]
    if one is None or other is None:
        return one or other
    return (one + other) / 2
