"""What ``kiosk bench`` times of a frame on its way to the verdict: crop, inference, the look at the back, scoring."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from kiosk.commands.stopwatch import FPS, Milliseconds
from kiosk.devices import runtime
from kiosk.devices.movenet import PoseModel
from kiosk.devices.picamera import WIDTH
from kiosk.drills import DRILLS
from kiosk.figure.events import Events
from kiosk.figure.film import Film, Filmed
from kiosk.figure.lens import SIDE
from kiosk.scoring.dorsal.back import Back
from kiosk.scoring.dorsal.background import KEEP_EVERY, LEARNED, Background
from kiosk.scoring.pose import Pose
from kiosk.scoring.scorer import Scorer

#: Pictures of the film kept in memory: enough that no cache holds them all.
PICTURES = 45
#: The film is as large as the picture of a Pi camera hung on its side.
LENS = replace(SIDE, width=WIDTH * 9 // 16, height_px=WIDTH)
#: Seconds between two looks at a back, a little more than the least there are; updates of one room, which is known
#: after the first LEARNED.
LOOK_EVERY, UPDATES = 0.2, 40
#: Frames, or bare invokes, in a row before the other takes its turn.
BLOCK = 10


def film() -> list[Filmed]:
    """The beginning of a hinge of the simulated person, in memory."""
    return list(itertools.islice(Film("hinge", reps=1, fps=FPS, lens=LENS), PICTURES))


@cache
def empty_room() -> np.ndarray:
    """A picture of the same room with nobody in it."""
    return next(iter(Film("hinge", reps=1, fps=FPS, lens=LENS, events=Events(empty=1.0)))).frame.image


def looks(model: Path, frames: Sequence[Filmed], rounds: int) -> dict[str, Milliseconds]:
    """Milliseconds on one thread: the bare ``invoke``; of a frame, its ``crop`` (the look less its invoke), the
    ``whole`` way from memory to the verdict, back and all, and that way in two passes, ``twice``.
    """
    once, both = PoseModel(model, threads=1), PoseModel(model, threads=1, passes=2)
    bare = runtime.start(model, threads=1).interpreter
    scorers = {once: Scorer(DRILLS[0]), both: Scorer(DRILLS[0])}
    backs = {once: _knowing(), both: _knowing()}
    took: dict[str, Milliseconds] = {"invoke": [], "crop": [], "whole": [], "twice": []}
    moments = _looped(frames)
    for turn in range(-1, rounds):
        for _ in range(BLOCK):
            begun = time.perf_counter()
            bare.invoke()
            took["invoke"].append((time.perf_counter() - begun) * 1e3)
        block = list(itertools.islice(moments, BLOCK))
        for eye, whole in ((once, "whole"), (both, "twice")):
            for t, filmed in block:
                begun = time.perf_counter()
                pose = eye.look(filmed.frame.image, t)
                looked = time.perf_counter()
                scorers[eye].step(replace(pose, back=backs[eye].look(filmed.frame.image, pose)))
                took[whole].append((time.perf_counter() - begun) * 1e3)
                if eye is once:
                    took["crop"].append((looked - begun) * 1e3 - eye.invoke_ms)
        if turn < 0:
            for values in took.values():
                values.clear()
    return took


def backs(frames: Sequence[Filmed], rounds: int) -> dict[str, list[float]]:
    """Microseconds of so many of each: a ``look`` at the back, every fifth with what is learned of the room around the
    person; what is learned of the whole ``room`` with nobody in it, at first and when it is known.
    """
    took: dict[str, list[float]] = {"look": [], "room": []}
    back = _knowing()
    for count, filmed in zip(range(rounds), itertools.cycle(frames), strict=False):
        pose = replace(filmed.pose, t=count * LOOK_EVERY)
        begun = time.perf_counter()
        back.look(filmed.frame.image, pose)
        took["look"].append((time.perf_counter() - begun) * 1e6)
    for count in range(rounds):
        if count % UPDATES == 0:
            room = Background(LENS.width, LENS.height_px)
        nobody = _nobody(count * KEEP_EVERY)
        begun = time.perf_counter()
        room.watch(empty_room(), nobody)
        took["room"].append((time.perf_counter() - begun) * 1e6)
    return took


def _knowing() -> Back:
    """Looks at backs and knows the empty room, at time 0."""
    back = Back()
    for count in range(-LEARNED - 1, 0):
        back.look(empty_room(), _nobody(count * KEEP_EVERY))
    return back


def _nobody(t: float) -> Pose:
    nowhere = np.full((17, 2), np.nan, np.float32)
    return Pose(t, nowhere, np.zeros(17, np.float32), LENS.width, LENS.height_px, present=False)


def _looped(frames: Sequence[Filmed]) -> Iterator[tuple[float, Filmed]]:
    """The frames over and over, forwards and backwards, each with a new time."""
    there_and_back = itertools.cycle((*frames, *reversed(frames)))
    return ((count / FPS, frame) for count, frame in enumerate(there_and_back))
