"""The 40-pin header, for what is wired to it; the only importer of gpiozero."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from types import ModuleType

from kiosk.devices.board import is_raspberry_pi
from kiosk.text import Text
from kiosk.trouble import KioskError, words_of


class NoPins(KioskError, OSError):
    """There is no header here, or nothing that could drive it."""


def has_pins() -> bool:
    """Whether there is a header: a Pi's, or the pins named by GPIOZERO_PIN_FACTORY (a test's)."""
    return is_raspberry_pi() or "GPIOZERO_PIN_FACTORY" in os.environ


def import_gpiozero() -> ModuleType:
    """gpiozero, told to use lgpio and nothing else: its own fallbacks only warn, and read nothing on a Pi 5.

    Without a header it is not even imported, unless GPIOZERO_PIN_FACTORY asks for one of its makers of pins.
    """
    if not has_pins():
        raise NoPins(Text("that takes a Raspberry Pi's 40-pin header, and here is none"))
    os.environ.setdefault("GPIOZERO_PIN_FACTORY", "lgpio")
    # lgpio makes a pipe in its working directory when it is imported, and fails where it cannot.
    if "LG_WD" not in os.environ:
        os.environ["LG_WD"] = os.environ.get("XDG_RUNTIME_DIR") or _make_passing_folder()
    try:
        import gpiozero
    except ImportError as error:
        said = Text("that takes gpiozero, which cannot be imported: {why}", why=words_of(error))
        raise NoPins(said) from error
    return gpiozero


def _make_passing_folder() -> str:
    """A folder that is gone when the program ends."""
    folder = tempfile.mkdtemp(prefix="kiosk-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
