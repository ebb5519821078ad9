"""What the mirror is made of: Python, numpy, the pose model, what runs it, and how fast."""

from __future__ import annotations

import importlib
import platform
import sys
from importlib.util import find_spec

import numpy as np

from kiosk.commands.checkup import Answer, causes
from kiosk.commands.checkup.causes import MAKE_ANEW
from kiosk.config import Config
from kiosk.devices import runtime
from kiosk.devices.board import is_raspberry_pi
from kiosk.devices.model_file import FOLDER, find_model, read_manifest
from kiosk.devices.movenet import PoseModel
from kiosk.devices.pace import OVER, PICTURE_MS, PLANNED_MS, PLANNED_PER_S, ROOM
from kiosk.trouble import KioskError, NoModel

#: What gets the pose model: where it is developed, and where it is installed.
GET_MODEL = "make models" if (FOLDER.parent / "Makefile").exists() else f"sudo {sys.prefix}/bin/kiosk models"


def check_python(config: Config) -> Answer:
    """Its version, and whether it sees the system's packages."""
    version = platform.python_version()
    if not (3, 11) <= sys.version_info < (3, 14):
        return "failed", f"{version} at {sys.executable}", "the mirror needs Python 3.11, 3.12 or 3.13"
    if is_raspberry_pi() and not any("dist-packages" in folder for folder in sys.path):
        return "failed", f"{version}, without the system's packages, so without picamera2", MAKE_ANEW
    return "ok", version, ""


def check_numpy(config: Config) -> Answer:
    """numpy, and whether apt's picamera2 can live with it: simplejpeg is the part of it that breaks."""
    if find_spec("simplejpeg") is not None:
        try:
            importlib.import_module("simplejpeg")
        except ValueError as error:
            return "failed", f"{np.__version__}, but picamera2 was built for another: {error}", MAKE_ANEW
    return "ok", np.__version__, ""


def check_model(config: Config) -> Answer:
    """Whether the pose model is here, and is the right one."""
    try:
        manifest, place = read_manifest(), find_model()
    except NoModel as error:
        absent = not (FOLDER / read_manifest().file).exists()
        return ("warning" if absent else "failed"), f"{error}; the simulated person will be shown", GET_MODEL
    return "ok", f"{manifest.name} {manifest.version}, {place.stat().st_size / 1e6:.1f} MB, SHA-256 right", ""


def check_runtime(config: Config) -> Answer:
    """What runs the model, and whether quickly."""
    try:
        started = runtime.start(find_model(), config.threads)
    except NoModel:
        return "warning", "not tried: there is no right model", GET_MODEL
    except KioskError as error:
        return "failed", str(error), MAKE_ANEW
    said = f"{started.name}, threads {started.threads}, XNNPACK runs {started.delegated} parts of the model"
    if not started.delegated:
        why, do = causes.why_no_xnnpack(started.name)
        return "warning", f"{said}, so it is slow: {why}", do
    return "ok", said, ""


def check_pace(config: Config) -> Answer:
    """Whether every picture is looked at twice here: decided by the model itself, as in the mirror."""
    try:
        eye = PoseModel(find_model(), config.threads, passes=None)
    except NoModel:
        return "warning", "not tried: there is no right model", GET_MODEL
    blank = np.zeros((eye.input_size, eye.input_size, 3), np.uint8)
    for _ in range(OVER):
        eye.look(blank, 0.0)
    took, enough = f"{eye.pace.median_ms:.1f} ms a pass", f"{PICTURE_MS * ROOM / 2:.0f} ms"
    if eye.pace.lean:
        why = "the board is held back" if eye.pace.spared else f"slower than the planned {PLANNED_MS:.0f} ms"
        said = f"{took}: {why}, so at most {PLANNED_PER_S:.0f} poses a second, one look each, the back twice a second"
        return "warning", said, "a cooler place, a stronger power supply, a faster board; see the line `board`"
    if eye.passes == 2:
        return "ok", f"{took}: looks at every picture twice, straight and mirrored (a pass within {enough})", ""
    return "ok", f"{took}: looks at every picture once; for a second, mirrored look it must be within {enough}", ""
