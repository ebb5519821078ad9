"""The whole mirror in this process, with a bystander beside it who does harm to it and watches what comes of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pygame
import pytest

from kiosk import app
from kiosk.config import Config
from kiosk.devices.virtual import Mishap, VirtualCamera
from kiosk.eyes import Eyes
from kiosk.figure.film import Film
from kiosk.mirror import Mirror
from kiosk.outcome import Outcome
from kiosk.scoring.pose import Pose

#: Poses a second of the film that the virtual camera shows.
FPS = 15.0
#: Its pictures are blank where no model looks at them.
BLANK = np.zeros((48, 64, 3), np.uint8)
CONFIG = Config(display="offscreen", camera="figure", screen_power="none")


@cache
def poses(drill: str = "hinge", reps: int = 8) -> tuple[Pose, ...]:
    """The true keypoints of somebody who does ``reps`` repetitions."""
    return tuple(Film(drill, reps=reps, fps=FPS, seed=1).poses())


def performance(drill: str = "hinge") -> Callable[[float], tuple[np.ndarray, Pose]]:
    """What a camera sees of somebody who does set after set, from the first look on."""
    begun: list[float] = []

    def view(t: float) -> tuple[np.ndarray, Pose]:
        begun[:] = begun or [t]
        film = poses(drill)
        return BLANK, film[int((t - begun[0]) * FPS) % len(film)]

    return view


@dataclass
class Bystander:
    """Stands beside the ``mirror``, whose ``camera`` is a virtual one, while it runs; ``outcome`` when it has ended."""

    camera: VirtualCamera
    mirror: Any = None
    outcome: Outcome | None = None
    took: dict[str, float] = field(default_factory=dict)

    @property
    def scene(self) -> str:
        """What is to be seen now."""
        return type(self.mirror._shown.picture).__name__

    @property
    def troubles(self) -> set[str]:
        """What is wrong now, as the mirror says it, by key."""
        parts = self.mirror.parts
        able = (parts.watcher, parts.memory, parts.lamps, parts.darkness, parts.screen)
        return {part.trouble.key for part in able if part and part.trouble}

    def until(self, true: Callable[[], object], seconds: float = 10.0) -> float:
        """Wait for it; tells how long that took."""
        begun = time.monotonic()
        while not true():
            assert time.monotonic() - begun < seconds, f"it never came; {self.scene}, {self.troubles}"
            time.sleep(0.005)
        return time.monotonic() - begun

    def frames(self) -> float:
        """Wait until three more frames were looked at."""
        watcher = self.mirror.parts.watcher
        after = watcher.frames + 3
        return self.until(lambda: watcher.frames >= after, 30.0)

    def suffer(self, mishap: Mishap, seconds: float) -> float:
        """The camera has its ``mishap`` for so long; then wait for frames: how long they took to come."""
        self.camera.mishap = mishap
        time.sleep(seconds)
        self.camera.mishap = None
        return self.frames()

    def press(self, key: int = pygame.K_RETURN) -> None:
        """A key of the keyboard."""
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key))


def run_beside(
    does: Callable[[Bystander], None],
    monkeypatch: pytest.MonkeyPatch,
    config: Config = CONFIG,
    camera: VirtualCamera | None = None,
    load_model: Callable[[], Any] | None = None,
) -> Outcome:
    """Run the mirror on a set of the hinge; once frames come, ``does`` is done by a bystander, then it ends.

    What the bystander asserts fails the test; what the mirror raises is raised here.
    """
    by = Bystander(camera or VirtualCamera(performance()))
    failures: list[BaseException] = []

    class Watched(Mirror):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            by.mirror = self

    def stand() -> None:
        try:
            while by.mirror is None or not by.mirror.outcome.scenes:
                time.sleep(0.005)
            does(by)
        except BaseException as error:
            failures.append(error)
        finally:
            by.mirror._end()

    eyes = Eyes("virtual camera", "none", None, lambda: by.camera, load_model)
    with monkeypatch.context() as patch:
        patch.setattr(app, "Mirror", Watched)
        patch.setattr(app, "choose_eyes", lambda config, drill: eyes)
        beside = threading.Thread(target=stand, daemon=True)
        beside.start()
        outcome = app.run(config, app.Wishes(drill="hinge", size=(540, 960)))
    beside.join(30)
    if failures:
        raise failures[0]
    return outcome
