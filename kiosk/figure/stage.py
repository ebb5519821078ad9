"""The child process of studio.py: performs and films the simulated person until either end closes."""

from __future__ import annotations

import os
import select
import sys
import time
from contextlib import suppress

import numpy as np

from kiosk.figure.beats import Script
from kiosk.figure.body import assume
from kiosk.figure.bones import lengths
from kiosk.figure.clothes import dress
from kiosk.figure.course import Course
from kiosk.figure.film import see, see_nobody
from kiosk.figure.paint import Appearance, Painter, Sitter
from kiosk.figure.passer_by import come, way_in
from kiosk.figure.posture import Posture
from kiosk.figure.script import find_script
from kiosk.figure.setting import choose_facing, find_spot, lie_on, place_basin, place_seat, usual_lens
from kiosk.figure.studio import HEADER
from kiosk.figure.things import choose_things
from kiosk.scoring.pose import Pose

#: Who performs.
SEED = 0
#: Standing still before a set, long enough to be found and calibrated; and repetitions of a set.
STAND, REPS = 6.0, 8
#: Seconds away between two sets: the mirror learns the empty room in five (kiosk.scoring.dorsal.background).
AWAY = 8.0
#: What it costs to be polite: the mirror goes before its stand-in.
NICE = 5


class Stage:
    """The performance: standing, a set, away for a drink, standing, a set …; times that ``at`` is asked never decrease.

    ``empty``: so many seconds nobody is there, then they come to their place.
    """

    def __init__(self, drill: str, empty: float = 0.0):
        self._body = lengths(SEED)
        self._sets = 0
        self._posture: Posture | None = None
        self._comes = 0.0
        self._come_back(drill, empty)

    def begin(self, drill: str, t: float) -> None:
        """A new set of ``drill`` at ``t`` from whatever posture there is."""
        script = find_script(drill)
        self._start = t
        self._sets += 1
        self._course = Course(script, {}, REPS, SEED + 1000 * self._sets, stand=STAND, origin=self._posture)
        if self._sets == 1 or drill != self._drill:
            self._set_up(drill, script)

    def _come_back(self, drill: str, t: float) -> None:
        """Nobody is there until ``t``, then they walk in; who trains on the floor is there at once."""
        self._comes, script = t, find_script(drill)
        self.begin(drill, t + (way_in(usual_lens(script)) if t and not script.floor else 0.0))

    def _set_up(self, drill: str, script: Script) -> None:
        """Hang the camera where the drill needs it, and bring what the drill uses."""
        self._drill = drill
        self._camera = usual_lens(script)
        facing = choose_facing(script, SEED)
        self._spot = find_spot(script, self._body, self._camera, facing)
        clothes = dress(SEED)
        self._painter = Painter(self._camera, clothes, SEED, lie_on(script, self._spot))
        things, seat = choose_things(drill), place_seat(self._body, self._course)
        self._sitter = Sitter(self._body, clothes, things, seat, place_basin(drill, self._camera))

    def at(self, t: float) -> tuple[np.ndarray, Pose]:
        """Picture and true keypoints at ``t`` seconds."""
        if t < self._comes:
            return self._painter.paint(), see_nobody(self._camera, t)
        if t - self._start >= self._course.seconds:
            self._come_back(self._drill, t + AWAY)
            return self.at(t)
        if t < self._start:
            self._posture = come(self._start - t, self._body)
        else:
            self._posture, _ = self._course.at(t - self._start)
        skeleton = assume(self._body, self._posture)
        image = self._painter.paint(Appearance(self._sitter, skeleton, self._spot))
        return image, see(skeleton, self._camera, self._spot, t)


def film_live(words: list[str]) -> None:
    """The child: film until standard input or output closes; a line on standard input names the next drill."""
    drill, fps, empty = words
    os.nice(NICE)
    stage = Stage(drill, float(empty))
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
        numbers = (*pose.points.ravel().tolist(), *pose.scores.tolist())
        send(HEADER.pack(t, pose.width, pose.height, *numbers) + image.tobytes())
        due = max(due + 1 / float(fps), time.monotonic())


def send(packet: bytes) -> None:
    """Write all of it to standard output."""
    view = memoryview(packet)
    while view:
        view = view[os.write(1, view) :]


if __name__ == "__main__":
    with suppress(BrokenPipeError, KeyboardInterrupt):
        film_live(sys.argv[1:])
