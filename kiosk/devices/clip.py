"""Recordings where a camera was: a video file, or a folder of pictures."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from kiosk.frame import Frame
from kiosk.trouble import BadInput

#: What counts as a picture in a folder.
PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".webp"}

#: Seconds of a video's announced length that may be missing at its end before it counts as cut: containers round.
MISSING = 0.5


def read_picture(path: Path) -> np.ndarray:
    """The picture at ``path`` as (h, w, 3) uint8 red-green-blue, upright as its maker meant it.  Raises BadInput."""
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as picture:
            return np.asarray(ImageOps.exif_transpose(picture).convert("RGB"))
    except FileNotFoundError:
        raise BadInput(f"{path}: no such file") from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadInput(f"{path}: is not a picture that can be read") from None


class Clip:
    """A recording as a camera: a video file, or a folder's pictures in the order of their names.

    ``fps`` is required for a folder; for a video it replaces the times in the file.  As fast as it is asked, or
    with ``realtime`` as it was filmed: frames that are late by then are left out.  Frames carry seconds from the first.
    Once opened, ``fps`` and ``frames`` say what the recording announces, None where only the end will tell.
    """

    def __init__(self, path: Path, fps: float | None = None, realtime: bool = False) -> None:
        self.path = path
        self.name = path.name
        self.fps = fps
        self.frames: int | None = None
        self._realtime = realtime
        self._asked_fps = fps
        self._pictures: list[Path] = []
        self._video: Any = None

    def __enter__(self) -> Clip:
        """Open the recording.  Raises BadInput when there is none, or it is neither video nor pictures."""
        if self.path.is_dir():
            self._open_folder()
        elif self.path.is_file():
            self._open_video()
        else:
            raise BadInput(f"{self.path}: no such file or folder")
        return self

    def __exit__(self, *exc: object) -> None:
        video, self._video = self._video, None
        if video is not None:
            video.close()

    def __iter__(self) -> Iterator[Frame]:
        """The frames in order.  Raises BadInput: not one, a picture that cannot be read, a video that breaks off."""
        frames = self._read_video() if self._video else self._read_folder()
        return _pace(frames) if self._realtime else frames

    def _open_folder(self) -> None:
        if not self.fps:
            raise BadInput(f"{self.path}: a folder of pictures needs --fps, pictures a second")
        self._pictures = sorted(path for path in self.path.iterdir() if path.suffix.lower() in PICTURES)
        if not self._pictures:
            raise BadInput(f"{self.path}: holds no pictures ({', '.join(sorted(PICTURES))})")
        self.frames = len(self._pictures)

    def _open_video(self) -> None:
        import av

        try:
            self._video = av.open(str(self.path))
        except (av.FFmpegError, OSError, ValueError):  # PyAV's own, of names that are no text
            raise BadInput(f"{self.path}: is not a video that can be read") from None
        if not self._video.streams.video:
            self.__exit__()
            raise BadInput(f"{self.path}: has no pictures in it that can be read")
        stream = self._video.streams.video[0]
        self.fps = self.fps or (float(stream.average_rate) if stream.average_rate else None)
        self.frames = stream.frames or None

    def _read_folder(self) -> Iterator[Frame]:
        assert self.fps, "checked when it was opened"
        for number, path in enumerate(self._pictures):
            yield Frame(number / self.fps, read_picture(path))

    def _read_video(self) -> Iterator[Frame]:
        import av

        first, last, count = None, 0.0, 0
        try:
            for count, picture in enumerate(self._video.decode(video=0), 1):
                at = picture.time if picture.time is not None else last
                first = at if first is None else first
                last = max(last, at - first)  # time never runs backwards
                t = (count - 1) / self._asked_fps if self._asked_fps else last
                yield Frame(t, _upright(picture))
            broken = last + MISSING < self._announced() - 1 / (self.fps or 1)
        except av.FFmpegError:
            broken = True
        if not count:
            raise BadInput(f"{self.path}: not one picture of this video can be read")
        if broken:
            raise BadInput(f"{self.path}: the video breaks off after {count} pictures")

    def _announced(self) -> float:
        """Seconds the file says it lasts; 0 where it does not say."""
        stream = self._video.streams.video[0]
        if stream.duration is not None:
            return float(stream.duration * stream.time_base)
        return (self._video.duration or 0) / 1e6


def _upright(picture: Any) -> np.ndarray:
    """One decoded picture, turned as its maker held the camera; ``rotation`` is in degrees counter-clockwise."""
    return np.ascontiguousarray(np.rot90(picture.to_ndarray(format="rgb24"), round(picture.rotation / 90)))


def _pace(frames: Iterator[Frame]) -> Iterator[Frame]:
    """``frames`` when their time has come; one whose successor is already due is left out, as a live camera would."""
    held: Frame | None = None
    began = 0.0
    for frame in frames:
        if held is None:
            began = time.monotonic() - frame.t  # opening and decoding the first took time that is not the clip's
        elif began + frame.t > time.monotonic():
            time.sleep(max(0.0, began + held.t - time.monotonic()))
            yield held
        held = frame
    if held is not None:
        time.sleep(max(0.0, began + held.t - time.monotonic()))
        yield held
