"""Photographs with keypoints placed by people: how near the pose model comes, with one pass and with two."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np

from kiosk.accuracy.card import Photos
from kiosk.commands.pose import look_twice
from kiosk.devices.clip import read_picture
from kiosk.devices.movenet import PoseModel

#: Spread of where people place each joint, against the person's size: COCO's constants, doubled as its measure asks.
SPREAD = 2 * np.array(
    (0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089,
     0.089)
)  # fmt: skip
#: Shoulder and hip of the left and of the right side.
SIDES = ((5, 11), (6, 12))


def look_at_photos(folder: Path, model: Path, passes: int) -> Photos:
    """OKS and trunk error over every picture with a labelled person."""
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    pictures = {picture["id"]: folder / picture["file_name"] for picture in labels["images"]}
    eye = PoseModel(model, passes=passes)
    likenesses, errors = [], []
    for person in labels["annotations"]:
        pose, _ = look_twice(eye, read_picture(pictures[person["image_id"]]))
        likenesses.append(likeness(pose.points, person))
        errors.append(trunk_error(pose.points, person))
    known = [error for error in errors if not math.isnan(error)]
    return Photos(
        passes=passes,
        pictures=len(likenesses),
        oks=float(np.mean(likenesses)),
        trunk_mean=float(np.mean(known)),
        trunk_median=float(np.median(known)),
    )


def likeness(points: np.ndarray, person: dict[str, Any]) -> float:
    """Object keypoint similarity (COCO) of ``points`` (17, 2) with a labelled ``person``, 0..1."""
    truth = np.array(person["keypoints"], float).reshape(17, 3)
    placed = truth[:, 2] > 0
    off = ((points - truth[:, :2]) ** 2).sum(axis=1)
    return float(np.exp(-off / (2 * person["area"] * SPREAD**2))[placed].mean())


def trunk_error(points: np.ndarray, person: dict[str, Any]) -> float:
    """Degrees between the trunk's line in ``points`` and the labelled one, of the sides that are; NaN without any."""
    truth = np.array(person["keypoints"], float).reshape(17, 3)
    shoulders, hips = ([side[end] for side in SIDES if truth[list(side), 2].all()] for end in range(2))
    if not hips:
        return math.nan
    seen, true = (complex(*(at[shoulders].mean(axis=0) - at[hips].mean(axis=0))) for at in (points, truth[:, :2]))
    return abs(math.degrees(np.angle(seen / true)))
