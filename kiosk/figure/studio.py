"""The simulated person as a camera: filmed live, in a process of its own, so that painting disturbs nothing measured.

The child process (stage.py, run by its name) writes pictures and true keypoints to its standard output and reads the
names of drills from its standard input.  Either end closing ends it, so it never outlives its parent.
"""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import numpy as np

from kiosk.figure.script import find_script
from kiosk.frame import Frame
from kiosk.scoring.pose import Pose
from kiosk.text import Text
from kiosk.trouble import CameraLost

#: Seconds without a frame after which the studio counts as lost; its first frame may take longer.
SILENCE, FIRST = 2.0, 10.0
#: Before each picture: its time (seconds, monotonic clock), its width and height, then 17 keypoints x, y and 17 scores.
HEADER = struct.Struct("<d2H51f")
#: What the child process runs; it is not imported here, for painting is not needed to watch.
STAGE = "kiosk.figure.stage"
NAME = Text("the simulated person")


class FigureCamera:
    """A live camera that films the simulated person doing set after set of ``drill``.

    Every drill is filmed as is usual for it, so that frames may change their size from one drill to the next.
    ``empty``: for so many seconds nobody is there.  It may be opened again after it was closed.  Raises BadInput on an
    unknown drill, CameraLost when frames stop coming.
    """

    name = str(NAME)

    def __init__(self, drill: str = "hinge", fps: float = 15.0, empty: float = 0.0):
        find_script(drill)
        self._drill, self._fps, self._empty = drill, fps, empty
        self._child: subprocess.Popen[bytes] | None = None
        self._news = threading.Condition()
        self._newest: tuple[Frame, Pose] | None = None

    def __enter__(self) -> FigureCamera:
        root = Path(__file__).resolve().parents[2]
        self._newest = None
        self._child = subprocess.Popen(
            [sys.executable, "-m", STAGE, self._drill, str(self._fps), str(self._empty)],
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
                raise CameraLost(
                    Text(
                        "{camera}: no frame for {seconds:.0f} s, or its process has ended",
                        camera=NAME,
                        seconds=patience,
                    )
                )
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
        with pipe:
            while header := read_whole(pipe, HEADER.size):
                t, width, height, *numbers = HEADER.unpack(header)
                picture = read_whole(pipe, width * height * 3)
                if picture is None:
                    break
                table = np.array(numbers, np.float32)
                image = np.frombuffer(picture, np.uint8).reshape(height, width, 3)
                points = table[:34].reshape(17, 2)
                pose = Pose(t, points, table[34:], width, height, present=bool(np.isfinite(points).any()))
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
