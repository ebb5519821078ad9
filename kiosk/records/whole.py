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

    Raises BadInput where it cannot be written.
    """
    if path.is_dir():  # "." has no name that a part could have
        raise BadInput(f"{path}: cannot be written: it is a folder")
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        part.replace(path)
    except OSError as error:
        if isinstance(error, KioskError):
            raise
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
