"""Keypoints of another model: planks labelled straight, hips high, hips low; and a few swings."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np

from kiosk.accuracy.card import CountRow, PlankRow
from kiosk.accuracy.sets import drill_of
from kiosk.accuracy.watching import watch
from kiosk.scoring.pose import KEYPOINTS, Pose

#: What the labels of the plank tables mean.
LABELS = {"C": "straight", "H": "hips high", "L": "hips low"}
#: Places are shares of a picture whose shape is not told: width over height of nearly all video.
SHAPE = 16 / 9
#: The swings begin within a swing: their first upright frame is held for so long before, then moved over, seconds.
HELD, MOVED_OVER = 2.2, 0.4


def look_at_planks(folder: Path) -> tuple[PlankRow, ...]:
    """Where the line from shoulder to ankle puts each labelled frame, by the drill's own edges."""
    lines: dict[str, list[float]] = {label: [] for label in LABELS.values()}
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                lines[LABELS[row["label"]]].append(sag(row))
    faults = {fault.key: fault for fault in drill_of("plank").faults}
    return tuple(
        _plank_row(label, np.array(each), faults["P1"].green, faults["P2"].green) for label, each in lines.items()
    )


def _plank_row(label: str, lines: np.ndarray, sags_from: float, pikes_from: float) -> PlankRow:
    sags, pikes = float(np.mean(lines > sags_from)), float(np.mean(lines < pikes_from))
    return PlankRow(label=label, frames=len(lines), green=1 - sags - pikes, sag=sags, pike=pikes)


def sag(row: dict[str, str]) -> float:
    """How far the hip of the side that is seen better lies under the line from shoulder to ankle, in its length."""
    near = max(("left", "right"), key=lambda side: float(row[f"{side}_hip_v"]))
    shoulder, hip, ankle = (
        complex(float(row[f"{near}_{joint}_x"]) * SHAPE, float(row[f"{near}_{joint}_y"]))
        for joint in ("shoulder", "hip", "ankle")
    )
    line = ankle - shoulder
    below = (line.conjugate() * (hip - shoulder)).imag / abs(line) ** 2
    return below if line.real > 0 else -below


def count_swings(folder: Path) -> CountRow:
    """Swings counted; people marked the bottoms, and the first and last half cycle do not count."""
    data = json.loads(next(folder.glob("*.posetrack.json")).read_text(encoding="utf-8"))
    marks = json.loads(next(folder.glob("*.groundtruth.json")).read_text(encoding="utf-8"))["annotations"]
    bottoms = sum(mark["position"] == "bottom" for mark in marks)
    upright = next(mark["frame_index"] for mark in marks if mark["position"] == "top")
    told = watch(drill_of("kettlebell_swing"), _poses(data, upright)).told
    return CountRow(
        what=f"swings, {bottoms} bottoms marked",
        drill="kettlebell_swing",
        clips=1,
        exact=int(len(told) == bottoms - 1),
        counted=len(told),
    )


def _poses(data: dict, upright: int) -> list[Pose]:
    fps, size = data["metadata"]["fps"], (data["metadata"]["videoWidth"], data["metadata"]["videoHeight"])
    table = []
    for frame in data["frames"]:
        named = {point["name"]: point for point in frame["keypoints"]}
        table.append([[named[name][part] for part in ("x", "y", "score")] for name in KEYPOINTS])
    moves = np.array(table, np.float32)
    held, over = round(HELD * fps), round(MOVED_OVER * fps)
    share = np.linspace(0, 1, over, endpoint=False)[:, None, None]
    tall = moves[upright]
    frames = np.concatenate((np.repeat(tall[None], held, 0), tall + share * (moves[0] - tall), moves)).astype(
        np.float32
    )
    return [Pose(n / fps, frame[:, :2], frame[:, 2], *size) for n, frame in enumerate(frames)]
