"""Whoever comes is noticed, and of a room that looks as it did nothing is asked of the model."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from kiosk.devices.movenet import AGREEING_PASSES
from kiosk.devices.stirring import FURTHER, Stirring
from kiosk.devices.watcher import Watcher
from kiosk.figure.events import Events
from kiosk.figure.film import Film
from kiosk.frame import Frame
from kiosk.scoring.pose import Pose

#: Levels by which the pixels of a camera in the dusk jump.
NOISE = 8.0


@pytest.fixture(scope="module")
def room() -> np.ndarray:
    """The bathroom with nobody in it."""
    return next(iter(Film("sink", reps=1, fps=2, events=Events(empty=1.0)))).frame.image


@pytest.fixture(scope="module")
def visited() -> np.ndarray:
    """The same with somebody in it."""
    return next(iter(Film("sink", reps=1, fps=2))).frame.image


def noisy(image: np.ndarray, seed: int) -> np.ndarray:
    shaken = image + np.random.default_rng(seed).normal(0, NOISE, image.shape)
    return shaken.clip(0, 255).astype(np.uint8)


def test_an_empty_room_does_not_stir(room: np.ndarray) -> None:
    stirring = Stirring()
    assert stirring.step(noisy(room, 0)), "what was never seen is new"
    stirred = [stirring.step(noisy(room, seed)) for seed in range(1, 50)]
    assert stirred == [True] * FURTHER + [False] * (49 - FURTHER), "so that who came and stands still is found"


@pytest.mark.parametrize("light", [1.0, 0.4])
def test_whoever_comes_does_by_day_and_in_the_dusk(room: np.ndarray, visited: np.ndarray, light: float) -> None:
    stirring = Stirring()
    stirring.step(noisy(room * light, 0))
    assert stirring.step(noisy(visited * light, 1))


def test_so_does_the_light_that_is_switched_on(room: np.ndarray) -> None:
    stirring = Stirring()
    stirring.step(noisy(room * 0.1, 0))
    assert stirring.step(noisy(room, 1))


def test_a_dawn_is_looked_at_now_and_then(room: np.ndarray) -> None:
    stirring, half_an_hour = Stirring(), np.linspace(0.2, 1.0, 1800, dtype=np.float32)
    noises = [np.random.default_rng(seed).normal(0, NOISE, room.shape).astype(np.float32) for seed in range(7)]
    looks = sum(stirring.step(room * light + noises[n % 7]) for n, light in enumerate(half_an_hour))
    assert 3 < looks < 0.4 * len(half_an_hour)


def test_a_picture_of_another_size_is_another_one(room: np.ndarray) -> None:
    stirring = Stirring()
    stirring.step(room)
    assert stirring.step(room[:200])


class Camera:
    """Gives the same picture over and over."""

    name = "camera"

    def __init__(self, image: np.ndarray) -> None:
        self.image = image

    def __enter__(self) -> Camera:
        return self

    def __exit__(self, *exc: object) -> None: ...

    def __iter__(self) -> Iterator[Frame]:
        while True:
            time.sleep(0.001)
            yield Frame(time.monotonic(), self.image)


class Model:
    """Believes in somebody from its fourth look at ``visited`` on: a search, and three nearer looks that agree."""

    passes, lying, pace = 1, False, SimpleNamespace(pause=lambda: 0.0)

    def __init__(self, visited: np.ndarray) -> None:
        self.looks, self._seen, self._visited = 0, 0, visited

    def forget(self) -> None: ...

    def look(self, image: np.ndarray, t: float) -> Pose:
        self.looks += 1
        self._seen = self._seen + 1 if image is self._visited else 0
        present = self._seen > AGREEING_PASSES
        return Pose(t, np.zeros((17, 2), np.float32), np.zeros(17, np.float32), 64, 48, present=present)


def test_glances_find_whoever_comes_and_stands_still_and_ask_nothing_of_an_empty_room(
    room: np.ndarray, visited: np.ndarray
) -> None:
    model: Any = Model(visited)
    camera, rests = Camera(room), list[int]()

    def rest(called: threading.Event, seconds: float) -> bool:
        rests.append(model.looks)
        return called.wait(seconds)

    watcher = Watcher(lambda: camera, lambda: model, rest=rest)
    watcher.rest(0.01)
    with watcher:
        wait_for(watcher, 30)
        assert model.looks == 1 + FURTHER
        newest = watcher.newest()
        assert newest
        assert not newest.pose.present
        assert time.monotonic() - newest.pose.t < 1.0, "it is news all the same"
        camera.image = visited
        wait_for(watcher, 3 + AGREEING_PASSES)
        newest = watcher.newest()
        assert newest
        assert newest.pose.present
        assert rests[0] == 1 + FURTHER
        assert max(np.diff(rests)) == 1 + AGREEING_PASSES, "at once, not glance by glance"
        before = model.looks
        wait_for(watcher, 20)
        assert model.looks >= before + 20, "somebody is looked at, however still they stand"


def wait_for(watcher: Watcher, frames: int) -> None:
    """Until it has looked at so many more."""
    until, deadline = watcher.frames + frames, time.monotonic() + 10.0
    while watcher.frames < until:
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.002)
