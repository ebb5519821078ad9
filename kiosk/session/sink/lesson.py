"""The lesson: forty seconds in which the mirror is taught somebody's own good lean (biomechanics 4.4).

They stand tall, then lean six times, slowly and well, to two depths; what counts is that the neck stays as it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from kiosk.scoring.lean import Lean
from kiosk.scoring.verdict import Rung, Verdict
from kiosk.text import Text

#: Leans to each depth, the lesser first.
EACH = 3
LEANS = 2 * EACH
#: A lean has begun, and is over, in shoulder widths that the shoulders have sunk (biomechanics 4.4: dv); one that was
#: not LEAST deep is none.
BEGINS, HOME, LEAST = 0.12, 0.08, 0.18
#: The deeper ones are so many times as deep as the lesser ones were: a balanced hinge of 25 degrees sinks by 0.34
#: shoulder widths as the camera sees it, one of 40 by 0.73 (biomechanics 4.2).
DEEPER = 1.5
#: Seconds a slow lean takes at least, and so long it is held before it is told to come up.
SLOW, HELD = 2.0, 2.0
#: The neck is steady if it strays from one smooth path by no more than this, in shoulder widths: the keypoints' own
#: noise is 0.05 (biomechanics 4.2).
STEADY = 0.08
#: Poses of a lean with both ears below which nothing is learnt from it.
ENOUGH = 8
#: Poses kept of one lean: whoever stays down for minutes fills no memory.
KEPT = 300

STAND = Text("Stand tall and look into the mirror.")
LITTLE = Text("Lean a little: hips back, long neck.")
MORE = Text("Now lean deeper: hips back, long neck.")
UP = Text("And slowly up.")
AGAIN = Text("Good. Once more.")
TOO_SHALLOW = Text("A little deeper.")
TOO_QUICK = Text("More slowly.")
UNSTEADY = Text("Keep your neck as it is: let the hips do it.")
EARS_UNSEEN = Text("I cannot see your ears.")
#: All that may be said in a lesson.
SPOKEN = (STAND, LITTLE, UP, AGAIN, MORE, TOO_SHALLOW, TOO_QUICK, UNSTEADY, EARS_UNSEEN)

Poses = tuple[Lean, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """How far the lesson has come: the good ``leans`` so far, and the poses of the one under way, ``going``.

    ``ask`` is what there is to do now; ``began``: when the lean under way did, seconds, None between leans.
    """

    leans: tuple[Poses, ...] = ()
    going: Poses = ()
    began: float | None = None
    ask: Text = STAND

    @property
    def over(self) -> bool:
        """All leans are done."""
        return len(self.leans) >= LEANS

    @property
    def goal(self) -> float:
        """Shoulder widths that the shoulders have to sink in the next lean."""
        if len(self.leans) < EACH:
            return LEAST
        return DEEPER * sum(map(_depth, self.leans[:EACH])) / EACH

    def after(self, verdict: Verdict) -> Lesson:
        """The lesson once ``verdict`` is known."""
        if self.ask == STAND:
            return replace(self, ask=LITTLE) if verdict.rung is Rung.READY else self
        lean = verdict.lean
        if lean is None or math.isnan(lean.down):
            return self
        if self.began is None:
            return replace(self, began=verdict.t, going=(lean,)) if lean.down >= BEGINS else self
        if lean.down < HOME:
            return self._closed(verdict.t)
        ask = UP if verdict.t - self.began >= HELD and _depth(self.going) >= self.goal else self.ask
        return replace(self, going=(*self.going, lean)[-KEPT:], ask=ask)

    def _closed(self, t: float) -> Lesson:
        """The lean under way is over: it counts, or is asked for once more."""
        assert self.began is not None, "one is under way"
        idle = replace(self, going=(), began=None)
        if t - self.began < SLOW:
            return replace(idle, ask=TOO_QUICK)
        if _depth(self.going) < self.goal:
            return replace(idle, ask=TOO_SHALLOW)
        necks = [(each.down, each.gap) for each in self.going if not math.isnan(each.gap)]
        if len(necks) < ENOUGH:
            return replace(idle, ask=EARS_UNSEEN)
        if not _steady(necks):
            return replace(idle, ask=UNSTEADY)
        leans = (*self.leans, self.going)
        return replace(idle, leans=leans, ask=MORE if len(leans) == EACH else AGAIN)


BEGUN = Lesson()


def _depth(lean: Poses) -> float:
    """How far the shoulders sank, shoulder widths: all but the deepest tenth of the poses, which may be noise."""
    return float(np.quantile([each.down for each in lean], 0.9)) if lean else 0.0


def _steady(necks: list[tuple[float, float]]) -> bool:
    """The ears stayed where a neck that is not moved takes them: ``necks`` are ways down, and gaps there."""
    down, gap = np.array(necks).T
    path = np.stack((down, down**2, np.ones_like(down)), axis=1)
    left = gap - path @ np.linalg.lstsq(path, gap, rcond=None)[0]
    return bool(left.std() <= STEADY)
