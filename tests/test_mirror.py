"""The mirror's loop, where parts of it meet: a camera that is lost, whoever says who they are, a program that ends."""

from __future__ import annotations

import pygame
import pytest
from rounds import go_round, make_mirror, performance

from kiosk.scoring.verdict import Light
from kiosk.session import scene
from kiosk.session.lamps import worst_light
from kiosk.session.sounds import Heard
from kiosk.text import Text
from kiosk.trouble import Trouble
from kiosk.ui.screen import Screen

LOST = Trouble("camera_lost", Text("The camera is gone. Trying again in {seconds} s.", seconds=2))


def test_while_the_camera_is_lost_the_mirror_says_so_and_nothing_that_eyes_would_tell(monkeypatch) -> None:
    heard: list[Heard] = []
    with Screen("offscreen", (800, 480)) as screen:
        mirror = make_mirror("hinge", screen)
        monkeypatch.setattr(mirror.parts.speaker, "play", lambda told, now: heard.append(told))
        for t in go_round(mirror, performance("hinge", 2)):
            last = t
        assert isinstance(mirror._shown.picture, scene.Working)
        mirror.parts.watcher.trouble, mirror.parts.watcher.newest = LOST, lambda: None  # type: ignore[method-assign]
        heard.clear()
        for pass_ in range(1, 60):
            mirror._go_round(last + pass_ / 10)
        assert isinstance(mirror._shown.picture, scene.Failing)
        assert mirror._shown.trouble is None, "it is said once"
        assert worst_light(mirror._shown.picture) is Light.OFF
        assert not [words for told in heard for words in told.words], "nobody is told to step into view"
        mirror.parts.watcher.trouble = None
        for _ in go_round(mirror, performance("hinge", 1)[:3]):
            pass
        assert isinstance(mirror._shown.picture, scene.Working)


@pytest.mark.parametrize("key", [pygame.K_RETURN, pygame.K_ESCAPE])
def test_a_button_leads_on_even_then(key: int) -> None:
    with Screen("offscreen", (800, 480)) as screen:
        mirror = make_mirror("hinge", screen)
        mirror.parts.watcher.trouble, mirror.parts.watcher.newest = LOST, lambda: None  # type: ignore[method-assign]
        mirror._pose_number = 1
        mirror._go_round(0.1)
        assert isinstance(mirror._shown.picture, scene.Failing)
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key))
        mirror._go_round(0.2)
        assert isinstance(mirror._shown.picture, scene.Choosing)
