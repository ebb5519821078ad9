"""Sets and doses of the simulated person, good repetitions and faulty ones, as the mirror keeps and sums them up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from kiosk.drills import find_drill
from kiosk.figure.film import Film
from kiosk.scoring.pose import LEFT_ANKLE, RIGHT_ANKLE, Pose
from kiosk.scoring.scorer import Scorer
from kiosk.session import scene
from kiosk.session.coach import Coach
from kiosk.session.events import Action, Press
from kiosk.session.replay import Replays
from kiosk.session.states import Questioning, Resting

#: Instead of faults: the ankles are hidden while the person moves.
HIDDEN = {"ankles": 1.0}
#: Seconds at the beginning of a film of one repetition in which the person stands.
STANDS = 4.0


def poses(drill: str, *each: Mapping[str, float], reps: int = 1, seed: int = 0) -> Iterator[Pose]:
    """The true keypoints of ``reps`` repetitions with each of these faults, one after the other."""
    begun = 0.0
    for faults in each:
        t = begun
        hidden = faults == HIDDEN
        for pose in Film(drill, faults={} if hidden else faults, reps=reps, seed=seed).poses():
            t = begun + pose.t
            scores = _without_ankles(pose.scores) if hidden and pose.t > STANDS else pose.scores
            yield replace(pose, t=t, scores=scores)
        begun = t + 1 / 15


def replayed(drill: str, *each: Mapping[str, float], reps: int = 1, seed: int = 0) -> Replays:
    """What is kept of the set in which these were performed."""
    kept, scorer, n = Replays(find_drill(drill)), Scorer(find_drill(drill)), 0
    for pose in poses(drill, *each, reps=reps, seed=seed):
        verdict = scorer.step(pose)
        n += bool(verdict.rep or verdict.hold)
        kept.step(pose, verdict, n)
    return kept


def summed_up(drill: str, each: Sequence[Mapping[str, float]], pain: int | None = None) -> scene.Summary:
    """What a mirror sums up of a dose of ``drill`` whose repetitions have these faults, if nobody waits, nor answers
    anything but how much ``pain`` there was.
    """
    answer = (Action.BACK,) if pain is None else (*[Action.NEXT] * pain, Action.SELECT)
    coach = Coach.for_mirror(find_drill(drill), 0.0, at_once=True)
    for pose in poses(drill, *each):
        coach.take(pose)
        match coach.session:
            case Questioning():
                for action in answer:
                    coach.take(Press(pose.t, action))
            case Resting():
                coach.take(Press(pose.t, Action.SELECT))
    picture = coach.picture(pose.t)
    assert isinstance(picture, scene.Summary)
    return picture


def after_a_set(coach: Coach, t: float, *each: Mapping[str, float]) -> scene.Summary:
    """What ``coach`` sums up when the set with these faults, begun at ``t``, is ended by hand."""
    for pose in poses("hinge", *each):
        coach.take(replace(pose, t=(now := t + pose.t)))
    coach.take(Press(now, Action.SELECT))
    coach.take(Press(now, Action.BACK))
    picture = coach.picture(now)
    assert isinstance(picture, scene.Summary)
    return picture


def _without_ankles(scores: np.ndarray) -> np.ndarray:
    seen = scores.copy()
    seen[[LEFT_ANKLE, RIGHT_ANKLE]] = 0.05
    return seen
