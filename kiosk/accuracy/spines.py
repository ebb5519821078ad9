"""Recorded spines for the simulated person: how real people bent, in angles, performed by the figure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kiosk.accuracy.mocap import RATE
from kiosk.figure.beats import STANDING
from kiosk.figure.course import TrueRep
from kiosk.figure.posture import Posture
from kiosk.scoring.pose import LEFT_ELBOW, LEFT_SHOULDER, LEFT_WRIST
from kiosk.scoring.verdict import Phase

#: Standing still before and after, and between that and the recording, seconds.
STANDS, MOVES_OVER = 3.0, 0.6
#: A movement in which the trunk leans less than this shows no bent back, degrees.
LEAST_LEAN = 30.0
#: Angles of a posture that recordings tell.
TOLD = ("trunk", "lumbar", "thoracic", "knee", "arm", "elbow", "neck")
#: Labels of what is no bend, though the trunk leans: lying down, jumping, arms in circles.
NO_BENDS = ("not_a_drill", "gym_set")
#: So far knees bend at most: legs of some recordings turn inside out in the deepest squats, degrees.
MOST_KNEE = 120.0


class Captured:
    """A recorded movement as a performance of the figure.

    ``angles`` (n, 7) of TOLD at 30 Hz, degrees: trunk and knee as they differ from the person's standing; ``lumbar``
    the bend between pelvis and chest but for its topmost joint, ``thoracic`` that joint's.  It is preceded and followed
    by standing.  The one true repetition is the movement, its bottom where the trunk leans most.
    """

    def __init__(self, name: str, angles: np.ndarray):
        self.name = name
        rest = np.array([[getattr(STANDING, angle) for angle in TOLD]])
        stands, over = round(STANDS * RATE), round(MOVES_OVER * RATE)
        share = np.linspace(0, 1, over, endpoint=False)[:, None]
        there, back = rest + share * (angles[:1] - rest), angles[-1:] + share * (rest - angles[-1:])
        still = np.repeat(rest, stands, 0)
        self._angles = np.concatenate((still, there, angles, back, still[: stands // 2]))
        self._recorded = stands + over, stands + over + len(angles)
        self.seconds = len(self._angles) / RATE
        start, end = (frame / RATE for frame in self._recorded)
        self.reps = (TrueRep(1, start, start + float(np.argmax(angles[:, 0])) / RATE, end, {}),)

    def at(self, t: float) -> tuple[Posture, Phase]:
        """The posture at ``t`` seconds, between the two recorded ones, and whether it is of the movement."""
        at = min(max(t * RATE, 0.0), len(self._angles) - 1.0)
        n = min(int(at), len(self._angles) - 2)
        values = self._angles[n] + (at - n) * (self._angles[n + 1] - self._angles[n])
        phase = Phase.DOWN if self._recorded[0] <= at < self._recorded[1] else Phase.SETUP
        return Posture(**dict(zip(TOLD, values.tolist(), strict=True))), phase

    def seated(self) -> Iterator[Posture]:
        """Nobody sits."""
        return iter(())


def read_spines(folder: Path) -> Iterator[Captured]:
    """The recordings in ``folder`` whose spine is told and whose trunk leans far enough, by name."""
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as file:
            data = {name: file[name] for name in file.files}
        if not np.isfinite(data["lumbar_flexion"]).all() or not data["standing"].any():
            continue
        angles = read_angles(data)
        if str(data["label"]) not in NO_BENDS and angles[:, 0].max() >= LEAST_LEAN:
            yield Captured(path.stem, angles)


def read_angles(data: dict[str, np.ndarray]) -> np.ndarray:
    """The angles TOLD of every recorded frame, (n, 7) degrees."""
    stands = data["standing"]

    def beyond(angle: np.ndarray) -> np.ndarray:
        return angle - np.median(angle[stands])

    knee = (data["knee_flexion_left"] + data["knee_flexion_right"]) / 2
    arm, forearm = lean_of(data, LEFT_SHOULDER, LEFT_ELBOW), lean_of(data, LEFT_ELBOW, LEFT_WRIST)
    told = {
        "trunk": STANDING.trunk + beyond(data["trunk_pitch_keypoints"]),
        "lumbar": data["lumbar_flexion"] - data["thorax_flexion"],
        "thoracic": data["thorax_flexion"],
        "knee": np.clip(STANDING.knee + beyond(knee), 0, MOST_KNEE),
        "arm": arm,
        "elbow": np.clip(forearm - arm, 0, 140),
        "neck": beyond(data["neck_pitch"]),
    }
    return np.column_stack([told[angle] for angle in TOLD])


def lean_of(data: dict[str, np.ndarray], upper: int, lower: int) -> np.ndarray:
    """How far both arms' bones from ``upper`` to ``lower`` joints are forward of hanging, (n,) degrees."""
    bones = (data["joints3d"][:, [lower, lower + 1]] - data["joints3d"][:, [upper, upper + 1]]).mean(axis=1)
    ahead = (bones[:, :2] * data["facing"]).sum(axis=1)
    return np.degrees(np.unwrap(np.arctan2(ahead, -bones[:, 2])))
