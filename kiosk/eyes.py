"""The eyes of one mirror: which camera and which pose model it looks with, chosen once when it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kiosk.config import Config
from kiosk.devices.clip import Clip
from kiosk.devices.model_file import find_model, read_manifest
from kiosk.devices.movenet import PoseModel
from kiosk.devices.picamera import PiCamera, find_pi_camera
from kiosk.devices.turned import Turned
from kiosk.devices.usb import UsbCamera, find_usb_cameras
from kiosk.figure.studio import FigureCamera
from kiosk.frame import Camera
from kiosk.scoring.drill import Drill
from kiosk.trouble import BadInput, NoModel, Trouble


@dataclass(frozen=True, slots=True)
class Eyes:
    """What a mirror looks with.

    ``open_camera`` and ``load_model`` are for the watcher's thread; ``camera`` and ``model`` say what they will give.
    ``load_model`` is None where there is no model: the simulated person then tells its own keypoints.  ``figure`` is
    that person where it is the one watched.  ``troubles`` are what had to be done without.
    """

    camera: str
    model: str
    sha256: str | None
    open_camera: Callable[[], Camera]
    load_model: Callable[[], PoseModel] | None
    figure: FigureCamera | None = None
    troubles: tuple[Trouble, ...] = ()

    def perform(self, drill: str) -> None:
        """Have the simulated person, if it is the one watched, do ``drill``."""
        if self.figure:
            self.figure.perform(drill)


def choose_eyes(config: Config, drill: Drill) -> Eyes:
    """The camera that ``config`` names, or the next best that is there; the model if it is there.

    Without a model only the simulated person can be watched.  Raises BadInput for a clip that is not there.
    """
    camera, trouble = _find_camera(config.camera)
    try:
        path = find_model()
    except NoModel as error:
        camera, trouble = "figure", Trouble("no_model", f"{error}. Showing the simulated person.")
        path = None
    figure = FigureCamera(drill.key) if camera == "figure" else None
    manifest = read_manifest() if path else None
    return Eyes(
        camera=figure.name if figure else camera,
        model=f"{manifest.name} {manifest.version}" if manifest else "none: the simulated person's own keypoints",
        sha256=manifest.sha256 if manifest else None,
        open_camera=lambda: figure or Turned(_make_camera(camera), config.camera_turn),
        load_model=partial(PoseModel, path, config.threads) if path else None,
        figure=figure,
        troubles=(trouble,) if trouble else (),
    )


def _find_camera(wish: str) -> tuple[str, Trouble | None]:
    """What to open: ``pi``, a USB device file, a clip's path or ``figure``; and a trouble if that was not the wish."""
    if wish not in ("auto", "pi", "usb", "figure"):
        if not Path(wish).exists():
            raise BadInput(f"camera {wish}: is none of auto, pi, usb, figure, and there is no such file or folder")
        return wish, None
    if wish in ("auto", "pi") and find_pi_camera():
        return "pi", None
    usb = find_usb_cameras() if wish != "figure" else []
    found = str(usb[0]) if usb else "figure"
    if wish in ("auto", "figure") or (wish == "usb" and usb):
        return found, None
    absent = {"pi": "Pi camera", "usb": "USB camera"}[wish]
    instead = f"the USB camera {found}" if usb else "the simulated person"
    return found, Trouble("camera_absent", f"There is no {absent}: using {instead}.")


def _make_camera(name: str) -> Camera:
    if name == "pi":
        return PiCamera()
    if name.startswith("/dev/"):
        return UsbCamera(Path(name))
    return Clip(Path(name), realtime=True)
