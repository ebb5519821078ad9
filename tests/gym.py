"""A gym for the soak (soak.py): the room that the camera sees, and everybody who comes, in hurried time."""

from __future__ import annotations

import gc
import os
import random
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import hurried
import numpy as np
import pygame
from gpiozero import Device

from kiosk.config import Config, LampPins
from kiosk.devices.movenet import PoseModel
from kiosk.devices.process import resident_mb
from kiosk.devices.virtual import Mishap, VirtualCamera
from kiosk.drills import DRILLS
from kiosk.figure.film import Film
from kiosk.scoring.drill import Drill
from kiosk.scoring.pose import Pose
from kiosk.session.buttons import LONG
from kiosk.session.events import Action
from kiosk.session.states import Choosing, Dark, Working, drill_of

#: Seconds that go by in one: while somebody is there, and while nobody is.
BUSY, IDLE = 20.0, 1000.0
#: Hours of the day between which people come, and minutes between two of them.
OPEN, BETWEEN = (6.0, 22.0), (20.0, 55.0)
#: Passes of the loop and seconds after which a press, or a wake, that was not felt is missed: both have to be over, for
#: in hurried time a processor that does something else for a moment is away for long.  One pass is all that it takes.
FELT_WITHIN = 60, 3.0
#: Poses a second of the films, and frames between two at which the real model looks.
FPS, LOOK_EVERY = 15.0, 50
#: Mishaps that the mirror survives without being started anew.
MISHAPS = (Mishap.STALLED, Mishap.STARVED, Mishap.GONE, Mishap.COVERED, Mishap.RESIZED)
#: So many people of each drill.
SEEDS = 2
MOTION = 4
CONFIG = Config(display="offscreen", screen_power="none", profile="Ann", motion=MOTION,
                lamps=LampPins(red=17, amber=27, green=22))  # fmt: skip
BLANK = np.zeros((480, 640, 3), np.uint8)


@cache
def film(drill: str, seed: int) -> tuple[Pose, ...]:
    """Somebody who does six repetitions of ``drill``, in the first one with a fault where the seed is odd."""
    faults = {DRILLS[0].faults[0].key: 1.0} if seed % 2 and drill == DRILLS[0].key else {}
    return tuple(Film(drill, faults=faults, reps=6, fps=FPS, seed=seed).poses())


class Room:
    """What the camera sees: nobody, or somebody who does a drill over and over."""

    def __init__(self) -> None:
        self._poses: tuple[Pose, ...] = ()
        self._since = 0.0

    def show(self, drill: str = "", seed: int = 0) -> None:
        """Somebody begins to do ``drill``; "" empties the room."""
        self._poses, self._since = film(drill, seed) if drill else (), hurried.now()

    def __call__(self, t: float) -> tuple[np.ndarray, Pose]:
        poses = self._poses
        if not poses:
            nowhere = np.full((17, 2), np.nan, np.float32)
            return BLANK, Pose(t, nowhere, np.zeros(17, np.float32), 640, 480, present=False)
        return BLANK, poses[int(max(0.0, t - self._since) * FPS) % len(poses)]


class SeldomModel(PoseModel):
    """The real model, which looks at one picture in fifty and is told the true pose in all."""

    def __init__(self, path: Path, camera: VirtualCamera) -> None:
        super().__init__(path, passes=None)
        self._camera, self._looks = camera, 0

    def look(self, image: np.ndarray, t: float) -> Pose:
        self._looks += 1
        if self._looks % LOOK_EVERY == 0:
            super().look(image, t)
        pose = self._camera.pose()
        assert pose
        return Pose(t, pose.points, pose.scores, pose.width, pose.height, pose.present)


class Gym:
    """Everybody who comes to the mirror, and everything that happens to it, in a thread of its own."""

    def __init__(self, days: float, seed: int) -> None:
        self.chance = random.Random(seed)
        self.room = Room()
        self.camera = VirtualCamera(self.room, FPS)
        self.mirror: Any = None
        self.pressed: list[tuple[Action, ...]] = []  # what each press may be taken for
        self.felt: list[Action] = []
        self.missed: list[str] = []
        self.marks: list[tuple[float, float, int, int]] = []  # hour, megabytes, threads, descriptors
        self.visits = self.reps = self.mishaps = 0
        self.todo: list[Callable[[], None]] = []  # for the mirror's own thread
        self._days, self._begun = days, hurried.now()

    @property
    def hour(self) -> float:
        """Hours since the beginning, which was at midnight."""
        return (hurried.now() - self._begun) / 3600

    def live(self) -> None:
        """All the days; then the mirror is told to end."""
        while self.mirror is None:
            hurried.time.sleep(0.1)
        try:
            while self.hour < self._days * 24:
                self.wait_for_somebody()
                self.visit()
        except BaseException as error:
            self.missed.append(f"the gym itself: {type(error).__name__}: {error}")
        self.mirror._end()

    def wait_for_somebody(self) -> None:
        """Nobody is there; after a while it is dark, and how the process is doing is noted."""
        self.room.show()
        if not self.until(lambda: isinstance(self.session, Dark), 400.0):
            self.missed.append(f"hour {self.hour:.1f}: never dark again, but {type(self.session).__name__}")
        self.mark()
        hurried.hurry(IDLE)
        wait = self.chance.uniform(*BETWEEN) * 60
        if not OPEN[0] <= self.hour % 24 < OPEN[1]:
            wait += ((OPEN[0] - self.hour) % 24) * 3600
        hurried.time.sleep(min(wait, max(0.0, self._days * 86400 - self.hour * 3600)))
        hurried.hurry(BUSY)

    def visit(self) -> None:
        """Somebody comes, wakes the mirror, chooses, does a set or some, answers or not, and leaves."""
        self.visits += 1
        chance = self.chance
        if chance.random() < 0.3:
            sensor = Device.pin_factory.pin(MOTION)
            sensor.drive_high()
            self.expect_awake("by the sensor")
            sensor.drive_low()
        else:
            self.press(chance.choice(tuple(Action)))
            self.expect_awake("by a press")
        first = self.visits <= len(DRILLS)  # for a drill: what is kept of it is kept before memory is compared
        if first:
            self.choose(DRILLS[self.visits - 1])
        else:
            for _ in range(chance.choice((0, 0, 1, 3, 8, 30))):
                self.press(chance.choice((Action.NEXT, Action.PREVIOUS, Action.NEXT)))
        for _ in range(1 if first else chance.choice((0, 1, 1, 2))):
            self.do_a_set()
        for _ in range(chance.choice((0, 0, 5, 15))):  # leafs through what there is, or a child plays
            self.press(chance.choice(tuple(Action)))

    def choose(self, drill: Drill) -> None:
        """Leaf through the drills until it is ``drill``'s turn."""
        for _ in DRILLS:
            if isinstance(self.session, Choosing) and drill_of(self.session) is drill:
                return
            self.press(Action.NEXT)

    def do_a_set(self) -> None:
        """Begin what is offered, do it, be harmed meanwhile, answer what is asked."""
        chance = self.chance
        self.room.show(drill_of(self.session).key, chance.randrange(SEEDS))
        for _ in range(4):
            if isinstance(self.session, Choosing):
                self.press(Action.SELECT)
        self.until(lambda: isinstance(self.session, Working), 30.0)
        if chance.random() < 0.4:
            self.harm()
        self.until(lambda: not isinstance(self.session, Working), chance.uniform(5, 120))
        for _ in range(chance.choice((0, 1, 4))):
            hurried.time.sleep(chance.uniform(0.2, 3))
            self.press(chance.choice(tuple(Action)))

    def harm(self) -> None:
        """One of the things that befall a mirror, for some seconds."""
        self.mishaps += 1
        match self.chance.randrange(8):
            case 0:
                self.todo.append(pygame.display.quit)
            case 1:
                self.todo.append(pygame.mixer.quit)
            case 2:
                line = Device.pin_factory.pin(CONFIG.pins.select)
                for _ in range(100):  # a contact that chatters, and then is pressed
                    line.drive_high()
                self.press(Action.SELECT)
            case _:
                self.camera.mishap = self.chance.choice(MISHAPS)
                hurried.time.sleep(self.chance.uniform(0.5, 15))
                self.camera.mishap = None

    def press(self, action: Action) -> None:
        """A finger on a button; what it is taken for depends on how long it really lay there."""
        pins = CONFIG.pins
        pin = {Action.PREVIOUS: pins.previous, Action.NEXT: pins.next}.get(action, pins.select)
        line = Device.pin_factory.pin(pin)
        at_most = hurried.now()
        line.drive_low()
        at_least = hurried.now()
        hurried.time.sleep(1.2 if action is Action.BACK else 0.15)
        at_least = hurried.now() - at_least
        line.drive_high()
        at_most = hurried.now() - at_most
        taken_for = (action,)
        if pin == pins.select:
            taken_for = (Action.SELECT,) if at_most < LONG else (Action.BACK,) if at_least > LONG else (
                Action.SELECT, Action.BACK)  # fmt: skip
        self.pressed.append(taken_for)
        if not self.soon(lambda: len(self.felt) >= len(self.pressed)):
            self.missed.append(f"hour {self.hour:.1f}: a press of {action} in {type(self.session).__name__}")
            self.felt.append(action)
        elif self.felt[-1] not in taken_for:
            self.missed.append(f"hour {self.hour:.1f}: {self.felt[-1]} was felt where {action} was pressed")
        hurried.time.sleep(0.3)

    def expect_awake(self, how: str) -> None:
        if not self.soon(lambda: not isinstance(self.session, Dark)):
            self.missed.append(f"hour {self.hour:.1f}: a wake {how}")

    @property
    def session(self) -> object:
        return self.mirror.coach.session

    def until(self, true: Callable[[], object], seconds: float) -> bool:
        """Wait for it; whether it came."""
        due = hurried.now() + seconds
        while not true() and hurried.now() < due:
            hurried.time.sleep(0.05)
        return bool(true())

    def soon(self, true: Callable[[], object]) -> bool:
        """Whether it came within so many passes of the loop as it may take."""
        passes, seconds = FELT_WITHIN
        last = self.mirror.outcome.scenes + passes
        return self.until(true, seconds) or (
            self.until(lambda: true() or self.mirror.outcome.scenes > last, 600.0) and bool(true())
        )

    def mark(self) -> None:
        """How the process is doing, with nothing under way."""
        gc.collect()
        fds = len(os.listdir("/proc/self/fd"))
        self.marks.append((self.hour, resident_mb(), threading.active_count(), fds))
