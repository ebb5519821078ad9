"""A camera mounted on its side, seen upright."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kiosk.frame import Camera, Frame, Holding

#: A pixel as one thing: turned by its three bytes a picture takes two to four times as long.
_PIXEL = np.dtype("V3")


class Turned:
    """``camera`` with its pictures turned ``turn`` degrees clockwise: 0, 90, 180 or 270.

    The ISP cannot do quarter turns (platform 3), so the small picture is turned here.
    """

    def __init__(self, camera: Camera, turn: int) -> None:
        self.camera = camera
        self.name = camera.name
        self._quarters = -turn // 90  # of numpy's, which are counter-clockwise

    def __enter__(self) -> Turned:
        self.camera.__enter__()
        self.name = self.camera.name
        return self

    def __exit__(self, *exc: object) -> None:
        self.camera.__exit__(*exc)

    def __iter__(self) -> Iterator[Frame]:
        for frame in self.camera:
            pixels = np.rot90(frame.image.view(_PIXEL), self._quarters)
            yield Frame(frame.t, np.ascontiguousarray(pixels).view(np.uint8))

    def hold(self, steady: bool) -> None:
        """Have the camera hold its exposure, if it can."""
        if isinstance(self.camera, Holding):
            self.camera.hold(steady)
