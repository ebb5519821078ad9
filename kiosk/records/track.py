"""A keypoint track: one video's poses as a table that a person can read (``.csv``).

The first line is ``# `` and a JSON object about the video, the second the header, then a row per frame: seconds, then
x, y and score of the 17 keypoints in COCO order, in pixels of the un-mirrored frame.  An unseen joint keeps its low
score; a joint that was never given has empty cells.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
import numpy as np

from kiosk.records.whole import written_whole
from kiosk.scoring.pose import KEYPOINTS, Pose
from kiosk.trouble import BadInput

#: The header of a track: ``t``, then ``_x``, ``_y`` and ``_s`` of each keypoint.
COLUMNS = ("t", *(f"{name}_{part}" for name in KEYPOINTS for part in "xys"))

#: Neither pixels nor seconds come near it; beyond, their squares would not fit a float32.
LARGEST = 1e12

Pixels = Annotated[int, msgspec.Meta(ge=1)]


class TrackMeta(msgspec.Struct, frozen=True, kw_only=True):
    """What the first line says: the video's ``name``, size in pixels, frames a second (None: not known), what it shows.

    Keys that are not known here are left alone: tracks of other makers say more.
    """

    width: Pixels
    height: Pixels
    fps: Annotated[float, msgspec.Meta(gt=0)] | None = None
    name: str = ""
    shows: str = ""


def read_track(path: Path) -> tuple[TrackMeta, list[Pose]]:
    """What the track at ``path`` says of its video, and its poses in order of time.

    ``present`` is False in a row without any point.  Raises BadInput, with the number of the line that breaks a rule.
    """
    lines = _lines(path)
    meta = _read_meta(path, lines[0])
    columns = _read_header(path, lines[1] if len(lines) > 1 else "")
    poses: list[Pose] = []
    for number, line in enumerate(lines[2:], start=3):
        if not line.strip():
            continue
        pose = _read_row(f"{path}: line {number}", line, columns, meta)
        if poses and pose.t < poses[-1].t:
            raise BadInput(f"{path}: line {number}: time goes backwards, from {poses[-1].t:g} s to {pose.t:g} s")
        poses.append(pose)
    if not poses:
        raise BadInput(f"{path}: a track needs at least one row after its header")
    return meta, poses


def write_track(path: Path, meta: TrackMeta, poses: Iterable[Pose]) -> None:
    """Write ``poses`` to ``path``, all of it or nothing.  Reading it gives the same float32 numbers back."""
    with written_whole(path) as file:
        file.write(f"# {msgspec.json.encode(meta).decode()}\n{','.join(COLUMNS)}\n")
        for pose in poses:
            file.write(f"{pose.t!r},{_cells(pose)}\n")


def _cells(pose: Pose) -> str:
    numbers = np.column_stack((pose.points, pose.scores)).astype(np.float32).ravel()
    return ",".join("" if math.isnan(number) else str(number) for number in numbers)


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path}: not a keypoint track: it is not text") from None
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror}") from None
    if not text.strip():
        raise BadInput(f"{path}: the file is empty; a keypoint track begins with '# ' and a JSON object")
    return text.split("\n")


def _read_meta(path: Path, line: str) -> TrackMeta:
    if not line.startswith("#"):
        raise BadInput(f"{path}: line 1: a keypoint track begins with '# ' and a JSON object (width, height, fps)")
    try:
        return msgspec.json.decode(line[1:], type=TrackMeta)
    except msgspec.DecodeError as error:
        raise BadInput(f"{path}: line 1: the JSON object of the track: {error}") from None


def _read_header(path: Path, line: str) -> list[int]:
    """Where each of COLUMNS stands in the rows; further columns may stand anywhere."""
    names = [name.strip() for name in line.split(",")]
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        raise BadInput(f"{path}: line 2: missing columns: {', '.join(missing[:3])}{more}")
    return [names.index(column) for column in COLUMNS]


def _read_row(place: str, line: str, columns: list[int], meta: TrackMeta) -> Pose:
    cells = line.split(",")
    if len(cells) <= max(columns):
        raise BadInput(f"{place}: {len(cells)} cells where the header asks for {max(columns) + 1}")
    t, *numbers = (_number(place, name, cells[at]) for name, at in zip(COLUMNS, columns, strict=True))
    if math.isnan(t):
        raise BadInput(f"{place}: column t: a row needs its time")
    table = np.array(numbers, dtype=np.float32).reshape(len(KEYPOINTS), 3)
    points = table[:, :2].copy()
    points[np.isnan(points).any(axis=1)] = np.nan
    present = not np.isnan(points).all()
    return Pose(t, points, np.nan_to_num(table[:, 2]), meta.width, meta.height, present)


def _number(place: str, column: str, cell: str) -> float:
    """The number in a ``cell``, at most LARGEST in size, NaN where it is empty."""
    if not cell.strip():
        return math.nan
    try:
        number = float(cell)
    except ValueError:
        number = math.inf
    if not math.isfinite(number):
        raise BadInput(f"{place}: column {column}: {cell.strip()!r} is not a number")
    if abs(number) > LARGEST:
        raise BadInput(f"{place}: column {column}: {cell.strip()} is beyond {LARGEST:g}")
    return number
