"""A set under way: told from the corner of the eye, by whoever sees no red or no green, too, and still a mirror."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pygame
import pytest
from bending import hinges
from rounds import performance
from scenes import HINGE, SCENES, SIZES, WORKING, all_lights, lights

from kiosk.drills import DRILLS, find_drill
from kiosk.language import read_language
from kiosk.scoring.drill import LIGHTS
from kiosk.scoring.pose import Pose
from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import Light
from kiosk.session import scene, summing
from kiosk.session.coach import Coach
from kiosk.session.scene import Dark, Scene, Working
from kiosk.text import Text, translated
from kiosk.trouble import Trouble
from kiosk.ui import colours, words
from kiosk.ui.colours import AMBER, GREEN, GREY, PAPER, RED, Colour
from kiosk.ui.drawing import Box, Mark
from kiosk.ui.gauges import BODY, NOT_YET, lamp_size
from kiosk.ui.layout import layout
from kiosk.ui.marks import lamp
from kiosk.ui.paint import compose, paint
from kiosk.ui.periphery import LEAST, smallest_lamp, visual_angle

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it misses plotting, which is not asked of it
    printed = np.get_printoptions()
    import colour

    np.set_printoptions(**printed)  # it changes how everybody's numbers are printed

PORTRAIT, LANDSCAPE = SIZES[:2]
#: Millimetres of a screen of 24 inches and 16:9, upright.
INCHES_24 = (299.0, 531.0)
TROUBLE = Trouble("camera_stalled", Text("The camera stopped sending pictures; trying it again in 20 seconds."))
SEEN = (Light.UNSEEN, Light.GREEN, Light.AMBER, Light.RED)
#: A pixel is lit from this share of white's light on: what is darker is the smoothed edge of something.
LIT = 0.05
#: The most of a screen that may be lit while somebody works.
MOST_LIT = 0.12
#: Contrast with black of whatever is read.
READABLE = 7.0
#: What colours differ by at the least, by CIEDE2000: ten times what is just noticed.
APART = 15.0
#: Matrices on linear light of full-blown colour blindness, after Machado, Oliveira and Fernandes 2009.
VISION = {
    "normal": np.eye(3),
    "no green cones": colour.matrix_cvd_Machado2009("Deuteranomaly", 1.0),
    "no red cones": colour.matrix_cvd_Machado2009("Protanomaly", 1.0),
}
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


def pixels(picture: scene.Picture | Scene, size: tuple[int, int] = PORTRAIT) -> np.ndarray:
    surface = pygame.Surface(size)
    paint(picture if isinstance(picture, Scene) else Scene(picture), surface)
    return pygame.surfarray.array3d(surface)


def light(values: np.ndarray) -> np.ndarray:
    """Relative luminance, 0..1, of ``values`` (..., 3), 0..255, as WCAG and sRGB define it."""
    share = np.asarray(values) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4) @ LUMINANCE


def part(values: np.ndarray, box: Box) -> np.ndarray:
    return values[box.x : box.x + box.w, box.y : box.y + box.h]


def contrast(one: Colour, other: Colour) -> float:
    dark, bright = sorted((float(light(np.array(one))), float(light(np.array(other)))))
    return (bright + 0.05) / (dark + 0.05)


def drawn(state: Light, size: int = 320) -> np.ndarray:
    """Luminances of a lamp on black."""
    surface = pygame.Surface((size, size))
    surface.blit(lamp(state, size), (0, 0))
    return light(pygame.surfarray.array3d(surface))


def extent(values: np.ndarray) -> tuple[int, int]:
    """Width and height of what is lit."""
    lit = values.max(axis=2) > 0
    across, down = np.flatnonzero(lit.any(axis=1)), np.flatnonzero(lit.any(axis=0))
    return int(across[-1] - across[0] + 1), int(down[-1] - down[0] + 1)


def lamp_marks(picture: Working, size: tuple[int, int]) -> list[Mark]:
    across = lamp_size(layout(size))
    found = [mark for mark in compose(Scene(picture), size) if mark.part in ("upper", "lower", "tempo")]
    return [mark for mark in found if mark.box[2:] == (across, across)]


def test_a_visual_angle_is_that_of_an_eye_before_the_middle() -> None:
    assert visual_angle(1000, 1.0, 0.5) == pytest.approx(90.0)
    assert visual_angle(315.2, 299 / 1080) == pytest.approx(2.0, abs=0.001)
    assert visual_angle(320, 0.277, 5.0) == pytest.approx(visual_angle(320, 0.277, 2.5) / 2, rel=1e-3)


def test_each_lamp_spans_two_degrees_at_two_and_a_half_metres() -> None:
    assert LEAST == 2.0
    for size, mm in ((PORTRAIT, INCHES_24), (LANDSCAPE, INCHES_24[::-1])):
        angle = min(visual_angle(lamp_size(layout(size)), mm[i] / size[i], 2.5) for i in (0, 1))
        assert smallest_lamp(size, mm) == angle >= LEAST
    assert smallest_lamp((800, 480), (155.0, 93.0)) < LEAST  # seven inches: the doctor has something to say


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
@pytest.mark.parametrize("state", Light)
@pytest.mark.parametrize("many", [1, 3, 4, 5, 7])
def test_what_is_drawn_of_a_lamp_is_as_large_as_its_place(size, state, many) -> None:
    values = pixels(replace(WORKING, lights=all_lights(state)[:many]), size)
    marks = lamp_marks(replace(WORKING, lights=all_lights(state)[:many]), size)
    assert len(marks) == many
    for mark in marks:
        assert min(extent(part(values, mark.box))) >= 320


def worst(state: Light, drill: str, **changes: object) -> Scene:
    """All there can be at once in a set of ``drill``, with all its lights in ``state``."""
    doing = find_drill(drill)
    picture = Working(
        Text(doing.title), 88, 88, 1.25, summing.form_lights(doing, (state,) * len(doing.lights)), Text(""), False,
        Text(""), max((summing.unseen(each) for each in DRILLS), key=len), Text("right"), provisional=True,
    )  # fmt: skip
    return Scene(replace(picture, **changes), TROUBLE, watching=True, figure=True)


def said() -> list[Text]:
    """Every cue there is, the longest first."""
    cues = {text for drill in DRILLS for fault in drill.faults for text in (fault.cue, fault.again)}
    return [Text(text) for text in sorted(cues, key=len, reverse=True)]


@pytest.mark.parametrize("code", ["en", "de"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", Light)
def test_seven_eighths_of_the_screen_and_more_stay_mirror(size, state, code) -> None:
    assert len(find_drill("hinge").lights) == len(LIGHTS)
    language = read_language(code)
    cue = max((language.say(cue) for cue in said()), key=len)
    paused = Text("Somebody else came into view: I keep to you. {posture} to go on.", posture=STARTS["standing"].words)
    for drill, changes in (("hinge", {"cue": cue}), ("hinge", {"cue": cue, "praise": True}),
                           ("hinge", {"paused": paused}), ("deadlift", {"cue": cue})):  # fmt: skip
        lit = (light(pixels(translated(worst(state, drill, **changes), language), size)) > LIT).mean()
        assert lit <= MOST_LIT, (drill, changes, lit)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_lit_of_a_dark_mirror(size) -> None:
    assert not pixels(Scene(Dark(), TROUBLE, figure=True), size).any()


def test_the_worse_a_light_the_more_of_it_there_is() -> None:
    lit = {state: float(drawn(state).mean()) for state in Light}
    for less, more in (("off", "unseen"), ("unseen", "green"), ("green", "amber"), ("amber", "red")):
        assert lit[Light(more)] > 1.15 * lit[Light(less)], (more, less)


def test_with_the_colour_taken_away_the_shapes_differ() -> None:
    """Of what is lit by either of two lamps, less than a quarter is lit by both."""
    shapes = {state: drawn(state) > LIT for state in SEEN}
    for one, other in combinations(SEEN, 2):
        shared = (shapes[one] & shapes[other]).sum() / (shapes[one] | shapes[other]).sum()
        assert shared < 0.25, (one, other, shared)


@pytest.mark.parametrize("vision", VISION)
def test_colours_differ_for_whoever_sees_no_red_or_no_green(vision: str) -> None:
    seen = {}
    for name, each in (("green", GREEN), ("amber", AMBER), ("red", RED), ("grey", GREY)):
        linear = VISION[vision] @ colour.models.eotf_sRGB(np.array(each) / 255)
        seen[name] = colour.XYZ_to_Lab(colour.RGB_to_XYZ(np.clip(linear, 0, 1), "sRGB"))
    for one, other in combinations(seen, 2):
        assert colour.delta_E(seen[one], seen[other], method="CIE 2000") >= APART, (one, other)


def test_all_but_outlines_stands_out_from_black() -> None:
    told = {name: value for name, value in vars(colours).items() if name.isupper() and isinstance(value, tuple)}
    assert {name for name, value in told.items() if contrast(value, colours.BLACK) < READABLE} == {"BLACK", "FAINT"}


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[int, Colour]]:
    """The colour of every sprite of words, by its id, as they are made."""
    made: dict[int, Colour] = {}
    kept: list[pygame.Surface] = []

    def noted(draw, place: int):
        def wrapped(*arguments):
            sprite = draw(*arguments)
            kept.append(sprite)
            made[id(sprite)] = arguments[place]
            return sprite

        return wrapped

    for name, place in (("_sprite", 4), ("_passing", 4), ("_digits", 3)):
        monkeypatch.setattr(words, name, noted(getattr(words, name), place))
    return made


@pytest.mark.parametrize("name", SCENES)
def test_words_stand_out_from_what_is_behind_them(name, written) -> None:
    surface = pygame.Surface((800, 480))
    marks = compose(SCENES[name], (800, 480))
    for what, box in (mark[:2] for mark in marks):
        if isinstance(what, pygame.Surface):
            ink = written.get(id(what))
            if ink is not None:
                behind = Counter(map(tuple, part(pygame.surfarray.array3d(surface), box).reshape(-1, 3).tolist()))
                assert contrast(ink, behind.most_common(1)[0][0]) >= READABLE, (name, ink)
            surface.blit(what, box)
        else:
            surface.fill(what, box)


@pytest.mark.parametrize("size", SIZES)
def test_the_middle_stays_free_from_the_top_of_the_lights_to_the_count(size) -> None:
    """At least a fifth of the width for seven lights, two fifths for four."""
    for many, share in ((7, 0.20), (4, 0.40)):
        picture = replace(WORKING, lights=all_lights(Light.RED)[:many], depth=1.25, cue=said()[0], provisional=True)
        at, values = layout(size), pixels(picture, size)
        column = values[:, at.upper.y : at.upper.y + round(at.upper.h * 0.72)].any(axis=(1, 2))
        free = max(map(len, "".join("x" if lit else " " for lit in column).split("x")))
        assert free >= share * size[0], (many, free)


@pytest.mark.parametrize("size", SIZES)
def test_each_light_has_a_place_of_its_own_in_the_order_of_the_body(size) -> None:
    places = [mark.box for mark in lamp_marks(replace(WORKING, lights=all_lights(Light.GREEN)), size)]
    assert len(set(places)) == len(BODY)
    by_column = sorted(places, key=lambda box: (box.x, box.y))
    assert places == by_column
    for drill in DRILLS:
        if len(drill.lights) > 4:
            shown = [light for light in all_lights(Light.GREEN) if light.name in drill.lights]
            boxes = [mark.box for mark in lamp_marks(replace(WORKING, lights=tuple(shown)), size)]
            assert boxes == [box for name, box in zip(BODY, places, strict=True) if name in drill.lights]


def test_the_lights_of_a_drill_with_few_stand_at_one_side() -> None:
    few = replace(WORKING, lights=tuple(each for each in lights() if each.name in ("tempo", "back", "feet")))
    assert {mark.box.x for mark in lamp_marks(few, PORTRAIT)} == {layout(PORTRAIT).upper.x}


def test_a_lamp_is_named_and_its_state_is_said_beside_it(monkeypatch) -> None:
    texts: list[str] = []
    draw = words._sprite
    monkeypatch.setattr(words, "_sprite", lambda text, *rest: texts.append(text) or draw(text, *rest))
    compose(Scene(replace(WORKING, lights=all_lights(Light.AMBER))), PORTRAIT)
    assert set(texts) >= {name.upper() for name in LIGHTS}
    assert texts.count("nearly") == len(LIGHTS)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["en", "de"])
def test_nothing_of_a_set_is_cut_in_any_language(size, code, monkeypatch) -> None:
    cut: list[str] = []
    monkeypatch.setattr(words, "_cut", lambda line, *_: cut.append(line) or line)
    language = read_language(code)
    for drill in DRILLS:
        for state in Light:
            shown = Working(
                Text(drill.title), 88, None, 0.5, summing.form_lights(drill, (state,) * len(drill.lights)),
                Text(""), False, Text(""), summing.unseen(drill), Text("right"), counted=Text("rep", many="reps", n=88),
            )  # fmt: skip
            compose(translated(Scene(shown), language), size)
        for fault in drill.faults:
            compose(translated(Scene(replace(WORKING, cue=Text(fault.cue), bar=Text("time"))), language), size)
    assert not cut


def test_what_is_not_certain_yet_is_there_with_less_light_and_goes_again() -> None:
    box = layout(PORTRAIT).count
    certain, not_yet = (part(pixels(replace(WORKING, provisional=each)), box) for each in (False, True))
    more = (certain != not_yet).any(axis=2)
    assert more.any()
    assert light(not_yet[more]).max() < 1.1 * NOT_YET * light(np.array(PAPER))
    assert contrast(colours.dimmed(PAPER, NOT_YET), colours.BLACK) >= READABLE
    refused = part(pixels(replace(WORKING, provisional=False, paused="Not counted: not far enough.")), box)
    assert not refused[more].any()


def seen_by(poses: list[Pose], drill: str = "hinge") -> list[Working]:
    """The pictures of a set of ``drill``."""
    coach = Coach.for_mirror(find_drill(drill), 0.0, at_once=True)
    pictures = []
    for pose in poses:
        coach.take(pose)
        picture = coach.picture(pose.t)
        if isinstance(picture, Working):
            pictures.append(picture)
    return pictures


def test_a_repetition_is_provisional_until_it_is_counted() -> None:
    pictures = seen_by(hinges(3, 15, noise=0.7))
    counted = [i for i in range(1, len(pictures)) if pictures[i].reps > pictures[i - 1].reps]
    assert [pictures[i].reps for i in counted] == [1, 2, 3]
    for i in counted:
        assert pictures[i - 1].provisional
        assert pictures[i - 1].reps == pictures[i].reps - 1
        assert not pictures[i].provisional


def test_a_bow_too_shallow_never_looks_like_one_more_and_is_refused_with_the_reason() -> None:
    pictures = seen_by(hinges(2, 15, noise=0.7, trunk=24, thigh=8))
    assert not any(picture.provisional for picture in pictures)
    assert "Not counted: not far enough." in {picture.paused for picture in pictures}


def test_what_is_refused_after_all_goes_and_the_reason_comes_in_the_same_moment() -> None:
    pictures = seen_by(hinges(1, 30, noise=0.7, down=0.25, up=0.2))
    assert {picture.reps for picture in pictures} == {0}
    refused = next(i for i, picture in enumerate(pictures) if picture.paused)
    assert pictures[refused].paused == "Not counted: too quick, take your time."
    assert pictures[refused - 1].provisional
    assert not any(picture.provisional for picture in pictures[refused:])


def test_what_is_lost_from_sight_on_the_way_back_goes_and_something_says_why() -> None:
    poses = [replace(pose, scores=pose.scores * (not 5.0 < pose.t < 7.0)) for pose in hinges(1, 15, noise=0.7)]
    pictures = seen_by(poses)
    was = [picture.provisional for picture in pictures]
    after = pictures[len(was) - was[::-1].index(True) :]
    assert all(picture.paused for picture in after)
    assert {picture.reps for picture in pictures} == {0}


def test_what_is_held_is_never_provisional() -> None:
    pictures = seen_by(performance("plank", 1), "plank")
    assert max(picture.clock.seconds for picture in pictures) > 5
    assert not any(picture.provisional for picture in pictures)
    assert {picture.bar for picture in pictures} == {"time"}


def test_equal_scenes_are_made_of_the_same_sprites_and_those_are_few() -> None:
    once = compose(Scene(replace(WORKING, lights=HINGE)), PORTRAIT)
    assert once == compose(Scene(replace(WORKING, lights=tuple(HINGE))), PORTRAIT)
    sprites = {id(mark.what): mark.what for state in Light
               for mark in lamp_marks(replace(WORKING, lights=all_lights(state)), PORTRAIT)}  # fmt: skip
    assert len(sprites) == len(Light)
    assert sum(sprite.get_width() * sprite.get_height() * 4 for sprite in sprites.values()) < 3_000_000
