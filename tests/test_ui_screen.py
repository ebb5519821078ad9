"""The screen: which display it takes, that it paints only what changed, and what keys do."""

from __future__ import annotations

from dataclasses import replace
from weakref import WeakSet

import pygame
import pytest
from scenes import SCENES, TURNS

from kiosk.session.events import Action
from kiosk.session.scene import Dark, Scene
from kiosk.trouble import KioskError
from kiosk.ui.display import connected_card, drivers
from kiosk.ui.paint import compose, paint, upright
from kiosk.ui.screen import RETRY, SHIFT_EVERY, Screen


@pytest.fixture
def screen():
    with Screen("offscreen", (800, 480)) as screen:
        yield screen


def press(key: int) -> None:
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key))


def on(screen: Screen) -> pygame.Surface:
    return pygame.display.get_surface()


def same(one: pygame.Surface, other: pygame.Surface) -> bool:
    return bool((pygame.surfarray.array3d(one) == pygame.surfarray.array3d(other)).all())


def test_a_desktop_is_used_where_there_is_one_and_the_bare_screen_where_there_is_none():
    assert drivers("auto", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}) == ["wayland", "x11", "offscreen"]
    assert drivers("auto", {}) == ["kmsdrm", "offscreen"]
    assert drivers("fullscreen", {}) == ["kmsdrm"]
    assert drivers("fullscreen", {"DISPLAY": ":0"}) == ["x11"]
    assert drivers("window", {}) == []
    assert drivers("offscreen", {"DISPLAY": ":0"}) == ["offscreen"]


def test_a_driver_named_by_hand_is_obeyed():
    assert drivers("auto", {"SDL_VIDEODRIVER": "x11", "WAYLAND_DISPLAY": "wayland-0"}) == ["x11"]
    assert drivers("offscreen", {"SDL_VIDEODRIVER": "dummy"}) == ["dummy"]
    assert drivers("offscreen", {"SDL_VIDEODRIVER": "kmsdrm"}) == ["offscreen"]


def test_the_card_with_a_screen_plugged_in_is_found(tmp_path):
    for name, status in (
        ("card0-Writeback-1", "unknown"),
        ("card1-HDMI-A-1", "disconnected"),
        ("card2-DSI-1", "connected"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "status").write_text(f"{status}\n")
    assert connected_card(tmp_path) == 2
    (tmp_path / "card2-DSI-1" / "status").write_text("disconnected\n")
    assert connected_card(tmp_path) is None
    assert connected_card(tmp_path / "absent") is None


def test_the_screen_says_what_it_chose(screen):
    assert screen.name == f"{pygame.display.get_driver()} 800×480"


def test_without_any_display_auto_goes_on_unseen(monkeypatch):
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("kiosk.ui.display.drivers", lambda *_: ["nosuch", "offscreen"])
    with Screen("auto") as screen:
        assert screen.name == "offscreen 1080×1920"


def test_a_display_that_is_not_there_is_one_plain_line(monkeypatch):
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(KioskError, match=r"^display window: .*no desktop here[^\n]*$"):
        Screen("window")


def test_a_turned_panel_lies_on_its_side():
    with Screen("offscreen", turn=90) as screen:
        assert on(screen).get_size() == (1920, 1080)


def test_opening_leaves_the_environment_as_it_was(monkeypatch):
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    with Screen("offscreen", (800, 480)) as screen:
        assert screen.name == "dummy 800×480"
    monkeypatch.delenv("SDL_VIDEODRIVER")
    with Screen("offscreen", (800, 480)) as screen:
        assert screen.name == "offscreen 800×480"


def test_closing_twice_is_harmless_and_a_closed_screen_can_be_followed_by_another():
    screen = Screen("offscreen", (800, 480))
    screen.close()
    screen.close()
    with Screen("offscreen", (480, 800)) as other:
        assert other.show(SCENES["working"], 0.0)


def test_an_equal_scene_is_not_painted_again(screen):
    assert screen.show(SCENES["working"], 0.0)
    assert not screen.show(replace(SCENES["working"]), 0.1)
    assert screen.show(SCENES["working_cue"], 0.2)


def test_scenes_that_look_the_same_are_not_painted_again(screen):
    screen.show(Scene(Dark()), 0.0)
    assert not screen.show(Scene(Dark(), figure=True), 0.1)


def test_getting_ready_moves_by_itself(screen):
    assert screen.show(SCENES["side_on"], 0.0)
    assert not screen.show(SCENES["side_on"], 0.1)
    assert screen.show(SCENES["side_on"], 1.0)


def test_everything_moves_a_little_each_minute_against_burn_in(screen):
    places = set()
    for minute in range(9):
        assert screen.show(SCENES["working"], minute * SHIFT_EVERY)
        assert not screen.show(SCENES["working"], minute * SHIFT_EVERY + 30)
        places.add(pygame.image.tobytes(on(screen), "RGB"))
    assert len(places) == 9


def test_keys_are_twins_of_the_buttons(screen):
    screen.show(SCENES["choosing"], 7.0)
    for key in (pygame.K_LEFT, pygame.K_DOWN, pygame.K_RETURN, pygame.K_SPACE, pygame.K_ESCAPE, pygame.K_q):
        press(key)
    presses = screen.presses()
    assert [each.action for each in presses] == [
        Action.PREVIOUS,
        Action.NEXT,
        Action.SELECT,
        Action.SELECT,
        Action.BACK,
    ]
    assert {each.t for each in presses} == {7.0}
    assert screen.presses() == []


def test_closing_the_window_is_noticed(screen):
    assert not screen.quit
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    screen.presses()
    assert screen.quit


@pytest.mark.parametrize("turn", TURNS)
def test_a_shot_is_what_the_person_sees_upright(turn, tmp_path):
    with Screen("offscreen", upright((800, 480), turn), turn) as screen:
        screen.show(SCENES["working"], 0.0)
        screen.shot(tmp_path / "shot.png")
    seen = pygame.Surface((800, 480))
    paint(SCENES["working"], seen)
    assert same(pygame.image.load(tmp_path / "shot.png").convert(seen), seen)


def test_a_display_that_fails_is_trouble_and_is_painted_whole_when_it_can_be_again(screen, monkeypatch):
    def fail(*_: object) -> None:
        raise pygame.error("the panel is gone")

    with monkeypatch.context() as broken:
        broken.setattr(pygame.display, "update", fail)
        assert not screen.show(SCENES["working"], 1.0)
    assert screen.trouble
    assert screen.trouble.text == "The screen cannot be painted: the panel is gone."
    assert not screen.show(SCENES["working"], 1.0 + RETRY / 2), "it is not tried at every pass"
    on(screen).fill("white")
    assert screen.show(SCENES["working"], 1.0 + RETRY)
    assert screen.trouble is None
    whole = pygame.Surface((800, 480))
    paint(SCENES["working"], whole)
    assert same(on(screen), whole)


def test_a_long_rest_keeps_no_more_sprites_than_a_short_one():
    """A minute's count-down once filled the memory with large digits."""
    sprites: WeakSet[pygame.Surface] = WeakSet()
    rest = SCENES["resting"]

    def megabytes_after(seconds: range) -> float:
        for second in seconds:
            marks = compose(replace(rest, picture=replace(rest.picture, seconds=second)), (1080, 1920))
            sprites.update(mark.what for mark in marks if isinstance(mark.what, pygame.Surface))
        return sum(sprite.get_width() * sprite.get_height() * 4 for sprite in sprites) / 1e6

    short = megabytes_after(range(20))
    assert megabytes_after(range(20, 300)) <= short + 2
