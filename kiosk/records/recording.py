"""A recording: what came in while the mirror ran, one event a line with its own time, never a picture.

It is a text file (``.jsonl``), compressed if its name says so (``.jsonl.gz``).

The first line says what made it; then poses as the model gave them, before any smoothing, with the outline of the back
where it was looked for; what was known of the person's back from then on; and button presses.  Numbers are written so
that reading gives the same float32 back: a replay gives the same verdicts bit for bit on one machine.
"""

from __future__ import annotations

import gzip
import math
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import Annotated, BinaryIO, Literal, cast

import msgspec
import numpy as np

from kiosk import __version__
from kiosk.scoring.dorsal.contour import STATIONS, Contour, Shape, measure
from kiosk.scoring.dorsal.own import OwnBack
from kiosk.scoring.dorsal.why import Why
from kiosk.scoring.pose import KEYPOINTS, Pose
from kiosk.session.events import Action, Press
from kiosk.session.own_back import Learnt
from kiosk.text import Text
from kiosk.trouble import BadInput, Trouble

#: The version of this format; a reader refuses any other.
VERSION = 1

#: How the names of recordings end.
ENDINGS = (".jsonl", ".jsonl.gz")

#: Seconds of events that a power cut may take; writing to an SD card more often wears it.
FLUSH_AFTER = 1.0

#: Said when the last line of a recording ends in the middle: the mirror lost its power while it wrote.
BROKEN_OFF = "broken_off"

_Seventeen = msgspec.Meta(min_length=len(KEYPOINTS), max_length=len(KEYPOINTS))
_Stations = msgspec.Meta(min_length=STATIONS, max_length=STATIONS)
#: No back is farther from its chord than the chord is long.
_Height = Annotated[float, msgspec.Meta(ge=-1, le=1)]
#: Neither pixels nor seconds come near it; beyond, their squares would not fit a float32 (records/track.py).
_Number = Annotated[float, msgspec.Meta(ge=-1e12, le=1e12)]
_Point = tuple[_Number | None, _Number | None]


class RecordingMeta(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="recording"):
    """The first line: the drill's key, what the camera called itself, the SHA-256 of the model (None: none was used).

    The size of the picture is said by every pose, for a mirror may change its camera while it runs.
    """

    drill: str
    camera: str
    model: str | None = None
    version: int = VERSION
    kiosk: str = __version__


class _BackLine(msgspec.Struct):
    """An outline; what it was measured to be is measured again from its heights."""

    why: Why
    heights: Annotated[list[_Height | None], _Stations]
    chord: tuple[_Point, _Point]
    facing: Literal[-1, 0, 1]


class _PoseLine(msgspec.Struct, tag_field="kind", tag="pose", omit_defaults=True):
    t: _Number
    points: Annotated[list[_Point], _Seventeen]
    scores: Annotated[list[_Number | None], _Seventeen]
    width: int
    height: int
    present: bool
    back: _BackLine | None = None


class _PressLine(msgspec.Struct, tag_field="kind", tag="press"):
    t: _Number
    action: Action


class _OwnLine(msgspec.Struct, tag_field="kind", tag="own"):
    t: _Number
    lumbar: _Number | None
    thoracic: _Number | None
    flexed: _Number | None
    extended: _Number | None


_Line = _PoseLine | _PressLine | _OwnLine
_metas = msgspec.json.Decoder(RecordingMeta)
_events = msgspec.json.Decoder(_Line)


class Recorder:
    """A recording being written: opened by ``with``, given one event after the other.

    Raises BadInput where the file cannot be written, or its name is not one that a recording is known by.
    """

    def __init__(self, path: Path, meta: RecordingMeta) -> None:
        if not is_recording(path):
            raise BadInput(f"{path}: the name of a recording ends in {' or '.join(ENDINGS)}")
        self.path = path
        with _writing(path):
            self._file = _open(path, "wb")
        self._flushed_at = -math.inf
        self._write(meta)

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *exc: object) -> None:
        with _writing(self.path):
            self._file.close()

    def take(self, event: Pose | Press | Learnt) -> None:
        """Append one event; it leaves the program within FLUSH_AFTER seconds of the events' own time."""
        self._write(_line(event))
        if abs(event.t - self._flushed_at) >= FLUSH_AFTER:
            self._flushed_at = event.t
            with _writing(self.path):
                self._file.flush()

    def _write(self, line: msgspec.Struct) -> None:
        with _writing(self.path):
            self._file.write(msgspec.json.encode(line) + b"\n")


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from None


def is_recording(path: Path) -> bool:
    """Whether the name of ``path`` is that of a recording."""
    return path.name.lower().endswith(ENDINGS)


def read_recording(path: Path) -> tuple[RecordingMeta, Iterator[Pose | Press | Learnt | Trouble]]:
    """The first line of the recording at ``path``, and its events in the order they came.

    A last line that breaks off becomes a Trouble at the end.  Any other line that is not an event raises BadInput with
    its number when it is reached.
    """
    lines = _lines(path)
    number, first = next(lines, (1, b""))
    try:
        meta = _metas.decode(first)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: line {number}: not a recording of this mirror: {error}") from None
    if meta.version != VERSION:
        raise BadInput(f"{path}: line 1: recording of version {meta.version}; this program reads version {VERSION}")
    return meta, _read_events(path, lines)


def _read_events(path: Path, lines: Iterator[tuple[int, bytes]]) -> Iterator[Pose | Press | Learnt | Trouble]:
    latest = -math.inf
    for number, line in lines:
        try:
            event = _events.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            if line.endswith(b"\n"):
                raise BadInput(f"{path}: line {number}: {error}") from None
            yield Trouble(BROKEN_OFF, Text("The recording breaks off in line {number}.", number=number))
            return
        if isinstance(event, _PoseLine):
            if event.t < latest:
                raise BadInput(f"{path}: line {number}: time goes back from {latest:g} to {event.t:g} s")
            latest = event.t
        yield _event(event)


def _open(path: Path, mode: str) -> BinaryIO:
    """The file at ``path``, seen through gzip if its name says so; without the time, so that equal events are equal."""
    if path.suffix.lower() == ".gz":
        return cast(BinaryIO, gzip.GzipFile(path, mode, mtime=0))
    return cast(BinaryIO, path.open(mode))


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Every line with its number from 1; where a compressed file breaks off, one more that has no end."""
    number = 0
    try:
        with _open(path, "rb") as file:
            for number, line in enumerate(file, start=1):
                yield number, line
    except EOFError:
        yield number + 1, b""
    except (OSError, zlib.error) as error:
        raise BadInput(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _line(event: Pose | Press | Learnt) -> msgspec.Struct:
    if isinstance(event, Press):
        return _PressLine(event.t, event.action)
    if isinstance(event, Learnt):
        return _OwnLine(event.t, *astuple(event.own))
    points, scores = event.points.tolist(), event.scores.tolist()
    back = _back_line(event.back) if event.back else None
    return _PoseLine(event.t, points, scores, event.width, event.height, event.present, back)


def _back_line(back: Contour) -> _BackLine:
    """Its heights as the shortest decimals that are the same float32, a third of those that are the same as doubles."""
    heights = [float(str(height)) for height in back.heights]
    return _BackLine(back.why, heights, back.chord.tolist(), back.facing)  # type: ignore[arg-type]


def _event(line: _Line) -> Pose | Press | Learnt:
    if isinstance(line, _PressLine):
        return Press(line.t, line.action)
    if isinstance(line, _OwnLine):
        known = (line.lumbar, line.thoracic, line.flexed, line.extended)
        return Learnt(line.t, OwnBack(*(math.nan if value is None else value for value in known)))
    points, scores = np.array(line.points, dtype=np.float32), np.array(line.scores, dtype=np.float32)
    return Pose(line.t, points, scores, line.width, line.height, line.present, _back(line.t, line.back))


def _back(t: float, line: _BackLine | None) -> Contour | None:
    if line is None:
        return None
    heights, chord = np.array(line.heights, dtype=np.float32), np.array(line.chord, dtype=np.float32)
    return Contour(t, line.why, heights, chord, line.facing, Shape() if line.why else measure(heights))
