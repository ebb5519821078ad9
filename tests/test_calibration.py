"""The person's own standing: when it is stored, from what, and when it is refused."""

from __future__ import annotations

import numpy as np
import pytest
from bending import bend, drive, hinges, person, poses

from kiosk.drills import find_drill
from kiosk.scoring.calibration import REFRESH, stand
from kiosk.scoring.geometry import COLUMNS, HIP_Y, KNEE, SHIN, SHIN_PX, TRUNK, TRUNK_PX, Geometry
from kiosk.scoring.history import History
from kiosk.scoring.pose import LEFT_WRIST, Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Phase, Rung, Verdict, View


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


def test_medians_noise_and_scale_are_the_persons_own() -> None:
    rng = np.random.default_rng(2)
    rows = np.stack([row() + rng.normal(0, 2, COLUMNS) for _ in range(200)])
    standing = stand(stood(rows), 0, 20, View.SIDE, [TRUNK, SHIN], thorough=True)
    assert standing is not None
    assert standing.rest == pytest.approx(row(), abs=0.8)
    assert standing.noise[[TRUNK, KNEE]] == pytest.approx(2, rel=0.25)
    assert standing.scale[[TRUNK, HIP_Y]] == pytest.approx([1, 1 / 118], rel=0.02)
    assert standing.calibrated(row(trunk=30))[TRUNK] == pytest.approx(30, abs=0.8)


def test_one_mad_frame_in_ten_changes_nothing() -> None:
    rows = np.stack([row()] * 20)
    rows[::10] += 50
    standing = stand(stood(rows), 0, 2, View.SIDE, [TRUNK, SHIN], thorough=True)
    assert standing is not None
    assert standing.rest == pytest.approx(row(), abs=1e-3)


def test_what_was_not_seen_is_not_standing() -> None:
    rows = np.stack([row()] * 20)
    rows[::2, SHIN] = np.nan
    assert stand(stood(rows), 0, 2, View.SIDE, [TRUNK, SHIN], thorough=True) is None
    assert stand(stood(rows), 0, 2, View.SIDE, [TRUNK], thorough=True) is not None


def test_lengths_follow_later_standings_slowly_and_angles_never() -> None:
    standing = stand(stood(np.stack([row()] * 20)), 0, 2, View.SIDE, [TRUNK, SHIN], thorough=True)
    assert standing is not None
    later = row(trunk=5, size=110)
    later[SHIN_PX] = np.nan
    fresh = standing.refreshed(later)
    assert fresh.rest[TRUNK_PX] == pytest.approx(118 * (1 + 0.1 * REFRESH), rel=1e-3)
    assert fresh.rest[SHIN_PX] == standing.rest[SHIN_PX]
    assert fresh.rest[TRUNK] == standing.rest[TRUNK]


def test_who_comes_nearer_must_stand_anew() -> None:
    near = [person(size=130)] * 90
    frames = hinges(1) + [
        Pose(8 + p.t, p.points, p.scores, p.width, p.height) for p in poses(np.arange(90) / 15, near, 1.0)
    ]
    verdicts = score(frames)
    moved = [verdict.refused for verdict in verdicts if verdict.refused]
    assert [refusal.key for refusal in moved] == ["moved"]
    assert verdicts[-1].calibration is not None
    assert verdicts[-1].calibration.trunk_px == pytest.approx(1.3 * 118, rel=0.02)


def test_who_goes_away_is_forgotten() -> None:
    frames = hinges(1)
    last = frames[-1]
    away = [Pose(last.t + k / 15, last.points, last.scores, 360, 640, present=False) for k in range(1, 60)]
    verdicts = score(frames + away)
    assert verdicts[-1].phase is Phase.NO_PERSON
    assert verdicts[-1].calibration is None
