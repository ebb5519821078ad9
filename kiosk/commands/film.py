"""``kiosk figure``: film the simulated person into a folder of pictures, with its true keypoints and angles."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import msgspec
from PIL import Image
from rich.console import Console
from rich.progress import track

from kiosk.figure.film import Film
from kiosk.figure.lens import Lens
from kiosk.records.track import TrackMeta, write_track
from kiosk.scoring.pose import Pose
from kiosk.trouble import BadInput

#: Quality of the pictures, of 100: what small cameras write.
QUALITY = 92
#: Where the camera can stand, metres from the person: outside the body, and not so far that it is a dot.
NEAREST, FARTHEST = 1.0, 20.0


def run(
    drill: str,
    faults: str,
    reps: int,
    fps: float,
    camera_height: float,
    distance: float,
    yaw: float,
    seed: int,
    out: Path,
) -> None:
    """Write ``frames/*.jpg``, ``track.csv`` and ``truth.json`` into the new or empty folder ``out``: all or nothing.

    ``faults``: their keys, each with its size if it is not 1, as ``F10,F9a=0.5``.  Raises BadInput for an unknown drill
    or fault, numbers that make no film, or a folder that holds something already.
    """
    if reps < 1:
        raise BadInput(f"--reps {reps}: a film needs at least one repetition")
    if seed < 0:
        raise BadInput(f"--seed {seed}: must not be below 0")
    if not NEAREST <= distance <= FARTHEST:
        raise BadInput(f"--distance {distance:g}: from {NEAREST:g} to {FARTHEST:g} metres")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput(f"{out}: is there already and not an empty folder")
    lens = Lens(height=camera_height, distance=distance, yaw=yaw)
    film = Film(drill, faults=read_faults(faults), reps=reps, fps=fps, seed=seed, lens=lens)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
        try:
            write_film(film, part)
            part.chmod(0o755)
            part.replace(out)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise BadInput(f"{out}: cannot be written: {error.strerror}") from None


def read_faults(text: str) -> dict[str, float]:
    """Faults by key and size from ``F10,F9a=0.5``.  Raises BadInput where a size is not a number from 0 to 1.5."""
    faults: dict[str, float] = {}
    for word in filter(None, (part.strip() for part in text.split(","))):
        key, _, size = word.partition("=")
        try:
            faults[key] = float(size or 1)
        except ValueError:
            faults[key] = -1.0
        if not 0 <= faults[key] <= 1.5:
            raise BadInput(f"--faults {word}: the size of a fault is a number from 0 to 1.5")
    return faults


def write_film(film: Film, folder: Path) -> None:
    """Film into ``folder``, showing how far it is."""
    frames = folder / "frames"
    frames.mkdir()
    poses: list[Pose] = []
    console = Console(stderr=True)
    for number, filmed in enumerate(track(film, f"filming {film.drill}", console=console, transient=True)):
        Image.fromarray(filmed.frame.image).save(frames / f"{number:05d}.jpg", quality=QUALITY)
        poses.append(filmed.pose)
    meta = TrackMeta(
        name=f"figure {film.drill} {film.seed}",
        width=film.lens.width,
        height=film.lens.height_px,
        fps=film.fps,
        shows="true keypoints of the simulated person",
    )
    write_track(folder / "track.csv", meta, poses)
    (folder / "truth.json").write_bytes(msgspec.json.format(msgspec.json.encode(film.truth), indent=1))
