"""Days of a gym in minutes: ``python tests/soak.py --days 3``; fails when anything grows, a press or a wake is missed.

The whole program runs in this process as `kiosk run` does, every thread of it, with real buttons on mock pins, the
real model now and then, and the virtual camera; only time goes by faster (hurried.py): twenty times while somebody is
there, much more while nobody is.  People walk up, press, do sets well and badly, walk off; meanwhile the camera has its
mishaps, display and sound card are lost, another program holds the history.
"""

from __future__ import annotations

import hurried  # isort: skip  # before everything that takes a clock as its default

import argparse
import os
import resource
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

os.environ["GPIOZERO_PIN_FACTORY"] = "mock"
os.environ["SDL_AUDIODRIVER"] = "dummy"

from gpiozero import Device
from gpiozero.pins.mock import MockFactory, MockPWMPin
from gym import BUSY, CONFIG, SEEDS, Gym, SeldomModel, film

from kiosk import app
from kiosk.devices.model_file import find_model
from kiosk.drills import DRILLS
from kiosk.eyes import Eyes
from kiosk.mirror import Mirror
from kiosk.records.history import find_history
from kiosk.session.events import Press
from kiosk.trouble import NoModel

#: Share of memory that may be gained from the second third of the time to the last; in the first, all is seen once.
GROWTH = 0.02


@contextmanager
def watched(gym: Gym) -> Iterator[None]:
    """Every mirror that is made is the one the ``gym`` knows."""

    class Watched(Mirror):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            take = self.coach.take

            def noted(event: object) -> None:
                if isinstance(event, Press):
                    gym.felt.append(event.action)
                take(event)  # type: ignore[arg-type]

            self.coach.take = noted  # type: ignore[method-assign]
            gym.mirror = self

        def _go_round(self, now: float) -> None:
            while gym.todo:
                gym.todo.pop()()
            super()._go_round(now)

    app.Mirror = Watched  # type: ignore[misc]
    yield


def judge(gym: Gym) -> list[str]:
    """What was wrong with all those days.

    The least of a day is compared: what comes and goes, sentences and pictures, lies up to 5 % over it at some marks.
    """
    wrong = gym.missed.copy()
    third = max(1, len(gym.marks) // 3)
    first, second, last = gym.marks[:third], gym.marks[third : 2 * third] or gym.marks, gym.marks[-third:]
    for column, (what, early) in enumerate((("memory, MB", second), ("threads", first), ("descriptors", first)), 1):
        before, after = (min(mark[column] for mark in marks) for marks in (early, last))
        growth = after / before - 1
        print(f"{what:12} {before:7.1f} → {after:7.1f}  ({growth:+.2%})")
        if growth > (GROWTH if column == 1 else 0):
            wrong.append(f"{what} grew from {before:g} to {after:g}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description="Days of a gym in minutes.")
    parser.add_argument("--days", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sys.setswitchinterval(0.0005)  # a finger is quicker here
    Device.pin_factory = MockFactory(pin_class=MockPWMPin)
    gym = Gym(asked.days, asked.seed)
    threading.excepthook = lambda died: gym.missed.append(f"{died.thread and died.thread.name}: {died.exc_value!r}")
    try:
        path = find_model()
    except NoModel:
        path = None
    eyes = Eyes("virtual camera", "", None, lambda: gym.camera, path and (lambda: SeldomModel(path, gym.camera)))
    app.choose_eyes = lambda config, drill: eyes
    for drill in DRILLS:  # beforehand, for it is not the mirror's memory
        for seed in range(SEEDS):
            film(drill.key, seed)
    began = hurried._monotonic()
    with tempfile.TemporaryDirectory() as folder, watched(gym):
        os.environ["STATE_DIRECTORY"] = os.environ["CACHE_DIRECTORY"] = folder
        threading.Thread(target=gym.live, name="gym", daemon=True).start()
        hurried.hurry(BUSY)
        outcome = app.run(CONFIG, app.Wishes(size=(540, 960)))
        kept = find_history().stat().st_size
    took, worked = hurried._monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_utime
    print(f"{gym.hour / 24:.2f} days in {took / 60:.1f} minutes, {worked:.0f} s of a processor")
    print(f"{gym.visits} visits, {len(gym.pressed)} presses, {outcome.reps} repetitions, {gym.mishaps} mishaps,")
    print(f"{outcome.scenes} passes of the loop, {outcome.frames} frames, {kept / 1e3:.0f} kB of history")
    wrong = judge(gym)
    for hour, megabytes, threads, descriptors in gym.marks[:: max(1, len(gym.marks) // 12)]:
        print(f"  hour {hour:5.1f}: {megabytes:.1f} MB, {threads} threads, {descriptors} descriptors")
    print("\n".join(wrong) or "nothing grew, nothing was missed")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
