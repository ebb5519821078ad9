"""The pose model's file: what models/manifest.json says of it, whether it is here, and how to get it.

Nothing gets the model's name before its length, its ``TFL3`` and its SHA-256 are right: public copies of
"movenet_lightning.tflite" exist that are a web page or a small pointer file.
"""

from __future__ import annotations

import hashlib
import os
import sys
import urllib.request
from collections.abc import Iterable, Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Annotated

import msgspec

from kiosk.trouble import NoModel

#: Where the manifest is and the model goes.
FOLDER = Path(__file__).resolve().parents[2] / "models"
#: What a TensorFlow Lite flatbuffer has at byte 4.
MARK = b"TFL3"
#: Bytes read at once: small enough for a moving progress bar, large enough to cost nothing.
CHUNK = 64 * 1024
#: Seconds an address may be silent before the next one is tried.
SILENCE = 20.0


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The model the mirror was built and measured with: ``bytes`` long, ``sha256`` in lower-case hex digits."""

    name: str
    version: int
    file: Annotated[str, msgspec.Meta(pattern=r"^\w[\w.-]*\Z", description="a name without a folder")]
    bytes: Annotated[int, msgspec.Meta(gt=0)]
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    licence: str
    input: str
    addresses: tuple[str, ...]
    page: str


def read_manifest(folder: Path = FOLDER) -> Manifest:
    """The manifest in ``folder``.  Raises NoModel when it is absent or breaks a rule."""
    place = folder / "manifest.json"
    try:
        return msgspec.json.decode(place.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NoModel(f"{place}: {error}") from None


def find_model(folder: Path = FOLDER) -> Path:
    """The model in ``folder``, checked.  Raises NoModel with one line that says what is wrong with it."""
    manifest = read_manifest(folder)
    place = folder / manifest.file
    try:
        wrong = find_wrong(place, manifest)
    except OSError:
        raise NoModel(f"{place} is not here; `make models` gets it") from None
    if wrong:
        raise NoModel(f"{place} is not the model of the manifest: {wrong}; `make models` gets the right one")
    return place


def find_wrong(place: Path, manifest: Manifest) -> str:
    """What is wrong with the file at ``place``, in a few words; "" when it is the manifest's model."""
    content = place.read_bytes()
    if len(content) != manifest.bytes:
        return f"it has {len(content)} bytes, not {manifest.bytes}"
    if content[4:8] != MARK:
        return f"it has {content[4:8]!r} at byte 4, not {MARK!r}, so it is not a TensorFlow Lite model"
    digest = hashlib.sha256(content).hexdigest()
    return "" if digest == manifest.sha256 else f"its SHA-256 begins {digest[:12]}, not {manifest.sha256[:12]}"


def get_model(source: Path | None, folder: Path = FOLDER) -> tuple[Path, str]:
    """The model in ``folder`` and where it came from: already there, from the folder ``source``, or downloaded.

    Raises NoModel with a line that lists what every source gave.
    """
    manifest = read_manifest(folder)
    place = folder / manifest.file
    refusals = []
    if place.exists():
        wrong = find_wrong(place, manifest)
        if not wrong:
            return place, "already there"
        refusals.append(f"what is there is wrong: {wrong}")
    if source is not None and not any(source.glob("*.tflite")):
        refusals.append(f"{source} holds no .tflite file")
    for origin, chunks in _sources(manifest, source):
        refusal = _take(chunks, place, manifest)
        if not refusal:
            return place, f"from {origin}"
        refusals.append(f"{origin} gave no model: {refusal}")
    raise NoModel(f"{place} could not be had; {'; '.join(refusals) or 'the manifest names no address'}")


def _sources(manifest: Manifest, source: Path | None) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Everywhere the model may come from, best first, each with its bytes (not read before they are asked for)."""
    if source is not None:
        yield from ((str(place), _read(place)) for place in sorted(source.glob("*.tflite")))
    yield from ((address, _download(address, manifest)) for address in manifest.addresses)


def _take(chunks: Iterable[bytes], place: Path, manifest: Manifest) -> str:
    """Put ``chunks`` at ``place`` if they are the model; else leave nothing behind and say what is wrong."""
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        wrong = find_wrong(part, manifest)
        if not wrong:
            part.replace(place)
        return wrong
    except (OSError, HTTPException) as error:  # urllib's own errors are OSErrors
        return str(error) or type(error).__name__
    finally:
        part.unlink(missing_ok=True)


def _read(place: Path) -> Iterator[bytes]:
    with place.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _download(address: str, manifest: Manifest) -> Iterator[bytes]:
    """The bytes at ``address``, with a bar on a terminal; at most one chunk more than the manifest allows."""
    from rich.console import Console  # here, for the mirror starts without it
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    columns = ("[progress.description]{task.description}", BarColumn(), DownloadColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    with urllib.request.urlopen(address, timeout=SILENCE) as answer, bar as progress:
        task = progress.add_task(manifest.name, total=manifest.bytes)
        received = 0
        while received <= manifest.bytes and (chunk := answer.read(CHUNK)):
            received += len(chunk)
            progress.update(task, completed=received)
            yield chunk
