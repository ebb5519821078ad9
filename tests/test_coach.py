"""Whole drills with the real scorer: poses in, sets, sides and holds out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import cycle, takewhile

import numpy as np
import pytest

from kiosk.config import Config
from kiosk.drills import DRILLS, find_drill
from kiosk.figure.film import Film
from kiosk.memory import Memory
from kiosk.scoring.dorsal.contour import STATIONS, Contour, Shape
from kiosk.scoring.dorsal.own import UNKNOWN, OwnBack
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.pose import LEFT_HIP, LEFT_SHOULDER, Pose
from kiosk.session.coach import Coach
from kiosk.session.events import Action, Press, Tick
from kiosk.session.progress import ANYBODY, Member, SetDone
from kiosk.session.states import Choosing, Questioning, Resting, Session, Summary

FPS, HINGE = 10.0, find_drill("hinge")


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


# ---- the own back --------------------------------------------------------------------------------------------------

#: Degrees that the outline reads of a back that stands, and lengths of its chord that it is arched over it in cat for
#: each degree that it bends.
STANDS, ARCHED = Shape(lumbar=-30.0, thoracic=35.0, sagitta=0.02, hollow=0.03, seat=0.0, blades=0.8, rough=0.005), 0.003


def seen_backs(key: str, begins: float, rounds: float = 0.0) -> Iterator[Pose]:
    """The same person over and over from ``begins`` seconds on, their true spine as the outline of their back, which
    rounds by so many degrees more where the trunk leans by 60."""
    film = Film(key, reps=3, fps=FPS)
    frames = list(zip(film.poses(), film.truth.frames, strict=True))
    for n, (pose, truth) in enumerate(cycle(frames)):
        assert truth
        lean = truth.trunk if find_drill(key).start == "standing" else 0.0
        bend = truth.lumbar + rounds * lean / 60
        shape = replace(STANDS, lumbar=STANDS.lumbar + bend, sagitta=STANDS.sagitta + ARCHED * bend)
        t, chord = begins + n / FPS, pose.points[[LEFT_HIP, LEFT_SHOULDER]]
        back = Contour(t, Why.SEEN, np.zeros(STATIONS, np.float32), chord, 1, shape)
        yield replace(pose, t=t, back=None if n % 2 else back)


class Sitting:
    """Somebody without a profile before a mirror with a memory."""

    def __init__(self, memory: Memory) -> None:
        self.coach, self.memory, self.t = Coach.for_mirror(find_drill("cat_cow"), 0.0, at_once=True), memory, 0.0
        self.coach.meet(memory.member, memory.clock())

    def do(self, key: str, until: type[Session], rounds: float = 0.0) -> None:
        """Do the drill of ``key`` until the mirror is in that state."""
        for pose in seen_backs(key, self.t + 0.1, rounds):
            self.t = pose.t
            self.take(pose)
            self.take(Tick(pose.t))
            if isinstance(self.coach.session, until):
                return
            assert self.t < 500.0, self.coach.session

    def press(self, *actions: Action) -> None:
        for action in actions:
            self.t += 0.1
            self.take(Press(self.t, action))

    def take(self, event: Pose | Press | Tick) -> None:
        """As the mirror's loop does."""
        self.coach.take(event)
        if self.coach.done:
            self.memory.add(self.coach.done)
            self.coach.meet(self.memory.member, self.memory.clock())

    def reds(self) -> list[str]:
        done = self.coach.session.done
        return [fault.key for one in done.closed for fault in one.faults if fault.level == "red"]


def test_a_set_begun_right_after_another_knows_what_that_one_told_of_the_back(tmp_path):
    with Memory(Config(), tmp_path / "history.db") as memory:
        sitting = Sitting(memory)
        sitting.do("cat_cow", Questioning)
        sitting.press(Action.BACK)
        own = memory.member.own_back
        assert own.flexed == pytest.approx(40, abs=8)
        assert own.extended == pytest.approx(-22, abs=6)
        sitting.press(Action.NEXT)
        while sitting.coach.session.index != DRILLS.index(find_drill("hinge")):
            assert isinstance(sitting.coach.session, Choosing)
            sitting.press(Action.NEXT)
        sitting.press(Action.SELECT)
        sitting.do("hinge", Questioning)
        assert sitting.reds() == []
        sitting.press(Action.SELECT, Action.NEXT, Action.BACK)
        assert memory.member.own_back.lumbar == pytest.approx(12, abs=4), "of a good hinge"
        assert isinstance(sitting.coach.session, Resting)
        sitting.press(Action.SELECT)
        sitting.do("hinge", Resting, rounds=55.0)
        assert sitting.coach.session.offers, "three red ones in a row"
        assert sitting.reds() == ["F1a"] * 3
        sitting.press(Action.NEXT)
        sitting.press(Action.BACK)
        assert isinstance(sitting.coach.session, Summary)
        memory.leave()
        assert memory.member.own_back == UNKNOWN


def test_a_rounded_back_is_red_only_to_whom_the_mirror_knows():
    told = []
    own = OwnBack(lumbar=5.0, thoracic=0.0, flexed=40.0, extended=-22.0)
    replay, mirror = Coach.for_replay(HINGE), Coach.for_mirror(HINGE, 0.0, at_once=True)
    replay.know(own)
    mirror.meet(replace(ANYBODY, own_back=own), 0.0)
    for coach in (Coach.for_replay(HINGE), replay, mirror):
        for pose in takewhile(lambda pose: pose.t < 15.0, seen_backs("hinge", 0.0, rounds=55.0)):
            coach.take(pose)
        told.append({fault.level for one in coach.session.closed for fault in one.faults if fault.key == "F1a"})
    assert told == [{"amber"}, {"red"}, {"red"}], "also of a set that had begun before it was known whose it is"
