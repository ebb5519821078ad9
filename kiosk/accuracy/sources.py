"""Where what is true of real people is kept: tracks, motion capture, photographs.  None of it is part of the mirror."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.trouble import BadInput

#: The variable that names the folder, and where it is looked for without it: beside the repository.
VARIABLE, BESIDE = "HINGE_SHARED", Path(__file__).resolve().parents[3] / "shared"


@dataclass(frozen=True, slots=True)
class Sources:
    """The folders of real data that are there; None where one is absent."""

    tracks: Path | None = None
    mocap: Path | None = None
    photos: Path | None = None
    planks: Path | None = None
    swings: Path | None = None

    @property
    def absent(self) -> tuple[str, ...]:
        """Parts of the card that cannot be measured here."""
        return tuple(name for name in self.__dataclass_fields__ if getattr(self, name) is None)


def find_sources(folder: Path | None) -> Sources:
    """What is in ``folder``, or without one in the usual place.  Raises BadInput for a folder that is not there."""
    if folder and not folder.is_dir():
        raise BadInput(f"{folder}: no such folder; it holds tracks, mocap and photos")
    root = folder or Path(os.environ.get(VARIABLE, BESIDE))
    places = (root, root / "data", *([root.parent] if root.name == "data" else []))

    def find(name: str, mark: str) -> Path | None:
        found = (place / name for place in places if list((place / name).glob(mark)))
        return next(found, None)

    return Sources(
        tracks=find("tracks", "LABELS.csv"),
        mocap=find("mocap", "CLIPS.csv"),
        photos=find("photos", "labels.json"),
        planks=find("keypoints_plank", "*.csv"),
        swings=find("keypoints_kettlebell_swing", "*.posetrack.json"),
    )
