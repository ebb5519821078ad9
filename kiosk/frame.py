"""A frame: one picture from a camera, with its own time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

#: Seconds without a frame after which a live camera has stalled: a frame is due thirty times in one.
STALLED = 1.0
#: Seconds after which what a camera saw is a ghost: the person may have left since.
GHOST = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One un-mirrored picture.

    ``image`` is (height, width, 3) uint8, red-green-blue.  ``t`` is in seconds on the camera's own clock (never
    decreasing within one camera; the zero is the camera's business).
    """

    t: float
    image: np.ndarray


class Camera(Protocol):
    """What every camera is: opened by ``with``, then iterated for frames.

    ``name`` says in a few words what was opened (``kiosk run`` prints it).  Iteration ends when a recording ends; a
    live camera never ends by itself, it raises :class:`kiosk.trouble.CameraLost` after STALLED seconds without a frame.
    Leaving twice is harmless.
    """

    name: str

    def __enter__(self) -> Camera: ...

    def __exit__(self, *exc: object) -> None: ...

    def __iter__(self) -> Iterator[Frame]: ...


@runtime_checkable
class Holding(Protocol):
    """A camera that can hold its exposure; others (recordings, the simulated person) have nothing to hold."""

    def hold(self, steady: bool) -> None:
        """Keep exposure, gain and white balance as they are in the newest frame, or follow the light again.

        To be called between two frames, from the thread that takes them; frames show it a few later.
        """
