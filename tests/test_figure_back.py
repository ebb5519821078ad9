"""The line of the simulated person's back, what lies on it, and what befalls a film of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from kiosk.figure.back import BETWEEN, drape, heights, refine
from kiosk.figure.body import assume
from kiosk.figure.bones import lengths
from kiosk.figure.clothes import BACKS, FITTED, LOOSE, Look, Wall, dress
from kiosk.figure.events import Brightness, Events, Flicker, Knock
from kiosk.figure.film import Film
from kiosk.figure.lens import SIDE, Lens, Spot, project, turn
from kiosk.figure.paint import Appearance, Painter, Sitter, cover
from kiosk.figure.posture import Posture
from kiosk.figure.rings import TRUNK
from kiosk.figure.room import paint_room
from kiosk.figure.skin import frames
from kiosk.scoring.pose import LEFT_HIP, LEFT_SHOULDER, NOSE

#: A camera that sees more than there is on a mirror: 1.3 mm a pixel.
SHARP = Lens(width=1440, height_px=2560)
BENT = Posture(trunk=55, knee=25, arm=3)


def back_line(posture: Posture, look: Look, seed: int = 0) -> np.ndarray:
    """How far the back stands off the line hips to shoulders at 40 places from the lower to the upper, metres."""
    body = lengths(seed)
    skeleton = assume(body, posture)
    mask = cover(Appearance(Sitter(body, dress(seed, look)), skeleton, Spot(1)), SHARP)
    joints = project(turn(skeleton.points[[LEFT_HIP, LEFT_SHOULDER]] * (1, 0, 1), SHARP, Spot(1)), SHARP)[0]
    up = joints[1] - joints[0]
    off = np.array((up[1], -up[0])) / np.linalg.norm(up)
    ways = np.arange(260)
    along = joints[0] + np.linspace(-0.15, 0.95, 40)[:, None] * up
    x, y = np.round(along[:, None] + ways[:, None] * off).astype(int).transpose(2, 0, 1)
    inside = mask[y, x] > 0.5
    return np.where(inside.all(axis=1), 260, inside.argmin(axis=1)) * SHARP.distance / SHARP.focus


def hollow(line: np.ndarray) -> float:
    """How deep the back is hollow between seat and blades, metres."""
    seat, blades = int(line[:12].argmax()), 20 + int(line[20:36].argmax())
    taut = np.interp(np.arange(seat, blades), (seat, blades), (line[seat], line[blades]))
    return float((taut - line[seat:blades]).max())


@pytest.mark.parametrize("seed", [0, 3])
def test_a_standing_back_is_hollow_over_the_seat_and_flattens_the_more_it_bends(seed):
    standing = hollow(back_line(Posture(), BACKS["fitted"], seed))
    assert 0.02 < standing < 0.06
    hollows = [hollow(back_line(replace(BENT, lumbar=lumbar), BACKS["fitted"], seed)) for lumbar in (0, 15, 30, 45, 60)]
    assert all(np.diff(hollows[:3]) < -0.003)
    assert hollows[-1] < 0.004


def test_a_loose_shirt_bridges_the_hollow_by_two_centimetres_at_most_and_lies_down_on_a_bent_back():
    fits, loose = (back_line(Posture(), BACKS[worn])[14:24] for worn in ("fitted", "loose"))
    assert 0.008 < (loose - fits).max() < 0.024
    bent = [back_line(replace(BENT, trunk=75), BACKS[worn])[14:24] for worn in ("fitted", "loose")]
    assert (bent[1] - bent[0]).max() < (loose - fits).max()


def test_cloth_never_sinks_into_the_flesh_nor_stands_off_more_than_its_slack():
    line = np.array([(-0.1, 0.0), (-0.07, 0.1), (-0.06, 0.2), (-0.08, 0.3), (-0.11, 0.4)])
    stands, hangs = drape(line, line, FITTED)
    assert (np.linalg.norm(stands, axis=1) <= FITTED.slack).all()
    assert (stands[[0, -1]] == 0).all()
    assert (stands[1:-1, 0] < 0).all()
    assert not hangs.any()
    lying = line[:, ::-1] * (1, -1)
    assert np.linalg.norm(drape(lying, lying, LOOSE)[0][2]) < 0.6 * np.linalg.norm(drape(line, line, LOOSE)[0][2])
    assert drape(lying, lying, LOOSE)[1][2, 1] < -0.02


def test_finer_rings_go_through_those_of_the_table_and_keep_what_is_straight():
    at = heights(TRUNK)
    weights = refine(at)
    assert len(weights) == (len(at) - 1) * BETWEEN + 1
    assert np.allclose(weights[::BETWEEN], np.eye(len(at)))
    between = np.linspace(0, 1, BETWEEN, endpoint=False)
    evenly = np.append((at[:-1, None] + between * np.diff(at)[:, None]).ravel(), at[-1])
    assert np.allclose(weights @ (2 * at - 1), 2 * evenly - 1)


def test_hem_seat_and_blades_move_with_hips_and_arms():
    standing, bent = (frames(assume(lengths(0), posture)) for posture in (Posture(), Posture(trunk=70, arm=60)))

    def against(name, other, body):
        away = body[name].place - body[other].place
        return away @ body[other].front, away @ body[other].axis

    assert np.abs([against(name, "hips", standing) for name in ("seat", "hem")]).max() < 0.003
    assert against("seat", "hips", bent)[0] > 0.005
    assert against("hem", "hips", bent)[1] > 0.03
    assert against("blade", "chest", bent)[0] > 0.005


def test_walls_are_plain_textured_cluttered_or_like_the_shirt():
    pictures = {}
    for wall in Wall:
        clothes = dress(2, replace(BACKS["fitted"], wall=wall))
        pictures[wall] = Painter(SIDE, clothes, 2).paint()[100:380, 40:320].astype(int)
    spread = {wall: picture.std(axis=(0, 1)).mean() for wall, picture in pictures.items()}
    assert 1.7 * spread[Wall.PLAIN] < min(spread[Wall.TEXTURED], spread[Wall.CLUTTERED])
    shirt = np.array(dress(2, BACKS["fitted"]).cloths["shirt"])
    assert np.abs(pictures[Wall.LIKE_SHIRT].mean(axis=(0, 1)) - shirt).max() < 25
    assert np.abs(pictures[Wall.PLAIN].mean(axis=(0, 1)) - shirt).max() > 40


def test_a_film_may_begin_with_an_empty_room_into_which_the_person_walks():
    plain = Film("hinge", reps=1, fps=4, seed=1)
    film = Film("hinge", reps=1, fps=4, seed=1, events=Events(empty=3, walks_in=True))
    frames = list(islice(film, 28))
    assert [one.truth is None for one in frames] == [True] * 12 + [False] * 16
    assert not any(one.pose.present for one in frames[:12])
    shaded = np.abs(frames[20].frame.image.astype(int) - frames[0].frame.image)[560:, :60].sum(axis=2)
    assert np.median(shaded) < 10
    places = np.array([one.pose.points[NOSE, 0] for one in frames[13:]])
    assert (np.diff(places)[:4] * film.facing > 5).all()
    at_rest = next(iter(plain.poses())).points
    assert np.abs(frames[-1].pose.points - at_rest).max() < 6
    assert film.truth.reps[0].start == pytest.approx(plain.truth.reps[0].start + film.begins)
    assert len(film.truth.frames) == len(film)
    assert film.truth.frames[0] is None


def test_light_changes_at_once_or_slowly_and_a_screen_flickers():
    events = Events(light=(Brightness(2, 0.5), Brightness(4, 1.5, 2.0, (1, 1, 0.5))))
    assert [events.gain(t)[0] for t in (0, 1.9, 2, 3.9, 5, 6, 9)] == pytest.approx([1, 1, 0.5, 0.5, 1.0, 1.5, 1.5])
    assert events.gain(9)[2] == pytest.approx(0.75)
    flicker = [Events(flicker=Flicker(0.05, 2.0)).gain(t)[0] for t in np.arange(0, 20, 0.125)]
    assert 0.95 <= min(flicker) < 0.97 < 1.03 < max(flicker) <= 1.05
    assert flicker[0] == flicker[3] != flicker[4]
    film = Film("hinge", reps=1, fps=2, events=Events(light=(Brightness(1, 0.6),)))
    bright, dark = (one.frame.image.astype(float) for one in islice(film, 1, 3))
    assert dark.mean() == pytest.approx(0.6 * bright.mean(), rel=0.02)


def test_a_knock_moves_the_picture_and_what_is_true_of_it():
    still, knocked = (
        next(islice(Film("hinge", reps=1, fps=2, seed=2, events=events), 2, None))
        for events in (Events(), Events(knocks=(Knock(1, 7, -4),)))
    )
    assert np.allclose(knocked.pose.points - still.pose.points, (7, -4))
    off = knocked.frame.image[:-4, 7:].astype(int) - still.frame.image[4:, :-7]
    assert np.abs(off).mean() < 2


def test_somebody_may_pass_when_told_to():
    film = Film("hinge", reps=1, fps=2, events=Events(passing=(2.0,)))
    alone = Film("hinge", reps=1, fps=2)
    changed = [
        (np.abs(one.frame.image.astype(int) - other.frame.image).sum(axis=2) > 60).sum() > 300
        for one, other in zip(film, alone, strict=True)
    ]
    assert not any(changed[:5])
    assert 2 <= sum(changed) < 10


@pytest.mark.parametrize("worn", BACKS)
def test_the_outline_is_where_the_person_is_painted(worn):
    look = BACKS[worn]
    film = Film("hinge", reps=1, fps=2, seed=1, look=look)
    filmed = next(iter(film))
    room = np.asarray(paint_room(film.lens, dress(1, look), 1)).astype(int)
    outline = film.outline(0.0)
    assert outline.shape == filmed.frame.image.shape[:2]
    differs = np.abs(filmed.frame.image.astype(int) - room).sum(axis=2) > 40
    assert (outline[differs] > 0).mean() > 0.99
    assert differs[outline == 1].mean() > 0.88
    assert film.outline(0.0, 2).mean() == pytest.approx(outline.mean(), rel=0.02)
    assert film.truth.frames[0].thoracic == 0
