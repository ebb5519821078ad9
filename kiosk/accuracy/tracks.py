"""Tracks of real people: what the mirror counts and finds, against what people labelled."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kiosk.accuracy.card import GhostRow, LabelRow, TrackRow
from kiosk.accuracy.sets import drill_of
from kiosk.accuracy.watching import Watched, ghosts, watch
from kiosk.drills import CATALOGUE
from kiosk.records.track import read_track

#: The drill as which an exercise of LABELS.csv is watched; what is not named here is no drill.
DRILL_OF = {
    "kettlebell floor pick-up": "pick_up",
    "barbell deadlift": "deadlift",
    "romanian deadlift": "romanian_deadlift",
    "bodyweight squat with band": "squat",
    "kettlebell swing": "kettlebell_swing",
}
#: The key under which the mirror tells a labelled fault; "squat" is a strategy.
KEY_OF = {
    "hips_first": "DL1",
    "squatting": "squat",
    "lean_back": "F2c",
    "heel_lift": "F6a",
    "neck_extended": "F9a",
    "neck_dropped": "F9b",
    "no_lockout": "F2a",
}
#: A fault is told of a clip when it is in at least this share of its repetitions.
TOLD_IN = 0.5


def watch_track(path: Path, label: dict[str, str]) -> tuple[TrackRow, list[GhostRow]]:
    """One track against its line of the labels; of what is no drill the ghosts in every drill."""
    _, poses = read_track(path)
    key = DRILL_OF.get(label["exercise"], "")
    if not key:
        minutes = (poses[-1].t - poses[0].t) / 60
        found = [ghosts(drill, poses, minutes, path.stem) for drill in CATALOGUE]
        return _row(label, "every", sum(row.ghosts for row in found), Watched((), {}, 0)), found
    watched = watch(drill_of(key), poses)
    return _row(label, key, len(watched.told), watched), []


def _row(label: dict[str, str], drill: str, counted: int, watched: Watched) -> TrackRow:
    return TrackRow(
        name=Path(label["file"]).stem,
        drill=drill,
        view=label["view"],
        asked=float(label["reps"]),
        counted=counted,
        labelled=label["faults"],
        told=dict(Counter(key for told in watched.told for key in told.faults)),
        strategies=dict(Counter(told.strategy for told in watched.told if told.strategy)),
        refused=watched.refused,
    )


def read_labels(folder: Path) -> list[dict[str, str]]:
    """The lines of LABELS.csv."""
    with (folder / "LABELS.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def label_rows(rows: Sequence[TrackRow]) -> tuple[LabelRow, ...]:
    """How each labelled fault is told, over the clips counted in a drill that knows it.

    Form is judged from the side only; a strategy is told from anywhere, and a drill of squats has no choice of it.
    """
    found = []
    for label, key in KEY_OF.items():
        known = [row for row in rows if row.counted and row.drill in _drills_with(key) and _shows(row, key)]
        have = [row for row in known if label in row.labelled.split(";")]
        others = [row for row in known if row not in have]
        found.append(
            LabelRow(
                label=label,
                key=key,
                clips=len(have),
                told=sum(_tells(row, key) for row in have),
                without=len(others),
                falsely=sum(_tells(row, key) for row in others),
            )
        )
    return tuple(found)


def _drills_with(key: str) -> set[str]:
    if key == "squat":
        return {"pick_up"}
    return {drill.key for drill in CATALOGUE if key in {fault.key for fault in drill.faults}}


def _shows(row: TrackRow, key: str) -> bool:
    return row.view == "side" or key == "squat"


def _tells(row: TrackRow, key: str) -> bool:
    return (row.told | row.strategies).get(key, 0) >= TOLD_IN * row.counted
