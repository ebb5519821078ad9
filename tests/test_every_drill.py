"""Every drill, performed by the simulated person and seen by their true keypoints: counted, mirrored, with holes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.drills import DRILLS, find_drill
from kiosk.figure.film import Film
from kiosk.figure.lens import FRONT
from kiosk.figure.script import SCRIPTS
from kiosk.scoring.pose import Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Hold, Light, Rep, Verdict

DRILL_KEYS = [drill.key for drill in DRILLS if any(script.drill == drill.key for script in SCRIPTS)]
#: Points left to right in a mirror: the sides change places.
MIRRORED = [0, *(joint + 1 if joint % 2 else joint - 1 for joint in range(1, 17))]


@cache
def performed(drill: str, fault: str = "") -> tuple[tuple[Pose, ...], int]:
    """Poses of two repetitions a side with MoveNet's jitter, and how many repetitions or holds they are."""
    film = Film(drill, faults={fault: 1.0} if fault else {}, reps=2, fps=12, seed=1)
    rng = np.random.default_rng(1)
    poses = tuple(
        Pose(p.t, (p.points + rng.normal(0, 0.8, (17, 2))).astype(np.float32), p.scores, p.width, p.height)
        for p in film.poses()
    )
    return poses, len(film.course.reps)


def watch(drill: str, poses: tuple[Pose, ...]) -> list[Verdict]:
    scorer = Scorer(find_drill(drill))
    return [scorer.step(pose) for pose in poses]


def closed(verdicts: list[Verdict]) -> list[Rep | Hold]:
    return [one for verdict in verdicts if (one := verdict.rep or verdict.hold)]


def mirror(pose: Pose) -> Pose:
    points = pose.points[MIRRORED] * (-1, 1) + (pose.width, 0)
    return Pose(pose.t, points.astype(np.float32), pose.scores[MIRRORED], pose.width, pose.height)


@pytest.mark.parametrize("yaw", [-12, 12])
def test_knees_of_who_is_turned_a_little_do_not_cave_and_caving_ones_do(yaw: float) -> None:
    lens = replace(FRONT, yaw=FRONT.yaw + yaw)
    for faults in ({}, {"S1": 1.0}):
        film = Film("banded_squat", faults=faults, reps=2, fps=12, seed=1, lens=lens)
        told = closed(watch("banded_squat", tuple(film.poses())))
        assert [{fault.key for fault in one.faults} for one in told] == [set(faults)] * 2


@pytest.mark.parametrize("drill", DRILL_KEYS)
def test_a_good_set_is_counted_judged_and_hardly_faulted(drill: str) -> None:
    poses, performances = performed(drill)
    verdicts = watch(drill, poses)
    told = closed(verdicts)
    assert len(told) == performances
    assert verdicts[-1].reps == performances
    assert [one.n for one in told] == list(range(1, performances + 1))
    assert not [fault for one in told for fault in one.faults if fault.level is Light.RED]
    assert all(one.score is None or one.score >= 85 for one in told)


@pytest.mark.parametrize("drill", [drill.key for drill in DRILLS if drill.side_by and drill.key in DRILL_KEYS])
def test_sides_are_counted_each_for_itself(drill: str) -> None:
    poses, _ = performed(drill)
    verdicts = watch(drill, poses)
    assert [one.side for one in closed(verdicts)] == ["left"] * 2 + ["right"] * 2
    assert (verdicts[-1].left, verdicts[-1].right) == (2, 2)


@pytest.mark.parametrize("drill", DRILL_KEYS)
def test_in_a_mirror_the_verdict_is_mirrored(drill: str) -> None:
    poses, _ = performed(drill)
    here, there = watch(drill, poses), watch(drill, tuple(mirror(pose) for pose in poses))
    assert [one.facing for one in here] == [-one.facing for one in there] or {one.facing for one in here} == {1}
    assert [one.lights for one in here] == [one.lights for one in there]
    front = "front" in {one.view for one in here}
    sides = {"left": "right", "right": "left"}
    for one, other in zip(closed(here), closed(there), strict=True):
        # which of two equal sides is the near one is chance from the front, and so are the last digits
        assert one.measures == pytest.approx(other.measures, abs=2.5 if front else 0.5)
        assert [fault.key for fault in one.faults] == [fault.key for fault in other.faults]
        assert front or sides[str(one.side)] == other.side


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_is_missing_nothing_raises_nor_shines_green_unseen(data: st.DataObject) -> None:
    drill = find_drill(data.draw(st.sampled_from(DRILL_KEYS)))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    lost = data.draw(st.sampled_from([0.02, 0.2, 0.6, 1.0]))
    joints = rng.random(17) < 0.4
    poses, performances = performed(drill.key)
    scorer, before = Scorer(drill), 0
    for pose in poses:
        points, scores = pose.points.copy(), pose.scores.copy()
        points[joints & (rng.random(17) < lost)] = np.nan
        scores[joints & (rng.random(17) < lost)] = rng.choice([0.0, 0.1, np.nan])
        verdict = scorer.step(Pose(pose.t, points, scores, pose.width, pose.height, bool(rng.random() > lost / 8)))
        assert verdict.reps - before in (0, 1)
        told = verdict.rep or verdict.hold
        assert (told is not None) == (verdict.reps > before)
        before = verdict.reps
        if verdict.rep:
            for light, name in zip(verdict.lights, drill.lights, strict=True):
                own = [f for f in drill.faults if f.light == name and f.view is verdict.view]
                hidden = bool(own) and all(f.key in verdict.rep.not_seen for f in own)
                assert not (hidden and light is Light.GREEN)
    assert before <= performances + 1
