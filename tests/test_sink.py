"""At the sink: what the mirror does of itself, what it shows and says of a lean, and how it is taught one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from sink_scenes import BAD, INDEX, PLAN, SINK, hold, lit, shown, verdict

from kiosk.config import Config, change_config
from kiosk.drills import find_drill
from kiosk.figure.basin import edge_before
from kiosk.figure.bones import lengths
from kiosk.figure.film import Film
from kiosk.figure.framing import hung, plan_of
from kiosk.figure.lens import BASIN
from kiosk.figure.places import PLACES
from kiosk.figure.washing import Lean as Bow
from kiosk.figure.washing import Washing, good_lean
from kiosk.scoring.lean import DEFAULT, Lean, LeanModel
from kiosk.scoring.pose import RIGHT_SHOULDER, Pose
from kiosk.scoring.verdict import Light, Phase, Rung, Verdict
from kiosk.session import scene
from kiosk.session.events import Action, Event, Press, Sign, Signal, Tick
from kiosk.session.lamps import worst_light
from kiosk.session.sink import lesson as lessons
from kiosk.session.sink.coach import SinkCoach
from kiosk.session.sink.flow import (
    AWAY_FOR,
    DEEP_FOR,
    LEANT_FOR,
    LEARNT,
    LESSON_FOR,
    NOT_LEARNT,
    REST_A_HAND,
    TOLD_FOR,
    advance,
)
from kiosk.session.sink.lesson import (
    EACH,
    EARS_UNSEEN,
    LEANS,
    LITTLE,
    MORE,
    STAND,
    TOO_QUICK,
    TOO_SHALLOW,
    UNSTEADY,
    UP,
    Lesson,
)
from kiosk.session.sink.show import SEES, SEES_NOT
from kiosk.session.sink.sounds import SinkTeller
from kiosk.session.sink.states import AtSink, Framing, Here, Leaning, Leant, Teaching
from kiosk.session.sounds import Earcon, Heard
from kiosk.session.states import Dark, Presence

SOMEBODY = Presence(True, 0.0, 10.0)
HERE = Here(INDEX, 0.0, SOMEBODY)
SELECT, NEXT = Action.SELECT, Action.NEXT
AMBER, RED = (lit(head=light, hips=Light.GREEN) for light in (Light.AMBER, Light.RED))
ALL = [
    Dark(INDEX, 0.0),
    Dark(INDEX, 0.0, off=True),
    Here(INDEX, 0.0),
    Here(INDEX, 0.0, touched=0.0),
    Leaning(INDEX, 0.0),
    Leant(INDEX, 0.0, hold=hold(5, 0, 0)),
    Framing(INDEX, 0.0),
    Teaching(INDEX, 0.0),
]


def after(session: AtSink, *events: Event) -> AtSink:
    for event in events:
        session = advance(session, event)
    return session


@pytest.mark.parametrize("session", ALL, ids=lambda session: type(session).__name__)
def test_left_alone_it_ends_in_the_dark(session: AtSink) -> None:
    nobody = (verdict(float(t), Phase.NO_PERSON) for t in range(200))
    alone = after(session, *(event for seen in nobody for event in (seen, Tick(seen.t))))
    assert isinstance(alone, Dark)


def test_whoever_comes_wakes_it_and_whoever_goes_lets_it_go_dark() -> None:
    dark = Dark(INDEX, 0.0)
    came = after(dark, verdict(20.0), Tick(20.5))
    assert isinstance(came, Dark), "one glance is no visit"
    here = after(came, verdict(21.2), Tick(21.2))
    assert isinstance(here, Here)
    gone = after(here, verdict(60.0, Phase.NO_PERSON), Tick(60.0 + AWAY_FOR))
    assert isinstance(gone, Here), "who rinses their face is out of sight, too"
    assert after(gone, Tick(60.1 + AWAY_FOR)) == Dark(INDEX, 60.1 + AWAY_FOR, gone.presence)
    assert isinstance(after(dark, Signal(5.0, Sign.MOTION)), Here)


def test_a_press_tells_what_the_buttons_do_and_the_next_one_does_it() -> None:
    told = after(HERE, Press(10.0, NEXT))
    assert told == Here(INDEX, 10.0, SOMEBODY, touched=10.0)
    assert after(told, Press(11.0, NEXT)) == Dark(INDEX, 11.0, SOMEBODY, off=True)
    assert isinstance(after(told, Press(11.0, SELECT)), Framing)
    assert isinstance(after(told, Press(11.0, SELECT), Press(12.0, SELECT)), Teaching)
    assert isinstance(after(told, Press(11.0 + TOLD_FOR, NEXT)), Here), "by then it has been forgotten"
    assert isinstance(after(told, verdict(11.0, Phase.BOTTOM)), Here), "whoever reads does not lean"


def test_switched_off_it_stays_dark_until_a_press() -> None:
    off = Dark(INDEX, 0.0, off=True)
    assert isinstance(after(off, Signal(5.0, Sign.MOTION), verdict(20.0), Tick(30.0)), Dark)
    assert isinstance(after(off, Press(6.0, NEXT)), Here)


def test_a_lean_shows_two_lights_and_nothing_else() -> None:
    assert shown(HERE) == scene.Glass()
    leaning = after(HERE, verdict(1.0, Phase.BOTTOM))
    assert isinstance(leaning, Leaning)
    picture = shown(leaning, verdict(1.0, Phase.BOTTOM, lit(head=Light.GREEN, hips=Light.AMBER)))
    assert isinstance(picture, scene.Leaning)
    judged = {fault.light for fault in SINK.faults}
    assert {light.name for light in picture.lights} == judged
    assert "back" not in judged, "which is never seen from the front"
    assert picture.cue == ""


def lean(*lights: tuple[Light, ...], every: float = 0.5, depth: float = 1.0) -> Iterator[Verdict]:
    """A lean with these lights, so many seconds apart."""
    for n, each in enumerate(lights):
        yield verdict(1.0 + n * every, Phase.BOTTOM, each, depth=depth)


def test_red_is_shown_and_one_soft_word_said_of_it_once_a_lean() -> None:
    leaning = HERE
    for seen in lean(*([AMBER] * 4 + [RED] * 4) * 5):
        leaning = advance(leaning, seen)
        assert isinstance(leaning, Leaning)
        assert worst_light(shown(leaning, seen, seen.t)) is (Light.RED if seen.lights is RED else Light.AMBER)
        assert len(leaning.said) == (seen.t >= 3.0)
    fault = next(fault for fault in SINK.faults if fault.light == "head")
    assert [cue.text for cue in leaning.said] == [fault.cue]


def test_a_very_deep_lean_of_a_minute_is_told_once_to_rest_a_hand() -> None:
    deep = 1.2 / SINK.motion.usual
    green = lit(head=Light.GREEN, hips=Light.GREEN)
    leaning = after(HERE, *lean(*[green] * 300, depth=deep))
    assert isinstance(leaning, Leaning)
    (said,) = leaning.said
    assert (said.text, said.t >= 1.0 + DEEP_FOR) == (REST_A_HAND, True)
    blinks = [replace(seen, depth=math.nan) if seen.t % 20 < 0.3 else seen for seen in lean(*[green] * 300, depth=deep)]
    assert [cue.text for cue in after(HERE, *blinks).said] == [REST_A_HAND], "hidden for a moment it is deep still"
    shallow = after(HERE, *lean(*[green] * 300, depth=0.9 * deep))
    assert isinstance(shallow, Leaning)
    assert shallow.said == ()


def test_standing_up_shows_what_came_of_it_and_then_nothing() -> None:
    stood = after(HERE, verdict(1.0, Phase.BOTTOM), verdict(9.0, hold=hold(6, 0, 2)))
    assert isinstance(stood, Leant)
    picture = shown(stood, t=9.0)
    assert isinstance(picture, scene.Leant)
    assert picture.share == 75
    assert after(stood, Tick(9.1 + LEANT_FOR)) == replace(HERE, since=9.1 + LEANT_FOR)
    assert isinstance(after(stood, verdict(10.0, Phase.BOTTOM)), Leaning), "who leans again is not kept waiting"


@pytest.mark.parametrize("over", [verdict(2.5), verdict(4.5, hold=hold(0.2, 0, 0))])
def test_short_leans_and_those_that_nothing_was_seen_of_are_passed_over(over: Verdict) -> None:
    assert isinstance(after(HERE, verdict(1.0, Phase.BOTTOM), over), Here)


def test_nothing_sounds_but_the_word_and_the_lesson() -> None:
    teller, heard, session = SinkTeller(HERE, shown(HERE)), [], HERE
    for seen in [*lean(*[RED] * 20), verdict(12.0, hold=hold(2, 0, 8)), verdict(13.0)]:
        session = advance(session, seen)
        heard.append(teller.step(session, shown(session, seen, seen.t), seen.t))
    said = [one for one in heard if one.words or one.earcon]
    assert [(len(one.words), one.earcon) for one in said] == [(1, None)]


# the lesson


def bow(depth: float, seconds: float = 4.0, *, nods: float = 0.0, t: float = 0.0) -> Iterator[Verdict]:
    """Down to ``depth`` shoulder widths and up again, as a good lean goes; with a neck that ``nods``."""
    for n in range(int(seconds * 10) + 10):
        share = np.sin(np.pi * min(n / (seconds * 10), 1.0))
        down = depth * share
        gap = -0.39 * down - 0.22 * down**2 + nods * np.sin(n)
        yield verdict(t + n / 10, Phase.BOTTOM if down > 0.12 else Phase.SETUP, lean=Lean(down, gap, 0.48 * down))


def taught(*bows: Iterable[Verdict]) -> Lesson:
    lesson = Lesson().after(verdict(0.0, rung=Rung.READY))
    for t, one in enumerate(bows):
        for seen in one:
            lesson = lesson.after(replace(seen, t=100.0 * t + seen.t))
    return lesson


def test_the_lesson_begins_when_somebody_stands_still() -> None:
    assert Lesson().after(verdict(0.0, rung=Rung.STILL)).ask == STAND
    assert taught().ask == LITTLE


def test_six_slow_leans_to_two_depths_are_the_lesson() -> None:
    shallow, deep = [bow(0.35)] * 3, [bow(0.75)] * 3
    lesson = taught(*(bow(0.35) for _ in shallow))
    assert (len(lesson.leans), lesson.ask, lesson.over) == (EACH, MORE, False)
    lesson = taught(*(bow(0.35) for _ in shallow), *(bow(0.75) for _ in deep))
    assert (len(lesson.leans), lesson.over) == (LEANS, True)


@pytest.mark.parametrize(
    ("bows", "ask"),
    [
        ([bow(0.35, 1.5)], TOO_QUICK),
        ([bow(0.15)], TOO_SHALLOW),
        ([bow(0.35, nods=0.2)], UNSTEADY),
        ([(replace(seen, lean=replace(seen.lean, gap=math.nan)) for seen in bow(0.35))], EARS_UNSEEN),
        ([bow(0.35), bow(0.35), bow(0.35), bow(0.4)], TOO_SHALLOW),
    ],
)
def test_a_lean_from_which_nothing_can_be_learnt_is_asked_for_again(bows: list[Iterable[Verdict]], ask: str) -> None:
    lesson = taught(*bows)
    assert (len(lesson.leans), lesson.ask) == (len(bows) - 1, ask)


def test_deep_enough_for_long_enough_it_is_told_to_come_up() -> None:
    asked = []
    lesson = taught()
    for seen in bow(0.35, 6.0):
        lesson = lesson.after(seen)
        asked.append(lesson.ask)
    assert UP in asked


def test_whoever_stays_down_fills_no_memory() -> None:
    lesson = taught()
    for n in range(5 * lessons.KEPT):
        lesson = lesson.after(verdict(n / 10, Phase.BOTTOM, lean=Lean(0.4, -0.2, 0.2)))
    assert len(lesson.going) == lessons.KEPT


def test_a_lesson_that_leads_nowhere_is_given_up() -> None:
    teaching = Teaching(INDEX, 0.0, SOMEBODY)
    given_up = after(teaching, Tick(LESSON_FOR + 0.1))
    assert isinstance(given_up, Here)
    assert given_up.note == NOT_LEARNT
    assert isinstance(after(teaching, Press(3.0, NEXT)), Here)


# with the simulated person


def washing(*leans: Bow, seed: int = 3, fps: float = 10.0) -> list[Pose]:
    """The true keypoints of one person leaning so, one lean after another."""
    performed = Washing(lengths(seed), leans, edge_before(BASIN))
    return list(Film("sink", seed=seed, fps=fps, performed=performed).poses())


def live(coach: SinkCoach, poses: Iterable[Pose], since: float = 0.0) -> Iterator[tuple[float, scene.Picture, Heard]]:
    """What is shown and heard while the mirror looks."""
    teller = SinkTeller(coach.session, coach.picture(since))
    for pose in poses:
        t = since + pose.t
        coach.take(replace(pose, t=t))
        picture = coach.picture(t)
        yield t, picture, teller.step(coach.session, picture, t)
        coach.take(Tick(t))


def make_coach(own: LeanModel | None = None) -> SinkCoach:
    coach = SinkCoach(SINK, 0.0, DEFAULT, PLAN)
    if own:
        coach.know(own, coach._lately)
    return coach


def test_leans_are_noticed_judged_and_counted_without_a_press() -> None:
    rng, coach, closed = np.random.default_rng(4), make_coach(), []
    entered = []
    for _, picture, _ in live(coach, washing(good_lean(rng), good_lean(rng))):
        entered += [type(picture)] if entered[-1:] != [type(picture)] else []
        closed += [coach.leant] if coach.leant else []
    assert len(closed) == 2
    assert all(one.green_s + one.amber_s >= 3 > one.red_s for one in closed)
    assert entered[:4] == [scene.Glass, scene.Leaning, scene.Leant, scene.Leaning]


@pytest.mark.parametrize("what", ["comb", "brush_teeth", "cabinet", "spit"])
def test_what_is_no_lean_is_not_counted(what: str) -> None:
    coach = make_coach()
    for _ in live(coach, Film(what, seed=3, reps=1, fps=10.0).poses()):
        assert coach.leant is None


def test_the_mirror_is_taught_in_forty_seconds_and_knows_it_from_then_on() -> None:
    coach, heard = make_coach(), []
    coach.session = Teaching(INDEX, 0.0, SOMEBODY)
    learnt, when = None, 0.0
    bows = [Bow(trunk=22, stays=2.4)] * 3 + [Bow(trunk=38, stays=2.4)] * 3
    for t, picture, told in live(coach, washing(*bows)):
        heard += [told]
        assert coach.leant is None, "what is practised is not counted"
        if coach.learnt:
            learnt, when = coach.learnt, t
        assert learnt or isinstance(picture, scene.Teaching)
    assert learnt is not None
    assert learnt.own
    assert 30 < when < 50
    words = [str(word) for one in heard for word in one.words]
    assert words[0] == LITTLE or words[:2] == [STAND, LITTLE]
    assert words[-1] == LEARNT
    assert sum(one.earcon is Earcon.COUNTED for one in heard) == LEANS - 1, "the last one is told in words"
    assert isinstance(coach.session, Here)


def test_what_the_camera_will_see_is_told_plainly() -> None:
    assert PLAN.told == ("Everybody from 150 to 195 cm stays in the picture.",)
    assert "Hunched, 150, 175, 195 cm: head out of the picture" in BAD.told
    assert all(one.seen for one in PLAN.people)
    assert not all(one.seen for one in BAD.people)


def test_the_person_sees_their_own_points_as_a_mirror_shows_them() -> None:
    coach = make_coach()
    (pose, *_) = washing(Bow(trunk=20))
    left = replace(pose, points=pose.points - np.array((60, 0), np.float32))
    coach.session = Framing(INDEX, 0.0, SOMEBODY)
    coach.take(left)
    picture = coach.picture(left.t)
    assert isinstance(picture, scene.Framing)
    assert np.mean([x for x, _ in picture.seen]) > 0.55, "who stands left in the camera's picture is right in a mirror"


def test_head_and_shoulders_are_seen_only_with_both_shoulders() -> None:
    coach = make_coach()
    (pose, *_) = washing(Bow(trunk=20))
    coach.session = Framing(INDEX, 0.0, SOMEBODY)
    for unseen, text in (([], SEES), ([RIGHT_SHOULDER], SEES_NOT), ([*range(5)], SEES_NOT)):
        scores = pose.scores.copy()
        scores[unseen] = 0.0
        coach.take(replace(pose, scores=scores))
        picture = coach.picture(pose.t)
        assert isinstance(picture, scene.Framing)
        assert picture.text == text


@pytest.mark.parametrize("session", [HERE, Leaning(INDEX, 0.0, SOMEBODY), Teaching(INDEX, 0.0, SOMEBODY)])
def test_a_camera_that_is_lost_while_somebody_is_there_leaves_no_light_on(session: AtSink) -> None:
    coach = make_coach()
    coach.session = session
    for t in range(200):
        coach.take(Tick(float(t)))
    assert isinstance(coach.session, Dark)


def test_the_settings_say_whether_it_looks_in_the_dark() -> None:
    assert not Config().glances
    assert change_config(Config(), station="sink").glances
    assert not change_config(Config(), station="sink", glance=False).glances
    assert change_config(Config(), glance=True).glances


def test_beside_the_basin_is_another_place_and_needs_no_lesson() -> None:
    place, mount = hung(change_config(Config(), station="sink", camera_side="left"))
    assert place is PLACES["pod"]
    assert mount == place.mount, "nobody measured it"
    measured = change_config(Config(), station="sink", camera_at={"height_mm": 1700.0, "pitch": 18.0, "fov": 102.0})
    assert hung(measured)[1].height == 1.7
    beside = find_drill("sink_side")
    coach = SinkCoach(beside, 0.0, DEFAULT, plan_of(place, mount))
    for t in (0.1, 0.2, 0.3):
        coach.take(Press(t, SELECT))
    assert isinstance(coach.session, Here), "what the camera sees, and back"
