"""Which way people are told to move before a set, and where they are shown their outline."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from before_glass import filmed, of_stature, true_marks, true_places, wall_of

from kiosk.config import CameraAt, Screen
from kiosk.drills import DRILLS
from kiosk.figure.film import Film
from kiosk.figure.lens import Lens, Spot
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_HIP, LEFT_KNEE, LEFT_SHOULDER, RIGHT_ANKLE
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Rung, View
from kiosk.session import scene
from kiosk.session.ladder import TURN_TO, cannot_see
from kiosk.session.placing import ANYWHERE, MOVES, WHOLE, Place, Placing, where_to_move
from kiosk.session.reflection import EYES, STATURE, WALL, Wall
from kiosk.session.scene import Move
from kiosk.session.show import show
from kiosk.session.states import Calibrating, GettingReady, Plan

STATURES = (1.5, 1.7, 1.95)
#: The simulated lens's yaw, degrees: the side, or the face, to the glass.
SIDE, FRONT = 0.0, 90.0


def seen(stature=1.7, distance=2.5, right=0.0, yaw=SIDE, **lens):
    """Somebody standing so many metres from the glass and to the right of the camera's picture."""
    return filmed(of_stature(stature), Lens(distance=distance, yaw=yaw, **lens), Spot(1, right))


@pytest.mark.parametrize("yaw", [SIDE, FRONT])
@pytest.mark.parametrize("stature", STATURES)
def test_where_the_mirror_asks_people_to_stand_nobody_is_sent_away(stature, yaw):
    for distance in (2.2, 2.4, 2.6):
        assert where_to_move(seen(stature, distance, yaw=yaw)) is Move.STAY


@pytest.mark.parametrize("yaw", [SIDE, FRONT])
@pytest.mark.parametrize("stature", STATURES)
def test_too_near_is_sent_back_and_too_far_is_called_closer(stature, yaw):
    assert where_to_move(seen(stature, 1.2, yaw=yaw)) is Move.BACK
    assert where_to_move(seen(stature, 5.0, yaw=yaw)) is Move.CLOSER


@pytest.mark.parametrize("yaw", [SIDE, FRONT])
def test_left_and_right_are_those_of_who_looks_into_the_mirror(yaw):
    """Who is at the right of the camera's picture is at the left of the mirror, and has to go to the right."""
    assert where_to_move(seen(right=0.6, yaw=yaw)) is Move.RIGHT
    assert where_to_move(seen(right=-0.6, yaw=yaw)) is Move.LEFT


def test_whose_feet_are_out_of_the_picture_is_sent_back_by_where_they_must_be():
    feet = (LEFT_ANKLE, RIGHT_ANKLE)
    near = seen(distance=1.2)
    assert near.scores[list(feet)].max() < 0.1
    assert where_to_move(near) is Move.BACK


def test_whose_feet_are_in_the_picture_but_in_the_dark_is_not_sent_about():
    dark = filmed(of_stature(1.7), Lens(distance=2.5), Spot(1), (LEFT_ANKLE, RIGHT_ANKLE))
    assert where_to_move(dark) is Move.STAY


def test_nobody_is_sent_nowhere():
    pose = seen()
    assert where_to_move(replace(pose, present=False)) is Move.STAY
    assert where_to_move(replace(pose, scores=np.zeros(17, np.float32))) is Move.STAY
    unknown = replace(pose, points=np.full((17, 2), np.nan, np.float32), scores=np.zeros(17, np.float32))
    assert where_to_move(unknown) is Move.STAY


@pytest.mark.parametrize(
    "drill", [drill for drill in DRILLS if not drill.key.startswith("sink")], ids=lambda drill: drill.key
)
def test_who_begins_a_drill_where_it_is_usually_filmed_does_not_have_to_move(drill):
    for seed in range(4):
        beginning = next(Film(drill.key, reps=1, fps=5, seed=seed).poses())
        assert where_to_move(beginning) is Move.STAY, seed


@pytest.mark.parametrize("yaw", [SIDE, FRONT])
@pytest.mark.parametrize("stature", STATURES)
def test_who_follows_the_arrow_arrives(stature, yaw):
    """Steps of a quarter of a metre, from wherever somebody is seen: no arrow sends them round in circles."""
    steps = {Move.LEFT: (0.25, 0), Move.RIGHT: (-0.25, 0), Move.CLOSER: (0, -0.25), Move.BACK: (0, 0.25)}
    for right in np.arange(-1.5, 1.6, 0.5):
        for distance in np.arange(1.0, 5.1, 0.5):
            x, z, move = right, distance, where_to_move(seen(stature, distance, right, yaw))
            for _ in range(20):
                if move is Move.STAY:
                    break
                x, z = x + steps[move][0], z + steps[move][1]
                move = where_to_move(seen(stature, z, x, yaw), move)
            assert move is Move.STAY, (right, distance)


def test_at_the_edge_the_arrow_does_not_flicker():
    rng, placing, told = np.random.default_rng(2), Placing(WALL), []
    edge = next(x for x in np.arange(0, 1, 0.005) if where_to_move(seen(right=x)))
    for i in range(300):
        pose = seen(right=edge)
        points = (pose.points + rng.normal(0, 2.0, (17, 2))).astype(np.float32)
        placing.step(replace(pose, t=i / 10, points=points))
        told.append(placing.place.move)
    assert sum(one is not other for one, other in pairwise(told)) <= 2


def test_a_single_bad_frame_shows_no_arrow_and_a_lasting_one_does():
    placing = Placing(WALL)
    for i in range(20):
        pose = seen(distance=1.2) if i == 10 else seen()
        placing.step(replace(pose, t=i / 10))
        assert placing.place.move is Move.STAY
    for i in range(20, 30):
        placing.step(replace(seen(distance=1.2), t=i / 10))
    assert placing.place.move is Move.BACK


def test_stature_is_learnt_and_forgotten_with_whoever_had_it():
    placing = Placing(WALL)
    assert placing.place.stature == STATURE
    for i in range(40):
        placing.step(replace(seen(1.95), t=i / 10))
    assert placing.place.stature == pytest.approx(1.95, abs=0.05)
    for i in range(40, 60):
        placing.step(replace(seen(1.95), t=i / 10, present=False))
    assert placing.place.stature == pytest.approx(1.95, abs=0.05)  # away for a moment
    for i in range(60, 80):
        placing.step(replace(seen(1.95), t=i / 10, present=False))
    assert placing.place.stature == STATURE


def test_the_outline_stands_still_while_somebody_stands_still():
    rng, placing, places = np.random.default_rng(3), Placing(WALL), set()
    for i in range(200):
        pose = seen()
        points = (pose.points + rng.normal(0, 2.0, (17, 2))).astype(np.float32)
        placing.step(replace(pose, t=i / 10, points=points))
        places.add(placing.place.outline("standing"))
    assert len(places) <= 2


@pytest.mark.parametrize("distance", [1.8, 2.5, 3.2])
@pytest.mark.parametrize("stature", STATURES)
def test_the_outline_lies_where_the_reflection_is(stature, distance):
    """Measured by the mirror, drawn, and compared with the lines of sight of the simulated body: within 3 cm."""
    lens = Lens(distance=distance)
    placing, wall = Placing(wall_of(lens)), wall_of(lens)
    for i in range(60):
        placing.step(replace(filmed(of_stature(stature), lens, Spot(1)), t=i / 10))
    outline = placing.place.outline("standing")
    marks = true_marks(true_places(of_stature(stature), lens, Spot(1)))
    heights = {LEFT_SHOULDER: 0.818, LEFT_HIP: 0.530, LEFT_KNEE: 0.285, LEFT_ANKLE: 0.039}
    for joint, height in heights.items():
        true = wall.share(*marks[joint : joint + 2].mean(axis=0))[1]
        drawn = outline.crown + (1 - height) * outline.tall
        assert abs(true - drawn) * wall.screen.height_mm < 30, joint


def test_the_outline_is_half_as_large_and_before_the_camera():
    wall = Wall(Screen(), CameraAt(right_mm=100, up_mm=-400, height_mm=1000))
    outline = replace(ANYWHERE, wall=wall, stature=1.8).outline("standing")
    assert outline.tall * 0.531 == pytest.approx(0.9, abs=0.001)
    assert outline.x == pytest.approx(0.5 + 100 / 299, abs=0.001)
    assert 1.4 + (0.5 - outline.crown) * 0.531 == pytest.approx((EYES + 1) / 2 * 1.8, abs=0.001)


def test_what_is_seen_of_a_body_ends_where_the_lit_area_does():
    low, high = replace(ANYWHERE, stature=1.9).reflected
    eyes = EYES * 1.9
    assert (low + eyes) / 2 == pytest.approx(1.45 - 0.2655)
    assert (high + eyes) / 2 == pytest.approx(1.45 + 0.2655)
    assert replace(ANYWHERE, stature=1.5).reflected[1] == pytest.approx(1.5)  # up to the crown


def test_there_is_no_outline_where_no_reflection_is():
    assert ANYWHERE.outline("lying") is None
    assert ANYWHERE.outline("plank") is None
    low = Wall(Screen(), CameraAt(up_mm=600))  # a screen at knee height shows the shins of nobody who stands
    assert replace(ANYWHERE, wall=low).outline("standing") is None
    aside = Wall(Screen(), CameraAt(right_mm=400))
    assert replace(ANYWHERE, wall=aside).outline("standing") is None


def ladder(rung: Rung, place: Place = ANYWHERE, key: str = "hinge") -> scene.GettingReady:
    """The picture of getting ready for the drill, on that rung."""
    drill = next(drill for drill in DRILLS if drill.key == key)
    ready = GettingReady(Plan(DRILLS.index(drill), 8), 0.0)
    scorer = Scorer(drill)
    verdict = replace(scorer.step(replace(seen(), t=1.0)), rung=rung, missing=("ankle",))
    picture = show(ready, verdict, 1.0, place=place)
    assert isinstance(picture, scene.GettingReady)
    return picture


@pytest.mark.parametrize("rung", [Rung.IN_FRAME, Rung.JOINTS])
def test_who_is_not_seen_whole_is_told_first_which_way_to_move(rung):
    picture = ladder(rung, replace(ANYWHERE, move=Move.BACK))
    assert (picture.text, picture.move) == (MOVES[Move.BACK], Move.BACK)
    assert picture.hint == (cannot_see(("ankle",)) if rung is Rung.JOINTS else WHOLE)


def test_who_is_turned_wrong_is_told_to_turn_for_there_may_be_no_room_to_move():
    picture = ladder(Rung.SIDE_ON, replace(ANYWHERE, move=Move.LEFT))
    assert (picture.text, picture.hint) == (TURN_TO[View.SIDE][0], MOVES[Move.LEFT])
    assert picture.move is Move.LEFT


def test_who_is_seen_as_the_drill_needs_is_left_where_they_are():
    picture = ladder(Rung.STILL, replace(ANYWHERE, move=Move.CLOSER))
    assert picture.move is Move.STAY
    assert picture == ladder(Rung.STILL)


def test_who_leans_over_a_basin_cannot_step_back_and_is_not_told_to():
    assert ladder(Rung.JOINTS, replace(ANYWHERE, move=Move.BACK), "sink").move is Move.STAY


def test_the_outline_is_shown_on_every_rung_of_a_drill_that_is_begun_standing():
    tall = replace(ANYWHERE, stature=1.9)
    for rung in (Rung.IN_FRAME, Rung.SIDE_ON, Rung.JOINTS, Rung.STILL):
        assert ladder(rung, tall).outline == tall.outline("standing")
        assert ladder(rung, tall, "plank").outline is None


def test_who_keeps_still_has_the_ring_round_their_own_reflection():
    calibrating = Calibrating(Plan(0, 8), 0.0)
    assert show(calibrating, None, 1.0).outline == ANYWHERE.outline(DRILLS[0].start)
