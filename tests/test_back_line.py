"""The back line: one's own back beside a stick, before a set and in its replay, and what to do where it is not seen."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from replayed import LONG, ROUNDED, STANDING, outlined, poses, replayed

from kiosk.accuracy.backline import lean
from kiosk.accuracy.bends import clothes_and_walls
from kiosk.drills import DRILLS, find_drill
from kiosk.figure.film import Film
from kiosk.scoring.dorsal.back import Back
from kiosk.scoring.dorsal.contour import STANDS, Contour, measure
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.pose import LEFT_EAR, Pose
from kiosk.scoring.scorer import Scorer
from kiosk.scoring.verdict import Light, Rung
from kiosk.session import scene
from kiosk.session.back_line import HEAD_OFF, LOOKS, SEAT_OFF, UNSEEN, USE_THE_STICK, Looks, back_line, has_line, look
from kiosk.session.ladder import LEARNS
from kiosk.session.placing import ANYWHERE, BACK_LASTS, Placing
from kiosk.session.reflection import EYES, HEIGHTS, WALL, on_glass
from kiosk.session.replay import ANGLES, BACK, Replays
from kiosk.session.scene import BackLine
from kiosk.session.show import show
from kiosk.session.states import Calibrating, GettingReady, Plan, Working
from kiosk.session.summing import unseen

HINGE, SQUAT, CAT_COW = (find_drill(key) for key in ("hinge", "squat", "cat_cow"))
STILL = next(iter(Film("hinge", reps=1, seed=0).poses()))


def seen(heights=STANDING, pose: Pose = STILL, **changes: object) -> BackLine:
    """The back of those ``heights`` at every sixth ray, beside its stick."""
    whole = np.interp(STANDS, STANDS[::6], heights).astype(np.float32)
    contour = replace(outlined(pose), heights=whole, shape=measure(whole), **changes)
    found = look(replace(pose, back=contour))
    assert found
    return back_line(found)


def states(back: BackLine) -> tuple[Light, ...]:
    assert [touch.name for touch in back.touches] == ["head", "upper back", "tailbone"]
    return tuple(touch.state for touch in back.touches)


def test_there_are_words_for_every_reason_why_a_back_is_unseen():
    assert set(UNSEEN) == set(Why) - {Why.SEEN}
    assert len(set(UNSEEN.values())) == len(UNSEEN)
    assert all(text.startswith("Back: ") for text in UNSEEN.values())


def test_a_long_back_has_a_hollow_and_touches_at_three_points():
    for heights in (STANDING, LONG):
        back = seen(heights)
        assert states(back) == (Light.GREEN,) * 3
        assert all(touch.x == 0.0 and touch.word == "touches" for touch in back.touches)
        behind = [back.profile.dorsal * x for x, _ in back.profile.outline]
        assert max(behind) < 0.02
        assert min(behind) < -0.02


def test_a_rounded_back_lifts_the_tailbone_off_the_stick():
    back = seen(ROUNDED)
    _, upper, tail = back.touches
    assert (upper.state, tail.state, tail.word) == (Light.GREEN, Light.OFF, "lets go")
    assert back.profile.dorsal * tail.x < -SEAT_OFF
    behind = np.array([back.profile.dorsal * x for x, _ in back.profile.outline])
    assert behind.max() == pytest.approx(0.0, abs=0.015), "the stick goes through nobody"


@given(st.floats(0.1, 0.4), st.floats(-60, 60), st.floats(-0.1, 0.1))
def test_the_stick_lies_on_the_back_however_it_is_bent_and_goes_through_nobody(height, turn, slope):
    heights = height + slope * STANDS - math.radians(turn) / 2 * (STANDS - 0.5) ** 2
    back = seen(heights[::6])
    profile, (_, upper, tail) = back.profile, back.touches
    behind = np.array([profile.dorsal * x for x, y in profile.outline if upper.y < y < tail.y])
    assert behind.max(initial=0.0) <= 0.02
    assert upper.y < tail.y == 0.0
    assert profile.stick[0] < upper.y
    assert profile.stick[1] > 0


def test_it_is_seen_as_in_a_mirror():
    """Who faces the right of the camera's picture faces left in the mirror: the stick is at the right of the back."""
    right, left = seen(facing=1), seen(facing=-1, chord=outlined(STILL).chord * (-1, 1) + (180, 0))
    assert outlined(STILL).facing == 1
    assert (right.profile.dorsal, left.profile.dorsal) == (1, -1)
    mirrored = np.array(left.profile.outline) * (-1, 1)
    assert np.array(right.profile.outline) == pytest.approx(mirrored, abs=0.006)


def test_it_is_the_same_from_near_and_far():
    near, far = (replace(STILL, points=(STILL.points * scale).astype(np.float32), back=None) for scale in (1.5, 0.75))
    one, other = (np.array(seen(pose=pose).profile.outline) for pose in (near, far))
    assert one == pytest.approx(other, abs=0.006)


def test_a_head_before_the_stick_lets_go_and_an_unseen_one_is_not_guessed():
    trunk = float(np.linalg.norm(np.diff(outlined(STILL).chord, axis=0)))
    forward = STILL.points.copy()
    forward[LEFT_EAR : LEFT_EAR + 2, 0] += 0.2 * trunk
    head = seen(pose=replace(STILL, points=forward)).touches[0]
    assert (head.state, head.word) == (Light.OFF, "lets go")
    assert head.x < -HEAD_OFF
    unknown = seen(pose=replace(STILL, scores=STILL.scores * 0.2)).touches[0]
    assert (unknown.state, unknown.word) == (Light.UNSEEN, "not seen")


def test_a_back_that_was_not_seen_is_no_look():
    contour = replace(outlined(STILL), why=Why.ARMS)
    assert look(STILL) is None
    assert look(replace(STILL, back=contour)) is None


def test_rays_that_are_missing_change_little():
    contour = outlined(STILL)
    holes = contour.heights.copy()
    holes[[3, 4, 20, 21, 22, 40]] = np.nan
    whole, torn = (seen_of(replace(contour, heights=heights)) for heights in (contour.heights, holes))
    assert np.array(whole.profile.outline) == pytest.approx(np.array(torn.profile.outline), abs=0.03)
    assert states(whole) == states(torn)


def seen_of(contour: Contour) -> BackLine:
    found = look(replace(STILL, back=contour))
    assert found
    return back_line(found)


def test_of_a_film_the_tailbone_lets_go_of_round_backs_and_of_no_long_one():
    """Degrees of lumbar flexion beyond standing, of a trunk that leans 30 and more; between, nobody can tell."""
    film, back = clothes_and_walls((1,))[0].film, Back()
    stands, lets_go = None, {"long": [], "round": []}
    for filmed in film:
        contour, truth = back.look(filmed.frame.image, filmed.pose), filmed.truth
        if truth and stands is None and truth.t >= film.begins:
            stands = truth.lumbar
        if truth and stands is not None and contour and not contour.why and lean(contour) > 30:
            flexed = truth.lumbar - stands
            kind = "long" if flexed < 20 else "round" if flexed > 45 else "between"
            lets_go.setdefault(kind, []).append(seen_of(contour).touches[2].state is Light.OFF)
    assert min(map(len, lets_go.values())) > 10
    assert not any(lets_go["long"])
    assert all(lets_go["round"])


# --- before a set -----------------------------------------------------------------------------------------------------


def test_it_has_a_place_of_its_own_for_the_reflection_of_the_seat_is_not_on_the_glass():
    """The words below the stage begin at 1110 of 1920 pixels."""

    def down(stature: float) -> float:
        eye = (0.0, EYES * stature, 1.0)
        hip = min(share for joint, (share, _) in HEIGHTS.items() if share > 0.5)
        return WALL.share(*on_glass(eye, (0.0, hip * stature, 1.0)))[1]

    assert down(1.70) * 0.531 == pytest.approx(0.47, abs=0.005)
    assert down(1.70) > 1110 / 1920
    assert down(1.60) > 1


def stood(**changes: object) -> Pose:
    return replace(STILL, back=outlined(STILL), **changes)


def test_it_is_kept_from_look_to_look_and_forgotten_when_it_is_no_longer_seen():
    placing = Placing(WALL)
    placing.step(stood(t=0.0))
    shown = placing.place.back
    assert shown
    for t in (0.1, BACK_LASTS):
        placing.step(replace(STILL, t=t))
        assert placing.place.back == shown
    placing.step(replace(STILL, t=BACK_LASTS + 0.05))
    assert placing.place.back is None
    placing.step(stood(t=1.0))
    placing.step(replace(STILL, t=1.1, present=False))
    assert placing.place.back is None


def test_standing_still_it_is_the_same_scene():
    placing = Placing(WALL)
    shown = set()
    for i in range(10):
        placing.step(stood(t=i * 0.2))
        shown.add(placing.place)
    assert len(shown) == 1


def ladder(rung: Rung, key: str = "hinge", back: Why | None = Why.SEEN) -> scene.GettingReady:
    drill = find_drill(key)
    verdict = replace(Scorer(drill).step(replace(STILL, t=1.0)), rung=rung, back=back)
    ready = GettingReady(Plan(DRILLS.index(drill), 8), 0.0)
    picture = show(ready, verdict, 1.0, place=replace(ANYWHERE, back=seen()))
    assert isinstance(picture, scene.GettingReady)
    return picture


def test_it_is_shown_to_whoever_stands_as_the_drill_begins_and_only_where_backs_are_judged():
    assert ladder(Rung.STILL).back == ladder(Rung.READY).back == seen()
    for rung in (Rung.IN_FRAME, Rung.SIDE_ON, Rung.JOINTS):
        assert ladder(rung).back is None
    for drill in DRILLS:
        assert (ladder(Rung.STILL, drill.key).back is not None) == has_line(drill)
    assert {drill.key for drill in DRILLS if has_line(drill)} >= {"hinge", "romanian_deadlift", "pick_up"}


@pytest.mark.parametrize("why", UNSEEN)
def test_why_it_is_unseen_is_a_hint_and_blocks_nothing(why):
    for key, hint in (("hinge", UNSEEN[why]), ("cat_cow", UNSEEN[why]), ("squat", LEARNS)):
        picture = ladder(Rung.STILL, key, why)
        assert (picture.hint, picture.rung, picture.text) == (hint, Rung.STILL, ladder(Rung.STILL, key).text)
        assert ladder(Rung.SIDE_ON, key, why) == ladder(Rung.SIDE_ON, key)
    assert ladder(Rung.STILL, back=None).hint == ladder(Rung.STILL).hint == LEARNS


def test_who_keeps_still_sees_it_in_the_ring_or_reads_what_to_do():
    calibrating = Calibrating(Plan(DRILLS.index(HINGE), 8), 0.0)
    verdict = replace(Scorer(HINGE).step(replace(STILL, t=1.0)), back=Why.HAIR)
    with_line = show(calibrating, verdict, 1.0, place=replace(ANYWHERE, back=seen()))
    without = show(calibrating, verdict, 1.0)
    assert (with_line.back, with_line.back_unseen) == (seen(), "")
    assert (without.back, without.back_unseen) == (None, UNSEEN[Why.HAIR])
    assert without.hint == with_line.hint


# --- in a set ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("why", [None, *Why])
def test_in_a_set_the_line_of_what_is_not_seen_says_what_to_do(why):
    for drill, said in ((HINGE, UNSEEN.get(why)), (SQUAT, None)):
        working = Working(Plan(DRILLS.index(drill), 8), 0.0, 0.0)
        verdict = replace(Scorer(drill).step(replace(STILL, t=1.0)), back=why)
        picture = show(working, verdict, 1.0)
        assert picture.unseen == (said or unseen(drill))
    assert show(Working(Plan(DRILLS.index(HINGE), 8), 0.0, 0.0), None, 1.0).unseen == unseen(HINGE)


# --- in the replay ----------------------------------------------------------------------------------------------------


def test_best_and_worst_show_their_backs_at_their_deepest():
    best, worst = replayed("hinge", {}, {"F1a": 1.0}, backs=True).shown()
    assert best.back
    assert worst.back
    assert states(best.back) == (Light.GREEN,) * 3
    assert states(worst.back)[1:] == (Light.GREEN, Light.OFF)
    assert best.back_unseen == worst.back_unseen == ""


def test_a_fault_of_the_back_is_shown_by_its_line_and_told_as_an_estimate():
    best, worst = replayed("hinge", {}, {"F1a": 1.0}, backs=True).shown()
    assert (worst.fault, worst.light, worst.angle) == ("Lower back rounds", "back", "back")
    assert best.angle == "back"
    degrees = [int(replay.value.removeprefix("estimate: ").split()[0]) for replay in (best, worst)]
    assert degrees[0] < 20
    assert degrees[1] > 40
    assert {fault.measure for fault in HINGE.faults if fault.light == "back"} <= set(ANGLES)
    assert all(ANGLES[name][0] == BACK for name in ("rounding", "arching", "hunching", "chest"))


def test_of_a_back_that_was_not_seen_none_is_drawn_and_that_is_said():
    for replay in replayed("hinge", {}, {"F10": 1.0}).shown():
        assert (replay.back, replay.back_unseen) == (None, USE_THE_STICK)
    for replay in replayed("squat", {}, {"F2a": 1.0}, backs=True).shown():
        assert (replay.back, replay.back_unseen) == (None, "")


def test_memory_of_outlines_is_bounded_and_a_drill_without_them_has_none():
    looks = Looks()
    for i in range(5 * LOOKS):
        looks.step(stood(t=i * 0.01))
    assert len(looks._looks) == LOOKS
    assert sum(each.contour.heights.nbytes + each.contour.chord.nbytes for each in looks._looks) < 30_000
    assert Replays(SQUAT)._looks is None


def test_the_deepest_look_is_not_the_odd_one_out():
    """One outline that an arm or a passer-by has spoilt does not make a back round."""
    kept, scorer, n, turn = Replays(HINGE), Scorer(HINGE), 0, 0
    for pose in poses("hinge", {}, backs=True):
        if pose.back:
            turn += 1
            if turn % 5 == 0:
                pose = replace(pose, back=outlined(pose, ROUNDED))
        verdict = scorer.step(pose)
        n += bool(verdict.rep)
        kept.step(pose, verdict, n)
    (best,) = kept.shown()
    assert best.back
    assert states(best.back) == (Light.GREEN,) * 3
