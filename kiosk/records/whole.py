"""Files that are there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from kiosk.trouble import BadInput, KioskError


@contextmanager
def written_whole(path: Path) -> Iterator[TextIO]:
    """A text file beside ``path`` (``.part``) that gets its name only when the block ends well; else nothing is left.

    A pipe or a device is written to as it is: a new name would put a plain file in its place.  Raises BadInput where it
    cannot be written.
    """
    if path.is_dir():  # "." has no name that a part could have
        raise BadInput(f"{path}: cannot be written: it is a folder")
    in_place = path.exists() and not path.is_file()
    part = path if in_place else path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        if not in_place:
            part.replace(path)
    except OSError as error:
        if isinstance(error, KioskError):
            raise
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        if not in_place:
            with suppress(OSError):
                part.unlink(missing_ok=True)
