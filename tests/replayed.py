"""Sets of the simulated person as the mirror would keep them for replay: good repetitions, then faulty ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kiosk.drills import find_drill
from kiosk.figure.film import Film
from kiosk.scoring.pose import Pose
from kiosk.scoring.scorer import Scorer
from kiosk.session.replay import Replays


def poses(drill: str, *each: Mapping[str, float], reps: int = 1, seed: int = 0) -> Iterator[Pose]:
    """The true keypoints of ``reps`` repetitions with each of these faults, one after the other."""
    begun = 0.0
    for faults in each:
        t = begun
        for pose in Film(drill, faults=faults, reps=reps, seed=seed).poses():
            t = begun + pose.t
            yield replace(pose, t=t)
        begun = t + 1 / 15


def replayed(drill: str, *each: Mapping[str, float], reps: int = 1, seed: int = 0) -> Replays:
    """What is kept of the set in which these were performed."""
    kept, scorer = Replays(find_drill(drill)), Scorer(find_drill(drill))
    for pose in poses(drill, *each, reps=reps, seed=seed):
        kept.step(pose, scorer.step(pose))
    return kept
