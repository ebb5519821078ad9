"""Whether the pose model tells the same keypoints elsewhere, bit for bit: `make test-arm`.

``keypoints.py record FILE`` keeps pictures and what is seen in them; ``keypoints.py compare FILE``, on another machine,
looks at the same pictures and fails on the first bit that differs.
"""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import numpy as np

from kiosk.devices.movenet import PoseModel

#: Frames of each film: the search, the first crops around the person, the beginning of the movement.
FRAMES = 6

#: Frames a second of the films: the person has moved on from one to the next.
FPS = 4.0


def pictures() -> list[np.ndarray]:
    """Films of the simulated person, upright and lying, and one of noise: each (frame, height, width, 3)."""
    from kiosk.figure.film import Film

    films = []
    for drill in ("hinge", "glute_bridge"):
        shown = zip(Film(drill, fps=FPS), range(FRAMES), strict=False)
        films.append(np.array([filmed.frame.image for filmed, _ in shown]))
    return [*films, np.random.default_rng(1).integers(0, 256, films[0].shape, np.uint8)]


def looks(model: PoseModel, films: list[np.ndarray]) -> np.ndarray:
    """What ``model`` tells of each frame, (film, frame, 17, 3): x, y, score; two passes at each tracking crop."""
    told = []
    for film in films:
        model.forget()
        poses = [model.look(image, number / FPS) for number, image in enumerate(film)]
        told.append([np.column_stack((pose.points, pose.scores)) for pose in poses])
    return np.array(told, np.float32)


def main(what: str, file: Path) -> None:
    """Record or compare; exits with the reason where something differs."""
    (path,) = Path("models").glob("*.tflite")
    model = PoseModel(path, passes=2)
    if not model.delegated:
        sys.exit("XNNPACK is off, so the numbers are others (is /proc/cpuinfo or /sys/devices/system/cpu hidden?)")
    if what == "record":
        films = pictures()
        np.savez(file, *films, told=looks(model, films))
        return
    kept = np.load(file)
    told = looks(model, [kept[name] for name in kept if name.startswith("arr_")])
    for film, frame in np.ndindex(told.shape[:2]):
        if told[film, frame].tobytes() != kept["told"][film, frame].tobytes():
            off = np.abs(told[film, frame] - kept["told"][film, frame]).max()
            sys.exit(f"film {film}, frame {frame}: other keypoints than where they were recorded, by {off:g} at most")
    print(
        f"{platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}, {model.runtime}:",
        f"{told[..., 0, 0].size} poses, the same bit for bit",
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
