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
from kiosk.text import Text
from kiosk.trouble import BadInput, NoModel, Trouble

#: What the settings call the live cameras, and what people call them.
LIVE = {"pi": Text("Pi camera"), "usb": Text("USB camera")}
#: Where device files are: what begins so is a USB camera that may be unplugged, not a clip.
DEVICE_FILES = "/dev/"
#: Pictures a second of a folder, which cannot say so itself: as many as `kiosk figure` films.
FOLDER_FPS = 15.0


@dataclass(frozen=True, slots=True)
class Eyes:
    """What a mirror looks with.

    ``open_camera`` and ``load_model`` are for the watcher's thread; ``camera`` and ``model`` say what they will give.
    ``load_model`` is None where there is no model: the simulated person then tells its own keypoints.  ``figure`` is
    that person where it is the one watched, ``replay``: a clip is.  ``troubles`` are what had to be done without.
    """

    camera: str
    model: str
    sha256: str | None
    open_camera: Callable[[], Camera]
    load_model: Callable[[], PoseModel] | None
    figure: FigureCamera | None = None
    replay: bool = False
    troubles: tuple[Trouble, ...] = ()

    def perform(self, drill: str) -> None:
        """Have the simulated person, if it is the one watched, do ``drill``."""
        if self.figure:
            self.figure.perform(drill)


def choose_eyes(config: Config, drill: Drill) -> Eyes:
    """The camera that ``config`` names, or the next best that is there; the model if it is there.

    Without a model only the simulated person can be watched.  Raises BadInput for a clip that cannot be opened.
    """
    wished = _find_wished(config.camera)
    camera = wished or _find_any()
    troubles: tuple[Trouble, ...] = ()
    path: Path | None = None
    sha256: str | None = None
    try:
        path, manifest = find_model(), read_manifest()
        model, sha256 = f"{manifest.name} {manifest.version}", manifest.sha256
    except NoModel as error:
        model = f"none, the simulated person's own keypoints ({error})"
        said = Text("The pose model is missing or wrong: showing the simulated person. Run make models.")
        camera, troubles = "figure", (Trouble("no_model", said),)
    if not wished:
        troubles += (_absent(config.camera, camera),)
    figure = FigureCamera(drill.key) if camera == "figure" else None
    return Eyes(
        camera=figure.name if figure else camera,
        model=model,
        sha256=sha256,
        open_camera=lambda: figure or Turned(_make_camera(camera), config.camera_turn),
        load_model=partial(PoseModel, path, config.threads, passes=None) if path else None,
        figure=figure,
        replay=_is_clip(camera),
        troubles=troubles,
    )


def _find_wished(wish: str) -> str:
    """What to open for ``wish``: ``pi``, a USB device file, a clip's path or ``figure``; "" when it is absent."""
    if _is_clip(wish):
        _try_clip(wish)
        return wish
    if wish == "auto":
        return _find_any()
    return wish if wish == "figure" else _plugged_in(wish)


def _find_any() -> str:
    """The best that is there."""
    return _plugged_in("pi") or _plugged_in("usb") or "figure"


def _absent(wish: str, instead: str) -> Trouble:
    absent = LIVE.get(wish) or Text("camera {name}", name=wish)
    return Trouble("camera_absent", Text("There is no {absent}: using {found}.", absent=absent, found=_called(instead)))


def _called(camera: str) -> Text:
    """What ``camera`` is called in a sentence: ``pi``, ``figure`` or a USB device file."""
    match camera:
        case "pi":
            return Text("the Pi camera")
        case "figure":
            return Text("the simulated person")
    return Text("the USB camera {name}", name=camera)


def _is_clip(camera: str) -> bool:
    return camera not in ("auto", "figure", *LIVE) and not camera.startswith(DEVICE_FILES)


def _plugged_in(wish: str) -> str:
    """What to open for ``pi``, ``usb`` or a device file; "" when it is absent."""
    if wish == "pi":
        return wish if find_pi_camera() else ""
    if wish == "usb":
        return next(map(str, find_usb_cameras()), "")
    return wish if Path(wish).exists() else ""


def _try_clip(name: str) -> None:
    """Open the clip once, so that a bad one is known before anything is written."""
    if not Path(name).exists():
        raise BadInput(f"camera {name}: none of auto, {', '.join(LIVE)}, figure, and no such file or folder")
    with _make_camera(name):
        pass


def _make_camera(name: str) -> Camera:
    if name == "pi":
        return PiCamera()
    if name.startswith(DEVICE_FILES):
        return UsbCamera(Path(name))
    path = Path(name)
    return Clip(path, fps=FOLDER_FPS if path.is_dir() else None, realtime=True)
