"""The printed parts: made from hardware/parts/*.scad by OpenSCAD, checked, and drawn; ``make parts`` runs it.

Needs Debian's ``openscad``.  The solids go to build/parts as STL to be sliced, the pictures to hardware/pictures.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image

FOLDER = Path(__file__).resolve().parent
SOURCES, PICTURES, SOLIDS = FOLDER / "parts", FOLDER / "pictures", FOLDER.parent / "build/parts"
#: Each print: its file and what it changes of that file's parameters.
PRINTS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "camera_pod": ("camera_pod", {}),
    "camera_pod_wide": ("camera_pod", {"module_name": "3-wide"}),
    "camera_pod_sink": ("camera_pod", {"module_name": "3-wide", "pitch": 20}),
    "camera_cap": ("camera_cap", {}),
    "holder": ("holder", {}),
    "side_pod": ("side_pod", {}),
    "side_pod_lid": ("side_pod", {"part": "lid"}),
    "button_box": ("button_box", {}),
    "button_box_lid": ("button_box", {"part": "lid"}),
}
#: The bed of a small printer, millimetres.
BED = (200.0, 200.0, 200.0)
#: So much of a part at least lies on the bed, square millimetres: less comes loose.
FOOTING = 150.0
#: A picture: from which side (degrees round and up, of the bed's side and of the other), pixels, shrunk by so much.
VIEWS, SIZE, FINER, COLOURS = ((30.0, 35.0), (210.0, -35.0)), 240, 2, 24
PAPER, PLASTIC, LIGHT = (255, 255, 255), np.array((96.0, 104.0, 116.0)), np.array((-0.4, -0.5, 0.77))


class Unprintable(ValueError):
    """A part that cannot be printed as it is."""


def make(name: str, **changes: object) -> np.ndarray:
    """The triangles of a print (n, 3, 3), millimetres; ``changes`` go before its own.  Raises Unprintable."""
    source, settings = PRINTS[name]
    given = [f"-D{key}={_scad(value)}" for key, value in (settings | changes).items()]  # type: ignore[operator]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "part.stl"
        ran = subprocess.run(
            ["openscad", "--hardwarnings", "-o", str(out), *given, str(SOURCES / f"{source}.scad")],
            capture_output=True,
            text=True,
            timeout=600,
        )
        if ran.returncode or "WARNING" in ran.stderr:
            raise Unprintable(f"{name}: {ran.stderr.strip()}")
        return read_stl(out.read_text())


def _scad(value: object) -> str:
    """A value as OpenSCAD writes it."""
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def read_stl(text: str) -> np.ndarray:
    """The triangles (n, 3, 3) of an STL in letters."""
    return np.array(re.findall(r"vertex (\S+) (\S+) (\S+)", text), float).reshape(-1, 3, 3)


def check(triangles: np.ndarray) -> None:
    """Raise Unprintable unless it is one closed solid, right side out, that lies on a small printer's bed."""
    corners, numbers = np.unique(triangles.reshape(-1, 3).round(5), axis=0, return_inverse=True)
    faces = numbers.reshape(-1, 3)
    edges = np.concatenate((faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]))
    there = {(int(a), int(b)) for a, b in edges}
    if len(there) < len(edges) or there != {(b, a) for a, b in there}:
        raise Unprintable("it is not closed: some edge is not between two faces")
    if volume(triangles) <= 0:
        raise Unprintable("it is inside out")
    if (pieces := _pieces(faces, len(corners))) != 1:
        raise Unprintable(f"it falls into {pieces} pieces")
    low, high = corners.min(axis=0), corners.max(axis=0)
    if abs(low[2]) > 1e-3 or (high - low > BED).any():
        raise Unprintable(f"it does not lie on the bed, or is larger: from {low} to {high}")
    if footing(triangles) < FOOTING:
        raise Unprintable(f"only {footing(triangles):.0f} square millimetres of it lie on the bed")


def volume(triangles: np.ndarray) -> float:
    """Cubic millimetres."""
    a, b, c = triangles.transpose(1, 0, 2)
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)


def footing(triangles: np.ndarray) -> float:
    """Square millimetres that lie on the bed."""
    a, b, c = triangles[(np.abs(triangles[:, :, 2]) < 1e-3).all(axis=1)].transpose(1, 0, 2)
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def _pieces(faces: np.ndarray, corners: int) -> int:
    """How many solids hang together by their corners."""
    label = np.arange(corners)
    while True:
        lowest = label.copy()
        for column in (0, 1, 2):
            np.minimum.at(lowest, faces[:, column], label[faces].min(axis=1))
        if (lowest == label).all():
            return len(np.unique(label))
        label = lowest


def hits(triangles: np.ndarray, start: np.ndarray, way: np.ndarray) -> bool:
    """Whether the ray from ``start`` the ``way`` it goes meets the part (Möller and Trumbore)."""
    a, one, other = triangles[:, 0], triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    across = np.cross(way, other)
    size = np.einsum("ij,ij->i", one, across)
    with np.errstate(divide="ignore", invalid="ignore"):
        off = start - a
        u = np.einsum("ij,ij->i", off, across) / size
        turned = np.cross(off, one)
        v = turned @ way / size
        far = np.einsum("ij,ij->i", other, turned) / size
        return bool(((u >= 0) & (v >= 0) & (u + v <= 1) & (far > 1e-6)).any())


def draw(triangles: np.ndarray) -> Image.Image:
    """The part from above and from below, side by side."""
    sheet = Image.new("RGB", (SIZE * len(VIEWS), SIZE), PAPER)
    for number, view in enumerate(VIEWS):
        sheet.paste(_draw_from(triangles, *view), (SIZE * number, 0))
    return sheet.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _draw_from(triangles: np.ndarray, round_it: float, up: float) -> Image.Image:
    """The part as it is seen from there, nearer things before others, pixel by pixel."""
    turn, tilt = np.radians((round_it, up))
    right = np.array((np.cos(turn), np.sin(turn), 0.0))
    back = np.array((-np.sin(turn) * np.cos(tilt), np.cos(turn) * np.cos(tilt), -np.sin(tilt)))
    basis = np.stack((right, np.cross(right, back), back))
    seen = triangles @ basis.T
    middle = (seen.max(axis=(0, 1)) + seen.min(axis=(0, 1))) / 2
    size = SIZE * FINER
    scale = 0.92 * size / np.ptp(seen, axis=(0, 1))[:2].max()
    seen = (seen - middle) * (scale, -scale, 1) + (size / 2, size / 2, 0)
    normals = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True) + 1e-12
    lit = 0.55 + 0.45 * np.abs(normals @ (LIGHT / np.linalg.norm(LIGHT))) + 0.25 * np.clip(normals @ -back, 0, 1)
    picture, depth = np.full((size, size, 3), PAPER, np.float64), np.full((size, size), np.inf)
    for corners, shade in zip(seen[normals @ back < 0], lit[normals @ back < 0], strict=True):
        _fill(picture, depth, corners, PLASTIC * shade)
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).reduce(FINER)


def _fill(picture: np.ndarray, depth: np.ndarray, corners: np.ndarray, colour: np.ndarray) -> None:
    """Paint one triangle (pixels, and how far away) wherever nothing nearer is."""
    low = np.maximum(np.floor(corners[:, :2].min(axis=0)).astype(int), 0)
    high = np.minimum(np.ceil(corners[:, :2].max(axis=0)).astype(int) + 1, picture.shape[0])
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = corners.tolist()
    area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    if abs(area) < 1e-9 or (low >= high).any():
        return
    x, y = np.meshgrid(np.arange(low[0], high[0]) + 0.5, np.arange(low[1], high[1]) + 0.5)
    v = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) / area
    w = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / area
    away = az + v * (bz - az) + w * (cz - az)
    window = slice(low[1], high[1]), slice(low[0], high[0])
    nearer = (v >= 0) & (w >= 0) & (v + w <= 1) & (away < depth[window])
    depth[window][nearer] = away[nearer]
    picture[window][nearer] = colour


def write_stl(triangles: np.ndarray, out: Path) -> None:
    """Write the triangles as a binary STL."""
    record = np.zeros(len(triangles), [("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("spare", "<u2")])
    record["corners"] = triangles
    out.write_bytes(bytes(80) + np.uint32(len(triangles)).tobytes() + record.tobytes())


def main() -> None:
    """Make, check, keep and draw every part."""
    SOLIDS.mkdir(parents=True, exist_ok=True)
    for name in PRINTS:
        triangles = make(name)
        check(triangles)
        write_stl(triangles, SOLIDS / f"{name}.stl")
        draw(triangles).save(PICTURES / f"{name}.png", optimize=True)
        size = " × ".join(f"{side:.0f}" for side in np.ptp(triangles, axis=(0, 1)))
        print(f"{name}: {size} mm, {volume(triangles) / 1000:.1f} cm³")


if __name__ == "__main__":
    sys.exit(main())
