"""MoveNet SinglePose: a picture becomes a pose.  The model looks where the person was last, from near enough."""

from __future__ import annotations

import hashlib
import math
import time
from functools import cached_property
from pathlib import Path

import numpy as np

from kiosk.devices import runtime
from kiosk.devices.crop import Crop, Cutter, crop_around, crop_bust, whole_frame
from kiosk.devices.glance import TURNS, Glance, Upright, average, best_turn
from kiosk.devices.pace import Pace
from kiosk.scoring.pose import KEYPOINTS, LEFT_ANKLE, LEFT_HIP, LEFT_KNEE, LEFT_SHOULDER, RIGHT_SHOULDER, Pose
from kiosk.trouble import NoModel

#: Shoulders, hips, knees, ankles of both sides: whoever is there shows most of these; an empty room's ghosts do not.
CORE = np.array([joint + side for joint in (LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE, LEFT_ANKLE) for side in (0, 1)])

#: The same of whom only head and shoulders are sure to be seen.
BUST = np.arange(RIGHT_SHOULDER + 1)

#: Both shoulders, both hips.
TORSO = [LEFT_SHOULDER, LEFT_SHOULDER + 1, LEFT_HIP, LEFT_HIP + 1]

#: Mean score of the core joints from which somebody is believed to be there (platform 1: empty rooms stay below 0.26).
PRESENT = 0.30

#: Passes in a row that must agree before presence changes: one lucky or one unlucky frame is no news.
AGREEING_PASSES = 3

#: Seconds without anybody believable in the crop (a hand before the hips, a coat on a chair) before the whole frame is
#: searched again.
HOLD_CROP = 0.5

#: Trunk lengths that shoulders or hips go from look to look, and hips go sideways, only when they are somebody else's
#: who walks by: such a pose is not followed, and once the other one has passed the model finds its person again.  Hips
#: go 0.25 in an eighth of a second in a swing, 0.3 walking.
LEAP, HIPS_LEAP = 1.0, 0.35

#: Seconds for which it goes on looking where its person was while such a pose is all that is told: whoever bends comes
#: up again, and a passer-by goes on.
HOLD_LEAPT = 3.0


class PoseModel:
    """The pose model with its memory of where the person is and how they lie.

    ``input_size`` side of the model's square input in pixels; ``runtime`` package and version; ``threads``;
    ``delegated`` partitions run by XNNPACK; ``invoke_ms`` milliseconds of the last look's bare invokes; ``cropped``
    whether it looked at a tracking crop; ``pace`` of its passes.  To be set from anywhere: ``lying``, the drill is done
    lying, so the person is shown to the model upright; ``bust``, only head and shoulders are sure to be seen, so it
    looks at those.  One instance serves one camera, from one thread.
    """

    def __init__(self, path: Path, threads: int = 1, passes: int | None = 1) -> None:
        """Load ``path``; ``threads`` 0 chooses by board.  Raises NoModel, or KioskError when no runtime can run it.

        ``passes`` at each tracking crop: 1, 2 (straight and mirrored, steadier), or None for as many as the measured
        time allows (pace.py).  A given number makes the same pictures give the same poses, however busy the machine.
        """
        self.path = path
        started = runtime.start(path, threads)
        self.runtime, self.threads, self.delegated = started.name, started.threads, started.delegated
        self._interpreter = started.interpreter
        (given,) = self._interpreter.get_input_details()
        (told,) = self._interpreter.get_output_details()
        if given["dtype"] is not np.uint8 or list(told["shape"]) != [1, 1, len(KEYPOINTS), 3]:
            raise NoModel(f"{path}: is not MoveNet SinglePose int8 (one uint8 picture in, 1×1×17×3 out)")
        self._given, self._told = given["index"], told["index"]
        self.input_size = int(given["shape"][1])
        self.invoke_ms = 0.0
        self._cutter = Cutter(self.input_size)
        self._batch = np.zeros((1, *self._cutter.out.shape), np.uint8)
        self._frame_size = (0, 0)
        self.lying = self.bust = False
        self.pace = Pace()
        self._passes = passes
        self._upright = Upright()
        self.forget()

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the model file, in hexadecimal."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    @property
    def passes(self) -> int:
        """Passes at each tracking crop, as things stand."""
        return self._passes or self.pace.passes

    def forget(self) -> None:
        """Forget the person: the next pass searches the whole frame, and nobody is present."""
        self._crop: Crop | None = None
        self._crop_t = 0.0
        self._torso: np.ndarray | None = None
        self._present = False
        self._disagreeing = 0
        self.cropped = False
        self._upright.forget()

    def look(self, image: np.ndarray, t: float) -> Pose:
        """One look at ``image`` (h, w, 3) uint8 red-green-blue, of time ``t`` in seconds; points in its pixels."""
        self.pace.begin()
        height, width = image.shape[:2]
        if (width, height) != self._frame_size:
            self._frame_size = (width, height)
            self.forget()
        self.cropped = self._crop is not None
        crop = self._crop or whole_frame(width, height)
        self._cutter.cut(image, crop)
        self.invoke_ms = 0.0
        told = self._look_lying() if self.lying else self._look_at(0)
        points = told[:, 1::-1] * np.float32(crop.side) + np.array((crop.left, crop.top), np.float32)
        scores = told[:, 2].copy()
        self._follow(points, scores, t)
        return Pose(t, points, scores, width, height, self._judge_presence(scores))

    def _look_lying(self) -> np.ndarray:
        """The square turned upright; every way and one pass each while it is not known which way that is."""
        turn = self._upright.turn
        if turn is None:
            ways = {turn: self._invoke(Glance(turn)) for turn in TURNS}
            told = ways[best_turn(ways)]
            if self._believes(told[:, 2]):
                self._upright.compare(ways)
            return told
        told = self._look_at(turn)
        if self._believes(told[:, 2]):
            self._upright.check(told)
        return told

    def _look_at(self, turn: int) -> np.ndarray:
        """The square turned; a tracking crop also mirrored, where there is time.  A search needs no such precision."""
        told = self._invoke(Glance(turn))
        if self.cropped and self.passes == 2:
            told = average(told, self._invoke(Glance(turn, mirrored=True)))
        return told

    def _invoke(self, glance: Glance) -> np.ndarray:
        """What the model tells of the square (17, 3): y, x in shares of it, score."""
        self._batch[0] = glance.show(self._cutter.out)
        self._interpreter.set_tensor(self._given, self._batch)
        started = time.perf_counter()
        self._interpreter.invoke()
        took = 1e3 * (time.perf_counter() - started)
        self.invoke_ms += took
        self.pace.take(took)
        return glance.turn_back(self._interpreter.get_tensor(self._told)[0, 0])

    def _believes(self, scores: np.ndarray) -> bool:
        """Whether somebody is there: an empty room's ghosts score low, and only a crop is near enough to tell."""
        return self.cropped and self._core_score(scores) >= PRESENT

    def _core_score(self, scores: np.ndarray) -> float:
        """Mean score of the joints that whoever is there shows."""
        return float(scores[BUST].mean()) if self.bust else core_score(scores)

    def _follow(self, points: np.ndarray, scores: np.ndarray, t: float) -> None:
        """Choose the next crop: any torso in the whole frame is worth a nearer look, but a crop must earn its stay."""
        if self.bust:
            crop, leapt = crop_bust(points, scores, self._crop), False  # a crop so slow leaps to nobody
        else:
            crop = crop_around(points, scores, *self._frame_size)
            leapt = crop is not None and self._leapt(points)
        if leapt:
            crop = None
        if crop is not None and (not self.cropped or self._core_score(scores) >= PRESENT):
            self._crop_t = t
            # what a search shows of somebody is too rough to say that the nearer look is at somebody else
            self._torso = torso_of(points) if self.cropped else None
        held = 0 <= t - self._crop_t <= (HOLD_LEAPT if leapt else HOLD_CROP)
        self._crop = (crop or self._crop) if held else None
        if self._crop is None:
            self._torso = None
        if self._crop is None or not self.lying:
            self._upright.forget()

    def _leapt(self, points: np.ndarray) -> bool:
        """Whether the torso is elsewhere than it was when it was last followed."""
        if self._torso is None:
            return False
        torso = torso_of(points)
        gone = torso - self._torso
        trunk = max(math.dist(*torso), math.dist(*self._torso))
        return bool(np.hypot(*gone.T).max() > LEAP * trunk or abs(gone[1, 0]) > HIPS_LEAP * trunk)

    def _judge_presence(self, scores: np.ndarray) -> bool:
        """Presence changes only when several passes in a row say so, and only a cropped pass can speak for somebody."""
        seen = self._believes(scores)
        self._disagreeing = self._disagreeing + 1 if seen != self._present else 0
        if self._disagreeing >= AGREEING_PASSES:
            self._present, self._disagreeing = seen, 0
        return self._present


def torso_of(points: np.ndarray) -> np.ndarray:
    """The middles of the shoulders and of the hips (2, 2) of ``points`` (17, 2)."""
    return points[TORSO].reshape(2, 2, 2).mean(axis=1)


def core_score(scores: np.ndarray) -> float:
    """Mean score of the eight core joints of ``scores`` (17,)."""
    return float(scores[CORE].mean())
