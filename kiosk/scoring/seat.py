"""Coming down on a seat or a box, resting there, and leaving it (biomechanics 1.2, D10 and D24)."""

from __future__ import annotations

import math

import numpy as np

from kiosk.scoring.stretch import Stretch, middle, nearly_least, nearly_most

#: Hips this near to their lowest, in trunk lengths, are on the seat (biomechanics 1.2, D10).
CONTACT = 0.06
#: Seconds before the contact over which its speed is taken, and around the leaving in which the trunk is looked at.
ARRIVAL, LEAVING = 0.3, 0.15
#: Seconds of rest that make a seat of what the hips came down to.
RESTS = 0.4


def arrival_speed(seen: Stretch) -> float:
    """Trunk lengths a second of the hips in the last moment before the contact."""
    touched, _ = _on_seat(seen)
    if math.isnan(touched):
        return math.nan
    hips = seen.of("hip_drop")
    known = hips == hips
    times, hips = seen.times[known], hips[known]
    before, at = np.interp((touched - ARRIVAL, touched), times, hips).tolist()
    return (at - before) / ARRIVAL


def rock(seen: Stretch) -> float:
    """Degrees between the trunk's ends while it rests there."""
    touched, left = _on_seat(seen)
    trunk = seen.between("trunk", touched, left)
    return nearly_most(trunk) - nearly_least(trunk)


def seat_lean(seen: Stretch) -> float:
    """The trunk as the hips leave the seat."""
    _, left = _on_seat(seen)
    return middle(seen.between("trunk", left - LEAVING, left + LEAVING))


def learnt(seen: Stretch) -> float:
    """How far down the seat is that the hips rested on, trunk lengths; NaN if they rested on nothing."""
    touched, left = _on_seat(seen)
    return seen.bottom["hip_drop"] if left - touched >= RESTS else math.nan


def _on_seat(seen: Stretch) -> tuple[float, float]:
    """Seconds from when until when the hips are as low as they get."""
    with np.errstate(invalid="ignore"):
        low = np.flatnonzero(seen.during("hip_drop") >= seen.bottom["hip_drop"] - CONTACT)
    if not len(low):
        return math.nan, math.nan
    return float(seen.times[seen.begun + low[0]]), float(seen.times[seen.begun + low[-1]])
