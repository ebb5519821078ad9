"""Why a part of the machine cannot be had: each cause told from those that look the same, with the one thing to do.

Every function answers with what is wrong and what to do about it, one line each; those that may find nothing wrong with
None then.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from kiosk.devices.board import find_strain
from kiosk.devices.model_file import FOLDER
from kiosk.devices.picamera import PiCamera, list_pi_cameras
from kiosk.frame import Camera
from kiosk.trouble import CameraLost

#: What is wrong, and what to do.
Cause = tuple[str, str]

SERVICE = "kiosk.service"
STOP = f"sudo systemctl stop {SERVICE}, if it is the mirror itself that has it"
#: What makes the virtual environment anew: where it is developed, and where it is installed.
MAKE_ANEW = (
    "make clean setup"
    if (FOLDER.parent / "Makefile").exists()
    else f"sudo rm -r {FOLDER.parent / '.venv'}; then make install again, or sudo dpkg-reconfigure hinge-mirror"
)
#: What a camera needs besides its sensor; on a Pi the group video owns all of it.
CAMERA_FILES = ("media*", "video*", "dma_heap/*")
#: How the kernel, libcamera and picamera2 say that somebody else has it; -16 is EBUSY.
TAKEN = re.compile(r"busy|in use|code: -16", re.IGNORECASE)
CONFIG_TXT = Path("/boot/firmware/config.txt")
#: Megabytes, and files, free below which updates and recordings begin to fail.
LITTLE_DISK = 300
FEW_FILES = 1000
ERRORS = Path("/sys/fs/ext4")


def why_no_camera(
    ask: Callable[[], object] = list_pi_cameras, devices: Path = Path("/dev"), config_txt: Path = CONFIG_TXT
) -> Cause:
    """Why libcamera shows no camera on the board's connector."""
    if find_spec("picamera2") is None:
        return "picamera2 is not installed", "sudo apt-get install python3-picamera2"
    try:
        ask()
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("libcamera"):
            return "there is no libcamera for this Python", "sudo apt-get install --reinstall python3-libcamera"
        return f"picamera2 lacks {error.name}", "sudo apt-get install --reinstall python3-picamera2"
    except ValueError as error:  # numpy's "dtype size changed"
        return f"picamera2 was built for another numpy: {error}", MAKE_ANEW
    except Exception as error:  # a library of another version, a symbol that it lacks
        return f"libcamera cannot be started: {error}", "sudo apt-get update && sudo apt-get full-upgrade"
    found = [place for pattern in CAMERA_FILES for place in sorted(devices.glob(pattern))]
    if shut := [place for place in found if not os.access(place, os.R_OK | os.W_OK)]:
        return f"{shut[0]} may not be opened by this user", "sudo usermod -aG video $USER, and log in again"
    if re.search(r"^camera_auto_detect=0", _read(config_txt), re.MULTILINE):
        return f"{config_txt} says not to look for one", f"camera_auto_detect=1 in {config_txt}, or its overlay"
    return "none found", "switch off, push the ribbon cable home at both ends, and start again"


def why_no_frame(open_camera: Callable[[], Camera] = PiCamera) -> Cause | None:
    """Why a camera that libcamera shows gives no picture; None when it gives one."""
    try:
        with open_camera() as camera:
            next(iter(camera))
    except CameraLost as error:
        said = [str(error), *_contexts(error)]
        if any(TAKEN.search(words) for words in said):
            return "another program has it", STOP
        if "no frame" in said[0]:
            return said[0], "switch off, and push the ribbon cable home at both ends: it is found, but sends nothing"
        return said[-1], "rpicam-hello says more; if that works, start the Pi anew"
    return None


def why_no_pins(said: str, devices: Path = Path("/dev")) -> Cause:
    """Why the pins of the header that is there cannot be had, of which gpiozero ``said`` something."""
    factory = os.environ.get("GPIOZERO_PIN_FACTORY", "lgpio")
    if factory != "lgpio":
        return f"GPIOZERO_PIN_FACTORY={factory} is not for this mirror", "unset GPIOZERO_PIN_FACTORY, or make it lgpio"
    if TAKEN.search(said):
        return said, STOP
    if find_spec("gpiozero") is None:
        return "gpiozero is not installed", MAKE_ANEW
    library = find_spec("lgpio")
    if library is None:
        return "lgpio is not installed", "sudo apt-get install python3-lgpio"
    if library.origin and "gpiochip_open" not in _read(Path(library.origin)):
        return "this lgpio is empty, as PyPI's is for Python 3.13", f"sudo apt-get install python3-lgpio; {MAKE_ANEW}"
    chips = sorted(devices.glob("gpiochip*"))
    if not chips:
        return f"the kernel shows no pins in {devices}", "use the kernel of Raspberry Pi OS: sudo apt-get full-upgrade"
    if not any(os.access(chip, os.R_OK | os.W_OK) for chip in chips):
        return f"{chips[0]} may not be opened by this user", "sudo usermod -aG gpio $USER, and log in again"
    return said, "pinctrl get shows what else uses the pins; name others in the settings"


def why_no_xnnpack(runtime: str, cpuinfo: Path = Path("/proc/cpuinfo")) -> Cause:
    """Why the ``runtime`` ("ai_edge_litert 2.3.0") runs no part of the model by XNNPACK."""
    if not _read(cpuinfo):
        hidden = f"{cpuinfo} is hidden, by which it knows the processor"
        return hidden, f"take ProcSubset=pid out of what sudo systemctl edit {SERVICE} shows"
    if not runtime.startswith("ai_edge_litert"):
        return "this runtime is an old one", MAKE_ANEW
    return "this runtime cannot use it here", MAKE_ANEW


def why_strained(find: Callable[..., tuple[str, ...]] = find_strain) -> Cause | None:
    """What holds the board back now, or has since it was started: power before heat, for each alone slows it down."""
    now, since = find(), find(ever=True)
    strain, when = (now, "now") if now else (since, "since it was started")
    if not strain:
        return None
    if "too little power" in strain:
        return f"{when}: {', '.join(strain)}", "use the Pi's own power supply, with its own cable"
    return f"{when}: {', '.join(strain)}", "a heat sink, and air behind the mirror"


def why_no_room(folder: Path, errors: Path = ERRORS) -> Cause | None:
    """What is wrong with the disk that ``folder`` lies on, or is to lie on; None when nothing is."""
    while not folder.exists():
        folder = folder.parent
    disk = os.statvfs(folder)
    free = disk.f_bavail * disk.f_frsize / 1e6
    if disk.f_flag & os.ST_RDONLY:
        return f"{folder} is read-only", "start anew; if it is so again, the card is worn out: replace it"
    if found := sum(int(_read(place) or 0) for place in errors.glob("*/errors_count")):
        return f"the file system has met {found} errors", "kiosk history --backup FILE, and then another card"
    if free < LITTLE_DISK:
        return f"{free:.0f} MB free", "sudo apt-get clean, or a larger card"
    if disk.f_files and disk.f_favail < FEW_FILES:
        return f"room for {disk.f_favail} more files", "remove old ones: sudo du --inodes -x / | sort -n | tail"
    return None


def why_no_time(today: str) -> Cause:
    """Why the clock is wrong, which shows ``today``."""
    said = f"{today} is before this program was installed"
    try:
        asked = ["timedatectl", "show", "--property=NTP", "--value"]
        if subprocess.run(asked, capture_output=True, text=True, timeout=5).stdout.strip() == "no":
            return f"{said}, and no time server is asked", "sudo timedatectl set-ntp true"
    except (OSError, subprocess.TimeoutExpired):
        pass
    return said, "connect to a network once, or sudo timedatectl set-time 'YEAR-MONTH-DAY HOUR:MINUTE'"


def _contexts(error: BaseException) -> Iterator[str]:
    """What the errors said that ``error`` was raised over: picamera2 itself only says that it did not work."""
    while (over := error.__context__) is not None:
        yield str(over)
        error = over


def _read(place: Path) -> str:
    try:
        return place.read_text(errors="replace")
    except OSError:
        return ""
