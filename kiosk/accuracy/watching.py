"""What the mirror makes of a set: what it counted, what it found in it, what it refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kiosk.accuracy.card import GhostRow
from kiosk.scoring.drill import Drill
from kiosk.scoring.geometry import RAW, Geometry
from kiosk.scoring.pose import Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.smoothing import Smoother
from kiosk.scoring.verdict import Hold, Light, Rep, Verdict


@dataclass(frozen=True, slots=True)
class Told:
    """One repetition or hold as the mirror tells it; ``at`` its bottom, or the middle of a hold, in seconds.

    ``faults`` are levels (amber or red) by key, ``measures`` None where not seen.
    """

    at: float
    score: int | None
    strategy: str | None
    faults: dict[str, str]
    measures: dict[str, float | None]
    not_seen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """A set as the mirror tells it: ``refused`` counts refusals by key, ``reds`` verdicts that showed a red light."""

    told: tuple[Told, ...]
    refused: dict[str, int]
    reds: int


def watch(drill: Drill, poses: Iterable[Pose]) -> Watched:
    """One set of ``drill`` in which ``poses`` are all that is seen."""
    scorer = Scorer(drill)
    told: list[Told] = []
    refused: Counter[str] = Counter()
    reds = 0
    for pose in poses:
        verdict = scorer.step(pose)
        told += _told(verdict)
        if verdict.refused:
            refused[verdict.refused.key] += 1
        reds += Light.RED in verdict.lights
    return Watched(tuple(told), dict(refused), reds)


def ghosts(drill: Drill, poses: Sequence[Pose], minutes: float, where: str) -> GhostRow:
    """What is counted as ``drill`` in ``poses`` that are none of it, ``minutes`` of the movement called ``where``."""
    n = len(watch(drill, poses).told)
    return GhostRow(drill=drill.key, minutes=minutes, ghosts=n, where={where: n} if n else {})


def _told(verdict: Verdict) -> list[Told]:
    found = []
    if verdict.rep:
        found.append(_plain(verdict.rep, verdict.rep.bottom))
    if verdict.hold:
        found.append(_plain(verdict.hold, (verdict.hold.start + verdict.hold.end) / 2))
    return found


def _plain(done: Rep | Hold, at: float) -> Told:
    return Told(
        at=at,
        score=done.score,
        strategy=str(done.strategy) if isinstance(done, Rep) and done.strategy else None,
        faults={found.key: str(found.level) for found in done.faults},
        measures=dict(done.measures),
        not_seen=done.not_seen,
    )


def near_side(facing: int) -> int:
    """The side nearest a camera that sees somebody side-on: 1 (right) of who faces the right of the picture, else 0."""
    return 1 if facing > 0 else 0


def rows(poses: Iterable[Pose], facing: int, trunk: float) -> np.ndarray:
    """Rows of measures (n, columns) of ``poses`` as the scoring loop sees them, not calibrated, NaN where unseen.

    ``facing`` +1 to the right of the picture or -1 to the left, ``trunk`` its length in pixels.
    """
    smoother, geometry, near = Smoother(), Geometry(), near_side(facing)
    found, last = [], None
    for pose in poses:
        dt = pose.t - last if last is not None else 1 / 30
        last = pose.t
        found.append(geometry.measure(smoother.step(pose, dt, trunk), near, facing)[RAW].copy())
    return np.array(found)
