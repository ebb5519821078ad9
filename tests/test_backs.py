"""Films of spines that bend by known angles, and how well that is told."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import pytest

from kiosk.accuracy.backs import NO_NEUTRAL, Bent, against_standing, area, lean, rate, repetitions
from kiosk.accuracy.bends import EMPTY, EVENTS, GOOD, LUMBAR, BackSet, Bends, captured, clothes_and_walls, troubled
from kiosk.accuracy.mocap import RATE
from kiosk.accuracy.spines import STANDS, read_spines
from kiosk.figure.beats import STANDING
from kiosk.figure.clothes import BACKS, Wall
from kiosk.frame import Frame
from kiosk.scoring.dorsal.contour import Contour, Shape
from kiosk.scoring.dorsal.why import Why


def test_bends_flex_the_spine_by_every_angle_from_the_persons_own_standing():
    bends = Bends(3)
    stands, _ = bends.at(0)
    bottoms = [bends.at(rep.bottom + 0.1)[0] for rep in bends.reps]
    flexed = [bottom.lumbar - stands.lumbar for bottom in bottoms]
    assert flexed[0] == pytest.approx(GOOD)
    assert sorted(flexed[1:]) == pytest.approx(LUMBAR, abs=3)
    assert flexed != [bend.lumbar for bend in (Bends(4).at(rep.bottom)[0] for rep in Bends(4).reps)]
    assert all(40 <= bottom.trunk <= 70 for bottom in bottoms)
    assert bends.at(bends.seconds - 0.1)[0] == stands
    steps = np.diff([bends.at(t)[0].trunk for t in np.arange(0, bends.seconds, 0.02)])
    assert np.abs(steps).max() < 3


def test_sets_are_all_clothes_before_all_walls_and_all_that_may_befall_one():
    sets = clothes_and_walls((1,)) + troubled((1,))
    assert {(each.clothes, each.wall) for each in sets} == {(clothes, wall) for clothes in BACKS for wall in Wall}
    assert {each.befalls for each in sets} == set(EVENTS)
    assert len({each.name for each in sets}) == len(sets)
    film = BackSet("tucked", Wall.TEXTURED, "knocked", 1).film
    assert film.truth.frames[0] is None
    assert film.begins > EMPTY
    assert film.truth.events.knocks
    reps = film.truth.reps
    assert all(reps[0].end < knock.at < reps[-1].start for knock in film.events.knocks)


def a_recording(folder, name="one", label="stoop", deepest=70.0, lumbar=50.0):
    """A recording of 2 s that bends and stays."""
    n = 60
    way = np.clip(np.linspace(-0.2, 1.2, n), 0, 1)
    joints = np.zeros((n, 17, 3))
    joints[:, [5, 6], 2], joints[:, [7, 8], 2], joints[:, [9, 10], 2] = 1.4, 1.1, 0.85
    bent = {"lumbar_flexion": lumbar * way, "thorax_flexion": 0.2 * lumbar * way, "neck_pitch": 0 * way + 9}
    bent |= {f"knee_flexion_{side}": 20 + 10 * way for side in ("left", "right")}
    np.savez(
        folder / f"{name}.npz",
        trunk_pitch_keypoints=4 + deepest * way,
        joints3d=joints,
        facing=np.tile((1.0, 0.0), (n, 1)),
        standing=way == 0,
        label=label,
        **bent,
    )


def test_recorded_spines_are_performed_as_they_were(tmp_path):
    a_recording(tmp_path)
    a_recording(tmp_path, "lies", label="not_a_drill")
    a_recording(tmp_path, "upright", deepest=20)
    (spine,) = read_spines(tmp_path)
    assert spine.name == "one"
    assert spine.at(1.0)[0] == STANDING
    deepest, _ = spine.at(spine.reps[0].end - 1 / RATE)
    assert (deepest.trunk, deepest.lumbar, deepest.thoracic) == pytest.approx((71, 40, 10))
    assert (deepest.knee, deepest.arm, deepest.elbow, deepest.neck) == pytest.approx((14, 0, 0, 0))
    assert spine.at(spine.seconds)[0] == STANDING
    assert spine.reps[0].start > STANDS
    film = captured([spine])[0].film
    first = next(islice(film.truth.frames, math.ceil(film.begins * film.fps), None))
    assert first.lumbar == 0
    assert max(frame.lumbar for frame in film.truth.frames if frame) == pytest.approx(40, abs=0.5)


def test_the_recordings_bend_farther_than_any_bow(shared):
    spines = {spine.name: spine for spine in read_spines(shared / "data" / "mocap")}
    deepest = {name: spine.at(spine.reps[0].bottom)[0] for name, spine in spines.items()}
    assert len(deepest) > 20
    assert max(posture.lumbar for name, posture in deepest.items() if "bow" in name) < 25
    assert min(posture.lumbar for name, posture in deepest.items() if "deposit" in name) > 40


def bents(flexions, told):
    """A set whose repetitions flexed and were told so, five looks each."""
    return [
        Bent(rep + 0.2 * look, rep, 50.0, true, 0.0, said, "" if said == said else "light changed")
        for rep, (true, said) in enumerate(zip(flexions, told, strict=True), 1)
        for look in range(5)
    ]


def test_a_row_says_what_was_told_wrongly_and_what_was_not_seen():
    row = rate("all", [bents((5, 10, 40, 60, 50, 15), (8, 36, 18, 55, math.nan, 12))])
    assert (row.reps, row.looks) == (6, 30)
    assert row.wrong_green == pytest.approx(1 / 3)
    assert row.wrong_red == pytest.approx(1 / 3)
    assert row.unseen == pytest.approx(1 / 6)
    assert row.auc == pytest.approx(5 / 6)
    assert row.rmse == pytest.approx(row.rep_rmse)
    assert row.bias == pytest.approx((3 + 26 - 22 - 5 - 3) / 5)
    assert math.isnan(rate("none", []).auc)


def test_a_repetition_of_too_few_looks_is_unseen():
    (one,) = repetitions(bents((30,), (30,))[:3])
    assert one[0] == 30
    assert math.isnan(one[1])
    assert area(np.array([3.0]), np.array([3.0, 1.0])) == 0.75


@dataclass
class Eyes:
    """Contours made up: leaning, flexed so far, in this order."""

    shown: list
    n: int = field(default=0)

    def __call__(self, image, pose):
        lean, flexed = self.shown[self.n]
        self.n += 1
        if lean is None:
            return None
        chord = np.array(((50, 100), (50 + 40 * math.sin(math.radians(lean)), 100 - 40 * math.cos(math.radians(lean)))))
        why = Why.SEEN if flexed == flexed else Why.ARMS
        return Contour(self.n / 5, why, np.zeros(48, np.float32), chord.astype(np.float32), 1, Shape(lumbar=flexed))


def test_what_is_told_is_against_the_standing_before_the_first_bend():
    shown = [(2, 90), *[(2, 3.0)] * 10, (None, 0), (50, 30.0), (55, math.nan), (3, 8.0)]
    shown[1:1] = [(2, 50.0)] * 9
    told = against_standing(Eyes(shown))((Frame(0, None), None) for _ in shown)
    assert told[-4] is None
    assert told[-3] == pytest.approx((27.0, ""))
    assert told[-2][1] == "arms"
    assert told[-1][0] == pytest.approx(5.0)
    never = against_standing(Eyes([(50, 30.0)]))([(Frame(0, None), None)])
    assert never[0][1] == NO_NEUTRAL
    assert lean(Eyes([(33, 0.0)])(None, None)) == pytest.approx(33, abs=1e-3)
