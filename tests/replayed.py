"""Sets and doses of the simulated person, good repetitions and faulty ones, as the mirror keeps and sums them up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from kiosk.drills import find_drill
from kiosk.figure.film import Film
from kiosk.scoring.dorsal.contour import STANDS as RAYS
from kiosk.scoring.dorsal.contour import Contour, measure
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_HIP, LEFT_SHOULDER, NOSE, RIGHT_ANKLE, Pose
from kiosk.scoring.scorer import Scorer
from kiosk.session import scene
from kiosk.session.coach import Coach
from kiosk.session.events import Action, Press
from kiosk.session.replay import Replays
from kiosk.session.states import Questioning, Resting

#: Instead of faults: the ankles are hidden while the person moves.
HIDDEN = {"ankles": 1.0}
#: How far backs are behind the chord at every sixth ray, as they were seen of a simulated person (kiosk.accuracy.bends,
#: the first of its sets): standing; bent, the lower back flexed by 8 degrees beyond that; bent, flexed by 60.
STANDING = (0.220, 0.225, 0.202, 0.134, 0.151, 0.191, 0.243, 0.244)
LONG = (0.202, 0.235, 0.214, 0.168, 0.179, 0.212, 0.248, 0.249)
ROUNDED = (0.191, 0.304, 0.339, 0.347, 0.376, 0.370, 0.352, 0.330)
#: The trunk's lean in degrees at which a back is as bent as that, and seconds between two looks at it.
BENT, LOOK_EVERY = 45.0, 0.2
#: Seconds at the beginning of a film of one repetition in which the person stands.
STANDS = 4.0


def outlined(pose: Pose, bent: Sequence[float] = LONG) -> Contour:
    """The outline of the back of the person in ``pose``, between that of standing and ``bent`` by how far they lean."""
    chord = np.array((pose.points[LEFT_HIP], pose.points[LEFT_SHOULDER]), np.float32)
    facing = 1 if pose.points[NOSE, 0] > chord[1, 0] else -1
    across, down = (chord[1] - chord[0]).tolist()
    share = float(np.clip(np.degrees(np.arctan2(facing * across, -down)) / BENT, 0, 1))
    heights = np.interp(RAYS, RAYS[::6], (1 - share) * np.array(STANDING) + share * np.array(bent)).astype(np.float32)
    return Contour(pose.t, Why.SEEN, heights, chord, facing, measure(heights))


def poses(drill: str, *each: Mapping[str, float], reps: int = 1, seed: int = 0, backs: bool = False) -> Iterator[Pose]:
    """The true keypoints of ``reps`` repetitions with each of these faults, one after the other.

    With ``backs`` their outlines are seen, rounded ones in a repetition with that fault.
    """
    begun, looked = 0.0, -np.inf
    for faults in each:
        t = begun
        hidden = faults == HIDDEN
        for pose in Film(drill, faults={} if hidden else faults, reps=reps, seed=seed).poses():
            t = begun + pose.t
            scores = _without_ankles(pose.scores) if hidden and pose.t > STANDS else pose.scores
            shown = replace(pose, t=t, scores=scores)
            if backs and t - looked >= LOOK_EVERY:
                looked = t
                shown = replace(shown, back=outlined(shown, ROUNDED if "F1a" in faults else LONG))
            yield shown
        begun = t + 1 / 15


def replayed(drill: str, *each: Mapping[str, float], reps: int = 1, seed: int = 0, backs: bool = False) -> Replays:
    """What is kept of the set in which these were performed."""
    kept, scorer, n = Replays(find_drill(drill)), Scorer(find_drill(drill)), 0
    for pose in poses(drill, *each, reps=reps, seed=seed, backs=backs):
        verdict = scorer.step(pose)
        n += bool(verdict.rep or verdict.hold)
        kept.step(pose, verdict, n)
    return kept


def summed_up(
    drill: str, each: Sequence[Mapping[str, float]], pain: int | None = None, *, backs: bool = False
) -> scene.Summary:
    """What a mirror sums up of a dose of ``drill`` whose repetitions have these faults, if nobody waits, nor answers
    anything but how much ``pain`` there was; with ``backs`` their outlines were seen.
    """
    answer = (Action.BACK,) if pain is None else (*[Action.NEXT] * pain, Action.SELECT)
    coach = Coach.for_mirror(find_drill(drill), 0.0, at_once=True)
    for pose in poses(drill, *each, backs=backs):
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
