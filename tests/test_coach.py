"""Whole drills with the real scorer: poses in, sets, sides and holds out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, takewhile

import pytest

from kiosk.drills import DRILLS, find_drill
from kiosk.figure.film import Film
from kiosk.scoring.pose import Pose
from kiosk.session.coach import Coach
from kiosk.session.events import Action, Press, Tick
from kiosk.session.progress import ANYBODY, Member, SetDone
from kiosk.session.states import Questioning, Resting, Session

FPS = 10.0


def endless(key: str, reps: int) -> Iterator[Pose]:
    """The simulated person's true keypoints in ``reps`` repetitions, over and over."""
    for n, pose in enumerate(cycle(list(Film(key, reps=reps, fps=FPS).poses()))):
        yield Pose(n / FPS, pose.points, pose.scores, pose.width, pose.height)


@dataclass
class Told:
    """What a mirror did and told: its states in their order, sets done, cues."""

    states: list[str] = field(default_factory=list)
    done: list[SetDone] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def practise(key: str, seconds: float, reps: int = 3, member: Member = ANYBODY, *, patient: bool = True) -> Told:
    """A mirror that begins the drill of ``key`` at once, in front of somebody who never stops.

    Whoever is not ``patient`` cuts every rest short.
    """
    coach, told = Coach.for_mirror(find_drill(key), 0.0, at_once=True, member=member), Told()
    for pose in takewhile(lambda pose: pose.t < seconds, endless(key, reps)):
        for event in (pose, Tick(pose.t), *_hurry(coach.session, pose.t, patient)):
            coach.take(event)
            told.said += [cue.text for cue in coach.said]
            told.done += [coach.done] if coach.done else []
        name = type(coach.session).__name__
        if told.states[-1:] != [name]:
            told.states.append(name)
        if name == "Summary":
            break
    return told


def _hurry(session: Session, t: float, patient: bool) -> list[Press]:
    """No question is answered; only who is ``patient`` waits for the end of a rest."""
    match session:
        case Questioning():
            return [Press(t, Action.BACK)]
        case Resting() if not patient:
            return [Press(t, Action.SELECT)]
    return []


def test_two_sets_with_a_rest_between_them_and_each_is_handed_over_once():
    told = practise("hinge", 260.0)
    of_a_set = ["Calibrating", "Working"]
    assert told.states == [*of_a_set, "Questioning", "Resting", "GettingReady", *of_a_set, "Questioning", "Summary"]
    assert [done.reps for done in told.done] == [8, 8]
    assert all(done.score is not None and done.score > 85 for done in told.done)
    assert all(done.range_sd is not None and done.range_sd < 8 for done in told.done)
    assert told.said[0] == find_drill("hinge").reminders[0]


def test_a_one_sided_drill_counts_both_sides_in_one_set():
    told = practise("one_leg_glute_bridge", 300.0, reps=6, patient=False)
    assert told.states.count("Switching") == 2
    assert told.states[-1] == "Summary"
    assert [(done.left, done.right) for done in told.done] == [(6, 6)] * 2


def test_a_hold_is_timed_and_told():
    told = practise("plank", 200.0, patient=False)
    assert [done.reps for done in told.done] == [1, 1, 1]
    assert all(done.seconds >= 19 for done in told.done)


@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.key)
def test_every_drill_can_be_done_from_its_first_set_to_its_summary(drill):
    told = practise(drill.key, 400.0, reps=drill.reps if drill.side_by else 3, patient=False)
    assert told.states[-1] == "Summary"
    assert len(told.done) == drill.sets
    assert all(done.reps >= drill.reps for done in told.done)
    assert not any(done.reds for done in told.done)


def test_sets_are_whose_they_are():
    assert practise("pick_up", 90.0, member=Member(profile="me")).done[0].profile == "me"


@pytest.mark.parametrize("action", [Action.SELECT, Action.BACK])
def test_a_set_ended_by_hand_is_handed_over_too(action):
    coach = Coach.for_mirror(find_drill("hinge"), 0.0, at_once=True)
    for pose in takewhile(lambda pose: pose.t < 30.0, endless("hinge", 3)):
        coach.take(pose)
    coach.take(Press(30.0, action))
    assert coach.done is None, "not before it was asked whether it hurt"
    for press in (Action.NEXT, Action.SELECT, Action.NEXT):
        coach.take(Press(31.0, press))
    assert coach.done is not None
    assert 1 <= coach.done.reps < 8
    assert (coach.done.pain, coach.done.felt, coach.done.touching) == (1, 2, None)
    coach.take(Press(31.0, Action.BACK))
    assert coach.done is None, "once"


def test_a_set_whose_questions_are_open_when_the_program_ends_is_handed_over_without_answers():
    coach = Coach.for_mirror(find_drill("hinge"), 0.0, at_once=True)
    for pose in takewhile(lambda pose: pose.t < 30.0, endless("hinge", 3)):
        coach.take(pose)
    assert coach.finish(30.0) is None, "a set under way is not done"
    coach.take(Press(30.0, Action.SELECT))
    done = coach.finish(31.0)
    assert done is not None
    assert (done.pain, done.reps) == (None, coach.session.done.reps)


def test_a_replay_never_rests_and_says_what_a_set_would_say():
    coach = Coach.for_replay(find_drill("hinge"))
    reps = said = 0
    for pose in takewhile(lambda pose: pose.t < 100.0, endless("hinge", 3)):
        coach.take(pose)
        assert coach.verdict
        reps += coach.verdict.rep is not None
        said += len(coach.said)
    assert reps > 12
    assert said == reps // 3
