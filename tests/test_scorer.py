"""The whole scoring loop on drawn people: poses in, verdicts out."""

from __future__ import annotations

import gc
import math
import tracemalloc
from collections.abc import Iterable

import numpy as np
import pytest
from bending import bend, drive, hinges, person, poses
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.accuracy.sets import drill_of
from kiosk.drills import CATALOGUE
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_SHOULDER, RIGHT_ANKLE, Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Light, Phase, Rep, Rung, Verdict, View


def score(frames: Iterable[Pose], drill: str = "hinge") -> list[Verdict]:
    scorer = Scorer(drill_of(drill))
    return [scorer.step(pose) for pose in frames]


def reps_of(verdicts: list[Verdict]) -> list[Rep]:
    return [verdict.rep for verdict in verdicts if verdict.rep]


def lights_of(verdict: Verdict, drill: str = "hinge") -> dict[str, str]:
    return dict(zip(drill_of(drill).lights, map(str, verdict.lights), strict=True))


def changed(frames: list[Pose], first: float, last: float, joints: list[int], score: float) -> list[Pose]:
    """``frames`` with ``joints`` scored ``score`` from ``first`` to ``last`` seconds."""
    out = []
    for pose in frames:
        scores = pose.scores.copy()
        if first <= pose.t <= last:
            scores[joints] = score
        out.append(Pose(pose.t, pose.points, scores, pose.width, pose.height, pose.present))
    return out


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("fps", [8, 10, 15, 30, 60])
def test_a_good_set_counts_and_measures_at_any_rate(fps: float, facing: int) -> None:
    verdicts = score(hinges(3, fps, noise=1.0, facing=facing))
    reps = reps_of(verdicts)
    assert [rep.n for rep in reps] == [1, 2, 3]
    for rep in reps:
        assert rep.measures["trunk"] == pytest.approx(59, abs=4)
        assert rep.measures["knee"] == pytest.approx(25, abs=4)
        assert rep.measures["shin"] == pytest.approx(0, abs=4)
        assert rep.measures["hinge_index"] == pytest.approx(85, abs=6)
        assert rep.measures["down_s"] == pytest.approx(2.5, abs=0.5)
        assert rep.measures["up_s"] == pytest.approx(1.6, abs=0.4)
        assert rep.faults == ()
        assert rep.score is not None
        assert rep.score >= 97
        assert rep.side == ("right" if facing > 0 else "left")
    assert lights_of(verdicts[-1]) == {
        "back": "unseen", "hips": "green", "knees": "green", "shins": "green", "head": "green", "feet": "green",
        "tempo": "green",
    }  # fmt: skip
    assert verdicts[-1].facing == facing


@pytest.mark.parametrize(
    ("angles", "faults"),
    [
        ({"thigh": 13.0, "shin": -8.0}, {"F3a"}),
        # knees so far forward are bent, and the hips above them have not gone back
        ({"thigh": 20.0, "shin": 20.0}, {"F4", "F6b", "F13", "F17"}),
        ({"trunk": 45.0, "thigh": 55.0, "shin": 22.0}, {"F10", "F4"}),
        ({"trunk": 35.0, "thigh": 20.0}, {"F12"}),
        ({"neck": -55.0}, {"F9a"}),
        ({"neck": 45.0}, {"F9b"}),
        ({"down": 0.9}, {"F14"}),
    ],
)
def test_each_mistake_is_found_and_no_other(angles: dict[str, float], faults: set[str]) -> None:
    reps = reps_of(score(hinges(3, 15, noise=0.7, **angles)))
    assert len(reps) == 3
    for rep in reps:
        assert {fault.key for fault in rep.faults} == faults


def test_a_locked_knee_shows_red_and_caps_the_score() -> None:
    verdicts = score(hinges(3, 15, noise=0.7, thigh=11, shin=-8))
    assert lights_of(verdicts[-1])["knees"] == "red"
    assert all(rep.score == 69 for rep in reps_of(verdicts))


def test_the_way_up_the_ladder() -> None:
    nobody = [Pose(k / 15, np.zeros((17, 2), np.float32), np.zeros(17, np.float32), 360, 640, False) for k in range(20)]
    still = poses(np.arange(20, 80) / 15, [person()] * 60, 0.7)
    no_ankle = changed(still, 0, 2.6, [LEFT_ANKLE, RIGHT_ANKLE], 0.05)
    rungs = list(dict.fromkeys(verdict.rung for verdict in score([*nobody, *no_ankle])))
    assert rungs == [Rung.IN_FRAME, Rung.JOINTS, Rung.STILL, Rung.READY]


def test_a_hidden_ankle_is_named_and_the_repetitions_count_unjudged() -> None:
    frames = changed(hinges(2, 15, noise=0.7), 2.2, 99, [LEFT_ANKLE, RIGHT_ANKLE], 0.05)
    verdicts = score(frames)
    assert verdicts[-1].missing == ("ankle",)
    assert verdicts[-1].rung is Rung.JOINTS
    reps = reps_of(verdicts)
    assert len(reps) == 2
    assert [rep.score for rep in reps] == [None, None]
    assert {"F3a", "F3b", "F4", "F13", "F17"} <= set(reps[0].not_seen)
    assert [v.refused.key for v in verdicts if v.refused] == ["joints_hidden"] * 2
    assert "ankle" in next(v.refused.why for v in verdicts if v.refused)
    shown = lights_of(verdicts[-1])
    assert (shown["knees"], shown["shins"]) == ("unseen", "unseen")


def test_lost_from_sight_half_way_is_refused_with_the_reason() -> None:
    frames = changed(hinges(2, 15, noise=0.7), 3.5, 5.0, list(range(17)), 0.05)
    verdicts = score(frames)
    assert [v.refused.key for v in verdicts if v.refused] == ["interrupted"]
    assert verdicts[-1].reps == 1


def test_a_shallow_bow_is_partial_with_the_reason() -> None:
    verdicts = score(hinges(2, 15, noise=0.7, trunk=24, thigh=8))
    assert (verdicts[-1].reps, verdicts[-1].partials) == (0, 2)
    assert [v.refused.key for v in verdicts if v.refused] == ["partial"] * 2
    assert "not far enough" in next(v.refused.why for v in verdicts if v.refused)


def test_turned_away_by_45_degrees_counts_but_nothing_is_judged() -> None:
    frames = []
    for pose in hinges(3, 15, noise=0.7):
        points = pose.points.copy()
        points[LEFT_SHOULDER::2, 0] += 28
        points[LEFT_SHOULDER + 1 :: 2, 0] -= 28
        frames.append(Pose(pose.t, points, pose.scores, 360, 640))
    verdicts = score(frames)
    reps = reps_of(verdicts)
    assert verdicts[-1].view is View.OBLIQUE
    assert verdicts[-1].rung is Rung.SIDE_ON
    assert len(reps) == 3
    assert all(rep.score is None and rep.faults == () for rep in reps)
    assert all(rep.measures["hinge_index"] is not None and rep.measures["knee"] is None for rep in reps)
    assert {v.refused.key for v in verdicts if v.refused} == {"not_side_on"}
    assert set(verdicts[-1].lights) == {Light.UNSEEN}


def test_turning_round_asks_for_a_new_standing() -> None:
    first = hinges(1, 15, noise=0.7)
    end = first[-1].t
    second = [Pose(end + 0.1 + p.t, p.points, p.scores, 360, 640) for p in hinges(2, 15, noise=0.7, facing=-1)]
    verdicts = score([*first, *second])
    assert "moved" in [v.refused.key for v in verdicts if v.refused]
    assert verdicts[-1].facing == -1
    assert verdicts[-1].reps == 3


def test_depth_goes_from_standing_to_the_usual_bottom_and_back() -> None:
    verdicts = score(hinges(1, 15))
    depth = [verdict.depth for verdict in verdicts if not math.isnan(verdict.depth)]
    assert depth[0] == pytest.approx(0, abs=0.05)
    assert max(depth) == pytest.approx(1, abs=0.05)
    assert depth[-1] == pytest.approx(0, abs=0.05)


def test_the_end_of_the_bar_follows_the_persons_own_range() -> None:
    verdicts = score(hinges(4, 15, trunk=45, thigh=20))
    last = [verdict.depth for verdict in verdicts if verdict.reps == 3]
    assert max(last) == pytest.approx(1, abs=0.05)


def test_a_pose_that_comes_twice_changes_nothing() -> None:
    frames = hinges(1, 15)
    once, twice = score(frames), score([pose for pose in frames for _ in (0, 1)])
    assert reps_of(once) == reps_of(twice)


def test_the_same_poses_give_the_same_verdicts() -> None:
    frames = hinges(2, 10, noise=2.0)
    assert score(frames) == score(frames) or all(
        a.rep == b.rep and a.lights == b.lights for a, b in zip(score(frames), score(frames), strict=True)
    )


def test_mirrored_people_get_the_same_measures() -> None:
    right, left = (reps_of(score(hinges(2, 15, facing=facing))) for facing in (1, -1))
    for one, other in zip(right, left, strict=True):
        assert one.measures == pytest.approx(other.measures, abs=0.05)


def test_a_bar_of_noise_is_no_repetition() -> None:
    times = np.arange(0, 30, 1 / 15)
    verdicts = score(poses(times, [person()] * len(times), noise=3.0))
    assert verdicts[-1].reps == 0


def test_squat_and_sit_to_stand_are_counted_by_their_own_drivers() -> None:
    times, driver = drive([corner for _ in range(3) for corner in bend(1.0, 2.2, 0.4, 1.5, 1.2)], 15, stand=2.0)
    frames = poses(times, (person(38 * q, 72 * q, 26 * q) for q in driver), 0.7)
    for drill in ("squat", "sit_stand", "pick_up"):
        reps = reps_of(score(frames, drill))
        assert len(reps) == 3, drill
        # arms that hang are told to squatters alone
        told = {"S7"} if drill == "squat" else set()
        assert all({fault.key for fault in rep.faults} == told for rep in reps), drill
        assert {str(rep.strategy) for rep in reps} == {"squat"}


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_whatever_is_missing_nothing_raises_counts_twice_or_shines_green_unseen(data: st.DataObject) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    lost = data.draw(st.sampled_from([0.02, 0.2, 0.6, 1.0]))
    drill = data.draw(st.sampled_from(CATALOGUE))
    scorer, reps = Scorer(drill), 0
    for pose in hinges(2, 10, noise=2.0, thigh=60, shin=20):
        points, scores = pose.points.copy(), pose.scores.copy()
        points[rng.random(17) < lost / 2] = np.nan
        scores[rng.random(17) < lost / 2] = rng.choice([0.0, 0.1, np.nan])
        verdict = scorer.step(Pose(pose.t, points, scores, 360, 640, bool(rng.random() > lost / 4)))
        assert verdict.reps - reps in (0, 1)
        closed = verdict.rep or verdict.hold
        assert (closed is not None) == (verdict.reps > reps)
        reps = verdict.reps
        for light, name in zip(verdict.lights, drill.lights, strict=True):
            own = [f for f in drill.faults if f.light == name and f.view is verdict.view]
            others = {f.key for f in drill.faults if f.light != name or f.view is not verdict.view}
            unseen = closed and any(f.key in closed.not_seen and f.key not in others for f in own)
            assert not (unseen and light is Light.GREEN)
    assert reps <= 2


def test_ten_thousand_steps_keep_nothing() -> None:
    frames = hinges(3, 15, noise=1.0)
    span = frames[-1].t + 0.1
    scorer = Scorer(drill_of("hinge"))

    def run(rounds: range) -> None:
        for k in rounds:
            for pose in frames:
                scorer.step(Pose(pose.t + k * span, pose.points, pose.scores, pose.width, pose.height))

    rounds = math.ceil(10_000 / len(frames))
    run(range(3))
    tracemalloc.start()
    run(range(3, 5))
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    run(range(5, 5 + rounds))
    gc.collect()
    kept = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    # what is left are free lists, which do not grow with more rounds
    assert kept < 4096


def test_phases_of_nobody_somebody_and_a_repetition() -> None:
    verdicts = score(hinges(1, 15, noise=0.7))
    phases = list(dict.fromkeys(verdict.phase for verdict in verdicts))
    expected = [Phase.CALIBRATE, Phase.SETUP, Phase.DOWN, Phase.BOTTOM, Phase.UP, Phase.LOCKOUT]
    assert [phase for phase in phases if phase in expected] == expected
