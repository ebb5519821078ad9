"""What a camera will see of short and tall people from where it hangs: which parts, how far inside the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

import numpy as np

from kiosk.config import Config
from kiosk.figure.body import Skeleton, assume
from kiosk.figure.bones import ANKLE_HEIGHT, NECK, SHIN, THIGH, TRUNK, average
from kiosk.figure.lens import Lens, Spot, project, turn
from kiosk.figure.places import MODULES, Module, Mount, Place, Stance
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_EAR, LEFT_HIP, LEFT_KNEE, LEFT_SHOULDER, LEFT_WRIST, RIGHT_EAR

#: A short, a middling and a tall person, metres.
PEOPLE = (1.50, 1.75, 1.95)
#: Pixels along the longer side of what the mirror looks at, whichever camera it is (devices/picamera.py).
LONG = 640
#: Less than this share of the picture's shorter side from its edge is close: so much feet shift on their mark, and so
#: much less than is reckoned here a Wide's bent picture may show.
CLOSE = 0.05
#: Nearer to the lens than this nothing is seen of anybody, metres.
TOO_NEAR = 0.10
#: The crown is so far above the ears along the head, in shares of stature: what is left of a standing person.
CROWN = 1.0 - (ANKLE_HEIGHT + SHIN + THIGH + TRUNK + NECK)
#: Distances that are tried out, metres; the last stands for all beyond it.
DISTANCES = np.round(np.arange(0.40, 5.001, 0.05), 2)


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a part of the body is inside the picture: ``cm`` from the nearest ``edge`` of it, less than 0 beyond it.

    ``close``: inside, but hardly.
    """

    edge: str
    cm: float
    close: bool

    @property
    def seen(self) -> bool:
        """Whether all of the part is in the picture."""
        return self.cm >= 0


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What the camera sees of somebody: margins by the part of the body."""

    stature: float
    stance: Stance
    skeleton: Skeleton
    spot: Spot
    margins: Mapping[str, Margin]


def mounted(config: Config, distance: float) -> Mount:
    """The camera as the settings say it hangs; of its sensor's shape they say nothing: that of a Camera Module 3."""
    at = config.camera_at
    module = Module("the camera of the settings", at.fov, MODULES["3"].shape)
    return Mount(module, config.camera_turn in (90, 270), at.height_mm / 1000, at.pitch, distance)


def make_lens(place: Place, mount: Mount) -> Lens:
    """The virtual camera at ``mount``."""
    short = round(LONG * mount.module.shape)
    width, height_px = (short, LONG) if mount.portrait else (LONG, short)
    return Lens(
        height=mount.height,
        distance=mount.distance + place.behind,
        pitch=mount.pitch,
        yaw=place.yaw,
        width=width,
        height_px=height_px,
        fov=mount.module.fov,
    )


def look(place: Place, mount: Mount) -> list[Look]:
    """What the camera sees of everybody in every stance of the place, stance by stance."""
    lens = make_lens(place, mount)
    return [_look(stature, stance, lens, place.ahead) for stance in place.stances for stature in PEOPLE]


def reach(place: Place, mount: Mount) -> tuple[float, float] | None:
    """From which to which distance every needed part of everybody is seen, metres; None if from none."""

    def all_seen(distance: float) -> bool:
        return not lost(place, look(place, replace(mount, distance=distance)))

    runs = [list(run) for seen, run in groupby(DISTANCES.tolist(), key=all_seen) if seen]
    longest = max(runs, key=len, default=None)
    return (longest[0], longest[-1]) if longest else None


def lost(place: Place, looks: list[Look]) -> list[tuple[Look, str]]:
    """Who loses which of the parts that the place needs."""
    return [(one, part) for one in looks for part in place.needed if not one.margins[part].seen]


def _look(stature: float, stance: Stance, lens: Lens, ahead: float) -> Look:
    skeleton = _assume(stature, stance)
    spot = Spot(1, -ahead)
    if stance.lies:
        forward = skeleton.points[:, 0]
        middle = turn(np.array([((forward.min() + forward.max()) / 2, 0.0, 0.0)]), lens, Spot(1))[0]
        spot = Spot(1, -float(middle[0]), -float(middle[1]))
    margins = {part: _margin(turn(points, lens, spot), lens) for part, points in _parts(skeleton).items()}
    return Look(stature, stance, skeleton, spot, margins)


@lru_cache(maxsize=64)  # every person in every stance of every place
def _assume(stature: float, stance: Stance) -> Skeleton:
    return assume(average(stature), stance.posture)


def _parts(skeleton: Skeleton) -> dict[str, np.ndarray]:
    """The points of each part of the body, (n, 3)."""
    points = skeleton.points
    lean = np.radians(skeleton.head)
    crown = points[[LEFT_EAR, RIGHT_EAR]].mean(axis=0)
    crown += np.array((np.sin(lean), 0.0, np.cos(lean))) * CROWN * skeleton.lengths.stature
    joints = {
        "shoulders": LEFT_SHOULDER,
        "hands": LEFT_WRIST,
        "hips": LEFT_HIP,
        "knees": LEFT_KNEE,
    }
    pairs = {part: points[joint : joint + 2] for part, joint in joints.items()}
    feet = np.vstack((points[LEFT_ANKLE : LEFT_ANKLE + 2], skeleton.feet.reshape(4, 3)))
    return {"head": np.vstack((points[:LEFT_SHOULDER], crown)), **pairs, "feet": feet}


def _margin(places: np.ndarray, lens: Lens) -> Margin:
    """Of the point of ``places`` (n, 3) that is nearest to an edge of the picture, or farthest beyond it."""
    points, depth = project(places, lens)
    if depth.min() < TOO_NEAR:
        return Margin("glass", float(depth.min() - TOO_NEAR) * 100, False)
    x, y = points.T
    pixels = np.stack((x, lens.width - x, y, lens.height_px - y))
    metres = pixels * depth / lens.focus
    edge, point = np.unravel_index(metres.argmin(), metres.shape)
    close = pixels.min() < CLOSE * min(lens.width, lens.height_px)
    name = ("left", "right", "top", "bottom")[edge]
    return Margin(name, float(metres[edge, point]) * 100, bool(close) and metres.min() >= 0)
