"""MoveNet SinglePose: a picture becomes a pose.  The model looks where the person was last, from near enough."""

from __future__ import annotations

import hashlib
import time
from functools import cached_property
from pathlib import Path

import numpy as np

from kiosk.devices import runtime
from kiosk.devices.crop import Crop, Cutter, crop_around, whole_frame
from kiosk.scoring.pose import KEYPOINTS, LEFT_ANKLE, LEFT_HIP, LEFT_KNEE, LEFT_SHOULDER, Pose
from kiosk.trouble import NoModel

#: Shoulders, hips, knees, ankles of both sides: whoever is there shows most of these; an empty room's ghosts do not.
CORE = np.array([joint + side for joint in (LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE, LEFT_ANKLE) for side in (0, 1)])

#: Mean score of the core joints from which somebody is believed to be there (platform 1: empty rooms stay below 0.26).
PRESENT = 0.30

#: Passes in a row that must agree before presence changes: one lucky or one unlucky frame is no news.
AGREEING_PASSES = 3

#: Seconds without anybody believable in the crop (a hand before the hips, a coat on a chair) before the whole frame is
#: searched again.
HOLD_CROP = 0.5


class PoseModel:
    """The pose model with its memory of where the person is.

    ``input_size`` side of the model's square input in pixels; ``runtime`` package and version; ``threads``;
    ``delegated`` partitions run by XNNPACK; ``invoke_ms`` milliseconds of the last bare invoke; ``cropped`` whether the
    last pass looked at a tracking crop.  One instance serves one camera, from one thread.
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        """Load ``path``; ``threads`` 0 chooses by board.  Raises NoModel, or KioskError when no runtime can run it."""
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
        self._batch = self._cutter.out[None]
        self._frame_size = (0, 0)
        self.forget()

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the model file, in hexadecimal."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def forget(self) -> None:
        """Forget the person: the next pass searches the whole frame, and nobody is present."""
        self._crop: Crop | None = None
        self._crop_t = 0.0
        self._present = False
        self._disagreeing = 0
        self.cropped = False

    def look(self, image: np.ndarray, t: float) -> Pose:
        """One pass over ``image`` (h, w, 3) uint8 red-green-blue, of time ``t`` in seconds; points in its pixels."""
        height, width = image.shape[:2]
        if (width, height) != self._frame_size:
            self._frame_size = (width, height)
            self.forget()
        self.cropped = self._crop is not None
        crop = self._crop or whole_frame(width, height)
        self._cutter.cut(image, crop)
        points, scores = self._invoke(crop)
        self._follow(points, scores, t)
        return Pose(t, points, scores, width, height, self._judge_presence(scores))

    def _invoke(self, crop: Crop) -> tuple[np.ndarray, np.ndarray]:
        self._interpreter.set_tensor(self._given, self._batch)
        started = time.perf_counter()
        self._interpreter.invoke()
        self.invoke_ms = 1e3 * (time.perf_counter() - started)
        told = self._interpreter.get_tensor(self._told)[0, 0]  # (17, 3): y, x in shares of the crop, score
        points = told[:, 1::-1] * np.float32(crop.side) + np.array((crop.left, crop.top), np.float32)
        return points, told[:, 2].copy()

    def _follow(self, points: np.ndarray, scores: np.ndarray, t: float) -> None:
        """Choose the next crop: any torso in the whole frame is worth a nearer look, but a crop must earn its stay."""
        crop = crop_around(points, scores, *self._frame_size)
        if crop is not None and (not self.cropped or core_score(scores) >= PRESENT):
            self._crop_t = t
        held = 0 <= t - self._crop_t <= HOLD_CROP
        self._crop = (crop or self._crop) if held else None

    def _judge_presence(self, scores: np.ndarray) -> bool:
        """Presence changes only when several passes in a row say so, and only a cropped pass can speak for somebody."""
        seen = self.cropped and core_score(scores) >= PRESENT
        self._disagreeing = self._disagreeing + 1 if seen != self._present else 0
        if self._disagreeing >= AGREEING_PASSES:
            self._present, self._disagreeing = seen, 0
        return self._present


def core_score(scores: np.ndarray) -> float:
    """Mean score of the eight core joints of ``scores`` (17,)."""
    return float(scores[CORE].mean())
