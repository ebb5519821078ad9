"""A film of the simulated person: pictures, true keypoints and true angles, frame by frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np

from kiosk.figure.body import Lengths, Skeleton, assume, lengths
from kiosk.figure.course import Course, TrueRep
from kiosk.figure.lens import Lens, project, turn
from kiosk.figure.paint import Painter
from kiosk.figure.script import STANDING, find_script
from kiosk.frame import Frame
from kiosk.scoring.pose import KEYPOINTS, Pose

#: Score of the true keypoints: seen, hidden behind the body, outside the picture.
SEEN, HIDDEN, OUTSIDE = 1.0, 0.4, 0.05
#: Turned less than this from side-on, degrees, the far side of the body is hidden.
FAR_SIDE_SHOWS = 35.0
#: The hinge index needs the shoulders to have come down this share of the trunk (biomechanics 0.3).
LEAST_DROP = 0.20
#: The stool's top lies so far below the hips of a person sitting on it, as a share of stature.
SEAT_BELOW_HIPS = 0.052


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of one frame: absolute inclinations and flexions in degrees (biomechanics 0.2).

    ``hinge_index`` against the person's own standing; None while the shoulders have hardly come down.
    """

    t: float
    phase: str
    trunk: float
    hip: float
    knee: float
    shin: float
    neck: float
    lumbar: float
    hinge_index: float | None


@dataclass(frozen=True, slots=True)
class Story:
    """What is true of a whole film: what ``truth.json`` holds.  ``facing`` +1 to the right of the picture, -1 left."""

    drill: str
    style: str
    seed: int
    fps: float
    facing: int
    faults: Mapping[str, float]
    camera: Lens
    body: Lengths
    standing: Truth
    reps: tuple[TrueRep, ...]
    frames: tuple[Truth, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Filmed:
    """One filmed frame with its true keypoints and what is true of it."""

    frame: Frame
    pose: Pose
    truth: Truth


class Film:
    """One set of a drill, performed by the person of ``seed`` and filmed through ``lens``.

    ``faults`` by their key and size, 0 none to 1 full-blown; ``style`` one of the drill's, "" the usual one.  The same
    arguments give the same film.  Even seeds face the right of the picture, odd ones the left.  Raises BadInput on an
    unknown drill, style or fault.
    """

    def __init__(
        self,
        drill: str,
        *,
        faults: Mapping[str, float] | None = None,
        reps: int = 5,
        fps: float = 15.0,
        seed: int = 0,
        lens: Lens | None = None,
        style: str = "",
    ):
        self.drill, self.faults, self.fps, self.seed = drill, dict(faults or {}), fps, seed
        self.lens = lens or Lens()
        self.script = find_script(drill, style)
        self.body = lengths(seed)
        self.facing = choose_facing(seed)
        self.course = Course(self.script, self.faults, reps, seed)
        self._standing = assume(self.body, STANDING)

    def __len__(self) -> int:
        return ceil(self.course.seconds * self.fps)

    def __iter__(self) -> Iterator[Filmed]:
        painter = Painter(self.body, self.lens, self.facing, self.seed, place_seat(self.body, self.course))
        for t, skeleton, truth in self._moments():
            frame = Frame(t, painter.paint(skeleton))
            yield Filmed(frame, see(skeleton, self.lens, self.facing, t), truth)

    def poses(self) -> Iterator[Pose]:
        """The true keypoints of every frame, without painting pictures."""
        return (see(skeleton, self.lens, self.facing, t) for t, skeleton, _ in self._moments())

    @property
    def truth(self) -> Story:
        """All that is true of this film."""
        return Story(
            drill=self.drill,
            style=self.script.style,
            seed=self.seed,
            fps=self.fps,
            facing=self.facing,
            faults=self.faults,
            camera=self.lens,
            body=self.body,
            standing=measure(self._standing, self._standing, 0.0, "setup"),
            reps=self.course.reps,
            frames=tuple(truth for _, _, truth in self._moments()),
        )

    def _moments(self) -> Iterator[tuple[float, Skeleton, Truth]]:
        for i in range(len(self)):
            t = i / self.fps
            posture, phase = self.course.at(t)
            skeleton = assume(self.body, posture)
            yield t, skeleton, measure(skeleton, self._standing, t, phase.value)


def choose_facing(seed: int) -> int:
    """Which way the person of that seed faces: +1 to the right of the picture, -1 to the left."""
    return -1 if seed % 2 else 1


def measure(skeleton: Skeleton, standing: Skeleton, t: float, phase: str) -> Truth:
    """The true angles of a skeleton, and its hinge index against that person standing."""
    posture = skeleton.posture
    hips, shoulders = (
        standing.points[joint, 2] - skeleton.points[joint, 2]
        for joint in (KEYPOINTS.index("left_hip"), KEYPOINTS.index("left_shoulder"))
    )
    deep = shoulders >= LEAST_DROP * skeleton.lengths.trunk
    return Truth(
        t=t,
        phase=phase,
        trunk=posture.trunk,
        hip=posture.trunk + skeleton.thigh,
        knee=posture.knee,
        shin=skeleton.shin,
        neck=posture.neck,
        lumbar=posture.lumbar,
        hinge_index=float(100 * (1 - hips / shoulders)) if deep else None,
    )


def see(skeleton: Skeleton, lens: Lens, facing: int, t: float) -> Pose:
    """The true keypoints as the lens sees them; hidden and outside ones score lower."""
    points, _ = project(turn(skeleton.points, lens, facing), lens)
    scores = np.full(17, SEEN, np.float32)
    if abs(lens.yaw) < FAR_SIDE_SHOWS:
        far = 1 if facing > 0 else 2
        scores[far::2] = HIDDEN
    x, y = points.T
    scores[(x < 0) | (y < 0) | (x >= lens.width) | (y >= lens.height_px)] = OUTSIDE
    return Pose(t, points.astype(np.float32), scores, lens.width, lens.height_px)


def place_seat(body: Lengths, course: Course) -> tuple[float, float] | None:
    """Where the top of the stool is, (forward, up): under the hips of the first person to sit; None where none sits."""
    for posture in course.seated():
        hips = assume(body, posture).spine[0]
        return float(hips[0]), float(hips[1] - SEAT_BELOW_HIPS * body.stature)
    return None
