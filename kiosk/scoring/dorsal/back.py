"""The back in one frame: all of this package, for whoever has the frame and its pose."""

from __future__ import annotations

import math

import numpy as np

from kiosk.scoring.dorsal.background import Background
from kiosk.scoring.dorsal.contour import (
    FIRST,
    LAST,
    MISSING,
    ROUGH,
    ROUGH_LYING,
    STATIONS,
    Contour,
    Shape,
    drop_astray,
    measure,
    step_up,
)
from kiosk.scoring.dorsal.rays import Rays
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.pose import LEFT_ELBOW, LEFT_HIP, LEFT_SHOULDER, LEFT_WRIST, Pose
from kiosk.scoring.start import STARTS, Start
from kiosk.scoring.verdict import View
from kiosk.scoring.view import Stance, average

#: Seconds between two looks: 5 Hz, for no back rounds faster (biomechanics 3.3); a little less, since poses come at
#: times of their own.
LOOK_EVERY = 0.19
#: The most seconds that pass between two poses of one person.
LONGEST_STEP = 1.0
#: Scores from which a shoulder, a hip or an arm says where it is (biomechanics 5.3).
SCORE = 0.2
ARM_SCORE = 0.3
#: An elbow or a wrist as far behind the chord as this, in lengths of it, may be what ends the rays: a back is 0.15 to
#: 0.4 behind it, an arm a few hundredths thick.
BEHIND = 0.15
#: A trunk shorter than this many pixels has no outline to measure (biomechanics 3.1: 10 degrees were half a pixel).
SHORTEST = 40.0
#: So much the outline rises within 0.05 of the chord, on an average of so many seconds, where something that lies on
#: the upper back ends: that is 41 degrees against the chord.  On simulated people without hair it is 0.02 (single looks
#: up to 0.047), with hair on the back 0.06.
HAIR, HAIR_SECONDS = 0.042, 2.0

_ARMS = slice(LEFT_ELBOW, LEFT_WRIST + 2)


class Back:
    """Looks at the back of the person before the camera.  One instance serves one camera, from one thread.

    Its memory is the background's, made anew only when the picture has another size: 10 bytes a pixel.
    """

    def __init__(self) -> None:
        self._rays = Rays()
        self._room: Background | None = None
        self._looked = -math.inf
        self.begin(STARTS["standing"])

    def begin(self, start: Start) -> None:
        """A drill begins that is done from ``start``: which way the person faces is told by that."""
        self._start = start
        self._stance = Stance(start)
        self._step = math.nan

    def look(self, image: np.ndarray, pose: Pose) -> Contour | None:
        """The outline of the back in ``image`` (height, width, 3) uint8, whose pose is ``pose``; else why it is unseen.

        None when it is not the time for a look, five times a second, nobody is there, or ``pose`` is of a picture of
        another size.  The empty room is learned from what it is shown while nobody is.
        """
        if 0 <= pose.t - self._looked < LOOK_EVERY or image.shape[:2] != (pose.height, pose.width):
            return None
        passed = min(max(pose.t - self._looked, 1e-3), LONGEST_STEP)
        self._looked = pose.t
        room = self._room
        if room is None or (room.width, room.height) != (pose.width, pose.height):
            room = self._room = Background(pose.width, pose.height)
        room.watch(image, pose)
        if not pose.present:
            self.begin(self._start)
            return None
        return self._see(image, room, pose, passed)

    def _see(self, image: np.ndarray, room: Background, pose: Pose, passed: float) -> Contour:
        """What is seen of somebody who is there, ``passed`` seconds after the look before."""
        hip, shoulder = middle(pose, LEFT_HIP), middle(pose, LEFT_SHOULDER)
        trunk = math.dist(hip, shoulder)
        if trunk >= 1:
            self._stance.step(pose, passed, trunk)
        chord, facing = np.array((hip, shoulder), np.float32), self._stance.facing
        why = self._obstacle(room, pose, chord, facing)
        if not why:
            why = self._cast(image, room, chord, facing)
        if not why:
            heights = drop_astray(self._rays.ends)
            shape = measure(heights)
            why = self._judge(heights, shape, passed)
        if why:
            return Contour(pose.t, why, np.full(STATIONS, np.nan, np.float32), chord, facing)
        return Contour(pose.t, Why.SEEN, heights, chord, facing, shape)

    def _judge(self, heights: np.ndarray, shape: Shape, passed: float) -> Why:
        """Why the outline is not that of a back."""
        if math.isnan(shape.rough):
            return Why.NOT_SMOOTH
        self._step = average(self._step, step_up(heights), 1 - math.exp(-passed / HAIR_SECONDS))
        if self._step > HAIR:
            return Why.HAIR
        return Why.NOT_SMOOTH if shape.rough > (ROUGH_LYING if self._start.lying else ROUGH) else Why.SEEN

    def _obstacle(self, room: Background, pose: Pose, chord: np.ndarray, facing: int) -> Why:
        """What keeps the rays from being cast at all."""
        if room.why:
            return room.why
        if facing == 0 or self._stance.view is not View.SIDE:
            return Why.OBLIQUE
        if not math.dist(*chord.tolist()) >= SHORTEST:
            return Why.OUTSIDE
        return Why.ARMS if arm_behind(pose, chord, facing) else Why.SEEN

    def _cast(self, image: np.ndarray, room: Background, chord: np.ndarray, facing: int) -> Why:
        """Cast the rays; why too few of them find an edge."""
        if not self._rays.cast(image, room, chord, facing):
            return Why.OUTSIDE
        if self._rays.known < 1 - MISSING:
            return room.unknown
        unseen = np.count_nonzero(self._rays.ends != self._rays.ends)
        return Why.LIKE_THE_WALL if unseen > MISSING * STATIONS else Why.SEEN


def middle(pose: Pose, left: int) -> tuple[float, float]:
    """Between the left and the right joint, as far as they are seen; NaN where neither is."""
    (x, y), (other_x, other_y) = pose.points[left : left + 2].tolist()
    one, two = (pose.scores[left : left + 2] >= SCORE).tolist()
    if one and two:
        return (x + other_x) / 2, (y + other_y) / 2
    if one or two:
        return (x, y) if one else (other_x, other_y)
    return math.nan, math.nan


def arm_behind(pose: Pose, chord: np.ndarray, facing: int) -> bool:
    """Whether an elbow or a wrist is where the rays go."""
    (x, y), (end_x, end_y) = chord.tolist()
    along_x, along_y = end_x - x, end_y - y
    squared = along_x**2 + along_y**2
    for (arm_x, arm_y), score in zip(pose.points[_ARMS].tolist(), pose.scores[_ARMS].tolist(), strict=True):
        beside = ((arm_x - x) * along_x + (arm_y - y) * along_y) / squared
        behind = facing * ((arm_x - x) * along_y - (arm_y - y) * along_x) / squared
        if score >= ARM_SCORE and behind > BEHIND and FIRST < beside < LAST:
            return True
    return False
