"""Leans over the basin: what a good one looks like from where, how far one is from it, and what is believed of whom."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.drills import find_drill
from kiosk.figure.basin import FREE, stand_off
from kiosk.figure.bones import lengths
from kiosk.figure.film import Film
from kiosk.figure.washing import Lean as Bend
from kiosk.figure.washing import Washing, good_lean
from kiosk.scoring.bust import believable, trunk_of
from kiosk.scoring.lean import DEEP, DEFAULT, LEAST, POSES, Lean, LeanModel, fit, planar
from kiosk.scoring.pose import LEFT_EAR, LEFT_HIP, LEFT_KNEE, LEFT_SHOULDER, RIGHT_HIP, RIGHT_SHOULDER, Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Hold, Light, Phase, Verdict

SINK = find_drill("sink")
HIPS, HEAD = SINK.lights.index("hips"), SINK.lights.index("head")
#: The paths of biomechanics 4.4 by height and pitch, and their values for a lean of half a shoulder width.
SPECIFIED = {(1.8, 18.0): (-0.25, 0.155, -0.12), (1.5, 0.0): (-0.095, 0.285, -0.1775)}


def good(down: float, model: LeanModel = DEFAULT) -> Lean:
    """The good lean that goes so far down."""
    at = [path[0] * down + path[1] * down**2 for path in (model.gap, model.near, model.hips)]
    return Lean(down, *at)


@pytest.mark.parametrize("mount", SPECIFIED, ids=str)
def test_the_usual_good_lean_is_that_of_the_specification(mount: tuple[float, float]) -> None:
    half = good(0.5, planar(*mount))
    assert (half.gap, half.near, half.hips) == pytest.approx(SPECIFIED[mount], abs=0.045)


@pytest.mark.parametrize("distance", [0.7, 1.0])
def test_it_hardly_depends_on_the_distance(distance: float) -> None:
    assert planar(1.8, 18.0, distance).off(good(0.5)).both == pytest.approx(0, abs=0.25)


@given(down=st.floats(LEAST, 1.0), hips=st.booleans())
def test_a_good_lean_is_not_off_whether_hips_are_seen_or_not(down: float, hips: bool) -> None:
    lean = good(down)
    off = DEFAULT.off(lean if hips else replace(lean, hips=math.nan))
    assert off.both == pytest.approx(0, abs=1e-9)


def test_each_term_counts_as_the_specification_says() -> None:
    lean = good(0.4)
    off = DEFAULT.off(replace(lean, gap=lean.gap - 0.20, near=lean.near + 0.15, hips=lean.hips + 0.12))
    assert (off.neck, off.hips, off.both) == pytest.approx((1.0, 0.8, 1.8))


def test_the_larger_share_answers_for_both() -> None:
    lean = good(0.4)
    neck = DEFAULT.off(replace(lean, gap=lean.gap - 0.3, near=lean.near + 0.15))
    assert (neck.head_light, neck.hips_light) == pytest.approx((2.0, 0.5))
    hips = DEFAULT.off(replace(lean, gap=lean.gap - 0.1, near=lean.near + 0.45))
    assert (hips.head_light, hips.hips_light) == pytest.approx((0.5, 2.0))


def test_what_is_not_seen_and_what_is_no_lean_is_not_judged() -> None:
    for lean in (replace(good(0.4), gap=math.nan), replace(good(0.4), near=math.nan), good(0.9 * LEAST)):
        assert math.isnan(DEFAULT.off(lean).both)


OWN = LeanModel((-0.8, -0.3), (0.7, -0.3), (-0.1, 0.3), own=True)


def leans_of(model: LeanModel, deepest: float = 0.6, noise: float = 0.0, hips: bool = True) -> list[list[Lean]]:
    """Six leans, to half the depth and all of it, as keypoints tell them."""
    rng = np.random.default_rng(0)
    found = []
    for n in range(6):
        downs = deepest * (0.5 if n % 2 else 1.0) * np.sin(np.linspace(0, np.pi, 20))
        poses = [good(down, model) for down in downs.tolist()]
        found.append(
            [
                replace(
                    pose,
                    gap=pose.gap + noise * rng.standard_normal(),
                    near=pose.near + noise * rng.standard_normal(),
                    hips=pose.hips if hips else math.nan,
                )
                for pose in poses
            ]
        )
    return found


def test_the_own_good_lean_is_learnt() -> None:
    own = fit(leans_of(OWN, noise=0.04))
    assert own
    assert own.own
    assert own.off(good(0.4, OWN)).both == pytest.approx(0, abs=0.2)
    assert DEFAULT.off(good(0.4, OWN)).both > 0.8


def test_hips_that_were_not_seen_are_taken_to_be_as_usual() -> None:
    own = fit(leans_of(OWN, hips=False))
    assert own
    assert own.hips == DEFAULT.hips


def test_from_little_nothing_is_learnt() -> None:
    assert fit([]) is None
    assert fit([leans_of(OWN)[0][: POSES - 4]]) is None
    assert fit(leans_of(OWN, deepest=0.9 * DEEP)) is None


def a_pose(**scores: float) -> Pose:
    points = np.zeros((17, 2), np.float32)
    points[[LEFT_SHOULDER, RIGHT_SHOULDER], 0] = 150, 50
    points[[LEFT_HIP, RIGHT_HIP], 0] = 130, 70
    found = np.full(17, 0.8, np.float32)
    for joint, score in scores.items():
        found[{"hip": RIGHT_HIP, "shoulder": RIGHT_SHOULDER}[joint]] = score
    return Pose(0.0, points, found, 360, 640)


def test_legs_behind_a_basin_are_never_believed_and_hips_only_when_both_are_sure() -> None:
    pose = a_pose()
    assert not believable(pose, trunk_of(pose)).scores[LEFT_KNEE:].any()
    assert believable(pose, trunk_of(pose)).scores[LEFT_HIP] > 0
    assert not believable(a_pose(hip=0.39), trunk_of(pose)).scores[LEFT_HIP:].any()


@pytest.mark.parametrize("half", [20, 42])
def test_hips_too_narrow_or_too_wide_are_guessed(half: int) -> None:
    pose = a_pose()
    pose.points[[LEFT_HIP, RIGHT_HIP], 0] = 100 + half, 100 - half
    assert not believable(pose, trunk_of(pose)).scores[LEFT_HIP:].any()


def test_shoulders_told_roughly_show_that_somebody_leans_and_not_how() -> None:
    rough, nothing = (believable(a_pose(shoulder=score), trunk_of(a_pose())).scores for score in (0.15, 0.05))
    assert rough[RIGHT_SHOULDER] == pytest.approx(0.35)
    assert not rough[LEFT_EAR]
    assert not nothing[RIGHT_SHOULDER]


def test_who_is_turned_has_no_ears_to_measure_by() -> None:
    pose = a_pose()
    standing = trunk_of(pose)
    pose.points[RIGHT_SHOULDER, 0] = 65
    assert not believable(pose, standing).scores[LEFT_EAR]


def watch(bends: list[Bend], model: LeanModel, seed: int = 1) -> list[Verdict]:
    """Those leans by their true keypoints with MoveNet's jitter."""
    washing = Washing(lengths(seed), bends, FREE)
    rng = np.random.default_rng(seed)
    film = Film("sink", seed=seed, fps=8, lens=stand_off(FREE), performed=washing)
    scorer = Scorer(SINK, lean=model)
    return [
        scorer.step(replace(pose, points=pose.points + rng.normal(0, 1.5, (17, 2)).astype(np.float32)))
        for pose in film.poses()
    ]


GOOD = good_lean(np.random.default_rng(0))
#: Full-blown (biomechanics 4.1).
HUNCHED = Bend(trunk=36, lumbar=30, thoracic=25, neck=25, knee=4, back=0.01, stays=5.0)
KNOWN = replace(DEFAULT, own=True)


def holds(verdicts: list[Verdict]) -> list[Hold]:
    return [verdict.hold for verdict in verdicts if verdict.hold]


def test_a_hinge_is_green_and_a_hunch_is_red_of_whom_the_good_lean_is_known() -> None:
    straight, bent = holds(watch([GOOD, HUNCHED], KNOWN))
    assert straight.green_s > 0.8 * (straight.end - straight.start)
    assert not straight.faults
    assert Light.RED in {fault.level for fault in bent.faults}
    assert bent.score is not None
    assert straight.score is not None
    assert bent.score < straight.score


def test_red_has_to_last_three_seconds_of_a_lean() -> None:
    verdicts = watch([replace(HUNCHED, stays=6.0)], KNOWN)
    begun = next(verdict.t for verdict in verdicts if verdict.phase is Phase.BOTTOM)
    shown = next(verdict.t for verdict in verdicts if Light.RED in verdict.lights)
    assert 2.5 <= shown - begun <= 4.5


def test_a_hunch_is_amber_at_most_of_whom_it_is_not() -> None:
    verdicts = watch([HUNCHED], DEFAULT)
    assert Light.AMBER in {light for verdict in verdicts for light in verdict.lights}
    assert Light.RED not in {light for verdict in verdicts for light in verdict.lights}


def test_the_back_is_never_lit_from_before() -> None:
    assert {verdict.lights[0] for verdict in watch([GOOD], KNOWN)} == {Light.UNSEEN}


def test_somebody_who_stands_leans_not_at_all_and_who_is_unknown_has_no_lean() -> None:
    verdicts = watch([GOOD], KNOWN)
    assert verdicts[0].lean is None
    standing = [verdict.lean for verdict in verdicts if verdict.lean and verdict.phase is Phase.SETUP]
    assert np.median([abs(lean.down) for lean in standing]) < 0.05
    deepest = max(verdict.lean.down for verdict in verdicts if verdict.lean)
    assert deepest > 0.2


def test_a_short_lean_is_none() -> None:
    assert not holds(watch([replace(GOOD, stays=0.6)], KNOWN))


@pytest.mark.parametrize("score", [0.05, 0.2], ids=["unseen", "guessed"])
def test_a_lean_goes_on_while_hair_is_all_that_is_seen(score: float) -> None:
    washing = Washing(lengths(1), [replace(GOOD, stays=6.0)], FREE)
    (rep,) = washing.reps
    scorer, closed = Scorer(SINK, lean=KNOWN), []
    for pose in Film("sink", seed=1, fps=8, lens=stand_off(FREE), performed=washing).poses():
        hidden = rep.bottom < pose.t < rep.end - 0.5
        middle = pose.points.mean(axis=0, keepdims=True)
        hair = replace(pose, scores=np.full(17, score, np.float32), points=middle + 0.1 * (pose.points - middle))
        verdict = scorer.step(hair if hidden else pose)
        closed += [verdict.hold] if verdict.hold else []
    (hold,) = closed
    assert hold.end - hold.start > 5
    assert hold.red_s == 0
    assert hold.coverage < 0.7
