"""Where on the glass a person sees themselves, by what the camera sees of them: pure geometry.

Places are in metres: x to the right as the person sees it, from the middle of the lit area; y up from the floor; z out
of the glass.  The glass is the plane z = 0.  The lens, flush behind it, lies in that plane too: the few millimetres
between the surface that reflects and the panel that is lit move a mark by less than two.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, cos, hypot, isnan, nan, radians, sin, tan

import numpy as np

from kiosk.config import CameraAt, Screen
from kiosk.scoring.pose import (
    LEFT_ANKLE,
    LEFT_EYE,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    NOSE,
    RIGHT_EYE,
    RIGHT_SHOULDER,
    Pose,
)
from kiosk.scoring.view import SHOULDER_WIDTH, SIDE_BY_FACING

#: Heights over the floor of who stands, by the left joint of a pair, as shares of stature, and how much people differ
#: in them (standard deviations; of the ankles these are soles): Drillis and Contini (1966), as in Winter, Biomechanics
#: and Motor Control of Human Movement; the eyes after Pheasant, Bodyspace.
HEIGHTS = {
    LEFT_EYE: (0.936, 0.010),
    LEFT_SHOULDER: (0.818, 0.015),
    LEFT_HIP: (0.530, 0.015),
    LEFT_KNEE: (0.285, 0.010),
    LEFT_ANKLE: (0.039, 0.008),
}
#: Eyes, and the trunk between hips and shoulders, as shares of stature.
EYES, TRUNK = HEIGHTS[LEFT_EYE][0], HEIGHTS[LEFT_SHOULDER][0] - HEIGHTS[LEFT_HIP][0]
#: Half the distance between left and right eye, ear, shoulder, elbow, wrist, hip, knee and ankle, as shares of stature
#: (as above; feet a little narrower than the shoulders): so much nearer is the near one, seen from the side.
HALF_WIDTHS = np.array((0.018, 0.043, 0.102, 0.110, 0.110, 0.055, 0.070, 0.085))
#: Of who faces the glass the eyes are so much nearer to it than the middle of the body, as a share of stature, and the
#: ankles so much farther: the weight rests about 5 cm before them (Winter, chapter on standing).
EYES_BEFORE, ANKLES_BEHIND = 0.060, 0.028
#: Stature of grown women and men together, metres, mean and standard deviation (NCD-RisC 2016: 1.59 and 1.71 in the
#: worldwide mean, more in the north, 0.07 within each): all that is believed of whose height cannot be told.
STATURE, STATURE_SD = 1.70, 0.10
#: Scores below this are guesses of a place.
SEEN = 0.3
#: A keypoint is off by so many pixels (standard deviation) in a picture this long (signals 1), and what that is in
#: metres is reckoned at this distance, the usual one.
PIXELS, LONG, USUAL = 3.0, 640, 2.4
#: Who leans more than this, sideways against upwards, does not stand upright: heights say nothing.
UPRIGHT = 0.27
#: Nobody who is seen whole is nearer or farther than this, metres.
NEAREST, FARTHEST = 0.5, 8.0


@dataclass(frozen=True, slots=True)
class Wall:
    """What hangs on the wall: the ``screen``'s lit area and the ``camera``."""

    screen: Screen
    camera: CameraAt

    @property
    def lens(self) -> tuple[float, float]:
        """Where on the glass the lens is, metres."""
        return self.camera.right_mm / 1000, self.camera.height_mm / 1000

    def share(self, x: float, y: float) -> tuple[float, float]:
        """A place on the glass as shares of the lit picture, from its left and from its top; 0..1 if it is on it."""
        middle = (self.camera.height_mm - self.camera.up_mm) / 1000
        return 0.5 + x * 1000 / self.screen.width_mm, 0.5 + (middle - y) * 1000 / self.screen.height_mm

    def slopes(self, pose: Pose) -> np.ndarray:
        """Of each keypoint, metres to the right and up for each metre out of the glass, (17, 2)."""
        tilt, focus = radians(self.camera.pitch), focal_length(self.camera, pose)
        along = (pose.points - (pose.width / 2, pose.height / 2)) / focus
        right, up = -along[:, 0], -along[:, 1]  # the camera's right is the left of whoever it looks at
        out = cos(tilt) + up * sin(tilt)
        return np.column_stack((right / out, (up * cos(tilt) - sin(tilt)) / out))


#: As the settings have it when nobody says otherwise.
WALL = Wall(Screen(), CameraAt())


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who stands before the glass.

    ``distance`` of the middle of the body from it and ``stature``, metres; ``fronting``: 1 with the chest to the glass,
    0 with the side, -1 with the back; ``facing``: 1 with the face to it, 0 in profile; ``near``: the side of the body
    that is nearer, 0 left, 1 right.
    """

    distance: float
    stature: float
    fronting: float
    facing: float
    near: int

    @property
    def depths(self) -> np.ndarray:
        """How far from the glass each keypoint is, metres, (17,)."""
        nearer = np.zeros(17)
        nearer[LEFT_EYE + self.near :: 2] = HALF_WIDTHS
        nearer[LEFT_EYE + 1 - self.near :: 2] = -HALF_WIDTHS
        nearer *= (1 - self.fronting**2) ** 0.5
        nearer[NOSE : RIGHT_EYE + 1] = nearer[NOSE : RIGHT_EYE + 1] * (1 - self.facing) + EYES_BEFORE * self.facing
        nearer[LEFT_ANKLE:] -= ANKLES_BEHIND * self.fronting
        return self.distance - nearer * self.stature


def focal_length(camera: CameraAt, pose: Pose) -> float:
    """Of the camera that saw ``pose``, pixels."""
    return max(pose.width, pose.height) / 2 / tan(radians(camera.fov / 2))


def on_glass(eye: tuple[float, float, float], point: tuple[float, float, float]) -> tuple[float, float]:
    """Where on the glass whoever looks from ``eye`` sees the reflection of ``point``.

    It divides eye and the point's mirror image by their distances from the glass: half way when they are equally far.
    """
    share = eye[2] / (eye[2] + point[2])
    return eye[0] + share * (point[0] - eye[0]), eye[1] + share * (point[1] - eye[1])


def find_standing(pose: Pose, wall: Wall) -> Standing | None:
    """Who stands there, by what is seen of them; None if nobody is seen to stand upright.

    One camera cannot tell somebody tall from somebody near by their size alone.  But it hangs at a known height over
    the floor they stand on: at the distance d, and of the stature H, a joint that is at the share s of people's height
    is seen at a slope of (s H - camera) / d.  These lines, each trusted as far as people are alike, are solved for d
    and H by least squares; the feet, which are nearly at the same height for everybody, say most.  Of whom only
    shoulders and head are seen, the usual stature is believed the more.
    """
    points, scores = pose.points, pose.scores
    if not pose.present:
        return None
    near = _near(pose)
    shoulder, hip = points[LEFT_SHOULDER + near], points[LEFT_HIP + near]
    if min(scores[LEFT_SHOULDER + near], scores[LEFT_HIP + near]) < SEEN:
        return None
    across, down = (hip - shoulder).tolist()
    if not abs(across) < UPRIGHT * down:
        return None
    turned = Standing(nan, nan, *_turned(pose, hypot(across, down)), near)
    joints = [joint for joint in HEIGHTS if scores[joint + near] >= SEEN]
    distance, stature = _solve(joints, turned, wall, pose)
    if not NEAREST < distance < FARTHEST:
        return None
    return Standing(distance, stature, turned.fronting, turned.facing, near)


def _near(pose: Pose) -> int:
    """Which side of the body is nearer, 0 left, 1 right: that seen better, else that from which the face turns away."""
    x, scores = pose.points[:, 0], pose.scores
    better = float((scores[LEFT_SHOULDER + 1 :: 2] - scores[LEFT_SHOULDER::2]).mean())
    ahead = float(x[NOSE] - (x[LEFT_SHOULDER] + x[RIGHT_SHOULDER]) / 2)
    return int(better + copysign(SIDE_BY_FACING, ahead) > 0)


def _turned(pose: Pose, trunk: float) -> tuple[float, float]:
    """How far the chest (-1..1) and the face (0..1) are turned to the glass; ``trunk`` in pixels."""
    x, scores = pose.points[:, 0], pose.scores
    chest = float(x[LEFT_SHOULDER] - x[RIGHT_SHOULDER]) / trunk / SHOULDER_WIDTH
    eyes = float(x[LEFT_EYE] - x[RIGHT_EYE]) / trunk * TRUNK / (2 * HALF_WIDTHS[0])
    both = min(scores[LEFT_EYE], scores[RIGHT_EYE]) >= SEEN
    return max(-1.0, min(chest, 1.0)), max(0.0, min(eyes, 1.0)) if both else 0.0


def _solve(joints: list[int], turned: Standing, wall: Wall, pose: Pose) -> tuple[float, float]:
    """Distance and stature that suit the heights at which ``joints`` are seen."""
    slopes = wall.slopes(pose)[:, 1]
    nearer = -Standing(0.0, 1.0, turned.fronting, turned.facing, turned.near).depths
    blur = PIXELS / LONG * USUAL * max(pose.width, pose.height) / focal_length(wall.camera, pose)
    rows, heights, weights = [(0.0, 1.0)], [STATURE], [1 / STATURE_SD]
    for joint in joints:
        share, differ = HEIGHTS[joint]
        slope = float(slopes[joint + turned.near])
        if isnan(slope):  # a track may give a score and no place
            continue
        rows.append((slope, -share - float(nearer[joint + turned.near]) * slope))
        heights.append(-wall.lens[1])
        weights.append(1 / hypot(differ * STATURE, blur))
    by = np.array(weights)
    solved = np.linalg.lstsq(np.array(rows) * by[:, None], np.array(heights) * by, rcond=None)[0]
    return float(solved[0]), float(solved[1])


def places(pose: Pose, standing: Standing, wall: Wall) -> np.ndarray:
    """Where each keypoint of ``pose`` is, metres, (17, 3); NaN where it is not seen."""
    depths = standing.depths[:, None]
    found = np.hstack((wall.lens + wall.slopes(pose) * depths, depths))
    found[pose.scores < SEEN] = np.nan
    return found
