"""Whoever comes is noticed, and of a room that looks as it did nothing is asked of the model."""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from kiosk.devices.stirring import Stirring
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
    assert not any(stirring.step(noisy(room, seed)) for seed in range(1, 50))


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
    stirring = Stirring()
    looks = sum(stirring.step(noisy(room * light, seed)) for seed, light in enumerate(np.linspace(0.2, 1.0, 400)))
    assert 3 < looks < 120


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


@pytest.mark.parametrize(("present", "asked"), [(False, False), (True, True)])
def test_glances_ask_the_model_only_when_something_stirs_or_somebody_is_there(
    present: bool, asked: bool, room: np.ndarray, visited: np.ndarray
) -> None:
    looks: list[float] = []

    def look(image: np.ndarray, t: float) -> Pose:
        looks.append(t)
        return Pose(t, np.zeros((17, 2), np.float32), np.zeros(17, np.float32), 64, 48, present=present)

    model: Any = SimpleNamespace(look=look, forget=lambda: None, passes=1, lying=False)
    camera = Camera(room)
    with Watcher(lambda: camera, lambda: model) as watcher:
        watcher.rest(0.01)
        wait_for(watcher, 5)
        before = len(looks)
        wait_for(watcher, 10)
        assert (len(looks) > before + 5) == asked
        newest = watcher.newest()
        assert newest
        assert newest.pose.present == present
        assert time.monotonic() - newest.pose.t < 1.0, "it is news all the same"
        before = len(looks)
        camera.image = visited
        wait_for(watcher, 3)
        assert len(looks) > before


def wait_for(watcher: Watcher, frames: int) -> None:
    """Until it has looked at so many more."""
    until, deadline = watcher.frames + frames, time.monotonic() + 10.0
    while watcher.frames < until:
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.002)
