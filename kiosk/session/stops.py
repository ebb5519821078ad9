"""Stop rules that a camera can see (biomechanics 6.3): too much red, tired, hardly seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean

from kiosk.scoring.verdict import Hold, Phase, Rep, Verdict
from kiosk.session.states import Sighting

#: Red repetitions in a row that make a pause, and the pauses after which the drill is over.
REDS, STRIKES = 3, 2
#: Tired: so many points below the set's first repetitions, or the way up so much slower than theirs.
FALLEN, SLOWER = 25, 1.6
#: Repetitions that say how the set began, and the last ones they are compared with: one alone may be a slip.
FIRST, LATE = 3, 2
#: Hardly seen: below this share of late poses, for so many seconds; late is a second.
SHARE, POOR_FOR, LATE_S = 0.6, 5.0, 1.0


def is_tired(closed: Sequence[Rep | Hold]) -> bool:
    """The last repetitions of ``closed`` are much poorer than the first ones, or come up much more slowly."""
    if len(closed) < FIRST + LATE:
        return False
    first, late = closed[:FIRST], closed[-LATE:]
    scores = [_mean([one.score for one in part]) for part in (first, late)]
    ways_up = [_mean([one.measures.get("up_s") for one in part]) for part in (first, late)]
    return scores[0] - scores[1] > FALLEN or ways_up[1] > SLOWER * ways_up[0]


def watched(sighting: Sighting, verdict: Verdict) -> Sighting:
    """The sighting once ``verdict`` is known."""
    seen = not verdict.missing and verdict.phase not in (Phase.NO_PERSON, Phase.PAUSED)
    share = sighting.share + (seen - sighting.share) * -math.expm1(-max(verdict.t - sighting.t, 0.0) / LATE_S)
    poor = None if share >= SHARE else verdict.t if sighting.poor is None else sighting.poor
    return Sighting(verdict.t, share, poor)


def is_hardly_seen(sighting: Sighting) -> bool:
    """Too little has been seen for so long that nothing is to be called good.

    What counts is the scorer's to say all the same: it counts only what it could follow.
    """
    return sighting.poor is not None and sighting.t - sighting.poor > POOR_FOR


def _mean(values: Sequence[float | None]) -> float:
    """The mean of what is known, NaN when not all are."""
    known = [value for value in values if value is not None]
    return fmean(known) if len(known) == len(values) else math.nan
