"""How hips and shoulders share the way up: hips that shoot up first are a matter of the lift, not of the bottom."""

from __future__ import annotations

import math

import numpy as np

from kiosk.scoring.stretch import Stretch

#: Frames of a way up, and its seconds, below which it is too quick to tell (signals 1: at ten frames a second three of
#: ten good lifts are).
FRAMES, SECONDS = 5, 0.4
#: Seconds over which trunk and knee are smoothed (signals, head).
SMOOTHED = 0.17
#: Degrees of knee straightening below which there is nothing to share.
LEAST_KNEE = 25.0


def hips_first(seen: Stretch) -> float:
    """Share 0..1 of the knee's straightening that is done while the trunk is still at its lowest (signals 1, 4.3).

    NaN where the lift is too quick to tell, was not seen, or hardly bent the knee.
    """
    way = _way_up(seen)
    if way is None:
        return math.nan
    trunk, knee = _averaged(seen, "trunk", way), _averaged(seen, "knee", way)
    bent, straight = float(np.fmax.reduce(knee)), float(np.fmin.reduce(knee))
    if not bent - straight >= LEAST_KNEE:
        return math.nan
    share = (bent - float(knee[_most(trunk)])) / (bent - straight)
    return min(max(share, 0.0), 1.0) if share == share else math.nan


def early_rise(seen: Stretch) -> float:
    """Degrees that the trunk bends on while the hips make the first half of their way up (signals 1: rise)."""
    way = _way_up(seen)
    if way is None:
        return math.nan
    trunk, hips = _averaged(seen, "trunk", way), seen.of("hip_drop")[way]
    half = (float(np.fmax.reduce(hips)) + float(np.fmin.reduce(hips))) / 2
    until = int((hips <= half).argmax())
    return float(np.fmax.reduce(trunk[: until + 1])) - float(trunk[0])


def _way_up(seen: Stretch) -> slice | None:
    """The frames from when the hips are lowest until the movement is home; None if it is too quick to tell."""
    hips = seen.of("hip_drop")[seen.begun : seen.last + 1]
    end = int(seen.times.searchsorted(seen.movement.end, "right"))
    begin = seen.begun + _most(hips)
    if end - begin < FRAMES or seen.times[end - 1] - seen.times[begin] < SECONDS:
        return None
    return slice(begin, end)


def _most(values: np.ndarray) -> int:
    """Where ``values`` (n,) are largest, NaN left out; 0 if nothing is known."""
    return int((values == np.fmax.reduce(values)).argmax())


def _averaged(seen: Stretch, name: str, way: slice) -> np.ndarray:
    """The quantity on its ``way`` (n,), each frame the mean of those around it, NaN left out."""
    values, times = seen.of(name)[way], seen.times[way]
    count = len(values)
    around = round(SMOOTHED / 2 * (count - 1) / float(times[-1] - times[0]))
    known = values == values
    sums, counts = np.zeros(count + 1), np.zeros(count + 1)
    np.cumsum(np.where(known, values, 0.0), out=sums[1:])
    np.cumsum(known, out=counts[1:])
    place = np.arange(count)
    first, last = np.maximum(place - around, 0), np.minimum(place + around + 1, count)
    frames = counts[last] - counts[first]
    return np.where(frames > 0, (sums[last] - sums[first]) / np.maximum(frames, 1), np.nan)
