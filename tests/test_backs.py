"""Films of spines that bend by known angles, and how well that is told."""

from __future__ import annotations

import math
from itertools import islice

import numpy as np
import pytest

from kiosk.accuracy.backline import READINGS, Backs, Bent, Cats, Judged, cats, count_cats, look_at, rate, rate_cats
from kiosk.accuracy.backs_page import backs
from kiosk.accuracy.bends import (
    EMPTY,
    EVENTS,
    GOOD,
    LUMBAR,
    RECORDED,
    USUAL,
    BackSet,
    Bends,
    back_sets,
    captured,
    clothes_and_walls,
    troubled,
)
from kiosk.accuracy.card import Backs as BackCard
from kiosk.accuracy.mocap import RATE
from kiosk.accuracy.spines import STANDS, read_spines
from kiosk.devices.model_file import find_model
from kiosk.figure.beats import STANDING
from kiosk.figure.clothes import BACKS, Wall
from kiosk.scoring.dorsal.contour import STANDS as STATIONS
from kiosk.scoring.dorsal.contour import Contour, measure
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.verdict import Light


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


def test_every_film_has_its_row_and_the_plain_ones_have_one(tmp_path):
    a_recording(tmp_path)
    sets = back_sets(list(read_spines(tmp_path)))
    rows = {what for what, _ in sets}
    assert rows >= {USUAL, RECORDED, "long hair, plain wall", "fitted, cluttered wall", *list(EVENTS)[1:]}
    assert {each.clothes for what, each in sets if what == USUAL} == {"fitted", "tucked"}
    assert sum(what == RECORDED for what, _ in sets) == 1


def judged(flexions, told, unknown, known):
    """A film whose repetitions flexed and were told so, five looks each, and lit so."""
    looks = [
        Bent(n, true, said) for n, (true, said) in enumerate(zip(flexions, told, strict=True), 1) for _ in range(5)
    ]
    lit = [Judged(*each) for each in zip(flexions, unknown, known, strict=True)]
    return Backs("all", dict.fromkeys(READINGS, looks), lit)


def test_a_row_says_what_was_lit_wrongly_and_what_was_not_seen():
    green, amber, red, unseen = Light.GREEN, Light.AMBER, Light.RED, Light.UNSEEN
    film = judged(
        (5, 10, 40, 60, 50, 15),
        (8, 36, 18, 55, math.nan, 12),
        (green, amber, green, amber, unseen, green),
        (green, red, amber, red, unseen, green),
    )
    (row,) = rate([film])
    assert (row.films, row.reps, row.looks, row.rounded, row.long) == (1, 6, 30, 3, 3)
    assert (row.green, row.amber, row.red, row.unseen) == ([1, 0], [1, 0], [0, 1], 1)
    assert row.auc == pytest.approx(5 / 6)
    assert row.error == pytest.approx(row.rep_error)
    assert row.bias == pytest.approx((3 + 26 - 22 - 5 - 3) / 5)


def test_a_repetition_of_too_few_looks_is_told_by_none():
    few = Backs("all", {next(iter(READINGS)): [Bent(1, 60, 60), Bent(2, 5, 5)]}, [])
    (row,) = rate([few])
    assert math.isnan(row.auc)
    assert math.isnan(row.rep_error)
    assert row.error == 0


@pytest.mark.parametrize("reading", READINGS)
def test_every_reading_tells_more_of_a_rounder_outline(reading):
    def outline(bulge):
        heights = (0.25 + bulge * (0.25 - (STATIONS - 0.35) ** 2)).astype(np.float32)
        chord = np.array(((50, 100), (80, 40)), np.float32)
        return Contour(0.0, Why.SEEN, heights, chord, 1, measure(heights))

    told = [READINGS[reading](outline(bulge)) for bulge in (-0.2, 0.0, 0.2, 0.4)]
    assert told == sorted(told)
    assert told[-1] - told[0] > 20


def test_cats_are_rated_by_what_was_counted_and_by_what():
    row = rate_cats([Cats(3, True, (40.0, 44.0), (-20.0,)), Cats(3, False, (), ()), Cats(2, True, (42.0,), (-30.0,))])
    assert (row.sets, row.exact, row.by_back) == (3, 2, 2)
    assert (row.flexed, row.extended) == (42, -25)


def test_the_page_tells_simulated_pixels_from_real_ones():
    film = judged((60.0, 5.0), (60.0, 5.0), (Light.AMBER, Light.GREEN), (Light.RED, Light.GREEN))
    card = BackCard(rows=tuple(rate([film])), read=(), cats=rate_cats([Cats(3, True, (40.0,), (-20.0,))]))
    text = "\n".join(backs(card))
    assert "simulated pixels" in text
    assert "| all | 1 | 2 |" in text
    assert "1 of 1 simulated sets" in text
    assert backs(BackCard(rows=(), read=(), cats=None)) == []


def test_a_film_is_looked_at_read_and_lit():
    seen = look_at(BackSet("fitted", Wall.PLAIN, "calm", 41), "one", find_model())
    assert list(seen.looks) == list(READINGS)
    assert [rep.known for rep in seen.judged if rep.true > 60] == [Light.RED]
    assert all(rep.known is Light.GREEN for rep in seen.judged if rep.true < 20)
    assert all(rep.unknown in (Light.AMBER, Light.UNSEEN) for rep in seen.judged if rep.true > 40)


def test_a_set_of_cat_and_cow_is_counted_by_the_back():
    told = count_cats(cats((46,))[0], find_model())
    assert (told.counted, told.back) == (3, True)
