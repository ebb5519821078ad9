"""``kiosk pose``: the 17 keypoints of each picture, by a full-frame pass and then one tracking-crop pass."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from kiosk.devices.clip import read_picture
from kiosk.devices.movenet import PRESENT, PoseModel, core_score
from kiosk.scoring.pose import KEYPOINTS, Pose

#: Score from which a joint is shown as seen (biomechanics 5.3).
SEEN = 0.30


def run(pictures: list[Path], model_path: Path, as_json: bool) -> None:
    """Print what the model sees in ``pictures``, as one JSON list or as tables.

    Raises BadInput before anything is printed when one is missing or no picture, NoModel without a model.
    """
    images = [read_picture(path) for path in pictures]
    model = PoseModel(model_path)
    looks = [look_twice(model, image) for image in images]
    if as_json:
        print(json.dumps([_as_plain(path, *look) for path, look in zip(pictures, looks, strict=True)]))
        return
    console = Console()
    for path, look in zip(pictures, looks, strict=True):
        console.print(_as_table(path, *look))


def look_twice(model: PoseModel, image: np.ndarray) -> tuple[Pose, bool]:
    """The pose after a full-frame and a tracking-crop pass, and whether somebody is there by that second pass.

    One picture cannot be asked several times, as a camera is; the score in the crop decides alone.
    """
    model.forget()
    model.look(image, 0.0)
    pose = model.look(image, 0.0)
    return pose, model.cropped and core_score(pose.scores) >= PRESENT


def _as_plain(path: Path, pose: Pose, present: bool) -> dict[str, object]:
    keypoints = [
        [round(float(x), 2), round(float(y), 2), round(float(score), 4)]
        for (x, y), score in zip(pose.points, pose.scores, strict=True)
    ]
    return {
        "file": str(path),
        "width": pose.width,
        "height": pose.height,
        "keypoints": keypoints,
        "present": present,
    }


def _as_table(path: Path, pose: Pose, present: bool) -> Table:
    said = "somebody" if present else "nobody"
    table = Table(title=f"{path.name}: {said} in {pose.width}×{pose.height}", title_justify="left")
    table.add_column("joint")
    for name in ("x", "y", "score"):
        table.add_column(name, justify="right")
    for name, (x, y), score in zip(KEYPOINTS, pose.points, pose.scores, strict=True):
        style = "" if score >= SEEN else "dim"
        table.add_row(name.replace("_", " "), f"{x:.0f}", f"{y:.0f}", f"{score:.2f}", style=style)
    return table
