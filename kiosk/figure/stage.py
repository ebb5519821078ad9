"""The child process of studio.py: performs and films the simulated person until either end closes."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Mapping
from contextlib import suppress

import numpy as np

from kiosk.figure.body import Posture, assume, lengths
from kiosk.figure.course import Course
from kiosk.figure.film import choose_facing, place_seat, see
from kiosk.figure.lens import Lens
from kiosk.figure.paint import Painter
from kiosk.figure.script import find_script
from kiosk.figure.studio import HEADER
from kiosk.scoring.pose import Pose

#: Standing still before a set, long enough to be found and calibrated; and repetitions of a set.
STAND, REPS = 6.0, 8
#: What it costs to be polite: the mirror goes before its stand-in.
NICE = 5


class Stage:
    """The performance: standing, a set, standing, a set …; ``at(t)`` is asked with times that never decrease."""

    def __init__(self, drill: str, seed: int, faults: Mapping[str, float], lens: Lens):
        self._seed, self._faults, self._lens = seed, faults, lens
        self._body, self._facing = lengths(seed), choose_facing(seed)
        self._sets = 0
        self._posture: Posture | None = None
        self._seat: tuple[float, float] | None = None
        self.begin(drill, 0.0)

    def begin(self, drill: str, t: float) -> None:
        """A new set of ``drill`` at ``t`` from whatever posture there is, with those of the faults that it knows."""
        script = find_script(drill)
        faults = {fault: size for fault, size in self._faults.items() if fault in script.faults}
        self._drill, self._start = drill, t
        self._sets += 1
        self._course = Course(script, faults, REPS, self._seed + 1000 * self._sets, stand=STAND, origin=self._posture)
        seat = place_seat(self._body, self._course)
        if self._sets == 1 or seat != self._seat:
            self._painter = Painter(self._body, self._lens, self._facing, self._seed, seat)
        self._seat = seat

    def at(self, t: float) -> tuple[np.ndarray, Pose]:
        """Picture and true keypoints at ``t`` seconds."""
        if t - self._start >= self._course.seconds:
            self.begin(self._drill, t)
        self._posture, _ = self._course.at(t - self._start)
        skeleton = assume(self._body, self._posture)
        return self._painter.paint(skeleton), see(skeleton, self._lens, self._facing, t)


def film_live(words: list[str]) -> None:
    """The child: film until standard input or output closes; a line on standard input names the next drill."""
    drill, fps, seed, *rest = words
    numbers, faults = rest[:7], dict(word.split("=") for word in rest[7:])
    height, distance, pitch, yaw, width, height_px, fov = numbers
    lens = Lens(float(height), float(distance), float(pitch), float(yaw), int(width), int(height_px), float(fov))
    os.nice(NICE)
    stage = Stage(drill, int(seed), {fault: float(size) for fault, size in faults.items()}, lens)
    begin = due = time.monotonic()
    while True:
        if select.select([0], [], [], max(0.0, due - time.monotonic()))[0]:
            said = os.read(0, 4096)
            if not said:
                return
            stage.begin(said.decode().split()[-1], time.monotonic() - begin)
            continue
        t = time.monotonic()
        image, pose = stage.at(t - begin)
        packet = HEADER.pack(t, *pose.points.ravel().tolist(), *pose.scores.tolist()) + image.tobytes()
        send(packet)
        due = max(due + 1 / float(fps), time.monotonic())


def send(packet: bytes) -> None:
    """Write all of it to standard output."""
    view = memoryview(packet)
    while view:
        view = view[os.write(1, view) :]


if __name__ == "__main__":
    with suppress(BrokenPipeError, KeyboardInterrupt):
        film_live(sys.argv[1:])
