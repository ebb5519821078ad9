"""The virtual camera: a pinhole, as a small camera module on the mirror would be mounted."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin, tan

import numpy as np


@dataclass(frozen=True, slots=True)
class Lens:
    """Where the camera is and what it makes of the world.

    ``height`` of the camera over the floor and ``distance`` to the middle of the person, metres; ``pitch`` degrees it
    looks down; ``yaw`` degrees the person is turned from side-on towards the camera (90 faces it); ``width`` and
    ``height_px`` of the picture, pixels; ``fov`` degrees across its longer side (Camera Module 3, biomechanics 4.6).
    """

    height: float = 1.0
    distance: float = 2.6
    pitch: float = 0.0
    yaw: float = 0.0
    width: int = 360
    height_px: int = 640
    fov: float = 66.0

    @property
    def from_side(self) -> bool:
        """Whether it sees the person rather from the side than from the front or from behind."""
        return abs(cos(radians(self.yaw))) > cos(radians(45))

    @property
    def focus(self) -> float:
        """Focal length in pixels."""
        return max(self.width, self.height_px) / 2 / tan(radians(self.fov / 2))


#: Where the camera hangs for what (biomechanics 4.6): side-on and facing it, for what is done on the floor, which needs
#: the picture's length, and over a washbasin and beside it, wide and near.
SIDE, FRONT = Lens(), Lens(yaw=90.0)
FLOOR = Lens(height=0.9, distance=2.75, pitch=5.0, width=640, height_px=360)
BESIDE = Lens(height=1.15, distance=0.9, fov=102.0)
BASIN = Lens(height=1.8, distance=0.85, pitch=18.0, yaw=90.0, fov=102.0)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the room a person is: ``facing`` +1 to the right of the picture or -1 to the left; metres to the
    ``right`` of the middle of the picture and ``away`` behind it, before the lens's yaw.
    """

    facing: int
    right: float = 0.0
    away: float = 0.0


def turn(points: np.ndarray, lens: Lens, spot: Spot) -> np.ndarray:
    """Body coordinates (n, 3) → the room's: x to the right of the picture, y away from the camera, z up."""
    angle = radians(-lens.yaw if spot.facing > 0 else 180 + lens.yaw)
    c, s = cos(angle), sin(angle)
    return points @ np.array(((c, s, 0.0), (-s, c, 0.0), (0.0, 0.0, 1.0))) + (spot.right, spot.away, 0.0)


def project(places: np.ndarray, lens: Lens) -> tuple[np.ndarray, np.ndarray]:
    """Places in the room (n, 3) → pixels (n, 2), x right and y down, and depths (n,), metres from the camera."""
    c, s = cos(radians(lens.pitch)), sin(radians(lens.pitch))
    away, up = places[:, 1] + lens.distance, places[:, 2] - lens.height
    depth, rise = away * c - up * s, up * c + away * s
    scale = lens.focus / depth
    pixels = np.stack((lens.width / 2 + places[:, 0] * scale, lens.height_px / 2 - rise * scale), axis=1)
    return pixels, depth
