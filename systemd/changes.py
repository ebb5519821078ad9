"""Changes to a machine: each said in words before it is made, and none where everything is as it should be."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from contents import program_files

#: What lies around our lines in the firmware's config.txt; what lies between them is written anew by each install.
BEGIN = "# hinge-mirror begins (its installer writes what is between these lines)"
END = "# hinge-mirror ends"
#: What the firmware is told: no rainbow, no waiting, full speed while starting, and the board's own watchdog.
FIRMWARE = ("[all]", "disable_splash=1", "boot_delay=0", "initial_turbo=60", "dtparam=watchdog=on")
#: What Raspberry Pi OS tells it already, and what is told where that has been taken out.
USUALLY_TOLD = {r"dtoverlay=vc4-f?kms-v3d": "dtoverlay=vc4-kms-v3d", r"camera_auto_detect=": "camera_auto_detect=1"}


@dataclass(frozen=True)
class Change:
    """One change: in ``words`` ("write /etc/…"), and what makes it."""

    words: str
    do: Callable[[], object]


def written(place: Path, content: bytes, mode: int = 0o644) -> Iterator[Change]:
    """``place`` has this ``content`` and these permissions."""
    if place.is_file() and place.read_bytes() == content and place.stat().st_mode & 0o777 == mode:
        return
    yield Change(f"{'change' if place.exists() else 'write'} {place}", partial(_write, place, content, mode))


def removed(place: Path) -> Iterator[Change]:
    """There is no file, link or folder at ``place``."""
    if place.is_dir() and not place.is_symlink():
        yield Change(f"remove {place} and all that is in it", partial(shutil.rmtree, place))
    elif place.exists() or place.is_symlink():
        yield Change(f"remove {place}", place.unlink)


def program_in(house: Path, source: Path) -> Iterator[Change]:
    """The program lies in ``house`` as it lies in ``source``, without what an earlier version left there."""
    if house == source:
        return
    files = list(program_files(source))
    for file in files:
        executable = (source / file).stat().st_mode & 0o100
        yield from written(house / file, (source / file).read_bytes(), 0o755 if executable else 0o644)
    for file in sorted(set(program_files(house)) - set(files)):
        if file.suffix != ".tflite" and not any(part.endswith(".egg-info") for part in file.parts):
            yield from removed(house / file)


def firmware_told(place: Path) -> Iterator[Change]:
    """The firmware's config.txt at ``place``, if there is one, holds our lines."""
    if place.is_file():
        yield from written(place, with_block(place.read_text()).encode(), place.stat().st_mode & 0o777)


def firmware_untold(place: Path) -> Iterator[Change]:
    """The firmware's config.txt at ``place`` holds none of our lines, and all others."""
    if place.is_file():
        yield from written(place, without_block(place.read_text()).encode(), place.stat().st_mode & 0o777)


def with_block(text: str) -> str:
    """config.txt's ``text`` with our lines at its end, once.  Raises ValueError where the marks do not pair up."""
    others = without_block(text)
    untold = [line for told, line in USUALLY_TOLD.items() if not re.search(f"^{told}", others, re.MULTILINE)]
    gap = "" if others.endswith("\n") or not others else "\n"
    return others + gap + "\n".join([BEGIN, *FIRMWARE, *untold, END]) + "\n"


def without_block(text: str) -> str:
    """config.txt's ``text`` without our lines.  Raises ValueError where the marks do not pair up."""
    begin, end = re.escape(BEGIN), re.escape(END)
    others = re.sub(rf"^{begin}\n(?:(?!{begin}).*\n)*?{end}(?:\n|\Z)", "", text, flags=re.MULTILINE)
    if re.search(f"^(?:{begin}|{end})$", others, re.MULTILINE):
        raise ValueError(f"one of the lines {BEGIN!r} and {END!r} lacks the other; take it out by hand")
    return others


def _write(place: Path, content: bytes, mode: int) -> None:
    """Whole or not at all, even if the plug is pulled meanwhile."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f"{place.name}.hinge-mirror-part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.chmod(mode)
    part.replace(place)
