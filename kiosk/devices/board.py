"""The board: which Raspberry Pi this is, how it is, and where its pins are."""

from __future__ import annotations

from pathlib import Path

#: Physical pin of the 40-pin header for each BCM GPIO 0 to 27, the same on every Pi since the B+.
PHYSICAL = (
    27, 28, 3, 5, 7, 29, 31, 26, 24, 21, 19, 23, 32, 33, 8, 10, 36, 11, 12, 35, 38, 40, 15, 16, 18, 22, 37, 13,
)  # fmt: skip
#: Physical pins that are ground.
GROUND = (6, 9, 14, 20, 25, 30, 34, 39)
#: Bits of the firmware's word on power and heat, and what each means now.
STRAINED = {0: "too little power", 1: "slowed down", 2: "throttled", 3: "near its heat limit"}

_MODEL = Path("/proc/device-tree/model")
_THROTTLED = Path("/sys/devices/platform/soc/soc:firmware/get_throttled")
#: How far above them lie the bits that say the same of the time since it was started.
_EVER = 16


def board_name(place: Path = _MODEL) -> str:
    """The board as it names itself ("Raspberry Pi 4 Model B Rev 1.4"), "" on a machine that does not."""
    try:
        return place.read_text(errors="replace").rstrip("\0\n")
    except OSError:
        return ""


def is_raspberry_pi() -> bool:
    """Whether this machine has the 40-pin header the buttons are wired to."""
    return "Raspberry Pi" in board_name()


def find_strain(place: Path = _THROTTLED, *, ever: bool = False) -> tuple[str, ...]:
    """What holds the board back at this moment (too little power, heat), a few words each; empty when nothing.

    ``ever`` asks what has held it back since it was started.
    """
    try:
        bits = int(place.read_text(), 16)
    except (OSError, ValueError):
        return ()
    return tuple(words for bit, words in STRAINED.items() if bits >> (bit + _EVER * ever) & 1)


def nearest_ground(pin: int, *taken: int) -> int:
    """The ground pin nearest to the physical ``pin`` but for those ``taken``, by rows of the header (two a row)."""
    free = (ground for ground in GROUND if ground not in taken)
    return min(free, key=lambda ground: (abs((ground - 1) // 2 - (pin - 1) // 2), ground))
