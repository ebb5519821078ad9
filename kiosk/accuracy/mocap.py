"""Motion capture: recorded 3-D movement with its true angles, cut into clips that begin and end standing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

#: The recordings begin within a movement, some in mid-step, and the mirror calibrates on a person who stands.  So every
#: clip is preceded by the person's own straightest standing frame, held, then moved over into the first recorded frame;
#: its last frame is held too.  Seconds, the same for every clip.
HELD_BEFORE, MOVED_OVER, HELD_AFTER = 2.2, 0.6, 1.5
#: A frame marked as standing that leans more than this is none (a person lying straight was marked so once), degrees.
UPRIGHT = 25.0
#: Frames a second of the recordings.
RATE = 30.0
#: Angles with a truth: the file's name of it, "?" for left or right.
TRUTHS = {
    "trunk": "trunk_pitch_keypoints",
    "knee": "knee_flexion_?",
    "hip": "hip_flexion_?",
    "shin": "shin_tilt_?",
    "neck": "neck_pitch",
}
#: First-generation depth camera: hips and legs of these cannot be believed, the trunk can.
TRUNK_ONLY = "kinect"
#: Moves of the long sets that are no drill.
NO_DRILL = ("not_a_drill", "jumping_jack", "twist", "arm_circle", "knee_raise", "jog")


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One recorded movement at 30 Hz.

    ``joints`` (n, 17, 3) metres, x forward, y left, z up, the middle of the ankles over the origin at first: in the
    movement of a drill all the time, as a camera that follows steps sees it.  ``truth`` (n,) degrees against the
    person's standing by angle and side (0 left, 1 right), NaN where it cannot be believed.  The first ``held`` frames
    are the standing one; ``recorded`` are those of the movement, ``seconds`` what they last.
    """

    name: str
    source: str
    label: str
    reps: int
    joints: np.ndarray
    truth: dict[tuple[str, int], np.ndarray]
    held: int
    recorded: slice

    @property
    def seconds(self) -> float:
        """How long the recorded movement is."""
        return (self.recorded.stop - self.recorded.start) / RATE

    @property
    def times(self) -> np.ndarray:
        """Seconds of the frames."""
        return np.arange(len(self.joints)) / RATE


def read_clips(path: Path) -> Iterator[Clip]:
    """The clips of the recording ``path``: a long set has one a segment."""
    with np.load(path) as file:
        data = {name: file[name] for name in file.files}
    segments = zip(
        data["segment_start"].tolist(),
        data["segment_end"].tolist(),
        data["segment_label"].tolist(),
        data["segment_reps"].tolist(),
        strict=True,
    )
    whole = len(data["segment_start"]) == 1
    for n, (start, end, label, reps) in enumerate(segments):
        name = path.stem if whole else f"{path.stem}_{n}"
        frames = range(len(data["t"])) if whole else range(*np.searchsorted(data["t"], (start, end)))
        label = str(data["label"]) if whole else label
        yield _clip(name, label, int(data["reps"]) if whole else int(reps), data, np.array(frames))


def _clip(name: str, label: str, reps: int, data: dict[str, np.ndarray], frames: np.ndarray) -> Clip:
    stands = _straightest(data)
    before, over, after = (round(seconds * RATE) for seconds in (HELD_BEFORE, MOVED_OVER, HELD_AFTER))
    moves = _ahead(data["joints3d"][frames], data["facing"][frames])
    tall = _ahead(data["joints3d"][[stands]], data["facing"][[stands]])
    ankles = moves[:, 15:17, :2].mean(axis=1, keepdims=True)
    moves[..., :2] -= ankles[:1] if label in NO_DRILL else ankles
    tall[..., :2] -= tall[:, 15:17, :2].mean(axis=1, keepdims=True)
    share = np.linspace(0, 1, over, endpoint=False)[:, None, None]
    joints = np.concatenate(
        (np.repeat(tall, before, 0), tall + share * (moves[0] - tall), moves, np.repeat(moves[-1:], after, 0))
    )
    shown = np.concatenate((np.full(before, stands), np.full(over, -1), frames, np.full(after, frames[-1])))
    recorded = slice(before + over, before + over + len(frames))
    source = str(data["source"])
    return Clip(name, source, label, reps, joints, _truths(data, shown, source), before, recorded)


def _straightest(data: dict[str, np.ndarray]) -> int:
    """The upright frame with the straightest legs."""
    bent = np.fmax(data["knee_flexion_left"], data["knee_flexion_right"])
    upright = data["standing"] & (np.abs(data["trunk_pitch_keypoints"]) < UPRIGHT)
    return int(np.argmin(np.where(upright, bent, np.inf))) if upright.any() else 0


def _ahead(joints: np.ndarray, facing: np.ndarray) -> np.ndarray:
    """``joints`` turned so that the person usually faces along x."""
    ahead = np.median(facing, axis=0)
    ahead /= np.hypot(*ahead)
    left = np.array((-ahead[1], ahead[0]))
    return np.stack((joints[..., :2] @ ahead, joints[..., :2] @ left, joints[..., 2]), axis=-1)


def _truths(data: dict[str, np.ndarray], shown: np.ndarray, source: str) -> dict[tuple[str, int], np.ndarray]:
    """Angles of the frames ``shown`` (-1: of none) as differences from the first of them."""
    believed = np.where(data["trusted"] & (source != TRUNK_ONLY), 0.0, np.nan)[shown]
    found = {}
    for angle, name in TRUTHS.items():
        for side, word in enumerate(("left", "right")):
            truth = data[name.replace("?", word)][shown]
            truth = truth - truth[0] + (0.0 if angle == "trunk" else believed)
            found[angle, side] = np.where(shown < 0, np.nan, truth)
    return found
