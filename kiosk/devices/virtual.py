"""A virtual camera: films what it is given, and has the mishaps of a real camera whenever it is told to.

It keeps the rules of the real ones (frame.py, picamera.py, usb.py): one opening at a time; each frame is new, is
exposed after the one before and carries the monotonic clock; who is slow misses frames and gets no old one; no frame
for STALLED seconds is CameraLost; closing hangs for CLOSING seconds at most and is then a KioskError; leaving twice is
harmless.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from enum import StrEnum

import numpy as np

from kiosk.devices.picamera import CLOSING
from kiosk.frame import STALLED, Frame
from kiosk.scoring.pose import Pose
from kiosk.text import Text
from kiosk.trouble import COMMON, CameraLost, KioskError

#: Frames a second, as of the real ones (picamera.FRAME_TIME).
FPS = 30.0
#: Frames a second of one that starves: a USB hub shared with something greedy, or long exposures in the dark.
STARVED_FPS = 2.0

#: What is before the camera at a time (seconds, monotonic): a picture (h, w, 3) uint8 and the true pose in it.
View = Callable[[float], tuple[np.ndarray, Pose]]


class Mishap(StrEnum):
    """What can befall a camera."""

    STALLED = "gives no more frames"  # a loose cable: libcamera cancels its requests, waits end in a timeout
    STARVED = "gives two frames a second"
    GONE = "is unplugged"  # reading fails at once, and so does opening
    RESIZED = "gives frames of half the size"  # another camera was plugged in
    COVERED = "sees nothing but black"
    BLOCKED = "never comes back from a read"  # inside the kernel, where no time limit reaches
    HUNG = "never closes"  # picamera2 with its event loop dead


class VirtualCamera:
    """A camera of ``view``, from ``with`` on, with the ``mishap`` that may be set and cleared from any thread.

    ``pose()`` is the true pose of the frame last given, as the simulated person's camera tells it.
    """

    def __init__(self, view: View, fps: float = FPS) -> None:
        self.name: str = Text("virtual camera")
        self._view, self._fps = view, fps
        self._news = threading.Condition()
        self._mishap: Mishap | None = None
        self._open = False
        self._opened_at = self._exposed = 0.0
        self._pose: Pose | None = None

    @property
    def mishap(self) -> Mishap | None:
        """What is the matter with it; None when all is well."""
        return self._mishap

    @mishap.setter
    def mishap(self, mishap: Mishap | None) -> None:
        with self._news:
            self._mishap = mishap
            self._news.notify_all()

    def __enter__(self) -> VirtualCamera:
        """Open the camera.  Raises CameraLost when it is gone or still open."""
        with self._news:
            if self._open or self._mishap is Mishap.GONE:
                why = COMMON["Device or resource busy" if self._open else "No such device"]
                raise CameraLost(Text("{camera}: cannot be opened ({why})", camera=self.name, why=why))
            self._open = True
            self._opened_at = self._exposed = time.monotonic()
        return self

    def __exit__(self, *exc: object) -> None:
        """Close the camera.  Raises KioskError when that hangs: it then stays open."""
        with self._news:
            if not self._open:
                return
            self._open = not self._news.wait_for(lambda: self._mishap is not Mishap.HUNG, CLOSING)
            self._news.notify_all()
            if self._open:
                raise KioskError(f"{self.name}: did not close within {CLOSING:.0f} s; the program must start anew")

    def __iter__(self) -> Iterator[Frame]:
        """Frames as they are exposed.  Raises CameraLost when none comes for a second, or it is gone."""
        while self._open:
            t = self._wait_for_exposure()
            picture, pose = self._view(t)
            if self._mishap is Mishap.RESIZED:
                picture, pose = _halved(picture, pose)
            if self._mishap is Mishap.COVERED:
                picture, pose = np.zeros_like(picture), _unseen(pose)
            self._pose = pose
            yield Frame(t, picture.copy())

    def pose(self) -> Pose | None:
        """The true pose of the frame last given; None before the first."""
        return self._pose

    def _wait_for_exposure(self) -> float:
        """When the next frame was exposed."""
        asked = time.monotonic()
        with self._news:
            while True:
                now = time.monotonic()
                if self._mishap is Mishap.GONE:
                    raise CameraLost(Text("{camera}: has stopped", camera=self.name))
                if self._mishap is Mishap.BLOCKED:
                    self._news.wait()
                    continue
                due = self._next_exposure(asked)
                if due <= now:
                    self._exposed = due
                    return due
                if now - asked >= STALLED:
                    said = Text("{camera}: no frame for {seconds:.0f} s", camera=self.name, seconds=STALLED)
                    raise CameraLost(said)
                self._news.wait(min(due, asked + STALLED) - now)

    def _next_exposure(self, asked: float) -> float:
        """The first exposure after the one last given that is no older than a frame when it is ``asked`` for."""
        if self._mishap is Mishap.STALLED:
            return float("inf")
        between = 1 / (STARVED_FPS if self._mishap is Mishap.STARVED else self._fps)
        after = max(self._exposed, asked - between) - self._opened_at
        return self._opened_at + (int(after / between + 1e-6) + 1) * between


def _halved(picture: np.ndarray, pose: Pose) -> tuple[np.ndarray, Pose]:
    small = picture[::2, ::2]
    height, width = small.shape[:2]
    return small, Pose(pose.t, pose.points / 2, pose.scores, width, height, pose.present)


def _unseen(pose: Pose) -> Pose:
    nowhere = np.full_like(pose.points, np.nan)
    return Pose(pose.t, nowhere, np.zeros_like(pose.scores), pose.width, pose.height, present=False)
