"""A film of the simulated person: pictures, true keypoints and true angles, frame by frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil, radians, sin

import numpy as np

from kiosk.figure.beats import STANDING
from kiosk.figure.body import Skeleton, assume
from kiosk.figure.bones import Lengths, lengths
from kiosk.figure.clothes import Clothes, Look, dress
from kiosk.figure.course import Course, Performance, TrueRep
from kiosk.figure.events import CALM, Events
from kiosk.figure.lens import Lens, Spot, project, turn
from kiosk.figure.paint import Appearance, Painter, Sitter, cover
from kiosk.figure.passer_by import PasserBy, come, way_in
from kiosk.figure.script import find_script
from kiosk.figure.setting import choose_facing, find_spot, lie_on, place_basin, place_seat, usual_lens
from kiosk.figure.things import choose_things
from kiosk.figure.truth import Truth, measure
from kiosk.frame import Frame
from kiosk.scoring.pose import LEFT_EAR, LEFT_EYE, LEFT_SHOULDER, NOSE, RIGHT_EAR, RIGHT_EYE, RIGHT_SHOULDER, Pose
from kiosk.scoring.verdict import Phase

#: Score of the true keypoints: seen, hidden behind the body, outside the picture.
SEEN, HIDDEN, OUTSIDE = 1.0, 0.4, 0.05
#: Turned less than this from side-on, degrees, the far side of the body is hidden.
FAR_SIDE_SHOWS = 35.0


@dataclass(frozen=True, slots=True)
class Story:
    """What is true of a whole film: what ``truth.json`` holds.

    ``facing`` +1 to the right of the picture, -1 to the left; of who lies, where the head is.  ``frames``: None while
    nobody is there.
    """

    drill: str
    style: str
    seed: int
    fps: float
    facing: int
    faults: Mapping[str, float]
    look: Look | int | None
    events: Events
    passer_by: bool
    plates: bool
    camera: Lens
    body: Lengths
    standing: Truth
    reps: tuple[TrueRep, ...]
    frames: tuple[Truth | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Filmed:
    """One filmed frame with its true keypoints and what is true of it; None while nobody is there."""

    frame: Frame
    pose: Pose
    truth: Truth | None


class Film:
    """One set of a drill or an everyday movement, performed by the person of ``seed`` and filmed through ``lens``.

    ``faults`` by their key and size, 0 none to 1 full-blown; ``style`` one of the drill's, "" the usual one; ``look``
    a look or one of clothes.LOOKS, None as the seed has it; ``lens``: None as is usual for the drill.  ``passer_by``:
    another person walks behind.  ``plates`` on a bar that is lifted hide the shins.  ``events`` befall the film;
    ``performed`` is to be seen instead of a set of the drill.

    The same arguments give the same film.  Even seeds face the right of the picture (lie with the head there), odd ones
    the left, and so does everyone whose drill begins with the left side.  Raises BadInput on an unknown drill, style or
    fault.
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
        look: Look | int | None = None,
        passer_by: bool = False,
        plates: bool = False,
        events: Events = CALM,
        performed: Performance | None = None,
    ):
        self.drill, self.faults, self.fps, self.seed = drill, dict(faults or {}), fps, seed
        self.look, self.passer_by, self.plates, self.events = look, passer_by, plates, events
        self.script = find_script(drill, style)
        self.lens = lens or usual_lens(self.script)
        self.body = lengths(seed)
        self.facing = choose_facing(self.script, seed)
        self.course = performed or Course(self.script, self.faults, reps, seed, turning=self.lens.from_side)
        self.spot = find_spot(self.script, self.body, self.lens, self.facing)
        self._standing = assume(self.body, STANDING)
        self._comes = self.events.empty
        self.begins = self._comes + (way_in(self.lens) if self.events.walks_in else 0.0)

    def __len__(self) -> int:
        return ceil((self.begins + self.course.seconds) * self.fps)

    def __iter__(self) -> Iterator[Filmed]:
        clothes = dress(self.seed, self.look)
        painter = Painter(self.lens, clothes, self.seed, lie_on(self.script, self.spot))
        sitter = self._sitter(clothes)
        other = PasserBy(self.seed, self.lens) if self.passer_by or self.events.passing else None
        for t, skeleton, truth in self._moments():
            behind = [other.at(t)] if other and self.passer_by else []
            behind += [other.cross(t - begun) for begun in self.events.passing] if other else []
            person = Appearance(sitter, skeleton, self.spot) if skeleton else None
            people = [one for one in (*behind, person) if one]
            events = self.events
            image = painter.paint(*people, gain=events.gain(t), shift=events.shift(t), contrast=events.contrast(t))
            yield Filmed(Frame(t, image), self._see(skeleton, t), truth)

    def poses(self) -> Iterator[Pose]:
        """The true keypoints of every frame, without painting pictures."""
        return (self._see(skeleton, t) for t, skeleton, _ in self._moments())

    def outline(self, t: float, finer: int = 1) -> np.ndarray:
        """How much of every pixel at ``t`` is of the person, clothes and all, 0..1, as if nothing were behind them.

        (height, width) float32 of a picture so many times ``finer``; whoever passes and knocks are not in it.
        """
        lens = replace(self.lens, width=self.lens.width * finer, height_px=self.lens.height_px * finer)
        clothes = dress(self.seed, self.look)
        sitter = self._sitter(clothes)
        skeleton = self._at(t)[0]
        return (
            cover(Appearance(sitter, skeleton, self.spot), lens)
            if skeleton
            else np.zeros((lens.height_px, lens.width), np.float32)
        )

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
            look=self.look,
            passer_by=self.passer_by,
            plates=self.plates,
            camera=self.lens,
            body=self.body,
            standing=measure(self._standing, self._standing, self.spot, 0.0, "setup"),
            events=self.events,
            reps=tuple(
                replace(rep, start=rep.start + self.begins, bottom=rep.bottom + self.begins, end=rep.end + self.begins)
                for rep in self.course.reps
            ),
            frames=tuple(truth for _, _, truth in self._moments()),
        )

    def _sitter(self, clothes: Clothes) -> Sitter:
        """The person with what they use."""
        things, seat = choose_things(self.drill, self.plates), place_seat(self.body, self.course)
        return Sitter(self.body, clothes, things, seat, place_basin(self.drill, self.lens))

    def _moments(self) -> Iterator[tuple[float, Skeleton | None, Truth | None]]:
        for i in range(len(self)):
            t = i / self.fps
            yield t, *self._at(t)

    def _at(self, t: float) -> tuple[Skeleton | None, Truth | None]:
        """The person at ``t`` and what is true of them; None while nobody is there."""
        if t < self._comes:
            return None, None
        if t < self.begins:
            posture, phase = come(self.begins - t, self.body), Phase.SETUP
        else:
            posture, phase = self.course.at(t - self.begins)
        skeleton = assume(self.body, posture)
        return skeleton, measure(skeleton, self._standing, self.spot, t, phase.value)

    def _see(self, skeleton: Skeleton | None, t: float) -> Pose:
        if skeleton is None:
            return see_nobody(self.lens, t)
        pose = see(skeleton, self.lens, self.spot, t)
        return replace(pose, points=pose.points + np.array(self.events.shift(t), np.float32))


def see(skeleton: Skeleton, lens: Lens, spot: Spot, t: float) -> Pose:
    """The true keypoints as the lens sees them; hidden and outside ones score lower."""
    places = turn(skeleton.carry(skeleton.points), lens, spot)
    points, _ = project(places, lens)
    scores = np.full(17, SEEN, np.float32)
    left, right = places[[LEFT_SHOULDER, RIGHT_SHOULDER]]
    if abs(left[0] - right[0]) < sin(radians(FAR_SIDE_SHOWS)) * skeleton.lengths.shoulders:
        scores[1 if left[1] > right[1] else 2 :: 2] = HIDDEN
    if places[NOSE, 1] > places[[LEFT_EAR, RIGHT_EAR], 1].max():
        scores[[NOSE, LEFT_EYE, RIGHT_EYE]] = HIDDEN
    x, y = points.T
    outside = (x < 0) | (y < 0) | (x >= lens.width) | (y >= lens.height_px)
    scores[outside] = OUTSIDE
    return Pose(t, points.astype(np.float32), scores, lens.width, lens.height_px, present=not outside.all())


def see_nobody(lens: Lens, t: float) -> Pose:
    """What the lens sees while nobody is there."""
    nowhere, unseen = np.full((17, 2), np.nan, np.float32), np.zeros(17, np.float32)
    return Pose(t, nowhere, unseen, lens.width, lens.height_px, present=False)
