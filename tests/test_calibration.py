"""The person's own standing: when it is stored, from what, and when it is refused."""

from __future__ import annotations

import numpy as np
import pytest
from bending import bend, drive, facing_person, hinges, lying, mirrored, person, poses
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.drills import DRILLS, find_drill
from kiosk.scoring.calibration import REFRESH, Asked, stand
from kiosk.scoring.geometry import COLUMNS, HIP_Y, KNEE, SHIN, SHIN_PX, TRUNK, TRUNK_PX, Geometry
from kiosk.scoring.history import History
from kiosk.scoring.pose import LEFT_WRIST, RIGHT_ANKLE, Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Phase, Rung, Verdict, View

#: A drill that needs trunk and feet.
FEET = Asked(needs=(TRUNK, SHIN))


def score(frames: list[Pose], drill: str = "hinge") -> list[Verdict]:
    scorer = Scorer(find_drill(drill))
    return [scorer.step(pose) for pose in frames]


def standing_for(seconds: float, fps: float = 15.0, noise: float = 1.0, **angles: float) -> list[Pose]:
    times = np.arange(0, seconds, 1 / fps)
    return poses(times, (person(**angles) for _ in times), noise)


def stood(rows: np.ndarray, view: View = View.SIDE) -> History:
    history = History(COLUMNS + 2)
    for i, row in enumerate(rows):
        history.write(i / 10, np.concatenate([row, [0, 1]]).astype(np.float32))
    return history


def row(**angles: float) -> np.ndarray:
    return Geometry().measure(np.stack([person(**angles)] * 2).astype(np.float32), 0, 1)[0].copy()


def test_a_second_and_a_half_of_standing_calibrates() -> None:
    verdicts = score(standing_for(2.5))
    at = next(i for i, verdict in enumerate(verdicts) if verdict.calibration)
    assert 1.4 < verdicts[at].t < 2.0
    assert all(v.phase in (Phase.POSITION, Phase.CALIBRATE) for v in verdicts[:at])
    assert verdicts[at].rung is Rung.READY
    steady = [verdict.steady for verdict in verdicts]
    assert steady == sorted(steady)
    assert steady[-1] == 1.0
    calibration = verdicts[-1].calibration
    assert calibration is not None
    assert (calibration.trunk_px, calibration.shin_px) == pytest.approx((118, 100), rel=0.02)


def test_arms_may_wave_but_hips_must_be_still() -> None:
    times = np.arange(0, 3, 1 / 15)
    waving, walking = [], []
    for t in times:
        points = person()
        points[LEFT_WRIST : LEFT_WRIST + 2] += (40 * np.sin(9 * t), -30)
        waving.append(points)
        walking.append(person(ankle=(60 + 40 * t, 560)))
    assert score(poses(times, waving, 1.0))[-1].calibration
    assert score(poses(times, walking, 1.0))[-1].calibration is None


def test_half_a_second_is_enough_when_a_movement_begins() -> None:
    times, driver = drive(bend(1.0, 1.5, 0.4, 1.2, 1.5), 15, stand=0.9)
    verdicts = score(poses(times, (person(60 * q, 25 * q) for q in driver), 1.0))
    assert verdicts[-1].reps == 1


def test_who_never_stands_is_never_counted() -> None:
    times, driver = drive([(1.0, 1.0), *bend(1.0, 1.5, 0.4, 1.2, 0.05) * 3][:-2], 15, stand=0.05)
    verdicts = score(poses(times, (person(20 + 50 * q, 10 + 20 * q) for q in driver), 1.0))
    assert verdicts[-1].calibration is None
    assert verdicts[-1].reps == 0


@pytest.mark.parametrize("angles", [{"trunk": 20.0}, {"thigh": 25.0, "shin": 12.0}])
def test_a_bent_person_is_not_standing(angles: dict[str, float]) -> None:
    verdicts = score(standing_for(3, **angles))
    assert verdicts[-1].calibration is None
    assert verdicts[-1].rung is Rung.STILL


def test_people_who_stand_with_knees_at_19_degrees_are_standing() -> None:
    assert score(standing_for(3, thigh=10, shin=9))[-1].calibration


def test_a_person_too_small_to_measure_is_not_calibrated() -> None:
    assert score(standing_for(3, noise=0.3, size=18))[-1].calibration is None


def test_shaking_points_are_refused() -> None:
    assert score(standing_for(3, noise=12))[-1].calibration is None


def test_a_knee_may_be_seen_less_steadily_than_the_bones_beside_it() -> None:
    shaking = row() + np.random.default_rng(2).normal(0, 2, (200, COLUMNS))
    shaking[:, KNEE] += np.tile([-7.5, 7.5], 100)
    assert stand(stood(shaking), 0, 20, View.SIDE, FEET, thorough=True)
    shaking[:, SHIN] += np.tile([-7.5, 7.5], 100)
    assert stand(stood(shaking), 0, 20, View.SIDE, FEET, thorough=True) is None


def test_medians_noise_and_scale_are_the_persons_own() -> None:
    rng = np.random.default_rng(2)
    rows = np.stack([row() + rng.normal(0, 2, COLUMNS) for _ in range(200)])
    standing = stand(stood(rows), 0, 20, View.SIDE, FEET, thorough=True)
    assert standing is not None
    assert standing.rest == pytest.approx(row(), abs=0.8)
    assert standing.noise[[TRUNK, KNEE]] == pytest.approx(2, rel=0.25)
    assert standing.scale[[TRUNK, HIP_Y]] == pytest.approx([1, 1 / 118], rel=0.02)
    assert standing.calibrated(row(trunk=30))[TRUNK] == pytest.approx(30, abs=0.8)


def test_one_mad_frame_in_ten_changes_nothing() -> None:
    rows = np.stack([row()] * 20)
    rows[::10] += 50
    standing = stand(stood(rows), 0, 2, View.SIDE, FEET, thorough=True)
    assert standing is not None
    assert standing.rest == pytest.approx(row(), abs=1e-3)


def test_what_was_not_seen_is_not_standing() -> None:
    rows = np.stack([row()] * 20)
    rows[::2, SHIN] = np.nan
    assert stand(stood(rows), 0, 2, View.SIDE, FEET, thorough=True) is None
    assert stand(stood(rows), 0, 2, View.SIDE, Asked(), thorough=True) is not None


def test_lengths_follow_later_standings_slowly_and_angles_never() -> None:
    standing = stand(stood(np.stack([row()] * 20)), 0, 2, View.SIDE, FEET, thorough=True)
    assert standing is not None
    later = row(trunk=5, size=110)
    later[SHIN_PX] = np.nan
    fresh = standing.refreshed(later)
    assert fresh.rest[TRUNK_PX] == pytest.approx(118 * (1 + 0.1 * REFRESH), rel=1e-3)
    assert fresh.rest[SHIN_PX] == standing.rest[SHIN_PX]
    assert fresh.rest[TRUNK] == standing.rest[TRUNK]


def then(frames: list[Pose], shapes: list[np.ndarray], fps: float = 15.0, noise: float = 1.0) -> list[Pose]:
    """``frames``, and after them ``shapes``, one after the other."""
    times = frames[-1].t + np.arange(1, len(shapes) + 1) / fps
    return frames + poses(times, shapes, noise, seed=7)


@pytest.mark.parametrize(("size", "word"), [(130.0, "nearer"), (75.0, "further")])
def test_who_comes_nearer_or_goes_further_must_stand_anew(size: float, word: str) -> None:
    walk = [person(size=s) for s in np.linspace(100, size, 30)]
    verdicts = score(then(hinges(1), walk + [person(size=size)] * 90))
    moved = [verdict.refused for verdict in verdicts if verdict.refused]
    assert {refusal.key for refusal in moved} == {"moved"}
    assert word in moved[0].why
    assert moved[0].why.endswith("Stand tall and still for a moment.")
    assert verdicts[-1].calibration is not None
    assert verdicts[-1].calibration.trunk_px == pytest.approx(1.18 * size, rel=0.02)


@pytest.mark.parametrize("facing", [1, -1])
def test_a_passer_by_on_whom_the_pose_settles_is_told_and_the_first_one_goes_on(facing: int) -> None:
    other = [person(size=80, ankle=(340.0, 560.0), facing=facing)] * 25
    frames = then(then(then(hinges(1), [person()] * 15), other), [person()] * 15)
    frames += [Pose(frames[-1].t + 0.1 + p.t, p.points, p.scores, 360, 640) for p in hinges(1)]
    verdicts = score(frames)
    refused = [verdict.refused for verdict in verdicts if verdict.refused]
    assert [refusal.key for refusal in refused] == ["other_person"]
    assert "Somebody else" in refused[0].why
    calibrated = {verdict.calibration.trunk_px for verdict in verdicts if verdict.calibration}
    assert max(calibrated) - min(calibrated) < 3
    assert verdicts[-1].reps == 2


@pytest.mark.parametrize("facing", [1, -1])
def test_somebody_else_who_stays_and_stands_tall_is_the_person_from_then_on(facing: int) -> None:
    other = [person(size=80, ankle=(340.0, 560.0), facing=facing)] * 60
    verdicts = score(then(hinges(1), other))
    assert [verdict.refused.key for verdict in verdicts if verdict.refused] == ["other_person"]
    assert verdicts[-1].calibration is not None
    assert verdicts[-1].calibration.trunk_px == pytest.approx(80 * 1.18, rel=0.03)
    assert verdicts[-1].rung is Rung.READY
    assert verdicts[-1].facing == facing


def test_somebody_of_another_size_in_the_same_place_is_somebody_else() -> None:
    verdicts = score(then(hinges(1), [person(size=140)] * 12))
    assert [verdict.refused.key for verdict in verdicts if verdict.refused] == ["other_person"]


def test_one_mad_frame_is_nobody_else() -> None:
    frames = then(then(hinges(1), [person(ankle=(340.0, 560.0))] * 2), [person()] * 20)
    verdicts = score(frames)
    assert [verdict.refused for verdict in verdicts if verdict.refused] == []
    assert verdicts[-1].calibration is not None


def test_who_goes_away_is_forgotten() -> None:
    frames = hinges(1)
    last = frames[-1]
    away = [Pose(last.t + k / 15, last.points, last.scores, 360, 640, present=False) for k in range(1, 60)]
    verdicts = score(frames + away)
    assert verdicts[-1].phase is Phase.NO_PERSON
    assert verdicts[-1].calibration is None


def squats_facing(reps: int = 3, start: float = 0.0) -> list[Pose]:
    """Squats seen from the front."""
    times, driver = drive([corner for _ in range(reps) for corner in bend(1.0, 1.8, 0.5, 1.4, 1.2)], 15, stand=2.5)
    return poses(start + times, (facing_person(down=70 * q) for q in driver), 0.7)


def test_who_faces_the_mirror_is_calibrated_and_counted_from_the_front() -> None:
    verdicts = score(squats_facing(), "squat")
    assert verdicts[-1].view is View.FRONT
    assert verdicts[-1].rung is Rung.READY
    assert verdicts[-1].facing == 1
    assert verdicts[-1].reps == 3


def test_a_turn_to_the_front_is_a_new_standing_in_the_same_set() -> None:
    times, driver = drive([corner for _ in range(2) for corner in bend(1.0, 1.8, 0.5, 1.4, 1.2)], 15, stand=2.5)
    side = poses(times, (person(38 * q, 72 * q, 26 * q) for q in driver), 0.7)
    verdicts = score(side + squats_facing(2, start=times[-1] + 0.1), "squat")
    assert verdicts[-1].reps == 4
    assert [verdict.refused for verdict in verdicts if verdict.refused] == []


def one_foot_up() -> np.ndarray:
    """Somebody facing the mirror on one foot."""
    points = facing_person()
    points[RIGHT_ANKLE, 1] -= 40
    return points


@pytest.mark.parametrize(
    "shape",
    [facing_person(down=70), one_foot_up(), facing_person(size=15)],
    ids=["squatting", "one foot up", "too far away"],
)
def test_from_the_front_too_a_standing_is_upright_on_both_feet(shape: np.ndarray) -> None:
    times = np.arange(0, 3, 1 / 15)
    assert score(poses(times, [shape] * len(times), 0.4), "squat")[-1].calibration is None


def kneel() -> np.ndarray:
    """Tall kneeling, side-on."""
    return person(thigh=0, shin=85)


def lie_down(facing: int, reps: int = 3) -> list[Pose]:
    """Walk in, kneel, lie down on the back, bridge, and stand up again."""
    shapes = [person(ankle=(40 + 3.0 * k, 560)) for k in range(30)] + [kneel()] * 12 + [person(60, 60, 90)] * 8
    _, driver = drive([corner for _ in range(reps) for corner in bend(1.0, 1.0, 2.0, 1.0, 1.5)], 15, stand=2.5)
    shapes += [lying(bridge=-0.28 + 0.28 * q) for q in driver]
    shapes += [person(60, 60, 90)] * 6 + [kneel()] * 10 + [person()] * 45
    if facing < 0:
        shapes = [mirrored(shape) for shape in shapes]
    return poses(np.arange(len(shapes)) / 15, shapes, 0.7)


@pytest.mark.parametrize("facing", [1, -1])
def test_who_walks_in_and_lies_down_is_calibrated_lying_and_no_more_when_up_again(facing: int) -> None:
    verdicts = score(lie_down(facing), "glute_bridge")
    calibrated = [verdict for verdict in verdicts if verdict.calibration]
    assert {verdict.facing for verdict in calibrated} == {facing}
    assert verdicts[-1].reps == 3
    assert verdicts[-1].calibration is None
    assert verdicts[-1].view is View.UNKNOWN


def test_kneeling_tall_calibrates_whether_the_ankles_are_seen_or_not() -> None:
    times = np.arange(0, 3, 1 / 15)
    hidden = kneel()
    hidden[15:] = np.nan
    for shape in (kneel(), hidden):
        verdict = score(poses(times, [shape] * len(times), 0.7), "kneeling_dowel_hinge")[-1]
        assert verdict.rung is Rung.READY
    assert score(poses(times, [person()] * len(times), 0.7), "kneeling_dowel_hinge")[-1].calibration is None


def test_legs_guessed_behind_a_basin_calibrate_a_lean_but_no_squat() -> None:
    times = np.arange(0, 3, 1 / 15)
    guessed = np.random.default_rng(3).normal(0, 25, (len(times), 2, 2))
    shapes = [facing_person() for _ in times]
    for shape, off in zip(shapes, guessed, strict=True):
        shape[15:] += off
    assert score(poses(times, shapes, 0.7), "sink")[-1].rung is Rung.READY
    assert score(poses(times, shapes, 0.7), "banded_squat")[-1].calibration is None


@pytest.mark.parametrize(
    ("drill", "shape"),
    [
        ("plank", person(trunk=85, thigh=-85, shin=85)),
        ("cat_cow", person(trunk=90, thigh=0, shin=88)),
        ("ball_curl_up", person(trunk=-40, thigh=88, shin=0)),
        ("reverse_crunch", person(trunk=-90, thigh=178, shin=-88)),
        ("glute_bridge", lying(bridge=-0.28)),
    ],
)
@pytest.mark.parametrize("facing", [1, -1])
def test_every_posture_on_the_floor_calibrates_from_either_end(drill: str, shape: np.ndarray, facing: int) -> None:
    times = np.arange(0, 3, 1 / 15)
    shape = shape if facing > 0 else mirrored(shape)
    verdict = score(poses(times, [shape] * len(times), 0.7), drill)[-1]
    assert verdict.rung is Rung.READY
    assert verdict.facing == facing
    assert score(poses(times, [person()] * len(times), 0.7), drill)[-1].calibration is None


def test_a_lifter_who_is_already_bent_has_a_presumed_standing_until_they_stand() -> None:
    times = np.arange(0, 1.2, 1 / 15)
    bent = poses(times, [person(60, 60, 20)] * len(times), 0.7)
    scorer = Scorer(find_drill("deadlift"))
    for pose in bent:
        scorer.step(pose)
    presumed = scorer._place.standing
    assert presumed is not None
    assert presumed.presumed
    assert presumed.rest[[TRUNK, KNEE, SHIN]] == pytest.approx([2, 16, 9])
    assert np.isnan(presumed.rest[HIP_Y])
    assert presumed.trunk == pytest.approx(118, rel=0.02)
    for pose in then(bent, [person()] * 40)[len(bent) :]:
        scorer.step(pose)
    stood = scorer._place.standing
    assert stood is not None
    assert not stood.presumed
    assert stood.rest[TRUNK] == pytest.approx(0, abs=1)


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_whatever_is_missing_nothing_raises_and_nobody_is_calibrated_unseen(data: st.DataObject) -> None:
    drill = data.draw(st.sampled_from(DRILLS))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    lost = data.draw(st.sampled_from([0.05, 0.3, 0.7, 1.0]))
    shapes = [data.draw(st.sampled_from([person(), facing_person(), lying(), kneel(), one_foot_up()]))] * 15
    shapes += [data.draw(st.sampled_from([person(), facing_person(), lying(facing=-1), person(60, 60, 20)]))] * 25
    scorer = Scorer(drill)
    for pose in poses(np.arange(len(shapes)) / 10, shapes, 1.5):
        points, scores = pose.points.copy(), pose.scores.copy()
        points[rng.random(17) < lost] = np.nan
        scores[rng.random(17) < lost] = rng.choice([0.0, 0.1, np.nan])
        verdict = scorer.step(Pose(pose.t, points, scores, 360, 640, bool(rng.random() > lost / 3)))
        assert 0 <= verdict.steady <= 1
        assert lost < 1 or verdict.calibration is None
