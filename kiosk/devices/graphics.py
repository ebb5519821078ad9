"""Whether a screen without a desktop (KMSDRM) can be had, and if not, which of its reasons holds.

SDL says "kmsdrm not available" alike for a driver left out of its build, a missing library, no graphics card and no
permission; what helps is different for each.  pygame is not imported: its SDL is asked directly.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
from importlib.util import find_spec
from pathlib import Path

#: What SDL opens by name when it starts KMSDRM, and the Debian package of each (platform 2).
LIBRARIES = {
    "libdrm.so.2": "libdrm2",
    "libgbm.so.1": "libgbm1",
    "libEGL.so.1": "libegl1",
    "libGLESv2.so.2": "libgles2",
}
#: Where the kernel puts graphics cards.
CARDS = Path("/dev/dri")


def find_obstacle(cards: Path = CARDS) -> tuple[str, str] | None:
    """What stands between SDL and the bare screen, and what to do about it; None when nothing does."""
    drivers = sdl_drivers()
    if "kmsdrm" not in drivers:
        return f"this SDL has no KMSDRM driver (only {', '.join(drivers) or 'none'})", "install pygame-ce, not pygame"
    missing = {library: package for library, package in LIBRARIES.items() if not _loads(library)}
    if missing:
        why = f"libraries are missing that SDL draws with: {', '.join(missing)}"
        return why, f"sudo apt-get install {' '.join(missing.values())} libgl1-mesa-dri"
    found = sorted(cards.glob("card*"))
    if not found:
        return f"no graphics card in {cards}", "on a Pi: dtoverlay=vc4-kms-v3d in /boot/firmware/config.txt"
    if not any(os.access(card, os.R_OK | os.W_OK) for card in found):
        return f"{found[0]} may not be opened by this user", "sudo usermod -aG video,render $USER, and log in again"
    return None


def sdl_drivers() -> tuple[str, ...]:
    """The video drivers built into pygame's SDL, in small letters; empty when there is no SDL."""
    library = _sdl_library()
    if library is None:
        return ()
    library.SDL_GetVideoDriver.restype = ctypes.c_char_p
    return tuple(library.SDL_GetVideoDriver(at).decode().lower() for at in range(library.SDL_GetNumVideoDrivers()))


def _sdl_library() -> ctypes.CDLL | None:
    """The SDL in pygame's wheel, else the system's."""
    spec = find_spec("pygame")
    beside = Path(spec.origin).parents[1] if spec and spec.origin else Path("/nowhere")
    own = sorted(beside.glob("pygame*.libs/libSDL2-2*"))
    name = str(own[0]) if own else ctypes.util.find_library("SDL2-2.0")
    return ctypes.CDLL(name) if name else None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
