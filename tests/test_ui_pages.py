"""The pages between sets: every word there, in its place and readable, and arrows at where the buttons really are."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_scenes import FAILING, HISTORY, HURT, PAGE_SCENES, TRYING, WELCOME, keys
from scenes import SCENES, SIZES

from kiosk.config import ButtonsAt, read_config
from kiosk.language import read_language
from kiosk.scoring.verdict import Light
from kiosk.session import pages
from kiosk.session.events import Action
from kiosk.session.scene import Failing, History, Keys, More, Question, Scene, Summary, TrendRow, Trying, Welcome, Who
from kiosk.text import Text, translated
from kiosk.trouble import BadInput, Trouble
from kiosk.ui import words
from kiosk.ui.colours import AMBER, BLACK, CYAN, GREEN, RED, VIOLET
from kiosk.ui.drawing import Box
from kiosk.ui.layout import BELOW, layout
from kiosk.ui.paint import compose
from kiosk.ui.screen import Screen
from kiosk.ui.surfaces import put

#: Every scene that says what the buttons do.
WITH_KEYS = [name for name, scene in SCENES.items() if hasattr(scene.picture, "keys")]
#: Those of them that have room to spare on any screen: a summary, which says the most, has none on the smallest.
CALM = [name for name in WITH_KEYS if not isinstance(SCENES[name].picture, Summary)]
EDGES = ("bottom", "top", "left", "right")
#: As built by default, in a box of buttons close together, at an end of the edge, and wired the other way round.
ALONG = ((0.17, 0.5, 0.83), (0.42, 0.5, 0.58), (0.06, 0.14, 0.22), (0.9, 0.6, 0.2))
PLACES = [ButtonsAt(edge=edge, along=along) for edge in EDGES for along in ALONG]
TROUBLE = Trouble("camera_stalled", Text("The camera stopped sending pictures; trying it again in 20 seconds."))
#: All of biomechanics 6.2 that has to be there.
HEALTH = (
    "chest pain", "faint", "balance", "pregnant", "surgery", "fracture", "6 months", "osteoporosis", "heart", "nerve",
    "3 of 10", "told not to bend or lift",
)  # fmt: skip
URGENT = (
    "numbness around the genitals or seat", "new bladder or bowel trouble", "weakness in one or both legs",
    "chest pain", "severe pain after a fall", "fever with back pain",
)  # fmt: skip
#: WCAG's contrast of text.
CONTRAST = 7.0


def pixels(scene: Scene, size: tuple[int, int], buttons: ButtonsAt = BELOW) -> np.ndarray:
    surface = pygame.Surface(size)
    put(compose(scene, size, buttons=buttons), surface)
    return pygame.surfarray.array3d(surface)


def part(values: np.ndarray, box: Box) -> np.ndarray:
    return values[box.x : box.x + box.w, box.y : box.y + box.h]


def has(values: np.ndarray, colour: tuple[int, int, int]) -> bool:
    return bool((values == colour).all(axis=2).any())


@pytest.fixture
def written(monkeypatch):
    """Every text that is written, in order, with the colour of its words; nothing is drawn."""
    found: list[tuple[str, tuple[int, int, int]]] = []

    def note(text: str, width: int, height: int, capital: float, colour, across: float) -> pygame.Surface:
        found.append((text, colour))
        return pygame.Surface((1, 1))

    monkeypatch.setattr(words, "_sprite", note)
    return found


@pytest.mark.parametrize("buttons", PLACES, ids=lambda at: f"{at.edge}-{at.along}")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", WITH_KEYS)
def test_wherever_the_buttons_are_no_part_covers_another_and_all_lies_on_the_screen(name, size, buttons):
    scene = replace(SCENES[name], trouble=TROUBLE, watching=True, figure=True)
    edge = round(min(size) * 0.01)
    screen = pygame.Rect(0, 0, *size).inflate(-2 * edge, -2 * edge)
    parts: dict[str, pygame.Rect] = {}
    for mark in compose(scene, size, buttons=buttons):
        assert screen.contains(pygame.Rect(mark.box)), mark
        parts[mark.part] = parts.get(mark.part, pygame.Rect(mark.box)).union(mark.box)
    for (one, here), (other, there) in combinations(parts.items(), 2):
        assert not here.colliderect(there), (one, other)


def tips(size: tuple[int, int], buttons: ButtonsAt) -> list[float]:
    """Where along the edge the points of the arrows are: the middles of what is lit in the lines nearest the edge."""
    values = part(pixels(PAGE_SCENES["more"], size, buttons), layout(size, buttons).keys).max(axis=2) > 100
    strip = layout(size, buttons).keys
    lines = values.T if buttons.edge in ("bottom", "top") else values
    if buttons.edge in ("bottom", "right"):
        lines = lines[::-1]
    outermost = int(np.flatnonzero(lines.any(axis=1))[0])
    lit = np.flatnonzero(lines[outermost : outermost + max(min(size) // 200, 2)].any(axis=0))
    start, length = (strip.x, size[0]) if buttons.edge in ("bottom", "top") else (strip.y, size[1])
    runs = np.split(lit, np.flatnonzero(np.diff(lit) > 1) + 1)
    return [(start + float(run.mean()) + 0.5) / length for run in runs]


@pytest.mark.parametrize("buttons", PLACES, ids=lambda at: f"{at.edge}-{at.along}")
@pytest.mark.parametrize("size", SIZES)
def test_arrows_point_at_the_edge_where_the_buttons_are(size, buttons):
    assert tips(size, buttons) == pytest.approx(sorted(buttons.along), abs=0.02)


@pytest.mark.parametrize("size", SIZES)
def test_each_word_is_nearest_to_the_arrow_of_its_own_button(size):
    """Read off by blanking the others: a button's word and its arrow come and go together."""
    for edge in EDGES:
        for along in ((0.17, 0.5, 0.83), (0.83, 0.5, 0.17)):
            buttons = ButtonsAt(edge=edge, along=along)
            for i in range(3):
                only = keys(*("word" if i == j else "" for j in range(3)))
                scene = Scene(replace(FAILING, keys=only))
                lit = part(pixels(scene, size, buttons), layout(size, buttons).keys).max(axis=2) > 100
                along_edge = lit.any(axis=1) if edge in ("bottom", "top") else lit.any(axis=0)
                strip = layout(size, buttons).keys
                start, length = (strip.x, size[0]) if edge in ("bottom", "top") else (strip.y, size[1])
                middle = (start + float(np.flatnonzero(along_edge).mean())) / length
                assert middle == pytest.approx(along[i], abs=0.08), (edge, i)


@pytest.mark.parametrize("buttons", PLACES, ids=lambda at: f"{at.edge}-{at.along}")
@pytest.mark.parametrize("size", SIZES)
def test_the_words_and_the_arrow_of_one_button_never_run_into_those_of_another(size, buttons):
    taken = np.zeros(size, int)
    for i in range(3):
        only = keys(*("work on it" if i == j else "" for j in range(3)), held="hold: leave it" if i == 1 else "")
        values = pixels(Scene(replace(FAILING, keys=only)), size, buttons)
        strip = layout(size, buttons).keys
        part(taken, strip)[:] += part(values, strip).max(axis=2) > 0
    assert taken.max() == 1


def test_a_button_that_does_nothing_has_no_arrow():
    assert not pixels(Scene(replace(FAILING, keys=keys())), (800, 480))[:, layout((800, 480)).keys.y :].any()


def test_buttons_are_placed_by_the_config_and_only_on_the_edge():
    config = read_config('[buttons_at]\nedge = "left"\nalong = [0.2, 0.5, 0.9]\n', "here")
    assert config.buttons_at == ButtonsAt(edge="left", along=(0.2, 0.5, 0.9))
    assert read_config("", "here").buttons_at.edge == "bottom"
    for wrong in ("along = [0.2, 0.5]", "along = [0.2, 0.5, 1.2]", "along = [-0.1, 0.5, 0.9]", 'edge = "behind"'):
        with pytest.raises(BadInput, match="here"):
            read_config(f"[buttons_at]\n{wrong}\n", "here")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CALM)
def test_no_text_is_cut_wherever_the_buttons_are_in_any_language(name, size, edge, language, monkeypatch):
    cut: list[str] = []
    monkeypatch.setattr(words, "_cut", lambda line, *_: cut.append(line) or line)
    monkeypatch.setattr(words, "_sprite", lambda text, w, h, capital, *_: _measured(text, w, h, capital))
    compose(translated(SCENES[name], read_language(language)), size, buttons=ButtonsAt(edge=edge))
    assert not cut


def _measured(text: str, width: int, height: int, capital: float) -> pygame.Surface:
    words._fit(text, width, height, capital)
    return pygame.Surface((1, 1))


@pytest.mark.parametrize("name", PAGE_SCENES)
def test_words_on_black_stand_out_by_seven_to_one(name, written):
    compose(PAGE_SCENES[name], (1080, 1920))
    assert written
    for text, colour in written:
        assert colour == BLACK or _contrast(colour) >= CONTRAST, text


def _contrast(colour: tuple[int, int, int]) -> float:
    """Of ``colour`` on black, by WCAG."""
    light = [value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in colour]
    return (0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] + 0.05) / 0.05


@pytest.mark.parametrize("name", PAGE_SCENES)
def test_every_word_of_a_page_comes_from_its_scene(name, written):
    """Nothing but numbers and signs is the screen's own: it could not be said in another language."""
    compose(PAGE_SCENES[name], (1080, 1920))
    said = _texts(PAGE_SCENES[name].picture)
    for text, _ in written:
        assert text in said or not any(letter.isalpha() for letter in text), text


def _texts(value: object) -> set[str]:
    if isinstance(value, str):
        return {" ".join(value.split())}
    if isinstance(value, tuple):
        return set().union(*map(_texts, value))
    fields = getattr(value, "__dataclass_fields__", {})
    return set().union(*(_texts(getattr(value, name)) for name in fields))


def test_the_welcome_shows_all_that_has_to_be_said_before_the_first_set(written):
    compose(Scene(WELCOME), (1080, 1920))
    shown = [text for text, _ in written]
    for words_ in (*HEALTH, *URGENT):
        assert any(words_ in text for text in shown), words_
    assert pages.WHAT_IT_IS in shown
    assert any("medical help now" in text for text in shown)


@pytest.mark.parametrize("size", SIZES)
def test_the_urgent_box_is_the_brightest_thing_of_its_page_and_no_light(size):
    for name in ("welcome", "more"):
        drawn = [mark for mark in compose(PAGE_SCENES[name], size) if mark.part == "urgent"]
        values = pixels(PAGE_SCENES[name], size)
        inside = part(values, drawn[0].box)
        assert inside.mean() > 1.3 * values.mean()
        assert not any(has(inside, colour) for colour in (GREEN, AMBER, RED, VIOLET))


def lit_marks(picture: Trying, name: str, size: tuple[int, int] = (1080, 1920)) -> list[np.ndarray]:
    """What is to be seen at the place of each mark of the part ``name``."""
    values = pixels(Scene(picture), size)
    return [part(values, mark.box) for mark in compose(Scene(picture), size) if mark.part == name]


@pytest.mark.parametrize("size", SIZES)
def test_a_button_lights_up_when_it_is_pressed_and_keeps_a_tick(size):
    untouched = replace(TRYING, pressed=(), last=None)
    before = lit_marks(untouched, "buttons", size)
    assert len(before) == 3
    assert not any(has(button, CYAN) for button in before)
    for i, action in enumerate((Action.PREVIOUS, Action.SELECT, Action.NEXT)):
        now = lit_marks(replace(untouched, pressed=(action,), last=action), "buttons", size)
        assert [int((new != old).any()) for old, new in zip(before, now, strict=True)] == [
            int(i == j) for j in range(3)
        ]
        assert int(now[i].sum()) > 5 * int(before[i].sum())
        later = lit_marks(replace(untouched, pressed=(action,), last=None), "buttons", size)
        assert int(before[i].sum()) < int(later[i].sum()) < int(now[i].sum())


def button_pictures(size: tuple[int, int], buttons: ButtonsAt) -> list[pygame.Rect]:
    return [pygame.Rect(mark.box) for mark in compose(Scene(TRYING), size, buttons=buttons) if mark.part == "buttons"]


@pytest.mark.parametrize("buttons", PLACES, ids=lambda at: f"{at.edge}-{at.along}")
@pytest.mark.parametrize("size", SIZES)
def test_the_pictures_of_the_buttons_stand_in_their_order_and_apart(size, buttons):
    drawn = button_pictures(size, buttons)
    middles = [rect.centerx if buttons.edge in ("bottom", "top") else rect.centery for rect in drawn]
    assert np.argsort(middles).tolist() == np.argsort(buttons.along).tolist()
    for one, other in combinations(drawn, 2):
        assert not one.colliderect(other)


@pytest.mark.parametrize("buttons", PLACES[::4], ids=lambda at: at.edge)
def test_the_pictures_of_the_buttons_lie_where_the_buttons_do(buttons):
    size = (1080, 1920)
    drawn = button_pictures(size, buttons)
    lying = buttons.edge in ("bottom", "top")
    for rect, along in zip(drawn, buttons.along, strict=True):
        middle = rect.centerx / size[0] if lying else rect.centery / size[1]
        assert middle == pytest.approx(along, abs=0.05)


def test_each_lamp_is_told_by_its_colour_its_shape_and_its_word(written):
    compose(Scene(TRYING), (1080, 1920))
    assert TRYING.lamp_word in [text for text, _ in written]
    sprites = {}
    for light in (Light.RED, Light.AMBER, Light.GREEN, Light.OFF):
        drawn = [mark for mark in compose(Scene(replace(TRYING, lamp=light)), (1080, 1920)) if mark.part == "lamp"]
        assert isinstance(drawn[0].what, pygame.Surface)
        sprites[light] = pygame.surfarray.array_alpha(drawn[0].what) > 60
    for one, other in combinations(sprites, 2):
        here, there = sprites[one], sprites[other]
        assert (here & there).sum() / (here | there).sum() < 0.8, (one, other)


def steps(value: int, size: tuple[int, int]) -> list[Box]:
    """The boxes of the scale's steps, from its low end."""
    drawn = compose(Scene(replace(HURT, value=value)), size)
    panels = {mark.box for mark in drawn if mark.part == "scale" and mark.box.w == mark.box.h and mark.box.w > 10}
    return sorted(panels)


@pytest.mark.parametrize("size", SIZES)
def test_the_scale_tells_its_value_by_place_and_size_and_light(size):
    chosen = []
    for value in range(HURT.most + 1):
        found = steps(value, size)
        assert len(found) == HURT.most + 1
        sides = [box.w for box in found]
        assert sides.index(max(sides)) == value
        assert max(sides) > 1.8 * sorted(sides)[-2]
        lit = [int(part(pixels(Scene(replace(HURT, value=value)), size), box).sum()) for box in found]
        assert lit.index(max(lit)) == value
        chosen.append(found[value].x)
    assert chosen == sorted(chosen)


def test_the_ends_of_the_scale_are_named_at_its_ends():
    places = {}
    for name in ("low", "high"):
        only = replace(HURT, **{"low": Text(""), "high": Text("")} | {name: getattr(HURT, name)})
        bare = {mark.box for mark in compose(Scene(replace(only, low=Text(""), high=Text(""))), (1080, 1920))}
        (places[name],) = {mark.box for mark in compose(Scene(only), (1080, 1920))} - bare
    assert places["low"].x + places["low"].w < 540 < places["high"].x


def test_a_question_without_a_scale_has_none():
    question = PAGE_SCENES["question"].picture
    assert isinstance(question, Question)
    assert "scale" not in {mark.part for mark in compose(Scene(question), (1080, 1920))}


@pytest.mark.parametrize("size", SIZES)
def test_a_better_session_has_a_longer_bar_and_an_unjudged_one_none(size):
    def lit(score: int | None) -> int:
        row = replace(HISTORY.rows[0], scores=(score,), reps=(16,), better=Text(""), work_on=Text(""))
        values = pixels(Scene(replace(HISTORY, rows=(row,))), size)
        return int((part(values, layout(size).body).min(axis=2) > 230).sum())

    lengths = [lit(score) for score in (None, 20, 40, 60, 80, 100)]
    assert lengths == sorted(lengths)
    assert len(set(lengths)) == len(lengths)


def test_only_the_latest_sessions_are_shown_in_their_order(written):
    row = replace(HISTORY.rows[0], scores=tuple(range(11, 31)), reps=(16,) * 20)
    compose(Scene(replace(HISTORY, rows=(row,))), (1080, 1920))
    shown = [int(text) for text, _ in written if text.isdigit()]
    assert shown == sorted(shown)
    assert shown[-1] == 30


def test_what_the_machine_cannot_do_is_said_in_the_colour_of_trouble():
    values = pixels(Scene(FAILING), (1080, 1920))
    assert has(values, VIOLET)
    assert not any(has(values, colour) for colour in (GREEN, AMBER, RED))


text = st.text(max_size=160).map(lambda found: Text(found.replace("{", "").replace("}", "")))
texts = st.lists(text, max_size=8).map(tuple)
some = st.lists(text, min_size=1, max_size=8).map(tuple)
buttons_say = st.builds(Keys, text, text, text, text)
rows = st.lists(
    st.lists(st.tuples(st.none() | st.integers(0, 100), st.integers(0, 999)), min_size=1, max_size=12).flatmap(
        lambda past: st.builds(
            TrendRow, text, st.just(tuple(s for s, _ in past)), st.just(tuple(n for _, n in past)), text, text
        )
    ),
    max_size=5,
).map(tuple)
page = st.one_of(
    st.builds(Question, text, text, text, buttons_say, st.none() | st.integers(0, 10), st.just(10), text, text),
    st.builds(Welcome, text, text, text, texts, text, texts, buttons_say),
    st.builds(More, text, some, st.just(0), text, texts, buttons_say),
    st.builds(Who, text, some, st.just(0), text, buttons_say),
    st.builds(History, text, text, rows, text, buttons_say),
    st.builds(Trying, text, text, st.just(()), st.none() | st.sampled_from(Action), st.sampled_from(Light), text,
              buttons_say),
    st.builds(Failing, text, text, text, buttons_say),
)  # fmt: skip
places = st.builds(ButtonsAt, edge=st.sampled_from(EDGES), along=st.tuples(*[st.floats(0, 1)] * 3))


@settings(max_examples=80, deadline=None)
@given(page, places, st.sampled_from((*SIZES, (480, 800), (1280, 1024), (720, 720))))
def test_whatever_a_page_has_to_say_and_wherever_the_buttons_are_it_stays_on_the_screen(picture, buttons, size):
    for mark in compose(Scene(picture, TROUBLE, watching=True, figure=True), size, buttons=buttons):
        assert pygame.Rect(0, 0, *size).contains(pygame.Rect(mark.box)), mark


def test_the_screen_shows_the_arrows_at_the_buttons_it_was_told_of(tmp_path):
    buttons = ButtonsAt(edge="left")
    with Screen("offscreen", (800, 480), buttons=buttons) as screen:
        assert screen.show(Scene(FAILING), 0.0)
        screen.shot(tmp_path / "shot.png")
    shown = pygame.surfarray.array3d(pygame.image.load(tmp_path / "shot.png"))
    assert (shown == pixels(Scene(FAILING), (800, 480), buttons)).all()
