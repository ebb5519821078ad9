"""tflite-runtime 2.14 runs the pose model too.  Not part of the suite: `make old-runtime` runs it where nothing but
tflite-runtime, numpy below 2, pytest and Pillow are installed, and finds a second, newer numpy in the folder numpy2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image

from kiosk.devices.movenet import PoseModel
from kiosk.devices.runtime import start

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "models" / "movenet_singlepose_lightning_int8_4.tflite"


def test_this_is_the_old_runtime_and_nothing_else() -> None:
    assert np.__version__.startswith("1.")
    assert find_spec("ai_edge_litert") is None
    assert find_spec("msgspec") is None


def test_the_chooser_takes_what_there_is() -> None:
    started = start(MODEL)
    assert started.name == "tflite_runtime 2.14.0"
    assert started.threads == 1


def test_a_picture_becomes_a_pose() -> None:
    model = PoseModel(MODEL)
    image = np.random.default_rng(1).integers(0, 255, (480, 640, 3), np.uint8)
    pose = model.look(image, 0.0)
    assert pose.points.shape == (17, 2)
    assert np.isfinite(pose.points).all()
    assert ((pose.scores >= 0) & (pose.scores <= 1)).all()


def test_under_numpy_2_it_says_what_each_runtime_said() -> None:
    script = f"from pathlib import Path; from kiosk.devices.runtime import start; start(Path({str(MODEL)!r}))"
    path = os.pathsep.join([str(Path(sys.prefix) / "numpy2"), str(ROOT)])
    said = subprocess.run([sys.executable, "-c", script], env={"PYTHONPATH": path}, capture_output=True, text=True)
    line = said.stderr.strip().splitlines()[-1]
    assert said.returncode == 1
    assert line.startswith("kiosk.trouble.KioskError: ")
    assert "ai_edge_litert: No module named 'ai_edge_litert'" in line
    assert "tflite_runtime: numpy.core.multiarray failed to import" in line


def test_people_in_photographs_are_found(shared: Path) -> None:
    """Two passes, as in the mirror: three quarters of the labelled joints and more within a tenth of their height."""
    photos = shared / "photos"
    labels = json.loads((photos / "labels.json").read_text())
    files = {row["id"]: row["file_name"] for row in labels["images"] if row["group"] == "single"}
    found = []
    for label in labels["annotations"]:
        if label["image_id"] not in files:
            continue
        image = np.asarray(Image.open(photos / files[label["image_id"]]).convert("RGB"))
        joints = np.array(label["keypoints"], float).reshape(17, 3)
        model = PoseModel(MODEL)
        model.look(image, 0.0)
        distance = np.hypot(*(model.look(image, 0.1).points - joints[:, :2]).T)
        found += list(distance[joints[:, 2] > 0] < 0.1 * np.ptp(joints[joints[:, 2] > 0, 1]))
    assert len(found) > 300
    assert np.mean(found) >= 0.75
