"""One recording a drill, and the trace of what the mirror made of it.

A recording is a story: good repetitions, each fault that the simulated person can perform, one joint lost, one walk out
of the picture; of a drill with a front set then the same from the front.  The keypoints are the person's true ones,
shaken as MoveNet shakes them; the outline of the back, where the drill asks for it, is that of pictures of the person,
who has come into a room known empty.  ``python tests/traces.py`` (``make golden``) makes all anew, or the drills named.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kiosk.drills import CATALOGUE, find_drill
from kiosk.figure.body import Skeleton, assume
from kiosk.figure.bones import lengths
from kiosk.figure.clothes import BACKS, dress
from kiosk.figure.course import Course
from kiosk.figure.film import see, see_nobody
from kiosk.figure.lens import FRONT, SIDE, Lens, Spot
from kiosk.figure.paint import Appearance, Painter, Sitter
from kiosk.figure.script import find_script
from kiosk.figure.setting import choose_facing, find_spot, lie_on, usual_lens
from kiosk.figure.things import choose_things
from kiosk.records.recording import Recorder, RecordingMeta, read_recording
from kiosk.scoring.dorsal.back import Back
from kiosk.scoring.drill import Drill
from kiosk.scoring.pose import LEFT_ANKLE, LEFT_HIP, LEFT_KNEE, LEFT_WRIST, RIGHT_HIP, Pose
from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import FaultFound, Hold, Light, Rep, Verdict, View
from kiosk.session.coach import Coach

FOLDER = Path(__file__).parent / "recordings"
FPS, SEED = 10.0, 3
#: In pixels of the model's input: how far its keypoints jump from frame to frame (standard deviation), and the grid
#: they lie on; those of the hidden side jump so many times as far.
JITTER, GRID, HIDDEN_JITTER = 1.2, 0.8, 1.5
#: Pixels of that input across, which are so many times the body's reach from the hips (biomechanics 0.5).
INPUT, CROP = 192, 2.4
#: Scores as the model gives them: seen, hidden behind the body, lost.
SEEN, HIDDEN, LOST = 0.8, 0.4, 0.05
#: Seconds at rest before each act; for which nobody is there; and between being filmed from the side and the front.
REST, AWAY, BETWEEN = 1.5, 3.0, 4.0
#: Looks at the back a second, and seconds for which the room is seen empty before.
LOOKS, ALONE = 5.0, 8.0
#: Good repetitions at the beginning, and repetitions with one fault: a swing is one of several.
GOOD, ONCE = 2, {"swing": 4}


@dataclass(frozen=True)
class Act:
    """What is performed from ``t`` seconds on: ``what`` in one word, ``reps`` repetitions (or holds) of it."""

    t: float
    what: str
    reps: int = 1


class Onlooker:
    """Looks at the back of the person of SEED in pictures painted through ``lens``; the room has been seen empty."""

    def __init__(self, drill: Drill, lens: Lens, spot: Spot) -> None:
        clothes = dress(SEED, BACKS["fitted"])
        script = find_script(drill.key)
        self._lens, self._spot = lens, spot
        self._painter = Painter(lens, clothes, SEED, lie_on(script, spot))
        self._sitter = Sitter(lengths(SEED), clothes, choose_things(drill.key))
        self._back = Back()
        self._back.begin(STARTS[drill.start])
        for t in np.arange(-ALONE, 0, 1 / LOOKS):
            self.look(see_nobody(lens, float(t)), None)

    def look(self, pose: Pose, skeleton: Skeleton | None) -> Pose:
        """``pose`` with the outline of whoever is there."""
        people = [Appearance(self._sitter, skeleton, self._spot)] if skeleton else []
        contour = self._back.look(self._painter.paint(*people), pose)
        # recordings measure outlines anew: a thousandth of a back is less than anybody sees, and a third of the file
        return replace(pose, back=replace(contour, heights=contour.heights.round(3)) if contour else None)


class Stage:
    """The person of SEED performs ``drill`` by its ``script``; ``poses`` and ``acts`` are what happened so far."""

    def __init__(self, drill: Drill) -> None:
        self.poses: list[Pose] = []
        self.acts: list[Act] = []
        self.script = find_script(drill.key)
        self._drill = drill
        self._body = lengths(SEED)
        self._noise = np.random.default_rng(SEED)
        self._frame = 0
        self.look_through(usual_lens(self.script))

    def look_through(self, lens: Lens) -> None:
        """From now on film through ``lens``."""
        self._lens = lens
        self._spot = find_spot(self.script, self._body, lens, choose_facing(self.script, SEED))
        self._posture = self.script.resting
        points = see(assume(self._body, self._posture), lens, self._spot, 0.0).points
        reach = float(np.abs(points - (points[LEFT_HIP] + points[RIGHT_HIP]) / 2).max())
        self._pixel = CROP * reach / INPUT
        outlined = self._drill.outlined and lens.from_side
        self._onlooker = Onlooker(self._drill, lens, self._spot) if outlined else None

    def perform(self, what: str, faults: tuple[str, ...] = (), reps: int = 1, both: bool = False) -> None:
        """``reps`` repetitions with ``faults``, on ``both`` sides of a drill that has sides, else on the left."""
        script = self.script if both else replace(self.script, sides=False)
        course = Course(script, dict.fromkeys(faults, 1.0), reps, SEED, stand=REST, origin=self._posture)
        self.acts.append(Act(self._frame / FPS, what, len(course.reps)))
        self._film(course)

    def lose_joint(self) -> None:
        """A repetition in which legs and hands are lost for two seconds around the bottom."""
        begun = len(self.poses)
        self.perform("a joint lost")
        middle = (begun + len(self.poses)) // 2
        for i in range(middle - round(FPS), middle + round(FPS)):
            scores = self.poses[i].scores.copy()
            for joint in (LEFT_KNEE, LEFT_ANKLE, LEFT_WRIST):
                scores[[joint, joint + 1]] = LOST
            self.poses[i] = replace(self.poses[i], scores=scores)

    def leave(self, seconds: float = AWAY) -> None:
        """Nobody is in the picture."""
        self.acts.append(Act(self._frame / FPS, "nobody there", 0))
        for _ in range(round(seconds * FPS)):
            points, scores = self._noise.uniform(0, 300, (17, 2)).round(1), np.full(17, LOST)
            width, height = self._lens.width, self._lens.height_px
            self._keep(Pose(self._now(), points, scores, width, height, present=False), None)

    def walk_out(self) -> None:
        """A repetition broken off in the middle: the person is gone, and comes back to do a good one."""
        self.perform("walks out")
        keep = len(self.poses) - (len(self.poses) - round(self.acts[-1].t * FPS)) // 2
        del self.poses[keep:]
        self._frame = keep
        # at a basin, hair is all that may be seen of somebody for long
        self.leave(max(AWAY, self._drill.motion.unseen + REST))
        self.perform("good")

    def _film(self, course: Course) -> None:
        for i in range(round(course.seconds * FPS)):
            self._posture, _ = course.at(i / FPS)
            skeleton = assume(self._body, self._posture)
            self._keep(self._shaken(see(skeleton, self._lens, self._spot, self._now())), skeleton)

    def _keep(self, pose: Pose, skeleton: Skeleton | None) -> None:
        """Remember ``pose``, every so often with the outline of the back."""
        if self._onlooker and len(self.poses) % (FPS // LOOKS) == 0:
            pose = self._onlooker.look(pose, skeleton)
        self.poses.append(pose)

    def _now(self) -> float:
        self._frame += 1
        return round((self._frame - 1) / FPS, 3)

    def _shaken(self, pose: Pose) -> Pose:
        hidden = pose.scores < 0.9
        spread = np.where(hidden, HIDDEN_JITTER, 1.0)[:, None] * JITTER
        seen = pose.points / self._pixel + self._noise.standard_normal((17, 2)) * spread
        points = (np.round(seen / GRID) * GRID * self._pixel).round(1)
        scores = np.where(pose.scores < 0.3, LOST, np.where(hidden, HIDDEN, SEEN))
        return replace(pose, points=points, scores=scores)


def tell(drill: Drill) -> Stage:
    """The whole story of ``drill``."""
    stage = Stage(drill)
    view = View.FRONT if stage.script.yaw else drill.view
    _tell_in(stage, drill, view)
    stage.lose_joint()
    stage.walk_out()
    if stage.script.sides:
        stage.perform("both sides", reps=GOOD, both=True)
    for other in drill.views:
        if other is not view:
            stage.leave(BETWEEN)
            stage.look_through(FRONT if other is View.FRONT else SIDE)
            _tell_in(stage, drill, other)
    return stage


def _tell_in(stage: Stage, drill: Drill, view: View) -> None:
    """Good ones, then each fault that can be seen in ``view``."""
    once = ONCE.get(drill.kind, 1)
    stage.perform("good", reps=GOOD * once)
    seen = {fault.key for fault in drill.faults if fault.view is view}
    for fault in stage.script.faults:
        if fault in seen:
            stage.perform(fault, (fault,), reps=once + (fault in stage.script.later))


def record(drill: Drill, path: Path) -> tuple[Act, ...]:
    """Write the story of ``drill`` as a recording."""
    stage = tell(drill)
    with Recorder(path, RecordingMeta(drill=drill.key, camera="figure", kiosk="0")) as recorder:
        for pose in stage.poses:
            recorder.take(pose)
    return tuple(stage.acts)


def trace(path: Path) -> Iterator[str]:
    """What the mirror makes of a recording, a line for every change of its verdict or its mind."""
    about, events = read_recording(path)
    drill = find_drill(about.drill)
    coach = Coach.for_replay(drill)
    last: Verdict | None = None
    for event in events:
        assert isinstance(event, Pose)
        coach.take(event)
        verdict = coach.verdict
        assert verdict
        for line in _changes(drill, last, verdict):
            yield f"{event.t:6.1f}  {line}"
        for cue in coach.said:
            kind = "praise" if cue.praise else "reminder" if cue.reminder else "cue"
            yield f"{event.t:6.1f}  {kind} {cue.key or '-'}: {cue.text}"
        last = verdict


def _changes(drill: Drill, last: Verdict | None, now: Verdict) -> Iterator[str]:
    if last is None or (last.phase, last.view, last.missing) != (now.phase, now.view, now.missing):
        missing = f", no {' '.join(now.missing)}" if now.missing else ""
        yield f"{now.phase}, {now.view}{missing}"
    known = last.calibration.at if last and last.calibration else None
    if now.calibration and now.calibration.at != known:
        yield "calibrated"
    if now.refused:
        yield f"refused {now.refused.key}: {now.refused.why}"
    if now.rep:
        yield _rep(drill, now.rep)
    if now.hold:
        yield _hold(now.hold)
    was = last.lights if last else (Light.OFF,) * len(now.lights)
    pairs = zip(drill.lights, now.lights, was, strict=True)
    changed = [f"{name} {light}" for name, light, old in pairs if light != old]
    if changed:
        yield f"lights: {', '.join(changed)}"


def _rep(drill: Drill, rep: Rep) -> str:
    how = [f"rep {rep.n}", rep.side or "", f"score {rep.score}", rep.strategy or ""]
    return " ".join(word for word in how if word) + _faults(rep.faults, rep.not_seen)


def _hold(hold: Hold) -> str:
    seconds = f"green {hold.green_s:.1f} s, amber {hold.amber_s:.1f} s, red {hold.red_s:.1f} s"
    return f"hold {hold.n} score {hold.score}: {seconds}" + _faults(hold.faults, hold.not_seen)


def _faults(faults: tuple[FaultFound, ...], not_seen: tuple[str, ...]) -> str:
    found = "".join(f", {fault.key} {fault.level} {fault.value:.3g}" for fault in faults)
    return found + (f"; not seen {' '.join(not_seen)}" if not_seen else "")


def main(keys: list[str]) -> None:
    """Make recordings and traces of the drills of those keys, or of all."""
    FOLDER.mkdir(exist_ok=True)
    for drill in CATALOGUE:
        if keys and drill.key not in keys:
            continue
        path = FOLDER / f"{drill.key}.jsonl.gz"
        acts = record(drill, path)
        told = [f"# {act.t:6.1f}  {act.what}" + (f" × {act.reps}" if act.reps > 1 else "") for act in acts]
        path.with_name(f"{drill.key}.trace").write_text("\n".join([*told, *trace(path)]) + "\n")
        print(path, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
