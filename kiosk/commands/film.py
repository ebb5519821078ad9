"""``kiosk figure``: film the simulated person into a folder of pictures, with its true keypoints and angles."""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import msgspec
from PIL import Image
from rich.console import Console
from rich.progress import track

from kiosk.figure.film import Film
from kiosk.figure.script import find_script
from kiosk.figure.setting import usual_lens
from kiosk.records.track import TrackMeta, write_track
from kiosk.scoring.pose import Pose
from kiosk.trouble import BadInput

#: Quality of the pictures, of 100: what small cameras write.
QUALITY = 92
#: What makes a film: repetitions, pictures a second, the seed's 32 bits, metres from the person (outside the body, and
#: not so far that it is a dot), metres over the floor, degrees.
LIMITS = {
    "--reps": (1, 1000),
    "--fps": (1, 240),
    "--seed": (0, 2**32 - 1),
    "--distance": (1.0, 20.0),
    "--camera-height": (0.0, 4.0),
    "--yaw": (-180.0, 180.0),
}


def run(
    drill: str,
    faults: str,
    reps: int,
    fps: float,
    camera_height: float | None,
    distance: float | None,
    yaw: float | None,
    seed: int,
    out: Path,
    passer_by: bool = False,
) -> None:
    """Write ``frames/*.jpg``, ``track.csv`` and ``truth.json`` into the new or empty folder ``out``: all or nothing.

    ``faults``: their keys, each with its size if it is not 1, as ``F10,F9a=0.5``.  ``camera_height``, ``distance`` and
    ``yaw`` are those that are usual for the drill where they are None.  Raises BadInput for an unknown drill
    or fault, a number beyond its LIMITS, or a folder that holds something already.
    """
    numbers = {"--reps": reps, "--fps": fps, "--seed": seed}
    places = {"--distance": distance, "--camera-height": camera_height, "--yaw": yaw}
    for option, value in (numbers | places).items():
        least, most = LIMITS[option]
        if value is not None and not least <= value <= most:
            raise BadInput(f"{option} {value:.12g}: must be from {least:.12g} to {most:.12g}")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput(f"{out}: is there already and not an empty folder")
    usual = usual_lens(find_script(drill))
    lens = replace(
        usual,
        height=usual.height if camera_height is None else camera_height,
        distance=usual.distance if distance is None else distance,
        yaw=usual.yaw if yaw is None else yaw,
    )
    film = Film(drill, faults=read_faults(faults), reps=reps, fps=fps, seed=seed, lens=lens, passer_by=passer_by)
    write_whole(film, out)


def write_whole(film: Film, out: Path) -> None:
    """Film into the folder ``out``, under another name until all of it is there."""
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
    """Film into the empty ``folder``, showing how far it is."""
    frames = folder / "frames"
    frames.mkdir()
    poses: list[Pose] = []
    console, unwatched = Console(stderr=True), not sys.stderr.isatty()
    shown = track(film, f"filming {film.drill}", console=console, transient=True, disable=unwatched)
    for number, filmed in enumerate(shown):
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
