"""Replays: the best and the worst repetition of a dose as stick figures, from their keypoints; never a picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kiosk.scoring.drill import Drill
from kiosk.scoring.pose import Pose
from kiosk.scoring.smoothing import STAY
from kiosk.scoring.start import STARTS
from kiosk.scoring.verdict import Calibration, FaultFound, Hold, Light, Rep, Verdict, View
from kiosk.session import scene
from kiosk.session.back_line import USE_THE_STICK, Looks, has_line
from kiosk.text import Text

#: Poses remembered: at the most of a camera the longest repetition that counts, 15 s, and the time until it is closed.
POSES_A_SECOND, SECONDS = 30, 20
ROOM = POSES_A_SECOND * SECONDS
#: Poses sooner after the last than this, seconds, are left out: a little less than a frame's time, which jitters.
SOONEST = 0.9 / POSES_A_SECOND
#: Frames of a replay; each is the median of the poses around it, of at least so many seconds to either side.
FRAMES, WINDOW = 24, 0.1
#: The shortest movement, seconds: of a hold that was over at once.
LEAST_SECONDS = 0.1
#: Seconds shown before a repetition's start, which is where it was noticed.
RUN_UP = 0.3
#: Of a hold: so much of it is shown, seconds, and ends so long before it did, for its end is the coming out of it.
HELD, BEFORE_END = 1.0, 0.5
#: Trunk, thigh and shin, and how high the ankle is, as shares of a standing person's height (Drillis and Contini 1966).
SHARES, ANKLE = np.array([0.288, 0.245, 0.246]), 0.039
#: The angle that is no joint's: the line of the back is drawn beside its stick instead.
BACK = "back"
#: The angle of the figure by which a fault's measure is shown, and the measure that tells its size in degrees: itself,
#: or one that shows what an index or a length means.
ANGLES = {
    **{name: ("trunk", name) for name in ("trunk", "lean", "top_trunk", "stick_trunk", "trunk_tip")},
    **{name: ("hip", name) for name in ("hip", "lockout")},
    **{name: ("knee", name) for name in ("knee", "stance_knee", "stick_knee", "knee_at_top", "set_knee")},
    **{name: (name, name) for name in ("shin", "neck")},
    "hinge_index": ("knee", "knee"),
    "knee_travel": ("shin", "shin"),
    "retreat_share": ("trunk", "trunk"),
    **dict.fromkeys(("rounding", "arching"), (BACK, "lumbar")),
    **dict.fromkeys(("hunching", "chest"), (BACK, "thoracic")),
}
#: Those of the end of a repetition; the others are of its bottom.
AT_THE_END = ("lockout", "top_trunk")


@dataclass(frozen=True, slots=True)
class Kept:
    """One repetition or hold ``one``, the ``n``-th of the dose, and its ``movement``.

    ``bottom`` is where in it that is, 0 to 1; None in a hold, which is the same all the time.  ``back``: the back
    there, None where it was not seen.
    """

    n: int
    one: Rep | Hold
    score: int
    movement: scene.Movement
    bottom: float | None
    back: scene.BackLine | None = None


class Replays:
    """Takes every pose of a dose of ``drill``, all its sets, and the verdict on it; keeps its best and its worst.

    ``best`` and ``worst`` are None before anything was judged; no worst while all have the same score.  Of equals the
    first is kept.  Memory is bounded: the poses and outlines of the last SECONDS, and two movements.
    """

    def __init__(self, drill: Drill) -> None:
        self._drill = drill
        self._times = np.full(ROOM, np.nan)
        self._points = np.full((ROOM, 17, 2), np.nan, np.float32)
        self._next, self._last = 0, -np.inf
        self._looks = Looks() if has_line(drill) else None
        self.best: Kept | None = None
        self._least: Kept | None = None

    @property
    def worst(self) -> Kept | None:
        """The repetition with the lowest score, if it is lower than the best one's."""
        return self._least if self.best and self._least and self._least.score < self.best.score else None

    def step(self, pose: Pose, verdict: Verdict, n: int | None) -> None:
        """Take ``pose`` and what was said of it; ``n``: which of the dose it closed, None for none that counts."""
        self._remember(pose)
        one = verdict.rep or verdict.hold
        if n is None or one is None or one.score is None or verdict.calibration is None:
            return
        rank = _rank(one.score, one)
        better = self.best is None or rank > _rank(self.best.score, self.best.one)
        worse = self._least is None or rank < _rank(self._least.score, self._least.one)
        if better or worse:
            kept = self._kept(n, one, one.score, verdict, verdict.calibration)
            self.best = kept if better else self.best
            self._least = kept if worse else self._least

    def shown(self) -> tuple[scene.Replay, ...]:
        """The best repetition, then the worst; of equal ones one, not called the best if something was wrong with it.

        Each shows its worst fault and the angle by which that is told; without a fault, the angle of the other's.
        """
        best, least, worst = self.best, self._least, self.worst
        if best is None or least is None:
            return ()
        fault = worst_fault(least.one.faults)
        if worst:
            own = worst_fault(best.one.faults)
            weakest = self._replay(worst, Text("Weakest: number {n}", n=worst.n), fault, fault)
            return self._replay(best, Text("Best: number {n}", n=best.n), own, own or fault), weakest
        label = Text("Number {n}", n=least.n) if fault else Text("Best: number {n}", n=least.n)
        return (self._replay(least, label, fault, fault),)

    def _replay(self, kept: Kept, label: Text, fault: FaultFound | None, by: FaultFound | None) -> scene.Replay:
        """``kept`` under its ``label`` with its ``fault``, and with the angle by which that of ``by`` is told."""
        angle = ANGLES.get(self._measure(by), ("", "")) if by else ("", "")
        unseen = USE_THE_STICK if self._looks and not kept.back else Text("")
        plain = scene.Replay(label, kept.n, kept.score, kept.movement, back=kept.back, back_unseen=unseen)
        replay = _with_angle(plain, kept, *angle)
        return replace(replay, fault=Text(fault.title), light=fault.light, level=fault.level) if fault else replay

    def _measure(self, found: FaultFound) -> str:
        """The measure that ``found`` was told by; "" where the drill does not know it."""
        faults = (fault for fault in self._drill.faults if (fault.key, fault.title) == (found.key, found.title))
        measure = next((fault.measure for fault in faults), "")
        return self._drill.motion.driver if measure == "range" else measure

    def _remember(self, pose: Pose) -> None:
        if self._looks:
            self._looks.step(pose)
        if pose.t - self._last < SOONEST:
            return
        seen = pose.scores >= STAY if pose.present else np.zeros(17, bool)
        self._times[self._next] = self._last = pose.t
        self._points[self._next] = np.where(seen[:, None], pose.points, np.nan)
        self._next = (self._next + 1) % ROOM

    def _kept(self, n: int, one: Rep | Hold, score: int, verdict: Verdict, calibration: Calibration) -> Kept:
        """``one`` with its poses as they are seen in a mirror."""
        if isinstance(one, Hold):
            end = max(one.end - BEFORE_END, one.start)
            start, bottom = max(end - HELD, one.start), None
            there = self._resampled(np.linspace(start, end, FRAMES // 2))
            points, seconds = np.concatenate((there, there[::-1])), 2 * (end - start)
        else:
            start = max(one.start - RUN_UP, float(np.nanmin(self._times)))
            seconds = max(one.end - start, LEAST_SECONDS)
            points = self._resampled(np.linspace(start, one.end, FRAMES))
            bottom = min(max((one.bottom - start) / seconds, 0.0), 1.0)
        frames = _normalised(points, _standing_px(calibration))
        movement = scene.Movement(frames, max(seconds, LEAST_SECONDS), self._near(verdict))
        back = self._looks.deepest(one) if self._looks and isinstance(one, Rep) else None
        return Kept(n, one, score, movement, bottom, back)

    def _resampled(self, at: np.ndarray) -> np.ndarray:
        """(len(at), 17, 2) the medians of the poses around each of the times ``at``, NaN where nothing was seen."""
        reach = max(WINDOW, (at[-1] - at[0]) / (len(at) - 1) / 2)
        return np.stack([_median(self._points[np.abs(self._times - t) <= reach]) for t in at])

    def _near(self, verdict: Verdict) -> str:
        """The side near the camera: who faces right has the right one there, unless they lie on their back."""
        if verdict.view is View.FRONT or not verdict.facing:
            return ""
        return "right" if (verdict.facing > 0) != STARTS[self._drill.start].face_up else "left"


def _median(points: np.ndarray) -> np.ndarray:
    """(17, 2) of (n, 17, 2), by what was seen; NaN where nothing was."""
    if not len(points):
        return np.full((17, 2), np.nan, np.float32)
    middle = np.maximum(np.isfinite(points).sum(axis=0, keepdims=True) - 1, 0) // 2
    return np.take_along_axis(np.sort(points, axis=0), middle, axis=0)[0]


def _standing_px(calibration: Calibration) -> float:
    """The height of the person standing, in camera pixels, from what of their lengths is known; NaN for none."""
    lengths = np.array([calibration.trunk_px, calibration.thigh_px, calibration.shin_px])
    known = np.isfinite(lengths)
    return float(lengths[known].sum() / SHARES[known].sum()) if known.any() else np.nan


def _normalised(points: np.ndarray, tall: float) -> tuple[tuple[tuple[float, float] | None, ...], ...]:
    """``points`` (n, 17, 2) in camera pixels, mirrored, in heights of ``tall`` pixels above the lowest of them."""
    if not np.isfinite(points).any():
        return ((None,) * 17,) * len(points)
    middle, floor = np.nanmedian(points[..., 0]), np.nanmax(points[..., 1])
    across, down = (middle - points[..., 0]) / tall, 1.0 - ANKLE + (points[..., 1] - floor) / tall
    places = np.stack((across, down), axis=-1).round(4).tolist()
    return tuple(tuple((x, y) if x == x and y == y else None for x, y in frame) for frame in places)


def _with_angle(replay: scene.Replay, kept: Kept, angle: str, measure: str) -> scene.Replay:
    """``replay`` of ``kept`` with that angle drawn and its size as its ``measure`` tells it, if it was seen."""
    value = kept.one.measures.get(measure)
    if value is None:
        return replay
    n = abs(round(value))
    size = Text("{n} degree", many="{n} degrees", n=n)
    if angle == BACK:  # told with doubt (biomechanics 6.4)
        size = Text("estimate: {n} degree", many="estimate: {n} degrees", n=n)
    moment = 1.0 if kept.bottom is not None and measure in AT_THE_END else kept.bottom
    return replace(replay, value=size, angle=angle, moment=moment)


def _rank(score: int, one: Rep | Hold) -> tuple[int, int]:
    """How good ``one`` with its ``score`` was: of the same score, nothing wrong before amber before red."""
    fault = worst_fault(one.faults)
    return score, 0 if fault is None else {Light.RED: -2, Light.AMBER: -1}.get(fault.level, 0)


def worst_fault(faults: tuple[FaultFound, ...]) -> FaultFound | None:
    """Red before amber; within a level the first, for that is the order of what matters (biomechanics 2.5)."""
    return min(faults, key=lambda fault: fault.level is not Light.RED, default=None)
