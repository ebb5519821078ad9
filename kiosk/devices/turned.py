"""A camera mounted on its side, seen upright."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kiosk.frame import Camera, Frame


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
            yield Frame(frame.t, np.ascontiguousarray(np.rot90(frame.image, self._quarters)))
