"""How a back is bent in one repetition, from its outline (biomechanics 3.4, 3.5): measures of kiosk.scoring.measures.

All are turns of the outline against how the person stands, in degrees, + rounder; judged they are against the person's
own good hinge, as far as that is known, and as shares of their own range.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from kiosk.scoring.history import quantile_of
from kiosk.scoring.stretch import nearly_least, nearly_most

if TYPE_CHECKING:
    from kiosk.scoring.stretch import Stretch

#: A back is looked at while the trunk leans at least so far, degrees; on the way down, from where its outline begins to
#: be one (biomechanics 3.3, 3.5).
LEANS, BEGINS_TO_LEAN = 30.0, 15.0
#: Seconds for which it must have been seen: four looks (biomechanics 3.5); on the way down, which is quick, one.
SEEN_FOR, ONE_LOOK = 0.6, 0.2
#: Quantile that stands for a repetition: what was there for a third of it (biomechanics 3.5); and for its hollowest.
ROUNDEST, HOLLOWEST = 0.7, 0.3
#: Degrees that stand for the whole range while the own one is not known, flexed and extended (biomechanics 3.4).  The
#: narrower bands of 3.5 would accuse good hinges: against standing their outline reads 5 to 10 degrees too round.
USUAL_FLEXED, USUAL_EXTENDED = 60.0, -25.0
#: For the same reason an upper back is given so many degrees while its neutral is that of standing.
UPPER_DOUBT = 8.0


def lumbar(seen: Stretch) -> float:
    """How far the lower back is flexed while bent."""
    return _while_bent(seen, "back_lumbar", ROUNDEST)


def thoracic(seen: Stretch) -> float:
    """How far the upper back is flexed while bent."""
    return _while_bent(seen, "back_thoracic", ROUNDEST)


def rounding(seen: Stretch) -> float:
    """Flexion of the lower back, % of how far it goes (biomechanics 2.2, F1a)."""
    return 100 * (lumbar(seen) - _known(seen.own.lumbar, 0.0)) / _known(seen.own.flexed, USUAL_FLEXED)


def arching(seen: Stretch) -> float:
    """Extension of the lower back, bent or at the top, % of how far it goes (biomechanics 2.2, F1b)."""
    bent = _while_bent(seen, "back_lumbar", HOLLOWEST) - _known(seen.own.lumbar, 0.0)
    hollowest = float(np.fmin(bent, seen.top["back_lumbar"])) if bent == bent else math.nan
    return 100 * hollowest / _known(seen.own.extended, USUAL_EXTENDED)


def hunching(seen: Stretch) -> float:
    """Flexion of the upper back while bent, degrees as the outline tells them (biomechanics 2.4, F11)."""
    return thoracic(seen) - _known(seen.own.thoracic, UPPER_DOUBT)


def chest(seen: Stretch) -> float:
    """The same on the way down: a chest that leads does not sink first (biomechanics 2.4, F18)."""
    down = slice(seen.begun, seen.first + 1)
    leaning = seen.of("trunk")[down] >= BEGINS_TO_LEAN
    found = _quantile(seen.times[down][leaning], seen.of("back_thoracic")[down][leaning], ROUNDEST, ONE_LOOK)
    return found - _known(seen.own.thoracic, UPPER_DOUBT)


def flexed(seen: Stretch) -> float:
    """How far the lower back goes in cat (biomechanics 1.2, D05)."""
    return nearly_most(seen.during("back_lumbar"))


def extended(seen: Stretch) -> float:
    """How far it goes in cow."""
    return nearly_least(seen.during("back_lumbar"))


def own_range(seen: Stretch) -> float:
    """How far the lower back goes once that and its neutral are the person's own; NaN until then."""
    return seen.own.flexed if seen.own.lumbar == seen.own.lumbar else math.nan


def _known(own: float, usual: float) -> float:
    return own if own == own else usual


def _while_bent(seen: Stretch, name: str, share: float) -> float:
    bent = seen.during("trunk") >= LEANS
    return _quantile(seen.times[seen.begun :][bent], seen.during(name)[bent], share, SEEN_FOR)


def _quantile(times: np.ndarray, values: np.ndarray, share: float, least: float) -> float:
    """The quantile of ``values`` at ``times`` (n,); NaN where they were seen for less than ``least`` seconds in all."""
    if len(times) < 2:
        return math.nan
    each = float(times[-1] - times[0]) / (len(times) - 1)
    return quantile_of(values, share, math.ceil(least / each), 0.0)
