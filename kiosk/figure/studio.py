"""The simulated person as a camera: filmed live, in a process of its own, so that painting disturbs nothing measured.

The child process (this module, run by its name) writes pictures and true keypoints to its standard output and reads
the names of drills from its standard input.  Either end closing ends it, so it never outlives its parent.
"""

from __future__ import annotations

import os
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

import numpy as np

from kiosk.figure.body import Posture, assume, lengths
from kiosk.figure.course import Course
from kiosk.figure.film import choose_facing, place_seat, see
from kiosk.figure.lens import Lens
from kiosk.figure.paint import Painter
from kiosk.figure.script import find_script, put_faults_in
from kiosk.frame import Frame
from kiosk.scoring.pose import Pose
from kiosk.trouble import CameraLost

#: Standing still before a set, long enough to be found and calibrated; and repetitions of a set.
STAND, REPS = 6.0, 8
#: Seconds without a frame after which the studio counts as lost; its first frame may take longer.
SILENCE, FIRST = 2.0, 10.0
#: Before each picture: its time (seconds, monotonic clock), then 17 keypoints x, y and 17 scores.
HEADER = struct.Struct("<d51f")
#: What it costs to be polite: the mirror goes before its stand-in.
NICE = 5


class FigureCamera:
    """A live camera that films the simulated person doing set after set of ``drill``.

    ``faults`` by key and size go into every repetition.  It may be opened again after it was closed.  Raises
    BadInput on an unknown drill or fault, CameraLost when frames stop coming.
    """

    name = "the simulated person"

    def __init__(
        self,
        drill: str = "hinge",
        fps: float = 15.0,
        seed: int = 0,
        faults: Mapping[str, float] | None = None,
        lens: Lens | None = None,
    ):
        self._drill, self._fps, self._seed, self._faults = drill, fps, seed, dict(faults or {})
        self._lens = lens or Lens()
        put_faults_in(find_script(drill), self._faults)
        self._child: subprocess.Popen[bytes] | None = None
        self._news = threading.Condition()
        self._newest: tuple[Frame, Pose] | None = None

    def __enter__(self) -> FigureCamera:
        lens = self._lens
        words = [sys.executable, "-m", __name__, self._drill, self._fps, self._seed]
        words += [lens.height, lens.distance, lens.pitch, lens.yaw, lens.width, lens.height_px, lens.fov]
        words += [f"{fault}={size}" for fault, size in self._faults.items()]
        root = Path(__file__).resolve().parents[2]
        self._newest = None
        self._child = subprocess.Popen(
            [str(word) for word in words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            cwd=root,
            start_new_session=True,  # a Ctrl-C is the parent's to answer
        )
        assert self._child.stdout is not None
        threading.Thread(target=self._receive, args=(self._child.stdout,), name="studio", daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(OSError):
            child.stdin.close()  # type: ignore[union-attr]  # it was opened with a pipe
        child.kill()
        child.wait()
        with self._news:
            self._newest = None
            self._news.notify_all()

    def __iter__(self) -> Iterator[Frame]:
        patience, last = FIRST, None
        while self._child is not None:
            frame = self._wait_for_other_than(last, patience)
            if self._child is None:
                return
            if frame is last or frame is None:
                raise CameraLost(f"{self.name}: no frame for {patience:g} s, or its process has ended")
            last, patience = frame, SILENCE
            yield frame

    def perform(self, drill: str) -> None:
        """Do that drill from now on; doing it already changes nothing.  Raises BadInput on an unknown drill."""
        find_script(drill)
        if drill == self._drill:
            return
        self._drill = drill
        child = self._child
        if child is not None:
            with suppress(OSError, ValueError):
                child.stdin.write(f"{drill}\n".encode())  # type: ignore[union-attr]

    def pose(self) -> Pose | None:
        """The true keypoints of the newest frame; None before the first and after closing."""
        newest = self._newest
        return newest[1] if newest else None

    def _wait_for_other_than(self, last: Frame | None, patience: float) -> Frame | None:
        """The newest frame: another one than the last if it comes within so many seconds and the child lives."""

        def other() -> bool:
            return self._child is None or self._child.poll() is not None or self._frame() is not last

        with self._news:
            self._news.wait_for(other, patience)
            return self._frame()

    def _frame(self) -> Frame | None:
        return self._newest[0] if self._newest else None

    def _receive(self, pipe: IO[bytes]) -> None:
        """Read frames until the pipe ends; the newest wins."""
        width, height = self._lens.width, self._lens.height_px
        with pipe:
            while header := read_whole(pipe, HEADER.size):
                picture = read_whole(pipe, width * height * 3)
                if picture is None:
                    break
                t, *numbers = HEADER.unpack(header)
                table = np.array(numbers, np.float32)
                image = np.frombuffer(picture, np.uint8).reshape(height, width, 3)
                pose = Pose(t, table[:34].reshape(17, 2), table[34:], width, height)
                with self._news:
                    if self._child is None or self._child.stdout is not pipe:
                        break
                    self._newest = Frame(t, image), pose
                    self._news.notify_all()
        with self._news:
            self._news.notify_all()


def read_whole(pipe: IO[bytes], size: int) -> bytearray | None:
    """Exactly ``size`` bytes, or None when the pipe ends before."""
    buffer = bytearray(size)
    view = memoryview(buffer)
    have = 0
    while have < size:
        got = pipe.readinto(view[have:])  # type: ignore[attr-defined]  # an unbuffered pipe is a raw file
        if not got:
            return None
        have += got
    return buffer


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
