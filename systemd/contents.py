"""What a mirror is made of on its machine, however it comes there: by ``make install``, as a package, or on a card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

#: The folder this program came in.
HERE = Path(__file__).resolve().parents[1]
#: Where the program lives on the machine; its virtual environment is in ``.venv`` there.
HOUSE = Path("/opt/hinge-mirror")
#: What of HERE goes there.
PROGRAM = ("kiosk", "models", "systemd", ".setup", "pyproject.toml", "README.md", "LICENSE")
#: Wheels for a machine without a network, where there are any (``make deb`` fetches them).
WHEELS = Path("systemd/wheels")
#: Where each file of systemd/ goes.  Whatever an administrator puts into /etc under the same name has its way.
PLACES = {
    "kiosk.service": Path("/usr/lib/systemd/system/kiosk.service"),
    "kiosk-reboot.service": Path("/usr/lib/systemd/system/kiosk-reboot.service"),
    "kiosk-reboot.timer": Path("/usr/lib/systemd/system/kiosk-reboot.timer"),
    "sysusers.conf": Path("/usr/lib/sysusers.d/hinge-mirror.conf"),
    "tmpfiles.conf": Path("/usr/lib/tmpfiles.d/hinge-mirror.conf"),
    "udev.rules": Path("/usr/lib/udev/rules.d/70-hinge-mirror.rules"),
    "modules.conf": Path("/usr/lib/modules-load.d/hinge-mirror.conf"),
    "journald.conf": Path("/usr/lib/systemd/journald.conf.d/hinge-mirror.conf"),
    "watchdog.conf": Path("/usr/lib/systemd/system.conf.d/hinge-mirror.conf"),
}
#: Where the drop-in of the mirror's place goes, and the places there are (systemd/gym.conf, systemd/sink.conf).
STATION = Path("/etc/systemd/system/kiosk.service.d/station.conf")
STATIONS = ("gym", "sink")
#: Debian's and Raspberry Pi OS's packages it needs, the same as .setup/setup has.
PACKAGES = (
    "python3-venv", "python3-picamera2", "python3-lgpio", "espeak-ng", "ddcutil", "v4l-utils",
    "libdrm2", "libgbm1", "libegl1", "libgles2", "libgl1-mesa-dri",
)  # fmt: skip


def program_files(folder: Path = HERE) -> Iterator[Path]:
    """Every file of the program in ``folder``, relative to it."""
    for name in PROGRAM:
        found = [folder / name] if (folder / name).is_file() else (folder / name).rglob("*")
        for place in sorted(found):
            if place.is_file() and place.suffix != ".pyc":
                yield place.relative_to(folder)
